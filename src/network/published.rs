//! Checks of published statistics: what a table contradicts, in itself or in another one.
//!
//! A figure printed to so many decimals stands for all that round to it; only what no such figure
//! allows is a finding.

use crate::config::{Level, NetworkSpec, PublishedKind, PublishedSpec};
use crate::data::{
    Figure, Measure, PublishedDegree, PublishedFlow, PublishedRows, PublishedShare, PublishedYear,
};
use crate::diag::{Code, Diagnostic, Findings};

/// Checks every published table of a network, alone and against the others.
pub(super) fn check(spec: &NetworkSpec, tables: &[PublishedRows], findings: &mut Findings) {
    let tables: Vec<(&PublishedSpec, &PublishedRows)> = spec.published.iter().zip(tables).collect();
    for (own, rows) in &tables {
        match rows {
            PublishedRows::Statistics(years) => {
                for year in years {
                    identities(year, findings);
                }
                series(years, findings);
                if let Some((_, PublishedRows::Statistics(whole))) =
                    own.part_of.and_then(|at| tables.get(at))
                {
                    parts(years, whole, findings);
                }
            }
            PublishedRows::Degrees(nodes) => {
                for node in nodes {
                    degree(node, findings);
                }
            }
            PublishedRows::Shares(shares) => sums(shares, findings),
            PublishedRows::Flows(flows) => flow_sums(flows, findings),
        }
    }
    city_flows(&tables, findings);
    city_shares(&tables, findings);
    flows_in_shares(&tables, findings);
}

/// Figures of a table of statistics that others of the table contradict, by row and measure.
#[must_use]
pub fn doubtful(years: &[PublishedYear]) -> Vec<(usize, Measure)> {
    let mut findings = Findings::default();
    for year in years {
        identities(year, &mut findings);
    }
    series(years, &mut findings);
    let found = findings.finish(()).map_or_else(|found| found, |done| done.warnings);
    let is_told = |figure: &Figure| {
        found.iter().any(|own| own.labels.first().is_some_and(|label| label.span == figure.span))
    };
    let rows = years.iter().enumerate();
    rows.flat_map(|(at, year)| {
        let told = year.figures.iter().filter(|(_, figure)| is_told(figure));
        told.map(move |(measure, _)| (at, *measure)).collect::<Vec<_>>()
    })
    .collect()
}

/// Half of the last digit.
fn tolerance(figure: &Figure) -> f64 {
    0.5 * crate::num::pow(10.0, -count(figure.decimals)) * (1.0 + 1e-9)
}

#[expect(clippy::cast_precision_loss, reason = "a number of digits")]
const fn count(decimals: usize) -> f64 {
    decimals as f64
}

fn warn(message: String, first: &Figure, other: Option<&Figure>) -> Diagnostic {
    let found = Diagnostic::warning(Code::NetworkPublished, message).at(first.span, "");
    let found = match other {
        Some(other) => found.at(other.span, ""),
        None => found,
    };
    found.help("ask the authors, and keep the figure as it was printed")
}

fn label(year: &PublishedYear) -> String {
    year.year.map_or_else(String::new, |year| format!(" in {year}"))
}

/// Sample + relation = all nodes; edges / nodes = average degree; density = edges / (N (N − 1)).
fn identities(year: &PublishedYear, findings: &mut Findings) {
    let get = |measure: Measure| year.figures.get(&measure);
    let at = label(year);
    if let (Some(sample), Some(relation), Some(nodes)) =
        (get(Measure::SampleNodes), get(Measure::RelationNodes), get(Measure::Nodes))
    {
        let sum = sample.value + relation.value;
        if (sum - nodes.value).abs() > 0.5 {
            let message = format!(
                "{sample} sample and {relation} relation nodes{at} make {sum}, not {nodes}"
            );
            findings.push(warn(message, nodes, None));
        }
    }
    let (Some(nodes), Some(edges)) = (get(Measure::Nodes), get(Measure::Edges)) else { return };
    let ratios = [
        (Measure::AverageDegree, nodes.value, "edges per node"),
        (Measure::Density, nodes.value * (nodes.value - 1.0), "edges per ordered pair of nodes"),
    ];
    for (measure, whole, what) in ratios {
        let Some(printed) = get(measure).filter(|_| whole > 0.0) else { continue };
        let ratio = edges.value / whole;
        if (ratio - printed.value).abs() > tolerance(printed) {
            let digits = printed.decimals + 1;
            let message = format!("{ratio:.digits$} {what}{at}, not {printed}");
            findings.push(warn(message, printed, Some(edges)));
        }
    }
}

