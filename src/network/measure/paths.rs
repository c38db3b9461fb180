//! Shortest directed paths between all pairs of nodes, exactly.
//!
//! Breadth-first searches from many sources run side by side, one bit each (Then, Kaufmann and
//! others 2014, "The more the merrier"), on the folded network. Only the number of pairs at each
//! distance is kept, in whole numbers, so threads may add in any order.

use rayon::prelude::*;

use crate::network::graph::{Graph, count};
use crate::network::measure::fold::Folded;

/// Ordered pairs of different nodes by their distance along arcs; unreachable pairs are left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paths {
    /// Number of pairs at distance 1, 2, and so on.
    pub histogram: Vec<u64>,
    /// Number of pairs where the second can be reached from the first.
    pub reachable: u64,
    /// The longest distance; 0 without arcs.
    pub diameter: usize,
    /// Mean distance over the reachable pairs; `None` without any.
    pub average: Option<f64>,
    /// The smallest eccentricity in the largest strong component: how far the node from which the
    /// others are nearest is from the farthest of them. Of equal components it is that with the
    /// lowest node; `None` if no two nodes reach one another.
    pub radius: Option<usize>,
}

impl Paths {
    #[expect(clippy::cast_precision_loss, reason = "rounded once, after exact sums")]
    fn new(Found { histogram, radius }: Found) -> Self {
        let reachable = histogram.iter().sum();
        let steps: u128 = (1..).zip(&histogram).map(|(d, &n)| d * u128::from(n)).sum();
        let average = (reachable > 0).then(|| steps as f64 / reachable as f64);
        Self { diameter: histogram.len(), reachable, average, radius, histogram }
    }
}

/// Bytes of working memory a thread may use, about what its share of the cache holds.
const WORKING_SET: usize = 4 << 20;

/// Distances between all pairs of nodes of the simple digraph.
#[must_use]
pub fn paths(graph: &Graph) -> Paths {
    let folded = Folded::new(graph);
    let words = WORKING_SET / (3 * size_of::<u64>() * folded.nodes().max(1));
    let found = match words {
        0..4 => sweep::<2>(&folded),
        4..8 => sweep::<4>(&folded),
        _ => sweep::<8>(&folded),
    };
    Paths::new(found)
}

/// What searches have found.
#[derive(Debug, Clone, PartialEq, Default)]
struct Found {
    /// Number of pairs at distance 1, 2, and so on.
    histogram: Vec<u64>,
    /// The smallest eccentricity in the largest strong component.
    radius: Option<usize>,
}

impl Found {
    fn and(mut self, other: Self) -> Self {
        for (distance, pairs) in (1..).zip(other.histogram) {
            add(&mut self.histogram, distance, pairs);
        }
        self.radius = self.radius.into_iter().chain(other.radius).min();
        self
    }
}

/// What searches from all sources find, in batches of 64 per word.
fn sweep<const W: usize>(folded: &Folded) -> Found {
    let mut sources: Vec<u32> =
        (0..count(folded.nodes())).filter(|&node| folded.out.degree(node) > 0).collect();
    // Weighted sources side by side, so that most batches need no weights.
    sources.sort_by_key(|&node| (std::cmp::Reverse(folded.sources[node as usize]), node));
    let batches: Vec<&[u32]> = sources.chunks(64 * W).collect();
    let mut found = batches
        .par_iter()
        .map_init(|| Sweep::<W>::new(folded), |sweep, batch| sweep.run(batch))
        .reduce(Found::default, Found::and);
    // Distances between a node and its own leaves need no search.
    for (&sinks, &sources) in folded.sinks.iter().zip(&folded.sources) {
        add(&mut found.histogram, 1, u64::from(sinks) + u64::from(sources));
        add(&mut found.histogram, 2, u64::from(sinks) * u64::from(sources));
    }
    found
}

/// Adds a number of pairs at a distance of at least 1.
fn add(histogram: &mut Vec<u64>, distance: usize, pairs: u64) {
    if pairs > 0 {
        if histogram.len() < distance {
            histogram.resize(distance, 0);
        }
        histogram[distance - 1] += pairs;
    }
}

/// One bit per source of a batch.
type Lanes<const W: usize> = [u64; W];

/// Working memory of one thread.
struct Sweep<'a, const W: usize> {
    folded: &'a Folded,
    /// Which sources have reached a node.
    seen: Vec<Lanes<W>>,
    /// Which sources reached it in the last step; zero for nodes that are not in `active`.
    now: Vec<Lanes<W>>,
    /// Which sources reach it in this step.
    next: Vec<Lanes<W>>,
    active: Vec<u32>,
    reached: Vec<u32>,
}

/// The sources of a batch: which bits are in use, and the weights of the sources in binary, one
/// set of bits for each binary digit.
struct Batch<const W: usize> {
    all: Lanes<W>,
    digits: Vec<Lanes<W>>,
    /// Sources in the largest strong component.
    strong: Lanes<W>,
}

