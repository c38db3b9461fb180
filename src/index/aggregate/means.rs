//! Means: the score of a unit depends on its own children alone.
//!
//! Weights are relative: the weight of a missing child goes to the others (OECD/JRC Handbook,
//! step 6; COINr does the same).

use super::{Domain, DomainWhy};
use crate::config::Aggregation;
use crate::num::{exp, ln, pow};

/// A child's score with its share among its siblings.
#[derive(Debug, Clone, Copy)]
pub(in crate::index) struct Part {
    /// Share among the siblings.
    pub weight: f64,
    /// Score, if there is one.
    pub score: Option<f64>,
}

/// Combines the parts; `Ok(None)` if none is present (or all that are weigh nothing).
///
/// # Errors
/// The first score that the mean cannot take.
pub(in crate::index) fn mean(parts: &[Part], method: Aggregation) -> Result<Option<f64>, Domain> {
    let present: Vec<(f64, f64)> =
        parts.iter().filter_map(|p| p.score.map(|s| (p.weight, s))).collect();
    let total: f64 = present.iter().map(|(w, _)| w).sum();
    if total <= 0.0 {
        return Ok(None);
    }
    let heavy = || present.iter().filter(|(w, _)| *w > 0.0).copied();
    let combined = match method {
        Aggregation::Geometric => {
            above_zero(heavy())?;
            let logs = heavy().map(|(w, s)| w * ln(s)).sum::<f64>();
            exp(logs / total)
        }
        Aggregation::Harmonic => {
            above_zero(heavy())?;
            total / heavy().map(|(w, s)| w / s).sum::<f64>()
        }
        Aggregation::Power { exponent } => {
            if exponent < 0.0 {
                above_zero(heavy())?;
            } else if let Some((_, value)) = heavy().find(|(_, s)| *s < 0.0) {
                return Err(Domain { value, why: DomainWhy::Negative });
            }
            let powers = heavy().map(|(w, s)| w * pow(s, exponent)).sum::<f64>();
            pow(powers / total, 1.0 / exponent)
        }
        Aggregation::Median => median(heavy().collect(), total),
        Aggregation::Minimum => heavy().map(|(_, s)| s).fold(f64::INFINITY, f64::min),
        // The methods that compare units are not means; `combine` never sends them here.
        _ => present.iter().map(|(w, s)| w * s).sum::<f64>() / total,
    };
    Ok(Some(combined))
}

fn above_zero(mut parts: impl Iterator<Item = (f64, f64)>) -> Result<(), Domain> {
    parts
        .find(|(_, s)| *s <= 0.0)
        .map_or(Ok(()), |(_, value)| Err(Domain { value, why: DomainWhy::NotPositive }))
}

/// The score at which half of the weight is reached; where exactly half lies below, the middle
/// between it and the next. With equal weights the ordinary median.
fn median(mut parts: Vec<(f64, f64)>, total: f64) -> f64 {
    parts.sort_by(|a, b| a.1.total_cmp(&b.1));
    let half = total / 2.0;
    // Shares are sums of fractions: a hair of tolerance decides what is exactly half.
    let hair = total * 1e-12;
    let mut below = 0.0;
    for (at, &(weight, score)) in parts.iter().enumerate() {
        below += weight;
        if (below - half).abs() <= hair {
            return parts.get(at + 1).map_or(score, |next| f64::midpoint(score, next.1));
        }
        if below > half {
            return score;
        }
    }
    parts.last().map_or(0.0, |p| p.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(scores: &[(f64, Option<f64>)]) -> Vec<Part> {
        scores.iter().map(|&(weight, score)| Part { weight, score }).collect()
    }

    fn of(scores: &[(f64, Option<f64>)], method: Aggregation) -> f64 {
        mean(&parts(scores), method).unwrap().unwrap()
    }

    #[test]
    fn missing_weight_goes_to_the_others() {
        let some = parts(&[(0.5, Some(10.0)), (0.25, None), (0.25, Some(40.0))]);
        assert_eq!(mean(&some, Aggregation::Arithmetic), Ok(Some(20.0)));
        let none = parts(&[(1.0, None)]);
        assert_eq!(mean(&none, Aggregation::Arithmetic), Ok(None));
    }

    #[test]
    fn geometric_mean_of_four_nothing_and_nine_is_six() {
        let some = [(1.0, Some(4.0)), (1.0, None), (1.0, Some(9.0))];
        assert!((of(&some, Aggregation::Geometric) - 6.0).abs() < 1e-12);
        let zero = parts(&[(1.0, Some(0.0)), (1.0, Some(9.0))]);
        let bad = Err(Domain { value: 0.0, why: DomainWhy::NotPositive });
        assert_eq!(mean(&zero, Aggregation::Geometric), bad);
        assert_eq!(mean(&zero, Aggregation::Harmonic), bad);
        assert_eq!(mean(&zero, Aggregation::Power { exponent: -1.0 }), bad);
        assert_eq!(mean(&zero, Aggregation::Minimum), Ok(Some(0.0)));
        let negative = parts(&[(1.0, Some(-1.0))]);
        let bad = Err(Domain { value: -1.0, why: DomainWhy::Negative });
        assert_eq!(mean(&negative, Aggregation::Power { exponent: 2.0 }), bad);
    }

    #[test]
    fn other_means_by_hand() {
        let some = [(1.0, Some(2.0)), (1.0, Some(6.0)), (1.0, None)];
        assert!((of(&some, Aggregation::Harmonic) - 3.0).abs() < 1e-12);
        let square = of(&some, Aggregation::Power { exponent: 2.0 });
        assert!((square - 20.0_f64.sqrt()).abs() < 1e-12);
        let inverse = of(&some, Aggregation::Power { exponent: -1.0 });
        assert!((inverse - 3.0).abs() < 1e-12);
        assert!((of(&some, Aggregation::Median) - 4.0).abs() < 1e-12);
        let third = 1.0 / 3.0;
        let odd = [(third, Some(9.0)), (third, Some(1.0)), (third, Some(2.0))];
        assert!((of(&odd, Aggregation::Median) - 2.0).abs() < 1e-12);
        let heavy = [(0.7, Some(9.0)), (0.1, Some(1.0)), (0.2, Some(2.0))];
        assert!((of(&heavy, Aggregation::Median) - 9.0).abs() < 1e-12);
        let light = [(0.0, Some(1.0)), (1.0, Some(2.0))];
        assert!((of(&light, Aggregation::Minimum) - 2.0).abs() < 1e-12);
    }
}
