//! Data and methods at the edge of sense, through the program: a clear error or a documented rule,
//! never a panic, and never a rank without a score.

use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::Value;

use crate::project::{Project, Ran};

const UNITS: [&str; 6] = ["110000", "310000", "330100", "440300", "510100", "610100"];

const REPORT: &str = "
schema-version: 1
report:
  id: edge
  title: { zh: 边界, en: Edge }
  edition: 2022
  date: 2024-06-30
  publisher: { zh: 测试组, en: Test desk }
  licence: { zh: 仅供测试, en: For tests only }
languages: [en]
outputs: [en]
methodology: methodology.yaml
cities: { gazetteer: cities.csv, where: \"sample == 'tiny'\" }
data: [{ file: edge.csv, layout: wide, status: illustrative, source: made-up }]
sources: sources.csv
sections: []
";

/// A project of the first units with columns `a`, `b`, `c` (an empty text for nothing).
fn project(rows: &[[&str; 3]], method: &str) -> Project {
    let mut table = String::from("unit,year,a,b,c\n");
    for (unit, row) in UNITS.iter().zip(rows) {
        let _ = writeln!(table, "{unit},2022,{}", row.join(","));
    }
    let codes: Vec<String> =
        UNITS.iter().take(rows.len()).map(|u| format!("code == '{u}'")).collect();
    let only = if codes.is_empty() { "code == '0'".to_owned() } else { codes.join(" or ") };
    Project::tiny()
        .write("report.yaml", REPORT.replace("sample == 'tiny'", &only))
        .write("edge.csv", table)
        .write("methodology.yaml", format!("schema-version: 1\n{method}\n"))
}

/// Runs the commands that compute; what they print must be sound.
#[track_caller]
fn sound(project: &Project) -> Ran {
    let rank = project.run(&["rank", "REPORT", "--all", "--json", "--quiet"]);
    let sensitivity = project.run(&["sensitivity", "REPORT", "--json", "--quiet"]);
    for ran in [&rank, &sensitivity] {
        assert!(matches!(ran.code, Some(0 | 1)), "{ran:?}");
        assert!(!ran.stderr.contains("panicked"), "{}", ran.stderr);
        assert_eq!(ran.code == Some(1), ran.stderr.contains("error["), "{}", ran.stderr);
    }
    if rank.code == Some(0) {
        let found: Value = serde_json::from_str(&rank.stdout).unwrap();
        for node in found["nodes"].as_array().unwrap() {
            for entry in node["ranking"].as_array().unwrap() {
                // A number that is none becomes null.
                assert_eq!(entry["score"].is_null(), entry["rank"].is_null(), "{entry}");
                assert!(entry["coverage"].is_number(), "{entry}");
            }
        }
    }
    if sensitivity.code == Some(0) {
        let found: Value = serde_json::from_str(&sensitivity.stdout).unwrap();
        for unit in found["simulation"]["units"].as_array().unwrap() {
            for key in ["mean", "median", "q05", "q95"] {
                assert!(unit[key].is_number(), "{unit}");
            }
        }
    }
    rank
}

#[track_caller]
fn refused(rows: &[[&str; 3]], method: &str, message: &str) {
    let ran = sound(&project(rows, method)).ends_with(1);
    assert!(ran.stderr.contains(message), "{}", ran.stderr);
}

#[track_caller]
fn ranked(rows: &[[&str; 3]], method: &str, ranks: &[Option<u64>]) {
    let ran = sound(&project(rows, method)).ends_with(0);
    let found: Value = serde_json::from_str(&ran.stdout).unwrap();
    let entries = found["nodes"][0]["ranking"].as_array().unwrap();
    let own: Vec<Option<u64>> = UNITS
        .iter()
        .take(rows.len())
        .map(|unit| entries.iter().find(|e| e["unit"] == **unit).unwrap()["rank"].as_u64())
        .collect();
    assert_eq!(own, ranks, "{}", ran.stdout);
}

const THREE: &str = "framework: [{ code: a }, { code: b }, { code: c }]";

#[test]
fn a_constant_column_is_an_error_unless_a_rule_says_more() {
    let rows = [["1", "5", "2"], ["2", "5", "9"], ["3", "5", "1"]];
    refused(&rows, THREE, "`b` is 5 for every unit");
    for rule in ["mid", "drop", "0"] {
        let method = format!("normalisation: {{ method: min-max, constant: {rule} }}\n{THREE}");
        ranked(&rows, &method, &[Some(3), Some(1), Some(2)]);
    }
}

#[test]
fn zeros_under_a_geometric_mean_are_an_error() {
    let rows = [["1", "0", "2"], ["2", "5", "9"]];
    let method = format!("normalisation: none\naggregation: geometric\n{THREE}");
    refused(&rows, &method, "takes a geometric mean");
    let method = format!("aggregation: geometric\n{THREE}");
    refused(&rows, &method, "can score zero");
}

#[test]
fn units_without_data_have_no_rank() {
    let rows = [["1", "2", "3"], ["", "", ""], ["4", "5", "6"], ["7", "8", "9"]];
    ranked(&rows, THREE, &[Some(3), None, Some(2), Some(1)]);
}

#[test]
fn one_unit_two_units_and_none() {
    let one = "normalisation: { method: min-max, constant: mid }\n";
    ranked(&[["1", "2", "3"]], &format!("{one}{THREE}"), &[Some(1)]);
    ranked(&[["1", "2", "3"], ["2", "1", "4"]], THREE, &[Some(2), Some(1)]);
    let none = sound(&project(&[], THREE));
    assert_eq!(none.code, Some(1), "{}", none.stderr);
    let blank = [["", "", ""], ["", "", ""]];
    let ran = sound(&project(&blank, THREE));
    assert!(ran.code.is_some(), "{}", ran.stderr);
}

#[test]
fn ties_everywhere_share_the_first_rank() {
    let rows = [["1", "2", "3"]; 4];
    let method = format!("normalisation: {{ method: goalposts, low: 0, high: 10 }}\n{THREE}");
    ranked(&rows, &method, &[Some(1); 4]);
}

#[test]
fn negative_weights_are_refused() {
    let rows = [["1", "2", "3"], ["2", "1", "4"]];
    let method =
        "framework: [{ code: a, weight: -1 }, { code: b, weight: 2 }, { code: c, weight: 1 }]";
    refused(&rows, method, "config/");
}

#[test]
fn inconsistent_judgements_are_told_and_impossible_ones_refused() {
    let rows = [["1", "2", "3"], ["2", "1", "4"], ["3", "5", "1"]];
    let method = format!("weighting: {{ method: ahp, matrix: [[9, 1/9], [9]] }}\n{THREE}");
    let ran = project(&rows, &method).run(&["rank", "REPORT", "--json"]).ends_with(0);
    assert!(ran.stderr.contains("inconsistent"), "{}", ran.stderr);
    let method = format!("weighting: {{ method: ahp, matrix: [[0, 1], [1]] }}\n{THREE}");
    refused(&rows, &method, "error[");
}

#[test]
fn figures_beyond_all_measure_are_refused() {
    let rows = [["1e300", "2", "3"], ["-1e300", "1", "4"], ["3", "5", "1"]];
    refused(&rows, THREE, "beyond ±1e100");
    // Small ones are only small.
    let rows = [["1e-300", "2", "3"], ["3e-300", "1", "4"], ["2e-300", "5", "1"]];
    ranked(&rows, "framework: [{ code: a }]", &[Some(3), Some(1), Some(2)]);
    let method = "normalisation: z-score\nframework: [{ code: a }]";
    let ran = sound(&project(&rows, method));
    assert!(ran.code.is_some(), "{}", ran.stderr);
}

fn choice(from: &'static [&'static str]) -> impl Strategy<Value = &'static str> {
    prop::sample::select(from)
}

