//! Normalisation: brings the values of an indicator onto the common scale.
//!
//! Formulas: OECD/JRC, Handbook on Constructing Composite Indicators (2008), step 5, unless a
//! function names another source. A negative indicator changes sign before the formula (goalposts
//! turn inside it); values are never inverted. Missing stays missing and takes no part in extremes,
//! means, ranks or counts. Every formula stands beside its function in `docs/methodology.md`.

mod fixed;
mod linear;
mod ranks;
mod targets;

use crate::config::{ConstantRule, Direction, Normalisation};

pub(in crate::index) use linear::deviation;
pub(in crate::index) use ranks::ascending_ranks;

/// The values of one indicator and what a method may ask about them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column<'a> {
    /// A value per unit.
    pub values: &'a [Option<f64>],
    /// Values of the base period, if the method asks for one.
    pub base: &'a [Option<f64>],
    /// Position of the unit to compare with, if the method asks for one.
    pub reference: Option<usize>,
    /// Whether more is better.
    pub direction: Direction,
}

/// Why values cannot be normalised.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum NormaliseError {
    /// All values are equal (or there is only one), so a scale made from them is undefined.
    Constant(f64),
    /// The same, where the rule is to leave the indicator out.
    Dropped(f64),
    /// The largest value is not above zero, so no fraction of it can be taken.
    MaximumNotPositive(f64),
    /// A value that has no logarithm, or a base that cannot be divided by.
    NotPositive {
        /// Position of the unit.
        unit: usize,
        /// The value.
        value: f64,
        /// Whether it is the value of the base period.
        base: bool,
    },
    /// The target is no better than the worst value of the sample.
    TargetNotBeyond {
        /// The target.
        target: f64,
        /// The worst value.
        worst: f64,
    },
    /// A value or score so large that squares and sums of such are no longer numbers.
    TooLarge {
        /// Position of the unit.
        unit: usize,
        /// The value or score.
        value: f64,
    },
    /// The reference unit has no value.
    ReferenceMissing(String),
}

/// The largest size of a value or score: far beyond any measure, and its square is a number still.
const LARGEST: f64 = 1e100;

/// Normalises the values of one indicator.
///
/// # Errors
/// See [`NormaliseError`]; a constant indicator is one under [`ConstantRule::Error`] and `Drop`.
pub(super) fn normalise(
    column: Column<'_>,
    method: &Normalisation,
) -> Result<Vec<Option<f64>>, NormaliseError> {
    bounded(column.values)?;
    let scores = scores(column, method)?;
    bounded(&scores)?;
    Ok(scores)
}

/// Refuses numbers beyond [`LARGEST`], and what is no number.
pub(super) fn bounded(values: &[Option<f64>]) -> Result<(), NormaliseError> {
    let small = |x: f64| x.abs() <= LARGEST;
    let large =
        values.iter().enumerate().find_map(|(u, v)| v.filter(|&x| !small(x)).map(|x| (u, x)));
    large.map_or(Ok(()), |(unit, value)| Err(NormaliseError::TooLarge { unit, value }))
}

fn scores(column: Column<'_>, method: &Normalisation) -> Result<Vec<Option<f64>>, NormaliseError> {
    let sign = match column.direction {
        Direction::Positive => 1.0,
        Direction::Negative => -1.0,
    };
    let turned = Turned::new(column.values, if method.is_directionless() { 1.0 } else { sign });
    if turned.known.is_empty() {
        return Ok(vec![None; column.values.len()]);
    }
    match *method {
        Normalisation::None => Ok(turned.values),
        Normalisation::MinMax { low, high, constant }
        | Normalisation::DistanceToMaximum { low, high, constant }
        | Normalisation::Efficacy { low, high, constant } => {
            linear::min_max(&turned, low, high, constant)
        }
        Normalisation::ZScore { centre, spread, constant } => {
            linear::z_score(&turned, centre, spread, constant)
        }
        Normalisation::FractionOfMaximum { high } => linear::fraction_of_maximum(&turned, high),
        Normalisation::Rank { ties, constant } => ranks::rank(&turned, ties, constant),
        Normalisation::Borda { ties, constant } => ranks::borda(&turned, ties, constant),
        Normalisation::PercentileRank { low, high, ties, constant } => {
            ranks::percentile(&turned, [low, high], ties, constant)
        }
        Normalisation::Goalposts { from, to, low, high, spacing, clamp } => {
            let posts = fixed::Posts { from, to, low, high, spacing, clamp };
            posts.scores(column.values, column.direction)
        }
        Normalisation::BasePeriod { .. } => fixed::base_period(column.values, column.base),
        Normalisation::DistanceToTarget { target, low, high, clamp } => {
            targets::distance(&turned, target * sign, [low, high], clamp)
        }
        Normalisation::DistanceToReference { ref unit, low, high, clamp } => {
            let target = column.reference.and_then(|unit| turned.values[unit]);
            let target = target.ok_or(NormaliseError::ReferenceMissing(unit.clone()))?;
            targets::distance(&turned, target, [low, high], clamp)
        }
        Normalisation::TargetType { target, low, high, constant } => {
            targets::interval(&turned, [target, target], [low, high], constant)
        }
        Normalisation::IntervalType { from, to, low, high, constant } => {
            targets::interval(&turned, [from, to], [low, high], constant)
        }
    }
}

