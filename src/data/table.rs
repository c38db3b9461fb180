//! A table with the place of every cell, read from CSV; `xlsx` reads the same from a spreadsheet.
//!
//! UTF-8 or GB 18030; comma, tab or semicolon, found out from the header. Blank rows are skipped.
//! The `csv` crate says what a record holds and where it begins; the walk in [`cell_ranges`] says
//! which bytes each cell stands on.

use crate::config::TableFile;
use crate::data::role::Role;
use crate::data::{fold, xlsx};
use crate::diag::{Code, Diagnostic, FileId, Findings, Span, nearest};
use crate::source::{Encoding, Sources};

/// A text and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Text {
    /// The text, trimmed.
    pub(super) text: String,
    /// Its bytes in the file, without quotation marks.
    pub(super) span: Span,
}

/// One row; it has as many cells as the header.
#[derive(Debug, Clone)]
pub(super) struct Row {
    cells: Vec<Text>,
    /// From its first cell to its last.
    pub(super) span: Span,
}

impl Row {
    /// The cell of a column.
    pub(super) fn cell(&self, column: usize) -> &Text {
        &self.cells[column]
    }

    /// The cell of a column that may be absent, or be empty.
    pub(super) fn filled(&self, column: Option<usize>) -> Option<&Text> {
        column.map(|c| self.cell(c)).filter(|cell| !cell.text.is_empty())
    }

    /// The text of a column that may be absent.
    pub(super) fn text(&self, column: Option<usize>) -> String {
        self.filled(column).map(|cell| cell.text.clone()).unwrap_or_default()
    }

    /// Every cell with the name of its column.
    pub(super) fn named<'a>(
        &'a self,
        table: &'a Table,
    ) -> impl Iterator<Item = (String, String)> + 'a {
        let cells = table.header.iter().zip(&self.cells);
        cells
            .filter(|(head, _)| !head.text.is_empty())
            .map(|(head, cell)| (fold::narrow(&head.text), cell.text.clone()))
    }
}

/// A table.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Path inside the project.
    pub(super) path: String,
    /// Names of the columns.
    pub(super) header: Vec<Text>,
    /// The rows that are whole.
    pub(super) rows: Vec<Row>,
    header_span: Span,
    dropped: usize,
}

impl Table {
    /// Reads a table from CSV or a spreadsheet.
    pub(super) fn read(
        sources: &mut Sources,
        from: &TableFile,
        findings: &mut Findings,
    ) -> Option<Self> {
        let table = if from.is_spreadsheet() {
            xlsx::read(sources, from, findings)
        } else {
            sources
                .text(&from.path, Encoding::Utf8OrGb18030)
                .map_err(|d| d.at(from.span, "named here"))
                .and_then(|file| parse(&sources.file(file).text, file, &from.path, findings))
        };
        let table = findings.keep(table)?;
        table.report_double_columns(findings);
        Some(table)
    }

    /// A table that has only a header so far.
    pub(super) fn headed(path: &str, header: Vec<Text>, header_span: Span) -> Self {
        Self { path: path.to_owned(), header, rows: Vec::new(), header_span, dropped: 0 }
    }

    /// Adds a row, or a finding if it is not as long as the header.
    pub(super) fn add(&mut self, cells: Vec<Text>, span: Span, findings: &mut Findings) {
        if self.header.len() == cells.len() {
            self.rows.push(Row { cells, span });
        } else {
            self.dropped += 1;
            findings.push(wrong_length(self, &cells, span));
        }
    }

    /// The column of a role; of several the one whose header is preferred.
    pub(super) fn column(&self, role: Role) -> Option<usize> {
        let words: Vec<String> = self.header.iter().map(|h| fold::word(&h.text)).collect();
        role.0.iter().find_map(|alias| words.iter().position(|word| word == alias))
    }

    /// The column of a role that the table cannot do without.
    pub(super) fn require(&self, role: Role, findings: &mut Findings) -> Option<usize> {
        let column = self.column(role);
        if column.is_none() {
            findings.push(self.missing(role));
        }
        column
    }

    /// The finding that a column is absent.
    pub(super) fn missing(&self, role: Role) -> Diagnostic {
        let heads = || self.header.iter().map(|h| h.text.as_str()).filter(|h| !h.is_empty());
        let listed: Vec<String> = heads().map(|h| format!("`{h}`")).collect();
        let near = role.0.iter().map(|alias| nearest(alias, heads())).find(|n| !n.is_empty());
        let message = format!("`{}` has no column `{}`", self.path, role.name());
        let found = Diagnostic::error(Code::DataMissingColumn, message)
            .at(self.header_span, format!("its columns are {}", listed.join(", ")));
        match near {
            Some(near) => found.help(format!(
                "rename `{}` to `{}` if that is what it holds",
                near[0],
                role.name()
            )),
            None => found.help(format!("add a column `{}`", role.name())),
        }
    }

