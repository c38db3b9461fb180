//! Two results over the same units held against each other at a node: shifts of rank, correlation
//! of scores, changes of tier, agreement at the top.
//!
//! In: two [`IndexResult`] of one sample, such as the main result and a variant. Out: [`Contrast`].
//! Not here: why they differ (`robustness`), which two are compared (`cli`).

use crate::index::{IndexResult, kendall_tau_b, spearman};
use crate::num::{Rank, mean};

/// The k of which the agreement in the top k is told.
const TOPS: [Rank; 3] = [3, 5, 10];

/// How far another result differs from a base at one node.
#[derive(Debug, Clone, PartialEq)]
pub struct Contrast {
    /// The units that both rank, in the order of the base.
    pub shifts: Vec<RankShift>,
    /// Spearman's rho of the scores, ties at their mean rank; `None` without spread.
    pub spearman: Option<f64>,
    /// Kendall's tau-b of the scores; `None` without spread.
    pub kendall: Option<f64>,
    /// Mean of the absolute shifts; `None` if no unit is ranked by both.
    pub mean_shift: Option<f64>,
    /// Largest absolute shift; `None` if no unit is ranked by both.
    pub largest_shift: Option<Rank>,
    /// The units in another tier, in the order of the base; none but at the index, where both have
    /// tiers.
    pub tiers: Vec<TierChange>,
    /// Agreement in the top 3, 5 and 10, as far as the base ranks more units than that.
    pub tops: Vec<TopAgreement>,
}

/// A unit that both results rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankShift {
    /// Position of the unit.
    pub unit: usize,
    /// Its rank in the base.
    pub base: Rank,
    /// Its rank in the other result.
    pub other: Rank,
}

impl RankShift {
    /// Places gained in the other result; negative where it ranks lower there.
    #[must_use]
    pub fn places(self) -> i64 {
        i64::from(self.base) - i64::from(self.other)
    }
}

/// A unit in another tier; tiers count from 0, the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TierChange {
    /// Position of the unit.
    pub unit: usize,
    /// Its tier in the base.
    pub base: usize,
    /// Its tier in the other result.
    pub other: usize,
}

/// How many units two results have in common at the top; with ties a top k may hold more than k.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TopAgreement {
    /// The k.
    pub k: Rank,
    /// Units of rank k or better in the base.
    pub base: usize,
    /// Units of rank k or better in the other result.
    pub other: usize,
    /// Units of rank k or better in both.
    pub shared: usize,
}

impl Contrast {
    /// Holds a result against a base at the node at a position.
    #[must_use]
    pub fn of(base: &IndexResult, other: &IndexResult, node: usize) -> Self {
        let (from, to) = (&base.nodes[node], &other.nodes[node]);
        let shifts: Vec<RankShift> = from
            .order
            .iter()
            .filter_map(|&unit| {
                Some(RankShift { unit, base: from.ranks[unit]?, other: to.ranks[unit]? })
            })
            .collect();
        let scores: (Vec<f64>, Vec<f64>) =
            shifts.iter().filter_map(|s| from.scores[s.unit].zip(to.scores[s.unit])).unzip();
        let distances: Vec<Rank> = shifts.iter().map(|s| s.base.abs_diff(s.other)).collect();
        let apart: Vec<f64> = distances.iter().map(|&d| f64::from(d)).collect();
        let ranked = Rank::try_from(from.order.len()).unwrap_or(Rank::MAX);
        Self {
            spearman: spearman(&scores.0, &scores.1),
            kendall: kendall_tau_b(&scores.0, &scores.1),
            mean_shift: mean(&apart),
            largest_shift: distances.iter().copied().max(),
            tiers: if node == 0 { tier_changes(base, other) } else { Vec::new() },
            tops: TOPS.into_iter().filter(|&k| k < ranked).map(|k| top(from, to, k)).collect(),
            shifts,
        }
    }

    /// The units that move most, at most `limit`; equal shifts in the order of the base.
    #[must_use]
    pub fn movers(&self, limit: usize) -> Vec<RankShift> {
        let mut moved: Vec<RankShift> =
            self.shifts.iter().copied().filter(|s| s.places() != 0).collect();
        moved.sort_by_key(|s| std::cmp::Reverse(s.places().abs()));
        moved.truncate(limit);
        moved
    }
}

fn tier_changes(base: &IndexResult, other: &IndexResult) -> Vec<TierChange> {
    let Some((from, to)) = base.tiers.as_ref().zip(other.tiers.as_ref()) else {
        return Vec::new();
    };
    let change = |&unit: &usize| {
        let change = TierChange { unit, base: from.of_unit[unit]?, other: to.of_unit[unit]? };
        (change.base != change.other).then_some(change)
    };
    base.index().order.iter().filter_map(change).collect()
}

