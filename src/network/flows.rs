//! Flows: relations counted from place to place.
//!
//! In: edges whose ends lie in units. Out: [`Flows`] at a level of the gazetteer, a matrix a year.
//! Invariants: shares are over the edges with both ends located, whatever the level; rows of a
//! matrix sum to what a place gives, columns to what it takes, all to the total.

use std::ops::Range;

use crate::config::Level;
use crate::data::{Gazetteer, NetworkEdge, NetworkNode};
use crate::network::places::{Place, Places};
use crate::network::standing::{Standing, hhi, ranked_where, share};

/// Relations between the places of a level, by year.
#[derive(Debug, Clone, PartialEq)]
pub struct Flows {
    /// The level.
    pub level: Level,
    /// The places that give or take in some year, in the order of their codes.
    pub places: Vec<Place>,
    /// A matrix for every snapshot.
    pub years: Vec<FlowYear>,
}

/// Relations between places in one snapshot.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowYear {
    /// The year; `None` for all edges at once.
    pub year: Option<i32>,
    /// Edges of the snapshot.
    pub edges: u64,
    /// Edges with both ends located: what every share is a share of.
    pub located: u64,
    /// Relations from place to place, row by row. An undirected edge counts once each way.
    pub counts: Vec<u64>,
    /// Relations that leave each place.
    pub out: Vec<u64>,
    /// Relations that arrive at each place.
    pub into: Vec<u64>,
    /// All relations counted: the located edges, twice that where edges have no direction.
    pub total: u64,
    /// Relations inside places; those between what lies in no place of the level are not.
    pub intra: u64,
}

/// Whether a flow stays inside a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlowKind {
    /// Inside: 省内, 本地.
    Within,
    /// From one to another: 跨省, 跨地区.
    Across,
}

/// A flow from place to place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Flow {
    /// Position of the place it leaves.
    pub from: usize,
    /// Position of the place it arrives at.
    pub to: usize,
    /// Number of relations.
    pub count: u64,
    /// Their share of all.
    pub share: f64,
    /// What one would expect if places chose each other blindly: out × in / total.
    pub expected: f64,
    /// Count / expected.
    pub lift: f64,
    /// Rank by count; equal flows share a rank.
    pub rank: u32,
    /// Whether it stays inside a place.
    pub kind: FlowKind,
    /// Whether both places lie in one province; at levels wider than the province, never.
    pub same_province: bool,
}

/// What a place gives and takes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Balance {
    /// Position of the place.
    pub place: usize,
    /// Relations that leave it.
    pub out: u64,
    /// Relations that arrive at it.
    pub into: u64,
    /// Share of all relations that leave it.
    pub out_share: f64,
    /// Share of all relations that arrive at it.
    pub in_share: f64,
    /// Out less in: above zero for a net giver.
    pub net: i64,
}

/// Places with a large part of all relations.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Poles {
    /// Positions, the largest first, each with its share of out and in together.
    pub places: Vec<(usize, f64)>,
    /// Share of the relations with both ends in poles.
    pub among: Option<f64>,
    /// Share of the relations with at least one end in a pole.
    pub touching: Option<f64>,
}

/// Counts the relations between the places of a level; `held` tells for every edge the snapshots
/// that hold it, of the `years`.
#[must_use]
pub(super) fn flows(
    level: Level,
    gazetteer: &Gazetteer,
    nodes: &[NetworkNode],
    edges: &[(NetworkEdge, Range<usize>)],
    years: &[Option<i32>],
    directed: bool,
) -> Flows {
    let all = Places::at(level, gazetteer);
    let place = |node: u32| nodes[node as usize].unit.map(|unit| all.of(unit));
    let located = |edge: &NetworkEdge| place(edge.source).zip(place(edge.target));
    let mut occurs = vec![false; all.places.len()];
    for (edge, held) in edges {
        if let Some((from, to)) = located(edge).filter(|_| !held.is_empty()) {
            occurs[from] = true;
            occurs[to] = true;
        }
    }
    let kept: Vec<usize> = (0..occurs.len()).filter(|&at| occurs[at]).collect();
    let mut position = vec![0; occurs.len()];
    for (new, &old) in kept.iter().enumerate() {
        position[old] = new;
    }
    let is_inside = |from: usize, to: usize| from == to && !all.places[kept[from]].is_rest();
    let mut tables: Vec<FlowYear> = years.iter().map(|&y| FlowYear::new(y, kept.len())).collect();
    for (edge, held) in edges {
        let ends = located(edge).map(|(from, to)| (position[from], position[to]));
        for table in &mut tables[held.clone()] {
            table.edges += 1;
            if let Some((from, to)) = ends {
                table.located += 1;
                table.add(from, to, is_inside(from, to));
                if !directed {
                    table.add(to, from, is_inside(to, from));
                }
            }
        }
    }
    Flows { level, places: kept.iter().map(|&at| all.places[at].clone()).collect(), years: tables }
}

