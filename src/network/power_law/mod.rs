//! Power laws: whether a few have much because that is how the tail falls, and how steeply.
//!
//! A. Clauset, C. R. Shalizi, M. E. J. Newman, Power-law distributions in empirical data, SIAM
//! Review 51 (2009). In: whole numbers, such as degrees. Out: [`PowerLaw`].
//! Not here: p-values by resampling; the straight-line fit on logarithmic paper, which is biased.

mod log_normal;
mod tail;
mod zeta;

use crate::network::power_law::log_normal::LogNormal;
use crate::network::power_law::tail::Tail;
use crate::network::power_law::zeta::{Scaled, scaled_zeta};
use crate::num::{ln, pow};

/// A discrete power law p(x) = x^−α / ζ(α, `x_min`) fitted to the values from `x_min` on.
#[derive(Debug, Clone, PartialEq)]
pub struct PowerLaw {
    /// Exponent of greatest likelihood, by the exact discrete formula.
    pub alpha: f64,
    /// Standard error of the exponent, (α − 1)/√n to the first order.
    pub alpha_error: f64,
    /// The value from which the law is taken to hold: that of least `distance`.
    pub x_min: u64,
    /// Number of values from `x_min` on.
    pub tail: u64,
    /// Kolmogorov–Smirnov distance: the greatest difference between the distribution functions of
    /// the tail and of the law, at any whole number.
    pub distance: f64,
    /// The same tail against a log-normal distribution; `None` where none can be fitted.
    pub log_normal: Option<LogNormalComparison>,
}

/// How the power law fares against a discrete log-normal distribution truncated at `x_min`,
/// p(x) ∝ Φ((ln(x + ½) − μ)/σ) − Φ((ln(x − ½) − μ)/σ).
#[derive(Debug, Clone, PartialEq)]
pub struct LogNormalComparison {
    /// μ of greatest likelihood.
    pub mu: f64,
    /// σ of greatest likelihood.
    pub sigma: f64,
    /// Sum of the log-likelihood ratios; positive where the power law fits better.
    pub log_likelihood_ratio: f64,
    /// Two-sided p-value of the ratio (Vuong 1989): below 0.1 the sign can be trusted.
    pub p_value: f64,
}

impl PowerLaw {
    /// Where the fitted log-normal distribution passes at the values `at`, as shares of the tail
    /// that have a value or more; nothing where none was fitted.
    #[must_use]
    pub fn log_normal_shares(&self, at: impl Iterator<Item = f64>) -> Vec<(f64, f64)> {
        #[expect(clippy::cast_precision_loss, reason = "degrees stay far below 2^52")]
        let first = self.x_min as f64;
        let fitted =
            self.log_normal.as_ref().and_then(|own| LogNormal::from_fit(own.mu, own.sigma, first));
        let Some(fitted) = fitted else { return Vec::new() };
        at.filter(|&x| x >= first).map(|x| (x, fitted.share_from(x))).collect()
    }
}

