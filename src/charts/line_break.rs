//! Breaking labels into lines: between any two Han characters, else at spaces and after hyphens.

/// Marks that may not begin a line.
const NOT_FIRST: &str = "，。、；：！？）》」』”’%,.;:!?)]/·–—";
/// Marks that may not end a line.
const NOT_LAST: &str = "（《「『“‘([";
const ELLIPSIS: char = '…';

/// Breaks `text` into at most `most` lines of about equal width, none wider than `width`; what does
/// not fit is shortened with an ellipsis.
pub(super) fn wrap(
    text: &str,
    width: f64,
    most: usize,
    measure: impl Fn(&str) -> f64,
) -> Vec<String> {
    let pieces = pieces(text);
    let needed = fill(&pieces, width, &measure).len();
    let lines = if needed <= most {
        // The narrowest measure that still needs no more lines makes them even.
        let (mut low, mut high) = (0.0, width);
        while high - low > 0.25 {
            let middle = f64::midpoint(low, high);
            let narrower = fill(&pieces, middle, &measure);
            if narrower.len() <= needed && narrower.iter().all(|line| measure(line) <= middle) {
                high = middle;
            } else {
                low = middle;
            }
        }
        fill_from_end(&pieces, high, &measure)
    } else {
        let mut lines = fill(&pieces, width, &measure);
        let rest = lines.split_off(most.max(1) - 1);
        lines.push(rest.concat());
        lines
    };
    lines.iter().map(|line| shorten(line, width, &measure)).collect()
}

/// Shortens `text` with an ellipsis where it is wider than `width`.
pub(super) fn shorten(text: &str, width: f64, measure: impl Fn(&str) -> f64) -> String {
    let text = text.trim();
    // A rounding error of the measure must not cost a character.
    if measure(text) <= width + 0.01 {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let mut shorter: String = kept.iter().collect::<String>().trim_end().to_owned();
        shorter.push(ELLIPSIS);
        if measure(&shorter) <= width {
            return shorter;
        }
    }
    ELLIPSIS.to_string()
}

/// The pieces of `text` between which a line may break; a space stays with the piece before it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, c)) {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

fn may_break(before: char, after: char) -> bool {
    if NOT_LAST.contains(before) || NOT_FIRST.contains(after) || after == ' ' {
        return false;
    }
    before == ' ' || before == '-' || is_han(before) || is_han(after)
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}' | '\u{20000}'..='\u{323AF}')
}

fn fill(pieces: &[&str], width: f64, measure: impl Fn(&str) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces {
        match lines.last_mut() {
            Some(line) if measure(format!("{line}{piece}").trim_end()) <= width => {
                line.push_str(piece);
            }
            _ => lines.push((*piece).to_owned()),
        }
    }
    lines
}

/// Fills lines from the last piece up, so that the shorter line comes first: Chinese names tend to
/// begin with a word of two characters and to end in one of three (企业竞争力).
fn fill_from_end(pieces: &[&str], width: f64, measure: impl Fn(&str) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for piece in pieces.iter().rev() {
        match lines.last_mut() {
            Some(line) if measure(format!("{piece}{line}").trim_end()) <= width => {
                line.insert_str(0, piece);
            }
            _ => lines.push((*piece).to_owned()),
        }
    }
    lines.reverse();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::cast_precision_loss, reason = "short labels")]
    fn measure(text: &str) -> f64 {
        text.chars().count() as f64
    }

    #[test]
    fn lines_are_even() {
        assert_eq!(wrap("人工智能产业发展", 6.0, 3, measure), ["人工智能", "产业发展"]);
        assert_eq!(
            wrap("Talent and research output", 17.0, 3, measure),
            ["Talent and", "research output"]
        );
        assert_eq!(wrap("企业竞争力", 4.0, 3, measure), ["企业", "竞争力"]);
        assert_eq!(wrap("北京", 6.0, 3, measure), ["北京"]);
        assert_eq!(wrap("", 6.0, 3, measure), [""; 0]);
    }

    #[test]
    fn marks_stay_with_their_words() {
        assert_eq!(wrap("研发（R&D）投入", 6.0, 3, measure), ["研发", "（R&D）", "投入"]);
    }

    #[test]
    fn what_does_not_fit_ends_in_an_ellipsis() {
        assert_eq!(wrap("人工智能产业发展", 3.0, 2, measure), ["人工智", "能产…"]);
        assert_eq!(wrap("Infrastructure", 6.0, 3, measure), ["Infra…"]);
        assert_eq!(shorten("北京市", 0.5, measure), "…");
    }
}
