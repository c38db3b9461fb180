//! Where to draw the nodes of a network: linked nodes near one another, all others apart.
//!
//! In: a [`Graph`], small enough to be drawn (some thousand nodes), and the community of each node.
//! Out: one position per node. Forces as in `ForceAtlas2` (Jacomy and others 2014): links pull in
//! proportion to their length, nodes repel one another in proportion to their degrees and inversely
//! to their distance, and all are drawn a little to the middle; far nodes repel as one (Barnes and
//! Hut 1986). Steps grow shorter, and the same input always gives the same picture.

mod tree;

use rayon::prelude::*;

use crate::network::graph::{Graph, count};
use crate::network::layout::tree::Tree;

/// A place in the plane, or a force.
pub type Point = [f64; 2];

/// Rounds of moving all nodes.
const ROUNDS: u32 = 160;
/// Strength of repulsion and of the pull to the middle, against that of links.
const REPULSION: f64 = 10.0;
const GRAVITY: f64 = 1.0;
/// How much harder links within a community pull, so that communities can be seen.
const INSIDE: f64 = 3.0;
/// The longest move of the first round, against the width of the picture.
const FIRST_MOVE: f64 = 0.1;
/// The fractional part of the golden ratio, whose multiples never come back.
const GOLDEN: f64 = 0.618_033_988_749_894_8;

/// Positions of all nodes, scaled alike in both directions so that the longer one runs from 0 to 1
/// and the other is centred on ½. Nodes of a community begin side by side.
///
/// # Panics
///
/// If there is not a community for each node.
#[must_use]
pub fn layout(graph: &Graph, communities: &[u32]) -> Vec<Point> {
    assert_eq!(communities.len(), graph.nodes(), "one community per node");
    let mass: Vec<f64> = (0..count(graph.nodes()))
        .map(|node| f64::from(graph.neighbours().degree(node) + 1))
        .collect();
    let mut points = ring(communities);
    for round in 0..ROUNDS {
        let tree = Tree::new(&points, &mass);
        let longest = tree.width() * FIRST_MOVE * f64::from(ROUNDS - round) / f64::from(ROUNDS);
        let now = Round { graph, communities, mass: &mass, points: &points, tree };
        points = (0..count(points.len()))
            .into_par_iter()
            .map(|node| {
                moved(now.points[node as usize], now.force(node), mass[node as usize], longest)
            })
            .collect();
    }
    scaled(&points)
}

/// Nodes round a ring in order of community.
fn ring(communities: &[u32]) -> Vec<Point> {
    let mut order: Vec<usize> = (0..communities.len()).collect();
    order.sort_by_key(|&node| (communities[node], node));
    let mut points = vec![[0.0; 2]; communities.len()];
    let all = f64::from(count(communities.len()));
    for (at, node) in (0_u32..).zip(order) {
        let angle = std::f64::consts::TAU * f64::from(at) / all;
        // The radius jumps about, so that no two nodes begin in the same place.
        let radius = 10.0 * all.sqrt() * (0.5 + (f64::from(at) * GOLDEN).fract());
        points[node] = [radius * libm::cos(angle), radius * libm::sin(angle)];
    }
    points
}

/// What is known of the nodes in a round.
struct Round<'a> {
    graph: &'a Graph,
    communities: &'a [u32],
    mass: &'a [f64],
    points: &'a [Point],
    tree: Tree,
}

impl Round<'_> {
    fn force(&self, node: u32) -> Point {
        let (own, mass) = (self.points[node as usize], self.mass[node as usize]);
        let mut force = self.tree.repulsion(own).map(|part| part * REPULSION * mass);
        for &other in self.graph.neighbours().of(node) {
            let same = self.communities[other as usize] == self.communities[node as usize];
            let pull = if same { INSIDE } else { 1.0 };
            let other = self.points[other as usize];
            for axis in 0..2 {
                force[axis] += pull * (other[axis] - own[axis]);
            }
        }
        let distance = length(own).max(1e-9);
        for axis in 0..2 {
            force[axis] -= GRAVITY * mass * own[axis] / distance;
        }
        force
    }
}

fn length([x, y]: Point) -> f64 {
    (x * x + y * y).sqrt()
}

/// Heavy nodes move less, and none farther than `longest`.
fn moved(from: Point, force: Point, mass: f64, longest: f64) -> Point {
    let size = length(force) / mass;
    if size <= 0.0 {
        return from;
    }
    let step = (size * 0.5).min(longest) / size / mass;
    [from[0] + force[0] * step, from[1] + force[1] * step]
}

/// Positions in the unit square, or in its middle where all are one.
fn scaled(points: &[Point]) -> Vec<Point> {
    let bound = |axis: usize, of: fn(f64, f64) -> f64, start| {
        points.iter().fold(start, |bound, point| of(bound, point[axis]))
    };
    let low = [0, 1].map(|axis| bound(axis, f64::min, f64::INFINITY));
    let high = [0, 1].map(|axis| bound(axis, f64::max, f64::NEG_INFINITY));
    let width = (high[0] - low[0]).max(high[1] - low[1]);
    let scale = if width > 0.0 && width.is_finite() { 1.0 / width } else { 0.0 };
    points
        .iter()
        .map(|point| {
            [0, 1].map(|axis| 0.5 + scale * (point[axis] - f64::midpoint(low[axis], high[axis])))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn distance(a: Point, b: Point) -> f64 {
        length([a[0] - b[0], a[1] - b[1]])
    }

    /// Two cliques and a bridge: each clique holds together.
    #[test]
    fn communities_stand_apart() {
        let clique = |first: u32| {
            (first..first + 6).flat_map(move |a| (a + 1..first + 6).map(move |b| (a, b)))
        };
        let rows: Vec<(u32, u32)> = clique(0).chain(clique(6)).chain([(0, 6)]).collect();
        let graph = Graph::new(12, &rows);
        let points = layout(&graph, &[0; 12]);
        let widest = (1..6).map(|at| distance(points[1], points[at])).fold(0.0, f64::max);
        assert!((7..12).all(|at| distance(points[1], points[at]) > widest));
        assert!(points.iter().flatten().all(|part| (0.0..=1.0).contains(part)));
    }

    #[test]
    fn the_same_picture_on_any_number_of_threads() {
        let rows: Vec<(u32, u32)> = (0..300).map(|at| (at, at * at % 97)).collect();
        let graph = Graph::new(300, &rows);
        let expected = layout(&graph, &[0; 300]);
        for threads in [1, 3] {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            assert!(pool.install(|| layout(&graph, &[0; 300])) == expected);
        }
    }

    #[test]
    fn few_nodes() {
        assert!(layout(&Graph::new(0, &[]), &[]).is_empty());
        assert_eq!(layout(&Graph::new(1, &[]), &[0]), [[0.5, 0.5]]);
        let apart = layout(&Graph::new(3, &[]), &[0, 0, 0]);
        assert!(
            distance(apart[0], apart[1]) > 0.1 && apart.iter().flatten().all(|x| x.is_finite())
        );
    }
}
