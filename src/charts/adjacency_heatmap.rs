//! A heat map of a matrix of regions: what each gives to each.

use super::alt;
use super::canvas::{Anchor, At, Bounds, Canvas, Lettering, PT_PER_MM, Stroke};
use super::error::{amounts, even, legible};
use super::flow::{self, Flow};
use super::scale::count;
use super::theme::Colour;
use super::{Chart, ChartError, Theme};
use crate::lang::Lang;
use crate::num::{fixed, round_to};

/// Values from givers (rows) to takers (columns) in classes of a sequential palette.
#[derive(Debug, Clone, PartialEq)]
pub struct AdjacencyHeatmap {
    /// What the values are, such as `占全部关系的比重`.
    pub subject: String,
    /// Names of the regions, in the order of rows and columns.
    pub regions: Vec<String>,
    /// One list per giver, in the order of the takers; none where there is no value.
    pub values: Vec<Vec<Option<f64>>>,
    /// Word for the rows, such as `赋能方`.
    pub row_name: String,
    /// Word for the columns, such as `输入方`.
    pub column_name: String,
    /// Decimals of the values.
    pub decimals: usize,
    /// Measure of the values, such as `%`; empty for ratios.
    pub measure: String,
    /// Printed width.
    pub width_mm: f64,
}

const MOST_CELL: f64 = 34.0;
const MOST_CELL_HEIGHT: f64 = 20.0;
const LEAST_CELL: f64 = 10.4;
const MOST_HEIGHT: f64 = 225.0 * PT_PER_MM;
const SEAM: f64 = 0.75;
/// The most the legend takes.
const LEGEND: f64 = 44.0;
const SWATCH: f64 = 30.0;
/// Classes above the lowest.
const MOST_CUTS: usize = 6;

/// How the matrix lies on the sheet.
struct Grid {
    left: f64,
    top: f64,
    cell: (f64, f64),
    /// Whether names of columns read upwards.
    upright: bool,
}

impl Grid {
    fn cell(&self, row: usize, column: usize) -> Bounds {
        let (left, top) =
            (self.left + self.cell.0 * count(column), self.top + self.cell.1 * count(row));
        let (right, bottom) = (left + self.cell.0 - SEAM, top + self.cell.1 - SEAM);
        Bounds { left, top, right, bottom }
    }
}

fn middle(b: Bounds) -> At {
    (f64::midpoint(b.left, b.right), f64::midpoint(b.top, b.bottom))
}

impl AdjacencyHeatmap {
    /// The most regions that stay legible.
    pub const MOST: usize = 34;

