//! Comparison over time, by hand and by its laws.

use proptest::prelude::*;

use crate::config::{self, Methodology};
use crate::data::{Dataset, Unit, YearData};
use crate::index::over_time::{
    Changes, Earlier, EarlierNode, EarlierUnit, Editions, Side, compare, compute_years, prepare,
};
use crate::index::testing::{close, dataset, flat, unit};
use crate::index::{IndexResult, compute};
use crate::lang::Localised;

type Rows = Vec<(&'static str, Vec<f64>)>;

/// An edition: a method, and units with their values.
struct Edition {
    method: Methodology,
    units: Vec<Unit>,
    data: Dataset,
    result: IndexResult,
}

impl Edition {
    fn new(yaml: &str, rows: &Rows) -> Self {
        let method = config::methodology(yaml).unwrap();
        let values: Vec<Vec<Option<f64>>> =
            rows.iter().map(|(_, row)| row.iter().copied().map(Some).collect()).collect();
        let data = dataset(&method, &values);
        let units: Vec<Unit> = rows.iter().map(|(code, _)| unit(code, "")).collect();
        let names: Vec<String> = rows.iter().map(|(code, _)| (*code).to_owned()).collect();
        let result = compute(&method, &data, &names).unwrap().value;
        Self { method, units, data, result }
    }

    fn side(&self) -> Side<'_> {
        let Self { method, units, data, result } = self;
        Side { method, data, units, result }
    }

    fn earlier(&self) -> Earlier {
        let unit = |u: &Unit| EarlierUnit { code: u.code.clone(), name: u.name.clone() };
        let nodes = self.method.nodes.iter().zip(&self.result.nodes).map(|(node, own)| {
            let of_units = own.scores.iter().copied().zip(own.ranks.iter().copied());
            EarlierNode {
                code: node.code.clone(),
                name: node.name.clone(),
                units: of_units.collect(),
            }
        });
        Earlier {
            edition: 2021,
            year: Some(2021),
            units: self.units.iter().map(unit).collect(),
            nodes: nodes.collect(),
        }
    }
}

/// Two editions whose frameworks have the same indicators, so that the earlier data are a backcast
/// as they are.
fn changes(before: &Edition, now: &Edition) -> Changes {
    let common: Vec<(usize, usize)> = now
        .units
        .iter()
        .enumerate()
        .filter_map(|(own, unit)| {
            Some((own, before.units.iter().position(|other| other.code == unit.code)?))
        })
        .collect();
    let earlier: Vec<usize> = common.iter().map(|&(_, before)| before).collect();
    let backcast = before.data.restricted(&earlier);
    let editions =
        Editions { before: before.side(), now: now.side(), common: &common, backcast: &backcast };
    let own = (&now.method, now.units.as_slice(), &now.result);
    let (changes, found) = compare(&before.earlier(), own, Some(&editions), Vec::new());
    assert!(found.is_empty(), "{found:?}");
    changes
}

/// Ranks before and now, and the parts, of every unit of both editions.
fn parts(changes: &Changes) -> Vec<(u32, u32, [f64; 4])> {
    let units = changes.nodes[0].units.iter().flatten();
    units.map(|own| (own.before, own.now, own.parts.unwrap().all())).collect()
}

fn weighted(weights: &[f64]) -> String {
    flat(2, &[], weights, "normalisation: none")
}

#[test]
fn a_change_is_split_by_hand() {
    // Scores before, mean of both: A 5, B 4, C 3, D 9. Without D, and with weights 1 : 3, the
    // earlier data give A 2.5, B 4, C 4.5; those of now A 8.5, B 5.5, C 4.5, and E 0.
    let rows: Rows = vec![
        ("A", vec![10.0, 0.0]),
        ("B", vec![4.0, 4.0]),
        ("C", vec![0.0, 6.0]),
        ("D", vec![9.0, 9.0]),
    ];
    let before = Edition::new(&weighted(&[1.0, 1.0]), &rows);
    let rows: Rows = vec![
        ("A", vec![10.0, 8.0]),
        ("B", vec![4.0, 6.0]),
        ("C", vec![0.0, 6.0]),
        ("E", vec![0.0, 0.0]),
    ];
    let now = Edition::new(&weighted(&[1.0, 3.0]), &rows);
    let found = changes(&before, &now);
    // A with its new data among the old ones of the others is first; with its old data among the new
    // ones of the others third. B: first and third, between second and second. C has not changed.
    let wanted = [
        (2, 1, [1.0, -2.0, 2.0, 0.0]),
        (3, 2, [1.0, 0.0, 1.0, -1.0]),
        (4, 3, [1.0, 2.0, 0.0, -2.0]),
    ];
    assert_eq!(parts(&found), wanted);
    assert_eq!(found.entered, [3]);
    assert_eq!(found.left[0].code, "D");
    assert_eq!(found.nodes[0].units[3], None);
    let drivers: Vec<(usize, f64)> = found.drivers[0].iter().map(|d| (d.node, d.points)).collect();
    assert_eq!(drivers, [(2, 6.0)]);
    assert_eq!(found.nodes[0].units[0].unwrap().recomputed, Some(2.5));
    assert!(found.is_split && found.is_comparable);
}

