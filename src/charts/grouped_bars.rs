//! Small multiples: the same cities in one panel of bars per measure.

use super::alt;
use super::canvas::{Anchor, Bounds, Canvas, PT_PER_MM, Stroke};
use super::error::{even, finite, legible};
use super::scale::{Scale, count};
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::fixed;

/// One panel.
#[derive(Debug, Clone, PartialEq)]
pub struct BarSeries {
    /// Name of the measure, such as a sub-dimension.
    pub name: String,
    /// Values in the order of the groups.
    pub values: Vec<Option<f64>>,
}

/// Panels of horizontal bars side by side, on one scale; the cities are named once, on the left.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupedBars {
    /// What is measured, such as `子维度得分`.
    pub subject: String,
    /// Names of the units, from top to bottom.
    pub groups: Vec<String>,
    /// Index of the unit the chart is about.
    pub focus: Option<usize>,
    /// The panels, from left to right.
    pub series: Vec<BarSeries>,
    /// Decimals of every printed value.
    pub decimals: usize,
    /// Printed width.
    pub width_mm: f64,
}

const PITCH: f64 = 11.5;
const LEAST_PITCH: f64 = 9.2;
const MOST_HEIGHT: f64 = 230.0 * PT_PER_MM;
const PANEL_GAP: f64 = 10.0;
const FOOT: f64 = 3.0;

