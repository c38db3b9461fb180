//! Sentences about the shape of a ranking: gaps, slopes and steps.

use crate::config::TierMethod;
use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::Speaker;
use crate::content::sentences::quantity::printed_score;
use crate::num::{mean, shortest};

/// How many times the median gap a gap must be to set the leaders far above the rest.
const FAR: f64 = 2.0;

/// Share of the distance between first and last that such a gap must also be.
const WIDE: f64 = 0.1;

/// Fewest units in which a gap near the top is worth a word.
const FEWEST_FOR_GAP: usize = 6;

/// How many times the slope of the middle makes a slope steep.
const STEEP: f64 = 1.5;

/// Fewest units in which slopes of top, middle and bottom can be compared.
const FEWEST_FOR_SLOPE: usize = 15;

/// Most units named as followers.
const MOST_FOLLOWERS: usize = 3;

impl Speaker<'_> {
    /// Leaders set apart: 北京和上海得分远高于其他城市，其次是深圳，得分超过60分。
    ///
    /// Leaders end at the widest gap in the top third of the ranking, which must be more than twice
    /// the median gap (the mean gap, if half the units or more are level) and at least a tenth of
    /// the distance between first and last, since small gaps are not far. The followers, three at
    /// most, end at the widest gap behind them; the score they exceed is the highest multiple of
    /// five, or else the highest whole number, that lies between them and the next unit. Empty
    /// below six ranked units.
    #[must_use]
    pub(crate) fn far_above(&self, node: NodeAt) -> Phrase {
        let ranked = self.scores_in_order(node);
        let gaps = gaps(&ranked);
        if ranked.len() < FEWEST_FOR_GAP {
            return Phrase::default();
        }
        let Some(cut) = widest(&gaps, 0, ranked.len() / 3) else { return Phrase::default() };
        let typical = Some(median(&gaps)).filter(|m| *m > 0.0).or_else(|| mean(&gaps));
        let whole: f64 = gaps.iter().sum();
        if typical.is_none_or(|typical| gaps[cut] <= FAR * typical) || gaps[cut] < WIDE * whole {
            return Phrase::default();
        }
        let (leaders, rest) = ranked.split_at(cut + 1);
        let end = widest(&gaps, cut + 1, MOST_FOLLOWERS).map_or(rest.len(), |end| end - cut);
        let (followers, others) = rest.split_at(end.min(rest.len()));
        let names = |units: &[(UnitAt, f64)]| {
            self.units(&units.iter().map(|(unit, _)| *unit).collect::<Vec<_>>())
        };
        let threshold = match (followers.last(), others.first()) {
            (Some((_, low)), Some((_, next))) => below(*low, *next),
            _ => None,
        };
        let limit = threshold.map_or_else(Phrase::default, |t| {
            let t =
                Phrase::quantity(self.sample_id(node, "followers-above"), shortest(t, self.lang));
            match followers.len() {
                1 => self.part("，得分超过{0}分", ", at over {0}", &[t]),
                2 => self.part("，得分均超过{0}分", ", both over {0}", &[t]),
                _ => self.part("，得分均超过{0}分", ", all over {0}", &[t]),
            }
        });
        let verb = Phrase::plain(if leaders.len() == 1 { "scores" } else { "score" });
        self.sentence(
            "{0}{1}得分远高于其他城市，其次是{2}{3}。",
            "{0}{1} {4} far above the rest, followed by {2}{3}.",
            &[self.opening(node), names(leaders), names(followers), limit, verb],
        )
    }

    /// Where scores fall steeply: the mean fall from place to place within the top quarter, the
    /// bottom quarter and between.
    ///
    /// Steep is more than one and a half times the middle. Says that the fall is even if no part is
    /// steeper than another by that measure. Empty below fifteen ranked units, if all
    /// are level, and if the middle is the steep part.
    #[must_use]
    pub(crate) fn slope_note(&self, node: NodeAt) -> Phrase {
        let ranked = self.scores_in_order(node);
        let n = ranked.len();
        if n < FEWEST_FOR_SLOPE {
            return Phrase::default();
        }
        let quarter = n / 4;
        let gaps = gaps(&ranked);
        let slope = |from: usize, to: usize| mean(&gaps[from..to]).unwrap_or(0.0);
        let top = slope(0, quarter - 1);
        let middle = slope(quarter - 1, n - quarter);
        let bottom = slope(n - quarter, n - 1);
        if gaps.iter().all(|gap| *gap <= 0.0) {
            return Phrase::default();
        }
        let steep = |slope: f64| slope > 0.0 && slope > STEEP * middle;
        let (zh, en) = match (steep(top), steep(bottom)) {
            (true, true) => (
                "{0}前{1}名与后{1}名得分下降较陡，中段较缓。",
                "{0}scores fall steeply in the top {1} and bottom {1} and more gently in between.",
            ),
            (true, false) => (
                "{0}前{1}名得分下降较陡，其后较缓。",
                "{0}scores fall steeply in the top {1} and more gently after that.",
            ),
            (false, true) => (
                "{0}后{1}名得分下降较陡，此前较缓。",
                "{0}scores fall gently at first and steeply in the bottom {1}.",
            ),
            (false, false) if middle > STEEP * top || middle > STEEP * bottom => {
                return Phrase::default();
            }
            (false, false) => {
                ("{0}得分下降较为均匀。", "{0}scores fall fairly evenly from top to bottom.")
            }
        };
        self.sentence(zh, en, &[self.opening(node), self.top_places(node, quarter)])
    }

    /// Steps of the index score: 得分呈阶梯型下降，形成五个梯队。
    ///
    /// Only for the index, only with tiers by natural breaks, and only if scores fall further from
    /// tier to tier than within tiers.
    #[must_use]
    pub(crate) fn step_note(&self, node: NodeAt) -> Phrase {
        let rule = self.results.config.method.tiers.as_ref();
        let natural = rule.is_some_and(|t| t.method == TierMethod::NaturalBreaks);
        let Some(tiers) = self.results.index.tiers.as_ref().filter(|_| node == 0 && natural) else {
            return Phrase::default();
        };
        let between: Vec<f64> =
            tiers.tiers.windows(2).map(|pair| pair[0].low - pair[1].high).collect();
        let within: Vec<f64> = tiers
            .tiers
            .iter()
            .flat_map(|tier| {
                let scores: Vec<f64> =
                    tier.members.iter().filter_map(|&u| self.results.score(u, node)).collect();
                scores.windows(2).map(|pair| pair[0] - pair[1]).collect::<Vec<_>>()
            })
            .collect();
        let steps = mean(&between).is_some_and(|step| step > mean(&within).unwrap_or(0.0));
        if !steps {
            return Phrase::default();
        }
        let count = self.count(self.sample_id(node, "tiers"), tiers.tiers.len());
        self.sentence(
            "得分呈阶梯型下降，形成{0}个梯队。",
            "scores fall in steps, forming {0} tiers.",
            &[count],
        )
    }

    /// Ranked units with their scores as printed, best first.
    fn scores_in_order(&self, node: NodeAt) -> Vec<(UnitAt, f64)> {
        let score = |&unit: &UnitAt| Some((unit, printed_score(self.results.score(unit, node)?)));
        self.results.order(node).iter().filter_map(score).collect()
    }
}

