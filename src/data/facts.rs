//! Facts: cited figures that are not part of the index.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::Input;
use crate::data::localised::Pair;
use crate::data::names::Lookup;
use crate::data::number::{self, Number};
use crate::data::table::{Needed, Table, Text};
use crate::data::unit_cells::{Directory, Named, UnitCells};
use crate::data::{Context, fold, role};
use crate::diag::{Code, Diagnostic, Findings, Span, alternatives, nearest};
use crate::lang::Localised;

/// A cited figure.
#[derive(Debug, Clone, PartialEq)]
pub struct Fact {
    /// Code of the unit, or of a country or province as written.
    pub unit: String,
    /// Name templates call it by.
    pub key: String,
    /// What the figure is.
    pub label: Localised<String>,
    /// How the value is meant.
    pub operator: Operator,
    /// The value; of a range the lower end.
    pub value: f64,
    /// Digits after the point as written; of a range the larger number.
    pub decimals: usize,
    /// Unit of measurement; may be empty.
    pub measure: Localised<String>,
    /// Time it refers to, as written; may be empty.
    pub period: String,
    /// Key of the source; may be empty.
    pub source: String,
    /// Where in the source; may be empty.
    pub source_ref: String,
    /// Note; may be empty.
    pub note: Localised<String>,
    /// Where its row stands.
    pub span: Span,
}

/// How the value of a fact is meant.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Operator {
    /// `=`: exactly.
    Equal,
    /// `>`: more than.
    More,
    /// `>=`: at least.
    AtLeast,
    /// `~`: about.
    About,
    /// `<`: less than.
    Less,
    /// `<=`: at most.
    AtMost,
    /// `target`: to be reached.
    Target,
    /// `target>`: to be exceeded.
    TargetMore,
    /// `range`: from the value to this one.
    Range {
        /// Upper end.
        high: f64,
    },
}

/// Words for operators; a range takes its upper end from the value.
const OPERATORS: [(Operator, &[&str]); 9] = [
    (Operator::Equal, &["=", "", "等于"]),
    (Operator::More, &[">", "超过", "多于", "逾"]),
    (Operator::AtLeast, &[">=", "≥", "至少", "不少于"]),
    (Operator::About, &["~", "≈", "约"]),
    (Operator::Less, &["<", "不足", "少于"]),
    (Operator::AtMost, &["<=", "≤", "至多", "不超过"]),
    (Operator::Target, &["target", "目标"]),
    (Operator::TargetMore, &["target>", "目标>"]),
    (Operator::Range { high: 0.0 }, &["range", "区间"]),
];

/// Reads a table of facts about units of the gazetteer, the country and provinces.
pub(super) fn read(table: &Table, input: &Input, context: Context<'_>) -> Vec<Fact> {
    let Context { directory, findings, keys, .. } = context;
    table.report_if_empty(Needed::No, findings);
    let required = [role::UNIT, role::KEY, role::VALUE].map(|role| table.require(role, findings));
    let label = Pair::require(table, role::LABEL, findings);
    let ([Some(unit), Some(key), Some(value)], Some(label)) = (required, label) else {
        return Vec::new();
    };
    let (measure, note) = (Pair::of(table, role::MEASURES), Pair::of(table, role::NOTES));
    let [operator, period, source, source_ref] =
        [role::OPERATOR, role::PERIOD, role::SOURCE, role::SOURCE_REF].map(|r| table.column(r));
    let mut units = UnitCells::new(directory);
    let mut facts = Vec::new();
    for row in &table.rows {
        let Some(unit) = place(row.cell(unit), directory, &mut units) else { continue };
        let operator = row.filled(operator).map_or(Ok(Operator::Equal), parse_operator);
        let Some(operator) = findings.keep(operator) else { continue };
        let parsed = parse_value(row.cell(value), operator);
        let Some((operator, number)) = findings.keep(parsed) else { continue };
        facts.push(Fact {
            unit,
            key: row.text(Some(key)),
            label: label.read(table, row, findings),
            operator,
            value: number.value,
            decimals: number.decimals,
            measure: measure.read(table, row, findings),
            period: row.text(period),
            source: match row.filled(source) {
                Some(cell) => keys.note(cell),
                None => input.source.clone().unwrap_or_default(),
            },
            source_ref: row.text(source_ref),
            note: note.read(table, row, findings),
            span: row.span,
        });
    }
    units.report(table, findings);
    facts
}

/// Adds a finding for every fact that stands twice: same unit, key and period.
pub(super) fn report_duplicates(facts: &[Fact], findings: &mut Findings) {
    let mut places: BTreeMap<(&str, &str, &str), Span> = BTreeMap::new();
    for fact in facts {
        if let Some(first) = places.insert((&fact.unit, &fact.key, &fact.period), fact.span) {
            findings.push(
                Diagnostic::error(
                    Code::DataDuplicateValue,
                    format!("fact `{}` of `{}` stands twice", fact.key, fact.unit),
                )
                .at(fact.span, "again here")
                .at(first, "first here")
                .help("give one of them another key or period"),
            );
        }
    }
}

