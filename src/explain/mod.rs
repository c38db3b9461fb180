//! Explanation: from a score down to the cell of the table it came from.
//!
//! In: [`Results`] and the files they were read from. Out: an [`Explanation`], a tree of the
//! numbers a score is made of, as text or JSON.

mod text;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::{Aggregation, Direction, Imputation, NodeKind, Ties};
use crate::content::Results;
use crate::data::RecordRef;
use crate::diag::Span;
use crate::index::{Applied, Fallback, Ground};
use crate::lang::Localised;
use crate::num::Rank;
use crate::source::Sources;

pub use text::to_text;

/// Why a unit has the score it has at a node.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// Version of this form.
    pub schema: u32,
    /// Code of the unit.
    pub unit: String,
    /// Names of the unit.
    pub unit_name: Localised<String>,
    /// The variant that is explained; none for the main result.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub variant: Option<String>,
    /// The node and what it is made of.
    pub node: NodeExplanation,
}

/// A node and what its score is made of.
#[derive(Debug, Clone, Serialize)]
pub struct NodeExplanation {
    /// Code.
    pub code: String,
    /// Names.
    pub name: Localised<String>,
    /// Score; `None` where too little is known.
    pub score: Option<f64>,
    /// Rank.
    pub rank: Option<Rank>,
    /// Whether another unit shares the rank.
    pub tied: bool,
    /// The mean place of equals, where the methodology ranks so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub average_rank: Option<f64>,
    /// How the rank varies, where it was followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub interval: Option<IntervalExplanation>,
    /// Units that have a rank.
    pub ranked: usize,
    /// Share of the node's weight for which there are data.
    pub coverage: f64,
    /// Share among its siblings.
    pub weight: f64,
    /// Where the share comes from: the weighting of its parent; none for the index.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weighting: Option<WeightExplanation>,
    /// How the children combine; none for an indicator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aggregation: Option<&'static str>,
    /// What it is made of.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub children: Vec<NodeExplanation>,
    /// The value behind an indicator's score.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<ValueExplanation>,
}

/// How a rank varies over the replicates of the uncertainty analysis.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct IntervalExplanation {
    /// Median.
    pub median: f64,
    /// 5 % quantile, type 7.
    pub q05: f64,
    /// 95 % quantile, type 7.
    pub q95: f64,
}

/// Where a share among siblings comes from.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct WeightExplanation {
    /// The method, by the word of the configuration.
    pub method: &'static str,
    /// Why all siblings weigh the same although the method is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fallback: Option<&'static str>,
    /// Units the shares rest on, where data decide.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub units: Option<usize>,
}

/// The value behind an indicator's score.
#[derive(Debug, Clone, Serialize)]
pub struct ValueExplanation {
    /// The value; `None` if it is missing.
    pub value: Option<f64>,
    /// Unit of measurement.
    pub measure: Localised<String>,
    /// Column or formula.
    pub formula: String,
    /// `positive` or `negative`.
    pub direction: Direction,
    /// Smallest and largest value in the sample.
    pub sample_range: Option<[f64; 2]>,
    /// Status of the value.
    pub status: Option<&'static str>,
    /// How it was filled in, if it was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub imputed: Option<ImputationExplanation>,
    /// Why the indicator is left out for everybody, if it is: `decision`, `availability`, `zeros` or
    /// `constant`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub left_out: Option<&'static str>,
    /// How the value becomes a score, by the word of the configuration.
    pub normalisation: &'static str,
    /// What treatment of outliers came to for the indicator: `winsorised`, `log`, `box-cox` or
    /// `clamped`; none if there was none or nothing to treat.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub treatment: Option<&'static str>,
    /// The value after treatment of outliers, if treatment changed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub treated: Option<f64>,
    /// The cells it was computed from.
    pub inputs: Vec<CellExplanation>,
    /// The records it counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub records: Vec<RecordExplanation>,
}

