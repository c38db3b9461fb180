//! Weight sweeps: how the ranks of some cities change with the weight of a dimension.

use super::alt;
use super::canvas::{Anchor, At, Bounds, Canvas, PT_PER_MM, Stroke};
use super::error::{even, finite, legible};
use super::legend::{self, Key, Placing};
use super::scale::{Scale, count, round_step};
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::{fixed, round_to, shortest};

/// One panel: what the weight of one dimension does.
#[derive(Debug, Clone, PartialEq)]
pub struct SweepPanel {
    /// Name of the dimension.
    pub title: String,
    /// The weight used in the report, 0 to 1.
    pub weight: f64,
    /// Weights that count as uncertain, from and to.
    pub band: Option<(f64, f64)>,
    /// The weights at which ranks were computed, ascending.
    pub weights: Vec<f64>,
    /// Ranks of each city at those weights, in the order of the names.
    pub ranks: Vec<Vec<Option<u32>>>,
}

/// A panel for each dimension, two in a row, with a line for each city; rank 1 stands on top.
#[derive(Debug, Clone, PartialEq)]
pub struct RankSweep {
    /// What is ranked by, such as `总指数`.
    pub subject: String,
    /// The cities.
    pub names: Vec<String>,
    /// The panels.
    pub panels: Vec<SweepPanel>,
    /// How many units are ranked.
    pub n: u32,
    /// Printed width.
    pub width_mm: f64,
}

const GAP: f64 = 16.0;
const PANEL_HEIGHT: f64 = 52.0 * PT_PER_MM;
const TITLE: f64 = 15.0;
const FOOT: f64 = 17.0;
const LABEL_PITCH: f64 = 9.4;
const KEY: f64 = 8.0;

/// The rectangle of a plot.
type Frame = Bounds;

