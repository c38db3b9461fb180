//! A Sankey diagram: amounts from column to column, as bands.

use super::canvas::{Anchor, At, Bounds, Canvas, PT_PER_MM};
use super::error::{amounts, legible, present};
use super::flow;
use super::scale::count;
use super::theme::Colour;
use super::{Chart, ChartError, Theme, alt};
use crate::lang::Lang;

/// One column, such as the givers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SankeyColumn {
    /// Heading of the column, such as `赋能方`.
    pub title: String,
    /// Names of its nodes, from top to bottom; the first five of the first column have colours of
    /// their own.
    pub labels: Vec<String>,
}

/// A band from one column to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SankeyLink {
    /// The column it leaves, counted from zero.
    pub column: usize,
    /// The node it leaves.
    pub from: usize,
    /// The node of the next column it reaches.
    pub to: usize,
    /// How much, zero or more.
    pub value: f64,
}

/// Bands between two or three columns; nodes carry their share of the column.
#[derive(Debug, Clone, PartialEq)]
pub struct Sankey {
    /// What flows, such as `跨省技术合作关系`.
    pub subject: String,
    /// Two or three columns, from left to right.
    pub columns: Vec<SankeyColumn>,
    /// The bands, in any order.
    pub links: Vec<SankeyLink>,
    /// Decimals of the printed shares.
    pub decimals: usize,
    /// Printed width.
    pub width_mm: f64,
}

const NODE: f64 = 7.0;
const GAP: f64 = 3.5;
const TITLE: f64 = 15.0;
/// Room a node wants, bands and gap together.
const ROOM: f64 = 19.0;
const MOST_HEIGHT: f64 = 200.0 * PT_PER_MM;

/// A node that has been given its place.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Node {
    top: f64,
    height: f64,
    /// Its amount: the larger of what reaches it and what leaves it.
    amount: f64,
}

