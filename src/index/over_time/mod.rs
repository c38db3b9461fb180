//! Comparison over time: several years in one data set, and an edition against the one before it.
//!
//! In: methodologies, data sets and results of two editions, or one methodology and several years.
//! Out: [`YearResult`]s and [`Changes`]. Every rank change of two editions is split into what the
//! sample, the method, the unit's own data and the data of others did to it (`split`).
//! Not here: which cells an earlier edition lends to this one's formulas (`data::backcast`).

mod changes;
mod pool;
mod split;
#[cfg(test)]
mod tests;

pub use changes::{
    Changes, Driver, Earlier, EarlierNode, EarlierUnit, NodeChanges, Parts, UnitChange, compare,
};
pub use pool::{YearResult, compute_years, pool_before, prepare};
pub use split::{Editions, Side};
