//! The shape of `robustness:` in `methodology.yaml`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{AggregationWord, NormalisationWord};
use crate::config::imputation::RawImputation;
use crate::config::treatment::RawTreatment;

/// What is uncertain about the index, and how far that is followed up. Default: every weight
/// within ±25 % of itself, 1000 replicates.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawRobustness {
    /// Number of times the index is computed anew. Default: 1000.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub replicates: Option<u32>,
    /// Seed of the random numbers, a whole number of at most 2^53 − 1; the same seed gives the same
    /// results everywhere. Default: 1.
    #[schemars(range(min = 0, max = 9_007_199_254_740_991_u64))]
    pub seed: Option<u64>,
    /// Noise on weights. Default: 0.25 if nothing else is uncertain, otherwise none.
    pub weights: Option<RawWeightNoise>,
    /// Treatments of outliers drawn in place of the methodology's `treatment`, each as likely as
    /// the others. Indicators that state another one keep it. Default: the methodology's alone.
    pub treatment: Option<Vec<RawTreatment>>,
    /// Rules for gaps drawn in place of the methodology's `missing: imputation`, each as likely as
    /// the others: `none`, `mean`, `median`, `group-mean`, `group-median`. Indicators that state
    /// another one keep it. Default: the methodology's alone.
    pub imputation: Option<Vec<RawImputation>>,
    /// Methods drawn in place of the methodology's `normalisation`, each as likely as the others.
    /// Indicators that state another method keep it. Default: the methodology's alone.
    pub normalisation: Option<Vec<NormalisationWord>>,
    /// Methods drawn in place of the methodology's `aggregation`, each as likely as the others.
    /// Dimensions that state another method keep it. Default: the methodology's alone.
    pub aggregation: Option<Vec<AggregationWord>>,
    /// Noise on the values of the indicators. Default: none.
    pub noise: Option<RawValueNoise>,
    /// How units are put into tiers in a replicate. Default: `nominal-sizes`.
    pub tiers: Option<RawTierReplay>,
    /// Where ranks are followed. Default: `dimensions`.
    pub nodes: Option<RawNodeReplay>,
    /// Which share of the rank changes each source of uncertainty accounts for. Default: 500
    /// samples, weights by level.
    pub sobol: Option<RawSobol>,
}

/// Noise on weights: each weight becomes w (1 + f U) with U uniform on −1 to 1, and siblings are
/// scaled to sum to one again.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawWeightNoise {
    /// The relative noise f; 0.25 lets a weight vary by a quarter. Default: 0.25.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub noise: Option<f64>,
    /// The relative noise by level, from the dimensions right below the index downwards, such as
    /// `[0.25, 0.1]`; levels beyond the list take `noise`. Default: `noise` at every level.
    pub by_level: Option<Vec<f64>>,
}

/// Noise on the values of the indicators: x becomes x (1 + r E).
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawValueNoise {
    /// How E is distributed. Default: `uniform`.
    pub kind: Option<RawNoiseKind>,
    /// The relative noise r; 0.05 stands for ±5 % (`uniform`) or a standard deviation of 5 %
    /// (`normal`).
    #[schemars(range(min = 0.0, max = 1.0))]
    pub relative: f64,
}

/// Distributions of noise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawNoiseKind {
    /// Uniform on −1 to 1.
    Uniform,
    /// Normal with mean 0 and standard deviation 1.
    Normal,
}

/// How units are put into tiers in a replicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawTierReplay {
    /// By rank: each tier takes as many places as it has units in the report. Holds on any scale.
    NominalSizes,
    /// By score: the cut values of the report. Only where the scale of the scores stays the same.
    NominalCuts,
    /// By the rule of the methodology, applied anew.
    Recomputed,
}

/// Where ranks are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawNodeReplay {
    /// At the index alone.
    Index,
    /// At the index and the dimensions right below it.
    Dimensions,
    /// At the index and every dimension, however deep.
    All,
}

/// Variance-based sensitivity of the mean absolute rank change.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawSobol {
    /// Base sample size N; the index is computed N (d + 2) times for d sources. 0 leaves it out.
    /// Default: 500.
    #[schemars(range(min = 0, max = 100_000))]
    pub samples: Option<u32>,
    /// How weights are split into sources of uncertainty. Default: `levels`.
    pub weights: Option<RawWeightSources>,
}

/// How weights are split into sources of uncertainty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawWeightSources {
    /// All weights are one source.
    Whole,
    /// One source for each level of the framework.
    Levels,
    /// One source for each dimension whose children are weighted.
    Parents,
}
