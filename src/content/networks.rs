//! Networks and tables of entities by name, as tables, figures and sentences ask for them.

use std::collections::BTreeMap;

use crate::config::{CascadeSpec, Level, NetworkSpec, PublishedSpec, SourceKey};
use crate::content::results::Results;
use crate::data::{NetworkData, PublishedRows};
use crate::lang::{Lang, Localised};
use crate::network::{Cascade, CascadeLevel, Flows, NetworkResult, Place, Snapshot};
use crate::num::fixed;

/// A network of a report, or a part of one.
#[derive(Debug, Clone, Copy)]
pub(super) struct Web<'a> {
    results: &'a Results,
    /// Position of the network.
    pub(super) at: usize,
    /// Position of the part; `None` for the whole.
    pub(super) part: Option<usize>,
}

impl<'a> Web<'a> {
    /// The network or part of that name.
    pub(super) fn find(results: &'a Results, name: &str) -> Option<Self> {
        let mut all = results.networks.networks.iter().enumerate();
        all.find_map(|(at, own)| {
            if own.id == name {
                return Some(Self { results, at, part: None });
            }
            let part = own.subnetworks.iter().position(|part| part.id == name)?;
            Some(Self { results, at, part: Some(part) })
        })
    }

    /// The network or part at a position.
    pub(super) const fn at(results: &'a Results, at: usize, part: Option<usize>) -> Self {
        Self { results, at, part }
    }

    /// What was measured on the whole network.
    pub(super) fn result(self) -> &'a NetworkResult {
        &self.results.networks.networks[self.at]
    }

    /// What was asked for.
    pub(super) fn spec(self) -> &'a NetworkSpec {
        &self.results.config.networks.networks[self.at]
    }

    /// What was read.
    pub(super) fn data(self) -> &'a NetworkData {
        &self.results.inputs.networks.networks[self.at]
    }

    /// The network by year.
    pub(super) fn snapshots(self) -> &'a [Snapshot] {
        match self.part {
            Some(part) => &self.result().subnetworks[part].snapshots,
            None => &self.result().snapshots,
        }
    }

    /// The last snapshot; `None` where only published statistics are shown.
    pub(super) fn last(self) -> Option<&'a Snapshot> {
        self.snapshots().last()
    }

    /// Printed title.
    pub(super) fn title(self) -> &'a Localised<String> {
        match self.part {
            Some(part) => &self.result().subnetworks[part].title,
            None => &self.result().title,
        }
    }

    /// Short name.
    pub(super) fn id(self) -> &'a str {
        match self.part {
            Some(part) => &self.result().subnetworks[part].id,
            None => &self.result().id,
        }
    }

    /// Its parts; a part has none.
    pub(super) fn parts(self) -> impl Iterator<Item = Self> {
        let count = if self.part.is_none() { self.result().subnetworks.len() } else { 0 };
        (0..count).map(move |part| Self { part: Some(part), ..self })
    }

    /// Flows at a level; none of a part.
    pub(super) fn flows(self, level: Level) -> Option<&'a Flows> {
        let flows = self.result().flows.iter().find(|flows| flows.level == level);
        flows.filter(|_| self.part.is_none())
    }

    /// Whether its tables say that they are made up.
    pub(super) fn is_illustrative(self) -> bool {
        self.data().is_illustrative
    }

    /// Printed name of a node.
    pub(super) fn node_name(self, node: usize, lang: Lang) -> String {
        self.data().nodes[node].name.text(lang).to_owned()
    }

    /// Whether a node was surveyed; `None` where nodes are not told apart.
    pub(super) fn is_sample(self, node: usize) -> Option<bool> {
        let types = &self.spec().sample_types;
        (!types.is_empty()).then(|| types.contains(&self.data().nodes[node].kind))
    }

    /// Published tables with what they hold.
    pub(super) fn published(self) -> impl Iterator<Item = (&'a PublishedSpec, &'a PublishedRows)> {
        self.spec().published.iter().zip(&self.data().published)
    }

    /// Printed name of a category.
    pub(super) fn category_name(self, category: &str, lang: Lang) -> String {
        named(&self.data().category_names, category, lang)
    }

    /// Printed name of a unit of the gazetteer.
    pub(super) fn unit_name(self, unit: usize, lang: Lang) -> String {
        self.results.inputs.gazetteer.units()[unit].name.text(lang).to_owned()
    }
}

/// A table of entities, counted.
#[derive(Debug, Clone, Copy)]
pub(super) struct Tally<'a> {
    results: &'a Results,
    /// Its position.
    pub(super) at: usize,
}

impl<'a> Tally<'a> {
    /// The table of that name.
    pub(super) fn find(results: &'a Results, name: &str) -> Option<Self> {
        let at = results.networks.cascades.iter().position(|own| own.id == name)?;
        Some(Self { results, at })
    }

    /// The table at a position.
    pub(super) const fn at(results: &'a Results, at: usize) -> Self {
        Self { results, at }
    }

    /// What was counted.
    pub(super) fn result(self) -> &'a Cascade {
        &self.results.networks.cascades[self.at]
    }

    /// What was asked for.
    pub(super) fn spec(self) -> &'a CascadeSpec {
        &self.results.config.networks.cascades[self.at]
    }

    /// Counts by the places of a level.
    pub(super) fn level(self, level: Level) -> Option<&'a CascadeLevel> {
        self.result().levels.iter().find(|own| own.level == level)
    }

    /// Printed name of the category at a position.
    pub(super) fn category_name(self, at: usize, lang: Lang) -> String {
        let data = &self.results.inputs.networks.cascades[self.at];
        named(&data.category_names, &self.result().categories[at], lang)
    }

    /// Position of the last year.
    pub(super) fn last(self) -> usize {
        self.result().years.len() - 1
    }

    /// Whether its table says that it is made up.
    pub(super) fn is_illustrative(self) -> bool {
        self.results.inputs.networks.cascades[self.at].is_illustrative
    }
}