fn top(base: &crate::index::NodeResult, other: &crate::index::NodeResult, k: Rank) -> TopAgreement {
    let inside = |ranks: &[Option<Rank>], unit: usize| ranks[unit].is_some_and(|rank| rank <= k);
    let count = |f: &dyn Fn(usize) -> bool| (0..base.ranks.len()).filter(|&u| f(u)).count();
    TopAgreement {
        k,
        base: count(&|u| inside(&base.ranks, u)),
        other: count(&|u| inside(&other.ranks, u)),
        shared: count(&|u| inside(&base.ranks, u) && inside(&other.ranks, u)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::testing::{flat, result, run};

    /// Two indicators; the variant counts the second alone by its weights.
    fn pair(rows: &[[f64; 2]], head: &str) -> (IndexResult, IndexResult) {
        let rows: Vec<Vec<f64>> = rows.iter().map(|row| row.to_vec()).collect();
        let of = |weights: &[f64]| {
            result(&flat(2, &[], weights, &format!("normalisation: none\n{head}")), &rows)
        };
        (of(&[1.0, 0.0]), of(&[0.0, 1.0]))
    }

    const ROWS: [[f64; 2]; 4] = [[9.0, 5.0], [8.0, 9.0], [2.0, 5.0], [1.0, 1.0]];

    #[test]
    fn by_hand() {
        let (base, other) = pair(&ROWS, "tiers: { method: fixed-cuts, cuts: [6] }");
        let found = Contrast::of(&base, &other, 0);
        let ranks: Vec<(Rank, Rank)> = found.shifts.iter().map(|s| (s.base, s.other)).collect();
        assert_eq!(ranks, [(1, 2), (2, 1), (3, 2), (4, 4)]);
        let places: Vec<i64> = found.shifts.iter().map(|s| s.places()).collect();
        assert_eq!(places, [-1, 1, 1, 0]);
        assert_eq!((found.mean_shift, found.largest_shift), (Some(0.75), Some(1)));
        // Ascending mean ranks 4 3 2 1 and 2.5 4 2.5 1: sum of products 3, of squares 5 and 4.5.
        assert!((found.spearman.unwrap() - 3.0 / (5.0 * 4.5_f64).sqrt()).abs() < 1e-12);
        // Of six pairs four agree, one is the other way round, one is tied in the other.
        assert!((found.kendall.unwrap() - 3.0 / 30.0_f64.sqrt()).abs() < 1e-12);
        assert_eq!(found.tiers, [TierChange { unit: 0, base: 0, other: 1 }]);
        assert_eq!(found.tops, [TopAgreement { k: 3, base: 3, other: 3, shared: 3 }]);
        let movers: Vec<usize> = found.movers(2).iter().map(|s| s.unit).collect();
        assert_eq!(movers, [0, 1]);
    }

    #[test]
    fn a_result_agrees_with_itself() {
        let (base, _) = pair(&ROWS, "tiers: { method: quantiles, count: 2 }");
        let found = Contrast::of(&base, &base, 0);
        assert_eq!((found.spearman, found.kendall), (Some(1.0), Some(1.0)));
        assert_eq!((found.mean_shift, found.largest_shift), (Some(0.0), Some(0)));
        assert!(found.tiers.is_empty() && found.movers(9).is_empty());
        assert!(found.tops.iter().all(|t| t.shared == t.base && t.base == t.other));
    }

    #[test]
    fn the_other_way_round_shifts_change_sign() {
        let (base, other) = pair(&ROWS, "");
        let (there, back) = (Contrast::of(&base, &other, 0), Contrast::of(&other, &base, 0));
        let total = |c: &Contrast| c.shifts.iter().map(|s| s.places()).sum::<i64>();
        assert_eq!(total(&there), -total(&back));
        assert_eq!((there.kendall, there.mean_shift), (back.kendall, back.mean_shift));
    }

    #[test]
    fn units_without_a_rank_in_one_stay_out() {
        let rows = [vec![Some(2.0), Some(1.0)], vec![Some(1.0), None], vec![None, Some(3.0)]];
        let found = run(&flat(2, &[], &[], "normalisation: none"), &rows).unwrap().value;
        let mut other = found.clone();
        other.nodes.swap(1, 2);
        let contrast = Contrast::of(&found, &other, 1);
        assert_eq!(contrast.shifts.iter().map(|s| s.unit).collect::<Vec<_>>(), [0]);
        assert_eq!((contrast.spearman, contrast.mean_shift), (None, Some(1.0)));
        let mut nobody = found.clone();
        nobody.nodes[0].ranks.fill(None);
        let contrast = Contrast::of(&found, &nobody, 0);
        assert_eq!((contrast.mean_shift, contrast.largest_shift), (None, None));
    }
}
