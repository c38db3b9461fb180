//! Tables of how far ranks can be relied upon.

use minijinja::Error;

use crate::content::arguments::Arguments;
use crate::content::block::{Cell, Row, Size, Table, Tone};
use crate::content::results::{NodeAt, UnitAt};
use crate::content::tables::{NONE, Setting, center, decimal, left, signed, table, wide};
use crate::content::uncertain::{Step, interval, next_above, percent, steps};
use crate::index::robustness::{
    LeftOut, RankUncertainty, Robustness, TOP, UnitLimits, WeightLimits,
};
use crate::lang::Lang;
use crate::num::{fixed, shortest};

/// Rows up to this number stay on one page.
const WHOLE: usize = 24;
/// Changes told for each city, unless told otherwise.
const GAINS: usize = 3;

impl<'a> Setting<'a> {
    fn robustness(&self, arguments: &Arguments<'_>) -> Result<&'a Robustness, Error> {
        self.results
            .robustness
            .as_ref()
            .ok_or_else(|| arguments.fail("the methodology has no section `robustness`"))
    }

    /// The interval of a unit's rank at a node.
    pub(super) fn interval_text(&self, unit: UnitAt, node: NodeAt) -> String {
        interval(self.results, unit, node, self.lang).unwrap_or_else(|| NONE.to_owned())
    }

    /// The note that explains the column of intervals.
    pub(super) fn interval_note(&self) -> String {
        self.word(
            "注：“位次区间”为模拟所得位次的5%—95%区间。",
            "Note: Interval gives the 5–95% interval of the rank over the simulations.",
        )
    }

    /// Rank, median, interval, probabilities of a place among the first and in the own tier, and of
    /// standing above the next.
    pub(super) fn rank_uncertainty(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let robustness = self.robustness(arguments)?;
        let top = arguments.count("top", usize::MAX)?;
        let simulation = &robustness.simulation;
        let tiers = simulation.units.iter().any(|own| !own.tiers.is_empty());
        let mut columns = vec![center(), left(), center(), center()];
        let down = |zh: &str, en: &str| Cell::down(self.word(zh, en), 2);
        let mut first = vec![
            down("位次", "Rank"),
            down("城市", "City"),
            down("中位数", "Median"),
            down("位次区间", "Interval"),
            Cell::over(self.word("列入前k名的概率", "Probability of the top"), TOP.len()),
        ];
        let mut second: Vec<Cell> = TOP.iter().map(|k| Cell::Text(k.to_string())).collect();
        columns.extend(TOP.map(|_| center()));
        let others = if tiers { 2 } else { 1 };
        first.push(Cell::over(self.word("梯队与先后的概率", "Probability of"), others));
        if tiers {
            columns.push(center());
            second.push(self.head("属于本梯队", "own tier"));
        }
        columns.push(center());
        second.push(self.head("高于下一名", "standing above the next"));
        let rows = simulation.units.iter().enumerate().take(top).map(|(slot, own)| {
            let mut cells = vec![
                Cell::Text(self.rank_text(own.unit, 0)),
                Cell::strong(self.unit_name(own.unit)),
                Cell::Text(shortest(own.median, self.lang)),
                Cell::Text(self.interval_text(own.unit, 0)),
            ];
            cells.extend(own.top.map(|share| {
                let text = percent(share, self.lang);
                if share > 0.0 { Cell::Text(text) } else { Cell::toned(text, Tone::Muted) }
            }));
            if tiers {
                cells.push(Cell::Text(self.own_tier(own)));
            }
            let next = slot + 1 < simulation.units.len();
            cells.push(Cell::Text(if next {
                percent(simulation.above(slot, slot + 1), self.lang)
            } else {
                NONE.to_owned()
            }));
            Row::Cells(cells)
        });
        let rows: Vec<Row> = rows.collect();
        let breakable = rows.len() > WHOLE;
        let mut table = table(columns, vec![first, second], rows);
        table.size = Size::Small;
        table.breakable = breakable;
        table.notes = vec![self.interval_note()];
        table.notes.extend(self.tie_note(&[0]));
        table.source = self.source(&[0]);
        Ok(table)
    }

    fn own_tier(&self, own: &RankUncertainty) -> String {
        let share = self.results.tier(own.unit).and_then(|tier| own.tiers.get(tier));
        share.map_or_else(|| NONE.to_owned(), |&share| percent(share, self.lang))
    }

    /// What the ranking becomes without each node of a level (the indicators, if no level is
    /// given), the largest mean shift first.
    pub(super) fn left_out(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let robustness = self.robustness(arguments)?;
        let level = arguments.optional_count("level")?;
        let top = arguments.count("top", usize::MAX)?;
        let asked = |node: NodeAt| match level {
            Some(level) => self.results.node(node).level == level,
            None => self.results.spec(node).is_some(),
        };
        let mut left_out: Vec<&LeftOut> = robustness
            .left_out
            .iter()
            .filter(|own| asked(own.node) && own.shift.mean.is_some())
            .collect();
        let mean = |own: &LeftOut| own.shift.mean.unwrap_or(0.0);
        left_out.sort_by(|a, b| mean(b).total_cmp(&mean(a)).then(a.node.cmp(&b.node)));
        let columns = vec![wide(1.3), decimal(), decimal(), center(), wide(1.0)];
        let header = vec![
            self.head("除去的部分", "Left out"),
            self.head("权重", "Weight"),
            self.head("平均变动", "Mean shift"),
            self.head("最大变动", "Largest shift"),
            self.head("变动最大的城市", "Farthest moved"),
        ];
        let rows: Vec<Row> = left_out
            .into_iter()
            .take(top)
            .map(|own| {
                let weight = self.results.effective_weight(own.node) * 100.0;
                let largest = own.shift.largest.unwrap_or(0);
                Row::Cells(vec![
                    Cell::Text(self.node_name(own.node)),
                    Cell::Text(format!("{}%", fixed(weight, 1, self.lang))),
                    Cell::Text(fixed(mean(own), 2, self.lang)),
                    Cell::Text(largest.to_string()),
                    Cell::Text(self.farthest(robustness, own)),
                ])
            })
            .collect();
        let breakable = rows.len() > WHOLE;
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.breakable = breakable;
        table.notes = vec![self.word(
            "注：变动为位次之差的绝对值；权重指在总指数中的份额。变动同样大的城市不止一个时，列出报告位次居前者。",
            "Note: shifts are absolute differences of rank; weights are shares of the whole index. Where several cities move as far, the best placed is named.",
        )];
        table.source = self.source(&[0]);
        Ok(table)
    }

    /// Who moves farthest, and from where to where.
    fn farthest(&self, robustness: &Robustness, own: &LeftOut) -> String {
        let slot =
            robustness.simulation.units.iter().position(|u| Some(u.unit) == own.shift.farthest);
        let moved = slot.and_then(|slot| {
            let from = &robustness.simulation.units[slot];
            Some((from.unit, from.rank, own.shift.ranks[slot]?))
        });
        match moved {
            Some((unit, from, to)) if from != to => {
                let name = self.unit_name(unit);
                match self.lang {
                    Lang::Zh => format!("{name}（{from}→{to}）"),
                    Lang::En => format!("{name} ({from} → {to})"),
                }
            }
            _ => NONE.to_owned(),
        }
    }

    /// Between which weights of each dimension the rank of a city holds.
    pub(super) fn weight_limits(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let robustness = self.robustness(arguments)?;
        let top = arguments.count("top", usize::MAX)?;
        let limits: &[WeightLimits] = &robustness.limits;
        if limits.is_empty() {
            return Err(arguments.fail("this aggregation has no exact limits of weights"));
        }
        let mut columns = vec![center(), left()];
        let mut header = vec![self.head("位次", "Rank"), self.head("城市", "City")];
        for own in limits {
            columns.push(center());
            let (name, weight) =
                (self.node_short(own.node), fixed(own.weight * 100.0, 1, self.lang));
            header.push(Cell::Text(match self.lang {
                Lang::Zh => format!("{name}（现{weight}%）"),
                Lang::En => format!("{name} (now {weight}%)"),
            }));
        }
        let rows: Vec<Row> = robustness
            .simulation
            .units
            .iter()
            .take(top)
            .map(|own| {
                let mut cells = vec![
                    Cell::Text(self.rank_text(own.unit, 0)),
                    Cell::strong(self.unit_name(own.unit)),
                ];
                cells.extend(limits.iter().map(|dimension| {
                    let found = dimension.units.iter().find(|u| u.unit == own.unit);
                    Cell::Text(found.map_or_else(|| NONE.to_owned(), |u| self.holds(u)))
                }));
                Row::Cells(cells)
            })
            .collect();
        let breakable = rows.len() > WHOLE;
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.breakable = breakable;
        table.notes = vec![self.word(
            "注：改变一个维度的权重时，其余维度的权重保持相互比例。表中为报告位次保持不变的权重范围（得分不舍入）。",
            "Note: as one weight changes, the others keep their proportions. Printed are the weights between which the rank holds (scores unrounded).",
        )];
        table.source = self.source(&[0]);
        Ok(table)
    }

    fn holds(&self, own: &UnitLimits) -> String {
        let percent = |weight: f64| fixed(weight * 100.0, 1, self.lang);
        match (own.down, own.up) {
            (None, None) => self.word("任意", "any"),
            (down, up) => {
                let low = down.map_or_else(|| "0".to_owned(), |change| percent(change.weight));
                let high = up.map_or_else(|| "100".to_owned(), |change| percent(change.weight));
                format!("{low}–{high}%")
            }
        }
    }

    /// The smallest relative changes of single indicators that lift each city one rank.
    pub(super) fn gains(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        self.robustness(arguments)?;
        let asked = arguments.units("units")?;
        let each = arguments.count("each", GAINS)?;
        let units = asked.unwrap_or_else(|| self.results.cases());
        let columns =
            vec![left(), center(), left(), decimal(), wide(1.0), decimal(), decimal(), decimal()];
        let header = vec![
            self.head("城市", "City"),
            self.head("位次", "Rank"),
            self.head("前一名", "Next above"),
            self.head("分差", "Gap"),
            self.head("指标（单位）", "Indicator (unit)"),
            self.head("现值", "Now"),
            self.head("须达到", "Needed"),
            self.head("变动", "Change"),
        ];
        let rows: Vec<Row> = units.iter().flat_map(|&unit| self.gain_rows(unit, each)).collect();
        let breakable = rows.len() > WHOLE;
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.breakable = breakable;
        table.notes = vec![self.word(
            "注：假定其他城市和该市其他指标不变。按相对变动由小到大列出；须达到的数值按印出的小数位取足，并以样本中已有城市达到为限。没有一项指标能够单独做到的城市不列。",
            "Note: other cities and other indicators unchanged; the smallest relative changes first. Needed values are rounded so that they suffice, and some city of the sample has reached them. Cities that no single indicator would lift are not listed.",
        )];
        table.source = self.source(&[0]);
        Ok(table)
    }

    /// The rows of a city; its own cells stand in the first of them.
    fn gain_rows(&self, unit: UnitAt, each: usize) -> Vec<Row> {
        let Some(above) = next_above(self.results, unit) else { return Vec::new() };
        let score = |unit| self.results.score(unit, 0).map(|s| crate::num::round_to(s, 2));
        let gap = score(above).zip(score(unit)).map(|(a, b)| a - b);
        let own = [
            Cell::strong(self.unit_name(unit)),
            Cell::Text(self.rank_text(unit, 0)),
            Cell::Text(self.unit_name(above)),
            Cell::Text(self.number(gap, 2)),
        ];
        let blank = [const { Cell::Text(String::new()) }; 4];
        let steps = steps(self.results, unit);
        steps
            .into_iter()
            .take(each)
            .enumerate()
            .filter_map(|(i, step)| {
                let mut cells = if i == 0 { own.to_vec() } else { blank.to_vec() };
                cells.extend(self.step_cells(step)?);
                Some(Row::Cells(cells))
            })
            .collect()
    }

    fn step_cells(&self, step: Step) -> Option<[Cell; 4]> {
        let spec = self.results.spec(step.node)?;
        let (name, measure) = (self.node_name(step.node), spec.measure.text(self.lang));
        Some([
            Cell::Text(match self.lang {
                Lang::Zh => format!("{name}（{measure}）"),
                Lang::En => format!("{name} ({measure})"),
            }),
            Cell::Text(fixed(step.now, spec.decimals, self.lang)),
            Cell::Text(fixed(step.needed, spec.decimals, self.lang)),
            Cell::Text(format!("{}%", signed(step.relative * 100.0, 1, self.lang))),
        ])
    }
}
