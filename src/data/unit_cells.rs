//! The unit column of a table: names become units, and names that do not are told once per file.

use std::collections::BTreeMap;

use crate::data::gazetteer::{Gazetteer, Unit};
use crate::data::names::Lookup;
use crate::data::sample::{Sample, UNKNOWN_UNIT, ambiguous};
use crate::data::table::{Table, Text};
use crate::diag::{Code, Diagnostic, Findings, Span};

/// The gazetteer and the sample, as far as they could be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Directory<'a> {
    /// The gazetteer.
    pub(super) gazetteer: Option<&'a Gazetteer>,
    /// The sample.
    pub(super) sample: Option<&'a Sample>,
}

/// What a cell of the unit column names.
#[derive(Debug, Clone, Copy)]
pub(super) enum Named<'a> {
    /// A unit of the sample, with its position there.
    Sampled(usize, &'a Unit),
    /// Another unit of the gazetteer.
    Outside(&'a Unit),
    /// Nothing, or nothing that can be told.
    Nothing,
}

/// The unit column of one table.
#[derive(Debug)]
pub(super) struct UnitCells<'a> {
    directory: Directory<'a>,
    failures: BTreeMap<String, Failure>,
}

#[derive(Debug)]
struct Failure {
    why: Lookup,
    first: Span,
    rows: usize,
}

impl<'a> UnitCells<'a> {
    /// Starts with no failures.
    pub(super) const fn new(directory: Directory<'a>) -> Self {
        Self { directory, failures: BTreeMap::new() }
    }

    /// What a cell names; remembers a name that is unknown or ambiguous.
    pub(super) fn resolve(&mut self, cell: &Text) -> Named<'a> {
        let Some(gazetteer) = self.directory.gazetteer else { return Named::Nothing };
        match gazetteer.find(&cell.text) {
            Ok(unit) => {
                let position = self.directory.sample.and_then(|s| s.position(&unit.code));
                position.map_or(Named::Outside(unit), |position| Named::Sampled(position, unit))
            }
            Err(why) => {
                let failure = self.failures.entry(cell.text.clone()).or_insert(Failure {
                    why,
                    first: cell.span,
                    rows: 0,
                });
                failure.rows += 1;
                Named::Nothing
            }
        }
    }

    /// Adds one finding for every name that failed.
    pub(super) fn report(self, table: &Table, findings: &mut Findings) {
        let mut failures: Vec<(String, Failure)> = self.failures.into_iter().collect();
        failures.sort_by_key(|(_, failure)| failure.first);
        for (name, Failure { why, first, rows }) in failures {
            let place = if rows == 1 { String::new() } else { format!("first of {rows} rows") };
            let found = match why {
                _ if name.is_empty() => Diagnostic::error(
                    Code::DataBadCell,
                    format!("a row of `{}` names no unit", table.path),
                ),
                Lookup::Unknown(near) => Diagnostic::error(
                    Code::DataUnknownUnit,
                    format!("the gazetteer has no unit `{name}`"),
                )
                .did_you_mean_or(&near, UNKNOWN_UNIT),
                Lookup::Ambiguous(candidates) => ambiguous(&name, &candidates),
            };
            findings.push(found.at(first, place));
        }
    }
}
