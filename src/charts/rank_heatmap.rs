//! A heat map of ranks: one row per city, one column per sub-dimension.

use super::alt;
use super::canvas::{Anchor, Bounds, Canvas, Lettering, PT_PER_MM, Stroke};
use super::error::{even, legible};
use super::scale::count;
use super::theme::Colour;
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;

/// Ranks printed in cells that are the darker the better the rank.
#[derive(Debug, Clone, PartialEq)]
pub struct RankHeatmap {
    /// What is ranked by, such as `子维度排名`.
    pub subject: String,
    /// Names of the units, from top to bottom.
    pub rows: Vec<String>,
    /// Names of the sub-dimensions, from left to right.
    pub columns: Vec<String>,
    /// One list per row, in the order of the columns.
    pub ranks: Vec<Vec<Option<u32>>>,
    /// How many units are ranked; at least the worst rank.
    pub n: u32,
    /// Printed width.
    pub width_mm: f64,
}

const PITCH: f64 = 11.6;
const LEAST_PITCH: f64 = 9.6;
const MOST_HEIGHT: f64 = 230.0 * PT_PER_MM;
const SEAM: f64 = 1.0;
const LEGEND: f64 = 18.0;
const HEADING_LINES: usize = 3;
/// Cells of text in alternative text before it tells the leaders only.
const TOLD_CELLS: usize = 60;

/// Column headings; where names are too wide for their columns every other one stands a floor
/// higher.
struct Headings {
    lines: Vec<Vec<String>>,
    lettering: Lettering,
    floor: f64,
    staggered: bool,
    /// Width of a column.
    cell: f64,
}