impl Sankey {
    /// The most nodes of a column that stay legible.
    pub const MOST: usize = 26;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::TooFew`] or [`ChartError::TooMany`] columns, [`ChartError::Empty`] also for
    /// links that are all zero, [`ChartError::Absent`], [`ChartError::NotFinite`],
    /// [`ChartError::Negative`] or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        self.screen()?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let label = canvas.label();
        let texts = self.texts(&canvas);
        let side = |canvas: &Canvas<'_>, column: usize| {
            canvas.widest(texts[column].iter().map(String::as_str), label) + 5.0
        };
        let last = self.columns.len() - 1;
        let (left, right) = (side(&canvas, 0), canvas.width - side(&canvas, last));
        if right - left < 40.0 + 60.0 * count(last - 1) {
            return Err(ChartError::TooNarrow);
        }
        let most = self.columns.iter().map(|c| c.labels.len()).max().unwrap_or(1);
        let bottom = (TITLE + count(most) * ROOM).clamp(TITLE + 90.0, MOST_HEIGHT);
        let nodes = self.nodes((TITLE, bottom), label.height(1));
        let step = (right - left - NODE) / count(last);
        let x = |column: usize| left + step * count(column);

        self.bands(&mut canvas, &nodes, &x);
        for (column, own) in nodes.iter().enumerate() {
            self.heading(&mut canvas, column, x(column));
            for (index, node) in own.iter().enumerate() {
                let (top, low) = (node.top, node.top + node.height.max(0.5));
                let b = Bounds { left: x(column), top, right: x(column) + NODE, bottom: low };
                canvas.fill(b, Self::colour(theme, column, index));
            }
            Self::names(&mut canvas, (column, last), x(column), (own, &texts[column]));
        }
        canvas.finish(bottom + 2.0)
    }

    fn screen(&self) -> Result<(), ChartError> {
        let found = self.columns.len();
        if found < 2 {
            return Err(ChartError::TooFew { what: "columns", found, least: 2 });
        }
        legible("columns", found, 3)?;
        for column in &self.columns {
            legible("nodes", column.labels.len(), Self::MOST)?;
        }
        for link in &self.links {
            present("columns", link.column + 1, found)?;
            let labels = &self.columns[link.column].labels;
            present("nodes", link.from, labels.len())?;
            present("nodes", link.to, self.columns[link.column + 1].labels.len())?;
            amounts(&labels[link.from], [&link.value])?;
        }
        if self.links.iter().any(|link| link.value > 0.0) { Ok(()) } else { Err(ChartError::Empty) }
    }

    /// The amounts of a column.
    fn amounts(&self, column: usize) -> Vec<f64> {
        let mut sums = vec![(0.0_f64, 0.0_f64); self.columns[column].labels.len()];
        for link in &self.links {
            if link.column == column {
                sums[link.from].1 += link.value;
            } else if link.column + 1 == column {
                sums[link.to].0 += link.value;
            }
        }
        sums.into_iter().map(|(reaching, leaving)| reaching.max(leaving)).collect()
    }

    /// The share of each node in its column, in per cent.
    fn shares(&self, column: usize) -> Vec<f64> {
        let amounts = self.amounts(column);
        let all: f64 = amounts.iter().sum();
        amounts.iter().map(|amount| if all > 0.0 { amount / all * 100.0 } else { 0.0 }).collect()
    }

    /// Names with their shares; a name too long for its side is shortened, its share is not.
    fn texts(&self, canvas: &Canvas<'_>) -> Vec<Vec<String>> {
        let room = canvas.width * if self.columns.len() == 2 { 0.37 } else { 0.28 };
        let text = |(label, share): (&String, f64)| {
            let share = alt::measured(share, self.decimals, "%", canvas.lang);
            let share = format!(" {share}");
            let left = room - canvas.width_of(&share, canvas.label());
            format!("{}{share}", canvas.fit(label, left, canvas.label()))
        };
        let columns = self.columns.iter().enumerate();
        columns.map(|(i, c)| c.labels.iter().zip(self.shares(i)).map(text).collect()).collect()
    }

    /// One scale for all columns, each centred; every node has room for its name.
    fn nodes(&self, (top, bottom): (f64, f64), pitch: f64) -> Vec<Vec<Node>> {
        let amounts: Vec<Vec<f64>> = (0..self.columns.len()).map(|c| self.amounts(c)).collect();
        let slot = |amount: f64, scale: f64| (amount * scale + GAP).max(pitch);
        let used = |own: &[f64], scale: f64| own.iter().map(|&a| slot(a, scale)).sum::<f64>();
        // The largest scale at which the fullest column fits.
        let (mut low, mut high) = (0.0, (bottom - top) / amounts[0].iter().sum::<f64>());
        for _ in 0..60 {
            let middle = f64::midpoint(low, high);
            let fits = amounts.iter().all(|own| used(own, middle) <= bottom - top);
            if fits { low = middle } else { high = middle }
        }
        let scale = low;
        amounts
            .iter()
            .map(|own| {
                let mut at = top + (bottom - top - used(own, scale)) / 2.0;
                let place = |&amount: &f64| {
                    let (room, height) = (slot(amount, scale), amount * scale);
                    let node = Node { top: at + (room - height) / 2.0, height, amount };
                    at += room;
                    node
                };
                own.iter().map(place).collect()
            })
            .collect()
    }

    /// The giver's colour; a column between takes the neutral one.
    fn colour(theme: &Theme, column: usize, index: usize) -> Colour {
        if column == 0 { flow::colour(theme, index) } else { theme.muted }
    }

    fn bands(&self, canvas: &mut Canvas<'_>, nodes: &[Vec<Node>], x: &impl Fn(usize) -> f64) {
        for column in 0..self.columns.len() - 1 {
            let mut links: Vec<&SankeyLink> =
                self.links.iter().filter(|l| l.column == column && l.value > 0.0).collect();
            let mut left: Vec<f64> = nodes[column].iter().map(|node| node.top).collect();
            let mut right: Vec<f64> = nodes[column + 1].iter().map(|node| node.top).collect();
            links.sort_by_key(|link| (link.from, link.to));
            let ends: Vec<(f64, f64)> = links
                .iter()
                .map(|link| {
                    let node = nodes[column][link.from];
                    let height = link.value / node.amount * node.height;
                    let ends = (left[link.from], right[link.to]);
                    left[link.from] += height;
                    right[link.to] += height;
                    ends
                })
                .collect();
            let mut order: Vec<usize> = (0..links.len()).collect();
            order.sort_by(|&a, &b| links[b].value.total_cmp(&links[a].value));
            for i in order {
                let link = links[i];
                let node = nodes[column][link.from];
                let height = (link.value / node.amount * node.height).max(0.25);
                let (colour, opacity) = match column {
                    0 if flow::is_coloured(link.from) => {
                        (flow::colour(canvas.theme, link.from), 0.5)
                    }
                    _ => (canvas.theme.muted, 0.3),
                };
                let shape = band((x(column) + NODE, ends[i].0), (x(column + 1), ends[i].1), height);
                canvas.polygon(shape, colour, opacity);
            }
        }
    }

    fn heading(&self, canvas: &mut Canvas<'_>, column: usize, x: f64) {
        let title = &self.columns[column].title;
        let (lettering, y) = (canvas.axis(), canvas.axis().height(1) / 2.0);
        let room = canvas.width / count(self.columns.len()) - 8.0;
        let title = canvas.fit(title, room, lettering);
        match column {
            0 => canvas.text(&title, (0.0, y), Anchor::Start, lettering),
            _ if column + 1 == self.columns.len() => {
                canvas.text(&title, (canvas.width, y), Anchor::End, lettering)
            }
            _ => canvas.text(&title, (x + NODE / 2.0, y), Anchor::Middle, lettering),
        };
    }

    fn names(
        canvas: &mut Canvas<'_>,
        (column, last): (usize, usize),
        x: f64,
        (nodes, texts): (&[Node], &[String]),
    ) {
        let label = canvas.label();
        let between = column > 0 && column < last;
        for (text, node) in texts.iter().zip(nodes) {
            let y = node.top + node.height / 2.0;
            if between {
                let at = (x + NODE + 3.0, y);
                canvas.text_on_paper(text, at, Anchor::Start, label);
            } else if column == 0 {
                canvas.text(text, (x - 4.0, y), Anchor::End, label);
            } else {
                canvas.text(text, (x + NODE + 4.0, y), Anchor::Start, label);
            }
        }
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let subject = &self.subject;
        let titles: Vec<String> = self.columns.iter().map(|c| c.title.clone()).collect();
        let heading = match lang {
            Lang::Zh => format!("桑基图：{subject}，由左至右为{}", alt::list(&titles, lang)),
            Lang::En => {
                let titles: Vec<String> = titles.iter().map(|title| alt::inside(title)).collect();
                format!(
                    "Sankey diagram: {subject}, from left to right {}",
                    alt::list(&titles, lang)
                )
            }
        };
        let percent = |share: f64| alt::measured(share, self.decimals, "%", lang);
        let mut told = Vec::new();
        for (i, column) in self.columns.iter().enumerate() {
            let pairs: Vec<(&String, f64)> = column.labels.iter().zip(self.shares(i)).collect();
            let items = alt::ends(&pairs, lang, |(l, share)| alt::item(l, &percent(*share), lang));
            told.push(match lang {
                Lang::Zh => format!("{}：{}", column.title, items.join("，")),
                Lang::En => format!("{}: {}", column.title, items.join(", ")),
            });
        }
        told.push(self.widest_bands(lang));
        alt::prose(&heading, &told, lang)
    }

    fn widest_bands(&self, lang: Lang) -> String {
        let all: f64 = self.links.iter().filter(|l| l.column == 0).map(|l| l.value).sum();
        let mut links: Vec<&SankeyLink> = self.links.iter().filter(|l| l.value > 0.0).collect();
        links.sort_by(|a, b| b.value.total_cmp(&a.value));
        let items: Vec<String> = links
            .iter()
            .take(5)
            .map(|link| {
                let share = alt::measured(link.value / all * 100.0, self.decimals, "%", lang);
                let from = &self.columns[link.column].labels[link.from];
                let to = &self.columns[link.column + 1].labels[link.to];
                match lang {
                    Lang::Zh => alt::item(&format!("{from}到{to}"), &share, lang),
                    Lang::En => alt::item(&format!("{from} to {to}"), &share, lang),
                }
            })
            .collect();
        match lang {
            Lang::Zh => format!("最宽的为{}", alt::list(&items, lang)),
            Lang::En => format!("widest: {}", alt::list(&items, lang)),
        }
    }
}

/// A band of a height from the upper left to the upper right corner.
fn band((left, from): At, (right, to): At, height: f64) -> Vec<At> {
    let edge = |shift: f64| {
        (0..=24_u32).map(move |step| {
            let t = f64::from(step) / 24.0;
            let ease = t * t * (3.0 - 2.0 * t);
            (left + (right - left) * t, from + (to - from) * ease + shift)
        })
    };
    let mut shape: Vec<At> = edge(0.0).collect();
    shape.extend(edge(height).collect::<Vec<_>>().into_iter().rev());
    shape
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn chart(columns: Vec<Vec<String>>, links: Vec<SankeyLink>) -> Sankey {
        let column = |(i, labels)| SankeyColumn { title: format!("Column {i}"), labels };
        Sankey {
            subject: "cooperation".to_owned(),
            columns: columns.into_iter().enumerate().map(column).collect(),
            links,
            decimals: 2,
            width_mm: TEXT_BLOCK_MM,
        }
    }

    fn all_links(columns: usize, n: usize) -> Vec<SankeyLink> {
        let pairs = (0..columns - 1).flat_map(|c| (0..n * n).map(move |i| (c, i / n, i % n)));
        pairs
            .map(|(column, from, to)| SankeyLink {
                column,
                from,
                to,
                value: 9.0 / (count(from + 1) * count(to + 1)),
            })
            .collect()
    }

    #[test]
    fn all_sizes_are_legible() {
        for (columns, n) in [(2, 1), (2, 10), (3, 5), (3, 12), (2, 26)] {
            trial::check_both(|theme, lang| {
                let names = trial::cities(lang).into_iter().cycle().take(n);
                let lists = vec![names.collect::<Vec<_>>(); columns];
                chart(lists, all_links(columns, n)).draw(theme, lang).unwrap()
            });
        }
    }

    #[test]
    fn a_narrow_diagram_keeps_its_shares() {
        trial::check_both(|theme, lang| {
            let names = vec![trial::cities(lang)[..5].to_vec(); 2];
            let spec = Sankey { width_mm: 76.0, ..chart(names, all_links(2, 5)) };
            let drawn = spec.draw(theme, lang).unwrap();
            assert!(drawn.svg.contains("43.80%"), "the share of the first node");
            drawn
        });
    }

    #[test]
    fn shares_sum_and_amounts_keep_the_larger_side() {
        let names = |n: usize| trial::cities(Lang::En)[..n].to_vec();
        let link = |column, from, to, value| SankeyLink { column, from, to, value };
        let links = vec![link(0, 0, 0, 3.0), link(0, 1, 0, 1.0), link(1, 0, 0, 2.0)];
        let chart = chart(vec![names(2), names(1), names(1)], links);
        assert_eq!(chart.amounts(0), [3.0, 1.0]);
        assert_eq!(chart.amounts(1), [4.0]);
        assert_eq!(chart.amounts(2), [2.0]);
        assert_eq!(chart.shares(0), [75.0, 25.0]);
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let one = || vec!["A".to_owned()];
        let draw = |columns, links| chart(columns, links).draw(&theme, Lang::En).unwrap_err();
        let link = |to, value| vec![SankeyLink { column: 0, from: 0, to, value }];
        let few = ChartError::TooFew { what: "columns", found: 1, least: 2 };
        assert_eq!(draw(vec![one()], vec![]), few);
        assert_eq!(draw(vec![one(), one()], vec![]), ChartError::Empty);
        assert_eq!(draw(vec![one(), one()], link(0, 0.0)), ChartError::Empty);
        let absent = ChartError::Absent { what: "nodes", index: 4, count: 1 };
        assert_eq!(draw(vec![one(), one()], link(4, 1.0)), absent);
        let negative = ChartError::Negative { label: "A".to_owned() };
        assert_eq!(draw(vec![one(), one()], link(0, -1.0)), negative);
    }

    #[test]
    fn alt_tells_columns_and_the_widest_bands() {
        let link = |from, to, value| SankeyLink { column: 0, from, to, value };
        let links = vec![link(0, 0, 3.0), link(1, 0, 1.0)];
        let en = |names: [&str; 2]| names.map(str::to_owned).to_vec();
        let mut spec = chart(vec![en(["Beijing", "Wuhan"]), vec!["Jinan".to_owned()]], links);
        spec.columns[0].title = "Givers".to_owned();
        spec.columns[1].title = "Takers".to_owned();
        assert_eq!(
            spec.alt(Lang::En),
            "Sankey diagram: cooperation, from left to right givers and takers. \
             Givers: Beijing (75.00%), Wuhan (25.00%). Takers: Jinan (100.00%). \
             Widest: Beijing to Jinan (75.00%) and Wuhan to Jinan (25.00%)."
        );
        spec.columns[0] =
            SankeyColumn { title: "赋能方".to_owned(), labels: en(["北京", "武汉"]) };
        spec.columns[1] =
            SankeyColumn { title: "输入方".to_owned(), labels: vec!["济南".to_owned()] };
        spec.subject = "技术合作".to_owned();
        assert_eq!(
            spec.alt(Lang::Zh),
            "桑基图：技术合作，由左至右为赋能方和输入方。赋能方：北京75.00%，武汉25.00%；\
             输入方：济南100.00%；最宽的为北京到济南75.00%和武汉到济南25.00%。"
        );
    }
}
