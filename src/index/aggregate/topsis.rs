//! TOPSIS: closeness to the ideal unit (Hwang and Yoon 1981).

use super::{AggregationDetail, Siblings, at};
use crate::config::TopsisScaling;
use crate::index::normalise::extremes;

/// `scale * D⁻ / (D⁺ + D⁻)`, with Euclidean distances of `w r` from the best and the worst of every
/// child; r is min-max (a constant child has no part in either distance) or `x / sqrt(sum x²)`.
/// Where a child is missing its term falls out of both distances. If all units are alike both
/// distances are zero and the closeness is one half.
pub(super) fn scores(
    siblings: &Siblings<'_>,
    scaling: TopsisScaling,
    scale: f64,
) -> (Vec<Option<f64>>, AggregationDetail) {
    let columns = match scaling {
        TopsisScaling::MinMax => siblings.min_maxed(0.0),
        TopsisScaling::Vector => siblings.scaled(|column| {
            let length = column.iter().map(|x| x * x).sum::<f64>().sqrt();
            move |x| if length > 0.0 { x / length } else { 0.0 }
        }),
    };
    let ends: Vec<(f64, f64)> = columns
        .iter()
        .map(|column| extremes(&column.iter().flatten().copied().collect::<Vec<f64>>()))
        .collect();
    let distance = |unit: usize, shares: &[(usize, f64)], end: &dyn Fn(usize) -> f64| -> f64 {
        let terms = shares.iter().map(|&(c, w)| w * (at(&columns, c, unit) - end(c)));
        terms.map(|d| d * d).sum::<f64>().sqrt()
    };
    let to_best = siblings.each(|unit, shares| distance(unit, shares, &|c| ends[c].1));
    let to_worst = siblings.each(|unit, shares| distance(unit, shares, &|c| ends[c].0));
    let scores = to_best
        .iter()
        .zip(&to_worst)
        .map(|pair| match pair {
            (Some(best), Some(worst)) => {
                let both = best + worst;
                Some(scale * if both > 0.0 { worst / both } else { 0.5 })
            }
            _ => None,
        })
        .collect();
    (scores, AggregationDetail::Topsis { to_best, to_worst })
}
