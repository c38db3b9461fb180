//! The sheet a chart is drawn on: marks in points, its text measured.
//!
//! Marks are collected first and drawn (`mark`) when the height is known.

use super::error::ChartError;
use super::faces::{Run, Weight};
use super::mark::{Mark, Reading, elements, extent, in_points};
use super::pieces::{Look, Pieces};
use super::theme::{Colour, Theme};
use super::{Chart, line_break};
use crate::lang::Lang;

/// Points per millimetre.
pub(super) const PT_PER_MM: f64 = 72.0 / 25.4;
/// From the middle of a line of figures, capitals or Han characters to its baseline, in em.
pub(super) const MIDDLE: f64 = 0.36;
/// Highest and lowest ink of a line about its baseline, in em.
const ASCENT: f64 = 0.88;
const DESCENT: f64 = 0.24;
/// Distance of wrapped lines, in em.
const LEADING: f64 = 1.2;

/// A point, in points from the upper left corner.
pub(super) type At = (f64, f64);

/// A rectangle that a mark covers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Bounds {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// Which part of a text stands at the given x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// Size, weight and colour of a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Lettering {
    pub size: f64,
    pub weight: Weight,
    pub colour: Colour,
}

impl Lettering {
    pub(super) const fn new(size: f64, colour: Colour) -> Self {
        Self { size, weight: Weight::Regular, colour }
    }

    pub(super) const fn bold(self) -> Self {
        Self { weight: Weight::Bold, ..self }
    }

    /// Height of `lines` wrapped lines.
    pub(super) fn height(self, lines: usize) -> f64 {
        super::scale::count(lines) * self.size * LEADING
    }
}

/// Colour, width and opacity of a line.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Stroke {
    pub colour: Colour,
    pub width: f64,
    pub dash: Option<(f64, f64)>,
    pub opacity: f64,
}

impl Stroke {
    pub(super) const fn new(colour: Colour, width: f64) -> Self {
        Self { colour, width, dash: None, opacity: 1.0 }
    }

    pub(super) const fn dashed(self, on: f64, off: f64) -> Self {
        Self { dash: Some((on, off)), ..self }
    }

    pub(super) const fn faint(self, opacity: f64) -> Self {
        Self { opacity, ..self }
    }
}

/// Collects the marks of one chart.
pub(super) struct Canvas<'t> {
    pub theme: &'t Theme,
    pub lang: Lang,
    pub width: f64,
    marks: Vec<Mark>,
}

impl<'t> Canvas<'t> {
    /// An empty sheet, `width_mm` wide.
    pub(super) fn new(theme: &'t Theme, lang: Lang, width_mm: f64) -> Result<Self, ChartError> {
        let families = theme.families.get(lang);
        if !families.iter().any(|family| theme.faces.has(family, Weight::Regular)) {
            return Err(ChartError::NoFace { families: families.clone() });
        }
        if !(20.0..=2000.0).contains(&width_mm) {
            return Err(ChartError::TooNarrow);
        }
        Ok(Self { theme, lang, width: width_mm * PT_PER_MM, marks: Vec::new() })
    }

    /// Lettering of names.
    pub(super) fn label(&self) -> Lettering {
        Lettering::new(self.theme.label_size, self.theme.ink)
    }

    /// Lettering of printed values.
    pub(super) fn value(&self) -> Lettering {
        Lettering::new(self.theme.value_size, self.theme.ink)
    }

    /// Lettering of axes and legends.
    pub(super) fn axis(&self) -> Lettering {
        Lettering::new(self.theme.axis_size, self.theme.muted)
    }

    /// The hairline of the grid.
    pub(super) fn grid(&self) -> Stroke {
        Stroke::new(self.theme.grid, 0.5)
    }

    /// The width of `text`, in points.
    pub(super) fn width_of(&self, text: &str, lettering: Lettering) -> f64 {
        self.runs(text, lettering).iter().map(|run| run.em).sum::<f64>() * lettering.size
    }

