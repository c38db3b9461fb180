//! Tables of the annex on data quality: checks, coverage, screening, imputation, treatment.

use std::collections::BTreeMap;

use crate::config::Status;
use crate::content::block::{Align, Cell, Column, Row, Size, Table};
use crate::content::method_text::filled_with;
use crate::content::quality_text::{Raised, flag_word, flags_of};
use crate::content::results::{NodeAt, UnitAt};
use crate::content::tables::{NONE, Setting, center, decimal, left, table, wide};
use crate::index::{Applied, Ground, Screened, Treated};
use crate::lang::Lang;
use crate::num::{fixed, shortest};

/// Points of an indicator that are listed one by one after treatment.
const LISTED: usize = 6;

impl Setting<'_> {
    /// What the values of every indicator look like, with flags.
    pub(super) fn quality_checks(&self) -> Table {
        let columns = vec![
            wide(1.3),
            center(),
            decimal(),
            decimal(),
            center(),
            decimal(),
            decimal(),
            wide(1.0),
        ];
        let header = vec![
            self.head("指标", "Indicator"),
            self.head("城市数", "Cities"),
            self.head("零值（%）", "Zeros (%)"),
            self.head("互异值（%）", "Distinct (%)"),
            self.head("最大并列", "Largest tie"),
            self.head("偏度", "Skew"),
            self.head("峰度", "Kurtosis"),
            self.head("标记", "Flags"),
        ];
        let mut rows = Vec::new();
        for dimension in self.results.dimensions() {
            rows.push(Row::Section { section: self.node_name(dimension) });
            let leaves = self.results.config.method.leaves(dimension);
            rows.extend(leaves.into_iter().map(|leaf| self.check_row(leaf)));
        }
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.notes = vec![self.limits_note()];
        table.source = self.source(&[0]);
        table
    }

    fn check_row(&self, leaf: NodeAt) -> Row {
        let mut cells = vec![Cell::Text(self.node_short(leaf))];
        let Some(own) = self.results.index.checks.of(leaf) else {
            cells.extend((0..6).map(|_| Cell::text(NONE)).chain([Cell::text("")]));
            return Row::Cells(cells);
        };
        let percent = |share: f64| Cell::Text(fixed(share * 100.0, 0, self.lang));
        let flags: Vec<&str> = flags_of(self.results, leaf)
            .into_iter()
            .map(|flag| *flag_word(flag).get(self.lang))
            .collect();
        cells.extend([
            Cell::Text(own.known.to_string()),
            percent(own.zeros),
            percent(own.unique),
            Cell::Text(own.largest_tie.to_string()),
            Cell::Text(self.number(own.shape.skew, 2)),
            Cell::Text(self.number(own.shape.kurtosis, 2)),
            Cell::Text(flags.join(self.comma())),
        ]);
        Row::Cells(cells)
    }

    fn limits_note(&self) -> String {
        let limits = self.results.config.method.checks;
        let percent = |share: f64| fixed(share * 100.0, 0, self.lang);
        let (skew, kurtosis) =
            (shortest(limits.skew, self.lang), shortest(limits.kurtosis, self.lang));
        let (some, unique, zeros) =
            (percent(limits.availability), percent(limits.unique), percent(1.0 - limits.nonzero));
        let size = shortest(limits.denominator, self.lang);
        match self.lang {
            Lang::Zh => format!(
                "注：处理与标准化之前的数值。互异值为不同取值的个数占有值城市的比例；偏度与峰度为样本估计，峰度以正态分布为0。标记的界限：离群，偏度绝对值大于{skew}且峰度大于{kurtosis}；取值少，互异值低于{unique}%；零值多，零值超过{zeros}%；缺失多，有值城市低于{some}%；常数，所有城市取值相同；重复，与另一指标完全相关；随分母，与分母的相关系数绝对值大于{size}。"
            ),
            Lang::En => format!(
                "Note: values before treatment and normalisation. Distinct is the number of different values over the cities that have one; skew and kurtosis are sample estimates, with a kurtosis of 0 for the normal distribution. Flags: outliers, absolute skew above {skew} and kurtosis above {kurtosis}; few values, fewer than {unique}% distinct; zeros, more than {zeros}%; gaps, fewer than {some}% of the cities; constant, the same everywhere; duplicate, perfectly correlated with another indicator; denominator, a correlation above {size} in size with what it was divided by."
            ),
        }
    }

    /// Every quotient and its correlation with what it was divided by.
    pub(super) fn quality_denominators(&self) -> Table {
        let columns = vec![wide(1.4), wide(1.2), center(), decimal(), wide(0.8)];
        let header = vec![
            self.head("指标", "Indicator"),
            self.head("分母", "Divided by"),
            self.head("城市数", "Cities"),
            self.head("相关系数", "Correlation"),
            self.head("标记", "Flag"),
        ];
        let checks = &self.results.index.checks.denominators;
        let rows = checks
            .iter()
            .map(|own| {
                let flag =
                    if own.flagged { *flag_word(Raised::Denominator).get(self.lang) } else { "" };
                Row::Cells(vec![
                    Cell::Text(self.node_short(own.node)),
                    Cell::Text(self.column_name(&own.column)),
                    Cell::Text(own.count.to_string()),
                    Cell::Text(self.number(own.correlation, 2)),
                    Cell::text(flag),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        let limit = shortest(self.results.config.method.checks.denominator, self.lang);
        table.notes = vec![match self.lang {
            Lang::Zh => {
                format!("注：皮尔逊相关系数，标准化之前的数值；绝对值大于{limit}的加标记。")
            }
            Lang::En => format!(
                "Note: Pearson’s correlation of values before normalisation; flagged where its size is above {limit}."
            ),
        }];
        table
    }

    pub(super) const fn comma(&self) -> &'static str {
        match self.lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        }
    }

    /// By city: indicators known, filled in, share of weight known and by status.
    pub(super) fn quality_coverage(&self) -> Table {
        let shares = &self.results.index.status;
        let status_head = |status: Option<Status>| match status {
            Some(status) => (*status.name().get(self.lang)).to_owned(),
            None => self.word("缺失", "missing"),
        };
        let mut columns = vec![left(), center(), center(), decimal()];
        let mut top = vec![
            Cell::down(self.word("城市", "City"), 2),
            Cell::down(self.word("有值指标", "Indicators known"), 2),
            Cell::down(self.word("插补指标", "Filled in"), 2),
            Cell::down(self.word("覆盖率（%）", "Coverage (%)"), 2),
        ];
        top.push(Cell::over(
            self.word("各状态数据的权重占比（%）", "Share of weight by status (%)"),
            shares.len(),
        ));
        let mut below = Vec::new();
        for share in shares {
            columns.push(Column::share(Align::Decimal, 1.0));
            below.push(Cell::Text(status_head(share.status)));
        }
        let rows = (0..self.results.count())
            .map(|unit| {
                let percent = |share: f64| Cell::Text(fixed(share * 100.0, 1, self.lang));
                let mut cells = vec![Cell::Text(self.unit_name(unit))];
                let (known, filled) = self.results.known_and_filled(unit);
                cells.push(Cell::Text(known.to_string()));
                cells.push(Cell::Text(filled.to_string()));
                cells.push(percent(self.results.at(0).coverage[unit]));
                cells.extend(shares.iter().map(|share| percent(share.by_unit[unit])));
                Row::Cells(cells)
            })
            .collect();
        let mut table = table(columns, vec![top, below], rows);
        table.size = Size::Small;
        table.notes = vec![self.word(
            "注：覆盖率为城市自身有数据的指标在总指数中的权重之和，由其他城市推得的数值不计入。",
            "Note: coverage is the weight in the index of the indicators for which the city has data of its own; values filled in from other cities do not count.",
        )];
        table
    }

    /// What was left out, or kept by decision, and why.
    pub(super) fn quality_screening(&self) -> Table {
        let columns = vec![wide(0.9), left(), wide(1.8)];
        let header = vec![
            self.head("指标或城市", "Indicator or city"),
            self.head("结果", "Outcome"),
            self.head("原因", "Reason"),
        ];
        let screening = &self.results.index.screening;
        let indicators = screening.indicators.iter().map(|own| (self.node_name(own.at), own));
        let units = screening.units.iter().map(|own| (self.unit_name(own.at), own));
        let rows = indicators
            .chain(units)
            .map(|(name, own)| {
                let outcome = if own.kept {
                    self.word("保留", "kept")
                } else {
                    self.word("剔除", "left out")
                };
                Row::Cells(vec![
                    Cell::strong(name),
                    Cell::Text(outcome),
                    Cell::Text(self.ground(own)),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table
    }

    fn ground(&self, own: &Screened) -> String {
        let percent = |share: f64| fixed(share * 100.0, 0, self.lang);
        match (&own.ground, self.lang) {
            (Ground::Decision(reason), _) => match self.lang {
                Lang::Zh => format!("编辑决定：{}", reason.zh),
                Lang::En => format!("by decision: {}", reason.en),
            },
            (Ground::Availability { share, threshold }, Lang::Zh) => {
                format!("有值的比例为{}%，低于门槛{}%", percent(*share), percent(*threshold))
            }
            (Ground::Availability { share, threshold }, Lang::En) => format!(
                "{}% known, below the threshold of {}%",
                percent(*share),
                percent(*threshold)
            ),
            (Ground::Zeros { nonzero, threshold }, Lang::Zh) => {
                format!("非零值的比例为{}%，低于门槛{}%", percent(*nonzero), percent(*threshold))
            }
            (Ground::Zeros { nonzero, threshold }, Lang::En) => format!(
                "{}% of the values are not zero, below the threshold of {}%",
                percent(*nonzero),
                percent(*threshold)
            ),
        }
    }

    /// Values that were filled in, by indicator and by what they were taken from.
    pub(super) fn quality_imputation(&self) -> Table {
        let columns = vec![wide(1.0), wide(0.9), wide(2.0)];
        let header = vec![
            self.head("指标", "Indicator"),
            self.head("依据", "Filled in with"),
            self.head("城市与数值", "Cities and values"),
        ];
        let mut rows = Vec::new();
        for leaf in self.results.config.method.indicators() {
            let mut by_rule: BTreeMap<String, Vec<String>> = BTreeMap::new();
            for unit in 0..self.results.count() {
                if !self.results.is_imputed(unit, leaf) {
                    continue;
                }
                let value = self.value_text(unit, leaf);
                let named = match self.lang {
                    Lang::Zh => format!("{}（{value}）", self.unit_name(unit)),
                    Lang::En => format!("{} ({value})", self.unit_name(unit)),
                };
                by_rule.entry(self.basis(unit, leaf)).or_default().push(named);
            }
            rows.extend(by_rule.into_iter().map(|(basis, named)| {
                Row::Cells(vec![
                    Cell::Text(self.node_name(leaf)),
                    Cell::Text(basis),
                    Cell::Text(named.join(self.comma())),
                ])
            }));
        }
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table
    }

    /// What an imputed value was made from.
    fn basis(&self, unit: UnitAt, leaf: NodeAt) -> String {
        let imputed = self.results.cell(unit, leaf).and_then(|cell| cell.imputed.as_ref());
        let Some(imputed) = imputed else {
            return self.word("来源即为插补值", "the source had filled it in");
        };
        let name = filled_with(imputed.rule, self.lang).unwrap_or_default();
        if imputed.columns.is_empty() {
            return match self.lang {
                Lang::Zh => format!("{name}（{}个城市）", imputed.units),
                Lang::En => format!("{name} ({} cities)", imputed.units),
            };
        }
        let mut years: Vec<i32> =
            imputed.columns.iter().flat_map(|(_, years)| years.iter().copied()).collect();
        years.sort_unstable();
        years.dedup();
        let years: Vec<String> = years.iter().map(ToString::to_string).collect();
        match self.lang {
            Lang::Zh => format!("{name}（{}年）", years.join("、")),
            Lang::En => format!("{name} ({})", years.join(", ")),
        }
    }

    /// Skew and kurtosis before and after treatment, and the points that moved.
    pub(super) fn quality_treatment(&self) -> Table {
        let columns =
            vec![wide(1.0), left(), decimal(), decimal(), decimal(), decimal(), wide(1.4)];
        let span = |zh: &str, en: &str| Cell::down(self.word(zh, en), 2);
        let top = vec![
            span("指标", "Indicator"),
            span("处理", "Treatment"),
            Cell::over(self.word("偏度", "Skew"), 2),
            Cell::over(self.word("峰度", "Kurtosis"), 2),
            span("变动的数值", "Values that changed"),
        ];
        let (before, after) = (self.head("前", "before"), self.head("后", "after"));
        let below = vec![before.clone(), after.clone(), before, after];
        let rows = self
            .results
            .index
            .treated
            .iter()
            .filter(|own| own.applied != Applied::Nothing)
            .map(|own| {
                Row::Cells(vec![
                    Cell::Text(self.node_name(own.node)),
                    Cell::Text(self.applied(own.applied)),
                    Cell::Text(self.number(own.before.skew, 2)),
                    Cell::Text(self.number(own.after.skew, 2)),
                    Cell::Text(self.number(own.before.kurtosis, 2)),
                    Cell::Text(self.number(own.after.kurtosis, 2)),
                    Cell::Text(self.points(own)),
                ])
            })
            .collect();
        let mut table = table(columns, vec![top, below], rows);
        table.size = Size::Small;
        table
    }

    fn applied(&self, applied: Applied) -> String {
        match applied {
            Applied::Nothing => NONE.to_owned(),
            Applied::Winsorised => self.word("缩尾", "winsorised"),
            Applied::Log { mirrored: false } => self.word("取对数", "logarithm"),
            Applied::Log { mirrored: true } => self.word("反射后取对数", "mirrored logarithm"),
            Applied::BoxCox => self.word("博克斯—考克斯变换", "Box–Cox"),
            Applied::Clamped { .. } => self.word("截尾", "clamped"),
        }
    }

    /// Points that moved: each with both values if they are few and on the old scale.
    fn points(&self, own: &Treated) -> String {
        let count = own.points.len();
        let rescaled = matches!(own.applied, Applied::Log { .. } | Applied::BoxCox);
        if rescaled || count > LISTED {
            return match self.lang {
                Lang::Zh => format!("{count}个城市"),
                Lang::En if count == 1 => "1 city".to_owned(),
                Lang::En => format!("{count} cities"),
            };
        }
        let decimals = self.results.spec(own.node).map_or(2, |spec| spec.decimals);
        let moved: Vec<String> = own
            .points
            .iter()
            .map(|point| {
                let (from, to) = (
                    fixed(point.before, decimals, self.lang),
                    fixed(point.after, decimals, self.lang),
                );
                match self.lang {
                    Lang::Zh => format!("{}{from}→{to}", self.unit_name(point.unit)),
                    Lang::En => format!("{} {from} → {to}", self.unit_name(point.unit)),
                }
            })
            .collect();
        moved.join(self.comma())
    }
}
