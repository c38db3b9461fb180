//! Tiers: groups of units by score, best first; equal scores are never split.
//!
//! Every method but Ward gives tiers that follow the score: nobody in a tier scores less than
//! anybody in the next. Ward's clusters follow the profile and are only ordered by their mean score.

use serde::Serialize;

mod breaks;
mod gaps;
mod probit;
mod quantiles;
mod ward;

use crate::config::{TierMethod, TierRule};

pub use probit::ProbitLine;

/// The tiers of a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Tiers {
    /// Best first.
    pub tiers: Vec<Tier>,
    /// Tier of each unit by its position; `None` for a unit without a score.
    pub of_unit: Vec<Option<usize>>,
    /// Goodness of variance fit of the score, 1 − SSE / SST; 1 if all scores are equal.
    pub goodness: f64,
    /// Sum of squared distances from the tier means.
    pub sse: f64,
    /// What there is to tell about the method.
    pub detail: TierDetail,
}

/// What there is to tell about how tiers were formed.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TierDetail {
    /// Nothing more.
    None,
    /// The cuts, from the top: a tier takes scores at or above its cut.
    Cuts(Vec<f64>),
    /// Heights of the merges that were not made, largest first, and the share of the variance of
    /// the profiles that lies between clusters.
    Ward {
        /// Heights on the scale of Ward.D2.
        heights: Vec<f64>,
        /// 1 − within / total, over the profiles.
        goodness: f64,
    },
    /// The line of scores on probits.
    Probit(ProbitLine),
}

/// One tier.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// Positions of its units, best first, equals in unit order; with given cuts perhaps none.
    pub members: Vec<usize>,
    /// Lowest score in it; for a tier without units the nearest score above it.
    pub low: f64,
    /// Highest score in it; for a tier without units the nearest score above it.
    pub high: f64,
}

impl Tiers {
    /// Scores between neighbouring tiers, from the top: given cuts, else midway between the scores
    /// on both sides; none between tiers that overlap or have no units.
    #[must_use]
    pub fn cuts(&self) -> Vec<f64> {
        if let TierDetail::Cuts(cuts) = &self.detail {
            return cuts.clone();
        }
        let apart = self.tiers.windows(2).filter(|pair| {
            pair.iter().all(|t| !t.members.is_empty()) && pair[0].low > pair[1].high
        });
        apart.map(|pair| f64::midpoint(pair[0].low, pair[1].high)).collect()
    }
}

/// Forms tiers of the scores; fewer than asked for if there are fewer distinct scores, unless the
/// cuts are given.
///
/// `profile` holds the scores of the dimensions by dimension and unit; Ward takes them.
#[must_use]
pub(super) fn assign_tiers(
    scores: &[Option<f64>],
    profile: &[&[Option<f64>]],
    rule: &TierRule,
) -> Tiers {
    let mut order: Vec<(usize, f64)> =
        scores.iter().enumerate().filter_map(|(i, s)| s.map(|s| (i, s))).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let groups = equal_groups(&order);
    let count = rule.count.min(groups.len());
    let (tier_of_group, count, detail) = match &rule.method {
        TierMethod::NaturalBreaks => {
            (from_ends(&breaks::natural_breaks(&groups, count)), count, TierDetail::None)
        }
        TierMethod::Quantiles => {
            (from_ends(&quantiles::quantiles(&groups, count)), count, TierDetail::None)
        }
        TierMethod::LargestGap => {
            (from_ends(&gaps::largest_gaps(&groups, count)), count, TierDetail::None)
        }
        TierMethod::FixedCuts(cuts) => {
            let tier = |group: &Group| cuts.iter().filter(|&&cut| group.score < cut).count();
            let tiers = groups.iter().map(tier).collect();
            (tiers, rule.count, TierDetail::Cuts(cuts.clone()))
        }
        TierMethod::RsrProbit(cuts) => {
            let (tiers, line) = probit::grades(&groups, cuts);
            (tiers, rule.count, TierDetail::Probit(line))
        }
        TierMethod::Ward => {
            let (tiers, detail) = ward::clusters(&order, &groups, profile, count);
            (tiers, count, detail)
        }
    };
    collect(&order, &groups, &tier_of_group, count, scores.len(), detail)
}

