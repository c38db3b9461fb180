//! `rankpress compare`: the main result and variants side by side, as text or JSON.

use std::fmt::Write as _;

use crate::cli::args::Compare;
use crate::cli::rank::{node_of, padded};
use crate::cli::talk::{data, say};
use crate::cli::{Outcome, messages};
use crate::config::MAIN;
use crate::content::Results;
use crate::diag::nearest;
use crate::export::contrast_json;
use crate::index::{Contrast, IndexResult};
use crate::pipeline::{Run, Silent};

/// Movers that are told of each comparison.
const MOVERS: usize = 5;

pub(super) fn run(arguments: &Compare) -> Outcome {
    let mut run = match Run::open(&arguments.file) {
        Ok(run) => run,
        Err(found) => return messages::report(None, &[found], arguments.messages),
    };
    let results = run.results(&mut Silent);
    let outcome = messages::report(Some(&run.sources), &run.findings, arguments.messages);
    let Some(results) = results else { return outcome };
    let chosen = columns(&results, &arguments.variants)
        .and_then(|columns| Ok((columns, node_of(&results, arguments.node.as_deref())?)));
    let (columns, node) = match chosen {
        Ok(chosen) => chosen,
        Err(message) => {
            say(&message);
            return Outcome::Usage;
        }
    };
    data(&if arguments.json {
        contrast_json(&results, &columns, node)
    } else {
        text(&results, &columns, node)
    });
    outcome
}

/// What is compared, the base first.
fn columns<'a>(results: &'a Results, asked: &'a [String]) -> Result<Vec<&'a str>, String> {
    let own = || results.index.variants.iter().map(|v| v.id.as_str());
    if own().next().is_none() {
        return Err(
            "error: the methodology has no variants to compare; name some under `variants`"
                .to_owned(),
        );
    }
    let mut columns: Vec<&str> = Vec::new();
    for id in asked.iter().map(|id| id.trim()) {
        if results.index.way(id).is_none() {
            return Err(unknown_variant(results, id));
        }
        if !columns.contains(&id) {
            columns.push(id);
        }
    }
    match columns[..] {
        [] => Ok(std::iter::once(MAIN).chain(own()).collect()),
        [MAIN] => Err("error: `main` alone is nothing to compare; name a variant too".to_owned()),
        [one] => Ok(vec![MAIN, one]),
        _ => Ok(columns),
    }
}

/// The message about a variant the methodology does not have.
pub(super) fn unknown_variant(results: &Results, id: &str) -> String {
    let known = results.index.variants.iter().map(|v| v.id.as_str()).chain([MAIN]);
    let near = nearest(id, known);
    let hint = near.first().map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
    format!("error: the methodology has no variant `{id}`{hint}")
}

fn text(results: &Results, columns: &[&str], node: usize) -> String {
    let ways: Vec<&IndexResult> = columns.iter().filter_map(|&id| results.index.way(id)).collect();
    let contrasts: Vec<Contrast> =
        ways.iter().skip(1).map(|way| Contrast::of(ways[0], way, node)).collect();
    let own = results.node(node);
    let mut out = format!("{}  {}  {}\n", own.code, own.name.zh, own.name.en);
    for (at, (id, name)) in
        columns.iter().filter_map(|id| Some((id, results.way_name(id)?))).enumerate()
    {
        let _ = writeln!(out, "[{}] {id}  {}  {}", at + 1, name.zh, name.en);
    }
    out.push('\n');
    table(&mut out, results, &ways, &contrasts, node);
    for (id, contrast) in columns.iter().skip(1).zip(&contrasts) {
        out.push('\n');
        summary(&mut out, results, (columns[0], id), contrast);
    }
    out
}

/// Rank and score in every column, and places gained against the first.
fn table(
    out: &mut String,
    results: &Results,
    ways: &[&IndexResult],
    contrasts: &[Contrast],
    node: usize,
) {
    let dash = || "—".to_owned();
    for at in 0..ways.len() {
        let _ = write!(out, "{:>8}  {:>8}", format!("rank [{}]", at + 1), "score");
        let _ = write!(out, "{}", if at == 0 { "  " } else { "  shift  " });
    }
    out.push_str("city\n");
    let base = &ways[0].nodes[node];
    let ranked = base.order.iter().copied();
    for unit in ranked.chain((0..results.count()).filter(|&u| base.ranks[u].is_none())) {
        for (at, way) in ways.iter().enumerate() {
            let own = &way.nodes[node];
            let tied = if own.tied[unit] { "=" } else { "" };
            let rank = own.ranks[unit].map_or_else(dash, |rank| format!("{rank}{tied}"));
            let score = own.scores[unit].map_or_else(dash, |score| format!("{score:.2}"));
            let _ = write!(out, "{rank:>8}  {score:>8}  ");
            if let Some(contrast) = at.checked_sub(1).map(|c| &contrasts[c]) {
                let shift = contrast.shifts.iter().find(|s| s.unit == unit);
                let shift = shift.map_or_else(dash, |s| signed(s.places()));
                let _ = write!(out, "{shift:>5}  ");
            }
        }
        let _ = writeln!(out, "{}  {}", padded(results, unit), results.unit(unit).name.en);
    }
}

/// Places gained or lost; a plain 0 for none.
fn signed(places: i64) -> String {
    if places == 0 { "0".to_owned() } else { format!("{places:+}") }
}

fn summary(out: &mut String, results: &Results, (base, id): (&str, &str), own: &Contrast) {
    let show = |x: Option<f64>| x.map_or_else(|| "—".to_owned(), |x| format!("{x:.3}"));
    let names = |unit: usize| results.unit(unit).both_names();
    let _ = writeln!(out, "{id} against {base}");
    let _ = writeln!(
        out,
        "  Spearman {}, Kendall tau-b {} of {} scores",
        show(own.spearman),
        show(own.kendall),
        own.shifts.len()
    );
    if let Some((mean, largest)) = own.mean_shift.zip(own.largest_shift) {
        let _ = writeln!(out, "  ranks shift by {mean:.2} places on average, {largest} at most");
    }
    for top in &own.tops {
        let of = if top.base == top.other {
            top.base.to_string()
        } else {
            format!("{} and {}", top.base, top.other)
        };
        let _ = writeln!(out, "  top {}: {} of {of} in both", top.k, top.shared);
    }
    for moved in own.movers(MOVERS) {
        let _ = writeln!(
            out,
            "  {}: {} to {} ({})",
            names(moved.unit),
            moved.base,
            moved.other,
            signed(moved.places())
        );
    }
    for change in &own.tiers {
        let _ = writeln!(
            out,
            "  {}: tier {} to {}",
            names(change.unit),
            change.base + 1,
            change.other + 1
        );
    }
}
