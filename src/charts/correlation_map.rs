//! A map of correlations: the lower half of a square, one row and column per component.

use super::alt;
use super::canvas::{Anchor, Bounds, Canvas, Lettering};
use super::error::{even, finite, legible};
use super::scale::count;
use super::theme::Colour;
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::fixed;

/// Correlations printed in cells: blue above zero, orange below, the stronger the darker.
#[derive(Debug, Clone, PartialEq)]
pub struct CorrelationMap {
    /// What is correlated, such as `各分维度得分`.
    pub subject: String,
    /// Names of the components; rows bear names and numbers, columns the numbers.
    pub names: Vec<String>,
    /// For each component its correlations with those before it; `None` where there is none.
    pub values: Vec<Vec<Option<f64>>>,
    /// Printed width.
    pub width_mm: f64,
}

const PITCH: f64 = 12.0;
const SEAM: f64 = 1.0;
const HEAD: f64 = 13.0;
const LEGEND: f64 = 16.0;
/// Narrowest cell that holds a correlation with its sign.
const LEAST_CELL: f64 = 22.0;
/// Cells are no wider than this.
const MOST_CELL: f64 = 44.0;
/// Pairs that alternative text tells one by one.
const TOLD: usize = 20;

impl CorrelationMap {
    /// The most components that stay legible.
    pub const MOST: usize = 16;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::TooFew`], [`ChartError::TooMany`], [`ChartError::Uneven`],
    /// [`ChartError::NotFinite`] or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        self.screen()?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let (label, axis) = (canvas.label(), canvas.axis());
        let value = Lettering { size: theme.least_size, ..canvas.value() };

        let numbered: Vec<String> = self
            .names
            .iter()
            .zip(1..)
            .map(|(name, n): (_, usize)| format!("{n}  {name}"))
            .collect();
        let room = canvas.width * 0.34;
        let left = canvas.widest(numbered.iter().map(String::as_str), label).min(room) + 8.0;
        let columns = self.names.len() - 1;
        let cell = ((canvas.width - left) / count(columns)).min(MOST_CELL);
        if cell < LEAST_CELL {
            return Err(ChartError::TooNarrow);
        }
        for j in 0..columns {
            let x = left + cell * (count(j) + 0.5) - SEAM / 2.0;
            canvas.text(&(j + 1).to_string(), (x, HEAD / 2.0), Anchor::Middle, axis);
        }
        for (i, name) in numbered.iter().enumerate() {
            let top = HEAD + PITCH * count(i);
            let shown = canvas.fit(name, room, label);
            canvas.text(&shown, (0.0, top + PITCH / 2.0), Anchor::Start, label);
            for (j, r) in self.values[i].iter().enumerate() {
                let x = left + cell * count(j);
                let b = Bounds { left: x, top, right: x + cell - SEAM, bottom: top + PITCH - SEAM };
                let middle = (x + (cell - SEAM) / 2.0, top + (PITCH - SEAM) / 2.0);
                let (text, ink) = match r {
                    Some(r) => {
                        let colour = colour(theme, *r);
                        canvas.fill(b, colour);
                        (fixed(*r, 2, lang), colour.ink_on())
                    }
                    None => ("—".to_owned(), theme.muted),
                };
                canvas.text(&text, middle, Anchor::Middle, Lettering { colour: ink, ..value });
            }
        }
        let bottom = HEAD + PITCH * count(self.names.len());
        legend(&mut canvas, left, bottom + 6.0);
        canvas.finish(bottom + LEGEND)
    }

    fn screen(&self) -> Result<(), ChartError> {
        if self.names.len() < 2 {
            let found = self.names.len();
            return Err(ChartError::TooFew { what: "components", found, least: 2 });
        }
        legible("components", self.names.len(), Self::MOST)?;
        even("correlations", self.values.len(), self.names.len())?;
        for (i, (name, row)) in self.names.iter().zip(&self.values).enumerate() {
            even(name, row.len(), i)?;
            finite(name, row.iter().flatten())?;
        }
        Ok(())
    }

    /// Tells the chart in prose: every pair of a small map, the strongest and the weakest of a
    /// large one.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let n = self.names.len();
        let heading = match lang {
            Lang::Zh => format!("相关系数图：{n}个方面的{}两两之间的相关系数", self.subject),
            Lang::En => {
                format!("Map of correlations: {} of {n} components, pair by pair", self.subject)
            }
        };
        let mut pairs: Vec<(f64, usize, usize)> = (0..n)
            .flat_map(|i| (0..i).map(move |j| (i, j)))
            .filter_map(|(i, j)| Some((self.values[i][j]?, j, i)))
            .collect();
        if pairs.len() > TOLD {
            pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
            let last = pairs.split_off(pairs.len() - 3);
            pairs.truncate(5);
            pairs.extend(last);
            let told = alt::ends(&pairs, lang, |p| self.pair(*p, lang));
            let lead = match lang {
                Lang::Zh => "最强的五对与最弱（或最负）的三对",
                Lang::En => "the five highest and the three lowest",
            };
            let told = alt::list(&told, lang);
            return alt::prose(&heading, &[format!("{lead}{}{told}", colon(lang))], lang);
        }
        let told: Vec<String> = pairs.iter().map(|&p| self.pair(p, lang)).collect();
        alt::prose(&heading, &told, lang)
    }

    fn pair(&self, (r, first, second): (f64, usize, usize), lang: Lang) -> String {
        let (a, b, r) = (&self.names[first], &self.names[second], fixed(r, 2, lang));
        match lang {
            Lang::Zh => format!("{a}与{b}{r}"),
            Lang::En => format!("{a} with {b} {r}"),
        }
    }
}

const fn colon(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "：",
        Lang::En => ": ",
    }
}

/// The colour of a correlation.
fn colour(theme: &Theme, r: f64) -> Colour {
    if r >= 0.0 {
        theme.sequential_at(r)
    } else {
        theme.paper.mix(theme.highlight, 0.15 + 0.85 * -r)
    }
}

fn legend(canvas: &mut Canvas<'_>, left: f64, top: f64) {
    let (lettering, y) = (canvas.axis(), top + 6.0);
    let mut x = canvas.text("\u{2212}1", (left, y), Anchor::Start, lettering).right + 5.0;
    for step in [-1.0, -0.75, -0.5, -0.25, 0.0, 0.25, 0.5, 0.75, 1.0] {
        let fill = colour(canvas.theme, step);
        canvas.fill(Bounds { left: x, top: y - 4.0, right: x + 13.0, bottom: y + 4.0 }, fill);
        x += 13.0;
    }
    canvas.text("1", (x + 5.0, y), Anchor::Start, lettering);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn chart(names: Vec<String>) -> CorrelationMap {
        let value = |i: usize, j: usize| {
            let r = count((i * 7 + j * 5) % 21) / 10.0 - 1.0;
            (i + j != 4).then_some(r)
        };
        CorrelationMap {
            subject: "scores".to_owned(),
            values: (0..names.len()).map(|i| (0..i).map(|j| value(i, j)).collect()).collect(),
            names,
            width_mm: TEXT_BLOCK_MM,
        }
    }

    #[test]
    fn all_sizes_are_legible() {
        for n in [2, 4, 11, 15] {
            trial::check_both(|theme, lang| {
                chart(trial::cities(lang).into_iter().take(n).collect()).draw(theme, lang).unwrap()
            });
        }
        let long =
            vec!["A & <B>".to_owned(), "National economic and technological zones".to_owned()];
        trial::check_both(|theme, lang| chart(long.clone()).draw(theme, lang).unwrap());
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |chart: CorrelationMap| chart.draw(&theme, Lang::En).unwrap_err();
        let few = ChartError::TooFew { what: "components", found: 1, least: 2 };
        assert_eq!(draw(chart(vec!["A".to_owned()])), few);
        let many = vec!["A".to_owned(); 17];
        assert!(matches!(draw(chart(many)), ChartError::TooMany { .. }));
        let mut uneven = chart(vec!["A".to_owned(), "B".to_owned()]);
        uneven.values[1].push(None);
        assert!(matches!(draw(uneven), ChartError::Uneven { found: 2, wanted: 1, .. }));
    }

    #[test]
    fn alt_tells_pairs_or_extremes() {
        let mut small = chart(["A", "B", "C"].map(str::to_owned).to_vec());
        small.values = vec![vec![], vec![Some(0.5)], vec![None, Some(-0.25)]];
        assert_eq!(
            small.alt(Lang::En),
            "Map of correlations: scores of 3 components, pair by pair. A with B 0.50. B with C −0.25."
        );
        let large = chart(trial::cities(Lang::Zh).into_iter().take(8).collect());
        assert!(large.alt(Lang::Zh).contains("最强的五对与最弱（或最负）的三对："));
    }
}