/// The code of the unit a fact is about.
fn place<'a>(cell: &Text, directory: Directory<'a>, units: &mut UnitCells<'a>) -> Option<String> {
    let unknown =
        directory.gazetteer.is_some_and(|g| matches!(g.find(&cell.text), Err(Lookup::Unknown(_))));
    if unknown && is_area(&cell.text) {
        return Some(cell.text.clone());
    }
    match units.resolve(cell) {
        Named::Sampled(_, unit) | Named::Outside(unit) => Some(unit.code.clone()),
        Named::Nothing => None,
    }
}

/// Whether a text is the code of a country or province: `CN`, `GD`, `CN-GD`, `440000`.
fn is_area(text: &str) -> bool {
    let letters =
        |part: &str| (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_uppercase());
    let digits = text.len() == 6 && text.bytes().all(|b| b.is_ascii_digit());
    text.split('-').all(letters) || (digits && text.ends_with("0000"))
}

fn parse_operator(cell: &Text) -> Result<Operator, Diagnostic> {
    let word = fold::word(&cell.text);
    let found = OPERATORS.iter().find(|(_, words)| words.contains(&word.as_str()));
    found.map(|(operator, _)| *operator).ok_or_else(|| {
        let words: Vec<&str> = OPERATORS.iter().map(|(_, words)| words[0]).collect();
        let listed: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        Diagnostic::error(
            Code::DataBadCell,
            format!("`{}` is no operator; an operator is {}", cell.text, alternatives(&listed)),
        )
        .at(cell.span, "")
        .did_you_mean(&nearest(&word, words))
    })
}

fn parse_value(cell: &Text, operator: Operator) -> Result<(Operator, Number), Diagnostic> {
    if let Operator::Range { .. } = operator {
        return range(&cell.text).ok_or_else(|| {
            Diagnostic::error(Code::DataBadCell, format!("`{}` is no range", cell.text))
                .at(cell.span, "")
                .help("write the lower end, a hyphen and the upper end: `1-2`")
        });
    }
    let not_a_number = || {
        let message = format!("`{}` is not a number", cell.text);
        Diagnostic::error(Code::DataNotANumber, message).at(cell.span, "")
    };
    match number::parse(&cell.text) {
        Ok(Some(number)) => Ok((operator, number)),
        Ok(None) => Err(not_a_number().help("give the fact a value, or remove its row")),
        Err(why) => Err(not_a_number().help(why.to_string())),
    }
}

fn range(text: &str) -> Option<(Operator, Number)> {
    let narrow = fold::narrow(text);
    let ends = narrow.split_once(['-', '–', '—', '~', '至'])?;
    let low = number::parse(ends.0).ok()??;
    let high = number::parse(ends.1).ok()??;
    (low.value <= high.value).then(|| {
        let decimals = low.decimals.max(high.decimals);
        (Operator::Range { high: high.value }, Number { decimals, ..low })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::testing::{Project, codes};

    fn project(rows: &str) -> Project {
        let text = format!(
            "unit,key,label_zh,label_en,operator,value,measure_zh,measure_en,period\n{rows}"
        );
        Project::new()
            .file("data.csv", "unit,gdp\n甲,1\n")
            .file("facts.csv", &text)
            .data("{ file: data.csv }")
            .data("{ file: facts.csv, kind: facts }")
    }

    #[test]
    fn operators_and_decimals_stand_as_written() {
        let rows = "甲,a,一,a,=,36102.60,亿元,B,2020\nCN,b,二,b,>,\"1,000\",亿元,B,\n\
            440000,c,三,c,range,1-2.5,,,\nAlpha,d,四,d,target>,5,,,\n1,e,五,e,≥,5%,,,\n1,f,六,f,,5,,,\n";
        let facts = project(rows).load().unwrap().value.facts;
        let brief: Vec<_> = facts
            .iter()
            .map(|f| (f.unit.as_str(), f.operator, f.value.to_string(), f.decimals))
            .collect();
        assert_eq!(
            brief,
            [
                ("1", Operator::Equal, "36102.6".into(), 2),
                ("CN", Operator::More, "1000".into(), 0),
                ("440000", Operator::Range { high: 2.5 }, "1".into(), 1),
                ("1", Operator::TargetMore, "5".into(), 0),
                ("1", Operator::AtLeast, "5".into(), 0),
                ("1", Operator::Equal, "5".into(), 0),
            ]
        );
    }

    #[test]
    fn mistakes_are_told() {
        let rows = "甲,a,一,a,=>,1,,,\n甲,b,二,b,range,2-1,,,\n甲,c,三,c,=,12亿,,,\n\
            甲,d,四,d,=,,,,\n丁,e,五,e,=,1,,,\n甲,f,六,f,=,1,,,2020\n甲,f,六,f,=,1,,,2020\n甲,f,六,f,=,1,,,2021\n";
        assert_eq!(
            codes(&project(rows).fail()),
            [
                "data/bad-cell",
                "data/bad-cell",
                "data/not-a-number",
                "data/not-a-number",
                "data/unknown-unit",
                "data/duplicate-value"
            ]
        );
    }
}
