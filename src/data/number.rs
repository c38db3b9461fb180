//! Numbers as people type them: full-width digits, thousands, percent signs, marks for "missing".

use std::fmt;

use crate::data::fold;

/// Marks that stand for a missing value.
const MISSING: [&str; 9] = ["", "—", "–", "-", "--", "——", "…", "na", "n/a"];

/// Most digits after the point that a number is said to have.
const MAX_DECIMALS: usize = 15;

/// A number and how it was written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    /// The value; `12.5%` is 12.5.
    pub(super) value: f64,
    /// Digits after the point.
    pub(super) decimals: usize,
}

/// Why a text is no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NotANumber {
    /// A number and then letters: a unit of measurement, most likely.
    Suffix {
        /// The number.
        number: String,
        /// What follows it.
        suffix: String,
    },
    /// Groups between separators that are not of three digits.
    Groups,
    /// A number too large to hold, or infinite, or none at all by name.
    NotFinite,
    /// Anything else.
    Other,
}

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Suffix { number, suffix } => write!(
                f,
                "write `{number}` and put `{suffix}` into the measure, after converting the number \
                 if need be"
            ),
            Self::Groups => f.write_str(
                "write a decimal point as `.`, and thousands without separator or in groups of three",
            ),
            Self::NotFinite => f.write_str("write a finite number, or leave the cell empty"),
            Self::Other => f.write_str("write a number, or leave the cell empty if it is missing"),
        }
    }
}

/// Reads a number; `None` for a mark that stands for a missing value.
///
/// # Errors
/// Says what is wrong with a text that is neither.
pub(super) fn parse(text: &str) -> Result<Option<Number>, NotANumber> {
    let narrow = fold::narrow(text).replace('\u{2212}', "-");
    if MISSING.contains(&narrow.to_lowercase().as_str()) {
        return Ok(None);
    }
    number(&narrow).map(Some)
}

fn number(text: &str) -> Result<Number, NotANumber> {
    let body = text.strip_suffix('%').map_or(text, str::trim_end);
    let (sign, digits) = match body.as_bytes().first() {
        Some(b'-') => ("-", &body[1..]),
        Some(b'+') => ("", &body[1..]),
        _ => ("", body),
    };
    let unsigned = digits.to_lowercase();
    if matches!(unsigned.as_str(), "inf" | "infinity" | "nan" | "∞") {
        return Err(NotANumber::NotFinite);
    }
    let end = digits.find(|c: char| !(c.is_ascii_digit() || is_separator(c) || c == '.'));
    let (mantissa, rest) = digits.split_at(end.unwrap_or(digits.len()));
    let mantissa = mantissa.trim_end();
    let exponent = exponent(rest).ok_or_else(|| suffix(text, mantissa, rest))?;
    let (whole, fraction) = mantissa.split_once('.').map_or((mantissa, ""), |(w, f)| (w, f));
    if whole.is_empty() && fraction.is_empty() {
        return Err(NotANumber::Other);
    }
    if !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return Err(if fraction.contains('.') { NotANumber::Other } else { NotANumber::Groups });
    }
    let whole = ungroup(whole).ok_or(NotANumber::Groups)?;
    let plain = format!("{sign}{whole}.{fraction}e{exponent}");
    let plain = plain.replace(".e", ".0e");
    let value = plain.parse::<f64>().map_err(|_| NotANumber::Other)?;
    if !value.is_finite() {
        return Err(NotANumber::NotFinite);
    }
    let decimals = i64::try_from(fraction.len()).unwrap_or(0) - i64::from(exponent);
    Ok(Number { value, decimals: usize::try_from(decimals).unwrap_or(0).min(MAX_DECIMALS) })
}

