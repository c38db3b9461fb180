//! Patterns: sentences with numbered gaps, so that both languages stand side by side in the code.

use crate::content::phrase::Phrase;

/// Puts the slots into the gaps `{0}`, `{1}` … of a pattern; a gap may stand twice.
///
/// Slots are not searched for gaps, so names may hold braces. A gap without a slot stays empty.
pub(super) fn fill(pattern: &str, slots: &[Phrase]) -> Phrase {
    let mut filled = Phrase::default();
    let mut rest = pattern;
    while let Some((before, gap, after)) = next_gap(rest) {
        filled = filled.text(before);
        if let Some(slot) = slots.get(gap) {
            filled = filled.then(slot.clone());
        }
        rest = after;
    }
    filled.text(rest)
}

/// The text before the next gap, its number, and the text behind it.
fn next_gap(text: &str) -> Option<(&str, usize, &str)> {
    let (before, rest) = text.split_once('{')?;
    let (number, after) = rest.split_once('}')?;
    Some((before, number.parse().ok()?, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_filled_once() {
        let slots = [Phrase::plain("{1}"), Phrase::quantity("a/b/rank", "first")];
        let filled = fill("{0} is {1}, {1}.", &slots);
        assert_eq!(filled.text, "{1} is first, first.");
        assert_eq!(filled.values.len(), 2);
        assert_eq!(fill("{7}!", &slots).text, "!");
    }
}
