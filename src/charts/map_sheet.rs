//! The sheet a map of China is drawn on: the projection fitted to the points, and its graticule.

use super::albers::Albers;
use super::canvas::{Anchor, At, Bounds, Canvas, Lettering, PT_PER_MM};
use super::placing::Placing;
use crate::num::fixed;

/// Height over width of the map at least and at most.
const SHAPE: (f64, f64) = (0.5, 0.85);
const MOST_HEIGHT: f64 = 190.0 * PT_PER_MM;
const MARGIN: f64 = 22.0;
/// Degrees between the lines of the graticule.
const GRATICULE: f64 = 10.0;
/// The smallest extent of a map, in radians: a degree or so around one city alone.
const LEAST_EXTENT: f64 = 0.02;

/// The map on the sheet.
pub(super) struct MapSheet {
    albers: Albers,
    scale: f64,
    /// What lies in the middle of the map, projected, and where that is on the sheet.
    middle: At,
    centre: At,
    pub frame: Bounds,
}

impl MapSheet {
    /// A map from `top` down, as large as the width lets it hold all places, given in degrees east
    /// and north.
    pub(super) fn around(places: &[(f64, f64)], width: f64, top: f64) -> Self {
        let albers = Albers::china();
        let ends = |pick: fn((f64, f64)) -> f64| {
            let values = || places.iter().map(|&place| pick(albers.project(place)));
            (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
        };
        let (x, y) = (ends(|p| p.0), ends(|p| p.1));
        let (wide, high) = ((x.1 - x.0).max(LEAST_EXTENT), (y.1 - y.0).max(LEAST_EXTENT));
        let room = width - 2.0 * MARGIN;
        let height = (room * (high / wide).clamp(SHAPE.0, SHAPE.1)).min(MOST_HEIGHT);
        let bottom = top + height + 2.0 * MARGIN;
        Self {
            albers,
            scale: (room / wide).min(height / high),
            middle: (f64::midpoint(x.0, x.1), f64::midpoint(y.0, y.1)),
            centre: (width / 2.0, f64::midpoint(top, bottom)),
            frame: Bounds { left: 0.5, top, right: width - 0.5, bottom },
        }
    }

    /// The place of a point given in degrees east and north.
    pub(super) fn at(&self, degrees: (f64, f64)) -> At {
        let (x, y) = self.albers.project(degrees);
        let (dx, dy) = (x - self.middle.0, y - self.middle.1);
        (self.centre.0 + dx * self.scale, self.centre.1 - dy * self.scale)
    }

    fn holds(&self, (x, y): At) -> bool {
        let b = self.frame;
        b.left <= x && x <= b.right && b.top <= y && y <= b.bottom
    }

    /// Draws meridians and parallels every ten degrees, named at the lower and the left edge.
    pub(super) fn graticule(&self, canvas: &mut Canvas<'_>, placing: &mut Placing) {
        let lettering = Lettering { size: canvas.theme.least_size, ..canvas.axis() };
        let b = self.frame;
        let frame = [(b.left, b.top), (b.right, b.top), (b.right, b.bottom), (b.left, b.bottom)];
        canvas.path([&frame[..], &frame[..1]].concat(), canvas.grid());
        let step = |i: u32| f64::from(i) * 0.5;
        for line in 0..=9_u32 {
            let longitude = 60.0 + f64::from(line) * GRATICULE;
            let points = (0..=130).map(|i| self.at((longitude, step(i))));
            let Some((x, _)) = self.line(canvas, points) else { continue };
            let text = format!("{}°E", fixed(longitude, 0, canvas.lang));
            let half = canvas.width_of(&text, lettering) / 2.0 + 4.0;
            // The corner belongs to the parallels.
            if b.left + half + 22.0 < x && x < b.right - half {
                let at = (x, b.bottom - 7.0);
                placing.block(canvas.text_on_paper(&text, at, Anchor::Middle, lettering));
            }
        }
        for line in 0..=6_u32 {
            let latitude = f64::from(line) * GRATICULE;
            let points = (0..=180).map(|i| self.at((60.0 + step(i), latitude)));
            let Some((_, y)) = self.line(canvas, points) else { continue };
            let text = format!("{}°N", fixed(latitude, 0, canvas.lang));
            if b.top + 8.0 < y && y < b.bottom - 16.0 {
                let at = (b.left + 3.0, y);
                placing.block(canvas.text_on_paper(&text, at, Anchor::Start, lettering));
            }
        }
    }

    /// Draws the part of a line that lies on the map and returns where it begins.
    fn line(&self, canvas: &mut Canvas<'_>, points: impl Iterator<Item = At>) -> Option<At> {
        let kept: Vec<At> = points.filter(|&at| self.holds(at)).collect();
        let first = kept.first().copied();
        if kept.len() > 1 {
            canvas.path(kept, canvas.grid());
        }
        first
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_lies_on_the_map() {
        let places = [(116.4, 39.9), (113.3, 23.1), (104.1, 30.7), (87.6, 43.8), (121.5, 31.2)];
        let sheet = MapSheet::around(&places, 448.0, 20.0);
        assert!(places.iter().all(|&place| sheet.holds(sheet.at(place))));
        assert!(sheet.at(places[0]).1 < sheet.at(places[1]).1, "north is up");
        assert!(sheet.at(places[0]).0 > sheet.at(places[2]).0, "east is right");
    }

    #[test]
    fn one_place_has_a_map_around_it() {
        let sheet = MapSheet::around(&[(110.0, 30.0)], 448.0, 20.0);
        let (x, _) = sheet.at((110.0, 30.0));
        assert!((x - 224.0).abs() < 1e-9 && sheet.scale.is_finite());
    }
}
