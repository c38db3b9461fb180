//! Typesetting: turns Typst sources held in memory into an archival, accessible PDF.
//!
//! In: a [`Bundle`] of virtual files (Typst sources, JSON, SVG, attachments) and the bytes of the
//! faces. Out: a [`Typeset`] PDF conforming to PDF/A-3a and PDF/UA-1, or every [`Trouble`] found.
//! Not here: the disk, system fonts, Typst packages, the network, the clock, and any knowledge of
//! what a report says. The page design itself is Typst, in `report-templates/layout/`.

mod bundle;
#[cfg(test)]
mod design;
mod press;
mod trouble;
mod world;

pub use bundle::Bundle;
pub use press::{Face, Job, Typeset, TypesetError, Typesetter};
pub use trouble::{Place, Related, Severity, Trouble};
