//! Clustering: how far the neighbours of a node are linked among themselves.

use crate::network::graph::{Graph, count};

/// Triangles and what follows from them. k(v) is the number of different neighbours of v in either
/// direction; loops and repetitions do not count.
#[derive(Debug, Clone, PartialEq)]
pub struct Clustering {
    /// Triangles of the undirected view.
    pub triangles: u64,
    /// Mean over all N nodes of arcs among the neighbours / (k(k−1)), a node with k < 2 counting 0:
    /// the average clustering coefficient of Gephi for a directed graph. `None` without nodes.
    pub directed: Option<f64>,
    /// Mean over all N nodes of linked pairs of neighbours / (k(k−1)/2), a node with k < 2 counting
    /// 0 (Watts and Strogatz 1998; igraph calls it `zero`). `None` without nodes.
    pub mean: Option<f64>,
    /// The same mean over the nodes with k ≥ 2 only: Gephi for an undirected graph. `None` without
    /// such nodes.
    pub mean_k2: Option<f64>,
    /// 3 × triangles / paths of length two, undirected. `None` without such paths.
    pub transitivity: Option<f64>,
}

/// Triangles through each node of the undirected view, and arcs among each node's neighbours.
struct Closed {
    triangles: Vec<u64>,
    arcs: Vec<u64>,
}

/// Clustering by all its definitions.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub fn clustering(graph: &Graph) -> Clustering {
    let Closed { triangles, arcs } = closed(graph);
    let (mut directed, mut mean, mut with_two, mut paths) = (0.0, 0.0, 0_u64, 0_u64);
    for (node, (triangles, arcs)) in (0..).zip(triangles.iter().zip(&arcs)) {
        let k = u64::from(graph.neighbours().degree(node));
        if k < 2 {
            continue;
        }
        let ordered = k * (k - 1);
        directed += *arcs as f64 / ordered as f64;
        mean += (2 * triangles) as f64 / ordered as f64;
        with_two += 1;
        paths += ordered / 2;
    }
    let corners: u64 = triangles.iter().sum();
    let over = |sum: f64, number: u64| (number > 0).then(|| sum / number as f64);
    Clustering {
        triangles: corners / 3,
        directed: over(directed, graph.nodes() as u64),
        mean: over(mean, graph.nodes() as u64),
        mean_k2: over(mean, with_two),
        transitivity: over(corners as f64, paths),
    }
}

/// Every triangle is found once, from its corner of lowest degree: the lists of neighbours of
/// higher degree are short even where hubs have thousands of neighbours.
fn closed(graph: &Graph) -> Closed {
    let nodes = graph.nodes();
    let (mut triangles, mut arcs) = (vec![0; nodes], vec![0; nodes]);
    let upwards = upwards(graph);
    // Place in the list of the first corner and whether that link is mutual, by node; 0 is none.
    let mut mark = vec![0_u8; nodes];
    for first in 0..count(nodes) {
        let list = &upwards[first as usize];
        for link in list {
            mark[link.to as usize] = link.ways;
        }
        for &Link { to: second, ways: near } in list {
            for &Link { to: third, ways: far } in &upwards[second as usize] {
                let side = mark[third as usize];
                if side == 0 {
                    continue;
                }
                for (corner, opposite) in [(first, far), (second, side), (third, near)] {
                    triangles[corner as usize] += 1;
                    arcs[corner as usize] += u64::from(opposite);
                }
            }
        }
        for link in list {
            mark[link.to as usize] = 0;
        }
    }
    Closed { triangles, arcs }
}

/// A link to a node of higher degree, one-way or two-way.
struct Link {
    to: u32,
    ways: u8,
}

/// Links of each node to neighbours of higher degree, or of equal degree and higher position.
fn upwards(graph: &Graph) -> Vec<Vec<Link>> {
    let height = |node: u32| (graph.neighbours().degree(node), node);
    (0..count(graph.nodes()))
        .map(|node| {
            let links = graph.neighbours().of(node).iter();
            links
                .filter(|&&to| height(to) > height(node))
                .map(|&to| {
                    let ways =
                        u8::from(graph.has_arc(node, to)) + u8::from(graph.has_arc(to, node));
                    Link { to, ways }
                })
                .collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn directed(nodes: usize, arcs: &[(u32, u32)]) -> f64 {
        clustering(&Graph::new(nodes, arcs)).directed.unwrap()
    }

    #[track_caller]
    fn near(found: f64, expected: f64) {
        assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    }

    /// Small graphs of known average, as Gephi counts a directed one.
    #[test]
    fn directed_as_gephi() {
        near(directed(4, &[(0, 1), (1, 2), (1, 3), (2, 0), (2, 3), (3, 0)]), 0.5);
        near(directed(4, &[(1, 0), (1, 3), (2, 0), (2, 1), (3, 2)]), 5.0 / 12.0);
        near(directed(3, &[(0, 1), (1, 0), (1, 2), (2, 1), (0, 2)]), 5.0 / 6.0);
        near(directed(3, &[(0, 1), (1, 0), (1, 2), (2, 1), (0, 2), (2, 0)]), 1.0);
        near(directed(3, &[(0, 1), (1, 2), (2, 0)]), 0.5);
        near(directed(3, &[(0, 1), (1, 2), (0, 2)]), 0.5);
        near(directed(4, &[(0, 1), (1, 2), (2, 0), (2, 3)]), 7.0 / 24.0);
    }

    /// h, a, b, c, d are 0 to 4; the pair h, a is mutual.
    #[test]
    fn definitions_differ_on_one_graph() {
        let graph = Graph::new(5, &[(0, 1), (1, 0), (0, 2), (1, 2), (2, 3), (0, 3), (3, 4)]);
        let found = clustering(&graph);
        near(found.directed.unwrap(), 0.3);
        near(found.mean.unwrap(), 0.533_333_333_333_333_3);
        near(found.mean_k2.unwrap(), 0.666_666_666_666_666_6);
        assert_eq!(found.triangles, 2);
    }

    #[test]
    fn undefined_is_none() {
        let empty = clustering(&Graph::new(0, &[]));
        assert_eq!((empty.directed, empty.mean_k2, empty.transitivity), (None, None, None));
        let one = clustering(&Graph::new(1, &[(0, 0)]));
        assert_eq!((one.directed, one.mean, one.mean_k2), (Some(0.0), Some(0.0), None));
    }
}
