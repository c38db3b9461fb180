//! The other years and the changes since the edition before, for `results.json`.

use serde_json::{Value, json};

use crate::content::Results;
use crate::index::over_time::{Changes, UnitChange};

/// Scores and ranks at every node for every other year; nothing if there is none.
pub(super) fn years(results: &Results) -> Option<Value> {
    let years = results.years.iter().map(|year| {
        let nodes = year.result.nodes.iter().enumerate().map(|(at, own)| {
            let units = results.inputs.units.iter().enumerate().map(|(unit, of)| {
                json!({ "unit": of.code, "score": own.scores[unit], "rank": own.ranks[unit] })
            });
            json!({ "code": results.node(at).code, "units": units.collect::<Vec<_>>() })
        });
        json!({ "year": year.year, "nodes": nodes.collect::<Vec<_>>() })
    });
    (!results.years.is_empty()).then(|| years.collect())
}

/// What changed since the edition before; nothing if the report names none.
pub(super) fn changes(results: &Results) -> Option<Value> {
    let changes = results.changes.as_ref()?;
    let nodes = changes.nodes.iter().enumerate().map(|(node, own)| {
        let units =
            own.units.iter().enumerate().filter_map(|(unit, change)| {
                Some(of_unit(&results.unit(unit).code, change.as_ref()?))
            });
        json!({ "code": results.node(node).code, "units": units.collect::<Vec<_>>() })
    });
    let codes = |nodes: &[usize]| -> Vec<&str> {
        nodes.iter().map(|&node| results.node(node).code.as_str()).collect()
    };
    let entered: Vec<&str> =
        changes.entered.iter().map(|&unit| results.unit(unit).code.as_str()).collect();
    let gone: Vec<&str> = changes.gone_nodes.iter().map(|(code, _)| code.as_str()).collect();
    let left: Vec<&str> = changes.left.iter().map(|unit| unit.code.as_str()).collect();
    Some(json!({
        "edition": changes.edition,
        "year": changes.year,
        "units_before": changes.count_before,
        "entered": entered,
        "left": left,
        "new_nodes": codes(&changes.new_nodes),
        "gone_nodes": gone,
        "without_earlier_data": codes(&changes.absent),
        "is_split": changes.is_split,
        "scores_compare": changes.is_comparable,
        "nodes": nodes.collect::<Vec<_>>(),
        "drivers": drivers(results, changes),
    }))
}

fn of_unit(code: &str, change: &UnitChange) -> Value {
    let parts = change.parts.map(|parts| {
        json!({
            "sample": parts.sample,
            "method": parts.method,
            "own_data": parts.own,
            "others_data": parts.others,
        })
    });
    json!({
        "unit": code,
        "rank_before": change.before,
        "score_before": change.score_before,
        "rank": change.now,
        "change": change.places(),
        "parts": parts,
        "score_recomputed": change.recomputed,
    })
}

/// For each unit, the indicators whose change moved its score, largest first.
fn drivers(results: &Results, changes: &Changes) -> Value {
    let units = changes.drivers.iter().enumerate().filter(|(_, own)| !own.is_empty());
    units
        .map(|(unit, own)| {
            let indicators: Vec<Value> = own
                .iter()
                .map(|d| json!({ "indicator": results.node(d.node).code, "points": d.points }))
                .collect();
            json!({ "unit": results.unit(unit).code, "indicators": indicators })
        })
        .collect()
}
