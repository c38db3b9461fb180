//! The faces in which charts are lettered, and the width of text in them.
//!
//! plotters needs a face registered to measure with it, but then scales by the height of the line
//! instead of the em and returns whole pixels. Labels that must not be clipped are measured here,
//! from the advances of the same bytes. Kerning is left out: it moves a label by less than a
//! hundredth of its width.

use std::sync::Arc;

use plotters::style::{FontStyle, register_font};

use super::error::ChartError;

/// Weight of a face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Weight {
    /// Running text and labels.
    #[default]
    Regular,
    /// Emphasis: the unit a chart is about.
    Bold,
}

impl Weight {
    /// The name under which plotters knows the weight.
    pub(super) const fn style(self) -> FontStyle {
        match self {
            Self::Regular => FontStyle::Normal,
            Self::Bold => FontStyle::Bold,
        }
    }
}

/// One face, as the caller found it.
#[derive(Debug, Clone, Copy)]
pub struct Face {
    /// Family name, exactly as the typesetter knows it.
    pub family: &'static str,
    /// Weight of the face.
    pub weight: Weight,
    /// The OpenType file; plotters keeps it for the life of the process.
    pub bytes: &'static [u8],
}

/// Faces that are registered with plotters and can be measured with.
#[derive(Clone)]
pub struct Faces(Arc<[Measured]>);

struct Measured {
    family: &'static str,
    weight: Weight,
    face: ttf_parser::Face<'static>,
}

impl std::fmt::Debug for Faces {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.0.iter().map(|m| (m.family, m.weight))).finish()
    }
}

/// A stretch of text that one family letters.
#[derive(Debug, PartialEq)]
pub(super) struct Run<'t> {
    /// Index into the families asked for.
    pub family: usize,
    pub text: &'t str,
    /// Width at a size of one point.
    pub em: f64,
}

impl Faces {
    /// Registers `faces` with plotters.
    ///
    /// # Errors
    ///
    /// [`ChartError::Face`] names the first face whose bytes cannot be read.
    pub fn register(faces: impl IntoIterator<Item = Face>) -> Result<Self, ChartError> {
        let measured = faces.into_iter().map(|Face { family, weight, bytes }| {
            let unreadable = || ChartError::Face { family: family.to_owned() };
            let face = ttf_parser::Face::parse(bytes, 0).map_err(|_| unreadable())?;
            register_font(family, weight.style(), bytes).map_err(|_| unreadable())?;
            Ok(Measured { family, weight, face })
        });
        Ok(Self(measured.collect::<Result<Vec<_>, _>>()?.into()))
    }

    /// Whether `family` has a face of `weight`.
    pub(super) fn has(&self, family: &str, weight: Weight) -> bool {
        self.exact(family, weight).is_some()
    }

    fn exact(&self, family: &str, weight: Weight) -> Option<&Measured> {
        self.0.iter().find(|m| m.family == family && m.weight == weight)
    }

    fn nearest(&self, family: &str, weight: Weight) -> Option<&Measured> {
        self.exact(family, weight).or_else(|| self.0.iter().find(|m| m.family == family))
    }

    /// Splits `text` where the first family that has a character changes; a character that none
    /// has counts as one em of the first.
    pub(super) fn runs<'t>(
        &self,
        families: &[String],
        weight: Weight,
        text: &'t str,
    ) -> Vec<Run<'t>> {
        let mut runs: Vec<Run<'t>> = Vec::new();
        let mut start = 0;
        for (at, c) in text.char_indices() {
            let (family, em) = self.advance(families, weight, c).unwrap_or((0, 1.0));
            let end = at + c.len_utf8();
            match runs.last_mut() {
                // A space belongs to what stands before it, so that it splits nothing.
                Some(run) if run.family == family || c == ' ' => {
                    run.text = &text[start..end];
                    run.em += em;
                }
                _ => {
                    start = at;
                    runs.push(Run { family, text: &text[at..end], em });
                }
            }
        }
        runs
    }

    fn advance(&self, families: &[String], weight: Weight, c: char) -> Option<(usize, f64)> {
        families.iter().enumerate().find_map(|(i, family)| {
            let face = &self.nearest(family, weight)?.face;
            let advance = face.glyph_hor_advance(face.glyph_index(c)?)?;
            Some((i, f64::from(advance) / f64::from(face.units_per_em())))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::trial;

    #[test]
    fn unreadable_bytes_name_the_family() {
        let broken = Face { family: "Broken", weight: Weight::Regular, bytes: b"no font" };
        let error = Faces::register([broken]).unwrap_err();
        assert_eq!(error, ChartError::Face { family: "Broken".to_owned() });
    }

    #[test]
    fn han_is_one_em_and_latin_changes_the_family() {
        let faces = trial::theme().faces;
        let families = ["Noto Sans".to_owned(), "Noto Sans SC".to_owned()];
        let runs = faces.runs(&families, Weight::Regular, "GDP 北京");
        assert_eq!(
            runs.iter().map(|r| (r.family, r.text)).collect::<Vec<_>>(),
            [(0, "GDP "), (1, "北京")]
        );
        assert!((runs[1].em - 2.0).abs() < 1e-9);
    }
}
