//! Values from a lowest one on, counted.

/// Different values, ascending, with how often each occurs.
pub(super) struct Tail<'a> {
    counts: std::borrow::Cow<'a, [(u64, u64)]>,
    count: u64,
}

#[expect(clippy::cast_precision_loss, reason = "counts and degrees stay far below 2^53")]
impl Tail<'_> {
    /// The positive values.
    pub(super) fn new(values: &[u64]) -> Self {
        let mut sorted: Vec<u64> = values.iter().copied().filter(|&value| value > 0).collect();
        sorted.sort_unstable();
        let counts: Vec<(u64, u64)> =
            sorted.chunk_by(|a, b| a == b).map(|equal| (equal[0], equal.len() as u64)).collect();
        Self { counts: counts.into(), count: sorted.len() as u64 }
    }

    /// The tail from every value on but the largest.
    pub(super) fn tails(&self) -> impl Iterator<Item = Tail<'_>> {
        let mut left = self.count;
        (1..self.counts.len()).map(move |next| {
            let tail = Tail { counts: (&self.counts[next - 1..]).into(), count: left };
            left -= self.counts[next - 1].1;
            tail
        })
    }

    /// The lowest value.
    pub(super) fn first(&self) -> u64 {
        self.counts[0].0
    }

    pub(super) fn first_as_real(&self) -> f64 {
        self.first() as f64
    }

    /// Number of values.
    pub(super) const fn count(&self) -> u64 {
        self.count
    }

    pub(super) fn size(&self) -> f64 {
        self.count as f64
    }

    /// Different values with how often each occurs.
    pub(super) fn values(&self) -> impl Iterator<Item = (f64, f64)> {
        self.counts.iter().map(|&(value, number)| (value as f64, number as f64))
    }

    /// Mean of a function over all values.
    pub(super) fn mean(&self, each: impl Fn(f64) -> f64) -> f64 {
        self.values().map(|(value, number)| number * each(value)).sum::<f64>() / self.size()
    }
}
