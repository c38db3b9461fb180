//! Arcs of a circle and ribbons between them; angles run clockwise from the top.

use std::f64::consts::{PI, TAU};

use super::canvas::At;

/// The longest arrow head of a ribbon, in points.
const HEAD: f64 = 6.0;

/// A stretch of the circle, in radians clockwise from the top.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    pub from: f64,
    pub to: f64,
}

impl Span {
    pub(super) fn middle(self) -> f64 {
        f64::midpoint(self.from, self.to)
    }
}

/// The point at `angle` clockwise from the top.
pub(super) fn polar((x, y): At, radius: f64, angle: f64) -> At {
    (x + radius * libm::sin(angle), y - radius * libm::cos(angle))
}

/// Points along an arc.
pub(super) fn arc(centre: At, radius: f64, span: Span) -> Vec<At> {
    let steps = ((span.to - span.from).abs() / 0.03).ceil().max(1.0);
    let mut points = Vec::new();
    let mut step = 0.0;
    while step <= steps {
        let angle = span.from + (span.to - span.from) * step / steps;
        points.push(polar(centre, radius, angle));
        step += 1.0;
    }
    points
}

/// A ribbon with an arrow head at the taker's end, a head no longer than its end is wide.
pub(super) fn ribbon(centre: At, radius: f64, from: Span, to: Span) -> Vec<At> {
    let head = HEAD.min((to.to - to.from) * radius).max(2.0);
    let mut shape = arc(centre, radius, from);
    let (left, right) =
        (polar(centre, radius - head, to.from), polar(centre, radius - head, to.to));
    bend(&mut shape, centre, radius, (from.to, to.from), left);
    shape.push(polar(centre, radius, to.middle()));
    shape.push(right);
    let start = polar(centre, radius, from.from);
    bend(&mut shape, centre, radius, (to.to, from.from), start);
    shape
}

/// A curve from the last point of `shape` to `end`, drawn towards the middle of the circle the more
/// the farther apart its ends are.
fn bend(shape: &mut Vec<At>, centre: At, radius: f64, (a, b): (f64, f64), end: At) {
    let Some(&start) = shape.last() else { return };
    let apart = {
        let turn = (b - a).abs() % TAU;
        turn.min(TAU - turn)
    };
    let depth = (0.1 + apart / (PI * 0.5)).min(1.0);
    let middle = {
        let plain = f64::midpoint(a, b);
        if (b - a).abs() > PI { plain + PI } else { plain }
    };
    let pull = polar(centre, radius * (1.0 - depth), middle);
    let mut step = 1.0;
    while step <= 20.0 {
        let t = step / 20.0;
        let mix = |p: f64, q: f64, r: f64| {
            (1.0 - t) * (1.0 - t) * p + 2.0 * (1.0 - t) * t * q + t * t * r
        };
        shape.push((mix(start.0, pull.0, end.0), mix(start.1, pull.1, end.1)));
        step += 1.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CENTRE: At = (50.0, 50.0);

    fn reach((x, y): At) -> f64 {
        ((x - 50.0) * (x - 50.0) + (y - 50.0) * (y - 50.0)).sqrt()
    }

    #[test]
    fn a_ribbon_stays_in_its_circle_and_points_at_the_taker() {
        let (from, to) = (Span { from: 0.1, to: 0.4 }, Span { from: 3.0, to: 3.3 });
        let shape = ribbon(CENTRE, 40.0, from, to);
        assert!(shape.iter().all(|&at| reach(at) <= 40.0 + 1e-9));
        assert!(shape.contains(&polar(CENTRE, 40.0, to.middle())));
    }

    #[test]
    fn neighbours_are_joined_near_the_rim() {
        let near = ribbon(CENTRE, 40.0, Span { from: 0.0, to: 0.05 }, Span { from: 0.1, to: 0.15 });
        assert!(near.iter().all(|&at| reach(at) > 25.0));
        let far = ribbon(CENTRE, 40.0, Span { from: 0.0, to: 0.05 }, Span { from: 3.1, to: 3.15 });
        assert!(far.iter().any(|&at| reach(at) < 5.0));
    }

    #[test]
    fn angles_begin_at_the_top() {
        let (x, y) = polar(CENTRE, 40.0, PI / 2.0);
        assert!((x - 90.0).abs() < 1e-9 && (y - 50.0).abs() < 1e-9);
        assert_eq!(polar(CENTRE, 40.0, 0.0), (50.0, 10.0));
    }
}
