//! Pairs of columns that tell one thing in two languages.

use crate::data::role::PairRole;
use crate::data::table::{Row, Table};
use crate::diag::{Code, Diagnostic, Findings};
use crate::lang::Localised;

/// The columns of a thing told in two languages; one column may serve both.
#[derive(Debug, Clone, Copy)]
pub(super) struct Pair {
    zh: Option<usize>,
    en: Option<usize>,
}

impl Pair {
    /// Finds the columns of a pair.
    pub(super) fn of(table: &Table, role: PairRole) -> Self {
        let (zh, en) = (table.column(role.zh), table.column(role.en));
        let both = table.column(role.both);
        Self { zh: zh.or(both).or(en), en: en.or(both).or(zh) }
    }

    /// The columns of a pair that the table cannot do without.
    pub(super) fn require(table: &Table, role: PairRole, findings: &mut Findings) -> Option<Self> {
        let pair = Self::of(table, role);
        if pair.zh.is_none() {
            findings.push(table.missing(role.zh));
            return None;
        }
        Some(pair)
    }

    /// Reads both forms. Where one is empty the other stands in for it, with a warning.
    pub(super) fn read(
        self,
        table: &Table,
        row: &Row,
        findings: &mut Findings,
    ) -> Localised<String> {
        let mut read = Localised::new(row.text(self.zh), row.text(self.en));
        if let (Some(zh), Some(en)) = (self.zh, self.en) {
            let (gap, other) = match (read.zh.is_empty(), read.en.is_empty()) {
                (true, false) => (zh, en),
                (false, true) => (en, zh),
                _ => return read,
            };
            let name = |column: usize| &table.header[column].text;
            findings.push(
                Diagnostic::warning(
                    Code::DataBadCell,
                    format!("`{}` is empty, so `{}` is used for it", name(gap), name(other)),
                )
                .at(row.cell(gap).span, "empty here")
                .at(row.cell(other).span, "used instead")
                .help("fill in the translation"),
            );
            let filled = row.cell(other).text.clone();
            if gap == zh { read.zh = filled } else { read.en = filled }
        }
        read
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::role;
    use crate::data::testing::table;

    #[test]
    fn one_language_stands_in_for_the_other() {
        let (table, mut findings) = table("title_zh,title_en\n甲,A\n乙,\n,\n");
        let pair = Pair::of(&table, role::TITLE);
        assert_eq!(pair.read(&table, &table.rows[0], &mut findings).en, "A");
        assert_eq!(pair.read(&table, &table.rows[1], &mut findings).en, "乙");
        assert_eq!(findings.finish(()).unwrap().warnings.len(), 1);
    }

    #[test]
    fn one_column_serves_both() {
        let (table, mut findings) = table("title\n甲\n");
        let read = Pair::of(&table, role::TITLE).read(&table, &table.rows[0], &mut findings);
        assert_eq!(read, Localised::same("甲"));
    }
}
