//! A checked `report.yaml`: what to print, about whom, from which inputs.

use std::collections::BTreeMap;

use crate::config::{Methodology, NetworkPlan, Status, TableFile};
use crate::diag::{FileId, Span};
use crate::lang::{Lang, Localised};

/// Everything a run needs to know, resolved.
#[derive(Debug, Clone)]
pub struct Config {
    /// Path of `report.yaml` inside the project.
    pub path: String,
    /// The file itself, for messages.
    pub file: FileId,
    /// Cover and metadata.
    pub report: ReportMeta,
    /// Languages with sections, in order of print.
    pub languages: Vec<Lang>,
    /// PDFs to print.
    pub outputs: Vec<Output>,
    /// The gazetteer.
    pub gazetteer: TableFile,
    /// Which rows of the gazetteer are the sample.
    pub selection: Selection,
    /// Input tables in the order of the file.
    pub inputs: Vec<Input>,
    /// The registry of sources.
    pub sources: Option<TableFile>,
    /// The glossary.
    pub glossary: Option<TableFile>,
    /// Printed names and measures of raw columns.
    pub columns: Option<TableFile>,
    /// Path of the corrections.
    pub corrections: Option<(String, Span)>,
    /// Path of the edition before this one: its `report.yaml` or its `results.json`.
    pub previous: Option<(String, Span)>,
    /// Units with a chapter of their own.
    pub city_cases: CityCases,
    /// Networks of relations and tables of entities.
    pub networks: NetworkPlan,
    /// Sections in order of print, each with the place that names it.
    pub sections: Vec<(String, Span)>,
    /// How the index is made.
    pub method: Methodology,
    /// Path of the methodology inside the project.
    pub method_path: String,
}

/// Cover and metadata.
#[derive(Debug, Clone)]
pub struct ReportMeta {
    /// Short name used for files.
    pub id: String,
    /// Title.
    pub title: Localised<String>,
    /// Subtitle, empty if there is none.
    pub subtitle: Localised<String>,
    /// Year the edition is named after.
    pub edition: i32,
    /// Year, month and day of publication.
    pub date: (i32, u8, u8),
    /// Publisher, empty if there is none.
    pub publisher: Localised<String>,
    /// Licence line, empty if there is none.
    pub licence: Localised<String>,
    /// Keywords.
    pub keywords: Localised<Vec<String>>,
}

/// A PDF to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Output {
    /// One language.
    Single(Lang),
    /// Both, Chinese first, in one file.
    Bilingual,
}

impl Output {
    /// The part of the file name that tells the language.
    #[must_use]
    pub const fn suffix(self) -> &'static str {
        match self {
            Self::Single(lang) => lang.tag(),
            Self::Bilingual => "zh-en",
        }
    }

    /// The languages of its parts, in order.
    #[must_use]
    pub fn languages(self) -> Vec<Lang> {
        match self {
            Self::Single(lang) => vec![lang],
            Self::Bilingual => Lang::ALL.to_vec(),
        }
    }
}

/// Which rows of the gazetteer are the sample.
#[derive(Debug, Clone)]
pub enum Selection {
    /// Every row.
    All,
    /// Rows for which an expression over the columns holds.
    Where(String, Span),
    /// The units named, each with its place.
    Named(Vec<(String, Span)>),
}

/// Units that get a chapter of their own.
#[derive(Debug, Clone)]
pub enum CityCases {
    /// None.
    None,
    /// The first so many of the ranking.
    Top(usize),
    /// The units named, each with its place.
    Named(Vec<(String, Span)>),
}

/// One input table.
#[derive(Debug, Clone)]
pub struct Input {
    /// Where it is.
    pub table: TableFile,
    /// What it holds.
    pub kind: InputKind,
    /// Name templates call it by.
    pub id: String,
    /// Printed title.
    pub title: Localised<String>,
    /// Year of rows without one.
    pub year: Option<i32>,
    /// Source of rows without one.
    pub source: Option<String>,
    /// Status of rows without one.
    pub status: Status,
    /// Measures of columns of a wide table.
    pub measures: BTreeMap<String, String>,
}

/// What an input table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InputKind {
    /// Values of indicators; `None` finds the layout out from the header.
    Indicators(Option<Layout>),
    /// Dated events by unit.
    Events,
    /// Rows by unit, of which counts and shares are made.
    Records,
    /// Cited figures that are not part of the index.
    Facts,
    /// Ranks somebody else published.
    Ranking,
}

/// How a table of indicators is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    /// A row per unit, indicator and year.
    Long,
    /// A column per indicator.
    Wide,
}

/// One correction as written, with the place of its entry.
#[derive(Debug, Clone)]
pub struct CorrectionEntry {
    /// Unit as written.
    pub unit: (String, Span),
    /// Column of the data.
    pub indicator: (String, Span),
    /// Year of the value.
    pub year: Option<i32>,
    /// Value in the data.
    pub from: (Option<f64>, Span),
    /// Value as it should be.
    pub to: Option<f64>,
    /// Why.
    pub reason: Localised<String>,
    /// When, `YYYY-MM-DD`.
    pub date: String,
    /// By whom.
    pub by: String,
}
