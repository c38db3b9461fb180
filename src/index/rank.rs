//! Ranks: 1 is best; equal scores share a rank; units without a score have none.

use crate::config::{RankRule, Ties};
use crate::num::{Rank, round_to};

/// Ranks scores from high to low under a rule.
///
/// Scores are rounded first if the rule says so; `competition` skips ranks after a tie
/// (1, 2, 2, 4), `dense` does not (1, 2, 2, 3), `ordinal` gives equals different ranks in the order
/// of the units, which is that of their codes (1, 2, 3, 4), and `average` gives whole ranks as
/// `competition` does: [`crate::index::NodeResult::average_ranks`] has the fractions.
#[must_use]
pub fn rank_scores(scores: &[Option<f64>], rule: RankRule) -> Vec<Option<Rank>> {
    let compared: Vec<Option<f64>> = scores.iter().map(|s| s.map(|x| rounded(x, rule))).collect();
    let mut distinct: Vec<f64> = compared.iter().flatten().copied().collect();
    distinct.sort_by(|a, b| b.total_cmp(a));
    let all = distinct.clone();
    distinct.dedup();
    let rank = |x: f64| {
        let ahead = match rule.ties {
            // Average ranks are made from these; see `NodeResult::average_ranks`.
            Ties::Competition | Ties::Average | Ties::Ordinal => {
                all.partition_point(|&other| other > x)
            }
            Ties::Dense => distinct.partition_point(|&other| other > x),
        };
        Rank::try_from(ahead + 1).unwrap_or(Rank::MAX)
    };
    let mut ranks: Vec<Option<Rank>> = compared.into_iter().map(|s| s.map(rank)).collect();
    if rule.ties == Ties::Ordinal {
        let mut taken = std::collections::BTreeMap::new();
        for rank in ranks.iter_mut().flatten() {
            let equals = taken.entry(*rank).or_insert(0);
            *rank += *equals;
            *equals += 1;
        }
    }
    ranks
}

/// The score as it is compared.
#[must_use]
pub(super) fn rounded(score: f64, rule: RankRule) -> f64 {
    rule.round_digits.map_or(score + 0.0, |digits| round_to(score, digits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_share_a_rank() {
        let scores = [Some(3.001), Some(5.0), None, Some(3.004), Some(1.0)];
        let rule = |ties, round_digits| RankRule { ties, round_digits };
        assert_eq!(
            rank_scores(&scores, rule(Ties::Competition, Some(2))),
            [Some(2), Some(1), None, Some(2), Some(4)]
        );
        assert_eq!(
            rank_scores(&scores, rule(Ties::Dense, Some(2))),
            [Some(2), Some(1), None, Some(2), Some(3)]
        );
        assert_eq!(
            rank_scores(&scores, rule(Ties::Competition, None)),
            [Some(3), Some(1), None, Some(2), Some(4)]
        );
        assert_eq!(
            rank_scores(&scores, rule(Ties::Ordinal, Some(2))),
            [Some(2), Some(1), None, Some(3), Some(4)]
        );
        assert_eq!(
            rank_scores(&scores, rule(Ties::Average, Some(2))),
            [Some(2), Some(1), None, Some(2), Some(4)]
        );
    }

    #[test]
    fn zero_has_one_sign() {
        let rule = RankRule { ties: Ties::Competition, round_digits: None };
        assert_eq!(rank_scores(&[Some(0.0), Some(-0.0)], rule), [Some(1), Some(1)]);
    }
}
