//! Weights by spread: coefficient of variation and standard deviation.
//!
//! The standard deviation has n − 1 below; that cancels in both methods.

use super::{Measured, WeightError, WeightingDetail, is_even};
use crate::num::{mean, standard_deviation as deviation};

/// `sd / mean` by child; 0 for a constant one.
pub(super) fn coefficient_of_variation(columns: &[Vec<f64>]) -> Result<Measured, WeightError> {
    let mut ratios = Vec::with_capacity(columns.len());
    for (child, column) in columns.iter().enumerate() {
        if is_even(column) {
            ratios.push(0.0);
            continue;
        }
        let mean = mean(column).unwrap_or(0.0);
        if mean <= 0.0 {
            return Err(WeightError::MeanNotPositive { child, mean });
        }
        ratios.push(deviation(column).unwrap_or(0.0) / mean);
    }
    Ok((ratios.clone(), WeightingDetail::Dispersion(ratios)))
}

/// `sd` by child; 0 for a constant one.
pub(super) fn standard_deviation(columns: &[Vec<f64>]) -> Measured {
    let spread = |c: &Vec<f64>| if is_even(c) { 0.0 } else { deviation(c).unwrap_or(0.0) };
    let spreads: Vec<f64> = columns.iter().map(spread).collect();
    (spreads.clone(), WeightingDetail::Dispersion(spreads))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let columns = [vec![1.0, 3.0], vec![10.0, 10.0], vec![1.0, 1.0 + 2.0 * 2.0]];
        let (cv, _) = coefficient_of_variation(&columns).unwrap();
        let sd = 2.0_f64.sqrt();
        for (found, wanted) in cv.iter().zip([sd / 2.0, 0.0, 2.0 * sd / 3.0]) {
            assert!((found - wanted).abs() < 1e-15);
        }
        assert!((standard_deviation(&columns).0[2] - 2.0 * sd).abs() < 1e-15);
        let error = coefficient_of_variation(&[vec![-3.0, 1.0]]);
        assert_eq!(error, Err(WeightError::MeanNotPositive { child: 0, mean: -1.0 }));
    }
}
