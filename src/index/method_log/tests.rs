//! What the log tells of a small index with every kind of step.

use super::*;
use crate::config::{ConstantRule, Treatment};
use crate::index::testing::{result, run};
use crate::index::{Applied, RANDOM_INDEX};

const YAML: &str = "
schema-version: 1
weighting: { method: ahp, matrix: [[3, 5], [3]] }
aggregation: geometric
normalisation: { method: min-max, range: [1, 100], constant: mid }
treatment: winsorise-log
missing: { unit-threshold: 0.5, indicator-threshold: 0 }
tiers: { method: fixed-cuts, cuts: [50] }
ranks: { ties: dense, round-digits: 2 }
framework:
  - { code: a, value: \"x / y * 100\" }
  - { code: b, direction: negative, normalisation: { method: z-score, scale: [50, 10] }, treatment: none }
  - { code: c, normalisation: { method: goalposts, low: 0, high: 10, range: [1, 10] }, treatment: none }
";

fn log() -> MethodLog {
    let mut rows: Vec<Vec<Option<f64>>> = (1..=10)
        .map(|i| vec![Some(f64::from(i)), Some(f64::from(i % 3)), Some(f64::from(i))])
        .collect();
    rows.push(vec![Some(30.0), Some(1.0), None]);
    rows.push(vec![Some(100.0), Some(1.0), Some(5.0)]);
    rows.push(vec![None, None, Some(5.0)]);
    run(YAML, &rows).unwrap_or_else(|found| panic!("{found:#?}")).value.log
}

#[test]
fn data_and_screening_are_counted() {
    let data = log().data;
    assert_eq!((data.units, data.ranked, data.indicators), (13, 12, 3));
    assert_eq!((data.cells, data.observed, data.imputed), (36, 35, 0));
    assert_eq!(data.screening.units.len(), 1);
    assert_eq!(data.screening.units[0].ground, "availability");
    // Of three children, the last weighs the least: a unit without it is known for the rest.
    let least = data.least_coverage.unwrap();
    assert!(least > 0.85 && least < 0.95, "{least}");
}

#[test]
fn indicators_tell_the_figures_they_took() {
    let log = log();
    let [a, b, c] = log.indicators.as_slice() else { panic!() };
    assert_eq!(a.definition, DefinitionStep::Formula { formula: "x / y * 100".into() });
    assert_eq!((a.treatment.applied, a.treatment.points), (Applied::Winsorised, 1));
    assert!(a.treatment.before.skew.unwrap() > 2.0 && a.treatment.after.skew.unwrap() < 2.0);
    let scale = &a.normalisation;
    assert_eq!((scale.minimum, scale.maximum, scale.count), (Some(1.0), Some(30.0), 12));
    assert_eq!((scale.lowest, scale.highest), (Some(1.0), Some(100.0)));
    assert!(scale.shared && scale.constant.is_none());
    assert_eq!((b.treatment.rule, b.normalisation.shared), (Treatment::None, false));
    assert_eq!(b.normalisation.mean, Some(1.0));
    assert_eq!(c.known, 12);
    assert_eq!(c.level, 1);
}

#[test]
fn the_index_tells_weights_and_means() {
    let log = log();
    let [index] = log.parents.as_slice() else { panic!() };
    let judgement = index.weighting.judgement.as_ref().unwrap();
    assert_eq!((judgement.experts, judgement.random_index), (1, "Saaty"));
    assert!((judgement.combined.lambda - 3.038_511_090_6).abs() < 1e-9);
    assert!((judgement.combined.random - RANDOM_INDEX[2]).abs() < 1e-15);
    let weights: Vec<f64> = index.weighting.children.iter().map(|c| c.weight).collect();
    crate::index::testing::close(
        &weights,
        &[0.636_985_571_7, 0.258_284_994_4, 0.104_729_433_9],
        1e-9,
    );
    assert!((index.weighting.children[2].effective - weights[2]).abs() < 1e-15);
    let own = index.aggregation;
    assert_eq!((own.units, own.below_threshold, own.redistributed), (12, 1, 1));
    assert_eq!(own.floor, Some(1.0));
    assert_eq!((log.ranks.ranked, log.ranks.round_digits), (12, Some(2)));
    let tiers = log.tiers.unwrap();
    assert_eq!(
        (tiers.asked, tiers.cuts.as_slice(), tiers.sizes.iter().sum()),
        (2, &[50.0][..], 12)
    );
}

#[test]
fn the_rule_for_constants_is_told_where_it_was_applied() {
    let head = "schema-version: 1\nnormalisation: { method: min-max, constant: 7 }\n\
                framework: [{ code: a }, { code: b }]";
    let log = result(head, &[vec![1.0, 5.0], vec![1.0, 6.0]]).log;
    assert_eq!(log.indicators[0].normalisation.constant, Some(ConstantRule::Value(7.0)));
    assert_eq!(log.indicators[1].normalisation.constant, None);
}

#[test]
fn every_step_becomes_json() {
    let value = serde_json::to_value(log()).unwrap();
    assert_eq!(value["indicators"][1]["normalisation"]["rule"]["method"], "z-score");
    assert_eq!(value["indicators"][0]["treatment"]["applied"], "winsorised");
    assert_eq!(value["parents"][0]["weighting"]["rule"]["method"], "ahp");
    assert_eq!(value["parents"][0]["weighting"]["children"][0]["code"], "a");
    assert_eq!(value["parents"][0]["aggregation"]["rule"]["method"], "geometric");
    assert_eq!(value["tiers"]["rule"]["method"], "fixed-cuts");
    assert_eq!(value["ranks"]["ties"], "dense");
}
