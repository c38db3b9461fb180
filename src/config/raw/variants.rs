//! Shape of `variants`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use super::{AggregationWord, NormalisationWord, WeightingWord};
use crate::config::treatment::RawTreatment;
use crate::lang::Localised;

/// The same index made in another way, beside the main result.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawVariant {
    /// Printed name. Default: the key.
    pub name: Option<Localised<String>>,
    /// Normalisation of every indicator but those of target and interval type. Default: as in the
    /// main result.
    pub normalisation: Option<NormalisationWord>,
    /// Weighting of every node, in place of stated weights too. Default: as in the main result.
    pub weighting: Option<WeightingWord>,
    /// Aggregation of every node. Default: as in the main result.
    pub aggregation: Option<AggregationWord>,
    /// What changes at single nodes, by code, such as `{ index: { weights: { a: 2, b: 1 } }, gdp:
    /// { omit: true } }`; it beats what the variant changes everywhere. Default: nothing.
    pub nodes: Option<BTreeMap<String, RawVariantNode>>,
}

/// What a variant changes at one node.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(in crate::config) struct RawVariantNode {
    /// Leaves the indicator or dimension out; its siblings share its weight. Default: false.
    pub omit: Option<bool>,
    /// For a dimension or `index`: the weight of every child that is not left out, by code. Scale
    /// does not matter. Default: as in the main result.
    pub weights: Option<BTreeMap<String, f64>>,
    /// For a dimension or `index`: how its children are weighted. Default: as in the main result.
    pub weighting: Option<WeightingWord>,
    /// For a dimension or `index`: how its children combine. Default: as in the main result.
    pub aggregation: Option<AggregationWord>,
    /// For an indicator: how it is normalised. Default: as in the main result.
    pub normalisation: Option<NormalisationWord>,
    /// For an indicator: how its outliers are treated. Default: as in the main result.
    pub treatment: Option<RawTreatment>,
}
