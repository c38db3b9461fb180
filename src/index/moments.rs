//! Skew and kurtosis of the values of an indicator.

use crate::num::mean;

/// Skew: `sqrt(n(n-1))/(n-2) * sqrt(n) S3 / S2^1.5`, where `Sk` sums the k-th powers of deviations
/// from the mean. `None` below three values or without spread.
///
/// Joanes and Gill (1998), G1, "type 2": that of Excel, SAS and COINr.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
pub fn skewness(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let [second, third, _] = sums(values).filter(|_| n >= 3.0)?;
    Some((n * (n - 1.0)).sqrt() / (n - 2.0) * n.sqrt() * third / (second * second.sqrt()))
}

/// Excess kurtosis: `(n-1)/((n-2)(n-3)) * ((n+1)(n S4/S2^2 - 3) + 6)`. `None` below four values or
/// without spread.
///
/// Joanes and Gill (1998), G2, "type 2": that of Excel, SAS and COINr.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
pub fn kurtosis(values: &[f64]) -> Option<f64> {
    let n = values.len() as f64;
    let [second, _, fourth] = sums(values).filter(|_| n >= 4.0)?;
    let excess = (n + 1.0) * (n * fourth / (second * second) - 3.0) + 6.0;
    Some((n - 1.0) / ((n - 2.0) * (n - 3.0)) * excess)
}

/// Sums of the second, third and fourth powers of deviations from the mean, in units of the range
/// so that nothing overflows or vanishes; `None` without spread.
fn sums(values: &[f64]) -> Option<[f64; 3]> {
    let least = values.iter().copied().reduce(f64::min)?;
    let most = values.iter().copied().reduce(f64::max)?;
    // Constancy is relative to the size of the values, as in normalisation.
    if most - least <= f64::EPSILON * least.abs().max(most.abs()) {
        return None;
    }
    let scaled: Vec<f64> = values.iter().map(|x| (x - least) / (most - least)).collect();
    let centre = mean(&scaled)?;
    let mut sums = [0.0; 3];
    for x in &scaled {
        let d = x - centre;
        sums[0] += d * d;
        sums[1] += d * d * d;
        sums[2] += d * d * d * d;
    }
    Some(sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_case() {
        let values: Vec<f64> = (1..=10).map(f64::from).chain([100.0]).collect();
        assert!((skewness(&values).unwrap() - 3.255_638_184_060_5).abs() < 1e-9);
        assert!((kurtosis(&values).unwrap() - 10.706_673_906_422).abs() < 1e-9);
    }

    #[test]
    fn too_little_has_none() {
        assert_eq!(skewness(&[1.0, 2.0]), None);
        assert!(skewness(&[1.0, 2.0, 3.0]).unwrap().abs() < 1e-12);
        assert_eq!(kurtosis(&[1.0, 2.0, 4.0]), None);
        assert_eq!(skewness(&[0.1; 9]), None);
        assert_eq!(kurtosis(&[]), None);
        assert!(skewness(&[1e-300, 2e-300, 9e-300]).is_some());
    }
}
