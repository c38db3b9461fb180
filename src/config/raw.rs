//! The shape of the configuration files, as written.
//!
//! The doc comment of a field is its reference entry and feeds the JSON Schema. No `flatten`,
//! `untagged` or internally tagged enums for mappings: they lose the place of a mistake.

mod aggregation;
mod networks;
mod normalisation;
mod robustness;
mod spelled;
mod tiers;
mod typology;
mod variants;
mod weighting;

pub(super) use aggregation::{
    AggregationWord, RawAggregationMethod, RawDeviation, RawPhenomenon, RawRsrRanks,
    RawTopsisScaling,
};
pub(super) use networks::{
    RawCascade, RawEdgeDirection, RawEdges, RawEnds, RawLevel, RawMode, RawNetwork, RawNetworkFile,
    RawNodeRule, RawNodes, RawPublished, RawPublishedKind, RawSnapshots, RawSubnetwork,
};
pub(super) use normalisation::{
    NormalisationWord, RawClamp, RawConstant, RawEqualValues, RawNormalisation,
    RawNormalisationMethod, RawOver, RawSpacing,
};
pub(super) use spelled::Spelled;
pub(super) use tiers::{RawTierMethod, RawTiers};
pub(super) use typology::{RawBalance, RawBalanceBy, RawLeadingBy, RawType, RawTypology};
pub(super) use variants::{RawVariant, RawVariantNode};
pub(super) use weighting::{
    RawCombination, RawMatrix, RawPcaVariant, RawWeightData, RawWeighting, RawWeightingMethod,
    WeightingWord,
};

use schemars::JsonSchema;
use serde::Deserialize;

use crate::config::checks::RawChecks;
use crate::config::definition::{RawDenominate, RawValue};
use crate::config::imputation::RawImputation;
use crate::config::screening::RawScreening;
use crate::config::treatment::RawTreatment;
use crate::lang::{Lang, Localised};

pub(super) use robustness::{
    RawNodeReplay, RawNoiseKind, RawRobustness, RawTierReplay, RawValueNoise, RawWeightNoise,
    RawWeightSources,
};

/// `report.yaml`: what to print.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawReportFile {
    /// Version of this format; 1.
    #[schemars(range(min = 1, max = 1))]
    #[expect(dead_code, reason = "the schema checks it; there is one version so far")]
    pub schema_version: u32,
    /// What stands on the cover and in the document's metadata.
    pub report: RawReport,
    /// Languages the sections exist in. Default: `[zh, en]`.
    pub languages: Option<Vec<Lang>>,
    /// PDFs to print: `zh`, `en`, or `zh+en` for both parts in one. Default: one per language.
    pub outputs: Option<Vec<RawOutput>>,
    /// Path of the methodology, relative to this file.
    pub methodology: String,
    /// The units and which of them are in the sample.
    pub cities: RawCities,
    /// Input tables.
    pub data: Vec<RawInput>,
    /// Registry of sources, a table. Default: none, and `source` columns are free text.
    pub sources: Option<String>,
    /// Glossary of terms, a table. Default: none.
    pub glossary: Option<String>,
    /// Printed names and measures of raw columns, a table. Default: none, and a column that is no
    /// indicator is printed as the data call it.
    pub columns: Option<String>,
    /// Corrections laid over the data. Default: none.
    pub corrections: Option<String>,
    /// Units that get a chapter of their own.
    pub city_cases: Option<RawCityCases>,
    /// Networks of relations. Default: none.
    pub networks: Option<Vec<RawNetwork>>,
    /// Tables of entities, told by place and category. Default: none.
    pub cascades: Option<Vec<RawCascade>>,
    /// The edition before this one, inside the project, relative to this file: its folder or its
    /// `report.yaml`, from which it is computed again, or a `results.json`, whose ranks are taken as
    /// they were published. Default: none.
    pub previous_edition: Option<String>,
    /// Sections in the order of print, by the file name of their template.
    pub sections: Vec<String>,
}

