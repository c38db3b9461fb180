//! What a rank change is made of: the index computed in the states between two editions.
//!
//! The path from the earlier edition to this one, each state ranked anew:
//!
//! 1. the earlier method, data and sample: the ranks as published;
//! 2. the same, for the units of both samples only;
//! 3. this method on the earlier data of these units;
//! 4. this method on this edition's data of these units;
//! 5. this method, data and sample: the ranks of this edition.
//!
//! *Method* is the step 2–3, *sample* the steps 1–2 and 4–5. The step 3–4 is parted into *own* and
//! *others*: the mean of both orders, in which the unit's data change first and in which they change
//! last. A part is a number of places, above zero for a rise; the parts sum to the change, and are
//! whole or half numbers. Nothing is left over, since every state but the two orders is shared.

use rayon::prelude::*;

use crate::config::Methodology;
use crate::data::{Dataset, IndicatorData, Unit};
use crate::diag::Diagnostic;
use crate::index::compute::compute_nodes;
use crate::index::{IndexResult, NodeResult, impute};
use crate::num::Rank;

/// One of two editions.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// Its method.
    pub method: &'a Methodology,
    /// Its data.
    pub data: &'a Dataset,
    /// Its sample.
    pub units: &'a [Unit],
    /// Its results.
    pub result: &'a IndexResult,
}

/// Two editions and what lies between them.
#[derive(Debug, Clone, Copy)]
pub struct Editions<'a> {
    /// The earlier one.
    pub before: Side<'a>,
    /// This one.
    pub now: Side<'a>,
    /// The units of both, in order of code: position in this sample, then in the earlier one.
    pub common: &'a [(usize, usize)],
    /// The earlier data of these units under this method.
    pub backcast: &'a Dataset,
}

/// The states between two editions, over the common units.
pub(super) struct States {
    /// The earlier method and data; nodes stand as in the earlier method.
    pub(super) earlier: Vec<NodeResult>,
    /// This method on the earlier data.
    pub(super) backcast: Vec<NodeResult>,
    /// This method on this edition's data.
    pub(super) current: Vec<NodeResult>,
    /// For each unit, what it came to if its data alone had changed, and if its alone had not.
    pub(super) turns: Vec<Turn>,
}

/// A unit's ranks and scores by node, in the two orders.
pub(super) struct Turn {
    /// Its own data are those of this edition, all others' the earlier ones.
    pub(super) own_first: Vec<Option<Rank>>,
    /// The scores in that state.
    pub(super) scores: Vec<Option<f64>>,
    /// Its own data are the earlier ones, all others' those of this edition.
    pub(super) own_last: Vec<Option<Rank>>,
}

/// Computes every state.
///
/// # Errors
/// When one of them cannot be computed, such as an indicator that is constant in it.
pub(super) fn states(editions: &Editions<'_>) -> Result<States, Vec<Diagnostic>> {
    let Editions { before, now, common, backcast } = *editions;
    let (own, earlier): (Vec<usize>, Vec<usize>) = common.iter().copied().unzip();
    let units: Vec<Unit> = own.iter().map(|&unit| now.units[unit].clone()).collect();
    let names: Vec<String> = units.iter().map(Unit::both_names).collect();
    let run = |method: &Methodology, data: &Dataset| {
        let indicators = impute(method, data, &units);
        let forced = data.forced.clone();
        compute_nodes(method, &Dataset { indicators, forced, ..Dataset::default() }, &names)
    };
    let old = lean(before.data.restricted(&earlier));
    let first = lean(backcast.clone());
    let last = lean(now.data.restricted(&own));
    let turns = (0..common.len()).into_par_iter().map(|unit| {
        let turned = run(now.method, &with_unit(&first, &last, unit))?;
        let kept = run(now.method, &with_unit(&last, &first, unit))?;
        Ok(Turn {
            own_first: turned.iter().map(|node| node.ranks[unit]).collect(),
            scores: turned.iter().map(|node| node.scores[unit]).collect(),
            own_last: kept.iter().map(|node| node.ranks[unit]).collect(),
        })
    });
    Ok(States {
        earlier: run(before.method, &old)?,
        backcast: run(now.method, &first)?,
        current: run(now.method, &last)?,
        turns: turns.collect::<Result<_, Vec<Diagnostic>>>()?,
    })
}

/// Without what only the explanation of a value needs, so that copies are cheap.
fn lean(mut data: Dataset) -> Dataset {
    for cell in data.indicators.iter_mut().flat_map(|i| i.cells.iter_mut().flatten()) {
        cell.inputs = Vec::new();
        cell.records = Vec::new();
    }
    data
}

/// The data with all that belongs to one unit taken from elsewhere.
fn with_unit(data: &Dataset, from: &Dataset, unit: usize) -> Dataset {
    let mut mixed = data.clone();
    for own in &mut mixed.indicators {
        let Some(other) = from.indicators.iter().find(|other| other.node == own.node) else {
            continue;
        };
        replace(own, other, unit);
    }
    mixed
}

fn replace(own: &mut IndicatorData, other: &IndicatorData, unit: usize) {
    let units = own.cells.len();
    own.cells[unit].clone_from(&other.cells[unit]);
    for (year, base) in &mut own.bases {
        if let Some(&other) = other.bases.get(year).and_then(|other| other.get(unit)) {
            base[unit] = other;
        }
    }
    if own.pooled.len() == other.pooled.len() {
        for at in (unit..own.pooled.len()).step_by(units) {
            own.pooled[at] = other.pooled[at];
        }
    }
}
