//! Aggregation as the configuration resolves it.
//!
//! The formulas stand in `index::aggregate`; here are their parameters.

use serde::Serialize;

/// How children combine into their parent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "method")]
pub enum Aggregation {
    /// Weighted arithmetic mean.
    #[default]
    Arithmetic,
    /// Weighted geometric mean; scores above zero.
    Geometric,
    /// Weighted harmonic mean; scores above zero.
    Harmonic,
    /// Weighted power mean.
    Power {
        /// The exponent, not zero: above zero for scores at or above zero, below zero for scores
        /// above zero.
        exponent: f64,
    },
    /// Weighted median.
    Median,
    /// The lowest score of a child that has weight.
    Minimum,
    /// Pairwise majorities won less lost.
    Copeland,
    /// Closeness to the ideal unit.
    Topsis {
        /// How the children are scaled first.
        scaling: TopsisScaling,
        /// What the closeness, 0 to 1, is multiplied by.
        scale: f64,
    },
    /// One less VIKOR's Q, so that more is better.
    Vikor {
        /// Weight of the group's utility against the greatest regret, 0 to 1.
        v: f64,
        /// What 1 − Q is multiplied by.
        scale: f64,
    },
    /// Grey relational grade with the ideal unit.
    GreyRelational {
        /// Distinguishing coefficient, above 0, at most 1.
        rho: f64,
        /// What the grade, 0 to 1, is multiplied by.
        scale: f64,
    },
    /// Rank-sum ratio.
    Rsr {
        /// How ranks are made.
        ranks: RsrRanks,
        /// What the ratio, 0 to 1, is multiplied by.
        scale: f64,
    },
    /// Mazziotta–Pareto index: a mean less (or plus) a penalty for imbalance.
    Mpi {
        /// Whether more of the phenomenon is better.
        phenomenon: Phenomenon,
        /// What deviations are divided by.
        deviation: Deviation,
    },
}

impl Aggregation {
    /// Whether every score must be above zero.
    #[must_use]
    pub fn wants_positive(self) -> bool {
        match self {
            Self::Geometric | Self::Harmonic => true,
            Self::Power { exponent } => exponent < 0.0,
            _ => false,
        }
    }

    /// Whether the score of a unit depends on its own children alone.
    #[must_use]
    pub const fn is_mean(self) -> bool {
        matches!(
            self,
            Self::Arithmetic
                | Self::Geometric
                | Self::Harmonic
                | Self::Power { .. }
                | Self::Median
                | Self::Minimum
        )
    }

    /// The word of the configuration.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Arithmetic => "arithmetic",
            Self::Geometric => "geometric",
            Self::Harmonic => "harmonic",
            Self::Power { .. } => "power",
            Self::Median => "median",
            Self::Minimum => "minimum",
            Self::Copeland => "copeland",
            Self::Topsis { .. } => "topsis",
            Self::Vikor { .. } => "vikor",
            Self::GreyRelational { .. } => "grey-relational",
            Self::Rsr { .. } => "rsr",
            Self::Mpi { .. } => "mpi",
        }
    }
}

/// How TOPSIS scales children before it measures distances.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum TopsisScaling {
    /// `(x - min) / (max - min)`.
    MinMax,
    /// `x / sqrt(sum x^2)`.
    Vector,
}

/// How the rank-sum ratio ranks units in a child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RsrRanks {
    /// Ascending ranks, ties at their mean.
    Integral,
    /// `1 + (n - 1) minmax`.
    NonIntegral,
}

/// Whether more of what the Mazziotta–Pareto index measures is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Phenomenon {
    /// More is better: the penalty is taken off.
    Positive,
    /// Less is better: the penalty is added.
    Negative,
}

/// What a sum of squared deviations is divided by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Deviation {
    /// By their number.
    Population,
    /// By their number less one.
    Sample,
}
