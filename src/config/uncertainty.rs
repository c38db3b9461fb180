//! A checked `robustness:` section: what is uncertain about the index.

use crate::config::{Aggregation, Imputation, Normalisation, Treatment};

/// What is uncertain, how often the index is replayed, and with which random numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Uncertainty {
    /// Whether the methodology has the section, so that the report tells of it; without it
    /// `rankpress sensitivity` takes the defaults.
    pub stated: bool,
    /// Number of Monte Carlo replicates.
    pub replicates: u32,
    /// Seed of the counter-based generator.
    pub seed: u64,
    /// Relative noise of weights by level; the first is that of the dimensions below the index.
    pub weights: Vec<f64>,
    /// Treatments of outliers drawn in place of the methodology's; empty for that one alone.
    pub treatment: Vec<Treatment>,
    /// Rules for gaps drawn in place of the methodology's; empty for that one alone.
    pub imputation: Vec<Imputation>,
    /// Methods drawn in place of the methodology's; empty for that one alone.
    pub normalisation: Vec<Normalisation>,
    /// Methods drawn in place of the methodology's; empty for that one alone.
    pub aggregation: Vec<Aggregation>,
    /// The methodology's aggregation, in whose place others are drawn.
    pub nominal_aggregation: Aggregation,
    /// The methodology's treatment of outliers, in whose place others are drawn.
    pub nominal_treatment: Treatment,
    /// The methodology's rule for gaps, in whose place others are drawn.
    pub nominal_imputation: Imputation,
    /// Noise on values.
    pub noise: Option<ValueNoise>,
    /// How units are put into tiers in a replicate.
    pub tiers: TierReplay,
    /// Where ranks are followed.
    pub nodes: NodeReplay,
    /// Base sample size of the Sobol indices; 0 leaves them out.
    pub sobol_samples: u32,
    /// How weights are split into sources of uncertainty.
    pub weight_sources: WeightSources,
}

impl Default for Uncertainty {
    /// Nothing uncertain.
    fn default() -> Self {
        Self {
            stated: false,
            replicates: 1000,
            seed: 1,
            weights: Vec::new(),
            treatment: Vec::new(),
            imputation: Vec::new(),
            normalisation: Vec::new(),
            aggregation: Vec::new(),
            nominal_aggregation: Aggregation::Arithmetic,
            nominal_treatment: Treatment::None,
            nominal_imputation: Imputation::None,
            noise: None,
            tiers: TierReplay::NominalSizes,
            nodes: NodeReplay::Dimensions,
            sobol_samples: 500,
            weight_sources: WeightSources::Levels,
        }
    }
}

impl Uncertainty {
    /// Relative noise of the weights of nodes at a level (the index is at level 0 and has none).
    #[must_use]
    pub fn weight_noise(&self, level: usize) -> f64 {
        level.checked_sub(1).and_then(|at| self.weights.get(at)).copied().unwrap_or(0.0)
    }

    /// Whether anything can differ between replicates.
    #[must_use]
    pub fn is_certain(&self) -> bool {
        self.weights.iter().all(|&f| f <= 0.0)
            && self.treatment.len() < 2
            && self.imputation.len() < 2
            && self.normalisation.len() < 2
            && self.aggregation.len() < 2
            && self.noise.is_none_or(|n| n.relative <= 0.0)
    }
}

/// Noise on values: x becomes x (1 + r E).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ValueNoise {
    /// Distribution of E.
    pub kind: NoiseKind,
    /// The relative noise r.
    pub relative: f64,
}

/// Distributions of noise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoiseKind {
    /// Uniform on −1 to 1.
    Uniform,
    /// Standard normal.
    Normal,
}

/// How units are put into tiers in a replicate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TierReplay {
    /// By rank: each tier takes as many places as it nominally has units.
    NominalSizes,
    /// By score: the nominal cut values.
    NominalCuts,
    /// By the rule of the methodology, applied anew.
    Recomputed,
}

/// Where ranks are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeReplay {
    /// At the index alone.
    Index,
    /// At the index and the dimensions right below it.
    Dimensions,
    /// At the index and every dimension.
    All,
}

/// How weights are split into sources of uncertainty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WeightSources {
    /// All weights are one source.
    Whole,
    /// One source for each level.
    Levels,
    /// One source for each parent.
    Parents,
}
