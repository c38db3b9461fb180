//! Many small shapes of one look written as one SVG path, so that a picture of thousands of nodes and
//! edges stays a small file.

use std::fmt::Write as _;

use super::canvas::{At, Stroke};
use super::mark::{extent, place, unit};
use super::theme::Colour;

/// How pieces are painted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Look {
    /// Along their lines.
    Line(Stroke),
    /// Filled, with an edge.
    Filled(Colour, Stroke),
}

/// Curves and circles of one look.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Pieces {
    path: String,
}

impl Pieces {
    pub(super) const fn is_empty(&self) -> bool {
        self.path.is_empty()
    }

    /// Adds a quadratic curve that is drawn towards `pull`.
    pub(super) fn curve(&mut self, from: At, pull: At, to: At) {
        let (from, pull, to) = (place(from), place(pull), place(to));
        let (x, y) = from;
        let by = |point: (i32, i32)| (point.0 - x, point.1 - y);
        let ((dx, dy), (u, v)) = (by(pull), by(to));
        self.add(format_args!("M{x} {y}q{dx} {dy} {u} {v}"));
    }

    /// Adds a circle.
    pub(super) fn circle(&mut self, (x, y): At, radius: f64) {
        let r = unit(radius).max(1);
        let (x, y) = place((x - radius, y));
        let across = 2 * r;
        self.add(format_args!("M{x} {y}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 -{across} 0z"));
    }

    fn add(&mut self, piece: std::fmt::Arguments<'_>) {
        self.path.write_fmt(piece).expect("writing to a string does not fail");
    }

    /// The path element.
    pub(super) fn svg(&self, look: Look) -> String {
        let path = &self.path;
        let (fill, stroke) = match look {
            Look::Line(stroke) => ("none".to_owned(), stroke),
            Look::Filled(colour, stroke) => (colour.to_string(), stroke),
        };
        let Stroke { colour, width, opacity, .. } = stroke;
        let width = extent(width);
        format!(
            "<path fill=\"{fill}\" stroke=\"{colour}\" stroke-width=\"{width}\" \
             opacity=\"{opacity}\" d=\"{path}\"/>\n"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_share_one_element() {
        let mut pieces = Pieces::default();
        assert!(pieces.is_empty());
        pieces.curve((1.0, 2.0), (2.0, 2.0), (3.0, 1.5));
        pieces.circle((5.0, 5.0), 1.0);
        let svg = pieces.svg(Look::Line(Stroke::new(Colour::INK, 0.5).faint(0.3)));
        assert_eq!(
            svg,
            "<path fill=\"none\" stroke=\"#1F2933\" stroke-width=\"10\" opacity=\"0.3\" \
             d=\"M20 40q20 0 40 -10M80 100a20 20 0 1 0 40 0a20 20 0 1 0 -40 0z\"/>\n"
        );
    }
}
