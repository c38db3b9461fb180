//! English words: case, number and head of a name.

/// Words that end the part of a name in which its head noun stands.
const AFTER_HEAD: [&str; 19] = [
    "of", "in", "at", "per", "with", "for", "from", "to", "by", "on", "under", "above", "below",
    "that", "relative", "among", "over", "than", "granted",
];

/// A name as it stands inside a sentence: `Resource support` becomes `resource support`.
///
/// `GDP per head`, `R&D` and `AI unicorns` stay as they are, and so does `Project 985
/// universities`: a word followed by a number is a proper name.
pub(crate) fn inside(name: &str) -> String {
    let mut words = name.split(' ');
    let first = words.next().unwrap_or_default();
    let numbered = words.next().is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    let mut chars = first.chars();
    let Some(initial) = chars.next() else { return String::new() };
    let ordinary = chars.clone().next().is_some()
        && chars.all(|c| c.is_lowercase() || !c.is_alphabetic())
        && !numbered;
    if ordinary || first == "A" {
        initial.to_lowercase().chain(name.chars().skip(1)).collect()
    } else {
        name.to_owned()
    }
}

/// Position of the head noun among the words of a name: `Institutions offering degrees` → 0.
fn head(words: &[&str]) -> usize {
    let after = |i: usize, w: &str| {
        i > 0 && (AFTER_HEAD.contains(&w) || (w.ends_with("ing") && ends_plural(words[i - 1])))
    };
    let end = words.iter().enumerate().position(|(i, w)| after(i, w)).unwrap_or(words.len());
    end.saturating_sub(1)
}

/// Whether a name is plural, by its head noun.
pub(super) fn is_plural(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    words.get(head(&words)).is_some_and(|w| ends_plural(w))
}

fn ends_plural(word: &str) -> bool {
    word.len() > 2
        && word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending))
}

/// The singular of a plural name or noun: `centres of excellence` → `centre of excellence`.
pub(super) fn singular(name: &str) -> String {
    change_head(name, |word| match word {
        "people" | "persons" => "person".to_owned(),
        _ if !ends_plural(word) => word.to_owned(),
        _ if word.ends_with("ies") && word.len() > 4 => format!("{}y", &word[..word.len() - 3]),
        _ if ["ches", "shes", "sses", "xes"].iter().any(|e| word.ends_with(e)) => {
            word[..word.len() - 2].to_owned()
        }
        _ => word[..word.len() - 1].to_owned(),
    })
}

/// The plural of a singular name: `City with a port` → `Cities with a port`.
pub(super) fn plural(name: &str) -> String {
    change_head(name, |word| {
        let stem = &word[..word.len() - word.chars().next_back().map_or(0, char::len_utf8)];
        let before = stem.chars().next_back();
        match word {
            _ if word.ends_with('y') && before.is_some_and(|c| !"aeiou".contains(c)) => {
                format!("{stem}ies")
            }
            _ if ["s", "x", "ch", "sh"].iter().any(|e| word.ends_with(e)) => format!("{word}es"),
            _ => format!("{word}s"),
        }
    })
}

fn change_head(name: &str, change: impl Fn(&str) -> String) -> String {
    let words: Vec<&str> = name.split(' ').collect();
    let head = head(&words);
    let changed: Vec<String> = words
        .iter()
        .enumerate()
        .map(|(i, w)| if i == head { change(w) } else { (*w).to_owned() })
        .collect();
    changed.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_inside_a_sentence() {
        let cases = [
            ("Resource support", "resource support"),
            ("GDP per head", "GDP per head"),
            ("R&D intensity", "R&D intensity"),
            ("Higher-education institutions", "higher-education institutions"),
            ("Project 985 universities", "Project 985 universities"),
            ("", ""),
        ];
        for (name, expected) in cases {
            assert_eq!(inside(name), expected);
        }
    }

    #[test]
    fn number_goes_by_the_head() {
        for name in [
            "Unicorns",
            "Deposits at year-end",
            "Institutions offering bachelor degrees",
            "National supercomputing centres",
        ] {
            assert!(is_plural(name), "{name}");
        }
        for name in ["Openness", "Number of firms", "Growth", "Tertiary industry share", "Status"] {
            assert!(!is_plural(name), "{name}");
        }
    }

    #[test]
    fn forms_of_the_head() {
        let cases = [
            ("institutions offering bachelor degrees", "institution offering bachelor degrees"),
            ("facilities", "facility"),
            ("centres", "centre"),
            ("user teams", "user team"),
            ("branches", "branch"),
            ("PFLOPS", "PFLOPS"),
        ];
        for (many, one) in cases {
            assert_eq!(singular(many), one);
        }
        let status = "City with independent planning status";
        assert_eq!(plural(status), "Cities with independent planning status");
        assert_eq!(plural("Provincial capital"), "Provincial capitals");
        assert_eq!(plural(""), "s");
    }
}
