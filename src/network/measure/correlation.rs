//! How nodes of many relations are linked with one another: reciprocity and assortativity.

use crate::network::graph::{Graph, count};

/// Share of the unique ordered pairs whose reverse is there too, 2 × mutual pairs / pairs;
/// `None` without pairs.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn reciprocity(graph: &Graph) -> Option<f64> {
    let pairs = graph.pairs();
    (pairs > 0).then(|| (2 * graph.mutual_pairs()) as f64 / pairs as f64)
}

/// Degree assortativity (Newman 2002, 2003) of the simple graph: the correlation of the degrees at
/// the two ends of a link. Each is `None` where the degrees at one end do not vary.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Assortativity {
    /// Number of neighbours at both ends, over the links of the undirected view.
    pub undirected: Option<f64>,
    /// Out-degree of the giver and out-degree of the receiver, over the arcs.
    pub out_out: Option<f64>,
    /// Out-degree of the giver and in-degree of the receiver, over the arcs.
    pub out_in: Option<f64>,
    /// In-degree of the giver and out-degree of the receiver, over the arcs.
    pub in_out: Option<f64>,
    /// In-degree of the giver and in-degree of the receiver, over the arcs.
    pub in_in: Option<f64>,
}

/// Degree assortativity in its five variants.
#[must_use]
pub fn assortativity(graph: &Graph) -> Assortativity {
    let degrees =
        |list: &dyn Fn(u32) -> u32| -> Vec<u32> { (0..count(graph.nodes())).map(list).collect() };
    let out = degrees(&|node| graph.successors().degree(node));
    let into = degrees(&|node| graph.predecessors().degree(node));
    let around = degrees(&|node| graph.neighbours().degree(node));
    let arcs = |from: &[u32], to: &[u32]| {
        let ends = graph.successors().pairs();
        pearson(ends.map(|(a, b)| (from[a as usize], to[b as usize])))
    };
    let links = graph.neighbours().pairs();
    Assortativity {
        undirected: pearson(links.map(|(a, b)| (around[a as usize], around[b as usize]))),
        out_out: arcs(&out, &out),
        out_in: arcs(&out, &into),
        in_out: arcs(&into, &out),
        in_in: arcs(&into, &into),
    }
}

/// Correlation of whole numbers, from exact sums.
#[expect(clippy::cast_precision_loss, reason = "rounded once, after exact sums")]
fn pearson(pairs: impl Iterator<Item = (u32, u32)>) -> Option<f64> {
    let (mut n, mut sums, mut squares, mut products) = (0_i128, [0_i128; 2], [0_i128; 2], 0_i128);
    for (from, to) in pairs {
        let ends = [i128::from(from), i128::from(to)];
        n += 1;
        products += ends[0] * ends[1];
        for side in 0..2 {
            sums[side] += ends[side];
            squares[side] += ends[side] * ends[side];
        }
    }
    let spread = |side: usize| ((n * squares[side] - sums[side] * sums[side]) as f64).sqrt();
    let both = spread(0) * spread(1);
    (both > 0.0).then(|| ((n * products - sums[0] * sums[1]) as f64 / both).clamp(-1.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reciprocity_of_pairs() {
        assert_eq!(reciprocity(&Graph::new(3, &[(0, 1), (1, 0), (1, 2), (1, 2)])), Some(2.0 / 3.0));
        assert_eq!(reciprocity(&Graph::new(3, &[(0, 0)])), None);
    }

    /// Path of four nodes: ends of links (1,2) (2,1) (2,2) (2,2) (2,1) (1,2); r = −1/2.
    #[test]
    fn a_path_is_disassortative() {
        let found = assortativity(&Graph::new(4, &[(0, 1), (1, 2), (2, 3)]));
        assert!((found.undirected.unwrap() + 0.5).abs() < 1e-15);
        assert_eq!((found.out_in, found.in_in), (None, None));
    }

    #[test]
    fn a_star_is_wholly_disassortative() {
        let found = assortativity(&Graph::new(4, &[(0, 1), (0, 2), (3, 0)]));
        assert!((found.undirected.unwrap() + 1.0).abs() < 1e-15);
    }

    #[test]
    fn equal_degrees_have_none() {
        assert_eq!(assortativity(&Graph::new(3, &[(0, 1), (1, 2), (2, 0)])).undirected, None);
        assert_eq!(assortativity(&Graph::new(2, &[])), Assortativity::default());
    }
}
