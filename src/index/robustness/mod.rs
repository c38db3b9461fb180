//! Robustness: how far ranks depend on choices and data that could have been otherwise.
//!
//! In: the methodology with its [`Uncertainty`](crate::config::Uncertainty), the data and the
//! nominal results. Out: [`Robustness`].
//! Invariants: the same seed gives the same result on any number of threads; every replicate ranks
//! the units that are nominally ranked; nothing here changes the nominal results.
//! Not here: printing (`content`, `export`).

mod alternatives;
mod analysis;
mod counts;
mod draws;
mod evaluate;
mod gain;
#[cfg(test)]
mod laws;
mod leave_out;
mod node_ranks;
mod nominal;
mod normal;
mod order;
mod plan;
mod quantile;
mod replay;
mod rescale;
mod shift;
mod simulation;
mod sobol;
mod sweep;
#[cfg(test)]
pub(in crate::index) mod testing;
mod weight_limit;
mod weight_scan;

pub use analysis::{Robustness, analyse, intervals, simulation};
pub use gain::{Gain, Solution, UnitGains};
pub use leave_out::LeftOut;
pub use node_ranks::{NodeUncertainty, RankInterval};
pub use replay::Source;
pub use shift::Shift;
pub use simulation::{DISTINCT, RankUncertainty, Simulation, TOP};
pub use sobol::{Estimate, Sobol, SobolIndex};
pub use sweep::{Sweep, SweepPoint};
pub use weight_limit::{Change, UnitLimits, WeightLimits};
pub use weight_scan::TOLERANCE;
