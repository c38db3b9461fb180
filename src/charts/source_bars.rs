//! Sources of uncertainty: how much of the variance each accounts for, alone and in total.

use super::alt;
use super::canvas::{Anchor, Bounds, Canvas, Lettering, Stroke};
use super::error::{finite, legible};
use super::legend::{self, Key, Placing};
use super::scale::{Scale, count};
use super::theme::Colour;
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::fixed;

/// A share with its interval, as a fraction of one.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The estimate.
    pub value: f64,
    /// Lower end of its interval.
    pub low: f64,
    /// Upper end of its interval.
    pub high: f64,
}

/// One source of uncertainty.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceRow {
    /// Name of the source.
    pub label: String,
    /// Alone.
    pub first: Share,
    /// Together with the others.
    pub total: Share,
}

/// Two bars for each source, with whiskers for the intervals.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceBars {
    /// What varies, such as `位次变动`.
    pub subject: String,
    /// The sources, from top to bottom.
    pub rows: Vec<SourceRow>,
    /// Printed width.
    pub width_mm: f64,
}

const PITCH: f64 = 20.0;
const FOOT: f64 = 15.0;
const HALF: f64 = 3.9;

impl SourceBars {
    /// The most sources on one page.
    pub const MOST: usize = 20;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::NotFinite`] or
    /// [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        legible("sources", self.rows.len(), Self::MOST)?;
        for row in &self.rows {
            let all = [row.first, row.total].map(|s| [s.value, s.low, s.high]);
            finite(&row.label, all.as_flattened())?;
        }
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let (label, value) = (canvas.label(), canvas.value());
        let across = (0.0, canvas.width);
        let keys = [Self::first_colour(theme), Self::total_colour(theme)].map(Key::Fill);
        let entries: Vec<(Key, String)> =
            keys.into_iter().zip(Self::words(lang).map(str::to_owned)).collect();
        let head = legend::draw(&mut canvas, &entries, across, 0.0, Placing::Left) + 4.0;
        let bottom = head + PITCH * count(self.rows.len());

        let room = canvas.width * 0.34;
        let names: Vec<Vec<String>> =
            self.rows.iter().map(|row| canvas.wrap(&row.label, room, 2, label)).collect();
        let left = canvas.widest(names.iter().flatten().map(String::as_str), label) + 8.0;
        let right = canvas.width - canvas.width_of("100.0%", value.bold()) - 10.0;
        if right < left + 60.0 {
            return Err(ChartError::TooNarrow);
        }
        let ends = || self.rows.iter().flat_map(|r| [r.first, r.total]);
        let high = ends().map(|s| s.high.max(s.value)).fold(0.1, f64::max);
        let low = ends().map(|s| s.low.min(s.value)).fold(0.0, f64::min);
        let scale = Scale::new((low, high), (left, right));
        let (axis, grid) = (canvas.axis(), canvas.grid());
        let (ticks, _) = scale.ticks(5);
        for tick in ticks {
            let x = scale.at(tick);
            canvas.path([(x, head), (x, bottom)], grid);
            canvas.tick(&percent(tick, 0, lang), (x, bottom + 8.5), axis);
        }
        for (i, (row, name)) in self.rows.iter().zip(&names).enumerate() {
            let y = head + PITCH * (count(i) + 0.5);
            canvas.lines(name, (left - 8.0, y), Anchor::End, label);
            let bars = [
                (row.first, Self::first_colour(theme), y - HALF - 1.0),
                (row.total, Self::total_colour(theme), y + HALF + 1.0),
            ];
            for (share, colour, middle) in bars {
                Self::bar(&mut canvas, &scale, share, colour, middle);
                let text = percent(share.value, 1, lang);
                canvas.text(&text, (canvas.width, middle), Anchor::End, Lettering { ..value });
            }
        }
        let zero = scale.at(0.0);
        canvas.path([(zero, head), (zero, bottom)], Stroke::new(theme.muted, 0.6));
        canvas.finish(bottom + FOOT)
    }

    fn first_colour(theme: &Theme) -> Colour {
        theme.accent
    }

    fn total_colour(theme: &Theme) -> Colour {
        theme.quiet
    }

    const fn words(lang: Lang) -> [&'static str; 2] {
        match lang {
            Lang::Zh => ["单独起作用的部分（一阶）", "连同与其他来源的相互作用（总阶）"],
            Lang::En => ["Alone (first order)", "With its interactions (total order)"],
        }
    }

    fn bar(canvas: &mut Canvas<'_>, scale: &Scale, share: Share, colour: Colour, y: f64) {
        let (zero, end) = (scale.at(0.0), scale.at(share.value));
        let (left, right) = (zero.min(end), zero.max(end));
        canvas.fill(Bounds { left, right, top: y - HALF, bottom: y + HALF }, colour);
        let stroke = Stroke::new(canvas.theme.ink, 0.8);
        let (low, high) = (scale.at(share.low), scale.at(share.high));
        canvas.path([(low, y), (high, y)], stroke);
        for x in [low, high] {
            canvas.path([(x, y - 2.0), (x, y + 2.0)], stroke);
        }
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let subject = &self.subject;
        let heading = match lang {
            Lang::Zh => format!("条形图：各来源在{subject}方差中所占的份额及其5%—95%区间"),
            Lang::En => format!(
                "Bar chart: share of each source in the variance of {}, with 5–95% intervals",
                alt::inside(subject)
            ),
        };
        let told: Vec<String> = self
            .rows
            .iter()
            .map(|row| {
                let shown = |s: Share| {
                    let [v, l, h] = [s.value, s.low, s.high].map(|x| percent(x, 1, lang));
                    match lang {
                        Lang::Zh => format!("{v}（{l}至{h}）"),
                        Lang::En => format!("{v} ({l} to {h})"),
                    }
                };
                let (label, first, total) = (&row.label, shown(row.first), shown(row.total));
                match lang {
                    Lang::Zh => format!("{label}单独{first}，总计{total}"),
                    Lang::En => format!("{label} alone {first}, in total {total}"),
                }
            })
            .collect();
        alt::prose(&heading, &told, lang)
    }
}

fn percent(share: f64, decimals: usize, lang: Lang) -> String {
    format!("{}%", fixed(share * 100.0, decimals, lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn row(label: &str, first: f64, total: f64) -> SourceRow {
        let share = |value: f64| Share { value, low: value - 0.04, high: value + 0.05 };
        SourceRow { label: label.to_owned(), first: share(first), total: share(total) }
    }

    fn chart(rows: Vec<SourceRow>) -> SourceBars {
        SourceBars { subject: "Rank changes".to_owned(), rows, width_mm: TEXT_BLOCK_MM }
    }

    #[test]
    fn all_sizes_are_legible() {
        for n in [1, 6, 20] {
            trial::check_both(|theme, lang| {
                let one = row("A & <B> weights of the dimensions 维度权重", 0.35, 0.51);
                chart(vec![one; n]).draw(theme, lang).unwrap()
            });
        }
        let odd = vec![row("below zero", -0.03, 0.0), row("all", 1.0, 1.02)];
        trial::check_both(|theme, lang| chart(odd.clone()).draw(theme, lang).unwrap());
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        assert_eq!(chart(vec![]).draw(&theme, Lang::En), Err(ChartError::Empty));
        let nan = chart(vec![row("A", f64::NAN, 0.5)]).draw(&theme, Lang::En);
        assert_eq!(nan, Err(ChartError::NotFinite { label: "A".to_owned() }));
    }

    #[test]
    fn alt_tells_both_shares() {
        let chart = chart(vec![row("Values", 0.35, 0.5)]);
        assert_eq!(
            chart.alt(Lang::En),
            "Bar chart: share of each source in the variance of rank changes, with 5–95% \
             intervals. Values alone 35.0% (31.0% to 40.0%), in total 50.0% (46.0% to 55.0%)."
        );
        assert!(chart.alt(Lang::Zh).contains("Values单独35.0%（31.0%至40.0%），总计"));
    }
}
