//! Normalisation: brings the values of an indicator onto the common scale.
//!
//! Formulas: OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5. A negative
//! indicator is turned round before the formula (goalposts inside it); values are never inverted.

use crate::config::{ConstantRule, Direction, Normalisation};
use crate::num::{mean, standard_deviation};

/// Why values cannot be normalised.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum NormaliseError {
    /// All values are equal (or there is only one), so a spread-based scale is undefined.
    Constant(f64),
    /// The largest value is not above zero, so no fraction of it can be taken.
    MaximumNotPositive(f64),
    /// Smallest and largest value lie so far apart that their distance is no number.
    TooFarApart(f64, f64),
}

/// Normalises the values of one indicator; missing stays missing.
///
/// # Errors
/// See [`NormaliseError`]; a constant indicator is one only under [`ConstantRule::Error`].
pub(super) fn normalise(
    values: &[Option<f64>],
    method: Normalisation,
    direction: Direction,
) -> Result<Vec<Option<f64>>, NormaliseError> {
    let sign = match direction {
        Direction::Positive => 1.0,
        Direction::Negative => -1.0,
    };
    let known: Vec<f64> = values.iter().flatten().map(|v| v * sign).collect();
    let turned = values.iter().map(|v| v.map(|x| x * sign));
    if known.is_empty() {
        return Ok(vec![None; values.len()]);
    }
    let (least, most) = extremes(&known);
    let far = || {
        NormaliseError::TooFarApart(
            (least * sign).min(most * sign),
            (least * sign).max(most * sign),
        )
    };
    if !(most - least).is_finite() {
        return Err(far());
    }
    match method {
        Normalisation::MinMax { low, high, constant } => {
            if is_constant(least, most) {
                return at_middle(values, least * sign, f64::midpoint(low, high), constant);
            }
            let scale = (high - low) / (most - least);
            // The ends are exact, whatever rounding does to the scale.
            let score = |x: f64| if x >= most { high } else { low + (x - least) * scale };
            Ok(turned.map(|v| v.map(score)).collect())
        }
        Normalisation::ZScore { centre, spread, constant } => {
            let sd = standard_deviation(&known).filter(|_| !is_constant(least, most));
            let (Some(sd), Some(middle)) = (sd, mean(&known)) else {
                return at_middle(values, least * sign, centre, constant);
            };
            if !sd.is_finite() {
                return Err(far());
            }
            Ok(turned.map(|v| v.map(|x| centre + spread * (x - middle) / sd)).collect())
        }
        Normalisation::FractionOfMaximum { high } => {
            if most <= 0.0 {
                return Err(NormaliseError::MaximumNotPositive(most));
            }
            Ok(turned.map(|v| v.map(|x| x / most * high)).collect())
        }
        Normalisation::Goalposts { from, to, low, high } => {
            let score = |x: f64| {
                let share = ((x - from) / (to - from)).clamp(0.0, 1.0);
                let share = if direction == Direction::Negative { 1.0 - share } else { share };
                low + (high - low) * share
            };
            Ok(values.iter().map(|v| v.map(score)).collect())
        }
        Normalisation::PercentileRank { low, high } => {
            if known.len() < 2 {
                return Err(NormaliseError::Constant(least * sign));
            }
            let score = |x: f64| low + (high - low) * share_below(&known, x);
            Ok(turned.map(|v| v.map(score)).collect())
        }
    }
}

fn extremes(values: &[f64]) -> (f64, f64) {
    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &v| (a.min(v), b.max(v)))
}

/// Constancy relative to the size of the values, so that small units are not taken for constant.
fn is_constant(least: f64, most: f64) -> bool {
    most - least <= f64::EPSILON * least.abs().max(most.abs())
}

