//! Cores: how deep a node lies in the dense middle of a network.

use crate::network::graph::{Graph, count};

/// Core number of every node in the undirected view: the largest k for which the node belongs to
/// a subgraph in which every node has at least k neighbours (Batagelj and Zaveršnik 2003).
#[must_use]
pub fn core_numbers(graph: &Graph) -> Vec<u32> {
    let links = graph.neighbours();
    let nodes = count(graph.nodes());
    let mut degree: Vec<u32> = (0..nodes).map(|node| links.degree(node)).collect();
    // Nodes in ascending order of degree, where each stands, and where each degree begins.
    let most = degree.iter().copied().max().unwrap_or(0) as usize;
    let mut begins = vec![0_u32; most + 2];
    for &d in &degree {
        begins[d as usize + 1] += 1;
    }
    for d in 0..=most {
        begins[d + 1] += begins[d];
    }
    let mut next = begins.clone();
    let (mut order, mut place) = (vec![0_u32; degree.len()], vec![0_u32; degree.len()]);
    for node in 0..nodes {
        let at = &mut next[degree[node as usize] as usize];
        order[*at as usize] = node;
        place[node as usize] = *at;
        *at += 1;
    }
    for at in 0..order.len() {
        let node = order[at];
        for &other in links.of(node) {
            let d = degree[other as usize];
            if d <= degree[node as usize] {
                continue;
            }
            // The neighbour loses a link: it changes places with the first node of its degree.
            let first = begins[d as usize];
            let swapped = order[first as usize];
            let own = place[other as usize];
            order.swap(first as usize, own as usize);
            place[other as usize] = first;
            place[swapped as usize] = own;
            begins[d as usize] += 1;
            degree[other as usize] -= 1;
        }
    }
    degree
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clique_with_a_tail() {
        let graph = Graph::new(6, &[(0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3), (3, 4)]);
        assert_eq!(core_numbers(&graph), [3, 3, 3, 3, 1, 0]);
        assert!(core_numbers(&Graph::new(0, &[])).is_empty());
    }
}
