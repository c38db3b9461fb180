//! Analytic hierarchy process: weights from pairwise judgements (Saaty 1980).
//!
//! Weights are the principal right eigenvector of the reciprocal matrix, scaled to one; several
//! experts' matrices combine by the geometric mean of each cell before they are solved (Aczél and
//! Saaty 1983).

use serde::Serialize;

use crate::num::{exp, ln};

/// Saaty's random indices for 1 to 15 children, as printed in most textbooks.
pub const RANDOM_INDEX: [f64; 15] =
    [0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];

/// Change of the weights below which the iteration ends.
const TOLERANCE: f64 = 1e-16;
/// The iteration gains a digit in a few steps; this is far beyond need.
const MOST_STEPS: usize = 10_000;

/// How far judgements agree with each other.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Consistency {
    /// The largest eigenvalue.
    pub lambda: f64,
    /// Consistency index, `(lambda - n) / (n - 1)`.
    pub index: f64,
    /// Random index of the order n.
    pub random: f64,
    /// Consistency ratio, index over random index; 0 for one or two children.
    pub ratio: f64,
}

/// Weights, the consistency of the matrix that was solved and of each expert's own.
pub(super) fn weights(
    matrices: &[Vec<Vec<f64>>],
    n: usize,
) -> (Vec<f64>, Consistency, Vec<Consistency>) {
    let experts = matrices.iter().map(|m| solve(m).1).collect();
    let (weights, combined) = solve(&geometric_mean(matrices, n));
    (weights, combined, experts)
}

/// The geometric mean of each cell; a matrix of ones for no expert.
#[expect(clippy::cast_precision_loss, reason = "counts of experts stay far below 2^52")]
fn geometric_mean(matrices: &[Vec<Vec<f64>>], n: usize) -> Vec<Vec<f64>> {
    if let [only] = matrices {
        return only.clone();
    }
    let count = matrices.len().max(1) as f64;
    let cell = |i: usize, j: usize| exp(matrices.iter().map(|m| ln(m[i][j])).sum::<f64>() / count);
    (0..n).map(|i| (0..n).map(|j| cell(i, j)).collect()).collect()
}

/// The principal right eigenvector by power iteration, which converges for positive matrices
/// (Perron–Frobenius), and the consistency of the matrix.
#[expect(clippy::cast_precision_loss, reason = "counts of children stay far below 2^52")]
fn solve(matrix: &[Vec<f64>]) -> (Vec<f64>, Consistency) {
    let n = matrix.len();
    let mut weights = vec![1.0 / n as f64; n];
    let mut lambda = n as f64;
    for _ in 0..MOST_STEPS {
        let product: Vec<f64> =
            matrix.iter().map(|row| row.iter().zip(&weights).map(|(a, w)| a * w).sum()).collect();
        lambda = product.iter().sum();
        let next: Vec<f64> = product.iter().map(|x| x / lambda).collect();
        let change: f64 = next.iter().zip(&weights).map(|(a, b)| (a - b).abs()).sum();
        weights = next;
        if change < TOLERANCE {
            break;
        }
    }
    let order = n as f64;
    let random = n.checked_sub(1).and_then(|at| RANDOM_INDEX.get(at)).copied().unwrap_or(0.0);
    let index = if n > 2 { (lambda - order) / (order - 1.0) } else { 0.0 };
    let ratio = if random > 0.0 { index / random } else { 0.0 };
    (weights, Consistency { lambda, index, random, ratio })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, wanted: f64, tolerance: f64) {
        assert!((found - wanted).abs() < tolerance, "{found} is not {wanted}");
    }

    #[test]
    fn three_children_by_hand() {
        let matrix =
            vec![vec![1.0, 3.0, 5.0], vec![1.0 / 3.0, 1.0, 3.0], vec![1.0 / 5.0, 1.0 / 3.0, 1.0]];
        let (weights, consistency) = solve(&matrix);
        // For three children the eigenvector is the vector of row geometric means.
        let rows = [libm::cbrt(15.0), 1.0, libm::cbrt(1.0 / 15.0)];
        let total: f64 = rows.iter().sum();
        for (weight, row) in weights.iter().zip(rows) {
            close(*weight, row / total, 1e-14);
        }
        close(consistency.lambda, 3.038_511_090_6, 1e-10);
        close(consistency.ratio, 0.033_199_216, 1e-9);
    }

    #[test]
    fn opposite_experts_cancel() {
        let one = vec![vec![1.0, 4.0], vec![0.25, 1.0]];
        let other = vec![vec![1.0, 0.25], vec![4.0, 1.0]];
        let (weights, combined, experts) = weights(&[one, other], 2);
        close(weights[0], 0.5, 1e-15);
        close(combined.ratio, 0.0, 1e-15);
        assert_eq!(experts.len(), 2);
    }
}