/// A run of equal scores: the score and how often it stands.
struct Group {
    score: f64,
    size: usize,
}

fn equal_groups(order: &[(usize, f64)]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for &(_, score) in order {
        match groups.last_mut() {
            Some(last) if last.score.total_cmp(&score).is_eq() => last.size += 1,
            _ => groups.push(Group { score, size: 1 }),
        }
    }
    groups
}

/// The class of each group, from the ends of the classes.
fn from_ends(ends: &[usize]) -> Vec<usize> {
    let mut tiers = Vec::new();
    for (number, &end) in ends.iter().enumerate() {
        tiers.resize(end, number);
    }
    tiers
}

fn collect(
    order: &[(usize, f64)],
    groups: &[Group],
    tier_of_group: &[usize],
    count: usize,
    units: usize,
    detail: TierDetail,
) -> Tiers {
    let mut members: Vec<Vec<(usize, f64)>> = vec![Vec::new(); count];
    let mut of_unit = vec![None; units];
    let mut position = 0;
    for (group, &tier) in groups.iter().zip(tier_of_group) {
        for &(unit, score) in &order[position..position + group.size] {
            of_unit[unit] = Some(tier);
            members[tier].push((unit, score));
        }
        position += group.size;
    }
    let mut above = order.first().map_or(0.0, |&(_, s)| s);
    let tiers: Vec<Tier> = members
        .into_iter()
        .map(|own| {
            let high = own.first().map_or(above, |&(_, s)| s);
            above = own.last().map_or(above, |&(_, s)| s);
            Tier { members: own.iter().map(|&(unit, _)| unit).collect(), low: above, high }
        })
        .collect();
    let (sse, goodness) = fit(order, &of_unit, &tiers);
    Tiers { tiers, of_unit, goodness, sse, detail }
}

