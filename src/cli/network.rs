//! `rankpress network`: the figures of networks and cascades, as text or JSON.

use std::fmt::Write as _;

use crate::cli::args::Network;
use crate::cli::columns::Columns;
use crate::cli::talk::data;
use crate::cli::{Outcome, messages};
use crate::config::{Level, NetworkSpec};
use crate::data::{Gazetteer, NetworkData, PublishedRows};
use crate::export::{NetworkView, network_json};
use crate::network::{
    Cascade, CascadeLevel, Concentration, FlowKind, FlowYear, Flows, HubOrder, NetworkResult,
    Place, Snapshot, standing,
};
use crate::pipeline::Run;

/// What is undefined.
const NONE: &str = "—";

pub(super) fn run(arguments: &Network) -> Outcome {
    let mut run = match Run::open(&arguments.file) {
        Ok(run) => run,
        Err(found) => return messages::report(None, &[found], arguments.messages),
    };
    let surveyed = run.networks(|plan| {
        for network in &mut plan.networks {
            network.betweenness |= arguments.betweenness;
        }
    });
    let outcome = messages::report(Some(&run.sources), &run.findings, arguments.messages);
    let Some(surveyed) = surveyed else { return outcome };
    let view = NetworkView {
        plan: &surveyed.plan,
        tables: &surveyed.tables,
        gazetteer: &surveyed.gazetteer,
        results: &surveyed.results,
    };
    data(&if arguments.json { network_json(view) } else { text(view) });
    outcome
}

fn text(view: NetworkView<'_>) -> String {
    let mut out = String::new();
    let read = view.plan.networks.iter().zip(&view.tables.networks);
    for (result, (spec, data)) in view.results.networks.iter().zip(read) {
        network(&mut out, result, spec, data, view);
    }
    for own in &view.results.cascades {
        cascade(&mut out, own);
    }
    out
}

fn network(
    out: &mut String,
    own: &NetworkResult,
    spec: &NetworkSpec,
    data: &NetworkData,
    view: NetworkView<'_>,
) {
    let direction = if own.directed { "directed" } else { "undirected" };
    let _ = writeln!(out, "{}  {}  {}  {direction}", own.id, own.title.zh, own.title.en);
    published(out, spec, &data.published);
    let Some(last) = own.snapshots.last() else { return out.push('\n') };
    statistics(out, &own.snapshots, own.directed);
    hubs(out, last, data, spec);
    communities(out, last, data, view.gazetteer);
    for part in &own.subnetworks {
        let _ = writeln!(out, "\nsubnetwork {}  {}  {}", part.id, part.title.zh, part.title.en);
        statistics(out, &part.snapshots, own.directed);
    }
    for flows in &own.flows {
        flow_tables(out, flows, spec);
    }
    out.push('\n');
}

