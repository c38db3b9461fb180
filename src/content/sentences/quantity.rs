//! Printed quantities: each carries the id that says where it comes from.

use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::Speaker;
use crate::content::sentences::amount::{Style, Zeros};
use crate::content::words::{count_before_noun, count_word, ordinal};
use crate::lang::Lang;
use crate::num::{Rank, fixed, round_to};

/// Decimals of printed scores.
const SCORE_DECIMALS: usize = 2;

/// Decimals of percentages that are not indicators.
const PERCENT_DECIMALS: usize = 1;

/// A rank as a count.
pub(super) const fn size(rank: Rank) -> usize {
    rank as usize
}

/// A score as it is printed, for differences that the reader can check.
pub(super) fn printed_score(score: f64) -> f64 {
    round_to(score, SCORE_DECIMALS)
}

impl Speaker<'_> {
    /// The id `unit/node/what`.
    pub(super) fn unit_id(&self, unit: UnitAt, node: NodeAt, what: &str) -> String {
        format!("{}/{}/{what}", self.results.unit(unit).slug, self.results.node(node).code)
    }

    /// The id `sample/node/what`.
    pub(super) fn sample_id(&self, node: NodeAt, what: &str) -> String {
        format!("sample/{}/{what}", self.results.node(node).code)
    }

    /// A score with two decimals.
    pub(super) fn score_of(&self, unit: UnitAt, node: NodeAt) -> Option<Phrase> {
        let score = self.results.score(unit, node)?;
        Some(Phrase::quantity(self.unit_id(unit, node, "score"), self.points(score)))
    }

    /// A number of points, without an id.
    pub(super) fn points(&self, score: f64) -> String {
        fixed(score, SCORE_DECIMALS, self.lang)
    }

    /// A percentage with one decimal.
    pub(super) fn percent(&self, id: String, value: f64) -> Phrase {
        Phrase::quantity(id, format!("{}%", fixed(value, PERCENT_DECIMALS, self.lang)))
    }

    /// A rank as an ordinal: 第三 / third.
    pub(super) fn rank_of(&self, unit: UnitAt, node: NodeAt) -> Option<Phrase> {
        let rank = self.results.rank(unit, node)?;
        Some(Phrase::quantity(self.unit_id(unit, node, "rank"), ordinal(size(rank), self.lang)))
    }

    /// A rank that says whether it is shared: 第三, 并列第三 / third, joint third.
    pub(super) fn joint_rank_of(&self, unit: UnitAt, node: NodeAt) -> Option<Phrase> {
        let rank = self.rank_of(unit, node)?;
        Some(if self.is_tied(unit, node) {
            Phrase::plain(self.word("并列", "joint ")).then(rank)
        } else {
            rank
        })
    }

    /// A rank in a row of ranks: 第三名, 第三名（并列） / third, joint third.
    pub(super) fn listed_rank_of(&self, unit: UnitAt, node: NodeAt) -> Option<Phrase> {
        match (self.lang, self.is_tied(unit, node)) {
            (Lang::En, _) => self.joint_rank_of(unit, node),
            (Lang::Zh, false) => Some(self.rank_of(unit, node)?.text("名")),
            (Lang::Zh, true) => Some(self.rank_of(unit, node)?.text("名（并列）")),
        }
    }

    /// Whether a unit shares its rank.
    pub(super) fn is_tied(&self, unit: UnitAt, node: NodeAt) -> bool {
        self.results.at(node).tied[unit]
    }

    /// A count before a noun, in words to ten: 四, 两 / four.
    pub(super) fn count(&self, id: String, n: usize) -> Phrase {
        Phrase::quantity(id, count_before_noun(n, self.lang))
    }

    /// A count that is no quantity of the data, such as how many nodes a sentence speaks of.
    pub(super) fn bare_count(&self, n: usize) -> Phrase {
        Phrase::plain(count_before_noun(n, self.lang))
    }

    /// How far down a list goes, as in 前十 / top ten.
    pub(super) fn depth(&self, node: NodeAt, n: usize) -> Phrase {
        Phrase::quantity(self.sample_id(node, "top"), count_word(n, self.lang))
    }

    /// How many places down, before 名: 前两名 / top two.
    pub(super) fn top_places(&self, node: NodeAt, n: usize) -> Phrase {
        Phrase::quantity(self.sample_id(node, "top"), count_before_noun(n, self.lang))
    }

    /// How values of an indicator are written; `None` for a node that has no values.
    pub(super) fn style(&self, node: NodeAt) -> Option<Style<'_>> {
        let spec = self.results.spec(node)?;
        let name = &self.results.node(node).name.en;
        Some(Style {
            measure: &spec.measure,
            decimals: spec.decimals,
            zeros: Zeros::Keep,
            told: spec.measure.en.starts_with("per ") && name.ends_with(&spec.measure.en),
            lang: self.lang,
        })
    }

    /// A value with its measure.
    pub(super) fn value_with_measure(&self, unit: UnitAt, node: NodeAt) -> Option<Phrase> {
        let value = self.results.cell(unit, node)?.value;
        let text = self.style(node)?.print(value);
        Some(Phrase::quantity(self.unit_id(unit, node, "value"), text))
    }

    /// What a unit has at a node: the value of an indicator, the score anywhere else.
    pub(super) fn figure_of(&self, unit: UnitAt, node: NodeAt) -> Option<Phrase> {
        match self.results.spec(node) {
            Some(_) => self.value_with_measure(unit, node),
            None => self.score_of(unit, node),
        }
    }

    /// Values of an indicator as they are printed, from the largest down, equals by code.
    pub(super) fn printed_values(&self, node: NodeAt) -> Vec<(UnitAt, f64)> {
        let Some(style) = self.style(node) else { return Vec::new() };
        let mut values: Vec<(UnitAt, f64)> =
            self.results.by_value(node).into_iter().map(|(u, v)| (u, style.rounded(v))).collect();
        values.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        values
    }
}
