//! One bar for each period, its categories stacked to a hundred per cent.

use super::alt;
use super::canvas::{Anchor, Bounds, Canvas, Lettering, PT_PER_MM};
use super::error::{amounts, even, legible};
use super::legend::{self, Key, Placing};
use super::scale::{Scale, count};
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::fixed;

/// One category.
#[derive(Debug, Clone, PartialEq)]
pub struct MixPart {
    /// Its name, such as `大数据和云计算`.
    pub name: String,
    /// Its amount in each period, zero or more; shares are formed here.
    pub values: Vec<f64>,
}

/// How a mix of categories changes from period to period.
#[derive(Debug, Clone, PartialEq)]
pub struct YearMix {
    /// What is divided, such as `技术合作关系的技术类别构成`.
    pub subject: String,
    /// Names of the periods, from top to bottom.
    pub periods: Vec<String>,
    /// The categories, from left to right.
    pub parts: Vec<MixPart>,
    /// Decimals of the printed shares.
    pub decimals: usize,
    /// Printed width.
    pub width_mm: f64,
}

const PITCH: f64 = 16.0;
const LEAST_PITCH: f64 = 11.5;
const MOST_HEIGHT: f64 = 230.0 * PT_PER_MM;
const FOOT: f64 = 15.0;

impl YearMix {
    /// The most periods that stay legible on one page.
    pub const MOST_PERIODS: usize = 50;
    /// The most categories that stay legible.
    pub const MOST_PARTS: usize = 6;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::Uneven`],
    /// [`ChartError::NotFinite`], [`ChartError::Negative`] or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        self.screen()?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let (label, axis, grid) = (canvas.label(), canvas.axis(), canvas.grid());
        let small = Lettering { size: theme.least_size, ..canvas.value() };
        let entries: Vec<(Key, String)> = self
            .parts
            .iter()
            .zip(theme.categorical)
            .map(|(part, colour)| (Key::Fill(colour), part.name.clone()))
            .collect();
        let across = (0.0, canvas.width);
        let head = legend::draw(&mut canvas, &entries, across, 0.0, Placing::Left) + 3.0;
        let rows = count(self.periods.len());
        let pitch = PITCH.min((MOST_HEIGHT - head - FOOT) / rows).max(LEAST_PITCH);
        let bottom = head + pitch * rows;
        let room = canvas.width * 0.25;
        let names = canvas.widest(self.periods.iter().map(String::as_str), label).min(room);
        let (left, right) = (names + 6.0, canvas.width - 1.0);
        if right < left + 80.0 {
            return Err(ChartError::TooNarrow);
        }
        let x = Scale::new((0.0, 100.0), (left, right));
        let (ticks, _) = x.ticks(if right - left > 260.0 { 10 } else { 5 });
        for tick in ticks {
            canvas.path([(x.at(tick), head), (x.at(tick), bottom)], grid);
            let text = format!("{}%", fixed(tick, 0, lang));
            canvas.tick(&text, (x.at(tick), bottom + 8.5), axis);
        }
        for (row, period) in self.periods.iter().enumerate() {
            let top = head + pitch * count(row);
            let y = top + pitch / 2.0;
            let name = canvas.fit(period, room, label);
            canvas.text(&name, (names, y), Anchor::End, label);
            let Some(shares) = self.shares(row) else {
                canvas.text("—", (left + 4.0, y), Anchor::Start, axis);
                continue;
            };
            let mut from = 0.0;
            for (share, colour) in shares.into_iter().zip(theme.categorical) {
                let b = Bounds {
                    left: x.at(from),
                    top: top + 1.0,
                    right: x.at(from + share),
                    bottom: top + pitch - 1.0,
                };
                from += share;
                canvas.fill(b, colour);
                let text = fixed(share, self.decimals, lang);
                if canvas.width_of(&text, small) + 3.0 <= b.right - b.left {
                    let lettering = Lettering { colour: colour.ink_on(), ..small };
                    let middle = f64::midpoint(b.left, b.right);
                    canvas.text(&text, (middle, y), Anchor::Middle, lettering);
                }
            }
        }
        canvas.finish(bottom + FOOT)
    }

    fn screen(&self) -> Result<(), ChartError> {
        legible("periods", self.periods.len(), Self::MOST_PERIODS)?;
        legible("categories", self.parts.len(), Self::MOST_PARTS)?;
        for part in &self.parts {
            even(&part.name, part.values.len(), self.periods.len())?;
            amounts(&part.name, &part.values)?;
        }
        Ok(())
    }

    /// The shares of a period in per cent, none if there is nothing to divide.
    fn shares(&self, period: usize) -> Option<Vec<f64>> {
        let all: f64 = self.parts.iter().map(|part| part.values[period]).sum();
        let share = |part: &MixPart| part.values[period] / all * 100.0;
        (all > 0.0 && all.is_finite()).then(|| self.parts.iter().map(share).collect())
    }

    /// Tells the chart in prose: every share of the first and of the last period.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let n = self.periods.len();
        let subject = &self.subject;
        let heading = match lang {
            Lang::Zh => format!("百分比堆积条形图：{subject}，共{n}个时期"),
            Lang::En => {
                let periods = alt::counted(n, "", "period", "periods", lang);
                format!("Stacked bars to 100%: {subject} in {periods}")
            }
        };
        let mut ends = vec![0];
        if n > 1 {
            ends.push(n - 1);
        }
        let told: Vec<String> = ends
            .into_iter()
            .filter(|&period| period < n)
            .map(|period| {
                let items = match self.shares(period) {
                    None => alt::number(None, 0, lang),
                    Some(shares) => {
                        let item = |(part, share): (&MixPart, f64)| {
                            alt::item(
                                &part.name,
                                &alt::measured(share, self.decimals, "%", lang),
                                lang,
                            )
                        };
                        let items: Vec<String> = self.parts.iter().zip(shares).map(item).collect();
                        alt::list(&items, lang)
                    }
                };
                match lang {
                    Lang::Zh => format!("{}：{items}", self.periods[period]),
                    Lang::En => format!("{}: {items}", self.periods[period]),
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

    fn chart(periods: usize, parts: Vec<(&str, f64)>) -> YearMix {
        let part = |(name, value): (&str, f64)| MixPart {
            name: name.to_owned(),
            values: (0..periods).map(|i| value * count(i % 3 + 1)).collect(),
        };
        YearMix {
            subject: "relations by technology".to_owned(),
            periods: (0..periods).map(|i| (2014 + i).to_string()).collect(),
            parts: parts.into_iter().map(part).collect(),
            decimals: 1,
            width_mm: TEXT_BLOCK_MM,
        }
    }

    #[test]
    fn all_sizes_are_legible() {
        let parts = [("大数据和云计算", 46.5), ("Robots", 6.4), ("5G", 0.01), ("Zero", 0.0)];
        for (periods, n, width_mm) in [(1, 1, 62.0), (9, 4, 76.0), (50, 4, TEXT_BLOCK_MM)] {
            let chart = YearMix { width_mm, ..chart(periods, parts[..n].to_vec()) };
            trial::check_both(|theme, lang| chart.draw(theme, lang).unwrap());
        }
        let nothing = chart(2, vec![("A", 0.0)]);
        trial::check_both(|theme, lang| nothing.draw(theme, lang).unwrap());
    }

    #[test]
    fn shares_are_of_their_period() {
        let shares = chart(2, vec![("A", 3.0), ("B", 1.0)]).shares(1).unwrap();
        assert_eq!(shares, [75.0, 25.0]);
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |chart: YearMix| chart.draw(&theme, Lang::En).unwrap_err();
        assert_eq!(draw(chart(0, vec![("A", 1.0)])), ChartError::Empty);
        assert_eq!(draw(chart(1, vec![])), ChartError::Empty);
        let label = || "A".to_owned();
        assert_eq!(draw(chart(1, vec![("A", -1.0)])), ChartError::Negative { label: label() });
        let infinite = draw(chart(1, vec![("A", f64::INFINITY)]));
        assert_eq!(infinite, ChartError::NotFinite { label: label() });
    }

    #[test]
    fn alt_tells_both_ends() {
        let mut spec = chart(3, vec![("Cloud", 3.0), ("5G", 1.0)]);
        assert_eq!(
            spec.alt(Lang::En),
            "Stacked bars to 100%: relations by technology in 3 periods. 2014: Cloud (75.0%) and \
             5G (25.0%). 2016: Cloud (75.0%) and 5G (25.0%)."
        );
        spec.subject = "技术类别构成".to_owned();
        spec.parts[0].name = "云计算".to_owned();
        spec.periods.truncate(1);
        assert_eq!(
            spec.alt(Lang::Zh),
            "百分比堆积条形图：技术类别构成，共1个时期。2014：云计算75.0%和5G 25.0%。"
        );
    }
}
