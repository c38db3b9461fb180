//! Communities: groups of nodes with more links inside than their degrees let one expect.
//!
//! In: the undirected view of a [`Graph`](crate::network::Graph), every link weighing 1. Out: [`Communities`].
//! Invariants: the number of the seed is fixed, gains are compared as whole numbers and ties go to
//! the community that is already joined, else to the lowest number, so that the same graph always
//! gives the same labels. Nodes come in the caller's canonical order.
//! Not here: names of communities, overlapping communities.

mod leiden;
mod level;
mod local_move;
mod louvain;
mod modularity;
mod order;

pub use leiden::leiden;
pub use louvain::louvain;
pub use modularity::{Communities, modularity};
