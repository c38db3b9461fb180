//! Sentences about the values of an indicator.

use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, UnitAt};
use crate::content::sentences::amount::counts_things;
use crate::content::sentences::{Speaker, english};
use crate::content::words::{count_word, date};
use crate::lang::Lang;
use crate::num::fixed;

impl Speaker<'_> {
    /// Whether values of an indicator count things that its English name names in the plural, as
    /// `AI unicorns` does: “Beijing has 34 AI unicorns”.
    pub(super) fn counts(&self, node: NodeAt) -> bool {
        self.results.spec(node).is_some_and(|spec| {
            spec.decimals == 0
                && counts_things(&spec.measure)
                && english::is_plural(&self.results.node(node).name.en)
        })
    }

    /// Whether the English name of a node is plural.
    pub(super) fn is_plural(&self, node: NodeAt) -> bool {
        english::is_plural(&self.results.node(node).name.en)
    }

    /// A value: 2022年北京的地区生产总值为41610.9亿元。
    ///
    /// Tells the year unless the indicator draws on several. English says how many there are for a
    /// count. Empty without a value.
    #[must_use]
    pub(crate) fn value_of(&self, unit: UnitAt, indicator: NodeAt) -> Phrase {
        let (Some(cell), Some(amount)) =
            (self.results.cell(unit, indicator), self.value_with_measure(unit, indicator))
        else {
            return Phrase::default();
        };
        let year = self.results.data(indicator).and_then(|data| match data.years[..] {
            [] => data.year,
            [only] => Some(only),
            _ => None,
        });
        let year = year.map_or_else(Phrase::default, |year| {
            Phrase::quantity(self.sample_id(indicator, "year"), year.to_string())
        });
        let past = !year.is_empty();
        let when = if past { self.part("{0}年", " in {0}", &[year]) } else { year };
        if self.lang == Lang::En && self.counts(indicator) {
            let verb = Phrase::plain(if past { "had" } else { "has" });
            let things = self.things(unit, indicator, cell.value);
            return self.sentence("", "{0} {1} {2}{3}.", &[self.unit(unit), verb, things, when]);
        }
        let verb = match (past, self.is_plural(indicator)) {
            (true, true) => "were",
            (true, false) => "was",
            (false, true) => "are",
            (false, false) => "is",
        };
        self.sentence(
            "{3}{0}{1}为{2}。",
            "{0} {1} {4} {2}{3}.",
            &[self.owner(unit), self.node(indicator), amount, when, Phrase::plain(verb)],
        )
    }

    /// A count with what is counted, in English: no unicorns, one unicorn, 34 unicorns.
    fn things(&self, unit: UnitAt, indicator: NodeAt, value: f64) -> Phrase {
        let name = english::inside(&self.results.node(indicator).name.en);
        let number = self.whole(value);
        let name = if number == "one" { english::singular(&name) } else { name };
        Phrase::quantity(self.unit_id(unit, indicator, "value"), number).text(&format!(" {name}"))
    }

    /// A whole number as a count: in words to ten.
    pub(super) fn whole(&self, value: f64) -> String {
        format!("{value:.0}")
            .parse::<usize>()
            .ok()
            .filter(|n| *n <= 10)
            .map_or_else(|| fixed(value, 0, self.lang), |n| count_word(n, self.lang))
    }

    /// What opens a sentence about a point in time, no full stop: 截至2021年6月， / As of June 2021,
    ///
    /// Takes `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, also after `to `, and spans of years `2010-2020`.
    /// Empty without a period.
    #[must_use]
    pub(crate) fn as_of(&self, period: &str) -> Phrase {
        let period = period.trim();
        let period = period.strip_prefix("to ").unwrap_or(period).trim();
        if period.is_empty() {
            return Phrase::default();
        }
        if let Some((from, to)) = years(period) {
            return self.part(
                "{0}—{1}年，",
                "From {0} to {1},",
                &[Phrase::plain(from), Phrase::plain(to)],
            );
        }
        self.part("截至{0}，", "As of {0},", &[Phrase::plain(date(period, self.lang))])
    }

    /// How many units have any: 20个样本城市中有六个拥有独角兽企业。
    ///
    /// A single one is named. Empty if there is none, and for indicators that are no counts.
    #[must_use]
    pub(crate) fn coverage_count(&self, indicator: NodeAt) -> Phrase {
        if !self.counts(indicator) {
            return Phrase::default();
        }
        let values = self.printed_values(indicator);
        let having: Vec<UnitAt> =
            values.iter().filter(|(_, v)| *v >= 1.0).map(|(u, _)| *u).collect();
        let sample = self.count(self.sample_id(indicator, "count"), values.len());
        let sample = if values.len() == self.results.count() {
            self.part("{0}个样本城市", "{0} sample cities", &[sample])
        } else {
            self.part("有数据的{0}个样本城市", "{0} sample cities with data", &[sample])
        };
        let count = self.count(self.sample_id(indicator, "having"), having.len());
        let name = self.node(indicator);
        match having[..] {
            [] => Phrase::default(),
            [only] => self.sentence(
                "{0}中仅{1}拥有{2}。",
                "only one of the {0}, {1}, has {2}.",
                &[sample, self.unit(only), name],
            ),
            _ if having.len() == values.len() => {
                self.sentence("{0}均拥有{1}。", "all {0} have {1}.", &[sample, name])
            }
            _ => self.sentence(
                "{0}中有{1}个拥有{2}。",
                "{1} of the {0} have {2}.",
                &[sample, count, name],
            ),
        }
    }
}