fn named(names: &BTreeMap<String, String>, category: &str, lang: Lang) -> String {
    let english = names.get(category).filter(|_| lang == Lang::En);
    english.map_or(category, String::as_str).to_owned()
}

/// A word of both languages.
pub(super) fn word(lang: Lang, zh: &str, en: &str) -> String {
    match lang {
        Lang::Zh => zh.to_owned(),
        Lang::En => en.to_owned(),
    }
}

/// A whole number as printed.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
pub(super) fn whole(count: u64, lang: Lang) -> String {
    fixed(count as f64, 0, lang)
}

/// A count of nodes or edges as printed.
pub(super) fn size(count: usize, lang: Lang) -> String {
    whole(count as u64, lang)
}

/// A share of one as a percentage.
pub(super) fn percent(share: f64, decimals: usize, lang: Lang) -> String {
    format!("{}%", fixed(share * 100.0, decimals, lang))
}

/// What the places of a level are called, one and several.
pub(super) const fn level_names(level: Level, lang: Lang) -> (&'static str, &'static str) {
    match (level, lang) {
        (Level::Region, Lang::Zh) => ("地区", "地区"),
        (Level::Region, Lang::En) => ("region", "regions"),
        (Level::Agglomeration, Lang::Zh) => ("城市群", "城市群"),
        (Level::Agglomeration, Lang::En) => ("agglomeration", "agglomerations"),
        (Level::Province, Lang::Zh) => ("省份", "省份"),
        (Level::Province, Lang::En) => ("province", "provinces"),
        (Level::City, Lang::Zh) => ("城市", "城市"),
        (Level::City, Lang::En) => ("city", "cities"),
    }
}

/// What a flow inside a place of a level and one between two are called.
pub(super) const fn flow_names(level: Level, lang: Lang) -> (&'static str, &'static str) {
    match (level, lang) {
        (Level::Region, Lang::Zh) => ("地区内", "跨地区"),
        (Level::Region, Lang::En) => ("within region", "between regions"),
        (Level::Agglomeration, Lang::Zh) => ("群内", "跨群"),
        (Level::Agglomeration, Lang::En) => ("within agglomeration", "between agglomerations"),
        (Level::Province, Lang::Zh) => ("省内", "跨省"),
        (Level::Province, Lang::En) => ("within province", "between provinces"),
        (Level::City, Lang::Zh) => ("本地", "跨地区"),
        (Level::City, Lang::En) => ("within city", "between cities"),
    }
}

/// The same in a column of a table, where English is short of room.
pub(super) const fn kind_names(level: Level, lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Zh => flow_names(level, lang),
        Lang::En => ("within", "between"),
    }
}

/// Printed name of a place; what lies in no place of the level has one too.
pub(super) fn place_name(place: &Place, lang: Lang) -> String {
    if place.is_rest() {
        return word(lang, "其余城市", "other cities");
    }
    let name = place.name.text(lang);
    // A province stands in a list of provinces without its last character.
    match lang {
        Lang::Zh => short_province(name).to_owned(),
        Lang::En => name.to_owned(),
    }
}

fn short_province(name: &str) -> &str {
    const ENDINGS: [&str; 6] = ["维吾尔自治区", "壮族自治区", "回族自治区", "自治区", "省", "市"];
    let cut = ENDINGS.iter().find_map(|ending| name.strip_suffix(ending));
    cut.filter(|left| left.chars().count() >= 2).unwrap_or(name)
}

/// The line under what rests on a network or a table of entities.
pub(super) fn network_source(
    results: &Results,
    lang: Lang,
    source: &SourceKey,
    is_illustrative: bool,
) -> String {
    let registry = &results.inputs.registry;
    let title = source.as_ref().and_then(|(key, _)| registry.find(key));
    let title = title.map(|entry| entry.title.text(lang));
    match (lang, is_illustrative, title) {
        (Lang::Zh, true, Some(title)) => {
            format!("资料来源：{title}（示意数据，不代表真实情况）；本报告测算。")
        }
        (Lang::Zh, true, None) => "资料来源：示意数据，不代表真实情况；本报告测算。".to_owned(),
        (Lang::Zh, false, Some(title)) => format!("资料来源：{title}；本报告测算。"),
        (Lang::Zh, false, None) => "资料来源：本报告测算。".to_owned(),
        (Lang::En, true, Some(title)) => {
            format!("Source: {title} (illustrative data, not real); own calculations.")
        }
        (Lang::En, true, None) => {
            "Source: illustrative data, not real; own calculations.".to_owned()
        }
        (Lang::En, false, Some(title)) => format!("Source: {title}; own calculations."),
        (Lang::En, false, None) => "Source: own calculations.".to_owned(),
    }
}

/// The line under a table that somebody else published.
pub(super) fn published_source(
    results: &Results,
    lang: Lang,
    source: &SourceKey,
) -> Option<String> {
    let (key, _) = source.as_ref()?;
    let title = results.inputs.registry.find(key)?.title.text(lang);
    Some(match lang {
        Lang::Zh => format!("资料来源：{title}。"),
        Lang::En => format!("Source: {title}."),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn provinces_are_called_by_their_short_names() {
        assert_eq!(short_province("内蒙古自治区"), "内蒙古");
        assert_eq!(short_province("新疆维吾尔自治区"), "新疆");
        assert_eq!(short_province("北京市"), "北京");
        assert_eq!(short_province("沙市"), "沙市");
    }
}