/// What stands on the cover and in the document's metadata.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawReport {
    /// Short name, used for file names: lower-case letters, digits and hyphens.
    pub id: String,
    /// Title.
    pub title: Localised<String>,
    /// Subtitle. Default: none.
    pub subtitle: Option<Localised<String>>,
    /// Year the edition is named after; the year of the data stands in the methodology.
    pub edition: i32,
    /// Date of publication, `YYYY-MM-DD`: the only date in the output.
    pub date: String,
    /// Who publishes the report. Default: none.
    pub publisher: Option<Localised<String>>,
    /// Licence line of the colophon. Default: none.
    pub licence: Option<Localised<String>>,
    /// Keywords of the document's metadata. Default: none.
    pub keywords: Option<Localised<Vec<String>>>,
}

/// A PDF to print.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
pub(super) enum RawOutput {
    /// The Chinese report.
    #[serde(rename = "zh")]
    Zh,
    /// The English report.
    #[serde(rename = "en")]
    En,
    /// Both in one PDF, Chinese first.
    #[serde(rename = "zh+en")]
    ZhEn,
}

/// The units and which of them are in the sample.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawCities {
    /// Path of the gazetteer, a table, relative to this file.
    pub gazetteer: String,
    /// Condition on the gazetteer's columns, such as `sample == 'seed20'`. Default: every row.
    #[serde(rename = "where")]
    pub condition: Option<String>,
    /// Units by name or code, in place of `where`. Default: none.
    pub include: Option<Vec<String>>,
}

/// One input table.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawInput {
    /// Path of the table, relative to this file: CSV, or a spreadsheet (XLSX).
    pub file: String,
    /// Sheet of a spreadsheet. Default: its first.
    pub sheet: Option<String>,
    /// What the table holds. Default: `indicators`.
    pub kind: Option<RawInputKind>,
    /// For indicators: `long` (a row per unit, indicator and year) or `wide` (a column per
    /// indicator). Default: found out from the header.
    pub layout: Option<RawLayout>,
    /// Name templates call the table by. Default: the file's name without ending.
    pub id: Option<String>,
    /// Printed title, for a published ranking. Default: the id.
    pub title: Option<Localised<String>>,
    /// Year of every row of a wide table without a year column. Default: none.
    pub year: Option<i32>,
    /// Source of every row of a table without a source column. Default: none.
    pub source: Option<String>,
    /// Status of every row of a table without a status column. Default: `secondary`.
    pub status: Option<RawStatus>,
    /// Measure by column of a wide table, such as `gdp: 100M CNY`. Default: none known.
    pub measures: Option<std::collections::BTreeMap<String, String>>,
}

/// What an input table holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawInputKind {
    /// Values of indicators.
    Indicators,
    /// Dated events by unit, such as policies.
    Events,
    /// Rows by unit, of which counts and shares are made, such as a list of firms.
    Records,
    /// Cited figures that are not part of the index.
    Facts,
    /// Ranks somebody else published, for comparison only.
    Ranking,
}

/// How a table of indicators is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawLayout {
    /// A row per unit, indicator and year.
    Long,
    /// A row per unit (and year), a column per indicator.
    Wide,
}

/// Units that get a chapter of their own.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawCityCases {
    /// The first so many units of the ranking. Default: none.
    pub top: Option<usize>,
    /// Units by name or code; printed in the order of the ranking. Default: none.
    pub units: Option<Vec<String>>,
}