/// A record that was counted.
#[derive(Debug, Clone, Serialize)]
pub struct RecordExplanation {
    /// Id of the table.
    pub table: String,
    /// `file:line:column` of its row.
    pub place: String,
    /// Key of the source.
    pub source: String,
    /// Every filled column of its row.
    pub cells: BTreeMap<String, String>,
}

/// How a value was filled in.
#[derive(Debug, Clone, Serialize)]
pub struct ImputationExplanation {
    /// The rule, with its options.
    pub rule: Imputation,
    /// Columns that were filled in from other years of the unit, with these years.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<(String, Vec<i32>)>,
    /// Number of other units it comes from; 0 if it comes from other years.
    pub units: usize,
}

/// A cell of an input table.
#[derive(Debug, Clone, Serialize)]
pub struct CellExplanation {
    /// Column, or indicator of a long table.
    pub column: String,
    /// Year.
    pub year: Option<i32>,
    /// The value that was used.
    pub value: Option<f64>,
    /// Unit of measurement.
    pub measure: String,
    /// Status.
    pub status: &'static str,
    /// `file:line:column`.
    pub place: String,
    /// Key and title of the source.
    pub source: String,
    /// Title of the source.
    pub source_title: Option<Localised<String>>,
    /// Note.
    pub note: String,
    /// The correction, if there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub correction: Option<CorrectionExplanation>,
}

/// A correction of a cell.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionExplanation {
    /// The value in the table.
    pub from: Option<f64>,
    /// The corrected value.
    pub to: Option<f64>,
    /// Why.
    pub reason: Localised<String>,
    /// When.
    pub date: String,
    /// By whom.
    pub by: String,
}

/// Explains the score of a unit at a node.
#[must_use]
pub fn explain(results: &Results, sources: &Sources, unit: usize, node: usize) -> Explanation {
    let explainer = Explainer { results, sources, unit };
    Explanation {
        schema: 1,
        unit: results.unit(unit).code.clone(),
        unit_name: results.unit(unit).name.clone(),
        variant: None,
        node: explainer.node(node),
    }
}

struct Explainer<'a> {
    results: &'a Results,
    sources: &'a Sources,
    unit: usize,
}

