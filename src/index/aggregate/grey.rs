//! Grey relational analysis: likeness to the ideal unit (Deng 1982).

use super::{Siblings, at};
use crate::index::normalise::extremes;

/// `scale * sum w xi`, `xi = (min D + rho max D) / (D + rho max D)`, D = 1 − minmax, extremes over
/// all units and children. A constant child is at its best everywhere; if all are, every grade is 1.
/// Shares of a unit with missing children are scaled to one.
pub(super) fn scores(siblings: &Siblings<'_>, rho: f64, scale: f64) -> Vec<Option<f64>> {
    let columns = siblings.min_maxed(1.0);
    let used = columns.iter().zip(&siblings.weights).filter(|(_, w)| **w > 0.0);
    let gaps: Vec<f64> = used.flat_map(|(c, _)| c.iter().flatten()).map(|x| 1.0 - x).collect();
    let (least, most) = extremes(&gaps);
    let grade = |gap: f64| {
        if most > 0.0 { (least + rho * most) / (gap + rho * most) } else { 1.0 }
    };
    siblings.each(|unit, shares| {
        let grades = shares.iter().map(|&(c, w)| w * grade(1.0 - at(&columns, c, unit)));
        scale * grades.sum::<f64>()
    })
}
