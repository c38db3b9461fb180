//! Counts of records by unit: plain, as a share, or with a weight by class.
//!
//! A unit without records has zero of them, since a table of records is taken for a complete list;
//! where it is not, `absent: missing` says so. A share of no records is missing.

use std::collections::BTreeMap;

use crate::config::{Config, InputKind, RecordCount, Tally};
use crate::data::condition::{self, Of};
use crate::data::dataset::{Cell, RecordRef};
use crate::data::fold;
use crate::data::records::{Record, RecordTable};
use crate::diag::{Code, Diagnostic, Findings, nearest};

/// Most rows that a finding points at.
const MOST_ROWS: usize = 8;

/// What records are counted from.
pub(super) struct Counting<'a> {
    /// The declared inputs.
    pub(super) config: &'a Config,
    /// Tables of records.
    pub(super) tables: &'a [RecordTable],
    /// Number of units in the sample.
    pub(super) units: usize,
}

impl Counting<'_> {
    /// Counts the records of every unit, all of them or those dated up to and with a year; none if
    /// the count makes no sense, which is a finding.
    pub(super) fn cells(
        &self,
        spec: &RecordCount,
        until: Option<i32>,
        findings: &mut Findings,
    ) -> Option<Vec<Option<Cell>>> {
        let at = table(spec, self.config, self.tables, findings)?;
        if let Some(year) = until {
            findings.keep(dated(spec, &self.tables[at], year))?;
        }
        count(spec, (at, &self.tables[at]), self.units, until, findings)
    }
}

/// Whether every record has a year, without which its place in time is not known.
fn dated(spec: &RecordCount, table: &RecordTable, year: i32) -> Result<(), Diagnostic> {
    let without: Vec<&Record> = table.records.iter().filter(|r| r.year.is_none()).collect();
    if without.is_empty() {
        return Ok(());
    }
    let message = format!(
        "{} of `{}` without a year, but it is counted as of {year}",
        records(without.len()),
        table.id
    );
    let found = rows(Diagnostic::error(Code::DataBadCell, message), &without, "no year");
    Err(found.at(spec.table.1, "counted here").help("add a column `year` or `date`"))
}

fn count(
    spec: &RecordCount,
    (at, table): (usize, &RecordTable),
    units: usize,
    until: Option<i32>,
    findings: &mut Findings,
) -> Option<Vec<Option<Cell>>> {
    let then = |record: &Record| until.is_none_or(|end| record.year.is_some_and(|y| y <= end));
    let rows: Vec<&BTreeMap<String, String>> = table.records.iter().map(|r| &r.cells).collect();
    let chosen: Vec<usize> = match &spec.condition {
        Some((text, span)) if !rows.is_empty() => {
            findings.keep(condition::select(&rows, text, *span, Of::Table(&table.id)))?
        }
        _ => (0..rows.len()).collect(),
    };
    let weights = match &spec.tally {
        Tally::Count | Tally::Share { .. } => vec![1.0; chosen.len()],
        Tally::Weighted { .. } => weights(spec, table, &chosen, findings)?,
    };
    let (mut listed, mut of_unit) = (vec![false; units], vec![0_usize; units]);
    for record in &table.records {
        listed[record.unit] = true;
        of_unit[record.unit] += usize::from(then(record));
    }
    let mut sums = vec![0.0; units];
    let mut refs: Vec<Vec<RecordRef>> = vec![Vec::new(); units];
    for (&row, weight) in chosen.iter().zip(weights).filter(|(row, _)| then(&table.records[**row]))
    {
        let unit = table.records[row].unit;
        sums[unit] += weight;
        refs[unit].push(RecordRef { table: at, row });
    }
    let is_share = matches!(spec.tally, Tally::Share { .. });
    let all = of_unit.into_iter().zip(listed);
    let cells = sums.into_iter().zip(refs).zip(all).map(|((sum, records), (all, listed))| {
        if (!listed && spec.absent_is_missing) || (all == 0 && is_share) {
            return None;
        }
        let value = match spec.tally {
            Tally::Share { scale } => share(sum, all) * scale,
            Tally::Count | Tally::Weighted { .. } => sum,
        };
        Some(Cell { records, ..Cell::of(value, table.status) })
    });
    Some(cells.collect())
}

