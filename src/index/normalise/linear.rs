//! Scales made from the extremes or the spread of the sample.

use super::{NormaliseError, Turned, is_constant};
use crate::config::ConstantRule;
use crate::num::{mean, standard_deviation};

type Scores = Result<Vec<Option<f64>>, NormaliseError>;

/// `low + (high - low) (x - min) / (max - min)`.
///
/// Distance to the maximum, `1 - (max - x) / (max - min)` (`COINr` `n_dist2max`), and the efficacy
/// coefficient, `60 + 40 minmax`, are the same line on another scale.
pub(super) fn min_max(turned: &Turned, low: f64, high: f64, constant: ConstantRule) -> Scores {
    if turned.is_constant() {
        return turned.constant(f64::midpoint(low, high), constant);
    }
    let (least, most) = (turned.least, turned.most);
    let scale = (high - low) / (most - least);
    // The ends are exact, whatever rounding does to the scale.
    Ok(turned.map(|x| if x >= most { high } else { low + (x - least) * scale }))
}

/// `centre + spread (x - mean) / sd`, with the sample standard deviation (n − 1).
pub(super) fn z_score(turned: &Turned, centre: f64, spread: f64, constant: ConstantRule) -> Scores {
    let sd = deviation(&turned.known, turned.least, turned.most);
    let (Some(sd), Some(middle)) = (sd, mean(&turned.known)) else {
        return turned.constant(centre, constant);
    };
    Ok(turned.map(|x| centre + spread * (x - middle) / sd))
}

/// The sample standard deviation (n − 1) of values between two ends; `None` if they are constant.
pub(in crate::index) fn deviation(values: &[f64], least: f64, most: f64) -> Option<f64> {
    if is_constant(least, most) {
        return None;
    }
    let sd = standard_deviation(values)?;
    if sd > 0.0 {
        return Some(sd);
    }
    // Squares of small numbers are zero: take them in units of their range.
    let range = most - least;
    let scaled: Vec<f64> = values.iter().map(|x| (x - least) / range).collect();
    standard_deviation(&scaled).map(|sd| sd * range).filter(|sd| *sd > 0.0)
}

/// `high x / max`; the maximum must be above zero.
pub(super) fn fraction_of_maximum(turned: &Turned, high: f64) -> Scores {
    if turned.most <= 0.0 {
        return Err(NormaliseError::MaximumNotPositive(turned.most));
    }
    Ok(turned.map(|x| x / turned.most * high))
}
