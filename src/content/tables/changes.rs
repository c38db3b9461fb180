//! The table of changes since the edition before.

use minijinja::Error;

use crate::content::arguments::Arguments;
use crate::content::block::{Cell, Row, Size, Table};
use crate::content::tables::{NONE, Setting, center, signed_cell, table, wide};
use crate::index::over_time::{Parts, UnitChange};
use crate::num::fixed;

/// Rows up to this number stay on one page.
const WHOLE: usize = 24;

impl Setting<'_> {
    /// City, earlier rank, rank, change, its parts if it is split, interval of the present rank.
    pub(super) fn changes(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let node = arguments.node_or_index("node")?;
        let Some(changes) = &self.results.changes else {
            return Err(arguments.fail("the report names no `previous-edition`"));
        };
        let units = self.results.order(node);
        let sampled = |own: UnitChange| own.parts.is_some_and(|parts| parts.sample != 0.0);
        let with_sample = units.iter().filter_map(|&u| self.results.change(u, node)).any(sampled);
        let with_interval = node == 0 && self.results.robustness.is_some();
        let mut header = vec![
            self.head("城市", "City"),
            Cell::Text(self.edition(changes.edition)),
            Cell::Text(self.edition(self.results.config.report.edition)),
            self.head("位次变化", "Places gained"),
        ];
        if changes.is_split {
            header.push(self.head("方法变动", "Method"));
            header.push(self.head("自身数据", "Own data"));
            header.push(self.head("其他城市数据", "Others’ data"));
            if with_sample {
                header.push(self.head("样本变动", "Sample"));
            }
        }
        if with_interval {
            header.push(self.head("位次区间", "Interval"));
        }
        let columns = std::iter::once(wide(1.4)).chain(header.iter().skip(1).map(|_| center()));
        let columns = columns.collect();
        let rows = units.iter().map(|&unit| {
            let own = self.results.change(unit, node);
            let text = |value: Option<String>| Cell::Text(value.unwrap_or_else(|| NONE.to_owned()));
            let mut cells = vec![
                Cell::Text(self.unit_name(unit)),
                text(own.map(|own| own.before.to_string())),
                Cell::Text(self.rank_text(unit, node)),
                own.map_or_else(
                    || text(None),
                    |own| {
                        let places = f64::from(own.before) - f64::from(own.now);
                        signed_cell(places, 0, self.lang)
                    },
                ),
            ];
            if changes.is_split {
                let part = |of: fn(Parts) -> f64| {
                    text(own.and_then(|own| own.parts).map(|p| self.part(of(p))))
                };
                cells.extend([part(|p| p.method), part(|p| p.own), part(|p| p.others)]);
                if with_sample {
                    cells.push(part(|p| p.sample));
                }
            }
            if with_interval {
                let interval = self.results.uncertainty(unit).map(|own| {
                    let ends = [own.low, own.high].map(|end| fixed(end, 0, self.lang));
                    let mark = if self.results.is_within_interval(unit, node)
                        && own.rank
                            != self.results.change(unit, node).map_or(own.rank, |c| c.before)
                    {
                        "*"
                    } else {
                        ""
                    };
                    format!("{}–{}{mark}", ends[0], ends[1])
                });
                cells.push(text(interval));
            }
            Row::Cells(cells)
        });
        let mut table = table(columns, vec![header], rows.collect());
        table.size = Size::Small;
        table.breakable = units.len() > WHOLE;
        table.notes = vec![self.word(
            "注：位次变化以正数表示上升；各部分之和等于位次变化。",
            "Note: a plus means a better rank; the parts sum to the change.",
        )];
        if with_interval {
            table.notes.push(self.word(
                "位次区间为不确定性分析中位次的5%至95%分位；*表示位次有变动，而原来的位次仍在区间之内。",
                "The interval runs from the 5 % to the 95 % quantile of the rank in the uncertainty analysis; * marks a change whose earlier rank lies inside.",
            ));
        }
        table.source = self.source(&[node]);
        Ok(table)
    }

    fn edition(&self, year: i32) -> String {
        self.word(&format!("{year}年版"), &year.to_string())
    }

    /// A part with its sign, whole or with one decimal; nothing for none.
    fn part(&self, part: f64) -> String {
        if part == 0.0 {
            return "0".to_owned();
        }
        super::signed(part, usize::from(part.fract() != 0.0), self.lang)
    }
}
