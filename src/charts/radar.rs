//! A radar: the profile of one unit over the dimensions, beside the mean and the leader.

use std::f64::consts::PI;

use super::alt;
use super::canvas::{Anchor, At, Bounds, Canvas, Lettering, Stroke};
use super::error::{even, finite};
use super::legend::{self, Key, Placing};
use super::scale::count;
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::fixed;

/// The part a series plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RadarStyle {
    /// The unit the chart is about: a translucent area with dots, its values at the axes.
    Focus,
    /// The mean of the sample: dashed grey.
    Mean,
    /// The leading unit: a thin line.
    Leader,
}

/// One outline.
#[derive(Debug, Clone, PartialEq)]
pub struct RadarSeries {
    /// Name of the unit or of the mean.
    pub name: String,
    /// Values from 0 to 100 in the order of the axes.
    pub values: Vec<Option<f64>>,
    /// How the outline is drawn.
    pub style: RadarStyle,
}

/// Outlines on axes from 0 at the centre to 100 at the rim.
#[derive(Debug, Clone, PartialEq)]
pub struct Radar {
    /// What is measured, such as `各维度得分`.
    pub subject: String,
    /// Names of the axes, clockwise from the top.
    pub axes: Vec<String>,
    /// Up to three outlines.
    pub series: Vec<RadarSeries>,
    /// Decimals of every printed value.
    pub decimals: usize,
    /// Printed width; 100 mm suits most.
    pub width_mm: f64,
}

/// From the rim to the names of the axes.
const NAME_GAP: f64 = 8.0;
const LEAST_RADIUS: f64 = 45.0;

struct Name {
    lines: Vec<String>,
    value: Option<String>,
    width: f64,
    height: f64,
    /// Direction of the axis: right and down are positive.
    towards: At,
    /// The room it takes, from the centre of the radar.
    bounds: Bounds,
}

