//! `rankpress rank`: rankings on the terminal, as JSON or as CSV.

use std::fmt::Write as _;

use crate::cli::args::Rank;
use crate::cli::talk::{data, say};
use crate::cli::{Outcome, messages, screened};
use crate::content::Results;
use crate::diag::nearest;
use crate::export::{rankings_csv, rankings_json};
use crate::pipeline::{Run, Silent};

pub(super) fn run(arguments: &Rank) -> Outcome {
    let mut run = match Run::open(&arguments.file) {
        Ok(run) => run,
        Err(found) => return messages::report(None, &[found], arguments.messages),
    };
    let results = run.results(&mut Silent);
    let outcome = messages::report(Some(&run.sources), &run.findings, arguments.messages);
    let Some(results) = results else { return outcome };
    let nodes = match chosen(&results, arguments) {
        Ok(nodes) => nodes,
        Err(message) => {
            say(&message);
            return Outcome::Usage;
        }
    };
    data(&if arguments.json {
        rankings_json(&results, &nodes)
    } else if arguments.csv {
        rankings_csv(&results, &nodes)
    } else {
        text(&results, &nodes)
    });
    outcome
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

/// A plain table; units without a score stand last.
fn text(results: &Results, nodes: &[usize]) -> String {
    let dash = || "—".to_owned();
    let mut out = String::new();
    for &at in nodes {
        let node = results.node(at);
        let _ = writeln!(out, "{}  {}  {}", node.code, node.name.zh, node.name.en);
        let _ = writeln!(out, "{:>5}  {:<10}  {:>9}  city", "rank", "城市", "score");
        let ranked = results.order(at).iter().copied();
        let unranked = (0..results.count()).filter(|&unit| results.rank(unit, at).is_none());
        for unit in ranked.chain(unranked) {
            let own = results.unit(unit);
            let tied = if results.at(at).tied[unit] { "=" } else { "" };
            let rank = results.rank(unit, at).map_or_else(dash, |rank| format!("{rank}{tied}"));
            let score = results.score(unit, at).map_or_else(dash, |score| format!("{score:.2}"));
            let name = padded(results, unit);
            let _ = writeln!(out, "{rank:>5}  {name}  {score:>9}  {}", own.name.en);
        }
        out.push('\n');
    }
    out.push_str(&screened::text(results));
    out
}
