//! Eigenvalues and eigenvectors of a symmetric matrix by Jacobi rotations.
//!
//! G. H. Golub, C. F. Van Loan, Matrix Computations, 8.5: cyclic by rows, until what stands off the
//! diagonal is nothing beside it. Slow for large matrices, exact for small ones.

/// Sweeps after which the matrix is diagonal whatever it was; six to ten are usual.
const SWEEPS: usize = 60;

/// Eigenvalues, the largest first, each with its eigenvector of length one whose entries do not sum
/// to less than zero.
#[must_use]
pub(super) fn eigen(matrix: &[Vec<f64>]) -> Vec<(f64, Vec<f64>)> {
    let n = matrix.len();
    let mut a = matrix.to_vec();
    let mut v: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| if i == j { 1.0 } else { 0.0 }).collect()).collect();
    for _ in 0..SWEEPS {
        let off: f64 =
            (0..n).flat_map(|i| (0..i).map(move |j| (i, j))).map(|(i, j)| a[i][j].abs()).sum();
        let diagonal: f64 = (0..n).map(|i| a[i][i].abs()).sum();
        if off <= f64::EPSILON * 1e-3 * diagonal {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut a, &mut v, p, q);
            }
        }
    }
    let mut found: Vec<(f64, Vec<f64>)> = (0..n)
        .map(|j| {
            let column: Vec<f64> = v.iter().map(|row| row[j]).collect();
            let sign = if column.iter().sum::<f64>() < 0.0 { -1.0 } else { 1.0 };
            (a[j][j], column.into_iter().map(|x| x * sign).collect())
        })
        .collect();
    found.sort_by(|x, y| y.0.total_cmp(&x.0));
    found
}

/// The rotation that turns the entry at p, q into zero.
fn rotate(a: &mut [Vec<f64>], v: &mut [Vec<f64>], p: usize, q: usize) {
    if a[p][q] == 0.0 {
        return;
    }
    let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
    let tan = if theta.is_finite() {
        theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt())
    } else {
        0.0
    };
    let cos = 1.0 / (tan * tan + 1.0).sqrt();
    let sin = tan * cos;
    let turn = |x: f64, y: f64| (cos * x - sin * y, sin * x + cos * y);
    for row in a.iter_mut().chain(v.iter_mut()) {
        (row[p], row[q]) = turn(row[p], row[q]);
    }
    let (upper, lower) = a.split_at_mut(q);
    for (x, y) in upper[p].iter_mut().zip(&mut lower[0]) {
        (*x, *y) = turn(*x, *y);
    }
    a[p][q] = 0.0;
    a[q][p] = 0.0;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let found = eigen(&[vec![2.0, 1.0], vec![1.0, 2.0]]);
        assert!((found[0].0 - 3.0).abs() < 1e-14 && (found[1].0 - 1.0).abs() < 1e-14);
        assert!((found[0].1[0] - 0.5_f64.sqrt()).abs() < 1e-14);
        assert!(eigen(&[]).is_empty());
    }

    #[test]
    fn the_matrix_comes_back() {
        let n = 9;
        let matrix: Vec<Vec<f64>> = (0..n)
            .map(|i: u32| (0..n).map(|j: u32| 1.0 / f64::from(1 + i + j)).collect())
            .collect();
        let found = eigen(&matrix);
        for (i, row) in matrix.iter().enumerate() {
            for (j, entry) in row.iter().enumerate() {
                let back: f64 = found.iter().map(|(l, v)| l * v[i] * v[j]).sum();
                assert!((back - entry).abs() < 1e-13);
            }
        }
    }
}
