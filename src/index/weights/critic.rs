//! CRITIC: a child that varies and disagrees with the others tells more (Diakoulaki, Mavrotas and
//! Papayannakis 1995).
//!
//! `c_j = sd_j sum_k (1 - r_jk)`, `w = c / sum c`; r is Pearson's correlation. The divisor of the
//! standard deviation cancels. By default the columns are min-maxed scores, direction counted.

use super::{Measured, WeightingDetail, is_even};
use crate::index::correlation::pearson;
use crate::num::standard_deviation;

/// `c` by child; 0 for a constant child, which has no part in the sums of the others.
pub(super) fn weights(columns: &[Vec<f64>]) -> Measured {
    let even: Vec<bool> = columns.iter().map(|c| is_even(c)).collect();
    let deviation = |j: usize| standard_deviation(&columns[j]).filter(|_| !even[j]).unwrap_or(0.0);
    let conflict = |j: usize| -> f64 {
        let others = (0..columns.len()).filter(|&k| k != j && !even[j] && !even[k]);
        // Rounding must not make perfect agreement a conflict below zero.
        others
            .map(|k| (1.0 - pearson(&columns[j], &columns[k]).unwrap_or(1.0)).max(0.0))
            .map(|c| if c < 1e-14 { 0.0 } else { c })
            .sum()
    };
    let deviations: Vec<f64> = (0..columns.len()).map(deviation).collect();
    let conflicts: Vec<f64> = (0..columns.len()).map(conflict).collect();
    let weights = deviations.iter().zip(&conflicts).map(|(s, c)| s * c).collect();
    (weights, WeightingDetail::Critic { deviations, conflicts })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // r = 1 between the first two, -1 with the third: conflicts 0 + 2, 0 + 2, 2 + 2.
        let (weights, _) =
            weights(&[vec![0.0, 1.0], vec![0.0, 2.0], vec![1.0, 0.0], vec![7.0, 7.0]]);
        let sd = 0.5_f64.sqrt();
        for (weight, wanted) in weights.iter().zip([2.0 * sd, 4.0 * sd, 4.0 * sd, 0.0]) {
            assert!((weight - wanted).abs() < 1e-12);
        }
    }
}
