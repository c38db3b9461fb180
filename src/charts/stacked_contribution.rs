//! Stacked bars: what each dimension contributes to a score.

use super::alt;
use super::canvas::{Anchor, Bounds, Canvas, PT_PER_MM};
use super::error::{even, finite, legible};
use super::legend::{self, Key, Placing};
use super::scale::{Scale, count};
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::fixed;

/// One stacked bar.
#[derive(Debug, Clone, PartialEq)]
pub struct ContributionRow {
    /// Name of the unit.
    pub label: String,
    /// Contributions in the order of the part names, none below zero.
    pub parts: Vec<f64>,
    /// The score printed behind the bar.
    pub total: Option<f64>,
    /// Whether the chart is about this unit.
    pub highlight: bool,
}

/// Horizontal stacked bars with a legend on top and the total behind each bar.
#[derive(Debug, Clone, PartialEq)]
pub struct StackedContribution {
    /// What is made up, such as `总指数得分`.
    pub subject: String,
    /// Names of the parts, from left to right.
    pub part_names: Vec<String>,
    /// The bars, from top to bottom.
    pub rows: Vec<ContributionRow>,
    /// Decimals of every printed value.
    pub decimals: usize,
    /// Printed width.
    pub width_mm: f64,
}

const PITCH: f64 = 11.6;
const LEAST_PITCH: f64 = 11.5;
const MOST_HEIGHT: f64 = 230.0 * PT_PER_MM;
const FOOT: f64 = 14.0;