#[expect(clippy::cast_precision_loss, reason = "counts of records stay far below 2^52")]
fn share(part: f64, whole: usize) -> f64 {
    part / whole as f64
}

/// The position of the table, or a finding; nothing if it could not be read, which was told.
fn table(
    spec: &RecordCount,
    config: &Config,
    tables: &[RecordTable],
    findings: &mut Findings,
) -> Option<usize> {
    let (id, span) = &spec.table;
    let is_record = |kind| matches!(kind, InputKind::Events | InputKind::Records);
    match config.inputs.iter().find(|input| input.id == *id) {
        None => {
            let ids = config.inputs.iter().filter(|i| is_record(i.kind)).map(|i| i.id.as_str());
            findings.push(
                Diagnostic::error(
                    Code::ConfigUnknownName,
                    format!("no input table is called `{id}`"),
                )
                .at(*span, "")
                .did_you_mean(&nearest(id, ids)),
            );
        }
        Some(input) if !is_record(input.kind) => findings.push(
            Diagnostic::error(Code::ConfigInvalid, format!("`{id}` is not a table of records"))
                .at(*span, "counted here")
                .at(input.table.span, "declared here")
                .help("declare it with `kind: records` or `kind: events`"),
        ),
        Some(_) => {}
    }
    tables.iter().position(|table| table.id == *id)
}

/// The weight of every chosen record by its class.
fn weights(
    spec: &RecordCount,
    table: &RecordTable,
    chosen: &[usize],
    findings: &mut Findings,
) -> Option<Vec<f64>> {
    let Tally::Weighted { by: (column, span), weights, span: stated } = &spec.tally else {
        return None;
    };
    let Some(by) = table.columns.iter().find(|c| fold::word(c) == fold::word(column)) else {
        findings.push(
            Diagnostic::error(
                Code::DataMissingColumn,
                format!("table `{}` has no column `{column}`", table.id),
            )
            .at(*span, "")
            .did_you_mean(&nearest(column, table.columns.iter().map(String::as_str))),
        );
        return None;
    };
    let weights: BTreeMap<String, f64> =
        weights.iter().map(|(class, weight)| (fold::narrow(class), *weight)).collect();
    let class = |record: &Record| fold::narrow(record.cells.get(by).map_or("", String::as_str));
    let mut found = Vec::new();
    let (mut without, mut unknown) = (Vec::new(), BTreeMap::<String, Vec<&Record>>::new());
    for record in chosen.iter().map(|&row| &table.records[row]) {
        let class = class(record);
        match weights.get(&class) {
            Some(weight) => found.push(*weight),
            None if class.is_empty() => without.push(record),
            None => unknown.entry(class).or_default().push(record),
        }
    }
    if without.is_empty() && unknown.is_empty() {
        return Some(found);
    }
    if !without.is_empty() {
        let message = format!("{} of `{}` without `{by}`", records(without.len()), table.id);
        findings.push(
            rows(Diagnostic::error(Code::DataBadCell, message), &without, "no class")
                .help("fill in the class, or leave such records out with `where`"),
        );
    }
    for (class, of_class) in unknown {
        let message = format!(
            "{} of `{}` with class `{class}`, which has no weight",
            records(of_class.len()),
            table.id
        );
        let found = rows(Diagnostic::error(Code::DataBadCell, message), &of_class, "this class");
        let near = nearest(&class, weights.keys().map(String::as_str));
        findings.push(
            found
                .at(*stated, "weights")
                .did_you_mean(&near)
                .help(format!("give `{class}` a weight, which may be 0")),
        );
    }
    None
}

fn records(count: usize) -> String {
    if count == 1 { "a record".to_owned() } else { format!("{count} records") }
}

