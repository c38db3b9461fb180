//! Normalisation as the configuration resolves it.
//!
//! The formulas stand in `index::normalise`; here are their parameters.

use serde::Serialize;

/// How values come onto a common scale. A negative indicator changes sign before the formula,
/// unless the variant says otherwise.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "method")]
pub enum Normalisation {
    /// The value itself; the indicator keeps its own scale.
    #[default]
    None,
    /// Linear between the extremes of the sample.
    MinMax {
        /// Lower end of the scale.
        low: f64,
        /// Upper end of the scale.
        high: f64,
        /// Rule for an indicator that is the same everywhere.
        constant: ConstantRule,
    },
    /// `centre + spread * (x - mean) / sd`, with the sample standard deviation (n − 1).
    ZScore {
        /// Mean of the scale.
        centre: f64,
        /// Standard deviation of the scale.
        spread: f64,
        /// Rule for an indicator that is the same everywhere.
        constant: ConstantRule,
    },
    /// The ascending rank: 1 for the worst.
    Rank {
        /// What equal values get.
        ties: EqualValues,
        /// Rule for an indicator that is the same everywhere.
        constant: ConstantRule,
    },
    /// `(r - 1) / (n - 1)` on the scale, r the ascending rank.
    PercentileRank {
        /// Lower end of the scale.
        low: f64,
        /// Upper end of the scale.
        high: f64,
        /// What equal values get.
        ties: EqualValues,
        /// Rule for an indicator that is the same everywhere.
        constant: ConstantRule,
    },
    /// The ascending rank less one: 0 for the worst, n − 1 for the best.
    Borda {
        /// What equal values get.
        ties: EqualValues,
        /// Rule for an indicator that is the same everywhere.
        constant: ConstantRule,
    },
    /// Between two fixed values; a negative indicator is turned inside the formula.
    Goalposts {
        /// Value of the lower goalpost.
        from: f64,
        /// Value of the upper goalpost.
        to: f64,
        /// Lower end of the scale.
        low: f64,
        /// Upper end of the scale.
        high: f64,
        /// Even steps or even ratios between the goalposts.
        spacing: Spacing,
        /// At which ends values beyond the goalposts take the end of the scale.
        clamp: Clamp,
    },
    /// Linear from the worst value of the sample to a target.
    DistanceToTarget {
        /// The target.
        target: f64,
        /// Score of the worst value.
        low: f64,
        /// Score at the target.
        high: f64,
        /// Whether values beyond the target score no more than it.
        clamp: Clamp,
    },
    /// Linear from the worst value of the sample to the value of one unit.
    DistanceToReference {
        /// The unit, by code or name.
        unit: String,
        /// Score of the worst value.
        low: f64,
        /// Score of the reference unit.
        high: f64,
        /// Whether better units score no more than the reference.
        clamp: Clamp,
    },
    /// `1 - (max - x) / (max - min)` on the scale: the same numbers as min-max, told as a distance.
    DistanceToMaximum {
        /// Lower end of the scale.
        low: f64,
        /// Upper end of the scale.
        high: f64,
        /// Rule for an indicator that is the same everywhere.
        constant: ConstantRule,
    },
    /// Share of the largest value, times the upper end of the scale; positive indicators only.
    FractionOfMaximum {
        /// Score of the largest value.
        high: f64,
    },
    /// Best at one value, worse on both sides; has no direction.
    TargetType {
        /// The best value.
        target: f64,
        /// Score of the value farthest from it.
        low: f64,
        /// Score at the best value.
        high: f64,
        /// Rule for an indicator that is the same everywhere.
        constant: ConstantRule,
    },
    /// Best inside an interval, worse on both sides; has no direction.
    IntervalType {
        /// Lower end of the best interval.
        from: f64,
        /// Upper end of the best interval.
        to: f64,
        /// Score of the value farthest from it.
        low: f64,
        /// Score inside the interval.
        high: f64,
        /// Rule for an indicator that is the same everywhere.
        constant: ConstantRule,
    },
    /// Efficacy coefficient (功效系数法): `low + (high - low) * minmax`, 60 + 40 unless stated.
    #[serde(rename = "efficacy-coefficient")]
    Efficacy {
        /// Score of the worst value.
        low: f64,
        /// Score of the best value.
        high: f64,
        /// Rule for an indicator that is the same everywhere.
        constant: ConstantRule,
    },
    /// The value as a share of the unit's own in an earlier year, times 100; positive only.
    BasePeriod {
        /// The earlier year.
        year: i32,
    },
}

/// Over which values extremes, means and ranks are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Over {
    /// Those of the year that is computed: ranks can be compared between years, scores cannot.
    #[default]
    Year,
    /// Those of all years of the methodology together, so that scores can be compared too.
    Pooled,
}

impl Normalisation {
    /// Whether the method itself says which values are good, so that a direction has no meaning.
    #[must_use]
    pub const fn is_directionless(&self) -> bool {
        matches!(self, Self::TargetType { .. } | Self::IntervalType { .. })
    }