const CELLS: &[&str] =
    &["", "0", "0", "1", "1", "2.5", "-3", "100", "1e-300", "-1e-300", "1e99", "1e300"];
const SCALES: &[&str] = &[
    "min-max",
    "{ method: min-max, range: [1, 100], constant: mid }",
    "{ method: z-score, constant: drop }",
    "{ method: percentile-rank, constant: 3, range: [1, 9] }",
    "{ method: fraction-of-maximum }",
    "{ method: goalposts, low: -2, high: 2 }",
    "{ method: target-type, target: 1, constant: mid }",
    "none",
];
const WEIGHTS: &[&str] =
    &["equal", "entropy", "critic", "cv", "pca", "{ method: pca, variant: rotated }"];
const MEANS: &[&str] = &[
    "arithmetic",
    "geometric",
    "harmonic",
    "{ method: power, exponent: -2 }",
    "median",
    "copeland",
    "topsis",
    "vikor",
    "grey-relational",
    "rsr",
    "mpi",
];
const TREATMENTS: &[&str] =
    &["none", "winsorise-log", "{ method: box-cox, lambda: 3 }", "percentile-clamp"];
const GAPS: &[&str] = &["none", "mean", "median", "{ method: group-median, group: region }"];
const TIERS: &[&str] = &[
    "{ method: natural-breaks, count: 3 }",
    "{ method: ward, count: 2 }",
    "{ method: rsr-probit, count: 3 }",
    "{ method: largest-gap, count: 2 }",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_makes_the_program_fall(
        cells in prop::collection::vec((choice(CELLS), choice(CELLS), choice(CELLS)), 1..7),
        scale in choice(SCALES),
        weights in choice(WEIGHTS),
        mean in choice(MEANS),
        treatment in choice(TREATMENTS),
        gaps in choice(GAPS),
        tiers in choice(TIERS),
    ) {
        let rows: Vec<[&str; 3]> = cells.iter().map(|&(a, b, c)| [a, b, c]).collect();
        let method = format!(
            "normalisation: {scale}\nweighting: {weights}\naggregation: {mean}\n\
             treatment: {treatment}\ntiers: {tiers}\n\
             missing: {{ unit-threshold: 0, indicator-threshold: 0, imputation: {gaps} }}\n\
             robustness: {{ replicates: 20, weights: {{ noise: 0.5 }}, noise: {{ relative: 0.2 }}, \
             imputation: [none, mean], treatment: [none, percentile-clamp], \
             sobol: {{ samples: 8 }} }}\n{THREE}"
        );
        let method = if scale.contains("target") {
            method.replace("{ code: a }", "{ code: a, treatment: none }")
        } else {
            method
        };
        sound(&project(&rows, &method));
    }
}
