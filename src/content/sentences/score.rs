//! Sentences about scores.

use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::Speaker;
use crate::content::sentences::quantity::printed_score;
use crate::content::words::ordinal;
use crate::lang::Lang;
use crate::num::{fixed, shortest};

/// A lead in points below which a unit leads narrowly.
const NARROW: f64 = 1.0;

/// Most units named in a row.
const MOST_NAMED: usize = 10;

/// Most level leaders named.
const MOST_LEVEL: usize = 5;

impl Speaker<'_> {
    /// The first `k` with rank and score: 北京排名第一，得分为78.90分；……
    ///
    /// Level units share a clause. Ties at the end are taken in. Empty if nobody is ranked.
    #[must_use]
    pub(crate) fn rank_chain_scores(&self, node: NodeAt, k: usize) -> Phrase {
        let units = self.first(node, k);
        let mut groups: Vec<Vec<UnitAt>> = Vec::new();
        for &unit in units {
            match groups.last_mut() {
                Some(group)
                    if self.results.rank(group[0], node) == self.results.rank(unit, node) =>
                {
                    group.push(unit);
                }
                _ => groups.push(vec![unit]),
            }
        }
        let clauses: Vec<Phrase> = groups
            .iter()
            .enumerate()
            .filter_map(|(i, group)| self.chain_clause(node, group, i == 0))
            .collect();
        if clauses.is_empty() {
            return Phrase::default();
        }
        let several = clauses.len() > 1;
        let mut clauses = clauses.into_iter();
        let first = clauses.next().unwrap_or_default();
        let rest = clauses.collect();
        let followers = match self.lang {
            Lang::Zh => Phrase::list(rest, "；", "；"),
            Lang::En => self.list(rest),
        };
        let (zh, en) = if several {
            ("{0}{1}；{2}。", "{0}{1}, followed by {2}.")
        } else {
            ("{0}{1}。", "{0}{1}.")
        };
        self.sentence(zh, en, &[self.opening(node), first, followers])
    }

    fn chain_clause(&self, node: NodeAt, group: &[UnitAt], leads: bool) -> Option<Phrase> {
        let unit = *group.first()?;
        let rank = self.rank_of(unit, node)?;
        let names = self.level_units(group);
        let score = self.shared_score(node, group)?;
        Some(match (group.len() > 1, leads) {
            (false, true) => self.part(
                "{0}排名{1}，得分为{2}分",
                "{0} ranks {1} with {2} points",
                &[names, rank, score],
            ),
            (false, false) => {
                self.part("{0}排名{1}，得分为{2}分", "{0} with {2}", &[names, rank, score])
            }
            (true, true) => self.part(
                "{0}并列{1}，得分均为{2}分",
                "{0} tie for {1} with {2} points each",
                &[names, rank, score],
            ),
            (true, false) => self.part(
                "{0}并列{1}，得分均为{2}分",
                "{0}, who tie for {1} with {2} each",
                &[names, rank, score],
            ),
        })
    }

    /// The score of level units: one number, or the range if ranks are rounded more coarsely than
    /// scores are printed.
    fn shared_score(&self, node: NodeAt, group: &[UnitAt]) -> Option<Phrase> {
        let score = |unit: UnitAt| self.results.score(unit, node).map(printed_score);
        let order = |a: &&UnitAt, b: &&UnitAt| {
            score(**a).unwrap_or(0.0).total_cmp(&score(**b).unwrap_or(0.0))
        };
        let high = *group.iter().max_by(order)?;
        let low = *group.iter().min_by(order)?;
        let [high, low] = [self.score_of(high, node)?, self.score_of(low, node)?];
        Some(if high.text == low.text { high } else { low.text("–").then(high) })
    }

    /// The first `k` with their figures, no full stop: 北京（78.90）、上海（70.12）和深圳（65.00）.
    ///
    /// Values with measure for an indicator, scores elsewhere. Ties at the end are taken in.
    #[must_use]
    pub(crate) fn names_with_values(&self, node: NodeAt, k: usize) -> Phrase {
        let items = self
            .first(node, k)
            .iter()
            .filter_map(|&unit| {
                let figure = self.figure_of(unit, node)?;
                Some(self.part("{0}（{1}）", "{0} ({1})", &[self.unit(unit), figure]))
            })
            .collect();
        self.list(items)
    }

    /// The first `n` and their figures as two lists: 排名前五的城市分别是……，得分依次为……。
    ///
    /// Values with measure for an indicator, scores elsewhere. Both lists have the same length;
    /// ties at the end are taken in. Empty below two ranked units.
    #[must_use]
    pub(crate) fn parallel_values(&self, node: NodeAt, n: usize) -> Phrase {
        let units = self.first(node, n);
        let figures: Option<Vec<Phrase>> = units.iter().map(|&u| self.figure_of(u, node)).collect();
        let Some(figures) = figures.filter(|f| f.len() > 1) else { return Phrase::default() };
        let equal = figures.windows(2).all(|pair| pair[0].text == pair[1].text);
        if equal {
            return self.sentence(
                if self.results.spec(node).is_some() {
                    "{0}排名前{1}的城市是{2}，数值均为{3}。"
                } else {
                    "{0}排名前{1}的城市是{2}，得分均为{3}。"
                },
                "the top {1} cities{0} are {2}, each with {3}.",
                &[
                    self.on(node),
                    self.depth(node, units.len()),
                    self.units(units),
                    figures.into_iter().next().unwrap_or_default(),
                ],
            );
        }
        let (zh, en) = if self.results.spec(node).is_some() {
            (
                "{0}排名前{1}的城市分别是{2}，数值依次为{3}。",
                "the top {1} cities{0} are {2}, with values of {3} respectively.",
            )
        } else {
            (
                "{0}排名前{1}的城市分别是{2}，得分依次为{3}。",
                "the top {1} cities{0} are {2}, with scores of {3} respectively.",
            )
        };
        self.sentence(
            zh,
            en,
            &[self.on(node), self.depth(node, units.len()), self.units(units), self.list(figures)],
        )
    }

    /// Who scores `t` or more, `t` included: 北京、上海和深圳得分在60分及以上。
    ///
    /// Scores count as they are printed. More than ten units are counted instead of named. Empty
    /// if there is none.
    #[must_use]
    pub(crate) fn score_at_least(&self, node: NodeAt, t: f64) -> Phrase {
        let order = self.results.order(node);
        let units: Vec<UnitAt> = order
            .iter()
            .copied()
            .filter(|&u| self.results.score(u, node).is_some_and(|s| printed_score(s) >= t))
            .collect();
        let count = self.count(self.sample_id(node, "count-at-least"), units.len());
        let limit = Phrase::plain(shortest(t, self.lang));
        let opening = self.opening(node);
        match units.len() {
            0 => Phrase::default(),
            1 => self.sentence(
                "{0}{1}得分在{2}分及以上。",
                "{0}{1} scores {2} or above.",
                &[opening, self.units(&units), limit],
            ),
            n if n == order.len() => self.sentence(
                "{0}全部{1}个城市得分均在{2}分及以上。",
                "{0}all {1} cities score {2} or above.",
                &[opening, count, limit],
            ),
            n if n > MOST_NAMED => self.sentence(
                "{0}有{1}个城市得分在{2}分及以上。",
                "{0}{1} cities score {2} or above.",
                &[opening, count, limit],
            ),
            _ => self.sentence(
                "{0}{1}得分均在{2}分及以上。",
                "{0}{1} score {2} or above.",
                &[opening, self.units(&units), limit],
            ),
        }
    }

    /// By how much the first leads: 北京以78.90分居首，领先第二名上海8.78分。
    ///
    /// The margin is that of the printed scores; below one point it is a narrow one. Level leaders
    /// are said to be level, level runners-up are all named. Empty below two ranked units.
    #[must_use]
    pub(crate) fn lead_margin(&self, node: NodeAt) -> Phrase {
        let order = self.results.order(node);
        let rank = |unit: UnitAt| self.results.rank(unit, node);
        let level = |unit: UnitAt| -> Vec<UnitAt> {
            order.iter().copied().filter(|&u| rank(u) == rank(unit)).collect()
        };
        let [leader, second, ..] = *order else { return Phrase::default() };
        let opening = self.opening(node);
        let leaders = level(leader);
        if leaders.len() > 1 {
            let Some(score) = self.shared_score(node, &leaders) else { return Phrase::default() };
            let first = Phrase::quantity(self.unit_id(leader, node, "rank"), ordinal(1, self.lang));
            let names = if leaders.len() > MOST_LEVEL {
                let count = self.count(self.sample_id(node, "leaders"), leaders.len());
                self.part("{0}个城市", "{0} cities", &[count])
            } else {
                self.level_units(&leaders)
            };
            return self.sentence(
                "{0}{1}以{2}分并列{3}。",
                "{0}{1} tie for {3} with {2} points each.",
                &[opening, names, score, first],
            );
        }
        let (Some(score), Some(own), Some(next)) = (
            self.score_of(leader, node),
            self.results.score(leader, node),
            self.results.score(second, node),
        ) else {
            return Phrase::default();
        };
        let margin = printed_score(own) - printed_score(next);
        let followers = level(second);
        let behind = if followers.len() > 1 {
            self.part("并列第二的{0}", "joint runners-up {0}", &[self.level_units(&followers)])
        } else {
            self.part("第二名{0}", "{0}", &[self.unit(second)])
        };
        let id = self.unit_id(leader, node, "lead");
        // Ranks may tell scores apart that print alike.
        let tiny = printed_score(margin) <= 0.0;
        let margin_text = if tiny { self.points(0.01) } else { self.points(margin) };
        let slots = [opening, self.unit(leader), score, behind, Phrase::quantity(id, margin_text)];
        let (zh, en) = if tiny {
            (
                "{0}{1}以{2}分居首，领先{3}不足{4}分。",
                "{0}{1} leads with {2} points, less than {4} ahead of {3}.",
            )
        } else if margin < NARROW {
            (
                "{0}{1}以{2}分居首，仅领先{3}{4}分。",
                "{0}{1} leads narrowly with {2} points, {4} ahead of {3}.",
            )
        } else {
            ("{0}{1}以{2}分居首，领先{3}{4}分。", "{0}{1} leads with {2} points, {4} ahead of {3}.")
        };
        self.sentence(zh, en, &slots)
    }

    /// Mean, standard deviation and coefficient of variation of the scores, and who is above.
    ///
    /// The standard deviation is the sample one (n − 1). Equal scores are just said to be equal.
    /// Empty below two scores.
    #[must_use]
    pub(crate) fn distribution_stats(&self, node: NodeAt) -> Phrase {
        let Some(d) = self.results.distribution(node).filter(|d| d.count > 1) else {
            return Phrase::default();
        };
        let quantity =
            |what: &str, text: String| Phrase::quantity(self.sample_id(node, what), text);
        let opening = self.opening(node);
        let average = quantity("mean", self.points(d.mean));
        if self.points(d.minimum) == self.points(d.maximum) {
            let count = self.count(self.sample_id(node, "count"), d.count);
            return self.sentence(
                "{0}{1}个城市得分均为{2}分。",
                "{0}all {1} cities score {2}.",
                &[opening, count, average],
            );
        }
        let deviation = quantity("standard-deviation", self.points(d.standard_deviation));
        let spread = d.coefficient_of_variation().map_or_else(Phrase::default, |cv| {
            let cv = quantity("coefficient-of-variation", fixed(cv, 2, self.lang));
            self.part("，变异系数为{0}", " and the coefficient of variation {0}", &[cv])
        });
        let comma = if spread.is_empty() { " and" } else { "," };
        let above = self.count(self.sample_id(node, "above-mean"), d.above_mean);
        let share = self.percent(
            self.sample_id(node, "above-mean-share"),
            ratio(d.above_mean, d.count) * 100.0,
        );
        let noun = if d.above_mean == 1 { "city" } else { "cities" };
        let verb = if d.above_mean == 1 { "is" } else { "are" };
        self.sentence(
            "{0}得分均值为{1}，标准差为{2}{3}；{4}个城市高于均值，占{5}。",
            "{0}the mean score is {1}{6} the standard deviation {2}{3}; {4} {7} ({5}) {8} above \
             the mean.",
            &[
                if node == 0 { self.part("{0}", "", &[self.node(node)]) } else { opening },
                average,
                deviation,
                spread,
                above,
                share,
                Phrase::plain(comma),
                Phrase::plain(noun),
                Phrase::plain(verb),
            ],
        )
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use crate::content::sentences::testing::{
        ENVIRONMENT, GDP, GROWTH, INDEX, KNOWLEDGE, UNICORNS, plain, sample, says, set_scores,
        set_values, silent,
    };

    #[test]
    fn chain_of_scores() {
        let results = sample();
        says(
            &results,
            |s| s.rank_chain_scores(INDEX, 3),
            "北京排名第一，得分为80.00分；上海排名第二，得分为71.50分；深圳排名第三，得分为65.00分。",
            "Beijing ranks first with 80.00 points, followed by Shanghai with 71.50 and Shenzhen with 65.00.",
        );
        says(
            &results,
            |s| s.rank_chain_scores(KNOWLEDGE, 2),
            "知识创造力方面，北京排名第一，得分为95.00分；上海排名第二，得分为60.00分。",
            "On knowledge creation, Beijing ranks first with 95.00 points, followed by Shanghai with 60.00.",
        );
        says(
            &results,
            |s| s.rank_chain_scores(INDEX, 1),
            "北京排名第一，得分为80.00分。",
            "Beijing ranks first with 80.00 points.",
        );
    }

    #[test]
    fn chain_with_ties() {
        let mut results = sample();
        set_scores(
            &mut results,
            INDEX,
            [80.0, 80.0, 41.25, 52.0, 33.0, 33.0, 65.0, 20.0].map(Some),
        );
        says(
            &results,
            |s| s.rank_chain_scores(INDEX, 3),
            "北京与上海并列第一，得分均为80.00分；深圳排名第三，得分为65.00分。",
            "Beijing and Shanghai tie for first with 80.00 points each, followed by Shenzhen with 65.00.",
        );
        says(
            &results,
            |s| s.rank_chain_scores(INDEX, 2),
            "北京与上海并列第一，得分均为80.00分。",
            "Beijing and Shanghai tie for first with 80.00 points each.",
        );
        says(
            &results,
            |s| s.rank_chain_scores(INDEX, 6),
            "北京与上海并列第一，得分均为80.00分；深圳排名第三，得分为65.00分；杭州排名第四，得分为52.00分；苏州排名第五，得分为41.25分；武汉与广州并列第六，得分均为33.00分。",
            "Beijing and Shanghai tie for first with 80.00 points each, followed by Shenzhen with 65.00, Hangzhou with 52.00, Suzhou with 41.25, and Wuhan and Guangzhou, who tie for sixth with 33.00 each.",
        );
    }

    #[test]
    fn names_and_figures() {
        let results = sample();
        says(
            &results,
            |s| s.names_with_values(INDEX, 3),
            "北京（80.00）、上海（71.50）和深圳（65.00）",
            "Beijing (80.00), Shanghai (71.50) and Shenzhen (65.00)",
        );
        says(
            &results,
            |s| s.names_with_values(GDP, 2),
            "上海（44652.8亿元）和北京（41610.9亿元）",
            "Shanghai (CNY 4,465.28 billion) and Beijing (CNY 4,161.09 billion)",
        );
        says(&results, |s| s.names_with_values(UNICORNS, 1), "北京（76家）", "Beijing (76 firms)");
        says(
            &results,
            |s| s.parallel_values(INDEX, 3),
            "总指数排名前三的城市分别是北京、上海和深圳，得分依次为80.00、71.50和65.00。",
            "The top three cities overall are Beijing, Shanghai and Shenzhen, with scores of 80.00, 71.50 and 65.00 respectively.",
        );
        says(
            &results,
            |s| s.parallel_values(GDP, 2),
            "地区生产总值排名前二的城市分别是上海和北京，数值依次为44652.8亿元和41610.9亿元。",
            "The top two cities on gross domestic product are Shanghai and Beijing, with values of CNY 4,465.28 billion and CNY 4,161.09 billion respectively.",
        );
        silent(&results, |s| s.parallel_values(INDEX, 1));
    }

    #[test]
    fn equal_figures() {
        let mut results = sample();
        set_values(&mut results, UNICORNS, [3.0, 3.0, 3.0, 1.0, 0.0, 0.0, 0.0, 0.0].map(Some));
        says(
            &results,
            |s| s.parallel_values(UNICORNS, 3),
            "独角兽企业排名前三的城市是北京、上海和苏州，数值均为3家。",
            "The top three cities on unicorns are Beijing, Shanghai and Suzhou, each with 3 firms.",
        );
        says(
            &results,
            |s| s.parallel_values(UNICORNS, 4),
            "独角兽企业排名前四的城市分别是北京、上海、苏州和杭州，数值依次为3家、3家、3家和1家。",
            "The top four cities on unicorns are Beijing, Shanghai, Suzhou and Hangzhou, with values of 3 firms, 3 firms, 3 firms and 1 firm respectively.",
        );
    }

    #[test]
    fn scores_from_a_limit_on() {
        let results = sample();
        says(
            &results,
            |s| s.score_at_least(INDEX, 65.0),
            "北京、上海和深圳得分均在65分及以上。",
            "Beijing, Shanghai and Shenzhen score 65 or above.",
        );
        says(
            &results,
            |s| s.score_at_least(INDEX, 72.5),
            "北京得分在72.5分及以上。",
            "Beijing scores 72.5 or above.",
        );
        says(
            &results,
            |s| s.score_at_least(KNOWLEDGE, 20.0),
            "知识创造力方面，全部八个城市得分均在20分及以上。",
            "On knowledge creation, all eight cities score 20 or above.",
        );
        silent(&results, |s| s.score_at_least(INDEX, 90.0));
    }

    #[test]
    fn many_scores_from_a_limit_on() {
        let results = plain(&[9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0, 1.0]);
        says(
            &results,
            |s| s.score_at_least(INDEX, 5.0),
            "有11个城市得分在5分及以上。",
            "Eleven cities score 5 or above.",
        );
    }

    #[test]
    fn scores_count_as_printed() {
        let results = plain(&[59.996, 59.994]);
        says(
            &results,
            |s| s.score_at_least(INDEX, 60.0),
            "城1得分在60分及以上。",
            "City 1 scores 60 or above.",
        );
    }

    #[test]
    fn lead_of_the_first() {
        let results = sample();
        says(
            &results,
            |s| s.lead_margin(INDEX),
            "北京以80.00分居首，领先第二名上海8.50分。",
            "Beijing leads with 80.00 points, 8.50 ahead of Shanghai.",
        );
        says(
            &results,
            |s| s.lead_margin(ENVIRONMENT),
            "环境支撑力方面，上海以90.00分居首，领先第二名深圳10.00分。",
            "On enabling environment, Shanghai leads with 90.00 points, 10.00 ahead of Shenzhen.",
        );
        says(
            &results,
            |s| s.lead_margin(GROWTH),
            "年均增速方面，苏州以7.60分居首，仅领先第二名西安0.40分。",
            "On average yearly growth, Suzhou leads narrowly with 7.60 points, 0.40 ahead of Xi’an.",
        );
    }

    #[test]
    fn level_leads() {
        let mut results = sample();
        set_scores(
            &mut results,
            INDEX,
            [80.0, 80.0, 41.25, 52.0, 33.0, 33.0, 65.0, 20.0].map(Some),
        );
        says(
            &results,
            |s| s.lead_margin(INDEX),
            "北京与上海以80.00分并列第一。",
            "Beijing and Shanghai tie for first with 80.00 points each.",
        );
    }

    #[test]
    fn lead_over_level_seconds() {
        let mut results = sample();
        set_scores(&mut results, INDEX, [9.0, 8.5, 8.5, 6.0, 5.0, 4.0, 3.0, 2.0].map(Some));
        says(
            &results,
            |s| s.lead_margin(INDEX),
            "北京以9.00分居首，仅领先并列第二的上海与苏州0.50分。",
            "Beijing leads narrowly with 9.00 points, 0.50 ahead of joint runners-up Shanghai and Suzhou.",
        );
    }

    #[test]
    fn lead_too_small_to_print() {
        let mut results = plain(&[9.0, 8.0]);
        results.index.nodes[INDEX].scores = vec![Some(9.001), Some(9.0)];
        says(
            &results,
            |s| s.lead_margin(INDEX),
            "城1以9.00分居首，领先第二名城2不足0.01分。",
            "City 1 leads with 9.00 points, less than 0.01 ahead of City 2.",
        );
    }

    #[test]
    fn distribution() {
        let results = sample();
        says(
            &results,
            |s| s.distribution_stats(INDEX),
            "总指数得分均值为52.28，标准差为20.16，变异系数为0.39；四个城市高于均值，占50.0%。",
            "The mean score is 52.28, the standard deviation 20.16 and the coefficient of variation 0.39; four cities (50.0%) are above the mean.",
        );
        says(
            &results,
            |s| s.distribution_stats(KNOWLEDGE),
            "知识创造力方面，得分均值为54.69，标准差为21.14，变异系数为0.39；五个城市高于均值，占62.5%。",
            "On knowledge creation, the mean score is 54.69, the standard deviation 21.14 and the coefficient of variation 0.39; five cities (62.5%) are above the mean.",
        );
    }

    #[test]
    fn distribution_with_one_above() {
        let results = plain(&[9.0, 1.0, 1.0]);
        says(
            &results,
            |s| s.distribution_stats(INDEX),
            "总指数得分均值为3.67，标准差为4.62，变异系数为1.26；一个城市高于均值，占33.3%。",
            "The mean score is 3.67, the standard deviation 4.62 and the coefficient of variation 1.26; one city (33.3%) is above the mean.",
        );
    }

    #[test]
    fn distribution_around_zero() {
        let results = plain(&[1.5, -0.5, -1.0]);
        says(
            &results,
            |s| s.distribution_stats(INDEX),
            "总指数得分均值为0.00，标准差为1.32；一个城市高于均值，占33.3%。",
            "The mean score is 0.00 and the standard deviation 1.32; one city (33.3%) is above the mean.",
        );
    }

    #[test]
    fn everybody_level() {
        let mut results = sample();
        set_scores(&mut results, INDEX, [50.0; 8].map(Some));
        says(
            &results,
            |s| s.distribution_stats(INDEX),
            "八个城市得分均为50.00分。",
            "All eight cities score 50.00.",
        );
        says(
            &results,
            |s| s.lead_margin(INDEX),
            "八个城市以50.00分并列第一。",
            "Eight cities tie for first with 50.00 points each.",
        );
        silent(&results, |s| s.rank_chain_scores(INDEX, 3));
        says(
            &results,
            |s| s.score_at_least(INDEX, 50.0),
            "全部八个城市得分均在50分及以上。",
            "All eight cities score 50 or above.",
        );
    }

    #[test]
    fn alone() {
        let results = plain(&[50.0]);
        says(
            &results,
            |s| s.rank_chain_scores(INDEX, 3),
            "城1排名第一，得分为50.00分。",
            "City 1 ranks first with 50.00 points.",
        );
        silent(&results, |s| s.parallel_values(INDEX, 3));
        silent(&results, |s| s.lead_margin(INDEX));
        silent(&results, |s| s.distribution_stats(INDEX));
        says(
            &results,
            |s| s.score_at_least(INDEX, 10.0),
            "城1得分在10分及以上。",
            "City 1 scores 10 or above.",
        );
    }

    #[test]
    fn nobody() {
        let results = plain(&[]);
        silent(&results, |s| s.rank_chain_scores(INDEX, 3));
        silent(&results, |s| s.names_with_values(INDEX, 3));
        silent(&results, |s| s.lead_margin(INDEX));
        silent(&results, |s| s.distribution_stats(INDEX));
        silent(&results, |s| s.score_at_least(INDEX, 10.0));
    }
}