    /// Draws the chart.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::Uneven`],
    /// [`ChartError::NotFinite`], [`ChartError::Negative`] or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        self.screen()?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let grid = self.grid(&canvas).ok_or(ChartError::TooNarrow)?;
        let cuts = self.cuts();
        self.names(&mut canvas, &grid);
        let value = Lettering { size: theme.least_size, ..canvas.value() };
        let decimals = self.printed(&canvas, value, &grid);
        for (row, values) in self.values.iter().enumerate() {
            for (column, cell) in values.iter().enumerate() {
                let b = grid.cell(row, column);
                let Some(v) = *cell else { continue };
                let colour = shade(theme, &cuts, v);
                canvas.fill(b, colour);
                if let Some(decimals) = decimals
                    && round_to(v, decimals) > 0.0
                {
                    let lettering = Lettering { colour: colour.ink_on(), ..value };
                    let text = fixed(v, decimals, lang);
                    canvas.text(&text, middle(b), Anchor::Middle, lettering);
                }
            }
        }
        for i in 0..self.regions.len() {
            outline(&mut canvas, grid.cell(i, i));
        }
        let bottom = grid.cell(self.regions.len() - 1, 0).bottom;
        let foot = self.legend(&mut canvas, &cuts, (0.0, bottom + 5.0));
        canvas.finish(foot)
    }

    /// The decimals with which values fit their cells: one may be left out, not the values' meaning.
    fn printed(&self, canvas: &Canvas<'_>, value: Lettering, grid: &Grid) -> Option<usize> {
        let room = grid.cell.0 - SEAM - 2.0;
        [self.decimals, self.decimals.saturating_sub(1)].into_iter().find(|&decimals| {
            let text = |v: f64| canvas.width_of(&fixed(v, decimals, canvas.lang), value);
            grid.cell.1 >= 10.5 && self.all().map(text).fold(0.0, f64::max) <= room
        })
    }

    fn screen(&self) -> Result<(), ChartError> {
        let n = self.regions.len();
        legible("regions", n, Self::MOST)?;
        even("values", self.values.len(), n)?;
        for (label, values) in self.regions.iter().zip(&self.values) {
            even(label, values.len(), n)?;
            amounts(label, values.iter().flatten())?;
        }
        if self.all().any(|v| v > 0.0) { Ok(()) } else { Err(ChartError::Empty) }
    }

    fn all(&self) -> impl Iterator<Item = f64> + '_ {
        self.values.iter().flatten().flatten().copied()
    }

    /// The bounds of the classes, falling: round numbers from the largest value down, in steps of 1,
    /// 2 and 5, or of 1 and 3 where these would leave most values in the lowest class.
    fn cuts(&self) -> Vec<f64> {
        let most = self.all().fold(0.0, f64::max);
        let least = self.all().filter(|v| *v > 0.0).fold(f64::INFINITY, f64::min);
        let fine = round_numbers(most, &[5.0, 2.0, 1.0]);
        let values = self.all().filter(|v| *v > 0.0).count();
        let lowest = self.all().filter(|v| 0.0 < *v && *v < fine[MOST_CUTS - 1]).count();
        let mut cuts = if lowest * 4 <= values { fine } else { round_numbers(most, &[3.0, 1.0]) };
        let needed = cuts.iter().position(|cut| *cut <= least).map_or(cuts.len(), |at| at + 1);
        cuts.truncate(needed);
        cuts
    }

    fn grid(&self, canvas: &Canvas<'_>) -> Option<Grid> {
        let label = Lettering { size: canvas.theme.least_size, ..canvas.label() };
        let n = count(self.regions.len());
        let names = || self.regions.iter().map(String::as_str);
        let widest = canvas.widest(names(), label).min(canvas.width * 0.3);
        let axis = canvas.axis().height(1) + 4.0;
        let left = axis + widest + 4.0;
        let across = ((canvas.width - left) / n).min(MOST_CELL);
        if across < LEAST_CELL {
            return None;
        }
        let upright = canvas.widest(names(), label) > across - 2.0;
        let tallest = names().map(|name| standing(canvas, name, label)).fold(0.0, f64::max);
        let head = if upright { tallest + 4.0 } else { label.height(1) + 2.0 };
        let top = axis + head;
        let down = ((MOST_HEIGHT - top - LEGEND) / n).min(across.min(MOST_CELL_HEIGHT));
        Some(Grid { left, top, cell: (across, down.max(LEAST_CELL)), upright })
    }

    fn names(&self, canvas: &mut Canvas<'_>, grid: &Grid) {
        let label = Lettering { size: canvas.theme.least_size, ..canvas.label() };
        let room = canvas.width * 0.3;
        for (i, name) in self.regions.iter().enumerate() {
            let (x, y) = middle(grid.cell(i, i));
            let name = canvas.fit(name, room, label);
            canvas.text(&name, (grid.left - 4.0, y), Anchor::End, label);
            if grid.upright {
                let top = grid.top - 3.0 - standing(canvas, &name, label);
                stand(canvas, &name, (x, top), label);
            } else {
                let at = (x, grid.top - 2.0 - label.height(1) / 2.0);
                canvas.text(&name, at, Anchor::Middle, label);
            }
        }
        let (axis, n) = (canvas.axis(), self.regions.len());
        let (first, last) = (grid.cell(0, 0), grid.cell(n - 1, n - 1));
        let heading = canvas.fit(&self.column_name, canvas.width - grid.left, axis);
        canvas.text(&heading, (grid.left, axis.height(1) / 2.0), Anchor::Start, axis);
        let rows = canvas.fit(&self.row_name, last.bottom - first.top, axis);
        stand(canvas, &rows, (axis.height(1) / 2.0, first.top), axis);
    }

    fn legend(&self, canvas: &mut Canvas<'_>, cuts: &[f64], (left, top): At) -> f64 {
        let lettering = canvas.axis();
        let lang = canvas.lang;
        let y = top + 4.5;
        let title = match lang {
            Lang::Zh if self.measure.is_empty() => self.subject.clone(),
            Lang::Zh => format!("{}（{}）", self.subject, self.measure),
            Lang::En if self.measure.is_empty() => alt::sentence(&self.subject),
            Lang::En => format!("{} ({})", alt::sentence(&self.subject), self.measure),
        };
        let swatches = SWATCH * count(cuts.len() + 1);
        let title = canvas.fit(&title, canvas.width - left, lettering);
        let (mut x, mut y) =
            (canvas.text(&title, (left, y), Anchor::Start, lettering).right + 14.0, y);
        if x + swatches > canvas.width {
            (x, y) = (left, y + lettering.height(1) + 3.0);
        }
        let least = canvas.theme.sequential_at(0.0);
        let shades = cuts.iter().rev().map(|&cut| (shade(canvas.theme, cuts, cut), Some(cut)));
        let classes: Vec<(Colour, Option<f64>)> =
            [(least, None)].into_iter().chain(shades).collect();
        let width = SWATCH.min((canvas.width - x - 8.0) / count(classes.len()));
        for (colour, cut) in classes {
            let b = Bounds { left: x, top: y - 4.0, right: x + width - 0.75, bottom: y + 4.0 };
            canvas.fill(b, colour);
            if let Some(cut) = cut {
                let text = crate::num::shortest(cut, lang);
                canvas.text(&text, (x, y + 11.5), Anchor::Middle, lettering);
            }
            x += width;
        }
        y + 20.0
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let (subject, n) = (&self.subject, self.regions.len());
        let heading = match lang {
            Lang::Zh => format!(
                "热力图：{n}个地区之间的{subject}，行为{}，列为{}",
                self.row_name, self.column_name
            ),
            Lang::En => format!(
                "Heat map: {subject} among {}, rows {}, columns {}",
                alt::counted(n, "", "region", "regions", lang),
                alt::inside(&self.row_name),
                alt::inside(&self.column_name)
            ),
        };
        let cells = self.values.iter().enumerate().flat_map(|(from, row)| {
            row.iter()
                .enumerate()
                .filter_map(move |(to, value)| Some(Flow { from, to, value: (*value)? }))
        });
        let cells: Vec<Flow> = cells.collect();
        let labels: Vec<&str> = self.regions.iter().map(String::as_str).collect();
        let mut told = Vec::new();
        for (own, zh, en) in
            [(true, "地区内部", "within regions"), (false, "地区之间", "between regions")]
        {
            let most = flow::largest(&cells, 8, |f| (f.from == f.to) == own);
            if most.is_empty() {
                continue;
            }
            let items = flow::told(&most, &labels, (self.decimals, &self.measure), lang);
            told.push(match lang {
                Lang::Zh => format!("{zh}最高的依次为{items}"),
                Lang::En => format!("highest {en}: {items}"),
            });
        }
        alt::prose(&heading, &told, lang)
    }
}

