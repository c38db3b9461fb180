//! Tables of the ranking chapters.

use minijinja::Error;

use crate::content::arguments::Arguments;
use crate::content::block::{Align, Cell, Column, Row, Size, Table};
use crate::content::results::{IMPUTED, NodeAt};
use crate::content::tables::{NONE, Setting, center, decimal, left, table, wide};
use crate::content::words::join;
use crate::lang::Lang;
use crate::num::fixed;

/// Rows up to this number stay on one page.
const WHOLE: usize = 24;

impl Setting<'_> {
    /// Rank, city, score (and tier, for the whole index), and ranks at further nodes.
    pub(super) fn ranking(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let node = arguments.node_or_index("node")?;
        let others = match arguments.named("columns") {
            Some(_) => arguments.nodes("columns")?,
            None => Vec::new(),
        };
        let top = arguments.count("top", usize::MAX)?;
        let with_tier = node == 0 && self.results.index.tiers.is_some();
        let intervals = self.results.has_intervals(node);
        let mut columns = vec![center()];
        let mut header = vec![self.head("位次", "Rank")];
        if intervals {
            columns.push(center());
            header.push(self.head("位次区间", "Interval"));
        }
        columns.extend([left(), decimal()]);
        header.extend([self.head("城市", "City"), self.head("得分", "Score")]);
        if with_tier {
            columns.push(left());
            header.push(self.head("梯队", "Tier"));
        }
        for &other in &others {
            columns.push(Column::share(Align::Center, 1.0));
            header.push(Cell::Text(self.node_short(other)));
        }
        let rows = self.results.order(node).iter().take(top).map(|&unit| {
            let mut cells = vec![Cell::Text(self.rank_text(unit, node))];
            if intervals {
                cells.push(Cell::Text(self.interval_text(unit, node)));
            }
            cells.push(Cell::Text(self.unit_name(unit)));
            cells.push(Cell::strong(self.score_text(unit, node)));
            if with_tier {
                cells.push(Cell::Text(self.tier_name(unit)));
            }
            cells.extend(others.iter().map(|&other| Cell::Text(self.rank_text(unit, other))));
            Row::Cells(cells)
        });
        let rows = rows.collect();
        let shown: Vec<NodeAt> = std::iter::once(node).chain(others.iter().copied()).collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.breakable = self.results.order(node).len() > WHOLE;
        table.notes = self.tie_note(&shown);
        if intervals {
            table.notes.insert(0, self.interval_note());
        }
        if !others.is_empty() {
            table.notes.insert(
                0,
                self.word("注：右侧各列为位次。", "Note: the columns on the right give ranks."),
            );
        }
        table.source = self.source(&[node]);
        Ok(table)
    }

    /// The name of a unit's tier.
    pub(super) fn tier_name(&self, unit: usize) -> String {
        let names = self.results.config.method.tiers.as_ref().map(|rule| rule.names.get(self.lang));
        self.results
            .tier(unit)
            .and_then(|tier| names?.get(tier).cloned())
            .unwrap_or_else(|| NONE.to_owned())
    }

    /// City by child: score, and rank in brackets.
    pub(super) fn scores(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let node = arguments.node_or_index("node")?;
        let children = self.results.node(node).children().to_vec();
        let intervals = self.results.has_intervals(node);
        let mut columns = vec![center(), left(), decimal()];
        let mut top = vec![
            self.down_head("位次", "Rank"),
            self.down_head("城市", "City"),
            self.down_head("得分", "Score"),
        ];
        if intervals {
            columns.insert(1, center());
            top.insert(1, self.down_head("位次区间", "Interval"));
        }
        let mut below = Vec::new();
        for &child in &children {
            columns.push(Column::share(Align::Decimal, 1.0));
            columns.push(Column::share(Align::Center, 1.0));
            top.push(Cell::over(self.node_short(child), 2));
            below.push(self.head("得分", "Score"));
            below.push(self.head("位次", "Rank"));
        }
        let rows = self
            .results
            .order(node)
            .iter()
            .map(|&unit| {
                let mut cells = vec![
                    Cell::Text(self.rank_text(unit, node)),
                    Cell::Text(self.unit_name(unit)),
                    Cell::strong(self.score_text(unit, node)),
                ];
                if intervals {
                    cells.insert(1, Cell::Text(self.interval_text(unit, node)));
                }
                for &child in &children {
                    cells.push(Cell::Text(self.score_text(unit, child)));
                    cells.push(Cell::Text(self.rank_text(unit, child)));
                }
                Row::Cells(cells)
            })
            .collect();
        let mut table = table(columns, vec![top, below], rows);
        let shown: Vec<NodeAt> = std::iter::once(node).chain(children.iter().copied()).collect();
        table.notes = self.tie_note(&shown);
        if intervals {
            table.notes.insert(0, self.interval_note());
        }
        table.source = self.source(&[node]);
        table.size = Size::Small;
        table.breakable = self.results.order(node).len() > WHOLE;
        Ok(table)
    }

    fn down_head(&self, zh: &str, en: &str) -> Cell {
        Cell::down(self.word(zh, en), 2)
    }

    /// The leaders of each indicator below a node, with their values.
    pub(super) fn top_indicators(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let node = arguments.node_or_index("node")?;
        let top = arguments.count("top", 5)?;
        let columns = vec![wide(1.1), left(), wide(2.6)];
        let header = vec![
            self.head("指标", "Indicator"),
            self.head("单位", "Unit"),
            self.head("居前城市与数值", "Leading cities and values"),
        ];
        let mut rows = Vec::new();
        let (mut cut_ties, mut imputed) = (false, false);
        for leaf in self.results.config.method.leaves(node) {
            let Some(spec) = self.results.spec(leaf) else { continue };
            let ranked = self.results.order(leaf);
            let within =
                |&&unit: &&usize| self.results.rank(unit, leaf).is_some_and(|r| r as usize <= top);
            let mut leaders: Vec<usize> = ranked.iter().filter(within).copied().collect();
            // A tie that fills the table says nothing about the leaders: it is told by number.
            let tie = leaders.len() > top + 2;
            if tie {
                cut_ties = true;
                leaders.retain(|&unit| !self.results.at(leaf).tied[unit]);
            }
            imputed |= leaders.iter().any(|&unit| self.results.is_imputed(unit, leaf));
            let mut named: Vec<String> =
                leaders.iter().map(|&unit| self.leader(unit, leaf)).collect();
            if tie {
                named.push(self.tied_rest(leaf, leaders.len(), spec.decimals));
            }
            rows.push(Row::Cells(vec![
                Cell::Text(self.node_name(leaf)),
                Cell::Text(spec.measure.text(self.lang).to_owned()),
                Cell::Text(join_plain(&named, self.lang)),
            ]));
        }
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.source = self.source(&[node]);
        if cut_ties {
            table.notes = vec![self.word(
                "注：并列城市过多时只给出并列数目。",
                "Note: where many cities tie, their number is given instead of their names.",
            )];
        }
        table.notes.extend(self.imputed_note(imputed));
        Ok(table)
    }

    fn leader(&self, unit: usize, leaf: NodeAt) -> String {
        let mark = if self.results.is_imputed(unit, leaf) { IMPUTED } else { "" };
        let (name, value) = (self.unit_name(unit), self.value_text(unit, leaf) + mark);
        match self.lang {
            Lang::Zh => format!("{name}（{value}）"),
            Lang::En => format!("{name} ({value})"),
        }
    }

    fn tied_rest(&self, leaf: NodeAt, named: usize, decimals: usize) -> String {
        let own = self.results.at(leaf);
        let first = own.order.get(named).copied();
        let tied =
            own.order.iter().filter(|&&u| first.is_some_and(|f| own.ranks[u] == own.ranks[f]));
        let count = tied.count();
        let value = first
            .and_then(|unit| self.results.cell(unit, leaf))
            .map_or_else(|| NONE.to_owned(), |c| fixed(c.value, decimals, self.lang));
        match self.lang {
            Lang::Zh => format!("{count}个城市并列（{value}）"),
            Lang::En => format!("{count} cities tied ({value})"),
        }
    }

    /// Tiers with their range and members.
    pub(super) fn tiers(&self, arguments: &Arguments<'_>) -> Result<Table, Error> {
        let Some(tiers) = &self.results.index.tiers else {
            return Err(arguments.fail("the methodology forms no tiers"));
        };
        let columns = vec![left(), center(), left(), decimal(), wide(1.0)];
        let header = vec![
            self.head("梯队", "Tier"),
            self.head("城市数", "Cities"),
            self.head("得分区间", "Range of scores"),
            self.head("平均得分", "Mean score"),
            self.head("城市（按位次）", "Cities in rank order"),
        ];
        let names_of_tiers =
            self.results.config.method.tiers.as_ref().map(|rule| rule.names.get(self.lang));
        let rows = tiers
            .tiers
            .iter()
            .enumerate()
            .map(|(number, tier)| {
                let scores: Vec<f64> =
                    tier.members.iter().filter_map(|&u| self.results.score(u, 0)).collect();
                let names: Vec<String> = tier.members.iter().map(|&u| self.unit_name(u)).collect();
                let range = if tier.members.is_empty() {
                    "—".to_owned()
                } else if tier.members.len() == 1 {
                    fixed(tier.high, 2, self.lang)
                } else {
                    format!("{}–{}", fixed(tier.low, 2, self.lang), fixed(tier.high, 2, self.lang))
                };
                Row::Cells(vec![
                    Cell::strong(
                        names_of_tiers.and_then(|n| n.get(number)).cloned().unwrap_or_default(),
                    ),
                    Cell::Text(tier.members.len().to_string()),
                    Cell::Text(range),
                    Cell::Text(self.number(crate::num::mean(&scores), 2)),
                    Cell::Text(join(&names, self.lang)),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.notes = vec![match self.lang {
            Lang::Zh => {
                format!("注：方差拟合优度（GVF）为{}。", fixed(tiers.goodness, 3, self.lang))
            }
            Lang::En => {
                format!(
                    "Note: the goodness of variance fit is {}.",
                    fixed(tiers.goodness, 3, self.lang)
                )
            }
        }];
        table.source = self.source(&[0]);
        table.size = Size::Small;
        Ok(table)
    }
}

/// A list in a cell: 、 or commas throughout, since the last item may be a count.
fn join_plain(items: &[String], lang: Lang) -> String {
    items.join(match lang {
        Lang::Zh => "、",
        Lang::En => ", ",
    })
}