/// Fits a power law to the positive values. Every value that occurs, but the largest, is tried as
/// `x_min`; of equal distances the lowest is taken. `None` with fewer than two different values.
#[must_use]
pub fn power_law(values: &[u64]) -> Option<PowerLaw> {
    let whole = Tail::new(values);
    let mut best: Option<(f64, f64, Tail<'_>)> = None;
    for tail in whole.tails() {
        let Some(alpha) = exponent(&tail) else { continue };
        let distance = distance(&tail, alpha);
        if best.as_ref().is_none_or(|(least, ..)| distance < *least) {
            best = Some((distance, alpha, tail));
        }
    }
    let (distance, alpha, tail) = best?;
    let size = tail.size();
    Some(PowerLaw {
        alpha,
        alpha_error: (alpha - 1.0) / size.sqrt(),
        x_min: tail.first(),
        tail: tail.count(),
        distance,
        log_normal: compare(&tail, alpha),
    })
}

/// Exponents are looked for up to here; a tail that falls faster is none.
const STEEPEST: f64 = 100.0;

/// The exponent where the derivative of the log-likelihood, −ζ′/ζ − mean ln x, is zero.
fn exponent(tail: &Tail<'_>) -> Option<f64> {
    let first = tail.first_as_real();
    let target = tail.mean(|x| ln(x / first));
    // d ln(ζ(α, x) x^α)/dα + mean ln(x / x_min) rises with α.
    let slope = |alpha: f64| {
        let Scaled { value, derivative } = scaled_zeta(alpha, first);
        derivative / value + target
    };
    let (mut low, mut high) = (1.0 + 1e-9, STEEPEST);
    let (mut at_low, mut at_high) = (slope(low), slope(high));
    if at_low >= 0.0 || at_high <= 0.0 {
        return None;
    }
    // The approximation of the paper is near, so that few halvings are needed.
    let near = 1.0 + 1.0 / tail.mean(|x| ln(x / (first - 0.5)));
    for guess in [near * 0.9 + 0.1, near * 1.1 + 0.1] {
        if guess > low && guess < high {
            let found = slope(guess);
            if found < 0.0 {
                (low, at_low) = (guess, found);
            } else {
                (high, at_high) = (guess, found);
            }
        }
    }
    let mut side = 0_i8;
    // The method of false position in the variant of Illinois.
    for _ in 0..200 {
        let middle = (low * at_high - high * at_low) / (at_high - at_low);
        if (high - low).abs() <= 1e-14 * high || middle <= low || middle >= high {
            break;
        }
        let found = slope(middle);
        if found.abs() < 1e-15 {
            return Some(middle);
        }
        if found < 0.0 {
            (low, at_low) = (middle, found);
            if side == -1 {
                at_high *= 0.5;
            }
            side = -1;
        } else {
            (high, at_high) = (middle, found);
            if side == 1 {
                at_low *= 0.5;
            }
            side = 1;
        }
    }
    Some(f64::midpoint(low, high))
}

/// Kolmogorov–Smirnov distance. Between two values that occur the law still rises, so the greatest
/// difference is at a value or just before the next.
fn distance(tail: &Tail<'_>, alpha: f64) -> f64 {
    let first = tail.first_as_real();
    let whole = scaled_zeta(alpha, first).value;
    // The share of the law from x on.
    let from = |x: f64| pow(x / first, -alpha) * scaled_zeta(alpha, x).value / whole;
    let (mut most, mut below) = (0.0_f64, 0.0);
    for (x, number) in tail.values() {
        most = most.max((1.0 - from(x) - below / tail.size()).abs());
        below += number;
        most = most.max((1.0 - from(x + 1.0) - below / tail.size()).abs());
    }
    most
}

/// The likelihood ratio of power law and log-normal over the tail, with its p-value.
fn compare(tail: &Tail<'_>, alpha: f64) -> Option<LogNormalComparison> {
    let other = LogNormal::fit(tail)?;
    let first = tail.first_as_real();
    let whole = ln(scaled_zeta(alpha, first).value);
    let difference = |x: f64| -alpha * ln(x / first) - whole - other.log_share(x);
    let mean = tail.mean(difference);
    let spread = tail.mean(|x| {
        let from_mean = difference(x) - mean;
        from_mean * from_mean
    });
    let ratio = mean * tail.size();
    let p_value = libm::erfc(ratio.abs() / (2.0 * tail.size() * spread).sqrt());
    (ratio.is_finite() && p_value.is_finite()).then_some(LogNormalComparison {
        mu: other.mu,
        sigma: other.sigma,
        log_likelihood_ratio: ratio,
        p_value,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 1 ten times, 2 twice: from ζ′/ζ(α) = −(2 ln 2)/12 the exponent; the law rises beyond 2.
    #[test]
    fn two_values() {
        let mut values = vec![1; 10];
        values.extend([2, 2]);
        let found = power_law(&values).unwrap();
        let log = |alpha: f64| ln(scaled_zeta(alpha, 1.0).value);
        let slope = (log(found.alpha + 1e-6) - log(found.alpha - 1e-6)) / 2e-6;
        assert!((slope + 2.0 * ln(2.0) / 12.0).abs() < 1e-9, "{found:?}");
        assert_eq!((found.x_min, found.tail), (1, 12));
        let one = 1.0 / scaled_zeta(found.alpha, 1.0).value;
        let beyond = 1.0 - one * (1.0 + pow(2.0, -found.alpha));
        assert!((found.distance - (10.0 / 12.0 - one).abs().max(beyond)).abs() < 1e-12);
    }

    #[test]
    fn too_little_to_fit() {
        assert_eq!(power_law(&[]), None);
        assert_eq!(power_law(&[0, 0, 3, 3]), None);
    }

    /// Numbers as a power law of exponent 2.5 would share them out from 3 on.
    #[test]
    fn finds_the_law_it_was_made_by() {
        let mut values = vec![1; 300];
        values.extend(vec![2; 900]);
        let whole = scaled_zeta(2.5, 3.0).value;
        for x in 3..2000_u32 {
            let share = pow(f64::from(x) / 3.0, -2.5) / whole;
            let number =
                (0..20_000).take_while(|&n| (f64::from(n) + 0.5) / 20_000.0 < share).count();
            values.extend(vec![u64::from(x); number]);
        }
        let found = power_law(&values).unwrap();
        assert_eq!(found.x_min, 3);
        assert!((found.alpha - 2.5).abs() < 0.03, "{found:?}");
        assert!(found.distance < 0.01 && found.log_normal.is_some());
    }
}
