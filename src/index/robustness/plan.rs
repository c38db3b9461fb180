//! The index as arrays: what a replicate needs, looked up once.
//!
//! Methods, parameters and weights are those of the log of what was done, not of the configuration,
//! so that a replay without noise is the index that was computed.
//! Who has a score where is settled by the nominal index: replicates neither screen anew nor apply
//! thresholds anew, so that every replicate ranks the same units.

use crate::config::{
    Aggregation, Direction, Normalisation, Over, RankRule, Treatment, Uncertainty,
};
use crate::data::{Dataset, IndicatorData};
use crate::index::method_log::{IndicatorStep, MethodLog};
use crate::index::robustness::alternatives::{Material, alternatives};
use crate::index::{IndexResult, treat};

/// The framework, the data and the nominal results as arrays.
#[derive(Debug, Clone)]
pub(super) struct Plan {
    /// Units in the data set.
    pub(super) units: usize,
    /// The nodes in preorder.
    pub(super) nodes: Vec<PlanNode>,
    /// The indicators in the order of the framework.
    pub(super) leaves: Vec<Leaf>,
    /// The indicators under every combination of drawn treatment and imputation, the imputation
    /// changing fastest; empty if neither is drawn.
    pub(super) alternatives: Vec<Vec<Leaf>>,
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
    /// Share among the siblings, as it was used.
    pub(super) weight: f64,
    /// How the children combine; `None` for an indicator.
    pub(super) aggregation: Option<Aggregation>,
    /// Whether a drawn aggregation takes the place of the nominal one.
    shared: bool,
    /// Place among the indicators, for one of them.
    pub(super) leaf: Option<usize>,
    /// Whether each unit nominally has a score here.
    pub(super) present: Vec<bool>,
    /// Positions of the units that are ranked here, by nominal rank, equals by code.
    pub(super) order: Vec<usize>,
    /// Nominal ranks in that order.
    pub(super) ranks: Vec<u32>,
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
    /// Values of the other years after treatment, if the scale is set by all years together.
    pub(super) pooled: Vec<f64>,
    /// Their values before treatment; empty if there is no rule for outliers.
    pub(super) raw: Vec<f64>,
    /// The rule for outliers.
    pub(super) treatment: Treatment,
    /// Their values in the base period, if the normalisation asks for them.
    pub(super) base: Vec<Option<f64>>,
    /// Place of the unit to compare with, if the normalisation asks for one.
    pub(super) reference: Option<usize>,
    /// How they are nominally normalised.
    pub(super) normalisation: Normalisation,
    /// Whether more is better.
    pub(super) direction: Direction,
    /// Whether a drawn normalisation takes the place of the nominal one.
    pub(super) varies: bool,
}

impl Plan {
    /// Lays out what was done, with the data and the results it was done to.
    pub(super) fn new(log: &MethodLog, data: &Dataset, result: &IndexResult) -> Self {
        let units = result.index().scores.len();
        let mut leaves = Vec::new();
        let nodes = (0..log.nodes())
            .map(|position| {
                let present = presence(result, position, units);
                let (leaf, level) = log.indicator(position).map_or((None, None), |step| {
                    leaves.push(Leaf::new(step, data, result, &present));
                    (Some(leaves.len() - 1), Some(step.level))
                });
                let step = log.parent(position);
                let nominal = &result.nodes[position];
                PlanNode {
                    parent: log.parent_of(position),
                    children: step.map_or_else(Vec::new, |own| {
                        own.weighting.children.iter().map(|child| child.node).collect()
                    }),
                    level: level.or(step.map(|own| own.level)).unwrap_or(0),
                    weight: log.weight(position),
                    aggregation: step.map(|own| own.aggregation.rule),
                    shared: step.is_some_and(|own| own.aggregation.shared),
                    leaf,
                    order: nominal.order.clone(),
                    ranks: nominal.order.iter().filter_map(|&u| nominal.ranks[u]).collect(),
                    complete: present.iter().all(|&p| p),
                    present,
                }
            })
            .collect();
        let order = result.index().order.clone();
        let ranks = order.iter().filter_map(|&u| result.index().ranks[u]).collect();
        let scores: Vec<f64> = order.iter().filter_map(|&u| result.index().scores[u]).collect();
        let ahead = scores
            .iter()
            .map(|own| scores.iter().map(|other| i64::from(other > own)).sum())
            .collect();
        let alternatives = Vec::new();
        Self { units, nodes, leaves, alternatives, order, ranks, ahead, rule: log.ranks.rule() }
    }

