//! Sentences about where one unit stands.

use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::Speaker;
use crate::content::sentences::quantity::size;
use crate::content::words::{count_before_noun, ordinal};
use crate::lang::Lang;

/// Fewest ranked units among which a middle can be told from top and bottom.
const FEWEST_FOR_MIDDLE: usize = 6;

impl Speaker<'_> {
    /// The sample a rank at a node belongs to: 八个样本城市 / the eight sample cities, or those of
    /// them that have data.
    pub(super) fn ranked_sample(&self, node: NodeAt) -> Phrase {
        let ranked = self.results.order(node).len();
        let count = self.count(self.sample_id(node, "count"), ranked);
        if ranked == self.results.count() {
            self.part("{0}个样本城市", "the {0} sample cities", &[count])
        } else {
            self.part("有数据的{0}个样本城市", "the {0} sample cities with data", &[count])
        }
    }

    /// One rank: 北京的总指数在20个样本城市中排第一名。
    ///
    /// A shared rank says so. Empty without a rank, or if nobody else is ranked.
    #[must_use]
    pub(crate) fn unit_rank(&self, unit: UnitAt, node: NodeAt) -> Phrase {
        let Some(rank) = self.joint_rank_of(unit, node) else { return Phrase::default() };
        if self.results.order(node).len() < 2 {
            return Phrase::default();
        }
        let verb = if self.is_tied(unit, node) { "" } else { "排" };
        let place = if node == 0 { Phrase::default() } else { self.on(node) };
        self.sentence(
            &format!("{{0}}{{1}}在{{2}}中{verb}{{3}}名。"),
            "{4} ranks {3} among {2}{5}.",
            &[
                self.owner(unit),
                self.node(node),
                self.ranked_sample(node),
                rank,
                self.unit(unit),
                place,
            ],
        )
    }

    /// Ranks at two nodes: 北京的环境支撑力和资源支持力分别排第二名和第一名。
    ///
    /// Equal ranks are told by [`Self::rank_both`]. Empty if one is missing.
    #[must_use]
    pub(crate) fn rank_pair(&self, unit: UnitAt, d1: NodeAt, d2: NodeAt) -> Phrase {
        let (Some(first), Some(second)) =
            (self.listed_rank_of(unit, d1), self.listed_rank_of(unit, d2))
        else {
            return Phrase::default();
        };
        if self.results.rank(unit, d1) == self.results.rank(unit, d2) {
            return self.rank_both(unit, d1, d2);
        }
        self.sentence(
            "{0}的{1}分别排{2}和{3}。",
            "{0} ranks {2}{4} and {3}{5}.",
            &[self.unit(unit), self.nodes(&[d1, d2]), first, second, self.on(d1), self.on(d2)],
        )
    }

    /// One rank at two nodes: 北京的资源支持力和知识创造力均排第一名。 Empty unless they are equal.
    #[must_use]
    pub(crate) fn rank_both(&self, unit: UnitAt, d1: NodeAt, d2: NodeAt) -> Phrase {
        if d1 == d2 || self.results.rank(unit, d1) != self.results.rank(unit, d2) {
            return Phrase::default();
        }
        let joint = self.is_tied(unit, d1) && self.is_tied(unit, d2);
        let rank = if joint { self.joint_rank_of(unit, d1) } else { self.rank_of(unit, d1) };
        let Some(rank) = rank else { return Phrase::default() };
        self.sentence(
            if joint { "{0}的{1}均{2}名。" } else { "{0}的{1}均排{2}名。" },
            "{0} ranks {2} on both {1}.",
            &[self.unit(unit), self.nodes(&[d1, d2]), rank],
        )
    }

    /// The worst of several ranks: 北京在四个维度上均排前三名。
    ///
    /// Empty below two nodes, if a rank is missing, or if the worst lies in the lower half, where
    /// being “within” says nothing.
    #[must_use]
    pub(crate) fn all_within(&self, unit: UnitAt, nodes: &[NodeAt]) -> Phrase {
        let ranks: Option<Vec<_>> = nodes.iter().map(|&n| self.results.rank(unit, n)).collect();
        let worst = ranks.and_then(|ranks| nodes.iter().zip(ranks).max_by_key(|(_, r)| *r));
        let Some((&at, worst)) = worst.filter(|_| nodes.len() > 1) else {
            return Phrase::default();
        };
        if 2 * size(worst) > self.results.count() {
            return Phrase::default();
        }
        let counted = self.counted_nodes(nodes);
        if worst == 1 {
            return self.sentence(
                "{0}在{1}上均居首位。",
                "{0} ranks first on {1}.",
                &[self.unit(unit), counted],
            );
        }
        let worst = Phrase::quantity(
            self.unit_id(unit, at, "rank"),
            count_before_noun(size(worst), self.lang),
        );
        self.sentence(
            "{0}在{1}上均排前{2}名。",
            "{0} ranks in the top {2} on {1}.",
            &[self.unit(unit), counted, worst],
        )
    }

    /// First nearly everywhere: 除环境支撑力排第二名外，北京在其余三个维度上均位居第一。
    ///
    /// One or two exceptions, at least two first ranks and more of them than exceptions; otherwise
    /// empty, as it is when a rank is missing.
    #[must_use]
    pub(crate) fn first_except(&self, unit: UnitAt, nodes: &[NodeAt]) -> Phrase {
        let (firsts, others): (Vec<NodeAt>, Vec<NodeAt>) =
            nodes.iter().partition(|&&n| self.results.rank(unit, n) == Some(1));
        let exceptions: Option<Vec<Phrase>> =
            others.iter().map(|&n| self.listed_rank_of(unit, n)).collect();
        let Some(ranks) = exceptions.filter(|e| matches!(e.len(), 1 | 2)) else {
            return Phrase::default();
        };
        if firsts.len() < 2 || firsts.len() <= others.len() {
            return Phrase::default();
        }
        let equal = ranks.windows(2).all(|pair| pair[0].text == pair[1].text);
        let (verb, told) = match (others.len(), equal) {
            (1, _) => (Phrase::plain(self.word("排", "")), self.list(ranks)),
            (_, true) => {
                (Phrase::plain(self.word("均排", "")), ranks.into_iter().next().unwrap_or_default())
            }
            (_, false) => (
                Phrase::plain(self.word("分别排", "")),
                self.list(ranks).text(self.word("", " respectively")),
            ),
        };
        let noun = self.noun_of(nodes);
        self.sentence(
            "除{0}{1}{2}外，{3}在其余{4}上均位居第一。",
            "{3} ranks first on every {5} except {0}, where it is {2}.",
            &[
                self.nodes(&others),
                verb,
                told,
                self.unit(unit),
                self.counted_nodes(&firsts),
                Phrase::plain(noun),
            ],
        )
    }

    /// The English singular of what some nodes are.
    fn noun_of(&self, nodes: &[NodeAt]) -> &'static str {
        if nodes.iter().all(|&n| self.results.spec(n).is_some()) {
            "indicator"
        } else if nodes.iter().all(|&n| self.results.node(n).level == 1) {
            "dimension"
        } else if nodes.iter().all(|&n| self.results.node(n).level == 2) {
            "sub-dimension"
        } else {
            "component"
        }
    }

    /// In the middle third: 合肥的环境支撑力排名居中。
    ///
    /// A unit that shares its rank must lie there with all who share it, so that the last of many
    /// level units is never in the middle. Empty below six ranked units.
    #[must_use]
    pub(crate) fn mid_table(&self, unit: UnitAt, node: NodeAt) -> Phrase {
        let n = self.results.order(node).len();
        match self.places_taken(unit, node) {
            Some((first, last)) if n >= FEWEST_FOR_MIDDLE && 3 * first > n && 3 * last <= 2 * n => {
                self.sentence(
                    "{0}{1}排名居中。",
                    "{2} sits mid-table{3}.",
                    &[self.owner(unit), self.node(node), self.unit(unit), self.on(node)],
                )
            }
            _ => Phrase::default(),
        }
    }

    /// Right behind the leader: 上海的资源支持力仅次于北京，位列第二。
    ///
    /// Empty unless the rank is two and one unit alone is first; who is level is named.
    #[must_use]
    pub(crate) fn second_only_to(&self, unit: UnitAt, node: NodeAt) -> Phrase {
        let order = self.results.order(node);
        let leader = match order {
            [leader, second, ..]
                if self.results.rank(*second, node) == Some(2)
                    && self.results.rank(unit, node) == Some(2) =>
            {
                *leader
            }
            _ => return Phrase::default(),
        };
        let level: Vec<UnitAt> = order
            .iter()
            .copied()
            .filter(|&u| u != unit && self.results.rank(u, node) == Some(2))
            .collect();
        let rank = Phrase::quantity(self.unit_id(unit, node, "rank"), ordinal(2, self.lang));
        let slots = [
            self.owner(unit),
            self.node(node),
            self.unit(leader),
            rank,
            self.unit(unit),
            self.on(node),
            self.level_units(&level),
        ];
        if level.is_empty() {
            self.sentence("{0}{1}仅次于{2}，位列{3}。", "{4} is {3} only to {2}{5}.", &slots)
        } else {
            self.sentence(
                "{0}{1}仅次于{2}，与{6}并列{3}。",
                "{4}, level with {6}, is {3} only to {2}{5}.",
                &slots,
            )
        }
    }

    /// Ranks at several nodes, equal ones together: 北京的环境支撑力列第二，资源支持力和知识创造力均列第一。
    ///
    /// From the best rank down; nodes without a rank are passed over. Empty if there is none.
    #[must_use]
    pub(crate) fn rank_line(&self, unit: UnitAt, nodes: &[NodeAt]) -> Phrase {
        let mut groups: Vec<(usize, bool, Vec<NodeAt>)> = Vec::new();
        for &node in nodes {
            let Some(rank) = self.results.rank(unit, node).map(size) else { continue };
            let tied = self.is_tied(unit, node);
            match groups.iter_mut().find(|(r, t, _)| (*r, *t) == (rank, tied)) {
                Some((_, _, members)) => members.push(node),
                None => groups.push((rank, tied, vec![node])),
            }
        }
        groups.sort_by_key(|(rank, tied, _)| (*rank, *tied));
        let parts: Vec<Phrase> = groups
            .iter()
            .filter_map(|(_, tied, members)| {
                let rank = self.joint_rank_of(unit, *members.first()?)?;
                let zh = match (members.len(), tied) {
                    (1, false) => "{0}列{1}",
                    (1, true) => "{0}{1}",
                    (_, false) => "{0}均列{1}",
                    (_, true) => "{0}均{1}",
                };
                let en = if *members == [0] { "{1} overall" } else { "{1} on {0}" };
                Some(self.part(zh, en, &[self.nodes(members), rank]))
            })
            .collect();
        if parts.is_empty() {
            return Phrase::default();
        }
        let list = match self.lang {
            Lang::Zh => Phrase::list(parts, "，", "，"),
            Lang::En => self.list(parts),
        };
        self.sentence("{0}的{1}。", "{0} ranks {1}.", &[self.unit(unit), list])
    }
}

