//! Data checks: what the values of every indicator look like before anything is done to them.
//!
//! Measures and limits as in COINr's `get_stats`; type 2 skew and kurtosis, sample standard
//! deviation. Only the units' own values count, none filled in from other units and none of units
//! that screening leaves out. Checks flag and warn; they change nothing.

use std::collections::BTreeMap;

use crate::config::{CheckLimits, Methodology};
use crate::data::{Cell, Dataset};
use crate::diag::{Code, Diagnostic};
use crate::index::correlation::pearson;
use crate::index::denominators::{DenominatorCheck, denominators};
use crate::index::{Screening, Shape};
use crate::num::{mean, median, standard_deviation};

/// A correlation this close to 1 or −1 is perfect.
const TOLERANCE: f64 = 1e-12;
/// Fewest common values for a correlation to say anything.
const FEWEST: usize = 3;

/// What the data look like.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct DataChecks {
    /// Every indicator, in the order of the framework.
    pub indicators: Vec<IndicatorCheck>,
    /// Pairs of indicators that tell the same.
    pub duplicates: Vec<Duplicate>,
    /// Quotients against what they were divided by, in the order of the framework.
    pub denominators: Vec<DenominatorCheck>,
}

/// What the values of an indicator look like.
#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorCheck {
    /// Position of its node.
    pub node: usize,
    /// Units in the sample that are not left out.
    pub units: usize,
    /// Units with a value.
    pub known: usize,
    /// Share of units with a value.
    pub available: f64,
    /// Share of values that are zero.
    pub zeros: f64,
    /// Distinct values over values.
    pub unique: f64,
    /// How many units share the most frequent value.
    pub largest_tie: usize,
    /// The spread of the values; `None` without values.
    pub spread: Option<Spread>,
    /// Skew and kurtosis.
    pub shape: Shape,
    /// What is beyond a limit.
    pub flags: Vec<Flag>,
}

/// Where values lie.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spread {
    /// Smallest value.
    pub minimum: f64,
    /// Largest value.
    pub maximum: f64,
    /// Arithmetic mean.
    pub mean: f64,
    /// Median.
    pub median: f64,
    /// Sample standard deviation (n − 1); `None` for one value.
    pub standard_deviation: Option<f64>,
}

/// What is beyond a limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Flag {
    /// Too few units have a value.
    Availability,
    /// Too many values are zero.
    Zeros,
    /// Too few values are distinct.
    Unique,
    /// Skew and kurtosis are both beyond their limits.
    Outliers,
    /// All values are equal.
    Constant,
}

/// Two indicators that tell the same.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Duplicate {
    /// Position of the node that stands first in the framework.
    pub first: usize,
    /// Position of the other node.
    pub second: usize,
    /// Whether the values are equal, and not only perfectly correlated.
    pub equal: bool,
    /// Pearson's correlation; `None` for equal constants.
    pub correlation: Option<f64>,
}

/// Checks every indicator and every pair of them.
#[must_use]
pub fn check(method: &Methodology, data: &Dataset, screening: &Screening) -> DataChecks {
    let columns: Vec<(usize, Vec<Option<f64>>)> = data
        .indicators
        .iter()
        .map(|indicator| {
            let present = indicator.cells.iter().enumerate();
            let present = present.filter(|(unit, _)| !screening.leaves_out_unit(*unit));
            let own = |cell: &Option<Cell>| cell.as_ref().filter(|c| c.is_own()).map(|c| c.value);
            (indicator.node, present.map(|(_, cell)| own(cell)).collect())
        })
        .collect();
    let indicators = columns.iter().map(|(node, column)| one(*node, column, method.checks));
    let mut duplicates = Vec::new();
    for (i, (second, right)) in columns.iter().enumerate() {
        for (first, left) in &columns[..i] {
            duplicates.extend(pair((*first, left), (*second, right)));
        }
    }
    duplicates.sort_by_key(|pair| (pair.first, pair.second));
    let denominators = denominators(method, data, screening);
    DataChecks { indicators: indicators.collect(), duplicates, denominators }
}

