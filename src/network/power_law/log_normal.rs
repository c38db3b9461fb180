//! The discrete log-normal distribution from a lowest value on.

use crate::network::power_law::tail::Tail;
use crate::num::{exp, ln};

/// A log-normal distribution rounded to whole numbers, of which those below `first` are cut off.
#[derive(Debug, Clone, Copy)]
pub(super) struct LogNormal {
    pub(super) mu: f64,
    pub(super) sigma: f64,
    /// Logarithm of the probability that is left.
    log_whole: f64,
}

/// How far below the tail, in standard deviations, the centre may lie. Beyond, log-normal and power
/// law can no longer be told apart and the likelihood only creeps upwards.
const FARTHEST: f64 = 20.0;
/// Steps of the search, and the spread of its corners at which it ends.
const STEPS: usize = 400;
const CLOSE: f64 = 1e-10;

impl LogNormal {
    fn new(mu: f64, sigma: f64, first: f64) -> Option<Self> {
        let z = (ln(first - 0.5) - mu) / sigma;
        let log_whole = ln(libm::erfc(z * std::f64::consts::FRAC_1_SQRT_2) / 2.0);
        (z < FARTHEST && log_whole.is_finite()).then_some(Self { mu, sigma, log_whole })
    }

    /// The fitted distribution again, from its parameters.
    pub(super) fn from_fit(mu: f64, sigma: f64, first: f64) -> Option<Self> {
        Self::new(mu, sigma, first)
    }

    /// Probability of a whole number or more.
    pub(super) fn share_from(&self, x: f64) -> f64 {
        let z = (ln(x - 0.5) - self.mu) / self.sigma * std::f64::consts::FRAC_1_SQRT_2;
        libm::erfc(z) / 2.0 / exp(self.log_whole)
    }

    /// The distribution of greatest likelihood; `None` where the search finds none.
    pub(super) fn fit(tail: &Tail<'_>) -> Option<Self> {
        let centre = tail.mean(ln);
        let spread = tail.mean(|x| (ln(x) - centre) * (ln(x) - centre)).sqrt();
        let at = |[mu, log_sigma]: [f64; 2]| Self::new(mu, exp(log_sigma), tail.first_as_real());
        let cost = |point: [f64; 2]| {
            let likelihood = at(point).map(|fitted| tail.mean(|x| fitted.log_share(x)));
            likelihood.filter(|value| value.is_finite()).map_or(f64::INFINITY, |value| -value)
        };
        let found = least(&cost, [centre, ln(spread.max(0.1))]);
        at(found).filter(|_| cost(found).is_finite())
    }

    /// Logarithm of the probability of a whole number of the tail.
    pub(super) fn log_share(&self, x: f64) -> f64 {
        let z = |x: f64| (ln(x) - self.mu) / self.sigma * std::f64::consts::FRAC_1_SQRT_2;
        let (low, high) = (z(x - 0.5), z(x + 0.5));
        // The difference is taken on the side where both are small.
        let twice = if low > 0.0 {
            libm::erfc(low) - libm::erfc(high)
        } else {
            libm::erfc(-high) - libm::erfc(-low)
        };
        ln(twice / 2.0) - self.log_whole
    }
}

/// A corner of the search and its cost.
type Corner = (f64, [f64; 2]);

/// The least value of a function of two variables (Nelder and Mead 1965).
fn least(cost: &impl Fn([f64; 2]) -> f64, start: [f64; 2]) -> [f64; 2] {
    let corner = |point: [f64; 2]| -> Corner { (cost(point), point) };
    let [x, y] = start;
    let mut corners = [corner(start), corner([x + 0.5, y]), corner([x, y + 0.5])];
    for _ in 0..STEPS {
        corners.sort_by(|a, b| a.0.total_cmp(&b.0));
        let [best, middle, worst] = corners;
        let width =
            (0..2).map(|i| (best.1[i] - worst.1[i]).abs().max((best.1[i] - middle.1[i]).abs()));
        if width.fold(0.0, f64::max) < CLOSE {
            break;
        }
        let along = |share: f64| {
            corner(std::array::from_fn(|i| {
                let centre = f64::midpoint(best.1[i], middle.1[i]);
                centre + share * (worst.1[i] - centre)
            }))
        };
        let mirrored = along(-1.0);
        corners[2] = if mirrored.0 < best.0 {
            let farther = along(-2.0);
            if farther.0 < mirrored.0 { farther } else { mirrored }
        } else if mirrored.0 < middle.0 {
            mirrored
        } else {
            let inwards = along(if mirrored.0 < worst.0 { -0.5 } else { 0.5 });
            if inwards.0 < worst.0.min(mirrored.0) {
                inwards
            } else {
                let halfway = |point: [f64; 2]| {
                    corner(std::array::from_fn(|i| f64::midpoint(best.1[i], point[i])))
                };
                corners[1] = halfway(middle.1);
                halfway(worst.1)
            }
        };
    }
    corners.sort_by(|a, b| a.0.total_cmp(&b.0));
    corners[0].1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_sum_to_one() {
        let law = LogNormal::new(1.0, 0.8, 2.0).unwrap();
        let sum: f64 = (2..5000).map(|x| exp(law.log_share(f64::from(x)))).sum();
        assert!((sum - 1.0).abs() < 1e-12, "{sum}");
    }

    #[test]
    fn finds_the_least() {
        let bowl = |[x, y]: [f64; 2]| (x - 3.0) * (x - 3.0) + 10.0 * (y - x) * (y - x);
        let [x, y] = least(&bowl, [0.0, 0.0]);
        assert!((x - 3.0).abs() < 1e-6 && (y - 3.0).abs() < 1e-6);
    }
}
