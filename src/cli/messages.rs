//! Findings as text or JSON.

use std::ops::Range;

use codespan_reporting::diagnostic as printed;
use codespan_reporting::files::{Error as FilesError, Files};
use codespan_reporting::term;
use serde_json::json;

use crate::cli::Outcome;
use crate::cli::args::{MessageFormat, Messages};
use crate::cli::talk::say;
use crate::diag::{Diagnostic, FileId, Label, Severity};
use crate::source::Sources;

/// Prints the findings of a run and says how it ended.
pub(super) fn report(sources: Option<&Sources>, findings: &[Diagnostic], how: Messages) -> Outcome {
    for finding in findings {
        match (how.message_format, sources) {
            (MessageFormat::Human, Some(sources)) => human(sources, finding),
            (MessageFormat::Human, None) => placeless(finding),
            (MessageFormat::Json, sources) => say(&json(sources, finding).to_string()),
            (_, sources) => say(&short(sources, finding)),
        }
    }
    let errors = findings.iter().filter(|d| d.severity == Severity::Error).count();
    let warnings = findings.len() - errors;
    if how.message_format != MessageFormat::Json && !findings.is_empty() {
        say(&summary(errors, warnings));
    }
    if errors > 0 || (how.deny_warnings && warnings > 0) {
        Outcome::Findings
    } else {
        Outcome::Fine
    }
}

fn summary(errors: usize, warnings: usize) -> String {
    let count = |n: usize, noun: &str| format!("{n} {noun}{}", if n == 1 { "" } else { "s" });
    match (errors, warnings) {
        (0, w) => count(w, "warning"),
        (e, 0) => count(e, "error"),
        (e, w) => format!("{} and {}", count(e, "error"), count(w, "warning")),
    }
}

const fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// `file:line:column: error[code]: message`.
fn short(sources: Option<&Sources>, finding: &Diagnostic) -> String {
    let place = sources.zip(finding.labels.first()).map(|(sources, label)| {
        let file = sources.file(label.span.file);
        let (line, column) = file.position(label.span.start);
        format!("{}:{line}:{column}: ", file.path)
    });
    format!(
        "{}{}[{}]: {}",
        place.unwrap_or_default(),
        word(finding.severity),
        finding.code.as_str(),
        finding.message
    )
}

/// One object; lines and columns count from 1, columns in characters.
fn json(sources: Option<&Sources>, finding: &Diagnostic) -> serde_json::Value {
    let place = |label: &Label| {
        sources.map(|sources| {
            let file = sources.file(label.span.file);
            let (line, column) = file.position(label.span.start);
            let (end_line, end_column) = file.position(label.span.end);
            json!({
                "file": file.path, "line": line, "column": column,
                "end_line": end_line, "end_column": end_column, "text": label.text,
            })
        })
    };
    json!({
        "schema": 1,
        "severity": word(finding.severity),
        "code": finding.code.as_str(),
        "message": finding.message,
        "primary": finding.labels.first().and_then(place),
        "related": finding.labels.iter().skip(1).filter_map(place).collect::<Vec<_>>(),
        "hints": finding.help,
    })
}

/// A finding from before any file was read.
fn placeless(finding: &Diagnostic) {
    say(&short(None, finding));
    for help in &finding.help {
        say(&format!(" = help: {help}"));
    }
    say("");
}

fn human(sources: &Sources, finding: &Diagnostic) {
    let severity = match finding.severity {
        Severity::Error => printed::Severity::Error,
        Severity::Warning => printed::Severity::Warning,
    };
    let labels = finding.labels.iter().enumerate().map(|(i, label)| {
        let range = label.span.start..label.span.end.max(label.span.start);
        let style =
            if i == 0 { printed::LabelStyle::Primary } else { printed::LabelStyle::Secondary };
        printed::Label::new(style, label.span.file, range).with_message(&label.text)
    });
    let diagnostic = printed::Diagnostic::new(severity)
        .with_code(finding.code.as_str())
        .with_message(&finding.message)
        .with_labels(labels.collect())
        .with_notes(finding.help.iter().map(|h| format!("help: {h}")).collect());
    let mut text = String::new();
    let files = Place(sources);
    if term::emit_to_string(&mut text, &term::Config::default(), &files, &diagnostic).is_ok() {
        say(text.trim_end());
        say("");
    } else {
        say(&short(Some(sources), finding));
    }
}

/// The files of a run as the printer wants them.
struct Place<'a>(&'a Sources);

impl<'a> Files<'a> for Place<'a> {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<Self::Name, FilesError> {
        Ok(&self.0.file(id).path)
    }

    fn source(&'a self, id: FileId) -> Result<Self::Source, FilesError> {
        Ok(&self.0.file(id).text)
    }

    fn line_index(&'a self, id: FileId, byte_index: usize) -> Result<usize, FilesError> {
        Ok(self.0.file(id).position(byte_index).0 - 1)
    }

    fn line_range(&'a self, id: FileId, line_index: usize) -> Result<Range<usize>, FilesError> {
        let file = self.0.file(id);
        Ok(file.line_start(line_index + 1)..file.line_start(line_index + 2))
    }
}
