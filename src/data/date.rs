//! Years and dates as they stand in tables.

use crate::data::fold;

/// Years a report can be about.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// Reads `2022` or `2022年`.
pub(super) fn year(text: &str) -> Option<i32> {
    let narrow = fold::narrow(text);
    let digits = narrow.strip_suffix("年度").or_else(|| narrow.strip_suffix('年'));
    number(digits.unwrap_or(&narrow).trim_end(), 4).filter(|year| YEARS.contains(year))
}

/// Reads a year, a month or a day and gives it as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; besides
/// hyphens, slashes and 年月日 are understood.
pub(super) fn date(text: &str) -> Option<String> {
    let narrow = fold::narrow(text);
    let plain = narrow.trim_end_matches(['年', '月', '日']);
    let mut parts = plain.split(['-', '/', '年', '月']);
    let year = year(parts.next()?)?;
    let Some(month) = parts.next() else { return Some(format!("{year:04}")) };
    let month = number(month, 2).filter(|month| (1..=12).contains(month))?;
    let Some(day) = parts.next() else { return Some(format!("{year:04}-{month:02}")) };
    let day = number(day, 2).filter(|&day| (1..=days(year, month)).contains(&day))?;
    parts.next().is_none().then(|| format!("{year:04}-{month:02}-{day:02}"))
}

fn number(text: &str, digits: usize) -> Option<i32> {
    let plain =
        !text.is_empty() && text.len() <= digits && text.bytes().all(|b| b.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

const fn days(year: i32, month: i32) -> i32 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_take_one_form() {
        let cases = [
            ("2021", "2021"),
            ("2021年", "2021"),
            ("2021-02", "2021-02"),
            ("2021年2月", "2021-02"),
            ("２０２１/2/9", "2021-02-09"),
            ("2021年2月9日", "2021-02-09"),
            ("2020-02-29", "2020-02-29"),
        ];
        for (text, expected) in cases {
            assert_eq!(date(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_texts_are_no_dates() {
        for text in ["", "21", "2021-13", "2021-02-29", "2021-1-1-1", "1850", "2021-", "May 2021"] {
            assert_eq!(date(text), None, "{text}");
        }
        assert_eq!(year("2022年度"), Some(2022));
        assert_eq!(year("20225"), None);
    }
}
