//! `results.json`: everything computed, with the data it rests on.

use serde_json::{Value, json};

use crate::config::Balance;
use crate::content::Results;
use crate::data::Unit;
use crate::export::network::{self, NetworkView};
use crate::export::ranking::{node_ranking, to_json};
use crate::export::{data_step, over_time};
use crate::index::{Benchmark, GroupRank, Grouping, UnitType, VariantResult};

/// Version of the form of `results.json`.
const SCHEMA: u32 = 1;

/// Rankings at every node, tiers, status shares and indicator values.
#[must_use]
pub fn results_json(results: &Results) -> String {
    let report = &results.config.report;
    let nodes: Vec<_> = (0..results.config.method.nodes.len())
        .map(|at| {
            json!({
                "weight": results.weight(at),
                "effective_weight": results.effective_weight(at),
                "parent": results.node(at).parent.map(|p| results.node(p).code.as_str()),
                "results": node_ranking(results, at, None),
            })
        })
        .collect();
    let mut value = json!({
        "schema": SCHEMA,
        "report": report.id,
        "edition": report.edition,
        "year": results.config.method.year,
        "units": units(results),
        "nodes": nodes,
        "tiers": tiers(results),
        "typology": typology(results),
        "status": status(results),
        "values": values(results),
        "corrections": corrections(results),
        "checks": data_step::checks(results),
        "screening": data_step::screening(results),
        "treatment": data_step::treatment(results),
        "method": results.index.log,
    });
    if !results.index.variants.is_empty() {
        value["variants"] = variants(results);
    }
    if !results.config.networks.is_empty() {
        let view = NetworkView {
            plan: &results.config.networks,
            tables: &results.inputs.networks,
            gazetteer: &results.inputs.gazetteer,
            results: &results.networks,
        };
        value["networks"] = network::networks(view).into();
        value["cascades"] = network::cascades(&results.networks);
    }
    if let Some(years) = over_time::years(results) {
        value["years"] = years;
    }
    if let Some(changes) = over_time::changes(results) {
        value["changes"] = changes;
    }
    to_json(&value)
}

/// Score and rank of the whole index under each variant, and the weights it used.
fn variants(results: &Results) -> Value {
    let one = |variant: &VariantResult| {
        let index = variant.result.index();
        let units: Vec<Value> = results
            .inputs
            .units
            .iter()
            .enumerate()
            .map(|(at, unit)| {
                json!({ "unit": unit.code, "score": index.scores[at], "rank": index.ranks[at] })
            })
            .collect();
        json!({ "id": variant.id, "weights": variant.result.weights, "units": units })
    };
    results.index.variants.iter().map(one).collect()
}

fn units(results: &Results) -> Value {
    let ranks = Grouping::ALL.map(|by| (by, results.group_ranks(0, by)));
    let groups = |at: usize| -> Value {
        let one = |(by, ranks): &(Grouping, Vec<Option<GroupRank>>)| {
            let name = results.group_name(at, *by);
            let own = ranks[at];
            let group = json!({
                "name": name,
                "rank": own.map(|own| own.rank),
                "size": own.map(|own| own.size),
                "tied": own.map(|own| own.tied),
            });
            (!name.zh.is_empty()).then(|| (by.word().to_owned(), group))
        };
        Value::Object(ranks.iter().filter_map(one).collect())
    };
    let units = results.inputs.units.iter().enumerate();
    let one = |(at, u): (usize, &Unit)| {
        json!({
            "code": u.code,
            "slug": u.slug,
            "name": u.name,
            "region": u.region,
            "groups": groups(at),
        })
    };
    units.map(one).collect()
}

