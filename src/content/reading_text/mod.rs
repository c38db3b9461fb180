//! What the index's own numbers say about it, in words: influence, correlations, spread, balance,
//! and the variants beside the main result. Conclusions come first; every figure is computed.
//!
//! A paragraph is empty where there is nothing to read (one dimension, too few cities).

mod association;
mod balance;
mod influence;
mod spread;
mod variants;

use crate::content::results::{NodeAt, Results, UnitAt};
use crate::content::sentences::inside;
use crate::content::words::{count_before_noun, join};
use crate::lang::Lang;
use crate::num::fixed;

pub(super) use association::{OPPOSED, flagged_pairs, kept, leading};
pub(super) use balance::obstacles;

/// The paragraphs templates can ask for.
pub(super) const TOPICS: [&str; 8] = [
    "influence",
    "correlations",
    "consistency",
    "components",
    "distributions",
    "coupling",
    "obstacles",
    "variants",
];

/// A paragraph on a topic; `None` for an unknown topic.
#[must_use]
pub(super) fn paragraph(results: &Results, topic: &str, lang: Lang) -> Option<String> {
    let voice = Voice { results, lang };
    let text = match topic {
        "influence" => influence::paragraph(voice),
        "correlations" => association::correlations(voice),
        "consistency" => association::consistency(voice),
        "components" => association::components(voice),
        "distributions" => spread::paragraph(voice),
        "coupling" => balance::coupling(voice),
        "obstacles" => balance::paragraph(voice),
        "variants" => variants::paragraph(voice),
        _ => return None,
    };
    Some(text)
}

/// Results told in one language.
#[derive(Clone, Copy)]
struct Voice<'a> {
    results: &'a Results,
    lang: Lang,
}

impl Voice<'_> {
    /// The short name of a node as it stands inside a sentence.
    fn node(self, node: NodeAt) -> String {
        let own = self.results.node(node);
        let name = if own.indicator().is_some() { &own.short } else { &own.name };
        match self.lang {
            Lang::Zh => name.zh.clone(),
            Lang::En => inside(&name.en),
        }
    }

    fn unit(self, unit: UnitAt) -> String {
        self.results.unit(unit).name.text(self.lang).to_owned()
    }

    fn number(self, value: f64, decimals: usize) -> String {
        fixed(value, decimals, self.lang)
    }

    fn percent(self, share: f64) -> String {
        format!("{}%", fixed(share * 100.0, 1, self.lang))
    }

    fn list(self, items: &[String]) -> String {
        join(items, self.lang)
    }

    /// A name and what belongs to it in brackets.
    fn with(self, name: &str, note: &str) -> String {
        match self.lang {
            Lang::Zh => format!("{name}（{note}）"),
            Lang::En => format!("{name} ({note})"),
        }
    }

    /// “one city”, “three cities”; 一个城市, 三个城市.
    fn cities(self, count: usize) -> String {
        let number = count_before_noun(count, self.lang);
        match self.lang {
            Lang::Zh => format!("{number}个城市"),
            Lang::En if count == 1 => "one city".to_owned(),
            Lang::En => format!("{number} cities"),
        }
    }

    /// Sentences one after the other; empty ones go.
    fn together(self, sentences: &[String]) -> String {
        let said: Vec<&str> =
            sentences.iter().map(String::as_str).filter(|text| !text.is_empty()).collect();
        said.join(match self.lang {
            Lang::Zh => "",
            Lang::En => " ",
        })
    }
}

/// An English sentence begins with a capital.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
