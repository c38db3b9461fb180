//! The shape of the distribution of scores at a node.

use crate::index::{kurtosis, skewness};
use crate::num::{mean, standard_deviation};

/// How scores are distributed; each measure is `None` where it is not defined.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Position of the node.
    pub node: usize,
    /// Units with a score.
    pub count: usize,
    /// Skewness of type 2 (that of Excel); from three units with spread on.
    pub skewness: Option<f64>,
    /// Excess kurtosis of type 2; from four units with spread on.
    pub kurtosis: Option<f64>,
    /// Standard deviation (n − 1) over mean; where the mean is above zero.
    pub coefficient_of_variation: Option<f64>,
    /// Gini coefficient, half the mean difference (with n²) over the mean; where no score is below
    /// zero and some are above.
    pub gini: Option<f64>,
    /// Share of units above the mean.
    pub above_mean: Option<f64>,
}

impl Shape {
    /// Describes the scores at a node.
    #[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
    pub(super) fn of(node: usize, scores: &[Option<f64>]) -> Self {
        let known: Vec<f64> = scores.iter().flatten().copied().collect();
        let centre = mean(&known);
        let above = |m: f64| known.iter().filter(|&&x| x > m).count() as f64 / known.len() as f64;
        Self {
            node,
            count: known.len(),
            skewness: skewness(&known),
            kurtosis: kurtosis(&known),
            coefficient_of_variation: standard_deviation(&known)
                .zip(centre.filter(|&m| m > 0.0))
                .map(|(sd, m)| sd / m),
            gini: gini(&known),
            above_mean: centre.map(above),
        }
    }
}

/// Σ (2 i − n − 1) x₍ᵢ₎ / (n Σ x), x₍ᵢ₎ ascending.
#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
fn gini(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let (n, sum) = (sorted.len() as f64, sorted.iter().sum::<f64>());
    let defined = sum > 0.0 && sorted.first().is_some_and(|&least| least >= 0.0);
    defined.then(|| {
        let weighted: f64 =
            sorted.iter().enumerate().map(|(i, x)| (2.0 * (i + 1) as f64 - n - 1.0) * x).sum();
        (weighted / (n * sum)).max(0.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_cases() {
        let values: Vec<f64> = (1..=10).map(f64::from).chain([100.0]).collect();
        assert!((skewness(&values).unwrap() - 3.255_638_184_060_5).abs() < 1e-9);
        assert!((kurtosis(&values).unwrap() - 10.706_673_906_422).abs() < 1e-9);
        // Gini of 1, 3: (−1 + 3) / (2 · 4)
        assert_eq!(gini(&[3.0, 1.0]), Some(0.25));
        assert_eq!(gini(&[0.0, 0.0]), None);
    }

    #[test]
    fn without_spread_there_is_no_shape() {
        let shape = Shape::of(0, &[Some(0.1), Some(0.1), None, Some(0.1), Some(0.1)]);
        assert_eq!((shape.skewness, shape.kurtosis, shape.count), (None, None, 4));
        assert_eq!(shape.gini, Some(0.0));
        assert_eq!(Shape::of(0, &[None]).above_mean, None);
    }
}