#[cfg(test)]
mod tests {
    use crate::content::sentences::testing::{
        BEIJING, DEPOSITS, ENERGY, ENVIRONMENT, GDP, GROWTH, GUANGZHOU, HANGZHOU, INDEX, KNOWLEDGE,
        SHANGHAI, SHENZHEN, SUZHOU, UNICORNS, XIAN, plain, sample, says, set_scores, silent,
    };

    #[test]
    fn one_rank() {
        let results = sample();
        says(
            &results,
            |s| s.unit_rank(BEIJING, INDEX),
            "北京的总指数在八个样本城市中排第一名。",
            "Beijing ranks first among the eight sample cities.",
        );
        says(
            &results,
            |s| s.unit_rank(XIAN, KNOWLEDGE),
            "西安的知识创造力在八个样本城市中排第七名。",
            "Xi’an ranks seventh among the eight sample cities on knowledge creation.",
        );
    }

    #[test]
    fn shared_and_missing_ranks() {
        let mut results = sample();
        set_scores(
            &mut results,
            INDEX,
            [Some(80.0), Some(80.0), None, Some(4.0), None, None, None, None],
        );
        says(
            &results,
            |s| s.unit_rank(BEIJING, INDEX),
            "北京的总指数在有数据的三个样本城市中并列第一名。",
            "Beijing ranks joint first among the three sample cities with data.",
        );
        says(
            &results,
            |s| s.unit_rank(HANGZHOU, INDEX),
            "杭州的总指数在有数据的三个样本城市中排第三名。",
            "Hangzhou ranks third among the three sample cities with data.",
        );
        silent(&results, |s| s.unit_rank(SUZHOU, INDEX));
    }

