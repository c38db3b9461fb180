//! Treatment: outliers of an indicator are drawn in, or its scale is changed, before normalisation.
//!
//! Formulas: OECD/JRC Handbook (2008), step 3, with the rule of skew and kurtosis of the JRC and of
//! COINr's `Treat`. Values are treated as they are, before direction; missing stays missing.
//!
//! `winsorise-log`: an indicator passes if |skew| < limit or kurtosis < limit, or if either is
//! undefined. While it fails and fewer than `max-points` points were drawn in, all values equal to
//! the largest (for a skew of zero or more; else the smallest) are set to the next distinct value.
//! Points that are equal move together, so a tie can overshoot `max-points`. If it still fails, or
//! nothing but equal values would be left,
//! the log is taken of the original values: `ln(x - min + 0.01 (max - min))`, and for a negative
//! skew `-ln(max + 0.01 (max - min) - x)`, which keeps the order.

use serde::Serialize;

use crate::config::Treatment;
use crate::index::{kurtosis, skewness};
use crate::num::{ln, pow, quantile};

/// What treatment did to an indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Treated {
    /// Position of the indicator's node.
    pub node: usize,
    /// The rule.
    pub rule: Treatment,
    /// What it came to.
    pub applied: Applied,
    /// Skew and kurtosis before.
    pub before: Shape,
    /// Skew and kurtosis after.
    pub after: Shape,
    /// Every point whose value changed, by unit.
    pub points: Vec<TreatedPoint>,
}

/// What a rule came to.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Applied {
    /// Nothing: the data passed, or there was nothing beyond the percentiles.
    Nothing,
    /// Outermost points were drawn in.
    Winsorised,
    /// The logarithm; `mirrored` for a negative skew.
    Log {
        /// Whether the data were mirrored.
        mirrored: bool,
    },
    /// The transformation of Box and Cox.
    BoxCox,
    /// Values were set to percentiles.
    Clamped {
        /// The lower one.
        low: f64,
        /// The upper one.
        high: f64,
    },
}

/// Skew and excess kurtosis; `None` where undefined.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Shape {
    /// Skew.
    pub skew: Option<f64>,
    /// Excess kurtosis.
    pub kurtosis: Option<f64>,
}

/// A point whose value changed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TreatedPoint {
    /// Position of the unit.
    pub unit: usize,
    /// Value before.
    pub before: f64,
    /// Value after.
    pub after: f64,
}

impl Shape {
    /// Skew and kurtosis of values.
    #[must_use]
    pub fn of(values: &[f64]) -> Self {
        Self { skew: skewness(values), kurtosis: kurtosis(values) }
    }

    /// Whether one of the two is strictly within its limit, or undefined.
    #[must_use]
    pub fn passes(self, skew: f64, kurtosis: f64) -> bool {
        self.skew.is_none_or(|s| s.abs() < skew) || self.kurtosis.is_none_or(|k| k < kurtosis)
    }
}

impl Treated {
    /// The value of a unit after treatment, if it changed.
    #[must_use]
    pub fn value(&self, unit: usize) -> Option<f64> {
        self.points.iter().find(|point| point.unit == unit).map(|point| point.after)
    }
}

/// Treats the values of the indicator at `node`: the new values, and what was done; `None` under
/// the rule that does nothing.
#[must_use]
pub fn treat(
    node: usize,
    values: Vec<Option<f64>>,
    rule: Treatment,
) -> (Vec<Option<f64>>, Option<Treated>) {
    let (units, known): (Vec<usize>, Vec<f64>) =
        values.iter().enumerate().filter_map(|(unit, v)| v.map(|v| (unit, v))).unzip();
    let (new, applied) = match rule {
        Treatment::None => return (values, None),
        Treatment::WinsoriseLog { skew, kurtosis, max_points } => {
            winsorise_log(&known, skew, kurtosis, max_points)
        }
        Treatment::BoxCox { lambda } => (box_cox(&known, lambda), Applied::BoxCox),
        Treatment::PercentileClamp { lower, upper } => clamp(&known, lower, upper),
    };
    let mut out = vec![None; values.len()];
    let mut points = Vec::new();
    for ((&unit, &before), &after) in units.iter().zip(&known).zip(&new) {
        out[unit] = Some(after);
        if before.total_cmp(&after).is_ne() {
            points.push(TreatedPoint { unit, before, after });
        }
    }
    let (before, after) = (Shape::of(&known), Shape::of(&new));
    (out, Some(Treated { node, rule, applied, before, after, points }))
}