/// The ends of a span of years.
fn years(period: &str) -> Option<(&str, &str)> {
    let (from, to) = period.split_once(['-', '–', '—'])?;
    let year = |text: &str| text.len() == 4 && text.chars().all(|c| c.is_ascii_digit());
    (year(from) && year(to)).then_some((from, to))
}

#[cfg(test)]
mod tests {
    use crate::content::sentences::testing::{
        BEIJING, DEPOSITS, ENERGY, GDP, GROWTH, INDEX, SHANGHAI, SUZHOU, UNICORNS, XIAN, sample,
        says, set_values, silent,
    };

    #[test]
    fn values_in_words() {
        let results = sample();
        says(
            &results,
            |s| s.value_of(BEIJING, GDP),
            "2022年北京的地区生产总值为41610.9亿元。",
            "Beijing’s gross domestic product was CNY 4,161.09 billion in 2022.",
        );
        says(
            &results,
            |s| s.value_of(XIAN, GROWTH),
            "西安的年均增速为7.20%。",
            "Xi’an’s average yearly growth is 7.20%.",
        );
        says(
            &results,
            |s| s.value_of(BEIJING, UNICORNS),
            "2022年北京的独角兽企业为76家。",
            "Beijing had 76 unicorns in 2022.",
        );
        says(
            &results,
            |s| s.value_of(XIAN, UNICORNS),
            "2022年西安的独角兽企业为1家。",
            "Xi’an had one unicorn in 2022.",
        );
        says(
            &results,
            |s| s.value_of(SUZHOU, DEPOSITS),
            "2022年苏州的存款余额为47000.0亿元。",
            "Suzhou’s deposits at year-end were CNY 4,700.00 billion in 2022.",
        );
        says(
            &results,
            |s| s.value_of(XIAN, ENERGY),
            "2022年西安的单位能耗为0.32吨/万元。",
            "Xi’an’s energy intensity was 0.32 tonnes per CNY 10,000 in 2022.",
        );
        silent(&results, |s| s.value_of(XIAN, INDEX));
    }

    #[test]
    fn values_at_the_edge() {
        let mut results = sample();
        set_values(
            &mut results,
            UNICORNS,
            [Some(0.0), None, Some(1200.0), None, None, None, None, None],
        );
        set_values(&mut results, GROWTH, [Some(-1.5), None, None, None, None, None, None, None]);
        results.inputs.dataset.indicators.iter_mut().for_each(|i| {
            i.years.clear();
            i.year = None;
        });
        says(
            &results,
            |s| s.value_of(BEIJING, UNICORNS),
            "北京的独角兽企业为0家。",
            "Beijing has no unicorns.",
        );
        silent(&results, |s| s.value_of(SHANGHAI, UNICORNS));
        says(
            &results,
            |s| s.value_of(SUZHOU, UNICORNS),
            "苏州的独角兽企业为1200家。",
            "Suzhou has 1,200 unicorns.",
        );
        says(
            &results,
            |s| s.value_of(BEIJING, GROWTH),
            "北京的年均增速为−1.50%。",
            "Beijing’s average yearly growth is −1.50%.",
        );
        says(
            &results,
            |s| s.value_of(BEIJING, DEPOSITS),
            "北京的存款余额为218629.5亿元。",
            "Beijing’s deposits at year-end are CNY 21,862.95 billion.",
        );
        says(
            &results,
            |s| s.coverage_count(UNICORNS),
            "有数据的两个样本城市中仅苏州拥有独角兽企业。",
            "Only one of the two sample cities with data, Suzhou, has unicorns.",
        );
    }

    #[test]
    fn points_in_time() {
        let results = sample();
        says(&results, |s| s.as_of("2021-06"), "截至2021年6月，", "As of June 2021,");
        says(&results, |s| s.as_of("to 2021-06-30"), "截至2021年6月30日，", "As of 30 June 2021,");
        says(&results, |s| s.as_of("2020"), "截至2020年，", "As of 2020,");
        says(&results, |s| s.as_of("2010-2020"), "2010—2020年，", "From 2010 to 2020,");
        silent(&results, |s| s.as_of(""));
    }

    #[test]
    fn who_has_any() {
        let results = sample();
        says(
            &results,
            |s| s.coverage_count(UNICORNS),
            "八个样本城市均拥有独角兽企业。",
            "All eight sample cities have unicorns.",
        );
        silent(&results, |s| s.coverage_count(GDP));
        silent(&results, |s| s.coverage_count(INDEX));
    }

    #[test]
    fn some_have_any() {
        let mut results = sample();
        set_values(&mut results, UNICORNS, [76.0, 65.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0].map(Some));
        says(
            &results,
            |s| s.coverage_count(UNICORNS),
            "八个样本城市中有两个拥有独角兽企业。",
            "Two of the eight sample cities have unicorns.",
        );
    }

    #[test]
    fn one_or_none_has_any() {
        let mut results = sample();
        set_values(&mut results, UNICORNS, [0.0, 65.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0].map(Some));
        says(
            &results,
            |s| s.coverage_count(UNICORNS),
            "八个样本城市中仅上海拥有独角兽企业。",
            "Only one of the eight sample cities, Shanghai, has unicorns.",
        );
    }

    #[test]
    fn none_has_any() {
        let mut results = sample();
        set_values(&mut results, UNICORNS, [0.0; 8].map(Some));
        silent(&results, |s| s.coverage_count(UNICORNS));
    }
}
