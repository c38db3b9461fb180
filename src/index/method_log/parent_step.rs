//! Weighting and aggregation at one inner node.

use serde::Serialize;

use crate::config::{Aggregation, Node, Weighting};
use crate::index::aggregate::Siblings;
use crate::index::{Consistency, Fallback, NodeWeighting, WeightingDetail};

/// Where the random indices of the analytic hierarchy process come from; they are
/// [`RANDOM_INDEX`](crate::index::RANDOM_INDEX).
pub const RANDOM_INDEX_SOURCE: &str = "Saaty";

/// Weighting and aggregation at one inner node.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ParentStep {
    /// Position of the node.
    #[serde(skip)]
    pub node: usize,
    /// Its code.
    pub code: String,
    /// 0 for the index.
    pub level: usize,
    /// How its children came to their weights.
    pub weighting: WeightingStep,
    /// How they were combined.
    pub aggregation: AggregationStep,
}

/// How children came to their weights.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WeightingStep {
    /// The method, with judgements and parameters.
    pub rule: Weighting,
    /// The children in order of print.
    pub children: Vec<ChildWeight>,
    /// Units that data-driven weights rest on.
    pub units: Option<usize>,
    /// Why all weigh the same although the method is another one.
    pub fallback: Option<Fallback>,
    /// Entropies, deviations, eigenvalues and the like, as the method has them.
    pub detail: WeightingDetail,
    /// Consistency of pairwise judgements, also as part of a combination.
    pub judgement: Option<Judgement>,
}

/// A child and its weight.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ChildWeight {
    /// Position of its node.
    #[serde(skip)]
    pub node: usize,
    /// Its code.
    pub code: String,
    /// Share among its siblings, as it was used; they sum to one.
    pub weight: f64,
    /// Share of the whole index.
    pub effective: f64,
}

/// Consistency of pairwise judgements.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Judgement {
    /// Number of experts.
    pub experts: usize,
    /// Of the matrix that was solved.
    pub combined: Consistency,
    /// The largest ratio of an expert's own matrix.
    pub worst_ratio: f64,
    /// Whose random indices.
    pub random_index: &'static str,
}

/// How children were combined.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct AggregationStep {
    /// The method, with its parameters.
    pub rule: Aggregation,
    /// Whether the method is that of the methodology, in whose place others may be drawn.
    #[serde(skip)]
    pub shared: bool,
    /// Units with a score here.
    pub units: usize,
    /// Units of which something is known, but less than the threshold.
    pub below_threshold: usize,
    /// Units with a score that lack a child with weight, which its siblings take.
    pub redistributed: usize,
    /// The lowest score that was met below a unit with a score; a geometric or harmonic mean needs
    /// it above zero.
    pub floor: Option<f64>,
}

/// What a step is written from.
pub(in crate::index) struct Combining<'a> {
    pub(in crate::index) at: usize,
    pub(in crate::index) nodes: &'a [Node],
    pub(in crate::index) weighting: &'a Weighting,
    pub(in crate::index) found: Option<&'a NodeWeighting>,
    pub(in crate::index) aggregation: Aggregation,
    pub(in crate::index) nominal_aggregation: Aggregation,
    pub(in crate::index) siblings: &'a Siblings<'a>,
    /// Children left out for everybody.
    pub(in crate::index) excluded: &'a [bool],
    pub(in crate::index) scores: &'a [Option<f64>],
    /// Share of the weight below for which each unit has data.
    pub(in crate::index) coverage: &'a [f64],
}

impl ParentStep {
    /// Takes down what was done at a node.
    pub(in crate::index) fn of(done: &Combining<'_>) -> Self {
        let node = &done.nodes[done.at];
        Self {
            node: done.at,
            code: node.code.clone(),
            level: node.level,
            weighting: weighting(done),
            aggregation: aggregation(done),
        }
    }
}

fn weighting(done: &Combining<'_>) -> WeightingStep {
    let children = done.nodes[done.at].children().iter().zip(&done.siblings.weights);
    let child = |(&node, &weight): (&usize, &f64)| ChildWeight {
        node,
        code: done.nodes[node].code.clone(),
        weight,
        effective: 0.0,
    };
    WeightingStep {
        rule: done.weighting.clone(),
        children: children.map(child).collect(),
        units: done.found.and_then(|own| own.units),
        fallback: done.found.and_then(|own| own.fallback),
        detail: done.found.map_or(WeightingDetail::None, |own| own.detail.clone()),
        judgement: done.found.and_then(judgement),
    }
}

fn judgement(found: &NodeWeighting) -> Option<Judgement> {
    match &found.detail {
        WeightingDetail::Ahp { combined, experts } => Some(Judgement {
            experts: experts.len(),
            combined: *combined,
            worst_ratio: experts.iter().map(|own| own.ratio).fold(combined.ratio, f64::max),
            random_index: RANDOM_INDEX_SOURCE,
        }),
        WeightingDetail::Combined(parts) => parts.iter().find_map(judgement),
        _ => None,
    }
}

fn aggregation(done: &Combining<'_>) -> AggregationStep {
    let siblings = done.siblings;
    let heavy = || {
        let children = siblings.scores.iter().zip(&siblings.weights).zip(done.excluded);
        children.filter(|((_, weight), out)| **weight > 0.0 && !**out).map(|((s, _), _)| s)
    };
    let scored = || (0..done.scores.len()).filter(|&unit| done.scores[unit].is_some());
    let known = done.coverage.iter().zip(&siblings.compared);
    AggregationStep {
        rule: done.aggregation,
        shared: done.aggregation == done.nominal_aggregation,
        units: scored().count(),
        below_threshold: known.filter(|(known, compared)| **known > 0.0 && !**compared).count(),
        redistributed: scored().filter(|&unit| heavy().any(|own| own[unit].is_none())).count(),
        floor: scored().flat_map(|unit| heavy().filter_map(move |own| own[unit])).reduce(f64::min),
    }
}