/// Values turned so that more is better.
struct Turned {
    values: Vec<Option<f64>>,
    known: Vec<f64>,
    least: f64,
    most: f64,
    sign: f64,
}

impl Turned {
    fn new(values: &[Option<f64>], sign: f64) -> Self {
        // Nothing is added, but to a negative zero, which would be printed with its sign.
        let values: Vec<Option<f64>> = values.iter().map(|v| v.map(|x| x * sign + 0.0)).collect();
        let known: Vec<f64> = values.iter().flatten().copied().collect();
        let (least, most) = extremes(&known);
        Self { values, known, least, most, sign }
    }

    fn is_constant(&self) -> bool {
        is_constant(self.least, self.most)
    }

    fn map(&self, score: impl Fn(f64) -> f64) -> Vec<Option<f64>> {
        self.values.iter().map(|v| v.map(&score)).collect()
    }

    /// What a constant indicator scores under a rule.
    fn constant(
        &self,
        middle: f64,
        rule: ConstantRule,
    ) -> Result<Vec<Option<f64>>, NormaliseError> {
        match rule {
            ConstantRule::Error => Err(NormaliseError::Constant(self.least * self.sign)),
            ConstantRule::Drop => Err(NormaliseError::Dropped(self.least * self.sign)),
            ConstantRule::Mid => Ok(self.map(|_| middle)),
            ConstantRule::Value(score) => Ok(self.map(|_| score)),
        }
    }
}

/// Smallest and largest of the values.
pub(in crate::index) fn extremes(values: &[f64]) -> (f64, f64) {
    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &v| (a.min(v), b.max(v)))
}

