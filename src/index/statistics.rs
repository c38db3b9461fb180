//! Distribution of the scores at a node.

use crate::num::{mean, standard_deviation};

/// How scores are spread over the units that have one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Distribution {
    /// Units with a score.
    pub count: usize,
    /// Arithmetic mean.
    pub mean: f64,
    /// Sample standard deviation (n − 1); 0 for one unit.
    pub standard_deviation: f64,
    /// Units above the mean.
    pub above_mean: usize,
    /// Lowest score.
    pub minimum: f64,
    /// Median.
    pub median: f64,
    /// Highest score.
    pub maximum: f64,
}

impl Distribution {
    /// Describes scores; `None` if there are none.
    #[must_use]
    pub fn of(scores: &[Option<f64>]) -> Option<Self> {
        let mut known: Vec<f64> = scores.iter().flatten().copied().collect();
        let centre = mean(&known)?;
        known.sort_by(f64::total_cmp);
        let n = known.len();
        Some(Self {
            count: n,
            mean: centre,
            standard_deviation: standard_deviation(&known).unwrap_or(0.0),
            above_mean: known.iter().filter(|&&s| s > centre).count(),
            minimum: known[0],
            median: f64::midpoint(known[(n - 1) / 2], known[n / 2]),
            maximum: known[n - 1],
        })
    }

    /// Standard deviation over mean; `None` unless the mean is above zero.
    #[must_use]
    pub fn coefficient_of_variation(&self) -> Option<f64> {
        (self.mean > 0.0).then(|| self.standard_deviation / self.mean)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        let d = Distribution::of(&[Some(1.0), Some(2.0), None, Some(6.0)]).unwrap();
        assert_eq!((d.count, d.mean, d.median, d.above_mean), (3, 3.0, 2.0, 1));
        assert!((d.standard_deviation - 7.0_f64.sqrt()).abs() < 1e-12);
        assert_eq!(Distribution::of(&[None]), None);
    }
}
