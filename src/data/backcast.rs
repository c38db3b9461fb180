//! An earlier edition's data under the methodology of this one.
//!
//! The formulas of this edition are evaluated for the year of the earlier one, over the earlier
//! tables. Where these lack a cell that a formula asks for, the cell of this edition stands in: a
//! column after `@` is then the same in both and counts as no change of data, and the earlier year
//! of a column that is new to the index comes from the tables that have it. An indicator that cannot
//! be derived even so takes the values of this edition.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Config, Methodology};
use crate::data::Inputs;
use crate::data::dataset::{Dataset, IndicatorData, RawCell};
use crate::data::derive::{Material, derive};
use crate::data::fold;
use crate::data::forced::ForcedUnit;
use crate::data::gazetteer::Unit;
use crate::data::raw_store::{RawKey, RawStore};
use crate::data::records::RecordTable;
use crate::diag::{Diagnostic, Findings};
use crate::source::Sources;

/// A configuration and what was read for it.
#[derive(Debug, Clone, Copy)]
pub struct Loaded<'a> {
    /// What was asked for.
    pub config: &'a Config,
    /// What was read, as it was derived.
    pub inputs: &'a Inputs,
}

/// Indicators of this edition's framework from the earlier edition's data.
#[derive(Debug, Clone)]
pub struct Backcast {
    /// By unit, in the order of the common units.
    pub dataset: Dataset,
    /// Positions of the indicators that take this edition's values, for want of earlier ones.
    pub absent: Vec<usize>,
    /// Why indicators could not be derived, apart from want of data.
    pub found: Vec<Diagnostic>,
}

/// Derives this edition's indicators from the earlier edition's data.
///
/// `common` are the units of both samples in order of code: positions in this one, then in the
/// earlier one.
#[must_use]
pub fn backcast(
    sources: &Sources,
    now: Loaded<'_>,
    before: Loaded<'_>,
    common: &[(usize, usize)],
) -> Backcast {
    let year = before.config.method.year.filter(|_| now.config.method.year.is_some());
    let method = year.map_or_else(
        || Methodology { variants: Vec::new(), ..now.config.method.clone() },
        |year| now.config.method.at_year(year),
    );
    let config = Config { method, ..now.config.clone() };
    let raw = raw_cells(&config, now.inputs, before.inputs, common);
    let mut store = RawStore::new(&config, &[]);
    for cell in &raw {
        store.know(&cell.column, cell.span);
    }
    let records = records(now.inputs, before.inputs, common);
    let units: Vec<Unit> = common.iter().map(|&(own, _)| now.inputs.units[own].clone()).collect();
    let material =
        Material { sources, config: &config, units: &units, raw: &raw, records: &records };
    let mut findings = Findings::default();
    let derived = derive(material, &store, &mut findings);
    let found = findings.finish(()).map_or_else(|found| found, |warned| warned.warnings);
    let own: Vec<usize> = common.iter().map(|&(own, _)| own).collect();
    let now_restricted = now.inputs.dataset.restricted(&own);
    let mut absent = Vec::new();
    let indicators = now_restricted.indicators.into_iter().map(|now| {
        let earlier = derived.iter().find(|i| i.node == now.node);
        let has_values = |i: &&IndicatorData| i.cells.iter().any(Option::is_some);
        if let Some(earlier) = earlier.filter(has_values) {
            return IndicatorData { pooled: now.pooled, ..earlier.clone() };
        }
        absent.push(now.node);
        now
    });
    let indicators = indicators.collect();
    let dataset = Dataset { indicators, forced: now_restricted.forced, ..Dataset::default() };
    let is_want = |d: &Diagnostic| {
        use crate::diag::Code::{DataMissingColumn, DataNoValues};
        matches!(d.code, DataMissingColumn | DataNoValues)
    };
    Backcast { dataset, absent, found: found.into_iter().filter(|d| !is_want(d)).collect() }
}

