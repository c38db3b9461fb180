//! Measures of a network that do not depend on chance: degrees, paths, clustering, cores.
//!
//! In: a [`Graph`](crate::network::Graph). Out: figures of the whole network, or one per node.
//! Invariants: whole numbers are summed as such; results are the same on any number of threads.

pub mod betweenness;
pub mod clustering;
pub mod components;
pub mod core;
pub mod correlation;
pub mod degree;
mod fold;
pub mod page_rank;
pub mod paths;
