//! Small panels, one for each statistic, on one run of years.

use super::alt;
use super::canvas::{Anchor, At, Bounds, Canvas, Lettering, Stroke};
use super::error::{even, finite, legible};
use super::placing::Placing;
use super::scale::{Scale, count};
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::fixed;

/// One statistic.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Its name, such as `平均路径长度`.
    pub title: String,
    /// One value for each period; none where there is none.
    pub values: Vec<Option<f64>>,
    /// Decimals of the values.
    pub decimals: usize,
}

/// A grid of lines over the same periods, each on its own scale; the first, the last and the
/// highest value are printed.
#[derive(Debug, Clone, PartialEq)]
pub struct SmallMultiples {
    /// What the panels show, such as `价值网络的结构性统计指标`.
    pub subject: String,
    /// Names of the periods, from left to right.
    pub periods: Vec<String>,
    /// The panels, row by row.
    pub panels: Vec<Panel>,
    /// Printed width.
    pub width_mm: f64,
}

const LEAST_PANEL: f64 = 92.0;
const MOST_COLUMNS: usize = 4;
const TITLE: f64 = 13.0;
/// Room above and below a line for its values.
const HEADROOM: f64 = 12.0;
const LINE: f64 = 34.0;
const YEARS: f64 = 13.0;
const GAP: f64 = 15.0;
const INSET: f64 = 5.0;

