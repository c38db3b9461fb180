//! The registry of sources, and the keys that tables cite.

use std::collections::BTreeMap;

use crate::config::{Config, Input};
use crate::data::localised::Pair;
use crate::data::role;
use crate::data::table::{Needed, Table, Text};
use crate::diag::{Code, Diagnostic, Findings, Span, nearest};
use crate::lang::Localised;
use crate::source::Sources;

/// The sources of a report: those of the registry in the order of the file, or, without a
/// registry, the keys that the tables cite, sorted.
#[derive(Debug, Clone, Default)]
pub struct Registry {
    /// The sources.
    pub sources: Vec<SourceEntry>,
}

/// One source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SourceEntry {
    /// The key that tables cite.
    pub key: String,
    /// Printed title; the key, without a registry.
    pub title: Localised<String>,
    /// Where it was read; may be empty.
    pub detail: String,
    /// Under which licence; may be empty.
    pub licence: String,
    /// What sort of source; may be empty.
    pub kind: String,
}

impl Registry {
    /// The source with a key.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&SourceEntry> {
        self.sources.iter().find(|source| source.key == key)
    }

    /// Reads the registry that `config` names; none if it names none or it cannot be read.
    pub(super) fn load(
        sources: &mut Sources,
        config: &Config,
        findings: &mut Findings,
    ) -> Option<Self> {
        let from = config.sources.as_ref()?;
        let table = Table::read(sources, from, findings)?;
        table.report_if_empty(Needed::No, findings);
        let key = table.require(role::KEY, findings);
        let title = Pair::require(&table, role::TITLE, findings);
        let (key, title) = (key?, title?);
        let columns = [role::DETAIL, role::LICENCE, role::KIND].map(|role| table.column(role));
        let mut places: BTreeMap<String, Span> = BTreeMap::new();
        let mut registry = Self::default();
        for row in &table.rows {
            let cell = row.cell(key);
            if let Some(first) = places.insert(cell.text.clone(), cell.span) {
                findings.push(
                    Diagnostic::error(
                        Code::DataDuplicateValue,
                        format!("source `{}` stands twice", cell.text),
                    )
                    .at(cell.span, "again here")
                    .at(first, "first here"),
                );
            }
            let [detail, licence, kind] = columns.map(|column| row.text(column));
            registry.sources.push(SourceEntry {
                key: cell.text.clone(),
                title: title.read(&table, row, findings),
                detail,
                licence,
                kind,
            });
        }
        Some(registry)
    }
}

/// The source keys that tables cite, each with the first place that cites it.
#[derive(Debug, Default)]
pub(super) struct SourceKeys(BTreeMap<String, Span>);

impl SourceKeys {
    /// Notes the key of a cell and returns it.
    pub(super) fn note(&mut self, cell: &Text) -> String {
        self.0.entry(cell.text.clone()).or_insert(cell.span);
        cell.text.clone()
    }

    /// Notes the key that the configuration gives for rows without one.
    pub(super) fn note_default(&mut self, input: &Input) {
        if let Some(key) = input.source.as_ref().filter(|key| !key.is_empty()) {
            self.0.entry(key.clone()).or_insert(input.table.span);
        }
    }

    /// Notes a key that the configuration gives.
    pub(super) fn note_given(&mut self, key: &str, span: Span) {
        self.0.entry(key.to_owned()).or_insert(span);
    }

    /// Checks the keys against the registry, or makes one of them if the report has none.
    pub(super) fn check(
        self,
        registry: Option<Registry>,
        config: &Config,
        findings: &mut Findings,
    ) -> Registry {
        let Some(crate::config::TableFile { path, .. }) = &config.sources else {
            let sources = self.0.into_keys().map(|key| {
                let title = Localised::same(&key);
                SourceEntry { key, title, ..SourceEntry::default() }
            });
            return Registry { sources: sources.collect() };
        };
        let Some(registry) = registry else { return Registry::default() };
        let mut unknown: Vec<(String, Span)> =
            self.0.into_iter().filter(|(key, _)| registry.find(key).is_none()).collect();
        unknown.sort_by_key(|(_, span)| *span);
        for (key, span) in unknown {
            let known = registry.sources.iter().map(|source| source.key.as_str());
            let near = nearest(&key, known);
            let found = Diagnostic::error(
                Code::DataUnknownSource,
                format!("`{path}` has no source `{key}`"),
            )
            .at(span, "first cited here");
            findings.push(match near.as_slice() {
                [] => found.help(format!("add a row for `{key}` to `{path}`")),
                near => found.did_you_mean(near),
            });
        }
        registry
    }
}

#[cfg(test)]
mod tests {
    use crate::data::testing::{Project, codes};

    const DATA: &str =
        "unit,indicator,value,source\n甲,gdp,1,yearbook\n乙,gdp,1,yearbok\n丙,gdp,2,yearbok\n";

    #[test]
    fn unknown_keys_are_told_once() {
        let project = Project::new()
            .file("data.csv", DATA)
            .file("sources.csv", "key,title_zh,title_en,licence\nyearbook,年鉴,Yearbook,free\n")
            .report("sources: sources.csv");
        let found = project.fail();
        assert_eq!(codes(&found), ["data/unknown-source"]);
        assert_eq!(found[0].help, ["did you mean `yearbook`?"]);
        assert_eq!(project.under(&found[0]), "yearbok");
    }

    #[test]
    fn without_registry_keys_are_titles() {
        let registry = Project::new().file("data.csv", DATA).load().unwrap().value.registry;
        let keys: Vec<&str> = registry.sources.iter().map(|s| s.key.as_str()).collect();
        assert_eq!(keys, ["yearbok", "yearbook"]);
        assert_eq!(registry.find("yearbok").unwrap().title.zh, "yearbok");
    }

    #[test]
    fn a_key_stands_once() {
        let found = Project::new()
            .file("data.csv", "unit,gdp\n甲,1\n")
            .file("sources.csv", "key,title\na,A\na,B\n")
            .report("sources: sources.csv")
            .fail();
        assert_eq!(codes(&found), ["data/duplicate-value"]);
    }
}
