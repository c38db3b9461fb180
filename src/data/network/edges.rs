//! Edges of a network.

use crate::config::{EdgeColumns, NetworkSpec};
use crate::data::network::NetworkEdge;
use crate::data::network::cases::{Cases, rows, verb};
use crate::data::network::columns::{optional, required};
use crate::data::network::nodes::{Nodes, weight_of, year_of};
use crate::data::role;
use crate::data::table::{Needed, Row, Table};
use crate::diag::{Code, Findings, Severity};

/// Columns of a table of edges.
pub(super) struct Columns {
    /// The node it leads from.
    pub(super) source: usize,
    /// The node it leads to.
    pub(super) target: usize,
    /// Weight.
    pub(super) weight: Option<usize>,
    kind: Option<usize>,
    year: Option<usize>,
}

impl Columns {
    /// The columns that are named or found by their headers.
    pub(super) fn of(table: &Table, named: &EdgeColumns, findings: &mut Findings) -> Option<Self> {
        let source = required(table, &named.source, role::EDGE_SOURCE, findings);
        let target = required(table, &named.target, role::EDGE_TARGET, findings);
        Some(Self {
            kind: optional(table, &named.kind, role::TYPE, findings),
            year: optional(table, &named.year, role::YEAR, findings),
            weight: optional(table, &named.weight, role::WEIGHT, findings),
            source: source?,
            target: target?,
        })
    }
}

/// The edges of a network.
pub(super) struct Edges {
    /// Edges in canonical order, each with its row in the table.
    pub(super) edges: Vec<(NetworkEdge, usize)>,
    /// Types, in order of text.
    pub(super) kinds: Vec<String>,
}

/// Reads a table of edges; `told_by` is the table of nodes, if there is one.
pub(super) fn read(
    table: &Table,
    columns: &Columns,
    nodes: &Nodes,
    told_by: Option<&Table>,
    spec: &NetworkSpec,
    findings: &mut Findings,
) -> Edges {
    table.report_if_empty(Needed::No, findings);
    let kinds = kinds(table, columns.kind);
    let mut told = Told::new();
    let mut edges = Vec::with_capacity(table.rows.len());
    for (at, row) in table.rows.iter().enumerate() {
        let ends = [columns.source, columns.target].map(|column| {
            let cell = row.cell(column);
            let found = nodes.find(&cell.text);
            if found.is_none() {
                let named = format!("`{}`", cell.text);
                let named = if cell.text.is_empty() { "empty".to_owned() } else { named };
                told.unknown.note(cell.span, named);
            }
            found
        });
        let [Some(source), Some(target)] = ends else { continue };
        let kind = row.filled(columns.kind).and_then(|cell| kinds.binary_search(&cell.text).ok());
        let dated = row.filled(columns.year);
        let year = dated.and_then(|cell| year_of(cell, findings));
        if let Some(snapshots) = &spec.snapshots {
            match year {
                None if dated.is_some() => {}
                None => told.undated.note(row.span, ""),
                Some(year) if snapshots.holding(year).is_empty() => {
                    told.outside.note(row.span, year.to_string());
                }
                Some(_) => {}
            }
        }
        if source == target {
            told.loops.note(row.span, "");
        }
        let weight = row.filled(columns.weight).and_then(|cell| weight_of(cell, findings));
        // An undirected edge is the same from either end.
        let swap = !spec.directed && target < source;
        let (source, target) = if swap { (target, source) } else { (source, target) };
        let edge = NetworkEdge {
            source,
            target,
            kind: kind.and_then(|kind| u32::try_from(kind).ok()),
            year,
            weight: weight.unwrap_or(1.0),
        };
        edges.push((edge, at));
    }
    edges.sort_by(|(a, at), (b, other)| {
        let key = |e: &NetworkEdge| (e.source, e.target, e.kind, e.year);
        key(a).cmp(&key(b)).then(a.weight.total_cmp(&b.weight)).then(at.cmp(other))
    });
    told.doubles(&edges, table);
    told.report(table, told_by, findings);
    Edges { edges, kinds }
}

