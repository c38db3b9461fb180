//! A small bench for tests: a methodology as YAML, a matrix of values, the result.

use crate::config::{Methodology, Status, methodology};
use crate::data::{Cell, Dataset, IndicatorData};
use crate::diag::{Phase, Warned};
use crate::index::{IndexResult, compute};

/// A flat methodology over so many indicators `c1`, `c2`, … that keep their own values.
pub(super) fn flat(indicators: usize, negative: &[usize], weights: &[f64], head: &str) -> String {
    use std::fmt::Write as _;
    let mut text = format!("schema-version: 1\n{head}\nframework:\n");
    for at in 0..indicators {
        let direction = if negative.contains(&at) { "negative" } else { "positive" };
        let _ = write!(text, "  - {{ code: c{}, direction: {direction}", at + 1);
        if let Some(weight) = weights.get(at) {
            let _ = write!(text, ", weight: {weight}");
        }
        text.push_str(" }\n");
    }
    text
}

/// Data of every indicator of the tree, from rows of units.
pub(super) fn dataset(method: &Methodology, rows: &[Vec<Option<f64>>]) -> Dataset {
    let cell = |value| Cell { value, status: Status::Official, inputs: Vec::new() };
    let indicators = method.indicators().enumerate().map(|(column, node)| IndicatorData {
        node,
        year: None,
        years: Vec::new(),
        cells: rows.iter().map(|row| row[column].map(cell)).collect(),
        base: Vec::new(),
        reference: None,
    });
    Dataset { indicators: indicators.collect(), raw: Vec::new() }
}

/// Computes the index of a matrix; units are called `u1`, `u2`, ….
pub(super) fn run(yaml: &str, rows: &[Vec<Option<f64>>]) -> Phase<IndexResult> {
    let method = methodology(yaml).unwrap_or_else(|found| panic!("{found:#?}\n{yaml}"));
    let units: Vec<String> = (1..=rows.len()).map(|n| format!("u{n}")).collect();
    compute(&method, &dataset(&method, rows), &units)
}

/// The result of a matrix without gaps that must compute, with its warnings.
pub(super) fn warned(yaml: &str, rows: &[Vec<f64>]) -> Warned<IndexResult> {
    let rows: Vec<Vec<Option<f64>>> =
        rows.iter().map(|row| row.iter().copied().map(Some).collect()).collect();
    run(yaml, &rows).unwrap_or_else(|found| panic!("{found:#?}"))
}

/// The result of a matrix without gaps that must compute.
pub(super) fn result(yaml: &str, rows: &[Vec<f64>]) -> IndexResult {
    warned(yaml, rows).value
}

/// Holds two lists of numbers against each other.
#[track_caller]
pub(super) fn close(found: &[f64], wanted: &[f64], tolerance: f64) {
    assert_eq!(found.len(), wanted.len());
    for (x, y) in found.iter().zip(wanted) {
        assert!((x - y).abs() <= tolerance, "{found:?} is not {wanted:?}");
    }
}
