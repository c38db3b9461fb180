//! Natural breaks: the exact least-squares partition of sorted scores.

use super::Group;

/// Exact least-squares partition of sorted values by dynamic programming (Fisher 1958), which is
/// one-dimensional k-means and Jenks natural breaks at its optimum. Returns the end of each class
/// as a position in `groups`. Of several optima the one with the earliest breaks is taken.
pub(super) fn natural_breaks(groups: &[Group], count: usize) -> Vec<usize> {
    let n = groups.len();
    if count == 0 {
        return Vec::new();
    }
    let cost = Costs::new(groups);
    let mut best = vec![f64::INFINITY; n + 1];
    best[0] = 0.0;
    let mut from = Vec::with_capacity(count);
    for k in 1..=count {
        let mut row = Row {
            cost: &cost,
            before: &best,
            best: vec![f64::INFINITY; n + 1],
            from: vec![0; n + 1],
        };
        row.fill([k, n], [k - 1, n - 1]);
        from.push(row.from);
        best = row.best;
    }
    let mut ends = vec![n; count];
    for k in (2..=count).rev() {
        ends[k - 2] = from[k - 1][ends[k - 1]];
    }
    ends
}

/// The least costs of one more class than `before`, by end, and where that class starts.
struct Row<'a> {
    cost: &'a Costs,
    before: &'a [f64],
    best: Vec<f64>,
    from: Vec<usize>,
}

impl Row<'_> {
    /// Fills the ends of a range, whose starts lie in another.
    ///
    /// The start of the last class never moves back as its end moves on, for the cost of a class is
    /// a Monge function of both: the middle end halves the search for the others (divide and
    /// conquer, n log n steps in place of n²).
    fn fill(&mut self, [first, last]: [usize; 2], [low, high]: [usize; 2]) {
        if first > last {
            return;
        }
        let end = usize::midpoint(first, last);
        for start in low..=high.min(end - 1) {
            let candidate = self.before[start] + self.cost.of(start, end);
            if candidate < self.best[end] {
                self.best[end] = candidate;
                self.from[end] = start;
            }
        }
        let start = self.from[end].max(low);
        self.fill([first, end - 1], [low, start]);
        self.fill([end + 1, last], [start, high]);
    }
}

/// Sums over prefixes, of deviations from the overall mean so that squares do not cancel.
struct Costs {
    size: Vec<f64>,
    sum: Vec<f64>,
    squares: Vec<f64>,
}

#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
impl Costs {
    fn new(groups: &[Group]) -> Self {
        let total: f64 = groups.iter().map(|g| g.size as f64).sum();
        let mean = groups.iter().map(|g| g.score * g.size as f64).sum::<f64>() / total;
        let mut costs = Self { size: vec![0.0], sum: vec![0.0], squares: vec![0.0] };
        let (mut size, mut sum, mut squares) = (0.0, 0.0, 0.0);
        for group in groups {
            let (weight, deviation) = (group.size as f64, group.score - mean);
            size += weight;
            sum += weight * deviation;
            squares += weight * deviation * deviation;
            costs.size.push(size);
            costs.sum.push(sum);
            costs.squares.push(squares);
        }
        costs
    }

    fn of(&self, start: usize, end: usize) -> f64 {
        let size = self.size[end] - self.size[start];
        let sum = self.sum[end] - self.sum[start];
        (self.squares[end] - self.squares[start] - sum * sum / size).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Every class against every start, in n² steps.
    fn slowly(groups: &[Group], count: usize) -> f64 {
        let cost = Costs::new(groups);
        let n = groups.len();
        let mut best = vec![f64::INFINITY; n + 1];
        best[0] = 0.0;
        for k in 1..=count {
            let least = |end: usize| {
                let starts = (k - 1)..end;
                starts.map(|s| best[s] + cost.of(s, end)).fold(f64::INFINITY, f64::min)
            };
            best = (0..=n).map(least).collect();
        }
        best[n]
    }

    proptest! {
        #[test]
        fn as_good_as_trying_everything(
            scores in prop::collection::vec((0_i32..400, 1_usize..4), 1..60),
            count in 1_usize..7,
        ) {
            let mut groups: Vec<Group> = scores
                .iter()
                .map(|&(score, size)| Group { score: f64::from(score) / 7.0, size })
                .collect();
            groups.sort_by(|a, b| b.score.total_cmp(&a.score));
            groups.dedup_by(|a, b| a.score.total_cmp(&b.score).is_eq());
            let count = count.min(groups.len());
            let ends = natural_breaks(&groups, count);
            prop_assert_eq!(ends.len(), count);
            prop_assert!(ends.windows(2).all(|pair| pair[0] < pair[1]));
            let cost = Costs::new(&groups);
            let starts = std::iter::once(0).chain(ends.iter().copied());
            let found: f64 = starts.zip(&ends).map(|(start, &end)| cost.of(start, end)).sum();
            let wanted = slowly(&groups, count);
            prop_assert!((found - wanted).abs() <= 1e-9 * wanted.max(1.0), "{} {}", found, wanted);
        }
    }
}