impl StackedContribution {
    /// The most parts that can be told apart.
    pub const MOST_PARTS: usize = 6;
    /// The most bars that stay legible on one page.
    pub const MOST_ROWS: usize = 50;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::Uneven`],
    /// [`ChartError::NotFinite`] or [`ChartError::Negative`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        self.screen()?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let (label, value) = (canvas.label(), canvas.value());
        let colours = theme.categorical;

        let entries: Vec<(Key, String)> = self
            .part_names
            .iter()
            .zip(colours)
            .map(|(name, colour)| (Key::Fill(colour), name.clone()))
            .collect();
        let across = (0.0, canvas.width);
        let head = legend::draw(&mut canvas, &entries, across, 0.0, Placing::Left) + 5.0;
        let rows = count(self.rows.len());
        let pitch = PITCH.min((MOST_HEIGHT - head - FOOT) / rows).max(LEAST_PITCH);
        let bottom = head + pitch * rows;

        let names = self.rows.iter().map(|row| row.label.as_str());
        let room = canvas.width * 0.34;
        let left = canvas.widest(names, label.bold()).min(room) + 7.0;
        let printed: Vec<String> = self
            .rows
            .iter()
            .map(|row| row.total.map_or_else(|| "—".to_owned(), |v| fixed(v, self.decimals, lang)))
            .collect();
        let totals = canvas.widest(printed.iter().map(String::as_str), value.bold());
        let right = canvas.width - totals - 5.0;
        if right < left + 40.0 {
            return Err(ChartError::TooNarrow);
        }
        let sums = self.rows.iter().map(|row| row.parts.iter().sum::<f64>());
        let scale = Scale::new((0.0, sums.fold(0.0, f64::max)), (left, right));

        let mut ends = Vec::new();
        let mut middles = Vec::new();
        for (i, (row, total)) in self.rows.iter().zip(&printed).enumerate() {
            let y = head + pitch * (count(i) + 0.5);
            let name = if row.highlight { label.bold() } else { label };
            let shown = canvas.fit(&row.label, room, name);
            canvas.text(&shown, (left - 7.0, y), Anchor::End, name);
            let end = scale.at(row.parts.iter().sum());
            ends.push(canvas.text(total, (end + 4.0, y), Anchor::Start, value.bold()));
            middles.push(y);
        }
        Self::axis(&mut canvas, &scale, (head, bottom), &ends);
        for (row, y) in self.rows.iter().zip(middles) {
            self.bar(&mut canvas, row, &scale, (y, pitch));
        }
        canvas.finish(bottom + FOOT)
    }

    fn screen(&self) -> Result<(), ChartError> {
        legible("bars", self.rows.len(), Self::MOST_ROWS)?;
        legible("parts", self.part_names.len(), Self::MOST_PARTS)?;
        for row in &self.rows {
            even(&row.label, row.parts.len(), self.part_names.len())?;
            finite(&row.label, row.parts.iter().chain(&row.total))?;
            if row.parts.iter().any(|&part| part < 0.0) {
                return Err(ChartError::Negative { label: row.label.clone() });
            }
        }
        Ok(())
    }

    fn axis(canvas: &mut Canvas<'_>, scale: &Scale, (top, bottom): (f64, f64), taken: &[Bounds]) {
        let (lettering, grid) = (canvas.axis(), canvas.grid());
        let (ticks, decimals) = scale.ticks(5);
        for tick in ticks {
            let x = scale.at(tick);
            canvas.rule(x, (top, bottom), grid, taken);
            let text = fixed(tick, decimals, canvas.lang);
            canvas.tick(&text, (x, bottom + 8.5), lettering);
        }
    }

    /// Draws the parts, and their values where they fit.
    fn bar(
        &self,
        canvas: &mut Canvas<'_>,
        row: &ContributionRow,
        scale: &Scale,
        (y, pitch): (f64, f64),
    ) {
        let half = pitch * 0.36;
        let mut sum = 0.0;
        for (&part, colour) in row.parts.iter().zip(canvas.theme.categorical) {
            let (left, right) = (scale.at(sum), scale.at(sum + part));
            sum += part;
            // A sliver of paper keeps neighbours apart where their lightness is close.
            let seam = if right - left > 1.5 { 0.5 } else { 0.0 };
            let b = Bounds { left, top: y - half, right: right - seam, bottom: y + half };
            canvas.fill(b, colour);
            let mut lettering = canvas.value();
            lettering.size = canvas.theme.least_size;
            lettering.colour = colour.ink_on();
            let text = fixed(part, self.decimals, canvas.lang);
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
        let cities = alt::cities(self.rows.len(), lang);
        let subject = &self.subject;
        let heading = match lang {
            Lang::Zh => format!("堆叠条形图：{cities}{subject}的构成，各部分为{names}"),
            Lang::En => format!("Stacked bar chart: {subject} of {cities}, made up of {names}"),
        };
        let told = alt::ends(&self.rows, lang, |row| {
            let parts: Vec<String> = self
                .part_names
                .iter()
                .zip(&row.parts)
                .map(|(name, &v)| alt::name_and_number(name, &fixed(v, self.decimals, lang), lang))
                .collect();
            let total = alt::number(row.total, self.decimals, lang);
            match lang {
                Lang::Zh => format!(
                    "{}（{}）",
                    alt::name_and_number(&row.label, &total, lang),
                    parts.join("、")
                ),
                Lang::En => format!("{} {total} ({})", row.label, alt::list(&parts, lang)),
            }
        });
        alt::prose(&heading, &told, lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn row(label: &str, parts: &[f64]) -> ContributionRow {
        let total = Some(parts.iter().sum());
        ContributionRow { label: label.to_owned(), parts: parts.to_vec(), total, highlight: false }
    }

    fn chart(part_names: &[&str], rows: Vec<ContributionRow>) -> StackedContribution {
        StackedContribution {
            subject: "Composite index score".to_owned(),
            part_names: part_names.iter().map(|&name| name.to_owned()).collect(),
            rows,
            decimals: 1,
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
                    .map(|(i, name)| row(&name, &[20.0 / count(i + 1), 9.0, 0.0, 0.1, 5.0, 8.0]))
                    .collect();
                chart(&["A & B", "<B>", "C", "D", "E", "F"], rows).draw(theme, lang).unwrap()
            });
        }
        trial::check_both(|theme, lang| {
            let mut lacking = row("A", &[0.0]);
            lacking.total = None;
            chart(&["P"], vec![lacking]).draw(theme, lang).unwrap()
        });
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |names: &[&str], rows| chart(names, rows).draw(&theme, Lang::En).unwrap_err();
        assert_eq!(draw(&["P"], vec![]), ChartError::Empty);
        assert_eq!(draw(&[], vec![row("A", &[])]), ChartError::Empty);
        assert!(matches!(draw(&["P"], vec![row("A", &[])]), ChartError::Uneven { .. }));
        assert!(matches!(draw(&["P"], vec![row("A", &[-1.0])]), ChartError::Negative { .. }));
        assert!(matches!(draw(&["P"; 7], vec![row("A", &[1.0; 7])]), ChartError::TooMany { .. }));
    }

    #[test]
    fn alt_tells_parts() {
        let mut en = chart(&["talent", "funds"], vec![row("Beijing", &[3.0, 2.5])]);
        assert_eq!(
            en.alt(Lang::En),
            "Stacked bar chart: Composite index score of 1 city, made up of talent and funds. \
             Beijing 5.5 (talent 3.0 and funds 2.5)."
        );
        en.subject = "总指数得分".to_owned();
        en.part_names = vec!["人才".to_owned(), "资金".to_owned()];
        en.rows = vec![row("北京", &[3.0, 2.5]), row("上海", &[2.0, 1.0])];
        assert_eq!(
            en.alt(Lang::Zh),
            "堆叠条形图：2个城市总指数得分的构成，各部分为人才和资金。北京5.5（人才3.0、资金2.5）；\
             上海3.0（人才2.0、资金1.0）。"
        );
    }
}
