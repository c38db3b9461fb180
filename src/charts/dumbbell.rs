//! Dumbbells: two ranks per city and which way the second lies.

use super::alt;
use super::canvas::{Anchor, Canvas, Lettering, PT_PER_MM, Stroke};
use super::error::legible;
use super::legend::{self, Key, Placing};
use super::scale::{Scale, count, round_step};
use super::theme::Colour;
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;

/// One city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DumbbellRow {
    /// Name of the unit.
    pub label: String,
    /// Its rank in the first ranking.
    pub left: u32,
    /// Its rank in the second ranking.
    pub right: u32,
}

/// Two ranks per city on one line, rank 1 at the left; the second is a triangle that points the way
/// it lies.
#[derive(Debug, Clone, PartialEq)]
pub struct Dumbbell {
    /// What is compared, such as `总指数排名`.
    pub subject: String,
    /// The cities, from top to bottom.
    pub rows: Vec<DumbbellRow>,
    /// Name of the first ranking.
    pub left_name: String,
    /// Name of the second ranking.
    pub right_name: String,
    /// Printed width.
    pub width_mm: f64,
}

const PITCH: f64 = 11.4;
const LEAST_PITCH: f64 = 10.0;
const MOST_HEIGHT: f64 = 230.0 * PT_PER_MM;
const HEAD: f64 = 15.0;

/// Which way the second rank lies.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Better,
    Worse,
    Same,
}

impl DumbbellRow {
    fn way(&self) -> Way {
        match self.right.cmp(&self.left) {
            std::cmp::Ordering::Less => Way::Better,
            std::cmp::Ordering::Greater => Way::Worse,
            std::cmp::Ordering::Equal => Way::Same,
        }
    }

    /// Places gained, with a sign.
    fn difference(&self) -> String {
        let places = self.left.abs_diff(self.right);
        match self.way() {
            Way::Better => format!("+{places}"),
            Way::Worse => format!("\u{2212}{places}"),
            Way::Same => "0".to_owned(),
        }
    }
}

impl Way {
    fn colour(self, theme: &Theme) -> Colour {
        match self {
            Self::Better => theme.accent,
            Self::Worse => theme.highlight,
            Self::Same => theme.muted,
        }
    }

    fn key(self, theme: &Theme) -> Key {
        let colour = self.colour(theme);
        match self {
            Self::Better => Key::Left(colour),
            Self::Worse => Key::Right(colour),
            Self::Same => Key::Disc(colour, 3.2),
        }
    }
}

