//! The marks of a chart, written as SVG by plotters.
//!
//! Two habits of the SVG backend are put right here. It counts in whole pixels, so the drawing is
//! [`FINENESS`] times as large as the print and scaled back by the view box. And it writes font sizes
//! divided by 1.24 and shifts baselines by `ex`, which renderers read differently; so sizes are
//! multiplied first and every text hangs from a `dy` in `em`.

use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::element::{Circle, DashedPathElement, PathElement, Polygon, Rectangle, Text};
use plotters::prelude::SVGBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{
    Color, FontDesc, FontFamily, FontTransform, RGBAColor, RGBColor, ShapeStyle, TextStyle,
};

use super::canvas::{Anchor, At, Bounds, Lettering, MIDDLE, Stroke};
use super::error::ChartError;
use super::pieces::{Look, Pieces};
use super::theme::Colour;

/// Drawing units per point.
const FINENESS: f64 = 20.0;
/// What the SVG backend divides font sizes by.
const BACKEND_SIZE: f64 = 1.24;
/// Where the SVG backend puts the baseline of text anchored at the top, in em.
const BACKEND_TOP: f64 = 0.76;

/// Which way a text reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reading {
    Across,
    Up,
}

/// What is drawn.
pub(super) enum Mark {
    Box(Bounds, Colour, f64),
    Path(Vec<At>, Stroke),
    Polygon(Vec<At>, Colour, f64),
    Disc(At, f64, Colour, f64),
    Ring(At, f64, Stroke),
    Pieces(Pieces, Look),
    Text {
        at: At,
        anchor: Anchor,
        reading: Reading,
        families: String,
        lettering: Lettering,
        text: String,
    },
}

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

/// What the backend writes for `marks`, without the document around it.
pub(super) fn elements(marks: &[Mark], size: (u32, u32)) -> Result<String, ChartError> {
    let mut drawn = String::new();
    {
        let area = SVGBackend::with_string(&mut drawn, size).into_drawing_area();
        let drawing = marks.iter().try_for_each(|mark| mark.draw(&area));
        drawing
            .and_then(|()| area.present())
            .map_err(|error| ChartError::Drawing(error.to_string()))?;
    }
    drawn
        .split_once(">\n")
        .and_then(|(_, rest)| rest.strip_suffix("</svg>\n"))
        .map(str::to_owned)
        .ok_or_else(|| ChartError::Drawing("unexpected form of the SVG".to_owned()))
}

impl Mark {
    pub(super) const fn is_pieces(&self) -> bool {
        matches!(self, Self::Pieces(..))
    }

    fn draw(&self, area: &Area<'_>) -> Drawn {
        match self {
            Self::Box(b, colour, opacity) => {
                let corners = [place((b.left, b.top)), place((b.right, b.bottom))];
                area.draw(&Rectangle::new(corners, paint(*colour, *opacity).filled()))
            }
            Self::Path(points, stroke) => {
                let points: Vec<(i32, i32)> = points.iter().copied().map(place).collect();
                match stroke.dash {
                    None => area.draw(&PathElement::new(points, line(*stroke))),
                    Some((on, off)) => area.draw(&DashedPathElement::new(
                        points.iter().copied(),
                        extent(on),
                        extent(off),
                        line(*stroke),
                    )),
                }
            }
            Self::Polygon(points, colour, opacity) => {
                let points: Vec<(i32, i32)> = points.iter().copied().map(place).collect();
                area.draw(&Polygon::new(points, paint(*colour, *opacity).filled()))
            }
            Self::Disc(centre, radius, colour, opacity) => {
                let style = paint(*colour, *opacity).filled();
                area.draw(&Circle::new(place(*centre), extent(*radius), style))
            }
            Self::Ring(centre, radius, stroke) => {
                area.draw(&Circle::new(place(*centre), extent(*radius), line(*stroke)))
            }
            // Written by `finish`.
            Self::Pieces(..) => Ok(()),
            Self::Text { at, anchor, reading, families, lettering, text } => {
                let hang = (MIDDLE - BACKEND_TOP) * lettering.size;
                let (at, transform) = match reading {
                    Reading::Across => ((at.0, at.1 + hang), FontTransform::None),
                    Reading::Up => ((at.0 + hang, at.1), FontTransform::Rotate270),
                };
                let position = match anchor {
                    Anchor::Start => HPos::Left,
                    Anchor::Middle => HPos::Center,
                    Anchor::End => HPos::Right,
                };
                let font = FontDesc::new(
                    FontFamily::Name(families),
                    lettering.size * FINENESS * BACKEND_SIZE,
                    lettering.weight.style(),
                )
                .transform(transform);
                let style = TextStyle {
                    font,
                    color: paint(lettering.colour, 1.0).to_backend_color(),
                    pos: Pos::new(position, VPos::Top),
                };
                area.draw(&Text::new(text.as_str(), place(at), style))
            }
        }
    }
}

fn paint(colour: Colour, opacity: f64) -> RGBAColor {
    let [r, g, b] = colour.rgb;
    RGBColor(r, g, b).mix(opacity)
}

fn line(stroke: Stroke) -> ShapeStyle {
    paint(stroke.colour, stroke.opacity).stroke_width(extent(stroke.width))
}

/// A point in drawing units.
pub(super) fn place((x, y): At) -> (i32, i32) {
    (unit(x), unit(y))
}

#[expect(clippy::cast_possible_truncation, reason = "a sheet is far smaller than i32::MAX units")]
pub(super) fn unit(points: f64) -> i32 {
    (points * FINENESS).round() as i32
}

/// A length in drawing units, at least one.
pub(super) fn extent(points: f64) -> u32 {
    u32::try_from(unit(points)).unwrap_or(0).max(1)
}

/// A length in drawing units, in points.
pub(super) fn in_points(units: u32) -> f64 {
    f64::from(units) / FINENESS
}