/// A finding that points at rows, the first few of many.
fn rows(mut found: Diagnostic, records: &[&Record], text: &str) -> Diagnostic {
    for record in records.iter().take(MOST_ROWS) {
        found = found.at(record.span, text);
    }
    if records.len() > MOST_ROWS {
        found = found.help(format!("{} more rows are alike", records.len() - MOST_ROWS));
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::data::Inputs;
    use crate::data::testing::{Project, codes};

    const POLICIES: &str = "unit,date,title,class,level\n甲,2020,一,a,国家\n甲,2021-03,二,b,市\n\
        乙,2020,三,ａ,市\n甲,2019,四,b,国家\n";

    fn project(value: &str) -> Project {
        Project::new()
            .file("data.csv", "unit,year,people\n甲,2020,4\n乙,2020,2\n丙,2020,0\n")
            .file("policies.csv", POLICIES)
            .file(
                "firms.csv",
                "unit,name,listed,status\n甲,x,1,active\n甲,y,0,\n乙,z,0,\n丁城,w,0,\n",
            )
            .file(
                "cities.csv",
                "code,name_zh,name_en\n1,甲市,Alpha\n2,乙市,Beta\n3,丙市,Gamma\n4,丁城市,D\n",
            )
            .cities("{ gazetteer: cities.csv, include: [甲, 乙, 丙] }")
            .data("{ file: data.csv }")
            .data("{ file: policies.csv, kind: events, source: s, status: official }")
            .data("{ file: firms.csv, kind: records, status: estimate }")
            .node(&format!("{{ code: x, value: {value} }}"))
    }

    fn inputs(value: &str) -> Inputs {
        project(value).load().unwrap().value
    }

    fn values(value: &str) -> Vec<Option<f64>> {
        let inputs = inputs(value);
        let cells = &inputs.dataset.indicators[0].cells;
        cells.iter().map(|cell| cell.as_ref().map(|cell| cell.value)).collect()
    }

    #[test]
    fn classes_are_weighed() {
        let all = "{ weighted-count: { of: policies, by: class, weights: { a: 0.4, b: 0.3 } } }";
        assert_eq!(values(all), [Some(1.0), Some(0.4), Some(0.0)]);
        let some = "{ weighted-count: { of: policies, by: class, weights: { a: 0.4, b: 0.3 }, \
                    where: \"level == '国家'\", absent: missing } }";
        assert_eq!(values(some), [Some(0.7), Some(0.0), None]);
    }

    #[test]
    fn records_are_counted_and_shared_out() {
        assert_eq!(values("{ count: { of: policies } }"), [3.0, 1.0, 0.0].map(Some));
        assert_eq!(
            values("{ count: { of: policies, where: \"date >= '2020'\" } }"),
            [2.0, 1.0, 0.0].map(Some)
        );
        assert_eq!(
            values("{ share: { of: firms, where: 'listed == 1', scale: 100 } }"),
            [Some(50.0), Some(0.0), None]
        );
    }

    #[test]
    fn counts_as_of_a_base_year_stop_there() {
        let base = |value: &str, more: &str| {
            let value =
                format!("{value}, normalisation: {{ method: base-period, base-year: 2020 }}{more}");
            project(&value)
                .cities("{ gazetteer: cities.csv, include: [甲, 乙] }")
                .load()
                .map(|inputs| inputs.value.dataset.indicators[0].bases[&2020].clone())
        };
        // 甲 has records of 2019, 2020 and 2021; 乙 one of 2020.
        assert_eq!(base("{ count: { of: policies } }", "").unwrap(), [2.0, 1.0].map(Some));
        let some = "{ weighted-count: { of: policies, by: class, weights: { a: 0.4, b: 0.3 } } }";
        assert_eq!(base(some, "").unwrap(), [0.7, 0.4].map(Some));
        let share = "{ share: { of: policies, where: \"level == '国家'\", scale: 100 } }";
        assert_eq!(base(share, "").unwrap(), [100.0, 0.0].map(Some));
        // Divided by the people of the base year.
        let by = ", denominate: { by: people, scale: 10 }";
        assert_eq!(base("{ count: { of: policies } }", by).unwrap(), [5.0, 5.0].map(Some));
        let bands = "{ banded: { value: { count: { of: policies } }, bands: [{ below: 2, score: \
                     5 }, { score: 15 }] } }";
        assert_eq!(base(bands, "").unwrap(), [15.0, 5.0].map(Some));
        let found = base("{ count: { of: firms } }", "").unwrap_err();
        assert_eq!(
            found[0].message,
            "3 records of `firms` without a year, but it is counted as of 2020"
        );
    }

    #[test]
    fn cells_point_at_their_records() {
        let inputs = inputs("{ count: { of: policies } }");
        let data = &inputs.dataset;
        let cell = data.indicators[0].cells[0].as_ref().unwrap();
        assert_eq!(cell.status, crate::config::Status::Official);
        assert_eq!(data.indicators[0].years, [2019, 2020, 2021]);
        let titles: Vec<&str> =
            cell.records.iter().map(|&at| data.record(at).cells["title"].as_str()).collect();
        assert_eq!(titles, ["四", "一", "二"]);
        assert_eq!(data.sources(cell).collect::<Vec<_>>(), ["s"; 3]);
    }

    #[test]
    fn bands_score_values_and_counts() {
        let bands = "bands: [{ below: 1, score: 5 }, { below: 3, score: 15 }, { score: 55 }]";
        let count = format!("{{ banded: {{ value: {{ count: {{ of: policies }} }}, {bands} }} }}");
        assert_eq!(values(&count), [55.0, 15.0, 5.0].map(Some));
        let column = format!("{{ banded: {{ value: people / 2, {bands} }} }}");
        assert_eq!(values(&column), [15.0, 15.0, 5.0].map(Some));
    }

    #[test]
    fn values_are_denominated() {
        let given = |value: &str| project(value).load();
        let denominated = "'people * 3 + people', denominate: { by: people, scale: 10 }";
        let found = given(denominated).unwrap_err();
        assert_eq!(
            found[0].message,
            "`(people * 3 + people) / people * 10` has no finite value for 丙市 (Gamma): \
             `people * 3 + people` = 0, `people` = 0"
        );
        let text = "unit,year,people\n甲,2020,4\n乙,2020,2\n";
        let count = "{ count: { of: policies } }, denominate: { by: people, scale: 10 }";
        let inputs = project(count).file("data.csv", text).load().unwrap().value;
        let cells = &inputs.dataset.indicators[0].cells;
        let values: Vec<_> = cells.iter().map(|c| c.as_ref().map(|c| c.value)).collect();
        assert_eq!(values, [Some(7.5), Some(5.0), None]);
        let cell = cells[0].as_ref().unwrap();
        assert_eq!((cell.records.len(), cell.inputs.len()), (3, 1));
    }

    #[test]
    fn records_without_a_weight_are_listed() {
        let count = "{ weighted-count: { of: policies, by: class, weights: { b: 1 } } }";
        let broken = POLICIES.replace("甲,2019,四,b", "甲,2019,四,");
        let project = project(count).file("policies.csv", &broken);
        let found = project.fail();
        assert_eq!(codes(&found), ["data/bad-cell"; 2]);
        assert_eq!(found[0].message, "a record of `policies` without `class`");
        assert!(project.under(&found[0]).starts_with("甲,2019"));
        assert_eq!(found[1].message, "2 records of `policies` with class `a`, which has no weight");
        assert_eq!(found[1].labels.len(), 3);
    }

    #[test]
    fn names_are_checked() {
        let fail = |value: &str| project(value).fail();
        let found = fail("{ count: { of: policy } }");
        assert_eq!(found[0].message, "no input table is called `policy`");
        assert_eq!(found[0].help, ["did you mean `policies`?"]);
        let found = fail("{ count: { of: data } }");
        assert_eq!(found[0].message, "`data` is not a table of records");
        let found = fail("{ count: { of: policies, where: \"lvel == '市'\" } }");
        assert_eq!(found[0].message, "table `policies` has no column `lvel`");
        let found = fail("{ weighted-count: { of: policies, by: clas, weights: { a: 1 } } }");
        assert_eq!(found[0].message, "table `policies` has no column `clas`");
        assert_eq!(found[0].help, ["did you mean `class`?"]);
    }

    #[test]
    fn rows_come_in_any_order() {
        let value = "{ weighted-count: { of: policies, by: class, weights: { a: 0.4, b: 0.3 } } }";
        let mut lines: Vec<&str> = POLICIES.lines().collect();
        lines[1..].reverse();
        let turned = project(value).file("policies.csv", &lines.join("\n"));
        let cells = |inputs: Inputs| inputs.dataset.indicators[0].cells.clone();
        assert_eq!(cells(inputs(value)), cells(turned.load().unwrap().value));
    }
}