impl Dumbbell {
    /// The most cities that stay legible on one page.
    pub const MOST: usize = 60;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::Rank`] for a rank of zero, or
    /// [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        legible("units", self.rows.len(), Self::MOST)?;
        if let Some(row) = self.rows.iter().find(|row| row.left == 0 || row.right == 0) {
            return Err(ChartError::Rank { label: row.label.clone(), rank: 0 });
        }
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let (label, value) = (canvas.label(), canvas.value());
        let small = Lettering { size: theme.least_size, ..canvas.axis() };

        let across = (0.0, canvas.width);
        let entries = self.entries(theme, lang);
        let above = legend::draw(&mut canvas, &entries, across, 0.0, Placing::Left) + 2.0;
        let head = above + HEAD;
        let rows = count(self.rows.len());
        let pitch = PITCH.min((MOST_HEIGHT - head - 3.0) / rows).max(LEAST_PITCH);
        let bottom = head + pitch * rows;

        let room = canvas.width * 0.3;
        let names = self.rows.iter().map(|row| row.label.as_str());
        let names_right = canvas.widest(names, label).min(room);
        let differences: Vec<String> = self.rows.iter().map(DumbbellRow::difference).collect();
        let title = match lang {
            Lang::Zh => "位次变化",
            Lang::En => "Places gained",
        };
        let y = above + HEAD / 2.0;
        let last = canvas.text(title, (canvas.width, y), Anchor::End, canvas.axis()).left;
        let widest = canvas.widest(differences.iter().map(String::as_str), value.bold());
        let column = f64::midpoint(last, canvas.width) + widest / 2.0;
        // Room beside the outermost markers for their ranks.
        let (from, to) = (names_right + 26.0, last.min(column - widest) - 26.0);
        if to < from + 60.0 {
            return Err(ChartError::TooNarrow);
        }
        let worst = self.rows.iter().map(|row| row.left.max(row.right)).max().unwrap_or(1);
        let scale = Scale::new((1.0, f64::from(worst.max(2))), (from, to));
        Self::axis(&mut canvas, &scale, worst, (y, head, bottom));

        for (i, (row, difference)) in self.rows.iter().zip(&differences).enumerate() {
            let y = head + pitch * (count(i) + 0.5);
            let shown = canvas.fit(&row.label, room, label);
            canvas.text(&shown, (names_right, y), Anchor::End, label);
            let (a, b) = (scale.at(f64::from(row.left)), scale.at(f64::from(row.right)));
            let way = row.way();
            let colour = way.colour(theme);
            canvas.path([(a, y), (b, y)], Stroke::new(colour, 1.6));
            Key::Ring(colour, 3.2).draw(&mut canvas, (a, y));
            way.key(theme).draw(&mut canvas, (b, y));
            let (near, far) = (row.left.min(row.right), row.left.max(row.right));
            let (near_x, far_x) = (a.min(b) - 6.5, a.max(b) + 6.5);
            if way != Way::Same {
                canvas.text(&near.to_string(), (near_x, y), Anchor::End, small);
            }
            canvas.text(&far.to_string(), (far_x, y), Anchor::Start, small);
            let lettering = Lettering { colour, ..value }.bold();
            canvas.text(difference, (column, y), Anchor::End, lettering);
        }
        canvas.finish(bottom + 3.0)
    }

    fn entries(&self, theme: &Theme, lang: Lang) -> Vec<(Key, String)> {
        let mut entries = vec![(Key::Ring(theme.ink, 3.2), self.left_name.clone())];
        for way in [Way::Better, Way::Worse, Way::Same] {
            if !self.rows.iter().any(|row| row.way() == way) {
                continue;
            }
            let word = match (lang, way) {
                (Lang::Zh, Way::Better) => "（靠前）",
                (Lang::Zh, Way::Worse) => "（靠后）",
                (Lang::Zh, Way::Same) => "（相同）",
                (Lang::En, Way::Better) => " (better)",
                (Lang::En, Way::Worse) => " (worse)",
                (Lang::En, Way::Same) => " (no change)",
            };
            entries.push((way.key(theme), format!("{}{word}", self.right_name)));
        }
        entries
    }

    fn axis(canvas: &mut Canvas<'_>, scale: &Scale, worst: u32, (y, top, bottom): (f64, f64, f64)) {
        let (lettering, grid) = (canvas.axis(), canvas.grid());
        let (step, _) = round_step((f64::from(worst) / 6.0).max(1.0));
        let mut tick = 1.0;
        while tick <= f64::from(worst) {
            let x = scale.at(tick);
            canvas.path([(x, top), (x, bottom)], grid);
            let text = crate::num::fixed(tick, 0, canvas.lang);
            canvas.tick(&text, (x, y), lettering);
            // From rank 1 to the round ranks: 1, 5, 10 and not 1, 6, 11.
            tick = if tick < step { step } else { tick + step };
        }
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let (subject, left, right) = (&self.subject, &self.left_name, &self.right_name);
        let cities = alt::cities(self.rows.len(), lang);
        let heading = match lang {
            Lang::Zh => format!("哑铃图：{cities}的{subject}，比较{left}与{right}"),
            Lang::En => format!(
                "Dumbbell chart: {subject} of {cities}, {} against {}",
                alt::inside(left),
                alt::inside(right)
            ),
        };
        let told = alt::ends(&self.rows, lang, |row| {
            let places = row.left.abs_diff(row.right);
            let (a, b) = (row.left, row.right);
            let label = &row.label;
            match lang {
                Lang::Zh => match row.way() {
                    Way::Better => format!("{label}由第{a}到第{b}，靠前{places}位"),
                    Way::Worse => format!("{label}由第{a}到第{b}，靠后{places}位"),
                    Way::Same => format!("{label}均为第{a}"),
                },
                Lang::En => {
                    let places = alt::counted(
                        usize::try_from(places).unwrap_or(0),
                        "",
                        "place",
                        "places",
                        lang,
                    );
                    match row.way() {
                        Way::Better => format!("{label} from {a} to {b}, up {places}"),
                        Way::Worse => format!("{label} from {a} to {b}, down {places}"),
                        Way::Same => format!("{label} {a} in both"),
                    }
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

    fn chart(rows: Vec<(String, u32, u32)>) -> Dumbbell {
        Dumbbell {
            subject: "Composite index rank".to_owned(),
            rows: rows
                .into_iter()
                .map(|(label, left, right)| DumbbellRow { label, left, right })
                .collect(),
            left_name: "2021".to_owned(),
            right_name: "2022".to_owned(),
            width_mm: TEXT_BLOCK_MM,
        }
    }

    #[test]
    fn all_sizes_are_legible() {
        for n in [1, 2, 20, 60] {
            trial::check_both(|theme, lang| {
                let names = trial::cities(lang).into_iter().cycle();
                let rows = (1..=n).zip(names).map(|(i, name)| (name, i, i * 7 % n + 1)).collect();
                chart(rows).draw(theme, lang).unwrap()
            });
        }
        let far = vec![("A & <B>".to_owned(), 1, 338), ("C".to_owned(), 338, 1)];
        trial::check_both(|theme, lang| chart(far.clone()).draw(theme, lang).unwrap());
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        assert_eq!(chart(vec![]).draw(&theme, Lang::En), Err(ChartError::Empty));
        let zero = chart(vec![("A".to_owned(), 0, 1)]).draw(&theme, Lang::En);
        assert_eq!(zero, Err(ChartError::Rank { label: "A".to_owned(), rank: 0 }));
    }

    #[test]
    fn alt_tells_each_pair() {
        let row = |label: &str, a, b| (label.to_owned(), a, b);
        let en = chart(vec![row("Beijing", 2, 1), row("Wuhan", 5, 8), row("Xi'an", 9, 9)]);
        assert_eq!(
            en.alt(Lang::En),
            "Dumbbell chart: Composite index rank of 3 cities, 2021 against 2022. Beijing from 2 \
             to 1, up 1 place. Wuhan from 5 to 8, down 3 places. Xi'an 9 in both."
        );
        let mut zh = chart(vec![row("北京", 2, 1), row("武汉", 5, 8), row("西安", 9, 9)]);
        zh.subject = "总指数排名".to_owned();
        zh.left_name = "2021年".to_owned();
        zh.right_name = "2022年".to_owned();
        assert_eq!(
            zh.alt(Lang::Zh),
            "哑铃图：3个城市的总指数排名，比较2021年与2022年。北京由第2到第1，靠前1位；\
             武汉由第5到第8，靠后3位；西安均为第9。"
        );
    }
}
