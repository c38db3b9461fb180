//! Sentences about how many values exceed a threshold.

use crate::config::Direction;
use crate::content::phrase::Phrase;
use crate::content::results::NodeAt;
use crate::content::sentences::amount::{Style, Zeros};
use crate::content::sentences::{Speaker, english};
use crate::lang::Lang;
use crate::num::{pow, round_to, shortest};

impl Speaker<'_> {
    /// How many units exceed one or two thresholds: 有三个城市的地区生产总值超过20000亿元，……
    ///
    /// Strictly, of values as printed. A threshold that nobody exceeds is passed over; empty if
    /// there is none left.
    #[must_use]
    pub(crate) fn over_threshold_count(
        &self,
        indicator: NodeAt,
        t: f64,
        t2: Option<f64>,
    ) -> Phrase {
        let values = self.printed_values(indicator);
        let over = |t: f64| values.iter().filter(|(_, v)| *v > t).count();
        let mut told: Vec<(f64, usize)> = Vec::new();
        for t in [Some(t), t2].into_iter().flatten() {
            if over(t) > 0 && told.iter().all(|(other, _)| other.total_cmp(&t).is_ne()) {
                told.push((t, over(t)));
            }
        }
        // Of two thresholds that the same units exceed, the higher says it all.
        if told.len() == 2 && told[0].1 == told[1].1 {
            told = vec![if told[0].0 > told[1].0 { told[0] } else { told[1] }];
        }
        let Some(&(t, count)) = told.first() else { return Phrase::default() };
        let counted = |t: f64, n: usize| {
            let above = format!("above-{}", shortest(t, Lang::Zh));
            self.count(self.sample_id(indicator, &above), n)
        };
        let all = count == values.len() && count > 1;
        let (zh, en) = match (all, count) {
            (true, _) => ("全部{0}个城市的{1}均超过{2}", "all {0} cities have {3}"),
            (_, 1) => ("有{0}个城市的{1}超过{2}", "{0} city has {3}"),
            _ => ("有{0}个城市的{1}超过{2}", "{0} cities have {3}"),
        };
        let first = self.sentence(
            zh,
            en,
            &[
                counted(t, count),
                self.node(indicator),
                self.threshold(indicator, t),
                self.more_than(indicator, t),
            ],
        );
        let second = told.get(1).map_or_else(Phrase::default, |&(t, n)| {
            let en = match (self.counts(indicator), n) {
                (true, 1) => "; {0} has more than {1}",
                (true, _) => "; {0} have more than {1}",
                (false, 1) => "; {0} is above {1}",
                (false, _) => "; {0} are above {1}",
            };
            let bare = match self.lang {
                Lang::En if self.counts(indicator) => Phrase::plain(self.threshold_count(t)),
                _ => self.threshold(indicator, t),
            };
            self.part("，{0}个城市超过{1}", en, &[counted(t, n), bare])
        });
        first.then(second).text(self.word("。", "."))
    }

    /// What the first `n` all exceed: 独角兽企业排名前五的城市皆超过20家。
    ///
    /// The threshold is the largest of 1, 2 and 5 times a power of ten strictly below the value at
    /// the end of the list; for counts it is a whole number. Ties at the end are taken in. Empty if
    /// less is better, below two units, or if the last value is not above such a threshold.
    #[must_use]
    pub(crate) fn all_top_exceed(&self, indicator: NodeAt, n: usize) -> Phrase {
        let units = self.first(indicator, n);
        let Some(style) = self.style(indicator).filter(|_| self.more_is_better(indicator)) else {
            return Phrase::default();
        };
        let values: Option<Vec<f64>> = units
            .iter()
            .map(|&u| Some(style.rounded(self.results.cell(u, indicator)?.value)))
            .collect();
        let least = values.unwrap_or_default().into_iter().min_by(f64::total_cmp);
        let whole = style.decimals == 0;
        let t = least.and_then(nice_below).filter(|t| !whole || *t >= 1.0);
        let Some(t) = t.filter(|_| units.len() > 1) else { return Phrase::default() };
        self.sentence(
            "{1}排名前{0}的城市皆超过{2}。",
            "the top {0} cities all have {3}.",
            &[
                self.depth(indicator, units.len()),
                self.node(indicator),
                self.threshold(indicator, t),
                self.more_than(indicator, t),
            ],
        )
    }

    /// A threshold with the measure of an indicator.
    fn threshold(&self, indicator: NodeAt, t: f64) -> Phrase {
        let Some(style) = self.style(indicator) else { return Phrase::default() };
        let decimals = (0..4).find(|&d| (round_to(t, d) - t).abs() < 1e-9).unwrap_or(4);
        let style = Style { decimals, zeros: Zeros::Drop, ..style };
        Phrase::plain(style.print(t))
    }

    /// A threshold of a count, in words if it is a small whole number.
    fn threshold_count(&self, t: f64) -> String {
        if t.fract() == 0.0 { self.whole(t) } else { shortest(t, self.lang) }
    }

    /// What has a larger value, in English: “more than 20 unicorns”, “GDP per head above CNY 90,000”.
    fn more_than(&self, indicator: NodeAt, t: f64) -> Phrase {
        if self.counts(indicator) {
            let name = self.node(indicator).text;
            let one = t.total_cmp(&1.0).is_eq();
            let name = if one { english::singular(&name) } else { name };
            return Phrase::plain(format!("more than {} {name}", self.threshold_count(t)));
        }
        self.node(indicator).text(" above ").then(self.threshold(indicator, t))
    }

    /// Whether larger values of an indicator are the better ones.
    pub(super) fn more_is_better(&self, indicator: NodeAt) -> bool {
        self.results.spec(indicator).is_some_and(|s| s.direction == Direction::Positive)
    }
}

