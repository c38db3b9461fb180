//! Horizontal bars of a ranking, best on top, with the mean of the sample.

use super::alt;
use super::canvas::{Anchor, Bounds, Canvas, Lettering, PT_PER_MM, Stroke};
use super::error::{finite, legible};
use super::scale::{Scale, count};
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::fixed;

/// One bar.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// Name of the unit.
    pub label: String,
    /// Its value, if it has one.
    pub value: Option<f64>,
    /// Whether the chart is about this unit.
    pub highlight: bool,
    /// Its rank; tied units share one.
    pub rank: Option<u32>,
    /// Within which ranks it may stand, as printed, such as `6–13`; empty where that is not known.
    pub interval: String,
}

/// Horizontal bars in the order given, with rank, name, value and a dashed line at the mean.
#[derive(Debug, Clone, PartialEq)]
pub struct RankedBar {
    /// What is measured, such as `总指数得分`.
    pub subject: String,
    /// The bars, from top to bottom.
    pub bars: Vec<Bar>,
    /// Mean of the sample.
    pub mean: Option<f64>,
    /// What the mean is called, such as `样本均值`.
    pub mean_label: String,
    /// What stands over the intervals, such as `5%–95%`; empty where there are none.
    pub interval_label: String,
    /// Decimals of every printed value.
    pub decimals: usize,
    /// The measure of the values, such as `分`; may be empty.
    pub measure: String,
    /// Printed width.
    pub width_mm: f64,
}

/// Height up to which twenty bars may grow, and all bars.
const USUAL_HEIGHT: f64 = 92.0 * PT_PER_MM;
/// Distance that the mean line keeps above and below a value.
const CLEARANCE: f64 = 2.5;
const MOST_HEIGHT: f64 = 230.0 * PT_PER_MM;
const PITCH: f64 = 11.5;
const LEAST_PITCH: f64 = 9.2;
const FOOT: f64 = 14.0;
const MEAN_BAND: f64 = 13.0;