/// Whether a text stands character below character instead of reading upwards.
fn is_stacked(text: &str) -> bool {
    text.chars().all(|c| !c.is_ascii())
}

/// The height of a standing text.
fn standing(canvas: &Canvas<'_>, text: &str, lettering: Lettering) -> f64 {
    if is_stacked(text) {
        lettering.height(text.chars().count())
    } else {
        canvas.width_of(text, lettering).min(canvas.width * 0.3)
    }
}

/// Letters a standing text from `(x, top)` down.
fn stand(canvas: &mut Canvas<'_>, text: &str, (x, top): At, lettering: Lettering) {
    let height = standing(canvas, text, lettering);
    if is_stacked(text) {
        let lines: Vec<String> = text.chars().map(String::from).collect();
        canvas.lines(&lines, (x, top + height / 2.0), Anchor::Middle, lettering);
    } else {
        canvas.text_upwards(text, (x, top + height), lettering);
    }
}

/// [`MOST_CUTS`] multiples of powers of ten up to `most`, falling.
fn round_numbers(most: f64, factors: &[f64]) -> Vec<f64> {
    let mut power = 1.0;
    while power > most {
        power /= 10.0;
    }
    while power * 10.0 <= most {
        power *= 10.0;
    }
    let mut numbers = Vec::new();
    while numbers.len() < MOST_CUTS {
        numbers.extend(factors.iter().map(|f| f * power).filter(|number| *number <= most));
        power /= 10.0;
    }
    numbers.truncate(MOST_CUTS);
    numbers
}

/// The colour of the class of a value; nothing at all leaves the paper almost white.
fn shade(theme: &Theme, cuts: &[f64], value: f64) -> Colour {
    let below = cuts.iter().position(|cut| value >= *cut).unwrap_or(cuts.len());
    if value <= 0.0 {
        return theme.paper.mix(theme.grid, 0.3);
    }
    theme.sequential_at(1.0 - count(below) / count(cuts.len().max(1)))
}

