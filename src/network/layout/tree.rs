//! Squares within squares: nodes that are far away act as one.

use crate::network::layout::Point;

/// A square is one body where it looks narrower than this share of its distance.
const NARROW: f64 = 1.0;
/// Squares are not divided further than this; nodes in one place stay together.
const DEPTH: u32 = 24;
/// No child.
const NONE: u32 = u32::MAX;

/// A square: centre of mass and mass of the nodes in it.
struct Cell {
    centre: Point,
    mass: f64,
    width: f64,
    children: [u32; 4],
}

/// All squares, the whole picture first.
pub(super) struct Tree {
    cells: Vec<Cell>,
}

impl Tree {
    pub(super) fn new(points: &[Point], mass: &[f64]) -> Self {
        let (mut low, mut high) = ([f64::INFINITY; 2], [f64::NEG_INFINITY; 2]);
        for point in points {
            for axis in 0..2 {
                low[axis] = low[axis].min(point[axis]);
                high[axis] = high[axis].max(point[axis]);
            }
        }
        let width = (high[0] - low[0]).max(high[1] - low[1]).max(1e-9);
        let mut tree = Self { cells: Vec::with_capacity(2 * points.len()) };
        let mut nodes: Vec<usize> = (0..points.len()).collect();
        tree.square(points, mass, &mut nodes, Square { low, width, depth: 0 });
        tree
    }

    /// Width of the picture.
    pub(super) fn width(&self) -> f64 {
        self.cells.first().map_or(0.0, |cell| cell.width)
    }

    /// Adds the square of some nodes, and those within it; its number.
    fn square(
        &mut self,
        points: &[Point],
        mass: &[f64],
        nodes: &mut [usize],
        place: Square,
    ) -> u32 {
        if nodes.is_empty() {
            return NONE;
        }
        let (mut centre, mut sum) = ([0.0; 2], 0.0);
        for &node in &*nodes {
            sum += mass[node];
            for axis in 0..2 {
                centre[axis] += mass[node] * points[node][axis];
            }
        }
        let number = self.cells.len();
        let centre = centre.map(|part| part / sum);
        self.cells.push(Cell { centre, mass: sum, width: place.width, children: [NONE; 4] });
        if nodes.len() > 1 && place.depth < DEPTH {
            let middle = place.low.map(|low| low + place.width / 2.0);
            let (lower, upper) = split(nodes, |node| points[node][1] < middle[1]);
            let (a, b) = split(lower, |node| points[node][0] < middle[0]);
            let (c, d) = split(upper, |node| points[node][0] < middle[0]);
            for (quarter, nodes) in [a, b, c, d].into_iter().enumerate() {
                let corner = [
                    if quarter % 2 == 0 { place.low[0] } else { middle[0] },
                    if quarter < 2 { place.low[1] } else { middle[1] },
                ];
                let within =
                    Square { low: corner, width: place.width / 2.0, depth: place.depth + 1 };
                let child = self.square(points, mass, nodes, within);
                self.cells[number].children[quarter] = child;
            }
        }
        u32::try_from(number).expect("twenty-odd squares per node at most")
    }

    /// Sum of mass / distance away from all nodes; a node in the same place does not count.
    pub(super) fn repulsion(&self, from: Point) -> Point {
        let mut force = [0.0; 2];
        // Four children a level wait at most, three of them while the fourth is looked at.
        let mut waiting = vec![0_u32];
        while let Some(number) = waiting.pop() {
            let cell = &self.cells[number as usize];
            let (x, y) = (from[0] - cell.centre[0], from[1] - cell.centre[1]);
            let square = x * x + y * y;
            let leaf = cell.children == [NONE; 4];
            if leaf || cell.width * cell.width < NARROW * NARROW * square {
                if square > 1e-18 {
                    force[0] += cell.mass * x / square;
                    force[1] += cell.mass * y / square;
                }
            } else {
                waiting.extend(cell.children.iter().filter(|&&child| child != NONE));
            }
        }
        force
    }
}

/// Where a square lies.
#[derive(Clone, Copy)]
struct Square {
    low: Point,
    width: f64,
    depth: u32,
}

/// Puts the nodes that pass first, in a fixed order.
fn split(nodes: &mut [usize], passes: impl Fn(usize) -> bool) -> (&mut [usize], &mut [usize]) {
    let mut first = 0;
    for at in 0..nodes.len() {
        if passes(nodes[at]) {
            nodes.swap(first, at);
            first += 1;
        }
    }
    nodes.split_at_mut(first)
}
