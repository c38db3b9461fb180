//! Published worked cases, run through the whole engine from YAML to scores.
//!
//! `tests/conformance/method-cases.json` holds inputs and results; see the README beside it.

use serde_json::Value;

use crate::index::testing::{close, flat, result, warned};
use crate::index::{IndexResult, WeightingDetail};

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
