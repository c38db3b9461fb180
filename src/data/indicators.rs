//! Tables of indicators: which layout they have, and what both layouts share.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{Input, Layout};
use crate::data::dataset::RawCell;
use crate::data::provenance::Provenance;
use crate::data::raw_store::RawStore;
use crate::data::table::{Needed, Table, Text};
use crate::data::{Context, fold, long, number, role, wide};
use crate::diag::{Code, Diagnostic, Findings, nearest};

/// Reads a table of indicators into `store`.
pub(super) fn read(
    table: &Table,
    input: &Input,
    layout: Option<Layout>,
    store: &mut RawStore,
    context: Context<'_>,
) {
    let Context { config, directory, findings, keys } = context;
    table.report_if_empty(Needed::Yes, findings);
    let inner = Context { config, directory, findings, keys };
    let columns = match layout.unwrap_or_else(|| find_layout(table, store)) {
        Layout::Long => long::read(table, input, store, inner),
        Layout::Wide => wide::read(table, input, store, inner),
    };
    match columns {
        Some(columns) if table.is_whole() => report_unknown_measures(input, &columns, findings),
        _ => store.mark_unread(input),
    }
}

/// Long if the header says so. Half a long header is taken for a long one with a mistake if no
/// other column could be an indicator.
fn find_layout(table: &Table, store: &RawStore) -> Layout {
    let named = [role::INDICATOR, role::VALUE].map(|role| table.column(role).is_some());
    let is_wanted = || table.header.iter().any(|head| store.wants(&fold::narrow(&head.text)));
    match named {
        [true, true] => Layout::Long,
        [false, false] => Layout::Wide,
        _ if is_wanted() => Layout::Wide,
        _ => Layout::Long,
    }
}

/// The measures that the configuration gives, by column.
pub(super) fn measures(input: &Input) -> BTreeMap<String, String> {
    let narrow = |(column, measure): (&String, &String)| (fold::narrow(column), measure.clone());
    input.measures.iter().map(narrow).collect()
}

fn report_unknown_measures(input: &Input, columns: &BTreeSet<String>, findings: &mut Findings) {
    for column in measures(input).into_keys().filter(|column| !columns.contains(column)) {
        findings.push(
            Diagnostic::error(
                Code::ConfigUnknownName,
                format!("`measures` names `{column}`, which `{}` does not have", input.table.path),
            )
            .at(input.table.span, "")
            .did_you_mean(&nearest(&column, columns.iter().map(String::as_str))),
        );
    }
}

/// A value together with where it stands.
pub(super) struct Entry<'a> {
    /// Position of the unit in the sample.
    pub(super) unit: usize,
    /// The unit as written.
    pub(super) unit_text: &'a str,
    /// Column, or indicator of a long table.
    pub(super) column: String,
    /// The cell with the value.
    pub(super) cell: &'a Text,
    /// Unit of measurement; may be empty.
    pub(super) measure: String,
    /// Where it comes from.
    pub(super) provenance: Provenance,
}

/// Adds an entry to the store, or a finding if it is no number.
pub(super) fn add(entry: Entry<'_>, store: &mut RawStore, findings: &mut Findings) {
    let Entry { unit, unit_text, column, cell, measure, provenance } = entry;
    let Provenance { year, status, source, note } = provenance;
    match number::parse(&cell.text) {
        Ok(number) => {
            let value = number.map(|number| number.value);
            let raw = RawCell {
                unit,
                column,
                year,
                value,
                original: value,
                measure,
                status,
                source,
                note,
                span: cell.span,
                correction: None,
            };
            store.insert(raw, unit_text, findings);
        }
        Err(why) => {
            store.mark_damaged(&column);
            let year = year.map_or(String::new(), |year| format!(" in {year}"));
            findings.push(
                Diagnostic::error(
                    Code::DataNotANumber,
                    format!("`{}` is not a number: `{column}` of `{unit_text}`{year}", cell.text),
                )
                .at(cell.span, "")
                .help(why.to_string()),
            );
        }
    }
}