/// The earlier cells, and those of this edition that a formula asks for and the earlier tables lack.
fn raw_cells(
    config: &Config,
    now: &Inputs,
    before: &Inputs,
    common: &[(usize, usize)],
) -> Vec<RawCell> {
    let mut cells: BTreeMap<RawKey, RawCell> = BTreeMap::new();
    let mut add = |cell: &RawCell, unit: usize| {
        let key = (unit, cell.column.clone(), cell.year);
        if cells.get(&key).is_none_or(|known| known.value.is_none()) {
            cells.insert(key, RawCell { unit, ..cell.clone() });
        }
    };
    let of_before: BTreeMap<usize, usize> =
        common.iter().enumerate().map(|(at, &(_, before))| (before, at)).collect();
    let of_now: BTreeMap<usize, usize> =
        common.iter().enumerate().map(|(at, &(now, _))| (now, at)).collect();
    for cell in &before.dataset.raw {
        if let Some(&unit) = of_before.get(&cell.unit) {
            add(cell, unit);
        }
    }
    let wanted = wanted(&config.method);
    for cell in &now.dataset.raw {
        let asked = wanted.contains(&(cell.column.clone(), cell.year)) || cell.year.is_none();
        if let Some(&unit) = of_now.get(&cell.unit).filter(|_| asked) {
            add(cell, unit);
        }
    }
    cells.into_values().collect()
}

/// The columns of the formulas, each with the year it is taken from.
fn wanted(method: &Methodology) -> BTreeSet<(String, Option<i32>)> {
    let specs = method.nodes.iter().filter_map(|node| node.indicator());
    let columns = specs.flat_map(|spec| {
        spec.value.formulas().into_iter().flat_map(move |formula| {
            let columns = formula.columns().into_iter();
            let dated = columns.map(move |(name, at)| (fold::narrow(name), at.or(spec.year)));
            dated.chain([(fold::narrow(&formula.text), spec.year)])
        })
    });
    columns.collect()
}

/// The earlier records, and this edition's of tables the earlier one has not.
fn records(now: &Inputs, before: &Inputs, common: &[(usize, usize)]) -> Vec<RecordTable> {
    let tables = now.dataset.records.iter().map(|own| {
        let earlier = before.dataset.records.iter().find(|table| table.id == own.id);
        let place = |unit: usize| match earlier {
            Some(_) => common.iter().position(|&(_, before)| before == unit),
            None => common.iter().position(|&(now, _)| now == unit),
        };
        let table = earlier.unwrap_or(own);
        let mut records = Vec::new();
        for record in &table.records {
            if let Some(unit) = place(record.unit) {
                let mut record = record.clone();
                record.unit = unit;
                records.push(record);
            }
        }
        RecordTable { records, ..table.clone() }
    });
    tables.collect()
}

impl Dataset {
    /// The indicators of some units, in their order; raw cells and records are left out.
    #[must_use]
    pub fn restricted(&self, units: &[usize]) -> Self {
        let indicators = self.indicators.iter().map(|own| own.restricted(units)).collect();
        let forced = self.forced.iter().filter_map(|forced| {
            let unit = units.iter().position(|&unit| unit == forced.unit)?;
            Some(ForcedUnit { unit, ..*forced })
        });
        Self { indicators, forced: forced.collect(), ..Self::default() }
    }
}

impl IndicatorData {
    /// The values of some units, in their order.
    fn restricted(&self, units: &[usize]) -> Self {
        let years = self.pooled.chunks(self.cells.len().max(1));
        Self {
            node: self.node,
            year: self.year,
            years: self.years.clone(),
            cells: units.iter().map(|&unit| self.cells[unit].clone()).collect(),
            bases: self
                .bases
                .iter()
                .map(|(&year, base)| (year, units.iter().map(|&unit| base[unit]).collect()))
                .collect(),
            references: self
                .references
                .iter()
                .filter_map(|(name, unit)| {
                    Some((name.clone(), units.iter().position(|own| own == unit)?))
                })
                .collect(),
            pooled: years.flat_map(|year| units.iter().map(|&unit| year[unit])).collect(),
        }
    }
}
