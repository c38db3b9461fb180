//! Modularity of a division of a network, and divisions with stable labels.

use crate::network::graph::{Graph, count};

/// A division of the nodes into communities.
#[derive(Debug, Clone, PartialEq)]
pub struct Communities {
    /// The community of every node, from 0: the largest first, of equal ones that with the lowest
    /// member first.
    pub labels: Vec<u32>,
    /// Number of nodes of every community.
    pub sizes: Vec<usize>,
    /// Modularity of the division; `None` without links.
    pub modularity: Option<f64>,
}

impl Communities {
    /// A division given by any labels below the number of nodes, relabelled by size.
    pub(super) fn new(graph: &Graph, raw: &[u32]) -> Self {
        let mut groups = vec![(0, u32::MAX); raw.len()];
        for (node, &label) in (0..).zip(raw) {
            let (size, lowest) = &mut groups[label as usize];
            *size += 1;
            *lowest = node.min(*lowest);
        }
        let mut by_size: Vec<u32> =
            (0..count(raw.len())).filter(|&label| groups[label as usize].0 > 0).collect();
        by_size.sort_by_key(|&label| {
            let (size, lowest) = groups[label as usize];
            (std::cmp::Reverse(size), lowest)
        });
        let mut renamed = vec![0; raw.len()];
        for (new, &old) in (0..).zip(&by_size) {
            renamed[old as usize] = new;
        }
        let labels: Vec<u32> = raw.iter().map(|&label| renamed[label as usize]).collect();
        let sizes = by_size.iter().map(|&label| groups[label as usize].0).collect();
        Self { modularity: modularity(graph, &labels), labels, sizes }
    }

    /// Number of communities; a node without links is one of its own.
    #[must_use]
    pub fn len(&self) -> usize {
        self.sizes.len()
    }

    /// Whether there is no community, because there is no node.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sizes.is_empty()
    }
}

/// Modularity of a division of the undirected view, resolution 1: Σ over communities of
/// e/m − (d/2m)², with e links inside, d the sum of degrees and m all links (Newman and Girvan
/// 2004). `None` without links.
///
/// # Panics
///
/// If there are fewer labels than nodes.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "rounded once, after exact sums")]
pub fn modularity(graph: &Graph, labels: &[u32]) -> Option<f64> {
    let links = graph.neighbours();
    let communities = labels.iter().max().map_or(0, |&label| label as usize + 1);
    let mut degrees = vec![0_u128; communities];
    let mut inside = 0_u128;
    for (node, &label) in (0..count(graph.nodes())).zip(labels) {
        degrees[label as usize] += u128::from(links.degree(node));
        let same = links.of(node).iter().filter(|&&other| labels[other as usize] == label);
        inside += same.count() as u128;
    }
    let both_ends = links.len() as u128;
    let squares: u128 = degrees.iter().map(|degree| degree * degree).sum();
    // `inside` counts every link twice, as `both_ends` does.
    let excess = (inside * both_ends) as f64 - squares as f64;
    (both_ends > 0).then(|| excess / (both_ends * both_ends) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clique(first: u32, size: u32) -> impl Iterator<Item = (u32, u32)> {
        (first..first + size).flat_map(move |a| (a + 1..first + size).map(move |b| (a, b)))
    }

    #[test]
    fn known_divisions() {
        let two =
            Graph::new(8, &clique(0, 4).chain(clique(4, 4)).chain([(3, 4)]).collect::<Vec<_>>());
        let found = modularity(&two, &[0, 0, 0, 0, 1, 1, 1, 1]).unwrap();
        assert!((found - 0.423_076_923_076_923_1).abs() < 1e-12);
        assert_eq!(modularity(&two, &[0; 8]), Some(0.0));
        assert_eq!(modularity(&Graph::new(2, &[(1, 1)]), &[0, 1]), None);
    }

    #[test]
    fn labels_go_by_size_then_lowest_member() {
        let graph = Graph::new(6, &[(0, 1)]);
        let found = Communities::new(&graph, &[5, 2, 2, 0, 0, 4]);
        assert_eq!(found.labels, [2, 0, 0, 1, 1, 3]);
        assert_eq!(found.sizes, [2, 2, 1, 1]);
        assert!(Communities::new(&Graph::new(0, &[]), &[]).is_empty());
    }
}
