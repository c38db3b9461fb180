//! Tables of events: what happened in a unit, and when.

use std::collections::BTreeMap;

use crate::config::Input;
use crate::data::localised::Pair;
use crate::data::table::{Needed, Table};
use crate::data::unit_cells::{Named, UnitCells};
use crate::data::{Context, date, role};
use crate::diag::{Code, Diagnostic, Span};
use crate::lang::Localised;

/// A table of events.
#[derive(Debug, Clone)]
pub struct EventTable {
    /// Name templates call it by.
    pub id: String,
    /// The events of units of the sample, by unit and date; equal ones in the order of the file.
    pub events: Vec<Event>,
}

/// A dated event.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Code of the unit.
    pub unit: String,
    /// `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub date: String,
    /// Title.
    pub title: Localised<String>,
    /// What it is about; may be empty.
    pub content: Localised<String>,
    /// Note; may be empty.
    pub note: Localised<String>,
    /// Key of the source; may be empty.
    pub source: String,
    /// Where in the source; may be empty.
    pub source_ref: String,
    /// Every column of its row, as text.
    pub extra: BTreeMap<String, String>,
    /// Where its row stands.
    pub span: Span,
}

/// Reads a table of events.
pub(super) fn read(table: &Table, input: &Input, context: Context<'_>) -> EventTable {
    let Context { directory, findings, keys, .. } = context;
    table.report_if_empty(Needed::No, findings);
    let mut events = EventTable { id: input.id.clone(), events: Vec::new() };
    let required = [role::UNIT, role::DATE].map(|role| table.require(role, findings));
    let title = Pair::require(table, role::TITLE, findings);
    let ([Some(unit), Some(date)], Some(title)) = (required, title) else { return events };
    let (body, note) = (Pair::of(table, role::CONTENT), Pair::of(table, role::NOTES));
    let [source, source_ref] = [role::SOURCE, role::SOURCE_REF].map(|role| table.column(role));
    let mut units = UnitCells::new(directory);
    for row in &table.rows {
        let Named::Sampled(_, unit) = units.resolve(row.cell(unit)) else { continue };
        let when = row.cell(date);
        let Some(date) = date::date(&when.text) else {
            let message = match when.text.as_str() {
                "" => "an event has no date".to_owned(),
                text => format!("`{text}` is not a date"),
            };
            findings.push(
                Diagnostic::error(Code::DataBadCell, message)
                    .at(when.span, "")
                    .help("write `2020`, `2020-06` or `2020-06-30`"),
            );
            continue;
        };
        let title = title.read(table, row, findings);
        if title.zh.is_empty() {
            findings.push(
                Diagnostic::error(Code::DataBadCell, "an event has no title").at(row.span, ""),
            );
            continue;
        }
        events.events.push(Event {
            unit: unit.code.clone(),
            date,
            title,
            content: body.read(table, row, findings),
            note: note.read(table, row, findings),
            source: match row.filled(source) {
                Some(cell) => keys.note(cell),
                None => input.source.clone().unwrap_or_default(),
            },
            source_ref: row.text(source_ref),
            extra: row.named(table).collect(),
            span: row.span,
        });
    }
    units.report(table, findings);
    events.events.sort_by(|a, b| (&a.unit, &a.date).cmp(&(&b.unit, &b.date)));
    events
}

#[cfg(test)]
mod tests {
    use crate::data::testing::{Project, codes};

    fn project(events: &str) -> Project {
        Project::new()
            .file("data.csv", "unit,gdp\n甲,1\n")
            .file("policies.csv", events)
            .data("{ file: data.csv }")
            .data("{ file: policies.csv, kind: events, source: s }")
    }

    #[test]
    fn events_come_by_unit_and_date() {
        let text = "城市,发布时间,title_zh,title_en,class\n乙,2020,二,Two,b\n\
            甲,2021年3月,四,Four,a\n甲,2020-12-01,三,Three,a\n";
        let inputs = project(text).load().unwrap().value;
        let table = &inputs.events[0];
        assert_eq!(table.id, "policies");
        let titles: Vec<&str> = table.events.iter().map(|e| e.title.en.as_str()).collect();
        assert_eq!(titles, ["Three", "Four", "Two"]);
        assert_eq!(table.events[1].date, "2021-03");
        assert_eq!(table.events[1].extra["class"], "a");
        assert_eq!(table.events[1].source, "s");
        assert_eq!(table.events[1].content.zh, "");
    }

    #[test]
    fn mistakes_are_told() {
        let text = "unit,date,event_zh,event_en\n甲,May,一,One\n甲,2020,,\n丁,2020,一,One\n";
        let found = project(text).fail();
        assert_eq!(codes(&found), ["data/bad-cell", "data/bad-cell", "data/unknown-unit"]);
        let found = project("unit,when,what\n甲,2020,x\n").fail();
        assert_eq!(codes(&found), ["data/missing-column"; 2]);
    }

    #[test]
    fn a_table_without_events_is_a_warning() {
        let warnings = project("unit,date,title\n").load().unwrap().warnings;
        assert_eq!(codes(&warnings), ["data/empty-table"]);
    }
}
