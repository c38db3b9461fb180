//! Numbers: rounding that agrees with what is printed, and maths that is equal on every machine.
//!
//! Not here: units of measurement, number words, qualifiers (`content`).

use crate::lang::Lang;

/// A rank: 1 is best, equal scores share a rank.
pub type Rank = u32;

/// Rounds to `digits` decimals exactly as [`fixed`] prints, so that two values print alike if and
/// only if they round alike.
#[must_use]
pub fn round_to(value: f64, digits: usize) -> f64 {
    let rounded = format!("{value:.digits$}").parse::<f64>().unwrap_or(value);
    // Adding zero turns the -0.0 of a small negative value into 0.0.
    rounded + 0.0
}

/// Prints `value` with `decimals` places: English groups thousands with commas, Chinese does not;
/// a negative number carries a true minus sign.
///
/// ```
/// use rankpress::{lang::Lang, num::fixed};
/// assert_eq!(fixed(36102.6, 1, Lang::En), "36,102.6");
/// assert_eq!(fixed(36102.6, 1, Lang::Zh), "36102.6");
/// assert_eq!(fixed(-0.04, 1, Lang::En), "0.0");
/// assert_eq!(fixed(-2.0, 0, Lang::En), "\u{2212}2");
/// ```
#[must_use]
pub fn fixed(value: f64, decimals: usize, lang: Lang) -> String {
    let rounded = round_to(value, decimals);
    let digits = format!("{:.decimals$}", rounded.abs());
    let body = match lang {
        Lang::Zh => digits,
        Lang::En => group_thousands(&digits),
    };
    if rounded < 0.0 { format!("\u{2212}{body}") } else { body }
}

fn group_thousands(digits: &str) -> String {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// Prints a value with as few decimals as it needs, four at most.
#[must_use]
pub fn shortest(value: f64, lang: Lang) -> String {
    let decimals = (0..4).find(|&d| (round_to(value, d) - value).abs() < 1e-9).unwrap_or(4);
    fixed(value, decimals, lang)
}

/// Natural logarithm, the same bits on every machine.
#[must_use]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// Exponential function, the same bits on every machine.
#[must_use]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// `base` to the power `exponent`, the same bits on every machine.
#[must_use]
pub fn pow(base: f64, exponent: f64) -> f64 {
    libm::pow(base, exponent)
}

/// Arithmetic mean of the values, or `None` for none.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
pub fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

/// Median of the values, the mean of the two in the middle for an even number; `None` for none.
#[must_use]
pub fn median(values: &[f64]) -> Option<f64> {
    quantile(values, 0.5)
}

/// Quantile of the values by linear interpolation between order statistics at `(n - 1) p`
/// (Hyndman and Fan 1996, type 7, as in R); `None` for none.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and n - 1")]
pub fn quantile(values: &[f64], share: f64) -> Option<f64> {
    let last = values.len().checked_sub(1)?;
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let at = share.clamp(0.0, 1.0) * last as f64;
    let below = (at.floor() as usize).min(last);
    let above = (below + 1).min(last);
    Some(sorted[below] + (sorted[above] - sorted[below]) * (at - below as f64))
}

/// Sample standard deviation (n − 1), or `None` for fewer than two values.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
pub fn standard_deviation(values: &[f64]) -> Option<f64> {
    let centre = mean(values)?;
    (values.len() > 1).then(|| {
        let squares: f64 = values.iter().map(|v| (v - centre) * (v - centre)).sum();
        (squares / (values.len() - 1) as f64).sqrt()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounding_agrees_with_printing() {
        assert_eq!(fixed(2.675, 2, Lang::En), "2.67"); // the nearest double lies below 2.675
        assert!((round_to(2.675, 2) - 2.67).abs() < 1e-12);
        assert!(round_to(-0.001, 2).is_sign_positive());
    }

    #[test]
    fn groups_only_whole_part() {
        assert_eq!(fixed(1_234_567.891_2, 4, Lang::En), "1,234,567.8912");
        assert_eq!(fixed(999.0, 0, Lang::En), "999");
        assert_eq!(shortest(14_818.0, Lang::En), "14,818");
        assert_eq!(shortest(0.15, Lang::Zh), "0.15");
    }

    #[test]
    fn quantiles_interpolate() {
        let values = [4.0, 1.0, 3.0, 2.0];
        assert_eq!(median(&values), Some(2.5));
        assert_eq!(quantile(&values, 0.25), Some(1.75));
        assert_eq!(quantile(&values, 1.0), Some(4.0));
        assert_eq!(quantile(&[], 0.5), None);
    }

    #[test]
    fn spread_of_few_values() {
        assert_eq!(mean(&[]), None);
        assert_eq!(standard_deviation(&[3.0]), None);
        assert!((standard_deviation(&[1.0, 2.0, 3.0]).unwrap() - 1.0).abs() < 1e-12);
    }
}
