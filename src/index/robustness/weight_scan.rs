//! Weights of a dimension at which ranks change, under aggregations without a closed form.
//!
//! The index is computed at a thousand weights; where the number of units above a unit differs
//! between neighbours, the place is found by halving. A change that comes and goes between two
//! neighbouring weights is not seen.

use rayon::prelude::*;

use crate::index::robustness::evaluate::Evaluator;
use crate::index::robustness::nominal::Nominal;
use crate::index::robustness::plan::Plan;
use crate::index::robustness::weight_limit::{Change, UnitLimits};
use crate::num::Rank;

/// Steps of the scan from 0 to 1.
const STEPS: u32 = 1000;

/// Weights are found to within this.
pub const TOLERANCE: f64 = 1e-9;

/// Limits of every ranked unit for one dimension right below the index, in nominal order; `None`
/// if the index cannot be computed at some weight.
pub(super) fn scan(plan: &Plan, nominal: &Nominal<'_>, node: usize) -> Option<Vec<UnitLimits>> {
    let weights: Vec<f64> = (0..=STEPS)
        .map(|step| f64::from(step) / f64::from(STEPS))
        // At the ends themselves something weighs nothing.
        .map(|t| t.clamp(TOLERANCE, 1.0 - TOLERANCE))
        .collect();
    let columns: Vec<Vec<f64>> = weights
        .par_iter()
        .map_init(
            || Probe::new(plan, nominal, node),
            |probe, &t| probe.scores(t).map(<[f64]>::to_vec),
        )
        .collect::<Option<_>>()?;
    let scan = Scan { plan, nominal, node, weights, columns };
    (0..plan.count())
        .into_par_iter()
        .map_init(|| Probe::new(plan, nominal, node), |probe, slot| scan.limits(probe, slot))
        .collect()
}

/// The index with another weight of the dimension.
struct Probe<'a> {
    plan: &'a Plan,
    nominal: &'a Nominal<'a>,
    node: usize,
    evaluator: Evaluator<'a>,
    own: Vec<f64>,
}

impl<'a> Probe<'a> {
    fn new(plan: &'a Plan, nominal: &'a Nominal<'a>, node: usize) -> Self {
        Self { plan, nominal, node, evaluator: nominal.evaluator.clone(), own: Vec::new() }
    }

    /// Scores by slot at a weight.
    fn scores(&mut self, t: f64) -> Option<&[f64]> {
        let weights = self.nominal.weights_with(self.plan, self.node, t)?;
        self.evaluator.run_above(self.node, &weights, &self.nominal.aggregations).ok()?;
        let column = self.evaluator.column(0);
        self.own.clear();
        self.own.extend(self.plan.order.iter().map(|&unit| column[unit]));
        Some(&self.own)
    }
}

struct Scan<'a> {
    plan: &'a Plan,
    nominal: &'a Nominal<'a>,
    node: usize,
    weights: Vec<f64>,
    columns: Vec<Vec<f64>>,
}

impl Scan<'_> {
    fn limits(&self, probe: &mut Probe<'_>, slot: usize) -> Option<UnitLimits> {
        let weight = self.nominal.weights[self.node];
        let above = self.weights.partition_point(|&t| t <= weight);
        let below = self.weights.partition_point(|&t| t < weight);
        let up = (above..self.weights.len()).collect();
        let down = (0..below).rev().collect();
        Some(UnitLimits {
            unit: self.plan.order[slot],
            down: self.nearest(probe, slot, weight, down)?,
            up: self.nearest(probe, slot, weight, up)?,
            leads: self.leads(probe, slot)?,
        })
    }

    /// The first change of rank on the way from the nominal weight; the outer `None` if the index
    /// cannot be computed.
    #[expect(clippy::option_option, reason = "no result and no change are two things")]
    fn nearest(
        &self,
        probe: &mut Probe<'_>,
        slot: usize,
        weight: f64,
        places: Vec<usize>,
    ) -> Option<Option<Change>> {
        let nominal = self.plan.ranks_ahead(slot);
        let mut near = weight;
        for place in places {
            let t = self.weights[place];
            if ahead(&self.columns[place], slot) == nominal {
                near = t;
                continue;
            }
            let at = halve(near, t, |t| Some(ahead(probe.scores(t)?, slot) == nominal))?;
            let beyond = probe.scores(at)?;
            let count = ahead(beyond, slot);
            let before = |other: usize| self.plan.ranks_ahead(other) < nominal;
            let passed = |&other: &usize| (beyond[other] > beyond[slot]) != before(other);
            let with = (0..beyond.len()).filter(|&other| other != slot).find(passed);
            let rank = Rank::try_from(count + 1).unwrap_or(Rank::MAX);
            let with = self.plan.order[with.unwrap_or(slot)];
            return Some(Some(Change { weight: at, rank, with }));
        }
        Some(None)
    }

    /// The ranges of weights in which nobody has a higher score.
    fn leads(&self, probe: &mut Probe<'_>, slot: usize) -> Option<Vec<(f64, f64)>> {
        let leading: Vec<bool> = self.columns.iter().map(|own| ahead(own, slot) == 0).collect();
        let mut found = Vec::new();
        let mut start = leading[0].then_some(0.0);
        for (place, pair) in leading.windows(2).enumerate() {
            if pair[0] == pair[1] {
                continue;
            }
            let (from, to) = (self.weights[place], self.weights[place + 1]);
            let at = halve(from, to, |t| Some((ahead(probe.scores(t)?, slot) == 0) == pair[0]))?;
            match start.take() {
                Some(from) => found.push((from, at)),
                None => start = Some(at),
            }
        }
        found.extend(start.map(|from| (from, 1.0)));
        Some(found)
    }
}

