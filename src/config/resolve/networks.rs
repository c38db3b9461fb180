//! Meaning of `networks` and `cascades`: files that exist, years in order, names that are unique.

use crate::config::network::{
    CascadeColumns, CascadeSpec, EdgeColumns, EdgeTable, Ends, Level, NamedColumn, NetworkPlan,
    NetworkSpec, NodeColumns, NodeRule, NodeTable, PublishedKind, PublishedSpec, SnapshotMode,
    Snapshots, SourceKey, SubnetworkSpec,
};
use crate::config::raw::{
    RawCascade, RawEdgeDirection, RawEdges, RawEnds, RawLevel, RawMode, RawNetwork, RawNodeRule,
    RawNodes, RawPublished, RawPublishedKind, RawSnapshots, RawSubnetwork,
};
use crate::config::table_file::TableFile;
use crate::config::validate::Project;
use crate::config::yaml::Place;
use crate::diag::{Code, Diagnostic, Findings, Span, nearest};
use crate::lang::Localised;

/// Years a list from `from` to `to` may hold.
const MAX_YEARS: i32 = 200;

/// What the sections `networks` and `cascades` of the file `root` ask for.
pub(in crate::config) fn plan(
    networks: Option<Vec<RawNetwork>>,
    cascades: Option<Vec<RawCascade>>,
    root: &Place,
    project: Project<'_>,
    findings: &mut Findings,
) -> NetworkPlan {
    let mut resolver = Resolver { project, findings };
    let plan = NetworkPlan {
        networks: resolver.each(networks, root, "networks", Resolver::network),
        cascades: resolver
            .each(cascades, root, "cascades", Resolver::cascade)
            .into_iter()
            .flatten()
            .collect(),
    };
    let ids = plan
        .networks
        .iter()
        .map(|n| n.id.as_str())
        .chain(plan.networks.iter().flat_map(|n| n.subnetworks.iter().map(|s| s.id.as_str())));
    resolver.unique("networks", ids, root);
    resolver.unique("tables of entities", plan.cascades.iter().map(|c| c.id.as_str()), root);
    plan
}

struct Resolver<'a, 'f> {
    project: Project<'a>,
    findings: &'f mut Findings,
}

impl Resolver<'_, '_> {
    /// Resolves every entry of the list under `key`.
    fn each<R, T>(
        &mut self,
        raw: Option<Vec<R>>,
        place: &Place,
        key: &str,
        one: impl Fn(&mut Self, R, &Place) -> T,
    ) -> Vec<T> {
        let list = place.get(key).unwrap_or(place);
        let entries = raw.into_iter().flatten().enumerate();
        entries.map(|(at, raw)| one(self, raw, list.index(at).unwrap_or(list))).collect()
    }

    fn network(&mut self, raw: RawNetwork, place: &Place) -> NetworkSpec {
        self.check_id(&raw.id, place);
        let nodes = raw.nodes.and_then(|nodes| self.nodes(nodes, place.get("nodes")?));
        let asked = raw.edges.is_some();
        let edges = raw.edges.and_then(|edges| self.edges(edges, place.get("edges")?));
        let snapshots = raw.snapshots.and_then(|s| self.snapshots(s, place.get("snapshots")?));
        let subnetworks = self.each(raw.subnetworks, place, "subnetworks", Self::subnetwork);
        let published = self.published(raw.published, place);
        if !asked && published.is_empty() {
            let found = format!("network `{}` has neither `edges` nor `published`", raw.id);
            self.invalid(found, place.span, "name a table of edges");
        }
        let flows = raw.flows.unwrap_or_else(|| vec![RawLevel::Province, RawLevel::City]);
        let mut flows: Vec<Level> = flows.into_iter().map(level_of).collect();
        flows.sort_unstable();
        flows.dedup();
        NetworkSpec {
            title: raw.title.unwrap_or_else(|| Localised::same(&raw.id)),
            span: place.span_of("id"),
            source: source_of(raw.source, place),
            id: raw.id,
            nodes,
            edges,
            directed: raw.direction != Some(RawEdgeDirection::Undirected),
            sample_types: raw.sample_types.unwrap_or_default(),
            snapshots,
            subnetworks,
            flows,
            pole_share: raw.pole_share.unwrap_or(0.1),
            top: raw.top.unwrap_or(20),
            betweenness: raw.betweenness.unwrap_or(false),
            published,
        }
    }

