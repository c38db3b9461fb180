//! Figures: which results go into which chart, in the language of the page.

use minijinja::Error;
use minijinja::value::Value;

use crate::charts::{
    Bar, BarSeries, Chart, ChartError, ContributionRow, Dumbbell, DumbbellRow, GroupedBars,
    PositionRow, PositionStrip, Radar, RadarSeries, RadarStyle, RankHeatmap, RankedBar,
    StackedContribution, TEXT_BLOCK_MM, Theme, Tier, TierPoint, TierStrip,
};
use crate::content::arguments::Arguments;
use crate::content::block::Figure;
use crate::content::comparison::pairs;
use crate::content::results::{NodeAt, Results, UnitAt};
use crate::content::source_line::source_line;
use crate::lang::{Lang, Localised};

/// Decimals of scores in charts.
const DECIMALS: usize = 2;
/// Width of a radar chart that stands alone.
const RADAR_MM: f64 = 104.0;

/// Narrowest chart a template may ask for.
const NARROWEST_MM: f64 = 60.0;

/// The kinds of figure templates can ask for.
pub(super) const KINDS: [&str; 8] = [
    "ranking-bar",
    "contributions",
    "sub-dimensions",
    "radar",
    "rank-heatmap",
    "position-strip",
    "dumbbell",
    "tiers",
];

/// Draws figures of one language.
#[derive(Clone, Copy)]
pub(super) struct Drawing<'a> {
    /// What there is to show.
    pub results: &'a Results,
    /// How it is drawn.
    pub theme: &'a Theme,
    /// The language of the page.
    pub lang: Lang,
    /// Printed width, where a template asks for one.
    pub width_mm: Option<f64>,
}

struct Drawn {
    chart: Result<Chart, ChartError>,
    alt: String,
    /// Nodes whose data the chart rests on.
    nodes: Vec<NodeAt>,
    /// A published ranking it shows.
    ranking: Option<String>,
}

