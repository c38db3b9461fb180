//! Dot strips: where one city stands among all, dimension by dimension.

use super::alt;
use super::canvas::{Anchor, Canvas, Lettering, PT_PER_MM, Stroke};
use super::error::{finite, legible};
use super::legend::{self, Key, Placing};
use super::scale::{Scale, count};
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::fixed;

/// One strip.
#[derive(Debug, Clone, PartialEq)]
pub struct PositionRow {
    /// Name of the dimension.
    pub label: String,
    /// Values of all units, in any order.
    pub values: Vec<f64>,
    /// Value of the unit the chart is about.
    pub focus: Option<f64>,
    /// Mean of the sample.
    pub mean: Option<f64>,
}

/// One strip per dimension: all units as small dots, one unit as a large one, the mean as a tick.
#[derive(Debug, Clone, PartialEq)]
pub struct PositionStrip {
    /// What is measured, such as `各维度得分`.
    pub subject: String,
    /// The strips, from top to bottom.
    pub rows: Vec<PositionRow>,
    /// Name of the unit the chart is about.
    pub focus_name: String,
    /// What the mean is called.
    pub mean_label: String,
    /// Decimals of every printed value.
    pub decimals: usize,
    /// Printed width.
    pub width_mm: f64,
}

const PITCH: f64 = 13.0;
const LEAST_PITCH: f64 = 13.0;
const MOST_HEIGHT: f64 = 230.0 * PT_PER_MM;
const FOOT: f64 = 15.0;

