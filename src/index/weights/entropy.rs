//! Entropy weights: a child that is uneven over the units tells more.
//!
//! `p = v / sum v`, `e = -(1 / ln n) sum p ln p` with 0 ln 0 = 0, `w = (1 - e) / sum (1 - e)`
//! (Shannon 1948; Zeleny 1982). What v is, is stated: min-max of the direction-adjusted scores (the
//! usual choice in China), the scores, or raw values at or above zero, plus a shift.

use super::{Measured, WeightError, WeightingDetail, is_even};
use crate::num::ln;

/// `1 - e` by child; 0 for a child that is constant or zero throughout.
#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
pub(super) fn weights(columns: &[Vec<f64>], shift: f64) -> Result<Measured, WeightError> {
    let mut entropies = Vec::with_capacity(columns.len());
    for (child, column) in columns.iter().enumerate() {
        let shifted: Vec<f64> = column.iter().map(|x| x + shift).collect();
        if let Some(&value) = shifted.iter().find(|x| **x < 0.0) {
            return Err(WeightError::Negative { child, value });
        }
        let total: f64 = shifted.iter().sum();
        if is_even(&shifted) || total <= 0.0 {
            entropies.push(1.0);
            continue;
        }
        let parts = shifted.iter().map(|v| v / total).filter(|p| *p > 0.0);
        entropies.push(-parts.map(|p| p * ln(p)).sum::<f64>() / ln(column.len() as f64));
    }
    let weights = entropies.iter().map(|e| (1.0 - e).max(0.0)).collect();
    Ok((weights, WeightingDetail::Entropy(entropies)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // Shares (1, 0) have no entropy; shares (1/4, 3/4) have 0.8113 bits of one.
        let (weights, _) = weights(&[vec![0.0, 5.0], vec![1.0, 3.0]], 0.0).unwrap();
        assert!((weights[0] - 1.0).abs() < 1e-15);
        assert!((weights[1] - (1.0 - 0.811_278_124_459_132_8)).abs() < 1e-12);
        let error = super::weights(&[vec![-1.0, 1.0]], 0.0);
        assert_eq!(error, Err(WeightError::Negative { child: 0, value: -1.0 }));
    }
}
