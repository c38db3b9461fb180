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
    pub fn balanced(&self, unit: UnitAt, nodes: &[NodeAt]) -> Phrase {
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
    pub fn stronger_than(&self, unit: UnitAt, d1: NodeAt, d2: NodeAt) -> Phrase {
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
    pub fn strength_weakness(&self, unit: UnitAt) -> Phrase {
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
