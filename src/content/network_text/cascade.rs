//! Tables of entities in words: from region to province to city, by category and over the years.

use crate::config::Level;
use crate::content::network_text::{Ranked, Voice, front};
use crate::content::networks::{Tally, level_names, percent, place_name};
use crate::lang::Lang;
use crate::network::CascadeLevel;
use crate::network::standing::ranked;

/// Places of a level, or categories, that are named.
const NAMED: usize = 5;
/// Categories that grow fastest.
const FASTEST: usize = 3;

/// How many there are, and of which years.
pub(super) fn size(voice: Voice, tally: Tally<'_>) -> String {
    let own = tally.result();
    let last = tally.last();
    let (title, measure) = (own.title.text(voice.lang), own.measure.text(voice.lang));
    let all = voice.count(own.totals[last]);
    let cities = tally.level(Level::City).map_or(0, |level| level.ranked(last).len()) as u64;
    let spread = (cities > 0).then(|| {
        voice.say(
            format!("，分布在{}个城市", voice.count(cities)),
            format!(", in {}", voice.noun(cities, "city", "cities")),
        )
    });
    let spread = spread.unwrap_or_default();
    match (voice.lang, own.years[last]) {
        (Lang::Zh, Some(year)) => format!("{year}年，{title}共{all}{measure}{spread}。"),
        (Lang::Zh, None) => format!("{title}共{all}{measure}{spread}。"),
        (Lang::En, Some(year)) => format!("{title} in {year}: {all} {measure}{spread}."),
        (Lang::En, None) => format!("{title}: {all} {measure}{spread}."),
    }
}

/// Shares by region, province and city, each with what the first few have together.
pub(super) fn places(voice: Voice, tally: Tally<'_>) -> String {
    let told: Vec<String> = [Level::Region, Level::Province, Level::City]
        .into_iter()
        .filter_map(|level| Some(at_level(voice, tally, tally.level(level)?)))
        .collect();
    voice.together(&told)
}

fn at_level(voice: Voice, tally: Tally<'_>, own: &CascadeLevel) -> String {
    let last = tally.last();
    let standings = own.ranked(last);
    let several = level_names(own.level, voice.lang).1;
    let listed = standings.iter().map(|standing| Ranked {
        name: place_name(&own.places[standing.at], voice.lang),
        value: percent(standing.share, 1, voice.lang),
        rank: standing.rank,
    });
    let names = voice.chain(&front(listed.collect(), NAMED));
    if names.is_empty() {
        return String::new();
    }
    let top = tally.result().top;
    let together = (standings.len() > top).then(|| own.top_share(last, top)).flatten();
    let together = together.map(|share| {
        let part = voice.percent(share);
        let top = crate::content::words::count_before_noun(top, voice.lang);
        voice.say(
            format!("，前{top}个{several}合计占{part}"),
            format!("; the first {top} have {part} together"),
        )
    });
    let together = together.unwrap_or_default();
    voice.say(
        format!("分{several}看，{names}{together}。"),
        format!("By {}, {names}{together}.", level_names(own.level, Lang::En).0),
    )
}

/// Who has led in every year, at every level and by category.
pub(super) fn leading(voice: Voice, tally: Tally<'_>) -> String {
    let own = tally.result();
    let mut names: Vec<String> = Vec::new();
    for level in [Level::Region, Level::Province, Level::City] {
        let found = tally.level(level).and_then(|at| Some((at, at.always_leading?)));
        if let Some((level, at)) = found {
            let name = place_name(&level.places[at], voice.lang);
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    let places = names.len();
    if let Some(at) = own.always_leading {
        names.push(tally.category_name(at, voice.lang));
    }
    let years = own.years.first().copied().flatten().zip(own.years[tally.last()]);
    let Some((from, to)) = years.filter(|_| !names.is_empty()) else { return String::new() };
    let list = voice.list(&names);
    let kinds = if places == 0 {
        voice.say("类别".to_owned(), "category".to_owned())
    } else if own.always_leading.is_none() {
        voice.say("地方".to_owned(), "place".to_owned())
    } else {
        voice.say("地方和类别".to_owned(), "place or category".to_owned())
    };
    match (voice.lang, names.len()) {
        (Lang::Zh, 1) => format!("{from}年至{to}年每年都居首位的{kinds}是{list}。"),
        (Lang::Zh, _) => format!("{from}年至{to}年每年都居同级首位的{kinds}有{list}。"),
        (Lang::En, 1) => {
            format!("In every year from {from} to {to}, the leading {kinds} was {list}.")
        }
        (Lang::En, _) => format!("{list} led their kind in every year from {from} to {to}."),
    }
}

/// The largest categories and their shares.
pub(super) fn categories(voice: Voice, tally: Tally<'_>) -> String {
    let own = tally.result();
    let listed = ranked(&own.by_category[tally.last()]);
    let listed = listed.iter().map(|standing| Ranked {
        name: tally.category_name(standing.at, voice.lang),
        value: percent(standing.share, 1, voice.lang),
        rank: standing.rank,
    });
    let names = voice.chain(&front(listed.collect(), NAMED));
    if names.is_empty() {
        return String::new();
    }
    voice.say(format!("分类别看，{names}。"), format!("By category, {names}."))
}

/// The fastest growing categories, and those whose base is too small to tell.
pub(super) fn growth(voice: Voice, tally: Tally<'_>) -> String {
    let own = tally.result();
    let years = own.years.first().copied().flatten().zip(own.years[tally.last()]);
    let Some((from, to)) = years.filter(|(from, to)| from < to) else { return String::new() };
    let growing: Vec<String> = own
        .growths
        .ranked
        .iter()
        .filter(|growth| growth.last > growth.first)
        .take(FASTEST)
        .map(|growth| {
            let times = voice.number(growth.ratio, 1);
            let yearly = percent(growth.yearly, 1, voice.lang);
            let note = voice.say(
                format!("{times}倍，年均增长{yearly}"),
                format!("{times} times, {yearly} a year"),
            );
            voice.with(&tally.category_name(growth.at, voice.lang), &note)
        })
        .collect();
    let base = voice.count(own.small_base);
    let small = own.growths.below_base.len() as u64;
    let first = match (voice.lang, growing.len()) {
        (_, 0) => String::new(),
        (Lang::Zh, _) => {
            format!("{from}年至{to}年增长最快的是{}。", voice.list(&growing))
        }
        (Lang::En, _) => {
            format!("Growing fastest from {from} to {to}: {}.", voice.list(&growing))
        }
    };
    let second = if small == 0 {
        String::new()
    } else {
        voice.say(
            format!("另有{}个类别首年不足{base}，基数太小，不计增长。", voice.count(small)),
            format!(
                "{} below {base} in the first year and not compared.",
                if small == 1 {
                    "One more category was".to_owned()
                } else {
                    {
                        let few = usize::try_from(small).unwrap_or(usize::MAX);
                        let few = crate::content::words::count_word(few, Lang::En);
                        format!(
                            "{} more categories were",
                            crate::content::network_text::capital(&few)
                        )
                    }
                }
            ),
        )
    };
    voice.together(&[first, second])
}
