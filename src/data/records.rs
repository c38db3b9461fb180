//! Records by unit: the rows that counts and shares are made of.
//!
//! A table of `kind: records` needs a column of units and nothing else; events are records too.

use std::collections::BTreeMap;

use crate::config::{Input, Status};
use crate::data::gazetteer::Unit;
use crate::data::table::{Needed, Table};
use crate::data::unit_cells::{Named, UnitCells};
use crate::data::{Context, EventTable, date, fold, role};
use crate::diag::Span;

/// The records of units of the sample.
#[derive(Debug, Clone)]
pub struct RecordTable {
    /// Name the methodology calls it by.
    pub id: String,
    /// Its columns.
    pub columns: Vec<String>,
    /// How far it can be relied upon.
    pub status: Status,
    /// The records, in the order of the file (events by unit and date).
    pub records: Vec<Record>,
}

/// A record.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    /// Position of the unit in the sample.
    pub unit: usize,
    /// Year, if it tells one.
    pub year: Option<i32>,
    /// Every column of its row, as text.
    pub cells: BTreeMap<String, String>,
    /// Key of the source; may be empty.
    pub source: String,
    /// Where its row stands.
    pub span: Span,
}

/// Reads a table of records.
pub(super) fn read(table: &Table, input: &Input, context: Context<'_>) -> RecordTable {
    let Context { directory, findings, keys, .. } = context;
    table.report_if_empty(Needed::No, findings);
    let mut found = empty(table, input);
    let Some(unit) = table.require(role::UNIT, findings) else { return found };
    let [source, year, day] = [role::SOURCE, role::YEAR, role::DATE].map(|role| table.column(role));
    let mut units = UnitCells::new(directory);
    for row in &table.rows {
        let Named::Sampled(unit, _) = units.resolve(row.cell(unit)) else { continue };
        let stated = row.filled(year).and_then(|cell| date::year(&cell.text));
        let dated = row.filled(day).and_then(|cell| year_of(&date::date(&cell.text)?));
        found.records.push(Record {
            unit,
            year: stated.or(dated).or(input.year),
            cells: row.named(table).collect(),
            source: match row.filled(source) {
                Some(cell) => keys.note(cell),
                None => input.source.clone().unwrap_or_default(),
            },
            span: row.span,
        });
    }
    units.report(table, findings);
    found
}

/// Events as records.
pub(super) fn of_events(
    table: &Table,
    input: &Input,
    events: &EventTable,
    units: &[Unit],
) -> RecordTable {
    let record = |event: &crate::data::Event| {
        let unit = units.binary_search_by(|unit| unit.code.cmp(&event.unit)).ok()?;
        Some(Record {
            unit,
            year: year_of(&event.date),
            cells: event.extra.clone(),
            source: event.source.clone(),
            span: event.span,
        })
    };
    RecordTable {
        records: events.events.iter().filter_map(record).collect(),
        ..empty(table, input)
    }
}

fn empty(table: &Table, input: &Input) -> RecordTable {
    let heads = table.header.iter().filter(|head| !head.text.is_empty());
    RecordTable {
        id: input.id.clone(),
        columns: heads.map(|head| fold::narrow(&head.text)).collect(),
        status: input.status,
        records: Vec::new(),
    }
}

fn year_of(date: &str) -> Option<i32> {
    date.get(..4)?.parse().ok()
}
