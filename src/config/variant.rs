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
}
