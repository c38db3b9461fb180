//! Ward clusters of profiles (Ward 1963), the form called Ward.D2 in R and `ward` in scipy.
//!
//! A profile is a unit's scores right below the index, as they are; a missing one takes the mean of
//! the sample there. Units of equal index score start as one cluster at their centroid, so they are
//! never split; without equal scores the tree is that of scipy. Two clusters merge at the height
//! `sqrt(2 a b / (a + b)) |centroid − centroid|`, found by nearest-neighbour chains (Murtagh 1983).
//! Clusters are ordered by the mean index score of their units; they may overlap in score.

use super::{Group, TierDetail};

/// A cluster under way.
#[derive(Clone)]
struct Cluster {
    centroid: Vec<f64>,
    size: f64,
}

impl Cluster {
    fn squared_height(&self, other: &Self) -> f64 {
        let squares = self.centroid.iter().zip(&other.centroid).map(|(a, b)| (a - b) * (a - b));
        2.0 * self.size * other.size / (self.size + other.size) * squares.sum::<f64>()
    }

    fn merged(&self, other: &Self) -> Self {
        let size = self.size + other.size;
        let pairs = self.centroid.iter().zip(&other.centroid);
        let centroid = pairs.map(|(a, b)| (a * self.size + b * other.size) / size).collect();
        Self { centroid, size }
    }
}

/// The cluster of each group of equal scores, best cluster first, and what there is to tell.
pub(super) fn clusters(
    order: &[(usize, f64)],
    groups: &[Group],
    profile: &[&[Option<f64>]],
    count: usize,
) -> (Vec<usize>, TierDetail) {
    let starts = centroids(order, groups, profile);
    let mut merges = tree(&starts);
    merges.sort_by(|a, b| a.2.total_cmp(&b.2));
    let made = groups.len() - count;
    let mut label: Vec<usize> = (0..groups.len()).collect();
    for &(a, b, _) in &merges[..made.min(merges.len())] {
        let (from, to) = (label[a].max(label[b]), label[a].min(label[b]));
        for own in label.iter_mut().filter(|own| **own == from) {
            *own = to;
        }
    }
    let heights = merges.iter().skip(made).rev().map(|m| m.2).collect();
    let goodness = goodness(&starts, &label);
    (by_mean_score(groups, &label), TierDetail::Ward { heights, goodness })
}

/// The profiles of the groups of equal scores.
#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
fn centroids(order: &[(usize, f64)], groups: &[Group], profile: &[&[Option<f64>]]) -> Vec<Cluster> {
    let means: Vec<f64> = profile
        .iter()
        .map(|column| {
            let known: Vec<f64> = order.iter().filter_map(|&(unit, _)| column[unit]).collect();
            crate::num::mean(&known).unwrap_or(0.0)
        })
        .collect();
    let mut position = 0;
    groups
        .iter()
        .map(|group| {
            let own = &order[position..position + group.size];
            position += group.size;
            let size = group.size as f64;
            let centre = |(column, mean): (&&[Option<f64>], &f64)| {
                own.iter().map(|&(unit, _)| column[unit].unwrap_or(*mean)).sum::<f64>() / size
            };
            Cluster { centroid: profile.iter().zip(&means).map(centre).collect(), size }
        })
        .collect()
}

/// All merges with their heights: two members and the height, in the order of the chains.
fn tree(starts: &[Cluster]) -> Vec<(usize, usize, f64)> {
    let mut clusters: Vec<Option<Cluster>> = starts.iter().cloned().map(Some).collect();
    let mut merges = Vec::new();
    let mut chain: Vec<usize> = Vec::new();
    while merges.len() + 1 < starts.len() {
        if chain.is_empty() {
            chain.extend(clusters.iter().position(Option::is_some));
        }
        let (Some(&top), before) = (chain.last(), chain.len().checked_sub(2).map(|at| chain[at]))
        else {
            break;
        };
        let Some(own) = &clusters[top] else { break };
        // The cluster before wins a draw, so that the chain ends.
        let mut nearest =
            before.and_then(|b| clusters[b].as_ref().map(|c| (b, own.squared_height(c))));
        for (at, other) in clusters.iter().enumerate().filter(|(at, _)| *at != top) {
            let Some(other) = other else { continue };
            let height = own.squared_height(other);
            if nearest.is_none_or(|(_, least)| height < least) {
                nearest = Some((at, height));
            }
        }
        let Some((next, height)) = nearest else { break };
        if Some(next) == before {
            let union = clusters[next].as_ref().map(|other| own.merged(other));
            merges.push((next.min(top), next.max(top), height.max(0.0).sqrt()));
            clusters[next.max(top)] = None;
            clusters[next.min(top)] = union;
            chain.truncate(chain.len() - 2);
        } else {
            chain.push(next);
        }
    }
    merges
}

/// Share of the variance of the profiles that lies between clusters.
fn goodness(starts: &[Cluster], label: &[usize]) -> f64 {
    let spread = |own: &[&Cluster]| -> f64 {
        let Some((first, rest)) = own.split_first() else { return 0.0 };
        let centre = rest.iter().fold((*first).clone(), |sum, c| sum.merged(c)).centroid;
        let squares = |c: &Cluster| {
            c.centroid.iter().zip(&centre).map(|(a, b)| (a - b) * (a - b)).sum::<f64>()
        };
        own.iter().map(|c| c.size * squares(c)).sum()
    };
    let total = spread(&starts.iter().collect::<Vec<_>>());
    let mut distinct: Vec<usize> = label.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    let within: f64 = distinct
        .iter()
        .map(|l| {
            let own = starts.iter().zip(label).filter(|(_, own)| *own == l).map(|(c, _)| c);
            spread(&own.collect::<Vec<_>>())
        })
        .sum();
    if total > 0.0 { 1.0 - within / total } else { 1.0 }
}

/// Numbers clusters by mean index score, best first; of equals the one with the best unit first.
#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
fn by_mean_score(groups: &[Group], label: &[usize]) -> Vec<usize> {
    let mut means: Vec<(usize, f64)> = Vec::new();
    for &own in label {
        if means.iter().any(|m| m.0 == own) {
            continue;
        }
        let (mut sum, mut size) = (0.0, 0.0);
        for (group, _) in groups.iter().zip(label).filter(|(_, l)| **l == own) {
            sum += group.score * group.size as f64;
            size += group.size as f64;
        }
        means.push((own, sum / size));
    }
    means.sort_by(|a, b| b.1.total_cmp(&a.1));
    label.iter().map(|own| means.iter().position(|m| m.0 == *own).unwrap_or(0)).collect()
}
