//! Sentences about a ranking: who leads, who follows, who is level.

use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::Speaker;
use crate::content::sentences::numerals::capitalised;
use crate::content::sentences::quantity::size;
use crate::content::words::{count_word, ordinal};
use crate::lang::Lang;

impl Speaker<'_> {
    /// The first `n` in order: 总指数排名前十的城市依次为……。
    ///
    /// A tie at the end is taken in and the count is the number of names; ties are told. Empty if
    /// nobody is ranked.
    #[must_use]
    pub fn rank_list(&self, node: NodeAt, n: usize) -> Phrase {
        let units = self.first(node, n);
        match units {
            [] => self.level_leaders(node),
            [one] => self.sentence(
                "{1}排名第一的城市是{0}。",
                "the top city{1} is {0}.",
                &[self.unit(*one), self.on(node)],
            ),
            _ if self.all_level(node, units) => self.level_leaders(node),
            _ => self.sentence(
                "{1}排名前{0}的城市依次为{2}{3}。",
                "the top {0} cities{1}, in order, are {2}{3}.",
                &[
                    self.depth(node, units.len()),
                    self.on(node),
                    self.units(units),
                    self.tie_clause(node, units),
                ],
            ),
        }
    }

    /// Who takes the first `k` places: 北京、上海和深圳位列前三。
    ///
    /// Ties as in [`Self::rank_list`]. Empty if nobody is ranked.
    #[must_use]
    pub fn top_k_names(&self, node: NodeAt, k: usize) -> Phrase {
        let units = self.first(node, k);
        let opening = self.opening(node);
        match units {
            [] => self.level_leaders(node),
            [one] => self.sentence(
                "{0}{1}位列第一。",
                "{1} ranks first{2}.",
                &[opening, self.unit(*one), self.on(node)],
            ),
            _ if self.all_level(node, units) => self.level_leaders(node),
            _ => self.sentence(
                "{0}{1}位列前{2}{4}。",
                "{1} take the top {2} places{3}{4}.",
                &[
                    opening,
                    self.units(units),
                    self.depth(node, units.len()),
                    self.on(node),
                    self.tie_clause(node, units),
                ],
            ),
        }
    }

    /// Who shares the first rank, if more than one does.
    fn level_leaders(&self, node: NodeAt) -> Phrase {
        let ties = self.ties_among(node, self.results.order(node));
        let leaders = ties.first().filter(|tie| self.results.rank(tie[0], node) == Some(1));
        leaders.map_or_else(Phrase::default, |leaders| {
            self.tie_sentences(node, std::slice::from_ref(leaders))
        })
    }

    fn all_level(&self, node: NodeAt, units: &[UnitAt]) -> bool {
        self.ties_among(node, units).first().is_some_and(|tie| tie.len() == units.len())
    }

    /// Every tie at a node, a sentence each: 甲与乙并列第九。 More than five units are counted, not
    /// named. Empty if there is none.
    #[must_use]
    pub fn tie(&self, node: NodeAt) -> Phrase {
        self.tie_sentences(node, &self.ties_among(node, self.results.order(node)))
    }

    fn tie_sentences(&self, node: NodeAt, ties: &[Vec<UnitAt>]) -> Phrase {
        let sentences: Vec<Phrase> =
            ties.iter().map(|members| self.tie_sentence(node, members)).collect();
        if sentences.is_empty() {
            return Phrase::default();
        }
        match self.lang {
            Lang::Zh => self.opening(node).then(Phrase::list(sentences, "", "")),
            Lang::En => {
                let mut sentences = sentences.into_iter();
                let first = self.opening(node).then(sentences.next().unwrap_or_default());
                sentences.map(capitalised).fold(capitalised(first), |all, s| all.text(" ").then(s))
            }
        }
    }

    /// Who ranks from `first` to `last`: 甲、乙……位列第六至第十名。
    ///
    /// The units with such a rank are all named and the places told are theirs: after a tie for
    /// fifth the list starts at seven. A tie at the end that would more than double the list is
    /// left out. Empty if nobody ranks there.
    #[must_use]
    pub fn places(&self, node: NodeAt, first: usize, last: usize) -> Phrase {
        let rank = |unit: UnitAt| self.results.rank(unit, node).map_or(0, size);
        let mut units: Vec<UnitAt> = self
            .results
            .order(node)
            .iter()
            .copied()
            .filter(|&u| (first.max(1)..=last).contains(&rank(u)))
            .collect();
        let wanted = (last + 1).saturating_sub(first.max(1));
        if units.len() > 2 * wanted.max(3) {
            let end = units.last().map_or(0, |&u| rank(u));
            units.retain(|&u| rank(u) != end);
        }
        let opening = self.opening(node);
        let (Some(&from), Some(&to)) = (units.first(), units.last()) else {
            return Phrase::default();
        };
        if units.len() == 1 {
            let Some(place) = self.joint_rank_of(from, node) else { return Phrase::default() };
            return self.sentence(
                "{0}{1}位列{2}。",
                "{0}{1} comes {2}.",
                &[opening, self.unit(from), place],
            );
        }
        if rank(from) == rank(to) {
            return self.tie_sentences(node, &[units]);
        }
        let adjacent = rank(from) + 1 == rank(to);
        let [from, to] = [(from, rank(from), rank(to)), (to, rank(to), rank(to))].map(
            |(unit, place, largest)| {
                Phrase::quantity(self.unit_id(unit, node, "rank"), self.place(place, largest))
            },
        );
        let (zh, en) = if adjacent {
            ("{0}{1}位列{2}和{3}名{5}。", "{1} fill places {2} and {3}{4}{5}.")
        } else {
            ("{0}{1}位列{2}至{3}名{5}。", "{1} fill places {2} to {3}{4}{5}.")
        };
        self.sentence(
            zh,
            en,
            &[opening, self.units(&units), from, to, self.on(node), self.tie_clause(node, &units)],
        )
    }

    /// A place in words, or in digits if the larger of the two that stand together needs them.
    fn place(&self, n: usize, largest: usize) -> String {
        match self.lang {
            Lang::Zh if largest > 10 => format!("第{n}"),
            Lang::Zh => ordinal(n, Lang::Zh),
            Lang::En if largest > 10 => n.to_string(),
            Lang::En => count_word(n, Lang::En),
        }
    }

    /// The same three units lead everywhere: 北京、上海和深圳包揽了四个维度的前三名。
    ///
    /// The order among them is free. Empty unless there are two nodes or more, each with more than
    /// three ranked units, the same first three and no tie across the third place.
    #[must_use]
    pub fn sweep_top3(&self, nodes: &[NodeAt]) -> Phrase {
        let [first, others @ ..] = nodes else { return Phrase::default() };
        let Some(leaders) = self.exact_top3(*first) else { return Phrase::default() };
        let same = others.iter().all(|&node| {
            self.exact_top3(node).is_some_and(|top| top.iter().all(|u| leaders.contains(u)))
        });
        if others.is_empty() || !same {
            return Phrase::default();
        }
        self.sentence(
            "{0}包揽了{1}的前三名。",
            "{0} take the top three places on {1}.",
            &[self.units(leaders), self.counted_nodes(nodes)],
        )
    }

    fn exact_top3(&self, node: NodeAt) -> Option<&[UnitAt]> {
        let top = self.first(node, 3);
        (top.len() == 3 && self.results.order(node).len() > 3).then_some(top)
    }
}