impl PositionStrip {
    /// The most strips that stay legible on one page.
    pub const MOST_ROWS: usize = 46;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::NotFinite`] or
    /// [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        legible("strips", self.rows.len(), Self::MOST_ROWS)?;
        for row in &self.rows {
            finite(&row.label, row.values.iter().chain(&row.focus).chain(&row.mean))?;
        }
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let (label, value) = (canvas.label(), canvas.value());
        let value = Lettering { colour: theme.accent, ..value }.bold();

        let entries = self.entries(theme, lang);
        let across = (0.0, canvas.width);
        let head = legend::draw(&mut canvas, &entries, across, 0.0, Placing::Left) + 3.0;
        let rows = count(self.rows.len());
        let pitch = PITCH.min((MOST_HEIGHT - head - FOOT) / rows).max(LEAST_PITCH);
        let bottom = head + pitch * rows;
        let line_count = if pitch >= 19.5 { 2 } else { 1 };

        let room = canvas.width * 0.31;
        let names: Vec<Vec<String>> =
            self.rows.iter().map(|row| canvas.wrap(&row.label, room, line_count, label)).collect();
        let left = canvas.widest(names.iter().flatten().map(String::as_str), label) + 10.0;
        let printed: Vec<String> = self
            .rows
            .iter()
            .map(|row| row.focus.map_or_else(|| "—".to_owned(), |v| fixed(v, self.decimals, lang)))
            .collect();
        let right = canvas.width - canvas.widest(printed.iter().map(String::as_str), value) - 10.0;
        if right < left + 60.0 {
            return Err(ChartError::TooNarrow);
        }
        let all = || self.rows.iter().flat_map(|r| r.values.iter().chain(&r.focus).chain(&r.mean));
        let low = all().copied().fold(0.0, f64::min);
        let high = all().copied().fold(100.0, f64::max);
        let scale = Scale::new((low, high), (left, right));

        let (axis, grid) = (canvas.axis(), canvas.grid());
        let (ticks, decimals) = scale.ticks(5);
        for tick in ticks {
            let x = scale.at(tick);
            canvas.path([(x, head), (x, bottom)], grid);
            let text = fixed(tick, decimals, lang);
            canvas.tick(&text, (x, bottom + 8.5), axis);
        }
        for (i, ((row, name), text)) in self.rows.iter().zip(&names).zip(&printed).enumerate() {
            let y = head + pitch * (count(i) + 0.5);
            canvas.lines(name, (left - 10.0, y), Anchor::End, label);
            canvas.path([(left, y), (right, y)], Stroke::new(theme.quiet, 0.5));
            for &v in &row.values {
                canvas.disc((scale.at(v), y), 1.9, theme.muted, 0.4);
            }
            if let Some(mean) = row.mean {
                Key::Tick(theme.ink).draw(&mut canvas, (scale.at(mean), y));
            }
            if let Some(focus) = row.focus {
                canvas.disc((scale.at(focus), y), 4.1, theme.paper, 1.0);
                canvas.disc((scale.at(focus), y), 3.4, theme.accent, 1.0);
            }
            canvas.text(text, (canvas.width, y), Anchor::End, value);
        }
        canvas.finish(bottom + FOOT)
    }

    fn entries(&self, theme: &Theme, lang: Lang) -> Vec<(Key, String)> {
        let all = match lang {
            Lang::Zh => "全部城市",
            Lang::En => "All cities",
        };
        let pale = theme.paper.mix(theme.muted, 0.55);
        let mut entries = vec![
            (Key::Disc(theme.accent, 3.4), self.focus_name.clone()),
            (Key::Disc(pale, 1.9), all.to_owned()),
        ];
        if self.rows.iter().any(|row| row.mean.is_some()) {
            entries.push((Key::Tick(theme.ink), self.mean_label.clone()));
        }
        entries
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let (subject, name) = (&self.subject, &self.focus_name);
        let n = self.rows.iter().map(|row| row.values.len()).max().unwrap_or(0);
        let cities = alt::cities(n, lang);
        let heading = match lang {
            Lang::Zh => format!("点阵图：{name}的{subject}及其在{cities}中的位置"),
            Lang::En => format!("Dot strips: {subject}, {name} among {cities}"),
        };
        let told = self.rows.iter().map(|row| self.strip(row, lang)).collect::<Vec<_>>();
        alt::prose(&heading, &told, lang)
    }

    fn strip(&self, row: &PositionRow, lang: Lang) -> String {
        let number = |v: f64| fixed(v, self.decimals, lang);
        let focus = alt::number(row.focus, self.decimals, lang);
        let mut items = vec![alt::name_and_number(&self.focus_name, &focus, lang)];
        if let Some(mean) = row.mean {
            let name = match lang {
                Lang::Zh => self.mean_label.clone(),
                Lang::En => self.mean_label.to_lowercase(),
            };
            items.push(alt::name_and_number(&name, &number(mean), lang));
        }
        if let (Some(&low), Some(&high)) = (
            row.values.iter().min_by(|a, b| a.total_cmp(b)),
            row.values.iter().max_by(|a, b| a.total_cmp(b)),
        ) {
            let (low, high) = (number(low), number(high));
            items.push(match lang {
                Lang::Zh => format!("全部城市介于{low}与{high}之间"),
                Lang::En => format!("all cities from {low} to {high}"),
            });
        }
        match lang {
            Lang::Zh => format!("{}：{}", row.label, items.join("，")),
            Lang::En => format!("{}: {}", row.label, items.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn row(label: &str, values: &[f64], focus: Option<f64>) -> PositionRow {
        PositionRow { label: label.to_owned(), values: values.to_vec(), focus, mean: Some(34.2) }
    }

    fn chart(rows: Vec<PositionRow>) -> PositionStrip {
        PositionStrip {
            subject: "Dimension scores".to_owned(),
            rows,
            focus_name: "Beijing".to_owned(),
            mean_label: "Sample mean".to_owned(),
            decimals: 1,
            width_mm: TEXT_BLOCK_MM,
        }
    }

    #[test]
    fn all_sizes_are_legible() {
        for n in [1, 12, 46] {
            trial::check_both(|theme, lang| {
                let one = row("A & <B> 政策环境", &[0.0, 50.0, 100.0], Some(50.0));
                chart(vec![one; n]).draw(theme, lang).unwrap()
            });
        }
        let odd = vec![
            row("none", &[], None),
            row("far", &[-20.0, 1234.5], Some(-20.0)),
            row("equal", &[5.0; 20], Some(5.0)),
        ];
        trial::check_both(|theme, lang| chart(odd.clone()).draw(theme, lang).unwrap());
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        assert_eq!(chart(vec![]).draw(&theme, Lang::En), Err(ChartError::Empty));
        let nan = chart(vec![row("A", &[f64::NAN], None)]);
        assert_eq!(
            nan.draw(&theme, Lang::En),
            Err(ChartError::NotFinite { label: "A".to_owned() })
        );
    }

    #[test]
    fn alt_tells_each_strip() {
        let mut strip =
            chart(vec![row("Talent", &[12.0, 78.3], Some(78.3)), row("Funds", &[], None)]);
        assert_eq!(
            strip.alt(Lang::En),
            "Dot strips: Dimension scores, Beijing among 2 cities. Talent: Beijing 78.3, \
             sample mean 34.2, all cities from 12.0 to 78.3. Funds: Beijing no data, \
             sample mean 34.2."
        );
        strip.subject = "各维度得分".to_owned();
        strip.focus_name = "北京".to_owned();
        strip.mean_label = "样本均值".to_owned();
        strip.rows.truncate(1);
        strip.rows[0].label = "人才".to_owned();
        assert_eq!(
            strip.alt(Lang::Zh),
            "点阵图：北京的各维度得分及其在2个城市中的位置。人才：北京78.3，样本均值34.2，\
             全部城市介于12.0与78.3之间。"
        );
    }
}
