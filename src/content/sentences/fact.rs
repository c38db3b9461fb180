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
    /// is 不超过 / up to, as for the ceiling of a subsidy; a target says so in brackets.
    #[must_use]
    pub fn fact(&self, fact: &Fact) -> Phrase {
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
            Operator::Equal | Operator::Range { .. } => ("{0}", "{0}"),
            Operator::More => ("超过{0}", "more than {0}"),
            Operator::AtLeast => ("不少于{0}", "at least {0}"),
            Operator::About => ("约{0}", "about {0}"),
            Operator::Less => ("不足{0}", "less than {0}"),
            Operator::AtMost => ("不超过{0}", "up to {0}"),
            Operator::Target => ("{0}（目标）", "{0} (target)"),
            Operator::TargetMore => ("超过{0}（目标）", "more than {0} (target)"),
        };
        self.part(zh, en, &[figure])
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
