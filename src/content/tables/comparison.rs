//! Tables that set our ranks beside published ones.

use minijinja::Error;

use crate::content::arguments::Arguments;
use crate::content::block::{Cell, Row, Size, Table};
use crate::content::comparison::{Pair, agreement, pairs};
use crate::content::source_line::source_line;
use crate::content::tables::{Setting, center, decimal, signed_cell, table, wide};

impl Setting<'_> {
    /// City, our rank, published rank, difference in places. Narrow enough to stand beside a chart.
    pub(super) fn comparison(&self, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        let id = arguments.text("ranking")?;
        let node = arguments.node_or_index("node")?;
        self.known_ranking(arguments, &id)?;
        let columns = vec![wide(1.0), center(), center(), center()];
        let header = vec![
            self.head("城市", "City"),
            self.head("本报告", "Here"),
            self.head("参考报告", "Reference"),
            self.head("位次差", "Places"),
        ];
        let rows = pairs(self.results, &id, node)
            .into_iter()
            .map(|Pair { unit, published, own }| {
                Row::Cells(vec![
                    Cell::Text(self.unit_name(unit)),
                    Cell::Text(self.rank_text(unit, node)),
                    Cell::Text(published.to_string()),
                    signed_cell(f64::from(published) - f64::from(own), 0, self.lang),
                ])
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.breakable = false;
        table.notes = vec![self.word(
            "注：位次差为参考报告位次减本报告位次，正数表示本报告位次较前。",
            "Note: Places is the reference rank less ours; a plus means a better rank here.",
        )];
        table.source = source_line(self.results, self.lang, &[node], Some(&id));
        Ok(table)
    }

    /// Node, number of cities compared, Spearman and Kendall, same rank, largest difference.
    pub(super) fn comparison_dimensions(
        &self,
        arguments: &mut Arguments<'_>,
    ) -> Result<Table, Error> {
        let id = arguments.text("ranking")?;
        self.known_ranking(arguments, &id)?;
        let columns = vec![wide(1.0), center(), decimal(), decimal(), center(), wide(1.0)];
        let header = vec![
            self.head("维度", "Dimension"),
            self.head("城市数", "Cities"),
            self.head("斯皮尔曼ρ", "Spearman ρ"),
            self.head("肯德尔τ", "Kendall τ"),
            self.head("位次相同", "Same rank"),
            self.head("最大位次差", "Largest difference"),
        ];
        let nodes = std::iter::once(0).chain(self.results.dimensions());
        let rows = nodes
            .filter_map(|node| {
                let pairs = pairs(self.results, &id, node);
                let agreement = agreement(&pairs)?;
                let widest = pairs.iter().max_by_key(|p| (p.own.abs_diff(p.published), p.unit))?;
                let widest = format!(
                    "{}{}",
                    self.unit_name(widest.unit),
                    match self.lang {
                        crate::lang::Lang::Zh =>
                            format!("（{}位）", widest.own.abs_diff(widest.published)),
                        crate::lang::Lang::En =>
                            format!(" ({} places)", widest.own.abs_diff(widest.published)),
                    }
                );
                Some(Row::Cells(vec![
                    Cell::Text(self.node_name(node)),
                    Cell::Text(pairs.len().to_string()),
                    Cell::Text(self.number(agreement.rho, 3)),
                    Cell::Text(self.number(agreement.tau, 3)),
                    Cell::Text(pairs.iter().filter(|p| p.own == p.published).count().to_string()),
                    Cell::Text(widest),
                ]))
            })
            .collect();
        let mut table = table(columns, vec![header], rows);
        table.size = Size::Small;
        table.source = source_line(self.results, self.lang, &[0], Some(&id));
        Ok(table)
    }

    fn known_ranking(&self, arguments: &Arguments<'_>, id: &str) -> Result<(), Error> {
        if self.results.ranking(id).is_some() {
            return Ok(());
        }
        Err(arguments.fail(format!("there is no published ranking `{id}`")))
    }
}
