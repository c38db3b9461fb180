//! The index as arrays: what a replicate needs, looked up once.
//!
//! Who has a score where is settled by the nominal index: replicates neither screen anew nor apply
//! thresholds anew, so that every replicate ranks the same units.

use crate::config::{Aggregation, Direction, Methodology, Normalisation, RankRule};
use crate::data::Dataset;
use crate::index::{Applied, IndexResult};

/// The framework, the data and the nominal results as arrays.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// Units in the data set.
    pub(super) units: usize,
    /// The nodes in preorder.
    pub(super) nodes: Vec<PlanNode>,
    /// The indicators in the order of the framework.
    pub(super) leaves: Vec<Leaf>,
    /// Positions of the ranked units, by nominal rank, equals by code.
    pub(super) order: Vec<usize>,
    /// Nominal ranks in that order.
    pub(super) ranks: Vec<u32>,
    /// Number of ranked units with a higher score, in that order, before any rounding.
    ahead: Vec<i64>,
    /// How scores become ranks.
    pub(super) rule: RankRule,
}

/// A node of the framework.
#[derive(Debug, Clone)]
pub(super) struct PlanNode {
    /// Position of the parent.
    pub(super) parent: Option<usize>,
    /// Positions of the children; empty for an indicator.
    pub(super) children: Vec<usize>,
    /// 0 for the index.
    pub(super) level: usize,
    /// Share among the siblings.
    pub(super) weight: f64,
    /// How the children combine; `None` for an indicator.
    pub(super) aggregation: Option<Aggregation>,
    /// Place among the indicators, for one of them.
    pub(super) leaf: Option<usize>,
    /// Whether each unit nominally has a score here.
    pub(super) present: Vec<bool>,
    /// Whether all have.
    pub(super) complete: bool,
}

/// An indicator: the values of the units that have a score in it.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    /// Position of the node.
    pub(super) node: usize,
    /// Positions of the units that have a value.
    pub(super) at: Vec<usize>,
    /// Their values, after treatment.
    pub(super) values: Vec<f64>,
    /// Whether treatment changed any of them, or their scale.
    pub(super) treated: bool,
    /// How they are nominally normalised.
    pub(super) normalisation: Normalisation,
    /// Whether more is better.
    pub(super) direction: Direction,
    /// Whether a drawn normalisation takes the place of the nominal one.
    pub(super) varies: bool,
}

impl Plan {
    /// Lays out a methodology, its data and its results.
    pub(super) fn new(method: &Methodology, data: &Dataset, result: &IndexResult) -> Self {
        let units = result.index().scores.len();
        let mut leaves = Vec::new();
        let mut nodes: Vec<PlanNode> = Vec::with_capacity(method.nodes.len());
        for (position, node) in method.nodes.iter().enumerate() {
            let present: Vec<bool> = result.nodes[position]
                .scores
                .iter()
                .map(Option::is_some)
                .chain(std::iter::repeat(false))
                .take(units)
                .collect();
            let mut leaf = None;
            if let Some(spec) = node.indicator() {
                let cells = data.indicators.iter().find(|i| i.node == position);
                let known = |unit: usize| cells.and_then(|c| c.cells.get(unit)?.as_ref());
                let treated = result.treated.iter().find(|t| t.node == position);
                let value =
                    |unit: usize, own: f64| treated.and_then(|t| t.value(unit)).unwrap_or(own);
                let at: Vec<usize> =
                    (0..units).filter(|&u| present[u] && known(u).is_some()).collect();
                leaf = Some(leaves.len());
                leaves.push(Leaf {
                    node: position,
                    values: at.iter().filter_map(|&u| Some(value(u, known(u)?.value))).collect(),
                    treated: treated.is_some_and(|t| t.applied != Applied::Nothing),
                    at,
                    normalisation: spec.normalisation,
                    direction: spec.direction,
                    varies: spec.normalisation == method.normalisation,
                });
            }
            nodes.push(PlanNode {
                parent: node.parent,
                children: node.children().to_vec(),
                level: node.level,
                weight: node.weight,
                aggregation: node.aggregation(),
                leaf,
                complete: present.iter().all(|&p| p),
                present,
            });
        }
        let order = result.index().order.clone();
        let ranks = order.iter().filter_map(|&u| result.index().ranks[u]).collect();
        let scores: Vec<f64> = order.iter().filter_map(|&u| result.index().scores[u]).collect();
        let ahead = scores
            .iter()
            .map(|own| scores.iter().map(|other| i64::from(other > own)).sum())
            .collect();
        Self { units, nodes, leaves, order, ranks, ahead, rule: method.ranks }
    }

    /// Number of ranked units.
    pub(super) fn count(&self) -> usize {
        self.order.len()
    }

    /// Number of units with a higher score than the one at a slot, nominally.
    pub(super) fn ranks_ahead(&self, slot: usize) -> i64 {
        self.ahead[slot]
    }

    /// The stated weights, by node.
    pub(super) fn weights(&self) -> Vec<f64> {
        self.nodes.iter().map(|n| n.weight).collect()
    }

    /// Aggregation by node, with the drawn one in place of the methodology's.
    pub(super) fn aggregations(&self, drawn: Option<Aggregation>) -> Vec<Option<Aggregation>> {
        let nominal = self.nodes.first().and_then(|n| n.aggregation);
        self.nodes
            .iter()
            .map(|n| n.aggregation.map(|own| drawn.filter(|_| Some(own) == nominal).unwrap_or(own)))
            .collect()
    }
}
