//! Tables of entities by place and category.

use minijinja::Error;

use crate::content::arguments::Arguments;
use crate::content::block::{Cell, Row, Size, Table};
use crate::content::networks::{
    Tally, level_names, network_source, percent, place_name, whole, word,
};
use crate::content::tables::flows::capital;
use crate::content::tables::network::halves;
use crate::content::tables::{NONE, Setting, center, decimal, left, table};
use crate::lang::Lang;
use crate::num::fixed;

/// Places in a table of places by category, and categories in it.
const MIXED: usize = 10;
const MIX_CATEGORIES: usize = 8;

impl Setting<'_> {
    fn tally_line(&self, tally: Tally<'_>) -> String {
        let (source, made_up) = (&tally.spec().source, tally.is_illustrative());
        network_source(self.results, self.lang, source, made_up)
    }

    /// The largest places of a level with count, share and cumulated share.
    pub(super) fn cascade_places(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let tally = arguments.cascade("cascade")?;
        let level = arguments.level()?;
        let top = arguments.count("top", 20)?;
        let own = tally.level(level).ok_or_else(|| arguments.fail("the table has no units"))?;
        let mut ranked = own.ranked(tally.last());
        ranked.truncate(top);
        let half = [center(), left(), decimal(), decimal(), decimal()];
        let name = capital(level_names(level, self.lang).0, self.lang);
        let measure = tally.result().measure.text(self.lang);
        let heads = [
            self.head("位次", "Rank"),
            Cell::Text(name),
            Cell::Text(self.word(&format!("数量（{measure}）"), &capital(measure, self.lang))),
            self.head("占比", "Share"),
            self.head("累计占比", "Cumulated"),
        ];
        let mut sum = 0.0;
        let lines: Vec<Vec<Cell>> = ranked
            .iter()
            .map(|standing| {
                sum += standing.share;
                vec![
                    Cell::Text(standing.rank.to_string()),
                    Cell::Text(place_name(&own.places[standing.at], self.lang)),
                    Cell::Text(whole(standing.count, self.lang)),
                    Cell::Text(percent(standing.share, 2, self.lang)),
                    Cell::Text(percent(sum, 2, self.lang)),
                ]
            })
            .collect();
        let mut made = if lines.len() > MIXED {
            let height = lines.len().div_ceil(2);
            let empty = vec![Cell::text(""); half.len()];
            let row = |at: usize| {
                let right = lines.get(at + height).unwrap_or(&empty);
                Row::Cells(lines[at].iter().chain(right).cloned().collect())
            };
            let header = heads.iter().chain(&heads).cloned().collect();
            table(halves(&half), vec![header], (0..height).map(row).collect())
        } else {
            let rows = lines.into_iter().map(Row::Cells).collect();
            table(half.to_vec(), vec![heads.to_vec()], rows)
        };
        made.size = Size::Small;
        made.source = Some(self.tally_line(tally));
        Ok(made)
    }

    /// Categories with their counts, shares and growth.
    pub(super) fn cascade_categories(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let tally = arguments.cascade("cascade")?;
        let top = arguments.count("top", 20)?;
        let own = tally.result();
        let last = tally.last();
        let years = own.years.first().copied().flatten().zip(own.years[last]);
        let years = years.filter(|_| last > 0);
        let mut ranked = crate::network::standing::ranked(&own.by_category[last]);
        ranked.truncate(top);
        let mut columns = vec![center(), left()];
        let mut header = vec![self.head("位次", "Rank"), self.head("类别", "Category")];
        if let Some((first, last)) = years {
            columns.extend([decimal(), decimal(), decimal(), decimal(), decimal()]);
            header.extend([
                Cell::Text(self.word(&format!("{first}年"), &first.to_string())),
                Cell::Text(self.word(&format!("{last}年"), &last.to_string())),
                self.head("占比", "Share"),
                self.head("倍数", "Multiple"),
                self.head("年均增长", "Yearly growth"),
            ]);
        } else {
            columns.extend([decimal(), decimal()]);
            header.extend([self.head("数量", "Number"), self.head("占比", "Share")]);
        }
        let mut small = false;
        let rows: Vec<Row> = ranked
            .iter()
            .map(|standing| {
                let mut cells = vec![
                    Cell::Text(standing.rank.to_string()),
                    Cell::Text(tally.category_name(standing.at, self.lang)),
                ];
                if years.is_some() {
                    cells.push(Cell::Text(whole(own.by_category[0][standing.at], self.lang)));
                }
                cells.push(Cell::Text(whole(standing.count, self.lang)));
                cells.push(Cell::Text(percent(standing.share, 2, self.lang)));
                if years.is_some() {
                    let growth = own.growths.ranked.iter().find(|g| g.at == standing.at);
                    small |= own.growths.below_base.contains(&standing.at);
                    let none = || NONE.to_owned();
                    cells.push(Cell::Text(
                        growth.map_or_else(none, |g| fixed(g.ratio, 2, self.lang)),
                    ));
                    cells.push(Cell::Text(
                        growth.map_or_else(none, |g| percent(g.yearly, 1, self.lang)),
                    ));
                }
                Row::Cells(cells)
            })
            .collect();
        let mut made = table(columns, vec![header], rows);
        made.size = Size::Small;
        if small {
            let base = whole(own.small_base, self.lang);
            made.notes = vec![match self.lang {
                Lang::Zh => format!("注：首年不足{base}的类别基数太小，不计增长。"),
                Lang::En => {
                    format!("Note: no growth is told of categories below {base} in the first year.")
                }
            }];
        }
        made.source = Some(self.tally_line(tally));
        Ok(made)
    }

    /// The largest places by the largest categories: shares of each place's own.
    pub(super) fn cascade_mix(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let tally = arguments.cascade("cascade")?;
        let level = arguments.level()?;
        let top = arguments.count("top", MIXED)?;
        let own = tally.level(level).ok_or_else(|| arguments.fail("the table has no units"))?;
        let whole_table = tally.result();
        let last = tally.last();
        let count = whole_table.categories.len();
        let mut categories = crate::network::standing::ranked(&whole_table.by_category[last]);
        categories.truncate(MIX_CATEGORIES);
        let mut header = vec![Cell::Text(capital(level_names(level, self.lang).0, self.lang))];
        header.extend(categories.iter().map(|c| Cell::Text(tally.category_name(c.at, self.lang))));
        let mut columns = vec![left()];
        columns.extend(categories.iter().map(|_| decimal()));
        let cell = |part: u64, all: u64| {
            let found = crate::network::standing::share(part, all);
            Cell::Text(found.map_or_else(|| NONE.to_owned(), |x| percent(x, 1, self.lang)))
        };
        let mut rows: Vec<Row> = own
            .ranked(last)
            .iter()
            .take(top)
            .map(|standing| {
                let mix = &own.mix[standing.at * count..(standing.at + 1) * count];
                let all: u64 = mix.iter().sum();
                let mut cells = vec![Cell::Text(place_name(&own.places[standing.at], self.lang))];
                cells.extend(categories.iter().map(|c| cell(mix[c.at], all)));
                Row::Cells(cells)
            })
            .collect();
        let all = whole_table.categorised[last];
        let mut total = vec![Cell::strong(word(self.lang, "全部", "All"))];
        total.extend(categories.iter().map(|c| cell(c.count, all)));
        rows.push(Row::Cells(total));
        let mut made = table(columns, vec![header], rows);
        made.size = Size::Tiny;
        made.notes = vec![self.word(
            "注：各行为该地有类别的数量中各类别的占比。",
            "Note: shares of each row’s own, of those with a category.",
        )];
        made.source = Some(self.tally_line(tally));
        Ok(made)
    }
}
