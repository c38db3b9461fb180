//! Figures of what the index says about its own parts: influence against weight, correlations.

use minijinja::Error;

use crate::charts::{CorrelationMap, ShareDumbbell, ShareRow, TEXT_BLOCK_MM};
use crate::content::arguments::Arguments;
use crate::content::figures::{Drawing, Drawn, drawn};
use crate::content::results::NodeAt;
use crate::index::reading::Influence;

impl Drawing<'_> {
    /// Weight and influence of the indicators, or of the nodes of a level; what exceeds its weight
    /// most comes first.
    pub(super) fn influence(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let level = arguments.optional_count("level")?;
        let shown = |node: NodeAt| match level {
            Some(level) => self.results.node(node).level == level,
            None => self.results.spec(node).is_some(),
        };
        let all = self.results.reading.influence.iter();
        let mut chosen: Vec<&Influence> = all.filter(|own| shown(own.node)).collect();
        let excess =
            |own: &Influence| own.share.map_or(f64::NEG_INFINITY, |s| s - own.effective_weight);
        chosen.sort_by(|a, b| excess(b).total_cmp(&excess(a)).then(a.node.cmp(&b.node)));
        let rows = chosen
            .iter()
            .map(|own| ShareRow {
                label: self.short(own.node),
                stated: own.effective_weight * 100.0,
                found: own.share.map(|share| share * 100.0),
            })
            .collect();
        let spec = ShareDumbbell {
            subject: self.word("权重与影响份额", "weight and share of influence"),
            rows,
            stated_name: self.word("权重", "Weight"),
            found_name: self.word("影响份额", "Share of influence"),
            decimals: 1,
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), vec![0]))
    }

    /// Correlations of the nodes of a level with one another.
    pub(super) fn correlations(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let level = arguments.count("level", 2)?;
        let nodes: Vec<NodeAt> =
            self.results.config.method.level(level).take(CorrelationMap::MOST).collect();
        let all = &self.results.reading.associations;
        let between = |a: NodeAt, b: NodeAt| {
            all.iter().find(|own| (own.left, own.right) == (a, b)).and_then(|own| own.pearson)
        };
        let values = nodes
            .iter()
            .enumerate()
            .map(|(i, &own)| nodes[..i].iter().map(|&other| between(other, own)).collect())
            .collect();
        let spec = CorrelationMap {
            subject: self.word("得分", "scores"),
            names: nodes.iter().map(|&node| self.short(node)).collect(),
            values,
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), vec![0]))
    }
}
