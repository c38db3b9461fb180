//! Source lines under figures and tables: which sources the numbers above rest on.

use std::collections::{BTreeMap, BTreeSet};

use crate::config::Status;
use crate::content::results::{NodeAt, Results};
use crate::lang::Lang;

/// Sources beyond this number are not listed one by one.
const MOST_NAMED: usize = 2;

/// The source line of something that shows `nodes`, and perhaps a published ranking.
///
/// Sources are those of the raw cells behind the indicators below the nodes, in the order of the
/// registry; more than a few are told by number, with the annex that lists them.
#[must_use]
pub(super) fn source_line(
    results: &Results,
    lang: Lang,
    nodes: &[NodeAt],
    ranking: Option<&str>,
) -> Option<String> {
    let method = &results.config.method;
    let mut keys: BTreeSet<&str> = BTreeSet::new();
    for leaf in nodes.iter().flat_map(|&n| method.leaves(n)) {
        let Some(data) = results.data(leaf) else { continue };
        let cells = data.cells.iter().flatten();
        keys.extend(cells.flat_map(|cell| results.inputs.dataset.sources(cell)));
    }
    let published = ranking.and_then(|id| results.ranking(id));
    let line = line_of(results, lang, &keys, published.map(|p| p.source.as_str()))?;
    Some(line + &caution(results, lang, nodes))
}

/// What readers should know of the data shown: that some were filled in, or made up.
fn caution(results: &Results, lang: Lang, nodes: &[NodeAt]) -> String {
    let leaves = || nodes.iter().flat_map(|&node| results.config.method.leaves(node));
    let units = || 0..results.count();
    let illustrative = |unit, leaf| {
        results.cell(unit, leaf).is_some_and(|cell| cell.status == Status::Illustrative)
    };
    let imputed = leaves().any(|leaf| units().any(|unit| results.is_imputed(unit, leaf)));
    let made_up = leaves().any(|leaf| units().any(|unit| illustrative(unit, leaf)));
    let (zh, en) = match (imputed, made_up) {
        (false, false) => return String::new(),
        (true, false) => ("含插补数据。", " Includes values that were filled in."),
        (false, true) => ("含示意数据。", " Includes illustrative data."),
        (true, true) => (
            "含插补数据与示意数据。",
            " Includes illustrative data and values that were filled in.",
        ),
    };
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// The source line of cited material: pairs of a source key and the place in that source.
#[must_use]
pub(super) fn cited_line<'a>(
    results: &Results,
    lang: Lang,
    cited: impl Iterator<Item = (&'a str, &'a str)>,
) -> Option<String> {
    let mut places: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (key, place) in cited {
        let own = places.entry(key).or_default();
        own.extend(Some(place).filter(|p| !p.is_empty()));
    }
    let titles: Vec<String> = results
        .inputs
        .registry
        .sources
        .iter()
        .filter_map(|source| Some((source, places.get(source.key.as_str())?)))
        .map(|(source, places)| {
            let title = source.title.text(lang);
            let places: Vec<&str> = places.iter().copied().collect();
            match (places.is_empty(), lang) {
                (true, _) => title.to_owned(),
                (false, Lang::Zh) => format!("{title}，{}", places.join("、")),
                (false, Lang::En) => format!("{title}, {}", places.join(", ")),
            }
        })
        .collect();
    if titles.is_empty() {
        return None;
    }
    Some(match lang {
        Lang::Zh => format!("资料来源：{}。", titles.join("；")),
        Lang::En => format!("Source: {}.", titles.join("; ")),
    })
}

fn line_of(
    results: &Results,
    lang: Lang,
    keys: &BTreeSet<&str>,
    published: Option<&str>,
) -> Option<String> {
    let mut titles: Vec<String> = results
        .inputs
        .registry
        .sources
        .iter()
        .filter(|s| keys.contains(s.key.as_str()))
        .map(|s| s.title.text(lang).to_owned())
        .collect();
    if titles.is_empty() && published.is_none() {
        return None;
    }
    let many = titles.len() > MOST_NAMED;
    if many {
        titles = vec![match lang {
            Lang::Zh => format!("附录“数据来源”所列{}种来源", titles.len()),
            Lang::En => format!("{} sources listed in the annex", titles.len()),
        }];
    }
    if let Some(source) =
        published.and_then(|key| results.inputs.registry.sources.iter().find(|s| s.key == key))
    {
        let title = source.title.text(lang).to_owned();
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    Some(match lang {
        Lang::Zh => {
            format!("资料来源：{}；本报告测算。", titles.join("；"))
        }
        Lang::En => {
            format!("Source: {}; own calculations.", titles.join("; "))
        }
    })
}
