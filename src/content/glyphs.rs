//! Which characters the faces can draw.

use std::collections::BTreeSet;

/// Characters that at least one face has a glyph for.
#[derive(Debug, Clone, Default)]
pub struct Glyphs(BTreeSet<char>);

impl Glyphs {
    /// Reads the character maps of font files; what is no font adds nothing.
    pub fn of<'a>(files: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut found = BTreeSet::new();
        for bytes in files {
            let Ok(face) = ttf_parser::Face::parse(bytes, 0) else { continue };
            for subtable in face.tables().cmap.iter().flat_map(|cmap| cmap.subtables) {
                if subtable.is_unicode() {
                    subtable.codepoints(|code| found.extend(char::from_u32(code)));
                }
            }
        }
        Self(found)
    }

    /// The characters of a text that no face can draw, each once, in order.
    #[must_use]
    pub fn missing(&self, text: &str) -> Vec<char> {
        let mut missing = Vec::new();
        for c in text.chars() {
            if !c.is_whitespace()
                && !c.is_control()
                && !self.0.contains(&c)
                && !missing.contains(&c)
            {
                missing.push(c);
            }
        }
        missing
    }
}
