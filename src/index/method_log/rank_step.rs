//! Ranks and tiers of the index.

use serde::Serialize;

use crate::config::{Methodology, RankRule, TierMethod, Ties};
use crate::index::{NodeResult, TierDetail, Tiers};

/// How scores became ranks.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct RankStep {
    /// What equal scores get.
    pub ties: Ties,
    /// Decimals that scores were rounded to first.
    pub round_digits: Option<usize>,
    /// Units with a rank.
    pub ranked: usize,
    /// Units that share their rank.
    pub tied: usize,
}

impl RankStep {
    /// Takes down how the index was ranked.
    pub(in crate::index) fn of(rule: RankRule, index: &NodeResult) -> Self {
        Self {
            ties: rule.ties,
            round_digits: rule.round_digits,
            ranked: index.order.len(),
            tied: index.tied.iter().filter(|tied| **tied).count(),
        }
    }

    /// The rule, as it was configured.
    #[must_use]
    pub const fn rule(&self) -> RankRule {
        RankRule { ties: self.ties, round_digits: self.round_digits }
    }
}

/// How tiers were formed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TierStep {
    /// The method, with cuts that were given.
    pub rule: TierMethod,
    /// Tiers that were asked for.
    pub asked: usize,
    /// Units by tier, best first.
    pub sizes: Vec<usize>,
    /// Scores between neighbouring tiers, from the top.
    pub cuts: Vec<f64>,
    /// Goodness of variance fit, 1 − SSE / SST.
    pub goodness: f64,
    /// Sum of squared distances from the tier means.
    pub sse: f64,
    /// What there is to tell about the method.
    pub detail: TierDetail,
}

impl TierStep {
    /// Takes down how tiers were formed, if they were.
    pub(in crate::index) fn of(method: &Methodology, tiers: Option<&Tiers>) -> Option<Self> {
        let (rule, tiers) = method.tiers.as_ref().zip(tiers)?;
        Some(Self {
            rule: rule.method.clone(),
            asked: rule.count,
            sizes: tiers.tiers.iter().map(|tier| tier.members.len()).collect(),
            cuts: tiers.cuts(),
            goodness: tiers.goodness,
            sse: tiers.sse,
            detail: tiers.detail.clone(),
        })
    }
}
