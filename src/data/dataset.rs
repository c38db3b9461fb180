//! The dataset: indicators by unit, and the raw cells they were made from.

use crate::config::Status;
use crate::diag::Span;

/// Indicators by unit, and the raw cells they were made from.
#[derive(Debug, Clone, Default)]
pub struct Dataset {
    /// The indicators, in the order of the framework.
    pub indicators: Vec<IndicatorData>,
    /// The cells of the input tables after corrections, by unit, column and year.
    pub raw: Vec<RawCell>,
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
    /// Values of the base year, if the normalisation asks for one; else empty.
    pub base: Vec<Option<f64>>,
    /// Position of the unit to compare with, if the normalisation asks for one.
    pub reference: Option<usize>,
}

/// The value of an indicator for a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Cell {
    /// The value.
    pub value: f64,
    /// The worst status of its inputs and of the node.
    pub status: Status,
    /// Positions of its inputs among the raw cells, in the order of the formula.
    pub inputs: Vec<usize>,
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
