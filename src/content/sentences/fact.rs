//! Cited figures: a number with its qualifier and measure.

use crate::content::phrase::Phrase;
use crate::content::sentences::Speaker;
use crate::content::sentences::amount::{Style, Zeros};
use crate::content::words::ordinal;
use crate::data::{Fact, Operator};
use crate::lang::Lang;

impl Speaker<'_> {
    /// A cited figure, no full stop: 超过1000亿元 / more than CNY 100 billion.
    ///
    /// English brings amounts to millions or billions and keeps their precision; Chinese prints the
    /// number as the source has it, except that 10,000 or more of a measure, if a multiple of 1,000,
    /// is told in 万 (3万户, 27万核, 2万亿元), and 100 million or more in 亿. Zeros at the end of
    /// decimals are dropped. A place in a list is an ordinal: 第三位 / third place. An upper bound
    /// is 不超过 / up to, as for the ceiling of a subsidy. That a figure is a target is for the
    /// sentence around it to say.
    #[must_use]
    pub(crate) fn fact(&self, fact: &Fact) -> Phrase {
        let style = Style {
            measure: &fact.measure,
            decimals: fact.decimals,
            zeros: Zeros::Drop,
            told: false,
            lang: self.lang,
        };
        let figure = match fact.operator {
            Operator::Range { high } => style.print_range(fact.value, high),
            _ => self.place_in_list(fact).unwrap_or_else(|| style.print(fact.value)),
        };
        let figure = Phrase::quantity(self.fact_id(fact), figure);
        let (zh, en) = match fact.operator {
            Operator::Equal | Operator::Range { .. } | Operator::Target => ("{0}", "{0}"),
            Operator::More | Operator::TargetMore => ("超过{0}", "more than {0}"),
            Operator::AtLeast => ("不少于{0}", "at least {0}"),
            Operator::About => ("约{0}", "about {0}"),
            Operator::Less => ("不足{0}", "less than {0}"),
            Operator::AtMost => ("不超过{0}", "up to {0}"),
        };
        self.part(zh, en, &[figure])
    }

    /// A cited figure as the entry of a table, which says of a target that it is one.
    #[must_use]
    pub(crate) fn fact_entry(&self, fact: &Fact) -> Phrase {
        let figure = self.fact(fact);
        match fact.operator {
            Operator::Target | Operator::TargetMore => {
                self.part("{0}（目标）", "{0} (target)", &[figure])
            }
            _ => figure,
        }
    }

    fn fact_id(&self, fact: &Fact) -> String {
        let unit = self.results.inputs.units.iter().find(|u| u.code == fact.unit);
        let slug = unit.map_or_else(|| fact.unit.to_lowercase(), |u| u.slug.clone());
        format!("{slug}/{}/fact", fact.key)
    }

    fn place_in_list(&self, fact: &Fact) -> Option<String> {
        if fact.decimals > 0 || fact.measure.en != "place" {
            return None;
        }
        let place = format!("{:.0}", fact.value).parse::<usize>().ok().filter(|n| *n > 0)?;
        Some(match self.lang {
            Lang::Zh => format!("{}位", ordinal(place, Lang::Zh)),
            Lang::En => format!("{} place", ordinal(place, Lang::En)),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::sentences::testing::{sample, says};
    use crate::diag::{FileId, Span};
    use crate::lang::Localised;

    fn fact(operator: Operator, value: f64, decimals: usize, measure: [&str; 2]) -> Fact {
        let [zh, en] = measure.map(ToOwned::to_owned);
        Fact {
            unit: "110000".to_owned(),
            key: "key".to_owned(),
            label: Localised::default(),
            operator,
            value,
            decimals,
            measure: Localised::new(zh, en),
            period: String::new(),
            source: String::new(),
            source_ref: String::new(),
            note: Localised::default(),
            span: Span::new(FileId(0), 0, 0),
        }
    }

    #[test]
    fn qualifiers_in_words() {
        const CNY: [&str; 2] = ["亿元", "CNY 100 million"];
        const FIRMS: [&str; 2] = ["家", "enterprises"];
        let results = sample();
        let cases = [
            (fact(Operator::Equal, 36102.6, 1, CNY), "36102.6亿元", "CNY 3,610.26 billion"),
            (fact(Operator::More, 1000.0, 0, CNY), "超过1000亿元", "more than CNY 100 billion"),
            (
                fact(Operator::AtLeast, 30000.0, 0, ["户", "users"]),
                "不少于3万户",
                "at least 30,000 users",
            ),
            (fact(Operator::About, 50.0, 0, ["%", "%"]), "约50%", "about 50%"),
            (fact(Operator::Less, 100.0, 0, CNY), "不足100亿元", "less than CNY 10 billion"),
            (
                fact(Operator::AtMost, 500.0, 0, ["万元", "CNY 10,000"]),
                "不超过500万元",
                "up to CNY 5 million",
            ),
            (fact(Operator::Target, 200.0, 0, CNY), "200亿元", "CNY 20 billion"),
            (fact(Operator::TargetMore, 200.0, 0, FIRMS), "超过200家", "more than 200 enterprises"),
            (fact(Operator::Range { high: 2.0 }, 1.0, 0, CNY), "1亿—2亿元", "CNY 100–200 million"),
            (fact(Operator::Equal, 1.0, 0, FIRMS), "1家", "1 enterprise"),
            (fact(Operator::Equal, 3.0, 0, ["位", "place"]), "第三位", "third place"),
            (
                fact(Operator::Equal, 1.6, 1, ["百分点", "percentage points"]),
                "1.6个百分点",
                "1.6 percentage points",
            ),
        ];
        for (fact, zh, en) in cases {
            says(&results, |s| s.fact(&fact), zh, en);
        }
    }

    #[test]
    fn a_table_says_that_a_target_is_one() {
        let results = sample();
        let target = fact(Operator::Target, 200.0, 0, ["亿元", "CNY 100 million"]);
        says(&results, |s| s.fact_entry(&target), "200亿元（目标）", "CNY 20 billion (target)");
        let figure = fact(Operator::Equal, 200.0, 0, ["亿元", "CNY 100 million"]);
        says(&results, |s| s.fact_entry(&figure), "200亿元", "CNY 20 billion");
    }

    #[test]
    fn ids_name_the_unit() {
        let results = sample();
        let speaker = Speaker { results: &results, lang: Lang::En };
        let mut fact = fact(Operator::Equal, 2.23, 2, ["%", "%"]);
        assert_eq!(speaker.fact(&fact).values[0].id, "beijing/key/fact");
        fact.unit = "CN".to_owned();
        assert_eq!(speaker.fact(&fact).values[0].id, "cn/key/fact");
    }
}
