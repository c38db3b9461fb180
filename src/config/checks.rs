//! Limits of the data checks: beyond them an indicator is flagged, and nothing else happens.

use schemars::JsonSchema;
use serde::Deserialize;

/// Limits of the data checks: beyond them an indicator is flagged, and nothing else happens.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawChecks {
    /// Least share of units with a value. Default: 0.65.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub availability: Option<f64>,
    /// Least share of values that are not zero. Default: 0.5.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub nonzero: Option<f64>,
    /// Least share of distinct values among the values. Default: 0.5.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub unique: Option<f64>,
    /// Largest absolute skew; flagged only if the kurtosis is beyond its limit too. Default: 2.
    #[schemars(range(min = 0.0))]
    pub skew: Option<f64>,
    /// Largest excess kurtosis; flagged only if the skew is beyond its limit too. Default: 3.5.
    pub kurtosis: Option<f64>,
    /// Largest absolute correlation of a quotient with its denominator. Default: 0.6.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub denominator: Option<f64>,
}

/// Limits of the data checks; the defaults are those of COINr.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CheckLimits {
    /// Least share of units with a value.
    pub availability: f64,
    /// Least share of values that are not zero.
    pub nonzero: f64,
    /// Least share of distinct values among the values.
    pub unique: f64,
    /// Largest absolute skew.
    pub skew: f64,
    /// Largest excess kurtosis.
    pub kurtosis: f64,
    /// Largest absolute correlation of a quotient with its denominator.
    pub denominator: f64,
}

impl Default for CheckLimits {
    fn default() -> Self {
        Self {
            availability: 0.65,
            nonzero: 0.5,
            unique: 0.5,
            skew: 2.0,
            kurtosis: 3.5,
            denominator: 0.6,
        }
    }
}

/// The limits, with defaults for those that are not stated.
pub(super) fn resolve(raw: Option<&RawChecks>) -> CheckLimits {
    let usual = CheckLimits::default();
    let Some(raw) = raw else { return usual };
    CheckLimits {
        availability: raw.availability.unwrap_or(usual.availability),
        nonzero: raw.nonzero.unwrap_or(usual.nonzero),
        unique: raw.unique.unwrap_or(usual.unique),
        skew: raw.skew.unwrap_or(usual.skew),
        kurtosis: raw.kurtosis.unwrap_or(usual.kurtosis),
        denominator: raw.denominator.unwrap_or(usual.denominator),
    }
}