    #[test]
    fn two_ranks() {
        let results = sample();
        says(
            &results,
            |s| s.rank_pair(BEIJING, ENVIRONMENT, KNOWLEDGE),
            "北京的环境支撑力和知识创造力分别排第三名和第一名。",
            "Beijing ranks third on enabling environment and first on knowledge creation.",
        );
        says(
            &results,
            |s| s.rank_pair(BEIJING, INDEX, KNOWLEDGE),
            "北京的总指数和知识创造力均排第一名。",
            "Beijing ranks first on both the composite index and knowledge creation.",
        );
        says(
            &results,
            |s| s.rank_both(BEIJING, INDEX, KNOWLEDGE),
            "北京的总指数和知识创造力均排第一名。",
            "Beijing ranks first on both the composite index and knowledge creation.",
        );
        silent(&results, |s| s.rank_both(BEIJING, ENVIRONMENT, KNOWLEDGE));
        silent(&results, |s| s.rank_both(BEIJING, INDEX, INDEX));
    }

    #[test]
    fn two_shared_ranks() {
        let mut results = sample();
        set_scores(&mut results, ENVIRONMENT, [9.0, 9.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0].map(Some));
        set_scores(&mut results, KNOWLEDGE, [9.0, 9.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0].map(Some));
        says(
            &results,
            |s| s.rank_pair(SHANGHAI, ENVIRONMENT, KNOWLEDGE),
            "上海的环境支撑力和知识创造力均并列第一名。",
            "Shanghai ranks joint first on both enabling environment and knowledge creation.",
        );
        says(
            &results,
            |s| s.rank_pair(SHANGHAI, ENVIRONMENT, INDEX),
            "上海的环境支撑力和总指数分别排第一名（并列）和第二名。",
            "Shanghai ranks joint first on enabling environment and second overall.",
        );
    }

