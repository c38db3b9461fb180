//! Rankings as JSON and CSV: scores at full precision, ordered by rank, then code.

use serde::Serialize;
use serde_json::Value;

use crate::config::Ties;
use crate::content::Results;
use crate::export::data_step;
use crate::index::Grouping;
use crate::lang::Localised;
use crate::num::Rank;

/// Version of the form of rankings.
const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Rankings<'a> {
    schema: u32,
    edition: i32,
    /// The variant that was asked for, if one was.
    #[serde(skip_serializing_if = "Option::is_none")]
    variant: Option<&'a str>,
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
    /// The mean place of equals, where the methodology ranks so.
    #[serde(skip_serializing_if = "Option::is_none")]
    average_rank: Option<f64>,
    coverage: f64,
    /// How the rank varies, where it was followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    interval: Option<Interval>,
    /// The rank within the group, if groups were asked for and the unit is in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<Within>,
    /// Rank in the edition before and places gained, where the report names one.
    #[serde(flatten)]
    change: Option<Change>,
    /// Score and rank in the other years of the methodology.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    years: Vec<OfYear>,
}

/// The rank in the edition before.
#[derive(Debug, Clone, Copy, Serialize)]
struct Change {
    previous_rank: Option<Rank>,
    change: Option<i64>,
}

/// What a unit came to in another year.
#[derive(Debug, Clone, Copy, Serialize)]
struct OfYear {
    year: i32,
    score: Option<f64>,
    rank: Option<Rank>,
}

/// Quantiles of the rank over the replicates of the uncertainty analysis, of type 7.
#[derive(Debug, Clone, Copy, Serialize)]
struct Interval {
    median: f64,
    q05: f64,
    q95: f64,
}

/// A rank within a group.
#[derive(Debug, Serialize)]
struct Within {
    by: &'static str,
    name: Localised<String>,
    rank: Option<Rank>,
    size: Option<usize>,
    tied: bool,
}

/// What a ranking tells beside score and rank.
#[derive(Debug, Clone, Copy, Default)]
pub struct Telling<'a> {
    /// Ranks within groups of this kind.
    pub by: Option<Grouping>,
    /// The variant the results were made by.
    pub variant: Option<&'a str>,
}

/// The rankings at the given nodes: `{"schema":1,"edition":…,"nodes":[…]}`.
///
/// Units without a score stand last, with `null` for score and rank.
#[must_use]
pub fn rankings_json(results: &Results, nodes: &[usize], telling: Telling<'_>) -> String {
    let rankings = Rankings {
        schema: SCHEMA,
        edition: results.config.report.edition,
        variant: telling.variant,
        nodes: nodes.iter().map(|&n| node_ranking(results, n, telling.by)).collect(),
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

pub(super) fn node_ranking(results: &Results, at: usize, by: Option<Grouping>) -> NodeRanking<'_> {
    let node = results.node(at);
    NodeRanking {
        code: &node.code,
        level: node.level,
        name: &node.name,
        ranking: entries(results, at, by),
    }
}

/// Every unit: the ranked ones in order, then the others by code.
fn entries(results: &Results, at: usize, by: Option<Grouping>) -> Vec<Entry<'_>> {
    let averages = match results.config.method.ranks.ties {
        Ties::Average => results.at(at).average_ranks(),
        Ties::Competition | Ties::Dense | Ties::Ordinal => Vec::new(),
    };
    let within = by.map(|by| (by, results.group_ranks(at, by)));
    let ranked = results.order(at).iter().copied();
    let others = (0..results.count()).filter(|&u| results.rank(u, at).is_none());
    let entry = |unit: usize| {
        let own = results.unit(unit);
        let variation = results.variation(unit, at);
        Entry {
            unit: &own.code,
            name: &own.name,
            score: results.score(unit, at),
            rank: results.rank(unit, at),
            average_rank: averages.get(unit).copied().flatten(),
            coverage: results.at(at).coverage[unit],
            interval: variation.map(|u| Interval { median: u.median, q05: u.low, q95: u.high }),
            group: within.as_ref().and_then(|(by, ranks)| {
                let name = results.group_name(unit, *by);
                let own = ranks[unit];
                (!name.zh.is_empty()).then(|| Within {
                    by: by.word(),
                    name,
                    rank: own.map(|own| own.rank),
                    size: own.map(|own| own.size),
                    tied: own.is_some_and(|own| own.tied),
                })
            }),
            change: change(results, unit, at),
            years: years(results, unit, at),
        }
    };
    ranked.chain(others).map(entry).collect()
}

