//! Findings as text or JSON.

use std::ops::Range;

use codespan_reporting::diagnostic as printed;
use codespan_reporting::files::{Error as FilesError, Files};
use codespan_reporting::term;
use serde_json::json;

use crate::cli::Outcome;
use crate::cli::args::{MessageFormat, Messages};
use crate::cli::excerpt::Excerpts;
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
    let excerpts = Excerpts::of(sources, finding);
    let labels = finding.labels.iter().enumerate().filter_map(|(i, label)| {
        let file = excerpts.file(label.span.file)?;
        let start = file.position(label.span.start);
        let range = start..file.position(label.span.end).max(start);
        let style =
            if i == 0 { printed::LabelStyle::Primary } else { printed::LabelStyle::Secondary };
        Some(printed::Label::new(style, label.span.file, range).with_message(&label.text))
    });
    let diagnostic = printed::Diagnostic::new(severity)
        .with_code(finding.code.as_str())
        .with_message(&finding.message)
        .with_labels(labels.collect())
        .with_notes(finding.help.iter().map(|h| format!("help: {h}")).collect());
    let mut text = String::new();
    let files = Shown(&excerpts);
    if term::emit_to_string(&mut text, &term::Config::default(), &files, &diagnostic).is_ok() {
        say(text.trim_end());
        say("");
    } else {
        say(&short(Some(sources), finding));
    }
}

/// The excerpts as the printer wants them.
struct Shown<'a>(&'a Excerpts<'a>);

impl<'a> Files<'a> for Shown<'a> {
    type FileId = FileId;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<Self::Name, FilesError> {
        self.0.file(id).map(|file| file.path).ok_or(FilesError::FileMissing)
    }

    fn source(&'a self, id: FileId) -> Result<Self::Source, FilesError> {
        self.0.file(id).map(|file| file.text.as_str()).ok_or(FilesError::FileMissing)
    }

    fn line_index(&'a self, id: FileId, byte_index: usize) -> Result<usize, FilesError> {
        let before = self.source(id)?.get(..byte_index).ok_or(FilesError::FileMissing)?;
        Ok(before.matches('\n').count())
    }

    fn column_number(&'a self, id: FileId, _: usize, byte: usize) -> Result<usize, FilesError> {
        self.0.file(id).map(|file| file.column(byte)).ok_or(FilesError::FileMissing)
    }

    fn line_range(&'a self, id: FileId, line_index: usize) -> Result<Range<usize>, FilesError> {
        let text = self.source(id)?;
        let mut start = 0;
        for (index, line) in text.split_inclusive('\n').enumerate() {
            if index == line_index {
                return Ok(start..start + line.len());
            }
            start += line.len();
        }
        Ok(start..text.len())
    }
}
