//! Entities of a cascade: rows with a unit, a category and a year, as far as they state them.

use std::collections::BTreeMap;

use crate::config::CascadeSpec;
use crate::data::condition::{self, Of};
use crate::data::network::columns::{category_names, is_illustrative, optional};
use crate::data::network::nodes::{Units, year_of};
use crate::data::table::{Needed, Table, Text};
use crate::data::{Gazetteer, number, role};
use crate::diag::{Code, Diagnostic, Findings};
use crate::source::Sources;

/// The largest count of a row.
const MOST: f64 = 1e12;

/// A table of entities.
#[derive(Debug, Clone, Default)]
pub struct EntityData {
    /// Entities by unit, category and year.
    pub entities: Vec<Entity>,
    /// Categories, in order of text; [`Entity::category`] is a position here.
    pub categories: Vec<String>,
    /// English names of categories, where the table has them.
    pub category_names: BTreeMap<String, String>,
    /// Whether the table has a column of units.
    pub has_units: bool,
    /// Whether a row says that it is illustrative.
    pub is_illustrative: bool,
}

/// An entity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entity {
    /// Position of its unit in the gazetteer.
    pub unit: Option<usize>,
    /// Position of its category among the categories.
    pub category: Option<usize>,
    /// Year.
    pub year: Option<i32>,
    /// How many entities the row stands for.
    pub count: u64,
}

/// Reads the table of a cascade.
pub(super) fn read(
    sources: &mut Sources,
    spec: &CascadeSpec,
    gazetteer: Option<&Gazetteer>,
    findings: &mut Findings,
) -> EntityData {
    let Some(table) = Table::read(sources, &spec.table, findings) else {
        return EntityData::default();
    };
    table.report_if_empty(Needed::No, findings);
    let unit = optional(&table, &spec.columns.unit, role::PLACE, findings);
    let category = optional(&table, &spec.columns.category, role::CATEGORY, findings);
    let year = optional(&table, &spec.columns.year, role::YEAR, findings);
    let count = optional(&table, &spec.columns.count, role::COUNT, findings);
    if unit.is_none() && category.is_none() {
        let message =
            format!("`{}` has neither a column of units nor one of categories", table.path);
        let found = Diagnostic::error(Code::DataMissingColumn, message);
        findings.push(found.at(spec.table.span, "").help("name them under `columns`"));
    }
    let mut units = Units::new(gazetteer, unit.is_some());
    let mut read: Vec<(Option<usize>, String, Option<i32>, u64)> = Vec::new();
    for at in chosen(spec, &table, findings) {
        let row = &table.rows[at];
        read.push((
            unit.and_then(|column| units.find(row.cell(column))),
            row.text(category),
            row.filled(year).and_then(|cell| year_of(cell, findings)),
            row.filled(count).map_or(1, |cell| count_of(cell, findings)),
        ));
    }
    units.report(&table, findings);
    let mut categories: Vec<String> = read.iter().map(|(_, name, ..)| name.clone()).collect();
    categories.sort_unstable();
    categories.dedup();
    categories.retain(|name| !name.is_empty());
    let entity = |(unit, name, year, count): &(Option<usize>, String, Option<i32>, u64)| Entity {
        unit: *unit,
        category: categories.binary_search(name).ok(),
        year: *year,
        count: *count,
    };
    let mut entities: Vec<Entity> = read.iter().map(entity).collect();
    entities.sort_unstable();
    EntityData {
        entities,
        categories,
        has_units: unit.is_some() && gazetteer.is_some(),
        is_illustrative: is_illustrative(&table),
        category_names: category_names(&table, category),
    }
}

/// The count of a cell, or a finding if it holds none.
fn count_of(cell: &Text, findings: &mut Findings) -> u64 {
    let found = number::parse(&cell.text).ok().flatten().map(|number| number.value);
    let whole = found.filter(|n| n.fract() == 0.0 && (0.0..=MOST).contains(n));
    if whole.is_none() {
        let message = format!("`{}` is not a whole number", cell.text);
        let error = Diagnostic::error(Code::DataBadCell, message).at(cell.span, "a count");
        findings.push(error.help("write how many entities the row stands for"));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole, in range")]
    whole.map_or(0, |n| n as u64)
}

/// Positions of the rows that satisfy the condition.
fn chosen(spec: &CascadeSpec, table: &Table, findings: &mut Findings) -> Vec<usize> {
    let Some((text, span)) = &spec.condition else { return (0..table.rows.len()).collect() };
    let rows: Vec<BTreeMap<String, String>> =
        table.rows.iter().map(|row| row.named(table).collect()).collect();
    let rows: Vec<&BTreeMap<String, String>> = rows.iter().collect();
    let selected = condition::select(&rows, text, *span, Of::Table(&spec.id));
    findings.keep(selected).unwrap_or_default()
}