#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
fn one(node: usize, column: &[Option<f64>], limits: CheckLimits) -> IndicatorCheck {
    let values: Vec<f64> = column.iter().flatten().copied().collect();
    let part_of = |part: usize, whole: usize| {
        if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
    };
    let mut sorted: Vec<f64> = values.iter().map(|v| v + 0.0).collect();
    sorted.sort_by(f64::total_cmp);
    let runs: Vec<usize> =
        sorted.chunk_by(|a, b| a.total_cmp(b).is_eq()).map(<[f64]>::len).collect();
    let spread = mean(&values).zip(median(&values)).map(|(mean, median)| Spread {
        minimum: sorted[0],
        maximum: sorted[sorted.len() - 1],
        mean,
        median,
        standard_deviation: standard_deviation(&values),
    });
    let shape = Shape::of(&values);
    let available = part_of(values.len(), column.len());
    let zeros = part_of(values.iter().filter(|&&v| v == 0.0).count(), values.len());
    let unique = part_of(runs.len(), values.len());
    let known = !values.is_empty();
    let flags = [
        (Flag::Availability, available < limits.availability),
        (Flag::Zeros, known && 1.0 - zeros < limits.nonzero),
        (Flag::Unique, known && unique < limits.unique),
        (
            Flag::Outliers,
            shape.skew.is_some_and(|s| s.abs() > limits.skew)
                && shape.kurtosis.is_some_and(|k| k > limits.kurtosis),
        ),
        (Flag::Constant, known && runs.len() == 1),
    ];
    IndicatorCheck {
        node,
        units: column.len(),
        known: values.len(),
        available,
        zeros,
        unique,
        largest_tie: runs.iter().copied().max().unwrap_or(0),
        spread,
        shape,
        flags: flags.into_iter().filter(|(_, raised)| *raised).map(|(flag, _)| flag).collect(),
    }
}

/// The finding that two columns tell the same over the units that have both.
fn pair(
    (first, left): (usize, &[Option<f64>]),
    (second, right): (usize, &[Option<f64>]),
) -> Option<Duplicate> {
    let common = left.iter().zip(right).filter_map(|(a, b)| Some(((*a)?, (*b)?)));
    let (left, right): (Vec<f64>, Vec<f64>) = common.unzip();
    if left.len() < FEWEST {
        return None;
    }
    let correlation = pearson(&left, &right);
    let equal = left == right;
    let perfect = correlation.is_some_and(|r| r.abs() >= 1.0 - TOLERANCE);
    (equal || perfect).then_some(Duplicate { first, second, equal, correlation })
}

impl DataChecks {
    /// The checks of an indicator.
    #[must_use]
    pub fn of(&self, node: usize) -> Option<&IndicatorCheck> {
        self.indicators.iter().find(|own| own.node == node)
    }

    /// A warning for every duplicate, and for every constant indicator that has `scored` all the
    /// same; one that could not be normalised is an error already.
    pub(super) fn warnings(
        &self,
        method: &Methodology,
        screening: &Screening,
        scored: impl Fn(usize) -> bool,
    ) -> Vec<Diagnostic> {
        let counts = |node: usize| !screening.leaves_out_indicator(node);
        let mut found = Vec::new();
        for own in self.indicators.iter().filter(|own| counts(own.node) && scored(own.node)) {
            if !own.flags.contains(&Flag::Constant) {
                continue;
            }
            let node = &method.nodes[own.node];
            found.push(
                Diagnostic::warning(
                    Code::IndexConstant,
                    format!("`{}` is the same for all {} units", node.code, own.known),
                )
                .at(node.span, "it cannot tell them apart")
                .help("leave it out of the framework"),
            );
        }
        for own in self.duplicates.iter().filter(|own| counts(own.first) && counts(own.second)) {
            let (first, second) = (&method.nodes[own.first], &method.nodes[own.second]);
            let what = match own.correlation {
                _ if own.equal => "have the same values",
                Some(r) if r < 0.0 => "are perfect opposites",
                _ => "are perfectly correlated",
            };
            found.push(
                Diagnostic::warning(
                    Code::IndexDuplicate,
                    format!("`{}` and `{}` {what}", first.code, second.code),
                )
                .at(second.span, "what this tells")
                .at(first.span, "this tells already")
                .help("leave one of them out, or let them share one weight"),
            );
        }
        found
    }
}

