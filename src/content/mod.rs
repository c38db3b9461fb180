//! Content: templates filled with results become the Typst sources of a report.
//!
//! In: [`Results`] and [`Templates`]. Out: one [`Edition`] per language: virtual files and the order
//! they are printed in. The flow: `compose` fills each section through minijinja; expressions leave
//! marks (`put`); `markdown` parses the filled text and exchanges marks for escaped text; blocks
//! (`figures`, `tables`) become calls of the layout library.
//! Not here: files on disk, page design (`report-templates/layout`), computing results (`index`).

mod arguments;
mod block;
mod comparison;
mod compose;
mod conditions;
mod document;
mod environment;
mod figures;
mod functions;
mod glyphs;
mod groups;
mod markdown;
mod method_text;
mod network_text;
mod networks;
mod objects;
mod phrase;
mod printed;
mod put;
mod quality_text;
mod reading_text;
mod results;
mod sentences;
mod source_line;
mod speech;
mod tables;
mod templates;
mod typography;
mod typst_template;
mod uncertain;
mod words;
mod writer;

pub use compose::{Attachment, Materials, compose, desk, entry_point};
pub use document::{Edition, Matter, SectionFile, Undrawable};
pub use functions::Desk;
pub use glyphs::Glyphs;
pub use phrase::{Phrase, Quantity};
pub use results::Results;
pub use templates::{Template, Templates};