fn kinds(table: &Table, column: Option<usize>) -> Vec<String> {
    let mut kinds: Vec<&str> = Vec::new();
    for cell in table.rows.iter().filter_map(|row| row.filled(column)) {
        if let Err(at) = kinds.binary_search(&cell.text.as_str()) {
            kinds.insert(at, &cell.text);
        }
    }
    kinds.into_iter().map(str::to_owned).collect()
}

/// What there is to say about rows.
struct Told {
    unknown: Cases,
    loops: Cases,
    undated: Cases,
    outside: Cases,
    doubles: Cases,
}

impl Told {
    const fn new() -> Self {
        Self {
            unknown: Cases::new(),
            loops: Cases::new(),
            undated: Cases::new(),
            outside: Cases::new(),
            doubles: Cases::new(),
        }
    }

    /// Notes rows that repeat another one cell by cell.
    fn doubles(&mut self, edges: &[(NetworkEdge, usize)], table: &Table) {
        let texts = |row: &Row| -> Vec<String> {
            (0..table.header.len()).map(|column| row.cell(column).text.clone()).collect()
        };
        let alike = edges.chunk_by(|(a, _), (b, _)| a == b).filter(|alike| alike.len() > 1);
        let mut found: Vec<usize> = Vec::new();
        for alike in alike {
            let mut rows: Vec<(Vec<String>, usize)> =
                alike.iter().map(|(_, at)| (texts(&table.rows[*at]), *at)).collect();
            rows.sort();
            let pairs = rows.windows(2).filter(|pair| pair[0].0 == pair[1].0);
            found.extend(pairs.map(|pair| pair[1].1));
        }
        found.sort_unstable();
        for at in found {
            self.doubles.note(table.rows[at].span, "");
        }
    }

    fn report(self, table: &Table, told_by: Option<&Table>, findings: &mut Findings) {
        let path = &table.path;
        if let Some(nodes) = told_by {
            let message = |count| {
                let (ends, are) = (rows(count, "end"), verb(count, "is", "are"));
                format!("{ends} of edges in `{path}` {are} not among the nodes of `{}`", nodes.path)
            };
            let help = "add the nodes, or correct the ids";
            let code = Code::NetworkUnknownNode;
            self.unknown.report(Severity::Error, code, message, help, findings);
        } else {
            let message = |count| {
                let (ends, are) = (rows(count, "end"), verb(count, "is", "are"));
                format!("{ends} of edges in `{path}` {are} empty")
            };
            let code = Code::NetworkUnknownNode;
            let help = "name a node at both ends of every edge";
            self.unknown.report(Severity::Error, code, message, help, findings);
        }
        let warn = |cases: Cases, what: [&str; 2], help: &str, findings: &mut Findings| {
            let message = |count| {
                format!("{} of `{path}` {}", rows(count, "row"), verb(count, what[0], what[1]))
            };
            cases.report(Severity::Warning, Code::NetworkRows, message, help, findings);
        };
        let what = [
            "leads from a node to itself: it counts as a row and in degrees, paths leave it out",
            "lead from a node to itself: they count as rows and in degrees, paths leave them out",
        ];
        warn(self.loops, what, "take out what means nothing", findings);
        let what = [
            "repeats another one and counts as a row of its own",
            "repeat another one, and each counts as a row of its own",
        ];
        warn(self.doubles, what, "take out what was entered twice", findings);
        let what = ["has no year: no snapshot holds it", "have no year: no snapshot holds them"];
        warn(self.undated, what, "complete the years", findings);
        let what =
            ["lies outside the years of the snapshots", "lie outside the years of the snapshots"];
        warn(self.outside, what, "add the years to `snapshots`, or leave the rows out", findings);
    }
}
