//! Snapshots: a network, or a part of it, as it stands in a year.

use std::ops::Range;

use crate::config::{NetworkSpec, NodeRule, Snapshots};
use crate::data::{NetworkData, NetworkEdge};
use crate::network::community::Communities;
use crate::network::graph::Graph;
use crate::network::measure::betweenness::betweenness;
use crate::network::measure::page_rank::page_rank;
use crate::network::profile::{CommunityProfile, profiles};
use crate::network::statistics::{Statistics, measured};

/// A network as it stands in a year, and its figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// The year; `None` for all edges at once.
    pub year: Option<i32>,
    /// Positions of its nodes in the network, ascending; figures by node are in this order.
    pub members: Vec<u32>,
    /// Nodes that were surveyed, and the others; `None` where nodes are not told apart.
    pub sample: Option<(usize, usize)>,
    /// Nodes by type, in order of text; nothing where no node states one.
    pub types: Vec<(String, usize)>,
    /// Edges by type, in order of text; nothing where no edge states one.
    pub edge_types: Vec<(String, usize)>,
    /// Edges. An undirected edge counts once here, and as a row each way in the statistics.
    pub edges: usize,
    /// Sum of the weights of edges.
    pub weight: f64,
    /// Figures of the graph.
    pub statistics: Statistics,
    /// `PageRank` by node.
    pub page_rank: Vec<f64>,
    /// In-, out- and total degree, plain and by weight, by node.
    pub degrees: Vec<Degree>,
    /// Communities by the method of Leiden and betweenness by node, of the last snapshot alone.
    pub depth: Option<Depth>,
}

/// What is told of the last snapshot alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Depth {
    /// Communities, by the method of Leiden; labels by node.
    pub communities: Communities,
    /// The largest communities, described.
    pub profiles: Vec<CommunityProfile>,
    /// Betweenness by node, if it was asked for; over unordered pairs without direction.
    pub betweenness: Option<Vec<f64>>,
}

/// Degrees of a node. Without direction all three are the same, loops counted twice.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Degree {
    /// Rows that arrive.
    pub into: u64,
    /// Rows that leave.
    pub out: u64,
    /// Both.
    pub total: u64,
    /// Weight that arrives.
    pub weight_in: f64,
    /// Weight that leaves.
    pub weight_out: f64,
    /// Both.
    pub weight: f64,
}

/// The years of snapshots; one `None` where there are none.
pub(super) fn years(snapshots: Option<&Snapshots>) -> Vec<Option<i32>> {
    snapshots.map_or_else(|| vec![None], |s| s.years.iter().copied().map(Some).collect())
}

/// The snapshots that hold something of a year, as positions; something without a year is in none
/// of them, and in the one where there are no years.
pub(super) fn held(snapshots: Option<&Snapshots>, year: Option<i32>) -> Range<usize> {
    match (snapshots, year) {
        (None, _) => 0..1,
        (Some(_), None) => 0..0,
        (Some(snapshots), Some(year)) => snapshots.holding(year),
    }
}

/// What a snapshot is taken of.
#[derive(Clone, Copy)]
pub(super) struct Frame<'a> {
    /// The network as asked for.
    pub(super) spec: &'a NetworkSpec,
    /// Its tables.
    pub(super) data: &'a NetworkData,
    /// For every edge, the snapshots that hold it; none for edges outside the part.
    pub(super) held: &'a [(NetworkEdge, Range<usize>)],
    /// For every node, whether it may stand there without an edge.
    pub(super) own: &'a [bool],
    /// How many snapshots there are.
    pub(super) years: usize,
    /// How many units the gazetteer has.
    pub(super) units: usize,
}