/// How far scores fall from each place to the next.
fn gaps(ranked: &[(UnitAt, f64)]) -> Vec<f64> {
    ranked.windows(2).map(|pair| pair[0].1 - pair[1].1).collect()
}

/// Position of the widest of `count` gaps from `start` on; the first of equals.
fn widest(gaps: &[f64], start: usize, count: usize) -> Option<usize> {
    (start..gaps.len().min(start + count))
        .max_by(|&a, &b| gaps[a].total_cmp(&gaps[b]).then(b.cmp(&a)))
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        n => f64::midpoint(sorted[(n - 1) / 2], sorted[n / 2]),
    }
}

/// A round number below `low` and not below `next`.
fn below(low: f64, next: f64) -> Option<f64> {
    [5.0, 1.0].into_iter().find_map(|step: f64| {
        let candidate = ((low / step).ceil() - 1.0) * step;
        (candidate >= next).then_some(candidate)
    })
}

#[cfg(test)]
mod tests {
    use crate::content::sentences::testing::{
        ENVIRONMENT, INDEX, KNOWLEDGE, plain, sample, says, silent, tiered,
    };

    #[test]
    fn leaders_far_above() {
        let results = plain(&[90.0, 87.0, 60.0, 57.0, 40.0, 38.0, 36.0, 34.0, 32.0]);
        says(
            &results,
            |s| s.far_above(INDEX),
            "城1和城2得分远高于其他城市，其次是城3和城4，得分均超过55分。",
            "City 1 and City 2 score far above the rest, followed by City 3 and City 4, both over 55.",
        );
        says(
            &results,
            |s| s.far_above(KNOWLEDGE),
            "知识创造力方面，城1和城2得分远高于其他城市，其次是城3和城4，得分均超过55分。",
            "On knowledge creation, City 1 and City 2 score far above the rest, followed by City 3 and City 4, both over 55.",
        );
    }

    #[test]
    fn one_leader_far_above() {
        let results = plain(&[90.0, 51.2, 50.6, 49.9, 45.0, 44.0, 43.0, 42.0, 41.0]);
        says(
            &results,
            |s| s.far_above(INDEX),
            "城1得分远高于其他城市，其次是城2、城3和城4，得分均超过45分。",
            "City 1 scores far above the rest, followed by City 2, City 3 and City 4, all over 45.",
        );
    }

