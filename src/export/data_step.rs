//! The data step in `results.json` and `rank --json`: checks, screening, treatment.

use serde_json::{Map, Value, json};

use crate::content::Results;
use crate::index::{Applied, Flag, Ground, Screened, Shape};

/// What was left out or kept by decision, and why; nothing if there is nothing to tell.
pub(super) fn screening(results: &Results) -> Option<Value> {
    let screening = &results.index.screening;
    let indicators: Vec<Value> = screening
        .indicators
        .iter()
        .map(|own| screened("indicator", &results.node(own.at).code, own))
        .collect();
    let units: Vec<Value> = screening
        .units
        .iter()
        .map(|own| screened("unit", &results.unit(own.at).code, own))
        .collect();
    (!indicators.is_empty() || !units.is_empty())
        .then(|| json!({ "indicators": indicators, "units": units }))
}

fn screened(kind: &str, code: &str, own: &Screened) -> Value {
    let mut entry = Map::new();
    entry.insert(kind.to_owned(), json!(code));
    entry.insert("kept".to_owned(), json!(own.kept));
    let ground = match &own.ground {
        Ground::Decision(reason) => json!({ "decision": reason }),
        Ground::Availability { share, threshold } => {
            json!({ "availability": share, "threshold": threshold })
        }
        Ground::Zeros { nonzero, threshold } => {
            json!({ "nonzero": nonzero, "threshold": threshold })
        }
    };
    entry.insert("ground".to_owned(), ground);
    Value::Object(entry)
}

/// What the values of every indicator look like, and which indicators tell the same.
pub(super) fn checks(results: &Results) -> Value {
    let checks = &results.index.checks;
    let code = |node: usize| results.node(node).code.as_str();
    let indicators: Vec<Value> = checks
        .indicators
        .iter()
        .map(|own| {
            let flags: Vec<&str> = own.flags.iter().map(|&flag| word(flag)).collect();
            json!({
                "indicator": code(own.node),
                "known": own.known,
                "available": own.available,
                "zeros": own.zeros,
                "unique": own.unique,
                "largest_tie": own.largest_tie,
                "minimum": own.spread.map(|s| s.minimum),
                "maximum": own.spread.map(|s| s.maximum),
                "mean": own.spread.map(|s| s.mean),
                "median": own.spread.map(|s| s.median),
                "standard_deviation": own.spread.and_then(|s| s.standard_deviation),
                "skew": own.shape.skew,
                "kurtosis": own.shape.kurtosis,
                "flags": flags,
            })
        })
        .collect();
    let duplicates: Vec<Value> = checks
        .duplicates
        .iter()
        .map(|own| {
            json!({
                "indicators": [code(own.first), code(own.second)],
                "equal": own.equal,
                "correlation": own.correlation,
            })
        })
        .collect();
    let denominators: Vec<Value> = checks
        .denominators
        .iter()
        .map(|own| {
            json!({
                "indicator": code(own.node),
                "denominator": own.column,
                "count": own.count,
                "correlation": own.correlation,
                "flagged": own.flagged,
            })
        })
        .collect();
    json!({ "indicators": indicators, "duplicates": duplicates, "denominators": denominators })
}

const fn word(flag: Flag) -> &'static str {
    match flag {
        Flag::Availability => "availability",
        Flag::Zeros => "zeros",
        Flag::Unique => "unique",
        Flag::Outliers => "outliers",
        Flag::Constant => "constant",
    }
}

/// What treatment did to every indicator under a rule: before and after.
pub(super) fn treatment(results: &Results) -> Value {
    let shape = |shape: Shape| json!({ "skew": shape.skew, "kurtosis": shape.kurtosis });
    results
        .index
        .treated
        .iter()
        .map(|own| {
            let applied = match own.applied {
                Applied::Nothing => json!("nothing"),
                Applied::Winsorised => json!("winsorised"),
                Applied::Log { mirrored: false } => json!("log"),
                Applied::Log { mirrored: true } => json!("mirrored-log"),
                Applied::BoxCox => json!("box-cox"),
                Applied::Clamped { low, high } => json!({ "clamped": [low, high] }),
            };
            let points: Vec<Value> = own
                .points
                .iter()
                .map(|point| {
                    json!({
                        "unit": results.unit(point.unit).code,
                        "before": point.before,
                        "after": point.after,
                    })
                })
                .collect();
            json!({
                "indicator": results.node(own.node).code,
                "rule": own.rule,
                "applied": applied,
                "before": shape(own.before),
                "after": shape(own.after),
                "points": points,
            })
        })
        .collect()
}
