//! Scales made from the order of the sample: r is the ascending rank, 1 for the worst.

use super::{NormaliseError, Turned};
use crate::config::{ConstantRule, EqualValues};

type Scores = Result<Vec<Option<f64>>, NormaliseError>;

/// `r`. A constant indicator has the middle (n + 1) / 2.
pub(super) fn rank(turned: &Turned, ties: EqualValues, constant: ConstantRule) -> Scores {
    scores(turned, ties, constant, |r, _| r)
}

/// `r - 1` (Borda count: the number of units a unit leaves behind).
pub(super) fn borda(turned: &Turned, ties: EqualValues, constant: ConstantRule) -> Scores {
    scores(turned, ties, constant, |r, _| r - 1.0)
}

/// `low + (high - low) (r - 1) / (n - 1)`; undefined for one unit.
pub(super) fn percentile(
    turned: &Turned,
    [low, high]: [f64; 2],
    ties: EqualValues,
    constant: ConstantRule,
) -> Scores {
    scores(turned, ties, constant, |r, n| low + (high - low) * ((r - 1.0) / (n - 1.0)))
}

#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
fn scores(
    turned: &Turned,
    ties: EqualValues,
    constant: ConstantRule,
    score: impl Fn(f64, f64) -> f64,
) -> Scores {
    let n = turned.known.len() as f64;
    if turned.least >= turned.most {
        // The middle of one unit is that of two: a rank of one has no other.
        return turned.constant(score(f64::midpoint(1.0, n), n.max(2.0)), constant);
    }
    let mut ranks = ascending_ranks(&turned.known, ties).into_iter();
    let ranked = turned.values.iter().map(|v| v.and_then(|_| ranks.next()));
    Ok(ranked.map(|r| r.map(|r| score(r, n))).collect())
}

/// Ascending ranks of values, in their order; 1 for the smallest.
#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
pub(in crate::index) fn ascending_ranks(values: &[f64], ties: EqualValues) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_by(|&a, &b| values[a].total_cmp(&values[b]));
    let mut ranks = vec![0.0; values.len()];
    let (mut start, mut distinct) = (0, 0);
    while start < order.len() {
        let first = values[order[start]];
        // What is no number stands last and equal; nothing may keep the loop from its end.
        let equal = |&&i: &&usize| values[i] <= first || (first.is_nan() && values[i].is_nan());
        let same = order[start..].iter().take_while(equal).count();
        let end = start + same;
        distinct += 1;
        let rank = match ties {
            EqualValues::Lowest => (start + 1) as f64,
            EqualValues::Highest => end as f64,
            EqualValues::Average => (start + 1 + end) as f64 / 2.0,
            EqualValues::Dense => f64::from(distinct),
        };
        for &unit in &order[start..end] {
            ranks[unit] = rank;
        }
        start = end;
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_number_stands_last_and_equal() {
        let found = ascending_ranks(&[f64::NAN, 2.0, 1.0, f64::NAN], EqualValues::Lowest);
        assert_eq!(found, [3.0, 2.0, 1.0, 3.0]);
    }
}
