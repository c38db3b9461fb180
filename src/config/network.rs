//! Checked `networks` and `cascades`: which relations are measured, when, and how.

use crate::config::TableFile;
use crate::diag::Span;
use crate::lang::Localised;

/// Networks and tables of entities, in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct NetworkPlan {
    /// Networks.
    pub networks: Vec<NetworkSpec>,
    /// Tables of entities.
    pub cascades: Vec<CascadeSpec>,
}

impl NetworkPlan {
    /// Every source that is named.
    pub fn sources(&self) -> impl Iterator<Item = &(String, Span)> {
        let networks = self.networks.iter().flat_map(|network| {
            let published = network.published.iter().filter_map(|own| own.source.as_ref());
            network.source.iter().chain(published)
        });
        networks.chain(self.cascades.iter().filter_map(|cascade| cascade.source.as_ref()))
    }

    /// Whether nothing is asked for.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.networks.is_empty() && self.cascades.is_empty()
    }
}

/// A file of networks alone, or what a report says of networks.
#[derive(Debug, Clone)]
pub struct NetworkFile {
    /// The gazetteer, if the file names one.
    pub gazetteer: Option<TableFile>,
    /// What is asked for.
    pub plan: NetworkPlan,
}

/// A network.
#[derive(Debug, Clone)]
pub struct NetworkSpec {
    /// Short name.
    pub id: String,
    /// Where the id stands.
    pub span: Span,
    /// Printed title.
    pub title: Localised<String>,
    /// Table of nodes.
    pub nodes: Option<NodeTable>,
    /// Table of edges; without one only published statistics are shown.
    pub edges: Option<EdgeTable>,
    /// Whether edges lead from source to target.
    pub directed: bool,
    /// Types of the nodes that were surveyed; empty if nodes are not told apart.
    pub sample_types: Vec<String>,
    /// Years the network is looked at; `None` for all edges at once.
    pub snapshots: Option<Snapshots>,
    /// Parts that are measured on their own.
    pub subnetworks: Vec<SubnetworkSpec>,
    /// Levels at which flows are counted.
    pub flows: Vec<Level>,
    /// Share of the flows from which on a place is a pole.
    pub pole_share: f64,
    /// Rows of ranked tables.
    pub top: usize,
    /// Whether betweenness is computed.
    pub betweenness: bool,
    /// Published tables.
    pub published: Vec<PublishedSpec>,
    /// Key of the source in the registry.
    pub source: SourceKey,
}

/// A table of nodes.
#[derive(Debug, Clone)]
pub struct NodeTable {
    /// Where it is.
    pub table: TableFile,
    /// Columns that are named; the others are found by their headers.
    pub columns: NodeColumns,
}

/// The key of a source that the configuration names, and its place there.
pub type SourceKey = Option<(String, Span)>;

/// A header that the configuration names, and its place there.
pub type NamedColumn = Option<(String, Span)>;

/// Columns of a table of nodes.
#[derive(Debug, Clone, Default)]
pub struct NodeColumns {
    /// Name by which edges call a node.
    pub id: NamedColumn,
    /// Printed name.
    pub name: NamedColumn,
    /// Printed English name.
    pub name_en: NamedColumn,
    /// Unit of the gazetteer.
    pub unit: NamedColumn,
    /// Type.
    pub kind: NamedColumn,
    /// Category.
    pub category: NamedColumn,
    /// Year from which it exists.
    pub year: NamedColumn,
    /// Weight.
    pub weight: NamedColumn,
}

/// A table of edges.
#[derive(Debug, Clone)]
pub struct EdgeTable {
    /// Where it is.
    pub table: TableFile,
    /// Columns that are named; the others are found by their headers.
    pub columns: EdgeColumns,
}

/// Columns of a table of edges.
#[derive(Debug, Clone, Default)]
pub struct EdgeColumns {
    /// Id of the node it leads from.
    pub source: NamedColumn,
    /// Id of the node it leads to.
    pub target: NamedColumn,
    /// Type.
    pub kind: NamedColumn,
    /// Year.
    pub year: NamedColumn,
    /// Weight.
    pub weight: NamedColumn,
}

/// Years a table is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshots {
    /// The years, ascending; at least one.
    pub years: Vec<i32>,
    /// Whether a year holds everything up to it, or only what came after the year before it.
    pub mode: SnapshotMode,
    /// Which nodes stand in a year's network.
    pub nodes: NodeRule,
}

