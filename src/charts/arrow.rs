//! Arcs with arrow heads, as flows on a map are drawn.

use super::canvas::At;

/// How far arcs bend to the left of their way, as a share of their length.
const BEND: f64 = 0.2;

/// The middle line of an arc from one point to `short` of another; none where they are too near.
pub(super) fn way((from, to): (At, At), short: f64) -> Option<Vec<At>> {
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    let length = (dx * dx + dy * dy).sqrt();
    if length <= short + 2.0 {
        return None;
    }
    let pull = (f64::midpoint(from.0, to.0) + dy * BEND, f64::midpoint(from.1, to.1) - dx * BEND);
    let bezier = |t: f64| {
        let mix = |a: f64, b: f64, c: f64| {
            (1.0 - t) * (1.0 - t) * a + 2.0 * (1.0 - t) * t * b + t * t * c
        };
        (mix(from.0, pull.0, to.0), mix(from.1, pull.1, to.1))
    };
    let end = 1.0 - short / length;
    Some((0..=28_u32).map(|step| bezier(f64::from(step) / 28.0 * end)).collect())
}

/// A band of a width along a line, with an arrow head at its end.
pub(super) fn arrow(middles: &[At], width: f64) -> Vec<At> {
    let Some((&tip, _)) = middles.split_last() else { return Vec::new() };
    let head = 3.0 + width * 1.1;
    let far = |&&(x, y): &&At| {
        let (dx, dy) = (tip.0 - x, tip.1 - y);
        dx * dx + dy * dy >= head * head
    };
    let mut shaft: Vec<At> = middles.iter().filter(far).copied().collect();
    if shaft.len() < 2 {
        shaft = middles[..2].to_vec();
    }
    let side = |i: usize, reach: f64| {
        let (a, b) = (shaft[i.max(1) - 1], shaft[i.max(1)]);
        let (dx, dy) = (b.0 - a.0, b.1 - a.1);
        let length = (dx * dx + dy * dy).sqrt().max(1e-9);
        (shaft[i].0 - dy / length * reach, shaft[i].1 + dx / length * reach)
    };
    let last = shaft.len() - 1;
    let wide = width / 2.0 + 1.4 + width * 0.3;
    let mut shape: Vec<At> = (0..=last).map(|i| side(i, width / 2.0)).collect();
    shape.extend([side(last, wide), tip, side(last, -wide)]);
    shape.extend((0..=last).rev().map(|i| side(i, -width / 2.0)));
    shape
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arcs_there_and_back_part() {
        let (a, b) = ((0.0, 0.0), (100.0, 0.0));
        let there = way((a, b), 3.0).unwrap();
        let back = way((b, a), 3.0).unwrap();
        assert!(there[14].1 < -5.0 && back[14].1 > 5.0);
        assert!(way((a, (2.0, 0.0)), 3.0).is_none());
    }

    #[test]
    fn the_head_reaches_the_end() {
        let line = [(0.0, 0.0), (50.0, 0.0), (100.0, 0.0)];
        let shape = arrow(&line, 4.0);
        assert!(shape.contains(&(100.0, 0.0)));
        let widest = shape.iter().map(|p| p.1).fold(0.0, f64::max);
        assert!(widest > 2.0 && widest < 6.0, "{widest}");
    }
}
