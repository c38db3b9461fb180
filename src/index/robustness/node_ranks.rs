//! How ranks vary, node by node: counted in halves, so that average ranks are whole numbers too.

use crate::config::{NodeReplay, Ties};
use crate::index::robustness::evaluate::Evaluator;
use crate::index::robustness::order::Order;
use crate::index::robustness::plan::Plan;
use crate::index::robustness::quantile::counted_quantile;
use crate::num::Rank;

/// How the ranks at a dimension vary; units stand in nominal order, equals by code.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeUncertainty {
    /// Position of the node.
    pub node: usize,
    /// The units that are ranked there.
    pub units: Vec<RankInterval>,
}

/// How the rank of one unit at a node varies; fractions where equals take the mean of their places.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RankInterval {
    /// Position of the unit.
    pub unit: usize,
    /// Nominal rank.
    pub rank: Rank,
    /// Mean rank.
    pub mean: f64,
    /// Median rank.
    pub median: f64,
    /// 5 % quantile (type 7).
    pub low: f64,
    /// 95 % quantile (type 7).
    pub high: f64,
}

impl NodeUncertainty {
    /// The variation of the unit at a position in the sample, if it is ranked.
    #[must_use]
    pub fn of_unit(&self, unit: usize) -> Option<&RankInterval> {
        self.units.iter().find(|own| own.unit == unit)
    }
}

/// How often each slot took each rank.
#[derive(Debug, Clone)]
pub(super) struct RankCounts {
    slots: usize,
    /// Half ranks in a rank: 2 where equals take the mean of their places, otherwise 1.
    steps: usize,
    counts: Vec<u32>,
}

/// Mean and quantiles of the ranks of a slot.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Spread {
    pub(super) mean: f64,
    pub(super) median: f64,
    pub(super) low: f64,
    pub(super) high: f64,
}

impl RankCounts {
    /// Nothing counted yet.
    pub(super) fn new(slots: usize, ties: Ties) -> Self {
        let steps = if ties == Ties::Average { 2 } else { 1 };
        Self { slots, steps, counts: vec![0; slots * slots * steps] }
    }

    /// Counts one ranking.
    pub(super) fn add(&mut self, order: &Order) {
        let width = self.slots * self.steps;
        if self.steps == 1 {
            for (slot, rank) in order.ranks.iter().enumerate() {
                self.counts[slot * width + usize::from(rank.unsigned_abs()) - 1] += 1;
            }
        } else {
            for (slot, &halves) in order.halves.iter().enumerate() {
                self.counts[slot * width + usize::from(halves)] += 1;
            }
        }
    }

    /// Both together.
    pub(super) fn plus(&mut self, other: &Self) {
        for (own, more) in self.counts.iter_mut().zip(&other.counts) {
            *own += more;
        }
    }

    /// Mean and quantiles of a slot; `nominal` if nothing was counted.
    pub(super) fn spread(&self, slot: usize, nominal: f64) -> Spread {
        let width = self.slots * self.steps;
        Spread::of(&self.counts[slot * width..(slot + 1) * width], self.steps, nominal)
    }
}

impl Spread {
    /// Mean and quantiles of counted steps above rank 1, so many to a rank.
    #[expect(clippy::cast_precision_loss, reason = "ranks stay far below 2^52")]
    pub(super) fn of(own: &[u32], steps: usize, nominal: f64) -> Self {
        let runs: u64 = own.iter().copied().map(u64::from).sum();
        if runs == 0 {
            return Self { mean: nominal, median: nominal, low: nominal, high: nominal };
        }
        let steps = steps as f64;
        let sum: u64 =
            own.iter().zip(0..).map(|(&count, at): (_, u64)| u64::from(count) * at).sum();
        let at = |p| 1.0 + (counted_quantile(own, p) - 1.0) / steps;
        Self {
            mean: 1.0 + sum as f64 / runs as f64 / steps,
            median: at(0.5),
            low: at(0.05),
            high: at(0.95),
        }
    }
}

/// The nodes that are followed, in the order of the framework, with room for their rankings.
#[derive(Debug, Clone)]
pub(super) struct Followed {
    node: usize,
    order: Order,
    counts: RankCounts,
}

impl Followed {
    /// The nodes that are asked for.
    pub(super) fn all(plan: &Plan, which: NodeReplay) -> Vec<Self> {
        let wanted = |node: usize| {
            let own = &plan.nodes[node];
            match which {
                NodeReplay::Index => false,
                NodeReplay::Dimensions => own.level == 1,
                NodeReplay::All => own.level > 0,
            }
        };
        let inner = (0..plan.nodes.len()).filter(|&node| plan.nodes[node].leaf.is_none());
        inner
            .filter(|&node| wanted(node))
            .map(|node| {
                let units = &plan.nodes[node].order;
                let counts = RankCounts::new(units.len(), plan.rule.ties);
                Self { node, order: Order::new(units), counts }
            })
            .collect()
    }

    /// Ranks the units by the scores that a run left at the node.
    pub(super) fn add(&mut self, plan: &Plan, evaluator: &Evaluator<'_>) {
        let column = evaluator.column(self.node);
        let units = &plan.nodes[self.node].order;
        self.order.rank(units.iter().map(|&unit| column[unit]), plan.rule);
        self.counts.add(&self.order);
    }

    /// Both together.
    pub(super) fn plus(&mut self, other: &Self) {
        self.counts.plus(&other.counts);
    }

    /// What was counted.
    pub(super) fn summary(&self, plan: &Plan) -> NodeUncertainty {
        let own = &plan.nodes[self.node];
        let units = own.order.iter().zip(&own.ranks).enumerate().map(|(slot, (&unit, &rank))| {
            let Spread { mean, median, low, high } = self.counts.spread(slot, f64::from(rank));
            RankInterval { unit, rank, mean, median, low, high }
        });
        NodeUncertainty { node: self.node, units: units.collect() }
    }
}