    #[test]
    fn worst_of_several() {
        let results = sample();
        says(
            &results,
            |s| s.all_within(BEIJING, &[ENVIRONMENT, KNOWLEDGE]),
            "北京在两个维度上均排前三名。",
            "Beijing ranks in the top three on both dimensions.",
        );
        says(
            &results,
            |s| s.all_within(SHANGHAI, &[ENVIRONMENT, KNOWLEDGE]),
            "上海在两个维度上均排前两名。",
            "Shanghai ranks in the top two on both dimensions.",
        );
        says(
            &results,
            |s| s.all_within(BEIJING, &[KNOWLEDGE, UNICORNS, DEPOSITS]),
            "北京在三个分项上均居首位。",
            "Beijing ranks first on all three components.",
        );
        says(
            &results,
            |s| s.all_within(BEIJING, &[UNICORNS, DEPOSITS]),
            "北京在两项指标上均居首位。",
            "Beijing ranks first on both indicators.",
        );
        silent(&results, |s| s.all_within(XIAN, &[ENVIRONMENT, KNOWLEDGE]));
        silent(&results, |s| s.all_within(BEIJING, &[ENVIRONMENT]));
        silent(&results, |s| s.all_within(BEIJING, &[]));
    }

    #[test]
    fn first_but_for_a_few() {
        let results = sample();
        says(
            &results,
            |s| s.first_except(BEIJING, &[UNICORNS, DEPOSITS, ENERGY]),
            "除单位能耗排第二名外，北京在其余两项指标上均位居第一。",
            "Beijing ranks first on every indicator except energy intensity, where it is second.",
        );
        says(
            &results,
            |s| s.first_except(BEIJING, &[INDEX, UNICORNS, DEPOSITS, GDP, GROWTH]),
            "除地区生产总值和年均增速分别排第二名和第六名外，北京在其余三个分项上均位居第一。",
            "Beijing ranks first on every component except gross domestic product and average yearly growth, where it is second and sixth respectively.",
        );
        says(
            &results,
            |s| s.first_except(BEIJING, &[KNOWLEDGE, UNICORNS, DEPOSITS, GDP, ENERGY]),
            "除地区生产总值和单位能耗均排第二名外，北京在其余三个分项上均位居第一。",
            "Beijing ranks first on every component except gross domestic product and energy intensity, where it is second.",
        );
        silent(&results, |s| s.first_except(BEIJING, &[UNICORNS, DEPOSITS]));
        silent(&results, |s| s.first_except(BEIJING, &[UNICORNS, ENERGY, GDP]));
        silent(&results, |s| s.first_except(XIAN, &[UNICORNS, DEPOSITS]));
    }

