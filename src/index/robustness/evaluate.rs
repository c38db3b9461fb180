//! The index from scores of indicators: a column of units per node, filled from the bottom up.
//!
//! The formulas are those of [`aggregate`](crate::index::aggregate::aggregate), in the same order of
//! operations, so that the nominal specification gives the nominal scores to the last bit.

use crate::config::Aggregation;
use crate::index::robustness::plan::{Plan, PlanNode};
use crate::num::{exp, ln};

/// Columns of scores at every node; a unit without a score holds zero.
#[derive(Debug, Clone)]
pub(super) struct Evaluator<'a> {
    plan: &'a Plan,
    /// Scores, node by node.
    scores: Vec<f64>,
    /// One where a unit has a score, otherwise zero, node by node.
    present: Vec<f64>,
    /// Whether every unit has a score, by node.
    complete: Vec<bool>,
    /// Logarithms of the scores of indicators, if they are kept from run to run.
    logs: Option<Vec<f64>>,
    /// Sums over the children of the node at hand.
    weighted: Vec<f64>,
    totals: Vec<f64>,
}

/// Why an index cannot be computed: a geometric mean met a score that is not above zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct NotPositive {
    /// Position of the node that takes the mean.
    pub(super) node: usize,
}

impl<'a> Evaluator<'a> {
    /// Room for one index.
    pub(super) fn new(plan: &'a Plan) -> Self {
        let cells = plan.nodes.len() * plan.units;
        let mut present = Vec::with_capacity(cells);
        for node in &plan.nodes {
            present.extend(node.present.iter().map(|&p| f64::from(u8::from(p))));
        }
        Self {
            plan,
            scores: vec![0.0; cells],
            present,
            complete: plan.nodes.iter().map(|n| n.complete).collect(),
            logs: None,
            weighted: vec![0.0; plan.units],
            totals: vec![0.0; plan.units],
        }
    }

    /// Scores at a node.
    pub(super) fn column(&self, node: usize) -> &[f64] {
        &self.scores[node * self.plan.units..(node + 1) * self.plan.units]
    }

    /// Whether a unit has a score at a node after the last run.
    pub(super) fn has(&self, node: usize, unit: usize) -> bool {
        self.present[node * self.plan.units + unit] > 0.0
    }

    /// Sets the scores of an indicator, given for the units that have one.
    pub(super) fn set_leaf(&mut self, leaf: usize, scores: &[f64]) {
        self.logs = None;
        let leaf = &self.plan.leaves[leaf];
        let start = leaf.node * self.plan.units;
        if leaf.at.len() == self.plan.units {
            self.scores[start..start + self.plan.units].copy_from_slice(scores);
        } else {
            for (&unit, &score) in leaf.at.iter().zip(scores) {
                self.scores[start + unit] = score;
            }
        }
    }

    /// Leaves a node out of everything above it.
    pub(super) fn leave_out(&mut self, node: usize) {
        self.present[node * self.plan.units..(node + 1) * self.plan.units].fill(0.0);
        self.complete[node] = false;
    }

    /// Takes in again a node that was left out.
    pub(super) fn take_in(&mut self, node: usize) {
        let (start, own) = (node * self.plan.units, &self.plan.nodes[node]);
        for (unit, &present) in own.present.iter().enumerate() {
            self.present[start + unit] = f64::from(u8::from(present));
        }
        self.complete[node] = own.complete;
    }

    /// Takes the logarithms of the indicators' scores once for many runs; of what is not above zero
    /// there is none, and runs fail where it is needed.
    pub(super) fn keep_logs(&mut self) {
        let mut logs = vec![0.0; self.scores.len()];
        for leaf in &self.plan.leaves {
            let start = leaf.node * self.plan.units;
            for &unit in &leaf.at {
                let score = self.scores[start + unit];
                logs[start + unit] = if score > 0.0 { ln(score) } else { f64::NEG_INFINITY };
            }
        }
        self.logs = Some(logs);
    }

    /// Fills the inner nodes from the bottom up; in preorder every child stands after its parent.
    ///
    /// # Errors
    /// See [`NotPositive`].
    pub(super) fn run(
        &mut self,
        weights: &[f64],
        aggregations: &[Option<Aggregation>],
    ) -> Result<(), NotPositive> {
        for node in (0..self.plan.nodes.len()).rev() {
            if let Some(aggregation) = aggregations[node] {
                self.combine(node, weights, aggregation)?;
            }
        }
        Ok(())
    }

    /// Fills the nodes above an indicator or dimension whose scores have changed.
    ///
    /// # Errors
    /// See [`NotPositive`].
    pub(super) fn run_above(
        &mut self,
        node: usize,
        weights: &[f64],
        aggregations: &[Option<Aggregation>],
    ) -> Result<(), NotPositive> {
        let mut next = self.plan.nodes[node].parent;
        while let Some(at) = next {
            if let Some(aggregation) = aggregations[at] {
                self.combine(at, weights, aggregation)?;
            }
            next = self.plan.nodes[at].parent;
        }
        Ok(())
    }

