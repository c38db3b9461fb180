//! Year, status, source and note of the rows of an indicator table.

use crate::config::{Input, Status};
use crate::data::registry::SourceKeys;
use crate::data::role;
use crate::data::table::{Row, Table};
use crate::data::{date, status};
use crate::diag::{Code, Diagnostic, Findings};

/// The columns that tell where rows come from; the input's own word stands in for an empty cell.
#[derive(Debug)]
pub(super) struct ProvenanceColumns<'a> {
    input: &'a Input,
    year: Option<usize>,
    status: Option<usize>,
    source: Option<usize>,
    note: Option<usize>,
}

/// Where a row comes from.
#[derive(Debug, Clone)]
pub(super) struct Provenance {
    /// Year, if the data have years.
    pub(super) year: Option<i32>,
    /// How far it can be relied upon.
    pub(super) status: Status,
    /// Key of the source; may be empty.
    pub(super) source: String,
    /// Note; may be empty.
    pub(super) note: String,
}

impl<'a> ProvenanceColumns<'a> {
    /// Finds the columns.
    pub(super) fn of(table: &Table, input: &'a Input) -> Self {
        Self {
            input,
            year: table.column(role::YEAR),
            status: table.column(role::STATUS),
            source: table.column(role::SOURCE),
            note: table.column(role::NOTE),
        }
    }

    /// Whether a column is one of them.
    pub(super) fn contain(&self, column: usize) -> bool {
        [self.year, self.status, self.source, self.note].contains(&Some(column))
    }

    /// Reads them for a row; none if the year cannot be told.
    pub(super) fn read(
        &self,
        row: &Row,
        keys: &mut SourceKeys,
        findings: &mut Findings,
    ) -> Option<Provenance> {
        let status = row.filled(self.status).map(status::parse);
        let status = status.and_then(|parsed| findings.keep(parsed)).unwrap_or(self.input.status);
        let source = match row.filled(self.source) {
            Some(cell) => keys.note(cell),
            None => self.input.source.clone().unwrap_or_default(),
        };
        let year = match row.filled(self.year) {
            None => self.input.year,
            Some(cell) => {
                let Some(year) = date::year(&cell.text) else {
                    findings.push(
                        Diagnostic::error(
                            Code::DataBadCell,
                            format!("`{}` is no year between 1900 and 2100", cell.text),
                        )
                        .at(cell.span, "")
                        .help("write the year as `2022`"),
                    );
                    return None;
                };
                Some(year)
            }
        };
        Some(Provenance { year, status, source, note: row.text(self.note) })
    }
}
