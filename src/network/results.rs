//! Everything measured on the networks and tables of entities of a report.

use std::ops::Range;

use rayon::prelude::*;

use crate::config::{NetworkPlan, NetworkSpec};
use crate::data::{Gazetteer, NetworkData, NetworkEdge, NetworkTables};
use crate::diag::{Findings, Phase};
use crate::lang::Localised;
use crate::network::cascade::{Cascade, cascade};
use crate::network::flows::{Flows, flows};
use crate::network::published;
use crate::network::snapshot::{Frame, Snapshot, held, years};

/// Results of networks and cascades, in the order of the configuration.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Networks {
    /// Networks.
    pub networks: Vec<NetworkResult>,
    /// Tables of entities.
    pub cascades: Vec<Cascade>,
}

/// Results of a network.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkResult {
    /// Short name.
    pub id: String,
    /// Printed title.
    pub title: Localised<String>,
    /// Whether edges lead from source to target.
    pub directed: bool,
    /// The network by year; nothing where only published statistics are shown.
    pub snapshots: Vec<Snapshot>,
    /// Its parts, in the order of the configuration.
    pub subnetworks: Vec<Subnetwork>,
    /// Flows at every level asked for, the widest first; none without units.
    pub flows: Vec<Flows>,
}

/// A part of a network, by year.
#[derive(Debug, Clone, PartialEq)]
pub struct Subnetwork {
    /// Short name.
    pub id: String,
    /// Printed title.
    pub title: Localised<String>,
    /// The part in the years of its network.
    pub snapshots: Vec<Snapshot>,
}

/// Measures every network and cascade of a plan, and checks what was published.
///
/// # Errors
/// Never: what is found is a warning.
pub fn analyse(
    plan: &NetworkPlan,
    tables: &NetworkTables,
    gazetteer: &Gazetteer,
) -> Phase<Networks> {
    let mut findings = Findings::default();
    for (spec, data) in plan.networks.iter().zip(&tables.networks) {
        published::check(spec, &data.published, &mut findings);
    }
    let networks = plan.networks.par_iter().zip(&tables.networks);
    let cascades = plan.cascades.iter().zip(&tables.cascades);
    findings.finish(Networks {
        networks: networks.map(|(spec, data)| network(spec, data, gazetteer)).collect(),
        cascades: cascades.map(|(spec, data)| cascade(spec, data, gazetteer)).collect(),
    })
}

/// Edges with the snapshots that hold them.
type HeldEdges = Vec<(NetworkEdge, Range<usize>)>;

fn network(spec: &NetworkSpec, data: &NetworkData, gazetteer: &Gazetteer) -> NetworkResult {
    let years = years(spec.snapshots.as_ref());
    let holding = |edge: &NetworkEdge| held(spec.snapshots.as_ref(), edge.year);
    let edges: HeldEdges = data.edges.iter().map(|edge| (*edge, holding(edge))).collect();
    let every_node = vec![true; data.nodes.len()];
    let (count, units) = (years.len(), gazetteer.units().len());
    let frame = Frame { spec, data, held: &edges, own: &every_node, years: count, units };
    let snapshots = if spec.edges.is_some() { take(frame, &years) } else { Vec::new() };
    let parts = spec.subnetworks.iter().zip(&data.parts);
    let subnetworks = parts.map(|(own, part)| {
        let kept = edges.iter().zip(&part.edges).filter(|(_, kept)| **kept);
        let held: HeldEdges = kept.map(|(edge, _)| edge.clone()).collect();
        let frame = Frame { held: &held, own: &part.nodes, ..frame };
        Subnetwork { id: own.id.clone(), title: own.title.clone(), snapshots: take(frame, &years) }
    });
    let levels = if data.has_units { &spec.flows[..] } else { &[] };
    let at = |&level| flows(level, gazetteer, &data.nodes, &edges, &years, spec.directed);
    NetworkResult {
        id: spec.id.clone(),
        title: spec.title.clone(),
        directed: spec.directed,
        subnetworks: subnetworks.collect(),
        flows: levels.par_iter().map(at).collect(),
        snapshots,
    }
}

fn take(frame: Frame<'_>, years: &[Option<i32>]) -> Vec<Snapshot> {
    years.par_iter().enumerate().map(|(at, &year)| frame.take(at, year)).collect()
}