/// Constancy relative to the size of the values, so that small units are not taken for constant.
pub(in crate::index) fn is_constant(least: f64, most: f64) -> bool {
    most - least <= f64::EPSILON * least.abs().max(most.abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Clamp, EqualValues, Spacing};

    const MIN_MAX: Normalisation =
        Normalisation::MinMax { low: 0.0, high: 100.0, constant: ConstantRule::Error };

    fn turned(
        values: &[Option<f64>],
        method: &Normalisation,
        direction: Direction,
    ) -> Result<Vec<Option<f64>>, NormaliseError> {
        normalise(Column { values, base: &[], reference: None, direction }, method)
    }

    fn positive(values: &[Option<f64>], method: &Normalisation) -> Vec<Option<f64>> {
        turned(values, method, Direction::Positive).unwrap()
    }

    #[test]
    fn min_max_by_hand() {
        let values = [Some(2.0), None, Some(4.0), Some(10.0)];
        assert_eq!(positive(&values, &MIN_MAX), [Some(0.0), None, Some(25.0), Some(100.0)]);
        let down = turned(&values, &MIN_MAX, Direction::Negative).unwrap();
        assert_eq!(down, [Some(100.0), None, Some(75.0), Some(0.0)]);
    }

    #[test]
    fn z_score_uses_the_sample_standard_deviation() {
        let method =
            Normalisation::ZScore { centre: 50.0, spread: 10.0, constant: ConstantRule::Error };
        let scores = positive(&[Some(1.0), Some(2.0), Some(3.0)], &method);
        assert_eq!(scores, [Some(40.0), Some(50.0), Some(60.0)]);
    }

    #[test]
    fn goalposts_clamp() {
        let method = Normalisation::Goalposts {
            from: 0.0,
            to: 10.0,
            low: 0.0,
            high: 100.0,
            spacing: Spacing::Linear,
            clamp: Clamp::Both,
        };
        let values = [-1.0, 0.0, 5.0, 10.0, 11.0].map(Some);
        assert_eq!(positive(&values, &method), [0.0, 0.0, 50.0, 100.0, 100.0].map(Some));
    }

    #[test]
    fn percentile_ranks_take_ties_at_their_lowest() {
        let method = Normalisation::PercentileRank {
            low: 0.0,
            high: 1.0,
            ties: EqualValues::Lowest,
            constant: ConstantRule::Error,
        };
        let scores = positive(&[1.0, 2.0, 2.0, 4.0].map(Some), &method);
        assert_eq!(scores, [0.0, 1.0 / 3.0, 1.0 / 3.0, 1.0].map(Some));
    }

    #[test]
    fn a_constant_is_an_error_or_the_middle() {
        let values = [Some(0.1), Some(0.1)];
        let failed = turned(&values, &MIN_MAX, Direction::Positive);
        assert_eq!(failed, Err(NormaliseError::Constant(0.1)));
        let mid = Normalisation::MinMax { low: 0.0, high: 100.0, constant: ConstantRule::Mid };
        assert_eq!(positive(&values, &mid), [Some(50.0), Some(50.0)]);
        assert!(turned(&[Some(1e-20), Some(2e-20)], &MIN_MAX, Direction::Positive).is_ok());
        assert_eq!(turned(&[None], &MIN_MAX, Direction::Positive), Ok(vec![None]));
    }

    fn close(found: &[Option<f64>], wanted: &[f64]) {
        for (x, y) in found.iter().zip(wanted) {
            assert!((x.unwrap() - y).abs() < 1e-12, "{found:?} is not {wanted:?}");
        }
    }

    #[test]
    fn goalposts_take_ratios_and_clamp_one_side() {
        let posts = |spacing, clamp| Normalisation::Goalposts {
            from: 1.0,
            to: 100.0,
            low: 0.0,
            high: 1.0,
            spacing,
            clamp,
        };
        let values = [Some(0.1), Some(1.0), Some(10.0), Some(1000.0)];
        close(&positive(&values, &posts(Spacing::Log, Clamp::Both)), &[0.0, 0.0, 0.5, 1.0]);
        close(&positive(&values, &posts(Spacing::Log, Clamp::High)), &[-0.5, 0.0, 0.5, 1.0]);
        close(&positive(&values, &posts(Spacing::Log, Clamp::None)), &[-0.5, 0.0, 0.5, 1.5]);
        let down = turned(&values, &posts(Spacing::Log, Clamp::Low), Direction::Negative).unwrap();
        close(&down, &[1.5, 1.0, 0.5, 0.0]);
        let zero = turned(&[Some(0.0)], &posts(Spacing::Log, Clamp::Both), Direction::Positive)
            .unwrap_err();
        assert_eq!(zero, NormaliseError::NotPositive { unit: 0, value: 0.0, base: false });
    }

    #[test]
    fn ranks_by_hand() {
        let values = [Some(1.0), None, Some(2.0), Some(2.0), Some(4.0)];
        let constant = ConstantRule::Error;
        let rank = |ties| -> Vec<f64> {
            let scores = positive(&values, &Normalisation::Rank { ties, constant });
            assert_eq!(scores[1], None);
            scores.into_iter().flatten().collect()
        };
        assert_eq!(rank(EqualValues::Lowest), [1.0, 2.0, 2.0, 4.0]);
        assert_eq!(rank(EqualValues::Highest), [1.0, 3.0, 3.0, 4.0]);
        assert_eq!(rank(EqualValues::Average), [1.0, 2.5, 2.5, 4.0]);
        assert_eq!(rank(EqualValues::Dense), [1.0, 2.0, 2.0, 3.0]);
        let borda = Normalisation::Borda { ties: EqualValues::Lowest, constant };
        let scores = turned(&values, &borda, Direction::Negative).unwrap();
        assert_eq!(scores, [Some(3.0), None, Some(1.0), Some(1.0), Some(0.0)]);
    }

    #[test]
    fn targets_and_references() {
        let values = [Some(0.0), Some(5.0), Some(11.0)];
        let target =
            |target, clamp| Normalisation::DistanceToTarget { target, low: 0.0, high: 1.0, clamp };
        close(&positive(&values, &target(10.0, Clamp::None)), &[0.0, 0.5, 1.1]);
        close(&positive(&values, &target(10.0, Clamp::High)), &[0.0, 0.5, 1.0]);
        // (max - x) / (max - T) = (11 - x) / 10
        let down = turned(&values, &target(1.0, Clamp::None), Direction::Negative).unwrap();
        close(&down, &[1.1, 0.6, 0.0]);
        let bad = turned(&values, &target(0.0, Clamp::None), Direction::Positive);
        assert!(matches!(bad, Err(NormaliseError::TargetNotBeyond { .. })));

        let to = Normalisation::DistanceToReference {
            unit: "b".to_owned(),
            low: 0.0,
            high: 100.0,
            clamp: Clamp::None,
        };
        let direction = Direction::Positive;
        let column = Column { values: &values, base: &[], reference: Some(1), direction };
        close(&normalise(column, &to).unwrap(), &[0.0, 100.0, 220.0]);
        let missing = normalise(Column { reference: None, ..column }, &to);
        assert_eq!(missing, Err(NormaliseError::ReferenceMissing("b".to_owned())));
    }

    #[test]
    fn target_and_interval_types() {
        let constant = ConstantRule::Error;
        let target = Normalisation::TargetType { target: 7.0, low: 0.0, high: 1.0, constant };
        close(&positive(&[5.0, 7.0, 8.0, 11.0].map(Some), &target), &[0.5, 1.0, 0.75, 0.0]);
        // M = max(10 - 5, 18 - 14) = 5
        let interval =
            Normalisation::IntervalType { from: 10.0, to: 14.0, low: 0.0, high: 1.0, constant };
        let scores = positive(&[5.0, 9.0, 10.0, 12.0, 14.0, 18.0].map(Some), &interval);
        close(&scores, &[0.0, 0.8, 1.0, 1.0, 1.0, 0.2]);
        close(&positive(&[11.0, 12.0].map(Some), &interval), &[1.0, 1.0]);
    }

    #[test]
    fn distances_efficacy_and_base_period() {
        let values = [Some(2.0), Some(4.0), Some(10.0)];
        let constant = ConstantRule::Error;
        let efficacy = Normalisation::Efficacy { low: 60.0, high: 100.0, constant };
        close(&positive(&values, &efficacy), &[60.0, 70.0, 100.0]);
        let distance = Normalisation::DistanceToMaximum { low: 0.0, high: 1.0, constant };
        close(&positive(&values, &distance), &[0.0, 0.25, 1.0]);
        let base = [Some(1.0), None, Some(8.0)];
        let direction = Direction::Positive;
        let column = Column { values: &values, base: &base, reference: None, direction };
        let scores = normalise(column, &Normalisation::BasePeriod { year: 2019 }).unwrap();
        assert_eq!(scores, [Some(200.0), None, Some(125.0)]);
        let none = Normalisation::None;
        assert_eq!(turned(&values, &none, Direction::Negative).unwrap()[2], Some(-10.0));
        let zero = turned(&[Some(0.0)], &none, Direction::Negative).unwrap()[0];
        assert_eq!(zero.map(f64::to_bits), Some(0));
    }

    #[test]
    fn a_constant_is_dropped_or_given_a_score() {
        let values = [Some(3.0), Some(3.0)];
        let rule = |constant| Normalisation::MinMax { low: 0.0, high: 1.0, constant };
        let dropped = turned(&values, &rule(ConstantRule::Drop), Direction::Negative);
        assert_eq!(dropped, Err(NormaliseError::Dropped(3.0)));
        close(&positive(&values, &rule(ConstantRule::Value(0.7))), &[0.7, 0.7]);
        let rank = Normalisation::Rank { ties: EqualValues::Lowest, constant: ConstantRule::Mid };
        close(&positive(&values, &rank), &[1.5, 1.5]);
    }

    #[test]
    fn values_beyond_all_measure_are_refused_and_small_ones_are_not() {
        let large = Err(NormaliseError::TooLarge { unit: 1, value: -1e101 });
        assert_eq!(turned(&[Some(0.0), Some(-1e101)], &MIN_MAX, Direction::Positive), large);
        assert!(turned(&[Some(1e100), Some(-1e100)], &MIN_MAX, Direction::Positive).is_ok());
        let z = Normalisation::ZScore { centre: 0.0, spread: 1.0, constant: ConstantRule::Error };
        assert!(turned(&[Some(1e100), Some(-1e100)], &z, Direction::Positive).is_ok());
        // Squares of these are zero.
        let small = [Some(1e-300), Some(2e-300), Some(3e-300)];
        close(&turned(&small, &z, Direction::Positive).unwrap(), &[-1.0, 0.0, 1.0]);
    }
}
