//! Derivation: the value of every indicator for every unit, by its formula over raw cells.

use crate::config::{Config, Expr, Formula, IndicatorSpec, Node, Normalisation, Status};
use crate::data::dataset::{Cell, IndicatorData, RawCell};
use crate::data::fold;
use crate::data::gazetteer::Unit;
use crate::data::measure::{self, Measure};
use crate::data::raw_store::RawStore;
use crate::data::series::{NoSeries, Series, SeriesIndex};
use crate::diag::{Code, Diagnostic, Findings, Span, nearest};
use crate::source::Sources;

/// Derives every indicator of the framework; one that cannot be derived is a finding.
pub(super) fn derive(
    sources: &Sources,
    config: &Config,
    units: &[Unit],
    raw: &[RawCell],
    store: &RawStore,
    findings: &mut Findings,
) -> Vec<IndicatorData> {
    let index = SeriesIndex::of(raw);
    let derivation = Derivation { sources, units, raw, store, index };
    let mut indicators = Vec::new();
    for position in config.method.indicators() {
        let node = &config.method.nodes[position];
        if let Some(spec) = node.indicator() {
            indicators.extend(derivation.indicator(position, node, spec, findings));
        }
    }
    indicators
}

struct Derivation<'a> {
    sources: &'a Sources,
    units: &'a [Unit],
    raw: &'a [RawCell],
    store: &'a RawStore,
    index: SeriesIndex<'a>,
}

/// A column of a formula: its name and the year after `@`.
type Column<'a> = (&'a str, Option<i32>);

