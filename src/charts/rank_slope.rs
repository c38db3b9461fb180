//! Slopes: the ranks of each city in several years, joined by lines.

use super::alt;
use super::canvas::{Anchor, Canvas, PT_PER_MM, Stroke};
use super::error::{even, legible};
use super::legend::{self, Key, Placing};
use super::scale::count;
use super::theme::Colour;
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;

/// Where a city stands in one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlopePlace {
    /// Line of the chart from the top, from 0; equals stand on lines of their own.
    pub line: usize,
    /// Its rank.
    pub rank: u32,
}

/// One city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlopeRow {
    /// Name of the unit.
    pub label: String,
    /// Its place in each year; `None` where it has no rank.
    pub places: Vec<Option<SlopePlace>>,
}

/// Ranks by year, the first at the top, each city's joined by a line.
#[derive(Debug, Clone, PartialEq)]
pub struct RankSlope {
    /// What is ranked, such as `总指数位次`.
    pub subject: String,
    /// Names of the years, from left to right.
    pub years: Vec<String>,
    /// The cities.
    pub rows: Vec<SlopeRow>,
    /// Printed width.
    pub width_mm: f64,
}

const PITCH: f64 = 13.0;
const LEAST_PITCH: f64 = 10.5;
const MOST_HEIGHT: f64 = 225.0 * PT_PER_MM;
const HEAD: f64 = 17.0;

/// Which way a city went from the first year in which it is ranked to the last.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
    Level,
}

impl SlopeRow {
    /// Its first and last rank.
    fn ends(&self) -> Option<(u32, u32)> {
        let mut ranks = self.places.iter().flatten().map(|place| place.rank);
        let first = ranks.next()?;
        Some((first, ranks.next_back().unwrap_or(first)))
    }

    fn way(&self) -> Way {
        match self.ends() {
            Some((first, last)) if last < first => Way::Up,
            Some((first, last)) if last > first => Way::Down,
            _ => Way::Level,
        }
    }
}

impl Way {
    fn colour(self, theme: &Theme) -> Colour {
        match self {
            Self::Up => theme.accent,
            Self::Down => theme.highlight,
            Self::Level => theme.muted,
        }
    }

    fn stroke(self, theme: &Theme) -> Stroke {
        Stroke::new(self.colour(theme), if self == Self::Level { 0.9 } else { 1.7 })
    }
}

