//! The exact weights of a dimension at which ranks change.
//!
//! Where the index is a weighted arithmetic mean, the score of a unit is a fraction N(t) / D(t) of
//! two functions linear in the weight t of one dimension (the others keep their proportions; D is
//! one unless something is missing), so that two units cross at the roots of a polynomial of at
//! most the second degree. The other weighted means of powers are the same in a function of the
//! scores that rises with them: logarithms, −1/s, sᵖ. For other methods weights are scanned
//! (`weight_scan`).

use rayon::prelude::*;

use crate::config::Aggregation;
use crate::index::robustness::nominal::Nominal;
use crate::index::robustness::plan::Plan;
use crate::index::robustness::weight_scan::scan;
use crate::num::{Rank, ln, pow};

/// Weights closer than this are one.
const SAME: f64 = 1e-12;

/// What the weight of one dimension right below the index does to each unit.
#[derive(Debug, Clone, PartialEq)]
pub struct WeightLimits {
    /// Position of the dimension.
    pub node: usize,
    /// Its weight.
    pub weight: f64,
    /// Whether the weights come from a formula; otherwise they were searched for.
    pub exact: bool,
    /// By unit, in nominal order.
    pub units: Vec<UnitLimits>,
}

/// Within which weights of a dimension the rank of a unit holds, and within which it leads. Ranks
/// are one more than the number of units with a higher score, before any rounding.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitLimits {
    /// Position of the unit.
    pub unit: usize,
    /// The nearest lower weight at which the rank changes; `None` if it holds down to 0.
    pub down: Option<Change>,
    /// The nearest higher weight at which the rank changes; `None` if it holds up to 1.
    pub up: Option<Change>,
    /// The ranges of weights in which nobody has a higher score, ascending.
    pub leads: Vec<(f64, f64)>,
}

/// A change of rank.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Change {
    /// The weight at which scores are equal.
    pub weight: f64,
    /// The rank beyond it.
    pub rank: Rank,
    /// Position of a unit that passes or is passed there (the first in nominal order).
    pub with: usize,
}

/// Limits for each dimension right below the index that has siblings of some weight.
pub(super) fn weight_limits(plan: &Plan, nominal: &Nominal<'_>) -> Vec<WeightLimits> {
    let Some(root) = plan.nodes.first() else { return Vec::new() };
    let rising = root.aggregation.and_then(rising);
    root.children
        .iter()
        .filter(|&&node| plan.nodes[node].present.contains(&true))
        .filter(|&&node| nominal.weights_with(plan, node, 0.0).is_some())
        .filter_map(|&node| {
            let weight = nominal.weights[node];
            let Some(rising) = &rising else {
                let units = scan(plan, nominal, node)?;
                return Some(WeightLimits { node, weight, exact: false, units });
            };
            let scores: Vec<Fraction> = plan
                .order
                .iter()
                .map(|&unit| Fraction::of(plan, nominal, node, unit, rising.as_ref()))
                .collect();
            let units = (0..plan.count())
                .into_par_iter()
                .map(|slot| limits(plan, &scores, slot, weight))
                .collect();
            Some(WeightLimits { node, weight, exact: true, units })
        })
        .collect()
}

/// A rising function of the scores whose weighted arithmetic mean orders units as the method does.
fn rising(aggregation: Aggregation) -> Option<Box<dyn Fn(f64) -> f64>> {
    match aggregation {
        Aggregation::Arithmetic => Some(Box::new(|s| s)),
        // The nominal index has no score at or below zero under these.
        Aggregation::Geometric => Some(Box::new(ln)),
        Aggregation::Harmonic => Some(Box::new(|s| -1.0 / s)),
        Aggregation::Power { exponent } if exponent < 0.0 => {
            Some(Box::new(move |s| -pow(s, exponent)))
        }
        Aggregation::Power { exponent } => Some(Box::new(move |s| pow(s, exponent))),
        _ => None,
    }
}

/// A score as a function of the weight t: (n + n' t) / (d + d' t), with n and d at t = 0.
#[derive(Debug, Clone, Copy)]
struct Fraction {
    over: [f64; 2],
    under: [f64; 2],
}

impl Fraction {
    fn of(
        plan: &Plan,
        nominal: &Nominal<'_>,
        node: usize,
        unit: usize,
        rising: &dyn Fn(f64) -> f64,
    ) -> Self {
        let score = |child: usize| rising(nominal.evaluator.column(child)[unit]);
        let has = |child: usize| nominal.evaluator.has(child, unit);
        let siblings = || plan.nodes[0].children.iter().copied().filter(|&c| c != node);
        let all: f64 = siblings().map(|c| nominal.weights[c]).sum();
        let known: f64 = siblings().filter(|&c| has(c)).map(|c| nominal.weights[c]).sum();
        let sum: f64 = siblings().filter(|&c| has(c)).map(|c| nominal.weights[c] * score(c)).sum();
        let constant = |value: f64| Self { over: [value, 0.0], under: [1.0, 0.0] };
        if known <= 0.0 {
            return constant(score(node));
        }
        if !has(node) {
            return constant(sum / known);
        }
        let own = score(node);
        if siblings().all(|c| has(c) || nominal.weights[c] <= 0.0) {
            let others = sum / known;
            return Self { over: [others, own - others], under: [1.0, 0.0] };
        }
        let (others, share) = (sum / all, known / all);
        Self { over: [others, own - others], under: [share, 1.0 - share] }
    }