    #[test]
    fn middle_of_the_table() {
        let results = sample();
        says(
            &results,
            |s| s.mid_table(GUANGZHOU, INDEX),
            "广州的总指数排名居中。",
            "Guangzhou sits mid-table overall.",
        );
        silent(&results, |s| s.mid_table(HANGZHOU, ENVIRONMENT));
        says(
            &results,
            |s| s.mid_table(SUZHOU, ENVIRONMENT),
            "苏州的环境支撑力排名居中。",
            "Suzhou sits mid-table on enabling environment.",
        );
        silent(&results, |s| s.mid_table(BEIJING, INDEX));
        silent(&results, |s| s.mid_table(XIAN, INDEX));
    }

    #[test]
    fn level_last_is_not_the_middle() {
        let mut results = sample();
        set_scores(&mut results, INDEX, [9.0, 8.0, 7.0, 1.0, 1.0, 1.0, 1.0, 1.0].map(Some));
        silent(&results, |s| s.mid_table(XIAN, INDEX));
    }

    #[test]
    fn right_behind() {
        let results = sample();
        says(
            &results,
            |s| s.second_only_to(SHANGHAI, INDEX),
            "上海的总指数仅次于北京，位列第二。",
            "Shanghai is second only to Beijing overall.",
        );
        says(
            &results,
            |s| s.second_only_to(SHANGHAI, UNICORNS),
            "上海的独角兽企业仅次于北京，位列第二。",
            "Shanghai is second only to Beijing on unicorns.",
        );
        silent(&results, |s| s.second_only_to(BEIJING, INDEX));
    }

    #[test]
    fn level_behind() {
        let mut results = sample();
        set_scores(&mut results, KNOWLEDGE, [9.0, 8.0, 8.0, 6.0, 5.0, 4.0, 3.0, 2.0].map(Some));
        says(
            &results,
            |s| s.second_only_to(SHANGHAI, KNOWLEDGE),
            "上海的知识创造力仅次于北京，与苏州并列第二。",
            "Shanghai, level with Suzhou, is second only to Beijing on knowledge creation.",
        );
    }

    #[test]
    fn nobody_behind_level_leaders() {
        let mut results = sample();
        set_scores(
            &mut results,
            INDEX,
            [80.0, 80.0, 41.25, 52.0, 33.0, 33.0, 65.0, 20.0].map(Some),
        );
        silent(&results, |s| s.second_only_to(BEIJING, INDEX));
        silent(&results, |s| s.second_only_to(SHENZHEN, INDEX));
    }

    #[test]
    fn ranks_in_a_line() {
        let results = sample();
        says(
            &results,
            |s| s.rank_line(BEIJING, &[ENVIRONMENT, KNOWLEDGE, UNICORNS]),
            "北京的知识创造力和独角兽企业均列第一，环境支撑力列第三。",
            "Beijing ranks first on knowledge creation and unicorns, and third on enabling environment.",
        );
        says(
            &results,
            |s| s.rank_line(SHANGHAI, &[INDEX, ENVIRONMENT]),
            "上海的环境支撑力列第一，总指数列第二。",
            "Shanghai ranks first on enabling environment and second overall.",
        );
        silent(&results, |s| s.rank_line(BEIJING, &[]));
    }

    #[test]
    fn shared_ranks_in_a_line() {
        let mut results = sample();
        set_scores(&mut results, ENVIRONMENT, [9.0, 9.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0].map(Some));
        set_scores(&mut results, GDP, [9.0, 9.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0].map(Some));
        says(
            &results,
            |s| s.rank_line(BEIJING, &[ENVIRONMENT, KNOWLEDGE, GDP]),
            "北京的知识创造力列第一，环境支撑力和地区生产总值均并列第一。",
            "Beijing ranks first on knowledge creation, and joint first on enabling environment and gross domestic product.",
        );
        says(
            &results,
            |s| s.rank_line(BEIJING, &[ENVIRONMENT]),
            "北京的环境支撑力并列第一。",
            "Beijing ranks joint first on enabling environment.",
        );
    }

    #[test]
    fn alone() {
        let results = plain(&[50.0]);
        silent(&results, |s| s.unit_rank(0, INDEX));
        silent(&results, |s| s.mid_table(0, INDEX));
        silent(&results, |s| s.second_only_to(0, INDEX));
        says(
            &results,
            |s| s.rank_line(0, &[ENVIRONMENT, KNOWLEDGE]),
            "城1的环境支撑力和知识创造力均列第一。",
            "City 1 ranks first on enabling environment and knowledge creation.",
        );
    }
}