fn at_middle(
    values: &[Option<f64>],
    value: f64,
    middle: f64,
    rule: ConstantRule,
) -> Result<Vec<Option<f64>>, NormaliseError> {
    match rule {
        ConstantRule::Error => Err(NormaliseError::Constant(value)),
        ConstantRule::Mid => Ok(values.iter().map(|v| v.map(|_| middle)).collect()),
    }
}

/// `(r - 1) / (n - 1)` with r the ascending rank, ties at their lowest.
#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
fn share_below(known: &[f64], x: f64) -> f64 {
    let below = known.iter().filter(|&&other| other < x).count();
    below as f64 / (known.len() - 1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const MIN_MAX: Normalisation =
        Normalisation::MinMax { low: 0.0, high: 100.0, constant: ConstantRule::Error };

    fn positive(values: &[Option<f64>], method: Normalisation) -> Vec<Option<f64>> {
        normalise(values, method, Direction::Positive).unwrap()
    }

    #[test]
    fn min_max_by_hand() {
        let values = [Some(2.0), None, Some(4.0), Some(10.0)];
        assert_eq!(positive(&values, MIN_MAX), [Some(0.0), None, Some(25.0), Some(100.0)]);
        let turned = normalise(&values, MIN_MAX, Direction::Negative).unwrap();
        assert_eq!(turned, [Some(100.0), None, Some(75.0), Some(0.0)]);
    }

    #[test]
    fn z_score_uses_the_sample_standard_deviation() {
        let method =
            Normalisation::ZScore { centre: 50.0, spread: 10.0, constant: ConstantRule::Error };
        let scores = positive(&[Some(1.0), Some(2.0), Some(3.0)], method);
        assert_eq!(scores, [Some(40.0), Some(50.0), Some(60.0)]);
    }

    #[test]
    fn goalposts_clamp() {
        let method = Normalisation::Goalposts { from: 0.0, to: 10.0, low: 0.0, high: 100.0 };
        let values = [-1.0, 0.0, 5.0, 10.0, 11.0].map(Some);
        assert_eq!(positive(&values, method), [0.0, 0.0, 50.0, 100.0, 100.0].map(Some));
    }

    #[test]
    fn percentile_ranks_take_ties_at_their_lowest() {
        let method = Normalisation::PercentileRank { low: 0.0, high: 1.0 };
        let scores = positive(&[1.0, 2.0, 2.0, 4.0].map(Some), method);
        assert_eq!(scores, [0.0, 1.0 / 3.0, 1.0 / 3.0, 1.0].map(Some));
    }

    #[test]
    fn a_constant_is_an_error_or_the_middle() {
        let values = [Some(0.1), Some(0.1)];
        let failed = normalise(&values, MIN_MAX, Direction::Positive);
        assert_eq!(failed, Err(NormaliseError::Constant(0.1)));
        let mid = Normalisation::MinMax { low: 0.0, high: 100.0, constant: ConstantRule::Mid };
        assert_eq!(positive(&values, mid), [Some(50.0), Some(50.0)]);
        assert!(normalise(&[Some(1e-20), Some(2e-20)], MIN_MAX, Direction::Positive).is_ok());
        assert_eq!(normalise(&[None], MIN_MAX, Direction::Positive), Ok(vec![None]));
    }

    #[test]
    fn values_out_of_reach_of_each_other_have_no_scale() {
        let ends = [Some(1.5e308), Some(-1.5e308), Some(0.0)];
        let far = Err(NormaliseError::TooFarApart(-1.5e308, 1.5e308));
        assert_eq!(normalise(&ends, MIN_MAX, Direction::Positive), far);
        assert_eq!(normalise(&ends, MIN_MAX, Direction::Negative), far);
        let squares_overflow = [Some(1e200), Some(-1e200)];
        assert!(normalise(&squares_overflow, MIN_MAX, Direction::Positive).is_ok());
        let z = Normalisation::ZScore { centre: 0.0, spread: 1.0, constant: ConstantRule::Error };
        assert!(normalise(&squares_overflow, z, Direction::Positive).is_err());
    }
}
