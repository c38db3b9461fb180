//! What is measured on networks and tables of entities, in words, conclusions first; every figure is
//! computed. A paragraph is empty where there is nothing to tell.

mod cascade;
mod flows;
mod growth;
mod structure;

use crate::config::Level;
use crate::content::networks::{Tally, Web, percent, whole};
use crate::content::words::join;
use crate::lang::Lang;
use crate::num::fixed;

/// The paragraphs on a network.
pub(super) const TOPICS: [&str; 16] = [
    "growth",
    "density",
    "small-world",
    "reciprocity",
    "components",
    "hubs",
    "concentration",
    "power-law",
    "communities",
    "parts",
    "flows",
    "places",
    "balance",
    "poles",
    "lift",
    "change",
];

/// The paragraphs on a table of entities.
pub(super) const TALLY_TOPICS: [&str; 5] = ["size", "places", "leading", "categories", "growth"];

/// A paragraph on a network; `level` counts for flows. `None` for an unknown topic.
#[must_use]
pub(super) fn paragraph(web: Web<'_>, topic: &str, level: Level, lang: Lang) -> Option<String> {
    let voice = Voice { lang };
    let text = match topic {
        "growth" => growth::paragraph(voice, web),
        "density" => growth::density(voice, web),
        "small-world" => structure::small_world(voice, web),
        "reciprocity" => structure::reciprocity(voice, web),
        "components" => structure::components(voice, web),
        "hubs" => structure::hubs(voice, web),
        "concentration" => structure::concentration(voice, web),
        "power-law" => structure::power_law(voice, web),
        "communities" => structure::communities(voice, web),
        "parts" => structure::parts(voice, web),
        "flows" => flows::largest(voice, web, level),
        "places" => flows::places(voice, web, level),
        "balance" => flows::balance(voice, web, level),
        "poles" => flows::poles(voice, web, level),
        "lift" => flows::lift(voice, web, level),
        "change" => flows::change(voice, web, level),
        _ => return None,
    };
    Some(text)
}

/// A paragraph on a table of entities. `None` for an unknown topic.
#[must_use]
pub(super) fn tally_paragraph(tally: Tally<'_>, topic: &str, lang: Lang) -> Option<String> {
    let voice = Voice { lang };
    let text = match topic {
        "size" => cascade::size(voice, tally),
        "places" => cascade::places(voice, tally),
        "leading" => cascade::leading(voice, tally),
        "categories" => cascade::categories(voice, tally),
        "growth" => cascade::growth(voice, tally),
        _ => return None,
    };
    Some(text)
}

/// Results told in one language.
#[derive(Clone, Copy)]
struct Voice {
    lang: Lang,
}

/// Something with its rank and its value as printed.
#[derive(Clone)]
struct Ranked {
    name: String,
    value: String,
    rank: u32,
}

