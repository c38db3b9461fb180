//! Cuts in the widest gaps between neighbouring scores.

use super::Group;

/// The end of each class; of equal gaps the higher is cut.
pub(super) fn largest_gaps(groups: &[Group], count: usize) -> Vec<usize> {
    let mut gaps: Vec<(usize, f64)> = groups
        .windows(2)
        .enumerate()
        .map(|(at, pair)| (at + 1, pair[0].score - pair[1].score))
        .collect();
    gaps.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let mut ends: Vec<usize> = gaps.iter().take(count.saturating_sub(1)).map(|g| g.0).collect();
    ends.sort_unstable();
    if count > 0 {
        ends.push(groups.len());
    }
    ends
}
