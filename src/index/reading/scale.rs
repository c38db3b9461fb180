//! Scores brought onto 0 to 1.

use crate::config::{Clamp, Methodology, Normalisation};
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

/// The ends of a node's scale: those that all indicators below it share. Methods that compare units
/// give scores on a scale of their own, which has none that hold for every sample.
fn ends(method: &Methodology, node: usize) -> Option<(f64, f64)> {
    if method.nodes[node].aggregation().is_some_and(|a| !a.is_mean()) {
        return None;
    }
    let children = method.nodes[node].children();
    if children.is_empty() {
        return own_ends(&method.nodes[node].indicator()?.normalisation);
    }
    let mut shared = None;
    for &child in children {
        let own = ends(method, child)?;
        if *shared.get_or_insert(own) != own {
            return None;
        }
    }
    shared
}

const fn own_ends(method: &Normalisation) -> Option<(f64, f64)> {
    match method {
        Normalisation::MinMax { low, high, .. }
        | Normalisation::PercentileRank { low, high, .. }
        | Normalisation::DistanceToMaximum { low, high, .. }
        | Normalisation::TargetType { low, high, .. }
        | Normalisation::IntervalType { low, high, .. }
        | Normalisation::Efficacy { low, high, .. }
        | Normalisation::Goalposts { low, high, clamp: Clamp::Both, .. } => Some((*low, *high)),
        _ => None,
    }
}