impl Voice {
    fn say(self, zh: String, en: String) -> String {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    fn number(self, value: f64, decimals: usize) -> String {
        fixed(value, decimals, self.lang)
    }

    fn count(self, count: u64) -> String {
        whole(count, self.lang)
    }

    fn size(self, count: usize) -> String {
        whole(count as u64, self.lang)
    }

    fn percent(self, share: f64) -> String {
        percent(share, 1, self.lang)
    }

    fn list(self, items: &[String]) -> String {
        join(items, self.lang)
    }

    fn with(self, name: &str, note: &str) -> String {
        match self.lang {
            Lang::Zh => format!("{name}（{note}）"),
            Lang::En => format!("{name} ({note})"),
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

    /// 甲居首（31.6%），其次是乙（23.3%）和丙（9.9%）: who leads, alone or together, and who follows.
    fn chain(self, ranked: &[Ranked]) -> String {
        let Some(first) = ranked.first() else { return String::new() };
        let leaders = ranked.iter().take_while(|own| own.rank == first.rank).count();
        let names: Vec<String> = ranked[..leaders].iter().map(|own| own.name.clone()).collect();
        let rest: Vec<String> =
            ranked[leaders..].iter().map(|own| self.with(&own.name, &own.value)).collect();
        let (names, value) = (self.list(&names), &first.value);
        match (self.lang, leaders, rest.is_empty()) {
            (Lang::Zh, 1, true) => format!("{names}居首（{value}）"),
            (Lang::Zh, 1, false) => format!("{names}居首（{value}），其次是{}", self.list(&rest)),
            (Lang::Zh, _, true) => format!("{names}并列居首（各{value}）"),
            (Lang::Zh, _, false) => {
                format!("{names}并列居首（各{value}），其次是{}", self.list(&rest))
            }
            (Lang::En, 1, true) => format!("first place goes to {names} ({value})"),
            (Lang::En, 1, false) => {
                format!("first place goes to {names} ({value}), followed by {}", self.list(&rest))
            }
            (Lang::En, _, true) => format!("first place is shared by {names} ({value} each)"),
            (Lang::En, _, false) => {
                format!(
                    "first place is shared by {names} ({value} each), followed by {}",
                    self.list(&rest)
                )
            }
        }
    }

    /// 增至2.5倍 or 增长35.2%: how far a count has grown; falls and standstill have their words.
    fn grown(self, first: f64, last: f64) -> String {
        let ratio = last / first;
        if ratio >= 2.0 {
            let times = self.number(ratio, 1);
            self.say(format!("为期初的{times}倍"), format!("{times} times as many"))
        } else if last > first {
            let part = self.percent(ratio - 1.0);
            self.say(format!("增长{part}"), format!("an increase of {part}"))
        } else if last < first {
            let part = self.percent(1.0 - ratio);
            self.say(format!("减少{part}"), format!("a fall of {part}"))
        } else {
            self.say("没有变化".to_owned(), "no change".to_owned())
        }
    }

    /// A noun after a count: one node, three nodes.
    fn noun(self, count: u64, one: &str, several: &str) -> String {
        let noun = if count == 1 { one } else { several };
        format!("{} {noun}", self.count(count))
    }
}

/// The first `k`; a tie at the end is taken in, or left out whole where it is long.
fn front(ranked: Vec<Ranked>, k: usize) -> Vec<Ranked> {
    const MORE: usize = 3;
    let Some(last) = ranked.get(k.saturating_sub(1)).map(|own| own.rank) else { return ranked };
    let until = ranked.iter().take_while(|own| own.rank <= last).count();
    let kept = if until <= k + MORE {
        until
    } else {
        ranked.iter().take_while(|own| own.rank < last).count()
    };
    ranked.into_iter().take(kept).collect()
}

/// An English sentence begins with a capital.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranked(values: &[u32]) -> Vec<Ranked> {
        let rank = |at: usize| 1 + values.iter().filter(|v| **v > values[at]).count();
        let own = |at: usize| Ranked {
            name: ["甲", "乙", "丙", "丁", "戊", "己"][at].to_owned(),
            value: values[at].to_string(),
            rank: u32::try_from(rank(at)).unwrap(),
        };
        (0..values.len()).map(own).collect()
    }

    #[test]
    fn leaders_alone_and_together() {
        let (zh, en) = (Voice { lang: Lang::Zh }, Voice { lang: Lang::En });
        assert_eq!(zh.chain(&ranked(&[9, 5, 4])), "甲居首（9），其次是乙（5）和丙（4）");
        assert_eq!(zh.chain(&ranked(&[9, 9])), "甲和乙并列居首（各9）");
        assert_eq!(en.chain(&ranked(&[9])), "first place goes to 甲 (9)");
        assert_eq!(
            en.chain(&ranked(&[9, 9, 4])),
            "first place is shared by 甲 and 乙 (9 each), followed by 丙 (4)"
        );
        assert_eq!(en.chain(&[]), "");
    }

    #[test]
    fn ties_at_the_end_are_not_cut() {
        assert_eq!(front(ranked(&[9, 5, 5, 1]), 2).len(), 3);
        assert_eq!(front(ranked(&[9, 5, 5, 5, 5, 5]), 2).len(), 1, "four more are too many");
        assert_eq!(front(ranked(&[9, 5]), 5).len(), 2);
    }

    #[test]
    fn growth_in_multiples_and_parts() {
        let voice = Voice { lang: Lang::En };
        assert_eq!(voice.grown(10.0, 42.0), "4.2 times as many");
        assert_eq!(voice.grown(10.0, 15.0), "an increase of 50.0%");
        assert_eq!(voice.grown(10.0, 8.0), "a fall of 20.0%");
        assert_eq!(voice.grown(3.0, 3.0), "no change");
    }
}
