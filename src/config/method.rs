//! A checked `methodology.yaml`: the framework and the methods, one tree in preorder.

use serde::Serialize;

use crate::config::{
    Aggregation, CheckLimits, Definition, Imputation, Normalisation, Over, ScreeningRule, TierRule,
    Treatment, TypologyRule, Uncertainty, Variant, Weighting,
};
use crate::diag::Span;
use crate::lang::Localised;

/// How the index is made.
#[derive(Debug, Clone)]
pub struct Methodology {
    /// The tree in preorder; the first node is the index itself.
    pub nodes: Vec<Node>,
    /// How scores become ranks.
    pub ranks: RankRule,
    /// What happens where values are missing.
    pub missing: Missing,
    /// Which units and indicators stay in, beyond these thresholds.
    pub screening: ScreeningRule,
    /// Limits beyond which the data checks flag an indicator.
    pub checks: CheckLimits,
    /// How tiers are formed.
    pub tiers: Option<TierRule>,
    /// How units are sorted into types.
    pub typology: Option<TypologyRule>,
    /// Normalisation of indicators that state none.
    pub normalisation: Normalisation,
    /// The year the index is made for, if the methodology states one.
    pub year: Option<i32>,
    /// Every year the index is computed for, ascending, `year` among them; empty if there is only
    /// one.
    pub years: Vec<i32>,
    /// What is uncertain.
    pub robustness: Uncertainty,
    /// The same index made in other ways, in the order of the file; a variant has none.
    pub variants: Vec<Variant>,
}

impl Methodology {
    /// Position of the node with a code.
    #[must_use]
    pub fn position(&self, code: &str) -> Option<usize> {
        self.nodes.iter().position(|n| n.code == code)
    }

    /// Positions of all indicators, in the order of the tree.
    pub fn indicators(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.nodes.len()).filter(|&i| self.nodes[i].indicator().is_some())
    }

    /// Positions of the nodes at a level; the index is at level 0.
    pub fn level(&self, level: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.nodes.len()).filter(move |&i| self.nodes[i].level == level)
    }

    /// Number of levels below the index.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.nodes.iter().map(|n| n.level).max().unwrap_or(0)
    }

    /// Positions of the indicators below a node (the node itself if it is one).
    #[must_use]
    pub fn leaves(&self, node: usize) -> Vec<usize> {
        if self.nodes[node].indicator().is_some() {
            return vec![node];
        }
        self.nodes[node].children().iter().flat_map(|&c| self.leaves(c)).collect()
    }

    /// The same methodology for another year: columns after `@` and indicators with a year of their
    /// own keep theirs. Variants are left out.
    #[must_use]
    pub fn at_year(&self, year: i32) -> Self {
        let mut method = Self { year: Some(year), variants: Vec::new(), ..self.clone() };
        for node in &mut method.nodes {
            if let NodeKind::Indicator(spec) = &mut node.kind
                && !spec.keeps_year
            {
                spec.year = Some(year);
            }
        }
        method
    }

    /// Share of the whole index that a node's nominal weight amounts to.
    #[must_use]
    pub fn effective_weight(&self, node: usize) -> f64 {
        let own = &self.nodes[node];
        own.parent.map_or(1.0, |parent| own.weight * self.effective_weight(parent))
    }
}

/// The index, a dimension or an indicator.
#[derive(Debug, Clone)]
pub struct Node {
    /// Unique code.
    pub code: String,
    /// Where the code stands.
    pub span: Span,
    /// Printed name.
    pub name: Localised<String>,
    /// Shorter name for charts and table heads.
    pub short: Localised<String>,
    /// What it measures and why it is there; may be empty.
    pub description: Localised<String>,
    /// 0 for the index, 1 for its dimensions, and so on.
    pub level: usize,
    /// Position of the parent; `None` for the index.
    pub parent: Option<usize>,
    /// Nominal share among its siblings, which sum to one: as stated, or equal where judgements or
    /// data decide; `index` knows the share that was used.
    pub weight: f64,
    /// Dimension or indicator.
    pub kind: NodeKind,
}

impl Node {
    /// Positions of the children; empty for an indicator.
    #[must_use]
    pub fn children(&self) -> &[usize] {
        match &self.kind {
            NodeKind::Dimension { children, .. } => children,
            NodeKind::Indicator(_) => &[],
        }
    }

    /// The indicator to change, if the node is one.
    #[cfg(test)]
    pub(crate) const fn indicator_mut(&mut self) -> Option<&mut IndicatorSpec> {
        match &mut self.kind {
            NodeKind::Indicator(spec) => Some(spec),
            NodeKind::Dimension { .. } => None,
        }
    }

