//! Betweenness: on how many shortest paths a node lies.
//!
//! Brandes' two passes run from eight sources side by side on the folded network. Chunks of sources
//! add up on their own and are added in order, so that the digits are the same on any number of
//! threads.

use rayon::prelude::*;

use crate::network::graph::{Graph, count};
use crate::network::measure::fold::Folded;

/// Sources that are searched from side by side.
const LANES: usize = 8;
/// Parts into which the sources are divided, whatever the number of threads.
const CHUNKS: usize = 16;
/// Numbers of paths beyond this are scaled down, before they leave the range of numbers.
const MANY: f64 = 1e150;
/// A share that vanishes beside so many paths stays above zero.
const FEW: f64 = 1e-290;

/// A number per source.
type Lanes = [f64; LANES];

/// Betweenness of every node of the simple digraph, ordered pairs, ends not counted, not normalised
/// (Freeman 1977; Brandes 2001). The sum over all nodes is the sum of distance − 1 over all
/// reachable pairs.
#[must_use]
pub fn betweenness(graph: &Graph) -> Vec<f64> {
    let folded = Folded::new(graph);
    // Neighbouring sources reach most nodes at the same distance, which spares steps.
    let mut sources: Vec<u32> =
        (0..count(folded.nodes())).filter(|&node| folded.out.degree(node) > 0).collect();
    sources.sort_by_key(|&node| (folded.out.of(node).first().copied(), node));
    let size = sources.len().div_ceil(CHUNKS).next_multiple_of(LANES).max(1);
    let chunks: Vec<Vec<f64>> = sources
        .par_chunks(size)
        .map(|chunk| {
            let mut search = Search::new(&folded);
            chunk.chunks(LANES).for_each(|sources| search.run(sources));
            search.between
        })
        .collect();
    let mut between = vec![0.0; graph.nodes()];
    for (node, &original) in folded.original.iter().enumerate() {
        let sum: f64 = chunks.iter().map(|chunk| chunk[node]).sum();
        // Paths between leaves of a node that no search starts from.
        let leaves = if folded.out.degree(count(node)) == 0 {
            f64::from(folded.sources[node]) * f64::from(folded.sinks[node])
        } else {
            0.0
        };
        between[original as usize] = sum + leaves;
    }
    between
}

/// A node that some sources reached in the same step.
#[derive(Clone, Copy)]
struct Reached {
    node: u32,
    lanes: u8,
}

/// Working memory of one chunk.
struct Search<'a> {
    folded: &'a Folded,
    between: Vec<f64>,
    /// Which sources have reached a node.
    seen: Vec<u8>,
    /// Number of shortest paths from each source; zero where it has not arrived.
    paths: Vec<Lanes>,
    /// Forwards, paths that arrive in this step; backwards, (1 + dependency) / paths of the nodes
    /// one step further. Zero for all other nodes.
    flow: Vec<Lanes>,
    /// What becomes `flow` of the nodes of a step, one after the other.
    made: Vec<Lanes>,
    /// Nodes by step, one step after the other, and where each step begins.
    reached: Vec<Reached>,
    steps: Vec<usize>,
    /// By how much the paths of a step were scaled against those of the step before.
    scales: Vec<Lanes>,
    touched: Vec<u32>,
}

impl<'a> Search<'a> {
    fn new(folded: &'a Folded) -> Self {
        let nodes = folded.nodes();
        Self {
            folded,
            between: vec![0.0; nodes],
            seen: vec![0; nodes],
            paths: vec![[0.0; LANES]; nodes],
            flow: vec![[0.0; LANES]; nodes],
            made: Vec::new(),
            reached: Vec::new(),
            steps: Vec::new(),
            scales: Vec::new(),
            touched: Vec::new(),
        }
    }

    /// Adds what up to eight sources, and those folded into them, contribute.
    fn run(&mut self, sources: &[u32]) {
        self.start(sources);
        while self.steps[self.steps.len() - 1] < self.reached.len() {
            self.forwards();
        }
        let mut weights = [0.0; LANES];
        for (weight, &source) in weights.iter_mut().zip(sources) {
            *weight = f64::from(self.folded.sources[source as usize]);
        }
        // A source is the end of its own paths, but lies on those of the leaves folded into it.
        let own = weights;
        for weight in &mut weights[..sources.len()] {
            *weight += 1.0;
        }
        for step in (0..self.steps.len() - 1).rev() {
            self.backwards(step, if step == 0 { &own } else { &weights });
        }
        // All that is left are the sources.
        for source in sources {
            self.flow[*source as usize] = [0.0; LANES];
        }
    }

