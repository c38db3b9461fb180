//! How far one ranking lies from the nominal one.

use crate::index::correlation::spearman;
use crate::index::rank_scores;
use crate::index::robustness::evaluate::Evaluator;
use crate::index::robustness::plan::Plan;
use crate::num::Rank;

/// A ranking against the nominal one, over the units that have a rank in both.
#[derive(Debug, Clone, PartialEq)]
pub struct Shift {
    /// New ranks, in nominal order; `None` for a unit that has no score left.
    pub ranks: Vec<Option<Rank>>,
    /// Mean absolute difference of ranks; `None` if no unit has a rank.
    pub mean: Option<f64>,
    /// Largest absolute difference of ranks; `None` if no unit has a rank.
    pub largest: Option<Rank>,
    /// Position of the first unit in nominal order that moves as far.
    pub farthest: Option<usize>,
    /// Spearman's correlation of the scores' ranks; `None` without spread.
    pub spearman: Option<f64>,
}

impl Shift {
    /// Compares the index that an evaluator holds with the nominal ranks.
    #[expect(clippy::cast_precision_loss, reason = "sums of ranks stay far below 2^52")]
    pub(super) fn of(plan: &Plan, evaluator: &Evaluator<'_>) -> Self {
        let scores: Vec<Option<f64>> = plan
            .order
            .iter()
            .map(|&unit| evaluator.has(0, unit).then(|| evaluator.column(0)[unit]))
            .collect();
        let ranks = rank_scores(&scores, plan.rule);
        let (mut sum, mut count) = (0_u64, 0_u64);
        let mut largest: Option<(Rank, usize)> = None;
        let (mut old, mut new) = (Vec::new(), Vec::new());
        for (slot, rank) in ranks.iter().enumerate() {
            let Some(rank) = *rank else { continue };
            let shift = plan.ranks[slot].abs_diff(rank);
            sum += u64::from(shift);
            count += 1;
            if largest.is_none_or(|(most, _)| shift > most) {
                largest = Some((shift, plan.order[slot]));
            }
            old.push(f64::from(plan.ranks[slot]));
            new.push(f64::from(rank));
        }
        Self {
            ranks,
            mean: (count > 0).then(|| sum as f64 / count as f64),
            largest: largest.map(|(most, _)| most),
            farthest: largest.map(|(_, unit)| unit),
            spearman: spearman(&old, &new),
        }
    }
}
