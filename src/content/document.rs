//! What content hands to typesetting: virtual files and the entry points of the PDFs.

use std::collections::BTreeMap;

use crate::content::block::Table;
use crate::content::phrase::Quantity;
use crate::lang::Lang;

/// One language of a report, ready to be typeset.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The language.
    pub lang: Lang,
    /// Virtual files by rooted path: sections, tables, charts, metadata.
    pub files: BTreeMap<String, Vec<u8>>,
    /// Sections in order of print.
    pub sections: Vec<SectionFile>,
    /// Figures in order of print: id and drawing.
    pub charts: Vec<(String, String)>,
    /// Tables in order of print.
    pub tables: Vec<Table>,
    /// Every printed quantity, in order of print.
    pub quantities: Vec<Quantity>,
    /// Characters that no face can draw.
    pub undrawable: Vec<Undrawable>,
}

/// A section as a virtual file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SectionFile {
    /// Rooted path.
    pub path: String,
    /// Path of the template it was made from.
    pub template: String,
    /// Which part of the book it belongs to.
    pub matter: Matter,
}

/// A part of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matter {
    /// Cover and colophon: pages without numbers.
    Cover,
    /// Contents, foreword, summary: roman page numbers.
    Front,
    /// The chapters.
    Main,
    /// The annexes.
    Annex,
}

/// A character no face can draw, and the text it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undrawable {
    /// The character.
    pub character: char,
    /// The text.
    pub text: String,
    /// Path of the template of the section it is printed in.
    pub template: String,
}
