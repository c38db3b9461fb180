//! Rank acceptability: the probability of every rank for every city.

use super::alt;
use super::canvas::{Anchor, Bounds, Canvas, Lettering, PT_PER_MM, Stroke};
use super::error::{even, finite, legible};
use super::scale::count;
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::fixed;

/// One city.
#[derive(Debug, Clone, PartialEq)]
pub struct AcceptabilityRow {
    /// Name of the unit.
    pub label: String,
    /// Share of each column, 0 to 1.
    pub shares: Vec<f64>,
    /// Column of the rank it has in the report.
    pub nominal: Option<usize>,
}

/// Cells that are the darker the more probable the rank, with percentages; a frame marks the rank
/// of the report.
#[derive(Debug, Clone, PartialEq)]
pub struct Acceptability {
    /// What is ranked by, such as `总指数`.
    pub subject: String,
    /// Ranks, from left to right; the last may stand for all beyond.
    pub columns: Vec<String>,
    /// The cities, from top to bottom.
    pub rows: Vec<AcceptabilityRow>,
    /// Printed width.
    pub width_mm: f64,
}

const PITCH: f64 = 11.4;
const LEAST_PITCH: f64 = 10.5;
const MOST_HEIGHT: f64 = 220.0 * PT_PER_MM;
const SEAM: f64 = 1.0;
const HEAD: f64 = 15.0;
const FOOT: f64 = 20.0;
/// Shares below this print no number.
const LEAST_SHARE: f64 = 0.005;

