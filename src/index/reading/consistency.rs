//! Cronbach's alpha: how far items measure one thing.

use crate::config::Methodology;
use crate::index::IndexResult;
use crate::index::reading::columns::{complete, known};
use crate::num::standard_deviation;

/// Cronbach's alpha of scores below a node.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Consistency {
    /// Position of the node.
    pub node: usize,
    /// Number of its children; one that nobody has a score at is no item.
    pub items: usize,
    /// Units that have all their scores; the others are left out.
    pub count: usize,
    /// Alpha of the children's scores; `None` without spread or below two items.
    pub alpha: Option<f64>,
    /// Number of indicators below the node, without those that were left out.
    pub indicators: usize,
    /// Alpha of the scores of all indicators below the node, over units that have all.
    pub alpha_indicators: Option<f64>,
}

/// Alpha at every dimension and at the index.
pub(super) fn consistency(method: &Methodology, result: &IndexResult) -> Vec<Consistency> {
    (0..method.nodes.len())
        .filter(|&node| !method.nodes[node].children().is_empty())
        .map(|node| {
            let children = complete(result, &known(result, method.nodes[node].children()));
            let leaves = complete(result, &known(result, &method.leaves(node)));
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
    use crate::index::robustness::testing::Small;

    #[test]
    fn an_indicator_that_was_left_out_is_no_item() {
        let column = |values: [f64; 4]| values.map(Some).to_vec();
        let [a, b] = [column([1.0, 2.0, 3.0, 4.0]), column([2.0, 1.0, 3.0, 4.0])];
        let with = Small::new(&[3], &[a.clone(), b.clone(), vec![None; 4]]);
        let without = Small::new(&[2], &[a, b]);
        let found = consistency(&with.method, &with.result());
        let wanted = consistency(&without.method, &without.result());
        assert!(wanted[0].alpha_indicators.is_some() && wanted[1].alpha.is_some());
        for (own, wanted) in found.iter().zip(wanted) {
            let of =
                |c: &Consistency| (c.items, c.count, c.alpha, c.indicators, c.alpha_indicators);
            assert_eq!(of(own), of(&wanted));
        }
    }

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