    /// Whether it has rows, and all of them could be read.
    pub(super) const fn is_whole(&self) -> bool {
        !self.rows.is_empty() && self.dropped == 0
    }

    /// Adds an error to the findings if the table has no row, or a warning if that may be.
    pub(super) fn report_if_empty(&self, needed: Needed, findings: &mut Findings) {
        if self.rows.is_empty() && self.dropped == 0 {
            let message = format!("`{}` has no rows", self.path);
            let found = match needed {
                Needed::Yes => Diagnostic::error(Code::DataEmpty, message),
                Needed::No => Diagnostic::warning(Code::DataEmpty, message),
            };
            findings.push(found.at(self.header_span, "only this header"));
        }
    }

    fn report_double_columns(&self, findings: &mut Findings) {
        let names: Vec<String> = self.header.iter().map(|h| fold::narrow(&h.text)).collect();
        for (i, name) in names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            if let Some(first) = names[..i].iter().position(|other| other == name) {
                findings.push(
                    Diagnostic::error(
                        Code::DataDuplicateColumn,
                        format!("column `{name}` stands twice"),
                    )
                    .at(self.header[i].span, "again here")
                    .at(self.header[first].span, "first here")
                    .help("rename or remove one of them"),
                );
            }
        }
    }
}

/// Whether the report can do without the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Needed {
    /// It cannot.
    Yes,
    /// It can.
    No,
}

fn parse(
    text: &str,
    file: FileId,
    path: &str,
    findings: &mut Findings,
) -> Result<Table, Diagnostic> {
    let delimiter = delimiter(text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut table: Option<Table> = None;
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                return Err(Diagnostic::error(
                    Code::SourceEncoding,
                    format!("cannot read `{path}`: {error}"),
                ));
            }
        }
        let start = record.position().map_or(0, csv::Position::byte);
        let start = usize::try_from(start).unwrap_or(text.len());
        let ranges = cell_ranges(text, start, record.len(), delimiter);
        let cells: Vec<Text> = record
            .iter()
            .zip(ranges)
            .map(|(cell, (start, end))| Text {
                text: fold::trim(cell).to_owned(),
                span: Span::new(file, start, end),
            })
            .collect();
        let (Some(first), Some(last)) = (cells.first(), cells.last()) else { continue };
        if cells.iter().all(|cell| cell.text.is_empty()) {
            continue;
        }
        let span = Span::new(file, first.span.start, last.span.end);
        match &mut table {
            None => table = Some(Table::headed(path, cells, span)),
            Some(table) => table.add(cells, span, findings),
        }
    }
    table.ok_or_else(|| empty(path, Span::new(file, 0, text.len())))
}

/// The finding that a table has nothing at all.
pub(super) fn empty(path: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::DataEmpty, format!("`{path}` is empty"))
        .at(span, "")
        .help("begin the table with a row of column names")
}

fn wrong_length(table: &Table, cells: &[Text], span: Span) -> Diagnostic {
    let (found, expected) = (cells.len(), table.header.len());
    let message = format!(
        "a row of `{}` has {found} {}, the header has {expected}",
        table.path,
        if found == 1 { "cell" } else { "cells" },
    );
    let diagnostic = Diagnostic::error(Code::DataRowLength, message)
        .at(span, format!("{found} here"))
        .at(table.header_span, format!("{expected} columns"));
    if cells.iter().any(|cell| cell.text.contains('\n')) {
        diagnostic.help("look for a quotation mark that is not closed in this row")
    } else if found > expected {
        diagnostic.help("put a text that contains the delimiter between quotation marks")
    } else {
        diagnostic.help("write a delimiter for every empty cell")
    }
}

/// The delimiter that the first line with text uses most; a comma if it uses none.
fn delimiter(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or("");
    let count = |delimiter: u8| {
        let mut quoted = false;
        line.bytes()
            .filter(|&b| {
                quoted ^= b == b'"';
                b == delimiter && !quoted
            })
            .count()
    };
    [b';', b'\t', b','].into_iter().max_by_key(|&d| count(d)).unwrap_or(b',')
}

