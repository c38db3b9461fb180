//! `rankpress rank`: rankings on the terminal, as JSON or as CSV.

use std::fmt::Write as _;

use crate::cli::args::{By, Rank};
use crate::cli::compare::unknown_variant;
use crate::cli::talk::{data, say};
use crate::cli::{Outcome, messages, over_time, screened};
use crate::config::{MAIN, Ties};
use crate::content::Results;
use crate::diag::nearest;
use crate::export::{Telling, rankings_csv, rankings_json};
use crate::index::robustness::RankInterval;
use crate::index::{GroupRank, Grouping};
use crate::lang::Localised;
use crate::num::round_to;
use crate::pipeline::{Run, Silent};

pub(super) fn run(arguments: &Rank) -> Outcome {
    let mut run = match Run::open(&arguments.file) {
        Ok(run) => run,
        Err(found) => return messages::report(None, &[found], arguments.messages),
    };
    // Intervals are those of the main result.
    let results = match arguments.variant.as_deref() {
        None | Some(MAIN) => run.ranked(&mut Silent),
        Some(_) => run.results(&mut Silent),
    };
    let outcome = messages::report(Some(&run.sources), &run.findings, arguments.messages);
    let Some(results) = results else { return outcome };
    let by = arguments.by.map(grouping);
    let asked = of_variant(results, arguments.variant.as_deref()).and_then(|results| {
        let nodes = chosen(&results, arguments)?;
        if by == Some(Grouping::Tier) && results.index.tiers.is_none() {
            return Err("error: the methodology forms no tiers; see `tiers`".to_owned());
        }
        Ok((results, nodes))
    });
    let (results, nodes) = match asked {
        Ok(asked) => asked,
        Err(message) => {
            say(&message);
            return Outcome::Usage;
        }
    };
    let telling = Telling { by, variant: arguments.variant.as_deref() };
    data(&if arguments.json {
        rankings_json(&results, &nodes, telling)
    } else if arguments.csv {
        rankings_csv(&results, &nodes, telling)
    } else {
        text(&results, &nodes, telling)
    });
    outcome
}

/// The results of a variant in place of the main ones; `main` and none leave them.
pub(super) fn of_variant(results: Results, id: Option<&str>) -> Result<Results, String> {
    match id {
        None | Some(MAIN) => Ok(results),
        Some(id) => results.of_variant(id).ok_or_else(|| unknown_variant(&results, id)),
    }
}

const fn grouping(by: By) -> Grouping {
    match by {
        By::Province => Grouping::Province,
        By::Region => Grouping::Region,
        By::Agglomeration => Grouping::Agglomeration,
        By::AdminRank => Grouping::AdminRank,
        By::Tier => Grouping::Tier,
    }
}

fn chosen(results: &Results, arguments: &Rank) -> Result<Vec<usize>, String> {
    if arguments.all {
        return Ok((0..results.config.method.nodes.len()).collect());
    }
    node_of(results, arguments.node.as_deref()).map(|node| vec![node])
}

/// The node of a code, the index without one.
pub(super) fn node_of(results: &Results, code: Option<&str>) -> Result<usize, String> {
    let Some(code) = code else { return Ok(0) };
    results.find_node(code).ok_or_else(|| unknown_node(results, code))
}

/// The message about a node the framework does not have.
pub(super) fn unknown_node(results: &Results, code: &str) -> String {
    let codes = results.config.method.nodes.iter().map(|n| n.code.as_str());
    let near = nearest(code, codes);
    let hint = near.first().map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
    format!("error: the framework has no node `{code}`{hint}")
}

/// The Chinese name of a unit, filled up so that columns line up: Han characters count double.
pub(super) fn padded(results: &Results, unit: usize) -> String {
    let name = &results.unit(unit).name.zh;
    let pad = 12_usize.saturating_sub(name.chars().count() * 2);
    format!("{name}{}", " ".repeat(pad))
}