impl Radar {
    /// The fewest axes that make a shape.
    pub const FEWEST_AXES: usize = 3;
    /// The most axes that stay legible.
    pub const MOST_AXES: usize = 14;
    /// The most outlines that stay distinct.
    pub const MOST_SERIES: usize = 3;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooFew`], [`ChartError::TooMany`],
    /// [`ChartError::Uneven`], [`ChartError::NotFinite`] or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        self.screen()?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let (label, value) = (canvas.label(), canvas.value().bold());
        let value = Lettering { colour: theme.accent, ..value };

        let mut names = self.names(&canvas, label, value);
        let half = canvas.width / 2.0;
        let radius = names.iter().fold(half - 4.0, |radius, name| {
            let x = name.towards.0;
            // A name at the side grows outwards, one at the top or foot stands centred.
            let room = if x.abs() < 0.15 {
                half - 4.0
            } else {
                ((half - name.width) / x.abs()).min(half) - NAME_GAP
            };
            radius.min(room)
        });
        if radius < LEAST_RADIUS {
            return Err(ChartError::TooNarrow);
        }

        place_names(&mut names, radius);
        let above = names.iter().map(|name| -name.bounds.top).fold(radius, f64::max);
        let below = names.iter().map(|name| name.bounds.bottom).fold(radius, f64::max);
        let centre = (half, above + 1.0);
        rings(&mut canvas, centre, radius, &names);
        let mut order: Vec<&RadarSeries> = self.series.iter().collect();
        order.sort_by_key(|series| match series.style {
            RadarStyle::Focus => 0,
            RadarStyle::Mean => 1,
            RadarStyle::Leader => 2,
        });
        for series in order {
            outline(&mut canvas, series, centre, radius, &names);
        }
        ring_labels(&mut canvas, centre, radius, &names);
        for name in &names {
            draw_name(&mut canvas, name, centre, (label, value));
        }

        let entries: Vec<(Key, String)> = self
            .series
            .iter()
            .map(|series| {
                let key = match series.style {
                    RadarStyle::Focus => Key::Area(theme.accent),
                    style => Key::Line(stroke(theme, style)),
                };
                (key, series.name.clone())
            })
            .collect();
        let top = centre.1 + below + 6.0;
        let across = (0.0, canvas.width);
        let height = legend::draw(&mut canvas, &entries, across, top, Placing::Centred);
        canvas.finish(top + height)
    }

    fn screen(&self) -> Result<(), ChartError> {
        let (axes, series) = (self.axes.len(), self.series.len());
        if axes == 0 || series == 0 {
            return Err(ChartError::Empty);
        }
        if axes < Self::FEWEST_AXES {
            let least = Self::FEWEST_AXES;
            return Err(ChartError::TooFew { what: "axes", found: axes, least });
        }
        if axes > Self::MOST_AXES {
            let most = Self::MOST_AXES;
            return Err(ChartError::TooMany { what: "axes", found: axes, most });
        }
        if series > Self::MOST_SERIES {
            let most = Self::MOST_SERIES;
            return Err(ChartError::TooMany { what: "outlines", found: series, most });
        }
        self.series.iter().try_for_each(|series| {
            even(&series.name, series.values.len(), axes)?;
            finite(&series.name, series.values.iter().flatten())
        })
    }

    /// Wraps the names of the axes and puts the value of the focus under each.
    fn names(&self, canvas: &Canvas<'_>, label: Lettering, value: Lettering) -> Vec<Name> {
        let focus = self.series.iter().find(|series| series.style == RadarStyle::Focus);
        // Wide enough that no word is cut short, if that leaves a radar.
        let whole = |share: &f64| {
            self.axes.iter().all(|axis| {
                let lines = canvas.wrap(axis, canvas.width * share, 3, label);
                lines.iter().all(|line| !line.ends_with('…'))
            })
        };
        let most = canvas.width * [0.2, 0.23, 0.26].into_iter().find(whole).unwrap_or(0.26);
        self.axes
            .iter()
            .enumerate()
            .map(|(i, axis)| {
                let angle = 2.0 * PI * count(i) / count(self.axes.len());
                let lines = canvas.wrap(axis, most, 3, label);
                let value_text = focus.map(|series| {
                    series.values[i]
                        .map_or_else(|| "—".to_owned(), |v| fixed(v, self.decimals, canvas.lang))
                });
                let shown = canvas.widest(lines.iter().map(String::as_str), label);
                let width = canvas.widest(value_text.as_deref(), value).max(shown);
                let values = if value_text.is_some() { value.height(1) } else { 0.0 };
                Name {
                    height: label.height(lines.len()) + values,
                    lines,
                    value: value_text,
                    width,
                    towards: (libm::sin(angle), -libm::cos(angle)),
                    bounds: Bounds { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 },
                }
            })
            .collect()
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let subject = &self.subject;
        let n = self.axes.len();
        let heading = match lang {
            Lang::Zh => format!("雷达图：{subject}，共{n}个维度，0至100分"),
            Lang::En => {
                let axes = alt::counted(n, "", "axis", "axes", lang);
                format!("Radar chart: {subject} on {axes} from 0 to 100")
            }
        };
        let told: Vec<String> = self
            .series
            .iter()
            .map(|series| {
                let items: Vec<String> = self
                    .axes
                    .iter()
                    .zip(&series.values)
                    .map(|(axis, &v)| {
                        alt::name_and_number(axis, &alt::number(v, self.decimals, lang), lang)
                    })
                    .collect();
                match lang {
                    Lang::Zh => format!("{}：{}", series.name, items.join("、")),
                    Lang::En => format!("{}: {}", series.name, alt::list(&items, lang)),
                }
            })
            .collect();
        alt::prose(&heading, &told, lang)
    }
}

/// Puts each name outside the end of its axis; where two meet, the one farther from the middle of
/// the height gives way.
fn place_names(names: &mut [Name], radius: f64) {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_by(|&a, &b| {
        let away = |i: usize| names[i].towards.1.abs();
        away(a).total_cmp(&away(b)).then(a.cmp(&b))
    });
    let mut placed: Vec<Bounds> = Vec::new();
    for i in order {
        let name = &mut names[i];
        let (dx, dy) = name.towards;
        let x = dx * (radius + NAME_GAP);
        let left = match anchor(name) {
            Anchor::Start => x,
            Anchor::Middle => x - name.width / 2.0,
            Anchor::End => x - name.width,
        };
        let mut top = dy * (radius + NAME_GAP + name.height / 2.0) - name.height / 2.0;
        let right = left + name.width;
        // Each round clears one name for good, since the way out is always the same.
        for _ in 0..placed.len() {
            let bottom = top + name.height;
            let meets = |b: &&Bounds| {
                left < b.right + 4.0 && b.left < right + 4.0 && top < b.bottom && b.top < bottom
            };
            let Some(other) = placed.iter().find(meets) else { break };
            top = if dy > 0.0 { other.bottom } else { other.top - name.height };
        }
        name.bounds = Bounds { left, top, right, bottom: top + name.height };
        placed.push(name.bounds);
    }
}

fn anchor(name: &Name) -> Anchor {
    let x = name.towards.0;
    if x.abs() < 0.15 {
        Anchor::Middle
    } else if x > 0.0 {
        Anchor::Start
    } else {
        Anchor::End
    }
}

fn draw_name(
    canvas: &mut Canvas<'_>,
    name: &Name,
    centre: At,
    (label, value): (Lettering, Lettering),
) {
    let b = name.bounds;
    let anchor = anchor(name);
    let x = centre.0
        + match anchor {
            Anchor::Start => b.left,
            Anchor::Middle => f64::midpoint(b.left, b.right),
            Anchor::End => b.right,
        };
    let top = centre.1 + b.top;
    let names = label.height(name.lines.len());
    canvas.lines(&name.lines, (x, top + names / 2.0), anchor, label);
    if let Some(text) = &name.value {
        canvas.text(text, (x, top + names + value.height(1) / 2.0), anchor, value);
    }
}

fn stroke(theme: &Theme, style: RadarStyle) -> Stroke {
    match style {
        RadarStyle::Focus => Stroke::new(theme.accent, 1.4),
        RadarStyle::Mean => Stroke::new(theme.muted, 1.0).dashed(3.0, 2.2),
        RadarStyle::Leader => Stroke::new(theme.highlight, 0.8),
    }
}

fn rings(canvas: &mut Canvas<'_>, centre: At, radius: f64, names: &[Name]) {
    let grid = canvas.grid();
    for share in [0.2, 0.4, 0.6, 0.8, 1.0] {
        canvas.ring(centre, radius * share, grid);
    }
    for name in names {
        canvas.path([centre, along(centre, radius, name.towards)], grid);
    }
}

/// Letters the rings beside the first axis, on paper so that outlines do not strike them through.
fn ring_labels(canvas: &mut Canvas<'_>, centre: At, radius: f64, names: &[Name]) {
    let lettering = Lettering { size: canvas.theme.least_size, ..canvas.axis() };
    let paper = canvas.theme.paper;
    // Half way between the first two axes nothing else is lettered.
    let half = PI / count(names.len());
    let towards = (libm::sin(half), -libm::cos(half));
    for share in [0.2, 0.4, 0.6, 0.8, 1.0] {
        let at = along(centre, radius * share, towards);
        let text = fixed(share * 100.0, 0, canvas.lang);
        let mut b = canvas.bounds(&text, at, Anchor::Middle, lettering);
        b.left -= 1.0;
        b.right += 1.0;
        b.top += 1.0;
        b.bottom -= 1.5;
        canvas.tint(b, paper, 0.75);
        canvas.text(&text, at, Anchor::Middle, lettering);
    }
}

fn along((x, y): At, distance: f64, (dx, dy): At) -> At {
    (x + dx * distance, y + dy * distance)
}

/// Draws one outline; it is open where values are missing.
fn outline(canvas: &mut Canvas<'_>, series: &RadarSeries, centre: At, radius: f64, names: &[Name]) {
    let points: Vec<Option<At>> = series
        .values
        .iter()
        .zip(names)
        .map(|(v, name)| {
            v.map(|v| along(centre, radius * v.clamp(0.0, 100.0) / 100.0, name.towards))
        })
        .collect();
    let line = stroke(canvas.theme, series.style);
    let whole: Option<Vec<At>> = points.iter().copied().collect();
    if let Some(mut corners) = whole {
        if series.style == RadarStyle::Focus {
            canvas.polygon(corners.clone(), line.colour, 0.18);
        }
        // Closed over the first corner too, so that the joint there is mitred like the others.
        corners.push(corners[0]);
        canvas.path(corners, line);
    } else {
        let next = points.iter().cycle().skip(1);
        for (from, to) in points.iter().zip(next) {
            if let (Some(from), Some(to)) = (from, to) {
                canvas.path([*from, *to], line);
            }
        }
    }
    let radius = if series.style == RadarStyle::Focus { 2.0 } else { 0.9 };
    for point in points.iter().flatten() {
        canvas.disc(*point, radius, line.colour, 1.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::trial;

    fn series(name: &str, values: Vec<Option<f64>>, style: RadarStyle) -> RadarSeries {
        RadarSeries { name: name.to_owned(), values, style }
    }

    fn chart(axes: usize, value: Option<f64>) -> Radar {
        let names = ["Policy environment", "人才与科研", "A & <B>", "Infrastructure", "Capital"];
        Radar {
            subject: "Dimension scores".to_owned(),
            axes: names.iter().cycle().take(axes).map(|&name| name.to_owned()).collect(),
            series: vec![
                series("Beijing", vec![value; axes], RadarStyle::Focus),
                series("Sample mean", vec![Some(34.2); axes], RadarStyle::Mean),
                series("Shenzhen", vec![Some(100.0); axes], RadarStyle::Leader),
            ],
            decimals: 1,
            width_mm: 100.0,
        }
    }

    #[test]
    fn any_number_of_axes_is_legible() {
        for axes in 3..=14 {
            for value in [None, Some(0.0), Some(78.3), Some(120.0)] {
                trial::check_both(|theme, lang| chart(axes, value).draw(theme, lang).unwrap());
            }
        }
    }

    #[test]
    fn an_outline_is_open_where_a_value_is_missing() {
        let mut gap = chart(5, Some(50.0));
        gap.series[0].values[2] = None;
        trial::check_both(|theme, lang| gap.draw(theme, lang).unwrap());
        let svg = gap.draw(&trial::theme(), Lang::En).unwrap().svg;
        assert!(!svg.contains("<polygon"));
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |chart: Radar| chart.draw(&theme, Lang::En).unwrap_err();
        assert_eq!(draw(chart(0, None)), ChartError::Empty);
        assert!(matches!(draw(chart(2, None)), ChartError::TooFew { found: 2, .. }));
        assert!(matches!(draw(chart(15, None)), ChartError::TooMany { found: 15, .. }));
        let mut four = chart(5, None);
        four.series.push(four.series[0].clone());
        assert!(matches!(draw(four), ChartError::TooMany { what: "outlines", .. }));
        assert_eq!(draw(Radar { width_mm: 40.0, ..chart(5, None) }), ChartError::TooNarrow);
    }

    #[test]
    fn alt_tells_each_outline() {
        let mut radar = chart(3, Some(78.3));
        radar.series.truncate(1);
        radar.axes = vec!["policy".to_owned(), "talent".to_owned(), "capital".to_owned()];
        radar.series[0].values[2] = None;
        assert_eq!(
            radar.alt(Lang::En),
            "Radar chart: Dimension scores on 3 axes from 0 to 100. \
             Beijing: policy 78.3, talent 78.3 and capital no data."
        );
        radar.subject = "各维度得分".to_owned();
        radar.axes = vec!["环境".to_owned(), "人才".to_owned(), "资金".to_owned()];
        radar.series[0].name = "北京".to_owned();
        assert_eq!(
            radar.alt(Lang::Zh),
            "雷达图：各维度得分，共3个维度，0至100分。北京：环境78.3、人才78.3、资金无数据。"
        );
    }
}
