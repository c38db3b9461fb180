//! Derivation: the value of every indicator for every unit, by its formula over raw cells.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::{
    Config, Definition, DefinitionKind, Expr, Formula, IndicatorSpec, Methodology, Node,
    Normalisation, RecordCount, Status,
};
use crate::data::compose::{self, NotFinite};
use crate::data::counts::Counting;
use crate::data::dataset::{Cell, Imputed, IndicatorData, RawCell};
use crate::data::gazetteer::{Gazetteer, Unit};
use crate::data::measure::{self, Measure};
use crate::data::names::Lookup;
use crate::data::raw_store::RawStore;
use crate::data::records::RecordTable;
use crate::data::sample::ambiguous;
use crate::data::series::{NoSeries, Series, SeriesIndex};
use crate::data::{fold, over_time};
use crate::diag::{Code, Diagnostic, Findings, Span, nearest};
use crate::source::Sources;

/// What values are derived from.
#[derive(Clone, Copy)]
pub(super) struct Material<'a> {
    /// The files, for the places of names within formulas.
    pub(super) sources: &'a Sources,
    /// The definitions.
    pub(super) config: &'a Config,
    /// The sample.
    pub(super) units: &'a [Unit],
    /// Cells of indicator tables.
    pub(super) raw: &'a [RawCell],
    /// Records that can be counted.
    pub(super) records: &'a [RecordTable],
}

/// Derives every indicator of the framework; one that cannot be derived is a finding.
pub(super) fn derive(
    material: Material<'_>,
    store: &RawStore,
    findings: &mut Findings,
) -> Vec<IndicatorData> {
    let Material { sources, config, units, raw, records } = material;
    let index = SeriesIndex::of(raw);
    let derivation = Derivation { sources, config, units, raw, records, store, index };
    let mut indicators = Vec::new();
    for position in config.method.indicators() {
        let node = &config.method.nodes[position];
        if let Some(spec) = node.indicator() {
            let bases =
                normalisations(&config.method, position).filter_map(Normalisation::base_year);
            let bases: BTreeSet<i32> = bases.collect();
            let subject = Subject { position, node, spec, bases: &bases };
            indicators.extend(derivation.indicator(subject, findings));
        }
    }
    indicators
}

/// How an indicator is normalised in the main result and in every variant.
fn normalisations(
    method: &Methodology,
    position: usize,
) -> impl Iterator<Item = &Normalisation> + '_ {
    let methods = std::iter::once(method).chain(method.variants.iter().map(|own| &own.method));
    methods.filter_map(move |own| Some(&own.nodes[position].indicator()?.normalisation))
}

struct Derivation<'a> {
    sources: &'a Sources,
    config: &'a Config,
    units: &'a [Unit],
    raw: &'a [RawCell],
    records: &'a [RecordTable],
    store: &'a RawStore,
    index: SeriesIndex<'a>,
}

/// The indicator that is derived.
#[derive(Clone, Copy)]
struct Subject<'a> {
    position: usize,
    node: &'a Node,
    spec: &'a IndicatorSpec,
    /// The base years that its normalisations ask for, in the main result and in variants.
    bases: &'a BTreeSet<i32>,
}

/// A column of a formula: its name and the year after `@`.
type Column<'a> = (&'a str, Option<i32>);

/// The value of a column for a unit.
struct Input<'a> {
    column: Column<'a>,
    value: f64,
    /// Positions of what it rests on among the raw cells: one, or two around a gap.
    raw: Vec<usize>,
    /// The years it was filled in from; empty if it was not.
    years: Vec<i32>,
}

