//! Lorenz curves: how unevenly nodes share in a whole.

use super::alt;
use super::canvas::{Anchor, At, Bounds, Canvas, PT_PER_MM, Stroke};
use super::error::{finite, legible};
use super::legend::{self, Key, Placing};
use super::scale::Scale;
use super::spread::spread;
use super::theme::{Colour, Theme};
use super::{Chart, ChartError};
use crate::lang::Lang;
use crate::num::{fixed, shortest};

/// One curve.
#[derive(Debug, Clone, PartialEq)]
pub struct LorenzCurve {
    /// Its name, such as `出度`.
    pub name: String,
    /// Cumulative share of nodes, from the smallest up, and their share in the whole; from (0, 0)
    /// to (1, 1), both rising.
    pub points: Vec<(f64, f64)>,
    /// The Gini coefficient, printed beside the name.
    pub gini: Option<f64>,
    /// Shares of the largest nodes that are marked, and their share in the whole, such as
    /// (0.01, 0.542) for the top one per cent.
    pub tops: Vec<(f64, f64)>,
}

/// Cumulative shares of nodes against their cumulative share in a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Lorenz {
    /// What is shared, such as `技术合作关系`.
    pub subject: String,
    /// Name of the horizontal axis, such as `节点累计占比（由小到大）`.
    pub node_name: String,
    /// Name of the vertical axis, such as `度数累计占比`.
    pub share_name: String,
    /// One to three curves.
    pub curves: Vec<LorenzCurve>,
    /// Printed width.
    pub width_mm: f64,
}

const MOST_PLOT: f64 = 88.0 * PT_PER_MM;
const FOOT: f64 = 27.0;

