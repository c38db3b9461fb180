//! Our ranks beside published ones.

use crate::content::results::{NodeAt, Results, UnitAt};
use crate::index::{kendall_tau_b, spearman};
use crate::num::Rank;

/// A unit that both rankings rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    /// The unit.
    pub unit: UnitAt,
    /// Rank in the published ranking.
    pub published: Rank,
    /// Rank in ours.
    pub own: Rank,
}

/// Units ranked by both, in our order.
#[must_use]
pub(super) fn pairs(results: &Results, ranking: &str, node: NodeAt) -> Vec<Pair> {
    let code = &results.node(node).code;
    let Some(ranks) = results.ranking(ranking).and_then(|r| r.ranks.get(code)) else {
        return Vec::new();
    };
    results
        .order(node)
        .iter()
        .filter_map(|&unit| {
            let published = *ranks.get(&results.unit(unit).code)?;
            Some(Pair { unit, published, own: results.rank(unit, node)? })
        })
        .collect()
}

/// How far two rankings agree.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Agreement {
    /// Spearman's rho.
    pub rho: Option<f64>,
    /// Kendall's tau-b.
    pub tau: Option<f64>,
}

/// Rank correlations over the pairs; `None` if there are none.
#[must_use]
pub(super) fn agreement(pairs: &[Pair]) -> Option<Agreement> {
    if pairs.is_empty() {
        return None;
    }
    let own: Vec<f64> = pairs.iter().map(|p| f64::from(p.own)).collect();
    let published: Vec<f64> = pairs.iter().map(|p| f64::from(p.published)).collect();
    Some(Agreement { rho: spearman(&own, &published), tau: kendall_tau_b(&own, &published) })
}