impl<const W: usize> Batch<W> {
    fn new(folded: &Folded, sources: &[u32]) -> Self {
        let (mut all, mut strong) = ([0; W], [0; W]);
        let mut digits = Vec::new();
        for (lane, &source) in sources.iter().enumerate() {
            let bit = 1 << (lane % 64);
            all[lane / 64] |= bit;
            if folded.strong[source as usize] {
                strong[lane / 64] |= bit;
            }
            let weight = folded.sources[source as usize];
            for digit in 0..(u32::BITS - weight.leading_zeros()) as usize {
                if digits.len() <= digit {
                    digits.push([0; W]);
                }
                if weight >> digit & 1 == 1 {
                    digits[digit][lane / 64] |= bit;
                }
            }
        }
        Self { all, digits, strong }
    }

    /// Number of lanes, and number of sources folded into them.
    fn counts(&self, lanes: &Lanes<W>) -> (u64, u64) {
        let ones = |lanes: &Lanes<W>| lanes.iter().map(|word| u64::from(word.count_ones())).sum();
        let mut folded = 0;
        for (digit, weights) in self.digits.iter().enumerate() {
            let mut both = *lanes;
            for (word, weight) in both.iter_mut().zip(weights) {
                *word &= weight;
            }
            let number: u64 = ones(&both);
            folded += number << digit;
        }
        (ones(lanes), folded)
    }
}

impl<'a, const W: usize> Sweep<'a, W> {
    fn new(folded: &'a Folded) -> Self {
        let zeros = vec![[0; W]; folded.nodes()];
        let (active, reached) = (Vec::new(), Vec::new());
        Self { folded, seen: zeros.clone(), now: zeros.clone(), next: zeros, active, reached }
    }

    /// What is found from the sources of a batch and what is folded into them.
    fn run(&mut self, sources: &[u32]) -> Found {
        let batch = Batch::<W>::new(self.folded, sources);
        self.seen.fill([0; W]);
        for (lane, &source) in sources.iter().enumerate() {
            self.seen[source as usize][lane / 64] |= 1 << (lane % 64);
            self.now[source as usize] = self.seen[source as usize];
        }
        self.active.extend_from_slice(sources);
        let mut found = Found::default();
        // Sources that may still be on their way to others of their strong component. Ways between
        // these stay inside it, so a source that reaches none in a step has reached all.
        let mut on_way = batch.strong;
        let mut distance = 1;
        while !self.active.is_empty() {
            let arcs: usize =
                self.active.iter().map(|&node| self.folded.out.degree(node) as usize).sum();
            // Following arcs costs more each than asking for them, but there may be fewer.
            if 3 * arcs < self.folded.out.len() {
                self.follow();
            } else {
                self.ask(&batch.all);
            }
            self.count(&batch, distance, &mut found.histogram);
            if found.radius.is_none() && self.any_arrived(&mut on_way) {
                found.radius = Some(distance - 1);
            }
            self.turn();
            distance += 1;
        }
        found
    }

    /// Whether some source on its way has reached nothing of its strong component in this step;
    /// those that have stay on their way.
    fn any_arrived(&self, on_way: &mut Lanes<W>) -> bool {
        let mut reaching = [0; W];
        for &node in self.reached.iter().filter(|&&node| self.folded.strong[node as usize]) {
            for (word, bit) in reaching.iter_mut().zip(self.next[node as usize]) {
                *word |= bit;
            }
        }
        let arrived = on_way.iter().zip(reaching).any(|(way, reaching)| way & !reaching != 0);
        for (way, reaching) in on_way.iter_mut().zip(reaching) {
            *way &= reaching;
        }
        arrived
    }

    /// One step along the arcs that leave active nodes.
    fn follow(&mut self) {
        for &node in &self.active {
            let bits = self.now[node as usize];
            for &to in self.folded.out.of(node) {
                let next = &mut self.next[to as usize];
                if next.iter().all(|&word| word == 0) {
                    self.reached.push(to);
                }
                for (word, bit) in next.iter_mut().zip(bits) {
                    *word |= bit;
                }
            }
        }
        let (next, seen) = (&mut self.next, &mut self.seen);
        self.reached.retain(|&node| settle(&mut next[node as usize], &mut seen[node as usize]));
    }

    /// One step along the arcs that arrive at nodes which some source has not reached.
    fn ask(&mut self, all: &Lanes<W>) {
        for node in 0..count(self.folded.nodes()) {
            let seen = &mut self.seen[node as usize];
            let mut bits = [0; W];
            if seen != all {
                for froms in self.folded.into.of(node).chunks(8) {
                    for &from in froms {
                        for (word, bit) in bits.iter_mut().zip(self.now[from as usize]) {
                            *word |= bit;
                        }
                    }
                    if bits.iter().zip(&*seen).zip(all).all(|((bit, seen), all)| bit | seen == *all)
                    {
                        break;
                    }
                }
                if settle(&mut bits, seen) {
                    self.reached.push(node);
                }
            }
            self.next[node as usize] = bits;
        }
    }

