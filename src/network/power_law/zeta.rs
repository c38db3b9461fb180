//! The zeta function of Hurwitz.

use crate::num::{ln, pow};

/// ζ(s, q) q^s and its derivative by s: of order q, however large s is.
pub(super) struct Scaled {
    pub(super) value: f64,
    pub(super) derivative: f64,
}

/// Bernoulli numbers B₂ₖ / (2k)!.
const BERNOULLI: [f64; 7] = [
    1.0 / 12.0,
    -1.0 / 720.0,
    1.0 / 30_240.0,
    -1.0 / 1_209_600.0,
    1.0 / 47_900_160.0,
    -691.0 / 1_307_674_368_000.0,
    1.0 / 74_724_249_600.0,
];

/// Σ ((q + k)/q)^−s over k ≥ 0, for s > 1 and q > 0: terms one by one up to where the formula of
/// Euler and Maclaurin is exact to the last digits.
pub(super) fn scaled_zeta(s: f64, q: f64) -> Scaled {
    let (mut value, mut derivative) = (0.0, 0.0);
    let mut p = q;
    while p < 12.0 + 3.0 * s {
        let log = ln(p / q);
        let term = pow(p / q, -s);
        value += term;
        derivative -= log * term;
        p += 1.0;
    }
    let log = ln(p / q);
    let factor = pow(p / q, -s);
    let integral = p / (s - 1.0);
    let mut sum = integral + 0.5;
    let mut slope = -integral / (s - 1.0);
    // s (s + 1) … (s + 2k − 2) / p^(2k − 1), and the derivative of its logarithm.
    let (mut rising, mut rate, mut next) = (s / p, 1.0 / s, s + 1.0);
    for bernoulli in BERNOULLI {
        sum += bernoulli * rising;
        slope += bernoulli * rising * rate;
        rising *= next * (next + 1.0) / (p * p);
        rate += 1.0 / next + 1.0 / (next + 1.0);
        next += 2.0;
    }
    value += factor * sum;
    derivative += factor * (slope - log * sum);
    Scaled { value, derivative }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_values() {
        let close = |s, q, expected: f64| {
            let found = scaled_zeta(s, q).value / pow(q, s);
            assert!((found / expected - 1.0).abs() < 1e-14, "{s} {q} {found}");
        };
        let square = std::f64::consts::PI * std::f64::consts::PI;
        close(2.0, 1.0, square / 6.0);
        close(2.0, 2.0, square / 6.0 - 1.0);
        close(4.0, 1.0, square * square / 90.0);
        close(3.0, 1.0, 1.202_056_903_159_594_2);
        close(1.5, 1.0, 2.612_375_348_685_488);
    }

    #[test]
    fn derivative_is_that_of_the_value() {
        for (s, q) in [(1.2, 1.0), (2.5, 7.0), (3.5, 400.0), (40.0, 5000.0)] {
            let step = 1e-5;
            let slope =
                (scaled_zeta(s + step, q).value - scaled_zeta(s - step, q).value) / (2.0 * step);
            let found = scaled_zeta(s, q).derivative;
            assert!((found / slope - 1.0).abs() < 1e-7, "{s} {q} {found} {slope}");
        }
    }
}
