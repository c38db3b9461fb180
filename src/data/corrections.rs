//! Corrections: changes laid over the raw cells, each held against the figure it corrects.

use std::collections::BTreeMap;

use crate::config::{CorrectionEntry, Status};
use crate::data::dataset::RawCell;
use crate::data::fold;
use crate::data::gazetteer::{Gazetteer, Unit};
use crate::data::names::Lookup;
use crate::data::raw_store::{RawKey, RawStore};
use crate::data::sample::ambiguous;
use crate::diag::{Code, Diagnostic, Findings, alternatives, nearest};

/// Two figures this close, relative to their size, are one.
const TOLERANCE: f64 = 1e-9;

/// A correction that was applied.
#[derive(Debug, Clone)]
pub struct Correction {
    /// The correction as written.
    pub entry: CorrectionEntry,
    /// Position of its unit in the sample.
    pub unit: usize,
    /// Position of its cell among the raw cells.
    pub raw: usize,
}

/// A correction that was applied, and the cell it changed.
#[derive(Debug)]
pub(super) struct Applied {
    entry: CorrectionEntry,
    key: RawKey,
}

/// Applies corrections in the order of the file; those of units outside the sample are left out.
pub(super) fn apply(
    entries: Vec<CorrectionEntry>,
    store: &mut RawStore,
    gazetteer: &Gazetteer,
    units: &[Unit],
    findings: &mut Findings,
) -> Vec<Applied> {
    let mut applied: Vec<Applied> = Vec::new();
    for entry in entries {
        let Some(unit) = findings.keep(unit_of(&entry, gazetteer)) else { continue };
        let Ok(position) = units.binary_search_by(|other| other.code.cmp(&unit.code)) else {
            continue;
        };
        let key = (position, fold::narrow(&entry.indicator.0), entry.year);
        if let Some(found) = not_finite(&entry).or_else(|| no_target(&entry, &key, store)) {
            findings.push(found);
            continue;
        }
        let Some(cell) = target(&entry, &key, store) else { continue };
        if !same(cell.value, entry.from.0) {
            let earlier = cell.correction.map(|i| &applied[i].entry);
            findings.push(mismatch(&entry, cell, earlier));
            continue;
        }
        cell.value = entry.to;
        cell.correction = Some(applied.len());
        applied.push(Applied { entry, key });
    }
    applied
}

/// Tells the position of every corrected cell.
pub(super) fn place(applied: Vec<Applied>, positions: &BTreeMap<RawKey, usize>) -> Vec<Correction> {
    let placed = |Applied { entry, key }: Applied| {
        let raw = positions.get(&key).copied()?;
        Some(Correction { entry, unit: key.0, raw })
    };
    applied.into_iter().filter_map(placed).collect()
}

fn unit_of<'a>(entry: &CorrectionEntry, gazetteer: &'a Gazetteer) -> Result<&'a Unit, Diagnostic> {
    let (name, span) = &entry.unit;
    gazetteer.find(name).map_err(|why| match why {
        Lookup::Unknown(near) => {
            Diagnostic::error(Code::DataUnknownUnit, format!("the gazetteer has no unit `{name}`"))
                .at(*span, "")
                .did_you_mean(&near)
        }
        Lookup::Ambiguous(candidates) => ambiguous(name, &candidates).at(*span, ""),
    })
}

fn not_finite(entry: &CorrectionEntry) -> Option<Diagnostic> {
    let figures = [entry.from.0, entry.to];
    figures.into_iter().flatten().any(|figure| !figure.is_finite()).then(|| {
        Diagnostic::error(Code::ConfigBadValue, "a correction wants finite numbers or `null`")
            .at(entry.indicator.1, "in this correction")
    })
}

