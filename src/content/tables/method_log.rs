//! Tables of the annex on the method, written from the log of what was done.

use crate::content::block::{Cell, Row, Size, Table};
use crate::content::method_text::{normalisation_name, steps, was_treated};
use crate::content::results::NodeAt;
use crate::content::tables::{NONE, Setting, capitalised, center, decimal, left, table, wide};
use crate::index::RANDOM_INDEX;
use crate::index::method_log::RANDOM_INDEX_SOURCE;
use crate::lang::Lang;
use crate::num::fixed;

/// Smaller matrices of judgements cannot be inconsistent and have no random index.
const FIRST_ORDER: usize = 3;

impl Setting<'_> {
    /// The steps in order, with options and parameters.
    pub(super) fn method_steps(&self) -> Table {
        let columns = vec![center(), left(), wide(1.0)];
        let header = vec![
            self.head("步骤", "Step"),
            self.head("名称", "Name"),
            self.head("选项与参数", "Options and parameters"),
        ];
        let rows = steps(self.results, self.lang)
            .into_iter()
            .zip(1..)
            .map(|(step, number): (_, usize)| {
                Row::Cells(vec![
                    Cell::Text(number.to_string()),
                    Cell::strong(step.name),
                    Cell::Text(capitalised(&step.text, self.lang)),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table
    }

    /// What normalisation took from the sample, by indicator.
    pub(super) fn method_parameters(&self) -> Table {
        let log = &self.results.index.log;
        let taking_part = || log.indicators.iter().filter(|step| step.takes_part);
        let first = taking_part().next().map(|step| &step.normalisation.rule);
        let mixed = taking_part().any(|step| Some(&step.normalisation.rule) != first);
        let mut columns = vec![wide(1.0)];
        let mut header = vec![self.head("指标", "Indicator")];
        if mixed {
            columns.push(left());
            header.push(self.head("方法", "Method"));
        }
        columns.extend([center(), decimal(), decimal(), decimal(), decimal()]);
        header.extend([
            self.head("城市数", "Cities"),
            self.head("最小值", "Minimum"),
            self.head("最大值", "Maximum"),
            self.head("均值", "Mean"),
            self.head("标准差", "Std. dev."),
        ]);
        let mut treated = false;
        let mut rows = Vec::new();
        for dimension in self.results.dimensions() {
            rows.push(Row::Section { section: self.node_name(dimension) });
            for leaf in self.results.config.method.leaves(dimension) {
                let Some(step) = log.indicator(leaf) else { continue };
                let own = &step.normalisation;
                treated |= was_treated(step);
                let mark = if was_treated(step) { "*" } else { "" };
                let mut cells = vec![Cell::Text(self.node_short(leaf) + mark)];
                if mixed {
                    let name = *normalisation_name(&own.rule).get(self.lang);
                    cells.push(Cell::text(if step.takes_part { name } else { NONE }));
                }
                let decimals = self.results.spec(leaf).map_or(2, |spec| spec.decimals).max(2);
                cells.push(Cell::Text(own.count.to_string()));
                for value in [own.minimum, own.maximum, own.mean, own.standard_deviation] {
                    cells.push(Cell::Text(self.number(value, decimals)));
                }
                rows.push(Row::Cells(cells));
            }
        }
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.notes = vec![self.word(
            "注：单位见指标体系表；标准差除以n−1。",
            "Note: units are those of the table of the framework; standard deviations are over n − 1.",
        )];
        if treated {
            table
                .notes
                .push(self.word("*离群值处理之后的数值。", "* after treatment of outliers."));
        }
        table.source = self.source(&[0]);
        table
    }

    /// Consistency of pairwise judgements by node, with the random indices they are held against.
    pub(super) fn method_judgements(&self) -> Table {
        let columns =
            vec![wide(1.0), center(), center(), decimal(), decimal(), decimal(), decimal()];
        let header = vec![
            self.head("范围", "Scope"),
            self.head("专家", "Experts"),
            self.head("阶数", "Order"),
            self.head("最大特征值", "Largest eigenvalue"),
            self.head("CI", "CI"),
            self.head("RI", "RI"),
            self.head("CR", "CR"),
        ];
        let judged = |node: NodeAt| {
            let step = self.results.index.log.parent(node)?;
            Some((step.weighting.children.len(), step.weighting.judgement.as_ref()?))
        };
        let rows = (0..self.results.config.method.nodes.len())
            .filter_map(|node| {
                let (order, own) = judged(node)?;
                let number = |value: f64| Cell::Text(fixed(value, 4, self.lang));
                Some(Row::Cells(vec![
                    Cell::Text(self.node_name(node)),
                    Cell::Text(own.experts.to_string()),
                    Cell::Text(order.to_string()),
                    number(own.combined.lambda),
                    number(own.combined.index),
                    Cell::Text(fixed(own.combined.random, 2, self.lang)),
                    number(own.combined.ratio),
                ]))
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        let random: Vec<String> = RANDOM_INDEX
            .iter()
            .skip(FIRST_ORDER - 1)
            .map(|&value| fixed(value, 2, self.lang))
            .collect();
        let random = random.join(self.comma());
        table.notes = vec![match self.lang {
            Lang::Zh => format!(
                "注：随机一致性指标RI取自{RANDOM_INDEX_SOURCE}，阶数由{FIRST_ORDER}起依次为{random}。"
            ),
            Lang::En => format!(
                "Note: random indices RI after {RANDOM_INDEX_SOURCE}, from order {FIRST_ORDER} on: {random}."
            ),
        }];
        table
    }
}
