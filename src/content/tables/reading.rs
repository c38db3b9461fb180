//! Tables of the chapter on reading the index: influence, correlations, components, spread, balance.

use minijinja::Error;

use crate::content::arguments::Arguments;
use crate::content::block::{Cell, Row, Size, Table};
use crate::content::reading_text::{OPPOSED, flagged_pairs, kept, leading, obstacles};
use crate::content::results::NodeAt;
use crate::content::tables::{
    NONE, Setting, center, decimal, left, signed_cell, table, tone_of, wide,
};
use crate::index::reading::{Flag, HIGH};
use crate::lang::Lang;
use crate::num::{fixed, round_to, shortest};

impl Setting<'_> {
    fn share(&self, share: Option<f64>, decimals: usize) -> Cell {
        Cell::Text(self.number(share.map(|s| s * 100.0), decimals))
    }

    /// Weight and influence of the nodes of a level.
    pub(super) fn influence(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let level = arguments.count("level", 1)?;
        let columns = vec![wide(1.0), decimal(), decimal(), decimal(), decimal(), decimal()];
        let header = vec![
            self.head("维度", "Component"),
            self.head("权重（%）", "Weight (%)"),
            self.head("影响份额（%）", "Influence (%)"),
            self.head("相差（百分点）", "Difference (pp)"),
            self.head("与总指数相关", "Correlation"),
            self.head("α系数", "Alpha"),
        ];
        let on_level = |node: NodeAt| self.results.node(node).level == level;
        let rows = self
            .results
            .reading
            .influence
            .iter()
            .filter(|own| on_level(own.node))
            .map(|own| {
                let round = |share: f64| round_to(share * 100.0, 1);
                let difference = own.share.map(|s| round(s) - round(own.effective_weight));
                Row::Cells(vec![
                    Cell::Text(self.node_name(own.node)),
                    self.share(Some(own.effective_weight), 1),
                    self.share(own.share, 1),
                    difference.map_or_else(|| Cell::text(NONE), |d| signed_cell(d, 1, self.lang)),
                    Cell::Text(self.number(own.correlation, 2)),
                    Cell::Text(self.number(self.alpha(own.node), 2)),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.breakable = false;
        table.notes = vec![self.word(
            "注：影响份额为得分与总指数得分相关系数的平方占同级各项之和的比例；α为其下全部指标得分的克龙巴赫系数。",
            "Note: influence is the squared correlation of a score with the index as a share of the sum of those of its level; alpha is Cronbach’s, of the scores of all indicators below.",
        )];
        table.source = self.source(&[0]);
        Ok(table)
    }

    /// Cronbach's alpha of the indicators below a node.
    fn alpha(&self, node: NodeAt) -> Option<f64> {
        let found = self.results.reading.consistency.iter().find(|own| own.node == node);
        found.and_then(|own| own.alpha_indicators)
    }

    /// Pairs of indicators that are nearly the same or offset each other.
    pub(super) fn flagged_pairs(&self) -> Table {
        let columns = vec![wide(1.0), wide(1.0), decimal(), decimal(), wide(0.9)];
        let header = vec![
            self.head("指标", "Indicator"),
            self.head("与之相关的", "Correlated with"),
            self.head("皮尔逊", "Pearson"),
            self.head("斯皮尔曼", "Spearman"),
            self.head("提示", "Flag"),
        ];
        let rows = flagged_pairs(self.results)
            .into_iter()
            .map(|own| {
                let flag = match own.flag {
                    Some(Flag::High) => self.word("几乎重复", "nearly the same"),
                    _ if self.results.spec(own.right).is_some() => {
                        self.word("同一维度内相互抵消", "offset within a dimension")
                    }
                    _ => self.word("与上级得分相反", "against the score above"),
                };
                Row::Cells(vec![
                    Cell::Text(self.node_short(own.left)),
                    Cell::Text(self.node_short(own.right)),
                    signless(self.number(own.pearson, 2), own.pearson),
                    Cell::Text(self.number(own.spearman, 2)),
                    Cell::Text(flag),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        let (high, low) = (shortest(HIGH, self.lang), shortest(OPPOSED, self.lang));
        table.notes = vec![match self.lang {
            Lang::Zh => format!(
                "注：按皮尔逊系数排列；列出系数高于{high}的指标对，以及不高于{low}的同维度指标对、指标与上级的组合。"
            ),
            Lang::En => format!(
                "Note: in order of Pearson’s coefficient; listed are pairs above {high}, and those at or below {low} within a dimension or with a node above."
            ),
        }];
        table.source = self.source(&[0]);
        table
    }

    /// Principal components with an eigenvalue above one.
    pub(super) fn components(&self) -> Table {
        let columns = vec![center(), decimal(), decimal(), decimal(), wide(1.0)];
        let header = vec![
            self.head("主成分", "Component"),
            self.head("特征值", "Eigenvalue"),
            self.head("解释方差（%）", "Variance (%)"),
            self.head("累计（%）", "Cumulative (%)"),
            self.head("相关最强的指标（载荷）", "Most closely related indicators (loadings)"),
        ];
        let all = self.results.reading.components.as_ref();
        let kept = all.map(|all| kept(&all.components)).unwrap_or_default();
        let rows = kept
            .iter()
            .zip(1..)
            .map(|(own, number): (_, usize)| {
                let loadings: Vec<String> = leading(self.results, own)
                    .into_iter()
                    .map(|(node, loading)| {
                        let (name, loading) = (self.node_short(node), fixed(loading, 2, self.lang));
                        match self.lang {
                            Lang::Zh => format!("{name}（{loading}）"),
                            Lang::En => format!("{name} ({loading})"),
                        }
                    })
                    .collect();
                Row::Cells(vec![
                    Cell::Text(number.to_string()),
                    Cell::Text(fixed(own.eigenvalue, 2, self.lang)),
                    self.share(Some(own.share), 1),
                    self.share(Some(own.cumulative), 1),
                    Cell::Text(loadings.join(self.comma())),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.breakable = false;
        table
    }

    /// Shape of the distribution of scores at the index, the dimensions and the sub-dimensions.
    pub(super) fn distributions(&self) -> Table {
        let columns =
            vec![wide(1.0), decimal(), decimal(), decimal(), decimal(), decimal(), decimal()];
        let header = vec![
            self.head("维度", "Component"),
            self.head("均值", "Mean"),
            self.head("标准差", "Std. dev."),
            self.head("变异系数", "Coeff. of var."),
            self.head("偏度", "Skewness"),
            self.head("基尼系数", "Gini"),
            self.head("高于均值（%）", "Above mean (%)"),
        ];
        let inner = |node: NodeAt| self.results.spec(node).is_none();
        let rows = self
            .results
            .reading
            .shapes
            .iter()
            .filter(|shape| inner(shape.node))
            .map(|shape| {
                let name = self.node_name(shape.node);
                let own = self.results.distribution(shape.node);
                let name = match self.results.node(shape.node).level {
                    0 | 1 => Cell::strong(name),
                    _ => Cell::Text(format!("\u{3000}{name}")),
                };
                Row::Cells(vec![
                    name,
                    Cell::Text(self.number(own.map(|d| d.mean), 2)),
                    Cell::Text(self.number(own.map(|d| d.standard_deviation), 2)),
                    Cell::Text(self.number(shape.coefficient_of_variation, 2)),
                    Cell::Text(self.number(shape.skewness, 2)),
                    Cell::Text(self.number(shape.gini, 2)),
                    self.share(shape.above_mean, 0),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.breakable = false;
        table.source = self.source(&[0]);
        table
    }

    /// Coupling, level and coordination of every city, and what holds it back.
    pub(super) fn balance(&self) -> Table {
        let columns = vec![left(), decimal(), decimal(), decimal(), wide(1.0)];
        let header = vec![
            self.head("城市", "City"),
            self.head("耦合度", "Coupling"),
            self.head("发展度", "Level"),
            self.head("耦合协调度", "Coordination"),
            self.head("前三项障碍（障碍度，%）", "Three largest obstacles (degree, %)"),
        ];
        let rows = self
            .results
            .order(0)
            .iter()
            .map(|&unit| {
                let own = self.results.reading.couplings.iter().find(|own| own.unit == unit);
                let named: Vec<String> = obstacles(self.results, unit)
                    .into_iter()
                    .map(|(node, degree)| {
                        let degree = fixed(degree * 100.0, 1, self.lang);
                        match self.lang {
                            Lang::Zh => format!("{}{degree}", self.node_short(node)),
                            Lang::En => format!("{} {degree}", self.node_short(node)),
                        }
                    })
                    .collect();
                let named =
                    if named.is_empty() { NONE.to_owned() } else { named.join(self.comma()) };
                Row::Cells(vec![
                    Cell::Text(self.unit_name(unit)),
                    Cell::Text(self.number(own.map(|o| o.coupling), 3)),
                    Cell::Text(self.number(own.map(|o| o.level), 3)),
                    Cell::strong(self.number(own.map(|o| o.coordination), 3)),
                    Cell::Text(named),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.breakable = self.results.order(0).len() > 24;
        table.notes = vec![self.word(
            "注：城市按总指数位次排列；耦合协调度为耦合度与发展度之积的平方根，障碍度为各项指标距满分的加权差距所占的份额。",
            "Note: cities in rank order; coordination is the root of coupling times level; degrees are shares in the weighted distance from the full score.",
        )];
        table.source = self.source(&[0]);
        table
    }
}

/// A correlation in the tone of its sign, where it is negative.
fn signless(text: String, value: Option<f64>) -> Cell {
    match value.filter(|&v| v < 0.0).and_then(tone_of) {
        Some(tone) => Cell::toned(text, tone),
        None => Cell::Text(text),
    }
}
