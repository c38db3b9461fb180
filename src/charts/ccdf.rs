//! The distribution of degrees on logarithmic axes, with the power law fitted to its tail.

use super::alt;
use super::canvas::{Anchor, At, Bounds, Canvas, PT_PER_MM, Stroke};
use super::error::{finite, legible};
use super::legend::{self, Key, Placing};
use super::log_scale::LogScale;
use super::theme::{Colour, Theme};
use super::{Chart, ChartError};
use crate::lang::Lang;
use crate::num::{fixed, pow, shortest};

/// A power law fitted to the tail of a distribution.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PowerLawLine {
    /// Exponent of the density.
    pub alpha: f64,
    /// Where the tail begins.
    pub x_min: f64,
    /// Share of values at `x_min` or above.
    pub share: f64,
}

/// One distribution.
#[derive(Debug, Clone, PartialEq)]
pub struct CcdfSeries {
    /// Its name, such as `出度`.
    pub name: String,
    /// Values above zero, rising, each with the share of nodes that have it or more.
    pub points: Vec<(f64, f64)>,
    /// The power law of its tail.
    pub fit: Option<PowerLawLine>,
    /// The curve of a log-normal distribution fitted to the same tail, points as above.
    pub log_normal: Vec<(f64, f64)>,
}

/// Complementary cumulative distributions: how large a share of nodes has a value or more.
#[derive(Debug, Clone, PartialEq)]
pub struct Ccdf {
    /// What is distributed, such as `节点度数`.
    pub subject: String,
    /// Name of the horizontal axis, such as `度数`.
    pub value_name: String,
    /// Name of the vertical axis, such as `节点占比`.
    pub share_name: String,
    /// One to three distributions.
    pub series: Vec<CcdfSeries>,
    /// Printed width.
    pub width_mm: f64,
}

/// Height over width of the plot.
const SHAPE: f64 = 0.62;
const MOST_PLOT: f64 = 96.0 * PT_PER_MM;
const FOOT: f64 = 27.0;

/// Both axes.
struct Axes {
    x: LogScale,
    y: LogScale,
    plot: Bounds,
}

impl Axes {
    fn at(&self, (value, share): (f64, f64)) -> At {
        (self.x.at(value), self.y.at(share))
    }
}

