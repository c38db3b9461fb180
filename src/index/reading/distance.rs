//! How far each unit is from the one before it and from the leader.

use crate::index::IndexResult;

/// Distances of a ranked unit in index scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distance {
    /// Position of the unit.
    pub unit: usize,
    /// The nearest unit with a better rank, the last of equals in order of code; `None` for a leader.
    pub next: Option<usize>,
    /// Its score less that of the unit; 0 for a leader.
    pub to_next: f64,
    /// Score of the leader less that of the unit.
    pub to_leader: f64,
}

/// Distances by nominal order.
pub(super) fn distances(result: &IndexResult) -> Vec<Distance> {
    let index = result.index();
    let Some(best) = index.order.first().and_then(|&u| index.scores[u]) else { return Vec::new() };
    let mut next = None;
    let mut last: Option<usize> = None;
    index
        .order
        .iter()
        .filter_map(|&unit| {
            let own = index.scores[unit]?;
            if last.is_some_and(|other| index.ranks[other] != index.ranks[unit]) {
                next = last;
            }
            last = Some(unit);
            let above = next.and_then(|other: usize| index.scores[other]);
            Some(Distance {
                unit,
                next,
                to_next: above.map_or(0.0, |score| score - own),
                to_leader: best - own,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::robustness::testing::Small;

    #[test]
    fn by_hand() {
        let small = Small::complete(&[1], &[&[0.0, 7.0, 10.0, 7.0]]);
        let found = distances(&small.result());
        let next: Vec<Option<usize>> = found.iter().map(|d| d.next).collect();
        assert_eq!(next, [None, Some(2), Some(2), Some(3)]);
        assert!((found[1].to_next - 30.0).abs() < 1e-12);
        assert!((found[3].to_next - 70.0).abs() < 1e-12);
        assert!((found[3].to_leader - 100.0).abs() < 1e-12);
    }
}
