//! A directed network as rows of relations, and the two simple graphs they make.

/// Lists of neighbours, one list per node, each ascending and without repetition.
///
/// Stored as one array of neighbours and one of where each node's list begins (compressed sparse
/// rows), so that a network of a hundred thousand arcs stays in cache.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Adjacency {
    starts: Vec<u32>,
    ends: Vec<u32>,
}

impl Adjacency {
    /// Lists from pairs of node and neighbour in any order; pairs may repeat.
    ///
    /// # Panics
    ///
    /// If a pair names a node that is not below `nodes`, or there are more than 2³² − 1 pairs.
    #[must_use]
    pub fn new(nodes: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> Self {
        let mut starts = vec![0_u32; nodes + 1];
        for (from, _) in pairs.clone() {
            starts[from as usize + 1] += 1;
        }
        for node in 0..nodes {
            let before = starts[node];
            starts[node + 1] = starts[node + 1].checked_add(before).expect("fewer than 2^32 pairs");
        }
        let mut ends = vec![0_u32; starts[nodes] as usize];
        let mut next = starts.clone();
        for (from, to) in pairs {
            let place = &mut next[from as usize];
            ends[*place as usize] = to;
            *place += 1;
        }
        let mut lists = Self { starts, ends };
        lists.tidy();
        lists
    }

    /// Sorts every list and drops repetitions, closing the gaps.
    fn tidy(&mut self) {
        let (mut read, mut written) = (0, 0);
        for node in 1..self.starts.len() {
            let until = self.starts[node] as usize;
            self.ends[read..until].sort_unstable();
            let first = written;
            for place in read..until {
                let end = self.ends[place];
                if written == first || self.ends[written - 1] != end {
                    self.ends[written] = end;
                    written += 1;
                }
            }
            read = until;
            self.starts[node] = count(written);
        }
        self.ends.truncate(written);
        self.ends.shrink_to_fit();
    }

    /// Number of nodes.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// Number of entries in all lists.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no node has a neighbour.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The neighbours of a node, ascending.
    #[must_use]
    pub fn of(&self, node: u32) -> &[u32] {
        &self.ends[self.range(node)]
    }

    /// Number of neighbours of a node.
    #[must_use]
    pub fn degree(&self, node: u32) -> u32 {
        self.starts[node as usize + 1] - self.starts[node as usize]
    }

    /// Where the neighbours of a node stand in the one array of all lists.
    #[must_use]
    pub fn range(&self, node: u32) -> std::ops::Range<usize> {
        self.starts[node as usize] as usize..self.starts[node as usize + 1] as usize
    }

    /// Every pair of node and neighbour, ascending.
    pub fn pairs(&self) -> impl Iterator<Item = (u32, u32)> + Clone + '_ {
        (0..count(self.nodes())).flat_map(|node| self.of(node).iter().map(move |&end| (node, end)))
    }
}

/// A directed network: its rows, counted, and the simple graphs without loops and repetitions.
///
/// Nodes are positions from 0. The caller puts them in a canonical order (say, by identifier):
/// results never depend on the order of rows, but where two nodes tie, the lower position wins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Graph {
    rows: usize,
    loops: usize,
    mutual: usize,
    row_out: Vec<u32>,
    row_in: Vec<u32>,
    out: Adjacency,
    into: Adjacency,
    around: Adjacency,
}

impl Graph {
    /// The network of `nodes` nodes with one relation per row, given as (from, to).
    ///
    /// # Panics
    ///
    /// If a row names a node that is not below `nodes`: readers of tables refuse such rows first.
    #[must_use]
    pub fn new(nodes: usize, rows: &[(u32, u32)]) -> Self {
        let (mut row_out, mut row_in) = (vec![0; nodes], vec![0; nodes]);
        for &(from, to) in rows {
            row_out[from as usize] += 1;
            row_in[to as usize] += 1;
        }
        let arcs = rows.iter().copied().filter(|(from, to)| from != to);
        let loops = rows.len() - arcs.clone().count();
        let out = Adjacency::new(nodes, arcs);
        let into = Adjacency::new(nodes, out.pairs().map(|(from, to)| (to, from)));
        let both = out.pairs().chain(into.pairs());
        let around = Adjacency::new(nodes, both);
        // Every ordered pair makes two entries around, a mutual pair makes two where there were four.
        let mutual = out.len() - around.len() / 2;
        Self { rows: rows.len(), loops, mutual, row_out, row_in, out, into, around }
    }