/// The exponent of scientific notation, 0 if there is none, `None` if `rest` is something else.
fn exponent(rest: &str) -> Option<i32> {
    if rest.is_empty() {
        return Some(0);
    }
    let digits = rest.strip_prefix(['e', 'E'])?;
    let unsigned = digits.strip_prefix(['+', '-']).unwrap_or(digits);
    let plain = (1..=4).contains(&unsigned.len()) && unsigned.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

fn suffix(text: &str, mantissa: &str, rest: &str) -> NotANumber {
    let suffix = rest.trim();
    let wordy = suffix.chars().next().is_some_and(|c| c.is_alphabetic() || "$¥€£‰°".contains(c));
    if wordy && mantissa.bytes().any(|b| b.is_ascii_digit()) {
        let number = text.strip_suffix(rest).unwrap_or(mantissa).trim().to_owned();
        NotANumber::Suffix { number, suffix: suffix.to_owned() }
    } else {
        NotANumber::Other
    }
}

const fn is_separator(c: char) -> bool {
    matches!(c, ',' | ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// Digits without separators of thousands, if these part groups of three and are of one kind.
fn ungroup(whole: &str) -> Option<String> {
    let Some(separator) = whole.chars().find(|&c| is_separator(c)) else {
        return Some(whole.to_owned());
    };
    let groups: Vec<&str> = whole.split(separator).collect();
    let (head, tail) = groups.split_first()?;
    let digits = |group: &&str| group.bytes().all(|b| b.is_ascii_digit());
    // `0,123` is a decimal comma, not a thousand.
    let fits = (1..=3).contains(&head.len())
        && !head.starts_with('0')
        && tail.iter().all(|group| group.len() == 3)
        && groups.iter().all(digits);
    fits.then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(text: &str) -> f64 {
        parse(text).unwrap().unwrap().value
    }

    #[test]
    fn numbers_as_people_type_them() {
        let cases = [
            ("12", 12.0),
            (" １２．５ ", 12.5),
            ("1,234.5", 1234.5),
            ("１，２３４，５６７", 1_234_567.0),
            ("1 234", 1234.0),
            ("1\u{a0}234\u{a0}567.5", 1_234_567.5),
            ("1\u{2009}234", 1234.0),
            ("12.5%", 12.5),
            ("12.5 ％", 12.5),
            ("-3", -3.0),
            ("−3", -3.0),
            ("－３", -3.0),
            ("+3", 3.0),
            ("1.5e3", 1500.0),
            ("1.5E-3", 0.0015),
            (".5", 0.5),
            ("5.", 5.0),
            ("0", 0.0),
            ("007", 7.0),
        ];
        for (text, expected) in cases {
            assert!((value(text) - expected).abs() < 1e-12, "{text}");
        }
    }

    #[test]
    fn missing_marks() {
        for text in ["", " ", "—", "–", "-", "--", "——", "…", "NA", "N/A", "n/a", "－"] {
            assert_eq!(parse(text), Ok(None), "{text}");
        }
    }

    #[test]
    fn texts_that_are_no_numbers() {
        use NotANumber::{Groups, NotFinite, Other};
        let cases = [
            ("12,34", Groups),
            ("0,123", Groups),
            ("1,234 567", Groups),
            ("1,2345", Groups),
            ("1.234,5", Groups),
            ("inf", NotFinite),
            ("-Infinity", NotFinite),
            ("NaN", NotFinite),
            ("1e999", NotFinite),
            ("1.2.3", Other),
            ("abc", Other),
            (".", Other),
            ("%", Other),
            ("+-3", Other),
            ("1e", NotANumber::Suffix { number: "1".into(), suffix: "e".into() }),
            ("12.3亿", NotANumber::Suffix { number: "12.3".into(), suffix: "亿".into() }),
            ("-5 万元", NotANumber::Suffix { number: "-5".into(), suffix: "万元".into() }),
            ("12（修订）", Other),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), Err(expected), "{text}");
        }
    }

    #[test]
    fn decimals_stand_as_written() {
        let decimals = |text| parse(text).unwrap().unwrap().decimals;
        assert_eq!(decimals("2.10"), 2);
        assert_eq!(decimals("1,234"), 0);
        assert_eq!(decimals("1.25%"), 2);
        assert_eq!(decimals("1.5e3"), 0);
        assert_eq!(decimals("1.5e-3"), 4);
        assert_eq!(decimals("1e-300"), MAX_DECIMALS);
    }

    proptest! {
        /// A number in plain notation reads as itself; no text breaks the reader.
        #[test]
        fn numbers_read_as_themselves(number in -1e15_f64..1e15, text in "[-+0-9.,eE%亿 \u{a0}]{0,9}") {
            prop_assert_eq!(value(&number.to_string()).to_bits(), number.to_bits());
            let _ = parse(&text);
        }
    }
}
