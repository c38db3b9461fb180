//! Ranks of one replicate, without allocation.
//!
//! The rule is that of [`rank_scores`](crate::index::rank_scores): rounding if asked for, equals
//! share a rank.

use crate::config::{RankRule, Ties};
use crate::index::rank::rounded;

/// A place in a ranking; sixteen bits, so that pairs of ranks can be compared eight at a time.
pub(super) type Place = i16;

/// Room for one ranking.
#[derive(Debug, Clone)]
pub(super) struct Order {
    /// Position of the unit by slot; ordinal ranks go by it among equals.
    units: Vec<usize>,
    sorted: Vec<(f64, u32)>,
    /// Rank by slot, under the rule of the methodology.
    pub(super) ranks: Vec<Place>,
    /// Twice what the rank exceeds 1 by, by slot, where equals take the mean of their places;
    /// empty under any other rule.
    pub(super) halves: Vec<u16>,
    /// One more than the number of slots ahead, by slot, whatever the rule.
    pub(super) places: Vec<Place>,
}

impl Order {
    /// Room for a ranking of these units.
    pub(super) fn new(units: &[usize]) -> Self {
        Self {
            units: units.to_vec(),
            sorted: Vec::new(),
            ranks: Vec::new(),
            halves: Vec::new(),
            places: Vec::new(),
        }
    }

    /// Ranks scores, the highest first.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_possible_wrap,
        reason = "the caller bounds the number of slots"
    )]
    pub(super) fn rank(&mut self, scores: impl Iterator<Item = f64>, rule: RankRule) {
        self.sorted.clear();
        // Adding zero gives zero one sign.
        self.sorted.extend(scores.enumerate().map(|(slot, score)| (score + 0.0, slot as u32)));
        self.sorted.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        self.ranks.resize(self.sorted.len(), 0);
        self.places.resize(self.sorted.len(), 0);
        let (mut place, mut dense, mut last) = (0, 0, f64::INFINITY);
        for (ahead, &(score, slot)) in self.sorted.iter().enumerate() {
            if ahead == 0 || !equal(last, score, rule) {
                place = ahead + 1;
                dense += 1;
            }
            last = score;
            self.places[slot as usize] = place as Place;
            self.ranks[slot as usize] = match rule.ties {
                Ties::Competition | Ties::Average | Ties::Ordinal => place as Place,
                Ties::Dense => dense,
            };
        }
        match rule.ties {
            Ties::Ordinal => self.part_equals(),
            Ties::Average => self.share_places(),
            Ties::Competition | Ties::Dense => {}
        }
    }

    /// Gives equals the mean of their places.
    #[expect(clippy::cast_possible_truncation, reason = "the caller bounds the number of slots")]
    fn share_places(&mut self) {
        let places = &self.places;
        self.halves.resize(places.len(), 0);
        let place = |entry: &(f64, u32)| places[entry.1 as usize];
        for group in self.sorted.chunk_by(|a, b| place(a) == place(b)) {
            let first = place(&group[0]).unsigned_abs() - 1;
            for entry in group {
                self.halves[entry.1 as usize] = 2 * first + group.len() as u16 - 1;
            }
        }
    }

    /// Gives equals different ranks, in the order of the units.
    fn part_equals(&mut self) {
        let places = &self.places;
        let place = |entry: &(f64, u32)| places[entry.1 as usize];
        for group in self.sorted.chunk_by_mut(|a, b| place(a) == place(b)) {
            group.sort_unstable_by_key(|entry| self.units[entry.1 as usize]);
            for (further, entry) in (0..).zip(group.iter()) {
                self.ranks[entry.1 as usize] += further;
            }
        }
    }
}

/// Whether neighbours in a ranking count as equal.
fn equal(above: f64, below: f64, rule: RankRule) -> bool {
    match rule.round_digits {
        None => above <= below,
        // Rounding goes through text; most neighbours lie further apart than it can bridge.
        Some(digits) if (above - below) * power_of_ten(digits) > 1.001 => false,
        Some(_) => rounded(above, rule) <= rounded(below, rule),
    }
}

fn power_of_ten(digits: usize) -> f64 {
    (0..digits).fold(1.0, |power, _| power * 10.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::rank_scores;

    #[test]
    fn agrees_with_the_nominal_ranking() {
        let scores = [3.001, 5.0, 3.004, 1.0, 0.0, -0.0, 3.005, 2.994_999, 5.0];
        for ties in [Ties::Competition, Ties::Dense, Ties::Average, Ties::Ordinal] {
            for round_digits in [None, Some(0), Some(2), Some(9)] {
                let rule = RankRule { ties, round_digits };
                let mut order = Order::new(&[0, 1, 2, 3, 4, 5, 6, 7, 8]);
                order.rank(scores.into_iter(), rule);
                let nominal = rank_scores(&scores.map(Some), rule);
                let own: Vec<Option<u32>> =
                    order.ranks.iter().map(|&r| u32::try_from(r).ok()).collect();
                assert_eq!(own, nominal);
                if ties == Ties::Average {
                    let mean = |rank: u32| {
                        let same = nominal.iter().filter(|r| **r == Some(rank)).count();
                        2 * (rank - 1) + u32::try_from(same).unwrap() - 1
                    };
                    let wanted: Vec<u32> = nominal.iter().flatten().map(|&r| mean(r)).collect();
                    let own: Vec<u32> = order.halves.iter().copied().map(u32::from).collect();
                    assert_eq!(own, wanted);
                }
            }
        }
    }
}
