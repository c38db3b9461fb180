//! How the value of an indicator is made from the tables.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::config::{Definition, DefinitionKind, Tally};

/// How the value of an indicator is made from the tables.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "kind")]
pub enum DefinitionStep {
    /// A column as it is.
    Column {
        /// The column.
        column: String,
    },
    /// A formula over columns.
    Formula {
        /// As written.
        formula: String,
    },
    /// Number of the unit's records.
    Count {
        /// Id of the table.
        of: String,
        /// Condition on its columns.
        condition: Option<String>,
        /// Whether a unit without any record is missing, not zero.
        absent_is_missing: bool,
    },
    /// Records that satisfy the condition as a share of all of the unit's.
    Share {
        /// Id of the table.
        of: String,
        /// Condition on its columns.
        condition: Option<String>,
        /// What a share of everything is.
        scale: f64,
    },
    /// Records of the unit, each with the weight of its class.
    WeightedCount {
        /// Id of the table.
        of: String,
        /// Condition on its columns.
        condition: Option<String>,
        /// Column of the class.
        by: String,
        /// Weight by class, as used.
        weights: BTreeMap<String, f64>,
        /// Whether a unit without any record is missing, not zero.
        absent_is_missing: bool,
    },
    /// The score of the band in which another value lies.
    Banded {
        /// The value.
        of: Box<DefinitionStep>,
        /// The bands, from the lowest.
        bands: Vec<BandStep>,
    },
    /// Another value divided by a column, times a factor.
    Denominated {
        /// The value.
        of: Box<DefinitionStep>,
        /// The column.
        by: String,
        /// The factor.
        scale: f64,
    },
}

/// A band and its score.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct BandStep {
    /// The band holds values below this one; `None` for the rest.
    pub below: Option<f64>,
    /// Their score.
    pub score: f64,
}

impl DefinitionStep {
    /// Takes down a definition.
    pub(super) fn of(definition: &Definition) -> Self {
        if let Some(column) = definition.as_column() {
            return Self::Column { column: column.to_owned() };
        }
        match &definition.kind {
            DefinitionKind::Formula(formula) => Self::Formula { formula: formula.text.clone() },
            DefinitionKind::Records(count) => {
                let of = count.table.0.clone();
                let condition = count.condition.as_ref().map(|(text, _)| text.clone());
                let absent_is_missing = count.absent_is_missing;
                match &count.tally {
                    Tally::Count => Self::Count { of, condition, absent_is_missing },
                    Tally::Share { scale } => Self::Share { of, condition, scale: *scale },
                    Tally::Weighted { by, weights, .. } => Self::WeightedCount {
                        of,
                        condition,
                        by: by.0.clone(),
                        weights: weights.clone(),
                        absent_is_missing,
                    },
                }
            }
            DefinitionKind::Banded { of, bands } => Self::Banded {
                of: Box::new(Self::of(of)),
                bands: bands
                    .iter()
                    .map(|band| BandStep { below: band.below, score: band.score })
                    .collect(),
            },
            DefinitionKind::Denominated { of, by, scale } => {
                Self::Denominated { of: Box::new(Self::of(of)), by: by.text.clone(), scale: *scale }
            }
        }
    }

    /// Whether the value is made of more than one column: a composite or a quotient.
    #[must_use]
    pub const fn is_column(&self) -> bool {
        matches!(self, Self::Column { .. })
    }
}
