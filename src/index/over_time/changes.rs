//! What changed between an edition and the one before it.

use crate::config::{Methodology, Normalisation, Over};
use crate::data::Unit;
use crate::diag::Diagnostic;
use crate::index::IndexResult;
use crate::index::over_time::split::{Editions, States, states};
use crate::lang::Localised;
use crate::num::Rank;

/// An earlier edition as it was published.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Earlier {
    /// Year the edition is named after.
    pub edition: i32,
    /// Year of its data, if it states one.
    pub year: Option<i32>,
    /// Its units.
    pub units: Vec<EarlierUnit>,
    /// Its nodes.
    pub nodes: Vec<EarlierNode>,
}

/// A node of an earlier edition.
#[derive(Debug, Clone, PartialEq)]
pub struct EarlierNode {
    /// Code.
    pub code: String,
    /// Printed name.
    pub name: Localised<String>,
    /// Score and rank by unit.
    pub units: Vec<(Option<f64>, Option<Rank>)>,
}

/// A unit of an earlier edition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EarlierUnit {
    /// Code.
    pub code: String,
    /// Printed name.
    pub name: Localised<String>,
}

/// What changed between an edition and the one before it.
#[derive(Debug, Clone, PartialEq)]
pub struct Changes {
    /// Year the earlier edition is named after.
    pub edition: i32,
    /// Year of its data, if it states one.
    pub year: Option<i32>,
    /// Number of units of the earlier sample.
    pub count_before: usize,
    /// Changes at every node of this edition, in the order of its methodology.
    pub nodes: Vec<NodeChanges>,
    /// Positions of the units that are new.
    pub entered: Vec<usize>,
    /// Units that are no longer in the sample.
    pub left: Vec<EarlierUnit>,
    /// Positions of the nodes that are new.
    pub new_nodes: Vec<usize>,
    /// Code and name of the nodes that are gone.
    pub gone_nodes: Vec<(String, Localised<String>)>,
    /// Positions of the indicators without earlier data, whose coming is a change of method.
    pub absent: Vec<usize>,
    /// Whether rank changes are split: the earlier edition could be computed again.
    pub is_split: bool,
    /// Whether scores under this method mean the same in both years.
    pub is_comparable: bool,
    /// For each unit, what changes of its own data did to the index, largest first; empty if
    /// changes are not split.
    pub drivers: Vec<Vec<Driver>>,
}

/// Changes at one node.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct NodeChanges {
    /// By unit; `None` for a unit without a rank in either edition.
    pub units: Vec<Option<UnitChange>>,
}

/// The change of one unit at one node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct UnitChange {
    /// Rank in the earlier edition.
    pub before: Rank,
    /// Score in the earlier edition.
    pub score_before: Option<f64>,
    /// Rank in this edition.
    pub now: Rank,
    /// What the change is made of, if it is split.
    pub parts: Option<Parts>,
    /// Score under this edition's method on the earlier data, if the change is split.
    pub recomputed: Option<f64>,
}

impl UnitChange {
    /// Places gained, below zero for places lost.
    #[must_use]
    pub fn places(&self) -> i64 {
        i64::from(self.before) - i64::from(self.now)
    }
}

/// The parts of a rank change in places, above zero for a rise; they sum to the change and are whole
/// or half numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts {
    /// Units that left and units that came.
    pub sample: f64,
    /// Framework, formulas, weights and every other choice of method.
    pub method: f64,
    /// The unit's own data.
    pub own: f64,
    /// The data of all other units.
    pub others: f64,
}

impl Parts {
    /// In the order sample, method, own data, others' data.
    #[must_use]
    pub const fn all(&self) -> [f64; 4] {
        [self.sample, self.method, self.own, self.others]
    }
}

/// What the change of one indicator of a unit did to the index score of this unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Driver {
    /// Position of the indicator.
    pub node: usize,
    /// Change of its score, times its weight in the whole index: points of the index, were it the
    /// only change and all means arithmetic.
    pub points: f64,
}