impl Snapshots {
    /// The snapshots that hold something of a year, as positions among the years: from the first
    /// to the end (cumulative), or at most one (per period).
    #[must_use]
    pub fn holding(&self, year: i32) -> std::ops::Range<usize> {
        let first = self.years.partition_point(|&own| own < year);
        match self.mode {
            SnapshotMode::Cumulative => first..self.years.len(),
            SnapshotMode::PerPeriod => {
                let before_all = first == 0 && self.years.first().is_some_and(|&own| year < own);
                if before_all { 0..0 } else { first..(first + 1).min(self.years.len()) }
            }
        }
    }
}

/// What a year holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SnapshotMode {
    /// Everything up to that year.
    Cumulative,
    /// What came after the year before it in the list; the first year stands alone.
    PerPeriod,
}

/// Which nodes stand in a year's network.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NodeRule {
    /// Ends of its edges.
    Linked,
    /// Ends of its edges, and nodes whose own year belongs to it.
    Dated,
    /// Every node of the table.
    All,
}

/// A part of a network that is measured on its own.
#[derive(Debug, Clone)]
pub struct SubnetworkSpec {
    /// Short name.
    pub id: String,
    /// Printed title.
    pub title: Localised<String>,
    /// Condition on nodes.
    pub nodes: Option<(String, Span)>,
    /// Condition on edges.
    pub edges: Option<(String, Span)>,
    /// Whether both ends of an edge must satisfy the condition on nodes, or one of them.
    pub ends: Ends,
}

/// Ends of an edge that must satisfy a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ends {
    /// Both of them.
    Both,
    /// One of them.
    Any,
}

/// A level of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Regions.
    Region,
    /// Agglomerations.
    Agglomeration,
    /// Provinces.
    Province,
    /// Units themselves.
    City,
}

impl Level {
    /// Every level, the widest first.
    pub const ALL: [Self; 4] = [Self::Region, Self::Agglomeration, Self::Province, Self::City];

    /// The word of the configuration.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Region => "region",
            Self::Agglomeration => "agglomeration",
            Self::Province => "province",
            Self::City => "city",
        }
    }
}

/// A table of published statistics.
#[derive(Debug, Clone)]
pub struct PublishedSpec {
    /// Where it is.
    pub table: TableFile,
    /// Name.
    pub id: String,
    /// Printed title.
    pub title: Localised<String>,
    /// What it holds.
    pub kind: PublishedKind,
    /// Position among the published tables of the one whose network contains this one.
    pub part_of: Option<usize>,
    /// Key of the source in the registry.
    pub source: SourceKey,
}

/// What a table of published statistics holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishedKind {
    /// A row per year.
    Statistics,
    /// A row per node.
    Degrees,
    /// A row per side, rank and place.
    Shares(Level),
    /// A row per pair of places.
    Flows(Level),
}

/// A table of entities, told by place and category.
#[derive(Debug, Clone)]
pub struct CascadeSpec {
    /// Short name.
    pub id: String,
    /// Printed title.
    pub title: Localised<String>,
    /// Where the table is.
    pub table: TableFile,
    /// Condition on its columns.
    pub condition: Option<(String, Span)>,
    /// Columns that are named; the others are found by their headers.
    pub columns: CascadeColumns,
    /// What an entity is counted as.
    pub measure: Localised<String>,
    /// Years the table is looked at; `None` for all rows at once.
    pub snapshots: Option<Snapshots>,
    /// Places or categories that the concentration is told for.
    pub top: usize,
    /// Fewest entities in the first year of a category among the fastest growing.
    pub small_base: u64,
    /// Key of the source in the registry.
    pub source: SourceKey,
}

/// Columns of a table of entities.
#[derive(Debug, Clone, Default)]
pub struct CascadeColumns {
    /// Unit of the gazetteer.
    pub unit: NamedColumn,
    /// Category.
    pub category: NamedColumn,
    /// Year.
    pub year: NamedColumn,
    /// Entities a row stands for.
    pub count: NamedColumn,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshots(mode: SnapshotMode) -> Snapshots {
        Snapshots { years: vec![2015, 2017, 2019], mode, nodes: NodeRule::Linked }
    }

    #[test]
    fn a_cumulative_year_holds_all_before_it() {
        let held = |year| snapshots(SnapshotMode::Cumulative).holding(year);
        assert_eq!((held(2001), held(2015), held(2016)), (0..3, 0..3, 1..3));
        assert_eq!((held(2019), held(2020)), (2..3, 3..3));
    }

    #[test]
    fn a_period_begins_after_the_year_before() {
        let held = |year| snapshots(SnapshotMode::PerPeriod).holding(year);
        assert!(held(2014).is_empty() && held(2020).is_empty());
        assert_eq!((held(2015), held(2016), held(2017), held(2018)), (0..1, 1..2, 1..2, 2..3));
    }
}
