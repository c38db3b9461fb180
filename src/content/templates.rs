//! The templates of a report by language and name; an edition's own take the place of shared ones.

use std::collections::BTreeMap;

use crate::diag::{FileId, Span};
use crate::lang::Lang;

/// A template as read.
#[derive(Debug, Clone)]
pub struct Template {
    /// The file.
    pub file: FileId,
    /// Path inside the project.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// All templates of a report.
#[derive(Debug, Clone, Default)]
pub struct Templates(BTreeMap<(Lang, String), Template>);

impl Templates {
    /// Adds a template; a later one of the same name takes the place of an earlier one.
    pub fn insert(&mut self, lang: Lang, name: String, template: Template) {
        self.0.insert((lang, name), template);
    }

    /// The template of a name.
    #[must_use]
    pub fn get(&self, lang: Lang, name: &str) -> Option<&Template> {
        self.0.get(&(lang, name.to_owned()))
    }

    /// Names of a language's templates, sorted.
    pub fn names(&self, lang: Lang) -> impl Iterator<Item = &str> {
        self.0.keys().filter(move |(l, _)| *l == lang).map(|(_, name)| name.as_str())
    }

    /// The place of a byte range of a template, or of a line if there is no range.
    #[must_use]
    pub fn place(
        &self,
        lang: Lang,
        name: &str,
        range: Option<std::ops::Range<usize>>,
        line: Option<usize>,
    ) -> Option<Span> {
        let template = self.get(lang, name)?;
        let length = template.text.len();
        if let Some(range) = range.filter(|r| r.start < r.end) {
            return Some(Span::new(template.file, range.start.min(length), range.end.min(length)));
        }
        let line = line?;
        let start: usize =
            template.text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let end = template.text[start..].find('\n').map_or(length, |n| start + n);
        Some(Span::new(template.file, start, end))
    }
}
