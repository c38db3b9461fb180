//! Several years of one data set: each gets an index of its own.
//!
//! Under `over: pooled` an indicator is treated and normalised over the values of all years in one
//! column: extremes, means, standard deviations, ranks and shares are those of all pairs of a unit
//! and a year, so that a score means the same in every year. A value counts in the pool if its unit
//! is not left out in its year.

use crate::config::{Methodology, Over};
use crate::data::{Dataset, Unit, YearData};
use crate::diag::{Diagnostic, Findings, Phase};
use crate::index::screen::screen;
use crate::index::{IndexResult, compute, impute};

/// The index of a year beside the one the report is about.
#[derive(Debug, Clone, PartialEq)]
pub struct YearResult {
    /// The year.
    pub year: i32,
    /// What the index came to; units and nodes stand where they stand in the main result.
    pub result: IndexResult,
}

/// Fills gaps from other units, year by year, and gives pooled indicators the values of the other
/// years.
pub fn prepare(method: &Methodology, data: &mut Dataset, years: &mut [YearData], units: &[Unit]) {
    data.indicators = impute(method, data, units);
    for year in years.iter_mut() {
        year.dataset.indicators = impute(method, &year.dataset, units);
    }
    if years.is_empty() || !is_pooled(method) {
        return;
    }
    let main = known(method, data, units.len());
    let others: Vec<Known> =
        years.iter().map(|year| known(method, &year.dataset, units.len())).collect();
    give(data, &others.iter().collect::<Vec<_>>());
    for (at, year) in years.iter_mut().enumerate() {
        let rest = others.iter().enumerate().filter(|(other, _)| *other != at);
        let pool: Vec<&Known> = std::iter::once(&main).chain(rest.map(|(_, own)| own)).collect();
        give(&mut year.dataset, &pool);
    }
}

/// Gives an earlier edition's data, brought under this methodology, the pool of its year: the years
/// of this edition but the one they stand for, so that the pool is the same on both sides; if this
/// edition has no such year, all but its own.
///
/// `common` are the positions of the units in this edition's sample.
pub fn pool_before(
    method: &Methodology,
    before: &mut Dataset,
    year: Option<i32>,
    (data, years): (&Dataset, &[YearData]),
    common: &[usize],
) {
    if years.is_empty() || !is_pooled(method) {
        return;
    }
    let stands_for = year.filter(|year| years.iter().any(|own| own.year == *year));
    let units = data.indicators.first().map_or(0, |i| i.cells.len());
    let main = stands_for.map(|_| known(method, data, units));
    let rest = years.iter().filter(|own| Some(own.year) != stands_for);
    let pool: Vec<Known> =
        main.into_iter().chain(rest.map(|own| known(method, &own.dataset, units))).collect();
    let mut whole = Dataset { indicators: data.indicators.clone(), ..Dataset::default() };
    give(&mut whole, &pool.iter().collect::<Vec<_>>());
    let restricted = whole.restricted(common);
    for indicator in &mut before.indicators {
        let own = restricted.indicators.iter().find(|own| own.node == indicator.node);
        indicator.pooled = own.map_or_else(Vec::new, |own| own.pooled.clone());
    }
}

/// Computes the index of every other year.
///
/// # Errors
/// See [`compute`]; messages name the year.
pub fn compute_years(
    method: &Methodology,
    years: &[YearData],
    names: &[String],
) -> Phase<Vec<YearResult>> {
    let mut findings = Findings::default();
    let mut results = Vec::new();
    for YearData { year, dataset } in years {
        let found = match compute(&method.at_year(*year), dataset, names) {
            Ok(warned) => {
                results.push(YearResult { year: *year, result: warned.value });
                warned.warnings
            }
            Err(found) => found,
        };
        findings.extend(found.into_iter().map(|found| Diagnostic {
            message: format!("{year}, one of `years`: {}", found.message),
            ..found
        }));
    }
    findings.finish(results)
}

fn is_pooled(method: &Methodology) -> bool {
    let variants = method.variants.iter().map(|variant| &variant.method);
    std::iter::once(method).chain(variants).any(|method| {
        let specs = method.nodes.iter().filter_map(|node| node.indicator());
        specs.into_iter().any(|spec| spec.over == Over::Pooled)
    })
}

/// Values by indicator, without those of units that are left out.
type Known = Vec<(usize, Vec<Option<f64>>)>;

fn known(method: &Methodology, data: &Dataset, units: usize) -> Known {
    let screening = screen(method, data, units);
    let columns = data.indicators.iter().map(|indicator| {
        let cells = indicator.cells.iter().enumerate();
        let values = cells.map(|(unit, cell)| {
            let stays = !screening.leaves_out_unit(unit);
            cell.as_ref().filter(|_| stays).map(|cell| cell.value)
        });
        (indicator.node, values.collect())
    });
    columns.collect()
}

fn give(data: &mut Dataset, pool: &[&Known]) {
    for indicator in &mut data.indicators {
        let columns = pool.iter().flat_map(|year| year.iter());
        let own = columns.filter(|(node, _)| *node == indicator.node);
        indicator.pooled = own.flat_map(|(_, values)| values.iter().copied()).collect();
    }
}
