//! Shape of `weighting`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::spelled::Spelled;

/// A method, or a method with its options.
pub(in crate::config) type WeightingWord = Spelled<RawWeightingMethod, RawWeighting>;

/// How children of a node are weighted, with options.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawWeighting {
    /// The method.
    pub method: RawWeightingMethod,
    /// For `budget-allocation`: what each expert allots, by code of the child, such as
    /// `[{ a: 40, b: 60 }, { a: 50, b: 50 }]`; each is scaled to one.
    pub allocations: Option<Vec<BTreeMap<String, f64>>>,
    /// For `ahp`: pairwise judgements over the children in their order, such as
    /// `[[1, 3, 5], [1/3, 1, 3], [1/5, 1/3, 1]]`, or the upper triangle `[[3, 5], [3]]`.
    pub matrix: Option<RawMatrix>,
    /// For `ahp`: a matrix per expert.
    pub matrices: Option<Vec<RawMatrix>>,
    /// What data-driven weights are taken of. Default: `min-max`.
    pub data: Option<RawWeightData>,
    /// For `entropy`: added to every number first. Default: 0.
    #[schemars(range(min = 0.0))]
    pub shift: Option<f64>,
    /// For `pca`: how loadings become weights. Default: `squared-loadings`.
    pub variant: Option<RawPcaVariant>,
    /// For `pca`: components kept. Default: those with an eigenvalue above one, at least one.
    #[schemars(range(min = 1))]
    pub components: Option<usize>,
    /// For `combined`: the two methods.
    pub of: Option<Vec<WeightingWord>>,
    /// For `combined`: how they combine. Default: `product`.
    pub form: Option<RawCombination>,
    /// For `combined` of form `linear`: share of the first. Default: 0.5.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub share: Option<f64>,
}

/// Rows of numbers above zero, or of fractions such as `1/3`.
pub(in crate::config) type RawMatrix = Vec<Vec<Spelled<String, f64>>>;

impl WeightingWord {
    /// The full form.
    pub(in crate::config) fn full(&self) -> RawWeighting {
        match self {
            Self::Full(full) => full.clone(),
            Self::Word(method) => RawWeighting {
                method: *method,
                allocations: None,
                matrix: None,
                matrices: None,
                data: None,
                shift: None,
                variant: None,
                components: None,
                of: None,
                form: None,
                share: None,
            },
        }
    }
}

/// Methods of weighting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawWeightingMethod {
    /// All alike.
    Equal,
    /// As each child states.
    Given,
    /// The mean of what experts allot.
    BudgetAllocation,
    /// Principal eigenvector of pairwise judgements.
    Ahp,
    /// Shannon entropy.
    Entropy,
    /// Deviation times conflict.
    Critic,
    /// Coefficient of variation.
    Cv,
    /// Standard deviation.
    StandardDeviation,
    /// Principal components.
    Pca,
    /// Two methods together.
    Combined,
}

/// What data-driven weights are taken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawWeightData {
    /// The children's scores, brought onto 0 to 1 by min-max.
    MinMax,
    /// The children's scores as they are.
    Scores,
    /// The values of the indicators before normalisation, without direction.
    Raw,
}

/// How loadings of principal components become weights.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawPcaVariant {
    /// Loadings on the first component over their sum; refused if one is negative.
    Loadings,
    /// Squared loadings on the first component.
    SquaredLoadings,
    /// Absolute loadings on all components kept, each times its eigenvalue.
    VarianceWeighted,
    /// Largest squared loading after varimax rotation, times its component's share.
    Rotated,
}

/// How two sets of weights combine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawCombination {
    /// Their product, scaled to one.
    Product,
    /// Their weighted mean.
    Linear,
}
