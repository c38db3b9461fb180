//! Tables of flows between places.

use minijinja::Error;

use crate::config::Level;
use crate::content::arguments::Arguments;
use crate::content::block::{Cell, Row, Size, Table};
use crate::content::networks::{Web, kind_names, level_names, percent, place_name, whole};
use crate::content::tables::network::halves;
use crate::content::tables::{NONE, Setting, center, decimal, left, signed_cell, table};
use crate::lang::Lang;
use crate::network::standing::Standing;
use crate::network::{FlowKind, FlowYear, Flows};
use crate::num::fixed;

/// Places in a matrix of shares.
const MATRIX: usize = 10;

impl Setting<'_> {
    fn flows_of<'a>(
        arguments: &mut Arguments<'a>,
    ) -> Result<(Web<'a>, Level, &'a Flows, &'a FlowYear), Error> {
        let web = arguments.network("network")?;
        let level = arguments.level()?;
        let found = web.flows(level).and_then(|flows| Some((flows, flows.years.last()?)));
        let (flows, year) = found.ok_or_else(|| {
            arguments.fail(format!("network `{}` has no flows by {}", web.id(), level.word()))
        })?;
        Ok((web, level, flows, year))
    }

    fn place(&self, flows: &Flows, at: usize) -> String {
        place_name(&flows.places[at], self.lang)
    }

    /// The largest flows with their shares and whether they stay inside; two halves, read downwards.
    pub(super) fn network_pairs(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let (web, level, flows, year) = Self::flows_of(arguments)?;
        let top = arguments.count("top", web.spec().top)?;
        let (within, across) = kind_names(level, self.lang);
        let mut found = flows.ranked(year);
        found.truncate(top);
        let half = [center(), left(), decimal(), left()];
        let heads = [
            self.head("位次", "Rank"),
            self.head("流向", "Flow"),
            self.head("占比", "Share"),
            self.head("类型", "Type"),
        ];
        let height = found.len().div_ceil(2);
        let cells = |at: usize| match found.get(at) {
            None => vec![Cell::text(""); half.len()],
            Some(flow) => {
                let (from, to) = (self.place(flows, flow.from), self.place(flows, flow.to));
                let arrow = match self.lang {
                    Lang::Zh => format!("{from}→{to}"),
                    Lang::En => format!("{from} → {to}"),
                };
                let kind = if flow.kind == FlowKind::Within { within } else { across };
                vec![
                    Cell::Text(flow.rank.to_string()),
                    Cell::Text(arrow),
                    Cell::Text(percent(flow.share, 2, self.lang)),
                    Cell::text(kind),
                ]
            }
        };
        let rows = (0..height)
            .map(|at| Row::Cells(cells(at).into_iter().chain(cells(at + height)).collect()))
            .collect();
        let header = heads.iter().chain(&heads).cloned().collect();
        let mut made = table(halves(&half), vec![header], rows);
        made.size = Size::Small;
        made.notes = self.coverage_note(year);
        made.source = Some(self.network_line(web));
        Ok(made)
    }

    /// What shares of flows are shares of.
    fn coverage_note(&self, year: &FlowYear) -> Vec<String> {
        let Some(coverage) = year.coverage() else { return Vec::new() };
        let (located, share) = (whole(year.located, self.lang), percent(coverage, 1, self.lang));
        if year.located == year.edges {
            return vec![match self.lang {
                Lang::Zh => format!("注：占比以全部{located}条关系为分母。"),
                Lang::En => format!("Note: shares of all {located} relations."),
            }];
        }
        vec![match self.lang {
            Lang::Zh => {
                format!("注：占比以两端都有所在城市的{located}条关系为分母，占全部关系的{share}。")
            }
            Lang::En => format!(
                "Note: shares of the {located} relations with a city at both ends, {share} of all relations."
            ),
        }]
    }

    /// The places that give and take the most, side by side.
    pub(super) fn network_shares(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let (web, level, flows, year) = Self::flows_of(arguments)?;
        let top = arguments.count("top", web.spec().top)?;
        let (givers, takers) = (flows.givers(year), flows.takers(year));
        let name = capital(level_names(level, self.lang).0, self.lang);
        let header = vec![
            vec![
                Cell::over(self.word("输出", "Given"), 3),
                Cell::over(self.word("输入", "Taken"), 3),
            ],
            (0..2)
                .flat_map(|_| {
                    [self.head("位次", "Rank"), Cell::text(&name), self.head("占比", "Share")]
                })
                .collect(),
        ];
        let cells = |own: Option<&Standing>| match own {
            None => vec![Cell::text(""); 3],
            Some(own) => vec![
                Cell::Text(own.rank.to_string()),
                Cell::Text(self.place(flows, own.at)),
                Cell::Text(percent(own.share, 2, self.lang)),
            ],
        };
        let rows = (0..top.min(givers.len().max(takers.len())))
            .map(|at| {
                let both = cells(givers.get(at)).into_iter().chain(cells(takers.get(at)));
                Row::Cells(both.collect())
            })
            .collect();
        let mut made = table(halves(&[center(), left(), decimal()]), header, rows);
        made.size = Size::Small;
        made.notes = self.coverage_note(year);
        made.source = Some(self.network_line(web));
        Ok(made)
    }

    /// What the largest places give, take and keep, with their balance.
    pub(super) fn network_balances(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let (web, level, flows, year) = Self::flows_of(arguments)?;
        let top = arguments.count("top", web.spec().top)?;
        let poles = flows.poles(year, web.spec().pole_share);
        let mut order = flows.years.last().map_or_else(Vec::new, FlowYear::balances);
        order.retain(|own| own.out + own.into > 0 && !flows.places[own.place].is_rest());
        order.sort_by_key(|own| (std::cmp::Reverse(own.out + own.into), own.place));
        order.truncate(top);
        let name = capital(level_names(level, self.lang).0, self.lang);
        let columns = vec![left(), decimal(), decimal(), decimal(), decimal(), left(), center()];
        let header = vec![
            Cell::Text(name),
            self.head("输出占比", "Given"),
            self.head("输入占比", "Taken"),
            self.head("其中内部", "Of which within"),
            self.head("净输出（百分点）", "Net (points)"),
            self.head("收支", "Balance"),
            self.head("极点", "Pole"),
        ];
        let total = year.total;
        let rows = order.iter().map(|own| {
            let kept = crate::network::standing::share(year.count(own.place, own.place), total);
            let side = match own.net {
                0 => self.word("平衡", "even"),
                1.. => self.word("净输出", "net giver"),
                _ => self.word("净输入", "net taker"),
            };
            let is_pole = poles.places.iter().any(|(at, _)| *at == own.place);
            Row::Cells(vec![
                Cell::Text(self.place(flows, own.place)),
                Cell::Text(percent(own.out_share, 2, self.lang)),
                Cell::Text(percent(own.in_share, 2, self.lang)),
                Cell::Text(kept.map_or_else(|| NONE.to_owned(), |x| percent(x, 2, self.lang))),
                signed_cell((own.out_share - own.in_share) * 100.0, 2, self.lang),
                Cell::Text(side),
                Cell::text(if is_pole { "●" } else { "" }),
            ])
        });
        let mut made = table(columns, vec![header], rows.collect());
        made.size = Size::Small;
        let least = percent(web.spec().pole_share, 0, self.lang);
        made.notes = vec![match self.lang {
            Lang::Zh => format!("注：●表示极点，即输出与输入合计不低于全部的{least}。"),
            Lang::En => format!(
                "Note: ● marks a pole, with at least {least} of all given and taken together."
            ),
        }];
        made.source = Some(self.network_line(web));
        Ok(made)
    }

    /// Shares of all relations between the largest places, with the rest and the sums.
    pub(super) fn network_matrix(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let (web, _, flows, year) = Self::flows_of(arguments)?;
        let top = arguments.count("top", MATRIX)?;
        let mut order: Vec<usize> =
            (0..flows.places.len()).filter(|&at| !flows.places[at].is_rest()).collect();
        order.sort_by_key(|&at| (std::cmp::Reverse(year.out[at] + year.into[at]), at));
        order.truncate(top);
        let share = |count: u64| {
            let found = crate::network::standing::share(count, year.total);
            Cell::Text(found.map_or_else(|| NONE.to_owned(), |x| fixed(x * 100.0, 2, self.lang)))
        };
        let mut header = vec![self.head("输出＼输入", "From \\ to")];
        header.extend(order.iter().map(|&at| Cell::Text(self.place(flows, at))));
        header.push(self.head("其他", "Others"));
        header.push(self.head("合计", "All"));
        let row = |name: Cell, count: &dyn Fn(usize) -> u64, all: u64| {
            let known: u64 = order.iter().map(|&to| count(to)).sum();
            let mut cells = vec![name];
            cells.extend(order.iter().map(|&to| share(count(to))));
            cells.extend([share(all - known), share(all)]);
            Row::Cells(cells)
        };
        let mut rows: Vec<Row> = order
            .iter()
            .map(|&from| {
                let name = Cell::Text(self.place(flows, from));
                row(name, &|to| year.count(from, to), year.out[from])
            })
            .collect();
        let others =
            |to: usize| year.into[to] - order.iter().map(|&f| year.count(f, to)).sum::<u64>();
        let given: u64 = order.iter().map(|&from| year.out[from]).sum();
        rows.push(row(self.head("其他", "Others"), &others, year.total - given));
        rows.push(row(self.head("合计", "All"), &|to| year.into[to], year.total));
        let mut columns = vec![left()];
        columns.extend((0..order.len() + 2).map(|_| decimal()));
        let mut made = table(columns, vec![header], rows);
        made.size = Size::Tiny;
        made.notes =
            vec![self.word("注：单位为占全部关系的百分比。", "Note: per cent of all relations.")];
        made.source = Some(self.network_line(web));
        Ok(made)
    }
}

/// A name as a heading: English begins with a capital.
pub(super) fn capital(text: &str, lang: Lang) -> String {
    let mut chars = text.chars();
    match (lang, chars.next()) {
        (Lang::En, Some(first)) => first.to_uppercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}