    /// Number of nodes N.
    #[must_use]
    pub fn nodes(&self) -> usize {
        self.out.nodes()
    }

    /// Number of rows E, loops and repetitions included.
    #[must_use]
    pub const fn rows(&self) -> usize {
        self.rows
    }

    /// Number of rows from a node to itself.
    #[must_use]
    pub const fn loops(&self) -> usize {
        self.loops
    }

    /// Number of unique ordered pairs of different nodes: arcs of the simple digraph.
    #[must_use]
    pub fn pairs(&self) -> usize {
        self.out.len()
    }

    /// Number of unordered pairs linked in both directions.
    #[must_use]
    pub const fn mutual_pairs(&self) -> usize {
        self.mutual
    }

    /// Number of unordered pairs linked in one direction or both: edges of the undirected view.
    #[must_use]
    pub fn links(&self) -> usize {
        self.around.len() / 2
    }

    /// Rows that leave each node, loops and repetitions included.
    #[must_use]
    pub fn row_out_degrees(&self) -> &[u32] {
        &self.row_out
    }

    /// Rows that arrive at each node, loops and repetitions included.
    #[must_use]
    pub fn row_in_degrees(&self) -> &[u32] {
        &self.row_in
    }

    /// Successors in the simple digraph.
    #[must_use]
    pub const fn successors(&self) -> &Adjacency {
        &self.out
    }

    /// Predecessors in the simple digraph.
    #[must_use]
    pub const fn predecessors(&self) -> &Adjacency {
        &self.into
    }

    /// Neighbours in the simple undirected view.
    #[must_use]
    pub const fn neighbours(&self) -> &Adjacency {
        &self.around
    }

    /// Whether the simple digraph has the arc.
    #[must_use]
    pub fn has_arc(&self, from: u32, to: u32) -> bool {
        self.out.of(from).binary_search(&to).is_ok()
    }
}

/// A number of nodes or arcs as the `u32` it is stored in.
pub(in crate::network) fn count(value: usize) -> u32 {
    u32::try_from(value).expect("networks have fewer than 2^32 nodes and arcs")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Five rows between three nodes: 0→1 twice, 1→0, 1→2, 2→2.
    fn sample() -> Graph {
        Graph::new(3, &[(1, 2), (0, 1), (2, 2), (1, 0), (0, 1)])
    }

    #[test]
    fn rows_and_pairs_are_counted_apart() {
        let graph = sample();
        assert_eq!((graph.rows(), graph.loops(), graph.pairs()), (5, 1, 3));
        assert_eq!((graph.mutual_pairs(), graph.links()), (1, 2));
        assert_eq!(graph.row_out_degrees(), [2, 2, 1]);
        assert_eq!(graph.row_in_degrees(), [1, 2, 2]);
    }

    #[test]
    fn lists_are_simple_and_sorted() {
        let graph = sample();
        assert_eq!(graph.successors().of(1), [0, 2]);
        assert_eq!(graph.predecessors().of(1), [0]);
        assert_eq!(graph.neighbours().of(1), [0, 2]);
        assert_eq!(graph.neighbours().of(2), [1]);
        assert!(graph.has_arc(1, 2) && !graph.has_arc(2, 1) && !graph.has_arc(2, 2));
    }

    #[test]
    fn order_of_rows_does_not_matter() {
        let other = Graph::new(3, &[(0, 1), (0, 1), (1, 0), (1, 2), (2, 2)]);
        assert_eq!(sample(), other);
    }

    #[test]
    fn nothing_is_a_graph_too() {
        let none = Graph::new(0, &[]);
        assert_eq!((none.nodes(), none.rows(), none.pairs(), none.links()), (0, 0, 0, 0));
        let loops = Graph::new(1, &[(0, 0), (0, 0)]);
        assert_eq!((loops.loops(), loops.pairs(), loops.mutual_pairs()), (2, 0, 0));
        assert!(loops.neighbours().is_empty());
    }
}