/// A table for every node, in blocks where groups were asked for; units without a score stand last.
fn text(results: &Results, nodes: &[usize], telling: Telling<'_>) -> String {
    let mut out = String::new();
    for &at in nodes {
        let node = results.node(at);
        let _ = write!(out, "{}  {}  {}", node.code, node.name.zh, node.name.en);
        if let Some(name) = telling.variant.and_then(|id| results.way_name(id)) {
            let _ = write!(out, "  [{}  {}]", name.zh, name.en);
        }
        out.push('\n');
        let ranked = results.order(at).iter().copied();
        let unranked = (0..results.count()).filter(|&unit| results.rank(unit, at).is_none());
        let units: Vec<usize> = ranked.chain(unranked).collect();
        match telling.by {
            None => table(&mut out, results, at, &units, None),
            Some(by) => blocks(&mut out, results, at, &units, by),
        }
        out.push('\n');
    }
    out.push_str(&screened::text(results));
    out
}

/// A block for every group, in the order of their first units; units in no group stand last.
fn blocks(out: &mut String, results: &Results, at: usize, units: &[usize], by: Grouping) {
    let within = results.group_ranks(at, by);
    let mut groups: Vec<(Localised<String>, Vec<usize>)> = Vec::new();
    for &unit in units {
        let name = results.group_name(unit, by);
        match groups.iter_mut().find(|(own, _)| *own == name) {
            Some((_, members)) => members.push(unit),
            None => groups.push((name, vec![unit])),
        }
    }
    groups.sort_by_key(|(name, _)| name.zh.is_empty());
    for (at_group, (name, members)) in groups.iter().enumerate() {
        if at_group > 0 {
            out.push('\n');
        }
        let none = name.zh.is_empty();
        let (zh, en) =
            if none { ("不属于任何一组", "in none") } else { (&*name.zh, &*name.en) };
        let _ = writeln!(out, "{zh}  {en}");
        table(out, results, at, members, Some(&within));
    }
}

/// Rank, city and score; the rank within the group, and the interval of the rank, where there are.
fn table(
    out: &mut String,
    results: &Results,
    at: usize,
    units: &[usize],
    within: Option<&[Option<GroupRank>]>,
) {
    let dash = || "—".to_owned();
    let averages = match results.config.method.ranks.ties {
        Ties::Average => Some(results.at(at).average_ranks()),
        Ties::Competition | Ties::Dense | Ties::Ordinal => None,
    };
    let intervals = results.has_intervals(at);
    if within.is_some() {
        out.push_str("group  ");
    }
    let _ = write!(out, "{:>5}  {:<10}  {:>9}", "rank", "城市", "score");
    let _ = write!(out, "{}", if intervals { "  median    5–95 %" } else { "" });
    let _ = writeln!(out, "{}  city", over_time::head(results));
    for &unit in units {
        if let Some(within) = within {
            let own = within[unit];
            let _ = write!(out, "{:>5}  ", own.map_or_else(dash, |own| marked(own.rank, own.tied)));
        }
        let tied = results.at(at).tied[unit];
        let rank = results.rank(unit, at).map_or_else(dash, |rank| {
            let average = averages.as_ref().and_then(|own| own[unit]);
            average.map_or_else(|| marked(rank, tied), |own| marked(own, tied))
        });
        let score = results.score(unit, at).map_or_else(dash, |score| format!("{score:.2}"));
        let _ = write!(out, "{rank:>5}  {}  {score:>9}", padded(results, unit));
        if intervals {
            let own = results.variation(unit, at);
            let median = own.map_or_else(dash, |own| format!("{:.1}", own.median));
            let range = own.map_or_else(dash, |own| range(&own));
            let _ = write!(out, "  {median:>6}  {range:>8}");
        }
        let more = over_time::of(results, unit, at);
        let _ = writeln!(out, "{more}  {}", results.unit(unit).name.en);
    }
}

/// A rank, with `=` where it is shared.
fn marked<T: std::fmt::Display>(rank: T, tied: bool) -> String {
    format!("{rank}{}", if tied { "=" } else { "" })
}

/// The 5 % and the 95 % quantile of a rank, which lie between two ranks at times.
fn range(own: &RankInterval) -> String {
    format!("{}–{}", round_to(own.low, 1), round_to(own.high, 1))
}
