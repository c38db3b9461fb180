//! What keeps a chart from being drawn.

use std::fmt;

/// A reason why a chart cannot be drawn; the caller adds which figure asked for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChartError {
    /// Font bytes that are no usable face.
    Face {
        /// Family as which the bytes were to be registered.
        family: String,
    },
    /// No face of the language's families is registered.
    NoFace {
        /// Families of the theme, in order.
        families: Vec<String>,
    },
    /// Nothing to draw: no bar, no row, no axis.
    Empty,
    /// Fewer items than the form of the chart needs.
    TooFew {
        /// What there is too little of, such as `axes`.
        what: &'static str,
        /// How many were given.
        found: usize,
        /// How many are needed.
        least: usize,
    },
    /// More items than stay legible at the printed size.
    TooMany {
        /// What there is too much of, such as `bars`.
        what: &'static str,
        /// How many were given.
        found: usize,
        /// How many fit.
        most: usize,
    },
    /// A list is longer or shorter than the list it belongs to.
    Uneven {
        /// Label of the row or series.
        label: String,
        /// Values in it.
        found: usize,
        /// Values wanted.
        wanted: usize,
    },
    /// A value is infinite or not a number.
    NotFinite {
        /// Label beside the value.
        label: String,
    },
    /// A part of a stacked bar is below zero.
    Negative {
        /// Label beside the value.
        label: String,
    },
    /// A flow, an edge or a member names an item that is not there.
    Absent {
        /// What is named, such as `regions`.
        what: &'static str,
        /// The place named, counted from zero.
        index: usize,
        /// How many there are.
        count: usize,
    },
    /// A rank is zero or beyond the number of ranked units.
    Rank {
        /// Label beside the rank.
        label: String,
        /// The rank given.
        rank: u32,
    },
    /// The width asked for leaves no room to draw in.
    TooNarrow,
    /// The drawing library failed.
    Drawing(String),
}

impl fmt::Display for ChartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Face { family } => {
                write!(f, "the bytes given for `{family}` are not a font face")
            }
            Self::NoFace { families } => {
                write!(f, "none of the chart families is registered: `{}`", families.join("`, `"))
            }
            Self::Empty => f.write_str("the chart has nothing to show"),
            Self::TooFew { what, found, least } => {
                write!(f, "the chart has {found} {what}, at least {least} are needed")
            }
            Self::TooMany { what, found, most } => {
                write!(f, "the chart has {found} {what}, at most {most} stay legible")
            }
            Self::Uneven { label, found, wanted } => {
                write!(f, "`{label}` has {found} values where {wanted} are wanted")
            }
            Self::NotFinite { label } => write!(f, "a value of `{label}` is not a finite number"),
            Self::Negative { label } => write!(f, "a part of `{label}` is below zero"),
            Self::Absent { what, index, count } => {
                write!(f, "place {index} is named where there are {count} {what}")
            }
            Self::Rank { label, rank } => write!(f, "`{label}` cannot have rank {rank}"),
            Self::TooNarrow => f.write_str("the chart is too narrow for its labels"),
            Self::Drawing(reason) => write!(f, "the chart could not be drawn: {reason}"),
        }
    }
}

impl std::error::Error for ChartError {}

/// Refuses values that are infinite or not a number.
pub(super) fn finite<'a>(
    label: &str,
    values: impl IntoIterator<Item = &'a f64>,
) -> Result<(), ChartError> {
    if values.into_iter().all(|value| value.is_finite()) {
        Ok(())
    } else {
        Err(ChartError::NotFinite { label: label.to_owned() })
    }
}

/// Refuses values below zero, infinite or not a number.
pub(super) fn amounts<'a>(
    label: &str,
    values: impl IntoIterator<Item = &'a f64> + Clone,
) -> Result<(), ChartError> {
    finite(label, values.clone())?;
    if values.into_iter().any(|value| *value < 0.0) {
        return Err(ChartError::Negative { label: label.to_owned() });
    }
    Ok(())
}

/// Refuses a place outside a list.
pub(super) fn present(what: &'static str, index: usize, count: usize) -> Result<(), ChartError> {
    if index < count { Ok(()) } else { Err(ChartError::Absent { what, index, count }) }
}

/// Refuses a list that is not as long as the list it belongs to.
pub(super) fn even(label: &str, found: usize, wanted: usize) -> Result<(), ChartError> {
    if found == wanted {
        Ok(())
    } else {
        Err(ChartError::Uneven { label: label.to_owned(), found, wanted })
    }
}

/// Refuses an empty list and one that is too long to stay legible.
pub(super) fn legible(what: &'static str, found: usize, most: usize) -> Result<(), ChartError> {
    match found {
        0 => Err(ChartError::Empty),
        _ if found > most => Err(ChartError::TooMany { what, found, most }),
        _ => Ok(()),
    }
}
