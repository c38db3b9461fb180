//! Rows with the same thing to say about them: one finding, the first few places, the count of all.

use crate::diag::{Code, Diagnostic, Findings, Severity, Span};

/// Places shown with a finding.
const SHOWN: usize = 3;

/// Rows with the same thing to say about them.
#[derive(Debug)]
pub(super) struct Cases {
    places: Vec<(Span, String)>,
    count: usize,
}

impl Cases {
    /// No rows yet.
    pub(super) const fn new() -> Self {
        Self { places: Vec::new(), count: 0 }
    }

    /// Notes a row by its place, with a few words on it; rows come in the order of the file.
    pub(super) fn note(&mut self, span: Span, text: impl Into<String>) {
        if self.places.len() < SHOWN {
            self.places.push((span, text.into()));
        }
        self.count += 1;
    }

    /// Adds the finding, if there is a row; `message` says it of so many rows.
    pub(super) fn report(
        self,
        severity: Severity,
        code: Code,
        message: impl FnOnce(usize) -> String,
        help: &str,
        findings: &mut Findings,
    ) {
        if self.count == 0 {
            return;
        }
        let message = message(self.count);
        let mut found = match severity {
            Severity::Error => Diagnostic::error(code, message),
            Severity::Warning => Diagnostic::warning(code, message),
        };
        let more = self.count - self.places.len();
        let last = self.places.len() - 1;
        for (at, (span, text)) in self.places.into_iter().enumerate() {
            let text = if at == last && more > 0 {
                let comma = if text.is_empty() { "" } else { ", " };
                format!("{text}{comma}and {more} more")
            } else {
                text
            };
            found = found.at(span, text);
        }
        findings.push(found.help(help));
    }
}

/// `1 row`, `2 rows`.
pub(super) fn rows(count: usize, noun: &str) -> String {
    format!("{count} {noun}{}", if count == 1 { "" } else { "s" })
}

/// The verb that goes with a count.
pub(super) fn verb<'a>(count: usize, one: &'a str, more: &'a str) -> &'a str {
    if count == 1 { one } else { more }
}
