//! Source lines under figures and tables: which sources the numbers above rest on.

use std::collections::BTreeSet;

use crate::content::results::{NodeAt, Results};
use crate::lang::Lang;

/// Sources beyond this number are not listed one by one.
const MOST_NAMED: usize = 3;

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
    line_of(results, lang, &keys, published.map(|p| p.source.as_str()), true)
}

/// The source line of cited material with the given source keys.
#[must_use]
pub(super) fn cited_line(results: &Results, lang: Lang, keys: &BTreeSet<&str>) -> Option<String> {
    line_of(results, lang, keys, None, false)
}

fn line_of(
    results: &Results,
    lang: Lang,
    keys: &BTreeSet<&str>,
    published: Option<&str>,
    computed: bool,
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
            Lang::En => format!("{} sources listed in the annex on sources", titles.len()),
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
            let own = if computed { "；本报告测算" } else { "" };
            format!("资料来源：{}{own}。", titles.join("；"))
        }
        Lang::En => {
            let own = if computed { "; calculations for this report" } else { "" };
            format!("Source: {}{own}.", titles.join("; "))
        }
    })
}
