//! Components: which nodes reach one another.

use crate::network::graph::{Adjacency, Graph, count};

/// Number of components and the size of the largest, 0 without nodes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Components {
    /// How many there are; a node without arcs is one of its own.
    pub count: usize,
    /// Nodes in the largest.
    pub largest: usize,
}

impl Components {
    fn of(sizes: impl Iterator<Item = usize>) -> Self {
        sizes.fold(Self::default(), |all, size| Self {
            count: all.count + 1,
            largest: all.largest.max(size),
        })
    }
}

/// Weak components: sets of nodes linked in the undirected view.
#[must_use]
pub fn weak(graph: &Graph) -> Components {
    let mut seen = vec![false; graph.nodes()];
    let mut stack = Vec::new();
    Components::of((0..count(graph.nodes())).filter_map(|start| {
        if std::mem::replace(&mut seen[start as usize], true) {
            return None;
        }
        let mut size = 0;
        stack.push(start);
        while let Some(node) = stack.pop() {
            size += 1;
            for &next in graph.neighbours().of(node) {
                if !std::mem::replace(&mut seen[next as usize], true) {
                    stack.push(next);
                }
            }
        }
        Some(size)
    }))
}

/// Strong components: sets of nodes each of which reaches every other along arcs (Tarjan 1972).
#[must_use]
pub fn strong(graph: &Graph) -> Components {
    Components::of(strong_members(graph).iter().map(Vec::len))
}

/// For every node, whether it is in the largest strong component; of equal ones, in that with the
/// lowest node. No node is if no two reach one another.
pub(super) fn largest_strong(graph: &Graph) -> Vec<bool> {
    let members = strong_members(graph).into_iter().filter(|members| members.len() > 1);
    let order = |own: &Vec<u32>| (std::cmp::Reverse(own.len()), own.iter().min().copied());
    let largest = members.min_by_key(order).unwrap_or_default();
    let mut is_member = vec![false; graph.nodes()];
    for node in largest {
        is_member[node as usize] = true;
    }
    is_member
}

fn strong_members(graph: &Graph) -> Vec<Vec<u32>> {
    let mut search = Search::new(graph.successors());
    for start in 0..count(graph.nodes()) {
        if search.number[start as usize] == NEW {
            search.from(start);
        }
    }
    search.complete
}

const NEW: u32 = 0;
const DONE: u32 = u32::MAX;

/// Tarjan's search with a stack of its own: a long chain must not exhaust the thread's.
struct Search<'a> {
    arcs: &'a Adjacency,
    /// Order of discovery from 1, `NEW` before, `DONE` once its component is complete.
    number: Vec<u32>,
    /// Lowest number known to be reachable.
    low: Vec<u32>,
    /// Nodes whose component is not complete.
    open: Vec<u32>,
    /// The way from the start: node and how many of its arcs have been followed.
    way: Vec<(u32, u32)>,
    found: u32,
    /// Components that are complete.
    complete: Vec<Vec<u32>>,
}

impl<'a> Search<'a> {
    fn new(arcs: &'a Adjacency) -> Self {
        let zeros = vec![NEW; arcs.nodes()];
        Self {
            arcs,
            number: zeros.clone(),
            low: zeros,
            open: Vec::new(),
            way: Vec::new(),
            found: 0,
            complete: Vec::new(),
        }
    }

    fn discover(&mut self, node: u32) {
        self.found += 1;
        self.number[node as usize] = self.found;
        self.low[node as usize] = self.found;
        self.open.push(node);
        self.way.push((node, 0));
    }

    fn from(&mut self, start: u32) {
        self.discover(start);
        while let Some((node, followed)) = self.way.last_mut() {
            let node = *node;
            if let Some(&next) = self.arcs.of(node).get(*followed as usize) {
                *followed += 1;
                match self.number[next as usize] {
                    NEW => self.discover(next),
                    DONE => {}
                    number => self.lower(node, number),
                }
            } else {
                self.way.pop();
                self.leave(node);
            }
        }
    }

    fn lower(&mut self, node: u32, to: u32) {
        let low = &mut self.low[node as usize];
        *low = to.min(*low);
    }

    /// All arcs of the node have been followed.
    fn leave(&mut self, node: u32) {
        let low = self.low[node as usize];
        if let Some(&(before, _)) = self.way.last() {
            self.lower(before, low);
        }
        if low == self.number[node as usize] {
            let first = self.open.iter().rposition(|&open| open == node);
            let members = self.open.split_off(first.expect("a node stays open until it is left"));
            for &member in &members {
                self.number[member as usize] = DONE;
            }
            self.complete.push(members);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cycle_with_tail_and_a_stranger() {
        let graph = Graph::new(6, &[(0, 1), (1, 2), (2, 0), (2, 3), (3, 4)]);
        assert_eq!(weak(&graph), Components { count: 2, largest: 5 });
        assert_eq!(strong(&graph), Components { count: 4, largest: 3 });
    }

    #[test]
    fn two_cycles_joined_both_ways_are_one() {
        let graph = Graph::new(4, &[(0, 1), (1, 0), (2, 3), (3, 2), (1, 2)]);
        assert_eq!(strong(&graph), Components { count: 2, largest: 2 });
        let graph = Graph::new(4, &[(0, 1), (1, 0), (2, 3), (3, 2), (1, 2), (3, 0)]);
        assert_eq!(strong(&graph), Components { count: 1, largest: 4 });
    }

    #[test]
    fn of_equal_components_the_first_is_the_largest() {
        let graph = Graph::new(5, &[(3, 4), (4, 3), (2, 1), (1, 2), (2, 3), (0, 2)]);
        assert_eq!(largest_strong(&graph), [false, true, true, false, false]);
        assert_eq!(largest_strong(&Graph::new(2, &[(0, 1), (1, 1)])), [false; 2]);
    }

    #[test]
    fn a_long_chain_does_not_exhaust_the_stack() {
        let rows: Vec<(u32, u32)> = (0..50_000).map(|at| (at, at + 1)).collect();
        let graph = Graph::new(50_001, &rows);
        assert_eq!(strong(&graph), Components { count: 50_001, largest: 1 });
        assert_eq!(weak(&graph), Components { count: 1, largest: 50_001 });
    }

    #[test]
    fn no_nodes_no_components() {
        assert_eq!(weak(&Graph::new(0, &[])), Components::default());
        assert_eq!(strong(&Graph::new(0, &[])), Components::default());
    }
}
