//! Labels beside points of a plane: each where it covers no other label and as few marks as may be,
//! with a leader where that is not right beside its point.

use super::canvas::{At, Bounds};

/// Where a label has been put.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Placed {
    /// The middle of the label.
    pub middle: At,
    /// From the rim of the mark to the label, if it stands at a distance.
    pub leader: Option<(At, At)>,
}

/// Keeps account of the room that is taken.
#[derive(Debug, Clone)]
pub(super) struct Placing {
    area: Bounds,
    /// What no label may cover.
    taken: Vec<Bounds>,
    leaders: Vec<(At, At)>,
    /// Marks that are better left uncovered: middle, radius, and what covering one costs in points
    /// of distance.
    marks: Vec<(At, f64, f64)>,
}

/// Distances from the mark that are tried, in points.
const DISTANCES: [f64; 8] = [1.5, 6.0, 12.0, 20.0, 30.0, 42.0, 58.0, 78.0];
/// A label at this distance or nearer needs no leader.
const BESIDE: f64 = 2.0;
/// Cosine and sine of sixteen directions, those that read best first.
const DIRECTIONS: [At; 16] = [
    (1.0, 0.0),
    (-1.0, 0.0),
    (0.0, -1.0),
    (0.0, 1.0),
    (0.707, -0.707),
    (0.707, 0.707),
    (-0.707, -0.707),
    (-0.707, 0.707),
    (0.924, -0.383),
    (0.924, 0.383),
    (-0.924, -0.383),
    (-0.924, 0.383),
    (0.383, -0.924),
    (0.383, 0.924),
    (-0.383, -0.924),
    (-0.383, 0.924),
];

impl Placing {
    /// Room inside `area`, nothing in it.
    pub(super) const fn within(area: Bounds) -> Self {
        Self { area, taken: Vec::new(), leaders: Vec::new(), marks: Vec::new() }
    }

    /// Takes room that no label may cover.
    pub(super) fn block(&mut self, bounds: Bounds) {
        self.taken.push(bounds);
    }

    /// Adds a mark that is better left uncovered.
    pub(super) fn avoid(&mut self, middle: At, radius: f64, cost: f64) {
        self.marks.push((middle, radius, cost));
    }

    /// Puts a label of `size` beside the mark at `at`, or nowhere if there is no room.
    pub(super) fn place(&mut self, size: (f64, f64), at: At, radius: f64) -> Option<Placed> {
        let mut best: Option<(f64, Bounds, Placed)> = None;
        for (turn, direction) in DIRECTIONS.into_iter().enumerate() {
            for distance in DISTANCES {
                let (bounds, placed) = candidate(size, at, radius, direction, distance);
                let base = distance + super::scale::count(turn) * 0.15;
                if best.as_ref().is_some_and(|(cost, ..)| *cost <= base) {
                    break;
                }
                if !self.is_free(bounds, placed.leader) {
                    continue;
                }
                let cost = base + self.cost(bounds, at);
                if best.as_ref().is_none_or(|(least, ..)| cost < *least) {
                    best = Some((cost, bounds, placed));
                }
            }
        }
        let (_, bounds, placed) = best?;
        self.taken.push(bounds);
        self.leaders.extend(placed.leader);
        Some(placed)
    }

    fn is_free(&self, b: Bounds, leader: Option<(At, At)>) -> bool {
        let a = self.area;
        b.left >= a.left
            && b.top >= a.top
            && b.right <= a.right
            && b.bottom <= a.bottom
            && !self.taken.iter().any(|&taken| overlap(taken, b))
            && !self.leaders.iter().any(|&line| crosses(line, b))
            && leader.is_none_or(|line| !self.taken.iter().any(|&taken| crosses(line, taken)))
    }

    /// What the marks under a label cost, but for the one it names.
    fn cost(&self, b: Bounds, own: At) -> f64 {
        let covered = self.marks.iter().filter(|((x, y), radius, _)| {
            (*x, *y) != own
                && b.left < x + radius
                && x - radius < b.right
                && b.top < y + radius
                && y - radius < b.bottom
        });
        covered.map(|(.., cost)| cost).sum()
    }
}