impl Drawing<'_> {
    /// Makes the figure a template asks for.
    ///
    /// # Errors
    /// When arguments are missing or wrong, or the chart cannot be drawn.
    pub(super) fn figure(mut self, mut arguments: Arguments<'_>) -> Result<Figure, Error> {
        let kind = arguments.text("kind")?;
        let id = required_name(&mut arguments, "id")?;
        let caption = required_name(&mut arguments, "caption")?;
        if let Some(width) = arguments.named("width") {
            self.width_mm = Some(asked_width(&arguments, &width)?);
        }
        let drawn = match kind.as_str() {
            "ranking-bar" => self.ranking_bar(&mut arguments)?,
            "contributions" => self.contributions(&mut arguments)?,
            "sub-dimensions" => self.sub_dimensions(&mut arguments)?,
            "radar" => self.radar(&mut arguments)?,
            "rank-heatmap" => self.heatmap(&mut arguments)?,
            "position-strip" => self.positions(&mut arguments)?,
            "dumbbell" => self.dumbbell(&mut arguments)?,
            "tiers" => self.tiers(&arguments)?,
            other => return Err(unknown_kind(&arguments, "figure", other, &KINDS)),
        };
        let chart =
            drawn.chart.map_err(|e| arguments.fail(format!("`{id}` cannot be drawn: {e}")))?;
        arguments.finish()?;
        Ok(Figure {
            id,
            caption,
            alt: drawn.alt,
            source: source_line(self.results, self.lang, &drawn.nodes, drawn.ranking.as_deref()),
            svg: chart.svg,
            width_mm: chart.width_mm,
        })
    }

    /// The width asked for, or the usual one.
    fn width(&self, usual: f64) -> f64 {
        self.width_mm.unwrap_or(usual)
    }

    fn name(&self, unit: UnitAt) -> String {
        self.results.unit(unit).name.text(self.lang).to_owned()
    }

    fn short(&self, node: NodeAt) -> String {
        self.results.node(node).short.text(self.lang).to_owned()
    }

    fn score_subject(&self, node: NodeAt) -> String {
        let name = self.results.node(node).name.text(self.lang);
        match self.lang {
            Lang::Zh => format!("{name}得分"),
            Lang::En => format!("{name} score"),
        }
    }

    fn word(&self, zh: &str, en: &str) -> String {
        Localised::new(zh, en).get(self.lang).to_string()
    }

    fn mean_label(&self) -> String {
        self.word("样本均值", "Sample mean")
    }

    fn ranking_bar(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
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
            })
            .collect();
        let spec = RankedBar {
            subject: self.score_subject(node),
            bars,
            mean: own.distribution.map(|d| d.mean),
            mean_label: self.mean_label(),
            decimals: DECIMALS,
            measure: self.word("分", "points"),
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), vec![node]))
    }

    /// What each child gives to the score; the parts of a unit sum to its score.
    fn contributions(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
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

    fn sub_dimensions(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
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

    fn radar(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let unit = arguments.unit("unit")?;
        let level = arguments.count("level", 2)?;
        let nodes: Vec<NodeAt> = self.results.config.method.level(level).collect();
        let leader = self.results.order(0).first().copied();
        let values = |at: UnitAt| nodes.iter().map(|&n| self.results.score(at, n)).collect();
        let mut series = vec![
            RadarSeries { name: self.name(unit), values: values(unit), style: RadarStyle::Focus },
            RadarSeries {
                name: self.mean_label(),
                values: nodes
                    .iter()
                    .map(|&n| self.results.distribution(n).map(|d| d.mean))
                    .collect(),
                style: RadarStyle::Mean,
            },
        ];
        // Beside the leader itself stands the runner-up: a chart of one city against itself says
        // nothing.
        let rival =
            if leader == Some(unit) { self.results.order(0).get(1).copied() } else { leader };
        if let Some(rival) = rival {
            let role = if leader == Some(unit) {
                self.word("第二名", "runner-up")
            } else {
                self.word("首位", "leader")
            };
            let name = match self.lang {
                Lang::Zh => format!("{}（{role}）", self.name(rival)),
                Lang::En => format!("{} ({role})", self.name(rival)),
            };
            series.push(RadarSeries { name, values: values(rival), style: RadarStyle::Leader });
        }
        let spec = Radar {
            subject: match self.lang {
                Lang::Zh => format!("{}各分维度得分", self.name(unit)),
                Lang::En => format!("{}: scores by sub-dimension", self.name(unit)),
            },
            axes: nodes.iter().map(|&n| self.short(n)).collect(),
            series,
            decimals: 1,
            width_mm: self.width(RADAR_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), vec![0]))
    }

    fn heatmap(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
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

    fn positions(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let unit = arguments.unit("unit")?;
        let level = arguments.count("level", 2)?;
        let nodes: Vec<NodeAt> =
            std::iter::once(0).chain(self.results.config.method.level(level)).collect();
        let rows = nodes
            .iter()
            .map(|&node| PositionRow {
                label: self.short(node),
                values: self.results.at(node).scores.iter().flatten().copied().collect(),
                focus: self.results.score(unit, node),
                mean: self.results.distribution(node).map(|d| d.mean),
            })
            .collect();
        let spec = PositionStrip {
            subject: self.word("各项得分", "Scores"),
            rows,
            focus_name: self.name(unit),
            mean_label: self.mean_label(),
            decimals: 1,
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), vec![0]))
    }

    /// Ranks at a node against a published ranking (`ranking=`) or another node (`against=`).
    fn dumbbell(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
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

    fn tiers(&self, arguments: &Arguments<'_>) -> Result<Drawn, Error> {
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

/// A chart that shows nodes of the framework and no published ranking.
fn drawn(chart: Result<Chart, ChartError>, alt: String, nodes: Vec<NodeAt>) -> Drawn {
    Drawn { chart, alt, nodes, ranking: None }
}

/// A width in millimetres between a column and the text block.
fn asked_width(arguments: &Arguments<'_>, width: &Value) -> Result<f64, Error> {
    let asked = f64::try_from(width.clone()).ok();
    asked.filter(|mm| (NARROWEST_MM..=TEXT_BLOCK_MM).contains(mm)).ok_or_else(|| {
        arguments.fail(format!(
            "`width` is a number of millimetres from {NARROWEST_MM} to {TEXT_BLOCK_MM}"
        ))
    })
}

/// Text that may be given by name only, so that positions stay free for the kind's own arguments.
///
/// # Errors
/// When it is absent or empty.
pub(super) fn required_name(arguments: &mut Arguments<'_>, name: &str) -> Result<String, Error> {
    match arguments.named(name).map(|v| v.to_string()).filter(|t| !t.is_empty()) {
        Some(text) => Ok(text),
        None => Err(arguments.fail(format!("write `{name}=\"...\"`"))),
    }
}

/// The complaint about a kind of figure or table there is not.
pub(super) fn unknown_kind(
    arguments: &Arguments<'_>,
    what: &str,
    kind: &str,
    kinds: &[&'static str],
) -> Error {
    let near = crate::diag::nearest(kind, kinds.iter().copied());
    let quoted: Vec<String> = near.iter().map(|n| format!("`{n}`")).collect();
    let hint = if quoted.is_empty() {
        format!("kinds are {}", kinds.join(", "))
    } else {
        format!("did you mean {}?", crate::diag::alternatives(&quoted))
    };
    arguments.fail(format!("there is no {what} of kind `{kind}`; {hint}"))
}