fn winsorise_log(
    original: &[f64],
    skew: f64,
    kurtosis: f64,
    max_points: usize,
) -> (Vec<f64>, Applied) {
    let shape = Shape::of(original);
    if shape.passes(skew, kurtosis) {
        return (original.to_vec(), Applied::Nothing);
    }
    let mut values = original.to_vec();
    let moved = |values: &[f64]| {
        values.iter().zip(original).filter(|(new, old)| new.total_cmp(old).is_ne()).count()
    };
    while moved(&values) < max_points {
        let high = skewness(&values).is_some_and(|s| s >= 0.0);
        draw_in(&mut values, high);
        let shape = Shape::of(&values);
        if shape.kurtosis.is_none() {
            break;
        }
        if shape.passes(skew, kurtosis) {
            return (values, Applied::Winsorised);
        }
    }
    let mirrored = shape.skew.is_some_and(|s| s < 0.0);
    (log(original, mirrored), Applied::Log { mirrored })
}

/// Sets all values at one end to the next distinct value.
fn draw_in(values: &mut [f64], high: bool) {
    let pick = if high { f64::max } else { f64::min };
    let Some(end) = values.iter().copied().reduce(pick) else { return };
    let inner = |v: &f64| if high { *v < end } else { *v > end };
    let Some(next) = values.iter().copied().filter(inner).reduce(pick) else { return };
    for value in values.iter_mut().filter(|v| !inner(v)) {
        *value = next;
    }
}

fn extremes(values: &[f64]) -> (f64, f64) {
    values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), &v| (a.min(v), b.max(v)))
}

fn log(values: &[f64], mirrored: bool) -> Vec<f64> {
    let (least, most) = extremes(values);
    let shift = 0.01 * (most - least);
    let one = |x: &f64| if mirrored { -ln(most + shift - x) } else { ln(x - least + shift) };
    values.iter().map(one).collect()
}

/// Box and Cox (1964) with a shift that makes the smallest value 1, as in COINr's `boxcox`.
fn box_cox(values: &[f64], lambda: f64) -> Vec<f64> {
    let (least, _) = extremes(values);
    let one = |x: &f64| {
        let y = x - least + 1.0;
        if lambda == 0.0 { ln(y) } else { (pow(y, lambda) - 1.0) / lambda }
    };
    values.iter().map(one).collect()
}