    fn start(&mut self, sources: &[u32]) {
        self.seen.fill(0);
        self.paths.fill([0.0; LANES]);
        self.reached.clear();
        self.scales.clear();
        self.steps.clear();
        self.steps.push(0);
        for (lane, &node) in sources.iter().enumerate() {
            self.seen[node as usize] = 1 << lane;
            self.paths[node as usize][lane] = 1.0;
            self.reached.push(Reached { node, lanes: 1 << lane });
        }
        self.scales.push([1.0; LANES]);
    }

    /// One step outwards: paths flow along the arcs of what was reached last.
    fn forwards(&mut self) {
        let first = self.steps[self.steps.len() - 1];
        let last = self.reached.len();
        self.steps.push(last);
        for at in first..last {
            let Reached { node, lanes } = self.reached[at];
            let paths = only(&self.paths[node as usize], lanes);
            for &to in self.folded.out.of(node) {
                let to_seen = self.seen[to as usize];
                if lanes & !to_seen == 0 {
                    continue;
                }
                let flow = &mut self.flow[to as usize];
                if flow.iter().all(|paths| *paths == 0.0) {
                    self.touched.push(to);
                }
                for (flow, paths) in flow.iter_mut().zip(paths) {
                    *flow += paths;
                }
            }
        }
        let mut most = [0.0_f64; LANES];
        for node in self.touched.drain(..) {
            let flow = std::mem::replace(&mut self.flow[node as usize], [0.0; LANES]);
            let seen = &mut self.seen[node as usize];
            let lanes = arrived(&flow) & !*seen;
            if lanes == 0 {
                continue;
            }
            *seen |= lanes;
            let fresh = only(&flow, lanes);
            let paths = &mut self.paths[node as usize];
            for lane in 0..LANES {
                paths[lane] += fresh[lane];
                most[lane] = most[lane].max(fresh[lane]);
            }
            self.reached.push(Reached { node, lanes });
        }
        self.scale(last, &most);
    }

    /// Scales the paths of the newest step down where they are too many.
    fn scale(&mut self, first: usize, most: &Lanes) {
        let scale = most.map(|most| if most > MANY { 1.0 / MANY } else { 1.0 });
        self.scales.push(scale);
        if most.iter().all(|most| *most <= MANY) {
            return;
        }
        for &Reached { node, lanes } in &self.reached[first..] {
            for (lane, paths) in self.paths[node as usize].iter_mut().enumerate() {
                if lanes >> lane & 1 == 1 && scale[lane] < 1.0 {
                    *paths = (*paths * scale[lane]).max(FEW);
                }
            }
        }
    }

    /// One step back: every node of a step gathers what its successors one step further depend on.
    fn backwards(&mut self, step: usize, weights: &Lanes) {
        let here = self.steps[step]..self.steps[step + 1];
        let end = self.steps.get(step + 2).copied().unwrap_or(self.reached.len());
        let further = self.steps[step + 1]..end;
        let scale = self.scales[step + 1];
        for at in here.clone() {
            let Reached { node, lanes } = self.reached[at];
            let mut sums = [0.0; LANES];
            for &to in self.folded.out.of(node) {
                for (sum, flow) in sums.iter_mut().zip(self.flow[to as usize]) {
                    *sum += flow;
                }
            }
            let paths = &self.paths[node as usize];
            let sinks = f64::from(self.folded.sinks[node as usize]);
            let (mut made, mut between) = ([0.0; LANES], 0.0);
            for lane in 0..LANES {
                let depends = sinks + paths[lane] * scale[lane] * sums[lane];
                made[lane] = (1.0 + depends) / paths[lane];
                sums[lane] = depends * weights[lane];
            }
            for share in only(&sums, lanes) {
                between += share;
            }
            self.between[node as usize] += between;
            self.made.push(only(&made, lanes));
        }
        for reached in &self.reached[further] {
            self.flow[reached.node as usize] = [0.0; LANES];
        }
        for (reached, made) in self.reached[here].iter().zip(self.made.drain(..)) {
            self.flow[reached.node as usize] = made;
        }
    }
}

/// The lanes that are not zero.
fn arrived(flow: &Lanes) -> u8 {
    flow.iter().rev().fold(0, |bits, paths| bits << 1 | u8::from(*paths > 0.0))
}

