//! Laws of every method, tried on many small samples made at random.

use proptest::prelude::*;

use crate::index::IndexResult;
use crate::index::testing::{flat, run};

type Rows = Vec<Vec<Option<f64>>>;

const INDICATORS: usize = 4;

const NORMALISATIONS: [&str; 9] = [
    "{ method: min-max, range: [1, 100], constant: mid }",
    "{ method: z-score, constant: mid, scale: [100, 10] }",
    "{ method: rank, constant: mid }",
    "{ method: percentile-rank, range: [1, 100], constant: mid, ties: average }",
    "{ method: distance-to-maximum, range: [1, 100], constant: mid }",
    "{ method: target-type, target: 3, range: [1, 100], constant: mid }",
    "{ method: interval-type, interval: [2, 5], range: [1, 100], constant: mid }",
    "{ method: efficacy-coefficient, constant: 70 }",
    "{ method: goalposts, low: -5, high: 5, range: [1, 100] }",
];

const WEIGHTINGS: [&str; 7] = [
    "equal",
    "entropy",
    "critic",
    "cv",
    "standard-deviation",
    "{ method: pca, variant: variance-weighted }",
    "{ method: combined, of: [entropy, { method: ahp, matrix: [[3, 5, 2], [2, 1], [1/2]] }] }",
];

const AGGREGATIONS: [&str; 12] = [
    "arithmetic",
    "geometric",
    "harmonic",
    "{ method: power, exponent: 2 }",
    "median",
    "minimum",
    "copeland",
    "topsis",
    "vikor",
    "grey-relational",
    "rsr",
    "mpi",
];

/// Few distinct values, so that ties are common; a tenth is missing.
fn rows() -> impl Strategy<Value = Rows> {
    let cell =
        prop_oneof![9 => (-40_i32..40).prop_map(|x| Some(f64::from(x) / 8.0)), 1 => Just(None)];
    prop::collection::vec(prop::collection::vec(cell, INDICATORS), 4..9)
}

fn methods() -> impl Strategy<Value = (usize, usize, usize)> {
    (0..NORMALISATIONS.len(), 0..WEIGHTINGS.len(), 0..AGGREGATIONS.len())
}

fn head((n, w, a): (usize, usize, usize)) -> String {
    format!(
        "normalisation: {}\nweighting: {}\naggregation: {}\n\
         missing: {{ unit-threshold: 0.3, indicator-threshold: 0 }}",
        NORMALISATIONS[n], WEIGHTINGS[w], AGGREGATIONS[a]
    )
}

fn yaml(methods: (usize, usize, usize)) -> String {
    // A direction has no meaning for target and interval types.
    flat(INDICATORS, &[], &[], &head(methods)).replace(", direction: positive", "")
}

fn compute(yaml: &str, rows: &Rows) -> Option<IndexResult> {
    run(yaml, rows).ok().map(|warned| warned.value)
}

