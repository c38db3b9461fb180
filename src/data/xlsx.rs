//! A sheet of a spreadsheet (XLSX) as a table, with the place of every cell.
//!
//! What is read is what is stored: a text as it is, a number to the fifteen digits a spreadsheet
//! keeps, a date as `2022-06-30`, a formula by its last result. Rows without any text are skipped;
//! the first of the others is the header. Messages show a row of the sheet as a line, its cells
//! between bars, and count rows and columns of the sheet.
//! Not here: formats of numbers. A cell that shows 12.5 % holds 0.125, and 0.125 is read.

use std::io::{Cursor, Read};

use calamine::{CellErrorType, DataRef, ExcelDateTime, Reader, Xlsx};

use crate::config::TableFile;
use crate::data::fold;
use crate::data::table::{self, Table, Text};
use crate::diag::{Code, Diagnostic, FileId, Findings, Span, nearest};
use crate::source::{SheetCell, Sources};

/// Most bytes that the parts of a spreadsheet may have once unpacked.
const MAX_UNPACKED: u64 = 512 * 1024 * 1024;
/// Most cells that a table may have, rows times columns of its header.
const MAX_CELLS: usize = 20_000_000;
/// The bytes with which an encrypted spreadsheet begins, and one of before 2007.
const COMPOUND_FILE: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];
/// What stands between two cells in messages.
const BAR: &str = " | ";

/// Cells of a row that hold text, by column from 0, under the number of the row from 0.
type SheetRow = (u32, Vec<(u32, String)>);

/// Reads the sheet that `from` names.
///
/// # Errors
/// When the file is no spreadsheet, is encrypted or too large, or has no such sheet.
pub(super) fn read(
    sources: &mut Sources,
    from: &TableFile,
    findings: &mut Findings,
) -> Result<Table, Diagnostic> {
    let bytes = sources.bytes(&from.path).map_err(|d| d.at(from.span, "named here"))?;
    if bytes.starts_with(&COMPOUND_FILE) {
        return Err(refused(from, "is encrypted, or of before 2007")
            .help("save it as a workbook (XLSX) without a password"));
    }
    check_size(&bytes, from)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| damaged(from, &e))?;
    let sheet = sheet_name(&book.sheet_names(), from)?;
    let rows = rows(&mut book, &sheet, from)?;
    let name = format!("{}[{sheet}]", from.path);
    laid_out(sources, &name, &rows, from, findings)
}

/// Unpacks every part once, to nowhere, and stops at the limit: what a file says of the size of its
/// parts need not be so.
fn check_size(bytes: &[u8], from: &TableFile) -> Result<(), Diagnostic> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(from, &e))?;
    let mut left = MAX_UNPACKED;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|e| damaged(from, &e))?;
        let unpacked = std::io::copy(&mut part.take(left + 1), &mut std::io::sink());
        let unpacked = unpacked.map_err(|e| damaged(from, &e))?;
        left = left.checked_sub(unpacked).ok_or_else(|| {
            refused(from, &format!("unpacks to more than {} MiB", MAX_UNPACKED >> 20))
                .help("keep only the sheets that are used, or save the sheet as CSV")
        })?;
    }
    Ok(())
}

fn sheet_name(names: &[String], from: &TableFile) -> Result<String, Diagnostic> {
    let listed = || names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
    match &from.sheet {
        None => names.first().cloned().ok_or_else(|| refused(from, "has no sheet")),
        Some((wanted, _)) if names.contains(wanted) => Ok(wanted.clone()),
        Some((wanted, span)) => Err(Diagnostic::error(
            Code::ConfigUnknownName,
            format!("`{}` has no sheet `{wanted}`", from.path),
        )
        .at(*span, format!("its sheets are {}", listed()))
        .did_you_mean(&nearest(wanted, names.iter().map(String::as_str)))),
    }
}

/// The rows that hold text.
fn rows(
    book: &mut Xlsx<Cursor<Vec<u8>>>,
    sheet: &str,
    from: &TableFile,
) -> Result<Vec<SheetRow>, Diagnostic> {
    let mut reader = book.worksheet_cells_reader(sheet).map_err(|e| damaged(from, &e))?;
    let mut rows: Vec<SheetRow> = Vec::new();
    while let Some(cell) = reader.next_cell().map_err(|e| damaged(from, &e))? {
        let (row, column) = cell.get_position();
        let text = text(cell.get_value());
        if fold::trim(&text).is_empty() {
            continue;
        }
        match rows.last_mut() {
            Some((last, cells)) if *last == row => cells.push((column, text)),
            _ => rows.push((row, vec![(column, text)])),
        }
    }
    // A sheet written by hand may have its rows and cells in any order.
    rows.sort_by_key(|(row, _)| *row);
    for (_, cells) in &mut rows {
        cells.sort_by_key(|(column, _)| *column);
        cells.dedup_by_key(|(column, _)| *column);
    }
    rows.dedup_by_key(|(row, _)| *row);
    let width =
        rows.first().and_then(|(_, cells)| cells.last()).map_or(0, |(c, _)| *c as usize + 1);
    if rows.len().saturating_mul(width) > MAX_CELLS {
        let what = format!("has more than {MAX_CELLS} cells in sheet `{sheet}`");
        return Err(refused(from, &what).help("save the sheet as CSV"));
    }
    Ok(rows)
}

