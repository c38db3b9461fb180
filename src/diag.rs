//! Diagnostics: what went wrong, where, and what to do about it, as data.
//!
//! In: facts from every layer. Out: [`Diagnostic`] values that `cli` prints as text or JSON.
//! Not here: printing, exit codes, colours.

use serde::Serialize;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The run fails.
    Error,
    /// The run goes on; `--deny-warnings` makes it fail.
    Warning,
}

/// Index of a file in the [`crate::source::Sources`] of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in the decoded text of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// The range `start..end` of `file`.
    #[must_use]
    pub const fn new(file: FileId, start: usize, end: usize) -> Self {
        Self { file, start, end }
    }
}

/// A place in a file and what there is to say about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What, in a few words; may be empty.
    pub text: String,
}

/// Declares [`Code`] with the printed form, so that the two cannot part.
macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// What kind of finding, stable between versions: `area/kebab-case`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $name,)+ }

        impl Code {
            /// Every code, in the order of the reference.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];

            /// The printed form.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text,)+ }
            }
        }
    };
}

codes! {
    /// A file that is named does not exist or cannot be read.
    SourceMissing = "source/missing-file",
    /// A path leads out of the project folder.
    SourceOutside = "source/outside-project",
    /// A text file is neither UTF-8 nor, for tables, GB 18030.
    SourceEncoding = "source/encoding",
    /// A result could not be written.
    SourceWrite = "source/cannot-write",
    /// YAML that does not parse.
    ConfigSyntax = "config/syntax",
    /// A key the configuration does not know.
    ConfigUnknownKey = "config/unknown-key",
    /// A required key is absent.
    ConfigMissingKey = "config/missing-key",
    /// The same key twice.
    ConfigDuplicateKey = "config/duplicate-key",
    /// A value of the wrong type, or not one of the allowed words.
    ConfigBadValue = "config/bad-value",
    /// A value outside its range, or at odds with another one.
    ConfigInvalid = "config/invalid",
    /// A reference to something the configuration does not define.
    ConfigUnknownName = "config/unknown-name",
    /// A formula that does not parse.
    FormulaSyntax = "formula/syntax",
    /// Quantities of different measures added or compared.
    FormulaMeasure = "formula/measure",
    /// The input has no column for a variable.
    DataMissingColumn = "data/missing-column",
    /// The input has a column or indicator twice.
    DataDuplicateColumn = "data/duplicate-column",
    /// A table without any row.
    DataEmpty = "data/empty-table",
    /// A row with more or fewer cells than the header.
    DataRowLength = "data/row-length",
    /// Text where a number is wanted.
    DataNotANumber = "data/not-a-number",
    /// A unit that the gazetteer does not know.
    DataUnknownUnit = "data/unknown-unit",
    /// A unit name that fits several entries of the gazetteer.
    DataAmbiguousUnit = "data/ambiguous-unit",
    /// Two values for one unit, indicator and year.
    DataDuplicateValue = "data/duplicate-value",
    /// A cell that should hold one of a few words or a date, and does not.
    DataBadCell = "data/bad-cell",
    /// A source key that the registry does not define.
    DataUnknownSource = "data/unknown-source",
    /// An indicator without a value for any unit.
    DataNoValues = "data/no-values",
    /// No row of the gazetteer satisfies the selection.
    DataNoUnits = "data/no-units",
    /// A raw column that is printed without a name.
    DataUnnamedColumn = "data/unnamed-column",
    /// A correction whose `from` is not what the data say.
    CorrectionMismatch = "correction/mismatch",
    /// A correction of a figure that the data do not hold.
    CorrectionNoTarget = "correction/no-target",
    /// An indicator with the same value everywhere.
    IndexConstant = "index/constant-indicator",
    /// Two indicators that tell the same.
    IndexDuplicate = "index/duplicate-indicator",
    /// A value that a method cannot take, such as zero under a geometric mean.
    IndexDomain = "index/out-of-domain",
    /// A unit or indicator left out because too little of it is known.
    IndexExcluded = "index/excluded",
    /// Weights that rest on inconsistent judgements, or that the data could not decide.
    IndexWeights = "index/weights",
    /// An edge that names a node which is not there.
    NetworkUnknownNode = "network/unknown-node",
    /// Rows of a network that are read but do not count everywhere: loops, repetitions, rows
    /// without a unit or a year, or with a year outside the window.
    NetworkRows = "network/rows",
    /// Published statistics that contradict themselves or each other.
    NetworkPublished = "network/published",
    /// A template that does not parse, or fails while it is filled.
    TemplateError = "template/error",
    /// A template that does not exist.
    TemplateMissing = "template/missing",
    /// A helper called with arguments it cannot use.
    TemplateHelper = "template/helper",
    /// A reference to a figure or table that is not in the report.
    TemplateUnknownRef = "template/unknown-reference",
    /// A face that is missing or cannot be read.
    TypesetFont = "typeset/font",
    /// A character no face of `fonts/` can draw.
    TypesetGlyph = "typeset/missing-glyph",
    /// Typst refused the document.
    TypesetError = "typeset/error",
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// The kind.
    pub code: Code,
    /// One sentence in the user's words: lower case, no final period.
    pub message: String,
    /// Places; the first is the primary one.
    pub labels: Vec<Label>,
    /// What to do, in the imperative.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// An error without a place yet.
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            code,
            message: message.into(),
            labels: Vec::new(),
            help: Vec::new(),
        }
    }

    /// A warning without a place yet.
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, message) }
    }

    /// Adds a place; the first one added is the primary one.
    #[must_use]
    pub fn at(mut self, span: Span, text: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: text.into() });
        self
    }

    /// Adds a place if there is one.
    #[must_use]
    pub fn at_opt(self, span: Option<Span>, text: impl Into<String>) -> Self {
        match span {
            Some(span) => self.at(span, text),
            None => self,
        }
    }

    /// Adds a hint.
    #[must_use]
    pub fn help(mut self, hint: impl Into<String>) -> Self {
        self.help.push(hint.into());
        self
    }

    /// Adds the hint that names the nearest valid words, or another one if there are none.
    #[must_use]
    pub fn did_you_mean_or(self, suggestions: &[String], otherwise: &str) -> Self {
        if suggestions.is_empty() { self.help(otherwise) } else { self.did_you_mean(suggestions) }
    }

    /// Adds the hint that names the nearest valid words, if there are any.
    #[must_use]
    pub fn did_you_mean(self, suggestions: &[String]) -> Self {
        match suggestions {
            [] => self,
            names => {
                let quoted: Vec<String> = names.iter().map(|n| format!("`{n}`")).collect();
                self.help(format!("did you mean {}?", alternatives(&quoted)))
            }
        }
    }
}