impl RankSlope {
    /// The most cities that stay legible on one page.
    pub const MOST: usize = 50;
    /// The most years that stay apart.
    pub const MOST_YEARS: usize = 8;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::Uneven`], [`ChartError::Rank`]
    /// for a rank of zero, or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        self.screen()?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let label = canvas.label();
        let across = (0.0, canvas.width);
        let above =
            legend::draw(&mut canvas, &self.entries(theme, lang), across, 0.0, Placing::Left);
        let head = above + 3.0 + HEAD;
        let places = self.rows.iter().flat_map(|row| row.places.iter().flatten());
        let lines = places.map(|place| place.line + 1).max().unwrap_or(1);
        let pitch = PITCH.min((MOST_HEIGHT - head) / count(lines)).max(LEAST_PITCH);
        let y_of = |line: usize| head + pitch * (count(line) + 0.5);

        let room = canvas.width * 0.28;
        let widest = canvas.widest(self.rows.iter().map(|row| row.label.as_str()), label.bold());
        let digits = canvas.width_of("000", label);
        let side = widest.min(room) + digits + 13.0;
        let (from, to) = (side, canvas.width - side);
        if to < from + 45.0 * count(self.years.len() - 1) {
            return Err(ChartError::TooNarrow);
        }
        let last = self.years.len() - 1;
        let x_of = |year: usize| from + (to - from) * count(year) / count(last);
        let lettering = canvas.axis();
        for (year, name) in self.years.iter().enumerate() {
            canvas.tick(name, (x_of(year), above + 3.0 + HEAD / 2.0), lettering.bold());
            let grid = canvas.grid();
            canvas.path([(x_of(year), head), (x_of(year), head + pitch * count(lines))], grid);
        }
        // What has not moved lies below what has.
        for wanted in [Way::Level, Way::Down, Way::Up] {
            for row in self.rows.iter().filter(|row| row.way() == wanted) {
                let stroke = wanted.stroke(theme);
                for (year, pair) in row.places.windows(2).enumerate() {
                    if let [Some(a), Some(b)] = pair {
                        let (a, b) = ((x_of(year), y_of(a.line)), (x_of(year + 1), y_of(b.line)));
                        canvas.path([a, b], stroke);
                    }
                }
                for (year, place) in row.places.iter().enumerate() {
                    let Some(place) = place else { continue };
                    let at = (x_of(year), y_of(place.line));
                    canvas.disc(at, 2.8, wanted.colour(theme), 1.0);
                }
            }
        }
        for row in &self.rows {
            let name = canvas.fit(&row.label, room, label);
            let lettering = if row.way() == Way::Level { label } else { label.bold() };
            for (year, anchor, turn) in [(0, Anchor::End, -1.0), (last, Anchor::Start, 1.0)] {
                let Some(place) = row.places[year] else { continue };
                let (x, y) = (x_of(year), y_of(place.line));
                canvas.text(&place.rank.to_string(), (x + turn * 6.0, y), anchor, lettering);
                canvas.text(&name, (x + turn * (digits + 10.0), y), anchor, lettering);
            }
        }
        canvas.finish(head + pitch * count(lines) + 2.0)
    }

    fn screen(&self) -> Result<(), ChartError> {
        legible("units", self.rows.len(), Self::MOST)?;
        legible("years", self.years.len(), Self::MOST_YEARS)?;
        if self.years.len() < 2 {
            return Err(ChartError::Empty);
        }
        for row in &self.rows {
            even(&row.label, row.places.len(), self.years.len())?;
            if row.places.iter().flatten().any(|place| place.rank == 0) {
                return Err(ChartError::Rank { label: row.label.clone(), rank: 0 });
            }
        }
        Ok(())
    }

    fn entries(&self, theme: &Theme, lang: Lang) -> Vec<(Key, String)> {
        let ways = [Way::Up, Way::Down, Way::Level].into_iter();
        let shown = ways.filter(|&way| self.rows.iter().any(|row| row.way() == way));
        let entries = shown.map(|way| {
            let word = match (lang, way) {
                (Lang::Zh, Way::Up) => "上升",
                (Lang::Zh, Way::Down) => "下降",
                (Lang::Zh, Way::Level) => "持平",
                (Lang::En, Way::Up) => "Up",
                (Lang::En, Way::Down) => "Down",
                (Lang::En, Way::Level) => "Unchanged",
            };
            (Key::Line(way.stroke(theme)), word.to_owned())
        });
        entries.collect()
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let (subject, cities) = (&self.subject, alt::cities(self.rows.len(), lang));
        let years = alt::list(&self.years, lang);
        let heading = match lang {
            Lang::Zh => format!("斜率图：{cities}的{subject}，{years}"),
            Lang::En => format!("Slope chart: {subject} of {cities}, {years}"),
        };
        let told = alt::ends(&self.rows, lang, |row| {
            let label = &row.label;
            match (row.ends(), lang) {
                (None, Lang::Zh) => format!("{label}无位次"),
                (None, Lang::En) => format!("{label} not ranked"),
                (Some((a, b)), Lang::Zh) if a == b => format!("{label}第{a}"),
                (Some((a, b)), Lang::En) if a == b => format!("{label} {a}"),
                (Some((a, b)), Lang::Zh) => format!("{label}由第{a}到第{b}"),
                (Some((a, b)), Lang::En) => format!("{label} from {a} to {b}"),
            }
        });
        alt::prose(&heading, &told, lang)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn chart(years: &[&str], rows: Vec<(String, Vec<Option<u32>>)>) -> RankSlope {
        let place = |rank: u32| SlopePlace { line: rank.saturating_sub(1) as usize, rank };
        let rows = rows.into_iter().map(|(label, ranks)| SlopeRow {
            label,
            places: ranks.into_iter().map(|rank| rank.map(place)).collect(),
        });
        RankSlope {
            subject: "composite index rank".to_owned(),
            years: years.iter().map(|&year| year.to_owned()).collect(),
            rows: rows.collect(),
            width_mm: TEXT_BLOCK_MM,
        }
    }

    #[test]
    fn all_sizes_are_legible() {
        for n in [1, 2, 20, 50] {
            trial::check_both(|theme, lang| {
                let names = trial::cities(lang).into_iter().cycle();
                let ranks = (1..=n).map(|i| vec![Some(i), Some((i * 7) % n + 1), Some(n + 1 - i)]);
                let rows = names.zip(ranks).collect();
                chart(&["2020", "2021", "2022"], rows).draw(theme, lang).unwrap()
            });
        }
        let gaps = vec![
            ("A & <B>".to_owned(), vec![None, Some(1)]),
            ("C".to_owned(), vec![Some(2), None]),
        ];
        trial::check_both(|theme, lang| {
            chart(&["2021", "2022"], gaps.clone()).draw(theme, lang).unwrap()
        });
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let one = |ranks: Vec<Option<u32>>| vec![("A".to_owned(), ranks)];
        let draw = |years: &[&str], rows| chart(years, rows).draw(&theme, Lang::En).unwrap_err();
        assert_eq!(draw(&["2021", "2022"], vec![]), ChartError::Empty);
        assert_eq!(draw(&["2022"], one(vec![Some(1)])), ChartError::Empty);
        assert!(matches!(draw(&["2021", "2022"], one(vec![Some(1)])), ChartError::Uneven { .. }));
        let zero = draw(&["2021", "2022"], one(vec![Some(0), Some(1)]));
        assert_eq!(zero, ChartError::Rank { label: "A".to_owned(), rank: 0 });
    }

    #[test]
    fn alt_tells_each_city() {
        let rows = vec![
            ("Beijing".to_owned(), vec![Some(2), Some(1)]),
            ("Wuhan".to_owned(), vec![Some(3), Some(3)]),
            ("Xi'an".to_owned(), vec![None, None]),
        ];
        let slope = chart(&["2021", "2022"], rows);
        assert_eq!(
            slope.alt(Lang::En),
            "Slope chart: composite index rank of 3 cities, 2021 and 2022. Beijing from 2 to 1. \
             Wuhan 3. Xi'an not ranked."
        );
    }
}
