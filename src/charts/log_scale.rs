//! Places on a logarithmic axis of whole decades.

use crate::num;

/// A logarithmic axis.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct LogScale {
    low: i32,
    high: i32,
    from: f64,
    to: f64,
}

impl LogScale {
    /// Maps the decades around `low..=high`, both above zero, onto `from..=to`.
    pub(super) fn new((low, high): (f64, f64), (from, to): (f64, f64)) -> Self {
        let low = decade(low).floor();
        let high = decade(high).ceil().max(low + 1.0);
        Self { low: whole(low), high: whole(high), from, to }
    }

    /// The place of a value above zero.
    pub(super) fn at(&self, value: f64) -> f64 {
        let (low, high) = (f64::from(self.low), f64::from(self.high));
        self.from + (decade(value) - low) / (high - low) * (self.to - self.from)
    }

    /// The powers of ten on the axis.
    pub(super) fn decades(&self) -> impl Iterator<Item = f64> + use<> {
        (self.low..=self.high).map(|power| num::pow(10.0, f64::from(power)))
    }
}

fn decade(value: f64) -> f64 {
    let exact = libm::log10(value);
    // Powers of ten fall on their decade.
    if (exact - exact.round()).abs() < 1e-9 { exact.round() } else { exact }
}

#[expect(clippy::cast_possible_truncation, reason = "exponents of finite numbers are small")]
fn whole(exponent: f64) -> i32 {
    exponent as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decades_surround_the_values() {
        let scale = LogScale::new((2.0, 4882.0), (0.0, 400.0));
        assert_eq!(scale.decades().collect::<Vec<_>>(), [1.0, 10.0, 100.0, 1000.0, 10000.0]);
        assert!((scale.at(100.0) - 200.0).abs() < 1e-9);
        assert!(LogScale::new((1.0, 1.0), (0.0, 1.0)).at(10.0).is_finite());
        assert_eq!(LogScale::new((0.001, 1.0), (0.0, 1.0)).decades().count(), 4);
    }
}