fn close(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() < 1e-7,
        _ => a == b,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn every_number_is_a_number(methods in methods(), rows in rows()) {
        let Some(found) = compute(&yaml(methods), &rows) else { return Ok(()) };
        for node in &found.nodes {
            prop_assert!(node.scores.iter().flatten().all(|s| s.is_finite()), "{:?}", node.scores);
        }
        let total: f64 = found.weights[1..].iter().sum();
        prop_assert!((total - 1.0).abs() < 1e-9, "{:?}", found.weights);
        prop_assert!(found.weights.iter().all(|w| *w >= 0.0));
    }

    #[test]
    fn the_order_of_units_is_irrelevant(methods in methods(), rows in rows(), by in 0_usize..9) {
        let mut turned = rows.clone();
        turned.rotate_left(by % rows.len());
        let (Some(one), Some(other)) = (compute(&yaml(methods), &rows), compute(&yaml(methods), &turned))
        else { return Ok(()) };
        for unit in 0..rows.len() {
            let there = (unit + rows.len() - by % rows.len()) % rows.len();
            let (a, b) = (one.index().scores[unit], other.index().scores[there]);
            prop_assert!(close(a, b), "{a:?} {b:?}");
        }
    }

    #[test]
    fn the_order_of_indicators_is_irrelevant(n in 0..NORMALISATIONS.len(), w in 0..6_usize, a in 0..AGGREGATIONS.len(), rows in rows()) {
        let turned: Rows = rows.iter().map(|row| row.iter().rev().copied().collect()).collect();
        let (Some(one), Some(other)) = (compute(&yaml((n, w, a)), &rows), compute(&yaml((n, w, a)), &turned))
        else { return Ok(()) };
        for (a, b) in one.index().scores.iter().zip(&other.index().scores) {
            prop_assert!(close(*a, *b), "{a:?} {b:?}");
        }
    }

    #[test]
    fn the_scale_of_weights_is_irrelevant(a in 0..AGGREGATIONS.len(), rows in rows(), k in 1_u8..9) {
        let head = head((0, 0, a));
        let weights = [1.0, 2.0, 0.0, 5.0];
        let one = flat(INDICATORS, &[1], &weights, &head);
        let other = flat(INDICATORS, &[1], &weights.map(|w| w * f64::from(k)), &head);
        let (Some(one), Some(other)) = (compute(&one, &rows), compute(&other, &rows))
        else { return Ok(()) };
        for (a, b) in one.index().scores.iter().zip(&other.index().scores) {
            prop_assert!(close(*a, *b), "{a:?} {b:?}");
        }
    }

    #[test]
    fn an_affine_change_leaves_min_max(w in 0..WEIGHTINGS.len(), a in 0..AGGREGATIONS.len(), rows in rows()) {
        let mut changed = rows.clone();
        for row in &mut changed {
            row[0] = row[0].map(|x| 4.0 * x + 7.0);
        }
        let (Some(one), Some(other)) = (compute(&yaml((0, w, a)), &rows), compute(&yaml((0, w, a)), &changed))
        else { return Ok(()) };
        for (a, b) in one.index().scores.iter().zip(&other.index().scores) {
            prop_assert!(close(*a, *b), "{a:?} {b:?}");
        }
    }

    #[test]
    fn missing_is_never_zero(n in 0..NORMALISATIONS.len(), a in 0..6_usize, rows in rows()) {
        // Under a mean, a unit with one indicator scores as in that indicator alone.
        let mut rows = rows;
        let Some(first) = rows[0][0].or(Some(1.0)) else { return Ok(()) };
        rows[0] = vec![Some(first), None, None, None];
        let yaml = yaml((n, 0, a)).replace("unit-threshold: 0.3", "unit-threshold: 0.1");
        let Some(found) = compute(&yaml, &rows) else { return Ok(()) };
        prop_assert!(close(found.index().scores[0], found.nodes[1].scores[0]));
        prop_assert_eq!(found.nodes[2].scores[0], None);
    }

    #[test]
    fn tiers_follow_the_score(rows in rows(), t in 0..5_usize) {
        let tiers = [
            "{ method: natural-breaks, count: 3 }",
            "{ method: quantiles, count: 3 }",
            "{ method: largest-gap, count: 3 }",
            "{ method: fixed-cuts, cuts: [60, 40] }",
            "{ method: rsr-probit, count: 3 }",
        ][t];
        let head = format!("{}\ntiers: {tiers}", head((0, 0, 0)));
        let Some(found) = compute(&flat(INDICATORS, &[], &[], &head), &rows) else { return Ok(()) };
        let tiers = found.tiers.as_ref().unwrap();
        let scores = &found.nodes[0].scores;
        for (i, a) in scores.iter().enumerate() {
            prop_assert_eq!(a.is_some(), tiers.of_unit[i].is_some());
            for (j, b) in scores.iter().enumerate() {
                let (Some(a), Some(b)) = (a, b) else { continue };
                if a >= b {
                    prop_assert!(tiers.of_unit[i] <= tiers.of_unit[j]);
                }
            }
        }
    }
}
