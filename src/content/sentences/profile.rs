//! Sentences about the profile of one unit.

use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::Speaker;
use crate::content::sentences::quantity::{printed_score, size};
use crate::index::Profile;

/// Points by which one score is markedly above another.
const MARKED: f64 = 10.0;

/// Most strengths named.
const STRENGTHS: usize = 3;

/// Most weaknesses named.
const WEAKNESSES: usize = 2;

impl Speaker<'_> {
    /// Ranks close to each other: 北京在四个维度上的排名较为均衡，介于第三与第五之间。
    ///
    /// Close is within a fifth of the sample. Empty below two nodes, if a rank is missing, or if
    /// they lie further apart.
    #[must_use]
    pub(crate) fn balanced(&self, unit: UnitAt, nodes: &[NodeAt]) -> Phrase {
        let ranked: Option<Vec<(u32, NodeAt)>> =
            nodes.iter().map(|&n| Some((self.results.rank(unit, n)?, n))).collect();
        let Some(ranked) = ranked.filter(|r| r.len() > 1) else { return Phrase::default() };
        let (Some(best), Some(worst)) = (ranked.iter().min(), ranked.iter().max()) else {
            return Phrase::default();
        };
        if 5 * size(worst.0 - best.0) > self.results.count() {
            return Phrase::default();
        }
        let (Some(from), Some(to)) = (self.rank_of(unit, best.1), self.rank_of(unit, worst.1))
        else {
            return Phrase::default();
        };
        let slots = [self.unit(unit), self.counted_nodes(nodes), from, to, self.owner(unit)];
        if best.0 == worst.0 {
            self.sentence(
                "{0}在{1}上的排名完全一致，均列{2}。",
                "{0} has the same rank on {1}: {2}.",
                &slots,
            )
        } else {
            self.sentence(
                "{0}在{1}上的排名较为均衡，介于{2}与{3}之间。",
                "{4} ranks on {1} are evenly balanced, between {2} and {3}.",
                &slots,
            )
        }
    }

    /// One score markedly above another: 北京的资源支持力得分（80.00）明显高于环境支撑力（60.00）。
    ///
    /// Markedly is by ten points or more, as printed. Empty otherwise, and without a score.
    #[must_use]
    pub(crate) fn stronger_than(&self, unit: UnitAt, d1: NodeAt, d2: NodeAt) -> Phrase {
        let printed = |node| self.results.score(unit, node).map(printed_score);
        let marked = printed(d1).zip(printed(d2)).is_some_and(|(a, b)| a - b >= MARKED);
        match (self.score_of(unit, d1), self.score_of(unit, d2)) {
            (Some(more), Some(less)) if marked => self.sentence(
                "{0}的{1}得分（{2}）明显高于{3}（{4}）。",
                "{0} does markedly better on {1} ({2}) than on {3} ({4}).",
                &[self.unit(unit), self.node(d1), more, self.node(d2), less],
            ),
            _ => Phrase::default(),
        }
    }

    /// Strengths and weaknesses among the indicators: 北京的优势在于……；相对不足是……。
    ///
    /// Those of [`Profile`]: three strengths and two weaknesses at most. A half without any is
    /// dropped; empty if both are.
    #[must_use]
    pub(crate) fn strength_weakness(&self, unit: UnitAt) -> Phrase {
        let results = self.results;
        let found = Profile::of(&results.index, &results.config.method, unit, STRENGTHS);
        let nodes = |standings: &[crate::index::Standing], most: usize| -> Vec<NodeAt> {
            standings.iter().take(most).map(|s| s.node).collect()
        };
        let strong = nodes(&found.strengths, STRENGTHS);
        let weak = nodes(&found.weaknesses, WEAKNESSES);
        let forms = |nodes: &[NodeAt], one: &'static str, many: &'static str| {
            Phrase::plain(if nodes.len() == 1 { one } else { many })
        };
        let slots = [
            self.owner(unit),
            self.nodes(&strong),
            self.nodes(&weak),
            forms(&strong, "strength is", "strengths are"),
            forms(&weak, "relative weakness is", "relative weaknesses are"),
        ];
        match (strong.is_empty(), weak.is_empty()) {
            (true, true) => Phrase::default(),
            (false, true) => self.sentence("{0}优势在于{1}。", "{0} {3} {1}.", &slots),
            (true, false) => self.sentence("{0}相对不足是{2}。", "{0} {4} {2}.", &slots),
            (false, false) => self.sentence(
                "{0}优势在于{1}；相对不足是{2}。",
                "{0} {3} {1}; its {4} {2}.",
                &slots,
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::content::sentences::testing::{
        BEIJING, ENVIRONMENT, GROWTH, GUANGZHOU, HANGZHOU, INDEX, KNOWLEDGE, SHANGHAI, SUZHOU,
        UNICORNS, WUHAN, XIAN, plain, sample, says, set_values, silent,
    };

    #[test]
    fn ranks_close_together() {
        let results = sample();
        silent(&results, |s| s.balanced(BEIJING, &[ENVIRONMENT, KNOWLEDGE]));
        says(
            &results,
            |s| s.balanced(SHANGHAI, &[ENVIRONMENT, KNOWLEDGE]),
            "上海在两个维度上的排名较为均衡，介于第一与第二之间。",
            "Shanghai’s ranks on both dimensions are evenly balanced, between first and second.",
        );
        says(
            &results,
            |s| s.balanced(BEIJING, &[INDEX, KNOWLEDGE, UNICORNS]),
            "北京在三个分项上的排名完全一致，均列第一。",
            "Beijing has the same rank on all three components: first.",
        );
        silent(&results, |s| s.balanced(WUHAN, &[ENVIRONMENT, KNOWLEDGE]));
        silent(&results, |s| s.balanced(BEIJING, &[INDEX]));
    }

    #[test]
    fn one_score_above_another() {
        let results = sample();
        says(
            &results,
            |s| s.stronger_than(BEIJING, KNOWLEDGE, ENVIRONMENT),
            "北京的知识创造力得分（95.00）明显高于环境支撑力（70.00）。",
            "Beijing does markedly better on knowledge creation (95.00) than on enabling environment (70.00).",
        );
        says(
            &results,
            |s| s.stronger_than(HANGZHOU, KNOWLEDGE, ENVIRONMENT),
            "杭州的知识创造力得分（58.00）明显高于环境支撑力（45.00）。",
            "Hangzhou does markedly better on knowledge creation (58.00) than on enabling environment (45.00).",
        );
        says(
            &results,
            |s| s.stronger_than(GUANGZHOU, ENVIRONMENT, KNOWLEDGE),
            "广州的环境支撑力得分（60.00）明显高于知识创造力（50.00）。",
            "Guangzhou does markedly better on enabling environment (60.00) than on knowledge creation (50.00).",
        );
        silent(&results, |s| s.stronger_than(SUZHOU, KNOWLEDGE, ENVIRONMENT));
    }

    #[test]
    fn strong_and_weak() {
        let results = sample();
        says(
            &results,
            |s| s.strength_weakness(BEIJING),
            "北京的优势在于存款余额、独角兽企业和地区生产总值。",
            "Beijing’s strengths are deposits at year-end, unicorns and gross domestic product.",
        );
        says(
            &results,
            |s| s.strength_weakness(XIAN),
            "西安的优势在于年均增速；相对不足是存款余额和地区生产总值。",
            "Xi’an’s strength is average yearly growth; its relative weaknesses are deposits at year-end and gross domestic product.",
        );
        says(
            &results,
            |s| s.strength_weakness(SHANGHAI),
            "上海的优势在于地区生产总值、存款余额和独角兽企业；相对不足是年均增速。",
            "Shanghai’s strengths are gross domestic product, deposits at year-end and unicorns; its relative weakness is average yearly growth.",
        );
        says(
            &results,
            |s| s.strength_weakness(SUZHOU),
            "苏州的优势在于年均增速；相对不足是单位能耗。",
            "Suzhou’s strength is average yearly growth; its relative weakness is energy intensity.",
        );
        says(
            &results,
            |s| s.strength_weakness(HANGZHOU),
            "杭州的相对不足是地区生产总值。",
            "Hangzhou’s relative weakness is gross domestic product.",
        );
    }

    #[test]
    fn weak_only() {
        let mut results = sample();
        set_values(&mut results, GROWTH, [5.54, 5.4, 7.6, 6.83, 5.2, 6.87, 6.4, 6.0].map(Some));
        says(
            &results,
            |s| s.strength_weakness(XIAN),
            "西安的相对不足是存款余额和地区生产总值。",
            "Xi’an’s relative weaknesses are deposits at year-end and gross domestic product.",
        );
    }

    #[test]
    fn no_data() {
        let results = plain(&[1.0]);
        silent(&results, |s| s.strength_weakness(0));
        says(
            &results,
            |s| s.balanced(0, &[ENVIRONMENT, KNOWLEDGE]),
            "城1在两个维度上的排名完全一致，均列第一。",
            "City 1 has the same rank on both dimensions: first.",
        );
    }
}
