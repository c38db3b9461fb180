//! Values filled in from other years of the same unit.
//!
//! As COINr's `impute_panel`: `latest` takes the newest earlier value, `linear` the straight line
//! between the nearest year before and the nearest year after; neither looks further than its
//! maximum age, and neither extends a line beyond the data.

use crate::config::Imputation;

/// A value in a year, and the position of its raw cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Known {
    /// The year.
    pub(super) year: i32,
    /// The value.
    pub(super) value: f64,
    /// Position among the raw cells.
    pub(super) raw: usize,
}

/// The value of a year, and the known values it rests on, by year.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Filled {
    /// The value.
    pub(super) value: f64,
    /// What it rests on.
    pub(super) from: Vec<Known>,
}

/// Fills a year from `known` values of other years; `None` if the rule does not reach.
pub(super) fn fill(rule: Imputation, year: i32, known: &[Known]) -> Option<Filled> {
    let before = || known.iter().filter(|k| k.year < year).max_by_key(|k| k.year).copied();
    let after = || known.iter().filter(|k| k.year > year).min_by_key(|k| k.year).copied();
    let within = |k: &Known, most: u32| k.year.abs_diff(year) <= most;
    match rule {
        Imputation::Latest { max_age } => {
            let found = before().filter(|k| within(k, max_age))?;
            Some(Filled { value: found.value, from: vec![found] })
        }
        Imputation::Linear { max_age } => {
            let most = max_age.unwrap_or(u32::MAX);
            let left = before().filter(|k| within(k, most))?;
            let right = after().filter(|k| within(k, most))?;
            let share = f64::from(year - left.year) / f64::from(right.year - left.year);
            let value = left.value + (right.value - left.value) * share;
            Some(Filled { value, from: vec![left, right] })
        }
        Imputation::None | Imputation::Centre { .. } | Imputation::GroupCentre { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [Known; 3] = [
        Known { year: 2018, value: 10.0, raw: 0 },
        Known { year: 2019, value: 20.0, raw: 1 },
        Known { year: 2023, value: 60.0, raw: 2 },
    ];

    #[test]
    fn latest_is_the_newest_earlier_value() {
        let latest = |year, max_age| {
            fill(Imputation::Latest { max_age }, year, &KNOWN).map(|found| found.value)
        };
        assert_eq!(latest(2021, 2), Some(20.0));
        assert_eq!(latest(2021, 1), None);
        assert_eq!(latest(2018, 9), None);
    }

    #[test]
    fn linear_needs_both_sides() {
        let linear = |year, max_age| {
            fill(Imputation::Linear { max_age }, year, &KNOWN).map(|found| found.value)
        };
        assert_eq!(linear(2020, None), Some(30.0));
        assert_eq!(linear(2022, Some(3)), Some(50.0));
        assert_eq!(linear(2022, Some(2)), None);
        assert_eq!(linear(2024, None), None);
        assert_eq!(linear(2017, None), None);
    }
}
