//! Networks: graphs of relations between nodes, and what is measured on them.
//!
//! In: a number of nodes and rows of relations, both by position. Out: [`Graph`] and
//! [`Statistics`].
//! Invariants: results do not depend on the order of rows or on the number of threads; what is
//! undefined is `None`, never NaN.
//! Not here: printing, drawing.

pub mod community;
pub mod concentration;
#[cfg(test)]
mod conformance;
pub mod graph;
pub mod layout;
pub mod measure;
pub mod model;
pub mod power_law;
pub mod statistics;

pub use concentration::Concentration;
pub use graph::{Adjacency, Graph};
pub use statistics::{Statistics, statistics};
