//! Rankings as JSON and CSV: scores at full precision, ordered by rank, then code.

use serde::Serialize;
use serde_json::Value;

use crate::content::Results;
use crate::export::data_step;
use crate::lang::Localised;
use crate::num::Rank;

/// Version of the form of rankings.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Rankings<'a> {
    schema: u32,
    edition: i32,
    nodes: Vec<NodeRanking<'a>>,
    /// What was left out or kept by decision, if anything was.
    #[serde(skip_serializing_if = "Option::is_none")]
    screening: Option<Value>,
}

/// The ranking at one node.
#[derive(Debug, Serialize)]
pub(super) struct NodeRanking<'a> {
    code: &'a str,
    level: usize,
    name: &'a Localised<String>,
    ranking: Vec<Entry<'a>>,
}

#[derive(Debug, Serialize)]
struct Entry<'a> {
    unit: &'a str,
    name: &'a Localised<String>,
    score: Option<f64>,
    rank: Option<Rank>,
    coverage: f64,
}

/// The rankings at the given nodes: `{"schema":1,"edition":…,"nodes":[…]}`.
///
/// Units without a score stand last, with `null` for score and rank.
#[must_use]
pub fn rankings_json(results: &Results, nodes: &[usize]) -> String {
    let rankings = Rankings {
        schema: SCHEMA,
        edition: results.config.report.edition,
        nodes: nodes.iter().map(|&n| node_ranking(results, n)).collect(),
        screening: data_step::screening(results),
    };
    to_json(&rankings)
}

/// JSON with a final line break; the types here always serialise.
pub(super) fn to_json<T: Serialize>(value: &T) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

pub(super) fn node_ranking(results: &Results, at: usize) -> NodeRanking<'_> {
    let node = results.node(at);
    let ranking = entries(results, at)
        .into_iter()
        .map(|unit| {
            let own = results.unit(unit);
            Entry {
                unit: &own.code,
                name: &own.name,
                score: results.score(unit, at),
                rank: results.rank(unit, at),
                coverage: results.at(at).coverage[unit],
            }
        })
        .collect();
    NodeRanking { code: &node.code, level: node.level, name: &node.name, ranking }
}

/// Every unit: the ranked ones in order, then the others by code.
fn entries(results: &Results, at: usize) -> Vec<usize> {
    let mut units = results.order(at).to_vec();
    units.extend((0..results.count()).filter(|&u| results.rank(u, at).is_none()));
    units
}

/// The rankings at the given nodes as CSV with a header row.
#[must_use]
pub fn rankings_csv(results: &Results, nodes: &[usize]) -> String {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let header = ["node", "level", "unit", "name_zh", "name_en", "score", "rank", "coverage"]
        .map(str::to_owned);
    let rows = nodes.iter().flat_map(|&at| {
        entries(results, at).into_iter().map(move |unit| {
            let (node, own) = (results.node(at), results.unit(unit));
            [
                node.code.clone(),
                node.level.to_string(),
                own.code.clone(),
                own.name.zh.clone(),
                own.name.en.clone(),
                results.score(unit, at).map(|s| s.to_string()).unwrap_or_default(),
                results.rank(unit, at).map(|r| r.to_string()).unwrap_or_default(),
                results.at(at).coverage[unit].to_string(),
            ]
        })
    });
    for row in std::iter::once(header).chain(rows) {
        writer.write_record(&row).expect("a vector takes every record of equal length");
    }
    let bytes = writer.into_inner().expect("a vector needs no flushing");
    String::from_utf8(bytes).expect("the records are text")
}
