//! The index from scores of indicators: a column of units per node, filled from the bottom up.
//!
//! Arithmetic and geometric means are computed column by column, with the formulas of
//! `index::aggregate` in the same order of operations, so that the nominal specification gives the
//! nominal scores to the last bit; all other methods go through `index::aggregate` itself.

use crate::config::Aggregation;
use crate::index::aggregate::{Siblings, combine};
use crate::index::robustness::plan::{Leaf, Plan, PlanNode};
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

/// Why an index cannot be computed: a mean met a score that it cannot take, such as zero under a
/// geometric one.
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
        let plan = self.plan;
        self.set_scores(&plan.leaves[leaf], scores);
    }

    /// Has the units that an indicator holds, and no others, take part in it.
    pub(super) fn occupy(&mut self, leaf: &Leaf) {
        let start = leaf.node * self.plan.units;
        self.present[start..start + self.plan.units].fill(0.0);
        for &unit in &leaf.at {
            self.present[start + unit] = 1.0;
        }
        self.complete[leaf.node] = leaf.at.len() == self.plan.units;
    }

    /// Sets the scores of an indicator that takes part as `leaf` says.
    pub(super) fn set_scores(&mut self, leaf: &Leaf, scores: &[f64]) {
        self.logs = None;
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
            let cells = start..start + self.plan.units;
            let known = self.scores[cells.clone()].iter().zip(&self.present[cells.clone()]);
            for (log, (&score, &present)) in logs[cells].iter_mut().zip(known) {
                if present > 0.0 {
                    *log = if score > 0.0 { ln(score) } else { f64::NEG_INFINITY };
                }
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
        if !matches!(aggregation, Aggregation::Arithmetic | Aggregation::Geometric) {
            return self.combine_by(node, weights, aggregation);
        }
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

    /// Any other method, by the nominal function.
    fn combine_by(
        &mut self,
        node: usize,
        weights: &[f64],
        aggregation: Aggregation,
    ) -> Result<(), NotPositive> {
        let (own, units) = (&self.plan.nodes[node], self.plan.units);
        let column = |child: usize| -> Vec<Option<f64>> {
            (0..units).map(|u| self.has(child, u).then(|| self.column(child)[u])).collect()
        };
        let columns: Vec<Vec<Option<f64>>> = own.children.iter().map(|&c| column(c)).collect();
        // Units that lost all their children are not compared.
        let compared = (0..units)
            .map(|u| own.present[u] && columns.iter().any(|column| column[u].is_some()))
            .collect();
        let siblings = Siblings {
            weights: own.children.iter().map(|&c| weights[c]).collect(),
            scores: columns.iter().map(Vec::as_slice).collect(),
            compared,
        };
        let combined = combine(&siblings, aggregation);
        if !combined.troubles.is_empty() {
            return Err(NotPositive { node });
        }
        for (unit, score) in combined.scores.into_iter().enumerate() {
            self.scores[node * units + unit] = score.unwrap_or(0.0);
            self.present[node * units + unit] = f64::from(u8::from(score.is_some()));
        }
        self.complete[node] =
            self.present[node * units..(node + 1) * units].iter().all(|&p| p > 0.0);
        Ok(())
    }

    /// Sums of weights, and of weighted scores or (under a geometric mean) logarithms, over the
    /// children.
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
            if aggregation == Aggregation::Arithmetic {
                for ((sum, s), p) in self.weighted.iter_mut().zip(scores).zip(present) {
                    *sum += weight * (s * p);
                }
                continue;
            }
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
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{
        ConstantRule, Deviation, EqualValues, Normalisation, Phenomenon, TopsisScaling,
    };
    use crate::index::robustness::rescale::nominally;
    use crate::index::robustness::testing::Small;

    #[test]
    fn the_nominal_index_to_the_last_bit() {
        let constant = ConstantRule::Error;
        let scales = [
            Normalisation::MinMax { low: 1.0, high: 100.0, constant },
            Normalisation::ZScore { centre: 50.0, spread: 10.0, constant },
            Normalisation::PercentileRank {
                low: 1.0,
                high: 100.0,
                ties: EqualValues::Lowest,
                constant,
            },
        ];
        let methods = [
            Aggregation::Arithmetic,
            Aggregation::Geometric,
            Aggregation::Harmonic,
            Aggregation::Power { exponent: 2.0 },
            Aggregation::Median,
            Aggregation::Minimum,
            Aggregation::Copeland,
            Aggregation::Topsis { scaling: TopsisScaling::MinMax, scale: 100.0 },
            Aggregation::Vikor { v: 0.5, scale: 100.0 },
            Aggregation::GreyRelational { rho: 0.5, scale: 100.0 },
            Aggregation::Mpi { phenomenon: Phenomenon::Positive, deviation: Deviation::Sample },
        ];
        for scale in scales {
            for aggregation in methods {
                for missing in [false, true] {
                    let mut small = Small::random(40, &[3, 1, 5], missing).normalised(&scale);
                    if aggregation.is_mean() {
                        small = small.aggregated(aggregation);
                    } else {
                        small = small.aggregated_at(0, aggregation);
                    }
                    agrees(&small);
                }
            }
        }
    }

    fn agrees(small: &Small) {
        let result = small.result();
        let plan = Plan::new(&result.log, &small.data, &result);
        let mut evaluator = Evaluator::new(&plan);
        for (at, leaf) in plan.leaves.iter().enumerate() {
            let scores = nominally(&leaf.values, &leaf.normalisation, leaf).unwrap();
            evaluator.set_leaf(at, &scores);
        }
        for keep in [false, true] {
            if keep {
                evaluator.keep_logs();
            }
            evaluator.run(&plan.weights(), &plan.stated()).unwrap();
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
        let plan = Plan::new(&result.log, &small.data, &result);
        let mut evaluator = Evaluator::new(&plan);
        evaluator.set_leaf(0, &[0.0, 100.0]);
        evaluator.set_leaf(1, &[100.0, 0.0]);
        evaluator.leave_out(2);
        evaluator.run(&plan.weights(), &plan.stated()).unwrap();
        assert_eq!(evaluator.column(0), [100.0, 0.0]);
        assert!(!evaluator.has(1, 0));
        evaluator.take_in(2);
        evaluator.run(&plan.weights(), &plan.stated()).unwrap();
        assert_eq!(evaluator.column(0), [50.0, 50.0]);
    }
}
