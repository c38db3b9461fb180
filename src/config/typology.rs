//! Types of units as the configuration resolves them.

use crate::lang::Localised;

/// How units are sorted into types.
#[derive(Debug, Clone, PartialEq)]
pub struct TypologyRule {
    /// What the leading dimension is measured by.
    pub leading: LeadingBy,
    /// What balance is measured by.
    pub balance: BalanceBy,
    /// A unit is balanced from here on: a CV at or below, a coupling at or above.
    pub balanced: f64,
    /// A unit is skewed from here on: a CV at or above, a coupling at or below.
    pub skewed: f64,
    /// The types, tried in order: the first that fits is the unit's.
    pub types: Vec<TypeRule>,
}

/// What the leading dimension is measured by, against the sample.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeadingBy {
    /// Score less the mean of the sample, in standard deviations (n − 1).
    ZScore,
    /// Score less the mean of the sample.
    MeanDistance,
}

/// What balance is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BalanceBy {
    /// Coefficient of variation of the dimension scores (n − 1).
    Cv,
    /// Coupling C of the dimension scores, 0 to 1.
    Coupling,
}

/// How even the dimensions of a unit are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Balance {
    /// At or beyond the threshold of balance.
    Balanced,
    /// Between the thresholds.
    Between,
    /// At or beyond the threshold of skewness.
    Skewed,
}

impl Balance {
    /// The word of the configuration.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Balanced => "balanced",
            Self::Between => "between",
            Self::Skewed => "skewed",
        }
    }
}

impl LeadingBy {
    /// The word of the configuration.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::ZScore => "z-score",
            Self::MeanDistance => "mean-distance",
        }
    }
}

impl BalanceBy {
    /// The word of the configuration.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Cv => "cv",
            Self::Coupling => "coupling",
        }
    }
}

/// A type; a unit fits if it meets every condition that is stated.
#[derive(Debug, Clone, PartialEq)]
pub struct TypeRule {
    /// Printed name, such as 均衡型, balanced.
    pub name: Localised<String>,
    /// Positions of dimensions one of which leads; empty for no condition.
    pub leading: Vec<usize>,
    /// How even the dimensions are.
    pub balance: Option<Balance>,
    /// Tiers, from 0 for the best; empty for no condition.
    pub tiers: Vec<usize>,
    /// Whether no dimension reaches the mean of the sample.
    pub below_mean: Option<bool>,
}
