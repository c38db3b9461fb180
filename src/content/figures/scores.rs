//! Figures of scores: the ranking, what it is made of, and its tiers.

use minijinja::Error;

use crate::charts::{
    Bar, BarSeries, ContributionRow, GroupedBars, RankedBar, StackedContribution, TEXT_BLOCK_MM,
    Tier, TierPoint, TierStrip,
};
use crate::content::arguments::Arguments;
use crate::content::figures::{DECIMALS, Drawing, Drawn, drawn};
use crate::content::results::{NodeAt, UnitAt};
use crate::content::uncertain;

impl Drawing<'_> {
    pub(super) fn ranking_bar(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let node = arguments.node_or_index("node")?;
        let top = arguments.count("top", RankedBar::MOST)?;
        let own = self.results.at(node);
        let bars = own
            .order
            .iter()
            .take(top.min(RankedBar::MOST))
            .map(|&unit| Bar {
                label: self.name(unit),
                value: own.scores[unit],
                highlight: own.ranks[unit] == Some(1),
                rank: own.ranks[unit],
                interval: self.interval(unit, node),
            })
            .collect();
        let spec = RankedBar {
            subject: self.score_subject(node),
            bars,
            mean: own.distribution.map(|d| d.mean),
            mean_label: self.mean_label(),
            interval_label: match self.results.robustness {
                Some(_) if self.results.has_intervals(node) => self.word("5%—95%", "5–95%"),
                _ => String::new(),
            },
            decimals: DECIMALS,
            measure: self.word("分", "points"),
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), vec![node]))
    }

    /// The interval of a rank, where one is known.
    fn interval(&self, unit: UnitAt, node: NodeAt) -> String {
        uncertain::interval(self.results, unit, node, self.lang).unwrap_or_default()
    }

    /// What each child gives to the score; the parts of a unit sum to its score.
    pub(super) fn contributions(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let node = arguments.node_or_index("node")?;
        let top = arguments.count("top", StackedContribution::MOST_ROWS)?;
        let children = self.results.node(node).children();
        let own = self.results.at(node);
        let rows = own
            .order
            .iter()
            .take(top.min(StackedContribution::MOST_ROWS))
            .map(|&unit| {
                let weight = |child: NodeAt| self.results.weight(child);
                let present: f64 = children
                    .iter()
                    .filter(|&&c| self.results.score(unit, c).is_some())
                    .map(|&c| weight(c))
                    .sum();
                let part = |child: NodeAt| {
                    self.results.score(unit, child).map_or(0.0, |s| weight(child) * s / present)
                };
                ContributionRow {
                    label: self.name(unit),
                    parts: children.iter().map(|&c| part(c)).collect(),
                    total: own.scores[unit],
                    highlight: own.ranks[unit] == Some(1),
                }
            })
            .collect();
        let spec = StackedContribution {
            subject: self.score_subject(node),
            part_names: children.iter().map(|&c| self.short(c)).collect(),
            rows,
            decimals: DECIMALS,
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), vec![node]))
    }

    pub(super) fn sub_dimensions(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let node = arguments.node("node")?;
        let order: Vec<UnitAt> =
            self.results.order(node).iter().copied().take(GroupedBars::MOST_GROUPS).collect();
        let series = self
            .results
            .node(node)
            .children()
            .iter()
            .take(GroupedBars::MOST_SERIES)
            .map(|&child| BarSeries {
                name: self.short(child),
                values: order.iter().map(|&unit| self.results.score(unit, child)).collect(),
            })
            .collect();
        let spec = GroupedBars {
            subject: self.word(
                &format!("{}各分维度得分", self.results.node(node).name.zh),
                &format!("{}: scores by sub-dimension", self.results.node(node).name.en),
            ),
            groups: order.iter().map(|&u| self.name(u)).collect(),
            focus: None,
            series,
            decimals: 1,
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), vec![node]))
    }

    pub(super) fn tiers(&self, arguments: &Arguments<'_>) -> Result<Drawn, Error> {
        let (Some(tiers), Some(rule)) =
            (&self.results.index.tiers, &self.results.config.method.tiers)
        else {
            return Err(arguments.fail("the methodology forms no tiers"));
        };
        let spec = TierStrip {
            subject: self.score_subject(0),
            tiers: tiers
                .tiers
                .iter()
                .zip(rule.names.get(self.lang))
                .map(|(tier, name)| Tier {
                    name: name.clone(),
                    points: tier
                        .members
                        .iter()
                        .filter_map(|&unit| {
                            let value = self.results.score(unit, 0)?;
                            Some(TierPoint { label: self.name(unit), value })
                        })
                        .collect(),
                })
                .collect(),
            cuts: tiers.cuts(),
            decimals: DECIMALS,
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), vec![0]))
    }
}