fn fit(order: &[(usize, f64)], of_unit: &[Option<usize>], tiers: &[Tier]) -> (f64, f64) {
    let mean_of = |values: &[f64]| crate::num::mean(values).unwrap_or(0.0);
    let all: Vec<f64> = order.iter().map(|&(_, s)| s).collect();
    let overall = mean_of(&all);
    let sst: f64 = all.iter().map(|s| (s - overall) * (s - overall)).sum();
    let sse: f64 = (0..tiers.len())
        .map(|number| {
            let own: Vec<f64> = order
                .iter()
                .filter(|(unit, _)| of_unit[*unit] == Some(number))
                .map(|&(_, s)| s)
                .collect();
            let centre = mean_of(&own);
            own.iter().map(|s| (s - centre) * (s - centre)).sum::<f64>()
        })
        .sum();
    (sse, if sst > 0.0 { 1.0 - sse / sst } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Localised;

    fn rule(method: TierMethod, count: usize) -> TierRule {
        TierRule { method, count, names: Localised::default() }
    }

    #[test]
    fn natural_breaks_are_exact() {
        let values = [1259.61, 2024.82, 1855.75, 1559.04, 1707.65, 1107.1, 2155.8].map(Some);
        let tiers = assign_tiers(&values, &[], &rule(TierMethod::NaturalBreaks, 4));
        let members: Vec<&[usize]> = tiers.tiers.iter().map(|t| t.members.as_slice()).collect();
        assert_eq!(members, [&[6, 1][..], &[2, 4], &[3], &[0, 5]]);
        assert!((tiers.sse - 31_174.335_250_000_935).abs() < 1e-9);
        assert_eq!(tiers.cuts().len(), 3);
    }

    #[test]
    fn equal_scores_stay_together() {
        let values = [5.0, 5.0, 5.0, 1.0].map(Some);
        for method in [TierMethod::NaturalBreaks, TierMethod::Quantiles] {
            let tiers = assign_tiers(&values, &[], &rule(method, 3));
            assert_eq!(tiers.of_unit, [Some(0), Some(0), Some(0), Some(1)]);
        }
    }

    #[test]
    fn quantiles_are_even() {
        let values: Vec<Option<f64>> = (0..10).map(|i| Some(f64::from(i))).collect();
        let tiers = assign_tiers(&values, &[], &rule(TierMethod::Quantiles, 5));
        assert!(tiers.tiers.iter().all(|t| t.members.len() == 2));
    }

    #[test]
    fn nobody_scores() {
        let tiers = assign_tiers(&[None, None], &[], &rule(TierMethod::NaturalBreaks, 5));
        assert!(tiers.tiers.is_empty());
        assert_eq!(tiers.of_unit, [None, None]);
    }

    #[test]
    fn given_cuts_may_leave_a_tier_empty() {
        let values = [90.0, 80.0, 79.9, 10.0].map(Some);
        let tiers =
            assign_tiers(&values, &[], &rule(TierMethod::FixedCuts(vec![80.0, 60.0, 40.0]), 4));
        assert_eq!(tiers.of_unit, [Some(0), Some(0), Some(1), Some(3)]);
        assert!(tiers.tiers[2].members.is_empty());
        assert_eq!(tiers.cuts(), [80.0, 60.0, 40.0]);
    }

    #[test]
    fn the_widest_gaps_are_cut() {
        let values = [10.0, 9.0, 9.0, 5.0, 4.0, 1.0].map(Some);
        let tiers = assign_tiers(&values, &[], &rule(TierMethod::LargestGap, 3));
        assert_eq!(tiers.of_unit, [0, 0, 0, 1, 1, 2].map(Some));
        assert_eq!(tiers.cuts(), [7.0, 2.5]);
    }

    #[test]
    fn grades_of_the_rank_sum_ratio_by_hand() {
        // n = 4: p = 1/4, 1/2, 3/4, 1 - 1/16; probits 4.3255, 5, 5.6745, 6.5341
        let values = [0.2, 0.4, 0.6, 0.9].map(Some);
        let tiers = assign_tiers(&values, &[], &rule(TierMethod::RsrProbit(vec![6.0, 4.5]), 3));
        assert_eq!(tiers.of_unit, [2, 1, 1, 0].map(Some));
        let TierDetail::Probit(line) = tiers.detail else { panic!() };
        let probits: Vec<f64> = line.points.iter().map(|p| p.0).collect();
        crate::index::testing::close(
            &probits,
            &[4.325_510_249_803_918, 5.0, 5.674_489_750_196_082, 6.534_120_544_352_546],
            1e-12,
        );
        // Least squares of the scores on the probits
        crate::index::testing::close(
            &[line.slope, line.intercept],
            &[0.315_919_873_274_148_6, -1.175_764_158_360_524_5],
            1e-9,
        );
    }

    #[test]
    fn ward_joins_profiles() {
        // Two strong in one dimension, two in the other; index scores interleave.
        let values = [10.0, 9.0, 8.5, 8.0].map(Some);
        let (a, b) = ([20.0, 2.0, 17.0, 1.0].map(Some), [0.0, 16.0, 0.0, 15.0].map(Some));
        let tiers = assign_tiers(&values, &[&a, &b], &rule(TierMethod::Ward, 2));
        assert_eq!(tiers.of_unit, [0, 1, 0, 1].map(Some));
        assert!(tiers.cuts().is_empty());
        // Equal scores start in one cluster, however far apart their profiles lie.
        let values = [10.0, 9.0, 9.0, 8.0].map(Some);
        let tiers = assign_tiers(&values, &[&a, &b], &rule(TierMethod::Ward, 2));
        assert_eq!(tiers.of_unit[1], tiers.of_unit[2]);
    }

    #[test]
    fn ward_heights_agree_with_lance_and_williams() {
        // Lance and Williams on squared distances, in another language; heights as scipy gives them
        const HEIGHTS: [f64; 6] = [
            1_144.773_270_189_342_2,
            593.077_685_771_434_2,
            257.105_621_875_524_2,
            152.51,
            148.1,
            130.98,
        ];
        let values = [1259.61, 2024.82, 1855.75, 1559.04, 1707.65, 1107.1, 2155.8];
        let column: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
        let tiers = assign_tiers(&column, &[&column], &rule(TierMethod::Ward, 7));
        let TierDetail::Ward { heights, .. } = &tiers.detail else { panic!() };
        crate::index::testing::close(heights, &HEIGHTS, 1e-9);
    }
}
