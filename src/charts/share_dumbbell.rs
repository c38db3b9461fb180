//! Two shares per row on one line: what a part is meant to have, and what it has.

use super::alt;
use super::canvas::{Anchor, Canvas, PT_PER_MM, Stroke};
use super::error::{finite, legible};
use super::legend::{self, Key, Placing};
use super::scale::{Scale, count};
use super::theme::Colour;
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::fixed;

/// One part of a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareRow {
    /// Name of the part.
    pub label: String,
    /// Per cent it is meant to have.
    pub stated: f64,
    /// Per cent it has; `None` if that cannot be told.
    pub found: Option<f64>,
}

/// Stated and found shares of the parts of a whole; a line joins the two, and the difference in
/// percentage points stands at the right.
#[derive(Debug, Clone, PartialEq)]
pub struct ShareDumbbell {
    /// What is compared, such as `指标的权重与影响份额`.
    pub subject: String,
    /// The parts, from top to bottom.
    pub rows: Vec<ShareRow>,
    /// Name of the stated share.
    pub stated_name: String,
    /// Name of the share that was found.
    pub found_name: String,
    /// Decimals of percentages.
    pub decimals: usize,
    /// Printed width.
    pub width_mm: f64,
}

const PITCH: f64 = 11.2;
const LEAST_PITCH: f64 = 10.0;
const MOST_HEIGHT: f64 = 230.0 * PT_PER_MM;
const HEAD: f64 = 15.0;
const RADIUS: f64 = 3.2;

impl ShareRow {
    /// The difference as it is printed: of the rounded shares, so that it can be worked out again.
    fn difference(&self, decimals: usize) -> Option<f64> {
        let round = |x: f64| crate::num::round_to(x, decimals);
        self.found.map(|found| round(round(found) - round(self.stated)))
    }
}

