//! Quantiles of counted whole numbers.

/// The type 7 quantile (Hyndman & Fan 1996; the default of R) of a sample in which the number
/// k + 1 stands `counts[k]` times; 0 for an empty sample.
#[must_use]
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in a sample stay far below 2^52"
)]
pub(super) fn counted_quantile(counts: &[u32], p: f64) -> f64 {
    let total: u64 = counts.iter().copied().map(u64::from).sum();
    let Some(last) = total.checked_sub(1) else { return 0.0 };
    let place = last as f64 * p;
    let below = place.floor();
    let lower = at(counts, below as u64);
    let upper = at(counts, (below as u64 + 1).min(last));
    lower + (place - below) * (upper - lower)
}

/// The number at a place of the sorted sample.
#[expect(clippy::cast_precision_loss, reason = "ranks stay far below 2^52")]
fn at(counts: &[u32], place: u64) -> f64 {
    let mut seen = 0;
    for (k, &count) in counts.iter().enumerate() {
        seen += u64::from(count);
        if seen > place {
            return (k + 1) as f64;
        }
    }
    counts.len() as f64
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "exact by construction")]
mod tests {
    use super::*;

    #[test]
    fn by_hand() {
        // 1 1 1 3: places 0 to 3; 0.95 * 3 = 2.85, so 1 + 0.85 * (3 - 1)
        let counts = [3, 0, 1];
        assert_eq!(counted_quantile(&counts, 0.5), 1.0);
        assert!((counted_quantile(&counts, 0.95) - 2.7).abs() < 1e-12);
        assert_eq!(counted_quantile(&counts, 1.0), 3.0);
        assert_eq!(counted_quantile(&[0, 5], 0.05), 2.0);
        assert_eq!(counted_quantile(&[0], 0.5), 0.0);
    }
}