fn clamp(values: &[f64], lower: f64, upper: f64) -> (Vec<f64>, Applied) {
    let (Some(low), Some(high)) = (quantile(values, lower), quantile(values, upper)) else {
        return (values.to_vec(), Applied::Nothing);
    };
    let new: Vec<f64> = values.iter().map(|x| x.max(low).min(high)).collect();
    let applied = if new == values { Applied::Nothing } else { Applied::Clamped { low, high } };
    (new, applied)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::data::Dataset;
    use crate::index::compute;
    use crate::index::testing::{indicator, methodology};

    const RULE: Treatment = Treatment::WinsoriseLog { skew: 2.0, kurtosis: 3.5, max_points: 5 };

    fn run(values: &[f64], rule: Treatment) -> (Vec<f64>, Treated) {
        let (values, treated) = treat(1, values.iter().copied().map(Some).collect(), rule);
        (values.into_iter().flatten().collect(), treated.unwrap())
    }

    fn near(left: &[f64], right: &[f64]) {
        assert_eq!(left.len(), right.len());
        for (a, b) in left.iter().zip(right) {
            assert!((a - b).abs() < 1e-9, "{left:?} {right:?}");
        }
    }

    fn to_ten(tail: &[f64]) -> Vec<f64> {
        (1..=10).map(f64::from).chain(tail.iter().copied()).collect()
    }

    #[test]
    fn winsorising_draws_in_one_point() {
        let (values, treated) = run(&to_ten(&[30.0, 100.0]), RULE);
        assert_eq!(values, to_ten(&[30.0, 30.0]));
        assert_eq!(treated.applied, Applied::Winsorised);
        assert_eq!(treated.points, [TreatedPoint { unit: 11, before: 100.0, after: 30.0 }]);
        assert!(!treated.before.passes(2.0, 3.5) && treated.after.passes(2.0, 3.5));
        let mirrored: Vec<f64> = to_ten(&[30.0, 100.0]).iter().map(|x| -x).collect();
        let (values, _) = run(&mirrored, RULE);
        near(&values[11..], &[-30.0]);
    }

    #[test]
    fn what_winsorising_cannot_mend_is_logged() {
        let rule = Treatment::WinsoriseLog { skew: 0.0, kurtosis: -9.0, max_points: 1 };
        let (values, treated) = run(&[1.0, 2.0, 4.0, 8.0], rule);
        near(
            &values,
            &[-2.659_260_036_932_8, 0.067_658_648_473_8, 1.121_677_561_599_1, 1.955_860_479_908_5],
        );
        assert_eq!(treated.applied, Applied::Log { mirrored: false });
        assert_eq!(treated.points.len(), 4);
        let (values, treated) = run(&[-1.0, -2.0, -4.0, -8.0], rule);
        assert_eq!(treated.applied, Applied::Log { mirrored: true });
        near(&values[..1], &[2.659_260_036_932_8]);
        assert!(values.windows(2).all(|pair| pair[0] > pair[1]));
    }

    #[test]
    fn ties_move_together() {
        let mut values = vec![1.0; 60];
        values.extend([2.0, 9.0, 9.0, 9.0, 9.0, 9.0, 9.0]);
        let rule = Treatment::WinsoriseLog { skew: 1.0, kurtosis: 3.5, max_points: 5 };
        let (_, treated) = run(&values, rule);
        assert!(matches!(treated.applied, Applied::Log { .. } | Applied::Winsorised));
        if treated.applied == Applied::Winsorised {
            assert!(treated.points.len() >= 6);
        }
    }

    #[test]
    fn what_passes_or_is_undefined_stays() {
        for values in [vec![1.0, 2.0, 3.0, 4.0], vec![5.0; 6], vec![1.0, 100.0], vec![]] {
            let (same, treated) = run(&values, RULE);
            assert_eq!(same, values);
            assert_eq!(treated.applied, Applied::Nothing);
            assert!(treated.points.is_empty());
        }
        let none = treat(1, vec![Some(1.0), None], Treatment::None);
        assert_eq!(none, (vec![Some(1.0), None], None));
    }

    #[test]
    fn box_cox_by_hand() {
        near(&run(&[3.0, 6.0, 11.0], Treatment::BoxCox { lambda: 0.5 }).0, &[0.0, 2.0, 4.0]);
        near(&run(&[3.0, 3.0], Treatment::BoxCox { lambda: 0.0 }).0, &[0.0, 0.0]);
    }

    #[test]
    fn percentiles_clamp() {
        let rule = Treatment::PercentileClamp { lower: 0.25, upper: 0.75 };
        let (values, treated) = run(&[1.0, 2.0, 3.0, 4.0, 100.0], rule);
        assert_eq!(values, [2.0, 2.0, 3.0, 4.0, 4.0]);
        assert_eq!(treated.applied, Applied::Clamped { low: 2.0, high: 4.0 });
        assert_eq!(treated.points.len(), 2);
    }

    #[test]
    fn treated_values_are_normalised() {
        let mut method = methodology(1);
        method.nodes[1].indicator_mut().unwrap().treatment = RULE;
        let values: Vec<Option<f64>> = to_ten(&[30.0, 100.0]).into_iter().map(Some).collect();
        let data = Dataset { indicators: vec![indicator(1, &values)], ..Dataset::default() };
        let names: Vec<String> = (0..12).map(|i| format!("{i:02}")).collect();
        let result = compute(&method, &data, &names).unwrap().value;
        assert_eq!(result.nodes[1].scores[10..], [Some(100.0), Some(100.0)]);
        assert_eq!(result.treated(1).unwrap().value(11), Some(30.0));
        assert_eq!(result.treated(1).unwrap().value(0), None);
    }

    proptest! {
        /// Treatment never turns the order round, never fills a gap, and never gives a NaN.
        #[test]
        fn order_and_gaps_stay(
            values in prop::collection::vec(prop::option::of(-1e6..1e6_f64), 0..40),
            lambda in -2.0..2.0_f64,
        ) {
            let rules = [
                RULE,
                Treatment::WinsoriseLog { skew: 0.5, kurtosis: 0.5, max_points: 2 },
                Treatment::BoxCox { lambda },
                Treatment::PercentileClamp { lower: 0.1, upper: 0.9 },
            ];
            for rule in rules {
                let (new, _) = treat(1, values.clone(), rule);
                for (a, x) in values.iter().zip(&new) {
                    prop_assert_eq!(a.is_some(), x.is_some());
                    prop_assert!(x.is_none_or(f64::is_finite));
                    for (b, y) in values.iter().zip(&new) {
                        if let (Some(a), Some(b), Some(x), Some(y)) = (a, b, x, y) {
                            prop_assert!(a > b || x <= y, "{:?}", rule);
                        }
                    }
                }
            }
        }

        /// The order of units does not matter.
        #[test]
        fn units_come_in_any_order(values in prop::collection::vec(-50..50_i32, 4..30)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let mut turned = values.clone();
            turned.reverse();
            let (one, first) = run(&values, RULE);
            let (mut other, second) = run(&turned, RULE);
            other.reverse();
            // Sums in another order may differ in the last digit, never in what is done.
            prop_assert_eq!(first.applied, second.applied);
            prop_assert_eq!(one, other);
        }
    }
}
