//! Reading the index: what its numbers say about indicators, dimensions and units.
//!
//! In: methodology and results. Out: [`Reading`].
//! Not here: what changes when choices change (`robustness`), printing (`content`, `export`).

mod association;
mod columns;
mod components;
mod consistency;
pub(super) mod coupling;
mod distance;
mod influence;
mod obstacle;
mod scale;
mod shape;

pub use association::{Association, Flag, HIGH, Relation};
pub use components::{Component, Components};
pub use consistency::Consistency;
pub use coupling::Coupling;
pub use distance::Distance;
pub use influence::Influence;
pub use obstacle::Obstacles;
pub use shape::Shape;

use crate::config::Methodology;
use crate::index::IndexResult;

/// What the numbers of an index say.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// Correlations of nodes.
    pub associations: Vec<Association>,
    /// Cronbach's alpha by dimension.
    pub consistency: Vec<Consistency>,
    /// Principal components of the indicators.
    pub components: Option<Components>,
    /// Influence of nodes against their weights.
    pub influence: Vec<Influence>,
    /// Distributions of scores by node.
    pub shapes: Vec<Shape>,
    /// Distances between units.
    pub distances: Vec<Distance>,
    /// What holds units back.
    pub obstacles: Vec<Obstacles>,
    /// How even units are across the dimensions.
    pub couplings: Vec<Coupling>,
}

/// Reads an index.
#[must_use]
pub fn read(method: &Methodology, result: &IndexResult) -> Reading {
    let shape = |(node, own): (usize, &crate::index::NodeResult)| Shape::of(node, &own.scores);
    Reading {
        associations: association::associations(method, result),
        consistency: consistency::consistency(method, result),
        components: components::components(method, result),
        influence: influence::influence(method, result),
        shapes: result.nodes.iter().enumerate().map(shape).collect(),
        distances: distance::distances(result),
        obstacles: obstacle::obstacles(method, result),
        couplings: coupling::couplings(method, result),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::robustness::testing::Small;

    #[test]
    fn odd_data_give_no_odd_numbers() {
        for small in [
            Small::complete(&[1], &[&[5.0]]),
            Small::complete(&[2], &[&[5.0, 5.0, 5.0], &[1.0, 1.0, 2.0]]),
            Small::complete(&[1, 1], &[&[5.0, 5.0], &[7.0, 7.0]]),
            Small::new(&[1, 1], &[vec![None, None], vec![None, None]]),
            Small::random(9, &[2, 3], true),
        ] {
            let text = format!("{:?}", read(&small.method, &small.result()));
            let odd = ["NaN", "inf,", "inf)", "inf ", "inf]"];
            assert!(!odd.iter().any(|word| text.contains(word)), "{text}");
        }
    }
}