impl FlowYear {
    fn new(year: Option<i32>, places: usize) -> Self {
        Self {
            year,
            edges: 0,
            located: 0,
            counts: vec![0; places * places],
            out: vec![0; places],
            into: vec![0; places],
            total: 0,
            intra: 0,
        }
    }

    fn add(&mut self, from: usize, to: usize, is_inside: bool) {
        self.counts[from * self.out.len() + to] += 1;
        self.out[from] += 1;
        self.into[to] += 1;
        self.total += 1;
        self.intra += u64::from(is_inside);
    }

    /// Relations from place to place.
    #[must_use]
    pub fn count(&self, from: usize, to: usize) -> u64 {
        self.counts[from * self.out.len() + to]
    }

    /// Share of the edges that have both ends located.
    #[must_use]
    pub fn coverage(&self) -> Option<f64> {
        share(self.located, self.edges)
    }

    /// Share of the relations that stay inside a place.
    #[must_use]
    pub fn intra_share(&self) -> Option<f64> {
        share(self.intra, self.total)
    }

    /// Concentration of what is given, of what is taken, and of the flows from place to place, by
    /// the sum of squared shares.
    #[must_use]
    pub fn hhi(&self) -> (Option<f64>, Option<f64>, Option<f64>) {
        (hhi(&self.out), hhi(&self.into), hhi(&self.counts))
    }

    /// What every place gives and takes, in the order of the places.
    #[must_use]
    pub fn balances(&self) -> Vec<Balance> {
        let of = |place: usize| {
            let (out, into) = (self.out[place], self.into[place]);
            Balance {
                place,
                out,
                into,
                out_share: share(out, self.total).unwrap_or(0.0),
                in_share: share(into, self.total).unwrap_or(0.0),
                net: out.cast_signed() - into.cast_signed(),
            }
        };
        (0..self.out.len()).map(of).collect()
    }
}

impl Flows {
    /// What places give in a snapshot, as shares and ranks.
    #[must_use]
    pub fn givers(&self, year: &FlowYear) -> Vec<Standing> {
        ranked_where(&year.out, |at| !self.places[at].is_rest())
    }

    /// What places take in a snapshot, as shares and ranks.
    #[must_use]
    pub fn takers(&self, year: &FlowYear) -> Vec<Standing> {
        ranked_where(&year.into, |at| !self.places[at].is_rest())
    }

    /// The flows of a snapshot that are not zero, the largest first, equals in the order of places.
    /// Flows from or to what lies in no place of the level count in the total and are not ranked.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of rows stay far below 2^52")]
    pub fn ranked(&self, year: &FlowYear) -> Vec<Flow> {
        let places = self.places.len();
        let total = year.total as f64;
        let flow = |found: Standing| {
            let (from, to) = (found.at / places, found.at % places);
            let expected = year.out[from] as f64 * year.into[to] as f64 / total;
            let province = &self.places[from].province;
            Flow {
                from,
                to,
                count: found.count,
                share: found.share,
                expected,
                lift: found.count as f64 / expected,
                rank: found.rank,
                kind: if from == to { FlowKind::Within } else { FlowKind::Across },
                same_province: !province.is_empty() && *province == self.places[to].province,
            }
        };
        let is_place = |at: usize| !self.places[at].is_rest();
        let ranked =
            ranked_where(&year.counts, |at| is_place(at / places) && is_place(at % places));
        ranked.into_iter().map(flow).collect()
    }