    #[test]
    fn one_follower() {
        let results = plain(&[90.0, 60.0, 44.0, 43.0, 42.0, 41.0, 40.0]);
        says(
            &results,
            |s| s.far_above(INDEX),
            "城1得分远高于其他城市，其次是城2，得分超过55分。",
            "City 1 scores far above the rest, followed by City 2, at over 55.",
        );
    }

    #[test]
    fn nobody_far_above() {
        let results = plain(&[90.0, 80.0, 70.0, 60.0, 50.0, 40.0]);
        silent(&results, |s| s.far_above(INDEX));
    }

    #[test]
    fn a_small_gap_is_not_far() {
        let results = plain(&[90.0, 86.0, 85.0, 84.0, 83.0, 82.0, 40.0]);
        silent(&results, |s| s.far_above(INDEX));
    }

    #[test]
    fn too_few_for_gaps() {
        let results = plain(&[90.0, 10.0, 9.0, 8.0, 7.0]);
        silent(&results, |s| s.far_above(INDEX));
        silent(&results, |s| s.slope_note(INDEX));
    }

    #[test]
    fn steep_at_both_ends() {
        let results = plain(&[
            95.0, 85.0, 75.0, 70.0, 69.0, 68.0, 67.0, 66.0, 65.0, 64.0, 63.0, 62.0, 61.0, 51.0,
            41.0, 31.0,
        ]);
        says(
            &results,
            |s| s.slope_note(INDEX),
            "前四名与后四名得分下降较陡，中段较缓。",
            "Scores fall steeply in the top four and bottom four and more gently in between.",
        );
        says(
            &results,
            |s| s.slope_note(ENVIRONMENT),
            "环境支撑力方面，前四名与后四名得分下降较陡，中段较缓。",
            "On enabling environment, scores fall steeply in the top four and bottom four and more gently in between.",
        );
    }

    #[test]
    fn steep_at_the_top() {
        let results = plain(&[
            95.0, 85.0, 75.0, 70.0, 69.0, 68.0, 67.0, 66.0, 65.0, 64.0, 63.0, 62.0, 61.0, 60.0,
            59.0, 58.0,
        ]);
        says(
            &results,
            |s| s.slope_note(INDEX),
            "前四名得分下降较陡，其后较缓。",
            "Scores fall steeply in the top four and more gently after that.",
        );
    }

    #[test]
    fn steep_at_the_bottom() {
        let results = plain(&[
            75.0, 74.0, 73.0, 72.0, 71.0, 70.0, 69.0, 68.0, 67.0, 66.0, 65.0, 64.0, 60.0, 50.0,
            40.0, 30.0,
        ]);
        says(
            &results,
            |s| s.slope_note(INDEX),
            "后四名得分下降较陡，此前较缓。",
            "Scores fall gently at first and steeply in the bottom four.",
        );
    }

    #[test]
    fn an_even_slope() {
        let results = plain(&[
            75.0, 74.0, 73.0, 72.0, 71.0, 70.0, 69.0, 68.0, 67.0, 66.0, 65.0, 64.0, 63.0, 62.0,
            61.0,
        ]);
        says(
            &results,
            |s| s.slope_note(INDEX),
            "得分下降较为均匀。",
            "Scores fall fairly evenly from top to bottom.",
        );
    }

    #[test]
    fn a_steep_middle() {
        let results = plain(&[
            75.0, 74.9, 74.8, 64.0, 54.0, 44.0, 40.0, 36.0, 32.0, 28.0, 24.0, 20.0, 19.9, 19.8,
            19.7,
        ]);
        silent(&results, |s| s.slope_note(INDEX));
    }

    #[test]
    fn level_scores_have_no_slope() {
        let results = plain(&[50.0; 20]);
        silent(&results, |s| s.far_above(INDEX));
        silent(&results, |s| s.slope_note(INDEX));
    }

    #[test]
    fn steps_by_tiers() {
        let mut results = plain(&[90.0, 88.0, 60.0, 58.0, 20.0]);
        tiered(&mut results, &[&[0, 1], &[2, 3], &[4]]);
        says(
            &results,
            |s| s.step_note(INDEX),
            "得分呈阶梯型下降，形成三个梯队。",
            "Scores fall in steps, forming three tiers.",
        );
        silent(&results, |s| s.step_note(KNOWLEDGE));
    }

    #[test]
    fn no_steps() {
        let mut results = plain(&[90.0, 80.0, 75.0, 65.0]);
        tiered(&mut results, &[&[0, 1], &[2, 3]]);
        silent(&results, |s| s.step_note(INDEX));
    }

    #[test]
    fn no_tiers() {
        let results = sample();
        silent(&results, |s| s.step_note(INDEX));
    }
}