/// Counts of a growing network do not fall, and no figure leaps out of line with its neighbours.
fn series(years: &[PublishedYear], findings: &mut Findings) {
    for measure in [Measure::SampleNodes, Measure::RelationNodes, Measure::Nodes, Measure::Edges] {
        for pair in years.windows(2) {
            let [Some(before), Some(after)] = [0, 1].map(|at| pair[at].figures.get(&measure))
            else {
                continue;
            };
            if after.value < before.value {
                let message = format!(
                    "{} falls from {}{} to {}{}, though a cumulative count cannot fall",
                    measure.word(),
                    before,
                    label(&pair[0]),
                    after,
                    label(&pair[1])
                );
                findings.push(warn(message, after, Some(before)));
            }
        }
    }
    for measure in [Measure::AverageDegree, Measure::PathLength, Measure::Clustering] {
        for three in years.windows(3) {
            let figures = [0, 1, 2].map(|at| three[at].figures.get(&measure));
            let [Some(before), Some(own), Some(after)] = figures else { continue };
            if is_out_of_line(before.value, own.value, after.value) {
                let message = format!(
                    "{} of {}{} stands apart: {} before and {} after",
                    measure.word(),
                    own,
                    label(&three[1]),
                    before,
                    after
                );
                findings.push(warn(message, own, None));
            }
        }
    }
}

/// Whether a value lies on the wrong side of the one before, which the one after then passes.
fn is_out_of_line(before: f64, own: f64, after: f64) -> bool {
    (own < before && before < after) || (own > before && before > after)
}

/// A part is no larger than the whole, and the mean over the whole is at least what the part alone
/// contributes to it, for the neighbourhood of a node is not smaller in the whole.
fn parts(part: &[PublishedYear], whole: &[PublishedYear], findings: &mut Findings) {
    for own in part {
        let Some(other) = whole.iter().find(|other| other.year == own.year) else { continue };
        let pair = |measure: Measure| own.figures.get(&measure).zip(other.figures.get(&measure));
        for measure in [Measure::Nodes, Measure::Edges] {
            let Some((part, whole)) = pair(measure).filter(|(p, w)| p.value > w.value) else {
                continue;
            };
            let message = format!(
                "{} {}{} in a part of a network that has {}",
                part,
                measure.word(),
                label(own),
                whole
            );
            findings.push(warn(message, part, Some(whole)));
        }
        let (Some((nodes, all)), Some((part, mean))) =
            (pair(Measure::Nodes), pair(Measure::Clustering))
        else {
            continue;
        };
        let least = (part.value - tolerance(part)) * nodes.value / all.value;
        if all.value > 0.0 && least > mean.value + tolerance(mean) {
            let message = format!(
                "average_clustering of {}{} is less than the part adds to it alone: {} for {} of {} \
                 nodes, {:.4} of the mean, unless their neighbourhoods are wider in the whole",
                mean,
                label(own),
                part,
                nodes,
                all,
                part.value * nodes.value / all.value
            );
            findings.push(warn(message, mean, Some(part)));
        }
    }
}

fn degree(node: &PublishedDegree, findings: &mut Findings) {
    let sum = node.into.value + node.out.value;
    if (sum - node.total.value).abs() > 0.5 {
        let name = &node.name.zh;
        let message = format!(
            "in-degree {} and out-degree {} of `{name}` make {sum}, not {}",
            node.into, node.out, node.total
        );
        findings.push(warn(message, &node.total, None));
    }
}

/// Shares of one side make no more than a hundred, and stand in the order of their ranks.
fn sums(shares: &[PublishedShare], findings: &mut Findings) {
    let mut sides: Vec<&str> = shares.iter().map(|own| own.side.as_str()).collect();
    sides.sort_unstable();
    sides.dedup();
    for side in sides {
        let own: Vec<&PublishedShare> = shares.iter().filter(|s| s.side == side).collect();
        let figures: Vec<&Figure> = own.iter().map(|s| &s.share).collect();
        hundred(&figures, side, findings);
        for pair in own.windows(2).filter(|pair| pair[1].share.value > pair[0].share.value) {
            let message = format!(
                "`{}` with {} % stands below `{}` with {} %",
                pair[1].place.zh, pair[1].share, pair[0].place.zh, pair[0].share
            );
            findings.push(warn(message, &pair[1].share, None));
        }
    }
}

