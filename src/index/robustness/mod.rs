//! Robustness: how far ranks depend on choices and data that could have been otherwise.
//!
//! In: the methodology with its [`Uncertainty`](crate::config::Uncertainty), the data and the
//! nominal results. Out: [`Robustness`].
//! Invariants: the same seed gives the same result on any number of threads; every replicate ranks
//! the units that are nominally ranked; nothing here changes the nominal results.
//! Not here: printing (`content`, `export`).

mod counts;
mod draws;
mod evaluate;
mod normal;
mod order;
mod philox;
mod plan;
mod quantile;
mod replay;
mod rescale;
mod simulation;
#[cfg(test)]
mod testing;

pub use replay::Source;
pub use simulation::{DISTINCT, RankUncertainty, Simulation, TOP};
