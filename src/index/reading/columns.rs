//! Scores of several nodes side by side.

use crate::index::IndexResult;

/// The scores of two nodes over the units that have both.
pub(super) fn pairs(result: &IndexResult, left: usize, right: usize) -> (Vec<f64>, Vec<f64>) {
    let both = result.nodes[left].scores.iter().zip(&result.nodes[right].scores);
    both.filter_map(|(a, b)| a.zip(*b)).unzip()
}

/// Those of some nodes that anybody has a score at: an indicator that was left out is no item, and
/// would leave no complete row.
pub(super) fn known(result: &IndexResult, nodes: &[usize]) -> Vec<usize> {
    let is_known = |n: &usize| result.nodes[*n].scores.iter().any(Option::is_some);
    nodes.iter().copied().filter(is_known).collect()
}

/// The scores of several nodes over the units that have all of them: a column per node.
pub(super) fn complete(result: &IndexResult, nodes: &[usize]) -> Vec<Vec<f64>> {
    let units = result.index().scores.len();
    let has_all = |unit: &usize| nodes.iter().all(|&n| result.nodes[n].scores[*unit].is_some());
    let rows: Vec<usize> = (0..units).filter(has_all).collect();
    nodes
        .iter()
        .map(|&n| rows.iter().filter_map(|&unit| result.nodes[n].scores[unit]).collect())
        .collect()
}