impl RankedBar {
    /// The most bars that stay legible on one page.
    pub const MOST: usize = 67;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`] beyond [`RankedBar::MOST`] bars, or
    /// [`ChartError::NotFinite`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        legible("bars", self.bars.len(), Self::MOST)?;
        for bar in &self.bars {
            finite(&bar.label, &bar.value)?;
        }
        finite(&self.mean_label, &self.mean)?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;

        let headed = self.mean.is_some() || !self.interval_label.is_empty();
        let head = if headed { MEAN_BAND } else { 2.0 };
        let most = if self.bars.len() <= 20 { USUAL_HEIGHT } else { MOST_HEIGHT };
        let pitch = PITCH.min((most - head - FOOT) / count(self.bars.len())).max(LEAST_PITCH);
        let bottom = head + pitch * count(self.bars.len());
        let rows: Vec<f64> =
            (0..self.bars.len()).map(|i| head + pitch * (count(i) + 0.5)).collect();

        let crowded = pitch < 11.5;
        let mut label = canvas.label();
        let mut value = canvas.value();
        if crowded {
            label.size = theme.least_size;
            value.size = theme.least_size;
        }
        let left = self.names(&mut canvas, &rows, label);
        let left = self.intervals(&mut canvas, &rows, (left, head), value);

        let values: Vec<f64> = self.bars.iter().filter_map(|bar| bar.value).collect();
        let printed: Vec<String> =
            self.bars.iter().map(|bar| self.print(bar.value, lang)).collect();
        let ends = values.iter().chain(&self.mean).copied();
        let low = ends.clone().fold(0.0, f64::min);
        let high = ends.fold(0.0, f64::max);
        let widest = canvas.widest(printed.iter().map(String::as_str), value);
        let from = if values.iter().any(|&v| v < 0.0) { left + widest + 4.0 } else { left };
        let to = self.right_end(&canvas, (low, high), from, &printed, value);
        if to < from + 40.0 {
            return Err(ChartError::TooNarrow);
        }
        let scale = Scale::new((low, high), (from, to));

        // Values first, so that lines can keep out of their way.
        let zero = scale.at(0.0);
        let mut taken = Vec::new();
        for ((bar, text), &y) in self.bars.iter().zip(&printed).zip(&rows) {
            let below = bar.value.is_some_and(|v| v < 0.0);
            let end = bar.value.map_or(zero, |v| scale.at(v));
            let (x, anchor) =
                if below { (end - 4.0, Anchor::End) } else { (end + 4.0, Anchor::Start) };
            let lettering = if bar.highlight { value.bold() } else { value };
            taken.push(canvas.text(text, (x, y), anchor, lettering));
        }
        self.axis(&mut canvas, &scale, (head, bottom), &taken);
        let mut dark = Vec::new();
        let any = self.bars.iter().any(|bar| bar.highlight);
        for (bar, &y) in self.bars.iter().zip(&rows) {
            let Some(v) = bar.value else { continue };
            let colour = if bar.highlight || !any { theme.accent } else { theme.quiet };
            let (a, b) = (zero.min(scale.at(v)), zero.max(scale.at(v)));
            let half = pitch * 0.32;
            let b = Bounds { left: a, top: y - half, right: b, bottom: y + half };
            canvas.fill(b, colour);
            if colour == theme.accent {
                dark.push(b);
            }
        }
        canvas.path([(zero, head), (zero, bottom)], Stroke::new(theme.muted, 0.6));
        if let Some(mean) = self.mean {
            let x = scale.at(mean);
            self.mean_line(&mut canvas, (x, left), mean, (head, bottom), (&taken, &dark));
        }
        canvas.finish(bottom + FOOT)
    }

    fn print(&self, value: Option<f64>, lang: Lang) -> String {
        value.map_or_else(|| "—".to_owned(), |v| fixed(v, self.decimals, lang))
    }

    /// Letters ranks and names; returns where the plot may begin.
    fn names(&self, canvas: &mut Canvas<'_>, rows: &[f64], label: Lettering) -> f64 {
        let rank = Lettering { colour: canvas.theme.muted, ..label };
        let ranks: Vec<String> = self
            .bars
            .iter()
            .map(|bar| bar.rank.map_or_else(String::new, |rank| rank.to_string()))
            .collect();
        let ranks_right = canvas.widest(ranks.iter().map(String::as_str), rank);
        let names_left = if ranks_right > 0.0 { ranks_right + 6.0 } else { 0.0 };
        let room = canvas.width * 0.36 - names_left;
        let mut names_right = names_left;
        for ((bar, rank_text), &y) in self.bars.iter().zip(&ranks).zip(rows) {
            if !rank_text.is_empty() {
                canvas.text(rank_text, (ranks_right, y), Anchor::End, rank);
            }
            let lettering = if bar.highlight { label.bold() } else { label };
            let name = canvas.fit(&bar.label, room, lettering);
            let drawn = canvas.text(&name, (names_left, y), Anchor::Start, lettering);
            names_right = names_right.max(drawn.right);
        }
        names_right + 7.0
    }

    /// Letters the intervals right of the names; returns where the plot may begin.
    fn intervals(
        &self,
        canvas: &mut Canvas<'_>,
        rows: &[f64],
        (left, head): (f64, f64),
        value: Lettering,
    ) -> f64 {
        let quiet = Lettering { colour: canvas.theme.muted, ..value };
        let own = canvas.widest(self.bars.iter().map(|bar| bar.interval.as_str()), quiet);
        if own <= 0.0 {
            return left;
        }
        let width = own.max(canvas.width_of(&self.interval_label, quiet));
        let middle = left + width / 2.0;
        canvas.text(&self.interval_label, (middle, head - 7.5), Anchor::Middle, quiet);
        for (bar, &y) in self.bars.iter().zip(rows) {
            canvas.text(&bar.interval, (middle, y), Anchor::Middle, quiet);
        }
        left + width + 7.0
    }

    /// Where the axis must end so that the value behind the longest bar stays on the sheet.
    fn right_end(
        &self,
        canvas: &Canvas<'_>,
        (low, high): (f64, f64),
        from: f64,
        printed: &[String],
        value: Lettering,
    ) -> f64 {
        let span = if high > low { high - low } else { 1.0 };
        self.bars.iter().zip(printed).fold(canvas.width - 8.0, |to, (bar, text)| {
            let share = (bar.value.unwrap_or(0.0).max(0.0) - low) / span;
            let room = canvas.width - from - 5.0 - canvas.width_of(text, value.bold());
            if share > 0.0 { to.min(from + room / share) } else { to }
        })
    }

    fn axis(
        &self,
        canvas: &mut Canvas<'_>,
        scale: &Scale,
        (top, bottom): (f64, f64),
        taken: &[Bounds],
    ) {
        let (lettering, grid) = (canvas.axis(), canvas.grid());
        let y = bottom + 8.5;
        let measure = canvas.fit(&self.measure, canvas.width / 3.0, lettering);
        let reserved = if measure.is_empty() {
            canvas.width
        } else {
            canvas.text(&measure, (canvas.width, y), Anchor::End, lettering).left - 8.0
        };
        let (ticks, decimals) = scale.ticks(5);
        for tick in ticks {
            let x = scale.at(tick);
            canvas.rule(x, (top, bottom), grid, taken);
            let text = fixed(tick, decimals, canvas.lang);
            if canvas.bounds(&text, (x, y), Anchor::Middle, lettering).right <= reserved {
                canvas.tick(&text, (x, y), lettering);
            }
        }
    }

    fn mean_line(
        &self,
        canvas: &mut Canvas<'_>,
        (x, leftmost): (f64, f64),
        mean: f64,
        (top, bottom): (f64, f64),
        (taken, dark): (&[Bounds], &[Bounds]),
    ) {
        let stroke = Stroke::new(canvas.theme.ink, 0.8).dashed(3.0, 2.2);
        // Between two values that the line would cross no scrap of it is left.
        let clear: Vec<Bounds> = taken
            .iter()
            .map(|b| Bounds { top: b.top - CLEARANCE, bottom: b.bottom + CLEARANCE, ..*b })
            .collect();
        canvas.rule(x, (top - 1.0, bottom), stroke, &clear);
        // Dark bars swallow the dashes; there the line is left white.
        for &b in dark.iter().filter(|b| b.left < x && x < b.right) {
            canvas.path([(x, b.top), (x, b.bottom)], Stroke::new(canvas.theme.paper, 0.8));
        }
        let lettering = canvas.value();
        let number = fixed(mean, self.decimals, canvas.lang);
        let name = canvas.fit(&self.mean_label, canvas.width / 2.0, lettering);
        let name_width = canvas.width_of(&name, lettering);
        let gap = if name.is_empty() { 0.0 } else { 3.0 };
        let width = name_width + gap + canvas.width_of(&number, lettering);
        let first = if self.interval_label.is_empty() { 0.0 } else { leftmost };
        let left = (x - width / 2.0).clamp(first, (canvas.width - width).max(first));
        let y = top - 7.5;
        canvas.text(&name, (left, y), Anchor::Start, lettering);
        canvas.text(&number, (left + name_width + gap, y), Anchor::Start, lettering);
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let known: Vec<(&str, f64)> =
            self.bars.iter().filter_map(|bar| Some((bar.label.as_str(), bar.value?))).collect();
        let lacking: Vec<String> = self
            .bars
            .iter()
            .filter(|bar| bar.value.is_none())
            .map(|bar| bar.label.clone())
            .collect();
        let subject = &self.subject;
        let cities = alt::cities(self.bars.len(), lang);
        let falling = known.len() > 1 && known.windows(2).all(|p| p[0].1 >= p[1].1);
        let rising = known.len() > 1 && !falling && known.windows(2).all(|p| p[0].1 <= p[1].1);
        let heading = match (lang, falling, rising) {
            (Lang::Zh, true, _) => format!("条形图：{cities}{subject}由高到低排列"),
            (Lang::Zh, _, true) => format!("条形图：{cities}{subject}由低到高排列"),
            (Lang::Zh, ..) => format!("条形图：{cities}的{subject}"),
            (Lang::En, true, _) => {
                format!("Bar chart: {subject} of {cities}, from highest to lowest")
            }
            (Lang::En, _, true) => {
                format!("Bar chart: {subject} of {cities}, from lowest to highest")
            }
            (Lang::En, ..) => format!("Bar chart: {subject} of {cities}"),
        };
        let mut parts = self.told(&known, falling, lang);
        parts.extend(alt::lacking(&lacking, lang));
        parts.extend(self.told_intervals(lang));
        if let Some(mean) = self.mean {
            let value = alt::measured(mean, self.decimals, &self.measure, lang);
            parts.push(alt::name_and_number(&self.mean_label, &value, lang));
        }
        alt::prose(&heading, &parts, lang)
    }

    /// The intervals in prose, as many as there are told of in full.
    fn told_intervals(&self, lang: Lang) -> Option<String> {
        let known = self.bars.iter().filter(|bar| !bar.interval.is_empty());
        let items: Vec<String> = known
            .take(alt::TOLD_IN_FULL)
            .map(|bar| alt::name_and_number(&bar.label, &bar.interval, lang))
            .collect();
        (!items.is_empty()).then(|| match lang {
            Lang::Zh => format!("位次区间（{}）：{}", self.interval_label, items.join("、")),
            Lang::En => format!("ranks within ({}): {}", self.interval_label, items.join(", ")),
        })
    }

    /// The values in prose: all of them, or the first five and the last three.
    fn told(&self, known: &[(&str, f64)], falling: bool, lang: Lang) -> Vec<String> {
        let item = |&(label, v): &(&str, f64)| {
            let value = alt::measured(v, self.decimals, &self.measure, lang);
            alt::item(label, &value, lang)
        };
        let all =
            |items: &[(&str, f64)]| alt::list(&items.iter().map(item).collect::<Vec<_>>(), lang);
        if known.len() > alt::TOLD_IN_FULL {
            let (first, last) = (all(&known[..5]), all(&known[known.len() - 3..]));
            return match lang {
                Lang::Zh => vec![format!("前五位依次为{first}"), format!("末三位依次为{last}")],
                Lang::En => vec![
                    format!("the first five are {first}"),
                    format!("the last three are {last}"),
                ],
            };
        }
        match known {
            [] => Vec::new(),
            [first, rest @ ..] if falling && first.1 > rest[0].1 => match lang {
                Lang::Zh => vec![format!("{}居首，其后依次为{}", item(first), all(rest))],
                Lang::En => vec![format!("{} comes first, followed by {}", item(first), all(rest))],
            },
            every => match lang {
                Lang::Zh if every.len() > 1 => vec![format!("依次为{}", all(every))],
                _ => vec![all(every)],
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn bar(label: &str, value: Option<f64>, rank: u32) -> Bar {
        Bar {
            label: label.to_owned(),
            value,
            highlight: false,
            rank: Some(rank),
            interval: String::new(),
        }
    }

    fn chart(bars: Vec<Bar>) -> RankedBar {
        RankedBar {
            subject: "Composite index score".to_owned(),
            bars,
            mean: Some(34.2),
            mean_label: "Sample mean".to_owned(),
            interval_label: String::new(),
            decimals: 2,
            measure: "points".to_owned(),
            width_mm: TEXT_BLOCK_MM,
        }
    }

    fn many(n: u32, lang: Lang) -> RankedBar {
        let names = trial::cities(lang).into_iter().cycle();
        chart(
            (1..=n).zip(names).map(|(i, name)| bar(&name, Some(100.0 / f64::from(i)), i)).collect(),
        )
    }

    #[test]
    fn any_number_of_bars_is_legible() {
        for n in [1, 2, 20, 21, 40, 67] {
            trial::check_both(|theme, lang| many(n, lang).draw(theme, lang).unwrap());
        }
        let drawn = many(20, Lang::Zh).draw(&trial::theme(), Lang::Zh).unwrap();
        assert!(drawn.height_mm <= 110.0, "{}", drawn.height_mm);
        let drawn = many(67, Lang::Zh).draw(&trial::theme(), Lang::Zh).unwrap();
        assert!(drawn.height_mm <= 230.0, "{}", drawn.height_mm);
    }

    #[test]
    fn intervals_stand_beside_the_names() {
        let with = |n, lang| {
            let mut spec = many(n, lang);
            spec.interval_label = "5–95 %".to_owned();
            for bar in &mut spec.bars {
                bar.interval = bar.rank.map_or_else(String::new, |r| format!("{r}–{}", r + 9));
            }
            spec
        };
        for n in [1, 20, 67] {
            trial::check_both(|theme, lang| with(n, lang).draw(theme, lang).unwrap());
        }
        let text = with(2, Lang::En).alt(Lang::En);
        assert!(text.contains("Ranks within (5–95 %): Beijing 1–10, Shenzhen 2–11."), "{text}");
    }

    #[test]
    fn odd_values_are_drawn() {
        let sets = [
            vec![bar("A", None, 1)],
            vec![bar("A & <B>", Some(0.0), 1), bar("B", Some(0.0), 1)],
            vec![bar("A", Some(50.0), 1), bar("B", Some(50.0), 1), bar("C", None, 3)],
            vec![bar("A", Some(3.0), 1), bar("B", Some(-2.5), 2)],
            vec![bar("A", Some(-1.0), 1), bar("B", Some(-2.5), 2)],
            vec![bar(&"Very long city name ".repeat(9), Some(1.0), 1)],
        ];
        for bars in sets {
            trial::check_both(|theme, lang| chart(bars.clone()).draw(theme, lang).unwrap());
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |bars| chart(bars).draw(&theme, Lang::En).unwrap_err();
        assert_eq!(draw(vec![]), ChartError::Empty);
        assert_eq!(
            draw(vec![bar("A", Some(f64::NAN), 1)]),
            ChartError::NotFinite { label: "A".to_owned() }
        );
        assert!(matches!(draw(many(68, Lang::En).bars), ChartError::TooMany { most: 67, .. }));
        let narrow = RankedBar { width_mm: 21.0, ..many(3, Lang::En) };
        assert_eq!(narrow.draw(&theme, Lang::En), Err(ChartError::TooNarrow));
    }

    #[test]
    fn alt_tells_all_values() {
        let mut zh = chart(vec![
            bar("北京", Some(78.31), 1),
            bar("深圳", Some(65.2), 2),
            bar("上海", Some(60.0), 3),
            bar("拉萨", None, 4),
        ]);
        let en =
            RankedBar { mean: None, ..chart(vec![bar("A", Some(2.0), 1), bar("B", Some(1.0), 2)]) };
        zh.subject = "总指数得分".to_owned();
        zh.mean_label = "样本均值".to_owned();
        zh.measure = "分".to_owned();
        assert_eq!(
            zh.alt(Lang::Zh),
            "条形图：4个城市总指数得分由高到低排列。北京78.31分居首，其后依次为深圳65.20分和\
             上海60.00分；拉萨无数据；样本均值34.20分。"
        );
        assert_eq!(
            en.alt(Lang::En),
            "Bar chart: Composite index score of 2 cities, from highest to lowest. \
             A (2.00 points) comes first, followed by B (1.00 points)."
        );
        let tie = chart(vec![bar("A", Some(2.0), 1), bar("B", Some(2.0), 1), bar("C", None, 3)]);
        assert_eq!(
            tie.alt(Lang::En),
            "Bar chart: Composite index score of 3 cities, from highest to lowest. \
             A (2.00 points) and B (2.00 points). No data for C. Sample mean 34.20 points."
        );
    }

    #[test]
    fn alt_of_many_tells_the_ends() {
        let text = many(30, Lang::En).alt(Lang::En);
        assert!(
            text.contains("The first five are Beijing (100.00 points), Shenzhen (50.00 points)")
        );
        assert!(text.contains("The last three are Chengdu (3.57 points), "));
    }
}
