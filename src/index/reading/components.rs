//! Principal components of the indicators' scores.

use crate::config::Methodology;
use crate::index::reading::columns::{complete, known};
use crate::index::{IndexResult, correlation, eigen};

/// Principal components of the correlation matrix of the indicators.
#[derive(Debug, Clone, PartialEq)]
pub struct Components {
    /// Positions of the indicators; those without spread among the rows are left out.
    pub indicators: Vec<usize>,
    /// Units with all their scores; the others are left out.
    pub count: usize,
    /// The components, the one that explains most first.
    pub components: Vec<Component>,
}

/// One principal component.
#[derive(Debug, Clone, PartialEq)]
pub struct Component {
    /// Eigenvalue: the variance it explains, in indicators.
    pub eigenvalue: f64,
    /// Share of the variance it explains.
    pub share: f64,
    /// Share that it and those before it explain.
    pub cumulative: f64,
    /// Eigenvector of length one, by indicator; its entries do not sum to less than zero. Times the
    /// root of the eigenvalue it gives correlations with the indicators.
    pub vector: Vec<f64>,
}

/// Components over the units with complete data; `None` with fewer than two indicators or three
/// units.
#[expect(clippy::cast_precision_loss, reason = "counts of indicators stay far below 2^52")]
pub(super) fn components(method: &Methodology, result: &IndexResult) -> Option<Components> {
    let known = known(result, &method.indicators().collect::<Vec<usize>>());
    let columns = complete(result, &known);
    let count = columns.first()?.len();
    let (indicators, columns): (Vec<usize>, Vec<Vec<f64>>) = known
        .into_iter()
        .zip(columns)
        .filter(|(_, column)| correlation::pearson(column, column).is_some())
        .unzip();
    if indicators.len() < 2 || count < 3 {
        return None;
    }
    let n = indicators.len();
    let matrix: Vec<Vec<f64>> = (0..n)
        .map(|i| {
            let entry = |j: usize| {
                if i == j {
                    return 1.0;
                }
                correlation::pearson(&columns[i.min(j)], &columns[i.max(j)]).unwrap_or(0.0)
            };
            (0..n).map(entry).collect()
        })
        .collect();
    let mut cumulative = 0.0;
    let components = eigen::components(&matrix)
        .into_iter()
        .map(|eigen::Component { value, vector }| {
            let eigenvalue = value.max(0.0);
            let share = eigenvalue / n as f64;
            cumulative += share;
            Component { eigenvalue, share, cumulative, vector }
        })
        .collect();
    Some(Components { indicators, count, components })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::robustness::testing::Small;

    #[test]
    fn two_indicators_explain_one_plus_and_minus_their_correlation() {
        let small = Small::complete(&[2], &[&[1.0, 2.0, 3.0, 4.0], &[1.0, 3.0, 2.0, 4.0]]);
        let found = components(&small.method, &small.result()).unwrap();
        let values: Vec<f64> = found.components.iter().map(|c| c.eigenvalue).collect();
        assert!((values[0] - 1.8).abs() < 1e-12 && (values[1] - 0.2).abs() < 1e-12);
        assert!((found.components[1].cumulative - 1.0).abs() < 1e-12);
        assert!((found.components[0].vector[1] - 0.5_f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn too_little_for_components() {
        let small = Small::complete(&[2], &[&[1.0, 2.0, 3.0], &[1.0, 1.0, 1.0]]);
        assert_eq!(components(&small.method, &small.result()), None);
    }
}
