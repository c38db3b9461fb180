//! Shape of `normalisation`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::spelled::Spelled;

/// How values come onto a common scale: a method, or a method with its options.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawNormalisation {
    /// The method.
    pub method: RawNormalisationMethod,
    /// Lower and upper end of the scale. Default: `[0, 100]`; `[60, 100]` for
    /// `efficacy-coefficient`.
    pub range: Option<[f64; 2]>,
    /// Value that maps to the lower end, for `goalposts` and `fixed-bounds`.
    pub low: Option<f64>,
    /// Value that maps to the upper end, for `goalposts` and `fixed-bounds`.
    pub high: Option<f64>,
    /// Mean and standard deviation of the scale, for `z-score`. Default: `[50, 10]`.
    pub scale: Option<[f64; 2]>,
    /// What becomes of an indicator that is the same everywhere: `error`, `mid` (the middle of
    /// the range), `drop` (left out for everybody), or a score for all. Default: `error`.
    pub constant: Option<Spelled<RawConstant, f64>>,
    /// What equal values get, for `rank`, `percentile-rank` and `borda`. Default: `lowest`.
    pub ties: Option<RawEqualValues>,
    /// Even steps or even ratios, for `goalposts` and `fixed-bounds`. Default: `linear`.
    pub spacing: Option<RawSpacing>,
    /// At which ends of the scale values beyond it take the end, for `goalposts` (default:
    /// `both`), `distance-to-target` and `distance-to-reference` (default: `none`).
    pub clamp: Option<RawClamp>,
    /// The target of `distance-to-target`, or the best value of `target-type`.
    pub target: Option<f64>,
    /// Lower and upper end of the best values, for `interval-type`.
    pub interval: Option<[f64; 2]>,
    /// Unit to compare with, by code or name, for `distance-to-reference`.
    pub reference: Option<String>,
    /// Year that counts as 100, for `base-period`.
    pub base_year: Option<i32>,
    /// Over which values extremes, means and ranks are taken: those of the `year`, or those of all
    /// `years` together, so that scores can be compared between them. Default: `per-year`.
    pub over: Option<RawOver>,
}

impl RawNormalisation {
    /// A method without options.
    const fn plain(method: RawNormalisationMethod) -> Self {
        Self {
            method,
            range: None,
            low: None,
            high: None,
            scale: None,
            constant: None,
            ties: None,
            spacing: None,
            clamp: None,
            target: None,
            interval: None,
            reference: None,
            base_year: None,
            over: None,
        }
    }
}

/// A method, or a method with its options.
pub(in crate::config) type NormalisationWord = Spelled<RawNormalisationMethod, RawNormalisation>;

impl NormalisationWord {
    /// The full form.
    pub(in crate::config) fn full(self) -> RawNormalisation {
        match self {
            Self::Word(method) => RawNormalisation::plain(method),
            Self::Full(full) => full,
        }
    }
}

/// Over which values extremes, means and ranks are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawOver {
    /// Those of one year.
    PerYear,
    /// Those of all years of the methodology.
    Pooled,
}

/// Methods of normalisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawNormalisationMethod {
    /// Not at all: the value itself, with its sign turned for a negative indicator.
    None,
    /// Linear between the smallest and the largest value of the sample.
    MinMax,
    /// Distance from the mean in sample standard deviations (n − 1).
    ZScore,
    /// Ascending rank, 1 for the worst.
    Rank,
    /// Ascending rank, less one, over n − 1.
    PercentileRank,
    /// Ascending rank less one.
    Borda,
    /// Between two fixed values, clamped.
    Goalposts,
    /// Between two fixed values, not clamped.
    FixedBounds,
    /// Linear from the worst value to `target`.
    DistanceToTarget,
    /// Linear from the worst value to the value of the unit `reference`.
    DistanceToReference,
    /// 1 − (max − x) / (max − min).
    DistanceToMaximum,
    /// Share of the largest value of the sample.
    FractionOfMaximum,
    /// 1 − |x − target| / max |x − target|.
    TargetType,
    /// Best inside `interval`, linear decline on both sides.
    IntervalType,
    /// 60 + 40 × min-max.
    EfficacyCoefficient,
    /// Value over the unit's own value in `base-year`, times 100.
    BasePeriod,
}

/// What becomes of an indicator that is the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawConstant {
    /// The run fails.
    Error,
    /// Every unit takes the middle of the range.
    Mid,
    /// The indicator is left out for everybody.
    Drop,
}

/// What equal values get when they are ranked upwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawEqualValues {
    /// The lowest of their places: 1, 2, 2, 4.
    Lowest,
    /// The highest of their places: 1, 3, 3, 4.
    Highest,
    /// The mean of their places: 1, 2.5, 2.5, 4.
    Average,
    /// The same place, and none is skipped: 1, 2, 2, 3.
    Dense,
}

/// How scores are spread between two fixed values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawSpacing {
    /// Equal differences count alike.
    Linear,
    /// Equal ratios count alike.
    Log,
}

/// At which ends of the scale values beyond it take the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawClamp {
    /// At both.
    Both,
    /// At the lower end only.
    Low,
    /// At the upper end only: values beyond the best score no more.
    High,
    /// At neither.
    None,
}
