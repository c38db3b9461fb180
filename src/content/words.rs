//! Number words, ordinals and lists of the two languages.

use crate::lang::Lang;

const HAN: [&str; 11] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];
const CARDINALS: [&str; 11] =
    ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const ORDINALS: [&str; 11] = [
    "zeroth", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth",
    "tenth",
];

/// A count in words to ten, in digits from there: 四 / four, 12 / 12.
#[must_use]
pub(super) fn count_word(n: usize, lang: Lang) -> String {
    let words = match lang {
        Lang::Zh => &HAN,
        Lang::En => &CARDINALS,
    };
    words.get(n).map_or_else(|| n.to_string(), ToString::to_string)
}

/// A count before a Chinese counter or an English noun: 两 rather than 二.
#[must_use]
pub(super) fn count_before_noun(n: usize, lang: Lang) -> String {
    if n == 2 && lang == Lang::Zh { "两".to_owned() } else { count_word(n, lang) }
}

/// An ordinal in words to ten, in digits from there: 第三 / third, 第12 / 12th.
#[must_use]
pub(super) fn ordinal(n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("第{}", count_word(n, Lang::Zh)),
        Lang::En => {
            ORDINALS.get(n).map_or_else(|| format!("{n}{}", english_suffix(n)), ToString::to_string)
        }
    }
}

/// An ordinal in digits: 第3 / 3rd.
#[must_use]
pub(super) fn digit_ordinal(n: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("第{n}"),
        Lang::En => format!("{n}{}", english_suffix(n)),
    }
}

const fn english_suffix(n: usize) -> &'static str {
    match (n % 10, n % 100) {
        (1, r) if r != 11 => "st",
        (2, r) if r != 12 => "nd",
        (3, r) if r != 13 => "rd",
        _ => "th",
    }
}

/// What stands between the items of a list: everywhere, and before the last.
#[must_use]
pub(super) const fn list_words(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Zh => ("、", "和"),
        Lang::En => (", ", " and "),
    }
}

/// A list in words: 甲、乙和丙 / A, B and C.
#[must_use]
pub(super) fn join(items: &[String], lang: Lang) -> String {
    let (between, last) = list_words(lang);
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., tail] => format!("{}{last}{tail}", head.join(between)),
    }
}

/// A date as printed: 2024年6月30日 / 30 June 2024; 2021年6月 / June 2021; 2021年 / 2021.
///
/// Takes `YYYY`, `YYYY-MM` or `YYYY-MM-DD`; anything else is returned as it is.
#[must_use]
pub(super) fn date(text: &str, lang: Lang) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let parts: Option<Vec<usize>> = text.split('-').map(|p| p.parse().ok()).collect();
    let month = |m: usize| MONTHS.get(m.wrapping_sub(1)).copied();
    match (parts.as_deref(), lang) {
        (Some([year]), Lang::Zh) => format!("{year}年"),
        (Some([year, m]), Lang::Zh) => format!("{year}年{m}月"),
        (Some([year, m, d]), Lang::Zh) => format!("{year}年{m}月{d}日"),
        (Some([year]), Lang::En) => year.to_string(),
        (Some([year, m]), Lang::En) => {
            month(*m).map_or_else(|| text.to_owned(), |name| format!("{name} {year}"))
        }
        (Some([year, m, d]), Lang::En) => {
            month(*m).map_or_else(|| text.to_owned(), |name| format!("{d} {name} {year}"))
        }
        _ => text.to_owned(),
    }
}

/// A period as printed: 截至2021年6月 / to June 2021; 2018—2020年 / 2018–2020.
#[must_use]
pub(super) fn period(text: &str, lang: Lang) -> String {
    if text.is_empty() {
        return "—".to_owned();
    }
    if let Some(until) = text.strip_prefix("to ") {
        return match lang {
            Lang::Zh => format!("截至{}", date(until, lang)),
            Lang::En => format!("to {}", date(until, lang)),
        };
    }
    match text.split_once('-') {
        Some((from, to)) if from.len() == 4 && to.len() == 4 => match lang {
            Lang::Zh => format!("{from}—{to}年"),
            Lang::En => format!("{from}–{to}"),
        },
        _ => date(text, lang),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_end_as_spoken() {
        let spoken: Vec<String> =
            [1, 10, 11, 12, 13, 21, 22, 113].iter().map(|&n| ordinal(n, Lang::En)).collect();
        assert_eq!(spoken, ["first", "tenth", "11th", "12th", "13th", "21st", "22nd", "113th"]);
        assert_eq!(ordinal(10, Lang::Zh), "第十");
        assert_eq!(ordinal(12, Lang::Zh), "第12");
        assert_eq!(digit_ordinal(2, Lang::Zh), "第2");
        assert_eq!(digit_ordinal(2, Lang::En), "2nd");
    }

    #[test]
    fn lists_of_every_length() {
        let items: Vec<String> = ["甲", "乙", "丙"].iter().map(ToString::to_string).collect();
        assert_eq!(join(&items, Lang::Zh), "甲、乙和丙");
        assert_eq!(join(&items[..1], Lang::Zh), "甲");
        assert_eq!(join(&items[..2], Lang::En), "甲 and 乙");
        assert_eq!(join(&[], Lang::En), "");
    }

    #[test]
    fn dates_in_both_languages() {
        assert_eq!(date("2021-06", Lang::Zh), "2021年6月");
        assert_eq!(date("2024-12-31", Lang::En), "31 December 2024");
        assert_eq!(date("spring 2020", Lang::En), "spring 2020");
    }
}