impl Ccdf {
    /// The most distributions that stay legible.
    pub const MOST: usize = 3;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`] also for a series without points, [`ChartError::TooMany`],
    /// [`ChartError::NotFinite`], [`ChartError::Negative`] for a value or share of zero or less, or
    /// [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        self.screen()?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let entries = self.entries(theme, lang);
        let across = (0.0, canvas.width);
        let legend = legend::draw(&mut canvas, &entries, across, 0.0, Placing::Left);
        let lettering = canvas.axis();
        let top = legend + lettering.height(1) + 5.0;
        let axes = self.axes(&canvas, top)?;
        canvas.text(&self.share_name, (0.0, legend + 7.0), Anchor::Start, lettering);
        self.frame(&mut canvas, &axes);
        for (index, series) in self.series.iter().enumerate() {
            let (colour, mark) = style(theme, index);
            for at in thinned(&series.points, &axes) {
                mark.draw(&mut canvas, at);
            }
            if let Some(fit) = series.fit {
                Self::line(&mut canvas, &axes, series, fit, colour);
            }
            if series.log_normal.len() > 1 {
                let points: Vec<At> = clipped(&series.log_normal, &axes);
                canvas.path(points, Stroke::new(colour, 0.9).dashed(1.2, 1.8));
            }
        }
        canvas.finish(axes.plot.bottom + FOOT)
    }

    fn screen(&self) -> Result<(), ChartError> {
        legible("distributions", self.series.len(), Self::MOST)?;
        for series in &self.series {
            let points = || series.points.iter().chain(&series.log_normal);
            let fit = series.fit.iter().flat_map(|f| [f.alpha, f.x_min, f.share]);
            let all: Vec<f64> = points().flat_map(|&(x, p)| [x, p]).chain(fit).collect();
            finite(&series.name, &all)?;
            if all.iter().any(|v| *v <= 0.0) {
                return Err(ChartError::Negative { label: series.name.clone() });
            }
            if series.points.is_empty() {
                return Err(ChartError::Empty);
            }
        }
        Ok(())
    }

    fn axes(&self, canvas: &Canvas<'_>, top: f64) -> Result<Axes, ChartError> {
        let all = || self.series.iter().flat_map(|series| series.points.iter().copied());
        let most = all().map(|(x, _)| x).fold(f64::NEG_INFINITY, f64::max);
        let least = all().map(|(x, _)| x).fold(f64::INFINITY, f64::min);
        let rarest = all().map(|(_, p)| p).fold(1.0, f64::min);
        let probe = LogScale::new((rarest, 1.0), (0.0, 1.0));
        let ticks: Vec<String> = probe.decades().map(|p| percent(p, canvas.lang)).collect();
        let left = canvas.widest(ticks.iter().map(String::as_str), canvas.axis()) + 5.0;
        let right = canvas.width - 6.0;
        if right < left + 70.0 {
            return Err(ChartError::TooNarrow);
        }
        let bottom = top + ((right - left) * SHAPE).min(MOST_PLOT);
        Ok(Axes {
            x: LogScale::new((least, most), (left, right)),
            y: LogScale::new((rarest, 1.0), (bottom, top)),
            plot: Bounds { left, top, right, bottom },
        })
    }

    fn frame(&self, canvas: &mut Canvas<'_>, axes: &Axes) {
        let (lettering, grid, plot) = (canvas.axis(), canvas.grid(), axes.plot);
        for share in axes.y.decades() {
            let y = axes.y.at(share);
            canvas.path([(plot.left, y), (plot.right, y)], grid);
            let text = percent(share, canvas.lang);
            canvas.text(&text, (plot.left - 5.0, y), Anchor::End, lettering);
        }
        let decades: Vec<f64> = axes.x.decades().collect();
        for value in decades {
            let x = axes.x.at(value);
            canvas.path([(x, plot.top), (x, plot.bottom)], grid);
            canvas.tick(&shortest(value, canvas.lang), (x, plot.bottom + 8.5), lettering);
        }
        let name = canvas.fit(&self.value_name, plot.right - plot.left, lettering);
        canvas.text(&name, (plot.right, plot.bottom + 20.0), Anchor::End, lettering);
    }

    /// The fitted line over the tail, and where the tail begins.
    fn line(
        canvas: &mut Canvas<'_>,
        axes: &Axes,
        series: &CcdfSeries,
        fit: PowerLawLine,
        colour: Colour,
    ) {
        let most = series.points.iter().map(|p| p.0).fold(fit.x_min, f64::max);
        let curve: Vec<(f64, f64)> = (0..=40_u32)
            .map(|step| {
                let x = fit.x_min * pow(most / fit.x_min, f64::from(step) / 40.0);
                (x, fit.share * pow(x / fit.x_min, 1.0 - fit.alpha))
            })
            .collect();
        canvas.path(clipped(&curve, axes), Stroke::new(colour, 1.4));
        let (x, y) = axes.at((fit.x_min, fit.share));
        if axes.plot.left <= x && x <= axes.plot.right {
            let stroke = Stroke::new(colour, 0.6).dashed(2.0, 2.0);
            canvas.path([(x, y), (x, axes.plot.bottom)], stroke);
        }
    }

    fn entries(&self, theme: &Theme, lang: Lang) -> Vec<(Key, String)> {
        let mut entries = Vec::new();
        for (index, series) in self.series.iter().enumerate() {
            let (colour, mark) = style(theme, index);
            entries.push((mark, series.name.clone()));
            if let Some(fit) = series.fit {
                let text = fit_text(fit, lang);
                entries.push((Key::Line(Stroke::new(colour, 1.4)), text));
            }
        }
        if self.series.iter().any(|series| series.log_normal.len() > 1) {
            let (zh, en) = ("对数正态分布", "Log-normal");
            let name = if lang == Lang::Zh { zh } else { en };
            let stroke = Stroke::new(theme.muted, 0.9).dashed(1.2, 1.8);
            entries.push((Key::Line(stroke), name.to_owned()));
        }
        entries
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let heading = match lang {
            Lang::Zh => format!("双对数坐标图：{}的互补累积分布", self.subject),
            Lang::En => {
                let subject = &self.subject;
                format!("Log-log plot: complementary cumulative distribution of {subject}")
            }
        };
        let told: Vec<String> =
            self.series.iter().map(|series| Self::series_told(series, lang)).collect();
        alt::prose(&heading, &told, lang)
    }

    fn series_told(series: &CcdfSeries, lang: Lang) -> String {
        let name = &series.name;
        let mut parts = Vec::new();
        if let (Some(first), Some(last)) = (series.points.first(), series.points.last()) {
            let number = |v: f64| shortest(v, lang);
            let rare = percent_of(last.1, lang);
            parts.push(match lang {
                Lang::Zh => {
                    format!("取值由{}到{}，{rare}的节点达到最大值", number(first.0), number(last.0))
                }
                Lang::En => format!(
                    "values from {} to {}, the largest reached by {rare} of the nodes",
                    number(first.0),
                    number(last.0)
                ),
            });
        }
        if let Some(fit) = series.fit {
            let (alpha, from) = (fixed(fit.alpha, 2, lang), shortest(fit.x_min, lang));
            let share = percent_of(fit.share, lang);
            parts.push(match lang {
                Lang::Zh => format!("{from}及以上的尾部（{share}的节点）拟合幂律，指数为{alpha}"),
                Lang::En => format!(
                    "power law with exponent {alpha} fitted to the tail from {from} ({share} of \
                     the nodes)"
                ),
            });
        }
        match lang {
            Lang::Zh => format!("{name}：{}", parts.join("，")),
            Lang::En => format!("{name}: {}", parts.join("; ")),
        }
    }
}

/// Colour and mark of a series; they differ in form too.
fn style(theme: &Theme, index: usize) -> (Colour, Key) {
    match index {
        0 => (theme.accent, Key::Disc(theme.accent, 1.7)),
        1 => (theme.highlight, Key::Ring(theme.highlight, 1.8)),
        _ => (theme.muted, Key::Disc(theme.muted, 1.2)),
    }
}

fn fit_text(fit: PowerLawLine, lang: Lang) -> String {
    let (alpha, from) = (fixed(fit.alpha, 2, lang), shortest(fit.x_min, lang));
    match lang {
        Lang::Zh => format!("幂律拟合，α = {alpha}（自{from}起）"),
        Lang::En => format!("Power law, α = {alpha} (from {from})"),
    }
}

/// The places of points, without those that would hardly move from the one before.
fn thinned(points: &[(f64, f64)], axes: &Axes) -> Vec<At> {
    let mut places: Vec<At> = Vec::new();
    for &point in points {
        let (x, y) = axes.at(point);
        let near = |&(u, v): &At| (x - u).abs() < 0.6 && (y - v).abs() < 0.6;
        if !places.last().is_some_and(near) {
            places.push((x, y));
        }
    }
    places
}

/// The part of a curve that lies in the plot, its ends on the frame.
fn clipped(curve: &[(f64, f64)], axes: &Axes) -> Vec<At> {
    let b = axes.plot;
    let inside = |&(x, y): &At| {
        b.left - 0.01 <= x && x <= b.right + 0.01 && b.top - 0.01 <= y && y <= b.bottom + 0.01
    };
    curve.iter().map(|&point| axes.at(point)).filter(inside).collect()
}

/// A power of ten as a percentage with no more decimals than it needs.
fn percent(share: f64, lang: Lang) -> String {
    let mut decimals = 0;
    let mut shown = share * 100.0;
    while shown < 1.0 - 1e-9 && decimals < 12 {
        shown *= 10.0;
        decimals += 1;
    }
    format!("{}%", fixed(share * 100.0, decimals, lang))
}

/// A share as a percentage with two significant digits.
fn percent_of(share: f64, lang: Lang) -> String {
    let mut decimals = 0;
    let mut shown = share * 100.0;
    while shown < 10.0 && decimals < 12 {
        shown *= 10.0;
        decimals += 1;
    }
    format!("{}%", fixed(share * 100.0, decimals, lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn series(name: &str, points: Vec<(f64, f64)>, fit: Option<PowerLawLine>) -> CcdfSeries {
        CcdfSeries { name: name.to_owned(), points, fit, log_normal: Vec::new() }
    }

    fn chart(series: Vec<CcdfSeries>) -> Ccdf {
        Ccdf {
            subject: "degrees".to_owned(),
            value_name: "Degree".to_owned(),
            share_name: "Share of nodes with that degree or more".to_owned(),
            series,
            width_mm: TEXT_BLOCK_MM,
        }
    }

    /// A tail of exponent 2.2 over `n` values.
    fn tail(n: u32) -> Vec<(f64, f64)> {
        (1..=n).map(|x| (f64::from(x), pow(f64::from(x), -1.2))).collect()
    }

    const FIT: PowerLawLine = PowerLawLine { alpha: 2.2, x_min: 3.0, share: 0.267 };

    #[test]
    fn all_sizes_are_legible() {
        for n in [1, 2, 50, 4000] {
            for width_mm in [62.0, TEXT_BLOCK_MM] {
                let mut both =
                    vec![series("出度 Out", tail(n), Some(FIT)), series("In", tail(7), None)];
                both[0].log_normal = tail(n.max(2));
                let chart = Ccdf { width_mm, ..chart(both) };
                trial::check_both(|theme, lang| chart.draw(theme, lang).unwrap());
            }
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |points| chart(vec![series("A", points, None)]).draw(&theme, Lang::En);
        assert_eq!(chart(vec![]).draw(&theme, Lang::En), Err(ChartError::Empty));
        assert_eq!(draw(vec![]), Err(ChartError::Empty));
        let label = || "A".to_owned();
        assert_eq!(draw(vec![(0.0, 1.0)]), Err(ChartError::Negative { label: label() }));
        assert_eq!(draw(vec![(1.0, 0.0)]), Err(ChartError::Negative { label: label() }));
        assert_eq!(draw(vec![(f64::INFINITY, 1.0)]), Err(ChartError::NotFinite { label: label() }));
    }

    #[test]
    fn percentages() {
        assert_eq!(percent(1.0, Lang::En), "100%");
        assert_eq!(percent(0.0001, Lang::En), "0.01%");
        assert_eq!(percent_of(0.267, Lang::En), "27%");
        assert_eq!(percent_of(0.000_032_5, Lang::En), "0.0032%");
    }

    #[test]
    fn alt_tells_ranges_and_fits() {
        let spec = chart(vec![series("Out-degree", vec![(1.0, 1.0), (4882.0, 0.0001)], Some(FIT))]);
        assert_eq!(
            spec.alt(Lang::En),
            "Log-log plot: complementary cumulative distribution of degrees. Out-degree: values \
             from 1 to 4,882, the largest reached by 0.010% of the nodes; power law with exponent \
             2.20 fitted to the tail from 3 (27% of the nodes)."
        );
        let mut zh = chart(vec![series("出度", vec![(1.0, 1.0), (4882.0, 0.0001)], Some(FIT))]);
        zh.subject = "节点度数".to_owned();
        assert_eq!(
            zh.alt(Lang::Zh),
            "双对数坐标图：节点度数的互补累积分布。出度：取值由1到4882，0.010%的节点达到最大值，\
             3及以上的尾部（27%的节点）拟合幂律，指数为2.20。"
        );
    }
}
