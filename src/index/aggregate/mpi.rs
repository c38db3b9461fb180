//! Mazziotta–Pareto index: a mean with a penalty for imbalance (Mazziotta and Pareto 2016).

use super::{AggregationDetail, Siblings, at};
use crate::config::{Deviation, Phenomenon};
use crate::index::normalise::{extremes, is_constant};

/// `M - S² / M` (plus, where less of the phenomenon is better): M and S are mean and standard
/// deviation over a unit's children of `z = 100 + 10 (x - mean) / sd`, weighted by their shares. A
/// constant child is 100 everywhere. Deviations, over units and over children, are divided by their
/// number as in the paper, or by their number less one as in `Compind`'s `ci_mpi`; weights enter the
/// latter by `m / (m - 1)`. With equal weights the index of the paper.
pub(super) fn scores(
    siblings: &Siblings<'_>,
    phenomenon: Phenomenon,
    deviation: Deviation,
) -> (Vec<Option<f64>>, AggregationDetail) {
    let columns = siblings.scaled(|column| {
        let (centre, spread) = moments(column, deviation);
        move |x| if spread > 0.0 { 100.0 + 10.0 * (x - centre) / spread } else { 100.0 }
    });
    let parts = siblings.each(|unit, shares| {
        let mean: f64 = shares.iter().map(|&(c, w)| w * at(&columns, c, unit)).sum();
        let squares = shares.iter().map(|&(c, w)| {
            let distance = at(&columns, c, unit) - mean;
            w * distance * distance
        });
        let variance = squares.sum::<f64>() * correction(shares.len(), deviation);
        (mean, variance / mean)
    });
    let sign = match phenomenon {
        Phenomenon::Positive => -1.0,
        Phenomenon::Negative => 1.0,
    };
    let scores = parts.iter().map(|p| p.map(|(mean, penalty)| mean + sign * penalty)).collect();
    let penalties = parts.iter().map(|p| p.map(|(_, penalty)| penalty)).collect();
    (scores, AggregationDetail::Mpi(penalties))
}

/// Mean and standard deviation of a column; no spread for a constant one.
#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
fn moments(column: &[f64], deviation: Deviation) -> (f64, f64) {
    let (least, most) = extremes(column);
    if column.is_empty() || is_constant(least, most) {
        return (0.0, 0.0);
    }
    let n = column.len() as f64;
    let centre = column.iter().sum::<f64>() / n;
    let variance = column.iter().map(|x| (x - centre) * (x - centre)).sum::<f64>() / n;
    (centre, (variance * correction(column.len(), deviation)).sqrt())
}

/// What turns a division by n into one by n − 1.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn correction(n: usize, deviation: Deviation) -> f64 {
    match deviation {
        Deviation::Sample if n > 1 => n as f64 / (n - 1) as f64,
        _ => 1.0,
    }
}
