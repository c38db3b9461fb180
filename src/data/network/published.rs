//! Statistics of networks that somebody published, as their tables print them.

use std::collections::BTreeMap;
use std::fmt;

use crate::config::{PublishedKind, PublishedSpec};
use crate::data::localised::Pair;
use crate::data::network::nodes::year_of;
use crate::data::number;
use crate::data::role::{self, Role};
use crate::data::table::{Needed, Row, Table};
use crate::diag::{Code, Diagnostic, Findings, Span};
use crate::lang::Localised;
use crate::source::Sources;

/// A figure as printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// The value.
    pub value: f64,
    /// Digits after the point.
    pub decimals: usize,
    /// Where it stands.
    pub span: Span,
}

/// As printed.
impl fmt::Display for Figure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:.*}", self.decimals, self.value)
    }
}

/// What a figure of a table of statistics measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Measure {
    /// Nodes that were surveyed.
    SampleNodes,
    /// Nodes these are related to.
    RelationNodes,
    /// All nodes.
    Nodes,
    /// Edges.
    Edges,
    /// Average degree.
    AverageDegree,
    /// Diameter.
    Diameter,
    /// Average path length.
    PathLength,
    /// Average clustering coefficient.
    Clustering,
    /// Density.
    Density,
    /// Modularity.
    Modularity,
}

impl Measure {
    /// Every measure, in the order of print.
    pub const ALL: [Self; 10] = [
        Self::SampleNodes,
        Self::RelationNodes,
        Self::Nodes,
        Self::Edges,
        Self::AverageDegree,
        Self::Diameter,
        Self::PathLength,
        Self::Clustering,
        Self::Density,
        Self::Modularity,
    ];

    /// The word for programs and messages.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SampleNodes => "sample_nodes",
            Self::RelationNodes => "relation_nodes",
            Self::Nodes => "nodes",
            Self::Edges => "edges",
            Self::AverageDegree => "average_degree",
            Self::Diameter => "diameter",
            Self::PathLength => "average_path_length",
            Self::Clustering => "average_clustering",
            Self::Density => "density",
            Self::Modularity => "modularity",
        }
    }

    const fn role(self) -> Role {
        Role(match self {
            Self::SampleNodes => &["sample_nodes", "样本节点总数", "样本节点数", "样本节点"],
            Self::RelationNodes => &["relation_nodes", "关系节点总数", "关系节点数", "关系节点"],
            Self::Nodes => &["total_nodes", "nodes", "节点总数", "节点数"],
            Self::Edges => &["edges", "总边数", "边数"],
            Self::AverageDegree => &["average_degree", "平均度"],
            Self::Diameter => &["diameter", "网络直径", "直径"],
            Self::PathLength => &["average_path_length", "平均路径长度"],
            Self::Clustering => &["average_clustering", "clustering", "平均聚类系数", "聚类系数"],
            Self::Density => &["density", "graph_density", "图密度", "密度"],
            Self::Modularity => &["modularity", "模块化系数", "模块化"],
        })
    }
}

/// A published table.
#[derive(Debug, Clone, PartialEq)]
pub enum PublishedRows {
    /// Statistics by year.
    Statistics(Vec<PublishedYear>),
    /// Degrees by node.
    Degrees(Vec<PublishedDegree>),
    /// Shares by side and place.
    Shares(Vec<PublishedShare>),
    /// Shares by pair of places.
    Flows(Vec<PublishedFlow>),
}

/// Statistics of a year.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedYear {
    /// The year; `None` in a table of one row without years.
    pub year: Option<i32>,
    /// The figures it has.
    pub figures: BTreeMap<Measure, Figure>,
    /// Where the row stands.
    pub span: Span,
}

/// Degrees of a node.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedDegree {
    /// The node.
    pub name: Localised<String>,
    /// In-degree.
    pub into: Figure,
    /// Out-degree.
    pub out: Figure,
    /// Their sum, as printed.
    pub total: Figure,
}

/// Share of a place, in per cent.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedShare {
    /// Which side of the table, such as enabling or input; may be empty.
    pub side: String,
    /// The place.
    pub place: Localised<String>,
    /// Its share.
    pub share: Figure,
}

/// Share of a flow, in per cent.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishedFlow {
    /// From where.
    pub from: Localised<String>,
    /// Where to.
    pub to: Localised<String>,
    /// Its share.
    pub share: Figure,
}

