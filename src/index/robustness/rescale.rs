//! Normalisation of the known values of one indicator in place: the formulas of
//! [`normalise`](crate::index::normalise::normalise), without its options and allocations.
//!
//! Where nominal normalisation would refuse a constant column, every unit takes the middle of the
//! scale, so that a replicate does not fail for it.

use crate::config::{ConstantRule, Direction, EqualValues, Normalisation};
use crate::index::normalise::{Column, NormaliseError, deviation, is_constant, normalise};
use crate::index::robustness::plan::Leaf;
use crate::num::mean;

/// Replaces values of an indicator by scores under a method, and says whether that can be done;
/// `scratch` is for sorting.
pub(super) fn rescale(
    values: &mut [f64],
    method: &Normalisation,
    leaf: &Leaf,
    scratch: &mut Vec<f64>,
) -> bool {
    let sign = if leaf.direction == Direction::Negative { -1.0 } else { 1.0 };
    if !leaf.pooled.is_empty() {
        return general(values, method, leaf);
    }
    match *method {
        Normalisation::MinMax { low, high, constant }
        | Normalisation::DistanceToMaximum { low, high, constant }
        | Normalisation::Efficacy { low, high, constant } => {
            let (least, most) = turn(values, sign);
            if !(most - least).is_finite() {
                return false;
            }
            if is_constant(least, most) {
                values.fill(score_of_constant(f64::midpoint(low, high), constant));
                return true;
            }
            let scale = (high - low) / (most - least);
            for x in values {
                *x = if *x >= most { high } else { low + (*x - least) * scale };
            }
            true
        }
        Normalisation::ZScore { centre, spread, constant } => {
            let (least, most) = turn(values, sign);
            let sd = deviation(values, least, most);
            let (Some(sd), Some(middle)) = (sd, mean(values)) else {
                values.fill(score_of_constant(centre, constant));
                return true;
            };
            for x in values {
                *x = centre + spread * (*x - middle) / sd;
            }
            sd.is_finite()
        }
        Normalisation::PercentileRank { low, high, ties: EqualValues::Lowest, constant } => {
            let (least, most) = turn(values, sign);
            if values.len() < 2 || is_constant(least, most) {
                values.fill(score_of_constant(f64::midpoint(low, high), constant));
                return true;
            }
            scratch.clear();
            scratch.extend_from_slice(values);
            scratch.sort_unstable_by(f64::total_cmp);
            #[expect(clippy::cast_precision_loss, reason = "counts of units stay below 2^52")]
            let share = |x: f64| {
                scratch.partition_point(|&other| other < x) as f64 / (scratch.len() - 1) as f64
            };
            for x in values {
                *x = low + (high - low) * share(*x);
            }
            true
        }
        _ => general(values, method, leaf),
    }
}

/// What every unit scores in a constant column.
const fn score_of_constant(middle: f64, rule: ConstantRule) -> f64 {
    match rule {
        ConstantRule::Value(score) => score,
        ConstantRule::Mid | ConstantRule::Error | ConstantRule::Drop => middle,
    }
}

/// Any other method, by the nominal function.
fn general(values: &mut [f64], method: &Normalisation, leaf: &Leaf) -> bool {
    match nominally(values, method, leaf) {
        Ok(scores) => {
            values.copy_from_slice(&scores);
            true
        }
        Err(NormaliseError::Constant(_) | NormaliseError::Dropped(_)) => {
            // No scale to take the middle of: all units are alike.
            values.fill(method.lowest().unwrap_or(0.0));
            true
        }
        Err(_) => false,
    }
}

/// Scores of values by the nominal function, for the units that have one.
///
/// # Errors
/// See [`NormaliseError`].
pub(super) fn nominally(
    values: &[f64],
    method: &Normalisation,
    leaf: &Leaf,
) -> Result<Vec<f64>, NormaliseError> {
    let pooled = leaf.pooled.iter();
    let known: Vec<Option<f64>> = values.iter().chain(pooled).copied().map(Some).collect();
    let column = Column {
        values: &known,
        base: &leaf.base,
        reference: leaf.reference,
        direction: leaf.direction,
    };
    Ok(normalise(column, method)?.into_iter().flatten().take(values.len()).collect())
}

/// Turns negative indicators round; the extremes.
fn turn(values: &mut [f64], sign: f64) -> (f64, f64) {
    if sign < 0.0 {
        for x in values.iter_mut() {
            *x *= sign;
        }
    }
    // Four extremes side by side: the order of comparisons is free.
    let (mut least, mut most) = ([f64::INFINITY; 4], [f64::NEG_INFINITY; 4]);
    for chunk in values.chunks(4) {
        for ((x, low), high) in chunk.iter().zip(&mut least).zip(&mut most) {
            *low = if *x < *low { *x } else { *low };
            *high = if *x > *high { *x } else { *high };
        }
    }
    (
        least.into_iter().fold(f64::INFINITY, f64::min),
        most.into_iter().fold(f64::NEG_INFINITY, f64::max),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Treatment;

    fn leaf(values: &[f64], direction: Direction) -> Leaf {
        Leaf {
            node: 0,
            at: (0..values.len()).collect(),
            values: values.to_vec(),
            raw: Vec::new(),
            treatment: Treatment::None,
            pooled: Vec::new(),
            base: Vec::new(),
            reference: None,
            normalisation: Normalisation::None,
            direction,
            varies: false,
        }
    }

    #[test]
    fn agrees_with_the_nominal_function_to_the_last_bit() {
        let constant = ConstantRule::Mid;
        let ties = EqualValues::Lowest;
        let methods = [
            Normalisation::None,
            Normalisation::MinMax { low: 1.0, high: 100.0, constant },
            Normalisation::Efficacy { low: 60.0, high: 100.0, constant: ConstantRule::Value(7.0) },
            Normalisation::ZScore { centre: 50.0, spread: 10.0, constant },
            Normalisation::PercentileRank { low: 0.0, high: 100.0, ties, constant },
            Normalisation::Rank { ties: EqualValues::Average, constant },
            Normalisation::TargetType { target: 3.0, low: 0.0, high: 1.0, constant },
        ];
        let columns = [
            vec![3.1, 0.7, 55.0, 3.1, 12.9, -4.0],
            vec![0.3, 0.1, 0.2],
            vec![5.0; 4],
            vec![1.0, 2.0],
        ];
        for method in methods {
            for direction in [Direction::Positive, Direction::Negative] {
                for column in &columns {
                    let leaf = leaf(column, direction);
                    let nominal = nominally(column, &method, &leaf).unwrap();
                    let mut own = column.clone();
                    assert!(rescale(&mut own, &method, &leaf, &mut Vec::new()));
                    assert_eq!(own, nominal, "{method:?}");
                }
            }
        }
        let fraction = Normalisation::FractionOfMaximum { high: 1.0 };
        let leaf = leaf(&[-1.0, 0.0], Direction::Positive);
        assert!(!rescale(&mut [-1.0, 0.0], &fraction, &leaf, &mut Vec::new()));
    }
}