#[test]
fn parts_may_be_halves() {
    // A goes from 1 to 3, B from 2 to 4. If A goes first it gains a place and loses it to B; if B
    // goes first, neither moves.
    let method = flat(1, &[], &[], "normalisation: none");
    let before = Edition::new(&method, &vec![("A", vec![1.0]), ("B", vec![2.0])]);
    let now = Edition::new(&method, &vec![("A", vec![3.0]), ("B", vec![4.0])]);
    let found = parts(&changes(&before, &now));
    assert_eq!(found[0], (2, 2, [0.0, 0.0, 0.5, -0.5]));
    assert_eq!(found[1], (1, 1, [0.0, 0.0, 0.5, -0.5]));
}

#[test]
fn published_ranks_alone_are_not_split() {
    let rows: Rows = vec![("A", vec![1.0, 2.0]), ("B", vec![3.0, 4.0])];
    let edition = Edition::new(&weighted(&[]), &rows);
    let mut earlier = edition.earlier();
    let gone = Localised::same("gone");
    earlier.nodes.push(EarlierNode { code: "gone".to_owned(), name: gone, units: Vec::new() });
    earlier.nodes.remove(2);
    let own = (&edition.method, edition.units.as_slice(), &edition.result);
    let (found, _) = compare(&earlier, own, None, Vec::new());
    assert!(!found.is_split);
    assert_eq!(found.nodes[0].units[0].unwrap().parts, None);
    assert_eq!(found.new_nodes, [2]);
    assert_eq!(found.nodes[2].units, [None, None]);
    assert_eq!(found.gone_nodes[0].0, "gone");
}

#[test]
fn a_state_that_cannot_be_computed_is_told() {
    let head = flat(1, &[], &[], "");
    let rows: Rows = vec![("A", vec![1.0]), ("B", vec![1.0]), ("C", vec![2.0])];
    let before = Edition::new(&head, &rows);
    let rows: Rows = vec![("A", vec![1.0]), ("B", vec![2.0])];
    let now = Edition::new(&head, &rows);
    let common = [(0, 0), (1, 1)];
    let backcast = before.data.restricted(&[0, 1]);
    let editions =
        Editions { before: before.side(), now: now.side(), common: &common, backcast: &backcast };
    let own = (&now.method, now.units.as_slice(), &now.result);
    let (found, why) = compare(&before.earlier(), own, Some(&editions), Vec::new());
    assert!(!found.is_split);
    assert!(why[0].message.contains("`c1` is 1 for every unit"), "{why:?}");
    assert_eq!(found.nodes[0].units[1].unwrap().places(), 1);
}

/// Two years of one indicator: scores of both, main year last.
fn two_years(normalisation: &str, rows: [&[f64]; 2]) -> [Vec<f64>; 2] {
    let head = format!("years: [2021, 2022]\nnormalisation: {normalisation}");
    let method = config::methodology(&flat(1, &[], &[], &head)).unwrap();
    let [earlier, mut main] = rows.map(|values| {
        let rows: Vec<Vec<Option<f64>>> = values.iter().map(|&x| vec![Some(x)]).collect();
        dataset(&method, &rows)
    });
    let mut years = vec![YearData { year: 2021, dataset: earlier }];
    let units: Vec<Unit> = ["A", "B", "C"].iter().map(|code| unit(code, "")).collect();
    let names: Vec<String> = units.iter().map(|u| u.code.clone()).collect();
    prepare(&method, &mut main, &mut years, &units);
    let now = compute(&method, &main, &names).unwrap().value;
    let then = compute_years(&method, &years, &names).unwrap().value;
    let scores = |result: &IndexResult| result.index().scores.iter().flatten().copied().collect();
    [scores(&then[0].result), scores(&now)]
}

