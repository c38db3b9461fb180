//! VIKOR: a compromise between the utility of the group and the greatest regret (Opricovic and
//! Tzeng 2004).

use super::{AggregationDetail, Siblings, at};
use crate::index::normalise::{extremes, is_constant};

/// What VIKOR finds; vectors run over the units, and less is better.
#[derive(Debug, Clone, PartialEq)]
pub struct Vikor {
    /// Sum of the weighted distances from the best.
    pub utility: Vec<Option<f64>>,
    /// Largest weighted distance from the best.
    pub regret: Vec<Option<f64>>,
    /// The compromise of the two, 0 to 1.
    pub q: Vec<Option<f64>>,
    /// Positions of the units that cannot be told from the best, the best first.
    pub compromise: Vec<usize>,
    /// Whether the best leads the second by 1 / (n − 1) or more.
    pub advantage: bool,
    /// Whether the best by Q is also best by utility or regret.
    pub stability: bool,
}

/// `scale (1 - Q)`: `g = w (best - x) / (best - worst)`, S = sum g, R = max g,
/// `Q = v (S - S*) / (S⁻ - S*) + (1 - v) (R - R*) / (R⁻ - R*)`; a term of zero width counts 0.
/// Shares of a unit with missing children are scaled to one.
pub(super) fn scores(
    siblings: &Siblings<'_>,
    v: f64,
    scale: f64,
) -> (Vec<Option<f64>>, AggregationDetail) {
    // A constant child is at its best everywhere.
    let columns = siblings.min_maxed(1.0);
    let gaps = |unit: usize, shares: &[(usize, f64)]| -> Vec<f64> {
        shares.iter().map(|&(c, w)| w * (1.0 - at(&columns, c, unit))).collect()
    };
    let utility = siblings.each(|unit, shares| gaps(unit, shares).iter().sum::<f64>());
    let regret =
        siblings.each(|unit, shares| gaps(unit, shares).iter().fold(0.0, |m: f64, g| m.max(*g)));
    let (s, r) = (relative(&utility), relative(&regret));
    let q: Vec<Option<f64>> = s
        .iter()
        .zip(&r)
        .map(|pair| match pair {
            (Some(s), Some(r)) => Some(v * s + (1.0 - v) * r),
            _ => None,
        })
        .collect();
    let scores = q.iter().map(|q| q.map(|q| scale * (1.0 - q))).collect();
    let (compromise, advantage, stability) = compromise(&utility, &regret, &q);
    let vikor = Vikor { utility, regret, q, compromise, advantage, stability };
    (scores, AggregationDetail::Vikor(vikor))
}

/// Distance from the least over the width of the column.
fn relative(column: &[Option<f64>]) -> Vec<Option<f64>> {
    let known: Vec<f64> = column.iter().flatten().copied().collect();
    let (least, most) = extremes(&known);
    let even = is_constant(least, most);
    column
        .iter()
        .map(|x| x.map(|x| if even { 0.0 } else { (x - least) / (most - least) }))
        .collect()
}

/// The compromise set with its two conditions, units by Q and then by position.
#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
fn compromise(
    utility: &[Option<f64>],
    regret: &[Option<f64>],
    q: &[Option<f64>],
) -> (Vec<usize>, bool, bool) {
    let mut order: Vec<(usize, f64)> =
        q.iter().enumerate().filter_map(|(u, q)| q.map(|q| (u, q))).collect();
    order.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
    let Some(&(best, least)) = order.first() else { return (Vec::new(), true, true) };
    let lead = order.len().checked_sub(1).filter(|n| *n > 0).map_or(0.0, |n| 1.0 / n as f64);
    let advantage = order.get(1).is_none_or(|second| second.1 - least >= lead - 1e-12);
    let leads = |column: &[Option<f64>]| {
        column.iter().flatten().all(|x| column[best].is_some_and(|own| own <= *x + 1e-12))
    };
    let stability = leads(utility) || leads(regret);
    let set = match (advantage, stability) {
        (true, true) => vec![best],
        (true, false) => order.iter().take(2).map(|p| p.0).collect(),
        (false, _) => {
            order.iter().take_while(|p| p.1 - least < lead - 1e-12).map(|p| p.0).collect()
        }
    };
    (set, advantage, stability)
}
