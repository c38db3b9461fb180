//! What the index came to: the one structure that charts, texts and commands read.

use crate::config::Status;
use crate::index::{DataChecks, Distribution, Screening, Tiers, Treated};
use crate::num::Rank;

/// Scores and ranks at every node, tiers, and how far the data can be relied upon.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IndexResult {
    /// Results by node, at the positions the methodology gives the nodes.
    pub nodes: Vec<NodeResult>,
    /// Tiers of the index score, if the methodology asks for them.
    pub tiers: Option<Tiers>,
    /// Shares of weight by data status, over all units.
    pub status: Vec<StatusShare>,
    /// What was left out, or kept by decision, and why.
    pub screening: Screening,
    /// What the data look like before treatment.
    pub checks: DataChecks,
    /// What treatment did, for every indicator under a rule, in the order of the framework.
    pub treated: Vec<Treated>,
}

impl IndexResult {
    /// What treatment did to an indicator, if it is under a rule.
    #[must_use]
    pub fn treated(&self, node: usize) -> Option<&Treated> {
        self.treated.iter().find(|own| own.node == node)
    }

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
