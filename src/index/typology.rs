//! Types of units: what leads in a unit, how even it is, and the best at every dimension.
//!
//! The leading dimension is the one in which a unit stands highest against the sample: by its
//! z-score (n − 1) or its distance from the mean; dimensions within 1e-9 of the highest are named
//! together. A dimension without spread leads nowhere under z-scores. Balance is the coefficient of
//! variation (n − 1) of the unit's dimension scores, or their coupling C (`reading::coupling`); none
//! where it is not defined. Types are tried in their order, and the first that fits is the unit's.
//! Units without an index score have no type.

use crate::config::{Balance, BalanceBy, LeadingBy, Methodology, TypeRule, TypologyRule};
use crate::index::IndexResult;
use crate::index::reading::coupling::couplings;
use crate::num::{mean, standard_deviation};

/// How near to the highest another dimension must come to lead with it.
const LEVEL: f64 = 1e-9;

/// The types of a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Typology {
    /// What there is to tell of each unit, by its position; `None` without an index score.
    pub units: Vec<Option<UnitType>>,
    /// Positions of the units of each type, in the order of the index; types in the order of the
    /// rules, some perhaps without units.
    pub members: Vec<Vec<usize>>,
    /// The best at every dimension, overall and then within each tier.
    pub benchmarks: Vec<Benchmark>,
}

/// What sorts a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitType {
    /// Position of its type among the rules; `None` if it fits none.
    pub kind: Option<usize>,
    /// Positions of the dimensions that lead, in the order of the framework; more than one if they
    /// are level, none if no dimension can be held against the sample.
    pub leading: Vec<usize>,
    /// How far the leading dimension lies above the mean of the sample, in the measure of the rule.
    pub lead: Option<f64>,
    /// The measure of balance, if it is defined.
    pub evenness: Option<f64>,
    /// What it comes to.
    pub balance: Option<Balance>,
    /// Whether no dimension reaches the mean of the sample.
    pub below_mean: bool,
}

/// The best at a dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Benchmark {
    /// Position of the dimension.
    pub dimension: usize,
    /// The tier within which they are the best; `None` for the whole sample.
    pub tier: Option<usize>,
    /// Positions of those that share the best rank, in the order of the units.
    pub units: Vec<usize>,
}

/// Sorts the units of a result into types.
#[must_use]
pub(super) fn sort_into_types(
    method: &Methodology,
    result: &IndexResult,
    rule: &TypologyRule,
) -> Typology {
    let dimensions = method.nodes[0].children();
    let even = evenness(method, result, rule.balance);
    let of = |unit: usize| {
        result.index().scores[unit]?;
        let tier = result.tiers.as_ref().and_then(|tiers| tiers.of_unit[unit]);
        let mut own = unit_type(result, dimensions, unit, rule);
        own.evenness = even[unit];
        own.balance = own.evenness.map(|x| balance(x, rule));
        own.kind = rule.types.iter().position(|kind| fits(kind, &own, tier));
        Some(own)
    };
    let units: Vec<Option<UnitType>> = (0..result.index().scores.len()).map(of).collect();
    let of_kind = |at: usize| {
        let is = |&&unit: &&usize| units[unit].as_ref().is_some_and(|own| own.kind == Some(at));
        result.index().order.iter().filter(is).copied().collect()
    };
    Typology {
        members: (0..rule.types.len()).map(of_kind).collect(),
        benchmarks: benchmarks(result, dimensions),
        units,
    }
}

/// Where the unit stands against the sample; balance and type are still open.
fn unit_type(
    result: &IndexResult,
    dimensions: &[usize],
    unit: usize,
    rule: &TypologyRule,
) -> UnitType {
    let distance = |&dimension: &usize| {
        let own = &result.nodes[dimension];
        let spread = own.distribution?;
        Some((dimension, own.scores[unit]? - spread.mean, spread.standard_deviation))
    };
    let distances: Vec<(usize, f64, f64)> = dimensions.iter().filter_map(distance).collect();
    let measured: Vec<(usize, f64)> = distances
        .iter()
        .filter_map(|&(dimension, above, deviation)| match rule.leading {
            LeadingBy::MeanDistance => Some((dimension, above)),
            LeadingBy::ZScore => (deviation > 0.0).then(|| (dimension, above / deviation)),
        })
        .collect();
    let lead = measured.iter().map(|&(_, x)| x).max_by(f64::total_cmp);
    let leads = |x: f64| lead.is_some_and(|lead| lead - x <= LEVEL);
    UnitType {
        kind: None,
        leading: measured.iter().filter(|(_, x)| leads(*x)).map(|&(d, _)| d).collect(),
        lead,
        evenness: None,
        balance: None,
        below_mean: !distances.is_empty() && distances.iter().all(|&(_, above, _)| above < 0.0),
    }
}