impl Derivation<'_> {
    fn indicator(
        &self,
        position: usize,
        node: &Node,
        spec: &IndicatorSpec,
        findings: &mut Findings,
    ) -> Option<IndicatorData> {
        // A column may bear any name, `R&D` or `gdp-growth`: try the whole text first.
        let whole = self.store.columns().contains_key(&fold::narrow(&spec.value.text));
        let column = whole.then(|| Formula::column(&spec.value.text));
        let formula = column.as_ref().unwrap_or(&spec.value);

        let columns = formula.columns();
        if columns.is_empty() {
            findings.push(
                Diagnostic::error(
                    Code::ConfigInvalid,
                    format!("`{}` uses no column", formula.text),
                )
                .at(spec.value_span, "")
                .help("name at least one column of the data"),
            );
        }
        let mut series = Vec::new();
        for &column in &columns {
            match self.series(column, spec.year, node, spec) {
                Ok(found) => series.push((column, found)),
                Err(found) => findings.extend(found),
            }
        }
        if series.is_empty() || series.len() < columns.len() {
            return None;
        }
        let (measures, mixed) = self.measures(&series);
        findings.extend(mixed);
        let of_column = |name: &str, year| {
            let at = columns.iter().position(|&column| column == (name, year));
            at.map_or(Measure::Unknown, |at| measures[at].clone())
        };
        if let Err(mismatch) = measure::check(&formula.expr, &of_column) {
            findings.push(
                Diagnostic::error(
                    Code::FormulaMeasure,
                    format!(
                        "`{}` adds or subtracts {} and {}",
                        formula.text, mismatch.left, mismatch.right
                    ),
                )
                .at(spec.value_span, "")
                .help("convert one of them: a term multiplied by a constant counts as converted"),
            );
        }
        let cells = self.cells(formula, spec, &series, findings);
        let mut years: Vec<i32> = series.iter().filter_map(|(_, series)| series.year).collect();
        years.sort_unstable();
        years.dedup();
        let free = series.iter().filter(|((_, at), _)| at.is_none());
        let year = free.filter_map(|(_, series)| series.year).max().or(years.last().copied());
        let reference = match &spec.normalisation {
            Normalisation::DistanceToReference { unit, .. } => {
                Some(findings.keep(self.reference(unit, node, spec))?)
            }
            _ => None,
        };
        let base = match spec.normalisation {
            Normalisation::BasePeriod { year } => {
                self.base(formula, &columns, year, node, spec, findings)?
            }
            _ => Vec::new(),
        };
        Some(IndicatorData { node: position, year, years, cells, base, reference })
    }

    /// Position of the unit an indicator is compared with, by code or name.
    fn reference(
        &self,
        name: &str,
        node: &Node,
        spec: &IndicatorSpec,
    ) -> Result<usize, Diagnostic> {
        let is = |unit: &Unit| {
            [&unit.code, &unit.slug, &unit.name.zh, &unit.name.en].iter().any(|n| *n == name)
        };
        self.units.iter().position(is).ok_or_else(|| {
            let names = self.units.iter().flat_map(|u| [u.code.as_str(), &u.name.zh, &u.name.en]);
            Diagnostic::error(
                Code::ConfigUnknownName,
                format!("`{}` refers to `{name}`, which is not in the sample", node.code),
            )
            .at(spec.value_span, "")
            .did_you_mean(&nearest(name, names))
        })
    }

    /// Values in the base year: columns after `@` keep their year, all others take the base year.
    fn base(
        &self,
        formula: &Formula,
        columns: &[Column<'_>],
        year: i32,
        node: &Node,
        spec: &IndicatorSpec,
        findings: &mut Findings,
    ) -> Option<Vec<Option<f64>>> {
        let mut series = Vec::new();
        for &column in columns {
            match self.series(column, Some(year), node, spec) {
                Ok(found) => series.push((column, found)),
                Err(found) => findings.extend(found),
            }
        }
        let complete = series.len() == columns.len();
        let cells = complete.then(|| self.cells(formula, spec, &series, findings))?;
        Some(cells.into_iter().map(|cell| cell.map(|cell| cell.value)).collect())
    }

    /// The series of a column, or what to tell about its absence; nothing if that may be due to
    /// mistakes told already.
    fn series(
        &self,
        (name, at): Column<'_>,
        stated: Option<i32>,
        node: &Node,
        spec: &IndicatorSpec,
    ) -> Result<Series<'_>, Option<Diagnostic>> {
        let column = fold::narrow(name);
        let span = self.span_of(name, spec.value_span);
        let Some(&place) = self.store.columns().get(&column) else {
            return Err(self.store.is_read().then(|| self.missing_column(&column, node, span)));
        };
        self.index.pick(&column, at, stated).map_err(|why| {
            let found = match why {
                NoSeries::NoYears => Diagnostic::error(
                    Code::DataNoValues,
                    format!("column `{column}` has no years to choose from"),
                )
                .at(span, "a year is asked for here")
                .at(place, "the column")
                .help(format!("write `{name}` without year")),
                NoSeries::NoValues { year, others } => {
                    let when = year.map_or(String::new(), |year| format!(" for {year}"));
                    let found = Diagnostic::error(
                        Code::DataNoValues,
                        format!("no unit of the sample has a value of `{column}`{when}"),
                    )
                    .at(span, "wanted here")
                    .at(place, "the column");
                    let listed: Vec<String> = others.iter().map(ToString::to_string).collect();
                    match others.last() {
                        Some(last) => found.help(format!(
                            "write `{name}@{last}`, for example: there are values for {}",
                            listed.join(", ")
                        )),
                        None => found.help("fill in its values, or take the indicator out"),
                    }
                }
            };
            self.store.is_whole(&column).then_some(found)
        })
    }

    fn missing_column(&self, column: &str, node: &Node, span: Span) -> Diagnostic {
        let message = if column == node.code {
            format!("indicator `{column}` has no values: no input has a column of that name")
        } else {
            format!("indicator `{}` needs column `{column}`, which no input has", node.code)
        };
        let columns = self.store.columns();
        let near = nearest(column, columns.keys().map(String::as_str));
        let closest = near.first().and_then(|name| columns.get(name)).copied();
        Diagnostic::error(Code::DataMissingColumn, message)
            .at(span, "wanted here")
            .at_opt(closest, "closest column")
            .did_you_mean(&near)
    }

    /// The place of a column's name within its formula.
    fn span_of(&self, name: &str, formula: Span) -> Span {
        let is_inside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
        let text = self.sources.slice(formula);
        let found = text.match_indices(name).find(|(at, _)| {
            let (before, after) = (&text[..*at], &text[at + name.len()..]);
            !is_inside(before.chars().next_back()) && !is_inside(after.chars().next())
        });
        found.map_or(formula, |(at, _)| {
            Span::new(formula.file, formula.start + at, formula.start + at + name.len())
        })
    }

    /// The measure of every series, and a finding for each that mixes several.
    fn measures(&self, series: &[(Column<'_>, Series<'_>)]) -> (Vec<Measure>, Vec<Diagnostic>) {
        let (mut measures, mut mixed) = (Vec::new(), Vec::new());
        for ((name, _), series) in series {
            let told = || {
                series
                    .cells()
                    .map(|cell| &self.raw[cell])
                    .filter(|cell| cell.value.is_some() && !cell.measure.is_empty())
            };
            let narrow = |cell: &RawCell| fold::narrow(&cell.measure);
            let Some(first) = told().next() else {
                measures.push(Measure::Unknown);
                continue;
            };
            measures.push(Measure::of(&narrow(first)));
            if let Some(other) = told().find(|cell| narrow(cell) != narrow(first)) {
                mixed.push(
                    Diagnostic::error(
                        Code::FormulaMeasure,
                        format!(
                            "column `{name}` is measured in `{}` and in `{}`",
                            first.measure, other.measure
                        ),
                    )
                    .at(other.span, format!("in `{}`", other.measure))
                    .at(first.span, format!("in `{}`", first.measure))
                    .help("convert the values to one measure"),
                );
            }
        }
        (measures, mixed)
    }

    fn cells(
        &self,
        formula: &Formula,
        spec: &IndicatorSpec,
        series: &[(Column<'_>, Series<'_>)],
        findings: &mut Findings,
    ) -> Vec<Option<Cell>> {
        let mut failures = Vec::new();
        let cells = (0..self.units.len()).map(|unit| {
            let found = series.iter().map(|(column, series)| {
                let cell = series.cell(unit)?;
                Some((*column, cell, self.raw[cell].value?))
            });
            let inputs: Vec<(Column<'_>, usize, f64)> = found.collect::<Option<_>>()?;
            let value = evaluate(&formula.expr, &|name, year| {
                let input = inputs.iter().find(|(column, _, _)| *column == (name, year));
                input.map_or(f64::NAN, |(_, _, value)| *value)
            });
            if !value.is_finite() {
                failures.push((unit, inputs));
                return None;
            }
            let positions: Vec<usize> = inputs.iter().map(|(_, cell, _)| *cell).collect();
            let own = spec.status.unwrap_or(Status::Official);
            let status = positions.iter().map(|&cell| self.raw[cell].status).fold(own, Status::max);
            Some(Cell { value, status, inputs: positions })
        });
        let cells = cells.collect();
        if let Some((unit, inputs)) = failures.first() {
            let values: Vec<String> = inputs
                .iter()
                .map(|((name, year), _, value)| match year {
                    Some(year) => format!("`{name}@{year}` = {value}"),
                    None => format!("`{name}` = {value}"),
                })
                .collect();
            let mut found = Diagnostic::error(
                Code::IndexDomain,
                format!(
                    "`{}` has no finite value for {}: {}",
                    formula.text,
                    self.name_of(*unit),
                    values.join(", ")
                ),
            )
            .at(spec.value_span, "");
            for (_, cell, value) in inputs {
                found = found.at(self.raw[*cell].span, value.to_string());
            }
            if failures.len() > 1 {
                let others: Vec<String> =
                    failures[1..].iter().map(|(unit, _)| self.name_of(*unit)).collect();
                found = found.help(format!("the same holds for {}", others.join(", ")));
            }
            findings.push(found.help("leave the cell empty if the value is not known"));
        }
        cells
    }

    fn name_of(&self, unit: usize) -> String {
        self.units[unit].both_names()
    }
}

