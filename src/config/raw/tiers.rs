//! Shape of `tiers`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::lang::Localised;

/// Groups of units by score.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawTiers {
    /// The method.
    pub method: RawTierMethod,
    /// Number of tiers. Default: one more than there are `cuts`.
    #[schemars(range(min = 2, max = 12))]
    pub count: Option<usize>,
    /// For `fixed-cuts`: the lowest score of each tier but the last, such as `[80, 60]`. For
    /// `rsr-probit`: probits; default: the usual ones for 2 to 5 tiers.
    pub cuts: Option<Vec<f64>>,
    /// Names in each language, best first, such as `{ zh: [领先, 追赶], en: [Leading, Following] }`.
    /// Default: 第一梯队 …, Tier 1 ….
    pub names: Option<Localised<Vec<String>>>,
}

/// Methods of forming tiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawTierMethod {
    /// Exact least-squares classes of the index score.
    NaturalBreaks,
    /// Classes of equal size.
    Quantiles,
    /// Ward clusters of the dimension scores, ordered by mean index score.
    Ward,
    /// Cuts at given scores.
    FixedCuts,
    /// Cuts in the widest gaps between neighbouring scores.
    LargestGap,
    /// Cuts at probits of the cumulative frequency.
    RsrProbit,
}
