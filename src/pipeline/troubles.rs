//! Typst's complaints as diagnostics with a place a person can open.

use crate::content::SectionFile;
use crate::diag::{Code, Diagnostic, Span};
use crate::pipeline::{Composed, Run};
use crate::typeset::{Bundle, Place, Severity, Trouble};

/// Turns a complaint into a diagnostic.
///
/// A place in the page design is a place in its file. A place in a generated section is told by the
/// section's template, since the generated text is nothing anybody can edit.
pub(super) fn diagnostic(
    run: &mut Run,
    trouble: &Trouble,
    bundle: &Bundle,
    composed: &Composed,
) -> Diagnostic {
    let code = if trouble.message.contains("could not be displayed with font") {
        Code::TypesetGlyph
    } else {
        Code::TypesetError
    };
    let mut found = match trouble.severity {
        Severity::Error => Diagnostic::error(code, trouble.message.clone()),
        Severity::Warning => Diagnostic::warning(code, trouble.message.clone()),
    };
    let traced = trouble.trace.iter().filter_map(|t| t.place.as_ref());
    for place in trouble.place.iter().chain(traced) {
        if let Some(section) = section_of(composed, &place.path) {
            found = found.help(format!("it is printed by `{}`", section.template));
            if let Some(text) = bundle.get(&place.path).and_then(|bytes| around(bytes, place)) {
                found = found.help(format!("the generated text reads {text}"));
            }
            break;
        }
        if let Some(span) = design_span(run, place) {
            found = found.at(span, "");
        }
    }
    for hint in &trouble.hints {
        found = found.help(hint.clone());
    }
    found
}

fn section_of<'a>(composed: &'a Composed, path: &str) -> Option<&'a SectionFile> {
    composed.editions.iter().flat_map(|e| &e.sections).find(|s| s.path == path)
}

fn around(bytes: &[u8], place: &Place) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?;
    let slice = text.get(place.start..place.end)?;
    Some(slice.chars().take(120).collect())
}

fn design_span(run: &mut Run, place: &Place) -> Option<Span> {
    let name = place.path.strip_prefix("/layout/")?;
    let path = format!("report-templates/layout/{name}");
    let file = run.sources.text(&path, crate::source::Encoding::Utf8).ok()?;
    Some(Span::new(file, place.start, place.end))
}