/// A row per figure, a column per year.
fn statistics(out: &mut String, snapshots: &[Snapshot], directed: bool) {
    let mut table = Columns::default();
    table.head("year", snapshots.iter().map(|s| year(s.year)));
    let mut row = |name: &str, value: &dyn Fn(&Snapshot) -> String| {
        table.row(name, snapshots.iter().map(value));
    };
    let sample = |s: &Snapshot| s.sample.map(|(sample, _)| sample.to_string());
    let relation = |s: &Snapshot| s.sample.map(|(_, relation)| relation.to_string());
    if snapshots.iter().any(|s| s.sample.is_some()) {
        row("sample nodes", &|s| sample(s).unwrap_or_else(none));
        row("relation nodes", &|s| relation(s).unwrap_or_else(none));
    }
    row("nodes", &|s| s.statistics.nodes.to_string());
    row("edges (rows)", &|s| s.edges.to_string());
    if directed {
        row("unique pairs", &|s| s.statistics.pairs.to_string());
        row("mutual pairs", &|s| s.statistics.mutual_pairs.to_string());
    } else {
        row("unique pairs", &|s| (s.statistics.pairs / 2).to_string());
    }
    row("loops", &|s| s.statistics.loops.to_string());
    let degree = if directed { "average degree (E/N)" } else { "average degree (2E/N)" };
    row(degree, &|s| fixed(s.statistics.average_degree, 3));
    row("density", &|s| significant(s.statistics.density));
    row("diameter", &|s| s.statistics.diameter.to_string());
    row("radius (largest strong component)", &|s| {
        s.statistics.radius.map_or_else(none, |radius| radius.to_string())
    });
    row("average path length (reachable pairs)", &|s| fixed(s.statistics.average_path_length, 3));
    row("reachable pairs", &|s| s.statistics.reachable_pairs.to_string());
    if directed {
        row("clustering (directed, Gephi)", &|s| fixed(s.statistics.clustering_directed, 3));
    }
    row("clustering (undirected, all nodes)", &|s| fixed(s.statistics.clustering_mean, 3));
    row("clustering (undirected, two neighbours)", &|s| fixed(s.statistics.clustering_k2, 3));
    row("transitivity", &|s| fixed(s.statistics.transitivity, 3));
    row("weak components", &|s| s.statistics.weak_components.count.to_string());
    row("largest weak component", &|s| s.statistics.weak_components.largest.to_string());
    if directed {
        row("strong components", &|s| s.statistics.strong_components.count.to_string());
        row("largest strong component", &|s| s.statistics.strong_components.largest.to_string());
        row("reciprocity", &|s| fixed(s.statistics.reciprocity, 3));
    }
    row("assortativity (undirected degree)", &|s| fixed(s.statistics.assortativity.undirected, 3));
    row("largest core", &|s| s.statistics.max_core.to_string());
    row("modularity (Leiden)", &|s| fixed(s.statistics.modularity, 3));
    row("communities (Leiden)", &|s| s.statistics.communities.to_string());
    row("modularity (Louvain)", &|s| fixed(s.statistics.modularity_louvain, 3));
    row("communities (Louvain)", &|s| s.statistics.communities_louvain.to_string());
    row("power law of out-degree, alpha", &|s| {
        fixed(s.statistics.power_law_out.as_ref().map(|law| law.alpha), 3)
    });
    row("power law of in-degree, alpha", &|s| {
        fixed(s.statistics.power_law_in.as_ref().map(|law| law.alpha), 3)
    });
    concentration(&mut table, snapshots, "out-degree", |s| s.statistics.out_concentration.as_ref());
    concentration(&mut table, snapshots, "in-degree", |s| s.statistics.in_concentration.as_ref());
    out.push_str(&table.text());
}

fn concentration(
    table: &mut Columns,
    snapshots: &[Snapshot],
    degree: &str,
    of: impl Fn(&Snapshot) -> Option<&Concentration>,
) {
    let mut row = |name: &str, value: &dyn Fn(&Concentration) -> String| {
        let cell = |s: &Snapshot| of(s).map_or_else(none, value);
        table.row(&format!("{name} {degree}"), snapshots.iter().map(cell));
    };
    row("Gini of", &|own| fixed(Some(own.gini), 3));
    row("HHI of", &|own| significant(Some(own.hhi)));
    row("top 10 % of nodes by", &|own| percent(Some(own.top_10_percent)));
    row("top 1 % of nodes by", &|own| percent(Some(own.top_1_percent)));
    row("top 0.1 % of nodes by", &|own| percent(Some(own.top_0_1_percent)));
}

fn hubs(out: &mut String, last: &Snapshot, data: &NetworkData, spec: &NetworkSpec) {
    let is_sample = |node: usize| spec.sample_types.contains(&data.nodes[node].kind);
    let groups: &[(&str, Option<bool>)] = if spec.sample_types.is_empty() {
        &[("nodes", None)]
    } else {
        &[("sample nodes", Some(true)), ("relation nodes", Some(false))]
    };
    for (name, group) in groups {
        let may = |node: usize| group.is_none_or(|wanted| is_sample(node) == wanted);
        let found = last.hubs(HubOrder::Total, spec.top, may);
        if found.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{name} by total degree{}", in_year(last.year));
        let mut table = Columns::default();
        table.head("rank", ["in", "out", "total", "weight", "PageRank", "betweenness", "name"]);
        for hub in found {
            let node = &data.nodes[hub.node];
            table.row(
                &hub.rank.to_string(),
                [
                    hub.degree.into.to_string(),
                    hub.degree.out.to_string(),
                    hub.degree.total.to_string(),
                    crate::num::shortest(hub.degree.weight, crate::lang::Lang::Zh),
                    fixed(Some(hub.page_rank), 5),
                    fixed(hub.betweenness, 1),
                    names(&node.name.zh, &node.name.en),
                ],
            );
        }
        out.push_str(&table.text());
    }
}

