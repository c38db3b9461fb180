//! Shape of `aggregation`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::spelled::Spelled;

/// A method, or a method with its options.
pub(in crate::config) type AggregationWord = Spelled<RawAggregationMethod, RawAggregation>;

/// How children combine into their parent, with options.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawAggregation {
    /// The method.
    pub method: RawAggregationMethod,
    /// For `power`: the exponent, not zero.
    pub exponent: Option<f64>,
    /// For `topsis`: how children are scaled first. Default: `min-max`.
    pub scaling: Option<RawTopsisScaling>,
    /// For `vikor`: weight of the group's utility against the greatest regret. Default: 0.5.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub v: Option<f64>,
    /// For `grey-relational`: distinguishing coefficient, above 0. Default: 0.5.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub rho: Option<f64>,
    /// For `rsr`: how ranks are made. Default: `integral`.
    pub ranks: Option<RawRsrRanks>,
    /// For `mpi`: whether more is better. Default: `positive`.
    pub phenomenon: Option<RawPhenomenon>,
    /// For `mpi`: what deviations are divided by. Default: `population`.
    pub deviation: Option<RawDeviation>,
    /// For `topsis`, `vikor`, `grey-relational` and `rsr`: what the result, 0 to 1, is multiplied
    /// by. Default: 100.
    pub scale: Option<f64>,
}

impl AggregationWord {
    /// The full form.
    pub(in crate::config) fn full(&self) -> RawAggregation {
        match self {
            Self::Full(full) => full.clone(),
            Self::Word(method) => RawAggregation {
                method: *method,
                exponent: None,
                scaling: None,
                v: None,
                rho: None,
                ranks: None,
                phenomenon: None,
                deviation: None,
                scale: None,
            },
        }
    }
}

/// Methods of aggregation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawAggregationMethod {
    /// Weighted arithmetic mean.
    Arithmetic,
    /// Weighted geometric mean; every score must be above zero.
    Geometric,
    /// Weighted harmonic mean; every score must be above zero.
    Harmonic,
    /// Weighted power mean.
    Power,
    /// Weighted median.
    Median,
    /// The lowest score.
    Minimum,
    /// Pairwise majorities won less lost.
    Copeland,
    /// Closeness to the ideal unit.
    Topsis,
    /// Compromise of group utility and greatest regret.
    Vikor,
    /// Grey relational grade with the ideal unit.
    GreyRelational,
    /// Rank-sum ratio.
    Rsr,
    /// Mazziotta–Pareto index.
    Mpi,
}

/// How TOPSIS scales children.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawTopsisScaling {
    /// (x − min) / (max − min).
    MinMax,
    /// x / √Σx².
    Vector,
}

/// How the rank-sum ratio ranks units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawRsrRanks {
    /// Ascending ranks, ties at their mean.
    Integral,
    /// 1 + (n − 1) × min-max.
    NonIntegral,
}

/// Whether more is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawPhenomenon {
    /// More is better.
    Positive,
    /// Less is better.
    Negative,
}

/// What a sum of squared deviations is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawDeviation {
    /// By their number.
    Population,
    /// By their number less one.
    Sample,
}
