//! Shape of `variants`.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{AggregationWord, NormalisationWord, WeightingWord};
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
}
