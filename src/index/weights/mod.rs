//! Weights of the children of a node, from judgements or from data.
//!
//! In: a [`Weighting`] and a column of numbers per child. Out: [`NodeWeighting`]: shares that sum
//! to one, and what tells how they came about. Data-driven weights rest on the units that have a
//! number for every child ("complete units"); a child that is constant over them weighs nothing.
//! Where no weights can be made (fewer than two complete units, or nothing varies) all children
//! weigh the same, and the caller warns. Formulas stand beside their functions in
//! `docs/methodology.md`.

use serde::Serialize;

mod ahp;
mod critic;
mod dispersion;
mod entropy;
mod pca;
mod rotation;

use crate::config::{Combination, WeightData, Weighting};
use crate::index::normalise::{extremes, is_constant};

pub use ahp::{Consistency, RANDOM_INDEX};

/// The weights of a node's children, and how they came about.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NodeWeighting {
    /// Share of each child, in order of print; they sum to one.
    pub shares: Vec<f64>,
    /// Units the shares rest on; `None` where data have no part in them.
    pub units: Option<usize>,
    /// Why all children weigh the same although the method is another one.
    pub fallback: Option<Fallback>,
    /// What tells how the shares came about.
    pub detail: WeightingDetail,
}

/// Why all children of a node weigh the same although data should decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fallback {
    /// Fewer than two units have a number for every child.
    TooFewUnits,
    /// No child varies, or all vary as one.
    NothingToTell,
}

/// How the shares came about.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum WeightingDetail {
    /// Equal or given: nothing to tell.
    None,
    /// The mean over so many experts.
    BudgetAllocation {
        /// Number of experts.
        experts: usize,
    },
    /// Consistency of the judgements.
    Ahp {
        /// Of the matrix that was solved.
        combined: Consistency,
        /// Of each expert's own.
        experts: Vec<Consistency>,
    },
    /// Entropy of each child, 1 for one that is even over the units.
    Entropy(Vec<f64>),
    /// Standard deviation and conflict of each child.
    Critic {
        /// Standard deviations (n − 1).
        deviations: Vec<f64>,
        /// Sums of `1 - r` with the other children.
        conflicts: Vec<f64>,
    },
    /// Coefficient of variation or standard deviation of each child.
    Dispersion(Vec<f64>),
    /// Principal components.
    Pca {
        /// Eigenvalues of the correlation matrix, largest first.
        eigenvalues: Vec<f64>,
        /// Components kept.
        components: usize,
    },
    /// Two methods.
    Combined(Box<[NodeWeighting; 2]>),
}

/// Why weights cannot be made.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum WeightError {
    /// A child has a number below zero, which has no share.
    Negative {
        /// Position among the children.
        child: usize,
        /// The number.
        value: f64,
    },
    /// A child's mean is not above zero, so its coefficient of variation says nothing.
    MeanNotPositive {
        /// Position among the children.
        child: usize,
        /// The mean.
        mean: f64,
    },
    /// A child's loading on the first component is negative.
    NegativeLoading {
        /// Position among the children.
        child: usize,
        /// The loading.
        loading: f64,
    },
}

/// What weights are made from.
pub(super) struct Children<'a> {
    /// Nominal shares.
    pub given: &'a [f64],
    /// Scores by child and unit.
    pub scores: Vec<&'a [Option<f64>]>,
    /// Raw values by child and unit; empty for a child that is no indicator.
    pub raw: Vec<&'a [Option<f64>]>,
    /// Children left out for everybody.
    pub excluded: Vec<bool>,
}

