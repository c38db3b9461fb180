//! Values made of other values: scores by band, and quotients.

use std::collections::BTreeMap;

use crate::config::Band;
use crate::data::dataset::{Cell, Imputed, IndicatorData};

/// The score of every value by the band it lies in: the first whose upper end is above it.
pub(super) fn band(of: IndicatorData, bands: &[Band]) -> IndicatorData {
    let score = |value: f64| {
        let found = bands.iter().find(|band| band.below.is_none_or(|end| value < end))?;
        Some(found.score)
    };
    let scored = |cell: Cell| Some(Cell { value: score(cell.value)?, ..cell });
    IndicatorData {
        cells: of.cells.into_iter().map(|cell| scored(cell?)).collect(),
        bases: of
            .bases
            .into_iter()
            .map(|(year, base)| (year, base.into_iter().map(|value| score(value?)).collect()))
            .collect(),
        ..of
    }
}

/// A unit whose quotient is not finite, with the two values.
pub(super) struct NotFinite {
    /// Position of the unit.
    pub(super) unit: usize,
    /// What was to be divided.
    pub(super) of: Cell,
    /// What it was to be divided by.
    pub(super) by: Cell,
}

/// Every value divided by another, times a factor; missing where either is. Units for which that
/// is no finite number come apart.
pub(super) fn divide(
    of: IndicatorData,
    by: IndicatorData,
    scale: f64,
) -> (IndicatorData, Vec<NotFinite>) {
    let mut failures = Vec::new();
    let mut cells = Vec::with_capacity(of.cells.len());
    for (unit, pair) in of.cells.into_iter().zip(by.cells).enumerate() {
        let (Some(left), Some(right)) = pair else {
            cells.push(None);
            continue;
        };
        let value = left.value / right.value * scale;
        if value.is_finite() {
            cells.push(Some(joined(value, left, right)));
        } else {
            failures.push(NotFinite { unit, of: left, by: right });
            cells.push(None);
        }
    }
    // A quotient that is not finite in the base year is missing there.
    let quotient = |(left, right): (Option<f64>, Option<f64>)| {
        Some(left? / right? * scale).filter(|x| x.is_finite())
    };
    let mut divisors = by.bases;
    let bases = of.bases.into_iter().filter_map(|(year, left)| {
        let right = divisors.remove(&year)?;
        Some((year, left.into_iter().zip(right).map(quotient).collect()))
    });
    let (bases, references) = (bases.collect(), BTreeMap::new());
    let mut years: Vec<i32> = of.years.into_iter().chain(by.years).collect();
    years.sort_unstable();
    years.dedup();
    let year = of.year.or(by.year);
    let pooled = Vec::new();
    (IndicatorData { node: of.node, year, years, cells, bases, references, pooled }, failures)
}

fn joined(value: f64, left: Cell, right: Cell) -> Cell {
    let imputed = match (left.imputed, right.imputed) {
        (Some(one), Some(other)) => {
            let columns = one.columns.into_iter().chain(other.columns).collect();
            Some(Imputed { columns, ..one })
        }
        (one, other) => one.or(other),
    };
    Cell {
        value,
        status: left.status.max(right.status),
        inputs: left.inputs.into_iter().chain(right.inputs).collect(),
        records: left.records.into_iter().chain(right.records).collect(),
        imputed,
    }
}