    /// Whether the method compares values with figures on the scale of the data, which do not come
    /// from the sample.
    #[must_use]
    pub const fn is_fixed(&self) -> bool {
        matches!(
            self,
            Self::Goalposts { .. }
                | Self::DistanceToTarget { .. }
                | Self::TargetType { .. }
                | Self::IntervalType { .. }
                | Self::BasePeriod { .. }
        )
    }

    /// Whether only indicators of which more is better can take the method.
    #[must_use]
    pub const fn is_positive_only(&self) -> bool {
        matches!(self, Self::FractionOfMaximum { .. } | Self::BasePeriod { .. })
    }

    /// The year that values are compared with, of a base period.
    #[must_use]
    pub const fn base_year(&self) -> Option<i32> {
        match self {
            Self::BasePeriod { year } => Some(*year),
            _ => None,
        }
    }

    /// The lowest score the method can give; `None` if that depends on the data.
    #[must_use]
    pub const fn lowest(&self) -> Option<f64> {
        match self {
            Self::MinMax { low, .. }
            | Self::PercentileRank { low, .. }
            | Self::DistanceToTarget { low, .. }
            | Self::DistanceToReference { low, .. }
            | Self::DistanceToMaximum { low, .. }
            | Self::TargetType { low, .. }
            | Self::IntervalType { low, .. }
            | Self::Efficacy { low, .. }
            | Self::Goalposts { low, clamp: Clamp::Both | Clamp::Low, .. } => Some(*low),
            Self::Borda { .. } => Some(0.0),
            Self::Rank { .. } => Some(1.0),
            Self::None
            | Self::ZScore { .. }
            | Self::Goalposts { .. }
            | Self::FractionOfMaximum { .. }
            | Self::BasePeriod { .. } => None,
        }
    }

    /// The rule for an indicator that is the same everywhere; `None` where none is needed.
    #[must_use]
    pub const fn constant(&self) -> Option<ConstantRule> {
        match self {
            Self::MinMax { constant, .. }
            | Self::ZScore { constant, .. }
            | Self::Rank { constant, .. }
            | Self::PercentileRank { constant, .. }
            | Self::Borda { constant, .. }
            | Self::DistanceToMaximum { constant, .. }
            | Self::TargetType { constant, .. }
            | Self::IntervalType { constant, .. }
            | Self::Efficacy { constant, .. } => Some(*constant),
            Self::None
            | Self::Goalposts { .. }
            | Self::DistanceToTarget { .. }
            | Self::DistanceToReference { .. }
            | Self::FractionOfMaximum { .. }
            | Self::BasePeriod { .. } => None,
        }
    }

    /// The word of the configuration.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::MinMax { .. } => "min-max",
            Self::ZScore { .. } => "z-score",
            Self::Rank { .. } => "rank",
            Self::PercentileRank { .. } => "percentile-rank",
            Self::Borda { .. } => "borda",
            Self::Goalposts { .. } => "goalposts",
            Self::DistanceToTarget { .. } => "distance-to-target",
            Self::DistanceToReference { .. } => "distance-to-reference",
            Self::DistanceToMaximum { .. } => "distance-to-maximum",
            Self::FractionOfMaximum { .. } => "fraction-of-maximum",
            Self::TargetType { .. } => "target-type",
            Self::IntervalType { .. } => "interval-type",
            Self::Efficacy { .. } => "efficacy-coefficient",
            Self::BasePeriod { .. } => "base-period",
        }
    }
}

/// Rule for an indicator that is the same everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConstantRule {
    /// The run fails.
    Error,
    /// Every unit takes the middle of the scale.
    Mid,
    /// The indicator is left out for everybody, with a warning.
    Drop,
    /// Every unit takes this score.
    Value(f64),
}

/// What equal values get when they are ranked upwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EqualValues {
    /// The lowest of their places: 1, 2, 2, 4.
    Lowest,
    /// The highest of their places: 1, 3, 3, 4.
    Highest,
    /// The mean of their places: 1, 2.5, 2.5, 4.
    Average,
    /// The same place, and none is skipped: 1, 2, 2, 3.
    Dense,
}

/// How scores are spread between two goalposts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Spacing {
    /// Equal differences count alike.
    Linear,
    /// Equal ratios count alike; the goalposts and all values are above zero.
    Log,
}

/// At which ends of the scale values beyond it take the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Clamp {
    /// At both.
    Both,
    /// At the lower end of the scale only.
    Low,
    /// At the upper end of the scale only.
    High,
    /// At neither.
    None,
}

impl Clamp {
    /// Holds a share of the scale within 0 and 1, where asked.
    #[must_use]
    pub const fn apply(self, share: f64) -> f64 {
        match self {
            Self::Both => share.clamp(0.0, 1.0),
            Self::Low => share.max(0.0),
            Self::High => share.min(1.0),
            Self::None => share,
        }
    }
}
