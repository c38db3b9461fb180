//! Wide tables of indicators: a row per unit (and year), a column per indicator.
//!
//! Columns that no formula and no correction uses are not looked into: they may hold text.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Input;
use crate::data::indicators::{self, Entry};
use crate::data::provenance::ProvenanceColumns;
use crate::data::raw_store::RawStore;
use crate::data::table::{Row, Table};
use crate::data::unit_cells::{Named, UnitCells};
use crate::data::{Context, fold, role};
use crate::diag::{Code, Diagnostic};

/// Reads every row about a unit of the sample; returns the columns there are, or none if the unit
/// column is missing.
pub(super) fn read(
    table: &Table,
    input: &Input,
    store: &mut RawStore,
    context: Context<'_>,
) -> Option<BTreeSet<String>> {
    let Context { directory, findings, keys, .. } = context;
    let unit = table.require(role::UNIT, findings)?;
    let provenance = ProvenanceColumns::of(table, input);
    let measures = indicators::measures(input);
    let mut columns = BTreeMap::new();
    for (position, head) in table.header.iter().enumerate() {
        let name = fold::narrow(&head.text);
        if position != unit && !provenance.contain(position) && !name.is_empty() {
            store.know(&name, head.span);
            columns.insert(name, position);
        }
    }
    let wanted: Vec<(&String, usize)> = columns
        .iter()
        .filter(|(name, _)| store.wants(name))
        .map(|(name, at)| (name, *at))
        .collect();
    let mut units = UnitCells::new(directory);
    let mut seen: BTreeMap<(usize, Option<i32>), &Row> = BTreeMap::new();
    for row in &table.rows {
        let unit_cell = row.cell(unit);
        let position = match units.resolve(unit_cell) {
            Named::Sampled(position, _) => position,
            Named::Outside(_) => continue,
            Named::Nothing => {
                damage(store, &wanted);
                continue;
            }
        };
        let Some(provenance) = provenance.read(row, keys, findings) else {
            damage(store, &wanted);
            continue;
        };
        let year = provenance.year;
        if let Some(first) = seen.insert((position, year), row) {
            let year = year.map_or(String::new(), |year| format!(" for {year}"));
            findings.push(
                Diagnostic::error(
                    Code::DataDuplicateValue,
                    format!("`{}` has two rows{year}", unit_cell.text),
                )
                .at(unit_cell.span, "again here")
                .at(first.cell(unit).span, "first here")
                .help("keep one of them"),
            );
            continue;
        }
        for &(column, at) in &wanted {
            let entry = Entry {
                unit: position,
                unit_text: &unit_cell.text,
                column: column.clone(),
                cell: row.cell(at),
                measure: measures.get(column).cloned().unwrap_or_default(),
                provenance: provenance.clone(),
            };
            indicators::add(entry, store, findings);
        }
    }
    units.report(table, findings);
    Some(columns.into_keys().collect())
}

/// Notes that a row was left out.
fn damage(store: &mut RawStore, columns: &[(&String, usize)]) {
    for (column, _) in columns {
        store.mark_damaged(column);
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Status;
    use crate::data::testing::{Project, codes};

    #[test]
    fn columns_are_indicators() {
        let text =
            "代码\t年份\tgdp\tremarks\n1\t2020\t1,234\tgood\n2\t2020\t12%\tbad\n3\t2020\t--\t\n";
        let inputs = Project::new()
            .file("data.csv", text)
            .data("{ file: data.csv, status: estimate, source: s1, measures: { gdp: 亿元 } }")
            .load()
            .unwrap()
            .value;
        let raw = &inputs.dataset.raw;
        assert_eq!(
            raw.iter().map(|c| c.value).collect::<Vec<_>>(),
            [Some(1234.0), Some(12.0), None]
        );
        assert_eq!((raw[0].status, raw[0].source.as_str()), (Status::Estimate, "s1"));
        assert_eq!((raw[0].measure.as_str(), raw[0].year), ("亿元", Some(2020)));
        assert_eq!(inputs.registry.sources[0].key, "s1");
    }

    #[test]
    fn rows_without_year_take_that_of_the_table() {
        let project = Project::new()
            .file("data.csv", "city;gdp\n甲;1\n")
            .data("{ file: data.csv, layout: wide, year: 2019 }");
        assert_eq!(project.load().unwrap().value.dataset.raw[0].year, Some(2019));
        let project = Project::new().file("data.csv", "city;gdp\n甲;1\n");
        let inputs = project.load().unwrap().value;
        assert_eq!((inputs.dataset.raw[0].year, inputs.dataset.indicators[0].year), (None, None));
    }

    #[test]
    fn a_unit_stands_once() {
        let found = Project::new().file("data.csv", "unit,gdp,x\n甲,1,1\n甲市,1,1\n").fail();
        assert_eq!(codes(&found), ["data/duplicate-value"]);
        assert_eq!(found[0].message, "`甲市` has two rows");
    }

    #[test]
    fn a_bad_cell_is_underlined() {
        let project = Project::new().file("data.csv", "unit,x,gdp\n甲,\"a, b\",\"1,2\"\n乙,,1\n");
        let found = project.fail();
        assert_eq!(codes(&found), ["data/not-a-number"]);
        assert_eq!(project.under(&found[0]), "1,2");
    }

    #[test]
    fn measures_of_no_column_are_told() {
        let found = Project::new()
            .file("data.csv", "unit,gdp\n甲,1\n")
            .data("{ file: data.csv, measures: { gdpp: 亿元 } }")
            .fail();
        assert_eq!(codes(&found), ["config/unknown-name"]);
        assert_eq!(found[0].help, ["did you mean `gdp`?"]);
    }
}
