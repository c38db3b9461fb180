//! Excerpts: the lines a finding points at, long ones cut to what stands around the place.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::diag::{Diagnostic, FileId};
use crate::source::{SourceFile, Sources};

/// Longest line that is shown whole, in characters.
const WHOLE: usize = 160;
/// Characters shown before and after the place in a longer line.
const AROUND: usize = 56;

/// The texts of the files a finding points into, as they are shown.
pub(super) struct Excerpts<'a> {
    files: BTreeMap<FileId, Shown<'a>>,
}

/// A file with its long lines cut.
pub(super) struct Shown<'a> {
    /// The path.
    pub(super) path: &'a str,
    /// The text to show; it has the lines of the file.
    pub(super) text: String,
    file: &'a SourceFile,
    cuts: Vec<Cut>,
}

/// A line that was cut: which bytes of the file stand where in the shown text.
struct Cut {
    line: Range<usize>,
    kept: Range<usize>,
    shown_line: usize,
    shown_kept: usize,
}

impl<'a> Excerpts<'a> {
    /// The excerpts for a finding.
    pub(super) fn of(sources: &'a Sources, finding: &Diagnostic) -> Self {
        let mut places: BTreeMap<FileId, Vec<Range<usize>>> = BTreeMap::new();
        for label in &finding.labels {
            places.entry(label.span.file).or_default().push(label.span.start..label.span.end);
        }
        let files = places.into_iter().map(|(id, ranges)| (id, shown(sources.file(id), &ranges)));
        Self { files: files.collect() }
    }

    /// A file by id; there is one for every label of the finding.
    pub(super) fn file(&self, id: FileId) -> Option<&Shown<'a>> {
        self.files.get(&id)
    }
}

impl Shown<'_> {
    /// The column, from 1, that a byte of the shown text has in the file itself.
    pub(super) fn column(&self, shown: usize) -> usize {
        let cut = self.cuts.iter().find(|c| (c.shown_kept..=c.shown_line).contains(&shown));
        if let Some(cut) = cut {
            let byte = (cut.kept.start + (shown - cut.shown_kept)).min(cut.kept.end);
            return self.file.position(byte).1;
        }
        let before = &self.text[..shown.min(self.text.len())];
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = before.matches('\n').count() + 1;
        self.file.position(self.file.line_start(line) + (before.len() - start)).1
    }

    /// Where a byte of the file stands in the shown text.
    pub(super) fn position(&self, byte: usize) -> usize {
        let mut moved = 0_isize;
        for cut in &self.cuts {
            if byte < cut.line.start {
                break;
            }
            if byte <= cut.line.end {
                let inside = byte.clamp(cut.kept.start, cut.kept.end);
                return cut.shown_kept + (inside - cut.kept.start);
            }
            moved = cut.shown_line.cast_signed() - cut.line.end.cast_signed();
        }
        byte.saturating_add_signed(moved)
    }
}

fn shown<'a>(file: &'a SourceFile, places: &[Range<usize>]) -> Shown<'a> {
    let mut text = String::with_capacity(file.text.len());
    let mut cuts = Vec::new();
    let mut start = 0;
    for line in file.text.split_inclusive('\n') {
        let body = line.trim_end_matches('\n');
        let range = start..start + body.len();
        let here = places.iter().find(|p| range.start <= p.start && p.start <= range.end);
        match here.filter(|_| body.chars().count() > WHOLE) {
            None => text.push_str(body),
            Some(place) => {
                let kept = window(body, place.start - range.start, place.end - range.start);
                let before = if kept.start > 0 { "… " } else { "" };
                let after = if kept.end < body.len() { " …" } else { "" };
                text.push_str(before);
                let shown_kept = text.len();
                text.push_str(&body[kept.clone()]);
                text.push_str(after);
                cuts.push(Cut {
                    kept: range.start + kept.start..range.start + kept.end,
                    line: range.clone(),
                    shown_line: text.len(),
                    shown_kept,
                });
            }
        }
        text.push_str(&line[body.len()..]);
        start += line.len();
    }
    Shown { path: &file.path, text, file, cuts }
}

/// The bytes of a line around a place, ending between characters.
fn window(line: &str, from: usize, to: usize) -> Range<usize> {
    let to = to.min(line.len()).max(from);
    let before = line[..from].char_indices().rev().nth(AROUND - 1).map_or(0, |(at, _)| at);
    // A place that is itself long is cut too.
    let end = line[from..].char_indices().nth(2 * AROUND).map_or(line.len(), |(at, _)| from + at);
    let after = line[to..].char_indices().nth(AROUND).map_or(line.len(), |(at, _)| to + at);
    before..after.min(end.max(from))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Code, Span};

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let folder = tempfile::tempdir().unwrap();
        let mut sources = Sources::at(folder.path()).unwrap();
        let long = format!("{}目标{}\nnext line\n", "甲".repeat(500), "乙".repeat(500));
        let id = sources.virtual_text("long.md", long.clone());
        let at = long.find("目标").unwrap();
        let next = long.find("next").unwrap();
        let finding = Diagnostic::error(Code::TemplateError, "x")
            .at(Span::new(id, at, at + 6), "here")
            .at(Span::new(id, next, next + 4), "there");
        let excerpts = Excerpts::of(&sources, &finding);
        let shown = excerpts.file(id).unwrap();
        assert!(shown.text.lines().next().unwrap().chars().count() < WHOLE);
        assert_eq!(&shown.text[shown.position(at)..shown.position(at + 6)], "目标");
        assert_eq!(&shown.text[shown.position(next)..shown.position(next + 4)], "next");
        assert_eq!(shown.column(shown.position(at)), 501);
        assert_eq!(shown.column(shown.position(next)), 1);
        assert_eq!(shown.text.lines().count(), 2);
    }

    #[test]
    fn short_lines_stay_as_they_are() {
        let folder = tempfile::tempdir().unwrap();
        let mut sources = Sources::at(folder.path()).unwrap();
        let id = sources.virtual_text("short.md", "一二\nab".to_owned());
        let finding = Diagnostic::error(Code::TemplateError, "x").at(Span::new(id, 7, 8), "");
        let excerpts = Excerpts::of(&sources, &finding);
        let shown = excerpts.file(id).unwrap();
        assert_eq!((shown.text.as_str(), shown.position(7)), ("一二\nab", 7));
    }
}
