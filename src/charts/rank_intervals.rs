//! Rank intervals: how far the rank of each city varies, beside the rank it has in the report.

use super::alt;
use super::canvas::{Anchor, Bounds, Canvas, Lettering, PT_PER_MM, Stroke};
use super::error::{finite, legible};
use super::legend::{self, Key, Placing};
use super::scale::{Scale, count, round_step};
use super::theme::Colour;
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::{fixed, rank_span, shortest};

/// One city.
#[derive(Debug, Clone, PartialEq)]
pub struct RankInterval {
    /// Name of the unit.
    pub label: String,
    /// Its rank in the report.
    pub rank: u32,
    /// Median of its ranks.
    pub median: f64,
    /// Lower end of the interval, the better rank.
    pub low: f64,
    /// Upper end of the interval.
    pub high: f64,
    /// Position of its tier in the list of tiers.
    pub tier: Option<usize>,
}

/// A bar from one end of the interval to the other for each city, with its median and its rank;
/// rank 1 stands at the left.
#[derive(Debug, Clone, PartialEq)]
pub struct RankIntervals {
    /// What is ranked by, such as `总指数`.
    pub subject: String,
    /// What the bars show, such as `5%—95%区间`.
    pub interval_name: String,
    /// The cities, from top to bottom.
    pub rows: Vec<RankInterval>,
    /// Names of the tiers, best first; may be empty.
    pub tiers: Vec<String>,
    /// Printed width.
    pub width_mm: f64,
}

const PITCH: f64 = 11.4;
const LEAST_PITCH: f64 = 10.0;
const MOST_HEIGHT: f64 = 220.0 * PT_PER_MM;
const HEAD: f64 = 15.0;

