//! Configuration: `report.yaml` and `methodology.yaml`, read, checked and resolved.
//!
//! In: two YAML files. Out: [`Config`], with no text left to interpret and no option that has a
//! default. Three steps for three kinds of trouble: syntax (`yaml`), shape (`shape`, against the
//! JSON Schema of the raw types), meaning (`validate`).
//! Not here: whether columns exist in the data (`data`), whether templates exist (`content`).

mod aggregation;
mod checks;
mod definition;
mod edition;
mod formula;
mod framework;
mod imputation;
mod method;
mod network;
mod normalisation;
mod raw;
mod resolve;
mod screening;
mod shape;
mod short;
mod table_file;
mod tiers;
mod treatment;
mod typology;
mod uncertainty;
mod validate;
mod variant;
mod weighting;
mod yaml;

pub use aggregation::{Aggregation, Deviation, Phenomenon, RsrRanks, TopsisScaling};
pub use checks::CheckLimits;
pub use definition::{Band, Definition, DefinitionKind, RecordCount, Tally};
pub use edition::{
    CityCases, Config, CorrectionEntry, Input, InputKind, Layout, Output, ReportMeta, Selection,
};
pub use formula::{Expr, Formula, Op};
pub use imputation::{Centre, Group, Imputation};
pub use method::{
    Direction, IndicatorSpec, Methodology, Missing, Node, NodeKind, RankRule, Status, Ties,
};
pub use network::{
    CascadeColumns, CascadeSpec, EdgeColumns, EdgeTable, Ends, Level, NamedColumn, NetworkFile,
    NetworkPlan, NetworkSpec, NodeColumns, NodeRule, NodeTable, PublishedKind, PublishedSpec,
    SnapshotMode, Snapshots, SourceKey, SubnetworkSpec,
};
pub use normalisation::{Clamp, ConstantRule, EqualValues, Normalisation, Over, Spacing};
pub use screening::{Forced, ScreeningRule, Target};
pub use table_file::TableFile;
pub use tiers::{TierMethod, TierRule};
pub use treatment::Treatment;
pub use typology::{Balance, BalanceBy, LeadingBy, TypeRule, TypologyRule};
pub use uncertainty::{NodeReplay, NoiseKind, TierReplay, Uncertainty, ValueNoise, WeightSources};
#[cfg(test)]
pub(crate) use validate::methodology;
pub use validate::{load, load_corrections, load_networks};
pub use variant::{Changed, MAIN, NodeChange, Variant};
pub use weighting::{Combination, PcaVariant, WeightData, Weighting};
pub use yaml::Place;

/// The schemas that `rankpress schema` prints.
#[must_use]
pub fn schema(kind: SchemaKind) -> serde_json::Value {
    match kind {
        SchemaKind::Report => shape::schema_of::<raw::RawReportFile>(),
        SchemaKind::Methodology => shape::schema_of::<raw::RawMethodology>(),
        SchemaKind::Corrections => shape::schema_of::<raw::RawCorrections>(),
        SchemaKind::Networks => shape::schema_of::<raw::RawNetworkFile>(),
    }
}

/// Which configuration file a schema describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SchemaKind {
    /// `report.yaml`.
    Report,
    /// `methodology.yaml`.
    Methodology,
    /// `corrections.yaml`.
    Corrections,
    /// A file of networks alone.
    Networks,
}