/// Compares an edition with the one before it; the second value tells why changes could not be
/// split, if they could not.
///
/// Without `editions` the earlier ranks are all there is and changes are not split. `absent` are the
/// indicators without earlier data.
#[must_use]
pub fn compare(
    earlier: &Earlier,
    (method, units, result): (&Methodology, &[Unit], &IndexResult),
    editions: Option<&Editions<'_>>,
    absent: Vec<usize>,
) -> (Changes, Vec<Diagnostic>) {
    let (states, found) = match editions.map(states).transpose() {
        Ok(states) => (states, Vec::new()),
        Err(found) => (None, found),
    };
    let at_unit: Vec<Option<usize>> = units
        .iter()
        .map(|unit| earlier.units.iter().position(|other| other.code == unit.code))
        .collect();
    let place: Vec<Option<usize>> = (0..units.len())
        .map(|unit| editions?.common.iter().position(|&(own, _)| own == unit))
        .collect();
    let view = states.as_ref().zip(editions).map(|(states, editions)| View { states, editions });
    let at_node = |code: &str| earlier.nodes.iter().position(|other| other.code == code);
    let nodes = method.nodes.iter().enumerate().map(|(node, own)| {
        let Some(old) = at_node(&own.code) else {
            return NodeChanges { units: vec![None; units.len()] };
        };
        let change = |unit: usize| {
            let (score_before, before) = earlier.nodes[old].units[at_unit[unit]?];
            let (before, now) = (before?, result.nodes[node].ranks[unit]?);
            let at = view.as_ref().zip(place[unit]);
            Some(UnitChange {
                before,
                score_before,
                now,
                parts: at.and_then(|(view, at)| view.parts(node, at, before, now)),
                recomputed: at.and_then(|(view, at)| view.states.backcast[node].scores[at]),
            })
        };
        NodeChanges { units: (0..units.len()).map(change).collect() }
    });
    let known = |code: &str| units.iter().any(|unit| unit.code == code);
    let drivers = place.iter().map(|place| {
        view.as_ref().zip(*place).map_or_else(Vec::new, |(view, at)| view.drivers(at, result))
    });
    let changes = Changes {
        edition: earlier.edition,
        year: earlier.year,
        count_before: earlier.units.len(),
        nodes: nodes.collect(),
        entered: (0..units.len()).filter(|&unit| at_unit[unit].is_none()).collect(),
        left: earlier.units.iter().filter(|unit| !known(&unit.code)).cloned().collect(),
        new_nodes: (0..method.nodes.len())
            .filter(|&node| at_node(&method.nodes[node].code).is_none())
            .collect(),
        gone_nodes: earlier
            .nodes
            .iter()
            .filter(|own| method.position(&own.code).is_none())
            .map(|own| (own.code.clone(), own.name.clone()))
            .collect(),
        absent,
        is_split: states.is_some(),
        is_comparable: is_comparable(method),
        drivers: drivers.collect(),
    };
    (changes, found)
}

/// Whether scores of different years mean the same: nothing comes from the sample of one year.
fn is_comparable(method: &Methodology) -> bool {
    let mut specs = method.nodes.iter().filter_map(|node| node.indicator());
    specs.all(|spec| {
        spec.over == Over::Pooled
            || matches!(
                spec.normalisation,
                Normalisation::None
                    | Normalisation::Goalposts { .. }
                    | Normalisation::BasePeriod { .. }
            )
    })
}

/// The states, and the methods their nodes belong to.
struct View<'a> {
    states: &'a States,
    editions: &'a Editions<'a>,
}

impl View<'_> {
    /// The parts of the change of the common unit `at`, from rank `before` to rank `now`.
    fn parts(&self, node: usize, at: usize, before: Rank, now: Rank) -> Option<Parts> {
        let code = &self.editions.now.method.nodes[node].code;
        let old = self.editions.before.method.position(code)?;
        let states = self.states;
        let place = f64::from;
        let earlier = place(states.earlier[old].ranks[at]?);
        let backcast = place(states.backcast[node].ranks[at]?);
        let current = place(states.current[node].ranks[at]?);
        let own_first = place(states.turns[at].own_first[node]?);
        let own_last = place(states.turns[at].own_last[node]?);
        Some(Parts {
            sample: place(before) - earlier + current - place(now),
            method: earlier - backcast,
            own: f64::midpoint(backcast - own_first, own_last - current),
            others: f64::midpoint(own_first - current, backcast - own_last),
        })
    }

    /// What the unit's own changes did to its index score, largest first, equals in the order of the
    /// framework.
    fn drivers(&self, at: usize, result: &IndexResult) -> Vec<Driver> {
        let method = self.editions.now.method;
        let moved = method.indicators().filter_map(|node| {
            let before = self.states.backcast[node].scores[at]?;
            let after = self.states.turns[at].scores[node]?;
            let points = (after - before) * result.effective_weights[node];
            (points != 0.0).then_some(Driver { node, points })
        });
        let mut drivers: Vec<Driver> = moved.collect();
        drivers.sort_by(|a, b| b.points.abs().total_cmp(&a.points.abs()).then(a.node.cmp(&b.node)));
        drivers
    }
}
