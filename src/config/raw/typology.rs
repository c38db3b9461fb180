//! Shape of `typology`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::lang::Localised;

/// Types of units by what is strong in them and how even they are.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "Typology")]
pub(in crate::config) struct RawTypology {
    /// What the leading dimension of a unit is measured by. Default: `z-score`.
    pub leading: Option<RawLeadingBy>,
    /// What balance is measured by. Default: `cv`.
    pub balance: Option<RawBalanceBy>,
    /// A unit is balanced with a CV at or below, or a coupling at or above. Default: 0.25, or 0.95
    /// for coupling.
    pub balanced: Option<f64>,
    /// A unit is skewed with a CV at or above, or a coupling at or below. Default: 0.5, or 0.85 for
    /// coupling.
    pub skewed: Option<f64>,
    /// The types, tried in order: a unit is of the first that fits. Default: 均衡型, balanced; then
    /// one for every dimension that leads.
    pub types: Option<Vec<RawType>>,
}

/// What the leading dimension is measured by, against the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(title = "Measure of the leading dimension")]
pub(in crate::config) enum RawLeadingBy {
    /// Score less the mean of the sample, in standard deviations.
    ZScore,
    /// Score less the mean of the sample.
    MeanDistance,
}

/// What balance is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(title = "Measure of balance")]
pub(in crate::config) enum RawBalanceBy {
    /// Coefficient of variation of the dimension scores.
    Cv,
    /// Coupling of the dimension scores.
    Coupling,
}

/// A type; every condition that is stated must hold.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(title = "Type")]
pub(in crate::config) struct RawType {
    /// Printed name, such as `{ zh: 均衡型, en: balanced }`.
    pub name: Localised<String>,
    /// Codes of dimensions one of which leads. Default: no condition.
    pub leading: Option<Vec<String>>,
    /// How even the dimensions are. Default: no condition.
    pub balance: Option<RawBalance>,
    /// Tiers, from 1 for the best. Default: no condition.
    pub tiers: Option<Vec<usize>>,
    /// Whether every dimension lies below the mean of the sample. Default: no condition.
    pub below_mean: Option<bool>,
}

/// How even the dimensions of a unit are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[schemars(title = "Balance")]
pub(in crate::config) enum RawBalance {
    /// At or beyond the threshold `balanced`.
    Balanced,
    /// Between the thresholds.
    Between,
    /// At or beyond the threshold `skewed`.
    Skewed,
}