/// The values of some lanes, zero in the others whatever stands there.
fn only(values: &Lanes, lanes: u8) -> Lanes {
    let mut kept = [0.0; LANES];
    for lane in 0..LANES {
        let mask = 0_u64.wrapping_sub(u64::from(lanes >> lane & 1));
        kept[lane] = f64::from_bits(values[lane].to_bits() & mask);
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::measure::paths::paths;

    #[test]
    fn small_graphs() {
        assert_eq!(betweenness(&Graph::new(4, &[(0, 1), (1, 2), (2, 3)])), [0.0, 2.0, 2.0, 0.0]);
        assert_eq!(betweenness(&Graph::new(3, &[(0, 1), (1, 2)])), [0.0, 1.0, 0.0]);
        // Two ways from 0 to 3, half of the path on each.
        let diamond = Graph::new(4, &[(0, 1), (0, 2), (1, 3), (2, 3)]);
        assert_eq!(betweenness(&diamond), [0.0, 0.5, 0.5, 0.0]);
        assert_eq!(betweenness(&Graph::new(1, &[(0, 0)])), [0.0]);
        assert!(betweenness(&Graph::new(0, &[])).is_empty());
        // Leaves on both sides of a node, which nothing else leaves.
        let star = Graph::new(5, &[(0, 2), (1, 2), (2, 3), (2, 4)]);
        assert_eq!(betweenness(&star), [0.0, 0.0, 4.0, 0.0, 0.0]);
    }

    /// A chain of diamonds has 2¹²⁰⁰ paths from end to end, more than a number can say.
    #[test]
    fn more_paths_than_numbers() {
        let diamonds = 1200;
        let rows: Vec<(u32, u32)> = (0..diamonds)
            .flat_map(|at| {
                let first = 3 * at;
                [
                    (first, first + 1),
                    (first, first + 2),
                    (first + 1, first + 3),
                    (first + 2, first + 3),
                ]
            })
            .collect();
        let graph = Graph::new(3 * diamonds as usize + 1, &rows);
        let between = betweenness(&graph);
        // The last but one waist lies on paths from all before it to the three behind it.
        let last = between[3 * diamonds as usize - 3];
        assert!((last / (3.0 * f64::from(3 * diamonds - 3)) - 1.0).abs() < 1e-9, "{last}");
        assert!(between.iter().all(|value| value.is_finite()));
    }

    /// Brandes' algorithm as printed, one source at a time, nothing folded.
    fn as_printed(graph: &Graph) -> Vec<f64> {
        let nodes = graph.nodes();
        let mut between = vec![0.0; nodes];
        for source in 0..count(nodes) {
            let (mut paths, mut distance) = (vec![0.0; nodes], vec![usize::MAX; nodes]);
            paths[source as usize] = 1.0;
            distance[source as usize] = 0;
            let mut order = vec![source];
            let mut at = 0;
            while let Some(&node) = order.get(at) {
                at += 1;
                for &to in graph.successors().of(node) {
                    if distance[to as usize] == usize::MAX {
                        distance[to as usize] = distance[node as usize] + 1;
                        order.push(to);
                    }
                    if distance[to as usize] == distance[node as usize] + 1 {
                        paths[to as usize] += paths[node as usize];
                    }
                }
            }
            let mut depends = vec![0.0; nodes];
            for &node in order.iter().rev() {
                for &to in graph.successors().of(node) {
                    if distance[to as usize] == distance[node as usize] + 1 {
                        depends[node as usize] += paths[node as usize] / paths[to as usize]
                            * (1.0 + depends[to as usize]);
                    }
                }
                if node != source {
                    between[node as usize] += depends[node as usize];
                }
            }
        }
        between
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config::with_cases(64))]
        #[test]
        fn as_the_algorithm_printed(
            rows in proptest::collection::vec((0..60_u32, 0..60_u32), 0..200)
        ) {
            let graph = Graph::new(60, &rows);
            let found = betweenness(&graph);
            for (found, expected) in found.iter().zip(as_printed(&graph)) {
                proptest::prop_assert!((found - expected).abs() < 1e-9);
            }
            // Each path of length d has d − 1 nodes between its ends.
            let longer = (0_u32..).zip(paths(&graph).histogram);
            let steps: f64 = longer
                .map(|(between, pairs)| f64::from(between) * f64::from(u32::try_from(pairs).unwrap()))
                .sum();
            proptest::prop_assert!((found.iter().sum::<f64>() - steps).abs() < 1e-6);
        }
    }
}
