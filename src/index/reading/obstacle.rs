//! Obstacle degree: which indicators hold a unit back.

use crate::config::Methodology;
use crate::index::IndexResult;
use crate::index::reading::scale::on_unit_scale;

/// Obstacle degrees of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Obstacles {
    /// Position of the unit.
    pub unit: usize,
    /// By indicator, in the order of the framework: wⱼ (1 − zⱼ) / Σ wⱼ (1 − zⱼ), with w the
    /// effective weight and z the score on 0 to 1; they sum to one. `None` without a score, and
    /// for a unit that is best everywhere.
    pub degrees: Vec<Option<f64>>,
}

/// Obstacle degrees by nominal order (障碍度模型, as is usual in Chinese index reports).
pub(super) fn obstacles(method: &Methodology, result: &IndexResult) -> Vec<Obstacles> {
    let columns: Vec<(f64, Option<Vec<Option<f64>>>)> = method
        .indicators()
        .map(|n| (method.effective_weight(n), on_unit_scale(method, n, &result.nodes[n])))
        .collect();
    result
        .index()
        .order
        .iter()
        .map(|&unit| {
            let deficits: Vec<Option<f64>> = columns
                .iter()
                .map(|(weight, column)| column.as_ref()?[unit].map(|z| weight * (1.0 - z)))
                .collect();
            let total: f64 = deficits.iter().flatten().sum();
            let degrees = deficits.iter().map(|d| d.filter(|_| total > 0.0).map(|d| d / total));
            Obstacles { unit, degrees: degrees.collect() }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::robustness::testing::Small;

    #[test]
    fn by_hand() {
        // Scores 100 50 0 and 100 75 0: deficits of unit 1 are 0.25 and 0.125.
        let small = Small::complete(&[2], &[&[2.0, 1.0, 0.0], &[4.0, 3.0, 0.0]]);
        let found = obstacles(&small.method, &small.result());
        assert_eq!(found[0].degrees, [None, None]);
        assert!((found[1].degrees[0].unwrap() - 2.0 / 3.0).abs() < 1e-12);
        assert!((found[1].degrees[1].unwrap() - 1.0 / 3.0).abs() < 1e-12);
    }
}