fn tiers(results: &Results) -> Value {
    let (Some(tiers), Some(rule)) = (&results.index.tiers, &results.config.method.tiers) else {
        return Value::Null;
    };
    let list: Vec<Value> = tiers
        .tiers
        .iter()
        .enumerate()
        .map(|(i, tier)| {
            let members: Vec<&str> =
                tier.members.iter().map(|&u| results.unit(u).code.as_str()).collect();
            json!({
                "name": { "zh": rule.names.zh.get(i), "en": rule.names.en.get(i) },
                "low": tier.low,
                "high": tier.high,
                "units": members,
            })
        })
        .collect();
    json!({ "cuts": tiers.cuts(), "goodness": tiers.goodness, "sse": tiers.sse, "tiers": list })
}

/// Type, leading dimensions and balance of every unit, and the best at every dimension; `null` if
/// the methodology sorts into no types.
pub(super) fn typology(results: &Results) -> Value {
    let rule = results.config.method.typology.as_ref();
    let Some((typology, rule)) = results.index.typology.as_ref().zip(rule) else {
        return Value::Null;
    };
    let codes = |units: &[usize]| -> Value {
        units.iter().map(|&u| results.unit(u).code.as_str()).collect()
    };
    let node = |at: usize| results.node(at).code.as_str();
    let types = rule.types.iter().zip(&typology.members);
    let unit = |(at, own): (usize, &Option<UnitType>)| {
        let own = own.as_ref()?;
        Some(json!({
            "unit": results.unit(at).code,
            "type": own.kind,
            "leading": own.leading.iter().map(|&d| node(d)).collect::<Value>(),
            "lead": own.lead,
            "evenness": own.evenness,
            "balance": own.balance.map(Balance::word),
            "below_mean": own.below_mean,
        }))
    };
    let best = |own: &Benchmark| {
        json!({
            "node": node(own.dimension),
            "tier": own.tier.map(|t| t + 1),
            "units": codes(&own.units),
        })
    };
    json!({
        "leading": rule.leading.word(),
        "balance": rule.balance.word(),
        "balanced": rule.balanced,
        "skewed": rule.skewed,
        "types": types
            .map(|(kind, members)| json!({ "name": kind.name, "units": codes(members) }))
            .collect::<Value>(),
        "units": typology.units.iter().enumerate().filter_map(unit).collect::<Value>(),
        "benchmarks": typology.benchmarks.iter().map(best).collect::<Value>(),
    })
}

fn status(results: &Results) -> Value {
    results
        .index
        .status
        .iter()
        .map(|s| json!({ "status": s.status.map(crate::config::Status::word), "share": s.share }))
        .collect()
}

/// Values of the indicators by node and unit.
fn values(results: &Results) -> Value {
    let dataset = &results.inputs.dataset;
    results
        .inputs
        .dataset
        .indicators
        .iter()
        .map(|indicator| {
            let cells: Vec<Value> = indicator
                .cells
                .iter()
                .enumerate()
                .map(|(unit, cell)| {
                    let sources: std::collections::BTreeSet<&str> =
                        cell.iter().flat_map(|c| dataset.sources(c)).collect();
                    json!({
                        "unit": results.unit(unit).code,
                        "value": cell.as_ref().map(|c| c.value),
                        "status": cell.as_ref().map(|c| c.status.word()),
                        "imputed": cell.as_ref().and_then(|c| c.imputed.as_ref()).map(|i| i.rule),
                        "sources": sources,
                    })
                })
                .collect();
            let spec = results.spec(indicator.node);
            json!({
                "node": results.node(indicator.node).code,
                "formula": spec.map(|s| s.value.text.as_str()),
                "measure": spec.map(|s| &s.measure),
                "years": indicator.years,
                "cells": cells,
            })
        })
        .collect()
}

fn corrections(results: &Results) -> Value {
    results
        .inputs
        .corrections
        .iter()
        .map(|c| {
            json!({
                "unit": results.unit(c.unit).code,
                "indicator": c.entry.indicator.0,
                "year": c.entry.year,
                "from": c.entry.from.0,
                "to": c.entry.to,
                "reason": c.entry.reason,
                "date": c.entry.date,
                "by": c.entry.by,
            })
        })
        .collect()
}
