//! Published worked cases, run through the whole engine from YAML to scores.
//!
//! `tests/conformance/method-cases.json` holds inputs and results; see the README beside it.

use serde_json::Value;

use crate::index::testing::{close, flat, result, warned};
use crate::index::{AggregationDetail, IndexResult, WeightingDetail};

fn case(name: &str) -> Value {
    let text = include_str!("../../tests/conformance/method-cases.json");
    let cases: Value = serde_json::from_str(text).unwrap();
    cases[name].clone()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn matrix(case: &Value) -> Vec<Vec<f64>> {
    case["matrix"].as_array().unwrap().iter().map(numbers).collect()
}

/// Runs a case on raw values; costs change sign, as `normalisation: none` does.
fn run(case: &Value, head: &str, weights: &[f64]) -> IndexResult {
    let rows = matrix(case);
    let directions = case.get("directions").map(numbers).unwrap_or_default();
    let negative: Vec<usize> = (0..directions.len()).filter(|&at| directions[at] < 0.0).collect();
    let head = format!("normalisation: none\n{head}");
    result(&flat(rows[0].len(), &negative, weights, &head), &rows)
}

#[test]
fn entropy_of_raw_shares_elsayed_2017() {
    let case = case("entropy_raw_shares_elsayed2017");
    let found = run(&case, "weighting: { method: entropy, data: raw }", &[]);
    close(&found.weights[1..], &numbers(&case["weights"]), 1e-9);
}

#[test]
fn critic_diakoulaki_1995_and_tus_adali_2019() {
    for name in ["critic_minmax_diakoulaki1995", "critic_minmax_tus_adali2019"] {
        let case = case(name);
        let found = run(&case, "weighting: critic", &[]);
        close(&found.weights[1..], &numbers(&case["weights"]), 1e-9);
    }
}

#[test]
fn ahp_wang_chin_2011_and_3x3() {
    for (name, inconsistent) in [("ahp_wang_chin2011", true), ("ahp_3x3", false)] {
        let case = case(name);
        let n = case["matrix"].as_array().unwrap().len();
        let rows: Vec<String> = case["matrix"]
            .as_array()
            .unwrap()
            .iter()
            .map(|row| {
                let cells = row.as_array().unwrap().iter();
                let cells: Vec<String> = cells.map(|c| c.to_string().replace('"', "")).collect();
                format!("[{}]", cells.join(", "))
            })
            .collect();
        let head = format!("weighting: {{ method: ahp, matrix: [{}] }}", rows.join(", "));
        let data = [vec![1.0; n], vec![2.0; n]];
        let found = warned(&flat(n, &[], &[], &head), &data);
        assert_eq!(found.warnings.len(), usize::from(inconsistent));
        let found = found.value;
        close(&found.weights[1..], &numbers(&case["weights"]), 1e-9);
        let Some(WeightingDetail::Ahp { combined, .. }) =
            found.weightings[0].as_ref().map(|w| &w.detail)
        else {
            panic!("{:?}", found.weightings)
        };
        close(&[combined.lambda], &[case["lambda"].as_f64().unwrap()], 1e-9);
        // The larger ratio is printed to five digits.
        let digits = if inconsistent { 5e-6 } else { 1e-9 };
        close(&[combined.ratio], &[case["CR_saaty"].as_f64().unwrap()], digits);
    }
}

fn scores(result: &IndexResult) -> Vec<f64> {
    result.index().scores.iter().map(|s| s.unwrap()).collect()
}

#[test]
fn topsis_tzeng_huang_2011_and_opricovic_tzeng_2004() {
    for (name, scaling) in [
        ("topsis_vector_tzeng_huang2011", "vector"),
        ("topsis_minmax_opricovic_tzeng2004", "min-max"),
    ] {
        let case = case(name);
        let head = format!("aggregation: {{ method: topsis, scaling: {scaling}, scale: 1 }}");
        let found = run(&case, &head, &numbers(&case["weights"]));
        close(&scores(&found), &numbers(&case["scores"]), 1e-9);
    }
}

#[test]
fn vikor_opricovic_tzeng_2004_and_yang_wu_2020() {
    for name in ["vikor_opricovic_tzeng2004", "vikor_yang_wu2020"] {
        let case = case(name);
        let head = format!("aggregation: {{ method: vikor, v: {}, scale: 1 }}", case["v"]);
        let found = run(&case, &head, &numbers(&case["weights"]));
        let Some(AggregationDetail::Vikor(vikor)) = &found.details[0] else { panic!() };
        let known = |column: &[Option<f64>]| column.iter().flatten().copied().collect::<Vec<_>>();
        close(&known(&vikor.q), &numbers(&case["Q"]), 1e-9);
        let turned: Vec<f64> = numbers(&case["Q"]).iter().map(|q| 1.0 - q).collect();
        close(&scores(&found), &turned, 1e-9);
        if let Some(s) = case.get("S") {
            close(&known(&vikor.utility), &numbers(s), 1e-9);
            close(&known(&vikor.regret), &numbers(&case["R"]), 1e-9);
        }
        // Both cases: the lead of the first is above 1 / (n - 1), and it is best in S or R.
        let best = found.index().order[0];
        assert_eq!((vikor.compromise.as_slice(), vikor.stability), ([best].as_slice(), true));
    }
}

#[test]
fn copeland_by_hand() {
    let case = case("copeland_4x3");
    let found = run(&case, "aggregation: copeland", &[]);
    close(&scores(&found), &numbers(&case["scores"]), 0.0);
    let three = AggregationDetail::Copeland { dominant_pairs: 3 };
    assert_eq!(found.details[0], Some(three));
}

#[test]
fn human_development_index_of_sudan_2019() {
    let case = case("hdi_sudan_2019");
    let row = numbers(&case["indices"]);
    let yaml = flat(3, &[], &[], "normalisation: none\naggregation: geometric");
    let found = result(&yaml, &[row]);
    // The indices are printed to four digits, the index from unrounded ones.
    close(&scores(&found), &[case["hdi"].as_f64().unwrap()], 1e-8);
}

#[test]
fn natural_breaks_into_four() {
    let case = case("jenks_k4");
    let rows: Vec<Vec<f64>> = numbers(&case["values"]).into_iter().map(|x| vec![x]).collect();
    let head = "normalisation: none\ntiers: { method: natural-breaks, count: 4 }";
    let found = result(&flat(1, &[], &[], head), &rows);
    let tiers = found.tiers.unwrap();
    close(&[tiers.sse], &[case["sse"].as_f64().unwrap()], 1e-9);
    let classes = case["classes"].as_array().unwrap();
    for (tier, class) in tiers.tiers.iter().zip(classes.iter().rev()) {
        let mut own: Vec<f64> = tier.members.iter().map(|&u| rows[u][0]).collect();
        own.sort_by(f64::total_cmp);
        assert_eq!(own, numbers(class));
    }
}
