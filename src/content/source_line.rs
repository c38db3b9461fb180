//! Source lines under figures and tables: which sources the numbers above rest on.

use std::collections::{BTreeMap, BTreeSet};

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
    line_of(results, lang, &keys, published.map(|p| p.source.as_str()))
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
