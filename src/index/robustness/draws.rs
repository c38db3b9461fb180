//! The random numbers of one replicate, addressed by what they are for.

use crate::config::NoiseKind;
use crate::index::robustness::normal::normal_quantile;
use crate::random::{LANES, philox, philox_lanes, unit_interval};

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
    /// Choice of the treatment of outliers.
    Treatment,
    /// Choice of the rule for gaps.
    Imputation,
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
            Self::Treatment => 4,
            Self::Imputation => 5,
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

    /// Fills a slice with noise: of 32 random bits each, for there is much of it.
    pub(super) fn noise(self, stream: Stream, kind: NoiseKind, out: &mut [f64]) {
        let mut block = 0;
        for chunk in out.chunks_mut(4 * LANES as usize) {
            let counter = [block, stream.number(), self.replicate, self.sequence as u32];
            let words = philox_lanes(self.key, counter);
            block += LANES;
            for (lane, slots) in chunk.chunks_mut(4).enumerate() {
                for (word, slot) in words.iter().zip(slots) {
                    *slot = spread(word[lane], kind);
                }
            }
        }
    }
}

/// Noise from a random word; the middle of the word's step, so that quantiles are finite.
fn spread(word: u32, kind: NoiseKind) -> f64 {
    const STEP: f64 = 1.0 / 4_294_967_296.0;
    match kind {
        NoiseKind::Uniform => f64::from(word.cast_signed() ^ i32::MIN) * (2.0 * STEP) + STEP,
        NoiseKind::Normal => normal_quantile((f64::from(word) + 0.5) * STEP),
    }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "exact by construction")]
mod tests {
    use super::*;

    #[test]
    fn numbers_depend_on_their_address_alone() {
        let draws = Draws::new(7, Sequence::A, 3);
        let (mut few, mut many) = ([0.0; 5], [0.0; 100]);
        draws.noise(Stream::Values(2), NoiseKind::Uniform, &mut few);
        draws.noise(Stream::Values(2), NoiseKind::Uniform, &mut many);
        assert_eq!(few, many[..5]);
        assert!(many.iter().all(|x| x.abs() < 1.0));
        let mut seen = many.to_vec();
        seen.sort_by(f64::total_cmp);
        seen.dedup();
        assert_eq!(seen.len(), 100);
        let other = Draws::new(7, Sequence::B, 3);
        assert_ne!(draws.uniform(Stream::Weights, 0), other.uniform(Stream::Weights, 0));
        assert_ne!(draws.uniform(Stream::Weights, 0), draws.uniform(Stream::Weights, 1));
    }

    #[test]
    fn uniform_noise_is_centred() {
        assert_eq!(spread(0, NoiseKind::Uniform), -spread(u32::MAX, NoiseKind::Uniform));
        assert!(spread(1 << 31, NoiseKind::Uniform) > 0.0);
        assert!(spread((1 << 31) - 1, NoiseKind::Uniform) < 0.0);
        assert!(spread(0, NoiseKind::Normal).is_finite());
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
