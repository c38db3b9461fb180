//! What the index came to: the one structure that charts, texts and commands read.

use crate::config::Status;
use crate::index::{AggregationDetail, Distribution, NodeWeighting, Tiers};
use crate::num::Rank;

/// Scores and ranks at every node, tiers, and how far the data can be relied upon.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexResult {
    /// Results by node, at the positions the methodology gives the nodes.
    pub nodes: Vec<NodeResult>,
    /// Tiers of the index score, if the methodology asks for them.
    pub tiers: Option<Tiers>,
    /// Shares of weight by data status, over all units.
    pub status: Vec<StatusShare>,
    /// Share of each node among its siblings, as it was used.
    pub weights: Vec<f64>,
    /// Share of the whole index each node amounts to.
    pub effective_weights: Vec<f64>,
    /// How the children of each node came to their weights; `None` where the methodology states
    /// them or all are equal.
    pub weightings: Vec<Option<NodeWeighting>>,
    /// What there is to tell about the aggregation at each node; `None` for indicators and means.
    pub details: Vec<Option<AggregationDetail>>,
}

impl IndexResult {
    /// The whole index.
    #[must_use]
    pub fn index(&self) -> &NodeResult {
        &self.nodes[0]
    }
}

/// Results at one node; vectors run over the units in order of code.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeResult {
    /// Values on the common scale; `None` where too little is known.
    pub scores: Vec<Option<f64>>,
    /// Ranks; `None` without a score.
    pub ranks: Vec<Option<Rank>>,
    /// Share of the node's weight for which the unit has data, 0 to 1.
    pub coverage: Vec<f64>,
    /// Positions of the ranked units, by rank, equals by code.
    pub order: Vec<usize>,
    /// Whether the unit shares its rank.
    pub tied: Vec<bool>,
    /// Spread of the scores; `None` if nobody has one.
    pub distribution: Option<Distribution>,
}

impl NodeResult {
    /// The mean place of each ranked unit among all, equals at the mean of theirs: 1, 2.5, 2.5, 4.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
    pub fn average_ranks(&self) -> Vec<Option<f64>> {
        let mut places = vec![None; self.ranks.len()];
        let mut start = 0;
        while start < self.order.len() {
            let rank = self.ranks[self.order[start]];
            let same = self.order[start..].iter().take_while(|&&u| self.ranks[u] == rank).count();
            let end = start + same;
            for &unit in &self.order[start..end] {
                places[unit] = Some((start + 1 + end) as f64 / 2.0);
            }
            start = end;
        }
        places
    }
}

/// A share of the index's weight by status of the data behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusShare {
    /// The status; `None` for weight without data.
    pub status: Option<Status>,
    /// Mean share over the units, 0 to 1.
    pub share: f64,
    /// Share by unit.
    pub by_unit: Vec<f64>,
}

#[cfg(test)]
mod tests {
    use crate::index::testing::{flat, result};

    #[test]
    fn average_ranks_are_the_mean_of_the_places() {
        let rows = [1.0, 5.0, 5.0, 9.0].map(|x| vec![x]);
        let found = result(&flat(1, &[], &[], "ranks: { ties: average }"), &rows);
        assert_eq!(found.index().average_ranks(), [4.0, 2.5, 2.5, 1.0].map(Some));
        assert_eq!(found.index().ranks, [4, 2, 2, 1].map(Some));
    }
}
