//! Typography of plain text: which line breaks leave a space, and English quotation marks.

use crate::lang::Lang;

/// Whether a line break between two characters leaves no space: beside full-width punctuation and
/// between Han characters; in Chinese text also between a Han character and anything else.
#[must_use]
pub(super) const fn joins_without_space(before: char, after: char, lang: Lang) -> bool {
    let punctuation = is_wide_punctuation(before) || is_wide_punctuation(after);
    match lang {
        Lang::Zh => punctuation || is_wide(before) || is_wide(after),
        Lang::En => punctuation || (is_wide(before) && is_wide(after)),
    }
}

/// Han characters and full-width forms.
#[must_use]
pub(super) const fn is_wide(c: char) -> bool {
    matches!(c,
        '\u{2E80}'..='\u{303F}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FFEF}' | '\u{20000}'..='\u{2FA1F}')
}

const fn is_wide_punctuation(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF0F}' | '\u{FF1A}'..='\u{FF20}')
}

/// Text as it is printed: English gets typographic apostrophes and quotation marks.
#[must_use]
pub(super) fn typographic(text: &str, lang: Lang) -> String {
    if lang == Lang::Zh || !text.contains(['\'', '"']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 4);
    let mut before: Option<char> = None;
    for c in text.chars() {
        let opens = before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '\u{2014}'));
        out.push(match (c, opens) {
            ('\'', true) => '\u{2018}',
            ('\'', false) => '\u{2019}',
            ('"', true) => '\u{201C}',
            ('"', false) => '\u{201D}',
            _ => c,
        });
        before = Some(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn english_quotation_marks() {
        assert_eq!(typographic("Xi'an's \"1+1+10\" plan", Lang::En), "Xi’an’s “1+1+10” plan");
        assert_eq!(typographic("Xi'an", Lang::Zh), "Xi'an");
    }

    #[test]
    fn breaks_between_scripts() {
        assert!(joins_without_space('京', '市', Lang::En));
        assert!(joins_without_space('，', 'A', Lang::En));
        assert!(joins_without_space('京', 'A', Lang::Zh));
        assert!(!joins_without_space('京', 'A', Lang::En));
        assert!(!joins_without_space('a', 'b', Lang::Zh));
    }
}
