//! Scales by distance from a target, a unit or an interval.

use super::{NormaliseError, Turned, is_constant};
use crate::config::{Clamp, ConstantRule};

type Scores = Result<Vec<Option<f64>>, NormaliseError>;

/// `low + (high - low) (x - min) / (T - min)`, after the direction is turned: for a negative
/// indicator (max - x) / (max - T). With the value of a unit for T it is
/// `1 - (ref - x) / (ref - min)`. (`COINr` `n_dist2targ`, `n_dist2ref`.)
pub(super) fn distance(
    turned: &Turned,
    target: f64,
    [low, high]: [f64; 2],
    clamp: Clamp,
) -> Scores {
    let least = turned.least;
    if target <= least || is_constant(least, target) {
        let (target, worst) = (target * turned.sign, least * turned.sign);
        return Err(NormaliseError::TargetNotBeyond { target, worst });
    }
    let score = |x: f64| low + (high - low) * clamp.apply((x - least) / (target - least));
    Ok(turned.map(score))
}

/// `1 - d / M` on the scale, d the distance from the interval `[p, q]` (0 inside) and
/// M = max(p - min, max - q); with p = q, `1 - |x - q| / max |x - q|` (区间型与适度指标). If every
/// unit lies inside, all score the upper end.
pub(super) fn interval(
    turned: &Turned,
    [from, to]: [f64; 2],
    [low, high]: [f64; 2],
    constant: ConstantRule,
) -> Scores {
    if turned.is_constant() {
        return turned.constant(f64::midpoint(low, high), constant);
    }
    let widest = (from - turned.least).max(turned.most - to);
    let score = |x: f64| {
        let outside = (from - x).max(x - to).max(0.0);
        if outside > 0.0 { low + (high - low) * (1.0 - outside / widest) } else { high }
    };
    Ok(turned.map(score))
}