/// Byte ranges of `count` cells from `start` on, without quotation marks and outer blanks.
fn cell_ranges(text: &str, start: usize, count: usize, delimiter: u8) -> Vec<(usize, usize)> {
    let bytes = text.as_bytes();
    let is_break = |b: u8| b == b'\n' || b == b'\r';
    let find = |from: usize, wanted: &dyn Fn(u8) -> bool| {
        (from..bytes.len()).find(|&i| wanted(bytes[i])).unwrap_or(bytes.len())
    };
    let mut at = find(start, &|b| !is_break(b));
    let mut ranges = Vec::with_capacity(count);
    for _ in 0..count {
        let (from, to, after) = if bytes.get(at) == Some(&b'"') {
            let mut close = find(at + 1, &|b| b == b'"');
            while bytes.get(close + 1) == Some(&b'"') {
                close = find(close + 2, &|b| b == b'"');
            }
            (at + 1, close, find(close, &|b| b == delimiter || is_break(b)))
        } else {
            let end = find(at, &|b| b == delimiter || is_break(b));
            (at, end, end)
        };
        let (from, to) = (from.min(text.len()), to.min(text.len()));
        let cell = text.get(from..to).unwrap_or("");
        let lead = cell.len() - cell.trim_start().len();
        let body = cell.trim().len();
        ranges.push((from + lead, from + lead + body));
        at = (after + 1).min(text.len());
    }
    ranges
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::data::role;
    use crate::data::testing::table;

    #[test]
    fn every_cell_knows_its_bytes() {
        let text = "城市,\"a \"\"b\"\"\",note\n\n\n 北京 ,\"x, y\nz\",\n,,\n上海,1,2\n";
        let (table, findings) = table(text);
        assert!(!findings.failed());
        assert_eq!(table.rows.len(), 2);
        let at = |cell: &Text| &text[cell.span.start..cell.span.end];
        assert_eq!(at(&table.header[1]), "a \"\"b\"\"");
        assert_eq!(table.header[1].text, "a \"b\"");
        assert_eq!(at(table.rows[0].cell(0)), "北京");
        assert_eq!(at(table.rows[0].cell(1)), "x, y\nz");
        assert_eq!(at(table.rows[1].cell(2)), "2");
    }

    #[test]
    fn delimiters_come_from_the_header() {
        for text in ["unit;value\n北京;1,5\n", "unit\tvalue\n北京\t1,5\n"] {
            let (table, _) = table(text);
            assert_eq!(table.rows[0].cell(1).text, "1,5");
        }
        assert_eq!(delimiter("\n\"a;b;c\",d\n"), b',');
    }

    #[test]
    fn rows_of_another_length_are_errors() {
        let (table, findings) = table("unit,value\n北京\n上海,1,2\n天津,\"1\n深圳,2\n");
        assert!(table.rows.iter().all(|row| row.cell(0).text != "北京"));
        let found = findings.finish(()).unwrap_err();
        assert_eq!(found.iter().filter(|d| d.code == Code::DataRowLength).count(), 2);
        assert!(found[0].message.contains("has 1 cell, the header has 2"));
    }

    #[test]
    fn headers_are_known_in_both_languages() {
        let (table, _) = table("\u{feff}ＹＥＡＲ, 城市名称 ,数值,City\n2020,北京,1,x\n");
        assert_eq!(table.column(role::YEAR), Some(0));
        assert_eq!(table.column(role::VALUE), Some(2));
        assert_eq!(table.column(role::UNIT), Some(3)); // `city` is preferred to 城市名称
        let mut findings = Findings::default();
        assert_eq!(table.require(role::INDICATOR, &mut findings), None);
        let found = findings.finish(()).unwrap_err();
        assert!(found[0].labels[0].text.contains("`数值`"));
    }

    #[test]
    fn a_missing_column_has_a_suggestion() {
        let (table, _) = table("unit,indicatr,value\nx,y,1\n");
        assert!(table.missing(role::INDICATOR).help[0].contains("`indicatr`"));
    }

    #[test]
    fn double_columns_and_empty_files_are_errors() {
        let (_, findings) = table("unit,gdp, gdp\nx,1,2\n");
        assert_eq!(findings.finish(()).unwrap_err()[0].code, Code::DataDuplicateColumn);
        let mut findings = Findings::default();
        let empty = parse(" \n\n", FileId(0), "a.csv", &mut findings);
        assert_eq!(empty.unwrap_err().code, Code::DataEmpty);
    }

    proptest! {
        /// No text breaks the reader, and every cell stands on whole characters.
        #[test]
        fn any_text_can_be_read(text in "[a,\";\t\n\r 北]{0,40}") {
            let mut findings = Findings::default();
            if let Ok(table) = parse(&text, FileId(0), "t.csv", &mut findings) {
                let cells = table.rows.iter().flat_map(|row| &row.cells).chain(&table.header);
                for cell in cells {
                    prop_assert!(text.get(cell.span.start..cell.span.end).is_some());
                }
            }
        }

        /// The walk over the bytes agrees with the reader on every cell.
        #[test]
        fn ranges_agree_with_the_reader(
            cells in prop::collection::vec(prop::collection::vec("[a,\"\n 北;]{0,5}", 3), 1..5)
        ) {
            let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
            for row in &cells {
                writer.write_record(row).unwrap();
            }
            let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
            let text = format!("h1,h2,h3\n{text}");
            let mut findings = Findings::default();
            let table = parse(&text, FileId(0), "t.csv", &mut findings).unwrap();
            for row in &table.rows {
                for cell in &row.cells {
                    let slice = text[cell.span.start..cell.span.end].replace("\"\"", "\"");
                    prop_assert_eq!(fold::trim(&slice), &cell.text);
                }
            }
        }
    }
}
