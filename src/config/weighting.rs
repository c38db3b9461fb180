//! Weighting as the configuration resolves it.
//!
//! The formulas stand in `index::weights`; here are their parameters.

use serde::Serialize;

/// How children of a node are weighted. Lists run over the children in order of print.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "method")]
pub enum Weighting {
    /// All alike.
    Equal,
    /// As each child states.
    Given,
    /// The mean of what experts allot, each scaled to one.
    BudgetAllocation {
        /// What each expert allots to each child.
        experts: Vec<Vec<f64>>,
    },
    /// Analytic hierarchy process: the principal right eigenvector of pairwise judgements.
    Ahp {
        /// A full reciprocal matrix per expert; several combine by geometric means of their cells.
        matrices: Vec<Vec<Vec<f64>>>,
    },
    /// The less even a child is over the units, the more it weighs (Shannon entropy).
    Entropy {
        /// What the entropy is taken of.
        data: WeightData,
        /// Added to every number first.
        shift: f64,
    },
    /// Standard deviation times conflict with the other children.
    Critic {
        /// What deviations and correlations are taken of.
        data: WeightData,
    },
    /// Coefficient of variation, sd / mean.
    #[serde(rename = "cv")]
    CoefficientOfVariation {
        /// What it is taken of.
        data: WeightData,
    },
    /// Standard deviation.
    StandardDeviation {
        /// What it is taken of.
        data: WeightData,
    },
    /// Principal components of the children's correlations.
    Pca {
        /// How loadings become weights.
        variant: PcaVariant,
        /// Components kept; `None` for those with an eigenvalue above one, at least one.
        components: Option<usize>,
    },
    /// Two methods together.
    Combined {
        /// One method.
        first: Box<Weighting>,
        /// The other.
        second: Box<Weighting>,
        /// How they combine.
        form: Combination,
    },
}

impl Weighting {
    /// Whether the weights depend on the data.
    #[must_use]
    pub fn is_data_driven(&self) -> bool {
        match self {
            Self::Equal | Self::Given | Self::BudgetAllocation { .. } | Self::Ahp { .. } => false,
            Self::Combined { first, second, .. } => {
                first.is_data_driven() || second.is_data_driven()
            }
            _ => true,
        }
    }

    /// Whether the weights the children state are used.
    #[must_use]
    pub fn uses_given(&self) -> bool {
        match self {
            Self::Given => true,
            Self::Combined { first, second, .. } => first.uses_given() || second.uses_given(),
            _ => false,
        }
    }

    /// Whether raw values of indicators are used.
    #[must_use]
    pub fn uses_raw(&self) -> bool {
        match self {
            Self::Entropy { data, .. }
            | Self::Critic { data }
            | Self::CoefficientOfVariation { data }
            | Self::StandardDeviation { data } => *data == WeightData::Raw,
            Self::Combined { first, second, .. } => first.uses_raw() || second.uses_raw(),
            _ => false,
        }
    }

    /// The word of the configuration.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Equal => "equal",
            Self::Given => "given",
            Self::BudgetAllocation { .. } => "budget-allocation",
            Self::Ahp { .. } => "ahp",
            Self::Entropy { .. } => "entropy",
            Self::Critic { .. } => "critic",
            Self::CoefficientOfVariation { .. } => "cv",
            Self::StandardDeviation { .. } => "standard-deviation",
            Self::Pca { .. } => "pca",
            Self::Combined { .. } => "combined",
        }
    }
}

/// What data-driven weights are taken of, over the units that have all children.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WeightData {
    /// The children's scores, brought onto 0 to 1 by min-max; direction counts.
    MinMax,
    /// The children's scores as they are; direction counts.
    Scores,
    /// The values of the indicators before normalisation; direction does not count.
    Raw,
}

/// How loadings of principal components become weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PcaVariant {
    /// Loadings on the first component over their sum; refused if one is negative (`COINr`).
    Loadings,
    /// Squared loadings on the first component (unit vector), which sum to one.
    SquaredLoadings,
    /// Absolute loadings (unit vectors) on all components kept, each times its eigenvalue.
    VarianceWeighted,
    /// The largest squared loading after varimax rotation times its component's share of the
    /// variance explained (OECD/JRC Handbook, step 6).
    Rotated,
}

/// How two sets of weights combine.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Combination {
    /// `a b / sum a b`.
    Product,
    /// `share a + (1 - share) b`.
    Linear {
        /// Share of the first.
        share: f64,
    },
}
