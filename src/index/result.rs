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
