//! One unit's standing: where it is strong, where it is weak.

use crate::config::Methodology;
use crate::index::IndexResult;
use crate::num::Rank;

/// A unit's place at one node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Position of the node.
    pub node: usize,
    /// Rank there.
    pub rank: Rank,
    /// Score there.
    pub score: f64,
    /// Score less the mean of the sample.
    pub against_mean: f64,
}

/// Strengths and weaknesses of a unit among the indicators.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Indicators in the upper quarter of the ranking, best rank first.
    pub strengths: Vec<Standing>,
    /// Indicators in the lower quarter, worst rank first.
    pub weaknesses: Vec<Standing>,
}

impl Profile {
    /// Finds at most `limit` strengths and weaknesses of the unit at `unit`.
    ///
    /// Upper quarter: rank at most n / 4 (rounded down, at least 1) and score above the mean. Lower
    /// quarter: at most n / 4 units rank strictly lower or share the place, and score below the
    /// mean. Equal ranks are ordered by distance from the mean, then by the order of the framework.
    #[must_use]
    pub fn of(result: &IndexResult, method: &Methodology, unit: usize, limit: usize) -> Self {
        let mut strengths = Vec::new();
        let mut weaknesses = Vec::new();
        for node in method.indicators() {
            let own = &result.nodes[node];
            let Some(standing) = standing(result, node, unit) else { continue };
            let quarter = (own.order.len() / 4).max(1);
            let behind = own
                .order
                .iter()
                .filter(|&&other| own.ranks[other].is_some_and(|r| r >= standing.rank))
                .count();
            if standing.rank as usize <= quarter && standing.against_mean > 0.0 {
                strengths.push(standing);
            } else if behind <= quarter && standing.against_mean < 0.0 {
                weaknesses.push(standing);
            }
        }
        strengths
            .sort_by(|a, b| a.rank.cmp(&b.rank).then(b.against_mean.total_cmp(&a.against_mean)));
        weaknesses
            .sort_by(|a, b| b.rank.cmp(&a.rank).then(a.against_mean.total_cmp(&b.against_mean)));
        strengths.truncate(limit);
        weaknesses.truncate(limit);
        Self { strengths, weaknesses }
    }
}

/// A unit's standing at a node, if it has a score there.
#[must_use]
pub(super) fn standing(result: &IndexResult, node: usize, unit: usize) -> Option<Standing> {
    let own = &result.nodes[node];
    let score = own.scores[unit]?;
    let mean = own.distribution?.mean;
    Some(Standing { node, rank: own.ranks[unit]?, score, against_mean: score - mean })
}