/// The largest of 1, 2 and 5 times a power of ten strictly below a value above zero.
fn nice_below(value: f64) -> Option<f64> {
    let powers = (-6_i32..=15).map(|exponent| pow(10.0, f64::from(exponent)));
    powers
        .flat_map(|power| [1.0, 2.0, 5.0].map(|digit| round_to(digit * power, 6)))
        .filter(|nice| *nice < value)
        .max_by(f64::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::sentences::testing::{
        ENERGY, GDP, GROWTH, INDEX, UNICORNS, sample, says, set_values, silent,
    };

    #[test]
    fn nice_numbers_lie_strictly_below() {
        let cases = [(21.0, 20.0), (20.0, 10.0), (5.01, 5.0), (1.0, 0.5), (36102.6, 20000.0)];
        for (value, expected) in cases {
            assert_eq!(nice_below(value), Some(expected));
        }
        assert_eq!(nice_below(0.0), None);
        assert_eq!(nice_below(-3.0), None);
    }

    #[test]
    fn how_many_exceed() {
        let results = sample();
        says(
            &results,
            |s| s.over_threshold_count(UNICORNS, 50.0, Some(20.0)),
            "有两个城市的独角兽企业超过50家，四个城市超过20家。",
            "Two cities have more than 50 unicorns; four have more than 20.",
        );
        says(
            &results,
            |s| s.over_threshold_count(GDP, 20000.0, None),
            "有五个城市的地区生产总值超过2万亿元。",
            "Five cities have gross domestic product above CNY 2,000 billion.",
        );
        says(
            &results,
            |s| s.over_threshold_count(GDP, 40000.0, Some(44000.0)),
            "有两个城市的地区生产总值超过4万亿元，一个城市超过4.4万亿元。",
            "Two cities have gross domestic product above CNY 4,000 billion; one is above CNY 4,400 billion.",
        );
        says(
            &results,
            |s| s.over_threshold_count(UNICORNS, 0.5, Some(76.0)),
            "全部八个城市的独角兽企业均超过0.5家。",
            "All eight cities have more than 0.5 unicorns.",
        );
        says(
            &results,
            |s| s.over_threshold_count(UNICORNS, 76.0, Some(65.0)),
            "有一个城市的独角兽企业超过65家。",
            "One city has more than 65 unicorns.",
        );
        says(
            &results,
            |s| s.over_threshold_count(GDP, 1.0, Some(10.0)),
            "全部八个城市的地区生产总值均超过10亿元。",
            "All eight cities have gross domestic product above CNY 1 billion.",
        );
        says(
            &results,
            |s| s.over_threshold_count(GROWTH, 7.0, None),
            "有两个城市的年均增速超过7%。",
            "Two cities have average yearly growth above 7%.",
        );
        silent(&results, |s| s.over_threshold_count(UNICORNS, 100.0, Some(200.0)));
        silent(&results, |s| s.over_threshold_count(INDEX, 1.0, None));
    }

    #[test]
    fn what_all_leaders_exceed() {
        let results = sample();
        says(
            &results,
            |s| s.all_top_exceed(UNICORNS, 5),
            "独角兽企业排名前五的城市皆超过10家。",
            "The top five cities all have more than ten unicorns.",
        );
        says(
            &results,
            |s| s.all_top_exceed(GDP, 3),
            "地区生产总值排名前三的城市皆超过2万亿元。",
            "The top three cities all have gross domestic product above CNY 2,000 billion.",
        );
        says(
            &results,
            |s| s.all_top_exceed(GROWTH, 2),
            "年均增速排名前二的城市皆超过5%。",
            "The top two cities all have average yearly growth above 5%.",
        );
        silent(&results, |s| s.all_top_exceed(UNICORNS, 8));
        says(
            &results,
            |s| s.all_top_exceed(UNICORNS, 7),
            "独角兽企业排名前七的城市皆超过2家。",
            "The top seven cities all have more than two unicorns.",
        );
        silent(&results, |s| s.all_top_exceed(ENERGY, 3));
        silent(&results, |s| s.all_top_exceed(GDP, 1));
        silent(&results, |s| s.all_top_exceed(INDEX, 3));
    }

    #[test]
    fn level_leaders_exceed() {
        let mut results = sample();
        set_values(&mut results, UNICORNS, [3.0, 2.0, 2.0, 2.0, 0.0, 0.0, 0.0, 0.0].map(Some));
        says(
            &results,
            |s| s.all_top_exceed(UNICORNS, 2),
            "独角兽企业排名前四的城市皆超过1家。",
            "The top four cities all have more than one unicorn.",
        );
    }
}