    /// Adds what this step has reached.
    fn count(&self, batch: &Batch<W>, distance: usize, histogram: &mut Vec<u64>) {
        let mut pairs = [0; 3];
        for &node in &self.reached {
            let (direct, folded) = batch.counts(&self.next[node as usize]);
            let sinks = u64::from(self.folded.sinks[node as usize]);
            pairs[0] += direct;
            pairs[1] += folded + sinks * direct;
            pairs[2] += sinks * folded;
        }
        for (more, pairs) in pairs.into_iter().enumerate() {
            add(histogram, distance + more, pairs);
        }
    }

    /// What was reached becomes active.
    fn turn(&mut self) {
        for &node in &self.active {
            self.now[node as usize] = [0; W];
        }
        std::mem::swap(&mut self.now, &mut self.next);
        std::mem::swap(&mut self.active, &mut self.reached);
        self.reached.clear();
    }
}

/// Keeps the sources that are new at a node and notes them; whether there are any.
fn settle<const W: usize>(bits: &mut Lanes<W>, seen: &mut Lanes<W>) -> bool {
    let mut any = 0;
    for (bit, seen) in bits.iter_mut().zip(seen) {
        *bit &= !*seen;
        *seen |= *bit;
        any |= *bit;
    }
    any != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(nodes: usize, rows: &[(u32, u32)]) -> (usize, Option<f64>, u64) {
        let paths = paths(&Graph::new(nodes, rows));
        (paths.diameter, paths.average, paths.reachable)
    }

    #[test]
    fn small_graphs() {
        assert_eq!(found(4, &[(0, 1), (1, 2), (2, 3)]), (3, Some(5.0 / 3.0), 6));
        assert_eq!(found(5, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)]), (4, Some(2.5), 20));
        assert_eq!(found(6, &[(0, 1), (0, 2), (0, 3), (0, 4), (0, 5)]), (1, Some(1.0), 5));
        assert_eq!(found(4, &[(0, 3), (3, 1), (1, 2), (2, 3)]), (3, Some(15.0 / 9.0), 9));
        assert_eq!(found(3, &[(1, 1)]), (0, None, 0));
        assert_eq!(found(0, &[]), (0, None, 0));
    }

    #[test]
    fn radius_of_the_largest_strong_component() {
        let radius = |nodes, rows: &[(u32, u32)]| paths(&Graph::new(nodes, rows)).radius;
        assert_eq!(radius(5, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)]), Some(4));
        // A star both ways: 1 from its centre. What it leads to and what leads to it is outside.
        let star = [(0, 1), (1, 0), (0, 2), (2, 0), (0, 3), (3, 0)];
        assert_eq!(radius(4, &star), Some(1));
        assert_eq!(radius(7, &[&star[..], &[(2, 4), (4, 5), (6, 3)]].concat()), Some(1));
        assert_eq!(radius(3, &[(0, 1), (1, 2), (2, 2)]), None);
        assert_eq!(radius(0, &[]), None);
    }

    /// A source and a sink on one node, sinks on a source, two nodes alone.
    #[test]
    fn folded_leaves_are_counted() {
        assert_eq!(found(3, &[(0, 1), (1, 2)]), (2, Some(4.0 / 3.0), 3));
        assert_eq!(found(2, &[(0, 1)]), (1, Some(1.0), 1));
        assert_eq!(found(5, &[(0, 2), (1, 2), (2, 3), (2, 4)]), (2, Some(1.5), 8));
    }

    /// Distances by a search from every node, one after the other.
    fn one_by_one(graph: &Graph) -> Found {
        let strong = crate::network::measure::components::largest_strong(graph);
        let mut found = Found::default();
        for start in 0..count(graph.nodes()) {
            let mut seen = vec![false; graph.nodes()];
            seen[start as usize] = true;
            let (mut level, mut distance, mut farthest) = (vec![start], 0, 0);
            while !level.is_empty() {
                if distance > 0 {
                    add(&mut found.histogram, distance, level.len() as u64);
                }
                if level.iter().any(|&node| strong[node as usize]) {
                    farthest = distance;
                }
                let mut next = Vec::new();
                for node in level {
                    for &to in graph.successors().of(node) {
                        if !std::mem::replace(&mut seen[to as usize], true) {
                            next.push(to);
                        }
                    }
                }
                (level, distance) = (next, distance + 1);
            }
            if strong[start as usize] {
                found.radius = found.radius.into_iter().chain([farthest]).min();
            }
        }
        found
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(48))]
        #[test]
        fn as_one_search_after_the_other(
            rows in proptest::collection::vec((0..90_u32, 0..90_u32), 0..260)
        ) {
            let graph = Graph::new(90, &rows);
            let expected = one_by_one(&graph);
            let folded = Folded::new(&graph);
            proptest::prop_assert_eq!(&sweep::<1>(&folded), &expected);
            proptest::prop_assert_eq!(&sweep::<2>(&folded), &expected);
            proptest::prop_assert_eq!(&sweep::<8>(&folded), &expected);
        }
    }
}