impl Explainer<'_> {
    fn node(&self, at: usize) -> NodeExplanation {
        let node = self.results.node(at);
        let own = self.results.at(at);
        let aggregation = node.aggregation().map(Aggregation::word);
        NodeExplanation {
            code: node.code.clone(),
            name: node.name.clone(),
            score: own.scores[self.unit],
            rank: own.ranks[self.unit],
            tied: own.tied[self.unit],
            average_rank: self.average_rank(at),
            interval: self.interval(at),
            ranked: own.order.len(),
            coverage: own.coverage[self.unit],
            weight: self.results.weight(at),
            weighting: self.weighting(at),
            aggregation,
            children: node.children().iter().map(|&c| self.node(c)).collect(),
            value: self.value(at),
        }
    }

    fn average_rank(&self, at: usize) -> Option<f64> {
        let averages = self.results.config.method.ranks.ties == Ties::Average;
        averages.then(|| self.results.at(at).average_ranks()[self.unit]).flatten()
    }

    fn interval(&self, at: usize) -> Option<IntervalExplanation> {
        let own = self.results.variation(self.unit, at)?;
        Some(IntervalExplanation { median: own.median, q05: own.low, q95: own.high })
    }

    fn weighting(&self, at: usize) -> Option<WeightExplanation> {
        let parent = self.results.node(at).parent?;
        let NodeKind::Dimension { weighting, .. } = &self.results.node(parent).kind else {
            return None;
        };
        let told = self.results.index.weightings[parent].as_ref();
        Some(WeightExplanation {
            method: weighting.word(),
            fallback: told.and_then(|own| own.fallback).map(|fallback| match fallback {
                Fallback::TooFewUnits => "fewer than two units have every sibling",
                Fallback::NothingToTell => "the siblings do not vary",
            }),
            units: told.and_then(|own| own.units),
        })
    }

    fn left_out(&self, at: usize) -> Option<&'static str> {
        let index = &self.results.index;
        let ground = index.screening.indicators.iter().find(|own| own.at == at && !own.kept);
        match ground.map(|own| &own.ground) {
            Some(Ground::Decision(_)) => Some("decision"),
            Some(Ground::Availability { .. }) => Some("availability"),
            Some(Ground::Zeros { .. }) => Some("zeros"),
            None => {
                let step = index.log.indicator(at)?;
                (!step.takes_part).then_some("constant")
            }
        }
    }

    fn value(&self, at: usize) -> Option<ValueExplanation> {
        let spec = self.results.spec(at)?;
        let cell = self.results.cell(self.unit, at);
        let screening = &self.results.index.screening;
        let values = self.results.by_value(at).into_iter();
        let values = values.filter(|(unit, _)| !screening.leaves_out_unit(*unit));
        let known: Vec<f64> = values.map(|(_, v)| v).collect();
        Some(ValueExplanation {
            value: cell.map(|c| c.value),
            measure: spec.measure.clone(),
            formula: spec.value.text.clone(),
            direction: spec.direction,
            sample_range: known.last().zip(known.first()).map(|(&low, &high)| [low, high]),
            status: cell.map(|c| c.status.word()),
            imputed: cell.and_then(|c| c.imputed.as_ref()).map(|imputed| ImputationExplanation {
                rule: imputed.rule,
                columns: imputed.columns.clone(),
                units: imputed.units,
            }),
            left_out: self.left_out(at),
            normalisation: spec.normalisation.word(),
            treatment: self.results.index.treated(at).and_then(|t| match t.applied {
                Applied::Nothing => None,
                Applied::Winsorised => Some("winsorised"),
                Applied::Log { .. } => Some("log"),
                Applied::BoxCox => Some("box-cox"),
                Applied::Clamped { .. } => Some("clamped"),
            }),
            treated: self.results.index.treated(at).and_then(|t| t.value(self.unit)),
            inputs: cell
                .map(|c| c.inputs.iter().map(|&raw| self.cell(raw)).collect())
                .unwrap_or_default(),
            records: cell
                .map(|c| c.records.iter().map(|&at| self.record(at)).collect())
                .unwrap_or_default(),
        })
    }

    fn record(&self, at: RecordRef) -> RecordExplanation {
        let dataset = &self.results.inputs.dataset;
        let record = dataset.record(at);
        let filled = record.cells.iter().filter(|(_, text)| !text.is_empty());
        RecordExplanation {
            table: dataset.records[at.table].id.clone(),
            place: self.place(record.span),
            source: record.source.clone(),
            cells: filled.map(|(column, text)| (column.clone(), text.clone())).collect(),
        }
    }

    /// `file:line:column`.
    fn place(&self, span: Span) -> String {
        let file = self.sources.file(span.file);
        let (line, column) = file.position(span.start);
        format!("{}:{line}:{column}", file.path)
    }

    fn cell(&self, raw: usize) -> CellExplanation {
        let cell = &self.results.inputs.dataset.raw[raw];
        let correction = cell.correction.map(|at| &self.results.inputs.corrections[at].entry);
        CellExplanation {
            column: cell.column.clone(),
            year: cell.year,
            value: cell.value,
            measure: cell.measure.clone(),
            status: cell.status.word(),
            place: self.place(cell.span),
            source: cell.source.clone(),
            source_title: self
                .results
                .inputs
                .registry
                .find(&cell.source)
                .map(|source| source.title.clone()),
            note: cell.note.clone(),
            correction: correction.map(|entry| CorrectionExplanation {
                from: cell.original,
                to: entry.to,
                reason: entry.reason.clone(),
                date: entry.date.clone(),
                by: entry.by.clone(),
            }),
        }
    }
}
