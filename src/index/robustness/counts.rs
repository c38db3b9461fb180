//! What replicates are counted into: whole numbers, so that no order of threads can show.

use crate::config::Ties;
use crate::index::robustness::node_ranks::{Followed, RankCounts, Spread};
use crate::index::robustness::order::{Order, Place};

/// Replicates after which the narrow counters are emptied into the wide ones.
const FLUSH: u32 = 60_000;

/// How often each unit took each rank and tier and stood above each other unit. Units are counted
/// by slot, that is, by nominal order.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    slots: usize,
    tiers: usize,
    /// Replicates counted.
    pub(super) runs: u32,
    /// Replicates that could not be computed.
    pub(super) failed: u32,
    ranks: Vec<u32>,
    /// The same in half ranks, where equals take the mean of their places.
    averages: Option<RankCounts>,
    /// Ranks at other nodes.
    pub(super) nodes: Vec<Followed>,
    in_tier: Vec<u32>,
    above: Vec<u32>,
    narrow: Vec<u16>,
    pending: u32,
}

impl Counts {
    /// Nothing counted yet.
    pub(super) fn new(slots: usize, tiers: usize, rule: Ties, nodes: Vec<Followed>) -> Self {
        Self {
            slots,
            tiers,
            runs: 0,
            failed: 0,
            ranks: vec![0; slots * slots],
            averages: (rule == Ties::Average).then(|| RankCounts::new(slots, rule)),
            nodes,
            in_tier: vec![0; slots * tiers],
            above: vec![0; slots * slots],
            narrow: vec![0; slots * slots],
            pending: 0,
        }
    }

    /// Counts one replicate; `tier` tells the tier of a slot.
    pub(super) fn add(&mut self, order: &Order, tier: impl Fn(usize) -> Option<usize>) {
        self.runs += 1;
        if let Some(averages) = &mut self.averages {
            averages.add(order);
        }
        for (slot, &rank) in order.ranks.iter().enumerate() {
            self.ranks[slot * self.slots + usize::from(rank.unsigned_abs()) - 1] += 1;
            if let Some(tier) = tier(slot) {
                self.in_tier[slot * self.tiers + tier] += 1;
            }
        }
        if self.slots > 0 {
            for (row, &own) in self.narrow.chunks_exact_mut(self.slots).zip(&order.ranks) {
                count_below(row, own, &order.ranks);
            }
        }
        self.pending += 1;
        if self.pending >= FLUSH {
            self.flush();
        }
    }

    fn flush(&mut self) {
        for (wide, narrow) in self.above.iter_mut().zip(&mut self.narrow) {
            *wide += u32::from(std::mem::take(narrow));
        }
        self.pending = 0;
    }

    /// Both together.
    #[must_use]
    pub(super) fn plus(mut self, mut other: Self) -> Self {
        self.flush();
        other.flush();
        self.runs += other.runs;
        self.failed += other.failed;
        if let (Some(own), Some(more)) = (&mut self.averages, &other.averages) {
            own.plus(more);
        }
        for (own, more) in self.nodes.iter_mut().zip(&other.nodes) {
            own.plus(more);
        }
        let add = |own: &mut [u32], other: &[u32]| {
            own.iter_mut().zip(other).for_each(|(a, b)| *a += b);
        };
        add(&mut self.ranks, &other.ranks);
        add(&mut self.in_tier, &other.in_tier);
        add(&mut self.above, &other.above);
        self
    }

    /// How often a slot took each rank.
    pub(super) fn ranks(&self, slot: usize) -> &[u32] {
        &self.ranks[slot * self.slots..(slot + 1) * self.slots]
    }

    /// Mean and quantiles of the ranks of a slot.
    pub(super) fn spread(&self, slot: usize, nominal: f64) -> Spread {
        match &self.averages {
            Some(averages) => averages.spread(slot, nominal),
            None => Spread::of(self.ranks(slot), 1, nominal),
        }
    }

    /// How often a slot fell into each tier.
    pub(super) fn tiers(&self, slot: usize) -> &[u32] {
        &self.in_tier[slot * self.tiers..(slot + 1) * self.tiers]
    }

    /// How often each slot stood strictly above each other one, row by row.
    pub(super) fn into_above(mut self) -> Vec<u32> {
        self.flush();
        self.above
    }
}

/// One more for every slot that ranks below `own`.
fn count_below(row: &mut [u16], own: Place, ranks: &[Place]) {
    for (count, &other) in row.iter_mut().zip(ranks) {
        *count += u16::from(own < other);
    }
}
