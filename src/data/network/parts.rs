//! Which nodes and edges belong to the subnetworks of a network.

use std::collections::BTreeMap;

use crate::config::{Ends, NetworkSpec, SubnetworkSpec};
use crate::data::Gazetteer;
use crate::data::condition::{self, Of};
use crate::data::network::Part;
use crate::data::network::edges::Edges;
use crate::data::network::nodes::Nodes;
use crate::data::table::Table;
use crate::diag::Findings;

/// Evaluates the conditions of every subnetwork.
pub(super) fn select(
    spec: &NetworkSpec,
    nodes: &Nodes,
    edges: &Edges,
    edge_table: &Table,
    gazetteer: Option<&Gazetteer>,
    findings: &mut Findings,
) -> Vec<Part> {
    let asks = |of: fn(&SubnetworkSpec) -> bool| spec.subnetworks.iter().any(of);
    let node_rows =
        if asks(|part| part.nodes.is_some()) { node_rows(nodes, gazetteer) } else { Vec::new() };
    let edge_rows: Vec<BTreeMap<String, String>> = if asks(|part| part.edges.is_some()) {
        edges.edges.iter().map(|(_, at)| edge_table.rows[*at].named(edge_table).collect()).collect()
    } else {
        Vec::new()
    };
    let mut parts = Vec::new();
    for own in &spec.subnetworks {
        let chosen = holds(own.nodes.as_ref(), &node_rows, nodes.list.len(), spec, findings);
        let held = holds(own.edges.as_ref(), &edge_rows, edges.edges.len(), spec, findings);
        let kept = edges.edges.iter().zip(&held).map(|((edge, _), &held)| {
            let (source, target) = (chosen[edge.source as usize], chosen[edge.target as usize]);
            held && match own.ends {
                Ends::Both => source && target,
                Ends::Any => source || target,
            }
        });
        let edges = kept.collect();
        // A part chosen by its edges alone has no nodes but their ends.
        let nodes = if own.nodes.is_some() { chosen } else { vec![false; chosen.len()] };
        parts.push(Part { nodes, edges });
    }
    parts
}

/// The rows of nodes, with the columns of their units that the table does not have itself.
fn node_rows(nodes: &Nodes, gazetteer: Option<&Gazetteer>) -> Vec<BTreeMap<String, String>> {
    let units = gazetteer.map_or(&[][..], Gazetteer::units);
    let columns: Vec<&String> = units.first().map_or(Vec::new(), |u| u.extra.keys().collect());
    let mut rows = nodes.cells.clone();
    for (row, node) in rows.iter_mut().zip(&nodes.list) {
        let unit = node.unit.and_then(|at| units.get(at));
        for column in &columns {
            if !row.contains_key(*column) {
                let text = unit.and_then(|unit| unit.extra.get(*column)).cloned();
                row.insert((*column).clone(), text.unwrap_or_default());
            }
        }
    }
    rows
}

/// For every row whether a condition holds; all of them where there is none.
fn holds(
    condition: Option<&(String, crate::diag::Span)>,
    rows: &[BTreeMap<String, String>],
    count: usize,
    spec: &NetworkSpec,
    findings: &mut Findings,
) -> Vec<bool> {
    let Some((text, span)) = condition else { return vec![true; count] };
    let rows: Vec<&BTreeMap<String, String>> = rows.iter().collect();
    let mut found = vec![false; count];
    let selected = condition::select(&rows, text, *span, Of::Table(&spec.id));
    for at in findings.keep(selected).unwrap_or_default() {
        found[at] = true;
    }
    found
}
