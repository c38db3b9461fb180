//! Grades of the rank-sum ratio: cuts at probits of the cumulative frequency (Tian Fengtiao 1988).

use serde::Serialize;

use super::Group;
use crate::num::normal_quantile;

/// The line of scores on probits.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProbitLine {
    /// Probit and score of each distinct score, lowest first.
    pub points: Vec<(f64, f64)>,
    /// Slope of the line.
    pub slope: f64,
    /// Score at a probit of zero.
    pub intercept: f64,
    /// Squared correlation of scores and probits; 0 for one distinct score.
    pub r_squared: f64,
    /// Probits at which grades are cut, from the top.
    pub cuts: Vec<f64>,
}

impl ProbitLine {
    /// Scores on the line at the cuts, from the top.
    #[must_use]
    pub fn cut_scores(&self) -> Vec<f64> {
        self.cuts.iter().map(|cut| self.intercept + self.slope * cut).collect()
    }
}

/// The grade of each group of equal scores (groups stand best first), and the line.
///
/// Distinct scores ascending; p is the mean rank of a score over n, for the highest 1 − 1/(4n); the
/// probit is 5 + Φ⁻¹(p); scores are regressed on probits, one point per distinct score. A unit is
/// graded by its place on the line, which is its probit: above a cut, the better grade; at it, the
/// worse.
#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
pub(super) fn grades(groups: &[Group], cuts: &[f64]) -> (Vec<usize>, ProbitLine) {
    let n: usize = groups.iter().map(|g| g.size).sum();
    let mut points = Vec::with_capacity(groups.len());
    let mut below = 0;
    for (at, group) in groups.iter().enumerate().rev() {
        let middle = below as f64 + (group.size + 1) as f64 / 2.0;
        below += group.size;
        let share = if at == 0 { 1.0 - 0.25 / n as f64 } else { middle / n as f64 };
        points.push((5.0 + normal_quantile(share), group.score));
    }
    let tiers = points.iter().rev().map(|(probit, _)| cuts.iter().filter(|c| probit <= c).count());
    let tiers = tiers.collect();
    let line = regress(points, cuts.to_vec());
    (tiers, line)
}

#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
fn regress(points: Vec<(f64, f64)>, cuts: Vec<f64>) -> ProbitLine {
    let n = points.len().max(1) as f64;
    let mean_x = points.iter().map(|p| p.0).sum::<f64>() / n;
    let mean_y = points.iter().map(|p| p.1).sum::<f64>() / n;
    let (mut xx, mut xy, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in &points {
        xx += (x - mean_x) * (x - mean_x);
        xy += (x - mean_x) * (y - mean_y);
        yy += (y - mean_y) * (y - mean_y);
    }
    let slope = if xx > 0.0 { xy / xx } else { 0.0 };
    let r_squared = if xx > 0.0 && yy > 0.0 { xy * xy / (xx * yy) } else { 0.0 };
    ProbitLine { points, slope, intercept: mean_y - slope * mean_x, r_squared, cuts }
}
