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
            let text = bundle.get(&place.path).and_then(|bytes| around(bytes, place));
            let written = text.and_then(|text| template_span(run, &section.template, text));
            found = match (written, text) {
                (Some(span), _) => found.at(span, ""),
                (None, Some(text)) => found
                    .help(format!("it is printed by `{}`", section.template))
                    .help(format!("the generated text reads {}", shortened(text))),
                (None, None) => found.help(format!("it is printed by `{}`", section.template)),
            };
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

fn around<'a>(bytes: &'a [u8], place: &Place) -> Option<&'a str> {
    std::str::from_utf8(bytes).ok()?.get(place.start..place.end)
}

/// Some words of a text, quoted.
fn shortened(text: &str) -> String {
    let mut words: String = text.chars().take(120).collect();
    if words.len() < text.len() {
        words.push('…');
    }
    format!("`{words}`")
}

/// Where a template writes a text, if it writes it just once.
fn template_span(run: &mut Run, template: &str, text: &str) -> Option<Span> {
    let file = run.sources.text(template, crate::source::Encoding::Utf8).ok()?;
    let written = &run.sources.file(file).text;
    let (start, _) = written.match_indices(text).next().filter(|_| !text.is_empty())?;
    let again = written[start + text.len()..].contains(text);
    (!again).then_some(Span::new(file, start, start + text.len()))
}

fn design_span(run: &mut Run, place: &Place) -> Option<Span> {
    let name = place.path.strip_prefix("/layout/")?;
    let path = format!("report-templates/layout/{name}");
    let file = run.sources.text(&path, crate::source::Encoding::Utf8).ok()?;
    Some(Span::new(file, place.start, place.end))
}