#[test]
fn pooled_scores_compare_between_years() {
    let rows: [&[f64]; 2] = [&[0.0, 5.0, 10.0], &[5.0, 10.0, 20.0]];
    let found = two_years("min-max", rows);
    close(&found[0], &[0.0, 50.0, 100.0], 1e-12);
    close(&found[1], &[0.0, 100.0 / 3.0, 100.0], 1e-12);
    // One scale from 0 to 20.
    let found = two_years("{ method: min-max, over: pooled }", rows);
    close(&found[0], &[0.0, 25.0, 50.0], 1e-12);
    close(&found[1], &[25.0, 50.0, 100.0], 1e-12);
    // 0, 5, 5, 10, 10, 20 in one order: the lowest of equal places.
    let found = two_years("{ method: rank, over: pooled }", rows);
    close(&found[0], &[1.0, 2.0, 4.0], 1e-12);
    close(&found[1], &[2.0, 4.0, 6.0], 1e-12);
    // Mean 3.5, sample variance of 1 … 6 is 3.5.
    let found = two_years(
        "{ method: z-score, scale: [0, 1], over: pooled }",
        [&[1.0, 2.0, 3.0], &[4.0, 5.0, 6.0]],
    );
    let sd = 3.5_f64.sqrt();
    close(&found[0], &[-2.5 / sd, -1.5 / sd, -0.5 / sd], 1e-12);
    close(&found[1], &[0.5 / sd, 1.5 / sd, 2.5 / sd], 1e-12);
    let found = two_years("{ method: fraction-of-maximum, over: pooled }", rows);
    close(&found[0], &[0.0, 25.0, 50.0], 1e-12);
    // An indicator that stands still in one year is no constant over both.
    let found = two_years("{ method: min-max, over: pooled }", [&[1.0; 3], &[0.0, 1.0, 2.0]]);
    close(&found[0], &[50.0; 3], 1e-12);
}

fn editions() -> impl Strategy<Value = [Vec<(bool, Vec<f64>)>; 2]> {
    let row = || (any::<bool>(), prop::collection::vec((0..6_i32).prop_map(f64::from), 2));
    let rows = || prop::collection::vec(row(), 7);
    (rows(), rows()).prop_map(|(a, b)| [a, b])
}

const CODES: [&str; 9] = ["A", "B", "C", "D", "E", "F", "G", "H", "I"];

/// The last two units are always there and hold the ends of the scale.
fn sample(rows: &[(bool, Vec<f64>)], whole: bool) -> Rows {
    let drawn = rows.iter().zip(CODES).filter(|((there, _), _)| whole || *there);
    let ends = [("H", vec![-1.0, -1.0]), ("I", vec![7.0, 7.0])];
    drawn.map(|((_, row), code)| (code, row.clone())).chain(ends).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// The parts sum to the change, and are whole or half numbers.
    #[test]
    fn parts_sum_to_the_change([a, b] in editions(), w in 1..9_i32) {
        let before = Edition::new(&flat(2, &[], &[1.0, 1.0], ""), &sample(&a, false));
        let now = Edition::new(&flat(2, &[1], &[f64::from(w), 1.0], ""), &sample(&b, false));
        for (before, now, parts) in parts(&changes(&before, &now)) {
            let change = f64::from(before) - f64::from(now);
            prop_assert!(none(&[parts.iter().sum::<f64>() - change]));
            prop_assert!(none(&parts.map(|part| (part * 2.0).fract())));
        }
    }

    /// What has not changed has no part in the change.
    #[test]
    fn what_stays_has_no_part([a, b] in editions(), w in 2..9_i32) {
        let even = flat(2, &[], &[1.0, 1.0], "");
        let uneven = flat(2, &[], &[f64::from(w), 1.0], "");
        let before = Edition::new(&even, &sample(&a, true));
        for (_, _, [sample, _, own, others]) in
            parts(&changes(&before, &Edition::new(&uneven, &sample_of(&a))))
        {
            prop_assert!(none(&[sample, own, others]));
        }
        for (_, _, [sample, method, _, _]) in
            parts(&changes(&before, &Edition::new(&even, &sample_of(&b))))
        {
            prop_assert!(none(&[sample, method]));
        }
        for (_, _, parts) in parts(&changes(&before, &before)) {
            prop_assert!(none(&parts));
        }
        for (_, _, [_, method, own, others]) in
            parts(&changes(&before, &Edition::new(&even, &sample(&a, false))))
        {
            prop_assert!(none(&[method, own, others]));
        }
    }

    /// If one unit's data change, it owes its change to itself and the others theirs to it.
    #[test]
    fn one_change_is_own_to_one_alone([a, b] in editions(), unit in 0..7_usize) {
        let even = flat(2, &[], &[1.0, 1.0], "");
        let before = Edition::new(&even, &sample_of(&a));
        let mut changed = a.clone();
        changed[unit].1.clone_from(&b[unit].1);
        let now = Edition::new(&even, &sample_of(&changed));
        for (at, (_, _, [_, _, own, others])) in
            parts(&changes(&before, &now)).into_iter().enumerate()
        {
            let part = if at == unit { others } else { own };
            prop_assert!(none(&[part]));
        }
    }
}

fn none(parts: &[f64]) -> bool {
    parts.iter().all(|part| part.abs() < f64::EPSILON)
}

fn sample_of(rows: &[(bool, Vec<f64>)]) -> Rows {
    sample(rows, true)
}
