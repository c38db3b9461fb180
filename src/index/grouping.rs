//! Ranks within groups of units: province, region, agglomeration, administrative rank, tier.
//!
//! A group rank is made from the ranks at the node, among the units of the group that have one, so
//! it never contradicts the whole order: rounding and ties are those of the methodology.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Ties;
use crate::data::Unit;
use crate::index::{IndexResult, NodeResult};
use crate::lang::Localised;
use crate::num::Rank;

/// A way units are grouped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grouping {
    /// Economic region.
    Region,
    /// Province.
    Province,
    /// City agglomeration.
    Agglomeration,
    /// Administrative rank.
    AdminRank,
    /// Tier of the index.
    Tier,
}

impl Grouping {
    /// Every way.
    pub const ALL: [Self; 5] =
        [Self::Region, Self::Province, Self::Agglomeration, Self::AdminRank, Self::Tier];

    /// The word of templates, with `_`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Province => "province",
            Self::Agglomeration => "agglomeration",
            Self::AdminRank => "admin_rank",
            Self::Tier => "tier",
        }
    }

    /// The group of the gazetteer a unit is in, empty texts if in none; `None` for tiers, which are
    /// not in the gazetteer.
    #[must_use]
    pub const fn in_gazetteer(self, unit: &Unit) -> Option<&Localised<String>> {
        match self {
            Self::Region => Some(&unit.region),
            Self::Province => Some(&unit.province),
            Self::Agglomeration => Some(&unit.agglomeration),
            Self::AdminRank => Some(&unit.admin_rank),
            Self::Tier => None,
        }
    }
}

/// The rank of a unit within its group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct GroupRank {
    /// The rank.
    pub rank: Rank,
    /// Units of the group that are ranked at the node.
    pub size: usize,
    /// Whether another unit of the group shares the rank.
    pub tied: bool,
}

impl IndexResult {
    /// The group of each unit as a number: tiers from the best, groups of the gazetteer in the order
    /// of their first units, told apart by their Chinese names. `None` for units in none.
    #[must_use]
    pub fn groups(&self, units: &[Unit], by: Grouping) -> Vec<Option<usize>> {
        if by == Grouping::Tier {
            let tiers = self.tiers.as_ref().map(|tiers| tiers.of_unit.clone());
            return tiers.unwrap_or_else(|| vec![None; units.len()]);
        }
        let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
        let mut number = |unit| {
            let label = by.in_gazetteer(unit).map(|name| name.zh.as_str());
            let label = label.filter(|label| !label.is_empty())?;
            let next = numbers.len();
            Some(*numbers.entry(label).or_insert(next))
        };
        units.iter().map(&mut number).collect()
    }
}

