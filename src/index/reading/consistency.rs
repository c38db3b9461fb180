//! Cronbach's alpha: how far items measure one thing.

use crate::config::Methodology;
use crate::index::IndexResult;
use crate::index::reading::columns::complete;
use crate::num::standard_deviation;

/// Cronbach's alpha of scores below a node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Consistency {
    /// Position of the node.
    pub node: usize,
    /// Number of its children.
    pub items: usize,
    /// Units that have all their scores; the others are left out.
    pub count: usize,
    /// Alpha of the children's scores; `None` without spread or below two items.
    pub alpha: Option<f64>,
    /// Number of indicators below the node.
    pub indicators: usize,
    /// Alpha of the scores of all indicators below the node, over units that have all.
    pub alpha_indicators: Option<f64>,
}

/// Alpha at every dimension and at the index.
pub(super) fn consistency(method: &Methodology, result: &IndexResult) -> Vec<Consistency> {
    (0..method.nodes.len())
        .filter(|&node| !method.nodes[node].children().is_empty())
        .map(|node| {
            let children = complete(result, method.nodes[node].children());
            let leaves = complete(result, &method.leaves(node));
            Consistency {
                node,
                items: children.len(),
                count: children.first().map_or(0, Vec::len),
                alpha: alpha(&children),
                indicators: leaves.len(),
                alpha_indicators: alpha(&leaves),
            }
        })
        .collect()
}

/// k / (k − 1) · (1 − Σ varⱼ / var(sum)): L. J. Cronbach, Psychometrika 16 (1951), 297–334.
#[expect(clippy::cast_precision_loss, reason = "counts of items stay far below 2^52")]
fn alpha(items: &[Vec<f64>]) -> Option<f64> {
    let k = items.len() as f64;
    let rows = items.first()?.len();
    let sums: Vec<f64> = (0..rows).map(|row| items.iter().map(|i| i[row]).sum()).collect();
    let variance = |values: &[f64]| standard_deviation(values).map(|sd| sd * sd);
    let own: f64 = items.iter().filter_map(|i| variance(i)).sum();
    let total = variance(&sums)?;
    // Items that offset each other leave a sum without spread but for rounding.
    (items.len() > 1 && total > 1e-14 * own).then(|| k / (k - 1.0) * (1.0 - own / total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // Variances 1 and 1, of the sum (2, 4, 6) 4: 2 · (1 − 2 / 4) = 1.
        assert_eq!(alpha(&[vec![1.0, 2.0, 3.0], vec![1.0, 2.0, 3.0]]), Some(1.0));
        // Variances 1 and 1, of the sum (3, 3, 6) 3: 2 · (1 − 2 / 3).
        let mixed = alpha(&[vec![1.0, 2.0, 3.0], vec![2.0, 1.0, 3.0]]).unwrap();
        assert!((mixed - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(alpha(&[vec![1.0, 2.0], vec![2.0, 1.0]]), None);
        assert_eq!(alpha(&[vec![1.0, 2.0]]), None);
        assert_eq!(alpha(&[]), None);
    }
}