/// `methodology.yaml`: how the index is made.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawMethodology {
    /// Version of this format; 1.
    #[schemars(range(min = 1, max = 1))]
    #[expect(dead_code, reason = "the schema checks it; there is one version so far")]
    pub schema_version: u32,
    /// The whole index, whose code is `index`: its printed name, and how the dimensions combine.
    pub index: Option<RawIndexName>,
    /// How values come onto a common scale. Default: min-max onto 0 to 100.
    pub normalisation: Option<NormalisationWord>,
    /// How children of a node are weighted, where neither the node states a weighting nor its
    /// children state weights. Default: `equal`.
    pub weighting: Option<WeightingWord>,
    /// How children combine into their parent. Default: `arithmetic`.
    pub aggregation: Option<AggregationWord>,
    /// How scores become ranks.
    pub ranks: Option<RawRanks>,
    /// What happens where values are missing.
    pub missing: Option<RawMissing>,
    /// Which units and indicators stay in, beyond the thresholds of `missing`. Default: no more
    /// rules.
    pub screening: Option<RawScreening>,
    /// How outliers are treated before normalisation: `none`, `winsorise-log`, or a mapping such as
    /// `{ method: winsorise-log, skew: 2, kurtosis: 3.5, max-points: 5 }`,
    /// `{ method: box-cox, lambda: 0.5 }`, `{ method: percentile-clamp, lower: 0.05 }`.
    /// Default: `none`.
    pub treatment: Option<RawTreatment>,
    /// Limits beyond which the data checks flag an indicator. Default: those of COINr.
    pub checks: Option<RawChecks>,
    /// Groups of units by score. Default: no tiers.
    pub tiers: Option<RawTiers>,
    /// Types of units by what leads in them and how even they are, such as `{ balanced: 0.2 }`.
    /// Default: no types.
    pub typology: Option<RawTypology>,
    /// What is uncertain about the index. Default: every weight within ±25 % of itself.
    pub robustness: Option<RawRobustness>,
    /// Year of the data. Default: the latest of `years`, else the year with most values, the later
    /// of equals.
    pub year: Option<i32>,
    /// Years the index is computed for from the same data, such as `[2020, 2021, 2022]`; `year` is
    /// the one the report is about. Columns after `@` and indicators with a `year` of their own keep
    /// theirs. Default: no other year.
    pub years: Option<Vec<i32>>,
    /// The same index made in other ways, by name, such as `{ entropy: { weighting: entropy } }`;
    /// all are computed beside the main result. Default: none.
    pub variants: Option<std::collections::BTreeMap<String, RawVariant>>,
    /// The dimensions, each with its children.
    pub framework: Vec<RawNode>,
}

/// The whole index as a node.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawIndexName {
    /// Printed name. Default: 总指数, Composite index.
    pub name: Option<Localised<String>>,
    /// How the dimensions are weighted. Default: the methodology's.
    pub weighting: Option<WeightingWord>,
    /// How the dimensions combine. Default: the methodology's.
    pub aggregation: Option<AggregationWord>,
}

/// How scores become ranks.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawRanks {
    /// What equal scores get. Default: `competition`.
    pub ties: Option<RawTies>,
    /// Decimals scores are rounded to before they are ranked. Default: not rounded.
    #[schemars(range(min = 0, max = 12))]
    pub round_digits: Option<usize>,
}

/// What equal scores get.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawTies {
    /// The same rank, and the next ranks are skipped: 1, 2, 2, 4.
    Competition,
    /// The same rank, and none is skipped: 1, 2, 2, 3.
    Dense,
    /// The mean of their places: 1, 2.5, 2.5, 4. Printed is the first of their places.
    Average,
    /// Different ranks, in order of code: 1, 2, 3, 4.
    Ordinal,
}

/// What happens where values are missing.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawMissing {
    /// Least share of its weight a unit must have at a node to get a score there. Default: 0.66.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub unit_threshold: Option<f64>,
    /// Least share of units an indicator must cover. Default: 0.65.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub indicator_threshold: Option<f64>,
    /// How gaps are filled: `none` gives their weight to the other children; `mean`, `median`,
    /// `linear`, or a mapping such as `{ method: latest, max-age: 2 }` or
    /// `{ method: group-median, group: province }`. Default: `none`.
    pub imputation: Option<RawImputation>,
}