/// Writes the rows down as the text that messages show, and makes the table of it.
fn laid_out(
    sources: &mut Sources,
    name: &str,
    rows: &[SheetRow],
    from: &TableFile,
    findings: &mut Findings,
) -> Result<Table, Diagnostic> {
    let Some((_, header)) = rows.first() else { return Err(table::empty(&from.path, from.span)) };
    let width = header.last().map_or(0, |(column, _)| *column as usize + 1);
    let mut page = Page::default();
    let lines: Vec<Line> = rows.iter().map(|(row, cells)| page.line(*row, cells, width)).collect();
    let file = sources.sheet(name, page.text, page.places);
    let mut lines = lines.into_iter().map(|line| line.of(file));
    let Some((header, span)) = lines.next() else {
        return Err(table::empty(&from.path, from.span));
    };
    let mut table = Table::headed(&from.path, header, span);
    for (cells, span) in lines {
        table.add(cells, span, findings);
    }
    Ok(table)
}

/// The text that shows a sheet, as far as it is written.
#[derive(Default)]
struct Page {
    text: String,
    lines: usize,
    places: Vec<SheetCell>,
}

/// A row on the page: its cells with the bytes they stand on.
struct Line(Vec<(String, usize, usize)>);

impl Page {
    /// Writes a row: as many cells as the header has, and those beyond that hold text.
    fn line(&mut self, row: u32, cells: &[(u32, String)], width: usize) -> Line {
        while self.lines < row as usize {
            self.text.push('\n');
            self.lines += 1;
        }
        let last = cells.last().map_or(0, |(column, _)| *column as usize + 1);
        let mut cells = cells.iter().peekable();
        let mut line = Vec::with_capacity(width);
        for column in 0..width.max(last) {
            if column > 0 {
                self.text.push_str(BAR);
            }
            let found = cells.next_if(|(at, _)| *at as usize == column);
            let cell = found.map_or(String::new(), |(_, text)| on_one_line(text));
            let start = self.text.len();
            self.places.push(SheetCell { start, row: row as usize + 1, column: column + 1 });
            self.text.push_str(&cell);
            line.push((cell, start, self.text.len()));
        }
        Line(line)
    }
}

impl Line {
    fn of(self, file: FileId) -> (Vec<Text>, Span) {
        let start = self.0.first().map_or(0, |(_, start, _)| *start);
        let end = self.0.last().map_or(0, |(_, _, end)| *end);
        let text = |(text, start, end)| Text { text, span: Span::new(file, start, end) };
        (self.0.into_iter().map(text).collect(), Span::new(file, start, end))
    }
}

/// A cell as it stands on the page: line breaks inside it become blanks.
fn on_one_line(text: &str) -> String {
    fold::trim(text).replace("\r\n", " ").replace(['\n', '\r'], " ")
}

fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            text.clone()
        }
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => digits(*number),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(date) => day(date),
        DataRef::Error(error) => error_text(error).to_owned(),
    }
}

/// A number to fifteen digits, without an exponent or trailing zeros.
fn digits(number: f64) -> String {
    let rounded = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    format!("{}", rounded + 0.0)
}

