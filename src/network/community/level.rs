//! A network of communities: nodes that stand for groups, links that carry weights.

use crate::network::graph::{Graph, count};

/// A weighted undirected network. Links inside a group are not kept, but count in its degree.
pub(super) struct Level {
    starts: Vec<u32>,
    ends: Vec<u32>,
    weights: Vec<u32>,
    /// Sum of the weights at each node, links inside counted twice.
    pub(super) degrees: Vec<u64>,
    /// Sum of all degrees, twice the number of links.
    pub(super) total: u64,
}

impl Level {
    /// The undirected view of a graph.
    pub(super) fn new(graph: &Graph) -> Self {
        let links = graph.neighbours();
        let nodes = 0..count(graph.nodes());
        let starts = std::iter::once(0)
            .chain(nodes.clone().map(|node| count(links.range(node).end)))
            .collect();
        Self {
            starts,
            ends: links.pairs().map(|(_, end)| end).collect(),
            weights: vec![1; links.len()],
            degrees: nodes.map(|node| u64::from(links.degree(node))).collect(),
            total: links.len() as u64,
        }
    }

    pub(super) fn nodes(&self) -> usize {
        self.degrees.len()
    }

    /// Neighbours of a node with the weights of the links.
    pub(super) fn links(&self, node: u32) -> impl Iterator<Item = (u32, u64)> + '_ {
        let range = self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize;
        let weights = self.weights[range.clone()].iter().map(|&weight| u64::from(weight));
        self.ends[range].iter().copied().zip(weights)
    }

    /// The network whose nodes are the groups of this one; `groups` has every number below
    /// `number` at least once.
    pub(super) fn joined(&self, groups: &[u32], number: u32) -> Self {
        let mut members = vec![Vec::new(); number as usize];
        for (node, &group) in (0..).zip(groups) {
            members[group as usize].push(node);
        }
        let mut degrees = vec![0; number as usize];
        let (mut starts, mut ends, mut weights) = (vec![0], Vec::new(), Vec::new());
        let mut sums = Sums::new(number as usize);
        for (group, members) in (0..).zip(&members) {
            for &node in members {
                degrees[group as usize] += self.degrees[node as usize];
                for (other, weight) in self.links(node) {
                    let other = groups[other as usize];
                    if other != group {
                        sums.add(other, weight);
                    }
                }
            }
            sums.drain(|other, weight| {
                ends.push(other);
                weights.push(u32::try_from(weight).expect("fewer than 2^32 links"));
            });
            starts.push(count(ends.len()));
        }
        Self { starts, ends, weights, degrees, total: self.total }
    }
}

/// Sums of weights by group, emptied after each use without going through all groups.
pub(super) struct Sums {
    sums: Vec<u64>,
    touched: Vec<u32>,
}

impl Sums {
    pub(super) fn new(groups: usize) -> Self {
        Self { sums: vec![0; groups], touched: Vec::new() }
    }

    pub(super) fn add(&mut self, group: u32, weight: u64) {
        let sum = &mut self.sums[group as usize];
        if *sum == 0 {
            self.touched.push(group);
        }
        *sum += weight;
    }

    pub(super) fn of(&self, group: u32) -> u64 {
        self.sums[group as usize]
    }

    /// Hands out every group that has a weight, in order of first touch, and forgets them.
    pub(super) fn drain(&mut self, mut each: impl FnMut(u32, u64)) {
        for group in self.touched.drain(..) {
            each(group, std::mem::take(&mut self.sums[group as usize]));
        }
    }
}

/// Renumbers groups from 0 in order of first appearance; gives their number.
pub(super) fn renumber(groups: &mut [u32]) -> u32 {
    let mut names = vec![u32::MAX; groups.len()];
    let mut next = 0;
    for group in groups {
        let name = &mut names[*group as usize];
        if *name == u32::MAX {
            *name = next;
            next += 1;
        }
        *group = *name;
    }
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn joining_keeps_degrees_and_drops_links_inside() {
        let level = Level::new(&Graph::new(4, &[(0, 1), (1, 2), (2, 3), (3, 0), (0, 2)]));
        let joined = level.joined(&[0, 0, 1, 1], 2);
        assert_eq!((joined.degrees.clone(), joined.total), (vec![5, 5], 10));
        assert_eq!(joined.links(0).collect::<Vec<_>>(), [(1, 3)]);
    }

    #[test]
    fn names_by_first_appearance() {
        let mut groups = [3, 1, 3, 0];
        assert_eq!(renumber(&mut groups), 3);
        assert_eq!(groups, [0, 1, 0, 2]);
    }
}
