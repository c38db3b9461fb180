//! Two-sided bars: what each of a list takes at the left and gives at the right.

use super::alt;
use super::canvas::{Anchor, Bounds, Canvas, PT_PER_MM};
use super::error::{amounts, legible};
use super::scale::{Scale, count};
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::fixed;

/// One item.
#[derive(Debug, Clone, PartialEq)]
pub struct ButterflyRow {
    /// Name of the item.
    pub label: String,
    /// The value drawn to the left, such as the in-degree.
    pub left: f64,
    /// The value drawn to the right, such as the out-degree.
    pub right: f64,
}

/// Bars to both sides of a column of names, on one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Butterfly {
    /// What is shown, such as `度数前二十位的企业`.
    pub subject: String,
    /// The items, from top to bottom.
    pub rows: Vec<ButterflyRow>,
    /// Name of the values at the left.
    pub left_name: String,
    /// Name of the values at the right.
    pub right_name: String,
    /// Decimals of the values.
    pub decimals: usize,
    /// Measure of the values, such as `%`; empty for counts.
    pub measure: String,
    /// Printed width.
    pub width_mm: f64,
}

const PITCH: f64 = 13.0;
const LEAST_PITCH: f64 = 10.6;
const MOST_HEIGHT: f64 = 230.0 * PT_PER_MM;
const HEAD: f64 = 15.0;
/// Between the names and the bars.
const AISLE: f64 = 6.0;