impl SmallMultiples {
    /// The most panels that stay legible on one page.
    pub const MOST: usize = 24;
    /// The most periods that stay legible.
    pub const MOST_PERIODS: usize = 60;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::Uneven`],
    /// [`ChartError::NotFinite`] or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        legible("panels", self.panels.len(), Self::MOST)?;
        legible("periods", self.periods.len(), Self::MOST_PERIODS)?;
        for panel in &self.panels {
            even(&panel.title, panel.values.len(), self.periods.len())?;
            finite(&panel.title, panel.values.iter().flatten())?;
        }
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let columns = self.columns(canvas.width);
        let width = (canvas.width - GAP * count(columns - 1)) / count(columns);
        if width < LEAST_PANEL {
            return Err(ChartError::TooNarrow);
        }
        let height = TITLE + HEADROOM * 2.0 + LINE + YEARS;
        for (i, panel) in self.panels.iter().enumerate() {
            let left = (width + GAP) * count(i % columns);
            let top = (height + 6.0) * count(i / columns);
            let bounds = Bounds { left, top, right: left + width, bottom: top + height };
            self.panel(&mut canvas, panel, bounds);
        }
        let rows = self.panels.len().div_ceil(columns);
        canvas.finish((height + 6.0) * count(rows) - 6.0)
    }

    /// As many columns as fit, and no more than leave the last row well filled.
    fn columns(&self, width: f64) -> usize {
        let most = (1..=MOST_COLUMNS)
            .rev()
            .find(|&n| (width - GAP * count(n - 1)) / count(n) >= LEAST_PANEL)
            .unwrap_or(1)
            .min(self.panels.len());
        let rows = self.panels.len().div_ceil(most);
        self.panels.len().div_ceil(rows)
    }

    fn panel(&self, canvas: &mut Canvas<'_>, panel: &Panel, b: Bounds) {
        let title = Lettering { size: canvas.theme.axis_size, ..canvas.label() }.bold();
        let name = canvas.fit(&panel.title, b.right - b.left, title);
        canvas.text(&name, (b.left, b.top + TITLE / 2.0), Anchor::Start, title);
        let (top, bottom) = (b.top + TITLE + HEADROOM, b.bottom - YEARS - HEADROOM);
        let foot = b.bottom - YEARS;
        canvas.path([(b.left, foot), (b.right, foot)], canvas.grid());
        self.years(canvas, b);

        let known: Vec<f64> = panel.values.iter().flatten().copied().collect();
        let low = known.iter().copied().fold(f64::INFINITY, f64::min);
        let high = known.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if known.is_empty() {
            let middle = (f64::midpoint(b.left, b.right), f64::midpoint(top, bottom));
            canvas.text("—", middle, Anchor::Middle, canvas.axis());
            return;
        }
        let (low, high) = if high > low { (low, high) } else { (low - 1.0, high + 1.0) };
        let y = Scale::new((low, high), (bottom, top));
        let last = count(self.periods.len().max(2) - 1);
        let x = Scale::new((0.0, last), (b.left + INSET, b.right - INSET));
        let at = |i: usize, v: f64| (x.at(count(i)), y.at(v));
        let places: Vec<Option<At>> =
            panel.values.iter().enumerate().map(|(i, v)| v.map(|v| at(i, v))).collect();
        lines(canvas, &places, foot);
        Self::values(canvas, panel, &places, Bounds { top: b.top + TITLE, bottom: foot, ..b });
    }

    fn years(&self, canvas: &mut Canvas<'_>, b: Bounds) {
        let axis = Lettering { size: canvas.theme.least_size, ..canvas.axis() };
        let y = b.bottom - YEARS / 2.0 + 1.0;
        let Some((first, rest)) = self.periods.split_first() else { return };
        let first = canvas.fit(first, (b.right - b.left) / 2.0 - 4.0, axis);
        canvas.text(&first, (b.left, y), Anchor::Start, axis);
        if let Some(last) = rest.last() {
            let last = canvas.fit(last, (b.right - b.left) / 2.0 - 4.0, axis);
            canvas.text(&last, (b.right, y), Anchor::End, axis);
        }
    }

    /// Prints the first, the last and the highest value beside their points.
    fn values(canvas: &mut Canvas<'_>, panel: &Panel, places: &[Option<At>], room: Bounds) {
        let value = Lettering { size: canvas.theme.least_size, ..canvas.value() };
        let mut placing = Placing::within(room);
        for &at in places.iter().flatten() {
            placing.avoid(at, 1.5, 4.0);
        }
        for (a, b) in places.iter().flatten().zip(places.iter().flatten().skip(1)) {
            let middle = (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1));
            placing.avoid(middle, 1.0, 3.0);
        }
        for (rank, i) in told(panel).into_iter().enumerate() {
            let (Some(v), Some(at)) = (panel.values[i], places[i]) else { continue };
            let colour = if rank == 0 { canvas.theme.accent } else { canvas.theme.muted };
            let lettering = Lettering { colour, ..value };
            let lettering = if rank == 0 { lettering.bold() } else { lettering };
            canvas.disc(at, 2.0, colour, 1.0);
            let text = fixed(v, panel.decimals, canvas.lang);
            let size = (canvas.width_of(&text, lettering), value.size * 1.12);
            if let Some(placed) = placing.place(size, at, 2.6) {
                canvas.text(&text, placed.middle, Anchor::Middle, lettering);
            }
        }
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let n = self.panels.len();
        let subject = &self.subject;
        let heading = match lang {
            Lang::Zh => format!("小型折线图：{subject}，共{n}幅"),
            Lang::En => {
                let panels = alt::counted(n, "", "panel", "panels", lang);
                format!("Small multiples: {subject} in {panels}")
            }
        };
        let told: Vec<String> = self
            .panels
            .iter()
            .map(|panel| {
                let mut own = told(panel);
                own.sort_unstable();
                let items: Vec<String> = own
                    .into_iter()
                    .map(|i| {
                        let value = alt::number(panel.values[i], panel.decimals, lang);
                        alt::name_and_number(&self.periods[i], &value, lang)
                    })
                    .collect();
                let items = if items.is_empty() { vec![alt::number(None, 0, lang)] } else { items };
                match lang {
                    Lang::Zh => format!("{}：{}", panel.title, items.join("，")),
                    Lang::En => format!("{}: {}", panel.title, items.join(", ")),
                }
            })
            .collect();
        alt::prose(&heading, &told, lang)
    }
}

/// The periods whose values are printed: the last, the first and the highest.
fn told(panel: &Panel) -> Vec<usize> {
    let known = || panel.values.iter().enumerate().filter_map(|(i, v)| v.map(|v| (i, v)));
    let first = known().next();
    let last = known().next_back();
    let highest = known().reduce(|best, own| if own.1 > best.1 { own } else { best });
    let mut told: Vec<usize> = Vec::new();
    for (i, _) in [last, first, highest].into_iter().flatten() {
        if !told.contains(&i) {
            told.push(i);
        }
    }
    told
}

/// The line, broken where a value is missing, with a tint down to `foot`.
fn lines(canvas: &mut Canvas<'_>, places: &[Option<At>], foot: f64) {
    let accent = canvas.theme.accent;
    for run in places.split(Option::is_none) {
        let points: Vec<At> = run.iter().flatten().copied().collect();
        let (Some(&(start, _)), Some(&(end, _))) = (points.first(), points.last()) else {
            continue;
        };
        if points.len() == 1 {
            canvas.disc(points[0], 1.4, accent, 1.0);
            continue;
        }
        let area: Vec<At> = points.iter().copied().chain([(end, foot), (start, foot)]).collect();
        canvas.polygon(area, accent, 0.08);
        canvas.path(points, Stroke::new(accent, 1.3));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn panel(title: &str, values: &[Option<f64>]) -> Panel {
        Panel { title: title.to_owned(), values: values.to_vec(), decimals: 3 }
    }

    fn chart(panels: Vec<Panel>) -> SmallMultiples {
        let n = panels.first().map_or(0, |panel| panel.values.len());
        SmallMultiples {
            subject: "network statistics".to_owned(),
            periods: (0..n).map(|i| (2014 + i).to_string()).collect(),
            panels,
            width_mm: TEXT_BLOCK_MM,
        }
    }

    const WAVE: [Option<f64>; 9] = [
        Some(5.465),
        Some(5.37),
        Some(5.5),
        None,
        Some(4.1),
        Some(7.25),
        Some(4.9),
        Some(4.2),
        Some(3.1),
    ];

    #[test]
    fn all_sizes_are_legible() {
        for (n, width_mm) in [(1, 62.0), (5, 76.0), (8, TEXT_BLOCK_MM), (24, TEXT_BLOCK_MM)] {
            let chart =
                SmallMultiples { width_mm, ..chart(vec![panel("平均路径 A & <B>", &WAVE); n]) };
            trial::check_both(|theme, lang| chart.draw(theme, lang).unwrap());
        }
        let odd = [&[Some(1.0)][..], &[None], &[Some(-2e6), Some(3e6)], &[Some(0.0), Some(0.0)]];
        for values in odd {
            let chart = chart(vec![panel("Odd", values)]);
            trial::check_both(|theme, lang| chart.draw(theme, lang).unwrap());
        }
    }

    #[test]
    fn first_last_and_highest_are_printed() {
        assert_eq!(told(&panel("A", &WAVE)), [8, 0, 5]);
        assert_eq!(told(&panel("A", &[Some(1.0), Some(2.0)])), [1, 0]);
        assert_eq!(told(&panel("A", &[None])), [0; 0]);
        let chart = chart(vec![panel("A", &WAVE)]).draw(&trial::theme(), Lang::En).unwrap();
        assert!(["5.465", "3.100", "7.250"].iter().all(|v| chart.svg.contains(v)));
    }

    #[test]
    fn the_last_row_is_well_filled() {
        let columns = |n| chart(vec![panel("A", &WAVE); n]).columns(448.0);
        assert_eq!([columns(1), columns(4), columns(5), columns(9)], [1, 4, 3, 3]);
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        assert_eq!(chart(vec![]).draw(&theme, Lang::En), Err(ChartError::Empty));
        let nan = chart(vec![panel("A", &[Some(f64::NAN)])]).draw(&theme, Lang::En);
        assert_eq!(nan, Err(ChartError::NotFinite { label: "A".to_owned() }));
        let uneven = chart(vec![panel("A", &WAVE), panel("B", &[None])]);
        assert!(matches!(uneven.draw(&theme, Lang::En), Err(ChartError::Uneven { found: 1, .. })));
    }

    #[test]
    fn alt_tells_the_printed_values() {
        let mut spec = chart(vec![panel("Diameter", &WAVE), panel("Density", &[None; 9])]);
        assert_eq!(
            spec.alt(Lang::En),
            "Small multiples: network statistics in 2 panels. Diameter: 2014 5.465, 2019 7.250, \
             2022 3.100. Density: no data."
        );
        spec.subject = "网络统计指标".to_owned();
        spec.panels[0].title = "直径".to_owned();
        spec.panels.truncate(1);
        spec.periods.iter_mut().for_each(|year| year.push('年'));
        assert_eq!(
            spec.alt(Lang::Zh),
            "小型折线图：网络统计指标，共1幅。直径：2014年5.465，2019年7.250，2022年3.100。"
        );
    }
}