/// Number of slots with a higher score.
fn ahead(scores: &[f64], slot: usize) -> i64 {
    scores.iter().map(|other| i64::from(*other > scores[slot])).sum()
}

/// The end of what holds at `near` and no longer at `far`: a weight at which it does not hold, no
/// further than the tolerance from one at which it does.
fn halve(near: f64, far: f64, mut holds: impl FnMut(f64) -> Option<bool>) -> Option<f64> {
    let (mut near, mut far) = (near, far);
    while (far - near).abs() > TOLERANCE {
        let middle = f64::midpoint(near, far);
        if holds(middle)? {
            near = middle;
        } else {
            far = middle;
        }
    }
    Some(far)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Aggregation, TopsisScaling};
    use crate::index::robustness::testing::Small;
    use crate::index::robustness::weight_limit::weight_limits;

    /// Under an arithmetic mean the scan finds what the formula gives.
    #[test]
    fn agrees_with_the_closed_form() {
        let small = Small::random(12, &[2, 1, 2], true);
        let result = small.result();
        let plan = Plan::new(&result.log, &small.data, &result);
        let nominal = Nominal::new(&plan).unwrap();
        for limits in weight_limits(&plan, &nominal) {
            let scanned = scan(&plan, &nominal, limits.node).unwrap();
            for (exact, found) in limits.units.iter().zip(&scanned) {
                for (a, b) in [(exact.down, found.down), (exact.up, found.up)] {
                    match (a, b) {
                        (Some(a), Some(b)) => {
                            assert!((a.weight - b.weight).abs() < 1e-8, "{a:?} {b:?}");
                            assert_eq!(a.with, b.with, "{a:?} {b:?}");
                        }
                        // Beyond the last weight that is tried.
                        (Some(a), None) => assert!(a.weight < 1e-8 || a.weight > 1.0 - 1e-8),
                        (None, b) => assert_eq!(b, None),
                    }
                }
                for (a, b) in exact.leads.iter().zip(&found.leads) {
                    assert!((a.0 - b.0).abs() < 1e-8 && (a.1 - b.1).abs() < 1e-8, "{a:?} {b:?}");
                }
            }
        }
    }

    #[test]
    fn methods_without_a_formula_have_limits_too() {
        let topsis = Aggregation::Topsis { scaling: TopsisScaling::MinMax, scale: 100.0 };
        for method in [topsis, Aggregation::Copeland, Aggregation::Median] {
            let small = Small::random(9, &[2, 2, 1], false).aggregated_at(0, method);
            let result = small.result();
            let plan = Plan::new(&result.log, &small.data, &result);
            let nominal = Nominal::new(&plan).unwrap();
            let limits = weight_limits(&plan, &nominal);
            assert_eq!(limits.len(), 3);
            let mut seen = 0;
            for own in &limits {
                assert!(!own.exact);
                for unit in &own.units {
                    let Some(change) = unit.up else { continue };
                    seen += 1;
                    // On the far side the rank is the new one, on the near side the old one.
                    let rank = |t: f64| {
                        let mut changed = small.clone();
                        let nodes = &mut changed.method.nodes;
                        let children = nodes[0].children().to_vec();
                        let others = 1.0 - nodes[own.node].weight;
                        for child in children {
                            let own_weight = nodes[child].weight;
                            nodes[child].weight =
                                if child == own.node { t } else { own_weight / others * (1.0 - t) };
                        }
                        let scores = changed.result().index().scores.clone();
                        let mine = scores[unit.unit].unwrap();
                        scores.iter().flatten().filter(|s| **s > mine).count() + 1
                    };
                    assert_eq!(rank(change.weight), change.rank as usize, "{method:?} {change:?}");
                    let near = (change.weight - 2.0 * TOLERANCE).max(own.weight);
                    assert_ne!(rank(near), change.rank as usize, "{method:?} {change:?}");
                }
            }
            assert!(seen > 0, "{method:?}");
        }
    }
}
