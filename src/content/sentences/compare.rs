//! Sentences that hold one ranking against another.

use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::Speaker;
use crate::content::sentences::quantity::size;
use crate::content::words::{count_word, ordinal};
use crate::data::PublishedRanking;
use crate::index::spearman;
use crate::lang::Lang;
use crate::num::{fixed, mean, round_to};

/// Spearman correlation from which two rankings broadly agree.
const BROAD_AGREEMENT: f64 = 0.9;

/// Fewest units over which a rank correlation is worth telling.
const FEWEST_FOR_CORRELATION: usize = 4;

/// Most units named with the places they gain.
const MOST_NAMED: usize = 5;

impl Speaker<'_> {
    /// Strong here, not there: 北京的资源支持力排名第五，环境支撑力却未进前十名。
    ///
    /// Empty unless the unit is among the first `k` at `x` and ranked below them at `y`.
    #[must_use]
    pub(crate) fn in_x_not_in_y(&self, unit: UnitAt, x: NodeAt, y: NodeAt, k: usize) -> Phrase {
        let within = |node| self.results.rank(unit, node).map(|rank| size(rank) <= k);
        let (Some(true), Some(false), Some(rank)) =
            (within(x), within(y), self.joint_rank_of(unit, x))
        else {
            return Phrase::default();
        };
        self.sentence(
            "{0}的{1}排名{2}，{3}却未进前{4}名。",
            "although {2}{5}, {0} falls outside the top {4}{6}.",
            &[
                self.unit(unit),
                self.node(x),
                rank,
                self.node(y),
                self.top_places(y, k),
                self.on(x),
                self.on(y),
            ],
        )
    }

    /// Units that stand at least `gap` places higher at `node` than at `by`.
    ///
    /// Both ranks are made anew among the units ranked at both. The widest gaps come first, at most
    /// five are named with the places between in brackets, and 等 stands only if there are more.
    #[must_use]
    pub(crate) fn outranks_gdp(&self, node: NodeAt, by: NodeAt, gap: usize) -> Phrase {
        let mut ahead: Vec<(UnitAt, usize)> = self
            .common_ranks(node, by)
            .into_iter()
            .filter_map(|(unit, here, there)| Some((unit, there.checked_sub(here)?)))
            .filter(|&(_, places)| places >= gap.max(1))
            .collect();
        if ahead.is_empty() {
            return Phrase::default();
        }
        ahead.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let more = ahead.len() > MOST_NAMED;
        let count = self.count(self.sample_id(node, "ahead"), ahead.len());
        let named: Vec<Phrase> = ahead
            .iter()
            .take(MOST_NAMED)
            .enumerate()
            .map(|(i, &(unit, places))| {
                let id = self.unit_id(unit, node, "places-gained");
                let places_noun = if places == 1 { " place" } else { " places" };
                let (zh, en) = match i {
                    0 => ("{0}（高{1}位）", "{0} (by {1}{2})"),
                    _ => ("{0}（高{1}位）", "{0} ({1})"),
                };
                let number = Phrase::quantity(id, places.to_string());
                self.part(zh, en, &[self.unit(unit), number, Phrase::plain(places_noun)])
            })
            .collect();
        let single = named.len() == 1;
        let list = match (self.lang, more) {
            (Lang::Zh, true) => Phrase::list(named, "、", "、"),
            _ => self.list(named),
        };
        let slots = [list, self.node(node), self.node(by), count, self.on(node), self.on(by)];
        if more {
            self.sentence(
                "{0}等{3}个城市的{1}位次高于其{2}位次。",
                "{3} cities rank higher{4} than{5}, among them {0}.",
                &slots,
            )
        } else {
            self.sentence(
                "{0}的{1}位次高于其{2}位次。",
                if single { "{0} ranks higher{4} than{5}." } else { "{0} rank higher{4} than{5}." },
                &slots,
            )
        }
    }

    /// Units ranked at both nodes, with their ranks among just these.
    fn common_ranks(&self, left: NodeAt, right: NodeAt) -> Vec<(UnitAt, usize, usize)> {
        let ranks = |unit| Some((self.results.rank(unit, left)?, self.results.rank(unit, right)?));
        let common: Vec<(UnitAt, (_, _))> =
            (0..self.results.count()).filter_map(|u| Some((u, ranks(u)?))).collect();
        common
            .iter()
            .map(|&(unit, (l, r))| {
                let ahead_left = common.iter().filter(|(_, (other, _))| *other < l).count();
                let ahead_right = common.iter().filter(|(_, (_, other))| *other < r).count();
                (unit, ahead_left + 1, ahead_right + 1)
            })
            .collect()
    }

    /// How far the rankings at `nodes` follow the one at `node`, by Spearman's rho.
    ///
    /// “Broadly follow” if every rho is at least 0.9; otherwise the mean and the node that agrees
    /// least. Only units ranked at both count; empty below four of them or without any spread.
    #[must_use]
    pub(crate) fn rank_corr_note(&self, node: NodeAt, nodes: &[NodeAt]) -> Phrase {
        let mut rhos: Vec<(NodeAt, f64)> = Vec::new();
        for &other in nodes.iter().filter(|&&n| n != node) {
            let Some(rho) = self.rho(node, other) else { return Phrase::default() };
            rhos.push((other, round_to(rho, 2)));
        }
        let compared: Vec<NodeAt> = rhos.iter().map(|(n, _)| *n).collect();
        let values: Vec<f64> = rhos.iter().map(|(_, rho)| *rho).collect();
        let (Some(average), Some(lowest)) =
            (mean(&values), values.iter().copied().min_by(f64::total_cmp))
        else {
            return Phrase::default();
        };
        let printed = |what: &str, rho: f64| {
            Phrase::quantity(self.sample_id(node, what), fixed(rho, 2, self.lang))
        };
        let whole = if node == 0 {
            self.part("{0}", "the overall ranking", &[self.node(node)])
        } else {
            self.part("{0}", "the ranking on {0}", &[self.node(node)])
        };
        let agree = lowest >= BROAD_AGREEMENT;
        if let [only] = compared[..] {
            let slots = [self.node(only), whole, printed("rho", average)];
            return if agree {
                self.sentence(
                    "{0}排名与{1}排名基本对位，斯皮尔曼秩相关系数为{2}。",
                    "the ranking on {0} broadly follows {1} (Spearman rank correlation {2}).",
                    &slots,
                )
            } else {
                self.sentence(
                    "{0}排名与{1}排名的斯皮尔曼秩相关系数为{2}。",
                    "the Spearman rank correlation of {0} with {1} is {2}.",
                    &slots,
                )
            };
        }
        let mean_rho = printed("rho-mean", average);
        let counted = self.number_of_nodes(&compared);
        let counted = if compared.len() < nodes.len() {
            self.part("其余{0}", "the other {0}", &[counted])
        } else {
            self.part("{0}", "the {0}", &[counted])
        };
        if agree {
            return self.sentence(
                "{0}的排名与{1}排名基本对位，斯皮尔曼秩相关系数平均为{2}。",
                "rankings on {0} broadly follow {1} (mean Spearman rank correlation {2}).",
                &[counted, whole, mean_rho],
            );
        }
        let least: Vec<NodeAt> = rhos
            .iter()
            .filter(|(_, rho)| rho.total_cmp(&lowest).is_eq())
            .map(|(n, _)| *n)
            .collect();
        let plural = if least.len() > 1 { "agree" } else { "agrees" };
        self.sentence(
            "{0}的排名与{1}排名的斯皮尔曼秩相关系数平均为{2}，其中{3}的吻合程度最低，为{4}。",
            "rankings on {0} correlate with {1} at a mean Spearman coefficient of {2}; {3} {5} \
             least, at {4}.",
            &[
                counted,
                whole,
                mean_rho,
                self.nodes(&least),
                printed("rho-lowest", lowest),
                Phrase::plain(plural),
            ],
        )
    }

    fn rho(&self, left: NodeAt, right: NodeAt) -> Option<f64> {
        let pairs = self.common_ranks(left, right);
        if pairs.len() < FEWEST_FOR_CORRELATION {
            return None;
        }
        let series = |pick: &dyn Fn(&(UnitAt, usize, usize)) -> usize| -> Vec<f64> {
            pairs.iter().filter_map(|pair| u32::try_from(pick(pair)).ok()).map(f64::from).collect()
        };
        spearman(&series(&|pair| pair.1), &series(&|pair| pair.2))
    }

    /// The change against a published ranking: up, down, unchanged or not ranked there.
    ///
    /// Tells how many units either ranking has where the numbers differ, since places among ten
    /// and among twenty are not the same thing. Empty if the unit has no rank, or if that ranking
    /// is unknown or says nothing about the node.
    #[must_use]
    pub(crate) fn rank_change(&self, unit: UnitAt, node: NodeAt, against: &str) -> Phrase {
        let Some(ranking) = self.results.ranking(against) else { return Phrase::default() };
        let Some(ranks) = ranking.ranks.get(&self.results.node(node).code) else {
            return Phrase::default();
        };
        let (Some(now), Some(rank)) = (self.results.rank(unit, node), self.rank_of(unit, node))
        else {
            return Phrase::default();
        };
        let [title, sizes] = [self.title(ranking), self.size_note(node, ranks.len())];
        let on = self.on(node);
        let Some(&then) = ranks.get(&self.results.unit(unit).code) else {
            return self.sentence(
                "{0}的{1}列{2}，《{3}》未列出其名次。",
                "{0} ranks {2}{4}; “{3}” does not rank it.",
                &[self.unit(unit), self.node(node), rank, title, on],
            );
        };
        let id = |what: &str| format!("{}-{against}", self.unit_id(unit, node, what));
        let before = Phrase::quantity(id("rank"), ordinal(size(then), self.lang));
        let moved = now.abs_diff(then);
        let places = Phrase::quantity(id("places"), self.bare_count(size(moved)).text);
        let noun = Phrase::plain(if moved == 1 { "place" } else { "places" });
        let (zh, en) = match now.cmp(&then) {
            std::cmp::Ordering::Less => (
                "与《{0}》相比，{1}的{2}排名由{3}升至{4}，上升{5}位{6}。",
                "compared with “{0}”, {1} rises {5} {7}, from {3} to {4}{8}{6}.",
            ),
            std::cmp::Ordering::Greater => (
                "与《{0}》相比，{1}的{2}排名由{3}降至{4}，下降{5}位{6}。",
                "compared with “{0}”, {1} falls {5} {7}, from {3} to {4}{8}{6}.",
            ),
            std::cmp::Ordering::Equal => {
                ("与《{0}》相比，{1}的{2}排名保持{4}{6}。", "as in “{0}”, {1} ranks {4}{8}{6}.")
            }
        };
        let slots =
            [title, self.unit(unit), self.node(node), before, rank, places, sizes, noun, on];
        self.sentence(zh, en, &slots)
    }

    /// The title without the book-title marks it may come with; the Chinese patterns set them.
    fn title(&self, ranking: &PublishedRanking) -> Phrase {
        let title = ranking.title.text(self.lang);
        let bare = title.strip_prefix('《').and_then(|t| t.strip_suffix('》')).unwrap_or(title);
        Phrase::plain(bare)
    }

    fn size_note(&self, node: NodeAt, published: usize) -> Phrase {
        let ours = self.results.order(node).len();
        if ours == published {
            return Phrase::default();
        }
        let counts = [published, ours].map(|n| count_word(n, self.lang));
        let [there, here] = counts;
        let there = Phrase::quantity(self.sample_id(node, "count-published"), there);
        let here = Phrase::quantity(self.sample_id(node, "count"), here);
        self.part(
            "（前者可比城市{0}个，本报告{1}个）",
            " (that ranking covers {0} of the sample cities, this one {1})",
            &[there, here],
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::content::sentences::testing::{
        BEIJING, ENVIRONMENT, GDP, GROWTH, HANGZHOU, INDEX, KNOWLEDGE, SHANGHAI, SHENZHEN, SUZHOU,
        WUHAN, XIAN, plain, publish, sample, says, set_scores, silent,
    };

    #[test]
    fn strong_here_not_there() {
        let results = sample();
        says(
            &results,
            |s| s.in_x_not_in_y(SHENZHEN, ENVIRONMENT, GROWTH, 3),
            "深圳的环境支撑力排名第二，年均增速却未进前三名。",
            "Although second on enabling environment, Shenzhen falls outside the top three on average yearly growth.",
        );
        says(
            &results,
            |s| s.in_x_not_in_y(SHENZHEN, ENVIRONMENT, INDEX, 2),
            "深圳的环境支撑力排名第二，总指数却未进前两名。",
            "Although second on enabling environment, Shenzhen falls outside the top two overall.",
        );
        silent(&results, |s| s.in_x_not_in_y(BEIJING, INDEX, ENVIRONMENT, 3));
    }

    #[test]
    fn ahead_of_output() {
        let results = sample();
        says(
            &results,
            |s| s.outranks_gdp(INDEX, GDP, 1),
            "杭州（高2位）和北京（高1位）的总指数位次高于其地区生产总值位次。",
            "Hangzhou (by 2 places) and Beijing (1) rank higher overall than on gross domestic product.",
        );
        says(
            &results,
            |s| s.outranks_gdp(KNOWLEDGE, GDP, 2),
            "杭州（高3位）的知识创造力位次高于其地区生产总值位次。",
            "Hangzhou (by 3 places) ranks higher on knowledge creation than on gross domestic product.",
        );
        says(
            &results,
            |s| s.outranks_gdp(GROWTH, GDP, 1),
            "西安（高6位）、苏州（高4位）、杭州（高3位）和广州（高1位）的年均增速位次高于其地区生产总值位次。",
            "Xi’an (by 6 places), Suzhou (4), Hangzhou (3) and Guangzhou (1) rank higher on average yearly growth than on gross domestic product.",
        );
        silent(&results, |s| s.outranks_gdp(GROWTH, GDP, 7));
        silent(&results, |s| s.outranks_gdp(INDEX, GDP, 5));
    }

    #[test]
    fn more_ahead_than_named() {
        let mut results =
            plain(&[14.0, 13.0, 12.0, 11.0, 10.0, 9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0]);
        set_scores(&mut results, GDP, (1..=14).map(|i| Some(f64::from(i))));
        says(
            &results,
            |s| s.outranks_gdp(INDEX, GDP, 2),
            "城1（高13位）、城2（高11位）、城3（高9位）、城4（高7位）、城5（高5位）等六个城市的总指数位次高于其地区生产总值位次。",
            "Six cities rank higher overall than on gross domestic product, among them City 1 (by 13 places), City 2 (11), City 3 (9), City 4 (7) and City 5 (5).",
        );
    }

    #[test]
    fn ranks_of_the_same_units() {
        let mut results = sample();
        set_scores(
            &mut results,
            GDP,
            [Some(1.0), None, Some(3.0), None, Some(2.0), None, None, None],
        );
        says(
            &results,
            |s| s.outranks_gdp(INDEX, GDP, 1),
            "北京（高2位）的总指数位次高于其地区生产总值位次。",
            "Beijing (by 2 places) ranks higher overall than on gross domestic product.",
        );
        silent(&results, |s| s.rank_corr_note(INDEX, &[GDP]));
    }

    #[test]
    fn rankings_agree() {
        let results = sample();
        says(
            &results,
            |s| s.rank_corr_note(INDEX, &[ENVIRONMENT]),
            "环境支撑力排名与总指数排名基本对位，斯皮尔曼秩相关系数为0.90。",
            "The ranking on enabling environment broadly follows the overall ranking (Spearman rank correlation 0.90).",
        );
        says(
            &results,
            |s| s.rank_corr_note(GDP, &[ENVIRONMENT, INDEX]),
            "两个分项的排名与地区生产总值排名基本对位，斯皮尔曼秩相关系数平均为0.93。",
            "Rankings on the two components broadly follow the ranking on gross domestic product (mean Spearman rank correlation 0.93).",
        );
        says(
            &results,
            |s| s.rank_corr_note(INDEX, &[ENVIRONMENT, KNOWLEDGE]),
            "两个维度的排名与总指数排名的斯皮尔曼秩相关系数平均为0.86，其中知识创造力的吻合程度最低，为0.83。",
            "Rankings on the two dimensions correlate with the overall ranking at a mean Spearman coefficient of 0.86; knowledge creation agrees least, at 0.83.",
        );
        says(
            &results,
            |s| s.rank_corr_note(INDEX, &[KNOWLEDGE]),
            "知识创造力排名与总指数排名的斯皮尔曼秩相关系数为0.83。",
            "The Spearman rank correlation of knowledge creation with the overall ranking is 0.83.",
        );
        says(
            &results,
            |s| s.rank_corr_note(ENVIRONMENT, &[ENVIRONMENT, KNOWLEDGE, GROWTH]),
            "其余两个分项的排名与环境支撑力排名的斯皮尔曼秩相关系数平均为0.17，其中年均增速的吻合程度最低，为−0.33。",
            "Rankings on the other two components correlate with the ranking on enabling environment at a mean Spearman coefficient of 0.17; average yearly growth agrees least, at −0.33.",
        );
        silent(&results, |s| s.rank_corr_note(INDEX, &[]));
        silent(&results, |s| s.rank_corr_note(INDEX, &[INDEX]));
    }

    #[test]
    fn change_against_last_year() {
        let mut results = sample();
        publish(
            &mut results,
            &[(BEIJING, 1), (SHANGHAI, 4), (SHENZHEN, 2), (WUHAN, 11), (SUZHOU, 5), (HANGZHOU, 7)],
        );
        says(
            &results,
            |s| s.rank_change(BEIJING, INDEX, "last"),
            "与《上年报告》相比，北京的总指数排名保持第一（前者可比城市六个，本报告八个）。",
            "As in “last year’s report”, Beijing ranks first overall (that ranking covers six of the sample cities, this one eight).",
        );
        says(
            &results,
            |s| s.rank_change(SHANGHAI, INDEX, "last"),
            "与《上年报告》相比，上海的总指数排名由第四升至第二，上升两位（前者可比城市六个，本报告八个）。",
            "Compared with “last year’s report”, Shanghai rises two places, from fourth to second overall (that ranking covers six of the sample cities, this one eight).",
        );
        says(
            &results,
            |s| s.rank_change(SHENZHEN, INDEX, "last"),
            "与《上年报告》相比，深圳的总指数排名由第二降至第三，下降一位（前者可比城市六个，本报告八个）。",
            "Compared with “last year’s report”, Shenzhen falls one place, from second to third overall (that ranking covers six of the sample cities, this one eight).",
        );
        says(
            &results,
            |s| s.rank_change(WUHAN, INDEX, "last"),
            "与《上年报告》相比，武汉的总指数排名由第11升至第7，上升四位（前者可比城市六个，本报告八个）。",
            "Compared with “last year’s report”, Wuhan rises four places, from 11th to seventh overall (that ranking covers six of the sample cities, this one eight).",
        );
        says(
            &results,
            |s| s.rank_change(XIAN, INDEX, "last"),
            "西安的总指数列第八，《上年报告》未列出其名次。",
            "Xi’an ranks eighth overall; “last year’s report” does not rank it.",
        );
        silent(&results, |s| s.rank_change(BEIJING, KNOWLEDGE, "last"));
        silent(&results, |s| s.rank_change(BEIJING, INDEX, "other"));
    }

    #[test]
    fn change_in_a_sample_of_the_same_size() {
        let mut results = plain(&[9.0, 8.0, 7.0]);
        publish(&mut results, &[(0, 2), (1, 1), (2, 3)]);
        says(
            &results,
            |s| s.rank_change(0, INDEX, "last"),
            "与《上年报告》相比，城1的总指数排名由第二升至第一，上升一位。",
            "Compared with “last year’s report”, City 1 rises one place, from second to first overall.",
        );
        says(
            &results,
            |s| s.rank_change(1, INDEX, "last"),
            "与《上年报告》相比，城2的总指数排名由第一降至第二，下降一位。",
            "Compared with “last year’s report”, City 2 falls one place, from first to second overall.",
        );
        says(
            &results,
            |s| s.rank_change(2, INDEX, "last"),
            "与《上年报告》相比，城3的总指数排名保持第三。",
            "As in “last year’s report”, City 3 ranks third overall.",
        );
    }
}