impl Acceptability {
    /// The most ranks that stay legible.
    pub const MOST_COLUMNS: usize = 21;
    /// The most cities that stay legible on one page.
    pub const MOST_ROWS: usize = 40;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::Uneven`],
    /// [`ChartError::NotFinite`] or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        legible("units", self.rows.len(), Self::MOST_ROWS)?;
        legible("ranks", self.columns.len(), Self::MOST_COLUMNS)?;
        for row in &self.rows {
            even(&row.label, row.shares.len(), self.columns.len())?;
            finite(&row.label, &row.shares)?;
        }
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let label = canvas.label();
        let value = Lettering { size: theme.least_size, ..canvas.value() };
        let room = canvas.width * 0.24;
        let names = self.rows.iter().map(|row| row.label.as_str());
        let left = canvas.widest(names, label).min(room) + 6.0;
        let cell = ((canvas.width - left) / count(self.columns.len())).min(36.0);
        if cell < canvas.width_of("100", value) + SEAM {
            return Err(ChartError::TooNarrow);
        }
        let rows = count(self.rows.len());
        let pitch = PITCH.min((MOST_HEIGHT - HEAD - FOOT) / rows).max(LEAST_PITCH);
        let axis = canvas.axis();
        for (j, name) in self.columns.iter().enumerate() {
            let x = left + cell * (count(j) + 0.5) - SEAM / 2.0;
            canvas.text(name, (x, HEAD / 2.0), Anchor::Middle, axis);
        }
        for (i, row) in self.rows.iter().enumerate() {
            let top = HEAD + pitch * count(i);
            let name = canvas.fit(&row.label, left - 6.0, label);
            canvas.text(&name, (left - 6.0, top + pitch / 2.0), Anchor::End, label);
            Self::cells(&mut canvas, row, (left, top), (cell, pitch), value);
        }
        let bottom = HEAD + pitch * rows;
        Self::legend(&mut canvas, left, bottom + 8.0);
        canvas.finish(bottom + FOOT)
    }

    fn cells(
        canvas: &mut Canvas<'_>,
        row: &AcceptabilityRow,
        (left, top): (f64, f64),
        (cell, pitch): (f64, f64),
        value: Lettering,
    ) {
        for (j, &share) in row.shares.iter().enumerate() {
            let x = left + cell * count(j);
            let b = Bounds { left: x, top, right: x + cell - SEAM, bottom: top + pitch - SEAM };
            let colour = if share > 0.0 {
                canvas.theme.sequential_at(share)
            } else {
                canvas.theme.grid.mix(canvas.theme.paper, 0.6)
            };
            canvas.fill(b, colour);
            if row.nominal == Some(j) {
                let corners = [
                    (b.left, b.top),
                    (b.right, b.top),
                    (b.right, b.bottom),
                    (b.left, b.bottom),
                    (b.left, b.top),
                ];
                canvas.path(corners, Stroke::new(canvas.theme.highlight, 1.3));
            }
            if share >= LEAST_SHARE {
                let middle = (x + (cell - SEAM) / 2.0, top + (pitch - SEAM) / 2.0);
                let lettering = Lettering { colour: colour.ink_on(), ..value };
                let text = fixed(share * 100.0, 0, canvas.lang);
                canvas.text(&text, middle, Anchor::Middle, lettering);
            }
        }
    }

    fn legend(canvas: &mut Canvas<'_>, left: f64, top: f64) {
        let lettering = canvas.axis();
        let y = top + 4.0;
        let mut x = canvas.text("0", (left, y), Anchor::Start, lettering).right + 5.0;
        for step in 0..=8 {
            let colour = canvas.theme.sequential_at(f64::from(step) / 8.0);
            canvas.fill(Bounds { left: x, top: y - 4.0, right: x + 13.0, bottom: y + 4.0 }, colour);
            x += 13.0;
        }
        let x = canvas.text("100%", (x + 5.0, y), Anchor::Start, lettering).right + 16.0;
        let b = Bounds { left: x, top: y - 4.0, right: x + 11.0, bottom: y + 4.0 };
        let corners = [
            (b.left, b.top),
            (b.right, b.top),
            (b.right, b.bottom),
            (b.left, b.bottom),
            (b.left, b.top),
        ];
        canvas.path(corners, Stroke::new(canvas.theme.highlight, 1.3));
        let name = match canvas.lang {
            Lang::Zh => "报告位次",
            Lang::En => "Rank in this report",
        };
        canvas.text(name, (b.right + 5.0, y), Anchor::Start, lettering);
    }

    /// Tells the chart in prose: the most probable rank of each city.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let subject = &self.subject;
        let cities = alt::cities(self.rows.len(), lang);
        let heading = match lang {
            Lang::Zh => format!("热力图：{cities}取得各{subject}位次的概率"),
            Lang::En => format!("Heat map: probability of each {subject} rank for {cities}"),
        };
        let told = alt::ends(&self.rows, lang, |row| self.likeliest(row, lang));
        alt::prose(&heading, &told, lang)
    }

    fn likeliest(&self, row: &AcceptabilityRow, lang: Lang) -> String {
        let best = row.shares.iter().enumerate().rev().max_by(|a, b| a.1.total_cmp(b.1));
        let (column, share) = best.map_or((0, 0.0), |(j, share)| (j, *share));
        let rank = self.columns.get(column).map_or("", String::as_str);
        let (label, share) = (&row.label, fixed(share * 100.0, 0, lang));
        match lang {
            Lang::Zh => format!("{label}最可能为第{rank}，概率{share}%"),
            Lang::En => format!("{label} most probably {rank}, {share}%"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn chart(labels: Vec<String>, ranks: usize) -> Acceptability {
        let rows = labels
            .into_iter()
            .enumerate()
            .map(|(i, label)| {
                let mut shares = vec![0.0; ranks];
                shares[i % ranks] += 0.75;
                shares[(i + 1) % ranks] += 0.249;
                shares[(i + 2) % ranks] += 0.001;
                AcceptabilityRow { label, shares, nominal: Some(i % ranks) }
            })
            .collect();
        Acceptability {
            subject: "index".to_owned(),
            columns: (1..=ranks).map(|r| r.to_string()).collect(),
            rows,
            width_mm: TEXT_BLOCK_MM,
        }
    }

    #[test]
    fn all_sizes_are_legible() {
        for (rows, ranks) in [(1, 1), (3, 3), (20, 20), (40, 21)] {
            trial::check_both(|theme, lang| {
                let cities = trial::cities(lang).into_iter().cycle().take(rows).collect();
                chart(cities, ranks).draw(theme, lang).unwrap()
            });
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |chart: Acceptability| chart.draw(&theme, Lang::En).unwrap_err();
        assert_eq!(draw(chart(vec![], 3)), ChartError::Empty);
        let mut uneven = chart(vec!["A".to_owned()], 3);
        uneven.rows[0].shares.pop();
        assert!(matches!(draw(uneven), ChartError::Uneven { found: 2, wanted: 3, .. }));
        let narrow = Acceptability { width_mm: 80.0, ..chart(vec!["A".to_owned()], 21) };
        assert_eq!(draw(narrow), ChartError::TooNarrow);
    }

    #[test]
    fn alt_tells_the_most_probable_rank() {
        let chart = chart(vec!["Beijing".to_owned(), "Wuhan".to_owned()], 3);
        assert_eq!(
            chart.alt(Lang::En),
            "Heat map: probability of each index rank for 2 cities. Beijing most probably 1, 75%. \
             Wuhan most probably 2, 75%."
        );
        assert!(chart.alt(Lang::Zh).contains("Beijing最可能为第1，概率75%"));
    }
}
