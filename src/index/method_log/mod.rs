//! The method as it was carried out: which step, by which method, with which parameters.
//!
//! In: what [`compute`](crate::index::compute) did, told step by step while it did it. Out:
//! [`MethodLog`], from which the method chapter is written and which the uncertainty analysis
//! replays, so that text, results and replicates cannot disagree.
//! Invariants: nodes stand in the order of the framework; steps stand in the order of work;
//! no word of any language but codes, and texts that the methodology itself holds.
//! Not here: values and scores by unit (`IndexResult`), sentences (`content`).

mod data_step;
mod definition;
mod indicator_step;
mod parent_step;
mod rank_step;
#[cfg(test)]
mod tests;

use serde::Serialize;

use crate::config::{Aggregation, Normalisation};

pub use data_step::{DataStep, ImputationCount, ScreenedStep, ScreeningStep};
pub use definition::{BandStep, DefinitionStep};
pub use indicator_step::{IndicatorStep, NormalisationStep, TreatmentStep};
pub(super) use indicator_step::{Normalising, Origin};
pub(super) use parent_step::Combining;
pub use parent_step::{
    AggregationStep, ChildWeight, Judgement, ParentStep, RANDOM_INDEX_SOURCE, WeightingStep,
};
pub use rank_step::{RankStep, TierStep};

/// What was done, in order.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct MethodLog {
    /// Data, screening, imputation.
    pub data: DataStep,
    /// Normalisation of indicators that state none.
    pub normalisation: Normalisation,
    /// Aggregation of nodes that state none.
    pub aggregation: Aggregation,
    /// Definition, imputation, treatment and normalisation of every indicator.
    pub indicators: Vec<IndicatorStep>,
    /// Weighting and aggregation at every inner node; the first is the index.
    pub parents: Vec<ParentStep>,
    /// Ranks of the index.
    pub ranks: RankStep,
    /// Tiers of the index, if the methodology asks for them.
    pub tiers: Option<TierStep>,
}

impl MethodLog {
    /// What was done to the indicator at a position.
    #[must_use]
    pub fn indicator(&self, node: usize) -> Option<&IndicatorStep> {
        self.indicators.iter().find(|step| step.node == node)
    }

    /// What was done at the inner node at a position.
    #[must_use]
    pub fn parent(&self, node: usize) -> Option<&ParentStep> {
        self.parents.iter().find(|step| step.node == node)
    }

    /// Number of nodes of the framework.
    #[must_use]
    pub const fn nodes(&self) -> usize {
        self.indicators.len() + self.parents.len()
    }

    /// Share of a node among its siblings, as it was used; 1 for the index.
    #[must_use]
    pub fn weight(&self, node: usize) -> f64 {
        self.child(node).map_or(1.0, |child| child.weight)
    }

    /// The node that a node stands below; `None` for the index.
    #[must_use]
    pub fn parent_of(&self, node: usize) -> Option<usize> {
        let above = |step: &&ParentStep| step.weighting.children.iter().any(|c| c.node == node);
        self.parents.iter().find(above).map(|step| step.node)
    }

    /// The weight of a node below its parent.
    #[must_use]
    pub fn child(&self, node: usize) -> Option<&ChildWeight> {
        let mut children = self.parents.iter().flat_map(|step| &step.weighting.children);
        children.find(|child| child.node == node)
    }

    /// Notes the share of the whole index that each node amounts to.
    pub(super) fn note_effective(&mut self, effective: &[f64]) {
        for child in self.parents.iter_mut().flat_map(|step| &mut step.weighting.children) {
            child.effective = effective.get(child.node).copied().unwrap_or(0.0);
        }
    }
}