impl ShareDumbbell {
    /// The most rows that stay legible on one page.
    pub const MOST: usize = 60;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::NotFinite`],
    /// [`ChartError::Negative`] or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        self.screen()?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let (label, value) = (canvas.label(), canvas.value());

        let across = (0.0, canvas.width);
        let entries = self.entries(theme, lang);
        let above = legend::draw(&mut canvas, &entries, across, 0.0, Placing::Left) + 2.0;
        let head = above + HEAD;
        let rows = count(self.rows.len());
        let pitch = PITCH.min((MOST_HEIGHT - head - 3.0) / rows).max(LEAST_PITCH);
        let bottom = head + pitch * rows;

        let room = canvas.width * 0.34;
        let names = self.rows.iter().map(|row| row.label.as_str());
        let names_right = canvas.widest(names, label).min(room);
        let title = match lang {
            Lang::Zh => "相差（百分点）",
            Lang::En => "Difference (pp)",
        };
        let y = above + HEAD / 2.0;
        let last = canvas.text(title, (canvas.width, y), Anchor::End, canvas.axis()).left;
        let differences: Vec<String> = self.rows.iter().map(|r| self.signed(r, lang)).collect();
        let widest = canvas.widest(differences.iter().map(String::as_str), value.bold());
        let column = f64::midpoint(last, canvas.width) + widest / 2.0;
        let (from, to) = (names_right + 12.0, last.min(column - widest) - 14.0);
        if to < from + 60.0 {
            return Err(ChartError::TooNarrow);
        }
        let most = self.rows.iter().flat_map(|row| [Some(row.stated), row.found]).flatten();
        let scale = Scale::new((0.0, most.fold(0.0, f64::max)), (from, to));
        Self::axis(&mut canvas, &scale, (y, head, bottom));

        for (i, (row, difference)) in self.rows.iter().zip(&differences).enumerate() {
            let y = head + pitch * (count(i) + 0.5);
            let shown = canvas.fit(&row.label, room, label);
            canvas.text(&shown, (names_right, y), Anchor::End, label);
            let colour = self.colour(row, theme);
            let stated = (scale.at(row.stated), y);
            if let Some(found) = row.found {
                let found = (scale.at(found), y);
                canvas.path([stated, found], Stroke::new(colour, 1.6));
                Key::Disc(colour, RADIUS).draw(&mut canvas, found);
            }
            Key::Ring(theme.ink, RADIUS).draw(&mut canvas, stated);
            let lettering = super::canvas::Lettering { colour, ..value }.bold();
            canvas.text(difference, (column, y), Anchor::End, lettering);
        }
        canvas.finish(bottom + 3.0)
    }

    fn screen(&self) -> Result<(), ChartError> {
        legible("rows", self.rows.len(), Self::MOST)?;
        for row in &self.rows {
            finite(&row.label, [&row.stated])?;
            finite(&row.label, row.found.iter())?;
            if row.stated < 0.0 || row.found.is_some_and(|found| found < 0.0) {
                return Err(ChartError::Negative { label: row.label.clone() });
            }
        }
        Ok(())
    }

    fn colour(&self, row: &ShareRow, theme: &Theme) -> Colour {
        match row.difference(self.decimals) {
            Some(d) if d > 0.0 => theme.accent,
            Some(d) if d < 0.0 => theme.highlight,
            _ => theme.muted,
        }
    }

    fn signed(&self, row: &ShareRow, lang: Lang) -> String {
        match row.difference(self.decimals) {
            None => "—".to_owned(),
            Some(d) if d > 0.0 => format!("+{}", fixed(d, self.decimals, lang)),
            Some(d) => fixed(d, self.decimals, lang),
        }
    }

    fn entries(&self, theme: &Theme, lang: Lang) -> Vec<(Key, String)> {
        let mut entries = vec![(Key::Ring(theme.ink, RADIUS), self.stated_name.clone())];
        let (more, less) = match lang {
            Lang::Zh => ("（超过权重）", "（不及权重）"),
            Lang::En => (" (above the weight)", " (below the weight)"),
        };
        for (word, colour) in [(more, theme.accent), (less, theme.highlight)] {
            if self.rows.iter().any(|row| self.colour(row, theme) == colour) {
                entries.push((Key::Disc(colour, RADIUS), format!("{}{word}", self.found_name)));
            }
        }
        entries
    }

    fn axis(canvas: &mut Canvas<'_>, scale: &Scale, (y, top, bottom): (f64, f64, f64)) {
        let (lettering, grid) = (canvas.axis(), canvas.grid());
        let (ticks, decimals) = scale.ticks(5);
        for tick in ticks {
            let x = scale.at(tick);
            canvas.path([(x, top), (x, bottom)], grid);
            let text = format!("{}%", fixed(tick, decimals, canvas.lang));
            canvas.tick(&text, (x, y), lettering);
        }
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let (subject, stated, found) = (&self.subject, &self.stated_name, &self.found_name);
        let heading = match lang {
            Lang::Zh => format!("哑铃图：{subject}，比较{stated}与{found}"),
            Lang::En => format!(
                "Dumbbell chart: {subject}, {} against {}",
                alt::inside(stated),
                alt::inside(found)
            ),
        };
        let percent = |x: f64| format!("{}%", fixed(x, self.decimals, lang));
        let told: Vec<String> = self
            .rows
            .iter()
            .map(|row| {
                let found = row.found.map_or_else(|| alt::number(None, 0, lang), percent);
                let (label, stated) = (&row.label, percent(row.stated));
                match lang {
                    Lang::Zh => format!("{label}{stated}与{found}"),
                    Lang::En => format!("{label} {stated} and {found}"),
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

    fn chart(rows: Vec<(&str, f64, Option<f64>)>) -> ShareDumbbell {
        ShareDumbbell {
            subject: "weight and influence of indicators".to_owned(),
            rows: rows
                .into_iter()
                .map(|(label, stated, found)| ShareRow { label: label.to_owned(), stated, found })
                .collect(),
            stated_name: "Weight".to_owned(),
            found_name: "Influence".to_owned(),
            decimals: 1,
            width_mm: TEXT_BLOCK_MM,
        }
    }

    #[test]
    fn all_sizes_are_legible() {
        for n in [1, 4, 23, 60] {
            trial::check_both(|theme, lang| {
                let names = trial::cities(lang);
                let rows = (0..n).map(|i: usize| {
                    let found = (i % 5 != 4).then_some(count(i * 7 % 11));
                    (names[i % names.len()].as_str(), 4.2, found)
                });
                chart(rows.collect()).draw(theme, lang).unwrap()
            });
        }
        let zero = vec![("A & <B>", 0.0, Some(0.0)), ("国家经济技术开发区", 100.0, None)];
        trial::check_both(|theme, lang| chart(zero.clone()).draw(theme, lang).unwrap());
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |rows| chart(rows).draw(&theme, Lang::En).unwrap_err();
        assert_eq!(draw(vec![]), ChartError::Empty);
        assert!(matches!(draw(vec![("A", -1.0, None)]), ChartError::Negative { .. }));
        assert!(matches!(draw(vec![("A", 1.0, Some(f64::NAN))]), ChartError::NotFinite { .. }));
    }

    #[test]
    fn differences_are_those_of_the_printed_shares() {
        // 4.17 and 8.24 print as 4.2 and 8.2.
        let own = chart(vec![("A", 4.17, Some(8.24)), ("B", 4.17, None), ("C", 5.0, Some(0.04))]);
        let told: Vec<String> = own.rows.iter().map(|row| own.signed(row, Lang::En)).collect();
        assert_eq!(told, ["+4.0", "—", "−5.0"]);
        assert_eq!(
            own.alt(Lang::En),
            "Dumbbell chart: weight and influence of indicators, weight against influence. \
             A 4.2% and 8.2%. B 4.2% and no data. C 5.0% and 0.0%."
        );
    }
}