/// A dimension (with children) or an indicator (without).
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawNode {
    /// Unique code: a lower-case letter, then letters, digits, `_` or `-`.
    pub code: String,
    /// Printed name. Default: the code.
    pub name: Option<Localised<String>>,
    /// Shorter name for charts and table heads. Default: the name.
    pub short: Option<Localised<String>>,
    /// One sentence on what it measures and why it is there. Default: none.
    pub description: Option<Localised<String>>,
    /// Weight among its siblings; scale does not matter. Default: by the parent's `weighting`.
    pub weight: Option<f64>,
    /// For a dimension: how its children are weighted. Default: the methodology's.
    pub weighting: Option<WeightingWord>,
    /// For a dimension: how its children combine. Default: the methodology's.
    pub aggregation: Option<AggregationWord>,
    /// For a dimension: what it consists of.
    pub children: Option<Vec<RawNode>>,
    /// For an indicator: printed unit of measurement. Default: none.
    pub measure: Option<Localised<String>>,
    /// For an indicator: whether more is better. Default: `positive`.
    pub direction: Option<RawDirection>,
    /// For an indicator: decimals in print. Default: 2.
    #[schemars(range(min = 0, max = 9))]
    pub decimals: Option<usize>,
    /// For an indicator: a column, or a formula over columns such as `gdp / population * 10000`;
    /// `gdp@2019` takes another year, `year` is the number of the year it is computed for. Or a
    /// composite: `weighted-count`, `count` or `share` of the
    /// records of a table, or `banded` scores. Default: the column of the node's code.
    pub value: Option<RawValue>,
    /// For an indicator: a column its value is divided by, with a factor, such as
    /// `{ by: population_resident, scale: 10000 }`. Default: none.
    pub denominate: Option<RawDenominate>,
    /// For an indicator: year of its data. Default: the methodology's.
    pub year: Option<i32>,
    /// For an indicator: how it is normalised. Default: the methodology's.
    pub normalisation: Option<NormalisationWord>,
    /// For an indicator: how its gaps are filled. Default: the methodology's.
    pub imputation: Option<RawImputation>,
    /// For an indicator: how its outliers are treated. Default: the methodology's.
    pub treatment: Option<RawTreatment>,
    /// For an indicator: a status that replaces a better one of its data, such as `proxy`.
    /// Default: that of the data.
    pub status: Option<RawStatus>,
}

/// Whether more of an indicator is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawDirection {
    /// More is better.
    Positive,
    /// Less is better.
    Negative,
}

/// How far a datum can be relied upon, best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawStatus {
    /// From an official list, table or bulletin.
    Official,
    /// From a compilation.
    Secondary,
    /// Stands for something that is not measured.
    Proxy,
    /// Estimated by somebody.
    Estimate,
    /// Filled in by a rule.
    Imputed,
    /// Made up to show how something works.
    Illustrative,
}

/// `corrections.yaml`: changes laid over the data.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawCorrections {
    /// The corrections, in the order they were made.
    pub corrections: Vec<RawCorrection>,
}

/// One corrected figure.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
// `from` and `to` may be null, but a figure must not be withdrawn by forgetting a line.
#[schemars(extend("required" = ["unit", "indicator", "from", "to", "reason", "date", "by"]))]
pub(super) struct RawCorrection {
    /// Unit, by code or name.
    pub unit: String,
    /// Column of the data, not the code of a derived indicator.
    pub indicator: String,
    /// Year of the value. Default: none, for data without years.
    pub year: Option<i32>,
    /// The value as it stands in the data; `null` for a missing one.
    pub from: Option<f64>,
    /// The value as it should be; `null` to withdraw it.
    pub to: Option<f64>,
    /// Why.
    pub reason: Localised<String>,
    /// When it was made, `YYYY-MM-DD`.
    pub date: String,
    /// Who made it.
    pub by: String,
}
