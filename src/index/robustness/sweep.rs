//! One weight at a time, from nothing to all.

use rayon::prelude::*;

use crate::index::robustness::evaluate::NotPositive;
use crate::index::robustness::nominal::Nominal;
use crate::index::robustness::plan::Plan;
use crate::index::robustness::shift::Shift;

/// Steps of the sweep: weights 0, 0.05, …, 1.
const STEPS: u32 = 20;

/// The rankings as the weight of one node goes from 0 to 1 among its siblings, whose weights keep
/// their proportions.
#[derive(Debug, Clone, PartialEq)]
pub struct Sweep {
    /// Position of the node.
    pub node: usize,
    /// Its weight among its siblings.
    pub weight: f64,
    /// The rankings.
    pub points: Vec<SweepPoint>,
}

/// The ranking at one weight.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepPoint {
    /// The weight.
    pub weight: f64,
    /// How the ranking changes.
    pub shift: Shift,
}

impl SweepPoint {
    /// Places in nominal order of the units that lead at this weight.
    pub fn leaders(&self) -> impl Iterator<Item = usize> + '_ {
        self.shift.ranks.iter().enumerate().filter(|(_, r)| **r == Some(1)).map(|(slot, _)| slot)
    }
}

/// Sweeps the weight of each node that is in and has siblings of some weight, in the order of the
/// framework.
///
/// # Errors
/// See [`NotPositive`]; does not happen where the nominal index can be computed.
pub(super) fn sweep(plan: &Plan, nominal: &Nominal<'_>) -> Result<Vec<Sweep>, NotPositive> {
    let swept: Result<Vec<Option<Sweep>>, NotPositive> = plan
        .scored_nodes()
        .into_par_iter()
        .map(|node| {
            let mut evaluator = nominal.evaluator.clone();
            let mut points = Vec::new();
            for step in 0..=STEPS {
                let weight = f64::from(step) / f64::from(STEPS);
                let Some(weights) = nominal.weights_with(plan, node, weight) else {
                    return Ok(None);
                };
                evaluator.run_above(node, &weights, &nominal.aggregations)?;
                points.push(SweepPoint { weight, shift: Shift::of(plan, &evaluator) });
            }
            Ok(Some(Sweep { node, weight: nominal.weights[node], points }))
        })
        .collect();
    swept.map(|found| found.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::robustness::testing::Small;

    #[test]
    fn the_ends_are_the_others_and_the_node_alone() {
        let small = Small::complete(&[1, 1], &[&[2.0, 0.0, 1.0], &[0.0, 10.0, 9.0]]);
        let result = small.result();
        let plan = Plan::new(&result.log, &small.data, &result);
        let swept = sweep(&plan, &Nominal::new(&plan).unwrap()).unwrap();
        // Only the two dimensions have siblings.
        assert_eq!(swept.iter().map(|s| s.node).collect::<Vec<_>>(), [1, 3]);
        let points = &swept[0].points;
        assert_eq!(points.len(), 21);
        assert_eq!(points[0].shift.ranks, [Some(2), Some(3), Some(1)]);
        assert_eq!(points[20].shift.ranks, [Some(2), Some(1), Some(3)]);
        assert_eq!(points[10].shift.mean, Some(0.0));
        assert_eq!(points[0].leaders().collect::<Vec<_>>(), [2]);
    }
}
