//! The exact change of one indicator that takes a unit to the next rank up.
//!
//! Where every mean above the indicator is arithmetic and the change leaves the scale as it is
//! (min-max with the extremes held by other values, goalposts, fractions of another unit's maximum),
//! the score is linear in the value and the answer is closed. Where the unit's own value sets the
//! scale (it is the only minimum, is the maximum or has to exceed it, or the method uses all values)
//! or a mean is not arithmetic, the threshold is found by bisection on the rank of the index
//! computed anew: the step doubles until the rank is better, then is halved to the last bits. Under
//! a method that itself says which values are good, both ways are tried and the shorter one told.

use rayon::prelude::*;

use crate::config::{Aggregation, Clamp, Direction, Normalisation, Spacing};
use crate::index::robustness::evaluate::Evaluator;
use crate::index::robustness::nominal::Nominal;
use crate::index::robustness::plan::{Leaf, Plan};
use crate::index::robustness::rescale::rescale;
use crate::index::treat;

/// Doublings of the first step after which a rank counts as out of reach.
const DOUBLINGS: usize = 48;
/// Halvings of the bracket.
const HALVINGS: usize = 64;

/// What takes one unit to the next rank up.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitGains {
    /// Position of the unit.
    pub unit: usize,
    /// By indicator, in the order of the framework; `None` for the leader, without a value, or if no
    /// value of this indicator alone suffices. Under a rule for outliers the values are those of
    /// the data, and treated anew with the new one among them.
    pub gains: Vec<Option<Gain>>,
}

/// The change of one indicator that suffices.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain {
    /// Position of the node.
    pub node: usize,
    /// The value from which on the unit shares the rank above, or has it alone.
    pub value: f64,
    /// That value less the present one; below zero for a negative indicator.
    pub change: f64,
    /// How it was found.
    pub how: Solution,
}

/// How a threshold was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Solution {
    /// From the formula.
    Closed,
    /// By bisection; the value is the least one found at which the rank is better.
    Bisection,
}

/// Gains by unit in nominal order. Scores are compared before any rounding.
pub(super) fn gains(plan: &Plan, nominal: &Nominal<'_>) -> Vec<UnitGains> {
    (0..plan.count())
        .into_par_iter()
        .map_init(
            || Search {
                plan,
                nominal,
                evaluator: nominal.evaluator.clone(),
                values: Vec::new(),
                scratch: Vec::new(),
            },
            |search, slot| {
                let own = (0..plan.leaves.len()).map(|leaf| search.gain(slot, leaf)).collect();
                UnitGains { unit: plan.order[slot], gains: own }
            },
        )
        .collect()
}

struct Search<'a> {
    plan: &'a Plan,
    nominal: &'a Nominal<'a>,
    evaluator: Evaluator<'a>,
    values: Vec<f64>,
    scratch: Vec<f64>,
}

