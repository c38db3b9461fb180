//! Variants: the same index made in another way, beside the main result.

use crate::config::Methodology;
use crate::diag::Span;
use crate::lang::Localised;

/// The name of the main result where it stands beside variants; none may be called so.
pub const MAIN: &str = "main";

/// The same index made in another way.
#[derive(Debug, Clone)]
pub struct Variant {
    /// Key in the methodology.
    pub id: String,
    /// Where it stands.
    pub span: Span,
    /// Printed name.
    pub name: Localised<String>,
    /// How it is made; nodes stand where they stand in the main methodology.
    pub method: Methodology,
    /// What it changes at single nodes, in the order of the framework.
    pub changes: Vec<NodeChange>,
}

/// What a variant changes at one node; the new method is that of the variant's methodology.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeChange {
    /// Position of the node.
    pub node: usize,
    /// What is otherwise there.
    pub what: Changed,
}

/// A choice that a variant makes otherwise at a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Changed {
    /// It is left out.
    Omitted,
    /// How the indicator is normalised.
    Normalisation,
    /// How its outliers are treated.
    Treatment,
    /// How its children are weighted.
    Weighting,
    /// How its children combine.
    Aggregation,
}
