//! Diverging bars: parts above and below zero that sum to a change.

use super::alt;
use super::canvas::{Anchor, Bounds, Canvas, PT_PER_MM, Stroke};
use super::error::{even, finite, legible};
use super::legend::{self, Key, Placing};
use super::scale::{Scale, count};
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::fixed;

/// One stacked bar.
#[derive(Debug, Clone, PartialEq)]
pub struct DivergingRow {
    /// Name of the unit.
    pub label: String,
    /// The parts in the order of their names; those above zero go right, those below left.
    pub parts: Vec<f64>,
    /// What they sum to, printed behind the bar.
    pub total: f64,
}

/// Horizontal bars on both sides of zero, with a legend on top and the sum at the right.
#[derive(Debug, Clone, PartialEq)]
pub struct DivergingBars {
    /// What is made up, such as `位次变化`.
    pub subject: String,
    /// Names of the parts.
    pub part_names: Vec<String>,
    /// Head of the sums.
    pub total_name: String,
    /// The bars, from top to bottom.
    pub rows: Vec<DivergingRow>,
    /// Printed width.
    pub width_mm: f64,
}

const PITCH: f64 = 13.0;
const LEAST_PITCH: f64 = 11.5;
const MOST_HEIGHT: f64 = 225.0 * PT_PER_MM;
const HEAD: f64 = 15.0;
const FOOT: f64 = 14.0;

