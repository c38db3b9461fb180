//! A table that the configuration names: a CSV file, or a sheet of a spreadsheet.

use crate::diag::Span;

/// A table on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableFile {
    /// Path inside the project.
    pub path: String,
    /// Where the configuration names it.
    pub span: Span,
    /// Sheet of a spreadsheet, and the place that names it; the first one if none is named.
    pub sheet: Option<(String, Span)>,
}

impl TableFile {
    /// The file at a path, a spreadsheet by its first sheet.
    #[must_use]
    pub const fn new(path: String, span: Span) -> Self {
        Self { path, span, sheet: None }
    }

    /// Whether it is a spreadsheet, by the ending of its name.
    #[must_use]
    pub fn is_spreadsheet(&self) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("xlsx"))
    }
}