/// The measure of balance of every unit.
fn evenness(method: &Methodology, result: &IndexResult, by: BalanceBy) -> Vec<Option<f64>> {
    let count = result.index().scores.len();
    match by {
        BalanceBy::Coupling => {
            let mut all = vec![None; count];
            for own in couplings(method, result) {
                all[own.unit] = Some(own.coupling);
            }
            all
        }
        BalanceBy::Cv => {
            let dimensions = method.nodes[0].children();
            let of = |unit: usize| {
                let scores: Vec<f64> =
                    dimensions.iter().filter_map(|&d| result.nodes[d].scores[unit]).collect();
                let centre = mean(&scores).filter(|&m| m > 0.0 && scores.len() > 1)?;
                Some(standard_deviation(&scores)? / centre)
            };
            (0..count).map(of).collect()
        }
    }
}

fn balance(x: f64, rule: &TypologyRule) -> Balance {
    let (balanced, skewed) = match rule.balance {
        BalanceBy::Cv => (x <= rule.balanced, x >= rule.skewed),
        BalanceBy::Coupling => (x >= rule.balanced, x <= rule.skewed),
    };
    match (balanced, skewed) {
        (true, _) => Balance::Balanced,
        (_, true) => Balance::Skewed,
        _ => Balance::Between,
    }
}

fn fits(kind: &TypeRule, own: &UnitType, tier: Option<usize>) -> bool {
    (kind.leading.is_empty() || kind.leading.iter().any(|d| own.leading.contains(d)))
        && kind.balance.is_none_or(|wanted| own.balance == Some(wanted))
        && (kind.tiers.is_empty() || tier.is_some_and(|t| kind.tiers.contains(&t)))
        && kind.below_mean.is_none_or(|wanted| own.below_mean == wanted)
}

