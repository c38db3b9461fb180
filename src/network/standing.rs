//! Counts as shares and ranks, who always leads, and what grows fastest.

/// A count among others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Standing {
    /// Position of what is counted.
    pub at: usize,
    /// The count.
    pub count: u64,
    /// Its share of the total.
    pub share: f64,
    /// Its rank, 1 for the largest; equal counts share a rank.
    pub rank: u32,
}

/// Growth between the first and the last year.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Growth {
    /// Position of what is counted.
    pub at: usize,
    /// Count in the first year.
    pub first: u64,
    /// Count in the last year.
    pub last: u64,
    /// Last / first.
    pub ratio: f64,
    /// Mean yearly growth, ratio^(1/years) − 1.
    pub yearly: f64,
}

/// Growth of all that is large enough in the first year, and what was left out.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Growths {
    /// The fastest growing first; equals by position.
    pub ranked: Vec<Growth>,
    /// Positions of what counts in the last year but was below the small base in the first.
    pub below_base: Vec<usize>,
}

/// `part / whole`; 0 of nothing is nothing.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of rows stay far below 2^52")]
pub fn share(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Counts above zero, the largest first, equals by position.
#[must_use]
pub fn ranked(counts: &[u64]) -> Vec<Standing> {
    ranked_where(counts, |_| true)
}

/// Counts above zero of the positions that may be ranked; shares are of the total of all.
#[must_use]
pub fn ranked_where(counts: &[u64], may: impl Fn(usize) -> bool) -> Vec<Standing> {
    let total: u64 = counts.iter().sum();
    let mut order: Vec<usize> = (0..counts.len()).filter(|&at| counts[at] > 0 && may(at)).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(counts[at]), at));
    let mut standings: Vec<Standing> = Vec::with_capacity(order.len());
    for (place, at) in (1..).zip(order) {
        let count = counts[at];
        let rank = match standings.last() {
            Some(above) if above.count == count => above.rank,
            _ => place,
        };
        standings.push(Standing { at, count, share: share(count, total).unwrap_or(0.0), rank });
    }
    standings
}

/// Share of the `k` largest counts; `None` of nothing.
#[must_use]
pub fn top_share(counts: &[u64], k: usize) -> Option<f64> {
    let mut sorted = counts.to_vec();
    sorted.sort_unstable_by_key(|&count| std::cmp::Reverse(count));
    share(sorted.iter().take(k).sum(), counts.iter().sum())
}

/// Herfindahl–Hirschman index: the sum of squared shares; `None` of nothing.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "rounded once, after an exact sum")]
pub fn hhi(counts: &[u64]) -> Option<f64> {
    let total: u64 = counts.iter().sum();
    let squares: u128 = counts.iter().map(|&count| u128::from(count) * u128::from(count)).sum();
    (total > 0).then(|| squares as f64 / (total as f64 * total as f64))
}

/// What has the largest count of every year, alone; `None` for fewer than two years with counts.
#[must_use]
pub fn always_leading(years: &[&[u64]]) -> Option<usize> {
    let counted = years.iter().filter(|counts| counts.iter().any(|&count| count > 0));
    let leaders: Vec<Option<usize>> = counted.map(|counts| sole_leader(counts)).collect();
    let first = (*leaders.first()?)?;
    (leaders.len() > 1 && leaders.iter().all(|leader| *leader == Some(first))).then_some(first)
}

fn sole_leader(counts: &[u64]) -> Option<usize> {
    match ranked(counts)[..] {
        [one] => Some(one.at),
        [first, second, ..] if first.count > second.count => Some(first.at),
        _ => None,
    }
}

/// Growth from `first` to `last` over so many years, of all that counts `small_base` or more in
/// the first year: the growth of a handful tells nothing.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "counts of rows stay far below 2^52")]
pub fn growths(first: &[u64], last: &[u64], years: i32, small_base: u64) -> Growths {
    let mut growths = Growths::default();
    for (at, (&first, &last)) in first.iter().zip(last).enumerate() {
        if first >= small_base.max(1) {
            let ratio = last as f64 / first as f64;
            let yearly = crate::num::pow(ratio, 1.0 / f64::from(years.max(1))) - 1.0;
            growths.ranked.push(Growth { at, first, last, ratio, yearly });
        } else if last > 0 {
            growths.below_base.push(at);
        }
    }
    growths.ranked.sort_by(|a, b| b.ratio.total_cmp(&a.ratio).then(a.at.cmp(&b.at)));
    growths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_counts_share_a_rank() {
        let found = ranked(&[2, 0, 5, 2, 1]);
        let ranks: Vec<(usize, u32)> = found.iter().map(|s| (s.at, s.rank)).collect();
        assert_eq!(ranks, [(2, 1), (0, 2), (3, 2), (4, 4)]);
        assert!((found[0].share - 0.5).abs() < 1e-12);
        assert!(ranked(&[]).is_empty());
    }

    #[test]
    fn concentration_by_hand() {
        assert_eq!(top_share(&[1, 5, 2], 2), Some(0.875));
        assert_eq!(hhi(&[1, 3]), Some(0.625));
        assert_eq!((top_share(&[], 3), hhi(&[0, 0])), (None, None));
    }

    #[test]
    fn a_leader_leads_alone_and_every_year() {
        assert_eq!(always_leading(&[&[0, 0], &[3, 1], &[4, 2]]), Some(0));
        assert_eq!(always_leading(&[&[3, 1], &[4, 4]]), None);
        assert_eq!(always_leading(&[&[3, 1], &[1, 3]]), None);
        assert_eq!(always_leading(&[&[3, 1]]), None);
        assert_eq!(always_leading(&[]), None);
    }

    #[test]
    fn small_bases_do_not_grow_fastest() {
        let found = growths(&[10, 1, 20, 0], &[40, 30, 20, 5], 2, 10);
        let ranked: Vec<usize> = found.ranked.iter().map(|g| g.at).collect();
        assert_eq!((ranked, found.below_base), (vec![0, 2], vec![1, 3]));
        assert!((found.ranked[0].yearly - 1.0).abs() < 1e-12); // fourfold in two years
    }
}
