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

/// Prints an interval of ranks: `6–13`, one number where both ends are the same.
#[must_use]
pub fn rank_span(low: f64, high: f64, lang: Lang) -> String {
    let (low, high) = (shortest(low, lang), shortest(high, lang));
    if low == high { low } else { format!("{low}–{high}") }
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

/// Quantile of the standard normal distribution at `p`, 0 < p < 1, to about 1e-16 (Wichura 1988,
/// algorithm AS 241, PPND16).
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    const A: [f64; 8] = [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ];
    const B: [f64; 8] = [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ];
    const C: [f64; 8] = [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        7.745_450_142_783_414e-4,
    ];
    const D: [f64; 8] = [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        5.475_938_084_995_345e-4,
        1.050_750_071_644_416_9e-9,
    ];
    const E: [f64; 8] = [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ];
    const F: [f64; 8] = [
        1.0,
        0.599_832_206_555_888,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        7.868_691_311_456_133e-4,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_8e-15,
    ];
    let ratio = |over: &[f64; 8], under: &[f64; 8], r: f64| {
        let value = |c: &[f64; 8]| c.iter().rev().fold(0.0, |sum, c| sum * r + c);
        value(over) / value(under)
    };
    let q = p - 0.5;
    if q.abs() <= 0.425 {
        return q * ratio(&A, &B, 0.180_625 - q * q);
    }
    let r = (-ln(if q < 0.0 { p } else { 1.0 - p })).sqrt();
    let tail = if r <= 5.0 { ratio(&C, &D, r - 1.6) } else { ratio(&E, &F, r - 5.0) };
    if q < 0.0 { -tail } else { tail }
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

    #[test]
    fn normal_quantiles_turn_the_distribution_round() {
        for p in [1e-12, 1e-6, 0.01, 0.07, 0.2, 0.5, 0.6, 0.93, 0.999_999] {
            let x = normal_quantile(p);
            let back = libm::erfc(-x / std::f64::consts::SQRT_2) / 2.0;
            assert!((back / p - 1.0).abs() < 1e-13, "{p} {x} {back}");
        }
        assert!((normal_quantile(0.975) - 1.959_963_984_540_054).abs() < 1e-15);
    }
}
