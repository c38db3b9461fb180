//! Folding of what people type alike: blanks, invisible marks and full-width forms.

/// Trims white space of every width, byte order marks and zero-width spaces.
#[must_use]
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, '\u{feff}' | '\u{200b}'))
}

/// Trims and turns full-width letters, digits and signs into their ASCII forms.
#[must_use]
pub(super) fn narrow(text: &str) -> String {
    trim(text).chars().map(narrow_char).collect()
}

/// The form in which headers and fixed words are compared: narrow, lower case, one kind of joint.
#[must_use]
pub(super) fn word(text: &str) -> String {
    narrow(text)
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| if matches!(c, ' ' | '-') { '_' } else { c })
        .collect()
}

/// The form in which names of units are compared: letters and digits only, lower case, without
/// accents, so that `Xi'an`, `Xian` and `XI AN` are one.
#[must_use]
pub(super) fn name(text: &str) -> String {
    narrow(text)
        .chars()
        .flat_map(char::to_lowercase)
        .map(without_accent)
        .filter(|c| c.is_alphanumeric())
        .collect()
}

/// A lower-case ASCII name for paths and templates: `Suzhou (Anhui)` gives `suzhou-anhui`.
#[must_use]
pub(super) fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in narrow(text).chars().flat_map(char::to_lowercase).map(without_accent) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else if matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}') {
            // An apostrophe parts syllables, not words: `Xi'an` gives `xian`.
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}

const fn narrow_char(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => match char::from_u32(c as u32 - 0xfee0) {
            Some(ascii) => ascii,
            None => c,
        },
        '\u{3000}' => ' ',
        _ => c,
    }
}

/// The base letter of the accented letters that romanised Chinese names use.
const fn without_accent(c: char) -> char {
    match c {
        'ā' | 'á' | 'ǎ' | 'à' | 'ä' | 'â' => 'a',
        'ē' | 'é' | 'ě' | 'è' | 'ê' | 'ë' => 'e',
        'ī' | 'í' | 'ǐ' | 'ì' | 'ï' => 'i',
        'ō' | 'ó' | 'ǒ' | 'ò' | 'ö' | 'ô' => 'o',
        'ū' | 'ú' | 'ǔ' | 'ù' | 'ü' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => 'u',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_meet() {
        assert_eq!(narrow("\u{feff} ＧＤＰ（亿元）\u{3000}"), "GDP(亿元)");
        assert_eq!(word(" Title-ZH "), "title_zh");
        assert_eq!(name("Xi\u{2019}an"), name("XI AN"));
        assert_eq!(name("Lüliang"), "luliang");
        assert_eq!(slug("Suzhou (Anhui)"), "suzhou-anhui");
        assert_eq!(slug("Daxing'anling"), "daxinganling");
        assert_eq!(slug("北京"), "");
    }
}