impl Search<'_> {
    fn gain(&mut self, slot: usize, at: usize) -> Option<Gain> {
        let plan = self.plan;
        let unit = plan.order[slot];
        let leaf = &plan.leaves[at];
        let place = leaf.at.iter().position(|&u| u == unit)?;
        let column = self.nominal.evaluator.column(0);
        let own = column[unit];
        let above = plan.order.iter().map(|&u| column[u]).filter(|&s| s > own);
        let target = above.min_by(f64::total_cmp)?;
        let share = self.share(leaf.node, unit)?;
        let closed = (share.arithmetic && leaf.raw.is_empty()).then(|| {
            let score = self.nominal.evaluator.column(leaf.node)[unit];
            linear(leaf, place, score + (target - own) / share.weight)
        });
        let (value, how) = match closed.flatten() {
            Some(Inverse::Value(value)) => (value, Solution::Closed),
            Some(Inverse::OutOfReach) => return None,
            None => (self.bisect(slot, at, place)?, Solution::Bisection),
        };
        Some(Gain { node: leaf.node, value, change: value - leaf.untreated()[place], how })
    }

    /// What a point of the indicator's score is worth in the index.
    fn share(&self, node: usize, unit: usize) -> Option<Share> {
        let (plan, evaluator) = (self.plan, &self.nominal.evaluator);
        let mut share = Share { weight: 1.0, arithmetic: true };
        let mut at = node;
        while let Some(parent) = plan.nodes[at].parent {
            let present = plan.nodes[parent].children.iter().filter(|&&c| evaluator.has(c, unit));
            let total: f64 = present.map(|&c| self.nominal.weights[c]).sum();
            let weight = if total > 0.0 { self.nominal.weights[at] / total } else { 0.0 };
            if weight <= 0.0 || !evaluator.has(parent, unit) {
                return None;
            }
            share.weight *= weight;
            share.arithmetic &= self.nominal.aggregations[parent] == Some(Aggregation::Arithmetic);
            at = parent;
        }
        Some(share)
    }

    fn bisect(&mut self, slot: usize, at: usize, place: usize) -> Option<f64> {
        let leaf = &self.plan.leaves[at];
        let (least, most) = extremes(leaf.untreated());
        let value = leaf.untreated()[place];
        let negative = leaf.direction == Direction::Negative;
        let signs: &[f64] = match negative {
            _ if leaf.normalisation.is_directionless() => &[1.0, -1.0],
            true => &[-1.0],
            false => &[1.0],
        };
        let scale = [most - least, value.abs(), 1.0].into_iter().find(|&s| s > 0.0)?;
        let mut best: Option<f64> = None;
        for sign in signs {
            let step = self.threshold(scale, |search, step| {
                search.is_better(slot, at, place, value + sign * step)
            });
            if let Some(step) = step.filter(|s| best.is_none_or(|b: f64| *s < b.abs())) {
                best = Some(sign * step);
            }
        }
        self.restore(at);
        best.map(|step| value + step)
    }

    /// The least step found at which a rank is better.
    fn threshold(&mut self, scale: f64, is_better: impl Fn(&mut Self, f64) -> bool) -> Option<f64> {
        // From a hair's breadth: the next rank may be very near.
        let (mut low, mut high) = (0.0, scale * 1e-6);
        let mut doublings = 0;
        while !is_better(self, high) {
            doublings += 1;
            if doublings == DOUBLINGS {
                return None;
            }
            (low, high) = (high, high * 2.0);
        }
        for _ in 0..HALVINGS {
            let middle = f64::midpoint(low, high);
            if middle <= low || middle >= high {
                break;
            }
            if is_better(self, middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        Some(high)
    }

    /// Whether the unit has fewer units above it with another value of the indicator.
    fn is_better(&mut self, slot: usize, at: usize, place: usize, value: f64) -> bool {
        let (plan, leaf) = (self.plan, &self.plan.leaves[at]);
        if !value.is_finite() {
            return false;
        }
        self.values.clear();
        self.values.extend_from_slice(leaf.untreated());
        self.values[place] = value;
        if !leaf.raw.is_empty() {
            let known = self.values.iter().copied().map(Some).collect();
            let (treated, _) = treat(leaf.node, known, leaf.treatment);
            self.values.clear();
            self.values.extend(treated.into_iter().flatten());
        }
        if !rescale(&mut self.values, &leaf.normalisation, leaf, &mut self.scratch) {
            return false;
        }
        if self.values.iter().any(|score| !score.is_finite()) {
            return false;
        }
        self.evaluator.set_leaf(at, &self.values);
        let run =
            self.evaluator.run_above(leaf.node, &self.nominal.weights, &self.nominal.aggregations);
        let column = self.evaluator.column(0);
        let own = column[plan.order[slot]];
        let ahead = plan.order.iter().filter(|&&u| column[u] > own).count();
        run.is_ok() && (ahead as u64) < plan.ranks_ahead(slot).unsigned_abs()
    }

    fn restore(&mut self, at: usize) {
        let leaf = &self.plan.leaves[at];
        let column = self.nominal.evaluator.column(leaf.node);
        self.values.clear();
        self.values.extend(leaf.at.iter().map(|&unit| column[unit]));
        self.evaluator.set_leaf(at, &self.values);
        // What the nominal index could do, it can do again.
        let _ =
            self.evaluator.run_above(leaf.node, &self.nominal.weights, &self.nominal.aggregations);
    }
}

#[derive(Debug, Clone, Copy)]
struct Share {
    weight: f64,
    arithmetic: bool,
}

enum Inverse {
    Value(f64),
    OutOfReach,
}

/// The value that scores as wanted, if the scale stays as it is.
fn linear(leaf: &Leaf, place: usize, score: f64) -> Option<Inverse> {
    let negative = leaf.direction == Direction::Negative;
    let own = leaf.values[place];
    let turn = |x: f64| if negative { -x } else { x };
    match leaf.normalisation {
        Normalisation::None => Some(Inverse::Value(turn(score))),
        Normalisation::MinMax { low, high, .. }
        | Normalisation::DistanceToMaximum { low, high, .. }
        | Normalisation::Efficacy { low, high, .. } => {
            let others = leaf.values.iter().enumerate().filter(|(i, _)| *i != place);
            let others = others.map(|(_, &x)| x).chain(leaf.pooled.iter().copied());
            let (least, most) = extremes(&others.map(turn).collect::<Vec<f64>>());
            // The others hold both ends of the scale, before and after.
            if turn(own) < least || turn(own) >= most || score > high || most <= least {
                return None;
            }
            let value = least + (score - low) / (high - low) * (most - least);
            Some(Inverse::Value(turn(value)))
        }
        Normalisation::Goalposts { from, to, low, high, spacing: Spacing::Linear, clamp } => {
            if score > high && matches!(clamp, Clamp::Both | Clamp::High) {
                return Some(Inverse::OutOfReach);
            }
            let share = (score - low) / (high - low);
            let share = if negative { 1.0 - share } else { share };
            Some(Inverse::Value(from + share * (to - from)))
        }
        Normalisation::FractionOfMaximum { high } => {
            let others = leaf.values.iter().enumerate().filter(|(i, _)| *i != place);
            let others = others.map(|(_, &x)| x).chain(leaf.pooled.iter().copied());
            let (_, most) = extremes(&others.collect::<Vec<f64>>());
            (own < most && score <= high && most > 0.0).then(|| Inverse::Value(score / high * most))
        }
        _ => None,
    }
}

fn extremes(values: &[f64]) -> (f64, f64) {
    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &v| (a.min(v), b.max(v)))
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "exact by construction")]
mod tests {
    use super::*;
    use crate::config::{NodeKind, Treatment};
    use crate::index::robustness::testing::Small;

