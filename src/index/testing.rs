//! A small bench for tests: methodologies, in code and as YAML, matrices of values, results.

use std::collections::BTreeMap;

use crate::config::{
    self, Aggregation, CheckLimits, ConstantRule, Definition, Direction, Formula, Imputation,
    IndicatorSpec, Methodology, Missing, Node, NodeKind, Normalisation, RankRule, ScreeningRule,
    Status, Ties, Treatment, Weighting,
};
use crate::data::{Cell, Dataset, IndicatorData, Unit};
use crate::diag::{FileId, Phase, Span, Warned};
use crate::index::{IndexResult, compute};
use crate::lang::Localised;

const SPAN: Span = Span::new(FileId(0), 0, 0);
const MIN_MAX: Normalisation =
    Normalisation::MinMax { low: 0.0, high: 100.0, constant: ConstantRule::Error };

/// The index over so many indicators of equal weight, `x1`, `x2`, …, normalised by min-max.
pub(super) fn methodology(indicators: usize) -> Methodology {
    let node = |code: String, level, parent, weight, kind| Node {
        short: Localised::same(&code),
        name: Localised::same(&code),
        description: Localised::default(),
        span: SPAN,
        code,
        level,
        parent,
        weight,
        kind,
    };
    let root = NodeKind::Dimension {
        children: (1..=indicators).collect(),
        weighting: Weighting::Equal,
        aggregation: Aggregation::Arithmetic,
    };
    let mut nodes = vec![node("index".into(), 0, None, 1.0, root)];
    for i in 1..=indicators {
        let spec = IndicatorSpec {
            measure: Localised::default(),
            direction: Direction::Positive,
            decimals: 2,
            value: Definition::formula(Formula::column(&format!("x{i}")), SPAN),
            value_span: SPAN,
            year: None,
            keeps_year: false,
            normalisation: MIN_MAX,
            over: config::Over::Year,
            imputation: Imputation::None,
            treatment: Treatment::None,
            status: None,
        };
        #[expect(clippy::cast_precision_loss, reason = "few indicators")]
        let weight = 1.0 / indicators as f64;
        nodes.push(node(format!("x{i}"), 1, Some(0), weight, NodeKind::Indicator(spec)));
    }
    Methodology {
        year: None,
        years: Vec::new(),
        nodes,
        ranks: RankRule { ties: Ties::Competition, round_digits: None },
        missing: Missing { unit_threshold: 0.5, indicator_threshold: 0.5 },
        screening: ScreeningRule::default(),
        checks: CheckLimits::default(),
        tiers: None,
        typology: None,
        normalisation: MIN_MAX,
        variants: Vec::new(),
        robustness: config::Uncertainty::default(),
    }
}

/// The values of an indicator.
pub(super) fn indicator(node: usize, values: &[Option<f64>]) -> IndicatorData {
    let cells =
        values.iter().map(|value| value.map(|value| Cell::of(value, Status::Official))).collect();
    IndicatorData {
        node,
        year: None,
        years: Vec::new(),
        cells,
        bases: BTreeMap::new(),
        references: BTreeMap::new(),
        pooled: Vec::new(),
    }
}

/// A unit with a code and a region.
pub(super) fn unit(code: &str, region: &str) -> Unit {
    Unit {
        code: code.to_owned(),
        slug: code.to_owned(),
        name: Localised::same(code),
        full_name: Localised::same(code),
        province: Localised::default(),
        region: Localised::new(region.to_owned(), String::new()),
        agglomeration: Localised::default(),
        admin_rank: Localised::default(),
        admin_rank_code: String::new(),
        lon: None,
        lat: None,
        extra: BTreeMap::new(),
    }
}

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
    let cell = |value| Cell::of(value, Status::Official);
    let indicators = method.indicators().enumerate().map(|(column, node)| IndicatorData {
        node,
        year: None,
        years: Vec::new(),
        cells: rows.iter().map(|row| row[column].map(cell)).collect(),
        bases: BTreeMap::new(),
        references: BTreeMap::new(),
        pooled: Vec::new(),
    });
    Dataset { indicators: indicators.collect(), ..Dataset::default() }
}

/// Computes the index of a matrix; units are called `u1`, `u2`, ….
pub(super) fn run(yaml: &str, rows: &[Vec<Option<f64>>]) -> Phase<IndexResult> {
    let method = config::methodology(yaml).unwrap_or_else(|found| panic!("{found:#?}\n{yaml}"));
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
