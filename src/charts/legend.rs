//! Legends: a key and a name for each kind of mark, in as many rows as they need.

use super::canvas::{Anchor, At, Bounds, Canvas, Stroke};
use super::scale::count;
use super::theme::Colour;

/// The mark a legend entry explains; charts draw their own marks with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Key {
    /// A filled square.
    Fill(Colour),
    /// A translucent square with a line through it, as of a filled outline.
    Area(Colour),
    /// A line.
    Line(Stroke),
    /// A filled circle of a radius.
    Disc(Colour, f64),
    /// A hollow circle of a radius.
    Ring(Colour, f64),
    /// A short vertical stroke.
    Tick(Colour),
    /// A triangle that points left.
    Left(Colour),
    /// A triangle that points right.
    Right(Colour),
}

impl Key {
    /// Draws the mark with its middle at `at`.
    pub(super) fn draw(self, canvas: &mut Canvas<'_>, (x, y): At) {
        let square =
            |side: f64| Bounds { left: x - side, top: y - side, right: x + side, bottom: y + side };
        match self {
            Self::Fill(colour) => canvas.fill(square(3.75), colour),
            Self::Area(colour) => {
                let b = Bounds { left: x - 7.0, right: x + 7.0, ..square(3.0) };
                canvas.tint(b, colour, 0.18);
                canvas.path([(x - 7.0, y), (x + 7.0, y)], Stroke::new(colour, 1.4));
                canvas.disc((x, y), 1.8, colour, 1.0);
            }
            Self::Line(stroke) => canvas.path([(x - 8.0, y), (x + 8.0, y)], stroke),
            Self::Disc(colour, radius) => canvas.disc((x, y), radius, colour, 1.0),
            Self::Ring(colour, radius) => {
                let paper = canvas.theme.paper;
                canvas.disc((x, y), radius, paper, 1.0);
                canvas.ring((x, y), radius, Stroke::new(colour, 1.2));
            }
            Self::Tick(colour) => {
                canvas.path([(x, y - 5.0), (x, y + 5.0)], Stroke::new(colour, 1.2));
            }
            Self::Left(colour) => {
                canvas.polygon([(x - 4.0, y), (x + 3.2, y - 3.8), (x + 3.2, y + 3.8)], colour, 1.0);
            }
            Self::Right(colour) => {
                canvas.polygon([(x + 4.0, y), (x - 3.2, y - 3.8), (x - 3.2, y + 3.8)], colour, 1.0);
            }
        }
    }

    fn width(self) -> f64 {
        match self {
            Self::Area(_) | Self::Line(_) => 16.0,
            _ => 8.0,
        }
    }
}

const KEY_GAP: f64 = 4.0;
const ENTRY_GAP: f64 = 14.0;
const ROW: f64 = 13.0;

/// Where the rows of a legend stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Placing {
    Left,
    Centred,
}

/// Draws `entries` between `left` and `right` from `top` down and returns the height they take.
pub(super) fn draw(
    canvas: &mut Canvas<'_>,
    entries: &[(Key, String)],
    (left, right): (f64, f64),
    top: f64,
    placing: Placing,
) -> f64 {
    let lettering = canvas.axis();
    let mut rows: Vec<Vec<(Key, String, f64)>> = Vec::new();
    let mut used = f64::INFINITY;
    for (key, name) in entries {
        let room = right - left - key.width() - KEY_GAP;
        let name = canvas.fit(name, room, lettering);
        let width = key.width() + KEY_GAP + canvas.width_of(&name, lettering);
        match rows.last_mut() {
            Some(row) if used + ENTRY_GAP + width <= right - left => {
                used += ENTRY_GAP + width;
                row.push((*key, name, width));
            }
            _ => {
                used = width;
                rows.push(vec![(*key, name, width)]);
            }
        }
    }
    let height = count(rows.len()) * ROW;
    for (row, y) in rows.into_iter().zip(std::iter::successors(Some(top), |y| Some(y + ROW))) {
        let gaps = ENTRY_GAP * count(row.len() - 1);
        let total: f64 = gaps + row.iter().map(|(_, _, width)| width).sum::<f64>();
        let mut x = match placing {
            Placing::Left => left,
            Placing::Centred => left + (right - left - total) / 2.0,
        };
        let middle = y + ROW / 2.0;
        for (key, name, width) in row {
            key.draw(canvas, (x + key.width() / 2.0, middle));
            let at = (x + key.width() + KEY_GAP, middle);
            canvas.text(&name, at, Anchor::Start, lettering);
            x += width + ENTRY_GAP;
        }
    }
    height
}
