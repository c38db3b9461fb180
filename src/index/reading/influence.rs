//! Influence of a node on the index against its stated weight.

use crate::config::Methodology;
use crate::index::reading::columns::pairs;
use crate::index::{IndexResult, correlation};

/// Influence of a dimension or indicator: the squared correlation of its scores with the index,
/// which is the share of the index's variance a straight line through them explains (P. Paruolo,
/// M. Saisana, A. Saltelli, JRSS A 176 (2013), 609–634, in its linear form).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Influence {
    /// Position of the node.
    pub node: usize,
    /// Product of the weights down to it: the share of the whole it is meant to have.
    pub effective_weight: f64,
    /// S = corr(x, index)²; `None` without spread.
    pub influence: Option<f64>,
    /// S over the sum of S of the nodes of its level.
    pub share: Option<f64>,
    /// Correlation with the index.
    pub correlation: Option<f64>,
}

/// Influence of every node below the index, in the order of the framework.
pub(super) fn influence(method: &Methodology, result: &IndexResult) -> Vec<Influence> {
    let mut found: Vec<Influence> = (1..method.nodes.len())
        .map(|node| {
            let (own, index) = pairs(result, node, 0);
            let correlation = correlation::pearson(&own, &index);
            Influence {
                node,
                effective_weight: method.effective_weight(node),
                influence: correlation.map(|r| r * r),
                share: None,
                correlation,
            }
        })
        .collect();
    for level in 1..=method.depth() {
        let on_level = |i: &Influence| method.nodes[i.node].level == level;
        let total: f64 = found.iter().filter(|i| on_level(i)).filter_map(|i| i.influence).sum();
        for own in found.iter_mut().filter(|i| on_level(i)) {
            own.share = own.influence.filter(|_| total > 0.0).map(|s| s / total);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::robustness::testing::Small;

    #[test]
    fn by_hand() {
        // Scores 0 50 100 and 0 100 0: index 0 75 50, correlations 0.6547 and 0.7559.
        let small = Small::complete(&[2], &[&[0.0, 1.0, 2.0], &[0.0, 1.0, 0.0]]);
        let found = influence(&small.method, &small.result());
        assert!((found[0].influence.unwrap() - 1.0).abs() < 1e-12);
        assert_eq!((found[1].node, found[1].effective_weight), (2, 0.5));
        assert!((found[1].influence.unwrap() - 3.0 / 7.0).abs() < 1e-12);
        assert!((found[2].influence.unwrap() - 4.0 / 7.0).abs() < 1e-12);
        assert!((found[1].share.unwrap() + found[2].share.unwrap() - 1.0).abs() < 1e-12);
    }
}