    /// The poles of a snapshot: places with at least `least` of the relations, out and in together.
    /// What lies in no place of the level is no pole.
    #[must_use]
    pub fn poles(&self, year: &FlowYear, least: f64) -> Poles {
        let both: Vec<u64> =
            year.out.iter().zip(&year.into).map(|(out, into)| out + into).collect();
        let mut found = ranked_where(&both, |at| !self.places[at].is_rest());
        found.retain(|own| own.share >= least);
        let mut is_pole = vec![false; self.places.len()];
        for own in &found {
            is_pole[own.at] = true;
        }
        let (mut among, mut touching) = (0, 0);
        for from in 0..self.places.len() {
            for to in 0..self.places.len() {
                let count = year.count(from, to);
                among += if is_pole[from] && is_pole[to] { count } else { 0 };
                touching += if is_pole[from] || is_pole[to] { count } else { 0 };
            }
        }
        Poles {
            places: found.iter().map(|own| (own.at, own.share)).collect(),
            among: share(among, year.total),
            touching: share(touching, year.total),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::network::testing::{gazetteer, node};

    /// 甲 and 乙 lie in the one province, 丙 in another, which has no agglomeration.
    fn edges(pairs: &[(u32, u32)]) -> Vec<(NetworkEdge, Range<usize>)> {
        let edge =
            |&(source, target)| NetworkEdge { source, target, kind: None, year: None, weight: 1.0 };
        pairs.iter().map(|pair| (edge(pair), 0..1)).collect()
    }

    fn nodes() -> Vec<NetworkNode> {
        vec![node("a", Some(0)), node("b", Some(1)), node("c", Some(2)), node("x", None)]
    }

    fn at(level: Level, pairs: &[(u32, u32)], directed: bool) -> Flows {
        flows(level, &gazetteer(), &nodes(), &edges(pairs), &[None], directed)
    }

    const PAIRS: [(u32, u32); 6] = [(0, 1), (0, 1), (1, 0), (0, 2), (2, 2), (3, 0)];

    #[test]
    fn provinces_by_hand() {
        let found = at(Level::Province, &PAIRS, true);
        let year = &found.years[0];
        assert_eq!((year.edges, year.located, year.total, year.intra), (6, 5, 5, 4));
        assert_eq!(
            (&year.counts[..], &year.out[..], &year.into[..]),
            (&[3, 1, 0, 1][..], &[4, 1][..], &[3, 2][..])
        );
        assert_eq!((year.coverage(), year.intra_share()), (Some(5.0 / 6.0), Some(0.8)));
        let flows = found.ranked(year);
        assert_eq!((flows[0].from, flows[0].to, flows[0].kind), (0, 0, FlowKind::Within));
        assert!((flows[0].expected - 2.4).abs() < 1e-12 && (flows[0].lift - 1.25).abs() < 1e-12);
        // The two single relations share rank 2.
        assert_eq!((flows[1].rank, flows[2].rank), (2, 2));
        assert!((flows[1].lift - 0.625).abs() < 1e-12, "1 of 4 · 2 / 5");
        let nets: Vec<i64> = year.balances().iter().map(|b| b.net).collect();
        assert_eq!(nets, [1, -1]);
        let (out, into, pairs) = year.hhi();
        assert_eq!((out, into), (Some(17.0 / 25.0), Some(13.0 / 25.0)));
        assert_eq!(pairs, Some(11.0 / 25.0));
    }

    #[test]
    fn cities_know_their_province() {
        let found = at(Level::City, &PAIRS, true);
        let flows = found.ranked(&found.years[0]);
        assert_eq!((flows[0].from, flows[0].to, flows[0].count), (0, 1, 2));
        assert!(flows[0].same_province && flows[0].kind == FlowKind::Across);
    }

    #[test]
    fn what_lies_in_no_agglomeration_stands_last() {
        let found = at(Level::Agglomeration, &PAIRS, true);
        assert!(found.places[1].is_rest() && found.years[0].total == 5);
        assert_eq!(found.years[0].intra, 3, "2→2 lies outside every agglomeration");
        let poles = found.poles(&found.years[0], 0.1);
        assert_eq!(poles.places, [(0, 0.7)]);
        assert_eq!((poles.among, poles.touching), (Some(0.6), Some(0.8)));
    }

    #[test]
    fn an_undirected_edge_counts_each_way() {
        let year = at(Level::City, &PAIRS, false).years.remove(0);
        assert_eq!((year.located, year.total, year.out == year.into), (5, 10, true));
    }

    #[test]
    fn nothing_has_no_shares() {
        let found = at(Level::City, &[(3, 3)], true);
        let year = &found.years[0];
        assert_eq!((year.coverage(), year.intra_share(), year.hhi().0), (Some(0.0), None, None));
        assert!(found.ranked(year).is_empty() && found.poles(year, 0.1).among.is_none());
    }

    proptest! {
        /// Rows sum to what is given, columns to what is taken, shares to one.
        #[test]
        fn shares_sum_to_one(pairs in prop::collection::vec((0_u32..4, 0_u32..4), 1..60)) {
            for level in Level::ALL {
                let found = at(level, &pairs, true);
                let year = &found.years[0];
                let places = found.places.len();
                for place in 0..places {
                    let row: u64 = (0..places).map(|to| year.count(place, to)).sum();
                    let column: u64 = (0..places).map(|from| year.count(from, place)).sum();
                    prop_assert_eq!((row, column), (year.out[place], year.into[place]));
                }
                prop_assert_eq!(year.counts.iter().sum::<u64>(), year.located);
                let shares: f64 = found.ranked(year).iter().map(|flow| flow.share).sum();
                let whole = year.total > 0 && !found.places.iter().any(Place::is_rest);
                prop_assert!(!whole || (shares - 1.0).abs() < 1e-12);
            }
        }
    }
}