    fn combine(
        &mut self,
        node: usize,
        weights: &[f64],
        aggregation: Aggregation,
    ) -> Result<(), NotPositive> {
        let own = &self.plan.nodes[node];
        self.add_up(node, own, weights, aggregation)?;
        let units = self.plan.units;
        let (start, end) = (node * units, (node + 1) * units);
        let mut complete = own.complete;
        let slots = self.scores[start..end].iter_mut().zip(&mut self.present[start..end]);
        for (unit, (score, present)) in slots.enumerate() {
            let total = self.totals[unit];
            if own.present[unit] && total > 0.0 {
                let mean = self.weighted[unit] / total;
                *score = if aggregation == Aggregation::Geometric { exp(mean) } else { mean };
                *present = 1.0;
            } else {
                (*score, *present) = (0.0, 0.0);
                complete = false;
            }
        }
        self.complete[node] = complete;
        Ok(())
    }

    /// Sums of weights, and of weighted scores or logarithms, over the children.
    fn add_up(
        &mut self,
        node: usize,
        own: &PlanNode,
        weights: &[f64],
        aggregation: Aggregation,
    ) -> Result<(), NotPositive> {
        let units = self.plan.units;
        self.weighted.fill(0.0);
        self.totals.fill(0.0);
        for &child in &own.children {
            let (weight, range) = (weights[child], child * units..(child + 1) * units);
            let scores = &self.scores[range.clone()];
            let present = &self.present[range.clone()];
            if self.complete[child] {
                self.totals.iter_mut().for_each(|total| *total += weight);
            } else {
                for (total, p) in self.totals.iter_mut().zip(present) {
                    *total += weight * p;
                }
            }
            match aggregation {
                Aggregation::Arithmetic => {
                    for ((sum, s), p) in self.weighted.iter_mut().zip(scores).zip(present) {
                        *sum += weight * (s * p);
                    }
                }
                Aggregation::Geometric => {
                    if weight <= 0.0 {
                        continue;
                    }
                    let kept = self.logs.as_ref().filter(|_| self.plan.nodes[child].leaf.is_some());
                    for unit in 0..units {
                        // Units that have no score above need none below.
                        if present[unit] > 0.0 && own.present[unit] {
                            if scores[unit] <= 0.0 {
                                return Err(NotPositive { node });
                            }
                            let log = match kept {
                                Some(logs) => logs[range.start + unit],
                                None => ln(scores[unit]),
                            };
                            self.weighted[unit] += weight * log;
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{ConstantRule, Normalisation};
    use crate::index::normalise::normalise;
    use crate::index::robustness::testing::Small;

    #[test]
    fn the_nominal_index_to_the_last_bit() {
        let scales = [
            Normalisation::MinMax { low: 1.0, high: 100.0, constant: ConstantRule::Error },
            Normalisation::ZScore { centre: 50.0, spread: 10.0, constant: ConstantRule::Error },
            Normalisation::PercentileRank { low: 1.0, high: 100.0 },
        ];
        for scale in scales {
            for aggregation in [Aggregation::Arithmetic, Aggregation::Geometric] {
                for missing in [false, true] {
                    let small = Small::random(40, &[3, 1, 5], missing);
                    agrees(&small.normalised(scale).aggregated(aggregation));
                }
            }
        }
    }

    fn agrees(small: &Small) {
        let result = small.result();
        let plan = Plan::new(&small.method, &small.data, &result);
        let mut evaluator = Evaluator::new(&plan);
        for (at, leaf) in plan.leaves.iter().enumerate() {
            let known: Vec<Option<f64>> = leaf.values.iter().copied().map(Some).collect();
            let scores = normalise(&known, leaf.normalisation, leaf.direction).unwrap();
            evaluator.set_leaf(at, &scores.into_iter().flatten().collect::<Vec<f64>>());
        }
        for keep in [false, true] {
            if keep {
                evaluator.keep_logs();
            }
            evaluator.run(&plan.weights(), &plan.aggregations(None)).unwrap();
            for (node, nominal) in result.nodes.iter().enumerate() {
                for (unit, score) in nominal.scores.iter().enumerate() {
                    let own = evaluator.has(node, unit).then(|| evaluator.column(node)[unit]);
                    assert_eq!(own, *score, "node {node}, unit {unit}");
                }
            }
        }
    }

    #[test]
    fn a_node_can_be_left_out_and_taken_in() {
        let small = Small::complete(&[1, 1], &[&[0.0, 10.0], &[10.0, 0.0]]);
        let result = small.result();
        let plan = Plan::new(&small.method, &small.data, &result);
        let mut evaluator = Evaluator::new(&plan);
        evaluator.set_leaf(0, &[0.0, 100.0]);
        evaluator.set_leaf(1, &[100.0, 0.0]);
        evaluator.leave_out(2);
        evaluator.run(&plan.weights(), &plan.aggregations(None)).unwrap();
        assert_eq!(evaluator.column(0), [100.0, 0.0]);
        assert!(!evaluator.has(1, 0));
        evaluator.take_in(2);
        evaluator.run(&plan.weights(), &plan.aggregations(None)).unwrap();
        assert_eq!(evaluator.column(0), [50.0, 50.0]);
    }
}