/// Weighs the children of a node.
///
/// # Errors
/// See [`WeightError`].
pub(super) fn weigh(
    children: &Children<'_>,
    method: &Weighting,
) -> Result<NodeWeighting, WeightError> {
    let n = children.given.len();
    let plain =
        |shares: Vec<f64>, detail| NodeWeighting { shares, units: None, fallback: None, detail };
    Ok(match method {
        Weighting::Given => plain(children.given.to_vec(), WeightingDetail::None),
        Weighting::Equal => plain(equal(n), WeightingDetail::None),
        Weighting::BudgetAllocation { experts } => plain(
            mean_allocation(experts, n),
            WeightingDetail::BudgetAllocation { experts: experts.len() },
        ),
        Weighting::Ahp { matrices } => {
            let (shares, combined, experts) = ahp::weights(matrices, n);
            plain(shares, WeightingDetail::Ahp { combined, experts })
        }
        Weighting::Combined { first, second, form } => {
            combine(weigh(children, first)?, weigh(children, second)?, *form)
        }
        Weighting::Entropy { data, shift } => {
            children.measured(*data, |columns| entropy::weights(columns, *shift))?
        }
        Weighting::Critic { data } => {
            children.measured(*data, |columns| Ok(critic::weights(columns)))?
        }
        Weighting::CoefficientOfVariation { data } => {
            children.measured(*data, dispersion::coefficient_of_variation)?
        }
        Weighting::StandardDeviation { data } => {
            children.measured(*data, |columns| Ok(dispersion::standard_deviation(columns)))?
        }
        Weighting::Pca { variant, components } => children
            .measured(WeightData::Scores, |columns| pca::weights(columns, *variant, *components))?,
    })
}

/// Unscaled weights by child, and how they came about.
type Measured = (Vec<f64>, WeightingDetail);

impl Children<'_> {
    /// Applies a data-driven method to the complete units.
    fn measured(
        &self,
        data: WeightData,
        method: impl Fn(&[Vec<f64>]) -> Result<Measured, WeightError>,
    ) -> Result<NodeWeighting, WeightError> {
        let n = self.given.len();
        let part: Vec<usize> = (0..n).filter(|&c| !self.excluded[c]).collect();
        let source = if data == WeightData::Raw { &self.raw } else { &self.scores };
        let units = source.first().map_or(0, |column| column.len());
        let complete: Vec<usize> =
            (0..units).filter(|&u| part.iter().all(|&c| source[c][u].is_some())).collect();
        let mut columns: Vec<Vec<f64>> =
            part.iter().map(|&c| complete.iter().filter_map(|&u| source[c][u]).collect()).collect();
        if data == WeightData::MinMax {
            for column in &mut columns {
                min_max(column);
            }
        }
        let even = |why| NodeWeighting {
            shares: equal(n),
            units: Some(complete.len()),
            fallback: Some(why),
            detail: WeightingDetail::None,
        };
        if part.len() < 2 && n > 0 {
            // A child without company needs no measure.
            let shares = spread(&vec![1.0; part.len()], &part, n);
            let detail = WeightingDetail::None;
            return Ok(NodeWeighting {
                units: Some(complete.len()),
                fallback: None,
                shares,
                detail,
            });
        }
        if complete.len() < 2 {
            return Ok(even(Fallback::TooFewUnits));
        }
        let (weights, detail) = method(&columns).map_err(|error| error.among(&part))?;
        let total: f64 = weights.iter().sum();
        if total <= 0.0 {
            return Ok(even(Fallback::NothingToTell));
        }
        let shares: Vec<f64> = weights.iter().map(|w| w / total).collect();
        Ok(NodeWeighting {
            shares: spread(&shares, &part, n),
            units: Some(complete.len()),
            fallback: None,
            detail,
        })
    }
}

impl WeightError {
    /// The same error with the child's position among all children.
    fn among(self, part: &[usize]) -> Self {
        let at = |child: usize| part.get(child).copied().unwrap_or(child);
        match self {
            Self::Negative { child, value } => Self::Negative { child: at(child), value },
            Self::MeanNotPositive { child, mean } => {
                Self::MeanNotPositive { child: at(child), mean }
            }
            Self::NegativeLoading { child, loading } => {
                Self::NegativeLoading { child: at(child), loading }
            }
        }
    }

