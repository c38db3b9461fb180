//! Tables of networks: nodes, edges, entities, and statistics that somebody published.
//!
//! In: a [`NetworkPlan`] and the gazetteer. Out: [`NetworkTables`], nodes by id and edges by their
//! ends, so that the order of rows cannot reach a result. Mistakes of one kind are told together,
//! the first few with their place.
//! Not here: snapshots and whatever is computed (`network`).

mod cases;
mod columns;
mod edges;
mod entities;
mod nodes;
mod parts;
mod published;

pub use entities::{Entity, EntityData};
pub use nodes::NetworkNode;
pub use published::{
    Figure, Measure, PublishedDegree, PublishedFlow, PublishedRows, PublishedShare, PublishedYear,
};

use std::collections::BTreeMap;

use crate::config::{NetworkFile, NetworkPlan, NetworkSpec};
use crate::data::Gazetteer;
use crate::data::table::Table;
use crate::diag::{Findings, Phase};
use crate::source::Sources;

/// The tables of every network and cascade, in the order of the plan.
#[derive(Debug, Clone, Default)]
pub struct NetworkTables {
    /// Networks.
    pub networks: Vec<NetworkData>,
    /// Tables of entities.
    pub cascades: Vec<EntityData>,
}

/// A network as its tables tell it.
#[derive(Debug, Clone, Default)]
pub struct NetworkData {
    /// Nodes by id.
    pub nodes: Vec<NetworkNode>,
    /// Edges by source, target, type, year and weight.
    pub edges: Vec<NetworkEdge>,
    /// Types of edges, in order of text; [`NetworkEdge::kind`] is a position here.
    pub kinds: Vec<String>,
    /// Whether the tables have a column of units.
    pub has_units: bool,
    /// Whether the edges have a column of weights.
    pub has_weights: bool,
    /// For every subnetwork of the plan, which nodes and edges belong to it.
    pub parts: Vec<Part>,
    /// Published tables, in the order of the plan.
    pub published: Vec<PublishedRows>,
    /// English names of categories, where the nodes have them.
    pub category_names: BTreeMap<String, String>,
    /// Whether a node or an edge says that it is illustrative.
    pub is_illustrative: bool,
}

/// An edge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NetworkEdge {
    /// Position of the node it leads from.
    pub source: u32,
    /// Position of the node it leads to.
    pub target: u32,
    /// Position of its type among the types; `None` if it states none.
    pub kind: Option<u32>,
    /// Year, if it states one.
    pub year: Option<i32>,
    /// Weight; 1 if it states none.
    pub weight: f64,
}

/// What belongs to a subnetwork.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Part {
    /// For every node, whether it belongs to the part even without an edge.
    pub nodes: Vec<bool>,
    /// For every edge, whether it belongs to the part.
    pub edges: Vec<bool>,
}

/// Reads the tables of a file of networks, and the gazetteer it names.
///
/// # Errors
/// Every mistake of every table.
pub fn load_networks(
    sources: &mut Sources,
    file: &NetworkFile,
) -> Phase<(Gazetteer, NetworkTables)> {
    let mut findings = Findings::default();
    let named = file.gazetteer.as_ref();
    let gazetteer = named.and_then(|from| Gazetteer::load(sources, from, &mut findings));
    let tables = read(sources, &file.plan, gazetteer.as_ref(), &mut findings);
    findings.finish((gazetteer.unwrap_or_default(), tables))
}

/// Reads every table of a plan.
pub(super) fn read(
    sources: &mut Sources,
    plan: &NetworkPlan,
    gazetteer: Option<&Gazetteer>,
    findings: &mut Findings,
) -> NetworkTables {
    // Networks and cascades may share a table; what is wrong with it is told once.
    let mut tables = NetworkTables::default();
    for spec in &plan.networks {
        let mut own = Findings::default();
        tables.networks.push(network(sources, spec, gazetteer, &mut own));
        findings.extend_new(own);
    }
    for spec in &plan.cascades {
        let mut own = Findings::default();
        tables.cascades.push(entities::read(sources, spec, gazetteer, &mut own));
        findings.extend_new(own);
    }
    tables
}

fn network(
    sources: &mut Sources,
    spec: &NetworkSpec,
    gazetteer: Option<&Gazetteer>,
    findings: &mut Findings,
) -> NetworkData {
    let listed = spec.published.iter();
    let published =
        listed.map(|own| published::read(sources, own, findings)).collect::<Vec<PublishedRows>>();
    let mut data = NetworkData { published, ..NetworkData::default() };
    let Some(edges) = &spec.edges else { return data };
    let edge_table = Table::read(sources, &edges.table, findings);
    let node_table = match &spec.nodes {
        None => None,
        Some(nodes) => {
            let Some(table) = Table::read(sources, &nodes.table, findings) else { return data };
            Some((table, &nodes.columns))
        }
    };
    let Some(edge_table) = edge_table else { return data };
    let columns = edges::Columns::of(&edge_table, &edges.columns, findings);
    let nodes = match &node_table {
        Some((table, columns)) => nodes::read(table, columns, gazetteer, findings),
        None => columns.as_ref().map(|c| nodes::of_edges(&edge_table, c.source, c.target)),
    };
    let Some((columns, nodes)) = columns.zip(nodes) else { return data };
    let told_by = node_table.as_ref().map(|(table, _)| table);
    let edges = edges::read(&edge_table, &columns, &nodes, told_by, spec, findings);
    data.parts = parts::select(spec, &nodes, &edges, &edge_table, gazetteer, findings);
    data.has_units = nodes.has_units;
    data.category_names = nodes.category_names;
    let tables = told_by.into_iter().chain([&edge_table]);
    data.is_illustrative = tables.into_iter().any(columns::is_illustrative);
    data.has_weights = columns.weight.is_some();
    data.kinds = edges.kinds;
    data.edges = edges.edges.into_iter().map(|(edge, _)| edge).collect();
    data.nodes = nodes.list;
    data
}
