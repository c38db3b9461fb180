//! Tables of the annexes: everything the report rests on, in full.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::Error;

use crate::config::{Direction, Status};
use crate::content::arguments::Arguments;
use crate::content::block::{Align, Cell, Column, Row, Size, Table};
use crate::content::results::{IMPUTED, NodeAt};
use crate::content::tables::{NONE, Setting, center, decimal, left, marked, table, wide};
use crate::content::words::date;
use crate::lang::Lang;
use crate::num::{fixed, shortest};

/// Columns up to which English heads stand upright.
const WORDED_COLUMNS: usize = 10;

impl Setting<'_> {
    /// Scores at a node and below it, down to the indicators, cities by code.
    pub(super) fn annex_scores(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let node = arguments.node_or_index("node")?;
        let deep = node != 0;
        let nodes: Vec<NodeAt> = if deep { self.below(node) } else { self.inner() };
        let mut any = false;
        let mut table = self.matrix(
            &nodes,
            |unit, at| {
                let imputed = self.results.rests_on_imputed(unit, at);
                any |= imputed;
                marked(self.score_text(unit, at), imputed)
            },
            true,
        );
        table.notes.extend(self.imputed_note(any));
        Ok(table)
    }

    /// Ranks at every dimension and sub-dimension, cities by code.
    pub(super) fn annex_ranks(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let node = arguments.node_or_index("node")?;
        let nodes = if node == 0 { self.inner() } else { self.below(node) };
        let mut table = self.matrix(&nodes, |unit, at| Cell::Text(self.rank_text(unit, at)), false);
        // English names are too long for so many narrow columns.
        table.turned = self.lang == Lang::En && nodes.len() > WORDED_COLUMNS;
        table.notes = self.tie_note(&nodes);
        if node == 0 && self.results.robustness.is_some() {
            self.add_intervals(&mut table);
        }
        Ok(table)
    }

    /// Puts the intervals behind the ranks on the index.
    fn add_intervals(&self, table: &mut Table) {
        table.columns.insert(2, Column::share(Align::Center, 1.25));
        for header in &mut table.header {
            header.insert(2, self.head("位次区间", "Interval"));
        }
        for (unit, row) in table.rows.iter_mut().enumerate() {
            if let Row::Cells(cells) = row {
                cells.insert(2, Cell::Text(self.interval_text(unit, 0)));
            }
        }
        table.notes.insert(0, self.interval_note());
    }

    /// The index, the dimensions and the sub-dimensions.
    fn inner(&self) -> Vec<NodeAt> {
        (0..self.results.config.method.nodes.len())
            .filter(|&n| self.results.spec(n).is_none())
            .collect()
    }

    /// A node and everything below it, in the order of the tree.
    fn below(&self, node: NodeAt) -> Vec<NodeAt> {
        let mut nodes = vec![node];
        for &child in self.results.node(node).children() {
            nodes.extend(self.below(child));
        }
        nodes
    }

    fn matrix(
        &self,
        nodes: &[NodeAt],
        mut cell: impl FnMut(usize, NodeAt) -> Cell,
        decimals: bool,
    ) -> Table {
        let mut columns = vec![left()];
        let mut header = vec![self.head("城市", "City")];
        for &node in nodes {
            let align = if decimals { Align::Right } else { Align::Center };
            columns.push(Column::share(align, 1.0));
            header.push(Cell::Text(self.node_short(node)));
        }
        let rows = (0..self.results.count())
            .map(|unit| {
                let mut cells = vec![Cell::Text(self.unit_name(unit))];
                cells.extend(nodes.iter().map(|&node| cell(unit, node)));
                Row::Cells(cells)
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = if nodes.len() > 7 { Size::Tiny } else { Size::Small };
        table
    }

    /// Raw columns used below a node: value with year by city, one section per column.
    pub(super) fn annex_data(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let node = arguments.node_or_index("node")?;
        let raw = &self.results.inputs.dataset.raw;
        let mut series: BTreeMap<(&str, Option<i32>), BTreeMap<usize, usize>> = BTreeMap::new();
        let mut order: Vec<(&str, Option<i32>)> = Vec::new();
        // Units for which a gap in a column was bridged by imputation.
        let mut bridged: BTreeMap<(&str, Option<i32>), BTreeSet<usize>> = BTreeMap::new();
        for leaf in self.results.config.method.leaves(node) {
            let Some(data) = self.results.data(leaf) else { continue };
            let imputed = (0..data.cells.len()).filter(|&u| self.results.is_imputed(u, leaf));
            let imputed: BTreeSet<usize> = imputed.collect();
            for &at in data.cells.iter().flatten().flat_map(|c| &c.inputs) {
                let key = (raw[at].column.as_str(), raw[at].year);
                if !order.contains(&key) {
                    order.push(key);
                }
                series.entry(key).or_default().insert(raw[at].unit, at);
                bridged.entry(key).or_default().extend(&imputed);
            }
        }
        let mut columns = vec![left()];
        let mut top = vec![self.head("城市", "City")];
        for &(column, year) in &order {
            columns.push(Column::share(Align::Right, 1.0));
            top.push(Cell::Text(self.raw_heading(column, year)));
        }
        let mut any_imputed = false;
        let rows = (0..self.results.count())
            .map(|unit| {
                let mut cells = vec![Cell::Text(self.unit_name(unit))];
                for key in &order {
                    let value = series.get(key).and_then(|s| s.get(&unit)).map(|&at| &raw[at]);
                    let text = value.and_then(|cell| {
                        let corrected = if cell.correction.is_some() { "†" } else { "" };
                        let imputed = if cell.status == Status::Imputed { IMPUTED } else { "" };
                        any_imputed |= !imputed.is_empty();
                        Some(format!("{}{corrected}{imputed}", shortest(cell.value?, self.lang)))
                    });
                    let bridged = bridged.get(key).is_some_and(|units| units.contains(&unit));
                    any_imputed |= text.is_none() && bridged;
                    let gap = if bridged { IMPUTED } else { NONE };
                    cells.push(Cell::Text(text.unwrap_or_else(|| gap.to_owned())));
                }
                Row::Cells(cells)
            })
            .collect();
        let mut table = table(columns, vec![top], rows);
        table.size = if order.len() > 7 { Size::Tiny } else { Size::Small };
        let corrected =
            series.values().flat_map(BTreeMap::values).any(|&at| raw[at].correction.is_some());
        if corrected {
            table.notes.push(self.word(
                "注：†为经勘误的数值，见附录“勘误”。",
                "Note: † marks a corrected figure; see the annex on errata.",
            ));
        }
        if any_imputed {
            table.notes.push(self.word(
                "◇表示由来源插补的数值；没有数字而只有◇的，是由本报告插补的缺口。",
                "◇ marks figures that the source had filled in; standing alone it marks a gap that this report filled in.",
            ));
        }
        table.source = self.source(&[node]);
        Ok(table)
    }

    /// Definition of every indicator: formula, years, status, sources, direction, weight.
    pub(super) fn annex_indicators(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let node = arguments.node_or_index("node")?;
        let columns = vec![wide(0.8), wide(2.3), wide(1.2)];
        let header = vec![
            self.head("指标", "Indicator"),
            self.head("含义与口径", "Meaning and definition"),
            self.head("数据", "Data"),
        ];
        let method = &self.results.config.method;
        let mut rows = Vec::new();
        let mut parent = None;
        for leaf in method.leaves(node) {
            let own = self.results.node(leaf);
            if own.parent != parent {
                parent = own.parent;
                if let Some(parent) = parent.filter(|&p| p != node) {
                    rows.push(Row::Section { section: self.node_name(parent) });
                }
            }
            rows.push(Row::Cells(vec![
                Cell::strong(self.node_name(leaf)),
                Cell::Text(self.definition(leaf)),
                Cell::Text(self.data_note(leaf)),
            ]));
        }
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        Ok(table)
    }

    fn definition(&self, leaf: NodeAt) -> String {
        let own = self.results.node(leaf);
        let Some(spec) = own.indicator() else { return String::new() };
        let description = own.description.text(self.lang);
        let weight = fixed(self.results.effective_weight(leaf) * 100.0, 2, self.lang);
        let measure = spec.measure.text(self.lang);
        match self.lang {
            Lang::Zh => {
                let direction = match spec.direction {
                    Direction::Positive => "正向",
                    Direction::Negative => "逆向",
                };
                format!(
                    "{description}代码{}；算式：{}；单位：{measure}；{direction}；权重{weight}%。",
                    own.code, spec.value.text
                )
            }
            Lang::En => {
                let direction = match spec.direction {
                    Direction::Positive => "more is better",
                    Direction::Negative => "less is better",
                };
                format!(
                    "{description} Code {}; formula {}; unit {measure}; {direction}; weight {weight}%.",
                    own.code, spec.value.text
                )
            }
        }
    }

    fn data_note(&self, leaf: NodeAt) -> String {
        let Some(data) = self.results.data(leaf) else { return NONE.to_owned() };
        let dataset = &self.results.inputs.dataset;
        let known: Vec<_> = data.cells.iter().flatten().collect();
        let keys: BTreeSet<&str> = known.iter().flat_map(|c| dataset.sources(c)).collect();
        let statuses: BTreeSet<Status> = known.iter().map(|c| c.status).collect();
        let statuses: Vec<String> =
            statuses.iter().map(|s| (*s.name().get(self.lang)).to_owned()).collect();
        // By number in the table of sources, whose titles are long.
        let numbers: Vec<String> = self
            .results
            .inputs
            .registry
            .sources
            .iter()
            .zip(1..)
            .filter(|(s, _)| keys.contains(s.key.as_str()))
            .map(|(_, number): (_, usize)| format!("[{number}]"))
            .collect();
        let (years, count) = (self.years(leaf), known.len());
        match self.lang {
            Lang::Zh => format!(
                "年份：{years}；覆盖{count}个城市；状态：{}；来源：{}。",
                statuses.join("、"),
                numbers.concat()
            ),
            Lang::En => format!(
                "Years {years}; {count} cities; status: {}; source {}.",
                statuses.join(", "),
                numbers.concat()
            ),
        }
    }

    /// The registry of sources.
    pub(super) fn annex_sources(&self) -> Table {
        let columns = vec![left(), wide(1.1), wide(1.3), wide(0.8)];
        let header = vec![
            self.head("序号", "No."),
            self.head("来源", "Source"),
            self.head("取得方式", "Where it was read"),
            self.head("许可", "Licence"),
        ];
        let rows = self
            .results
            .inputs
            .registry
            .sources
            .iter()
            .enumerate()
            .map(|(i, source)| {
                Row::Cells(vec![
                    Cell::Text((i + 1).to_string()),
                    Cell::Text(source.title.text(self.lang).to_owned()),
                    Cell::Text(source.detail.clone()),
                    Cell::Text(source.licence.clone()),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Tiny;
        table
    }

    /// Terms in both languages with their meaning in the language of the page.
    pub(super) fn annex_glossary(&self) -> Table {
        let columns = vec![wide(0.8), wide(0.9), wide(2.0)];
        let header = match self.lang {
            Lang::Zh => ["中文", "英文", "释义"],
            Lang::En => ["Term", "Chinese", "Meaning"],
        };
        let mut terms: Vec<_> = self.results.inputs.glossary.iter().collect();
        if self.lang == Lang::En {
            terms.sort_by_key(|t| t.term.en.to_lowercase());
        }
        let rows = terms
            .into_iter()
            .map(|term| {
                let (own, other) = match self.lang {
                    Lang::Zh => (&term.term.zh, &term.term.en),
                    Lang::En => (&term.term.en, &term.term.zh),
                };
                Row::Cells(vec![
                    Cell::strong(own.clone()),
                    Cell::Text(other.clone()),
                    Cell::Text(term.definition.text(self.lang).to_owned()),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header.map(Cell::text).to_vec()], rows);
        table.size = Size::Small;
        table
    }

    /// Corrections made to the data, with what they changed.
    pub(super) fn annex_errata(&self) -> Table {
        let columns = vec![left(), left(), wide(0.9), left(), left(), left(), wide(1.2), left()];
        let header = vec![
            self.head("日期", "Date"),
            self.head("城市", "City"),
            self.head("数据项", "Figure"),
            self.head("年份", "Year"),
            self.head("原值", "Was"),
            self.head("更正为", "Is"),
            self.head("原因", "Reason"),
            self.head("经手", "By"),
        ];
        let rows: Vec<Row> = self
            .results
            .inputs
            .corrections
            .iter()
            .map(|correction| {
                let entry = &correction.entry;
                let value =
                    |v: Option<f64>| v.map_or_else(|| NONE.to_owned(), |v| shortest(v, self.lang));
                let year = entry.year.map_or_else(|| NONE.to_owned(), |y| y.to_string());
                Row::Cells(vec![
                    Cell::Text(date(&entry.date, self.lang)),
                    Cell::Text(self.unit_name(correction.unit)),
                    Cell::Text(self.column_name(&entry.indicator.0)),
                    Cell::Text(year),
                    Cell::Text(value(entry.from.0)),
                    Cell::Text(value(entry.to)),
                    Cell::Text(entry.reason.text(self.lang).to_owned()),
                    Cell::Text(entry.by.clone()),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table
    }

    /// Status and coverage by indicator.
    pub(super) fn annex_status(&self) -> Table {
        let columns = vec![wide(1.2), center(), center(), decimal(), wide(1.0)];
        let header = vec![
            self.head("指标", "Indicator"),
            self.head("覆盖城市", "Cities covered"),
            self.head("数据年份", "Years"),
            self.head("权重（%）", "Weight (%)"),
            self.head("数据状态", "Status"),
        ];
        let method = &self.results.config.method;
        let rows = method
            .indicators()
            .map(|leaf| {
                let cells = self.results.data(leaf).map(|d| d.cells.as_slice()).unwrap_or_default();
                let known = cells.iter().flatten().count();
                let statuses: BTreeSet<Status> = cells.iter().flatten().map(|c| c.status).collect();
                let statuses: Vec<&str> =
                    statuses.iter().map(|s| *s.name().get(self.lang)).collect();
                Row::Cells(vec![
                    Cell::Text(self.node_name(leaf)),
                    Cell::Text(format!("{known} / {}", cells.len())),
                    Cell::Text(self.years(leaf)),
                    Cell::Text(fixed(self.results.effective_weight(leaf) * 100.0, 2, self.lang)),
                    Cell::Text(statuses.join(match self.lang {
                        Lang::Zh => "、",
                        Lang::En => ", ",
                    })),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table
    }
}
