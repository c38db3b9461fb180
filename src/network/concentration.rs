//! Concentration: how much of a total the largest few hold.

/// How a total is shared out among nodes, such as relations among firms.
#[derive(Debug, Clone, PartialEq)]
pub struct Concentration {
    /// The total of all values.
    pub total: u64,
    /// Share of the largest 10 % of the values, their number rounded up: ⌈n/10⌉ of n.
    pub top_10_percent: f64,
    /// Share of the largest 1 % of the values, ⌈n/100⌉ of n.
    pub top_1_percent: f64,
    /// Share of the largest 0.1 % of the values, ⌈n/1000⌉ of n.
    pub top_0_1_percent: f64,
    /// Share of the ten largest values, or of all where there are fewer.
    pub largest_ten: f64,
    /// Gini coefficient over all values, zeros included: Σ (2i − n − 1) xᵢ / (n Σ x) with the
    /// values ascending; 0 when all are equal, 1 − 1/n when one has all. No correction for n.
    pub gini: f64,
    /// Herfindahl–Hirschman index, the sum of squared shares: 1/n when all are equal, 1 when one
    /// has all.
    pub hhi: f64,
}

/// Concentration of whole numbers; `None` when there are none or all are zero.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "rounded once, after exact sums")]
pub fn concentration(values: &[u64]) -> Option<Concentration> {
    let sorted = ascending(values);
    let total: u64 = sorted.iter().sum();
    let n = sorted.len();
    if total == 0 {
        return None;
    }
    let top = |number: usize| {
        let sum: u64 = sorted.iter().rev().take(number).sum();
        sum as f64 / total as f64
    };
    let ranked: i128 =
        (1..).zip(&sorted).map(|(i, &value)| (2 * i - n as i128 - 1) * i128::from(value)).sum();
    let squares: u128 = sorted.iter().map(|&value| u128::from(value) * u128::from(value)).sum();
    Some(Concentration {
        total,
        top_10_percent: top(n.div_ceil(10)),
        top_1_percent: top(n.div_ceil(100)),
        top_0_1_percent: top(n.div_ceil(1000)),
        largest_ten: top(10),
        gini: ranked as f64 / (n as f64 * total as f64),
        hhi: squares as f64 / (total as f64 * total as f64),
    })
}

/// The Lorenz curve: the share of the total that the smallest values hold, as (share of nodes,
/// share of total) from (0, 0) to (1, 1), at `steps` even steps, each at a whole number of nodes
/// rounded to the nearest. Empty when there are no values or all are zero.
#[must_use]
pub fn lorenz(values: &[u64], steps: usize) -> Vec<(f64, f64)> {
    curve(&ascending(values), steps)
}

/// The curve of cumulated shares from the largest value down: (share of nodes, share of total), at
/// `steps` even steps as in [`lorenz`].
#[must_use]
pub fn cumulated(values: &[u64], steps: usize) -> Vec<(f64, f64)> {
    let mut sorted = ascending(values);
    sorted.reverse();
    curve(&sorted, steps)
}

#[expect(clippy::cast_precision_loss, reason = "rounded once, after exact sums")]
fn curve(sorted: &[u64], steps: usize) -> Vec<(f64, f64)> {
    let total: u64 = sorted.iter().sum();
    let (n, steps) = (sorted.len(), steps.clamp(1, sorted.len().max(1)));
    if total == 0 {
        return Vec::new();
    }
    let mut points = vec![(0.0, 0.0)];
    let (mut sum, mut taken) = (0, 0);
    for step in 1..=steps {
        let until = (2 * step * n + steps) / (2 * steps);
        sum += sorted[taken..until].iter().sum::<u64>();
        taken = until;
        points.push((until as f64 / n as f64, sum as f64 / total as f64));
    }
    points
}

fn ascending(values: &[u64]) -> Vec<u64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_values_by_hand() {
        // 0, 1, 3, 4: Gini = (−3·0 − 1·1 + 1·3 + 3·4) / (4·8) = 14/32; HHI = (1 + 9 + 16)/64.
        let found = concentration(&[3, 0, 4, 1]).unwrap();
        assert_eq!((found.total, found.gini, found.hhi), (8, 14.0 / 32.0, 26.0 / 64.0));
        assert_eq!((found.largest_ten, found.top_1_percent), (1.0, 0.5));
    }

    /// 101 values, of which the first eleven are 1: eleven, two and one of them are counted.
    #[test]
    fn numbers_of_the_largest_are_rounded_up() {
        let values: Vec<u64> = (0..101).map(|at| u64::from(at < 11)).collect();
        let found = concentration(&values).unwrap();
        assert_eq!((found.top_10_percent, found.largest_ten), (1.0, 10.0 / 11.0));
        assert_eq!((found.top_1_percent, found.top_0_1_percent), (2.0 / 11.0, 1.0 / 11.0));
    }

    #[test]
    fn extremes() {
        let equal = concentration(&[2; 4]).unwrap();
        assert_eq!((equal.gini, equal.hhi), (0.0, 0.25));
        let one = concentration(&[0, 0, 0, 7]).unwrap();
        assert_eq!((one.gini, one.hhi), (0.75, 1.0));
        assert_eq!(concentration(&[]), None);
        assert_eq!(concentration(&[0, 0]), None);
    }

    #[test]
    fn curves() {
        assert_eq!(lorenz(&[1, 3], 2), [(0.0, 0.0), (0.5, 0.25), (1.0, 1.0)]);
        assert_eq!(cumulated(&[1, 3], 2), [(0.0, 0.0), (0.5, 0.75), (1.0, 1.0)]);
        assert_eq!(lorenz(&[1, 1, 2], 100).len(), 4);
        assert!(lorenz(&[0], 10).is_empty());
    }
}
