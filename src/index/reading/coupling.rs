//! Coupling coordination of the dimensions.
//!
//! C = k (Π U)^(1/k) / Σ U, T = Σ a U, D = √(C T): the form in which C runs from 0 to 1 whatever
//! the number k of dimensions (several others are in print; Wang Shujia et al., Journal of Natural
//! Resources 36 (2021), 793–810, list common mistakes). U is the score of a dimension on 0 to 1, a
//! its weight.

use crate::config::Methodology;
use crate::index::IndexResult;
use crate::index::reading::columns::known;
use crate::index::reading::scale::on_unit_scale;
use crate::num::{exp, ln};

/// Coupling coordination of a unit's dimensions.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Coupling {
    /// Position of the unit.
    pub unit: usize,
    /// Coupling C, 0 to 1: how even the dimensions are.
    pub coupling: f64,
    /// Level T, 0 to 1.
    pub level: f64,
    /// Coordination D, 0 to 1.
    pub coordination: f64,
}

/// Coupling by nominal order, of the units that have every dimension and are above zero in one;
/// nobody where there are fewer than two dimensions. A dimension that nobody has is none, and its
/// weight is shared by the others.
#[expect(clippy::cast_precision_loss, reason = "counts of dimensions stay far below 2^52")]
pub(in crate::index) fn couplings(method: &Methodology, result: &IndexResult) -> Vec<Coupling> {
    let dimensions = known(result, method.nodes[0].children());
    let scaled: Option<Vec<Vec<Option<f64>>>> =
        dimensions.iter().map(|&d| on_unit_scale(method, d, &result.nodes[d])).collect();
    let Some(scaled) = scaled.filter(|s| s.len() > 1) else { return Vec::new() };
    let of = |unit: usize| {
        let u: Vec<f64> = scaled.iter().map(|column| column[unit]).collect::<Option<_>>()?;
        let k = u.len() as f64;
        let sum: f64 = u.iter().sum();
        let weight = |d: usize| result.weights.get(d).copied().unwrap_or(method.nodes[d].weight);
        let all: f64 = dimensions.iter().map(|&d| weight(d)).sum();
        if sum <= 0.0 || all <= 0.0 {
            return None;
        }
        let coupling = if u.iter().any(|&x| x <= 0.0) {
            0.0
        } else {
            (k * exp(u.iter().map(|&x| ln(x)).sum::<f64>() / k) / sum).min(1.0)
        };
        let level = dimensions.iter().zip(&u).map(|(&d, x)| weight(d) / all * x).sum();
        Some(Coupling { unit, coupling, level, coordination: f64::sqrt(coupling * level) })
    };
    result.index().order.iter().filter_map(|&unit| of(unit)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::robustness::testing::Small;

    #[test]
    fn by_hand() {
        // U = (1, 0.25) for unit 0: C = 2 · 0.5 / 1.25 = 0.8, T = 0.625, D = √0.5.
        let small = Small::complete(&[1, 1], &[&[4.0, 0.0, 2.0], &[1.0, 0.0, 4.0]]);
        let found = couplings(&small.method, &small.result());
        let own = found.iter().find(|c| c.unit == 0).unwrap();
        assert!((own.coupling - 0.8).abs() < 1e-12);
        assert!((own.level - 0.625).abs() < 1e-12);
        assert!((own.coordination - 0.5_f64.sqrt()).abs() < 1e-12);
        assert!(found.iter().all(|c| c.unit != 1));
    }

    #[test]
    fn a_dimension_nobody_has_is_none() {
        let values =
            [&[4.0, 0.0, 2.0][..], &[1.0, 0.0, 4.0]].map(|c| c.iter().map(|&v| Some(v)).collect());
        let [first, second]: [Vec<Option<f64>>; 2] = values;
        let small = Small::new(&[1, 1, 1], &[first, second, vec![None; 3]]);
        let found = couplings(&small.method, &small.result());
        // As `by_hand`: the weight of the third goes to the others.
        let own = found.iter().find(|c| c.unit == 0).unwrap();
        assert!((own.coupling - 0.8).abs() < 1e-12 && (own.level - 0.625).abs() < 1e-12);
    }
}
