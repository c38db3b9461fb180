//! Shape of `networks` and `cascades`, in `report.yaml` or in a file of their own.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::lang::Localised;

/// A file of networks alone, for `rankpress network`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawNetworkFile {
    /// Version of this format; 1.
    #[schemars(range(min = 1, max = 1))]
    #[expect(dead_code, reason = "the schema checks it; there is one version so far")]
    pub schema_version: u32,
    /// The gazetteer, which flows and shares by place need. Default: none.
    pub cities: Option<RawGazetteer>,
    /// Networks of relations. Default: none.
    pub networks: Option<Vec<RawNetwork>>,
    /// Tables of entities, told by place and category. Default: none.
    pub cascades: Option<Vec<RawCascade>>,
}

/// The gazetteer.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawGazetteer {
    /// Path of the gazetteer, a table, relative to this file.
    pub gazetteer: String,
}

/// A network of relations: a table of edges, with or without a table of nodes, or statistics that
/// somebody published.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawNetwork {
    /// Short name: lower-case letters, digits and hyphens.
    pub id: String,
    /// Printed title. Default: the id.
    pub title: Option<Localised<String>>,
    /// Table of nodes. Default: none, and whatever an edge names is a node.
    pub nodes: Option<RawNodes>,
    /// Table of edges. Default: none, if there is something under `published`.
    pub edges: Option<RawEdges>,
    /// Whether an edge leads from source to target or joins the two. Default: `directed`.
    pub direction: Option<RawEdgeDirection>,
    /// Types of the nodes that were surveyed; all others are nodes these are related to. Default:
    /// none, and nodes are not told apart.
    pub sample_types: Option<Vec<String>>,
    /// Years the network is looked at. Default: all edges at once.
    pub snapshots: Option<RawSnapshots>,
    /// Parts of the network that are measured on their own. Default: none.
    pub subnetworks: Option<Vec<RawSubnetwork>>,
    /// Levels at which flows between places are counted, if nodes have units.
    /// Default: `[province, city]`.
    pub flows: Option<Vec<RawLevel>>,
    /// Smallest share of the flows, out and in together, with which a place counts as a pole.
    /// Default: 0.1.
    #[schemars(range(min = 0, max = 1))]
    pub pole_share: Option<f64>,
    /// How many rows the ranked tables have. Default: 20.
    #[schemars(range(min = 1, max = 1000))]
    pub top: Option<usize>,
    /// Whether betweenness is computed, which takes longer than all the rest. Default: false.
    pub betweenness: Option<bool>,
    /// Tables of statistics that somebody published, to be checked and shown. Default: none.
    pub published: Option<Vec<RawPublished>>,
    /// Key of the source in the registry, named under figures and tables. Default: none.
    pub source: Option<String>,
}

/// A table of nodes.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawNodes {
    /// Path of the table, relative to this file: CSV, or a spreadsheet (XLSX).
    pub file: String,
    /// Sheet of a spreadsheet. Default: its first.
    pub sheet: Option<String>,
    /// Columns by what they hold. Default: found by their headers.
    pub columns: Option<RawNodeColumns>,
}

/// Columns of a table of nodes.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawNodeColumns {
    /// Name by which edges call the node. Default: `id`, `编号` or the like.
    pub id: Option<String>,
    /// Printed name. Default: `name`, `名称` or the like, else the id.
    pub name: Option<String>,
    /// Printed English name. Default: `name_en`, else the name.
    pub name_en: Option<String>,
    /// Unit of the gazetteer. Default: `unit`, `city`, `城市` or the like, else none.
    pub unit: Option<String>,
    /// Type, such as sample or relation. Default: `type`, `类型`, else none.
    pub r#type: Option<String>,
    /// Category, such as a technology. Default: `category`, `类别`, else none.
    pub category: Option<String>,
    /// Year from which the node exists. Default: `year`, `年份` or the like, else none.
    pub year: Option<String>,
    /// Weight. Default: `weight`, `权重`, else none.
    pub weight: Option<String>,
}

/// A table of edges.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawEdges {
    /// Path of the table, relative to this file: CSV, or a spreadsheet (XLSX).
    pub file: String,
    /// Sheet of a spreadsheet. Default: its first.
    pub sheet: Option<String>,
    /// Columns by what they hold. Default: found by their headers.
    pub columns: Option<RawEdgeColumns>,
}

/// Columns of a table of edges.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawEdgeColumns {
    /// Id of the node it leads from. Default: `source`, `from`, `起点` or the like.
    pub source: Option<String>,
    /// Id of the node it leads to. Default: `target`, `to`, `终点` or the like.
    pub target: Option<String>,
    /// Type of the relation. Default: `type`, `类型`, else none.
    pub r#type: Option<String>,
    /// Year in which the relation began. Default: `year`, `年份` or the like, else none.
    pub year: Option<String>,
    /// Weight. Default: `weight`, `权重`, else 1.
    pub weight: Option<String>,
}

