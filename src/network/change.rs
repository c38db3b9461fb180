//! Change of flows: shares and ranks in the first and in the last year.

use std::cmp::Ordering;

use crate::network::flows::{Flow, FlowYear, Flows};
use crate::network::standing::Standing;

/// A share and a rank in the first and in the last year; no rank where there was nothing.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Change {
    /// Share of all relations of the first year.
    pub first_share: f64,
    /// Share of all relations of the last year.
    pub last_share: f64,
    /// Rank in the first year.
    pub first_rank: Option<u32>,
    /// Rank in the last year.
    pub last_rank: Option<u32>,
}

impl Change {
    /// Last share less first share: above zero where the share has grown.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.last_share - self.first_share
    }

    /// Ranks climbed: above zero for what stands higher now. `None` without a rank in both years.
    #[must_use]
    pub fn climbed(&self) -> Option<i64> {
        Some(i64::from(self.first_rank?) - i64::from(self.last_rank?))
    }
}

/// How a flow has changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FlowChange {
    /// Position of the place it leaves.
    pub from: usize,
    /// Position of the place it arrives at.
    pub to: usize,
    /// Its shares and ranks.
    pub change: Change,
}

/// How what a place gives and takes has changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlaceChange {
    /// Position of the place.
    pub place: usize,
    /// What it gives.
    pub out: Change,
    /// What it takes.
    pub into: Change,
}

/// How the flows of a level have changed.
#[derive(Debug, Clone, PartialEq)]
pub struct FlowChanges {
    /// The first year with located relations.
    pub first: Option<i32>,
    /// The last year.
    pub last: Option<i32>,
    /// Flows that were there in either year, those whose share has changed most first, equals in
    /// the order of places.
    pub flows: Vec<FlowChange>,
    /// The places, in their order, but what lies in none.
    pub places: Vec<PlaceChange>,
}

impl Flows {
    /// Change from the first year with located relations to the last year; `None` if these are
    /// one, or the last has none.
    #[must_use]
    pub fn changes(&self) -> Option<FlowChanges> {
        let (last, earlier) = self.years.split_last().filter(|(last, _)| last.total > 0)?;
        let first = earlier.iter().find(|year| year.total > 0)?;
        let size = self.places.len();
        let pairs = |year: &FlowYear| -> Vec<Standing> {
            let standing = |flow: Flow| Standing {
                at: flow.from * size + flow.to,
                count: flow.count,
                share: flow.share,
                rank: flow.rank,
            };
            self.ranked(year).into_iter().map(standing).collect()
        };
        let changed = changed(size * size, &pairs(first), &pairs(last));
        let flow = |(at, change)| FlowChange { from: at / size, to: at % size, change };
        let mut flows: Vec<FlowChange> = changed
            .into_iter()
            .enumerate()
            .filter(|(_, c)| *c != Change::default())
            .map(flow)
            .collect();
        flows.sort_by(by_size);
        let out = changed_places(self, first, last, Self::givers);
        let into = changed_places(self, first, last, Self::takers);
        let places = out.into_iter().zip(into).enumerate();
        let places = places.filter(|(place, _)| !self.places[*place].is_rest());
        Some(FlowChanges {
            first: first.year,
            last: last.year,
            flows,
            places: places.map(|(place, (out, into))| PlaceChange { place, out, into }).collect(),
        })
    }
}

fn changed_places(
    flows: &Flows,
    first: &FlowYear,
    last: &FlowYear,
    standings: impl Fn(&Flows, &FlowYear) -> Vec<Standing>,
) -> Vec<Change> {
    changed(flows.places.len(), &standings(flows, first), &standings(flows, last))
}

/// A change for every position.
fn changed(size: usize, first: &[Standing], last: &[Standing]) -> Vec<Change> {
    let mut changes = vec![Change::default(); size];
    for own in first {
        let change = &mut changes[own.at];
        (change.first_share, change.first_rank) = (own.share, Some(own.rank));
    }
    for own in last {
        let change = &mut changes[own.at];
        (change.last_share, change.last_rank) = (own.share, Some(own.rank));
    }
    changes
}

fn by_size(a: &FlowChange, b: &FlowChange) -> Ordering {
    let size = |own: &FlowChange| own.change.difference().abs();
    size(b).total_cmp(&size(a)).then((a.from, a.to).cmp(&(b.from, b.to)))
}

#[cfg(test)]
mod tests {
    use crate::config::Level;
    use crate::data::NetworkEdge;
    use crate::network::flows::flows;
    use crate::network::testing::{gazetteer, node};

    /// Cities 0, 1, 2; nothing in 2019, 0→1 twice and 0→2 in 2020, 0→1 twice and 2→1 twice in 2021.
    #[test]
    fn shares_and_ranks_by_hand() {
        let nodes = [node("a", Some(0)), node("b", Some(1)), node("c", Some(2))];
        let rows = [(0, 1, 1), (0, 1, 1), (0, 2, 1), (0, 1, 2), (0, 1, 2), (2, 1, 2), (2, 1, 2)];
        let edge = |&(source, target, at)| {
            let edge = NetworkEdge { source, target, kind: None, year: None, weight: 1.0 };
            (edge, at..at + 1)
        };
        let edges: Vec<_> = rows.iter().map(edge).collect();
        let years = [Some(2019), Some(2020), Some(2021)];
        let found = flows(Level::City, &gazetteer(), &nodes, &edges, &years, true);
        let changes = found.changes().unwrap();
        assert_eq!((changes.first, changes.last), (Some(2020), Some(2021)));
        let order: Vec<_> = changes.flows.iter().map(|own| (own.from, own.to)).collect();
        assert_eq!(order, [(2, 1), (0, 2), (0, 1)]);
        let new = changes.flows[0].change;
        assert_eq!((new.first_rank, new.last_rank, new.climbed()), (None, Some(1), None));
        assert!((new.difference() - 0.5).abs() < 1e-12);
        assert!((changes.flows[2].change.difference() - (0.5 - 2.0 / 3.0)).abs() < 1e-12);
        let taker = changes.places[1].into;
        assert_eq!(
            (taker.first_rank, taker.last_rank, taker.climbed()),
            (Some(1), Some(1), Some(0))
        );
        assert!((taker.last_share - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_single_year_has_no_change() {
        let nodes = [node("a", Some(0))];
        let edge = NetworkEdge { source: 0, target: 0, kind: None, year: None, weight: 1.0 };
        let at = |years: &[Option<i32>], held| {
            flows(Level::City, &gazetteer(), &nodes, &[(edge, held)], years, true).changes()
        };
        assert_eq!(at(&[None], 0..1), None);
        assert_eq!(at(&[Some(2020), Some(2021)], 0..1), None);
        assert_eq!(at(&[Some(2020), Some(2021)], 1..2), None);
    }
}