/// A thin frame round a cell of the diagonal.
fn outline(canvas: &mut Canvas<'_>, b: Bounds) {
    let stroke = Stroke::new(canvas.theme.ink, 0.6);
    let corners = [
        (b.left, b.top),
        (b.right, b.top),
        (b.right, b.bottom),
        (b.left, b.bottom),
        (b.left, b.top),
    ];
    canvas.path(corners, stroke);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    fn chart(
        regions: Vec<String>,
        value: impl Fn(usize, usize) -> Option<f64>,
    ) -> AdjacencyHeatmap {
        let n = regions.len();
        AdjacencyHeatmap {
            subject: "share of relations".to_owned(),
            regions,
            values: (0..n).map(|i| (0..n).map(|j| value(i, j)).collect()).collect(),
            row_name: "Giver".to_owned(),
            column_name: "Taker".to_owned(),
            decimals: 2,
            measure: "%".to_owned(),
            width_mm: TEXT_BLOCK_MM,
        }
    }

    fn falling(i: usize, j: usize) -> Option<f64> {
        (i + j != 3).then(|| 30.0 / (count(i + 1) * count(j + 1)))
    }

    #[test]
    fn all_sizes_are_legible() {
        for n in [1, 2, 8, 18, 31, 34] {
            trial::check_both(|theme, lang| {
                let names = trial::cities(lang).into_iter().cycle().take(n).collect();
                chart(names, falling).draw(theme, lang).unwrap()
            });
        }
    }

    #[test]
    fn values_are_printed_where_they_fit() {
        let theme = trial::theme();
        let small = chart(trial::cities(Lang::Zh)[..8].to_vec(), falling);
        assert!(small.draw(&theme, Lang::Zh).unwrap().svg.contains("30.00"));
        let names = trial::cities(Lang::Zh).into_iter().cycle().take(31).collect();
        let large = chart(names, falling);
        assert!(!large.draw(&theme, Lang::Zh).unwrap().svg.contains("30.00"));
    }

    #[test]
    fn classes_are_round_and_reach_the_least_value() {
        let cuts = |value: f64| chart(vec!["A".to_owned()], |_, _| Some(value)).cuts();
        assert_eq!(cuts(10.87), [10.0]);
        assert_eq!(cuts(0.3), [0.2]);
        let wide = chart(trial::cities(Lang::En)[..2].to_vec(), |i, j| {
            Some([40.0, 0.001, 0.002, 3.0][i * 2 + j])
        });
        let rounded: Vec<String> = wide.cuts().iter().map(|cut| format!("{cut:.2}")).collect();
        assert_eq!(rounded, ["30.00", "10.00", "3.00", "1.00", "0.30", "0.10"]);
        let spread = chart(trial::cities(Lang::En)[..2].to_vec(), |i, j| {
            Some([10.87, 0.7, 0.0, 3.0][i * 2 + j])
        });
        assert_eq!(spread.cuts(), [10.0, 5.0, 2.0, 1.0, 0.5]);
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |chart: AdjacencyHeatmap| chart.draw(&theme, Lang::En).unwrap_err();
        let one = || vec!["A".to_owned()];
        assert_eq!(draw(chart(vec![], falling)), ChartError::Empty);
        assert_eq!(draw(chart(one(), |_, _| Some(0.0))), ChartError::Empty);
        assert_eq!(draw(chart(one(), |_, _| None)), ChartError::Empty);
        let nan = chart(one(), |_, _| Some(f64::NAN));
        assert_eq!(draw(nan), ChartError::NotFinite { label: "A".to_owned() });
        let mut uneven = chart(one(), falling);
        uneven.values[0].push(None);
        assert!(matches!(draw(uneven), ChartError::Uneven { found: 2, wanted: 1, .. }));
    }

    #[test]
    fn alt_tells_the_highest() {
        let mut spec = chart(vec!["Beijing".to_owned(), "Jinan".to_owned()], |i, j| {
            Some([10.87, 0.7, 0.0, 3.0][i * 2 + j])
        });
        assert_eq!(
            spec.alt(Lang::En),
            "Heat map: share of relations among 2 regions, rows giver, columns taker. Highest \
             within regions: within Beijing (10.87%) and within Jinan (3.00%). Highest between \
             regions: Beijing to Jinan (0.70%)."
        );
        spec.subject = "占比".to_owned();
        spec.row_name = "赋能方".to_owned();
        spec.column_name = "输入方".to_owned();
        spec.regions = vec!["北京".to_owned(), "济南".to_owned()];
        assert_eq!(
            spec.alt(Lang::Zh),
            "热力图：2个地区之间的占比，行为赋能方，列为输入方。地区内部最高的依次为\
             北京内部10.87%和济南内部3.00%；地区之间最高的依次为北京到济南0.70%。"
        );
    }
}