/// Joins alternatives: `a`, `a or b`, `a, b or c`.
#[must_use]
pub fn alternatives(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [head @ .., last] => format!("{} or {last}", head.join(", ")),
    }
}

/// Names nearest to `word`: Jaro-Winkler similarity of at least 0.8, best first, three at most.
#[must_use]
pub fn nearest<'a>(word: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut scored: Vec<(f64, &str)> = names
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&word.to_lowercase(), &name.to_lowercase()), name))
        .filter(|(similarity, _)| *similarity >= 0.8)
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}

/// A value together with the warnings met on the way to it.
#[derive(Debug, Clone)]
pub struct Warned<T> {
    /// The value.
    pub value: T,
    /// Findings that do not stop the run.
    pub warnings: Vec<Diagnostic>,
}

/// The result of a phase: a value with warnings, or all errors (and warnings) it found.
pub type Phase<T> = Result<Warned<T>, Vec<Diagnostic>>;

/// Collects the findings of one phase and decides at its end.
#[derive(Debug, Default)]
pub struct Findings(Vec<Diagnostic>);

impl Findings {
    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.0.push(diagnostic);
    }

    /// Adds several findings.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.0.extend(diagnostics);
    }

    /// Adds the findings of another collection that are not here yet, as of a table read twice.
    pub fn extend_new(&mut self, other: Self) {
        for diagnostic in other.0 {
            if !self.0.contains(&diagnostic) {
                self.0.push(diagnostic);
            }
        }
    }

    /// Keeps the value of a result, or its finding.
    pub fn keep<T>(&mut self, result: Result<T, Diagnostic>) -> Option<T> {
        result.map_err(|d| self.0.push(d)).ok()
    }

    /// Whether an error is among them.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.0.iter().any(|d| d.severity == Severity::Error)
    }

    /// Ends the phase: the value with its warnings, or everything found.
    ///
    /// # Errors
    /// Returns all findings when at least one is an error.
    pub fn finish<T>(self, value: T) -> Phase<T> {
        if self.failed() { Err(self.0) } else { Ok(Warned { value, warnings: self.0 }) }
    }

    /// Ends the phase for a value that exists only when nothing failed.
    ///
    /// # Errors
    /// Returns all findings when at least one is an error or the value is absent.
    pub fn finish_opt<T>(self, value: Option<T>) -> Phase<T> {
        match value {
            Some(value) => self.finish(value),
            None => Err(self.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_names_come_best_first() {
        let names = ["gdp_per_capita", "gdp", "patents"];
        assert_eq!(nearest("gdp_per_capta", names)[0], "gdp_per_capita");
        assert!(nearest("xyz", names).is_empty());
    }

    #[test]
    fn codes_are_unique() {
        let mut texts: Vec<&str> = Code::ALL.iter().map(|c| c.as_str()).collect();
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), Code::ALL.len());
    }

    #[test]
    fn alternatives_read_as_a_list() {
        let items: Vec<String> = ["a", "b", "c"].iter().map(ToString::to_string).collect();
        assert_eq!(alternatives(&items), "a, b or c");
    }
}
