//! The dataset: indicators by unit, and the raw cells they were made from.

use std::collections::BTreeMap;

use crate::config::{Imputation, Normalisation, Status};
use crate::data::{ForcedUnit, Record, RecordTable};
use crate::diag::Span;

/// Indicators by unit, and the raw cells they were made from.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// The indicators, in the order of the framework.
    pub indicators: Vec<IndicatorData>,
    /// The cells of the input tables after corrections, by unit, column and year.
    pub raw: Vec<RawCell>,
    /// The tables whose records can be counted, in the order of the configuration.
    pub records: Vec<RecordTable>,
    /// Units that are kept or left out by decision.
    pub forced: Vec<ForcedUnit>,
}

impl Dataset {
    /// The record that a cell counts.
    #[must_use]
    pub fn record(&self, at: RecordRef) -> &Record {
        &self.records[at.table].records[at.row]
    }

    /// Keys of the sources a cell rests on, one for every input and record.
    pub fn sources<'a>(&'a self, cell: &'a Cell) -> impl Iterator<Item = &'a str> {
        let raw = cell.inputs.iter().map(|&at| self.raw[at].source.as_str());
        raw.chain(cell.records.iter().map(|&at| self.record(at).source.as_str()))
    }
}

/// The values of one indicator.
#[derive(Debug, Clone)]
pub struct IndicatorData {
    /// Position of its node in the methodology.
    pub node: usize,
    /// The year it refers to; `None` if its data have no years. Of the columns without `@` the
    /// latest, failing these the latest year after `@`.
    pub year: Option<i32>,
    /// Years of all its inputs, ascending.
    pub years: Vec<i32>,
    /// A cell per unit; `None` where an input is missing.
    pub cells: Vec<Option<Cell>>,
    /// Values in every base year that a normalisation asks for, here or in a variant.
    pub bases: BTreeMap<i32, Vec<Option<f64>>>,
    /// Position of every unit that a normalisation compares with, by its name there.
    pub references: BTreeMap<String, usize>,
    /// Values of the other years, if the normalisation is over pooled years: year by year, the units
    /// of each in order; else empty.
    pub pooled: Vec<Option<f64>>,
}

impl IndicatorData {
    /// Values of the base year that a normalisation asks for; empty for any other.
    #[must_use]
    pub fn base(&self, method: &Normalisation) -> &[Option<f64>] {
        match method {
            Normalisation::BasePeriod { year } => self.bases.get(year).map_or(&[], Vec::as_slice),
            _ => &[],
        }
    }

    /// Position of the unit that a normalisation compares with; none for any other.
    #[must_use]
    pub fn reference(&self, method: &Normalisation) -> Option<usize> {
        match method {
            Normalisation::DistanceToReference { unit, .. } => self.references.get(unit).copied(),
            _ => None,
        }
    }
}

/// The value of an indicator for a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The value.
    pub value: f64,
    /// The worst status of its inputs and of the node.
    pub status: Status,
    /// Positions of its inputs among the raw cells, in the order of the formula; for a value filled
    /// in from other years, those of these years.
    pub inputs: Vec<usize>,
    /// The records it counts, in the order of the table.
    pub records: Vec<RecordRef>,
    /// How it was filled in, if it was.
    pub imputed: Option<Imputed>,
}

/// A record of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordRef {
    /// Position of the table in the data set.
    pub table: usize,
    /// Position of the record in the table.
    pub row: usize,
}

impl Cell {
    /// A value without inputs.
    #[must_use]
    pub const fn of(value: f64, status: Status) -> Self {
        Self { value, status, inputs: Vec::new(), records: Vec::new(), imputed: None }
    }

    /// Whether it rests on data of the unit itself, be it of another year, and not on other units.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.imputed.as_ref().is_none_or(|imputed| imputed.rule.is_over_time())
    }
}

/// How a value was filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Imputed {
    /// The rule.
    pub rule: Imputation,
    /// The columns that were filled in from other years, each with these years; empty if the value
    /// comes from other units.
    pub columns: Vec<(String, Vec<i32>)>,
    /// Number of other units it comes from; 0 if it comes from other years.
    pub units: usize,
}

/// A cell of an input table after corrections.
#[derive(Debug, Clone, PartialEq)]
pub struct RawCell {
    /// Position of the unit in the sample.
    pub unit: usize,
    /// Column, or indicator of a long table.
    pub column: String,
    /// Year, if the data have years.
    pub year: Option<i32>,
    /// The value after corrections; `None` if it is missing.
    pub value: Option<f64>,
    /// The value in the table.
    pub original: Option<f64>,
    /// Unit of measurement; empty if it is not told.
    pub measure: String,
    /// How far it can be relied upon.
    pub status: Status,
    /// Key of the source; may be empty.
    pub source: String,
    /// Note; may be empty.
    pub note: String,
    /// Where the value stands; where the correction stands if it added the value.
    pub span: Span,
    /// Position of the last correction of it among those applied.
    pub correction: Option<usize>,
}
