//! Weights from rotated loadings (OECD/JRC Handbook, step 6; Nicoletti, Scarpetta and Boylaud 2000).
//!
//! Loadings (unit eigenvector times root of eigenvalue) are rotated by varimax with Kaiser's
//! normalisation (Kaiser 1958). A child belongs to the factor on which it has the highest loading,
//! positive or negative; there it weighs its share of the factor, the squared loading over their
//! sum, times the factor's part of the variance explained by all factors kept.

use crate::index::eigen::Component;

/// Rotations that turn by less than this end the search.
const TOLERANCE: f64 = 1e-14;
/// Sweeps over all pairs of factors; a handful is usual.
const MOST_SWEEPS: usize = 1000;

/// Unscaled weights by child.
pub(super) fn weights(kept: &[Component]) -> Vec<f64> {
    let children = kept.first().map_or(0, |c| c.vector.len());
    let mut loadings: Vec<Vec<f64>> = (0..children)
        .map(|j| kept.iter().map(|c| c.vector[j] * c.value.max(0.0).sqrt()).collect())
        .collect();
    varimax(&mut loadings);
    let explained: Vec<f64> =
        (0..kept.len()).map(|k| loadings.iter().map(|row| row[k] * row[k]).sum()).collect();
    let total: f64 = explained.iter().sum();
    loadings
        .iter()
        .map(|row| {
            // A share of the factor times the factor's part is the square over all squares.
            row.iter().map(|x| x * x).fold(0.0, f64::max) / total
        })
        .collect()
}

/// Rotates pairs of factors until the variance of squared loadings no longer grows.
#[expect(clippy::cast_precision_loss, reason = "counts of children stay far below 2^52")]
#[expect(clippy::many_single_char_names, reason = "the letters of the paper")]
fn varimax(loadings: &mut [Vec<f64>]) {
    let n = loadings.len() as f64;
    let factors = loadings.first().map_or(0, Vec::len);
    let lengths: Vec<f64> =
        loadings.iter().map(|row| row.iter().map(|x| x * x).sum::<f64>().sqrt()).collect();
    let scaled = |row: &mut Vec<f64>, by: f64| row.iter_mut().for_each(|x| *x *= by);
    for (row, &length) in loadings.iter_mut().zip(&lengths).filter(|(_, l)| **l > 0.0) {
        scaled(row, 1.0 / length);
    }
    for _ in 0..MOST_SWEEPS {
        let mut turned = 0.0_f64;
        for p in 0..factors {
            for q in (p + 1)..factors {
                let (mut a, mut b, mut c, mut d) = (0.0, 0.0, 0.0, 0.0);
                for row in loadings.iter() {
                    let (x, y) = (row[p], row[q]);
                    let (u, v) = (x * x - y * y, 2.0 * x * y);
                    a += u;
                    b += v;
                    c += u * u - v * v;
                    d += 2.0 * u * v;
                }
                let angle = libm::atan2(d - 2.0 * a * b / n, c - (a * a - b * b) / n) / 4.0;
                turned = turned.max(angle.abs());
                let (sine, cosine) = (libm::sin(angle), libm::cos(angle));
                for row in loadings.iter_mut() {
                    let (x, y) = (row[p], row[q]);
                    row[p] = cosine * x + sine * y;
                    row[q] = cosine * y - sine * x;
                }
            }
        }
        if turned < TOLERANCE {
            break;
        }
    }
    for (row, &length) in loadings.iter_mut().zip(&lengths) {
        scaled(row, length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_simple_structure_is_found_again() {
        // Two blocks, turned by 30 degrees.
        let (c, s) = (0.75_f64.sqrt(), 0.5);
        let mut loadings: Vec<Vec<f64>> = [[0.9, 0.0], [0.8, 0.0], [0.0, 0.7], [0.0, 0.6]]
            .iter()
            .map(|[x, y]| vec![c * x - s * y, s * x + c * y])
            .collect();
        varimax(&mut loadings);
        for (row, wanted) in loadings.iter().zip([0.9, 0.8, 0.7, 0.6]) {
            let largest = row.iter().fold(0.0_f64, |m, x| m.max(x.abs()));
            assert!((largest - wanted).abs() < 1e-9, "{loadings:?}");
        }
    }
}
