//! A portrait of a network: its nodes with the most relations, where to draw them, and the links
//! among them.

use std::ops::Range;

use crate::config::Snapshots;
use crate::data::NetworkEdge;
use crate::network::graph::Graph;
use crate::network::hubs::HubOrder;
use crate::network::layout::{Point, layout};
use crate::network::snapshot::{Snapshot, held};

/// Nodes of a snapshot and where to draw them.
#[derive(Debug, Clone, PartialEq)]
pub struct Portrait {
    /// Nodes, those with the most relations first.
    pub nodes: Vec<PortraitNode>,
    /// Linked nodes, as positions among them, each pair once.
    pub links: Vec<(usize, usize)>,
}

/// A node of a portrait.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PortraitNode {
    /// Position of the node in the network.
    pub node: usize,
    /// Where to draw it.
    pub at: Point,
    /// Its total degree in the snapshot.
    pub degree: u64,
    /// Its community in the snapshot, by label.
    pub community: u32,
}

impl Snapshot {
    /// The portrait of the last snapshot: of the `most` nodes with the most relations, those that
    /// are linked with another of them. `edges` are the edges of the network, `snapshots` its years,
    /// `at` the position of this snapshot. `None` for a snapshot without communities.
    #[must_use]
    pub fn portrait(
        &self,
        edges: &[NetworkEdge],
        snapshots: Option<&Snapshots>,
        at: usize,
        most: usize,
    ) -> Option<Portrait> {
        let depth = self.depth.as_ref()?;
        let hubs = self.hubs(HubOrder::Total, most, |_| true);
        let size = self.members.last().map_or(0, |&last| last as usize + 1);
        let mut place = vec![usize::MAX; size];
        for (new, hub) in hubs.iter().enumerate() {
            place[hub.node] = new;
        }
        let is_held = |edge: &&NetworkEdge| {
            let years: Range<usize> = held(snapshots, edge.year);
            years.contains(&at)
        };
        let find = |node: u32| place.get(node as usize).copied().filter(|&at| at != usize::MAX);
        let mut links: Vec<(usize, usize)> = edges
            .iter()
            .filter(is_held)
            .filter_map(|edge| find(edge.source).zip(find(edge.target)))
            .filter(|(from, to)| from != to)
            .map(|(from, to)| (from.min(to), from.max(to)))
            .collect();
        links.sort_unstable();
        links.dedup();
        let mut linked = vec![false; hubs.len()];
        for &(from, to) in &links {
            linked[from] = true;
            linked[to] = true;
        }
        let kept: Vec<usize> = (0..hubs.len()).filter(|&hub| linked[hub]).collect();
        let mut renamed = vec![0; hubs.len()];
        for (new, &old) in kept.iter().enumerate() {
            renamed[old] = new;
        }
        for (from, to) in &mut links {
            (*from, *to) = (renamed[*from], renamed[*to]);
        }
        let communities: Vec<u32> =
            kept.iter().map(|&hub| hubs[hub].community.unwrap_or(u32::MAX)).collect();
        debug_assert_eq!(depth.communities.labels.len(), self.members.len());
        let narrow = |at: usize| u32::try_from(at).ok();
        let rows: Vec<(u32, u32)> =
            links.iter().filter_map(|&(from, to)| narrow(from).zip(narrow(to))).collect();
        let points = layout(&Graph::new(kept.len(), &rows), &communities);
        let node = |(hub, (at, community)): (&usize, (Point, u32))| PortraitNode {
            node: hubs[*hub].node,
            at,
            degree: hubs[*hub].degree.total,
            community,
        };
        let nodes = kept.iter().zip(points.into_iter().zip(communities)).map(node).collect();
        Some(Portrait { nodes, links })
    }
}
