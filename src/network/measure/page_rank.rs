//! PageRank: the share of time a random walk along the arcs spends at each node.

use crate::network::graph::{Graph, count};

/// Probability of following an arc rather than starting anew.
const DAMPING: f64 = 0.85;
/// The walk has settled when all values together change by less.
const TOLERANCE: f64 = 1e-10;
/// A step shrinks the change by the damping factor, so 1e-10 comes within 150 steps.
const STEPS: usize = 500;

/// PageRank of every node of the simple digraph (Page, Brin and others 1999): damping 0.85; a node
/// without successors gives its share to all nodes evenly; iterated until the sum of absolute
/// changes is below 1e-10. The values sum to one; empty without nodes.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of nodes stay far below 2^53")]
pub fn page_rank(graph: &Graph) -> Vec<f64> {
    let nodes = graph.nodes();
    if nodes == 0 {
        return Vec::new();
    }
    let all = nodes as f64;
    let out: Vec<f64> =
        (0..count(nodes)).map(|node| f64::from(graph.successors().degree(node))).collect();
    let mut rank = vec![1.0 / all; nodes];
    let mut given = vec![0.0; nodes];
    for _ in 0..STEPS {
        let mut dangling = 0.0;
        for (node, given) in given.iter_mut().enumerate() {
            if out[node] > 0.0 {
                *given = rank[node] / out[node];
            } else {
                dangling += rank[node];
            }
        }
        let base = (1.0 - DAMPING) / all + DAMPING * dangling / all;
        let mut change = 0.0;
        for (node, rank) in (0..).zip(rank.iter_mut()) {
            let sources = graph.predecessors().of(node).iter();
            let received: f64 = sources.map(|&from| given[from as usize]).sum();
            let next = base + DAMPING * received;
            change += (next - *rank).abs();
            *rank = next;
        }
        if change < TOLERANCE {
            break;
        }
    }
    rank
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One arc: x = (0.15 + 0.85 y) / 2, y = x + 0.85 x.
    #[test]
    fn one_arc() {
        let found = page_rank(&Graph::new(2, &[(0, 1), (0, 1), (1, 1)]));
        assert!((found[0] - 1.0 / 2.85).abs() < 1e-9 && (found[1] - 1.85 / 2.85).abs() < 1e-9);
    }

    #[test]
    fn sums_to_one_with_dangling_nodes() {
        let found = page_rank(&Graph::new(5, &[(0, 1), (0, 2), (2, 3), (3, 0)]));
        assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(page_rank(&Graph::new(0, &[])).is_empty());
        assert_eq!(page_rank(&Graph::new(1, &[])), [1.0]);
    }
}
