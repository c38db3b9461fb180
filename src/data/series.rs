//! Series: the raw cells of one column in one year, and which year a column is taken from.

use std::collections::BTreeMap;

use crate::data::dataset::RawCell;
use crate::data::over_time::Known;

/// The cells of one column in one year, by unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Series<'a> {
    /// The year, if the data have years.
    pub(super) year: Option<i32>,
    cells: &'a BTreeMap<usize, usize>,
}

static NOTHING: BTreeMap<usize, usize> = BTreeMap::new();

impl Series<'_> {
    /// A year in which nobody has a value.
    pub(super) const fn empty(year: i32) -> Self {
        Self { year: Some(year), cells: &NOTHING }
    }

    /// Position of a unit's cell among the raw cells.
    pub(super) fn cell(&self, unit: usize) -> Option<usize> {
        self.cells.get(&unit).copied()
    }

    /// Positions of all its cells among the raw cells.
    pub(super) fn cells(&self) -> impl Iterator<Item = usize> + '_ {
        self.cells.values().copied()
    }
}

/// Why there is no series.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoSeries {
    /// A year is asked for and the column has none.
    NoYears,
    /// No unit has a value: in the year asked for, or at all.
    NoValues {
        /// The year.
        year: Option<i32>,
        /// Years with values.
        others: Vec<i32>,
    },
}

type Years = BTreeMap<Option<i32>, BTreeMap<usize, usize>>;

/// All series of a dataset.
#[derive(Debug)]
pub(super) struct SeriesIndex<'a> {
    raw: &'a [RawCell],
    columns: BTreeMap<&'a str, Years>,
}

impl<'a> SeriesIndex<'a> {
    /// Indexes raw cells.
    pub(super) fn of(raw: &'a [RawCell]) -> Self {
        let mut columns: BTreeMap<&str, Years> = BTreeMap::new();
        for (position, cell) in raw.iter().enumerate() {
            let years = columns.entry(&cell.column).or_default();
            years.entry(cell.year).or_default().insert(cell.unit, position);
        }
        Self { raw, columns }
    }

    /// The values a unit has in a column, by year.
    pub(super) fn history(&self, column: &str, unit: usize) -> Vec<Known> {
        let years = self.columns.get(column).into_iter().flatten();
        let known = years.filter_map(|(year, cells)| {
            let raw = *cells.get(&unit)?;
            Some(Known { year: (*year)?, value: self.raw[raw].value?, raw })
        });
        known.collect()
    }

    /// The series of a column: of the year `at`, which the formula states; else of the year
    /// `stated` for the indicator, unless the column has no years; else of the year with most
    /// values, the later of equals.
    pub(super) fn pick(
        &self,
        column: &str,
        at: Option<i32>,
        stated: Option<i32>,
    ) -> Result<Series<'_>, NoSeries> {
        let none = NoSeries::NoValues { year: at.or(stated), others: Vec::new() };
        let Some(years) = self.columns.get(column) else { return Err(none) };
        let has_years = years.keys().any(Option::is_some);
        if at.is_some() && !has_years {
            return Err(NoSeries::NoYears);
        }
        let count = |cells: &BTreeMap<usize, usize>| {
            cells.values().filter(|&&cell| self.raw[cell].value.is_some()).count()
        };
        let with_values = years.iter().filter(|(_, cells)| count(cells) > 0);
        let wanted = at.or(stated.filter(|_| has_years));
        let picked = match wanted {
            Some(_) => with_values.clone().find(|(year, _)| **year == wanted),
            None => with_values.clone().max_by_key(|(year, cells)| (count(cells), **year)),
        };
        match picked {
            Some((&year, cells)) => Ok(Series { year, cells }),
            None => Err(NoSeries::NoValues {
                year: wanted,
                others: with_values.filter_map(|(year, _)| *year).collect(),
            }),
        }
    }
}
