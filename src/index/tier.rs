//! Tiers: groups of units by score, best first; equal scores are never split.

use crate::config::{TierMethod, TierRule};

/// The tiers of a sample.
#[derive(Debug, Clone, PartialEq)]
pub struct Tiers {
    /// Best first.
    pub tiers: Vec<Tier>,
    /// Tier of each unit by its position; `None` for a unit without a score.
    pub of_unit: Vec<Option<usize>>,
    /// Goodness of variance fit, 1 − SSE / SST; 1 if all scores are equal.
    pub goodness: f64,
    /// Sum of squared distances from the tier means.
    pub sse: f64,
}

/// One tier.
#[derive(Debug, Clone, PartialEq)]
pub struct Tier {
    /// Positions of its units, best first, equals in unit order.
    pub members: Vec<usize>,
    /// Lowest score in it.
    pub low: f64,
    /// Highest score in it.
    pub high: f64,
}

impl Tiers {
    /// Scores midway between neighbouring tiers, from the top.
    #[must_use]
    pub fn cuts(&self) -> Vec<f64> {
        self.tiers.windows(2).map(|pair| f64::midpoint(pair[0].low, pair[1].high)).collect()
    }
}

/// Forms tiers of the scores; fewer than asked for if there are fewer distinct scores.
#[must_use]
pub(super) fn assign_tiers(scores: &[Option<f64>], rule: &TierRule) -> Tiers {
    let mut order: Vec<(usize, f64)> =
        scores.iter().enumerate().filter_map(|(i, s)| s.map(|s| (i, s))).collect();
    order.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let groups = equal_groups(&order);
    let count = rule.count.min(groups.len());
    let ends = match rule.method {
        TierMethod::NaturalBreaks => natural_breaks(&groups, count),
        TierMethod::Quantiles => quantiles(&groups, count),
    };
    collect(&order, &groups, &ends, scores.len())
}

/// A run of equal scores: the score and how often it stands.
struct Group {
    score: f64,
    size: usize,
}

fn equal_groups(order: &[(usize, f64)]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for &(_, score) in order {
        match groups.last_mut() {
            Some(last) if last.score.total_cmp(&score).is_eq() => last.size += 1,
            _ => groups.push(Group { score, size: 1 }),
        }
    }
    groups
}

/// Exact least-squares partition of sorted values by dynamic programming (Fisher 1958), which is
/// one-dimensional k-means and Jenks natural breaks at its optimum. Returns the end of each class
/// as a position in `groups`. Of several optima the one with the earliest breaks is taken.
fn natural_breaks(groups: &[Group], count: usize) -> Vec<usize> {
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

/// Classes of equal size: class k ends with the group in which the k-th share of units is reached.
fn quantiles(groups: &[Group], count: usize) -> Vec<usize> {
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

fn collect(order: &[(usize, f64)], groups: &[Group], ends: &[usize], units: usize) -> Tiers {
    let mut tiers = Vec::with_capacity(ends.len());
    let mut of_unit = vec![None; units];
    let (mut group, mut position) = (0, 0);
    for (number, &end) in ends.iter().enumerate() {
        let size: usize = groups[group..end].iter().map(|g| g.size).sum();
        let slice = &order[position..position + size];
        for &(unit, _) in slice {
            of_unit[unit] = Some(number);
        }
        tiers.push(Tier {
            members: slice.iter().map(|&(unit, _)| unit).collect(),
            low: slice.last().map_or(0.0, |&(_, s)| s),
            high: slice.first().map_or(0.0, |&(_, s)| s),
        });
        group = end;
        position += size;
    }
    let (sse, goodness) = fit(order, &of_unit, &tiers);
    Tiers { tiers, of_unit, goodness, sse }
}

fn fit(order: &[(usize, f64)], of_unit: &[Option<usize>], tiers: &[Tier]) -> (f64, f64) {
    let mean_of = |values: &[f64]| crate::num::mean(values).unwrap_or(0.0);
    let all: Vec<f64> = order.iter().map(|&(_, s)| s).collect();
    let overall = mean_of(&all);
    let sst: f64 = all.iter().map(|s| (s - overall) * (s - overall)).sum();
    let sse: f64 = (0..tiers.len())
        .map(|number| {
            let own: Vec<f64> = order
                .iter()
                .filter(|(unit, _)| of_unit[*unit] == Some(number))
                .map(|&(_, s)| s)
                .collect();
            let centre = mean_of(&own);
            own.iter().map(|s| (s - centre) * (s - centre)).sum::<f64>()
        })
        .sum();
    (sse, if sst > 0.0 { 1.0 - sse / sst } else { 1.0 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Localised;

    fn rule(method: TierMethod, count: usize) -> TierRule {
        TierRule { method, count, names: Localised::default() }
    }

    #[test]
    fn natural_breaks_are_exact() {
        let values = [1259.61, 2024.82, 1855.75, 1559.04, 1707.65, 1107.1, 2155.8].map(Some);
        let tiers = assign_tiers(&values, &rule(TierMethod::NaturalBreaks, 4));
        let members: Vec<&[usize]> = tiers.tiers.iter().map(|t| t.members.as_slice()).collect();
        assert_eq!(members, [&[6, 1][..], &[2, 4], &[3], &[0, 5]]);
        assert!((tiers.sse - 31_174.335_250_000_935).abs() < 1e-9);
        assert_eq!(tiers.cuts().len(), 3);
    }

    #[test]
    fn equal_scores_stay_together() {
        let values = [5.0, 5.0, 5.0, 1.0].map(Some);
        for method in [TierMethod::NaturalBreaks, TierMethod::Quantiles] {
            let tiers = assign_tiers(&values, &rule(method, 3));
            assert_eq!(tiers.of_unit, [Some(0), Some(0), Some(0), Some(1)]);
        }
    }

    #[test]
    fn quantiles_are_even() {
        let values: Vec<Option<f64>> = (0..10).map(|i| Some(f64::from(i))).collect();
        let tiers = assign_tiers(&values, &rule(TierMethod::Quantiles, 5));
        assert!(tiers.tiers.iter().all(|t| t.members.len() == 2));
    }

    #[test]
    fn nobody_scores() {
        let tiers = assign_tiers(&[None, None], &rule(TierMethod::NaturalBreaks, 5));
        assert!(tiers.tiers.is_empty());
        assert_eq!(tiers.of_unit, [None, None]);
    }
}
