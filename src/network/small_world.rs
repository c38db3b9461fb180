//! Whether a network is a small world: neighbours linked far more often than by chance, and yet
//! short ways.

use crate::network::statistics::Statistics;
use crate::num::ln;

/// Clustering at least so many times that of a random network.
const CLUSTERED: f64 = 5.0;
/// Ways at most so many times as long.
const SHORT: f64 = 2.0;

/// A network beside a random one with as many nodes and links (Watts and Strogatz 1998).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SmallWorld {
    /// Average clustering coefficient of the undirected view, over all nodes.
    pub clustering: f64,
    /// That of a random network, k/N with k links a node.
    pub random_clustering: f64,
    /// Average path length over reachable pairs.
    pub path: f64,
    /// That of a random network, ln N / ln k.
    pub random_path: f64,
}

impl SmallWorld {
    /// The comparison; `None` where a random network of that density would fall apart.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
    pub fn of(own: &Statistics) -> Option<Self> {
        let nodes = own.nodes as f64;
        let links = (own.pairs - own.mutual_pairs) as f64;
        let degree = 2.0 * links / nodes;
        (own.nodes > 1 && degree > 1.0).then_some(())?;
        Some(Self {
            clustering: own.clustering_mean?,
            random_clustering: degree / nodes,
            path: own.average_path_length?,
            random_path: ln(nodes) / ln(degree),
        })
    }

    /// Whether it holds: clustered at least five times as much as by chance, with ways at most twice
    /// as long.
    #[must_use]
    pub fn holds(&self) -> bool {
        self.clustering >= CLUSTERED * self.random_clustering
            && self.path <= SHORT * self.random_path
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::{Graph, statistics};

    /// Two-way links of a ring of so many, each with its four nearest.
    fn ring(nodes: u32) -> Statistics {
        let rows: Vec<(u32, u32)> = (0..nodes)
            .flat_map(|at| [1, 2].map(|step| (at, (at + step) % nodes)))
            .flat_map(|(a, b)| [(a, b), (b, a)])
            .collect();
        statistics(&Graph::new(nodes as usize, &rows))
    }

    #[test]
    fn a_ring_is_clustered_and_wide() {
        let found = SmallWorld::of(&ring(200)).unwrap();
        assert!(
            (found.clustering - 0.5).abs() < 1e-12
                && (found.random_clustering - 0.02).abs() < 1e-12
        );
        assert!(!found.holds(), "a quarter of the ring is a long way");
    }

    #[test]
    fn nothing_is_no_small_world() {
        assert_eq!(SmallWorld::of(&statistics(&Graph::new(0, &[]))), None);
        assert_eq!(SmallWorld::of(&statistics(&Graph::new(4, &[(0, 1)]))), None);
    }
}
