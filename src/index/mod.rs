//! The index: scores, ranks and tiers at every node of the framework.
//!
//! In: `Dataset` and `Methodology`. Out: [`IndexResult`], the only thing charts and texts read.
//! Invariants: results do not depend on the order of input rows; a missing value stays missing and
//! its weight goes to the siblings that are there; equal rounded scores are never ranked apart.
//! Not here: reading data (`data`), printing numbers (`content`).

mod aggregate;
mod compute;
mod correlation;
mod normalise;
mod profile;
mod rank;
pub mod reading;
mod result;
pub mod robustness;
mod statistics;
mod tier;

pub use compute::compute;
pub use correlation::{kendall_tau_b, pearson, spearman};
pub use profile::{Profile, Standing};
pub use rank::rank_scores;
pub use result::{IndexResult, NodeResult, StatusShare};
pub use statistics::Distribution;
pub use tier::{Tier, Tiers};