    /// Position of the child it is about.
    pub(super) const fn child(&self) -> usize {
        match self {
            Self::Negative { child, .. }
            | Self::MeanNotPositive { child, .. }
            | Self::NegativeLoading { child, .. } => *child,
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of children stay far below 2^52")]
fn equal(n: usize) -> Vec<f64> {
    vec![1.0 / n as f64; n]
}

/// Shares of some children among all; the others have none.
fn spread(shares: &[f64], part: &[usize], n: usize) -> Vec<f64> {
    let mut all = vec![0.0; n];
    for (&child, &share) in part.iter().zip(shares) {
        all[child] = share;
    }
    if part.is_empty() { equal(n) } else { all }
}

/// Mean over the experts of their allocations, each scaled to one.
#[expect(clippy::cast_precision_loss, reason = "counts of experts stay far below 2^52")]
fn mean_allocation(experts: &[Vec<f64>], n: usize) -> Vec<f64> {
    let share = |child: usize| {
        let parts = experts.iter().map(|e| e[child] / e.iter().sum::<f64>());
        parts.sum::<f64>() / experts.len() as f64
    };
    (0..n).map(share).collect()
}

/// `a b / sum a b` or `share a + (1 - share) b`; a product that is zero throughout falls back.
fn combine(first: NodeWeighting, second: NodeWeighting, form: Combination) -> NodeWeighting {
    let pairs = || first.shares.iter().zip(&second.shares);
    let mut shares: Vec<f64> = match form {
        Combination::Product => pairs().map(|(a, b)| a * b).collect(),
        Combination::Linear { share } => {
            pairs().map(|(a, b)| share * a + (1.0 - share) * b).collect()
        }
    };
    let total: f64 = shares.iter().sum();
    let mut fallback = first.fallback.or(second.fallback);
    if total > 0.0 {
        for share in &mut shares {
            *share /= total;
        }
    } else {
        shares = equal(shares.len());
        fallback = Some(Fallback::NothingToTell);
    }
    let units = first.units.or(second.units);
    let detail = WeightingDetail::Combined(Box::new([first, second]));
    NodeWeighting { shares, units, fallback, detail }
}

/// Brings a column onto 0 to 1; a constant one becomes zero.
fn min_max(column: &mut [f64]) {
    let (least, most) = extremes(column);
    let constant = is_constant(least, most);
    for x in column {
        *x = if constant { 0.0 } else { (*x - least) / (most - least) };
    }
}

/// Whether a column is the same for every unit.
fn is_even(column: &[f64]) -> bool {
    let (least, most) = extremes(column);
    is_constant(least, most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn experts_are_scaled_before_they_are_averaged() {
        let shares = mean_allocation(&[vec![1.0, 1.0], vec![10.0, 30.0]], 2);
        assert_eq!(shares, [0.375, 0.625]);
    }

    #[test]
    fn methods_combine_by_product_or_line() {
        let of = |shares: &[f64]| NodeWeighting {
            shares: shares.to_vec(),
            units: None,
            fallback: None,
            detail: WeightingDetail::None,
        };
        let product = combine(of(&[0.5, 0.5]), of(&[0.2, 0.8]), Combination::Product);
        assert_eq!(product.shares, [0.2, 0.8]);
        let linear = combine(of(&[0.5, 0.5]), of(&[0.3, 0.7]), Combination::Linear { share: 0.75 });
        assert!((linear.shares[0] - 0.45).abs() < 1e-15);
        let nothing = combine(of(&[1.0, 0.0]), of(&[0.0, 1.0]), Combination::Product);
        assert_eq!(nothing.fallback, Some(Fallback::NothingToTell));
    }

    #[test]
    fn data_driven_weights_take_complete_units_and_children_that_are_there() {
        let (a, b) = ([Some(0.0), Some(1.0), None], [Some(0.0), Some(5.0), Some(9.0)]);
        let c = [None; 3];
        let children = Children {
            given: &[0.2, 0.3, 0.5],
            scores: vec![&a, &b, &c],
            raw: vec![&[], &[], &[]],
            excluded: vec![false, false, true],
        };
        let method = Weighting::StandardDeviation { data: WeightData::MinMax };
        let weights = weigh(&children, &method).unwrap();
        assert_eq!(weights.shares, [0.5, 0.5, 0.0]);
        assert_eq!(weights.units, Some(2));
        let flat = [Some(3.0); 3];
        let children = Children {
            given: &[0.5, 0.5],
            scores: vec![&flat, &flat],
            raw: vec![&[], &[]],
            excluded: vec![false; 2],
        };
        for method in [
            method,
            Weighting::Entropy { data: WeightData::MinMax, shift: 0.0 },
            Weighting::Entropy { data: WeightData::Scores, shift: 0.0 },
            Weighting::Critic { data: WeightData::Scores },
            Weighting::CoefficientOfVariation { data: WeightData::Scores },
        ] {
            let weights = weigh(&children, &method).unwrap();
            assert_eq!(weights.fallback, Some(Fallback::NothingToTell), "{method:?}");
            assert_eq!(weights.shares, [0.5, 0.5]);
        }
    }
}
