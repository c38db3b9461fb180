//! Raw cells while they are gathered: one per unit, column and year, whatever the order of rows.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Config, CorrectionEntry, Input, InputKind};
use crate::data::dataset::RawCell;
use crate::data::fold;
use crate::diag::{Code, Diagnostic, Findings, Span};

/// What a raw cell is found by: unit, column, year.
pub(super) type RawKey = (usize, String, Option<i32>);

/// Raw cells by unit, column and year.
#[derive(Debug, Default)]
pub(super) struct RawStore {
    cells: BTreeMap<RawKey, RawCell>,
    columns: BTreeMap<String, Span>,
    wanted: BTreeSet<String>,
    is_unread: bool,
    is_partial: bool,
    damaged: BTreeSet<String>,
}

impl RawStore {
    /// Starts empty; wide tables need to know which columns are wanted.
    pub(super) fn new(config: &Config, corrections: &[CorrectionEntry]) -> Self {
        let specs = config.method.nodes.iter().filter_map(|node| node.indicator());
        let formulas = specs.flat_map(|spec| {
            spec.value.formulas().into_iter().flat_map(|formula| {
                let columns = formula.columns().into_iter().map(|(name, _)| fold::narrow(name));
                columns.chain([fold::narrow(&formula.text)])
            })
        });
        let corrected = corrections.iter().map(|entry| fold::narrow(&entry.indicator.0));
        Self { wanted: formulas.chain(corrected).collect(), ..Self::default() }
    }

    /// Whether a formula or a correction uses a column.
    pub(super) fn wants(&self, column: &str) -> bool {
        self.wanted.contains(column)
    }

    /// Remembers that a column exists, and the first place that names it.
    pub(super) fn know(&mut self, column: &str, span: Span) {
        if !self.columns.contains_key(column) {
            self.columns.insert(column.to_owned(), span);
        }
    }

    /// Every column there is, with the first place that names it.
    pub(super) const fn columns(&self) -> &BTreeMap<String, Span> {
        &self.columns
    }

    /// Notes that a table, or rows of it, could not be read at all: columns may be missing for
    /// that reason only.
    pub(super) fn mark_unread(&mut self, input: &Input) {
        self.is_unread |= matches!(input.kind, InputKind::Indicators(_));
    }

    /// Notes that units of the sample could not be told: values may be missing for that reason.
    pub(super) const fn mark_partial(&mut self) {
        self.is_partial = true;
    }

    /// Notes that a value of a column was left out: others may be missing for that reason only.
    pub(super) fn mark_damaged(&mut self, column: &str) {
        if !self.damaged.contains(column) {
            self.damaged.insert(column.to_owned());
        }
    }

    /// Whether every table could be read.
    pub(super) const fn is_read(&self) -> bool {
        !self.is_unread
    }

    /// Whether every value of a column could be read.
    pub(super) fn is_whole(&self, column: &str) -> bool {
        !self.is_unread && !self.is_partial && !self.damaged.contains(column)
    }

    /// Adds a cell; a second value for the same unit, column and year is a finding. A missing
    /// value gives way to one that is there.
    pub(super) fn insert(&mut self, cell: RawCell, unit: &str, findings: &mut Findings) {
        let key = (cell.unit, cell.column.clone(), cell.year);
        let Some(first) = self.cells.get(&key) else {
            self.cells.insert(key, cell);
            return;
        };
        if first.value.is_some() && cell.value.is_some() {
            let year = cell.year.map_or(String::new(), |year| format!(" for {year}"));
            findings.push(
                Diagnostic::error(
                    Code::DataDuplicateValue,
                    format!("`{}` of `{unit}` has two values{year}", cell.column),
                )
                .at(cell.span, "again here")
                .at(first.span, "first here")
                .help("keep one of them"),
            );
            return;
        }
        let order = |c: &RawCell| (c.value.is_none(), c.status, c.source.clone(), c.note.clone());
        if order(&cell) < order(first) {
            self.cells.insert(key, cell);
        }
    }

    /// The cell of a key.
    pub(super) fn get_mut(&mut self, key: &RawKey) -> Option<&mut RawCell> {
        self.cells.get_mut(key)
    }

    /// Adds a cell that a correction makes.
    pub(super) fn add(&mut self, key: RawKey, cell: RawCell) -> &mut RawCell {
        self.cells.entry(key).or_insert(cell)
    }

    /// The cells of a column.
    pub(super) fn column<'a>(&'a self, column: &'a str) -> impl Iterator<Item = &'a RawCell> {
        self.cells.values().filter(move |cell| cell.column == column)
    }

    /// Ends the gathering: the cells in order, and the position of each.
    pub(super) fn freeze(&mut self) -> (Vec<RawCell>, BTreeMap<RawKey, usize>) {
        let (mut cells, mut positions) = (Vec::new(), BTreeMap::new());
        for (key, cell) in std::mem::take(&mut self.cells) {
            positions.insert(key, cells.len());
            cells.push(cell);
        }
        (cells, positions)
    }
}