impl DivergingBars {
    /// The most parts that can be told apart.
    pub const MOST_PARTS: usize = 6;
    /// The most bars that stay legible on one page.
    pub const MOST_ROWS: usize = 50;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::Uneven`],
    /// [`ChartError::NotFinite`] or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        self.screen()?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let (label, value) = (canvas.label(), canvas.value());
        let entries: Vec<(Key, String)> = self
            .part_names
            .iter()
            .zip(theme.categorical)
            .map(|(name, colour)| (Key::Fill(colour), name.clone()))
            .collect();
        let across = (0.0, canvas.width);
        let above = legend::draw(&mut canvas, &entries, across, 0.0, Placing::Left) + 2.0;
        let head = above + HEAD;
        let rows = count(self.rows.len());
        let pitch = PITCH.min((MOST_HEIGHT - head - FOOT) / rows).max(LEAST_PITCH);
        let bottom = head + pitch * rows;

        let room = canvas.width * 0.34;
        let names = self.rows.iter().map(|row| row.label.as_str());
        let left = canvas.widest(names, label).min(room) + 9.0;
        let axis = canvas.axis();
        let at = (canvas.width, above + HEAD / 2.0);
        let title = canvas.text(&self.total_name, at, Anchor::End, axis);
        let printed: Vec<String> = self.rows.iter().map(|row| signed(row.total, lang)).collect();
        let widest = canvas.widest(printed.iter().map(String::as_str), value.bold());
        let column = f64::midpoint(title.left, canvas.width) + widest / 2.0;
        let right = title.left.min(column - widest) - 10.0;
        if right < left + 60.0 {
            return Err(ChartError::TooNarrow);
        }
        let scale = Scale::new(self.ends(), (left, right));
        let (ticks, decimals) = scale.ticks(6);
        for tick in ticks {
            let x = scale.at(tick);
            let grid = canvas.grid();
            canvas.path([(x, head), (x, bottom)], grid);
            let text = if decimals == 0 { signed(tick, lang) } else { fixed(tick, decimals, lang) };
            canvas.tick(&text, (x, bottom + 8.5), axis);
        }
        for (i, (row, total)) in self.rows.iter().zip(&printed).enumerate() {
            let y = head + pitch * (count(i) + 0.5);
            let shown = canvas.fit(&row.label, room, label);
            canvas.text(&shown, (left - 9.0, y), Anchor::End, label);
            Self::bar(&mut canvas, row, &scale, (y, pitch));
            canvas.text(total, (column, y), Anchor::End, value.bold());
        }
        let zero = scale.at(0.0);
        canvas.path([(zero, head), (zero, bottom)], Stroke::new(theme.ink, 0.8));
        canvas.finish(bottom + FOOT)
    }

    fn screen(&self) -> Result<(), ChartError> {
        legible("bars", self.rows.len(), Self::MOST_ROWS)?;
        legible("parts", self.part_names.len(), Self::MOST_PARTS)?;
        for row in &self.rows {
            even(&row.label, row.parts.len(), self.part_names.len())?;
            finite(&row.label, row.parts.iter().chain(std::iter::once(&row.total)))?;
        }
        Ok(())
    }

    /// How far the bars reach to both sides, one at least.
    fn ends(&self) -> (f64, f64) {
        let sum = |row: &DivergingRow, sign: f64| -> f64 {
            row.parts.iter().map(|part| (part * sign).max(0.0)).sum()
        };
        let reach = |sign| self.rows.iter().map(|row| sum(row, sign)).fold(1.0, f64::max);
        (-reach(-1.0), reach(1.0))
    }

    /// Draws the parts, and their values where they fit.
    fn bar(canvas: &mut Canvas<'_>, row: &DivergingRow, scale: &Scale, (y, pitch): (f64, f64)) {
        let half = pitch * 0.36;
        let (mut above, mut below) = (0.0, 0.0);
        for (&part, colour) in row.parts.iter().zip(canvas.theme.categorical) {
            let start = if part < 0.0 { &mut below } else { &mut above };
            let (a, b) = (scale.at(*start), scale.at(*start + part));
            *start += part;
            let (left, right) = (a.min(b), a.max(b));
            // A sliver of paper keeps neighbours apart where their lightness is close.
            let seam = if right - left > 1.5 { 0.5 } else { 0.0 };
            let bounds = Bounds { left, top: y - half, right: right - seam, bottom: y + half };
            canvas.fill(bounds, colour);
            let mut lettering = canvas.value();
            lettering.size = canvas.theme.least_size;
            lettering.colour = colour.ink_on();
            let text = signed(part, canvas.lang);
            if canvas.width_of(&text, lettering) + 4.0 <= right - left {
                let middle = f64::midpoint(left, right - seam);
                canvas.text(&text, (middle, y), Anchor::Middle, lettering);
            }
        }
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let names = alt::list(&self.part_names, lang);
        let (cities, subject) = (alt::cities(self.rows.len(), lang), &self.subject);
        let heading = match lang {
            Lang::Zh => format!("双向条形图：{cities}的{subject}，分为{names}"),
            Lang::En => format!("Diverging bar chart: {subject} of {cities}, split into {names}"),
        };
        let told = alt::ends(&self.rows, lang, |row| {
            let parts = self.part_names.iter().zip(&row.parts).filter(|(_, part)| **part != 0.0);
            let parts: Vec<String> = parts
                .map(|(name, &part)| alt::name_and_number(name, &signed(part, lang), lang))
                .collect();
            let total = signed(row.total, lang);
            let head = alt::name_and_number(&row.label, &total, lang);
            match (parts.is_empty(), lang) {
                (true, _) => head,
                (false, Lang::Zh) => format!("{head}（{}）", parts.join("、")),
                (false, Lang::En) => format!("{head} ({})", alt::list(&parts, lang)),
            }
        });
        alt::prose(&heading, &told, lang)
    }
}

/// A number with its sign, whole or with one decimal.
fn signed(value: f64, lang: Lang) -> String {
    let text = fixed(value.abs(), usize::from(value.fract() != 0.0), lang);
    match value {
        v if v > 0.0 => format!("+{text}"),
        v if v < 0.0 => format!("\u{2212}{text}"),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn row(label: &str, parts: &[f64]) -> DivergingRow {
        DivergingRow { label: label.to_owned(), parts: parts.to_vec(), total: parts.iter().sum() }
    }

    fn chart(part_names: &[&str], rows: Vec<DivergingRow>) -> DivergingBars {
        DivergingBars {
            subject: "rank changes".to_owned(),
            part_names: part_names.iter().map(|&name| name.to_owned()).collect(),
            total_name: "Change".to_owned(),
            rows,
            width_mm: TEXT_BLOCK_MM,
        }
    }

    #[test]
    fn all_sizes_are_legible() {
        for n in [1, 20, 50] {
            trial::check_both(|theme, lang| {
                let names = trial::cities(lang).into_iter().cycle().take(n);
                let rows = names
                    .enumerate()
                    .map(|(i, name)| row(&name, &[-3.0, 0.5 * count(i), -0.5, 0.0]))
                    .collect();
                chart(&["A & B", "<B>", "C", "D"], rows).draw(theme, lang).unwrap()
            });
        }
        trial::check_both(|theme, lang| {
            chart(&["P"], vec![row("A", &[0.0])]).draw(theme, lang).unwrap()
        });
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |names: &[&str], rows| chart(names, rows).draw(&theme, Lang::En).unwrap_err();
        assert_eq!(draw(&["P"], vec![]), ChartError::Empty);
        assert!(matches!(draw(&["P"], vec![row("A", &[])]), ChartError::Uneven { .. }));
        let broken = draw(&["P"], vec![row("A", &[f64::NAN])]);
        assert!(matches!(broken, ChartError::NotFinite { .. }));
    }

    #[test]
    fn alt_tells_the_parts_there_are() {
        let rows = vec![row("Wuhan", &[-3.0, 3.5]), row("Beijing", &[0.0, 0.0])];
        assert_eq!(
            chart(&["method", "own data"], rows).alt(Lang::En),
            "Diverging bar chart: rank changes of 2 cities, split into method and own data. \
             Wuhan +0.5 (method \u{2212}3 and own data +3.5). Beijing 0."
        );
    }
}