impl GroupedBars {
    /// The most panels that stay legible side by side.
    pub const MOST_SERIES: usize = 6;
    /// The most units that stay legible on one page.
    pub const MOST_GROUPS: usize = 65;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::Uneven`],
    /// [`ChartError::NotFinite`] or [`ChartError::Negative`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        self.screen()?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let (mut label, heading) = (canvas.label(), canvas.label());
        let mut value = canvas.value();

        let panels = count(self.series.len());
        let room = canvas.width * 0.26;
        let left = canvas.widest(self.groups.iter().map(String::as_str), label.bold()).min(room);
        let panel = (canvas.width - left - 8.0 + PANEL_GAP) / panels - PANEL_GAP;
        let headings: Vec<Vec<String>> =
            self.series.iter().map(|s| canvas.wrap(&s.name, panel, 3, heading)).collect();
        let lines = headings.iter().map(Vec::len).max().unwrap_or(1).max(1);
        let head = heading.height(lines) + 6.0;
        let rows = count(self.groups.len());
        let pitch = PITCH.min((MOST_HEIGHT - head - FOOT) / rows).max(LEAST_PITCH);
        if pitch < 11.5 {
            label.size = theme.least_size;
            value.size = theme.least_size;
        }
        let bottom = head + pitch * rows;

        let values = self.series.iter().flat_map(|s| s.values.iter().flatten().copied());
        let high = values.fold(0.0, f64::max);
        let print =
            |v: &Option<f64>| v.map_or_else(|| "—".to_owned(), |v| fixed(v, self.decimals, lang));
        let printed: Vec<Vec<String>> =
            self.series.iter().map(|s| s.values.iter().map(print).collect()).collect();
        let widest = canvas.widest(printed.iter().flatten().map(String::as_str), value.bold());
        if panel - widest < 15.0 {
            return Err(ChartError::TooNarrow);
        }

        for (i, name) in self.groups.iter().enumerate() {
            let y = head + pitch * (count(i) + 0.5);
            let lettering = if self.focus == Some(i) { label.bold() } else { label };
            let shown = canvas.fit(name, left, lettering);
            canvas.text(&shown, (left, y), Anchor::End, lettering);
            if i > 0 && i % 5 == 0 {
                let (y, grid) = (y - pitch / 2.0, canvas.grid());
                canvas.path([(0.0, y), (canvas.width, y)], grid);
            }
        }
        for (p, (series, heading_lines)) in self.series.iter().zip(&headings).enumerate() {
            let from = left + 8.0 + (panel + PANEL_GAP) * count(p);
            let middle = head - 5.0 - heading.height(heading_lines.len()) / 2.0;
            for (line, text) in heading_lines.iter().enumerate() {
                let y = middle - heading.height(heading_lines.len()) / 2.0
                    + heading.height(1) * (count(line) + 0.5);
                canvas.text(text, (from, y), Anchor::Start, heading);
            }
            let scale = Scale::new((0.0, high), (from, from + panel - widest - 3.0));
            for (i, (v, text)) in series.values.iter().zip(&printed[p]).enumerate() {
                let y = head + pitch * (count(i) + 0.5);
                let focus = self.focus == Some(i);
                let end = v.map_or(from, |v| scale.at(v));
                let half = pitch * 0.31;
                if v.is_some() {
                    let plain = self.focus.is_none();
                    let colour = if focus || plain { theme.accent } else { theme.quiet };
                    let b = Bounds { left: from, top: y - half, right: end, bottom: y + half };
                    canvas.fill(b, colour);
                }
                let lettering = if focus { value.bold() } else { value };
                canvas.text(text, (end + 3.0, y), Anchor::Start, lettering);
            }
            canvas.path([(from, head - 1.0), (from, bottom)], Stroke::new(theme.muted, 0.6));
        }
        canvas.finish(bottom + FOOT)
    }

    fn screen(&self) -> Result<(), ChartError> {
        legible("units", self.groups.len(), Self::MOST_GROUPS)?;
        legible("panels", self.series.len(), Self::MOST_SERIES)?;
        for series in &self.series {
            even(&series.name, series.values.len(), self.groups.len())?;
            finite(&series.name, series.values.iter().flatten())?;
            if series.values.iter().flatten().any(|&v| v < 0.0) {
                return Err(ChartError::Negative { label: series.name.clone() });
            }
        }
        Ok(())
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let names: Vec<String> = self.series.iter().map(|series| series.name.clone()).collect();
        let (subject, names) = (&self.subject, alt::list(&names, lang));
        let cities = alt::cities(self.groups.len(), lang);
        let heading = match lang {
            Lang::Zh => format!("分面条形图：{cities}的{subject}，各栏依次为{names}"),
            Lang::En => format!("Bar charts side by side: {subject} of {cities}, by {names}"),
        };
        let told: Vec<String> = self
            .series
            .iter()
            .map(|series| {
                let units: Vec<(&String, &Option<f64>)> =
                    self.groups.iter().zip(&series.values).collect();
                let items = alt::ends(&units, lang, |(label, v)| {
                    alt::name_and_number(label, &alt::number(**v, self.decimals, lang), lang)
                });
                match lang {
                    Lang::Zh => format!("{}：{}", series.name, items.join("、")),
                    Lang::En => format!("{}: {}", series.name, alt::list(&items, lang)),
                }
            })
            .collect();
        alt::prose(&heading, &told, lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn chart(groups: Vec<String>, names: &[&str], value: Option<f64>) -> GroupedBars {
        let n = groups.len();
        GroupedBars {
            subject: "Sub-dimension score".to_owned(),
            groups,
            focus: None,
            series: names
                .iter()
                .map(|&name| BarSeries { name: name.to_owned(), values: vec![value; n] })
                .collect(),
            decimals: 1,
            width_mm: TEXT_BLOCK_MM,
        }
    }

    #[test]
    fn all_sizes_are_legible() {
        let names = ["Policy & environment", "Infrastructure <support>", "Talent", "资金支持"];
        for n in [1, 20, 65] {
            for value in [None, Some(0.0), Some(100.0)] {
                trial::check_both(|theme, lang| {
                    let cities = trial::cities(lang).into_iter().cycle().take(n).collect();
                    let mut chart = chart(cities, &names, value);
                    chart.focus = Some(0);
                    chart.draw(theme, lang).unwrap()
                });
            }
        }
        trial::check_both(|theme, lang| {
            chart(trial::cities(lang), &["A"; 6], Some(3.0)).draw(theme, lang).unwrap()
        });
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |chart: GroupedBars| chart.draw(&theme, Lang::En).unwrap_err();
        assert_eq!(draw(chart(vec![], &["A"], None)), ChartError::Empty);
        let one = || vec!["A".to_owned()];
        assert_eq!(draw(chart(one(), &[], None)), ChartError::Empty);
        assert!(matches!(draw(chart(one(), &["A"; 7], None)), ChartError::TooMany { .. }));
        assert!(matches!(draw(chart(one(), &["A"], Some(-1.0))), ChartError::Negative { .. }));
        let nan = Some(f64::INFINITY);
        assert!(matches!(draw(chart(one(), &["A"], nan)), ChartError::NotFinite { .. }));
    }

    #[test]
    fn alt_tells_each_panel() {
        let cities = vec!["Beijing".to_owned(), "Wuhan".to_owned()];
        let mut chart = chart(cities, &["policy", "talent"], Some(3.0));
        chart.series[1].values[1] = None;
        assert_eq!(
            chart.alt(Lang::En),
            "Bar charts side by side: Sub-dimension score of 2 cities, by policy and talent. \
             Policy: Beijing 3.0 and Wuhan 3.0. Talent: Beijing 3.0 and Wuhan no data."
        );
        chart.subject = "子维度得分".to_owned();
        chart.groups = vec!["北京".to_owned(), "武汉".to_owned()];
        chart.series.truncate(1);
        chart.series[0].name = "政策环境".to_owned();
        assert_eq!(
            chart.alt(Lang::Zh),
            "分面条形图：2个城市的子维度得分，各栏依次为政策环境。政策环境：北京3.0、武汉3.0。"
        );
    }
}
