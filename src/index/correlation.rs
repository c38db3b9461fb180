//! Rank correlation of two series over the same units.

use crate::num::mean;

/// Spearman's rho: Pearson's correlation of average ranks. `None` below two pairs or without spread.
#[must_use]
pub fn spearman(left: &[f64], right: &[f64]) -> Option<f64> {
    pearson(&average_ranks(left), &average_ranks(right))
}

/// Kendall's tau-b, corrected for ties on both sides. `None` below two pairs or without spread.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of pairs stay far below 2^52")]
pub fn kendall_tau_b(left: &[f64], right: &[f64]) -> Option<f64> {
    let n = left.len().min(right.len());
    let (mut score, mut left_pairs, mut right_pairs) = (0_i64, 0_i64, 0_i64);
    for i in 0..n {
        for j in 0..i {
            let (a, b) = (sign(left[i] - left[j]), sign(right[i] - right[j]));
            score += a * b;
            left_pairs += a.abs();
            right_pairs += b.abs();
        }
    }
    let scale = (left_pairs as f64 * right_pairs as f64).sqrt();
    (scale > 0.0).then(|| score as f64 / scale)
}

fn sign(x: f64) -> i64 {
    i64::from(x > 0.0) - i64::from(x < 0.0)
}

/// Pearson's correlation. `None` without spread.
pub(super) fn pearson(left: &[f64], right: &[f64]) -> Option<f64> {
    let (mean_left, mean_right) = (mean(left)?, mean(right)?);
    let sum = |f: &dyn Fn(f64, f64) -> f64| -> f64 {
        left.iter().zip(right).map(|(&a, &b)| f(a - mean_left, b - mean_right)).sum()
    };
    let scale = (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt();
    (scale > 0.0).then(|| sum(&|a, b| a * b) / scale)
}

/// Ascending ranks; equals share the mean of their places.
#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
fn average_ranks(values: &[f64]) -> Vec<f64> {
    values
        .iter()
        .map(|x| {
            let below = values.iter().filter(|other| *other < x).count();
            let equal = values.iter().filter(|other| other.total_cmp(x).is_eq()).count();
            below as f64 + (equal + 1) as f64 / 2.0
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let (left, right) = ([1.0, 2.0, 3.0, 4.0], [1.0, 3.0, 2.0, 4.0]);
        // rho = 1 - 6 * (0 + 1 + 1 + 0) / (4 * 15); tau = (5 - 1) / 6
        assert!((spearman(&left, &right).unwrap() - 0.8).abs() < 1e-12);
        assert!((kendall_tau_b(&left, &right).unwrap() - 4.0 / 6.0).abs() < 1e-12);
        assert_eq!(spearman(&[1.0], &[1.0]), None);
        assert_eq!(kendall_tau_b(&[1.0, 1.0], &[1.0, 2.0]), None);
    }

    #[test]
    fn ties_are_shared() {
        // tau-b of (1,2,2,3) and (1,2,3,4): 5 concordant, one tie on the left, 5 / sqrt(5 * 6)
        let tau = kendall_tau_b(&[1.0, 2.0, 2.0, 3.0], &[1.0, 2.0, 3.0, 4.0]).unwrap();
        assert!((tau - 5.0 / 30.0_f64.sqrt()).abs() < 1e-12);
    }
}
