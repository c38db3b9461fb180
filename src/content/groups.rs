//! Groups of units within the sample, with their members and means.

use crate::content::results::{NodeAt, Results, UnitAt};
use crate::index::Grouping;
use crate::lang::{Lang, Localised};
use crate::num::{Rank, mean};

/// The words templates use.
pub(super) const WORDS: [(&str, Grouping); 5] = [
    (Grouping::Region.word(), Grouping::Region),
    (Grouping::Province.word(), Grouping::Province),
    (Grouping::Agglomeration.word(), Grouping::Agglomeration),
    (Grouping::AdminRank.word(), Grouping::AdminRank),
    (Grouping::Tier.word(), Grouping::Tier),
];

/// The printed name of a grouping.
#[must_use]
pub(super) const fn name(by: Grouping, lang: Lang) -> &'static str {
    match (by, lang) {
        (Grouping::Region, Lang::Zh) => "区域",
        (Grouping::Region, Lang::En) => "Region",
        (Grouping::Province, Lang::Zh) => "省份",
        (Grouping::Province, Lang::En) => "Province",
        (Grouping::Agglomeration, Lang::Zh) => "城市群",
        (Grouping::Agglomeration, Lang::En) => "Agglomeration",
        (Grouping::AdminRank, Lang::Zh) => "城市类别",
        (Grouping::AdminRank, Lang::En) => "Administrative rank",
        (Grouping::Tier, Lang::Zh) => "梯队",
        (Grouping::Tier, Lang::En) => "Tier",
    }
}

/// Units of the sample that share a group.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// Printed name.
    pub name: Localised<String>,
    /// Whether it is a group at all; false for the units that are in none.
    pub named: bool,
    /// Members in rank order.
    pub members: Vec<UnitAt>,
    /// Mean score of the members that have one.
    pub mean: Option<f64>,
    /// Members among the first ten.
    pub in_top_ten: usize,
}

/// The groups of the sample by mean score at a node, best first; the units in none stand last.
#[must_use]
pub(super) fn groups(results: &Results, by: Grouping, node: NodeAt) -> Vec<Group> {
    let mut members: Vec<(Localised<String>, Vec<UnitAt>)> = Vec::new();
    let mut units: Vec<UnitAt> = (0..results.count()).collect();
    units.sort_by_key(|&u| (results.rank(u, node).unwrap_or(Rank::MAX), u));
    for unit in units {
        let name = results.group_name(unit, by);
        match members.iter_mut().find(|(n, _)| *n == name) {
            Some((_, own)) => own.push(unit),
            None => members.push((name, vec![unit])),
        }
    }
    let mut groups: Vec<Group> = members
        .into_iter()
        .map(|(name, members)| {
            let scores: Vec<f64> = members.iter().filter_map(|&u| results.score(u, node)).collect();
            let named = !name.zh.is_empty();
            let outside = Localised::new("不属于任何一组".to_owned(), "In none".to_owned());
            Group {
                name: if named { name } else { outside },
                named,
                mean: mean(&scores),
                in_top_ten: members
                    .iter()
                    .filter(|&&u| results.rank(u, node).is_some_and(|r| r <= 10))
                    .count(),
                members,
            }
        })
        .collect();
    let key = |group: &Group| group.mean.unwrap_or(f64::NEG_INFINITY);
    groups.sort_by(|a, b| b.named.cmp(&a.named).then(key(b).total_cmp(&key(a))));
    groups
}
