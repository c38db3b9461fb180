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
    let mut best = vec![vec![f64::INFINITY; n + 1]; count + 1];
    let mut from = vec![vec![0; n + 1]; count + 1];
    best[0][0] = 0.0;
    for k in 1..=count {
        for end in k..=n {
            for start in (k - 1)..end {
                let candidate = best[k - 1][start] + cost.of(start, end);
                if candidate < best[k][end] {
                    best[k][end] = candidate;
                    from[k][end] = start;
                }
            }
        }
    }
    let mut ends = vec![n; count];
    for k in (2..=count).rev() {
        ends[k - 2] = from[k][ends[k - 1]];
    }
    ends
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