    fn nodes(&mut self, raw: RawNodes, place: &Place) -> Option<NodeTable> {
        let table = self.table(&raw.file, raw.sheet, place)?;
        let columns = raw.columns.unwrap_or_default();
        let at = |text: Option<String>, key: &str| named(text, key, place);
        let columns = NodeColumns {
            id: at(columns.id, "id"),
            name: at(columns.name, "name"),
            name_en: at(columns.name_en, "name-en"),
            unit: at(columns.unit, "unit"),
            kind: at(columns.r#type, "type"),
            category: at(columns.category, "category"),
            year: at(columns.year, "year"),
            weight: at(columns.weight, "weight"),
        };
        Some(NodeTable { table, columns })
    }

    fn edges(&mut self, raw: RawEdges, place: &Place) -> Option<EdgeTable> {
        let table = self.table(&raw.file, raw.sheet, place)?;
        let columns = raw.columns.unwrap_or_default();
        let at = |text: Option<String>, key: &str| named(text, key, place);
        let columns = EdgeColumns {
            source: at(columns.source, "source"),
            target: at(columns.target, "target"),
            kind: at(columns.r#type, "type"),
            year: at(columns.year, "year"),
            weight: at(columns.weight, "weight"),
        };
        Some(EdgeTable { table, columns })
    }

    fn subnetwork(&mut self, raw: RawSubnetwork, place: &Place) -> SubnetworkSpec {
        self.check_id(&raw.id, place);
        if raw.nodes.is_none() && raw.edges.is_none() {
            let found = format!("subnetwork `{}` is the whole network", raw.id);
            self.invalid(found, place.span, "add a condition under `nodes` or `edges`");
        }
        SubnetworkSpec {
            title: raw.title.unwrap_or_else(|| Localised::same(&raw.id)),
            id: raw.id,
            nodes: raw.nodes.map(|text| (text, place.span_of("nodes"))),
            edges: raw.edges.map(|text| (text, place.span_of("edges"))),
            ends: match raw.ends {
                Some(RawEnds::Any) => Ends::Any,
                Some(RawEnds::Both) | None => Ends::Both,
            },
        }
    }

    fn cascade(&mut self, raw: RawCascade, place: &Place) -> Option<CascadeSpec> {
        self.check_id(&raw.id, place);
        let table = self.table(&raw.file, raw.sheet, place)?;
        let columns = raw.columns.unwrap_or_default();
        let at = |text: Option<String>, key: &str| named(text, key, place);
        Some(CascadeSpec {
            title: raw.title.unwrap_or_else(|| Localised::same(&raw.id)),
            id: raw.id,
            source: source_of(raw.source, place),
            table,
            condition: raw.condition.map(|text| (text, place.span_of("where"))),
            columns: CascadeColumns {
                unit: at(columns.unit, "unit"),
                category: at(columns.category, "category"),
                year: at(columns.year, "year"),
                count: at(columns.count, "count"),
            },
            measure: raw.measure.unwrap_or_else(|| Localised::new("个".into(), "entities".into())),
            snapshots: raw.snapshots.and_then(|s| self.snapshots(s, place.get("snapshots")?)),
            top: raw.top.unwrap_or(5),
            small_base: raw.small_base.unwrap_or(10),
        })
    }

    fn snapshots(&mut self, raw: RawSnapshots, place: &Place) -> Option<Snapshots> {
        let years = match (raw.years, raw.from, raw.to) {
            (Some(years), None, None) => years,
            (None, Some(from), Some(to)) if from <= to && to - from < MAX_YEARS => {
                (from..=to).collect()
            }
            (None, Some(from), Some(to)) => {
                let found = format!("`from` is {from} and `to` is {to}");
                self.invalid(found, place.span, "name the earlier year first");
                return None;
            }
            _ => {
                let found = "`snapshots` wants either `years` or both `from` and `to`";
                self.invalid(found.to_owned(), place.span, "write `{ from: 2014, to: 2022 }`");
                return None;
            }
        };
        if years.is_empty() || years.windows(2).any(|pair| pair[0] >= pair[1]) {
            let found = "`years` wants different years, the earliest first".to_owned();
            self.invalid(found, place.span_of("years"), "write `years: [2015, 2017, 2019]`");
            return None;
        }
        Some(Snapshots {
            years,
            mode: match raw.mode {
                Some(RawMode::PerPeriod) => SnapshotMode::PerPeriod,
                Some(RawMode::Cumulative) | None => SnapshotMode::Cumulative,
            },
            nodes: match raw.nodes {
                Some(RawNodeRule::All) => NodeRule::All,
                Some(RawNodeRule::Dated) => NodeRule::Dated,
                Some(RawNodeRule::Linked) | None => NodeRule::Linked,
            },
        })
    }

    fn published(&mut self, raw: Option<Vec<RawPublished>>, place: &Place) -> Vec<PublishedSpec> {
        let list = place.get("published").unwrap_or(place);
        let mut tables: Vec<PublishedSpec> = Vec::new();
        for (at, raw) in raw.into_iter().flatten().enumerate() {
            let own = list.index(at).unwrap_or(list);
            let Some(table) = self.table(&raw.file, raw.sheet, own) else { continue };
            let part_of = raw.part_of.and_then(|whole| self.whole(&whole, &tables, own));
            let level = raw.level.map_or(Level::Province, level_of);
            let id = raw.id.unwrap_or_else(|| stem(&table.path).to_owned());
            tables.push(PublishedSpec {
                title: raw.title.unwrap_or_else(|| Localised::same(&id)),
                table,
                id,
                source: source_of(raw.source, own),
                kind: match raw.kind {
                    RawPublishedKind::Statistics => PublishedKind::Statistics,
                    RawPublishedKind::Degrees => PublishedKind::Degrees,
                    RawPublishedKind::Shares => PublishedKind::Shares(level),
                    RawPublishedKind::Flows => PublishedKind::Flows(level),
                },
                part_of,
            });
        }
        tables
    }

    /// Position of the table of statistics that `part-of` names among those before it.
    fn whole(&mut self, id: &str, before: &[PublishedSpec], own: &Place) -> Option<usize> {
        let statistics = |t: &&PublishedSpec| t.kind == PublishedKind::Statistics;
        let found = before.iter().position(|t| t.id == id && t.kind == PublishedKind::Statistics);
        if found.is_none() {
            let names = before.iter().filter(statistics).map(|t| t.id.as_str());
            let message = format!("no table of statistics before this one is called `{id}`");
            let error = Diagnostic::error(Code::ConfigUnknownName, message);
            let near = nearest(id, names);
            self.findings.push(error.at(own.span_of("part-of"), "").did_you_mean(&near));
        }
        found
    }

    fn table(&mut self, file: &str, sheet: Option<String>, place: &Place) -> Option<TableFile> {
        let (path, span) = self.project.file(file, place.span_of("file"), self.findings)?;
        let sheet = sheet.map(|sheet| (sheet, place.span_of("sheet")));
        Some(TableFile { path, span, sheet })
    }

    fn check_id(&mut self, id: &str, place: &Place) {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if id.is_empty() || !id.chars().all(plain) {
            let found = format!("`{id}` cannot be an id");
            let help = "use lower-case letters, digits and hyphens";
            self.invalid(found, place.span_of("id"), help);
        }
    }

    fn unique<'s>(&mut self, what: &str, ids: impl Iterator<Item = &'s str>, root: &Place) {
        let mut seen: Vec<&str> = Vec::new();
        for id in ids {
            if seen.contains(&id) {
                let found = format!("two {what} are called `{id}`");
                let key = if what == "networks" { what } else { "cascades" };
                self.invalid(found, root.span_of(key), "give one of them another `id`");
            }
            seen.push(id);
        }
    }

    fn invalid(&mut self, message: String, span: Span, help: &str) {
        self.findings.push(Diagnostic::error(Code::ConfigInvalid, message).at(span, "").help(help));
    }
}

fn source_of(key: Option<String>, place: &Place) -> SourceKey {
    key.map(|key| (key, place.span_of("source")))
}

fn named(text: Option<String>, key: &str, place: &Place) -> NamedColumn {
    let columns = place.get("columns").unwrap_or(place);
    text.map(|text| (text, columns.span_of(key)))
}

const fn level_of(raw: RawLevel) -> Level {
    match raw {
        RawLevel::City => Level::City,
        RawLevel::Province => Level::Province,
        RawLevel::Agglomeration => Level::Agglomeration,
        RawLevel::Region => Level::Region,
    }
}

/// The name of a file without folder and ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
