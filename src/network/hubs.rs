//! Hubs: the nodes with the most relations, as the degree tables list them.

use crate::network::snapshot::{Degree, Snapshot};

/// What hubs are ranked by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HubOrder {
    /// In-degree.
    In,
    /// Out-degree.
    Out,
    /// Total degree.
    Total,
    /// Total weighted degree.
    Weight,
    /// `PageRank`.
    PageRank,
    /// Betweenness, where it was computed.
    Betweenness,
}

/// A node among the hubs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Hub {
    /// Position of the node in the network.
    pub node: usize,
    /// Its rank; equals share a rank.
    pub rank: u32,
    /// Its degrees.
    pub degree: Degree,
    /// Its `PageRank`.
    pub page_rank: f64,
    /// Its betweenness, where it was computed.
    pub betweenness: Option<f64>,
    /// Its community, in the last snapshot.
    pub community: Option<u32>,
}

impl Snapshot {
    /// The first `top` nodes by an order, of those that `may` be listed, by position in the
    /// network; equals in the order of ids. Nodes of value zero are no hubs.
    #[must_use]
    pub fn hubs(&self, order: HubOrder, top: usize, may: impl Fn(usize) -> bool) -> Vec<Hub> {
        self.hubs_at(order, top, |at| may(self.members[at] as usize))
    }

    /// The same, of those that `may` be listed by position in the snapshot.
    pub(super) fn hubs_at(
        &self,
        order: HubOrder,
        top: usize,
        may: impl Fn(usize) -> bool,
    ) -> Vec<Hub> {
        let value = |at: usize| self.value(order, at);
        let mut found: Vec<usize> =
            (0..self.members.len()).filter(|&at| value(at) > 0.0 && may(at)).collect();
        found.sort_by(|&a, &b| value(b).total_cmp(&value(a)).then(a.cmp(&b)));
        found.truncate(top);
        let mut hubs: Vec<Hub> = Vec::with_capacity(found.len());
        let mut above = None;
        for (place, at) in (1..).zip(found) {
            let own = value(at);
            let rank = match (above, hubs.last()) {
                (Some(above), Some(last)) if own.total_cmp(&above).is_eq() => last.rank,
                _ => place,
            };
            above = Some(own);
            hubs.push(Hub {
                node: self.members[at] as usize,
                rank,
                degree: self.degrees[at],
                page_rank: self.page_rank[at],
                betweenness: self.betweenness(at),
                community: self.depth.as_ref().map(|depth| depth.communities.labels[at]),
            });
        }
        hubs
    }

    fn betweenness(&self, at: usize) -> Option<f64> {
        let values = self.depth.as_ref().and_then(|depth| depth.betweenness.as_ref());
        values.map(|values| values[at])
    }

    #[expect(clippy::cast_precision_loss, reason = "degrees stay far below 2^52")]
    fn value(&self, order: HubOrder, at: usize) -> f64 {
        let degree = &self.degrees[at];
        match order {
            HubOrder::In => degree.into as f64,
            HubOrder::Out => degree.out as f64,
            HubOrder::Total => degree.total as f64,
            HubOrder::Weight => degree.weight,
            HubOrder::PageRank => self.page_rank[at],
            HubOrder::Betweenness => self.betweenness(at).unwrap_or(0.0),
        }
    }
}