    fn of(small: &Small) -> Vec<UnitGains> {
        let result = small.result();
        let plan = Plan::new(&result.log, &small.data, &result);
        gains(&plan, &Nominal::new(&plan).unwrap())
    }

    #[test]
    fn by_hand() {
        // One dimension, two indicators; scores 100 0 50 40 and 0 100 50 50: 50 50 50 45.
        let small = Small::complete(&[2], &[&[10.0, 0.0, 5.0, 4.0], &[0.0, 10.0, 5.0, 5.0]]);
        let found = of(&small);
        let last = &found[3];
        assert_eq!(last.unit, 3);
        let gain = last.gains[0].unwrap();
        assert_eq!(gain.how, Solution::Closed);
        assert!((gain.value - 5.0).abs() < 1e-12 && (gain.change - 1.0).abs() < 1e-12);
        assert!(found[0].gains.iter().all(Option::is_none));
    }

    #[test]
    fn a_negative_indicator_must_fall() {
        let mut small = Small::complete(&[2], &[&[10.0, 0.0, 5.0, 4.0], &[0.0, 10.0, 5.0, 5.0]]);
        if let NodeKind::Indicator(spec) = &mut small.method.nodes[2].kind {
            spec.direction = Direction::Negative;
        }
        // Scores 0 100 50 60 and 0 100 50 50: 0 100 50 55; unit 2 needs 60 in the first.
        let found = of(&small);
        assert_eq!(found[2].unit, 2);
        let gain = found[2].gains[0].unwrap();
        assert!((gain.value - 4.0).abs() < 1e-12 && (gain.change + 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_new_maximum_is_found_by_bisection() {
        // Scores 100 90 0 and 100 0 10. Unit 1 (45) leads only if it goes beyond the maximum in the
        // first; at x the leader has 50 · 10 / x + 50 and unit 1 has 50 + 0: never.
        let small = Small::complete(&[2], &[&[10.0, 9.0, 0.0], &[10.0, 0.0, 1.0]]);
        let found = of(&small);
        assert_eq!(found[1].unit, 1);
        assert_eq!(found[1].gains[0], None);
        // Scores 100 90 0 and 50 0 100: 75 45 50. Unit 2 needs 62.5 at least in the first …
        let small = Small::complete(&[2], &[&[10.0, 9.0, 0.0], &[5.0, 0.0, 10.0]]);
        let found = of(&small);
        assert_eq!(found[1].unit, 2);
        // … where it is the only minimum: at x ≤ 9 the others have 100, and 100 (9 − x) / (10 − x).
        // Equal to unit 0: 75 = 50 + own / 2 gives own = 50, beyond x = 9: (x − 9) / 1 = 1 / 2.
        let gain = found[1].gains[0].unwrap();
        assert_eq!(gain.how, Solution::Bisection);
        assert!((gain.value - 9.5).abs() < 1e-9, "{gain:?}");
    }

    #[test]
    fn the_gain_suffices_and_less_does_not() {
        for missing in [false, true] {
            let small = Small::random(14, &[2, 3], missing);
            let nominal = small.result();
            for own in of(&small) {
                for (at, gain) in own.gains.iter().enumerate() {
                    let Some(gain) = gain else { continue };
                    let rank = |factor: f64| {
                        let mut changed = small.clone();
                        let cell = changed.data.indicators[at].cells[own.unit].as_mut().unwrap();
                        cell.value += gain.change * factor;
                        changed.result().index().ranks[own.unit].unwrap()
                    };
                    let before = nominal.index().ranks[own.unit].unwrap();
                    assert!(rank(1.0 + 1e-7) < before, "{own:?} {gain:?}");
                    assert!(rank(1.0 - 1e-7) >= before, "{own:?} {gain:?}");
                }
            }
        }
    }

    #[test]
    fn treated_values_are_treated_anew() {
        let tail = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 100.0];
        let mut small = Small::complete(&[1], &[&tail]);
        let spec = small.method.nodes[2].indicator_mut().unwrap();
        spec.treatment = Treatment::WinsoriseLog { skew: 2.0, kurtosis: 3.5, max_points: 5 };
        let result = small.result();
        let plan = Plan::new(&result.log, &small.data, &result);
        assert_eq!(plan.leaves[0].values[10], 10.0);
        let nominal = Nominal::new(&plan).unwrap();
        assert_eq!(nominal.evaluator.column(0)[10], result.index().scores[10].unwrap());
        let found = gains(&plan, &nominal);
        // The two leaders share the first place, for 100 is drawn in to 10.
        assert!(found[..2].iter().all(|own| own.gains[0].is_none()));
        for own in &found[2..] {
            let gain = own.gains[0].unwrap();
            assert_eq!(gain.how, Solution::Bisection);
            let present = tail[own.unit];
            assert!((gain.value - present - gain.change).abs() < 1e-9);
            let rank = |value: f64| {
                let mut changed = small.clone();
                changed.data.indicators[0].cells[own.unit].as_mut().unwrap().value = value;
                changed.result().index().ranks[own.unit].unwrap()
            };
            let before = result.index().ranks[own.unit].unwrap();
            assert!(rank(gain.value) < before && rank(gain.value - 1e-7) >= before, "{gain:?}");
        }
    }
}