/// A date, with the time of day if it has one; a duration in days.
fn day(date: &ExcelDateTime) -> String {
    if date.is_duration() {
        return digits(date.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

/// The mark of a failed formula; `#N/A` is a way to write a missing value.
const fn error_text(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::NA => "N/A",
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        _ => "#VALUE!",
    }
}

fn refused(from: &TableFile, what: &str) -> Diagnostic {
    Diagnostic::error(Code::SourceEncoding, format!("`{}` {what}", from.path))
        .at(from.span, "named here")
}

/// A file that is no spreadsheet, or no longer one.
fn damaged(from: &TableFile, error: &dyn std::fmt::Display) -> Diagnostic {
    refused(from, &format!("is not a spreadsheet that can be read: {}", cause(error)))
        .help("open it in a spreadsheet program and save it again as XLSX")
}

/// The cause as a part of a sentence.
fn cause(error: &dyn std::fmt::Display) -> String {
    let text = error.to_string();
    let text = text.trim_end_matches('.');
    text.lines().next().unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::role;
    use crate::data::testing::{Project, codes, workbook};

    fn read_bytes(bytes: &[u8], sheet: Option<&str>) -> (Sources, Result<Table, Diagnostic>) {
        let folder = tempfile::tempdir().unwrap();
        let mut sources = Sources::at(folder.path()).unwrap();
        sources.write("a.xlsx", bytes).unwrap();
        let span = Span::new(sources.virtual_text("report.yaml", String::new()), 0, 0);
        let sheet = sheet.map(|name| (name.to_owned(), span));
        let from = TableFile { path: "a.xlsx".to_owned(), span, sheet };
        let mut findings = Findings::default();
        let table = read(&mut sources, &from, &mut findings);
        assert!(!findings.failed());
        (sources, table)
    }

    const CELLS: &str = r#"
        <row r="3"><c r="A3" t="inlineStr"><is><t>城市</t></is></c>
          <c r="B3" t="inlineStr"><is><t>value</t></is></c>
          <c r="C3" t="inlineStr"><is><t>date</t></is></c></row>
        <row r="5"><c r="A5" t="inlineStr"><is><t>北
京</t></is></c><c r="B5"><v>12.300000000000001</v></c><c r="C5" s="1"><v>44742</v></c></row>
        <row r="7"><c r="B7"><f>1/8</f><v>0.125</v></c></row>"#;

    #[test]
    fn cells_are_read_as_they_are_stored_and_know_their_place() {
        let (sources, table) = read_bytes(&workbook(&[("表", CELLS)]), None);
        let table = table.unwrap();
        assert_eq!(table.column(role::UNIT), Some(0));
        let texts: Vec<Vec<&str>> =
            table.rows.iter().map(|r| (0..3).map(|c| r.cell(c).text.as_str()).collect()).collect();
        assert_eq!(texts, [["北 京", "12.3", "2022-06-30"], ["", "0.125", ""]]);
        let span = table.rows[1].cell(1).span;
        let file = sources.file(span.file);
        assert_eq!(file.path, "a.xlsx[表]");
        assert_eq!(file.position(span.start), (7, 2));
        assert_eq!(
            &file.text,
            "\n\n城市 | value | date\n\n北 京 | 12.3 | 2022-06-30\n\n | 0.125 | "
        );
    }

    #[test]
    fn sheets_are_chosen_by_name() {
        let other = r#"<row r="1"><c r="A1"><v>1</v></c></row>"#;
        let book = workbook(&[("企业", CELLS), ("关系", other)]);
        assert_eq!(read_bytes(&book, Some("关系")).1.unwrap().header[0].text, "1");
        let found = read_bytes(&book, Some("企业表")).1.unwrap_err();
        assert_eq!(found.message, "`a.xlsx` has no sheet `企业表`");
        assert!(found.labels[0].text.contains("`企业`, `关系`"));
        let empty = workbook(&[("空", "")]);
        assert_eq!(read_bytes(&empty, None).1.unwrap_err().code, Code::DataEmpty);
    }

    #[test]
    fn what_is_no_spreadsheet_is_refused() {
        let good = workbook(&[("表", CELLS)]);
        let half = &good[..good.len() / 2];
        let encrypted = [&COMPOUND_FILE[..], &[0; 600]].concat();
        for bytes in [half, b"unit,value\n", &encrypted, b""] {
            let found = read_bytes(bytes, None).1.unwrap_err();
            assert_eq!(found.code, Code::SourceEncoding, "{}", found.message);
        }
        let broken = workbook(&[("表", "<row><c r=\"A1\"><v>1</v></row")]);
        assert_eq!(read_bytes(&broken, None).1.unwrap_err().code, Code::SourceEncoding);
    }

    /// A cell in the last corner of the sheet takes no more room than any other.
    #[test]
    fn a_wide_and_long_sheet_takes_no_room() {
        let far = r#"<row r="1"><c r="A1"><v>1</v></c></row>
            <row r="1048576"><c r="A1048576"><v>2</v></c></row>"#;
        let (_, table) = read_bytes(&workbook(&[("表", far)]), None);
        assert_eq!(table.unwrap().rows.len(), 1);
    }

    #[test]
    fn numbers_keep_fifteen_digits() {
        let cases = [(0.1 + 0.2, "0.3"), (30765.0, "30765"), (-0.0, "0"), (1e-7, "0.0000001")];
        for (number, text) in cases {
            assert_eq!(digits(number), text);
        }
    }

    #[test]
    fn a_report_reads_spreadsheets_as_it_reads_csv() {
        let cells = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>unit</t></is></c>
            <c r="B1" t="inlineStr"><is><t>gdp</t></is></c></row>
            <row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c><c r="B2"><v>5</v></c></row>
            <row r="3"><c r="A3" t="inlineStr"><is><t>丁</t></is></c><c r="B3"><v>6</v></c></row>"#;
        let book = workbook(&[("说明", ""), ("数据", cells)]);
        let project = Project::new().bytes("data.xlsx", &book);
        let found = project.data("{ file: data.xlsx, sheet: 数据, year: 2020 }").fail();
        assert_eq!(codes(&found), ["data/unknown-unit"]);
    }
}
