//! The index: scores, ranks and tiers at every node of the framework.
//!
//! In: `Dataset` and `Methodology`. Out: [`IndexResult`], the only thing charts and texts read.
//! Invariants: results do not depend on the order of input rows; a missing value stays missing and
//! its weight goes to the siblings that are there; equal rounded scores are never ranked apart.
//! Not here: reading data (`data`), printing numbers (`content`).

mod aggregate;
mod compute;
#[cfg(test)]
mod conformance;
mod correlation;
mod eigen;
#[cfg(test)]
mod laws;
mod normalise;
mod profile;
mod rank;
pub mod reading;
mod result;
pub mod robustness;
mod statistics;
#[cfg(test)]
mod testing;
mod tier;
mod trouble;
mod weights;

pub use aggregate::{AggregationDetail, Vikor};
pub use compute::compute;
pub use correlation::{kendall_tau_b, pearson, spearman};
pub use profile::{Profile, Standing};
pub use rank::rank_scores;
pub use result::{IndexResult, NodeResult, StatusShare, VariantResult};
pub use statistics::Distribution;
pub use tier::{ProbitLine, Tier, TierDetail, Tiers};
pub use weights::{Consistency, Fallback, NodeWeighting, RANDOM_INDEX, WeightingDetail};
