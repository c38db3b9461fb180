//! Printed names and measures of raw columns.

use crate::config::Config;
use crate::data::dataset::Dataset;
use crate::data::localised::Pair;
use crate::data::raw_store::RawStore;
use crate::data::table::{Needed, Table};
use crate::data::{fold, role};
use crate::diag::{Code, Diagnostic, Findings, nearest};
use crate::lang::Localised;
use crate::source::Sources;

/// How a raw column is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ColumnName {
    /// The column, as the raw cells call it.
    pub column: String,
    /// Its name.
    pub name: Localised<String>,
    /// Its unit of measurement; `None` if the table says none.
    pub measure: Option<Localised<String>>,
}

/// Reads the table that `config` names; nothing if it names none. A column that no input has is a
/// finding.
pub(super) fn load(
    sources: &mut Sources,
    config: &Config,
    store: &RawStore,
    findings: &mut Findings,
) -> Vec<ColumnName> {
    let Some(from) = &config.columns else { return Vec::new() };
    let Some(table) = Table::read(sources, from, findings) else { return Vec::new() };
    table.report_if_empty(Needed::No, findings);
    let column = table.require(role::COLUMN, findings);
    let name = Pair::require(&table, role::COLUMN_NAME, findings);
    let Some((column, name)) = column.zip(name) else { return Vec::new() };
    let measure = Pair::of(&table, role::MEASURES);
    let mut found: Vec<ColumnName> = Vec::new();
    for row in &table.rows {
        let own = fold::narrow(&row.cell(column).text);
        let span = row.cell(column).span;
        let known = store.columns();
        if store.is_read() && !known.contains_key(&own) {
            let message = format!("`{own}` is named, but no input has a column of that name");
            let near = nearest(&own, known.keys().map(String::as_str));
            let found = Diagnostic::error(Code::DataMissingColumn, message).at(span, "");
            findings.push(found.did_you_mean(&near));
        }
        if found.iter().any(|other| other.column == own) {
            let message = format!("`{own}` is named twice");
            findings
                .push(Diagnostic::error(Code::DataDuplicateValue, message).at(span, "again here"));
        }
        let name = name.read(&table, row, findings);
        if name.zh.is_empty() && name.en.is_empty() {
            let message = format!("`{own}` has no printed name");
            let found = Diagnostic::error(Code::DataBadCell, message).at(span, "no name follows");
            findings.push(found.help("fill in the name in both languages, or take the row out"));
        }
        let measure = measure.read(&table, row, findings);
        let measure = Some(measure).filter(|own| !(own.zh.is_empty() && own.en.is_empty()));
        found.push(ColumnName { column: own, name, measure });
    }
    found
}

/// A warning for every column that enters an indicator and has no name, where names are given at
/// all; a column that is an indicator itself bears its name.
pub(super) fn report_unnamed(
    names: &[ColumnName],
    config: &Config,
    dataset: &Dataset,
    findings: &mut Findings,
) {
    let Some(table) = &config.columns else { return };
    let mut told: Vec<&str> = Vec::new();
    for indicator in &dataset.indicators {
        let inputs = indicator.cells.iter().flatten().flat_map(|cell| &cell.inputs);
        for cell in inputs.map(|&at| &dataset.raw[at]) {
            let column = cell.column.as_str();
            let is_indicator = config.method.nodes.iter().filter_map(|n| n.indicator());
            let mut is_indicator = is_indicator.map(|spec| spec.value.as_column());
            if told.contains(&column)
                || names.iter().any(|own| own.column == column)
                || is_indicator.any(|own| own == Some(column))
            {
                continue;
            }
            told.push(column);
            findings.push(
                Diagnostic::warning(
                    Code::DataUnnamedColumn,
                    format!("column `{column}` has no printed name"),
                )
                .at(table.span, "names of columns")
                .at(cell.span, "the column is used")
                .help(format!("add a row for `{column}`")),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::data::testing::{Project, codes};

    fn project(columns: &str) -> Project {
        Project::new()
            .file("data.csv", "unit,gdp,people\n甲,6,2\n乙,4,1\n")
            .file("columns.csv", columns)
            .report("columns: columns.csv")
            .node("{ code: x, value: gdp / people }")
    }

    #[test]
    fn columns_have_names_and_perhaps_a_measure() {
        let text = "column,name_zh,name_en,measure_zh,measure_en\n\
                    gdp,生产总值,GDP,亿元,100m yuan\npeople,人口,population,,\n";
        let columns = project(text).load().unwrap().value.columns;
        assert_eq!((columns[0].column.as_str(), columns[0].name.en.as_str()), ("gdp", "GDP"));
        assert_eq!(columns[0].measure.as_ref().unwrap().zh, "亿元");
        assert_eq!(columns[1].measure, None);
    }

    #[test]
    fn mistakes_are_told() {
        let found = project("column,name_zh,name_en\ngdpp,甲,a\n").fail();
        assert_eq!(found[0].message, "`gdpp` is named, but no input has a column of that name");
        assert_eq!(found[0].help, ["did you mean `gdp`?"]);
        let found = project("column,name_zh,name_en\ngdp,,\ngdp,甲,a\n").fail();
        assert_eq!(codes(&found)[..2], ["data/bad-cell", "data/duplicate-value"]);
        let warned = project("column,name_zh,name_en\ngdp,甲,a\n").load().unwrap();
        assert_eq!(codes(&warned.warnings), ["data/unnamed-column"]);
        assert_eq!(warned.warnings[0].message, "column `people` has no printed name");
    }
}