/// A label that touches the circle of `radius + distance` in a direction.
fn candidate(
    (width, height): (f64, f64),
    (x, y): At,
    radius: f64,
    (cos, sin): At,
    distance: f64,
) -> (Bounds, Placed) {
    let reach = radius + distance;
    // Sideways the edge of the label touches, up and down its rim, in between its corner.
    let middle =
        (x + cos * reach + lean(cos) * width / 2.0, y + sin * reach + lean(sin) * height / 2.0);
    let bounds = Bounds {
        left: middle.0 - width / 2.0,
        top: middle.1 - height / 2.0,
        right: middle.0 + width / 2.0,
        bottom: middle.1 + height / 2.0,
    };
    let leader = (distance > BESIDE).then(|| {
        let end = (x + cos * (reach - 0.5), y + sin * (reach - 0.5));
        ((x + cos * radius, y + sin * radius), end)
    });
    (bounds, Placed { middle, leader })
}

/// −1, 0 or 1 with a soft middle, so that labels nearly above a mark stay nearly centred.
fn lean(part: f64) -> f64 {
    (part * 1.3).clamp(-1.0, 1.0)
}

fn overlap(a: Bounds, b: Bounds) -> bool {
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/// Whether a segment runs through a rectangle (Liang and Barsky 1984).
fn crosses((from, to): (At, At), b: Bounds) -> bool {
    let ((x, y), dx, dy) = (from, to.0 - from.0, to.1 - from.1);
    let edges = [(-dx, x - b.left), (dx, b.right - x), (-dy, y - b.top), (dy, b.bottom - y)];
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    for (step, room) in edges {
        if step == 0.0 {
            if room < 0.0 {
                return false;
            }
        } else if step < 0.0 {
            enter = enter.max(room / step);
        } else {
            leave = leave.min(room / step);
        }
    }
    enter < leave
}

#[cfg(test)]
mod tests {
    use super::*;

    const AREA: Bounds = Bounds { left: 0.0, top: 0.0, right: 100.0, bottom: 100.0 };

    #[test]
    fn a_lone_label_stands_at_the_right() {
        let mut placing = Placing::within(AREA);
        let placed = placing.place((20.0, 8.0), (50.0, 50.0), 3.0).unwrap();
        assert_eq!(placed, Placed { middle: (64.5, 50.0), leader: None });
        let edge = placing.place((20.0, 8.0), (95.0, 80.0), 3.0).unwrap();
        assert!(edge.middle.0 < 95.0);
    }

    #[test]
    fn no_two_labels_overlap_and_a_full_plane_takes_no_more() {
        let mut placing = Placing::within(AREA);
        let points = (0..200).map(|i| (f64::from(i * 37 % 100), f64::from(i * 61 % 97)));
        let put = points.filter_map(|at| placing.place((30.0, 10.0), at, 2.0)).count();
        assert!((12..30).contains(&put), "{put}");
        for (i, a) in placing.taken.iter().enumerate() {
            assert!(placing.taken[..i].iter().all(|&b| !overlap(*a, b)));
        }
    }

    #[test]
    fn a_label_leaves_a_mark_uncovered() {
        let mut placing = Placing::within(AREA);
        placing.avoid((62.0, 50.0), 2.0, 5.0);
        let placed = placing.place((20.0, 8.0), (50.0, 50.0), 3.0).unwrap();
        assert!(placed.middle.0 < 50.0);
    }

    #[test]
    fn segments_and_rectangles() {
        let b = Bounds { left: 10.0, top: 10.0, right: 20.0, bottom: 20.0 };
        assert!(crosses(((0.0, 15.0), (30.0, 15.0)), b));
        assert!(!crosses(((0.0, 5.0), (30.0, 5.0)), b));
        assert!(!crosses(((0.0, 15.0), (8.0, 15.0)), b));
        assert!(crosses(((15.0, 0.0), (15.0, 30.0)), b));
    }
}