    /// The width of the widest of `texts`, zero for none.
    pub(super) fn widest<'a>(
        &self,
        texts: impl IntoIterator<Item = &'a str>,
        lettering: Lettering,
    ) -> f64 {
        texts.into_iter().map(|text| self.width_of(text, lettering)).fold(0.0, f64::max)
    }

    /// Breaks `text` into at most `lines` lines of about equal width, none wider than `width`; what
    /// does not fit ends in an ellipsis.
    pub(super) fn wrap(
        &self,
        text: &str,
        width: f64,
        lines: usize,
        lettering: Lettering,
    ) -> Vec<String> {
        line_break::wrap(text, width, lines, |part| self.width_of(part, lettering))
    }

    /// Shortens `text` with an ellipsis where it is wider than `width`.
    pub(super) fn fit(&self, text: &str, width: f64, lettering: Lettering) -> String {
        line_break::shorten(text, width, |part| self.width_of(part, lettering))
    }

    fn runs<'a>(&self, text: &'a str, lettering: Lettering) -> Vec<Run<'a>> {
        self.theme.faces.runs(self.theme.families.get(self.lang), lettering.weight, text)
    }

    /// Where `text` would stand: `at` is the anchor, at mid-height of the line.
    pub(super) fn bounds(
        &self,
        text: &str,
        at: At,
        anchor: Anchor,
        lettering: Lettering,
    ) -> Bounds {
        let width = self.width_of(text, lettering);
        let left = match anchor {
            Anchor::Start => at.0,
            Anchor::Middle => at.0 - width / 2.0,
            Anchor::End => at.0 - width,
        };
        let baseline = at.1 + MIDDLE * lettering.size;
        Bounds {
            left,
            top: baseline - ASCENT * lettering.size,
            right: left + width,
            bottom: baseline + DESCENT * lettering.size,
        }
    }

    /// Letters `text`; `at` is the anchor, at mid-height of the line.
    pub(super) fn text(
        &mut self,
        text: &str,
        at: At,
        anchor: Anchor,
        lettering: Lettering,
    ) -> Bounds {
        let bounds = self.bounds(text, at, anchor, lettering);
        self.letter(text, (at, anchor), bounds.left, Reading::Across, lettering);
        bounds
    }

    /// Letters `text` reading upwards from `at`, the foot of the line at half its height.
    pub(super) fn text_upwards(&mut self, text: &str, at: At, lettering: Lettering) -> Bounds {
        self.letter(text, (at, Anchor::Start), at.1, Reading::Up, lettering);
        let baseline = at.0 + MIDDLE * lettering.size;
        Bounds {
            left: baseline - ASCENT * lettering.size,
            top: at.1 - self.width_of(text, lettering),
            right: baseline + DESCENT * lettering.size,
            bottom: at.1,
        }
    }

    /// Letters `text` on a strip of paper, so that it reads on what it covers.
    pub(super) fn text_on_paper(
        &mut self,
        text: &str,
        at: At,
        anchor: Anchor,
        lettering: Lettering,
    ) -> Bounds {
        let b = self.bounds(text, at, anchor, lettering);
        let strip = Bounds { left: b.left - 1.0, right: b.right + 1.0, ..b };
        self.tint(strip, self.theme.paper, 0.75);
        self.text(text, at, anchor, lettering);
        strip
    }

    /// Letters the runs of `text` one after the other from `start` along the line; a single run
    /// keeps its anchor.
    fn letter(
        &mut self,
        text: &str,
        (at, anchor): (At, Anchor),
        start: f64,
        reading: Reading,
        lettering: Lettering,
    ) {
        let families = self.theme.families.get(self.lang);
        let runs = self.theme.faces.runs(families, lettering.weight, text);
        let single = runs.len() == 1;
        let mut along = start;
        for run in runs {
            // The last family that has the characters is named alone, so that no renderer moves the
            // run to a face of its own choice.
            let families = &families[run.family..];
            let bold = families.first().is_some_and(|f| self.theme.faces.has(f, lettering.weight));
            let weight = if bold { lettering.weight } else { Weight::Regular };
            let place = match reading {
                Reading::Across => (along, at.1),
                Reading::Up => (at.0, along),
            };
            self.marks.push(Mark::Text {
                at: if single { at } else { place },
                anchor: if single { anchor } else { Anchor::Start },
                reading,
                families: families.join(", "),
                lettering: Lettering { weight, ..lettering },
                text: run.text.to_owned(),
            });
            let advance = run.em * lettering.size;
            along += if reading == Reading::Up { -advance } else { advance };
        }
    }

    /// Letters `text` centred on `at`, moved inwards where it would leave the sheet.
    pub(super) fn tick(&mut self, text: &str, at: At, lettering: Lettering) -> Bounds {
        let half = self.width_of(text, lettering) / 2.0;
        let x = at.0.clamp(half, (self.width - half).max(half));
        self.text(text, (x, at.1), Anchor::Middle, lettering)
    }

    /// Letters wrapped lines about the middle `at`.
    pub(super) fn lines(&mut self, lines: &[String], at: At, anchor: Anchor, lettering: Lettering) {
        let mut y = at.1 - (lettering.height(lines.len()) - lettering.height(1)) / 2.0;
        for line in lines {
            self.text(line, (at.0, y), anchor, lettering);
            y += lettering.height(1);
        }
    }

    /// Fills a rectangle.
    pub(super) fn fill(&mut self, bounds: Bounds, colour: Colour) {
        self.tint(bounds, colour, 1.0);
    }

    /// Fills a rectangle with a translucent colour.
    pub(super) fn tint(&mut self, bounds: Bounds, colour: Colour, opacity: f64) {
        self.marks.push(Mark::Box(bounds, colour, opacity));
    }

    /// Draws a line through `points`.
    pub(super) fn path(&mut self, points: impl Into<Vec<At>>, stroke: Stroke) {
        self.marks.push(Mark::Path(points.into(), stroke));
    }

    /// Fills the polygon of `points`.
    pub(super) fn polygon(&mut self, points: impl Into<Vec<At>>, colour: Colour, opacity: f64) {
        self.marks.push(Mark::Polygon(points.into(), colour, opacity));
    }

    /// Fills a circle.
    pub(super) fn disc(&mut self, centre: At, radius: f64, colour: Colour, opacity: f64) {
        self.marks.push(Mark::Disc(centre, radius, colour, opacity));
    }

    /// Draws a circle.
    pub(super) fn ring(&mut self, centre: At, radius: f64, stroke: Stroke) {
        self.marks.push(Mark::Ring(centre, radius, stroke));
    }

    /// Draws many shapes of one look as one.
    pub(super) fn pieces(&mut self, pieces: Pieces, look: Look) {
        if !pieces.is_empty() {
            self.marks.push(Mark::Pieces(pieces, look));
        }
    }

    /// Draws a vertical line that leaves out what stands in its way.
    pub(super) fn rule(&mut self, x: f64, (top, bottom): At, stroke: Stroke, avoid: &[Bounds]) {
        let mut gaps: Vec<(f64, f64)> = avoid
            .iter()
            .filter(|b| b.left - 1.5 <= x && x <= b.right + 1.5)
            .map(|b| (b.top, b.bottom))
            .collect();
        gaps.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut from = top;
        for (start, end) in gaps {
            if start > from {
                self.path([(x, from), (x, start.min(bottom))], stroke);
            }
            from = from.max(end);
        }
        if from < bottom {
            self.path([(x, from), (x, bottom)], stroke);
        }
    }

    /// Draws the marks on a sheet of `height` points.
    pub(super) fn finish(self, height: f64) -> Result<Chart, ChartError> {
        let size = (extent(self.width), extent(height));
        let mut body = String::new();
        // Pieces are no element of the backend, so what lies between them is drawn apart.
        for marks in self.marks.chunk_by(|a, b| !a.is_pieces() && !b.is_pieces()) {
            match marks {
                [Mark::Pieces(pieces, look)] => body.push_str(&pieces.svg(*look)),
                marks => body.push_str(&elements(marks, size)?),
            }
        }
        let view = format!("0 0 {} {}", size.0, size.1);
        let (width, height) = (in_points(size.0), in_points(size.1));
        Ok(Chart {
            svg: format!(
                "<svg width=\"{width}\" height=\"{height}\" viewBox=\"{view}\" \
                 xmlns=\"http://www.w3.org/2000/svg\">\n{body}</svg>\n"
            ),
            width_mm: width / PT_PER_MM,
            height_mm: height / PT_PER_MM,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::trial;

    fn canvas(theme: &Theme, lang: Lang) -> Canvas<'_> {
        Canvas::new(theme, lang, 50.8).unwrap()
    }

    #[test]
    fn printed_size_and_text_size_are_exact() {
        let theme = trial::theme();
        let mut canvas = canvas(&theme, Lang::Zh);
        let lettering = canvas.label();
        canvas.text("北京", (10.0, 20.0), Anchor::Start, lettering);
        let chart = canvas.finish(72.0).unwrap();
        assert!(
            chart.svg.starts_with("<svg width=\"144\" height=\"72\" viewBox=\"0 0 2880 1440\"")
        );
        assert!(chart.svg.contains("font-family=\"Noto Sans SC\" font-size=\"170\""));
        assert!((chart.width_mm - 50.8).abs() < 1e-9 && (chart.height_mm - 25.4).abs() < 1e-9);
    }

    #[test]
    fn text_is_escaped_and_split_by_family() {
        let theme = trial::theme();
        let mut canvas = canvas(&theme, Lang::En);
        let lettering = canvas.label();
        canvas.text("A<B & \"C\"", (0.0, 20.0), Anchor::Start, lettering);
        canvas.text("GDP 北京", (140.0, 40.0), Anchor::End, lettering);
        let chart = canvas.finish(60.0).unwrap();
        assert!(chart.svg.contains("A&lt;B &amp; &quot;C&quot;"));
        let texts = trial::texts(&chart);
        assert_eq!(texts.len(), 3);
        assert_eq!(texts[1].families, "Noto Sans, Noto Sans SC");
        assert_eq!(texts[2].families, "Noto Sans SC");
        assert!((texts[2].bounds.right - 140.0).abs() < 0.1);
    }

    #[test]
    fn text_upwards_is_measured_upwards() {
        let theme = trial::theme();
        let mut canvas = canvas(&theme, Lang::En);
        let lettering = canvas.label();
        let bounds = canvas.text_upwards("GDP 北京", (20.0, 55.0), lettering);
        let chart = canvas.finish(60.0).unwrap();
        let texts = trial::texts(&chart);
        assert_eq!(texts.len(), 2);
        assert!((texts[0].bounds.bottom - 55.0).abs() < 0.1);
        assert!((texts[1].bounds.top - bounds.top).abs() < 0.1);
        assert!(bounds.left < 20.0 && bounds.right > 20.0);
    }

    #[test]
    fn rule_leaves_a_gap() {
        let theme = trial::theme();
        let mut canvas = canvas(&theme, Lang::En);
        let grid = canvas.grid();
        let value = Bounds { left: 40.0, top: 20.0, right: 60.0, bottom: 30.0 };
        canvas.rule(50.0, (0.0, 50.0), grid, &[value]);
        canvas.rule(70.0, (0.0, 50.0), grid, &[value]);
        assert_eq!(canvas.marks.len(), 3);
    }

    #[test]
    fn a_theme_without_its_faces_is_refused() {
        let theme = Theme::new(crate::charts::Faces::register([]).unwrap());
        assert!(matches!(Canvas::new(&theme, Lang::Zh, 160.0), Err(ChartError::NoFace { .. })));
    }
}
