//! Normalisation of the known values of one indicator in place: the formulas of
//! [`normalise`](crate::index::normalise::normalise), without its options and allocations.
//!
//! Where nominal normalisation would refuse a constant column, every unit takes the middle of the
//! scale, so that a replicate does not fail for it.

use crate::config::{Direction, Normalisation};
use crate::index::normalise::normalise;
use crate::num::{mean, standard_deviation};

/// Replaces values by scores and says whether that can be done; `scratch` is for sorting.
pub(super) fn rescale(
    values: &mut [f64],
    method: Normalisation,
    direction: Direction,
    scratch: &mut Vec<f64>,
) -> bool {
    let sign = if direction == Direction::Negative { -1.0 } else { 1.0 };
    match method {
        Normalisation::MinMax { low, high, .. } => {
            let (least, most) = turn(values, sign);
            if is_constant(least, most) {
                values.fill(f64::midpoint(low, high));
                return true;
            }
            let scale = (high - low) / (most - least);
            for x in values {
                *x = if *x >= most { high } else { low + (*x - least) * scale };
            }
        }
        Normalisation::ZScore { centre, spread, .. } => {
            let (least, most) = turn(values, sign);
            let sd = standard_deviation(values).filter(|_| !is_constant(least, most));
            let (Some(sd), Some(middle)) = (sd, mean(values)) else {
                values.fill(centre);
                return true;
            };
            for x in values {
                *x = centre + spread * (*x - middle) / sd;
            }
        }
        Normalisation::PercentileRank { low, high } => {
            turn(values, sign);
            if values.len() < 2 {
                values.fill(f64::midpoint(low, high));
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
        }
        Normalisation::Goalposts { .. } | Normalisation::FractionOfMaximum { .. } => {
            return general(values, method, direction);
        }
    }
    true
}

/// Any other method, by the nominal function.
fn general(values: &mut [f64], method: Normalisation, direction: Direction) -> bool {
    let known: Vec<Option<f64>> = values.iter().copied().map(Some).collect();
    let Ok(scores) = normalise(&known, method, direction) else { return false };
    for (x, score) in values.iter_mut().zip(scores) {
        let Some(score) = score else { return false };
        *x = score;
    }
    true
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

fn is_constant(least: f64, most: f64) -> bool {
    most - least <= f64::EPSILON * least.abs().max(most.abs())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ConstantRule;

    #[test]
    fn agrees_with_the_nominal_function_to_the_last_bit() {
        let constant = ConstantRule::Mid;
        let methods = [
            Normalisation::MinMax { low: 1.0, high: 100.0, constant },
            Normalisation::ZScore { centre: 50.0, spread: 10.0, constant },
            Normalisation::PercentileRank { low: 0.0, high: 100.0 },
            Normalisation::Goalposts { from: 2.0, to: 40.0, low: 0.0, high: 100.0 },
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
                    let wrapped: Vec<Option<f64>> = column.iter().copied().map(Some).collect();
                    let nominal = normalise(&wrapped, method, direction).unwrap();
                    let mut own = column.clone();
                    assert!(rescale(&mut own, method, direction, &mut Vec::new()));
                    assert_eq!(own.into_iter().map(Some).collect::<Vec<_>>(), nominal);
                }
            }
        }
        let fraction = Normalisation::FractionOfMaximum { high: 1.0 };
        assert!(!rescale(&mut [-1.0, 0.0], fraction, Direction::Positive, &mut Vec::new()));
    }
}