fn communities(out: &mut String, last: &Snapshot, data: &NetworkData, gazetteer: &Gazetteer) {
    let profiles = last.depth.as_ref().map_or(&[][..], |depth| &depth.profiles);
    if profiles.is_empty() {
        return;
    }
    let _ = writeln!(out, "\ncommunities (Leiden) with two nodes or more{}", in_year(last.year));
    let mut table = Columns::default();
    table.head("nodes", ["share", "main city", "category (lift)", "leading members"]);
    for own in profiles {
        let city = own.main_unit.map_or_else(none, |main| {
            let name = gazetteer.units().get(main.unit).map_or("", |unit| &unit.name.zh);
            format!("{name} {}", percent(Some(main.share)))
        });
        let category = own.categories.first();
        let members = own.members.iter().map(|hub| data.nodes[hub.node].name.zh.as_str());
        table.row(
            &own.size.to_string(),
            [
                percent(Some(own.share)),
                city,
                category.map_or_else(none, |c| format!("{} ({:.2})", c.category, c.lift)),
                members.collect::<Vec<_>>().join("、"),
            ],
        );
    }
    out.push_str(&table.text());
}

fn flow_tables(out: &mut String, flows: &Flows, spec: &NetworkSpec) {
    let Some(last) = flows.years.last() else { return };
    let _ = writeln!(out, "\nflows by {}{}", flows.level.word(), in_year(last.year));
    let (given, taken, _) = last.hhi();
    let _ = writeln!(
        out,
        "{} of {} edges have both ends located ({}); {} stay inside; HHI {} out, {} in",
        last.located,
        last.edges,
        percent(last.coverage()),
        percent(last.intra_share()),
        fixed(given, 4),
        fixed(taken, 4)
    );
    let poles = flows.poles(last, spec.pole_share);
    if !poles.places.is_empty() {
        let listed: Vec<String> = poles
            .places
            .iter()
            .map(|(at, share)| {
                format!("{} {}", place_name(&flows.places[*at]), percent(Some(*share)))
            })
            .collect();
        let (among, touching) = (percent(poles.among), percent(poles.touching));
        let _ = writeln!(
            out,
            "poles, with {} or more: {}; {among} of the flows among them, {touching} touch one",
            percent(Some(spec.pole_share)),
            listed.join(", ")
        );
    }
    pairs(out, flows, last, spec.top);
    balances(out, flows, last, spec.top);
}

fn pairs(out: &mut String, flows: &Flows, last: &FlowYear, top: usize) {
    let mut table = Columns::default();
    table.head("rank", ["count", "share", "expected", "lift", "type", "flow"]);
    for flow in flows.ranked(last).iter().take(top) {
        let (from, to) = (&flows.places[flow.from], &flows.places[flow.to]);
        table.row(
            &flow.rank.to_string(),
            [
                flow.count.to_string(),
                percent(Some(flow.share)),
                fixed(Some(flow.expected), 1),
                fixed(Some(flow.lift), 2),
                kind(flow.kind, flows.level).to_owned(),
                format!("{} → {}", place_name(from), place_name(to)),
            ],
        );
    }
    out.push_str(&table.text());
}

fn balances(out: &mut String, flows: &Flows, last: &FlowYear, top: usize) {
    let mut table = Columns::default();
    table.head("rank", ["out", "out share", "in", "in share", "net", "place"]);
    let all = last.balances();
    for own in flows.givers(last).iter().take(top) {
        let balance = &all[own.at];
        table.row(
            &own.rank.to_string(),
            [
                balance.out.to_string(),
                percent(Some(balance.out_share)),
                balance.into.to_string(),
                percent(Some(balance.in_share)),
                format!("{:+}", balance.net),
                place_name(&flows.places[own.at]),
            ],
        );
    }
    out.push('\n');
    out.push_str(&table.text());
}

fn cascade(out: &mut String, own: &Cascade) {
    let Some(last) = own.years.len().checked_sub(1) else { return };
    let _ = writeln!(out, "{}  {}  {}", own.id, own.title.zh, own.title.en);
    let _ = writeln!(
        out,
        "{} {}{}, {} in a unit, {} with a category",
        own.totals[last],
        own.measure.en,
        in_year(own.years[last]),
        own.located[last],
        own.categorised[last]
    );
    for level in &own.levels {
        cascade_level(out, own, level, last);
    }
    if !own.categories.is_empty() {
        categories(out, own, last);
    }
    out.push('\n');
}