fn change(results: &Results, unit: usize, at: usize) -> Option<Change> {
    results.changes.as_ref()?;
    let own = results.change(unit, at);
    Some(Change { previous_rank: own.map(|own| own.before), change: own.map(|own| own.places()) })
}

fn years(results: &Results, unit: usize, at: usize) -> Vec<OfYear> {
    let years = results.years.iter().map(|of| {
        let own = &of.result.nodes[at];
        OfYear { year: of.year, score: own.scores[unit], rank: own.ranks[unit] }
    });
    years.collect()
}

/// The rankings at the given nodes as CSV with a header row.
///
/// Columns that not every methodology has stand at the end: `average_rank` where equals share the
/// mean of their places, `rank_median`, `rank_q05` and `rank_q95` where it says what is uncertain
/// (filled where ranks were followed), `group_zh`, `group_en`, `group_rank` and `group_size` where groups
/// were asked for; `previous_rank` and `change` where the report names an edition before, and for every
/// other year of the methodology columns such as `score_2021` and `rank_2021`.
#[must_use]
pub fn rankings_csv(results: &Results, nodes: &[usize], telling: Telling<'_>) -> String {
    let averages = results.config.method.ranks.ties == Ties::Average;
    let intervals = results.robustness.is_some();
    let mut header =
        vec!["node", "level", "unit", "name_zh", "name_en", "score", "rank", "coverage"];
    if averages {
        header.push("average_rank");
    }
    if intervals {
        header.extend(["rank_median", "rank_q05", "rank_q95"]);
    }
    if telling.by.is_some() {
        header.extend(["group_zh", "group_en", "group_rank", "group_size"]);
    }
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    let mut write = |record: &[String]| {
        writer.write_record(record).expect("a vector takes every record of equal length");
    };
    if results.changes.is_some() {
        header.extend(["previous_rank", "change"]);
    }
    let mut header: Vec<String> = header.into_iter().map(str::to_owned).collect();
    for year in &results.years {
        header.extend([format!("score_{}", year.year), format!("rank_{}", year.year)]);
    }
    write(&header);
    for &at in nodes {
        let node = results.node(at);
        for own in entries(results, at, telling.by) {
            let mut record = vec![
                node.code.clone(),
                node.level.to_string(),
                own.unit.to_owned(),
                own.name.zh.clone(),
                own.name.en.clone(),
                text(own.score),
                text(own.rank),
                own.coverage.to_string(),
            ];
            if averages {
                record.push(text(own.average_rank));
            }
            if intervals {
                let interval = own.interval;
                record.extend([
                    text(interval.map(|i| i.median)),
                    text(interval.map(|i| i.q05)),
                    text(interval.map(|i| i.q95)),
                ]);
            }
            if telling.by.is_some() {
                let group = own.group.as_ref();
                record.extend([
                    text(group.map(|g| &g.name.zh)),
                    text(group.map(|g| &g.name.en)),
                    text(group.and_then(|g| g.rank)),
                    text(group.and_then(|g| g.size)),
                ]);
            }
            if let Some(change) = own.change {
                record.extend([text(change.previous_rank), text(change.change)]);
            }
            for year in &own.years {
                record.extend([text(year.score), text(year.rank)]);
            }
            write(&record);
        }
    }
    let bytes = writer.into_inner().expect("a vector needs no flushing");
    String::from_utf8(bytes).expect("the records are text")
}

/// A value as it stands in a table; nothing for none.
fn text<T: ToString>(value: Option<T>) -> String {
    value.map(|v| v.to_string()).unwrap_or_default()
}
