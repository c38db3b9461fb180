//! Stretches of a ranking that never cut through a tie.

use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::Speaker;
use crate::lang::Lang;
use crate::num::Rank;

impl<'a> Speaker<'a> {
    /// The first `n` units of a ranking, and those level with the last of them.
    ///
    /// A tie that would make the list more than twice as long (and longer than six) is left out
    /// instead: “the top 17” is no answer to who the top three are.
    pub(super) fn first(&self, node: NodeAt, n: usize) -> &'a [UnitAt] {
        let order = self.results.order(node);
        let rank = |at: usize| self.results.rank(order[at], node);
        let mut end = n.min(order.len());
        if end == 0 {
            return &[];
        }
        while end < order.len() && rank(end) == rank(end - 1) {
            end += 1;
        }
        if end > 2 * n.max(3) {
            let last = rank(end - 1);
            end = (0..end).find(|&at| rank(at) == last).unwrap_or(0);
        }
        &order[..end]
    }

    /// First and last place, counted in units, that a unit and those level with it take up.
    pub(super) fn places_taken(&self, unit: UnitAt, node: NodeAt) -> Option<(usize, usize)> {
        let rank = self.results.rank(unit, node)?;
        let order = self.results.order(node);
        let at = |u: &UnitAt| self.results.rank(*u, node) == Some(rank);
        let first = order.iter().position(at)?;
        let last = order.iter().rposition(at)?;
        Some((first + 1, last + 1))
    }

    /// Groups of equal rank among some units, each with two members at least, in rank order.
    pub(super) fn ties_among(&self, node: NodeAt, units: &[UnitAt]) -> Vec<Vec<UnitAt>> {
        let mut groups: Vec<(Option<Rank>, Vec<UnitAt>)> = Vec::new();
        for &unit in units {
            let rank = self.results.rank(unit, node);
            match groups.last_mut() {
                Some((last, members)) if *last == rank => members.push(unit),
                _ => groups.push((rank, vec![unit])),
            }
        }
        groups.into_iter().map(|(_, members)| members).filter(|m| m.len() > 1).collect()
    }

    /// What a list adds about ties in it: ，其中甲与乙并列第九 / , with A and B tied for ninth.
    pub(super) fn tie_clause(&self, node: NodeAt, units: &[UnitAt]) -> Phrase {
        let groups = self.ties_among(node, units);
        let several = groups.len() > 1;
        let parts: Vec<Phrase> = groups
            .iter()
            .filter_map(|members| {
                let rank = self.rank_of(*members.first()?, node)?;
                let names = self.level_units(members);
                Some(self.part("{0}并列{1}", "{0} tied for {1}", &[names, rank]))
            })
            .collect();
        if parts.is_empty() {
            return Phrase::default();
        }
        match self.lang {
            Lang::Zh => Phrase::plain("，其中").then(Phrase::list(parts, "、", "、")),
            Lang::En => {
                let last = if several { ", and " } else { " and " };
                Phrase::plain(", with ").then(Phrase::list(parts, ", ", last))
            }
        }
    }

    /// The sentence for one tie; more than five names are counted instead.
    pub(super) fn tie_sentence(&self, node: NodeAt, members: &[UnitAt]) -> Phrase {
        let Some(rank) = members.first().and_then(|&u| self.rank_of(u, node)) else {
            return Phrase::default();
        };
        if members.len() > 5 {
            let count = self.count(self.sample_id(node, "tie"), members.len());
            return self.part("有{0}个城市并列{1}。", "{0} cities tie for {1}.", &[count, rank]);
        }
        self.part("{0}并列{1}。", "{0} tie for {1}.", &[self.level_units(members), rank])
    }
}
