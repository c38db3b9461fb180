//! Tiers as the configuration resolves them.

use serde::Serialize;

use crate::lang::Localised;

/// How tiers are formed.
#[derive(Debug, Clone, PartialEq)]
pub struct TierRule {
    /// The method.
    pub method: TierMethod,
    /// Number of tiers.
    pub count: usize,
    /// Names, best first; as many as tiers.
    pub names: Localised<Vec<String>>,
}

/// Methods of forming tiers.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "method", content = "cuts")]
pub enum TierMethod {
    /// Exact least-squares classes of the index score.
    NaturalBreaks,
    /// Classes of equal size.
    Quantiles,
    /// Ward clusters of the scores right below the index, ordered by mean index score.
    Ward,
    /// Lowest scores of all tiers but the last, from the top.
    FixedCuts(Vec<f64>),
    /// Cuts in the widest gaps between neighbouring scores.
    LargestGap,
    /// Cuts at probits of the cumulative frequency, from the top (rank-sum ratio method).
    RsrProbit(Vec<f64>),
}

impl TierMethod {
    /// The word of the configuration.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::NaturalBreaks => "natural-breaks",
            Self::Quantiles => "quantiles",
            Self::Ward => "ward",
            Self::FixedCuts(_) => "fixed-cuts",
            Self::LargestGap => "largest-gap",
            Self::RsrProbit(_) => "rsr-probit",
        }
    }
}