    /// The same plan with other rules for gaps and outliers at hand, as far as they are drawn.
    pub(super) fn varied(
        mut self,
        log: &MethodLog,
        source: Material<'_>,
        spec: &Uncertainty,
    ) -> Self {
        self.alternatives = alternatives(&self, log, source, spec);
        self
    }

    /// The indicators under every combination that may be drawn.
    pub(super) fn choices(&self) -> &[Vec<Leaf>] {
        if self.alternatives.is_empty() {
            std::slice::from_ref(&self.leaves)
        } else {
            &self.alternatives
        }
    }

    /// The nodes below the index that anybody has a score at; the others were left out.
    pub(super) fn scored_nodes(&self) -> Vec<usize> {
        (1..self.nodes.len()).filter(|&n| self.nodes[n].present.contains(&true)).collect()
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
        let replace = |node: &PlanNode, own| drawn.filter(|_| node.shared).unwrap_or(own);
        self.nodes.iter().map(|n| n.aggregation.map(|own| replace(n, own))).collect()
    }

    /// The stated aggregation by node.
    pub(super) fn stated(&self) -> Vec<Option<Aggregation>> {
        self.nodes.iter().map(|n| n.aggregation).collect()
    }
}

impl Leaf {
    fn new(step: &IndicatorStep, data: &Dataset, result: &IndexResult, present: &[bool]) -> Self {
        let cells = data.indicators.iter().find(|own| own.node == step.node);
        let known = |unit: usize| cells.and_then(|own| own.cells.get(unit)?.as_ref());
        let treated = result.treated(step.node);
        let value = |unit: usize, own: f64| treated.and_then(|t| t.value(unit)).unwrap_or(own);
        let at: Vec<usize> =
            (0..present.len()).filter(|&u| present[u] && known(u).is_some()).collect();
        Self {
            node: step.node,
            values: at.iter().filter_map(|&u| Some(value(u, known(u)?.value))).collect(),
            pooled: cells.map_or_else(Vec::new, |own| pooled(own, step, present)),
            raw: if step.treatment.rule == Treatment::None {
                Vec::new()
            } else {
                at.iter().filter_map(|&u| Some(known(u)?.value)).collect()
            },
            treatment: step.treatment.rule,
            base: cells.map_or_else(Vec::new, |own| {
                let base = own.base(&step.normalisation.rule);
                at.iter().map(|&u| base.get(u).copied().flatten()).collect()
            }),
            reference: cells
                .and_then(|own| own.reference(&step.normalisation.rule))
                .and_then(|unit| at.iter().position(|&u| u == unit)),
            at,
            normalisation: step.normalisation.rule.clone(),
            direction: step.direction,
            varies: step.normalisation.shared,
        }
    }
}

impl Leaf {
    /// The values as the data have them.
    pub(super) fn untreated(&self) -> &[f64] {
        if self.raw.is_empty() { &self.values } else { &self.raw }
    }
}

/// Whether each unit has a score at a node.
fn presence(result: &IndexResult, node: usize, units: usize) -> Vec<bool> {
    let scores = result.nodes[node].scores.iter().map(Option::is_some);
    scores.chain(std::iter::repeat(false)).take(units).collect()
}

/// Values of the other years as they were treated, if the scale is set by all years together.
fn pooled(own: &IndicatorData, step: &IndicatorStep, present: &[bool]) -> Vec<f64> {
    if step.normalisation.over == Over::Year {
        return Vec::new();
    }
    let cells = own.cells.iter().zip(present);
    let here = cells.map(|(cell, present)| cell.as_ref().filter(|_| *present).map(|c| c.value));
    treated(own, step, here.collect(), step.treatment.rule).1
}

/// Values after treatment: those of the year, then those of the other years in its pool.
pub(super) fn treated(
    own: &IndicatorData,
    step: &IndicatorStep,
    mut column: Vec<Option<f64>>,
    rule: Treatment,
) -> (Vec<Option<f64>>, Vec<f64>) {
    let units = column.len();
    if step.normalisation.over == Over::Pooled {
        column.extend(&own.pooled);
    }
    let (mut values, _) = treat(own.node, column, rule);
    let others = values.split_off(units);
    (values, others.into_iter().flatten().collect())
}
