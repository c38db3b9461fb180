//! Scores brought onto 0 to 1.

use crate::config::{Methodology, Normalisation};
use crate::index::NodeResult;

/// Scores of a node on 0 to 1: by the ends of its scale, or, where the scale has no ends (z-scores),
/// by the least and largest score of the sample. `None` where all scores are equal on such a scale.
pub(super) fn on_unit_scale(
    method: &Methodology,
    node: usize,
    result: &NodeResult,
) -> Option<Vec<Option<f64>>> {
    let (low, high) = ends(method, node).or_else(|| {
        let distribution = result.distribution?;
        Some((distribution.minimum, distribution.maximum))
    })?;
    (high > low).then(|| {
        let unit = |s: f64| ((s - low) / (high - low)).clamp(0.0, 1.0);
        result.scores.iter().map(|s| s.map(unit)).collect()
    })
}

/// The ends of a node's scale: those that all indicators below it share.
fn ends(method: &Methodology, node: usize) -> Option<(f64, f64)> {
    let mut shared = None;
    for leaf in method.leaves(node) {
        let own = match method.nodes[leaf].indicator()?.normalisation {
            Normalisation::MinMax { low, high, .. }
            | Normalisation::Goalposts { low, high, .. }
            | Normalisation::PercentileRank { low, high } => (low, high),
            Normalisation::ZScore { .. } | Normalisation::FractionOfMaximum { .. } => return None,
        };
        if *shared.get_or_insert(own) != own {
            return None;
        }
    }
    shared
}
