//! Entities of a cascade: rows with a unit, a category and a year, as far as they state them.

use std::collections::BTreeMap;

use crate::config::CascadeSpec;
use crate::data::condition::{self, Of};
use crate::data::network::columns::optional;
use crate::data::network::nodes::{Units, year_of};
use crate::data::table::{Needed, Table};
use crate::data::{Gazetteer, role};
use crate::diag::{Code, Diagnostic, Findings};
use crate::source::Sources;

/// A table of entities.
#[derive(Debug, Clone, Default)]
pub struct EntityData {
    /// Entities by unit, category and year.
    pub entities: Vec<Entity>,
    /// Categories, in order of text; [`Entity::category`] is a position here.
    pub categories: Vec<String>,
    /// Whether the table has a column of units.
    pub has_units: bool,
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
    if unit.is_none() && category.is_none() {
        let message =
            format!("`{}` has neither a column of units nor one of categories", table.path);
        let found = Diagnostic::error(Code::DataMissingColumn, message);
        findings.push(found.at(spec.table.span, "").help("name them under `columns`"));
    }
    let mut units = Units::new(gazetteer, unit.is_some());
    let mut read: Vec<(Option<usize>, String, Option<i32>)> = Vec::new();
    for at in chosen(spec, &table, findings) {
        let row = &table.rows[at];
        read.push((
            unit.and_then(|column| units.find(row.cell(column))),
            row.text(category),
            row.filled(year).and_then(|cell| year_of(cell, findings)),
        ));
    }
    units.report(&table, findings);
    let mut categories: Vec<String> = read.iter().map(|(_, name, _)| name.clone()).collect();
    categories.sort_unstable();
    categories.dedup();
    categories.retain(|name| !name.is_empty());
    let entity = |(unit, name, year): &(Option<usize>, String, Option<i32>)| Entity {
        unit: *unit,
        category: categories.binary_search(name).ok(),
        year: *year,
    };
    let mut entities: Vec<Entity> = read.iter().map(entity).collect();
    entities.sort_unstable();
    EntityData { entities, categories, has_units: unit.is_some() && gazetteer.is_some() }
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
