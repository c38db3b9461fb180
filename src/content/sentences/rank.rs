//! Sentences about a ranking: who leads, who follows, who is level.

use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::Speaker;
use crate::content::sentences::numerals::capitalised;
use crate::content::sentences::quantity::size;
use crate::content::words::{count_word, ordinal};
use crate::lang::Lang;

/// Ties that are told of one ranking, from the top; further down they say little.
const MOST_TIES: usize = 2;

impl Speaker<'_> {
    /// The first `n` in order: 总指数排名前十的城市依次为……。
    ///
    /// A tie at the end is taken in and the count is the number of names; ties are told. Empty if
    /// nobody is ranked.
    #[must_use]
    pub(crate) fn rank_list(&self, node: NodeAt, n: usize) -> Phrase {
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
    pub(crate) fn top_k_names(&self, node: NodeAt, k: usize) -> Phrase {
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
    pub(crate) fn tie(&self, node: NodeAt) -> Phrase {
        let ties = self.ties_among(node, self.results.order(node));
        self.tie_sentences(node, &ties[..ties.len().min(MOST_TIES)])
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
    pub(crate) fn places(&self, node: NodeAt, first: usize, last: usize) -> Phrase {
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
    pub(crate) fn sweep_top3(&self, nodes: &[NodeAt]) -> Phrase {
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

#[cfg(test)]
mod tests {
    use crate::content::sentences::testing::{
        DEPOSITS, ENVIRONMENT, GDP, GROWTH, INDEX, KNOWLEDGE, plain, sample, says, set_scores,
        silent,
    };

    #[test]
    fn lists_in_order() {
        let results = sample();
        says(
            &results,
            |s| s.rank_list(INDEX, 5),
            "总指数排名前五的城市依次为北京、上海、深圳、广州和杭州。",
            "The top five cities overall, in order, are Beijing, Shanghai, Shenzhen, Guangzhou and Hangzhou.",
        );
        says(
            &results,
            |s| s.rank_list(KNOWLEDGE, 10),
            "知识创造力排名前八的城市依次为北京、上海、深圳、杭州、武汉、广州、西安和苏州。",
            "The top eight cities on knowledge creation, in order, are Beijing, Shanghai, Shenzhen, Hangzhou, Wuhan, Guangzhou, Xi’an and Suzhou.",
        );
        says(
            &results,
            |s| s.rank_list(INDEX, 1),
            "总指数排名第一的城市是北京。",
            "The top city overall is Beijing.",
        );
        silent(&results, |s| s.rank_list(INDEX, 0));
    }

    #[test]
    fn lists_take_ties_in() {
        let mut results = sample();
        set_scores(
            &mut results,
            INDEX,
            [80.0, 71.5, 41.25, 52.0, 33.0, 55.5, 55.5, 20.0].map(Some),
        );
        says(
            &results,
            |s| s.rank_list(INDEX, 3),
            "总指数排名前四的城市依次为北京、上海、广州和深圳，其中广州与深圳并列第三。",
            "The top four cities overall, in order, are Beijing, Shanghai, Guangzhou and Shenzhen, with Guangzhou and Shenzhen tied for third.",
        );
        says(
            &results,
            |s| s.rank_list(INDEX, 5),
            "总指数排名前五的城市依次为北京、上海、广州、深圳和杭州，其中广州与深圳并列第三。",
            "The top five cities overall, in order, are Beijing, Shanghai, Guangzhou, Shenzhen and Hangzhou, with Guangzhou and Shenzhen tied for third.",
        );
        says(
            &results,
            |s| s.top_k_names(INDEX, 3),
            "北京、上海、广州和深圳位列前四，其中广州与深圳并列第三。",
            "Beijing, Shanghai, Guangzhou and Shenzhen take the top four places overall, with Guangzhou and Shenzhen tied for third.",
        );
    }

    #[test]
    fn lists_of_level_leaders() {
        let mut results = sample();
        set_scores(
            &mut results,
            INDEX,
            [80.0, 80.0, 41.25, 52.0, 33.0, 33.0, 65.0, 20.0].map(Some),
        );
        says(
            &results,
            |s| s.rank_list(INDEX, 1),
            "北京与上海并列第一。",
            "Beijing and Shanghai tie for first.",
        );
        says(
            &results,
            |s| s.rank_list(INDEX, 6),
            "总指数排名前七的城市依次为北京、上海、深圳、杭州、苏州、武汉和广州，其中北京与上海并列第一、武汉与广州并列第六。",
            "The top seven cities overall, in order, are Beijing, Shanghai, Shenzhen, Hangzhou, Suzhou, Wuhan and Guangzhou, with Beijing and Shanghai tied for first, and Wuhan and Guangzhou tied for sixth.",
        );
        says(
            &results,
            |s| s.top_k_names(INDEX, 2),
            "北京与上海并列第一。",
            "Beijing and Shanghai tie for first.",
        );
        says(
            &results,
            |s| s.tie(INDEX),
            "北京与上海并列第一。武汉与广州并列第六。",
            "Beijing and Shanghai tie for first. Wuhan and Guangzhou tie for sixth.",
        );
    }

    #[test]
    fn everybody_level() {
        let mut results = sample();
        set_scores(&mut results, INDEX, [50.0; 8].map(Some));
        says(
            &results,
            |s| s.rank_list(INDEX, 3),
            "有八个城市并列第一。",
            "Eight cities tie for first.",
        );
        says(
            &results,
            |s| s.top_k_names(INDEX, 3),
            "有八个城市并列第一。",
            "Eight cities tie for first.",
        );
        says(&results, |s| s.tie(INDEX), "有八个城市并列第一。", "Eight cities tie for first.");
        says(
            &results,
            |s| s.places(INDEX, 1, 8),
            "有八个城市并列第一。",
            "Eight cities tie for first.",
        );
        silent(&results, |s| s.places(INDEX, 6, 8));
    }

    #[test]
    fn leaders_by_name() {
        let results = sample();
        says(
            &results,
            |s| s.top_k_names(INDEX, 3),
            "北京、上海和深圳位列前三。",
            "Beijing, Shanghai and Shenzhen take the top three places overall.",
        );
        says(
            &results,
            |s| s.top_k_names(ENVIRONMENT, 2),
            "环境支撑力方面，上海和深圳位列前二。",
            "Shanghai and Shenzhen take the top two places on enabling environment.",
        );
        says(
            &results,
            |s| s.top_k_names(GDP, 1),
            "地区生产总值方面，上海位列第一。",
            "Shanghai ranks first on gross domestic product.",
        );
        silent(&results, |s| s.tie(INDEX));
    }

    #[test]
    fn ties_at_a_node() {
        let mut results = sample();
        set_scores(&mut results, KNOWLEDGE, [9.0, 8.0, 8.0, 5.0, 5.0, 5.0, 4.0, 3.0].map(Some));
        says(
            &results,
            |s| s.tie(KNOWLEDGE),
            "知识创造力方面，上海与苏州并列第二。杭州、武汉与广州并列第四。",
            "On knowledge creation, Shanghai and Suzhou tie for second. Hangzhou, Wuhan and Guangzhou tie for fourth.",
        );
    }

    #[test]
    fn places_in_between() {
        let results = sample();
        says(
            &results,
            |s| s.places(INDEX, 4, 6),
            "广州、杭州和苏州位列第四至第六名。",
            "Guangzhou, Hangzhou and Suzhou fill places four to six overall.",
        );
        says(
            &results,
            |s| s.places(ENVIRONMENT, 2, 3),
            "环境支撑力方面，深圳和北京位列第二和第三名。",
            "Shenzhen and Beijing fill places two and three on enabling environment.",
        );
        says(&results, |s| s.places(INDEX, 8, 20), "西安位列第八。", "Xi’an comes eighth.");
        says(
            &results,
            |s| s.places(INDEX, 0, 2),
            "北京和上海位列第一和第二名。",
            "Beijing and Shanghai fill places one and two overall.",
        );
        silent(&results, |s| s.places(INDEX, 9, 12));
        silent(&results, |s| s.places(INDEX, 5, 4));
    }

    #[test]
    fn places_around_ties() {
        let mut results = sample();
        set_scores(
            &mut results,
            INDEX,
            [80.0, 71.5, 41.25, 52.0, 33.0, 55.5, 55.5, 20.0].map(Some),
        );
        says(
            &results,
            |s| s.places(INDEX, 3, 5),
            "广州、深圳和杭州位列第三至第五名，其中广州与深圳并列第三。",
            "Guangzhou, Shenzhen and Hangzhou fill places three to five overall, with Guangzhou and Shenzhen tied for third.",
        );
        says(
            &results,
            |s| s.places(INDEX, 4, 6),
            "杭州和苏州位列第五和第六名。",
            "Hangzhou and Suzhou fill places five and six overall.",
        );
    }

    #[test]
    fn places_beyond_ten() {
        let results =
            plain(&[20.0, 19.0, 18.0, 17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0, 10.0, 9.0]);
        says(
            &results,
            |s| s.places(INDEX, 9, 12),
            "城9、城10、城11和城12位列第9至第12名。",
            "City 9, City 10, City 11 and City 12 fill places 9 to 12 overall.",
        );
        says(&results, |s| s.places(INDEX, 12, 12), "城12位列第12。", "City 12 comes 12th.");
        says(
            &results,
            |s| s.rank_list(INDEX, 11),
            "总指数排名前11的城市依次为城1、城2、城3、城4、城5、城6、城7、城8、城9、城10和城11。",
            "The top 11 cities overall, in order, are City 1, City 2, City 3, City 4, City 5, City 6, City 7, City 8, City 9, City 10 and City 11.",
        );
    }

    #[test]
    fn three_sweep() {
        let mut results = sample();
        set_scores(
            &mut results,
            KNOWLEDGE,
            [95.0, 60.0, 20.0, 58.0, 55.0, 50.0, 99.0, 40.0].map(Some),
        );
        says(
            &results,
            |s| s.sweep_top3(&[ENVIRONMENT, KNOWLEDGE]),
            "上海、深圳和北京包揽了两个维度的前三名。",
            "Shanghai, Shenzhen and Beijing take the top three places on both dimensions.",
        );
        says(
            &results,
            |s| s.sweep_top3(&[INDEX, ENVIRONMENT, KNOWLEDGE]),
            "北京、上海和深圳包揽了三个分项的前三名。",
            "Beijing, Shanghai and Shenzhen take the top three places on all three components.",
        );
        says(
            &results,
            |s| s.sweep_top3(&[GDP, DEPOSITS]),
            "上海、北京和深圳包揽了两项指标的前三名。",
            "Shanghai, Beijing and Shenzhen take the top three places on both indicators.",
        );
        silent(&results, |s| s.sweep_top3(&[ENVIRONMENT]));
        silent(&results, |s| s.sweep_top3(&[]));
        silent(&results, |s| s.sweep_top3(&[ENVIRONMENT, GROWTH]));
    }

    #[test]
    fn few_or_none() {
        let results = plain(&[50.0]);
        says(
            &results,
            |s| s.rank_list(INDEX, 10),
            "总指数排名第一的城市是城1。",
            "The top city overall is City 1.",
        );
        says(&results, |s| s.top_k_names(INDEX, 3), "城1位列第一。", "City 1 ranks first overall.");
        says(&results, |s| s.places(INDEX, 1, 3), "城1位列第一。", "City 1 comes first.");
        silent(&results, |s| s.tie(INDEX));
        silent(&results, |s| s.sweep_top3(&[ENVIRONMENT, KNOWLEDGE]));
    }

    #[test]
    fn nobody_ranked() {
        let results = plain(&[]);
        silent(&results, |s| s.rank_list(INDEX, 10));
        silent(&results, |s| s.top_k_names(INDEX, 3));
        silent(&results, |s| s.places(INDEX, 1, 3));
        silent(&results, |s| s.tie(INDEX));
    }
}