fn cascade_level(out: &mut String, own: &Cascade, level: &CascadeLevel, last: usize) {
    let _ = writeln!(
        out,
        "\nby {}: first {} hold {}",
        level.level.word(),
        own.top,
        percent(level.top_share(last, own.top))
    );
    let mut table = Columns::default();
    table.head("rank", ["count", "share", "place"]);
    for found in level.ranked(last).iter().take(own.top) {
        table.row(
            &found.rank.to_string(),
            [
                found.count.to_string(),
                percent(Some(found.share)),
                place_name(&level.places[found.at]),
            ],
        );
    }
    out.push_str(&table.text());
}

fn categories(out: &mut String, own: &Cascade, last: usize) {
    let top = percent(standing::top_share(&own.by_category[last], own.top));
    let _ = writeln!(out, "\nby category: first {} hold {top}", own.top);
    let mut table = Columns::default();
    table.head("rank", ["count", "share", "category"]);
    for found in standing::ranked(&own.by_category[last]).iter().take(own.top) {
        table.row(
            &found.rank.to_string(),
            [found.count.to_string(), percent(Some(found.share)), own.categories[found.at].clone()],
        );
    }
    out.push_str(&table.text());
    if let Some(leader) = own.always_leading {
        let _ = writeln!(out, "leading in every year: {}", own.categories[leader]);
    }
    let fastest = own.growths.ranked.iter().take(own.top);
    let fastest: Vec<String> =
        fastest.map(|g| format!("{} ×{:.2}", own.categories[g.at], g.ratio)).collect();
    if !fastest.is_empty() {
        let _ = writeln!(
            out,
            "fastest growing, of those with {} or more at first: {}",
            own.small_base,
            fastest.join(", ")
        );
    }
}

fn published(out: &mut String, spec: &NetworkSpec, tables: &[PublishedRows]) {
    for (own, rows) in spec.published.iter().zip(tables) {
        let count = match rows {
            PublishedRows::Statistics(rows) => rows.len(),
            PublishedRows::Degrees(rows) => rows.len(),
            PublishedRows::Shares(rows) => rows.len(),
            PublishedRows::Flows(rows) => rows.len(),
        };
        let noun = if count == 1 { "row" } else { "rows" };
        let _ = writeln!(out, "published  {}  {count} {noun}", own.id);
        if let PublishedRows::Statistics(years) = rows {
            let mut table = Columns::default();
            table.head("year", years.iter().map(|own| year(own.year)));
            for measure in crate::data::Measure::ALL {
                let cell = |own: &crate::data::PublishedYear| {
                    own.figures.get(&measure).map_or_else(none, ToString::to_string)
                };
                if years.iter().any(|own| own.figures.contains_key(&measure)) {
                    table.row(&measure.word().replace('_', " "), years.iter().map(cell));
                }
            }
            out.push_str(&table.text());
        }
    }
}

const fn kind(kind: FlowKind, level: Level) -> &'static str {
    match (kind, level) {
        (FlowKind::Within, Level::Province) => "省内 within",
        (FlowKind::Across, Level::Province) => "跨省 across",
        (FlowKind::Within, _) => "本地 local",
        (FlowKind::Across, _) => "跨地区 across",
    }
}

fn place_name(place: &Place) -> String {
    if place.is_rest() { "其他 other".to_owned() } else { names(&place.name.zh, &place.name.en) }
}

fn names(zh: &str, en: &str) -> String {
    if zh == en { zh.to_owned() } else { format!("{zh} {en}") }
}

fn none() -> String {
    NONE.to_owned()
}

fn year(year: Option<i32>) -> String {
    year.map_or_else(|| "all".to_owned(), |year| year.to_string())
}

fn in_year(year: Option<i32>) -> String {
    year.map_or_else(String::new, |year| format!(", {year}"))
}

fn fixed(value: Option<f64>, decimals: usize) -> String {
    value.map_or_else(none, |value| format!("{value:.decimals$}"))
}

fn percent(share: Option<f64>) -> String {
    share.map_or_else(none, |share| format!("{:.2} %", share * 100.0))
}

/// Three significant digits; small values in scientific notation.
fn significant(value: Option<f64>) -> String {
    match value {
        None => none(),
        Some(value) if value < f64::MIN_POSITIVE => "0".to_owned(),
        Some(value) if value < 0.01 => format!("{value:.2e}"),
        Some(value) => format!("{value:.3}"),
    }
}