impl RankSweep {
    /// The most cities whose lines can be told apart.
    pub const MOST_LINES: usize = 6;
    /// The most panels on one page.
    pub const MOST_PANELS: usize = 8;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::Uneven`],
    /// [`ChartError::NotFinite`], [`ChartError::Rank`] or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        self.screen()?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let across = (0.0, canvas.width);
        let entries = self.entries(theme, lang);
        let head = legend::draw(&mut canvas, &entries, across, 0.0, Placing::Left) + 4.0;
        let columns = self.panels.len().min(2);
        let width = (canvas.width - GAP * count(columns - 1)) / count(columns);
        let mut bottom = head;
        for (i, panel) in self.panels.iter().enumerate() {
            let left = (width + GAP) * count(i % 2);
            let top = head + PANEL_HEIGHT * count(i / 2);
            self.panel(&mut canvas, panel, (left, top), width)?;
            bottom = top + PANEL_HEIGHT;
        }
        canvas.finish(bottom)
    }

    fn screen(&self) -> Result<(), ChartError> {
        legible("panels", self.panels.len(), Self::MOST_PANELS)?;
        legible("units", self.names.len(), Self::MOST_LINES)?;
        for panel in &self.panels {
            legible("weights", panel.weights.len(), usize::MAX)?;
            finite(&panel.title, panel.weights.iter().chain([&panel.weight]))?;
            even(&panel.title, panel.ranks.len(), self.names.len())?;
            for (name, ranks) in self.names.iter().zip(&panel.ranks) {
                even(name, ranks.len(), panel.weights.len())?;
                if let Some(&rank) = ranks.iter().flatten().find(|&&r| r == 0 || r > self.n) {
                    return Err(ChartError::Rank { label: name.clone(), rank });
                }
            }
        }
        Ok(())
    }

    fn entries(&self, theme: &Theme, lang: Lang) -> Vec<(Key, String)> {
        let (weight, band) = match lang {
            Lang::Zh => ("本报告的权重", "模拟中的权重范围"),
            Lang::En => ("Weight in this report", "Weights within the simulation"),
        };
        let dashed = Stroke::new(theme.ink, 0.9).dashed(3.0, 2.2);
        let mut entries = vec![(Key::Line(dashed), weight.to_owned())];
        if self.panels.iter().any(|panel| panel.band.is_some()) {
            entries.push((Key::Fill(theme.grid), band.to_owned()));
        }
        entries
    }

    fn panel(
        &self,
        canvas: &mut Canvas<'_>,
        panel: &SweepPanel,
        (left, top): At,
        width: f64,
    ) -> Result<(), ChartError> {
        let (label, axis) = (canvas.label(), canvas.axis());
        let title = canvas.fit(&panel.title, width, label.bold());
        canvas.text(&title, (left, top + TITLE / 2.0), Anchor::Start, label.bold());
        let room = width * 0.34;
        let names: Vec<String> =
            self.names.iter().map(|name| canvas.fit(name, room, label)).collect();
        let right = canvas.widest(names.iter().map(String::as_str), label) + KEY + 6.0;
        let ranks = canvas.width_of(&self.n.to_string(), axis) + 6.0;
        let frame = Frame {
            left: left + ranks,
            top: top + TITLE + 5.0,
            right: left + width - right,
            bottom: top + PANEL_HEIGHT - FOOT,
        };
        if frame.right < frame.left + 60.0 {
            return Err(ChartError::TooNarrow);
        }
        let (low, high) = ends(&panel.weights);
        let across = Scale::new((low, high), (frame.left, frame.right));
        let down = Scale::new((1.0, f64::from(self.n.max(2))), (frame.top, frame.bottom));
        self.grid(canvas, panel, frame, (&across, &down));
        self.lines(canvas, panel, &names, (&across, &down));
        Ok(())
    }

    fn grid(
        &self,
        canvas: &mut Canvas<'_>,
        panel: &SweepPanel,
        frame: Frame,
        (across, down): (&Scale, &Scale),
    ) {
        let (axis, grid) = (canvas.axis(), canvas.grid());
        if let Some((from, to)) = panel.band {
            let (from, to) = (across.at(from).max(frame.left), across.at(to).min(frame.right));
            let b = Bounds { left: from, right: to, top: frame.top - 4.0, bottom: frame.bottom };
            canvas.fill(b, canvas.theme.grid.mix(canvas.theme.paper, 0.25));
        }
        let (step, _) = round_step((f64::from(self.n) / 5.0).max(1.0));
        let mut tick = 1.0;
        while tick <= f64::from(self.n) {
            let y = down.at(tick);
            canvas.path([(frame.left, y), (frame.right, y)], grid);
            canvas.text(&fixed(tick, 0, canvas.lang), (frame.left - 5.0, y), Anchor::End, axis);
            // From rank 1 to the round ranks: 1, 5, 10 and not 1, 6, 11.
            tick = if tick < step { step } else { tick + step };
        }
        let (ticks, _) = across.ticks(4);
        for weight in ticks {
            let text = format!("{}%", shortest(round_to(weight * 100.0, 2), canvas.lang));
            let half = canvas.width_of(&text, axis) / 2.0;
            let x = across.at(weight).min(canvas.width - half);
            canvas.text(&text, (x, frame.bottom + 9.0), Anchor::Middle, axis);
        }
        let x = across.at(panel.weight);
        let dashed = Stroke::new(canvas.theme.ink, 0.9).dashed(3.0, 2.2);
        canvas.path([(x, frame.top - 4.0), (x, frame.bottom)], dashed);
    }

    /// Lines, and names at their right ends, moved apart where they would touch.
    fn lines(
        &self,
        canvas: &mut Canvas<'_>,
        panel: &SweepPanel,
        names: &[String],
        (across, down): (&Scale, &Scale),
    ) {
        let mut flags: Vec<(f64, usize)> = Vec::new();
        let (_, high) = ends(&panel.weights);
        for (i, ranks) in panel.ranks.iter().enumerate() {
            let colour = canvas.theme.categorical[i % canvas.theme.categorical.len()];
            let points: Vec<At> = panel
                .weights
                .iter()
                .zip(ranks)
                .filter_map(|(&w, rank)| Some((across.at(w), down.at(f64::from((*rank)?)))))
                .collect();
            let Some(&(_, y)) = points.last() else { continue };
            flags.push((y, i));
            canvas.path(points, Stroke::new(colour, 1.5));
        }
        flags.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        let wanted: Vec<f64> = flags.iter().map(|(y, _)| *y).collect();
        let places = apart(&wanted, (down.at(1.0), down.at(f64::from(self.n.max(2)))));
        let label = canvas.label();
        let x = across.at(high) + 6.0;
        for ((_, i), y) in flags.into_iter().zip(places) {
            let colour = canvas.theme.categorical[i % canvas.theme.categorical.len()];
            canvas.disc((x + 1.0, y), 2.4, colour, 1.0);
            canvas.text(&names[i], (x + KEY, y), Anchor::Start, label);
        }
    }

    /// Tells the chart in prose: ranks at the least weight, at that of the report and at the most.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let subject = &self.subject;
        let heading = match lang {
            Lang::Zh => format!("折线图：{subject}位次随各维度权重的变化"),
            Lang::En => format!("Line chart: {subject} ranks against the weight of each dimension"),
        };
        let told: Vec<String> = self
            .panels
            .iter()
            .map(|panel| {
                let (low, high) = ends(&panel.weights);
                let items: Vec<String> = self
                    .names
                    .iter()
                    .zip(&panel.ranks)
                    .filter_map(|(name, ranks)| {
                        let (first, last) = ((*ranks.first()?)?, (*ranks.last()?)?);
                        Some(match lang {
                            Lang::Zh => format!("{name}由第{first}到第{last}"),
                            Lang::En => format!("{name} from {first} to {last}"),
                        })
                    })
                    .collect();
                let (title, items) = (&panel.title, items.join("、"));
                let [low, high] = [low, high].map(|w| shortest(round_to(w * 100.0, 2), lang));
                match lang {
                    Lang::Zh => format!("{title}的权重由{low}%增至{high}%时，{items}"),
                    Lang::En => format!(
                        "as the weight of {} grows from {low}% to {high}%, {}",
                        alt::inside(title),
                        items.replace('、', ", ")
                    ),
                }
            })
            .collect();
        alt::prose(&heading, &told, lang)
    }
}

/// The ends of ascending values.
fn ends(values: &[f64]) -> (f64, f64) {
    (values.first().copied().unwrap_or(0.0), values.last().copied().unwrap_or(1.0))
}

/// Places for labels, ascending, near the wanted ones and a line apart, within a span if there is
/// room.
fn apart(wanted: &[f64], (top, bottom): (f64, f64)) -> Vec<f64> {
    let mut places: Vec<f64> = Vec::new();
    for &y in wanted {
        let least = places.last().map_or(top, |last| last + LABEL_PITCH);
        places.push(y.max(least));
    }
    let mut most = bottom;
    for y in places.iter_mut().rev() {
        *y = y.min(most);
        most = *y - LABEL_PITCH;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn chart(names: Vec<String>, panels: usize, n: u32) -> RankSweep {
        let weights: Vec<f64> = (0..=20).map(|step| f64::from(step) / 20.0).collect();
        let ranks = |i: u32| (0..=20).map(|w| Some((i * 3 + w * (i % 3)) % n + 1)).collect();
        let lines: Vec<Vec<Option<u32>>> = (0..).map(ranks).take(names.len()).collect();
        let panel = SweepPanel {
            title: "Resources & <more>".to_owned(),
            weight: 0.25,
            band: Some((0.1875, 0.3125)),
            weights,
            ranks: lines,
        };
        RankSweep {
            subject: "index".to_owned(),
            names,
            panels: vec![panel; panels],
            n,
            width_mm: TEXT_BLOCK_MM,
        }
    }

    #[test]
    fn all_sizes_are_legible() {
        for (lines, panels, n) in [(1, 1, 1), (1, 2, 2), (6, 4, 20), (6, 8, 338)] {
            trial::check_both(|theme, lang| {
                let names = trial::cities(lang).into_iter().take(lines).collect();
                chart(names, panels, n).draw(theme, lang).unwrap()
            });
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |chart: RankSweep| chart.draw(&theme, Lang::En).unwrap_err();
        let one = || vec!["A".to_owned()];
        assert_eq!(draw(chart(one(), 0, 5)), ChartError::Empty);
        assert_eq!(draw(chart(vec![], 1, 5)), ChartError::Empty);
        let mut uneven = chart(one(), 1, 5);
        uneven.panels[0].ranks[0].pop();
        assert!(matches!(draw(uneven), ChartError::Uneven { found: 20, wanted: 21, .. }));
        let mut far = chart(one(), 1, 5);
        far.panels[0].ranks[0][3] = Some(6);
        assert_eq!(draw(far), ChartError::Rank { label: "A".to_owned(), rank: 6 });
    }

    #[test]
    fn labels_keep_apart() {
        let places = apart(&[10.0, 11.0, 50.0, 99.0, 100.0], (0.0, 100.0));
        assert!(places.windows(2).all(|p| p[1] - p[0] >= LABEL_PITCH - 1e-9), "{places:?}");
        assert!(places.iter().all(|y| (0.0..=100.0).contains(y)));
        assert!((places[2] - 50.0).abs() < 1e-9);
    }

    #[test]
    fn alt_tells_both_ends() {
        let mut one = chart(vec!["Wuhan".to_owned()], 1, 20);
        one.panels[0].title = "Resource support".to_owned();
        one.panels[0].ranks[0][20] = Some(9);
        assert_eq!(
            one.alt(Lang::En),
            "Line chart: index ranks against the weight of each dimension. As the weight of \
             resource support grows from 0% to 100%, Wuhan from 1 to 9."
        );
        assert!(one.alt(Lang::Zh).contains("的权重由0%增至100%时，Wuhan由第1到第9。"));
    }
}
