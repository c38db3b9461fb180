//! Calls that stand alone between braces.
//!
//! `rank`, `tier` and `published_rank` give plain values, so that conditions can compare them. What
//! `{{ rank(u) }}` prints is a quantity all the same and wants its id. A call that is the whole
//! expression is therefore told so by an argument more, behind all others: nothing before it moves,
//! and a mistake in it is shown where it was written.

use std::borrow::Cow;

/// The helpers concerned.
const HELPERS: [&str; 3] = ["rank", "tier", "published_rank"];

/// The argument that is added.
pub(super) const PRINTED: &str = "printed";

/// The template with the argument in every such call.
pub(super) fn mark(template: &str) -> Cow<'_, str> {
    if template.contains("endraw") {
        return Cow::Borrowed(template);
    }
    let mut marked = String::new();
    let (mut from, mut at) = (0, 0);
    while let Some(open) = template[at..].find('{').map(|found| at + found) {
        let rest = &template[open..];
        if rest.starts_with("{##") {
            at = rest.find("##}").map_or(template.len(), |end| open + end + 3);
            continue;
        }
        at = open + 1;
        if let Some(end) = rest.strip_prefix("{{").and_then(lone_call) {
            let end = open + 2 + end;
            marked.push_str(&template[from..end]);
            marked.push_str(", ");
            marked.push_str(PRINTED);
            marked.push_str("=true");
            (from, at) = (end, end);
        }
    }
    if from == 0 {
        return Cow::Borrowed(template);
    }
    marked.push_str(&template[from..]);
    Cow::Owned(marked)
}

/// Where the arguments of a call end, if the expression is one call of a helper and no more.
fn lone_call(expression: &str) -> Option<usize> {
    let inner = expression.strip_prefix('-').unwrap_or(expression).trim_start();
    let helper = HELPERS
        .into_iter()
        .find(|name| inner.strip_prefix(name).is_some_and(|rest| rest.starts_with('(')))?;
    let begin = expression.len() - inner.len() + helper.len();
    let (mut depth, mut quote) = (0_usize, None);
    for (at, c) in expression[begin..].char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, '(') => depth += 1,
            (None, ')') if depth == 1 => {
                let end = begin + at;
                let after = expression[end + 1..].trim_start();
                let closes = after.starts_with("}}") || after.starts_with("-}}");
                let empty = expression[begin + 1..end].trim().is_empty();
                return (closes && !empty).then_some(end);
            }
            (None, ')') => depth -= 1,
            (Some(_), '\\') | (None, '{' | '}') => return None,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn lone_calls_are_marked_and_nothing_else() {
        for (template, wanted) in [
            ("{{ rank(u) }}", "{{ rank(u, printed=true) }}"),
            ("{{- tier(f(u), x='a)') -}} b", "{{- tier(f(u), x='a)', printed=true) -}} b"),
            (
                "第{{rank(\"北京\", \"index\")}}位",
                "第{{rank(\"北京\", \"index\", printed=true)}}位",
            ),
        ] {
            assert_eq!(mark(template), wanted);
        }
        for same in [
            "{{ rank(u) + 1 }}",
            "{{ rank(u) | abs }}",
            "{{ ordinal(rank(u)) }}",
            "{{ ranking(u) }}",
            "{{ rank() }}",
            "{{ rank(u",
            "{% if rank(u) == 1 %}",
            "{## {{ rank(u) }} ##}",
            "{% raw %}{{ rank(u) }}{% endraw %}",
            "rank(u)",
        ] {
            assert_eq!(mark(same), same);
        }
    }
}