fn benchmarks(result: &IndexResult, dimensions: &[usize]) -> Vec<Benchmark> {
    let best = |dimension: usize, tier: Option<usize>, of_unit: Option<&[Option<usize>]>| {
        let ranks = &result.nodes[dimension].ranks;
        let inside = |unit: &usize| tier.is_none() || of_unit.is_some_and(|t| t[*unit] == tier);
        let least = (0..ranks.len()).filter(inside).filter_map(|unit| ranks[unit]).min()?;
        let units = (0..ranks.len()).filter(inside).filter(|&u| ranks[u] == Some(least)).collect();
        Some(Benchmark { dimension, tier, units })
    };
    let of_unit = result.tiers.as_ref().map(|tiers| tiers.of_unit.as_slice());
    let tiers = result.tiers.as_ref().map_or(0, |tiers| tiers.tiers.len());
    let groups: Vec<Option<usize>> = std::iter::once(None).chain((0..tiers).map(Some)).collect();
    dimensions
        .iter()
        .flat_map(|&d| groups.iter().filter_map(move |&tier| best(d, tier, of_unit)))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::testing::{close, flat, result, run};

    const HEAD: &str = "normalisation: none\ntiers: { method: fixed-cuts, cuts: [5] }\n\
        typology: { types: [{ name: { zh: 低, en: low }, below-mean: true }, \
        { name: { zh: 均, en: even }, balance: balanced }, { name: { zh: 一, en: one }, leading: [c1] }, \
        { name: { zh: 二, en: two }, leading: [c2], tiers: [2] }] }";

    #[test]
    fn by_hand() {
        // Means 5 and 5, deviations √(40/3) and √(24/3): z of unit 0 is 1.0954 and 1.4142.
        let rows = [[9.0, 9.0], [7.0, 3.0], [1.0, 5.0], [3.0, 3.0]].map(|r| r.to_vec());
        let found = result(&flat(2, &[], &[], HEAD), &rows).typology.unwrap();
        let units: Vec<&UnitType> = found.units.iter().flatten().collect();
        let leading: Vec<&[usize]> = units.iter().map(|u| u.leading.as_slice()).collect();
        assert_eq!(leading, [&[2][..], &[1], &[2], &[1]]);
        let lead: Vec<f64> = units.iter().filter_map(|u| u.lead).collect();
        let deviation = (40.0_f64 / 3.0).sqrt();
        close(&lead, &[2.0_f64.sqrt(), 2.0 / deviation, 0.0, -2.0 / deviation], 1e-12);
        // (9, 9): 0; (7, 3): √8 / 5; (1, 5): √8 / 3; (3, 3): 0
        let cv: Vec<f64> = units.iter().filter_map(|u| u.evenness).collect();
        close(&cv, &[0.0, 8.0_f64.sqrt() / 5.0, 8.0_f64.sqrt() / 3.0, 0.0], 1e-12);
        assert_eq!(units[1].balance, Some(Balance::Skewed));
        let kinds: Vec<Option<usize>> = units.iter().map(|u| u.kind).collect();
        assert_eq!(kinds, [Some(1), Some(2), Some(3), Some(0)]);
        assert_eq!(found.members, [vec![3], vec![0], vec![1], vec![2]]);
        let best: Vec<(usize, Option<usize>, &[usize])> =
            found.benchmarks.iter().map(|b| (b.dimension, b.tier, &*b.units)).collect();
        assert_eq!(
            best,
            [
                (1, None, &[0][..]),
                (1, Some(0), &[0]),
                (1, Some(1), &[3]),
                (2, None, &[0]),
                (2, Some(0), &[0]),
                (2, Some(1), &[2]),
            ]
        );
    }

    #[test]
    fn level_dimensions_lead_together_and_a_unit_may_fit_no_type() {
        let rows = [[2.0, 2.0], [0.0, 0.0], [1.0, 1.0]].map(|r| r.to_vec());
        let head = "normalisation: none\n\
            typology: { leading: mean-distance, balance: coupling, types: [{ name: { zh: 偏, en: skewed }, balance: skewed }] }";
        let found = result(&flat(2, &[], &[], head), &rows).typology.unwrap();
        let first = found.units[0].as_ref().unwrap();
        assert_eq!((first.leading.as_slice(), first.lead), (&[1, 2][..], Some(1.0)));
        assert_eq!((first.evenness, first.balance), (Some(1.0), Some(Balance::Balanced)));
        assert_eq!(first.kind, None);
        // Nothing above zero: neither coupling nor a coefficient of variation is defined.
        assert_eq!(found.units[1].as_ref().unwrap().balance, None);
    }

    #[test]
    fn one_unit_and_gaps_give_no_odd_numbers() {
        for rows in [
            vec![vec![Some(1.0), Some(2.0)]],
            vec![vec![Some(1.0), None], vec![None, Some(2.0)], vec![None, None]],
            vec![vec![Some(5.0), Some(5.0)], vec![Some(5.0), Some(5.0)]],
        ] {
            let head =
                format!("missing: {{ unit-threshold: 0.5, indicator-threshold: 0 }}\n{HEAD}");
            let found = run(&flat(2, &[], &[], &head), &rows).unwrap().value.typology.unwrap();
            let text = format!("{found:?}");
            assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
            assert_eq!(found.units.len(), rows.len());
        }
    }

    proptest! {
        #[test]
        fn types_do_not_depend_on_the_order_of_units(
            rows in prop::collection::vec(prop::collection::vec(0_u8..9, 2), 2..9),
            turn in 0_usize..9,
        ) {
            let rows: Vec<Vec<f64>> =
                rows.iter().map(|row| row.iter().map(|&x| f64::from(x)).collect()).collect();
            let turn = turn % rows.len();
            let mut turned = rows.clone();
            turned.rotate_left(turn);
            let of = |rows: &[Vec<f64>]| {
                result(&flat(2, &[], &[], HEAD), rows).typology.unwrap().units
            };
            let (mut there, back) = (of(&rows), of(&turned));
            there.rotate_left(turn);
            for (a, b) in there.iter().zip(&back) {
                let (a, b) = (a.as_ref().unwrap(), b.as_ref().unwrap());
                prop_assert_eq!((a.kind, &a.leading, a.balance, a.below_mean),
                    (b.kind, &b.leading, b.balance, b.below_mean));
            }
        }
    }
}