impl Derivation<'_> {
    fn indicator(&self, subject: Subject<'_>, findings: &mut Findings) -> Option<IndicatorData> {
        let Subject { node, spec, .. } = subject;
        let mut found = self.definition(&spec.value, subject, findings)?;
        for rule in normalisations(&self.config.method, subject.position) {
            let Normalisation::DistanceToReference { unit, .. } = rule else { continue };
            let at = findings.keep(self.reference(unit, node, spec))?;
            found.references.insert(unit.clone(), at);
        }
        Some(found)
    }

    fn definition(
        &self,
        definition: &Definition,
        subject: Subject<'_>,
        findings: &mut Findings,
    ) -> Option<IndicatorData> {
        match &definition.kind {
            DefinitionKind::Formula(formula) => {
                self.formula(formula, definition.span, subject, findings)
            }
            DefinitionKind::Records(spec) => self.records(spec, subject, findings),
            DefinitionKind::Banded { of, bands } => {
                Some(compose::band(self.definition(of, subject, findings)?, bands))
            }
            DefinitionKind::Denominated { of, by, scale } => {
                let left = self.definition(of, subject, findings);
                let right = self.definition(by, subject, findings);
                let (quotient, failures) = compose::divide(left?, right?, *scale);
                findings.extend(self.not_finite(definition, (of, by), &failures));
                Some(quotient)
            }
        }
    }

    fn records(
        &self,
        spec: &RecordCount,
        Subject { position, spec: own, bases, .. }: Subject<'_>,
        findings: &mut Findings,
    ) -> Option<IndicatorData> {
        let counting =
            Counting { config: self.config, tables: self.records, units: self.units.len() };
        let mut cells = counting.cells(spec, None, findings)?;
        let mut then = BTreeMap::new();
        for &year in bases {
            let cells = counting.cells(spec, Some(year), findings)?;
            then.insert(year, cells.into_iter().map(|cell| cell.map(|own| own.value)).collect());
        }
        for cell in cells.iter_mut().flatten() {
            cell.status = cell.status.max(own.status.unwrap_or(Status::Official));
        }
        let counted = cells.iter().flatten().flat_map(|cell| &cell.records);
        let mut years: Vec<i32> =
            counted.filter_map(|at| self.records[at.table].records[at.row].year).collect();
        years.sort_unstable();
        years.dedup();
        Some(IndicatorData {
            node: position,
            year: None,
            years,
            cells,
            bases: then,
            references: BTreeMap::new(),
            pooled: Vec::new(),
        })
    }

    /// The finding that quotients are not finite.
    fn not_finite(
        &self,
        definition: &Definition,
        (of, by): (&Definition, &Definition),
        failures: &[NotFinite],
    ) -> Option<Diagnostic> {
        let first = failures.first()?;
        let message = format!(
            "`{}` has no finite value for {}: `{}` = {}, `{}` = {}",
            definition.text,
            self.name_of(first.unit),
            of.text,
            first.of.value,
            by.text,
            first.by.value
        );
        let mut found = Diagnostic::error(Code::IndexDomain, message).at(definition.span, "");
        for raw in first.by.inputs.iter().map(|&raw| &self.raw[raw]) {
            found = found.at(raw.span, first.by.value.to_string());
        }
        let units = failures.iter().map(|failure| failure.unit).collect::<Vec<_>>();
        Some(self.and_others(found, &units).help("leave the cell empty if the value is not known"))
    }

    /// Adds the other units of which a finding about the first holds too.
    fn and_others(&self, found: Diagnostic, units: &[usize]) -> Diagnostic {
        let others: Vec<String> = units.iter().skip(1).map(|&unit| self.name_of(unit)).collect();
        if others.is_empty() {
            return found;
        }
        found.help(format!("the same holds for {}", others.join(", ")))
    }

    fn formula(
        &self,
        written: &Formula,
        span: Span,
        Subject { position, node, spec, bases: asked }: Subject<'_>,
        findings: &mut Findings,
    ) -> Option<IndicatorData> {
        // A column may bear any name, `R&D` or `gdp-growth`: try the whole text first.
        let whole = self.store.columns().contains_key(&fold::narrow(&written.text));
        let column = whole.then(|| Formula::column(&written.text));
        let formula = column.as_ref().unwrap_or(written);

        let columns = formula.columns();
        if columns.is_empty() {
            findings.push(
                Diagnostic::error(
                    Code::ConfigInvalid,
                    format!("`{}` uses no column", formula.text),
                )
                .at(span, "")
                .help("name at least one column of the data"),
            );
        }
        if formula.uses_year() && spec.year.is_none() {
            let message = format!("`{}` uses `year`, but no year is stated", formula.text);
            let found = Diagnostic::error(Code::ConfigInvalid, message).at(span, "");
            findings.push(found.help("state `year` in the methodology or at the indicator"));
            return None;
        }
        let mut series = Vec::new();
        for &column in &columns {
            match self.series(column, spec.year, node, spec, span) {
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
                .at(span, "")
                .help("convert one of them: a term multiplied by a constant counts as converted"),
            );
        }
        let cells = self.cells((formula, span), spec, spec.year, &series, findings);
        let filled = cells.iter().flatten().filter_map(|cell| cell.imputed.as_ref());
        let filled = filled.flat_map(|imputed| &imputed.columns).flat_map(|(_, years)| years);
        let stated = series.iter().filter_map(|(_, series)| series.year);
        let mut years: Vec<i32> = stated.chain(filled.copied()).collect();
        years.sort_unstable();
        years.dedup();
        let free = series.iter().filter(|((_, at), _)| at.is_none());
        let year = free.filter_map(|(_, series)| series.year).max().or(years.last().copied());
        let mut bases = BTreeMap::new();
        for &year in asked {
            let base = self.base((formula, span), &columns, year, node, spec, findings)?;
            bases.insert(year, base);
        }
        let references = BTreeMap::new();
        let pooled = Vec::new();
        Some(IndicatorData { node: position, year, years, cells, bases, references, pooled })
    }

    /// Position of the unit an indicator is compared with, by code or name.
    fn reference(
        &self,
        name: &str,
        node: &Node,
        spec: &IndicatorSpec,
    ) -> Result<usize, Diagnostic> {
        let slug = |unit: &Unit| unit.slug == name;
        let at = Gazetteer::of(self.units.to_vec()).position(name);
        at.or_else(|lookup| self.units.iter().position(slug).ok_or(lookup)).map_err(|lookup| {
            let found = match lookup {
                Lookup::Unknown(near) => Diagnostic::error(
                    Code::ConfigUnknownName,
                    format!("`{}` refers to `{name}`, which is not in the sample", node.code),
                )
                .did_you_mean(&near)
                .help("`reference` wants a unit of the sample, by code or name"),
                Lookup::Ambiguous(candidates) => ambiguous(name, &candidates),
            };
            found.at(spec.value_span, "")
        })
    }

    /// Values in the base year: columns after `@` keep their year, all others take the base year.
    fn base(
        &self,
        (formula, span): (&Formula, Span),
        columns: &[Column<'_>],
        year: i32,
        node: &Node,
        spec: &IndicatorSpec,
        findings: &mut Findings,
    ) -> Option<Vec<Option<f64>>> {
        let mut series = Vec::new();
        for &column in columns {
            match self.series(column, Some(year), node, spec, span) {
                Ok(found) => series.push((column, found)),
                Err(found) => findings.extend(found),
            }
        }
        let complete = series.len() == columns.len();
        let cells =
            complete.then(|| self.cells((formula, span), spec, Some(year), &series, findings))?;
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
        formula: Span,
    ) -> Result<Series<'_>, Option<Diagnostic>> {
        let column = fold::narrow(name);
        let span = self.span_of(name, formula);
        let Some(&place) = self.store.columns().get(&column) else {
            return Err(self.store.is_read().then(|| self.missing_column(&column, node, span)));
        };
        self.index.pick(&column, at, stated).or_else(|why| {
            let found = match why {
                // Every unit may have an earlier value.
                NoSeries::NoValues { year: Some(year), others }
                    if at.is_none() && spec.imputation.is_over_time() && !others.is_empty() =>
                {
                    return Ok(Series::empty(year));
                }
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
            Err(self.store.is_whole(&column).then_some(found))
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
        (formula, span): (&Formula, Span),
        spec: &IndicatorSpec,
        year: Option<i32>,
        series: &[(Column<'_>, Series<'_>)],
        findings: &mut Findings,
    ) -> Vec<Option<Cell>> {
        let number = year.map_or(f64::NAN, f64::from);
        let mut failures = Vec::new();
        let cells = (0..self.units.len()).map(|unit| {
            let found =
                series.iter().map(|(column, series)| self.input(unit, *column, series, spec));
            let inputs: Vec<Input<'_>> = found.collect::<Option<_>>()?;
            let value = evaluate(&formula.expr, number, &|name, year| {
                let input = inputs.iter().find(|input| input.column == (name, year));
                input.map_or(f64::NAN, |input| input.value)
            });
            if !value.is_finite() {
                failures.push((unit, inputs));
                return None;
            }
            Some(self.cell(value, &inputs, spec))
        });
        let cells: Vec<Option<Cell>> = cells.collect();
        if let Some((unit, inputs)) = failures.first() {
            let values: Vec<String> = inputs
                .iter()
                .map(|Input { column: (name, year), value, .. }| match year {
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
            .at(span, "");
            for raw in inputs.iter().flat_map(|input| &input.raw).map(|&raw| &self.raw[raw]) {
                found = found.at(raw.span, raw.value.unwrap_or(f64::NAN).to_string());
            }
            let units: Vec<usize> = failures.iter().map(|(unit, _)| *unit).collect();
            found = self.and_others(found, &units);
            findings.push(found.help("leave the cell empty if the value is not known"));
        }
        cells
    }

    /// The value of a column for a unit, filled in from other years if the indicator says so. A
    /// column with a year after `@` is taken at its word and never filled.
    fn input<'a>(
        &self,
        unit: usize,
        column: Column<'a>,
        series: &Series<'_>,
        spec: &IndicatorSpec,
    ) -> Option<Input<'a>> {
        let known = series.cell(unit).and_then(|raw| Some((raw, self.raw[raw].value?)));
        if let Some((raw, value)) = known {
            return Some(Input { column, value, raw: vec![raw], years: Vec::new() });
        }
        let year = series.year.filter(|_| column.1.is_none() && spec.imputation.is_over_time())?;
        let history = self.index.history(&fold::narrow(column.0), unit);
        let filled = over_time::fill(spec.imputation, year, &history)?;
        let raw = filled.from.iter().map(|known| known.raw).collect();
        let years = filled.from.iter().map(|known| known.year).collect();
        Some(Input { column, value: filled.value, raw, years })
    }

    fn cell(&self, value: f64, inputs: &[Input<'_>], spec: &IndicatorSpec) -> Cell {
        let filled = inputs.iter().filter(|input| !input.years.is_empty());
        let columns: Vec<(String, Vec<i32>)> =
            filled.map(|input| (input.column.0.to_owned(), input.years.clone())).collect();
        let positions: Vec<usize> =
            inputs.iter().flat_map(|input| input.raw.iter().copied()).collect();
        let own = spec.status.unwrap_or(Status::Official);
        let own = if columns.is_empty() { own } else { own.max(Status::Imputed) };
        let status = positions.iter().map(|&cell| self.raw[cell].status).fold(own, Status::max);
        let imputed =
            (!columns.is_empty()).then_some(Imputed { rule: spec.imputation, columns, units: 0 });
        Cell { inputs: positions, imputed, ..Cell::of(value, status) }
    }

    fn name_of(&self, unit: usize) -> String {
        self.units[unit].both_names()
    }
}

fn evaluate(expr: &Expr, year: f64, column: &impl Fn(&str, Option<i32>) -> f64) -> f64 {
    match expr {
        Expr::Number(value) => *value,
        Expr::Year => year,
        Expr::Column { name, year } => column(name, *year),
        Expr::Negate(inner) => -evaluate(inner, year, column),
        Expr::Binary(op, left, right) => {
            measure::apply(*op, evaluate(left, year, column), evaluate(right, year, column))
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
    fn quotients_have_base_values_and_references() {
        let base = "normalisation: { method: base-period, base-year: 2019 }";
        let to = "normalisation: { method: distance-to-reference, reference: 甲 }";
        let by = "denominate: { by: area@2018, scale: 7 }";
        let inputs = project(&[
            &format!("{{ code: gdp, year: 2020, {base} }}"),
            &format!("{{ code: density, value: gdp, year: 2020, {by}, {base} }}"),
            &format!("{{ code: other, value: gdp, year: 2020, {by}, {to} }}"),
        ])
        .load()
        .unwrap()
        .value;
        let of = |at: usize| &inputs.dataset.indicators[at];
        assert_eq!(of(0).bases[&2019], [Some(100.0), Some(50.0), Some(10.0)]);
        assert_eq!(of(1).bases, of(0).bases);
        assert_eq!(values(&inputs, 1), values(&inputs, 0));
        assert_eq!((of(1).references.get("甲"), of(2).references.get("甲")), (None, Some(&0)));
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
    fn gaps_are_filled_from_other_years() {
        let text = "unit,indicator,year,value,status\n\
            甲,gdp,2018,10,\n甲,gdp,2019,20,official\n甲,gdp,2022,50,\n乙,gdp,2020,7,official\n\
            丙,gdp,2017,3,\n甲,people,2020,2,\n乙,people,2020,1,\n丙,people,2020,1,\n";
        let load = |node: &str, method: &str| {
            let project = Project::new().file("data.csv", text).node(node);
            project.method("year: 2020").method(method).load().unwrap().value
        };
        let none = load("{ code: gdp }", "missing: { imputation: none }");
        assert_eq!(values(&none, 0), [None, Some(7.0), None]);
        let latest = "missing: { imputation: { method: latest, max-age: 2 } }";
        let inputs = load("{ code: per_head, value: gdp / people }", latest);
        assert_eq!(values(&inputs, 0), [Some(10.0), Some(7.0), None]);
        let cell = inputs.dataset.indicators[0].cells[0].as_ref().unwrap();
        let imputed = cell.imputed.as_ref().unwrap();
        assert_eq!(imputed.columns, [("gdp".to_owned(), vec![2019])]);
        assert_eq!(cell.status, Status::Imputed);
        assert_eq!(inputs.dataset.indicators[0].years, [2019, 2020]);
        let years: Vec<_> = cell.inputs.iter().map(|&i| inputs.dataset.raw[i].year).collect();
        assert_eq!(years, [Some(2019), Some(2020)]);
        assert_eq!(inputs.dataset.indicators[0].cells[1].as_ref().unwrap().imputed, None);
        let inputs = load("{ code: gdp, imputation: linear }", latest);
        assert_eq!(values(&inputs, 0), [Some(30.0), Some(7.0), None]);
        // A year in which nobody has a value, and one the formula insists on.
        let inputs = load("{ code: gdp, year: 2021 }", latest);
        assert_eq!(values(&inputs, 0), [Some(20.0), Some(7.0), None]);
        let inputs = load("{ code: gdp, value: 'gdp@2020' }", latest);
        assert_eq!(values(&inputs, 0), [None, Some(7.0), None]);
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
