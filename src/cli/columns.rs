//! Tables of text: columns as wide as what stands in them, counted as a terminal shows it.

/// A table whose last column is flush left, the others flush right.
#[derive(Debug, Default)]
pub(super) struct Columns {
    rows: Vec<Vec<String>>,
    texts_last: bool,
}

impl Columns {
    /// The first row.
    pub(super) fn head<S: Into<String>>(
        &mut self,
        first: &str,
        cells: impl IntoIterator<Item = S>,
    ) {
        self.row(first, cells);
        let last = self.rows.last().and_then(|row| row.last());
        self.texts_last = last.is_some_and(|text| text.parse::<f64>().is_err() && text != "all");
    }

    /// Another row.
    pub(super) fn row<S: Into<String>>(&mut self, first: &str, cells: impl IntoIterator<Item = S>) {
        let cells = cells.into_iter().map(Into::into);
        self.rows.push(std::iter::once(first.to_owned()).chain(cells).collect());
    }

    /// The whole table, a line per row.
    pub(super) fn text(&self) -> String {
        let columns = self.rows.iter().map(Vec::len).max().unwrap_or(0);
        let wide = |column: usize| {
            self.rows.iter().filter_map(|row| row.get(column)).map(|text| width(text)).max()
        };
        let widths: Vec<usize> = (0..columns).map(|column| wide(column).unwrap_or(0)).collect();
        let mut out = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (column, cell) in row.iter().enumerate() {
                let pad = " ".repeat(widths[column] - width(cell));
                let left =
                    (column == 0 && !self.texts_last) || (self.texts_last && column + 1 == columns);
                line += if column > 0 { "  " } else { "" };
                let [first, second] = if left { [cell, &pad] } else { [&pad, cell] };
                line += first;
                line += second;
            }
            out += line.trim_end();
            out.push('\n');
        }
        out
    }
}

/// Cells of a terminal that a text takes: two for a Chinese character, one for any other.
fn width(text: &str) -> usize {
    let wide = |c: char| matches!(c, '\u{1100}'..='\u{115f}' | '\u{2e80}'..='\u{a4cf}' | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff00}'..='\u{ff60}' | '\u{20000}'..='\u{3fffd}');
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_a_terminal_shows() {
        let mut table = Columns::default();
        table.head("rank", ["类型", "place"]);
        table.row("1", ["within", "北京 Beijing"]);
        assert_eq!(table.text(), "rank    类型  place\n   1  within  北京 Beijing\n");
        let mut table = Columns::default();
        table.head("year", ["2021", "2022"]);
        table.row("nodes", ["7", "10"]);
        assert_eq!(table.text(), "year   2021  2022\nnodes     7    10\n");
    }
}
