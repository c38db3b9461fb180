//! Eigenvalues of symmetric matrices by Jacobi rotations (Golub and Van Loan, section 8.5).
//!
//! Cyclic sweeps in a fixed order, so the same matrix gives the same bits everywhere.

/// Sweeps after which the off-diagonal of any matrix met here has long vanished.
const MOST_SWEEPS: usize = 100;

/// An eigenvalue with its unit eigenvector.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Component {
    /// The eigenvalue.
    pub value: f64,
    /// The eigenvector; its sum is at or above zero.
    pub vector: Vec<f64>,
}

/// All components of a symmetric matrix, largest eigenvalue first.
pub(super) fn components(matrix: &[Vec<f64>]) -> Vec<Component> {
    let n = matrix.len();
    let mut a = matrix.to_vec();
    let mut vectors: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| f64::from(u8::from(i == j))).collect()).collect();
    for _ in 0..MOST_SWEEPS {
        let off: f64 =
            (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| a[i][j] * a[i][j]).sum();
        if off <= f64::MIN_POSITIVE {
            break;
        }
        for p in 0..n {
            for q in (p + 1)..n {
                rotate(&mut a, &mut vectors, p, q);
            }
        }
    }
    let mut components: Vec<Component> = (0..n)
        .map(|j| {
            let sum: f64 = vectors.iter().map(|row| row[j]).sum();
            let sign = if sum < 0.0 { -1.0 } else { 1.0 };
            Component { value: a[j][j], vector: vectors.iter().map(|row| row[j] * sign).collect() }
        })
        .collect();
    components.sort_by(|x, y| y.value.total_cmp(&x.value));
    components
}

/// Turns rows and columns p and q so that their common element vanishes.
#[expect(clippy::many_single_char_names, reason = "the letters of the book")]
#[expect(clippy::needless_range_loop, reason = "two rows change together")]
fn rotate(a: &mut [Vec<f64>], vectors: &mut [Vec<f64>], p: usize, q: usize) {
    if a[p][q] == 0.0 {
        return;
    }
    let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    for row in a.iter_mut().chain(vectors.iter_mut()) {
        let (x, y) = (row[p], row[q]);
        row[p] = c * x - s * y;
        row[q] = s * x + c * y;
    }
    for k in 0..a.len() {
        let (x, y) = (a[p][k], a[q][k]);
        a[p][k] = c * x - s * y;
        a[q][k] = s * x + c * y;
    }
    a[p][q] = 0.0;
    a[q][p] = 0.0;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let found = components(&[vec![2.0, 1.0], vec![1.0, 2.0]]);
        assert!((found[0].value - 3.0).abs() < 1e-14);
        assert!((found[1].value - 1.0).abs() < 1e-14);
        assert!((found[0].vector[0] - 0.5_f64.sqrt()).abs() < 1e-14);
    }

    #[test]
    fn vectors_solve_the_matrix() {
        let m = [vec![4.0, 1.0, -2.0], vec![1.0, 2.0, 0.5], vec![-2.0, 0.5, 3.0]];
        for component in components(&m) {
            for (row, x) in m.iter().zip(&component.vector) {
                let product: f64 = row.iter().zip(&component.vector).map(|(a, b)| a * b).sum();
                assert!((product - component.value * x).abs() < 1e-12);
            }
        }
    }
}