/// How many indicators bear each flag.
#[must_use]
pub fn count_flags(checks: &DataChecks) -> BTreeMap<Flag, usize> {
    let mut counts = BTreeMap::new();
    for flag in checks.indicators.iter().flat_map(|own| &own.flags) {
        *counts.entry(*flag).or_insert(0) += 1;
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::compute;
    use crate::index::testing::{indicator, methodology};

    fn run(columns: &[&[Option<f64>]]) -> DataChecks {
        check(&methodology(columns.len()), &data(columns), &Screening::default())
    }

    fn data(columns: &[&[Option<f64>]]) -> Dataset {
        let indicators = columns.iter().enumerate().map(|(i, c)| indicator(i + 1, c)).collect();
        Dataset { indicators, ..Dataset::default() }
    }

    #[test]
    fn by_hand() {
        let checks = run(&[&[Some(0.0), Some(-0.0), Some(3.0), None]]);
        let own = &checks.indicators[0];
        assert_eq!((own.units, own.known, own.largest_tie), (4, 3, 2));
        let shares = [own.available, own.zeros * 3.0, own.unique * 3.0];
        assert!(shares.iter().zip([0.75, 2.0, 2.0]).all(|(a, b)| (a - b).abs() < 1e-12));
        let spread = own.spread.unwrap();
        assert_eq!(
            (spread.minimum, spread.maximum, spread.mean, spread.median),
            (0.0, 3.0, 1.0, 0.0)
        );
        assert!((spread.standard_deviation.unwrap() - 3.0_f64.sqrt()).abs() < 1e-12);
        assert_eq!(own.flags, [Flag::Zeros]);
        assert_eq!(own.shape.kurtosis, None);
    }

    #[test]
    fn flags_are_raised_beyond_limits() {
        let outlier: Vec<Option<f64>> = (1..=10).map(f64::from).chain([100.0]).map(Some).collect();
        let checks = run(&[
            &outlier,
            &[Some(7.0), Some(7.0), Some(7.0), Some(7.0)],
            &[Some(1.0), None, None, Some(2.0)],
            &[None, None],
        ]);
        let flags: Vec<&[Flag]> = checks.indicators.iter().map(|i| i.flags.as_slice()).collect();
        assert_eq!(flags[0], [Flag::Outliers]);
        assert_eq!(flags[1], [Flag::Unique, Flag::Constant]);
        assert_eq!(flags[2], [Flag::Availability]);
        assert_eq!(flags[3], [Flag::Availability]);
        assert_eq!(checks.indicators[3].spread, None);
        assert_eq!(count_flags(&checks)[&Flag::Availability], 2);
    }

    #[test]
    fn duplicates_are_found_and_warned_of() {
        let columns: [&[Option<f64>]; 4] = [
            &[Some(1.0), Some(2.0), Some(4.0), None],
            &[Some(1.0), Some(2.0), Some(4.0), Some(9.0)],
            &[Some(-10.0), Some(-20.0), Some(-40.0), Some(1.0)],
            &[Some(1.0), Some(3.0), Some(2.0), Some(0.0)],
        ];
        let pairs = run(&columns).duplicates;
        let found: Vec<(usize, usize, bool)> =
            pairs.iter().map(|p| (p.first, p.second, p.equal)).collect();
        assert_eq!(found, [(1, 2, true), (1, 3, false)]);
        let names = ["a", "b", "c", "d"].map(ToOwned::to_owned);
        let result = compute(&methodology(4), &data(&columns), &names).unwrap();
        let messages: Vec<&str> = result.warnings.iter().map(|w| w.message.as_str()).collect();
        assert_eq!(
            messages,
            ["`x1` and `x2` have the same values", "`x1` and `x3` are perfect opposites"]
        );
    }
}