/// The finding that the data do not hold the figure; none if they do, or if what is missing may
/// be due to mistakes told already.
fn no_target(entry: &CorrectionEntry, key: &RawKey, store: &RawStore) -> Option<Diagnostic> {
    let (unit, column, year) = key;
    if !store.columns().contains_key(column) {
        let near = nearest(column, store.columns().keys().map(String::as_str));
        let message = format!("no input has a column `{column}` to correct");
        return store.is_read().then(|| {
            Diagnostic::error(Code::CorrectionNoTarget, message)
                .at(entry.indicator.1, "")
                .did_you_mean(&near)
                .help("name a column of the data, not the code of a derived indicator")
        });
    }
    let has_row = store.column(column).any(|cell| (cell.unit, cell.year) == (*unit, *year));
    let has_years = |cell: &RawCell| cell.year.is_some() == year.is_some();
    let fills_gap = entry.from.0.is_none() && store.column(column).any(has_years);
    if has_row || fills_gap || !store.is_whole(column) {
        return None;
    }
    let years: Vec<String> = store
        .column(column)
        .filter(|cell| cell.unit == *unit)
        .filter_map(|cell| cell.year.map(|year| format!("`{year}`")))
        .collect();
    let when = year.map_or(" without year".to_owned(), |year| format!(" for {year}"));
    let found = Diagnostic::error(
        Code::CorrectionNoTarget,
        format!("the data hold no `{column}` of `{}`{when}", entry.unit.0),
    )
    .at(entry.indicator.1, "");
    Some(match (years.as_slice(), year) {
        ([], Some(_)) if store.column(column).any(|cell| cell.unit == *unit) => {
            found.help("leave `year` out: the data have no years")
        }
        ([], _) => found.help("write `from: null` to add a figure that the data lack"),
        (years, _) => found.help(format!("write `year` as {}", alternatives(years))),
    })
}

/// The cell to correct, made anew if the correction fills a gap without a row.
fn target<'a>(
    entry: &CorrectionEntry,
    key: &RawKey,
    store: &'a mut RawStore,
) -> Option<&'a mut RawCell> {
    if entry.from.0.is_some() || store.get_mut(key).is_some() {
        return store.get_mut(key);
    }
    let measure = store.column(&key.1).map(|cell| &cell.measure).find(|m| !m.is_empty()).cloned();
    let cell = RawCell {
        unit: key.0,
        column: key.1.clone(),
        year: key.2,
        value: None,
        original: None,
        measure: measure.unwrap_or_default(),
        status: Status::Secondary,
        source: String::new(),
        note: String::new(),
        span: entry.from.1,
        correction: None,
    };
    Some(store.add(key.clone(), cell))
}

fn same(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (None, None) => true,
        (Some(a), Some(b)) => (a - b).abs() <= TOLERANCE * a.abs().max(b.abs()),
        _ => false,
    }
}