impl RankHeatmap {
    /// The most columns that stay legible.
    pub const MOST_COLUMNS: usize = 18;
    /// The most rows that stay legible on one page.
    pub const MOST_ROWS: usize = 58;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::Uneven`],
    /// [`ChartError::Rank`] or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        self.screen()?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let mut label = canvas.label();
        let mut value = canvas.value();

        let room = canvas.width * 0.24;
        let left = canvas.widest(self.rows.iter().map(String::as_str), label).min(room) + 6.0;
        let cell = (canvas.width - left) / count(self.columns.len());
        if cell < 16.0 {
            return Err(ChartError::TooNarrow);
        }
        let headings = self.headings(&canvas, canvas.width - left);
        let head = headings.floor * if headings.staggered { 2.0 } else { 1.0 } + 4.0;
        let rows = count(self.rows.len());
        let pitch = PITCH.min((MOST_HEIGHT - head - LEGEND) / rows).max(LEAST_PITCH);
        if pitch < 11.5 {
            label.size = theme.least_size;
            value.size = theme.least_size;
        }
        // Few columns keep the shape of cells, a page-wide slab carries no more information.
        let cell = headings.cell.min(130.0);

        Self::draw_headings(&mut canvas, &headings, (left, cell), head);
        for (i, (name, ranks)) in self.rows.iter().zip(&self.ranks).enumerate() {
            let top = head + pitch * count(i);
            let y = top + pitch / 2.0;
            let shown = canvas.fit(name, left - 6.0, label);
            canvas.text(&shown, (left - 6.0, y), Anchor::End, label);
            for (j, rank) in ranks.iter().enumerate() {
                let x = left + cell * count(j);
                let b = Bounds { left: x, top, right: x + cell - SEAM, bottom: top + pitch - SEAM };
                let middle = (x + (cell - SEAM) / 2.0, top + (pitch - SEAM) / 2.0);
                let (text, ink) = if let Some(rank) = rank {
                    let colour = self.colour(theme, *rank);
                    canvas.fill(b, colour);
                    (rank.to_string(), colour.ink_on())
                } else {
                    ("—".to_owned(), theme.muted)
                };
                canvas.text(&text, middle, Anchor::Middle, Lettering { colour: ink, ..value });
            }
        }
        let bottom = head + pitch * rows;
        self.legend(&mut canvas, left, bottom + 6.0);
        canvas.finish(bottom + LEGEND)
    }

    fn screen(&self) -> Result<(), ChartError> {
        legible("units", self.rows.len(), Self::MOST_ROWS)?;
        legible("columns", self.columns.len(), Self::MOST_COLUMNS)?;
        even("ranks", self.ranks.len(), self.rows.len())?;
        for (label, ranks) in self.rows.iter().zip(&self.ranks) {
            even(label, ranks.len(), self.columns.len())?;
            if let Some(&rank) = ranks.iter().flatten().find(|&&r| r == 0 || r > self.n) {
                return Err(ChartError::Rank { label: label.clone(), rank });
            }
        }
        Ok(())
    }

    fn colour(&self, theme: &Theme, rank: u32) -> Colour {
        let behind = f64::from(rank - 1) / f64::from(self.n.max(2) - 1);
        theme.sequential_at(1.0 - behind)
    }

    fn headings(&self, canvas: &Canvas<'_>, width: f64) -> Headings {
        let sizes = [canvas.theme.label_size, canvas.theme.least_size];
        let attempts = [false, true].into_iter().flat_map(|s| sizes.map(|size| (s, size)));
        let mut best = None;
        for (staggered, size) in attempts {
            let lettering = Lettering::new(size, canvas.theme.ink);
            // Raised headings are two columns wide; the last one has none at its right, hence the
            // margin.
            let margin = if staggered { 0.5 } else { 0.0 };
            let cell = width / (count(self.columns.len()) + margin);
            let room = if staggered { cell * 2.0 - 5.0 } else { cell - 3.0 };
            let lines: Vec<Vec<String>> = self
                .columns
                .iter()
                .map(|name| canvas.wrap(name, room, HEADING_LINES, lettering))
                .collect();
            let whole = lines.iter().flatten().all(|line| !line.ends_with('…'));
            let most = lines.iter().map(Vec::len).max().unwrap_or(1).max(1);
            best =
                Some(Headings { lines, lettering, floor: lettering.height(most), staggered, cell });
            if whole {
                break;
            }
        }
        best.unwrap_or(Headings {
            lines: Vec::new(),
            lettering: canvas.label(),
            floor: 0.0,
            staggered: false,
            cell: width,
        })
    }

    fn draw_headings(
        canvas: &mut Canvas<'_>,
        headings: &Headings,
        (left, cell): (f64, f64),
        head: f64,
    ) {
        let grid = Stroke::new(canvas.theme.muted, 0.4);
        for (j, lines) in headings.lines.iter().enumerate() {
            let x = left + cell * count(j) + (cell - SEAM) / 2.0;
            let raised = headings.staggered && j % 2 == 1;
            let foot = head - 4.0 - if raised { headings.floor } else { 0.0 };
            let height = headings.lettering.height(lines.len());
            // Near the edges of the sheet a wide heading leans inwards.
            let widest = canvas.widest(lines.iter().map(String::as_str), headings.lettering) / 2.0;
            let at = x.clamp(widest, (canvas.width - widest).max(widest));
            canvas.lines(lines, (at, foot - height / 2.0), Anchor::Middle, headings.lettering);
            if raised {
                canvas.path([(x, foot + 1.0), (x, head - 2.0)], grid);
            }
        }
    }

    fn legend(&self, canvas: &mut Canvas<'_>, left: f64, top: f64) {
        let lettering = canvas.axis();
        let y = top + 6.0;
        let (first, last) = match canvas.lang {
            Lang::Zh => ("第1名".to_owned(), format!("第{}名", self.n)),
            Lang::En => ("Rank 1".to_owned(), self.n.to_string()),
        };
        let mut x = canvas.text(&first, (left, y), Anchor::Start, lettering).right + 5.0;
        let steps = self.n.clamp(1, 8);
        for step in 0..steps {
            let share = f64::from(step) / f64::from(steps.max(2) - 1);
            let colour = canvas.theme.sequential_at(1.0 - share);
            let b = Bounds { left: x, top: y - 4.0, right: x + 13.0, bottom: y + 4.0 };
            canvas.fill(b, colour);
            x += 13.0;
        }
        if self.n > 1 {
            canvas.text(&last, (x + 5.0, y), Anchor::Start, lettering);
        }
    }

    /// Tells the chart in prose: every rank of a small map, the leaders of a large one.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let (subject, n) = (&self.subject, self.n);
        let cities = alt::cities(self.rows.len(), lang);
        let columns = self.columns.len();
        let heading = match lang {
            Lang::Zh => {
                format!("热力图：{cities}在{columns}个方面的{subject}，第1名为最优，共{n}名")
            }
            Lang::En => {
                let columns = alt::counted(columns, "", "column", "columns", lang);
                format!("Heat map: {subject} of {cities} in {columns}, 1 being the best of {n}")
            }
        };
        let told = if self.rows.len() * columns <= TOLD_CELLS {
            self.every_rank(lang)
        } else {
            self.leaders(lang)
        };
        alt::prose(&heading, &told, lang)
    }

    fn every_rank(&self, lang: Lang) -> Vec<String> {
        let none = alt::number(None, 0, lang);
        let rows = self.rows.iter().zip(&self.ranks);
        rows.map(|(row, ranks)| {
            let items: Vec<String> = self
                .columns
                .iter()
                .zip(ranks)
                .map(|(column, rank)| match (lang, rank) {
                    (Lang::Zh, Some(rank)) => format!("{column}第{rank}"),
                    (_, rank) => {
                        let rank = rank.map_or_else(|| none.clone(), |rank| rank.to_string());
                        alt::name_and_number(column, &rank, lang)
                    }
                })
                .collect();
            match lang {
                Lang::Zh => format!("{row}：{}", items.join("、")),
                Lang::En => format!("{row}: {}", alt::list(&items, lang)),
            }
        })
        .collect()
    }

    fn leaders(&self, lang: Lang) -> Vec<String> {
        let mut told = Vec::new();
        for (j, column) in self.columns.iter().enumerate() {
            let ranked =
                || self.rows.iter().zip(&self.ranks).filter_map(|(row, r)| Some((row, r[j]?)));
            let Some(best) = ranked().map(|(_, rank)| rank).min() else { continue };
            let names: Vec<String> =
                ranked().filter(|(_, rank)| *rank == best).map(|(row, _)| row.clone()).collect();
            let names = alt::list(&names, lang);
            told.push(match lang {
                Lang::Zh if best == 1 => format!("{column}居首的为{names}"),
                Lang::Zh => format!("{column}以{names}第{best}为最前"),
                Lang::En if best == 1 => format!("{column}: {names} first"),
                Lang::En => format!("{column}: {names} ahead at rank {best}"),
            });
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::trial;

    fn chart(rows: Vec<String>, columns: usize, n: u32) -> RankHeatmap {
        let names = ["Policy environment", "Infrastructure", "A & <B>", "人才与科研产出水平"];
        let ranks = (0..rows.len())
            .map(|i| {
                let ranks = (0..columns).map(|j| u32::try_from(i * 7 + j * 5).unwrap() % n + 1);
                ranks.map(|rank| (rank != 4).then_some(rank)).collect()
            })
            .collect();
        RankHeatmap {
            subject: "Sub-dimension rank".to_owned(),
            rows,
            columns: names.iter().cycle().take(columns).map(|&name| name.to_owned()).collect(),
            ranks,
            n,
            width_mm: 160.0,
        }
    }

    #[test]
    fn all_sizes_are_legible() {
        for (rows, columns, n) in [(1, 1, 1), (2, 3, 3), (20, 12, 20), (20, 18, 20), (58, 7, 338)] {
            trial::check_both(|theme, lang| {
                let cities = trial::cities(lang).into_iter().cycle().take(rows).collect();
                chart(cities, columns, n).draw(theme, lang).unwrap()
            });
        }
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |chart: RankHeatmap| chart.draw(&theme, Lang::En).unwrap_err();
        let one = || vec!["A".to_owned()];
        assert_eq!(draw(chart(vec![], 3, 5)), ChartError::Empty);
        assert_eq!(draw(chart(one(), 0, 5)), ChartError::Empty);
        let low = RankHeatmap { n: 2, ..chart(one(), 3, 20) };
        assert_eq!(draw(low), ChartError::Rank { label: "A".to_owned(), rank: 6 });
        let mut uneven = chart(one(), 3, 20);
        uneven.ranks[0].pop();
        assert!(matches!(draw(uneven), ChartError::Uneven { found: 2, wanted: 3, .. }));
    }

    #[test]
    fn alt_tells_ranks_or_leaders() {
        let mut small = chart(vec!["Beijing".to_owned()], 2, 5);
        small.ranks = vec![vec![Some(1), None]];
        small.columns = vec!["policy".to_owned(), "talent".to_owned()];
        assert_eq!(
            small.alt(Lang::En),
            "Heat map: Sub-dimension rank of 1 city in 2 columns, 1 being the best of 5. \
             Beijing: policy 1 and talent no data."
        );
        let mut large = chart(trial::cities(Lang::Zh), 4, 20);
        large.subject = "子维度排名".to_owned();
        large.columns = ["政策", "组织", "人才", "资金"].map(str::to_owned).to_vec();
        assert_eq!(
            large.alt(Lang::Zh),
            "热力图：20个城市在4个方面的子维度排名，第1名为最优，共20名。政策居首的为北京；\
             组织居首的为南京；人才居首的为西安；资金居首的为青岛。"
        );
    }
}