    /// The polynomial whose sign is that of the difference of two scores.
    fn minus(self, other: Self) -> [f64; 3] {
        let product =
            |a: [f64; 2], b: [f64; 2]| [a[0] * b[0], a[0] * b[1] + a[1] * b[0], a[1] * b[1]];
        let (left, right) = (product(self.over, other.under), product(other.over, self.under));
        // Differences that are but rounding count as none.
        [0, 1, 2].map(|i| {
            let difference = left[i] - right[i];
            let scale = left[i].abs().max(right[i].abs());
            if difference.abs() <= 4.0 * f64::EPSILON * scale { 0.0 } else { difference }
        })
    }
}

/// Real roots of q₀ + q₁ t + q₂ t² within 0 and 1, ascending; those that are hardly apart are one.
fn roots(q: [f64; 3]) -> Vec<f64> {
    let [c, b, a] = q;
    let mut found = Vec::new();
    if a == 0.0 {
        if b != 0.0 {
            found.push(-c / b);
        }
    } else {
        let discriminant = b * b - 4.0 * a * c;
        if discriminant >= 0.0 {
            // The form that does not cancel (Numerical Recipes 5.6).
            let q = -0.5 * (b + b.signum() * discriminant.sqrt());
            found.push(q / a);
            if q != 0.0 {
                found.push(c / q);
            }
        }
    }
    found.retain(|t| (0.0..=1.0).contains(t));
    found.sort_unstable_by(f64::total_cmp);
    found.dedup_by(|a, b| (*a - *b).abs() <= SAME);
    found
}

/// A weight at which another unit comes to stand above, or no longer does.
#[derive(Debug, Clone, Copy)]
struct Event {
    weight: f64,
    other: usize,
    before: bool,
    after: bool,
}

