//! The random numbers of one replicate, addressed by what they are for.

use crate::config::NoiseKind;
use crate::index::robustness::normal::normal_quantile;
use crate::index::robustness::philox::{philox, unit_interval};

/// Which of the independent sequences is read; Sobol indices need two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sequence {
    /// Monte Carlo, and the matrix A of Sobol indices.
    A = 0,
    /// The matrix B of Sobol indices.
    B = 1,
    /// Resampling of Sobol indices.
    Bootstrap = 2,
}

/// What a number is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stream {
    /// Choice of the normalisation.
    Normalisation,
    /// Choice of the aggregation.
    Aggregation,
    /// Weights, by position of the node.
    Weights,
    /// Resampled rows.
    Rows,
    /// Values of the indicator at a place among the indicators, by position of the unit.
    Values(usize),
}

impl Stream {
    fn number(self) -> u32 {
        match self {
            Self::Normalisation => 0,
            Self::Aggregation => 1,
            Self::Weights => 2,
            Self::Rows => 3,
            Self::Values(indicator) => {
                u32::try_from(indicator).unwrap_or(u32::MAX - 16).saturating_add(16)
            }
        }
    }
}

/// The random numbers of one replicate in one sequence: functions of seed, sequence, replicate,
/// stream and index, and of nothing else.
#[derive(Debug, Clone, Copy)]
pub(super) struct Draws {
    key: [u32; 2],
    sequence: Sequence,
    replicate: u32,
}

impl Draws {
    /// The numbers of a replicate.
    #[expect(clippy::cast_possible_truncation, reason = "the two halves of the seed")]
    pub(super) const fn new(seed: u64, sequence: Sequence, replicate: u32) -> Self {
        Self { key: [seed as u32, (seed >> 32) as u32], sequence, replicate }
    }

    fn pair(self, stream: Stream, block: usize) -> [f64; 2] {
        let block = u32::try_from(block).unwrap_or(u32::MAX);
        let counter = [block, stream.number(), self.replicate, self.sequence as u32];
        let [a, b, c, d] = philox(self.key, counter);
        [unit_interval(a, b), unit_interval(c, d)]
    }

    /// A number in [0, 1).
    pub(super) fn uniform(self, stream: Stream, index: usize) -> f64 {
        self.pair(stream, index / 2)[index % 2]
    }

    /// One of `count` choices, all alike likely.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a number in [0, 1) times a count is a place below the count"
    )]
    pub(super) fn choice(self, stream: Stream, index: usize, count: usize) -> usize {
        ((self.uniform(stream, index) * count as f64) as usize).min(count.saturating_sub(1))
    }

    /// Fills a slice with noise: the numbers at indices 0, 1, 2 and so on.
    pub(super) fn noise(self, stream: Stream, kind: NoiseKind, out: &mut [f64]) {
        for (block, pair) in out.chunks_mut(2).enumerate() {
            for (slot, u) in pair.iter_mut().zip(self.pair(stream, block)) {
                *slot = match kind {
                    NoiseKind::Uniform => 2.0 * u - 1.0,
                    // Half a step off zero, where the quantile is infinite.
                    NoiseKind::Normal => normal_quantile(u + f64::EPSILON / 4.0),
                };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_by_one_or_together() {
        let draws = Draws::new(7, Sequence::A, 3);
        let mut all = [0.0; 5];
        draws.noise(Stream::Values(2), NoiseKind::Uniform, &mut all);
        for (index, noise) in all.iter().enumerate() {
            assert_eq!(*noise, 2.0 * draws.uniform(Stream::Values(2), index) - 1.0);
        }
        assert_ne!(draws.uniform(Stream::Weights, 0), draws.uniform(Stream::Values(0), 0));
        let other = Draws::new(7, Sequence::B, 3);
        assert_ne!(draws.uniform(Stream::Weights, 0), other.uniform(Stream::Weights, 0));
    }

    #[test]
    fn moments() {
        let mut sums = [0.0; 3];
        let mut noise = [0.0; 1000];
        for replicate in 0..100 {
            let draws = Draws::new(1, Sequence::A, replicate);
            draws.noise(Stream::Values(0), NoiseKind::Normal, &mut noise);
            for x in noise {
                sums[0] += x;
                sums[1] += x * x;
                sums[2] += x * x * x * x;
            }
        }
        let [mean, variance, fourth] = sums.map(|s| s / 1e5);
        assert!(mean.abs() < 0.01 && (variance - 1.0).abs() < 0.015 && (fourth - 3.0).abs() < 0.1);
    }

    #[test]
    fn choices_are_alike_likely() {
        let mut counts = [0; 3];
        for replicate in 0..30_000 {
            counts[Draws::new(5, Sequence::A, replicate).choice(Stream::Aggregation, 0, 3)] += 1;
        }
        assert!(counts.iter().all(|&c| (9700..10_300).contains(&c)), "{counts:?}");
    }
}
