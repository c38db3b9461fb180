//! Networks: graphs of relations between nodes, and what is measured on them.
//!
//! In: a number of nodes and rows of relations, both by position. Out: [`Graph`] and statistics.
//! Invariants: results do not depend on the order of rows or on the number of threads; what is
//! undefined is `None`, never NaN.
//! Not here: printing, drawing.

pub mod graph;

pub use graph::{Adjacency, Graph};