fn evaluate(expr: &Expr, column: &impl Fn(&str, Option<i32>) -> f64) -> f64 {
    match expr {
        Expr::Number(value) => *value,
        Expr::Column { name, year } => column(name, *year),
        Expr::Negate(inner) => -evaluate(inner, column),
        Expr::Binary(op, left, right) => {
            measure::apply(*op, evaluate(left, column), evaluate(right, column))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::data::Inputs;
    use crate::data::testing::{Project, codes};

    const DATA: &str = "unit,indicator,year,value,measure,status\n\
        甲,gdp,2019,100,亿元,official\n甲,gdp,2020,110,亿元,official\n\
        乙,gdp,2019,50,亿元,official\n乙,gdp,2020,60,亿元,estimate\n丙,gdp,2019,10,亿元,\n\
        甲,people,2020,20,万人,official\n乙,people,2020,0,万人,\n丙,people,2020,5,万人,\n\
        甲,R&D-input,2020,3,%,\n甲,area,2018,7,km2,\n乙,area,2018,7,km2,\n丙,area,2018,7,km2,\n";

    fn project(nodes: &[&str]) -> Project {
        let project = Project::new().file("data.csv", DATA);
        nodes.iter().fold(project, |project, node| project.node(node))
    }

    fn values(inputs: &Inputs, indicator: usize) -> Vec<Option<f64>> {
        let cells = &inputs.dataset.indicators[indicator].cells;
        cells.iter().map(|cell| cell.as_ref().map(|cell| cell.value)).collect()
    }

    #[test]
    fn a_column_comes_from_the_year_with_most_values() {
        let inputs = project(&["{ code: gdp }", "{ code: area }"]).load().unwrap().value;
        assert_eq!(values(&inputs, 0), [Some(100.0), Some(50.0), Some(10.0)]);
        let years: Vec<_> = inputs.dataset.indicators.iter().map(|i| i.year).collect();
        assert_eq!(years, [Some(2019), Some(2018)]);
    }

    #[test]
    fn formulas_take_years_and_quoted_columns() {
        let inputs = project(&[
            "{ code: growth, value: 'gdp@2020 / gdp@2019 - 1', year: 2020 }",
            "{ code: gdp, year: 2020, status: proxy }",
            "{ code: rd, value: '`R&D-input` * 2' }",
            "{ code: density, value: 'gdp / area@2018', year: 2020 }",
        ])
        .load()
        .unwrap()
        .value;
        let growth = values(&inputs, 0);
        assert!((growth[0].unwrap() - 0.1).abs() < 1e-12);
        assert_eq!(growth[2], None);
        let first = &inputs.dataset.indicators[0];
        assert_eq!((first.year, first.years.as_slice()), (Some(2020), [2019, 2020].as_slice()));
        let cell = first.cells[1].as_ref().unwrap();
        assert_eq!(cell.status, Status::Estimate);
        let inputs_of: Vec<_> = cell.inputs.iter().map(|&i| inputs.dataset.raw[i].year).collect();
        assert_eq!(inputs_of, [Some(2020), Some(2019)]);
        let statuses: Vec<_> =
            inputs.dataset.indicators[1].cells.iter().flatten().map(|c| c.status).collect();
        assert_eq!(statuses, [Status::Proxy, Status::Estimate]);
        assert_eq!(values(&inputs, 2), [Some(6.0), None, None]);
        let density = &inputs.dataset.indicators[3];
        assert_eq!((density.year, density.years.as_slice()), (Some(2020), [2018, 2020].as_slice()));
    }

    #[test]
    fn a_whole_text_may_be_the_name_of_a_column() {
        let project = Project::new()
            .file("data.csv", "unit,gdp-growth,gdp,growth\n甲,7,1,x\n")
            .node("{ code: gdp-growth }")
            .node("{ code: g2, value: gdp-growth }");
        let inputs = project.load();
        // `growth` is a column of the formula as parsed, so its text cell is looked into.
        assert_eq!(codes(&inputs.unwrap_err()), ["data/not-a-number"]);
        let inputs = project.file("data.csv", "unit,gdp-growth\n甲,7\n").load().unwrap().value;
        assert_eq!(values(&inputs, 0)[0], Some(7.0));
        assert_eq!(values(&inputs, 1)[0], Some(7.0));
    }

    #[test]
    fn a_missing_column_is_told_where_it_is_wanted() {
        let project = project(&["{ code: per_head, value: 'gdp / poeple * 10000' }"]);
        let found = project.fail();
        assert_eq!(codes(&found), ["data/missing-column"]);
        assert_eq!(project.under(&found[0]), "poeple");
        assert_eq!(project.text_at(found[0].labels[1].span), "people");
        assert_eq!(found[0].help, ["did you mean `people`?"]);
        let found = Project::new().file("data.csv", "unit,gpd\n甲,1\n").fail();
        assert_eq!(
            found[0].message,
            "indicator `gdp` has no values: no input has a column of that name"
        );
    }

    #[test]
    fn years_without_values_are_errors() {
        let found =
            project(&["{ code: area, year: 2020 }", "{ code: x, value: area@2030 }"]).fail();
        assert_eq!(codes(&found), ["data/no-values"; 2]);
        assert!(found[0].help[0].contains("`area@2018`"));
        let wide = |value: &str| {
            Project::new()
                .file("data.csv", "unit,gdp,other\n甲,1,\n乙,2,—\n")
                .method("year: 2022")
                .node(&format!("{{ code: a, value: '{value}' }}"))
        };
        assert_eq!(values(&wide("gdp").load().unwrap().value, 0)[1], Some(2.0));
        assert_eq!(wide("gdp").load().unwrap().value.dataset.indicators[0].year, None);
        assert_eq!(codes(&wide("gdp@2020").fail()), ["data/no-values"]);
        assert_eq!(codes(&wide("other").fail()), ["data/no-values"]);
        assert_eq!(codes(&wide("7").fail()), ["config/invalid"]);
    }

    #[test]
    fn values_without_bounds_are_errors() {
        let found = project(&["{ code: per_head, value: 'gdp@2019 / people' }"]).fail();
        assert_eq!(codes(&found), ["index/out-of-domain"]);
        assert_eq!(
            found[0].message,
            "`gdp@2019 / people` has no finite value for 乙市 (Beta): `gdp@2019` = 50, `people` = 0"
        );
        assert_eq!(found[0].labels.len(), 3);
        let found = project(&["{ code: root, value: '(gdp - gdp@2019 * 2) ^ 0.5' }"]).fail();
        assert!(found[0].help[0].contains("丙市 (Gamma)"));
    }

    #[test]
    fn measures_are_checked() {
        let found = project(&["{ code: sum, value: 'gdp + people' }"]).fail();
        assert_eq!(codes(&found), ["formula/measure"]);
        assert_eq!(found[0].message, "`gdp + people` adds or subtracts `亿元` and `万人`");
        let text = "unit,indicator,value,measure\n甲,gdp,1,亿元\n乙,gdp,2,万元\n";
        let project = Project::new().file("data.csv", text);
        let found = project.fail();
        assert_eq!(codes(&found), ["formula/measure"]);
        assert_eq!(project.under(&found[0]), "2");
    }

    #[test]
    fn mistakes_do_not_breed_others() {
        let project = Project::new()
            .file("data.csv", "unit,gdp,x\n丁,1,1\n")
            .data("{ file: data.csv }")
            .data("{ file: nought.csv }")
            .file("nought.csv", "")
            .node("{ code: gdp }")
            .node("{ code: other }");
        assert_eq!(codes(&project.fail()), ["data/unknown-unit", "data/empty-table"]);
        let project = |text: &str| Project::new().file("data.csv", text);
        assert_eq!(codes(&project("unit,gdp\n").fail()), ["data/empty-table"]);
        assert_eq!(codes(&project("unit,indicator,value\n甲,gdp\n").fail()), ["data/row-length"]);
        // What has nothing to do with the first mistake is told along with it.
        let found =
            project("unit,gdp,x\n甲,1个,\n").node("{ code: gdp }").node("{ code: x }").fail();
        assert_eq!(codes(&found), ["data/not-a-number", "data/no-values"]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        /// The order of rows changes nothing but places.
        #[test]
        fn rows_come_in_any_order(
            rows in Just(DATA.lines().skip(1).collect::<Vec<_>>()).prop_shuffle()
        ) {
            let header = DATA.lines().next().unwrap();
            let text = format!("{header}\n{}\n", rows.join("\n"));
            let nodes = ["{ code: gdp }", "{ code: x, value: 'people / area@2018' }"];
            let digest = |project: &Project| {
                let dataset = project.load().unwrap().value.dataset;
                let raw: Vec<String> = dataset
                    .raw
                    .into_iter()
                    .map(|cell| format!("{:?}", RawCell {
                        span: Span::new(crate::diag::FileId(0), 0, 0),
                        ..cell
                    }))
                    .collect();
                format!("{raw:?} {:?}", dataset.indicators)
            };
            prop_assert_eq!(digest(&project(&nodes)), digest(&project(&nodes).file("data.csv", &text)));
        }
    }
}
