//! Tables of the method chapter: framework, weights, status of the data.

use crate::content::block::{Cell, RichCell, Row, Size, Table};
use crate::content::results::NodeAt;
use crate::content::tables::{Setting, center, decimal, left, table, wide};
use crate::lang::Lang;
use crate::num::fixed;

impl Setting<'_> {
    /// Every dimension, sub-dimension and indicator with measure, direction and weight.
    pub(super) fn framework(&self) -> Table {
        let columns = vec![wide(0.9), wide(1.0), wide(2.0), left(), center(), decimal()];
        let header = vec![
            self.head("维度", "Dimension"),
            self.head("分维度", "Sub-dimension"),
            self.head("指标", "Indicator"),
            self.head("单位", "Unit"),
            self.head("方向", "Direction"),
            self.head("权重（%）", "Weight (%)"),
        ];
        let method = &self.results.config.method;
        let mut rows = Vec::new();
        for leaf in method.indicators() {
            let path = self.path(leaf);
            let span = |node: NodeAt| method.leaves(node).len();
            let first = |node: NodeAt| method.leaves(node).first() == Some(&leaf);
            let mut cells = Vec::new();
            if let Some(&dimension) = path.first().filter(|&&d| d != leaf && first(d)) {
                cells.push(self.spanning(dimension, span(dimension), true));
            } else if path.len() == 1 {
                cells.push(Cell::text(""));
            }
            match path.get(1) {
                Some(&sub) if sub != leaf => {
                    if first(sub) {
                        cells.push(self.spanning(sub, span(sub), false));
                    }
                }
                _ => cells.push(Cell::text("")),
            }
            cells.push(Cell::Text(self.node_name(leaf)));
            if let Some(spec) = self.results.spec(leaf) {
                cells.push(Cell::Text(spec.measure.text(self.lang).to_owned()));
                cells.push(Cell::Text(match spec.direction {
                    crate::config::Direction::Positive => "+".to_owned(),
                    crate::config::Direction::Negative => "\u{2212}".to_owned(),
                }));
            }
            cells.push(Cell::Text(fixed(
                self.results.effective_weight(leaf) * 100.0,
                2,
                self.lang,
            )));
            rows.push(Row::Cells(cells));
        }
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.notes = vec![self.word(
            "注：权重为占总指数的名义权重；“+”表示数值越大越好，“−”表示数值越小越好。",
            "Note: weights are nominal shares of the whole index; + means more is better, − less is better.",
        )];
        table
    }

    /// The nodes from the dimension down to a leaf.
    fn path(&self, leaf: NodeAt) -> Vec<NodeAt> {
        let mut path = vec![leaf];
        while let Some(parent) = self.results.node(path[0]).parent.filter(|&p| p != 0) {
            path.insert(0, parent);
        }
        path
    }

    fn spanning(&self, node: NodeAt, rows: usize, strong: bool) -> Cell {
        let weight = fixed(self.results.effective_weight(node) * 100.0, 1, self.lang);
        let name = self.node_name(node);
        let t = match self.lang {
            Lang::Zh => format!("{name}（{weight}%）"),
            Lang::En => format!("{name} ({weight}%)"),
        };
        Cell::Rich(RichCell { t, rowspan: Some(rows), strong, ..RichCell::default() })
    }

    /// Weight of every node among its siblings and in the whole index.
    pub(super) fn weights(&self) -> Table {
        let columns = vec![wide(1.0), decimal(), decimal()];
        let header = vec![
            self.head("指标", "Node"),
            self.head("组内权重（%）", "Among siblings (%)"),
            self.head("占总指数（%）", "Of the index (%)"),
        ];
        let method = &self.results.config.method;
        let rows = (1..method.nodes.len())
            .map(|at| {
                let node = self.results.node(at);
                if node.level == 1 {
                    return Row::Cells(vec![
                        Cell::strong(self.node_name(at)),
                        Cell::strong(fixed(self.results.weight(at) * 100.0, 2, self.lang)),
                        Cell::strong(fixed(
                            self.results.effective_weight(at) * 100.0,
                            2,
                            self.lang,
                        )),
                    ]);
                }
                let indent = "\u{3000}".repeat(node.level - 1);
                Row::Cells(vec![
                    Cell::Text(format!("{indent}{}", self.node_name(at))),
                    Cell::Text(fixed(self.results.weight(at) * 100.0, 2, self.lang)),
                    Cell::Text(fixed(self.results.effective_weight(at) * 100.0, 2, self.lang)),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table
    }

    /// Share of weight by status of the data.
    pub(super) fn status(&self) -> Table {
        let columns = vec![left(), decimal(), wide(1.0)];
        let header = vec![
            self.head("数据状态", "Status"),
            self.head("权重占比（%）", "Share of weight (%)"),
            self.head("含义", "Meaning"),
        ];
        let rows = self
            .results
            .index
            .status
            .iter()
            .map(|share| {
                let (name, meaning) = self.status_words(share.status);
                Row::Cells(vec![
                    Cell::strong(name),
                    Cell::Text(fixed(share.share * 100.0, 1, self.lang)),
                    Cell::Text(meaning),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.breakable = false;
        table
    }

    fn status_words(&self, status: Option<crate::config::Status>) -> (String, String) {
        use crate::config::Status;
        let Some(status) = status else {
            return (
                self.word("缺失", "missing"),
                self.word("没有数据，其权重由同组指标分担", "no data; siblings take the weight"),
            );
        };
        let (zh, en) = match status {
            Status::Official => {
                ("出自官方名单、统计表或公报", "from an official list, table or bulletin")
            }
            Status::Secondary => ("出自他人汇编的数据集", "from a data set compiled by others"),
            Status::Proxy => (
                "以可得的指标代替没有直接统计的对象",
                "stands for something that is not measured directly",
            ),
            Status::Estimate => ("由他人估计得出", "estimated by others"),
            Status::Imputed => ("按规则补齐", "filled in by a rule"),
            Status::Illustrative => ("仅作示意，不代表真实情况", "made up for illustration"),
        };
        ((*status.name().get(self.lang)).to_owned(), self.word(zh, en))
    }
}
