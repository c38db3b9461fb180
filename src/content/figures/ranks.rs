//! Figures of ranks: by component, and one ranking against another.

use minijinja::Error;

use crate::charts::{Dumbbell, DumbbellRow, RankHeatmap, TEXT_BLOCK_MM};
use crate::content::arguments::Arguments;
use crate::content::comparison::pairs;
use crate::content::figures::{Drawing, Drawn, drawn};
use crate::content::results::{NodeAt, UnitAt};
use crate::lang::Lang;

impl Drawing<'_> {
    pub(super) fn heatmap(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let node = arguments.node_or_index("node")?;
        let level = arguments.count("level", 2)?;
        let columns: Vec<NodeAt> = self
            .results
            .config
            .method
            .level(level)
            .filter(|&n| node == 0 || self.is_below(n, node))
            .take(RankHeatmap::MOST_COLUMNS)
            .collect();
        let rows: Vec<UnitAt> =
            self.results.order(node).iter().copied().take(RankHeatmap::MOST_ROWS).collect();
        let spec = RankHeatmap {
            subject: self.word("各城市分维度位次", "Ranks by sub-dimension"),
            rows: rows.iter().map(|&u| self.name(u)).collect(),
            columns: columns.iter().map(|&n| self.short(n)).collect(),
            ranks: rows
                .iter()
                .map(|&u| columns.iter().map(|&n| self.results.rank(u, n)).collect())
                .collect(),
            n: u32::try_from(self.results.count()).unwrap_or(u32::MAX),
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), columns))
    }

    fn is_below(&self, mut node: NodeAt, ancestor: NodeAt) -> bool {
        while let Some(parent) = self.results.node(node).parent {
            if parent == ancestor {
                return true;
            }
            node = parent;
        }
        false
    }

    /// Ranks at a node against a published ranking (`ranking=`) or another node (`against=`).
    pub(super) fn dumbbell(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let node = arguments.node_or_index("node")?;
        if let Some(other) = arguments.named("against") {
            let other = arguments.given_node(&other)?;
            return Ok(self.two_nodes(node, other));
        }
        let id = arguments.text("ranking")?;
        if self.results.ranking(&id).is_none() {
            return Err(arguments.fail(format!("there is no published ranking `{id}`")));
        }
        let rows = pairs(self.results, &id, node)
            .into_iter()
            .map(|p| DumbbellRow { label: self.name(p.unit), left: p.published, right: p.own })
            .collect();
        let left = self.word("参考报告位次", "Reference report");
        let right = self.word("本报告位次", "This report");
        Ok(Drawn { ranking: Some(id), ..self.two_ranks(rows, left, right, vec![node]) })
    }

    fn two_nodes(&self, node: NodeAt, other: NodeAt) -> Drawn {
        let rank_of = |at: NodeAt| match self.lang {
            Lang::Zh => format!("{}位次", self.short(at)),
            Lang::En => format!("Rank: {}", self.short(at)),
        };
        let rows = self
            .results
            .order(node)
            .iter()
            .filter_map(|&unit| {
                let left = self.results.rank(unit, other)?;
                Some(DumbbellRow {
                    label: self.name(unit),
                    left,
                    right: self.results.rank(unit, node)?,
                })
            })
            .collect();
        self.two_ranks(rows, rank_of(other), rank_of(node), vec![node, other])
    }

    fn two_ranks(
        &self,
        rows: Vec<DumbbellRow>,
        left_name: String,
        right_name: String,
        nodes: Vec<NodeAt>,
    ) -> Drawn {
        let spec = Dumbbell {
            subject: self.word("两种排名的位次", "Ranks in two rankings"),
            rows,
            left_name,
            right_name,
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), nodes)
    }
}
