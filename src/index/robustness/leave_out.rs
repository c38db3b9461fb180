//! Ranks without one indicator or dimension.

use crate::index::robustness::evaluate::NotPositive;
use crate::index::robustness::nominal::Nominal;
use crate::index::robustness::plan::Plan;
use crate::index::robustness::shift::Shift;

/// The ranking without one node, whose weight its siblings share (that of an only child goes to the
/// siblings of its parent).
#[derive(Debug, Clone, PartialEq)]
pub struct LeftOut {
    /// Position of the node.
    pub node: usize,
    /// How the ranking changes.
    pub shift: Shift,
}

/// Leaves out each indicator and each dimension that is in, in the order of the framework.
///
/// # Errors
/// See [`NotPositive`]; does not happen where the nominal index can be computed.
pub(super) fn leave_out(plan: &Plan, nominal: &Nominal<'_>) -> Result<Vec<LeftOut>, NotPositive> {
    let mut evaluator = nominal.evaluator.clone();
    let mut found = Vec::new();
    for node in plan.scored_nodes() {
        evaluator.leave_out(node);
        evaluator.run_above(node, &nominal.weights, &nominal.aggregations)?;
        found.push(LeftOut { node, shift: Shift::of(plan, &evaluator) });
        evaluator.take_in(node);
        evaluator.run_above(node, &nominal.weights, &nominal.aggregations)?;
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::robustness::testing::Small;

    #[test]
    fn by_hand() {
        // Scores: d0 = (100, 0, 50), d1 = (0, 100, 90): index 50, 50, 70.
        let small = Small::complete(&[1, 1], &[&[2.0, 0.0, 1.0], &[0.0, 10.0, 9.0]]);
        let result = small.result();
        let plan = Plan::new(&result.log, &small.data, &result);
        let left = leave_out(&plan, &Nominal::new(&plan).unwrap()).unwrap();
        assert_eq!(plan.order, [2, 0, 1]);
        // Without d0 (or its only indicator): unit 1, then 2, then 0.
        for at in [0, 1] {
            assert_eq!(left[at].shift.ranks, [Some(2), Some(3), Some(1)]);
            assert!((left[at].shift.mean.unwrap() - 1.0).abs() < 1e-12);
        }
        assert_eq!(left[2].shift.ranks, [Some(2), Some(1), Some(3)]);
        assert_eq!((left[2].shift.largest, left[2].shift.farthest), (Some(1), Some(2)));
    }

    #[test]
    fn what_rests_on_one_indicator_loses_its_rank() {
        let small =
            Small::new(&[2], &[vec![Some(1.0), None, Some(0.0)], vec![Some(1.0), Some(5.0), None]]);
        let result = small.result();
        let plan = Plan::new(&result.log, &small.data, &result);
        let left = leave_out(&plan, &Nominal::new(&plan).unwrap()).unwrap();
        // Without the only dimension nobody has a rank.
        assert_eq!(left[0].shift.mean, None);
        let without_first = &left[1].shift.ranks;
        assert_eq!(without_first.iter().flatten().count(), 2);
    }
}
