//! Columns of a table: the one the configuration names, else the one its header gives away.

use std::collections::BTreeMap;

use crate::config::{NamedColumn, Status};
use crate::data::role::{self, Role};
use crate::data::table::{Row, Table};
use crate::data::{date, fold, status};
use crate::diag::{Code, Diagnostic, Findings, nearest};

/// Marks of a cell of the unit column that say the entity lies in no unit, such as a firm abroad.
const NOWHERE: [&str; 8] = ["—", "-", "--", "——", "境外", "国外", "abroad", "none"];

/// A column that may be absent; one that is named and absent is an error.
pub(super) fn optional(
    table: &Table,
    named: &NamedColumn,
    role: Role,
    findings: &mut Findings,
) -> Option<usize> {
    let Some((name, span)) = named else { return table.column(role) };
    let wanted = fold::word(name);
    let found = table.header.iter().position(|head| fold::word(&head.text) == wanted);
    if found.is_none() {
        let heads = table.header.iter().map(|head| head.text.as_str());
        let near = nearest(name, heads.filter(|head| !head.is_empty()));
        let message = format!("`{}` has no column `{name}`", table.path);
        let error = Diagnostic::error(Code::DataMissingColumn, message);
        findings.push(error.at(*span, "wanted here").did_you_mean(&near));
    }
    found
}

/// A column that the table cannot do without.
pub(super) fn required(
    table: &Table,
    named: &NamedColumn,
    role: Role,
    findings: &mut Findings,
) -> Option<usize> {
    let found = optional(table, named, role, findings);
    if found.is_none() && named.is_none() {
        findings.push(table.missing(role));
    }
    found
}

/// Whether a row of the table says that it is illustrative, under `status`.
pub(super) fn is_illustrative(table: &Table) -> bool {
    let column = table.column(role::STATUS);
    let is_marked = |row: &Row| {
        let found = row.filled(column).and_then(|cell| status::parse(cell).ok());
        found == Some(Status::Illustrative)
    };
    table.rows.iter().any(is_marked)
}

/// The English names of categories, by the category; of several, the first in order of text.
pub(super) fn category_names(table: &Table, category: Option<usize>) -> BTreeMap<String, String> {
    let english = table.column(role::CATEGORY_EN);
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for row in &table.rows {
        let (Some(own), Some(name)) = (row.filled(category), row.filled(english)) else { continue };
        let kept = names.entry(own.text.clone()).or_insert_with(|| name.text.clone());
        if name.text < *kept {
            kept.clone_from(&name.text);
        }
    }
    names
}

/// The year of a cell that holds a year or a date.
pub(super) fn year(text: &str) -> Option<i32> {
    date::date(text).and_then(|date| date.get(..4)?.parse().ok())
}

/// Whether a cell of the unit column says that there is no unit.
pub(super) fn is_nowhere(text: &str) -> bool {
    NOWHERE.contains(&text.to_lowercase().as_str())
}
