//! Aggregation: combines the scores of a node's children.
//!
//! Weights are relative: the weight of a missing child goes to the others (OECD/JRC Handbook,
//! step 6; COINr does the same).

use crate::config::Aggregation;
use crate::num::{exp, ln};

/// A child's score with its share among its siblings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part {
    /// Share among the siblings.
    pub weight: f64,
    /// Score, if there is one.
    pub score: Option<f64>,
}

/// Combines the parts; `Ok(None)` if none is present (or all that are weigh nothing).
///
/// # Errors
/// The first score that is not above zero, under a geometric mean.
pub(super) fn aggregate(parts: &[Part], method: Aggregation) -> Result<Option<f64>, f64> {
    let present: Vec<(f64, f64)> =
        parts.iter().filter_map(|p| p.score.map(|s| (p.weight, s))).collect();
    let total: f64 = present.iter().map(|(w, _)| w).sum();
    if total <= 0.0 {
        return Ok(None);
    }
    let combined = match method {
        Aggregation::Arithmetic => present.iter().map(|(w, s)| w * s).sum::<f64>() / total,
        Aggregation::Geometric => {
            if let Some(&(_, bad)) = present.iter().find(|(w, s)| *w > 0.0 && *s <= 0.0) {
                return Err(bad);
            }
            let logs =
                present.iter().filter(|(w, _)| *w > 0.0).map(|(w, s)| w * ln(*s)).sum::<f64>();
            exp(logs / total)
        }
    };
    Ok(Some(combined))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(scores: &[(f64, Option<f64>)]) -> Vec<Part> {
        scores.iter().map(|&(weight, score)| Part { weight, score }).collect()
    }

    #[test]
    fn missing_weight_goes_to_the_others() {
        let some = parts(&[(0.5, Some(10.0)), (0.25, None), (0.25, Some(40.0))]);
        assert_eq!(aggregate(&some, Aggregation::Arithmetic), Ok(Some(20.0)));
        let none = parts(&[(1.0, None)]);
        assert_eq!(aggregate(&none, Aggregation::Arithmetic), Ok(None));
    }

    #[test]
    fn geometric_mean_of_four_nothing_and_nine_is_six() {
        let some = parts(&[(1.0, Some(4.0)), (1.0, None), (1.0, Some(9.0))]);
        let mean = aggregate(&some, Aggregation::Geometric).unwrap().unwrap();
        assert!((mean - 6.0).abs() < 1e-12);
        let zero = parts(&[(1.0, Some(0.0)), (1.0, Some(9.0))]);
        assert_eq!(aggregate(&zero, Aggregation::Geometric), Err(0.0));
    }
}
