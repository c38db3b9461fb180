//! Sentences computed from the results, in Chinese and English.
//!
//! In: [`Results`] and a language. Out: a [`Phrase`] per helper, an empty one where what the
//! sentence would say does not hold, so that sentences can be strung together.
//! Invariants: whether a sentence is printed never depends on the language; a count in a sentence
//! is the number of names it prints; numbers that a reader might subtract or divide are taken as
//! they are printed; every printed quantity stands among the values of its phrase.
//! Not here: templates and their arguments, escaping, what results mean.
//!
//! Ids of quantities: `unit/node/score`, `/rank`, `/value`, and further ones named after the
//! helper; `sample/node/…` for what belongs to no single unit.

mod amount;
mod change;
mod compare;
mod english;
mod fact;
mod group;
mod leverage;
mod numerals;
mod obstacle;
mod order;
mod pattern;
mod profile;
mod quantity;
mod rank;
mod ratio;
mod score;
mod share;
mod spread;
mod stability;
mod standing;
#[cfg(test)]
mod testing;
mod threshold;
mod typology;
mod value;

pub(super) use change::Way;
pub(super) use english::inside;

use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, Results, UnitAt};
use crate::lang::Lang;
use numerals::{capitalised, even_ordinals};
use pattern::fill;

/// Speaks about results in one language; every sentence is a method.
#[derive(Debug, Clone, Copy)]
pub(super) struct Speaker<'a> {
    /// What there is to say.
    pub results: &'a Results,
    /// The language it is said in.
    pub lang: Lang,
}

impl<'a> Speaker<'a> {
    /// A whole sentence from the pattern of the language; in English it starts with a capital.
    fn sentence(&self, zh: &str, en: &str, slots: &[Phrase]) -> Phrase {
        match self.lang {
            Lang::Zh => fill(zh, &even_ordinals(slots.to_vec())),
            Lang::En => capitalised(fill(en, slots)),
        }
    }

    /// A part of a sentence from the pattern of the language.
    fn part(&self, zh: &str, en: &str, slots: &[Phrase]) -> Phrase {
        match self.lang {
            Lang::Zh => fill(zh, slots),
            Lang::En => fill(en, slots),
        }
    }

    /// One of two words.
    const fn word(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// A list: 甲、乙和丙 / A, B and C; a comma before the last “and” where items have one.
    fn list(&self, items: Vec<Phrase>) -> Phrase {
        let nested = items.len() > 1 && items.iter().any(|item| item.text.contains(" and "));
        match self.lang {
            Lang::Zh => Phrase::list(items, "、", "和"),
            Lang::En => Phrase::list(items, ", ", if nested { ", and " } else { " and " }),
        }
    }

    /// The name of a unit.
    fn unit(&self, unit: UnitAt) -> Phrase {
        Phrase::plain(self.results.unit(unit).name.text(self.lang))
    }

    /// Names of units as a list.
    fn units(&self, units: &[UnitAt]) -> Phrase {
        self.list(units.iter().map(|&u| self.unit(u)).collect())
    }

    /// Names of units that are level with one another: 甲与乙 / A and B.
    fn level_units(&self, units: &[UnitAt]) -> Phrase {
        let names = units.iter().map(|&u| self.unit(u)).collect();
        match self.lang {
            Lang::Zh => Phrase::list(names, "、", "与"),
            Lang::En => self.list(names),
        }
    }

    /// A unit as owner: 北京的 / Beijing's.
    fn owner(&self, unit: UnitAt) -> Phrase {
        self.unit(unit).text(self.word("的", "’s"))
    }

    /// The name of a node as it stands inside a sentence.
    fn node(&self, node: NodeAt) -> Phrase {
        let name = self.results.node(node).name.text(self.lang);
        Phrase::plain(match self.lang {
            Lang::Zh => name.to_owned(),
            Lang::En if node == 0 => format!("the {}", inside(name)),
            Lang::En => inside(name),
        })
    }

    /// Names of nodes as a list.
    fn nodes(&self, nodes: &[NodeAt]) -> Phrase {
        self.list(nodes.iter().map(|&n| self.node(n)).collect())
    }

    /// English: “ on resource support”, or “ overall” for the index; Chinese: the name.
    fn on(&self, node: NodeAt) -> Phrase {
        match (self.lang, node) {
            (Lang::Zh, _) => self.node(node),
            (Lang::En, 0) => Phrase::plain(" overall"),
            (Lang::En, _) => Phrase::plain(" on ").then(self.node(node)),
        }
    }

    /// What opens a sentence about a node: 资源支持力方面， / “On resource support, ”; nothing for
    /// the index.
    fn opening(&self, node: NodeAt) -> Phrase {
        if node == 0 {
            return Phrase::default();
        }
        self.part("{0}方面，", "On {0}, ", &[self.node(node)])
    }

    /// How several nodes are counted: 四个维度, 12项指标 / all four dimensions, both indicators.
    fn counted_nodes(&self, nodes: &[NodeAt]) -> Phrase {
        let counted = self.number_of_nodes(nodes);
        match (self.lang, nodes.len()) {
            (Lang::Zh, _) => counted,
            (Lang::En, 2) => Phrase::plain(counted.text.replacen("two", "both", 1)),
            (Lang::En, _) => Phrase::plain("all ").then(counted),
        }
    }

    /// How many nodes of what kind: 四个维度 / four dimensions.
    fn number_of_nodes(&self, nodes: &[NodeAt]) -> Phrase {
        let all = |test: &dyn Fn(NodeAt) -> bool| nodes.iter().all(|&n| test(n));
        let leaf = |n: NodeAt| self.results.spec(n).is_some();
        let level = |n: NodeAt| self.results.node(n).level;
        let noun = if all(&leaf) {
            self.word("项指标", " indicators")
        } else if all(&|n| level(n) == 1) {
            self.word("个维度", " dimensions")
        } else if all(&|n| level(n) == 2) {
            self.word("个分维度", " sub-dimensions")
        } else {
            self.word("个分项", " components")
        };
        self.bare_count(nodes.len()).text(noun)
    }
}
