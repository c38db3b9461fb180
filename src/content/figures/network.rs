//! Figures of networks: statistics by year, the picture, degrees and how they are spread.

use minijinja::Error;

use crate::charts::{
    Butterfly, ButterflyRow, Ccdf, CcdfSeries, Lorenz, LorenzCurve, NetworkPicture, Panel,
    PictureNode, PowerLawLine, SmallMultiples, TEXT_BLOCK_MM,
};
use crate::content::arguments::Arguments;
use crate::content::figures::{Drawing, Drawn};
use crate::content::networks::{Web, network_source, word};
use crate::lang::Lang;
use crate::network::{Concentration, HubOrder, Snapshot};

/// Nodes of a picture, names in it, and communities with a colour, unless a template says otherwise.
const PICTURED: usize = 700;
const NAMED: usize = 14;
/// Points of a Lorenz curve.
const STEPS: usize = 200;
/// Rows of two-sided bars.
const HUBS: usize = 20;
/// A community with a colour has at least this share of the nodes drawn.
const LEAST_COLOURED: f64 = 0.02;

impl Drawing<'_> {
    /// The network an argument names, and its last snapshot.
    pub(super) fn web<'a>(arguments: &mut Arguments<'a>) -> Result<(Web<'a>, &'a Snapshot), Error> {
        let web = arguments.network("network")?;
        let last = web.last().ok_or_else(|| {
            arguments.fail(format!("network `{}` has no edges of its own", web.id()))
        })?;
        Ok((web, last))
    }

    pub(super) fn of_network(
        &self,
        web: Web<'_>,
        chart: Result<crate::charts::Chart, crate::charts::ChartError>,
        alt: String,
    ) -> Drawn {
        let source =
            network_source(self.results, self.lang, &web.spec().source, web.is_illustrative());
        Drawn { chart, alt, nodes: Vec::new(), ranking: None, source: Some(source) }
    }

    /// Statistics by year, a panel each.
    pub(super) fn network_growth(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let (web, _) = Self::web(arguments)?;
        let snapshots = web.snapshots();
        let panel =
            |zh: &str, en: &str, decimals, value: &dyn Fn(&Snapshot) -> Option<f64>| Panel {
                title: word(self.lang, zh, en),
                values: snapshots.iter().map(value).collect(),
                decimals,
            };
        let panels = vec![
            panel("节点数", "Nodes", 0, &|s| Some(count(s.statistics.nodes))),
            panel("边数", "Edges", 0, &|s| Some(count(s.edges))),
            panel("平均度", "Average degree", 3, &|s| {
                (s.statistics.nodes > 0).then(|| count(s.edges) / count(s.statistics.nodes))
            }),
            panel("网络密度（‰）", "Density (‰)", 3, &|s| {
                s.statistics.density.map(|d| d * 1000.0)
            }),
            panel("网络直径", "Diameter", 0, &|s| Some(count(s.statistics.diameter))),
            panel("平均路径长度", "Average path length", 3, &|s| {
                s.statistics.average_path_length
            }),
            panel("平均聚类系数", "Average clustering", 3, &|s| {
                s.statistics.clustering_directed
            }),
            panel("模块化系数", "Modularity", 3, &|s| s.statistics.modularity),
        ];
        let spec = SmallMultiples {
            subject: self.subject(web, "的结构性统计指标", "structural statistics"),
            periods: snapshots.iter().map(|s| year_text(s.year)).collect(),
            panels,
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(self.of_network(web, spec.draw(self.theme, self.lang), spec.alt(self.lang)))
    }

    /// What a chart of a network is about.
    pub(super) fn subject(&self, web: Web<'_>, zh: &str, en: &str) -> String {
        match self.lang {
            Lang::Zh => format!("{}{zh}", web.title().text(self.lang)),
            Lang::En => format!("{}: {en}", web.title().text(self.lang)),
        }
    }

    /// The nodes with the most relations where the forces put them; hubs are named, the largest
    /// communities have colours.
    pub(super) fn network_picture(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let (web, last) = Self::web(arguments)?;
        let most = arguments.count("most", PICTURED)?.min(NetworkPicture::MOST_NODES);
        let named = arguments.count("named", NAMED)?.min(NetworkPicture::MOST_LABELS);
        let at = web.snapshots().len() - 1;
        let edges = edges_of(web);
        let portrait = last.portrait(&edges, web.spec().snapshots.as_ref(), at, most);
        let portrait = portrait.ok_or_else(|| arguments.fail("there are no communities"))?;
        let shown = coloured(&portrait.nodes);
        let node = |(place, own): (usize, &crate::network::PortraitNode)| PictureNode {
            at: (own.at[0], own.at[1]),
            size: whole(own.degree),
            community: shown.iter().position(|label| *label == own.community),
            label: (place < named).then(|| web.node_name(own.node, self.lang)),
        };
        let profiles = last.depth.iter().flat_map(|depth| &depth.profiles);
        let leader = |label: u32| {
            let own = profiles.clone().find(|p| u32::try_from(p.label).ok() == Some(label));
            let first = own.and_then(|own| own.members.first());
            first.map(|hub| web.node_name(hub.node, self.lang))
        };
        let name = |label: &u32| match (leader(*label), self.lang) {
            (Some(name), Lang::Zh) => format!("{name}等"),
            (Some(name), Lang::En) => format!("{name} and others"),
            (None, _) => (label + 1).to_string(),
        };
        let mut links = portrait.links;
        links.truncate(NetworkPicture::MOST_EDGES);
        let spec = NetworkPicture {
            subject: web.title().text(self.lang).to_owned(),
            nodes: portrait.nodes.iter().enumerate().map(node).collect(),
            edges: links,
            communities: shown.iter().map(name).collect(),
            other_name: word(self.lang, "其他社群", "other communities"),
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(self.of_network(web, spec.draw(self.theme, self.lang), spec.alt(self.lang)))
    }

    /// How large a share of the nodes has a degree or more, with the power law of the tail.
    pub(super) fn network_ccdf(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let (web, last) = Self::web(arguments)?;
        let order = arguments.optional_text("side");
        let orders: Vec<HubOrder> = match order.as_deref() {
            None if web.spec().directed => vec![HubOrder::Out, HubOrder::In],
            None | Some("total") => vec![HubOrder::Total],
            Some("out") => vec![HubOrder::Out],
            Some("in") => vec![HubOrder::In],
            Some(other) => {
                return Err(
                    arguments.fail(format!("`side` wants out, in or total, found `{other}`"))
                );
            }
        };
        let series = orders
            .iter()
            .map(|&order| self.distribution(last, order, orders.len() == 1))
            .filter(|series| !series.points.is_empty())
            .collect();
        let spec = Ccdf {
            subject: self.subject(web, "的节点度数", "degrees of nodes"),
            value_name: word(self.lang, "度数", "Degree"),
            share_name: word(
                self.lang,
                "不低于该度数的节点占比",
                "Share of nodes with that degree or more",
            ),
            series,
            width_mm: self.width(TEXT_BLOCK_MM * 0.82),
        };
        Ok(self.of_network(web, spec.draw(self.theme, self.lang), spec.alt(self.lang)))
    }

    fn distribution(&self, last: &Snapshot, order: HubOrder, alone: bool) -> CcdfSeries {
        let points = last.ccdf(order);
        let law = last.power_law(order);
        let share_from = |x: f64| points.iter().find(|(v, _)| *v >= x).map_or(0.0, |(_, s)| *s);
        let fit = law.map(|law| PowerLawLine {
            alpha: law.alpha,
            x_min: whole(law.x_min),
            share: share_from(whole(law.x_min)),
        });
        let log_normal = law.filter(|_| alone).map_or_else(Vec::new, |law| {
            let share = share_from(whole(law.x_min));
            let curve = law.log_normal_shares(points.iter().map(|(x, _)| *x));
            let scaled = curve.into_iter().map(|(x, part)| (x, part * share));
            scaled.filter(|(_, part)| *part > 0.0).collect()
        });
        let name = match order {
            HubOrder::In => word(self.lang, "入度", "In-degree"),
            HubOrder::Out => word(self.lang, "出度", "Out-degree"),
            _ => word(self.lang, "度数", "Degree"),
        };
        CcdfSeries { name, points, fit, log_normal }
    }

    /// Cumulative shares of nodes and of their relations.
    pub(super) fn network_lorenz(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let (web, last) = Self::web(arguments)?;
        let s = &last.statistics;
        let curve = |order, zh: &str, en: &str, own: Option<&Concentration>| {
            let points = last.lorenz(order, STEPS);
            own.filter(|_| points.len() > 1).map(|own| LorenzCurve {
                name: word(self.lang, zh, en),
                points,
                gini: Some(own.gini),
                tops: vec![(0.01, own.top_1_percent)],
            })
        };
        let out = curve(HubOrder::Out, "出度", "Out-degree", s.out_concentration.as_ref());
        let into = curve(HubOrder::In, "入度", "In-degree", s.in_concentration.as_ref());
        let curves = if web.spec().directed { vec![out, into] } else { vec![out] };
        let spec = Lorenz {
            subject: self.subject(web, "的关系", "relations"),
            node_name: word(
                self.lang,
                "节点累计占比（由小到大）",
                "Cumulative share of nodes, smallest first",
            ),
            share_name: word(self.lang, "关系累计占比", "Cumulative share of relations"),
            curves: curves.into_iter().flatten().collect(),
            width_mm: self.width(TEXT_BLOCK_MM * 0.75),
        };
        Ok(self.of_network(web, spec.draw(self.theme, self.lang), spec.alt(self.lang)))
    }

    /// In- and out-degrees of the hubs to both sides.
    pub(super) fn network_hubs(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let (web, last) = Self::web(arguments)?;
        let top = arguments.count("top", HUBS)?.min(Butterfly::MOST);
        let hubs = last.hubs(HubOrder::Total, top, |_| true);
        let row = |hub: &crate::network::Hub| ButterflyRow {
            label: web.node_name(hub.node, self.lang),
            left: whole(hub.degree.into),
            right: whole(hub.degree.out),
        };
        let spec = Butterfly {
            subject: self.subject(web, "度数最高的节点", "nodes with the highest degrees"),
            rows: hubs.iter().map(row).collect(),
            left_name: word(self.lang, "入度", "In-degree"),
            right_name: word(self.lang, "出度", "Out-degree"),
            decimals: 0,
            measure: String::new(),
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(self.of_network(web, spec.draw(self.theme, self.lang), spec.alt(self.lang)))
    }
}

/// The edges of a network or of a part.
fn edges_of(web: Web<'_>) -> Vec<crate::data::NetworkEdge> {
    let data = web.data();
    match web.part.and_then(|part| data.parts.get(part)) {
        None => data.edges.clone(),
        Some(part) => {
            let kept = data.edges.iter().zip(&part.edges).filter(|(_, kept)| **kept);
            kept.map(|(edge, _)| *edge).collect()
        }
    }
}

/// The largest communities among the nodes drawn, by label.
fn coloured(nodes: &[crate::network::PortraitNode]) -> Vec<u32> {
    let mut sizes: std::collections::BTreeMap<u32, usize> = std::collections::BTreeMap::new();
    for node in nodes {
        *sizes.entry(node.community).or_default() += 1;
    }
    let mut sizes: Vec<(u32, usize)> = sizes.into_iter().collect();
    sizes.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let large = |own: &&(u32, usize)| count(own.1) >= LEAST_COLOURED * count(nodes.len());
    sizes.iter().take(NetworkPicture::MOST_COMMUNITIES).filter(large).map(|own| own.0).collect()
}

/// A year as a period of a chart.
pub(super) fn year_text(year: Option<i32>) -> String {
    year.map(|year| year.to_string()).unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
const fn count(n: usize) -> f64 {
    n as f64
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
pub(super) const fn whole(n: u64) -> f64 {
    n as f64
}
