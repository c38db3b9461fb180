//! Weights from principal components of the children's correlations.
//!
//! Components are eigenvectors of unit length of Pearson's correlation matrix over the complete
//! units, signs fixed so that each sums to zero or more. The four variants are told apart by
//! [`PcaVariant`]; a constant child has no correlations and weighs nothing.

use super::{Measured, WeightError, WeightingDetail, is_even, rotation};
use crate::config::PcaVariant;
use crate::index::correlation::pearson;
use crate::index::eigen::{Component, components as components_of};

/// Unscaled weights by child.
pub(super) fn weights(
    columns: &[Vec<f64>],
    variant: PcaVariant,
    components: Option<usize>,
) -> Result<Measured, WeightError> {
    let part: Vec<usize> = (0..columns.len()).filter(|&c| !is_even(&columns[c])).collect();
    let found = components_of(&correlations(columns, &part));
    let kept = kept(&found, components);
    let eigenvalues: Vec<f64> = found.iter().map(|c| c.value).collect();
    let shares = match (variant, found.first()) {
        (_, None) => Vec::new(),
        (PcaVariant::Loadings, Some(first)) => {
            let negative = first.vector.iter().position(|x| *x < -1e-12);
            if let Some(at) = negative {
                let loading = first.vector[at] * first.value.max(0.0).sqrt();
                return Err(WeightError::NegativeLoading { child: part[at], loading });
            }
            first.vector.iter().map(|x| x.max(0.0)).collect()
        }
        (PcaVariant::SquaredLoadings, Some(first)) => first.vector.iter().map(|x| x * x).collect(),
        (PcaVariant::VarianceWeighted, Some(_)) => (0..part.len())
            .map(|j| found[..kept].iter().map(|c| c.value * c.vector[j].abs()).sum())
            .collect(),
        (PcaVariant::Rotated, Some(_)) => rotation::weights(&found[..kept]),
    };
    let mut weights = vec![0.0; columns.len()];
    for (&child, share) in part.iter().zip(shares) {
        weights[child] = share;
    }
    Ok((weights, WeightingDetail::Pca { eigenvalues, components: kept }))
}

/// Number of components kept: as asked, or those with an eigenvalue above one (Kaiser 1960).
fn kept(found: &[Component], asked: Option<usize>) -> usize {
    let kaiser = || found.iter().take_while(|c| c.value > 1.0 + 1e-12).count();
    asked.unwrap_or_else(kaiser).clamp(1.min(found.len()), found.len())
}

fn correlations(columns: &[Vec<f64>], part: &[usize]) -> Vec<Vec<f64>> {
    let cell = |i: usize, j: usize| {
        if i == j { 1.0 } else { pearson(&columns[i], &columns[j]).unwrap_or(0.0) }
    };
    part.iter().map(|&i| part.iter().map(|&j| cell(i, j)).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_children_load_alike() {
        let columns = [vec![1.0, 2.0, 3.0, 4.0], vec![1.0, 3.0, 2.0, 4.0], vec![5.0; 4]];
        for variant in [
            PcaVariant::Loadings,
            PcaVariant::SquaredLoadings,
            PcaVariant::VarianceWeighted,
            PcaVariant::Rotated,
        ] {
            let (weights, detail) = weights(&columns, variant, None).unwrap();
            assert!((weights[0] - weights[1]).abs() < 1e-12, "{variant:?}");
            assert!(weights[2].abs() < 1e-15);
            // r = 0.8: eigenvalues 1.8 and 0.2
            let WeightingDetail::Pca { eigenvalues, components } = detail else { panic!() };
            assert!((eigenvalues[0] - 1.8).abs() < 1e-12);
            assert_eq!(components, 1);
        }
    }

    #[test]
    fn opposite_children_have_a_negative_loading() {
        let columns =
            [vec![1.0, 2.0, 3.0, 4.0], vec![1.0, 2.0, 3.0, 5.0], vec![4.0, 3.0, 2.0, 1.0]];
        let error = weights(&columns, PcaVariant::Loadings, None).unwrap_err();
        assert_eq!(error.child(), 2);
    }
}
