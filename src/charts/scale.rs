//! From values to places: a linear axis with round ticks.

/// A linear axis.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Scale {
    low: f64,
    high: f64,
    from: f64,
    to: f64,
}

impl Scale {
    /// Maps `low..=high` onto `from..=to`; a span of nothing counts as one.
    pub(super) fn new((low, high): (f64, f64), (from, to): (f64, f64)) -> Self {
        let high = if high > low { high } else { low + 1.0 };
        Self { low, high, from, to }
    }

    /// The place of `value`.
    pub(super) fn at(&self, value: f64) -> f64 {
        self.from + (value - self.low) / (self.high - self.low) * (self.to - self.from)
    }

    /// Round values within the axis, about `wanted` of them, and the decimals they need.
    pub(super) fn ticks(&self, wanted: u32) -> (Vec<f64>, usize) {
        let (step, decimals) = round_step((self.high - self.low) / f64::from(wanted.max(1)));
        let mut ticks = Vec::new();
        let mut n = (self.low / step - 1e-9).ceil();
        while n * step <= self.high + step * 1e-9 {
            ticks.push(n * step + 0.0);
            n += 1.0;
        }
        (ticks, decimals)
    }
}

/// The smallest of 1, 2, 5 times a power of ten that is not below `rough`, and its decimals.
pub(super) fn round_step(rough: f64) -> (f64, usize) {
    let mut power = 1.0;
    let mut decimals = 0;
    while power > rough && decimals < 9 {
        power /= 10.0;
        decimals += 1;
    }
    while power * 10.0 <= rough {
        power *= 10.0;
    }
    for factor in [1.0, 2.0, 5.0] {
        if power * factor >= rough * (1.0 - 1e-9) {
            return (power * factor, decimals);
        }
    }
    (power * 10.0, decimals.saturating_sub(1))
}

/// A number of things, to calculate with.
pub(super) fn count(things: usize) -> f64 {
    f64::from(u32::try_from(things).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round() {
        let scale = Scale::new((0.0, 78.31), (0.0, 100.0));
        assert_eq!(scale.ticks(5), (vec![0.0, 20.0, 40.0, 60.0], 0));
        let (ticks, decimals) = Scale::new((-0.3, 0.3), (0.0, 1.0)).ticks(6);
        assert_eq!((ticks.len(), decimals), (7, 1));
        assert_eq!(round_step(0.7), (1.0, 0));
        assert_eq!(round_step(1234.0), (2000.0, 0));
    }

    #[test]
    fn equal_ends_do_not_divide_by_zero() {
        assert!(Scale::new((5.0, 5.0), (0.0, 1.0)).at(5.0).is_finite());
    }
}
