//! Classes of equal size.

use super::Group;

/// Classes of equal size: class k ends with the group in which the k-th share of units is reached.
pub(super) fn quantiles(groups: &[Group], count: usize) -> Vec<usize> {
    let total: usize = groups.iter().map(|g| g.size).sum();
    let mut ends = Vec::with_capacity(count);
    let (mut seen, mut end) = (0, 0);
    for k in 1..=count {
        let wanted = (total * k).div_ceil(count);
        while end < groups.len() && (seen < wanted || end < k) {
            seen += groups[end].size;
            end += 1;
        }
        // Leave at least one group for each class still to come.
        let room = groups.len() - (count - k);
        while end > room {
            end -= 1;
            seen -= groups[end].size;
        }
        ends.push(end);
    }
    ends
}
