//! Rank-sum ratio (秩和比, Tian Fengtiao 1988).

use super::{AggregationDetail, Siblings, at};
use crate::config::{EqualValues, RsrRanks};
use crate::index::normalise::ascending_ranks;

/// `scale * sum w R / n`, R the ascending rank in a child (ties at their mean) or
/// `1 + (n - 1) minmax`, n the units that have the child. A constant child gives everybody the
/// middle rank. Shares of a unit with missing children are scaled to one.
#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
pub(super) fn scores(
    siblings: &Siblings<'_>,
    ranks: RsrRanks,
    scale: f64,
) -> (Vec<Option<f64>>, AggregationDetail) {
    let middling = siblings.min_maxed(0.5);
    let columns: Vec<Vec<Option<f64>>> = (0..siblings.weights.len())
        .map(|child| {
            let known = siblings.column(child);
            let n = known.len() as f64;
            match ranks {
                RsrRanks::Integral => {
                    let mut ranks = ascending_ranks(&known, EqualValues::Average).into_iter();
                    let score = |unit| siblings.score(child, unit).and_then(|_| ranks.next());
                    let ranked: Vec<Option<f64>> =
                        (0..siblings.compared.len()).map(score).collect();
                    ranked.into_iter().map(|r| r.map(|r| r / n)).collect()
                }
                RsrRanks::NonIntegral => {
                    middling[child].iter().map(|x| x.map(|x| (1.0 + (n - 1.0) * x) / n)).collect()
                }
            }
        })
        .collect();
    let ratios = siblings
        .each(|unit, shares| shares.iter().map(|&(c, w)| w * at(&columns, c, unit)).sum::<f64>());
    let scores = ratios.iter().map(|r| r.map(|r| r * scale)).collect();
    (scores, AggregationDetail::Rsr(ratios))
}