impl Butterfly {
    /// The most rows that stay legible on one page.
    pub const MOST: usize = 58;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::NotFinite`],
    /// [`ChartError::Negative`] or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        legible("rows", self.rows.len(), Self::MOST)?;
        for row in &self.rows {
            amounts(&row.label, [&row.left, &row.right])?;
        }
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let (label, value, axis) = (canvas.label(), canvas.value(), canvas.axis());
        let printed = |v: f64| fixed(v, self.decimals, lang);
        let rows = count(self.rows.len());
        let pitch = PITCH.min((MOST_HEIGHT - HEAD) / rows).max(LEAST_PITCH);
        let room = canvas.width * 0.34;
        let names = canvas.widest(self.rows.iter().map(|row| row.label.as_str()), label).min(room);
        let side = |pick: fn(&ButterflyRow) -> f64| {
            let values = || self.rows.iter().map(pick);
            let widest = values().map(|v| canvas.width_of(&printed(v), value)).fold(0.0, f64::max);
            (values().fold(0.0, f64::max), widest + 4.0)
        };
        let ((most_left, left_room), (most_right, right_room)) =
            (side(|row| row.left), side(|row| row.right));
        let inner = names / 2.0 + AISLE;
        let length = canvas.width - 2.0 * inner - left_room - right_room;
        if length < 48.0 {
            return Err(ChartError::TooNarrow);
        }
        // One scale for both sides; the names stand where the longest bars just fit.
        let scale = Scale::new((0.0, most_left + most_right), (0.0, length));
        let centre = left_room + scale.at(most_left) + inner;

        let heading = |name: &str| {
            if self.measure.is_empty() {
                return name.to_owned();
            }
            match lang {
                Lang::Zh => format!("{name}（{}）", self.measure),
                Lang::En => format!("{name} ({})", self.measure),
            }
        };
        let left = canvas.fit(&heading(&self.left_name), centre - 4.0, axis);
        let right = canvas.fit(&heading(&self.right_name), canvas.width - centre - 4.0, axis);
        let end = (centre - inner).max(canvas.width_of(&left, axis));
        canvas.text(&left, (end, 6.0), Anchor::End, axis);
        let start = (centre + inner).min(canvas.width - canvas.width_of(&right, axis));
        canvas.text(&right, (start, 6.0), Anchor::Start, axis);
        for (i, row) in self.rows.iter().enumerate() {
            let y = HEAD + pitch * (count(i) + 0.5);
            let (top, bottom) = (y - pitch * 0.34, y + pitch * 0.34);
            let name = canvas.fit(&row.label, room, label);
            canvas.text(&name, (centre, y), Anchor::Middle, label);
            let (from, to) = (centre - inner, centre - inner - scale.at(row.left));
            canvas.fill(Bounds { left: to, top, right: from, bottom }, theme.quiet);
            canvas.text(&printed(row.left), (to - 4.0, y), Anchor::End, value);
            let (from, to) = (centre + inner, centre + inner + scale.at(row.right));
            canvas.fill(Bounds { left: from, top, right: to, bottom }, theme.accent);
            canvas.text(&printed(row.right), (to + 4.0, y), Anchor::Start, value);
        }
        canvas.finish(HEAD + pitch * rows + 1.0)
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let (left, right) = (&self.left_name, &self.right_name);
        let heading = match lang {
            Lang::Zh => format!("双向条形图：{}，左为{left}，右为{right}", self.subject),
            Lang::En => format!(
                "Two-sided bars: {}, {} at the left, {} at the right",
                self.subject,
                alt::inside(left),
                alt::inside(right)
            ),
        };
        let value = |v: f64| alt::measured(v, self.decimals, &self.measure, lang);
        let told = alt::ends(&self.rows, lang, |row| {
            let (a, b) = (value(row.left), value(row.right));
            match lang {
                Lang::Zh => format!("{}{left}{a}，{right}{b}", row.label),
                Lang::En => {
                    let (left, right) = (alt::inside(left), alt::inside(right));
                    format!("{}: {left} {a}, {right} {b}", row.label)
                }
            }
        });
        alt::prose(&heading, &told, lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn chart(rows: Vec<(String, f64, f64)>) -> Butterfly {
        let row = |(label, left, right)| ButterflyRow { label, left, right };
        Butterfly {
            subject: "hubs".to_owned(),
            rows: rows.into_iter().map(row).collect(),
            left_name: "In-degree".to_owned(),
            right_name: "Out-degree".to_owned(),
            decimals: 0,
            measure: String::new(),
            width_mm: TEXT_BLOCK_MM,
        }
    }

    #[test]
    fn all_sizes_are_legible() {
        for (n, width_mm) in [(1, 76.0), (20, 76.0), (20, TEXT_BLOCK_MM), (58, TEXT_BLOCK_MM)] {
            trial::check_both(|theme, lang| {
                let names = trial::cities(lang).into_iter().cycle().take(n).enumerate();
                let rows =
                    names.map(|(i, name)| (name, 2502.0 / count(i + 1), 4882.0 / count(n - i)));
                Butterfly { width_mm, ..chart(rows.collect()) }.draw(theme, lang).unwrap()
            });
        }
        let zero = vec![("A & <B>".to_owned(), 0.0, 0.0)];
        trial::check_both(|theme, lang| chart(zero.clone()).draw(theme, lang).unwrap());
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |value| chart(vec![("A".to_owned(), value, 1.0)]).draw(&theme, Lang::En);
        assert_eq!(chart(vec![]).draw(&theme, Lang::En), Err(ChartError::Empty));
        assert_eq!(draw(-1.0), Err(ChartError::Negative { label: "A".to_owned() }));
        assert_eq!(draw(f64::NAN), Err(ChartError::NotFinite { label: "A".to_owned() }));
    }

    #[test]
    fn alt_tells_both_sides() {
        let mut spec = chart(vec![("Huawei".to_owned(), 2502.0, 4882.0)]);
        assert_eq!(
            spec.alt(Lang::En),
            "Two-sided bars: hubs, in-degree at the left, out-degree at the right. Huawei: \
             in-degree 2,502, out-degree 4,882."
        );
        spec.subject = "枢纽企业".to_owned();
        spec.left_name = "连入度".to_owned();
        spec.right_name = "连出度".to_owned();
        spec.rows[0].label = "华为".to_owned();
        assert_eq!(
            spec.alt(Lang::Zh),
            "双向条形图：枢纽企业，左为连入度，右为连出度。华为连入度2502，连出度4882。"
        );
    }
}