impl RankIntervals {
    /// The most cities that stay legible on one page.
    pub const MOST: usize = 40;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::NotFinite`],
    /// [`ChartError::Rank`] for a rank of zero, or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        legible("units", self.rows.len(), Self::MOST)?;
        for row in &self.rows {
            finite(&row.label, [&row.median, &row.low, &row.high])?;
            if row.rank == 0 {
                return Err(ChartError::Rank { label: row.label.clone(), rank: 0 });
            }
        }
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let across = (0.0, canvas.width);
        let entries = self.entries(theme, lang);
        let above = legend::draw(&mut canvas, &entries, across, 0.0, Placing::Left) + 2.0;
        let head = above + HEAD;
        let rows = count(self.rows.len());
        let pitch = PITCH.min((MOST_HEIGHT - head - 3.0) / rows).max(LEAST_PITCH);
        let bottom = head + pitch * rows;

        let (from, to) = self.columns(&mut canvas, (above, head, pitch));
        if to < from + 60.0 {
            return Err(ChartError::TooNarrow);
        }
        let worst = self.rows.iter().map(|r| r.high.max(f64::from(r.rank))).fold(2.0, f64::max);
        let scale = Scale::new((1.0, worst), (from, to));
        Self::axis(&mut canvas, &scale, worst, (above + HEAD / 2.0, head, bottom));
        for (i, row) in self.rows.iter().enumerate() {
            let y = head + pitch * (count(i) + 0.5);
            let (low, high) = (scale.at(row.low) - 3.0, scale.at(row.high) + 3.0);
            let half = pitch * 0.26;
            let b = Bounds { left: low, top: y - half, right: high, bottom: y + half };
            canvas.fill(b, self.colour(theme, row.tier));
            let x = scale.at(row.median);
            canvas.path([(x, y - half - 1.6), (x, y + half + 1.6)], Stroke::new(theme.ink, 1.4));
            Key::Ring(theme.ink, 2.5).draw(&mut canvas, (scale.at(f64::from(row.rank)), y));
        }
        canvas.finish(bottom + 3.0)
    }

    /// Letters ranks, names and intervals; returns the ends of the plot.
    fn columns(
        &self,
        canvas: &mut Canvas<'_>,
        (above, head, pitch): (f64, f64, f64),
    ) -> (f64, f64) {
        let (label, value) = (canvas.label(), canvas.value());
        let quiet = Lettering { colour: canvas.theme.muted, ..label };
        let ranks: Vec<String> = self.rows.iter().map(|row| row.rank.to_string()).collect();
        let ranks_right = canvas.widest(ranks.iter().map(String::as_str), quiet);
        let room = canvas.width * 0.3;
        let names_left = ranks_right + 6.0;
        let mut names_right = names_left;
        let title = match canvas.lang {
            Lang::Zh => "位次区间",
            Lang::En => "Interval",
        };
        let axis = canvas.axis();
        let intervals: Vec<String> =
            self.rows.iter().map(|row| rank_span(row.low, row.high, canvas.lang)).collect();
        let widest = canvas.widest(intervals.iter().map(String::as_str), value);
        let width = widest.max(canvas.width_of(title, axis));
        let middle = canvas.width - width / 2.0;
        canvas.text(title, (middle, above + HEAD / 2.0), Anchor::Middle, axis);
        let rows = self.rows.iter().zip(&ranks).zip(&intervals);
        for (i, ((row, rank), interval)) in rows.enumerate() {
            let y = head + pitch * (count(i) + 0.5);
            canvas.text(rank, (ranks_right, y), Anchor::End, quiet);
            let name = canvas.fit(&row.label, room, label);
            let drawn = canvas.text(&name, (names_left, y), Anchor::Start, label);
            names_right = names_right.max(drawn.right);
            canvas.text(interval, (middle, y), Anchor::Middle, value);
        }
        (names_right + 12.0, canvas.width - width - 12.0)
    }

    fn colour(&self, theme: &Theme, tier: Option<usize>) -> Colour {
        tier.map_or(theme.quiet, |tier| theme.tier_at(tier, self.tiers.len()))
    }

    fn entries(&self, theme: &Theme, lang: Lang) -> Vec<(Key, String)> {
        let (rank, median) = match lang {
            Lang::Zh => ("报告位次", "中位数"),
            Lang::En => ("Rank in this report", "Median"),
        };
        let mut entries = vec![
            (Key::Ring(theme.ink, 2.5), rank.to_owned()),
            (Key::Tick(theme.ink), median.to_owned()),
        ];
        if self.tiers.is_empty() {
            entries.push((Key::Fill(theme.quiet), self.interval_name.clone()));
        }
        for (i, tier) in self.tiers.iter().enumerate() {
            let name = match i {
                0 => joined(&self.interval_name, tier, lang),
                _ => tier.clone(),
            };
            entries.push((Key::Fill(self.colour(theme, Some(i))), name));
        }
        entries
    }

    fn axis(canvas: &mut Canvas<'_>, scale: &Scale, worst: f64, (y, top, bottom): (f64, f64, f64)) {
        let (lettering, grid) = (canvas.axis(), canvas.grid());
        let (step, _) = round_step((worst / 6.0).max(1.0));
        let mut tick = 1.0;
        while tick <= worst {
            let x = scale.at(tick);
            canvas.path([(x, top), (x, bottom)], grid);
            canvas.tick(&fixed(tick, 0, canvas.lang), (x, y), lettering);
            // From rank 1 to the round ranks: 1, 5, 10 and not 1, 6, 11.
            tick = if tick < step { step } else { tick + step };
        }
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let (subject, interval) = (&self.subject, &self.interval_name);
        let cities = alt::cities(self.rows.len(), lang);
        let heading = match lang {
            Lang::Zh => format!("区间图：{cities}的{subject}位次及其{interval}"),
            Lang::En => {
                format!("Interval chart: {subject} ranks of {cities}, {}", alt::inside(interval))
            }
        };
        let told = alt::ends(&self.rows, lang, |row| {
            let (label, rank) = (&row.label, row.rank);
            let median = shortest(row.median, lang);
            let interval = rank_span(row.low, row.high, lang);
            match lang {
                Lang::Zh => format!("{label}第{rank}，中位数{median}，区间{interval}"),
                Lang::En => format!("{label} {rank}, median {median}, interval {interval}"),
            }
        });
        alt::prose(&heading, &told, lang)
    }
}

/// What a key stands for, and the first of the tiers whose colours it takes.
fn joined(what: &str, tier: &str, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{what}：{tier}"),
        Lang::En => format!("{what}: {tier}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn row(label: &str, rank: u32, median: f64, low: f64, high: f64) -> RankInterval {
        let tier = Some(usize::try_from(rank).unwrap() % 3);
        RankInterval { label: label.to_owned(), rank, median, low, high, tier }
    }

    fn chart(rows: Vec<RankInterval>) -> RankIntervals {
        RankIntervals {
            subject: "Composite index".to_owned(),
            interval_name: "5–95 % interval".to_owned(),
            rows,
            tiers: ["Tier 1", "Tier 2", "Tier 3"].map(str::to_owned).to_vec(),
            width_mm: TEXT_BLOCK_MM,
        }
    }

    #[test]
    fn all_sizes_are_legible() {
        for n in [1, 2, 20, 40] {
            trial::check_both(|theme, lang| {
                let names = trial::cities(lang).into_iter().cycle();
                let rows = (1..=n)
                    .zip(names)
                    .map(|(i, name)| {
                        let r = f64::from(i);
                        row(&name, i, r + 0.5, (r - 3.0).max(1.0), r + 4.0)
                    })
                    .collect();
                chart(rows).draw(theme, lang).unwrap()
            });
        }
        let mut plain = chart(vec![row("A & <B>", 300, 300.0, 280.5, 337.0)]);
        plain.tiers.clear();
        plain.rows[0].tier = None;
        trial::check_both(|theme, lang| plain.draw(theme, lang).unwrap());
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |rows| chart(rows).draw(&theme, Lang::En).unwrap_err();
        assert_eq!(draw(vec![]), ChartError::Empty);
        assert_eq!(
            draw(vec![row("A", 0, 1.0, 1.0, 1.0)]),
            ChartError::Rank { label: "A".to_owned(), rank: 0 }
        );
        assert_eq!(
            draw(vec![row("A", 1, f64::NAN, 1.0, 1.0)]),
            ChartError::NotFinite { label: "A".to_owned() }
        );
        let many = vec![row("A", 1, 1.0, 1.0, 1.0); 41];
        assert!(matches!(draw(many), ChartError::TooMany { most: 40, .. }));
    }

    #[test]
    fn alt_tells_rank_median_and_interval() {
        let rows = vec![row("Beijing", 1, 1.0, 1.0, 1.0), row("Suzhou", 7, 8.0, 6.0, 13.0)];
        assert_eq!(
            chart(rows.clone()).alt(Lang::En),
            "Interval chart: Composite index ranks of 2 cities, 5–95 % interval. Beijing 1, \
             median 1, interval 1. Suzhou 7, median 8, interval 6–13."
        );
        let zh = RankIntervals {
            subject: "总指数".to_owned(),
            interval_name: "5%—95%区间".to_owned(),
            ..chart(rows)
        };
        assert!(
            zh.alt(Lang::Zh).ends_with("Suzhou第7，中位数8，区间6–13。"),
            "{}",
            zh.alt(Lang::Zh)
        );
    }
}