fn mismatch(
    entry: &CorrectionEntry,
    cell: &RawCell,
    earlier: Option<&CorrectionEntry>,
) -> Diagnostic {
    let text = |value: Option<f64>| value.map_or("no value".to_owned(), |v| format!("`{v}`"));
    let (expected, found) = (text(entry.from.0), text(cell.value));
    let year = entry.year.map_or(String::new(), |year| format!(" in {year}"));
    let diagnostic = Diagnostic::error(
        Code::CorrectionMismatch,
        format!(
            "the correction of `{}` of `{}`{year} expects {expected}, but there is {found}",
            entry.indicator.0, entry.unit.0
        ),
    )
    .at(entry.from.1, format!("{expected} expected"))
    .at(cell.span, format!("{} in the data", text(cell.original)));
    match earlier {
        Some(earlier) => diagnostic
            .at(earlier.from.1, format!("corrected to {found} here"))
            .help("write into `from` what the earlier correction put there"),
        None if same(cell.value, entry.to) => {
            diagnostic.help("remove the correction: the data hold the corrected value already")
        }
        None => {
            diagnostic.help("look at the source again, then write into `from` what the data say")
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::data::testing::{Project, codes};

    const DATA: &str = "unit,indicator,year,value,measure\n\
        甲,gdp,2020,100,亿元\n乙,gdp,2020,—,亿元\n甲,gdp,2019,90,亿元\n";

    fn project(entries: &[&str]) -> Project {
        let mut text = String::from("corrections:\n");
        for entry in entries {
            let rest = "reason: { zh: 因, en: why }, date: 2024-01-01, by: desk";
            text.extend(["  - { ", entry, ", ", rest, " }\n"]);
        }
        Project::new()
            .file("data.csv", DATA)
            .file("corrections.yaml", &text)
            .report("corrections: corrections.yaml")
    }

    #[test]
    fn corrections_change_what_they_expect() {
        let inputs = project(&[
            "unit: 甲, indicator: gdp, year: 2020, from: 100.00, to: 110",
            "unit: Alpha, indicator: gdp, year: 2020, from: 110, to: 120",
            "unit: 乙, indicator: gdp, year: 2020, from: null, to: 50",
            "unit: 丙, indicator: gdp, year: 2020, from: null, to: 60",
            "unit: 甲, indicator: gdp, year: 2019, from: 90, to: null",
        ])
        .load()
        .unwrap()
        .value;
        let raw = &inputs.dataset.raw;
        let brief: Vec<_> = raw.iter().map(|c| (c.unit, c.year, c.value, c.original)).collect();
        assert_eq!(
            brief,
            [
                (0, Some(2019), None, Some(90.0)),
                (0, Some(2020), Some(120.0), Some(100.0)),
                (1, Some(2020), Some(50.0), None),
                (2, Some(2020), Some(60.0), None),
            ]
        );
        assert_eq!(raw[1].correction, Some(1));
        assert_eq!(raw[3].measure, "亿元");
        let cells: Vec<usize> = inputs.corrections.iter().map(|c| c.raw).collect();
        assert_eq!(cells, [1, 1, 2, 3, 0]);
        let values: Vec<_> = inputs.dataset.indicators[0].cells.iter().flatten().collect();
        assert_eq!(values.len(), 3);
    }

    #[test]
    fn a_correction_that_meets_another_figure_is_an_error() {
        let project = project(&["unit: 甲, indicator: gdp, year: 2020, from: 101, to: 100"]);
        let found = project.fail();
        assert_eq!(codes(&found), ["correction/mismatch"]);
        assert_eq!(project.under(&found[0]), "101");
        assert_eq!(found[0].labels[1].text, "`100` in the data");
        assert!(found[0].help[0].starts_with("remove the correction"));
    }

    #[test]
    fn a_chain_goes_on_from_the_last_value() {
        let found = project(&[
            "unit: 甲, indicator: gdp, year: 2020, from: 100, to: 110",
            "unit: 甲, indicator: gdp, year: 2020, from: 100, to: 120",
        ])
        .fail();
        assert_eq!(codes(&found), ["correction/mismatch"]);
        assert_eq!(found[0].labels[2].text, "corrected to `110` here");
    }

    #[test]
    fn corrections_of_nothing_are_errors() {
        let found = project(&[
            "unit: 甲, indicator: gdpp, year: 2020, from: 1, to: 2",
            "unit: 甲, indicator: gdp, year: 2021, from: 1, to: 2",
            "unit: 甲, indicator: gdp, from: null, to: 2",
            "unit: 丁, indicator: gdp, year: 2020, from: 1, to: 2",
        ])
        .fail();
        assert_eq!(
            codes(&found),
            [
                "correction/no-target",
                "correction/no-target",
                "correction/no-target",
                "data/unknown-unit"
            ]
        );
        assert_eq!(found[0].help[0], "did you mean `gdp`?");
        assert_eq!(found[1].help, ["write `year` as `2019` or `2020`"]);
    }

    #[test]
    fn corrections_outside_the_sample_are_left_out() {
        let project = project(&["unit: 丙, indicator: gdp, year: 2020, from: 1, to: 2"]);
        let project = project.cities("{ gazetteer: cities.csv, include: [甲, 乙] }");
        assert!(project.load().unwrap().value.corrections.is_empty());
    }
}
