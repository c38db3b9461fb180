//! The index: scores, ranks and tiers at every node of the framework.
//!
//! In: `Dataset` and `Methodology`. Out: [`IndexResult`], the only thing charts and texts read.
//! Invariants: results do not depend on the order of input rows; a missing value stays missing and
//! its weight goes to the siblings that are there; equal rounded scores are never ranked apart.
//! Not here: reading data (`data`), printing numbers (`content`).

mod aggregate;
mod checks;
mod compute;
#[cfg(test)]
mod conformance;
mod contrast;
mod correlation;
mod denominators;
mod eigen;
mod grouping;
mod impute;
#[cfg(test)]
mod laws;
pub mod method_log;
mod moments;
mod normalise;
pub mod over_time;
mod profile;
mod rank;
pub mod reading;
mod result;
pub mod robustness;
mod screen;
mod statistics;
#[cfg(test)]
mod testing;
mod tier;
mod treat;
mod trouble;
mod typology;
mod weights;

pub use aggregate::{AggregationDetail, Vikor};
pub use checks::{DataChecks, Duplicate, Flag, IndicatorCheck, Spread, check, count_flags};
pub use compute::compute;
pub use contrast::{Contrast, RankShift, TierChange, TopAgreement};
pub use correlation::{kendall_tau_b, pearson, spearman};
pub use denominators::DenominatorCheck;
pub use grouping::{GroupRank, Grouping};
pub use impute::impute;
pub use method_log::MethodLog;
pub use moments::{kurtosis, skewness};
pub use profile::{Profile, Standing};
pub use rank::rank_scores;
pub use result::{IndexResult, NodeResult, StatusShare, VariantResult};
pub use screen::{Ground, Screened, Screening};
pub use statistics::Distribution;
pub use tier::{ProbitLine, Tier, TierDetail, Tiers};
pub use treat::{Applied, Shape, Treated, TreatedPoint, treat};
pub use typology::{Benchmark, Typology, UnitType};
pub use weights::{Consistency, Fallback, NodeWeighting, RANDOM_INDEX, WeightingDetail};