/// Reads a published table; no rows if it cannot be read.
pub(super) fn read(
    sources: &mut Sources,
    spec: &PublishedSpec,
    findings: &mut Findings,
) -> PublishedRows {
    let table = Table::read(sources, &spec.table, findings);
    if let Some(table) = &table {
        table.report_if_empty(Needed::No, findings);
    }
    let table = table.as_ref();
    match spec.kind {
        PublishedKind::Statistics => {
            PublishedRows::Statistics(table.map_or(Vec::new(), |t| statistics(t, findings)))
        }
        PublishedKind::Degrees => {
            PublishedRows::Degrees(table.and_then(|t| degrees(t, findings)).unwrap_or_default())
        }
        PublishedKind::Shares(_) => {
            PublishedRows::Shares(table.and_then(|t| shares(t, findings)).unwrap_or_default())
        }
        PublishedKind::Flows(_) => {
            PublishedRows::Flows(table.and_then(|t| flows(t, findings)).unwrap_or_default())
        }
    }
}

fn statistics(table: &Table, findings: &mut Findings) -> Vec<PublishedYear> {
    let year = table.column(role::YEAR);
    let columns: Vec<(Measure, usize)> =
        Measure::ALL.into_iter().filter_map(|m| Some((m, table.column(m.role())?))).collect();
    if columns.is_empty() {
        findings.push(table.missing(Measure::Nodes.role()));
    }
    let row = |row: &Row| PublishedYear {
        year: row.filled(year).and_then(|cell| year_of(cell, findings)),
        figures: columns
            .iter()
            .filter_map(|&(measure, column)| Some((measure, figure(row, column, findings)?)))
            .collect(),
        span: row.span,
    };
    let mut rows: Vec<PublishedYear> = table.rows.iter().map(row).collect();
    rows.sort_by_key(|row| row.year);
    rows
}

fn degrees(table: &Table, findings: &mut Findings) -> Option<Vec<PublishedDegree>> {
    let name = Pair::require(table, role::NAME, findings);
    let columns = [role::IN_DEGREE, role::OUT_DEGREE, role::DEGREE];
    let columns = columns.map(|role| table.require(role, findings));
    let (name, [Some(into), Some(out), Some(total)]) = (name?, columns) else { return None };
    let row = |row: &Row| {
        Some(PublishedDegree {
            name: name.read(table, row, findings),
            into: figure(row, into, findings)?,
            out: figure(row, out, findings)?,
            total: figure(row, total, findings)?,
        })
    };
    Some(table.rows.iter().filter_map(row).collect())
}

fn shares(table: &Table, findings: &mut Findings) -> Option<Vec<PublishedShare>> {
    let place = Pair::require(table, role::SHARE_PLACE, findings);
    let share = table.require(role::SHARE, findings);
    let side = table.column(role::SIDE);
    let (place, share) = (place?, share?);
    let row = |row: &Row| {
        Some(PublishedShare {
            side: row.text(side),
            place: place.read(table, row, findings),
            share: figure(row, share, findings)?,
        })
    };
    Some(table.rows.iter().filter_map(row).collect())
}

fn flows(table: &Table, findings: &mut Findings) -> Option<Vec<PublishedFlow>> {
    let from = Pair::require(table, role::FLOW_FROM, findings);
    let to = Pair::require(table, role::FLOW_TO, findings);
    let share = table.require(role::SHARE, findings);
    let (from, to, share) = (from?, to?, share?);
    let row = |row: &Row| {
        Some(PublishedFlow {
            from: from.read(table, row, findings),
            to: to.read(table, row, findings),
            share: figure(row, share, findings)?,
        })
    };
    Some(table.rows.iter().filter_map(row).collect())
}

fn figure(row: &Row, column: usize, findings: &mut Findings) -> Option<Figure> {
    let cell = row.cell(column);
    match number::parse(&cell.text) {
        Ok(number) => {
            number.map(|n| Figure { value: n.value, decimals: n.decimals, span: cell.span })
        }
        Err(why) => {
            let message = format!("`{}` is not a number", cell.text);
            let found = Diagnostic::error(Code::DataNotANumber, message).at(cell.span, "");
            findings.push(found.help(why.to_string()));
            None
        }
    }
}
