//! The nominal index, ready to be changed in one place at a time.

use crate::config::Aggregation;
use crate::index::normalise::normalise;
use crate::index::robustness::evaluate::{Evaluator, NotPositive};
use crate::index::robustness::plan::Plan;
use crate::index::robustness::rescale::rescale;

/// The nominal index in an evaluator.
#[derive(Debug, Clone)]
pub(super) struct Nominal<'a> {
    /// Holds the nominal scores at every node.
    pub(super) evaluator: Evaluator<'a>,
    /// Weight by node.
    pub(super) weights: Vec<f64>,
    /// Aggregation by node.
    pub(super) aggregations: Vec<Option<Aggregation>>,
}

impl<'a> Nominal<'a> {
    /// Computes the nominal index.
    ///
    /// # Errors
    /// See [`NotPositive`].
    pub(super) fn new(plan: &'a Plan) -> Result<Self, NotPositive> {
        let mut evaluator = Evaluator::new(plan);
        for (at, leaf) in plan.leaves.iter().enumerate() {
            let known: Vec<Option<f64>> = leaf.values.iter().copied().map(Some).collect();
            let scores = normalise(&known, leaf.normalisation, leaf.direction).map_or_else(
                |_| {
                    let mut values = leaf.values.clone();
                    rescale(&mut values, leaf.normalisation, leaf.direction, &mut Vec::new());
                    values
                },
                |scores| scores.into_iter().flatten().collect(),
            );
            evaluator.set_leaf(at, &scores);
        }
        let (weights, aggregations) = (plan.weights(), plan.aggregations(None));
        evaluator.run(&weights, &aggregations)?;
        Ok(Self { evaluator, weights, aggregations })
    }

    /// The weights with that of one node set to `share` of its siblings' total; the others keep
    /// their proportions. `None` if the others weigh nothing.
    pub(super) fn weights_with(&self, plan: &Plan, node: usize, share: f64) -> Option<Vec<f64>> {
        let parent = plan.nodes[node].parent?;
        let siblings = || plan.nodes[parent].children.iter().filter(|&&c| c != node);
        let others: f64 = siblings().map(|&c| self.weights[c]).sum();
        if others <= 0.0 {
            return None;
        }
        let mut weights = self.weights.clone();
        weights[node] = share;
        for &sibling in siblings() {
            weights[sibling] *= (1.0 - share) / others;
        }
        Some(weights)
    }
}