fn limits(plan: &Plan, scores: &[Fraction], slot: usize, weight: f64) -> UnitLimits {
    let mut events = Vec::new();
    let mut ahead = 0_i64;
    for other in (0..scores.len()).filter(|&other| other != slot) {
        let q = scores[other].minus(scores[slot]);
        let above = |from: f64, to: f64| {
            let t = f64::midpoint(from, to);
            q[0] + t * (q[1] + t * q[2]) > 0.0
        };
        let found: Vec<f64> =
            roots(q).into_iter().filter(|&t| t > SAME && t < 1.0 - SAME).collect();
        let ends: Vec<f64> =
            std::iter::once(0.0).chain(found.iter().copied()).chain(std::iter::once(1.0)).collect();
        let pieces: Vec<bool> = ends.windows(2).map(|pair| above(pair[0], pair[1])).collect();
        ahead += i64::from(pieces[0]);
        for (i, &at) in found.iter().enumerate() {
            let (before, after) = (pieces[i], pieces[i + 1]);
            if before != after {
                events.push(Event { weight: at, other, before, after });
            }
        }
    }
    events.sort_unstable_by(|a, b| a.weight.total_cmp(&b.weight).then(a.other.cmp(&b.other)));
    UnitLimits {
        unit: plan.order[slot],
        down: nearest(plan, &events, weight, plan.ranks_ahead(slot), Side::Down),
        up: nearest(plan, &events, weight, plan.ranks_ahead(slot), Side::Up),
        leads: leads(&events, ahead),
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Down,
    Up,
}

/// The nearest change of rank on one side, from the number of units nominally ahead.
fn nearest(plan: &Plan, events: &[Event], weight: f64, ahead: i64, side: Side) -> Option<Change> {
    let at_hand = |e: &&Event| (e.weight - weight).abs() <= SAME;
    let beyond: Vec<Event> = match side {
        Side::Up => events.iter().filter(|e| e.weight >= weight - SAME).copied().collect(),
        Side::Down => events.iter().rev().filter(|e| e.weight <= weight + SAME).copied().collect(),
    };
    let mut count = ahead;
    for group in beyond.chunk_by(|a, b| (a.weight - b.weight).abs() <= SAME) {
        let tied = group.iter().any(|e| at_hand(&e));
        let change: i64 = group
            .iter()
            .map(|e| {
                let (near, far) =
                    if side == Side::Up { (e.before, e.after) } else { (e.after, e.before) };
                // At the nominal weight itself scores are equal: nobody is above.
                i64::from(far) - i64::from(near && !tied)
            })
            .sum();
        count += change;
        if change != 0 {
            let with = group.iter().map(|e| e.other).min()?;
            let rank = Rank::try_from(count + 1).unwrap_or(Rank::MAX);
            return Some(Change { weight: group[0].weight, rank, with: plan.order[with] });
        }
    }
    None
}

/// Ranges of weights with nobody ahead, from the number of units ahead near 0.
fn leads(events: &[Event], ahead: i64) -> Vec<(f64, f64)> {
    let mut found: Vec<(f64, f64)> = Vec::new();
    let mut count = ahead;
    let mut start = (count == 0).then_some(0.0);
    for event in events {
        count += i64::from(event.after) - i64::from(event.before);
        match (start, count == 0) {
            (None, true) => start = Some(event.weight),
            (Some(from), false) => {
                found.push((from, event.weight));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        found.push((from, 1.0));
    }
    found.retain(|(from, to)| to - from > SAME);
    // Ranges that only touch each other are one.
    found.into_iter().fold(Vec::new(), |mut joined: Vec<(f64, f64)>, range| {
        match joined.last_mut() {
            Some(last) if range.0 - last.1 <= SAME => last.1 = range.1,
            _ => joined.push(range),
        }
        joined
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::robustness::testing::Small;

    fn of(small: &Small) -> (Vec<WeightLimits>, Vec<usize>) {
        let result = small.result();
        let plan = Plan::new(&result.log, &small.data, &result);
        let limits = weight_limits(&plan, &Nominal::new(&plan).unwrap());
        (limits, plan.order)
    }

    #[test]
    fn by_hand() {
        // d0 = (100, 0, 50), d1 = (0, 100, 90). With weight t of d0: 100 t, 100 − 100 t, 90 − 40 t.
        // Unit 2 leads from 1/6 (100 − 100 t = 90 − 40 t) to 9/14 (100 t = 90 − 40 t).
        let small = Small::complete(&[1, 1], &[&[2.0, 0.0, 1.0], &[0.0, 10.0, 9.0]]);
        let (limits, order) = of(&small);
        assert_eq!(order, [2, 0, 1]);
        let lead = &limits[0].units[0];
        let close = |a: f64, b: f64| assert!((a - b).abs() < 1e-12, "{a} {b}");
        close(lead.leads[0].0, 1.0 / 6.0);
        close(lead.leads[0].1, 9.0 / 14.0);
        close(lead.up.unwrap().weight, 9.0 / 14.0);
        assert_eq!((lead.up.unwrap().rank, lead.up.unwrap().with), (2, 0));
        assert_eq!((lead.down.unwrap().rank, lead.down.unwrap().with), (2, 1));
        // Units 0 and 1 are equal at the nominal weight of one half: each moves at once.
        let second = &limits[0].units[1];
        assert_eq!(second.down.unwrap().rank, 3);
        close(second.down.unwrap().weight, 0.5);
        close(second.up.unwrap().weight, 9.0 / 14.0);
        assert_eq!(second.up.unwrap().rank, 1);
        assert_eq!(second.leads.len(), 1);
        close(second.leads[0].1, 1.0);
    }

    #[test]
    fn sampling_finds_the_same_ranks() {
        for (missing, aggregation) in [
            (false, Aggregation::Arithmetic),
            (true, Aggregation::Arithmetic),
            (false, Aggregation::Geometric),
            (true, Aggregation::Geometric),
            (true, Aggregation::Harmonic),
            (true, Aggregation::Power { exponent: -2.0 }),
            (false, Aggregation::Power { exponent: 3.0 }),
        ] {
            let scale = crate::config::Normalisation::MinMax {
                low: 1.0,
                high: 100.0,
                constant: crate::config::ConstantRule::Error,
            };
            let small =
                Small::random(12, &[1, 1, 2], missing).normalised(&scale).aggregated(aggregation);
            agrees_with_sampling(&small);
        }
    }

    fn agrees_with_sampling(small: &Small) {
        let result = small.result();
        let plan = Plan::new(&result.log, &small.data, &result);
        let nominal = Nominal::new(&plan).unwrap();
        let mut evaluator = nominal.evaluator.clone();
        for limits in weight_limits(&plan, &nominal) {
            for step in 1..400 {
                let t = f64::from(step) / 400.0 + 1e-5;
                let weights = nominal.weights_with(&plan, limits.node, t).unwrap();
                evaluator.run(&weights, &nominal.aggregations).unwrap();
                let scores = evaluator.column(0);
                for (slot, unit) in limits.units.iter().enumerate() {
                    let own = scores[unit.unit];
                    let ahead = plan.order.iter().filter(|&&u| scores[u] > own).count();
                    let holds = unit.down.is_none_or(|c| t > c.weight)
                        && unit.up.is_none_or(|c| t < c.weight);
                    if holds {
                        assert_eq!(ahead + 1, plan.ranks[slot] as usize, "slot {slot} at {t}");
                    }
                    let leads = unit.leads.iter().any(|&(from, to)| (from..=to).contains(&t));
                    assert_eq!(leads, ahead == 0, "slot {slot} at {t}");
                }
            }
        }
    }
}
