//! The turns of phrase that the alternative texts of charts share.

use crate::lang::Lang;
use crate::num::fixed;

/// How many items an alternative text tells one by one before it goes over to the ends.
pub(super) const TOLD_IN_FULL: usize = 20;

/// A list in prose: `甲、乙和丙`, `a, b and c`.
pub(super) fn list(items: &[String], lang: Lang) -> String {
    let (comma, and) = match lang {
        Lang::Zh => ("、", "和"),
        Lang::En => (", ", " and "),
    };
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [init @ .., last] => format!("{}{and}{last}", init.join(comma)),
    }
}

/// A number of things, `singular` and `plural` for English, `zh` with its measure word.
pub(super) fn counted(n: usize, zh: &str, singular: &str, plural: &str, lang: Lang) -> String {
    let number = fixed(super::scale::count(n), 0, lang);
    match lang {
        Lang::Zh => format!("{number}{zh}"),
        Lang::En if n == 1 => format!("{number} {singular}"),
        Lang::En => format!("{number} {plural}"),
    }
}

/// Joins a heading and what follows it, as clauses in Chinese and as sentences in English.
pub(super) fn prose(heading: &str, parts: &[String], lang: Lang) -> String {
    match lang {
        Lang::Zh if parts.is_empty() => format!("{heading}。"),
        Lang::Zh => format!("{heading}。{}。", parts.join("；")),
        Lang::En => {
            let mut text = format!("{heading}.");
            for part in parts {
                text.push(' ');
                text.push_str(&sentence(part));
                text.push('.');
            }
            text
        }
    }
}

/// Tells every item, or of many the first five and the last three.
pub(super) fn ends<T>(items: &[T], lang: Lang, tell: impl Fn(&T) -> String) -> Vec<String> {
    if items.len() <= TOLD_IN_FULL {
        return items.iter().map(tell).collect();
    }
    let mut told: Vec<String> = items[..5].iter().map(&tell).collect();
    let mut last: Vec<String> = items[items.len() - 3..].iter().map(&tell).collect();
    let (first, final_three) = match lang {
        Lang::Zh => ("前五位依次为", "末三位依次为"),
        Lang::En => ("the first five: ", "the last three: "),
    };
    told[0].insert_str(0, first);
    last[0].insert_str(0, final_three);
    told.extend(last);
    told
}

/// A number of cities.
pub(super) fn cities(n: usize, lang: Lang) -> String {
    counted(n, "个城市", "city", "cities", lang)
}

/// A value with its measure: `78.31分`, `78.31 points`, `12.5%`.
pub(super) fn measured(value: f64, decimals: usize, measure: &str, lang: Lang) -> String {
    let number = fixed(value, decimals, lang);
    let joined = lang == Lang::Zh || measure.is_empty() || measure.starts_with(['%', '‰', '°']);
    if joined { format!("{number}{measure}") } else { format!("{number} {measure}") }
}

/// A value in words where there is none: `无数据`, `no data`.
pub(super) fn number(value: Option<f64>, decimals: usize, lang: Lang) -> String {
    match (value, lang) {
        (Some(value), _) => fixed(value, decimals, lang),
        (None, Lang::Zh) => "无数据".to_owned(),
        (None, Lang::En) => "no data".to_owned(),
    }
}

/// The words for units without a value, if there are any: `甲和乙无数据`, `no data for a and b`.
pub(super) fn lacking(labels: &[String], lang: Lang) -> Option<String> {
    (!labels.is_empty()).then(|| match lang {
        Lang::Zh => format!("{}无数据", list(labels, lang)),
        Lang::En => format!("no data for {}", list(labels, lang)),
    })
}

/// A name as it stands inside an English sentence: "This report" becomes "this report".
pub(super) fn inside(name: &str) -> String {
    let mut chars = name.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => name.to_owned(),
    }
}

/// `text` with its first letter a capital.
pub(super) fn sentence(text: &str) -> String {
    let mut rest = text.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// A unit and its value as an item of a list: `北京78.31分`, `Beijing (78.31 points)`.
pub(super) fn item(name: &str, value: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => name_and_number(name, value, lang),
        Lang::En => format!("{name} ({value})"),
    }
}

/// A name and its value, set apart unless the name ends in a Han character.
pub(super) fn name_and_number(name: &str, number: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh if name.ends_with(|c: char| !c.is_ascii()) => format!("{name}{number}"),
        _ => format!("{name} {number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_counts() {
        let names = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(list(&names, Lang::En), "a, b and c");
        assert_eq!(list(&names, Lang::Zh), "a、b和c");
        assert_eq!(list(&names[..2], Lang::En), "a and b");
        assert_eq!(list(&[], Lang::En), "");
        assert_eq!(cities(1, Lang::En), "1 city");
        assert_eq!(cities(1200, Lang::En), "1,200 cities");
        assert_eq!(cities(20, Lang::Zh), "20个城市");
    }

    #[test]
    fn measures() {
        assert_eq!(measured(78.31, 2, "分", Lang::Zh), "78.31分");
        assert_eq!(measured(78.31, 2, "points", Lang::En), "78.31 points");
        assert_eq!(measured(12.5, 1, "%", Lang::En), "12.5%");
        assert_eq!(measured(12.5, 1, "", Lang::En), "12.5");
        assert_eq!(name_and_number("均值", "3", Lang::Zh), "均值3");
        assert_eq!(name_and_number("2022", "3", Lang::Zh), "2022 3");
        assert_eq!(sentence("no data"), "No data");
    }
}