/// What an edge is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawEdgeDirection {
    /// It leads from source to target.
    Directed,
    /// It joins the two.
    Undirected,
}

/// Years a table is looked at.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawSnapshots {
    /// Whether a year holds all that came before it. Default: `cumulative`.
    pub mode: Option<RawMode>,
    /// The years, in place of `from` and `to`.
    pub years: Option<Vec<i32>>,
    /// First year.
    pub from: Option<i32>,
    /// Last year.
    pub to: Option<i32>,
    /// Which nodes stand in a year's network. Default: `linked`.
    pub nodes: Option<RawNodeRule>,
}

/// What a year holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawMode {
    /// Everything up to that year.
    Cumulative,
    /// What came after the year before it in the list; the first year stands alone.
    PerPeriod,
}

/// Which nodes stand in a year's network.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawNodeRule {
    /// Ends of its edges.
    Linked,
    /// Ends of its edges, and nodes whose own year belongs to it.
    Dated,
    /// Every node of the table.
    All,
}

/// A part of a network.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawSubnetwork {
    /// Short name: lower-case letters, digits and hyphens.
    pub id: String,
    /// Printed title. Default: the id.
    pub title: Option<Localised<String>>,
    /// Condition on the columns of the nodes, those of their unit in the gazetteer included, such
    /// as `category == '平台'`. Default: every node.
    pub nodes: Option<String>,
    /// Condition on the columns of the edges, such as `type == '技术'`. Default: every edge.
    pub edges: Option<String>,
    /// Whether both ends of an edge must satisfy the condition on nodes, or one of them.
    /// Default: `both`.
    pub ends: Option<RawEnds>,
}

/// Ends of an edge that must satisfy a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawEnds {
    /// Both of them.
    Both,
    /// One of them: the chosen nodes and whatever they are related to.
    Any,
}

/// A level of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawLevel {
    /// Units themselves.
    City,
    /// Provinces.
    Province,
    /// Agglomerations.
    Agglomeration,
    /// Regions.
    Region,
}

/// A table of statistics that somebody published.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawPublished {
    /// Path of the table, relative to this file: CSV, or a spreadsheet (XLSX).
    pub file: String,
    /// Sheet of a spreadsheet. Default: its first.
    pub sheet: Option<String>,
    /// What it holds.
    pub kind: RawPublishedKind,
    /// Name of the table. Default: the file's name without ending.
    pub id: Option<String>,
    /// Printed title. Default: the id.
    pub title: Option<Localised<String>>,
    /// Level of the places of `shares` and `flows`. Default: `province`.
    pub level: Option<RawLevel>,
    /// Id of the table of `statistics` whose network contains this one. Default: none.
    pub part_of: Option<String>,
    /// Key of the source in the registry, named under the table. Default: none.
    pub source: Option<String>,
}

/// What a table of published statistics holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(in crate::config) enum RawPublishedKind {
    /// A row per year: nodes, edges, average degree and so on.
    Statistics,
    /// A row per node: in-, out- and total degree.
    Degrees,
    /// A row per side, rank and place: its share in per cent.
    Shares,
    /// A row per pair of places: its share in per cent.
    Flows,
}

/// A table of entities, told by place and category.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawCascade {
    /// Short name: lower-case letters, digits and hyphens.
    pub id: String,
    /// Printed title. Default: the id.
    pub title: Option<Localised<String>>,
    /// Path of the table, relative to this file: CSV, or a spreadsheet (XLSX).
    pub file: String,
    /// Sheet of a spreadsheet. Default: its first.
    pub sheet: Option<String>,
    /// Condition on its columns, such as `type == 'firm'`. Default: every row.
    #[serde(rename = "where")]
    pub condition: Option<String>,
    /// Columns by what they hold. Default: found by their headers.
    pub columns: Option<RawCascadeColumns>,
    /// What an entity is counted as. Default: 个, entities.
    pub measure: Option<Localised<String>>,
    /// Years the table is looked at. Default: all rows at once.
    pub snapshots: Option<RawSnapshots>,
    /// How many places or categories the concentration is told for. Default: 5.
    #[schemars(range(min = 1, max = 1000))]
    pub top: Option<usize>,
    /// Fewest entities that a category has in the first year to be among the fastest growing.
    /// Default: 10.
    #[schemars(range(min = 1, max = 1_000_000))]
    pub small_base: Option<u64>,
    /// Key of the source in the registry, named under figures and tables. Default: none.
    pub source: Option<String>,
}

/// Columns of a table of entities.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawCascadeColumns {
    /// Unit of the gazetteer. Default: `unit`, `city`, `城市` or the like, else none.
    pub unit: Option<String>,
    /// Category. Default: `category`, `类别`, else none.
    pub category: Option<String>,
    /// Year. Default: `year`, `年份` or the like, else none.
    pub year: Option<String>,
    /// How many entities a row stands for, a whole number. Default: `count`, `数量`, else one.
    pub count: Option<String>,
}