fn flow_sums(flows: &[PublishedFlow], findings: &mut Findings) {
    let figures: Vec<&Figure> = flows.iter().map(|own| &own.share).collect();
    hundred(&figures, "", findings);
}

fn hundred(figures: &[&Figure], side: &str, findings: &mut Findings) {
    let sum: f64 = figures.iter().map(|figure| figure.value).sum();
    let slack: f64 = figures.iter().map(|figure| tolerance(figure)).sum();
    if let Some(first) = figures.first().filter(|_| sum > 100.0 + slack) {
        let side = if side.is_empty() { String::new() } else { format!(" of `{side}`") };
        findings.push(warn(format!("shares{side} make {sum:.2} %, more than all"), first, None));
    }
}

/// Shares that are equal to the printed digits.
fn agree(a: &Figure, b: &Figure) -> bool {
    (a.value - b.value).abs() <= tolerance(a) + tolerance(b)
}

/// A flow between two cities that are provinces is the flow between these provinces.
fn city_flows(tables: &[(&PublishedSpec, &PublishedRows)], findings: &mut Findings) {
    let at = |level: Level| {
        tables.iter().filter_map(move |(spec, rows)| match rows {
            PublishedRows::Flows(flows) if spec.kind == PublishedKind::Flows(level) => Some(flows),
            _ => None,
        })
    };
    for province in at(Level::Province).flatten() {
        for city in at(Level::City).flatten() {
            let same = province.from.zh == city.from.zh && province.to.zh == city.to.zh;
            if same && !agree(&province.share, &city.share) {
                let message = format!(
                    "the flow from `{}` to `{}` is {} % between cities and {} % between provinces, \
                     though each is both",
                    city.from.zh, city.to.zh, city.share, province.share
                );
                findings.push(warn(message, &city.share, Some(&province.share)));
            }
        }
    }
}

/// The share of a city that is a province is the share of that province.
fn city_shares(tables: &[(&PublishedSpec, &PublishedRows)], findings: &mut Findings) {
    let at = |level: Level| {
        tables.iter().filter_map(move |(spec, rows)| match rows {
            PublishedRows::Shares(own) if spec.kind == PublishedKind::Shares(level) => Some(own),
            _ => None,
        })
    };
    for province in at(Level::Province).flatten() {
        for city in at(Level::City).flatten() {
            let same = province.place.zh == city.place.zh && province.side == city.side;
            if same && !agree(&province.share, &city.share) {
                let message = format!(
                    "the share of `{}` is {} % among cities and {} % among provinces, though it is \
                     both",
                    city.place.zh, city.share, province.share
                );
                findings.push(warn(message, &city.share, Some(&province.share)));
            }
        }
    }
}

/// The flows from a place make no more than some side of the shares of its level says it has.
fn flows_in_shares(tables: &[(&PublishedSpec, &PublishedRows)], findings: &mut Findings) {
    for (spec, rows) in tables {
        let (PublishedKind::Flows(level), PublishedRows::Flows(flows)) = (spec.kind, rows) else {
            continue;
        };
        let shares: Vec<&PublishedShare> = tables
            .iter()
            .filter_map(|(spec, rows)| match rows {
                PublishedRows::Shares(own) if spec.kind == PublishedKind::Shares(level) => {
                    Some(own)
                }
                _ => None,
            })
            .flatten()
            .collect();
        let mut places: Vec<&str> = flows.iter().map(|flow| flow.from.zh.as_str()).collect();
        places.sort_unstable();
        places.dedup();
        for place in places {
            let own: Vec<&PublishedFlow> = flows.iter().filter(|f| f.from.zh == place).collect();
            let given: f64 = own.iter().map(|flow| flow.share.value).sum();
            let slack: f64 = own.iter().map(|flow| tolerance(&flow.share)).sum();
            let stated = shares.iter().filter(|share| share.place.zh == place);
            let Some(most) = stated.max_by(|a, b| a.share.value.total_cmp(&b.share.value)) else {
                continue;
            };
            if given > most.share.value + slack + tolerance(&most.share) {
                let message = format!(
                    "the flows from `{place}` make {given:.2} %, more than its share of {} %",
                    most.share
                );
                findings.push(warn(message, &own[0].share, Some(&most.share)));
            }
        }
    }
}