impl Lorenz {
    /// The most curves that stay legible.
    pub const MOST: usize = 3;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`] also for a curve of fewer than two points, [`ChartError::TooMany`],
    /// [`ChartError::NotFinite`] or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        self.screen()?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let axis = canvas.axis();
        let entries = self.entries(theme, lang);
        let across = (0.0, canvas.width);
        let legend = legend::draw(&mut canvas, &entries, across, 0.0, Placing::Left);
        canvas.text(&self.share_name, (0.0, legend + 7.0), Anchor::Start, axis);
        let left = canvas.width_of("100%", axis) + 5.0;
        let side = (canvas.width - left - 9.0).min(MOST_PLOT);
        if side < 90.0 {
            return Err(ChartError::TooNarrow);
        }
        let top = legend + axis.height(1) + 6.0;
        let plot = Bounds { left, top, right: left + side, bottom: top + side };
        let x = Scale::new((0.0, 1.0), (plot.left, plot.right));
        let y = Scale::new((0.0, 1.0), (plot.bottom, plot.top));
        self.frame(&mut canvas, plot, (&x, &y));
        for (index, curve) in self.curves.iter().enumerate() {
            let points: Vec<At> = curve.points.iter().map(|&(a, b)| (x.at(a), y.at(b))).collect();
            canvas.path(points, style(theme, index));
        }
        self.tops(&mut canvas, plot, (&x, &y));
        canvas.finish(plot.bottom + FOOT)
    }

    fn screen(&self) -> Result<(), ChartError> {
        legible("curves", self.curves.len(), Self::MOST)?;
        for curve in &self.curves {
            let points = curve.points.iter().chain(&curve.tops).flat_map(|&(a, b)| [a, b]);
            finite(&curve.name, &points.chain(curve.gini).collect::<Vec<_>>())?;
            if curve.points.len() < 2 {
                return Err(ChartError::Empty);
            }
        }
        Ok(())
    }

    fn entries(&self, theme: &Theme, lang: Lang) -> Vec<(Key, String)> {
        let mut entries: Vec<(Key, String)> = self
            .curves
            .iter()
            .enumerate()
            .map(|(index, curve)| {
                let name = &curve.name;
                let text = match (curve.gini, lang) {
                    (None, _) => name.clone(),
                    (Some(g), Lang::Zh) => format!("{name}（基尼系数{}）", fixed(g, 3, lang)),
                    (Some(g), Lang::En) => format!("{name} (Gini {})", fixed(g, 3, lang)),
                };
                (Key::Line(style(theme, index)), text)
            })
            .collect();
        let even = if lang == Lang::Zh { "绝对均等线" } else { "Perfect equality" };
        entries.push((Key::Line(equality(theme)), even.to_owned()));
        entries
    }

    fn frame(&self, canvas: &mut Canvas<'_>, plot: Bounds, (x, y): (&Scale, &Scale)) {
        let (axis, grid) = (canvas.axis(), canvas.grid());
        for step in 0..=5_u32 {
            let share = f64::from(step) / 5.0;
            let text = format!("{}%", fixed(share * 100.0, 0, canvas.lang));
            canvas.path([(plot.left, y.at(share)), (plot.right, y.at(share))], grid);
            canvas.path([(x.at(share), plot.top), (x.at(share), plot.bottom)], grid);
            canvas.text(&text, (plot.left - 5.0, y.at(share)), Anchor::End, axis);
            if plot.right - plot.left > 130.0 || step.is_multiple_of(5) {
                canvas.tick(&text, (x.at(share), plot.bottom + 8.5), axis);
            }
        }
        let name = canvas.fit(&self.node_name, plot.right, axis);
        let room = canvas.width_of(&name, axis);
        let at = (plot.right.max(room), plot.bottom + 20.0);
        canvas.text(&name, at, Anchor::End, axis);
        let stroke = equality(canvas.theme);
        canvas.path([(plot.left, plot.bottom), (plot.right, plot.top)], stroke);
    }

    /// Marks the shares of the largest nodes, their labels in a column in the empty half above the
    /// line of equality, each level with its point as far as the others let it.
    fn tops(&self, canvas: &mut Canvas<'_>, plot: Bounds, (x, y): (&Scale, &Scale)) {
        let label = canvas.label();
        let mut marks: Vec<(At, String, Colour)> = Vec::new();
        for (index, curve) in self.curves.iter().enumerate() {
            let colour = style(canvas.theme, index).colour;
            for &(top, share) in &curve.tops {
                let at = (x.at(1.0 - top), y.at(1.0 - share));
                marks.push((at, self.top_text(curve, top, share, canvas.lang), colour));
            }
        }
        marks.sort_by(|a, b| a.0.1.total_cmp(&b.0.1));
        let pitch = label.height(1) + 1.0;
        let wanted: Vec<f64> = marks.iter().map(|(at, ..)| at.1).collect();
        let ys = spread(&wanted, &vec![pitch; marks.len()], (plot.top + 2.0, plot.bottom - 2.0));
        let widest = canvas.widest(marks.iter().map(|(_, text, _)| text.as_str()), label);
        let right = marks.iter().map(|(at, ..)| at.0).fold(plot.right, f64::min) - 16.0;
        let end = right.max(plot.left + widest.min(right - plot.left));
        for ((at, text, colour), y) in marks.iter().zip(ys) {
            let text = canvas.fit(text, end - plot.left - 2.0, label);
            canvas.text_on_paper(&text, (end, y), Anchor::End, label);
            let leader = Stroke::new(canvas.theme.muted, 0.5);
            canvas.path([(end + 2.0, y), *at], leader);
            canvas.disc(*at, 3.0, canvas.theme.paper, 1.0);
            canvas.disc(*at, 2.3, *colour, 1.0);
        }
    }

    fn top_text(&self, curve: &LorenzCurve, top: f64, share: f64, lang: Lang) -> String {
        let (top, share) = (shortest(top * 100.0, lang), fixed(share * 100.0, 1, lang));
        let name = &curve.name;
        match (lang, self.curves.len()) {
            (Lang::Zh, 1) => format!("前{top}%节点占{share}%"),
            (Lang::Zh, _) => format!("{name}：前{top}%节点占{share}%"),
            (Lang::En, 1) => format!("Top {top}%: {share}%"),
            (Lang::En, _) => format!("{name}, top {top}%: {share}%"),
        }
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let subject = &self.subject;
        let heading = match lang {
            Lang::Zh => format!("洛伦兹曲线：{subject}在节点之间的分布"),
            Lang::En => format!("Lorenz curve: how {subject} are spread over the nodes"),
        };
        let told: Vec<String> = self
            .curves
            .iter()
            .map(|curve| {
                let gini = curve.gini.map(|g| match lang {
                    Lang::Zh => format!("基尼系数{}", fixed(g, 3, lang)),
                    Lang::En => format!("Gini coefficient {}", fixed(g, 3, lang)),
                });
                let tops = curve.tops.iter().map(|&(top, share)| {
                    let (top, share) = (shortest(top * 100.0, lang), fixed(share * 100.0, 1, lang));
                    match lang {
                        Lang::Zh => format!("前{top}%的节点占{share}%"),
                        Lang::En => format!("the top {top}% of nodes hold {share}%"),
                    }
                });
                let parts: Vec<String> = gini.into_iter().chain(tops).collect();
                match lang {
                    Lang::Zh => format!("{}：{}", curve.name, parts.join("，")),
                    Lang::En => format!("{}: {}", curve.name, parts.join(", ")),
                }
            })
            .collect();
        alt::prose(&heading, &told, lang)
    }
}

fn style(theme: &Theme, index: usize) -> Stroke {
    match index {
        0 => Stroke::new(theme.accent, 1.6),
        1 => Stroke::new(theme.highlight, 1.6).dashed(5.0, 2.0),
        _ => Stroke::new(theme.muted, 1.4).dashed(1.5, 1.8),
    }
}

fn equality(theme: &Theme) -> Stroke {
    Stroke::new(theme.muted, 0.7).dashed(2.0, 2.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn curve(name: &str) -> LorenzCurve {
        let share = |i: u32| f64::from(i) / 100.0;
        LorenzCurve {
            name: name.to_owned(),
            points: (0..=100).map(|i| (share(i), share(i) * share(i) * share(i))).collect(),
            gini: Some(0.785),
            tops: vec![(0.1, 0.726), (0.01, 0.542), (0.001, 0.315)],
        }
    }

    fn chart(curves: Vec<LorenzCurve>) -> Lorenz {
        Lorenz {
            subject: "relations".to_owned(),
            node_name: "Cumulative share of nodes, smallest first".to_owned(),
            share_name: "Cumulative share of relations".to_owned(),
            curves,
            width_mm: TEXT_BLOCK_MM,
        }
    }

    #[test]
    fn all_sizes_are_legible() {
        for curves in [vec![curve("出度 Out")], vec![curve("Out"), curve("In"), curve("All")]] {
            for width_mm in [62.0, 76.0, TEXT_BLOCK_MM] {
                let chart = Lorenz { width_mm, ..chart(curves.clone()) };
                trial::check_both(|theme, lang| chart.draw(theme, lang).unwrap());
            }
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |curve: LorenzCurve| chart(vec![curve]).draw(&theme, Lang::En);
        assert_eq!(chart(vec![]).draw(&theme, Lang::En), Err(ChartError::Empty));
        let one = LorenzCurve { points: vec![(0.0, 0.0)], ..curve("A") };
        assert_eq!(draw(one), Err(ChartError::Empty));
        let nan = LorenzCurve { gini: Some(f64::NAN), ..curve("A") };
        assert_eq!(draw(nan), Err(ChartError::NotFinite { label: "A".to_owned() }));
    }

    #[test]
    fn alt_tells_gini_and_tops() {
        let mut spec = chart(vec![curve("Out-degree")]);
        spec.curves[0].tops.truncate(2);
        assert_eq!(
            spec.alt(Lang::En),
            "Lorenz curve: how relations are spread over the nodes. Out-degree: Gini coefficient \
             0.785, the top 10% of nodes hold 72.6%, the top 1% of nodes hold 54.2%."
        );
        spec.subject = "关系".to_owned();
        spec.curves[0].name = "出度".to_owned();
        assert_eq!(
            spec.alt(Lang::Zh),
            "洛伦兹曲线：关系在节点之间的分布。出度：基尼系数0.785，前10%的节点占72.6%，\
             前1%的节点占54.2%。"
        );
    }
}