impl Frame<'_> {
    /// The snapshot at a position of the years.
    pub(super) fn take(self, at: usize, year: Option<i32>) -> Snapshot {
        let edges: Vec<NetworkEdge> =
            self.held.iter().filter(|(_, held)| held.contains(&at)).map(|(e, _)| *e).collect();
        let members = self.members(&edges, at);
        let mut position = vec![u32::MAX; self.data.nodes.len()];
        for (new, &old) in (0..).zip(&members) {
            position[old as usize] = new;
        }
        let ends = |e: &NetworkEdge| (position[e.source as usize], position[e.target as usize]);
        let mut rows: Vec<(u32, u32)> = edges.iter().map(ends).collect();
        let degrees = self.degrees(&edges, &rows, members.len());
        if !self.spec.directed {
            rows.extend(edges.iter().map(ends).map(|(a, b)| (b, a)));
        }
        let graph = Graph::new(members.len(), &rows);
        let (mut statistics, communities) = measured(&graph);
        if !self.spec.directed {
            statistics.loops /= 2;
        }
        let mut snapshot = Snapshot {
            year,
            sample: self.sample(&members),
            types: self.types(&members),
            edge_types: self.edge_types(&edges),
            edges: edges.len(),
            weight: edges.iter().map(|edge| edge.weight).sum(),
            statistics,
            page_rank: page_rank(&graph),
            degrees,
            members,
            depth: None,
        };
        if at + 1 == self.years {
            let profiles = self.profiles(&snapshot, &communities);
            let betweenness = self.spec.betweenness.then(|| self.betweenness(&graph));
            snapshot.depth = Some(Depth { communities, profiles, betweenness });
        }
        snapshot
    }

    fn profiles(&self, own: &Snapshot, communities: &Communities) -> Vec<CommunityProfile> {
        profiles(own, communities, &self.data.nodes, self.units, self.spec.top)
    }

    /// Betweenness; without direction every pair was counted each way.
    fn betweenness(&self, graph: &Graph) -> Vec<f64> {
        let ways = if self.spec.directed { 1.0 } else { 2.0 };
        betweenness(graph).into_iter().map(|value| value / ways).collect()
    }

    fn members(&self, edges: &[NetworkEdge], at: usize) -> Vec<u32> {
        let mut is_member = vec![false; self.data.nodes.len()];
        for edge in edges {
            is_member[edge.source as usize] = true;
            is_member[edge.target as usize] = true;
        }
        let snapshots = self.spec.snapshots.as_ref();
        let rule = snapshots.map_or(NodeRule::All, |s| s.nodes);
        for (member, (node, &own)) in is_member.iter_mut().zip(self.data.nodes.iter().zip(self.own))
        {
            *member |= own
                && match rule {
                    NodeRule::Linked => false,
                    NodeRule::Dated => held(snapshots, node.year).contains(&at),
                    NodeRule::All => true,
                };
        }
        (0..).zip(is_member).filter(|(_, member)| *member).map(|(node, _)| node).collect()
    }

    fn degrees(&self, edges: &[NetworkEdge], rows: &[(u32, u32)], nodes: usize) -> Vec<Degree> {
        let mut degrees = vec![Degree::default(); nodes];
        for (edge, &(source, target)) in edges.iter().zip(rows) {
            let own = &mut degrees[source as usize];
            own.out += 1;
            own.weight_out += edge.weight;
            let own = &mut degrees[target as usize];
            own.into += 1;
            own.weight_in += edge.weight;
        }
        for own in &mut degrees {
            own.total = own.into + own.out;
            own.weight = own.weight_in + own.weight_out;
            if !self.spec.directed {
                (own.into, own.out) = (own.total, own.total);
                (own.weight_in, own.weight_out) = (own.weight, own.weight);
            }
        }
        degrees
    }

    fn sample(&self, members: &[u32]) -> Option<(usize, usize)> {
        let types = &self.spec.sample_types;
        let is_sample = |&&node: &&u32| types.contains(&self.data.nodes[node as usize].kind);
        let sample = members.iter().filter(is_sample).count();
        (!types.is_empty()).then_some((sample, members.len() - sample))
    }

    fn types(&self, members: &[u32]) -> Vec<(String, usize)> {
        tally(members.iter().map(|&node| self.data.nodes[node as usize].kind.as_str()))
    }

    fn edge_types(&self, edges: &[NetworkEdge]) -> Vec<(String, usize)> {
        let kind = |edge: &NetworkEdge| {
            edge.kind.map_or("", |kind| self.data.kinds[kind as usize].as_str())
        };
        tally(edges.iter().map(kind))
    }
}

/// How often each text occurs, in order of text; nothing if all are empty.
fn tally<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<(String, usize)> {
    let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
    for text in texts {
        *counts.entry(text).or_default() += 1;
    }
    let is_told = counts.keys().any(|text| !text.is_empty());
    let counts = counts.into_iter().filter(|_| is_told);
    counts.map(|(text, count)| (text.to_owned(), count)).collect()
}
