//! The virtual files of one report.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Virtual files: Typst sources, JSON, SVG, attachments.
///
/// Keys are rooted paths with forward slashes, such as `/zh/00-cover.typ`. Contents are shared, so
/// that a clone is cheap and several jobs can read one bundle at the same time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bundle {
    /// The files by path.
    pub files: BTreeMap<String, Arc<[u8]>>,
}

impl Bundle {
    /// Makes a bundle without files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file or replaces the one at `path`, and returns what was there.
    pub fn insert(
        &mut self,
        path: impl Into<String>,
        bytes: impl Into<Arc<[u8]>>,
    ) -> Option<Arc<[u8]>> {
        self.files.insert(path.into(), bytes.into())
    }

    /// Adds a text file or replaces the one at `path`.
    pub fn insert_text(&mut self, path: impl Into<String>, text: &str) -> Option<Arc<[u8]>> {
        self.insert(path, text.as_bytes())
    }

    /// Looks a file up.
    #[must_use]
    pub fn get(&self, path: &str) -> Option<&Arc<[u8]>> {
        self.files.get(path)
    }
}
