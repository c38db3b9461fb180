//! What went wrong, as plain facts for the caller to place and print.

use typst::WorldExt;
use typst::diag::{self, SourceDiagnostic};
use typst::syntax::DiagSpan;

use super::world::PressWorld;

/// How bad a [`Trouble`] is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// There is no PDF.
    Error,
    /// There is a PDF, but it may not look as meant.
    Warning,
}

/// A byte range in a virtual file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The rooted path of the file.
    pub path: String,
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
}

/// A remark on another place that has to do with a [`Trouble`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Related {
    /// What there is to say, such as "while including `zh/03-ranking.typ`".
    pub message: String,
    /// Where; none if the place is known to nobody.
    pub place: Option<Place>,
}

/// One finding of the typesetter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Trouble {
    /// Error or warning.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// What might help; hints that belong to another place stand in `related`.
    pub hints: Vec<String>,
    /// Where it is wrong; none for findings on the document as a whole.
    pub place: Option<Place>,
    /// Hints that belong to another place.
    pub related: Vec<Related>,
    /// The calls and includes that led here, innermost first.
    pub trace: Vec<Related>,
}

impl Trouble {
    /// Makes an error without a place.
    pub(super) fn error(message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            message: message.into(),
            hints: Vec::new(),
            place: None,
            related: Vec::new(),
            trace: Vec::new(),
        }
    }

    /// Translates a finding of Typst, whose spans only the world can resolve.
    pub(super) fn from_typst(world: &PressWorld<'_>, found: &SourceDiagnostic) -> Self {
        let (general, placed): (Vec<_>, Vec<_>) =
            found.hints.iter().partition(|hint| hint.span.is_detached());
        Self {
            severity: match found.severity {
                diag::Severity::Error => Severity::Error,
                diag::Severity::Warning => Severity::Warning,
            },
            message: found.message.to_string(),
            hints: general.iter().map(|hint| hint.v.to_string()).collect(),
            place: place(world, found.span),
            related: placed
                .iter()
                .map(|hint| Related { message: hint.v.to_string(), place: place(world, hint.span) })
                .collect(),
            trace: found
                .trace
                .iter()
                .map(|point| Related {
                    message: point.v.to_string(),
                    place: place(world, point.span),
                })
                .collect(),
        }
    }
}

/// Finds the byte range behind a span.
fn place(world: &PressWorld<'_>, span: impl Into<DiagSpan>) -> Option<Place> {
    let span = span.into();
    let path = span.id()?.vpath().get_with_slash().to_owned();
    let range = world.range(span)?;
    Some(Place { path, start: range.start, end: range.end })
}
