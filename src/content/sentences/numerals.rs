//! Numerals that stand together or open a sentence.

use crate::content::phrase::{Phrase, Quantity};
use crate::content::words::ordinal;
use crate::lang::Lang;

/// Chinese ordinals of one sentence in one form: beside 第14, 第六 becomes 第6.
///
/// Only quantities change, never a name that holds a numeral.
pub(super) fn even_ordinals(mut slots: Vec<Phrase>) -> Vec<Phrase> {
    let digits = |q: &Quantity| {
        q.text.strip_prefix('第').is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit()))
    };
    if slots.iter().flat_map(|s| &s.values).any(digits) {
        slots.iter_mut().for_each(ordinals_to_digits);
    }
    slots
}

fn ordinals_to_digits(phrase: &mut Phrase) {
    let mut text = String::new();
    let mut rest = phrase.text.as_str();
    for quantity in &mut phrase.values {
        let Some((before, after)) = rest.split_once(&quantity.text) else { continue };
        let in_words = (1..=10).find(|&n| ordinal(n, Lang::Zh) == quantity.text);
        let printed = in_words.map_or_else(|| quantity.text.clone(), |n| format!("第{n}"));
        text.push_str(before);
        text.push_str(&printed);
        quantity.text = printed;
        rest = after;
    }
    text.push_str(rest);
    phrase.text = text;
}

/// Opens an English sentence: with a capital, and a number below a hundred in words.
pub(super) fn capitalised(mut phrase: Phrase) -> Phrase {
    let first = phrase.values.first_mut().filter(|q| {
        let rest = phrase.text.strip_prefix(&q.text);
        rest.is_some_and(|rest| rest.starts_with([' ', '-']) || rest.is_empty())
    });
    if let Some(first) = first {
        let opened = upper_first(&spelled(&first.text).unwrap_or_else(|| first.text.clone()));
        phrase.text.replace_range(..first.text.len(), &opened);
        first.text = opened;
    }
    phrase.text = upper_first(&phrase.text);
    phrase
}

fn upper_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// A number from 11 to 99 in words.
fn spelled(digits: &str) -> Option<String> {
    const TEENS: [&str; 9] = [
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] =
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    const ONES: [&str; 9] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    let n: usize = digits.parse().ok()?;
    match n {
        11..=19 => Some(TEENS[n - 11].to_owned()),
        20..=99 if n.is_multiple_of(10) => Some(TENS[n / 10 - 2].to_owned()),
        21..=99 => Some(format!("{}-{}", TENS[n / 10 - 2], ONES[n % 10 - 1])),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinals_keep_one_form() {
        let rank = |text: &str| Phrase::quantity("a/b/rank", text);
        let slots = even_ordinals(vec![
            Phrase::plain("第六城"),
            rank("第六").text("名和").then(rank("第14")).text("名"),
        ]);
        assert_eq!(slots[0].text, "第六城");
        assert_eq!(slots[1].text, "第6名和第14名");
        assert_eq!(slots[1].values[0].text, "第6");
        assert_eq!(even_ordinals(vec![rank("第六")])[0].text, "第六");
    }

    #[test]
    fn sentences_open_with_a_word() {
        let open = |count: &str, rest: &str| {
            let phrase = capitalised(Phrase::quantity("sample/gdp/count", count).text(rest));
            assert!(phrase.text.starts_with(&phrase.values[0].text));
            phrase.text
        };
        assert_eq!(open("eight", " cities"), "Eight cities");
        assert_eq!(open("17", " cities"), "Seventeen cities");
        assert_eq!(open("42", " cities"), "Forty-two cities");
        assert_eq!(open("120", " cities"), "120 cities");
        assert!(capitalised(Phrase::default()).is_empty());
    }
}
