//! Groups of the gazetteer within the sample.

use crate::content::results::{NodeAt, Results, UnitAt};
use crate::data::Unit;
use crate::lang::{Lang, Localised};
use crate::num::{Rank, mean};

/// A way the gazetteer groups units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GroupKind {
    /// Economic region.
    Region,
    /// Province.
    Province,
    /// City agglomeration.
    Agglomeration,
    /// Administrative rank.
    AdminRank,
}

impl GroupKind {
    /// The words templates use.
    pub(super) const WORDS: [(&'static str, Self); 4] = [
        ("region", Self::Region),
        ("province", Self::Province),
        ("agglomeration", Self::Agglomeration),
        ("admin_rank", Self::AdminRank),
    ];

    /// The printed name of the grouping.
    #[must_use]
    pub(super) const fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Region, Lang::Zh) => "区域",
            (Self::Region, Lang::En) => "Region",
            (Self::Province, Lang::Zh) => "省份",
            (Self::Province, Lang::En) => "Province",
            (Self::Agglomeration, Lang::Zh) => "城市群",
            (Self::Agglomeration, Lang::En) => "Agglomeration",
            (Self::AdminRank, Lang::Zh) => "城市类别",
            (Self::AdminRank, Lang::En) => "Administrative rank",
        }
    }

    /// The group a unit is in; empty texts if it is in none.
    #[must_use]
    pub(super) const fn of(self, unit: &Unit) -> &Localised<String> {
        match self {
            Self::Region => &unit.region,
            Self::Province => &unit.province,
            Self::Agglomeration => &unit.agglomeration,
            Self::AdminRank => &unit.admin_rank,
        }
    }
}

/// Units of the sample that share a group.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Group {
    /// Printed name.
    pub name: Localised<String>,
    /// Whether it is a group of the gazetteer; false for the units that are in none.
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
pub(super) fn groups(results: &Results, kind: GroupKind, node: NodeAt) -> Vec<Group> {
    let mut members: Vec<(Localised<String>, Vec<UnitAt>)> = Vec::new();
    let mut units: Vec<UnitAt> = (0..results.count()).collect();
    units.sort_by_key(|&u| (results.rank(u, node).unwrap_or(Rank::MAX), u));
    for unit in units {
        let name = kind.of(results.unit(unit));
        match members.iter_mut().find(|(n, _)| n == name) {
            Some((_, own)) => own.push(unit),
            None => members.push((name.clone(), vec![unit])),
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