    /// How the children are weighted; `None` for an indicator.
    #[must_use]
    pub const fn weighting(&self) -> Option<&Weighting> {
        match &self.kind {
            NodeKind::Dimension { weighting, .. } => Some(weighting),
            NodeKind::Indicator(_) => None,
        }
    }

    /// How the children combine; `None` for an indicator.
    #[must_use]
    pub const fn aggregation(&self) -> Option<Aggregation> {
        match &self.kind {
            NodeKind::Dimension { aggregation, .. } => Some(*aggregation),
            NodeKind::Indicator(_) => None,
        }
    }

    /// The indicator, if the node is one.
    #[must_use]
    pub const fn indicator(&self) -> Option<&IndicatorSpec> {
        match &self.kind {
            NodeKind::Indicator(spec) => Some(spec),
            NodeKind::Dimension { .. } => None,
        }
    }
}

/// Dimension or indicator.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "most nodes are indicators, and there are few")]
pub enum NodeKind {
    /// An inner node.
    Dimension {
        /// Positions of the children, in order of print.
        children: Vec<usize>,
        /// How they are weighted.
        weighting: Weighting,
        /// How they combine.
        aggregation: Aggregation,
    },
    /// A leaf.
    Indicator(IndicatorSpec),
}

/// What is particular to an indicator.
#[derive(Debug, Clone)]
pub struct IndicatorSpec {
    /// Printed unit of measurement; may be empty.
    pub measure: Localised<String>,
    /// Whether more is better.
    pub direction: Direction,
    /// Decimals in print.
    pub decimals: usize,
    /// Column, formula or composite.
    pub value: Definition,
    /// Where it stands (the code, if it is not written).
    pub value_span: Span,
    /// Year of its data, if stated here or for the whole methodology.
    pub year: Option<i32>,
    /// Whether that year is its own, so that it stays when the index is made for another.
    pub keeps_year: bool,
    /// How it is normalised.
    pub normalisation: Normalisation,
    /// Over which values.
    pub over: Over,
    /// How its gaps are filled.
    pub imputation: Imputation,
    /// How its outliers are treated.
    pub treatment: Treatment,
    /// A status that replaces a better one of its data.
    pub status: Option<Status>,
}

/// Whether more of an indicator is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// More is better.
    Positive,
    /// Less is better.
    Negative,
}

/// How scores become ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RankRule {
    /// What equal scores get.
    pub ties: Ties,
    /// Decimals scores are rounded to before they are ranked.
    pub round_digits: Option<usize>,
}

/// What equal scores get.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ties {
    /// 1, 2, 2, 4.
    #[default]
    Competition,
    /// 1, 2, 2, 3.
    Dense,
    /// 1, 2.5, 2.5, 4 where ranks may be fractions; 1, 2, 2, 4 in print.
    Average,
    /// 1, 2, 3, 4, equals in order of code.
    Ordinal,
}

/// What happens where values are missing and stay so: the weight goes to the siblings that are
/// there.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Missing {
    /// Least share of weight a unit must have at a node.
    pub unit_threshold: f64,
    /// Least share of units an indicator must cover.
    pub indicator_threshold: f64,
}

/// How far a datum can be relied upon, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// From an official list, table or bulletin.
    Official,
    /// From a compilation.
    Secondary,
    /// Stands for something that is not measured.
    Proxy,
    /// Estimated by somebody.
    Estimate,
    /// Filled in by a rule.
    Imputed,
    /// Made up to show how something works.
    Illustrative,
}

impl Status {
    /// Every status, best first.
    pub const ALL: [Self; 6] = [
        Self::Official,
        Self::Secondary,
        Self::Proxy,
        Self::Estimate,
        Self::Imputed,
        Self::Illustrative,
    ];

    /// The word used in data files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Official => "official",
            Self::Secondary => "secondary",
            Self::Proxy => "proxy",
            Self::Estimate => "estimate",
            Self::Imputed => "imputed",
            Self::Illustrative => "illustrative",
        }
    }

    /// The printed name.
    #[must_use]
    pub fn name(self) -> Localised<&'static str> {
        match self {
            Self::Official => Localised::new("官方", "official"),
            Self::Secondary => Localised::new("二手汇编", "secondary"),
            Self::Proxy => Localised::new("替代", "proxy"),
            Self::Estimate => Localised::new("估计", "estimate"),
            Self::Imputed => Localised::new("插补", "imputed"),
            Self::Illustrative => Localised::new("示意", "illustrative"),
        }
    }
}