impl NodeResult {
    /// Ranks within groups, which have one number a unit; `None` without rank or group.
    ///
    /// One more than the units of the group that rank better; under dense ranks one more than the
    /// better ranks there are.
    #[must_use]
    pub fn ranks_within(&self, groups: &[Option<usize>], ties: Ties) -> Vec<Option<GroupRank>> {
        let mut members: BTreeMap<usize, Vec<Rank>> = BTreeMap::new();
        for (group, rank) in groups.iter().zip(&self.ranks) {
            if let Some((group, rank)) = group.zip(*rank) {
                members.entry(group).or_default().push(rank);
            }
        }
        let within = |(group, rank): (&Option<usize>, &Option<Rank>)| {
            let (group, rank) = group.zip(*rank)?;
            let peers = members.get(&group)?;
            let better = peers.iter().filter(|&&other| other < rank);
            let ahead = match ties {
                Ties::Dense => better.collect::<BTreeSet<_>>().len(),
                Ties::Competition | Ties::Average | Ties::Ordinal => better.count(),
            };
            Some(GroupRank {
                rank: Rank::try_from(ahead + 1).unwrap_or(Rank::MAX),
                size: peers.len(),
                tied: peers.iter().filter(|&&other| other == rank).count() > 1,
            })
        };
        groups.iter().zip(&self.ranks).map(within).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::index::testing::{flat, run, unit};

    fn ranked(scores: &[Option<f64>], ties: &str) -> IndexResult {
        let rows: Vec<Vec<Option<f64>>> = scores.iter().map(|&s| vec![s]).collect();
        let head = format!(
            "normalisation: none\nranks: {{ ties: {ties} }}\n\
             tiers: {{ method: fixed-cuts, cuts: [5] }}"
        );
        run(&flat(1, &[], &[], &head), &rows).unwrap().value
    }

    const GROUPS: [Option<usize>; 6] = [Some(0), Some(0), Some(0), Some(1), Some(0), None];

    fn places(ties: &str, rule: Ties) -> Vec<Option<(Rank, usize, bool)>> {
        let scores = [7.0, 9.0, 7.0, 8.0, 2.0, 5.0].map(Some);
        let found = ranked(&scores, ties);
        let ranks = found.index().ranks_within(&GROUPS, rule).into_iter();
        ranks.map(|r| r.map(|r| (r.rank, r.size, r.tied))).collect()
    }

    #[test]
    fn by_hand() {
        let wanted = |last| {
            [
                Some((2, 4, true)),
                Some((1, 4, false)),
                Some((2, 4, true)),
                Some((1, 1, false)),
                Some((last, 4, false)),
                None,
            ]
        };
        assert_eq!(places("competition", Ties::Competition), wanted(4));
        assert_eq!(places("average", Ties::Average), wanted(4));
        assert_eq!(places("dense", Ties::Dense), wanted(3));
        let ordinal: Vec<_> =
            places("ordinal", Ties::Ordinal).into_iter().flatten().map(|r| (r.0, r.2)).collect();
        assert_eq!(ordinal, [(2, false), (1, false), (3, false), (1, false), (4, false)]);
    }

    #[test]
    fn groups_are_those_of_the_gazetteer_and_the_tiers() {
        let found = ranked(&[Some(7.0), None, Some(2.0), Some(6.0)], "competition");
        let units = [unit("a", "east"), unit("b", "west"), unit("c", ""), unit("d", "east")];
        assert_eq!(found.groups(&units, Grouping::Region), [Some(0), Some(1), None, Some(0)]);
        assert_eq!(found.groups(&units, Grouping::Province), [None; 4]);
        assert_eq!(found.groups(&units, Grouping::Tier), [Some(0), None, Some(1), Some(0)]);
        let ranks =
            found.index().ranks_within(&found.groups(&units, Grouping::Region), Ties::Dense);
        assert_eq!(ranks[1], None, "a unit without a score has no rank in its group");
        assert_eq!(ranks[3].map(|r| r.size), Some(2));
    }

    proptest! {
        #[test]
        fn group_ranks_follow_the_whole_order(
            cells in prop::collection::vec((prop::option::weighted(0.9, 0_u8..6), prop::option::of(0_usize..3)), 1..14),
            ties in prop::sample::select(vec![
                ("competition", Ties::Competition), ("dense", Ties::Dense),
                ("average", Ties::Average), ("ordinal", Ties::Ordinal),
            ]),
        ) {
            prop_assume!(cells.iter().any(|(score, _)| score.is_some()));
            let scores: Vec<Option<f64>> = cells.iter().map(|(s, _)| s.map(f64::from)).collect();
            let groups: Vec<Option<usize>> = cells.iter().map(|(_, g)| *g).collect();
            let found = run(
                &flat(1, &[], &[], &format!(
                    "normalisation: none\nranks: {{ ties: {} }}\n\
                     missing: {{ unit-threshold: 0, indicator-threshold: 0 }}", ties.0)),
                &scores.iter().map(|&s| vec![s]).collect::<Vec<_>>(),
            ).unwrap();
            let own = found.value.index().clone();
            let within = own.ranks_within(&groups, ties.1);
            for a in 0..groups.len() {
                prop_assert_eq!(within[a].is_some(), own.ranks[a].is_some() && groups[a].is_some());
                for b in (0..groups.len()).filter(|&b| groups[a].is_some() && groups[a] == groups[b]) {
                    if let (Some(x), Some(y)) = (within[a], within[b]) {
                        prop_assert_eq!(x.rank.cmp(&y.rank), own.ranks[a].cmp(&own.ranks[b]));
                        prop_assert!(x.rank <= own.ranks[a].unwrap_or(Rank::MAX));
                    }
                }
            }
            // One group of all is the ranking itself.
            let all = own.ranks_within(&vec![Some(0); groups.len()], ties.1);
            let ranks: Vec<Option<Rank>> = all.iter().map(|r| r.map(|r| r.rank)).collect();
            prop_assert_eq!(ranks, own.ranks);
        }
    }
}
