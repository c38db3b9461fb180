//! A picture of a network: nodes where a layout has put them, coloured by community, hubs named.

use std::collections::BTreeMap;

use super::alt;
use super::canvas::{Anchor, At, Bounds, Canvas, Lettering, PT_PER_MM, Stroke};
use super::error::{amounts, finite, legible, present};
use super::legend::{self, Key, Placing as Row};
use super::pieces::{Look, Pieces};
use super::placing::Placing;
use super::scale::count;
use super::theme::{Colour, Theme};
use super::{Chart, ChartError};
use crate::lang::Lang;

/// One node.
#[derive(Debug, Clone, PartialEq)]
pub struct PictureNode {
    /// Its place in the layout, in any unit.
    pub at: (f64, f64),
    /// What the area of its disc stands for, such as its degree; zero or more.
    pub size: f64,
    /// Its community, by place in the list; none for all others.
    pub community: Option<usize>,
    /// The name printed beside a hub.
    pub label: Option<String>,
}

/// Nodes, edges and communities of a network.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkPicture {
    /// What is shown, such as `人工智能企业价值网络`.
    pub subject: String,
    /// The nodes.
    pub nodes: Vec<PictureNode>,
    /// The edges, by places of their ends; their direction is not drawn.
    pub edges: Vec<(usize, usize)>,
    /// Names of the communities that have a colour.
    pub communities: Vec<String>,
    /// Name for the nodes of no coloured community, such as `其他社群`.
    pub other_name: String,
    /// Printed width.
    pub width_mm: f64,
}

/// Height over width of the drawing at least and at most.
const SHAPE: (f64, f64) = (0.55, 1.15);
const MOST_HEIGHT: f64 = 200.0 * PT_PER_MM;
const LEAST_RADIUS: f64 = 0.7;
const MOST_RADIUS: f64 = 9.0;
/// Larger nodes are drawn one by one above the others.
const HUB_RADIUS: f64 = 2.4;
/// Edges drawn as one; each such stroke lies over the others, so that many edges darken.
const BUNDLE: usize = 40;
/// How far edges bend, as a share of their length.
const BEND: f64 = 0.12;

impl NetworkPicture {
    /// The most nodes that keep the file small.
    pub const MOST_NODES: usize = 3000;
    /// The most edges that keep the file small.
    pub const MOST_EDGES: usize = 9000;
    /// The most communities that have a colour.
    pub const MOST_COMMUNITIES: usize = 6;
    /// The most hubs that are named.
    pub const MOST_LABELS: usize = 30;

    /// Draws the chart. A hub for whose name there is no room stays without; larger hubs come first.
    ///
    /// # Errors
    ///
    /// [`ChartError::Empty`], [`ChartError::TooMany`], [`ChartError::Absent`],
    /// [`ChartError::NotFinite`], [`ChartError::Negative`] or [`ChartError::TooNarrow`].
    pub fn draw(&self, theme: &Theme, lang: Lang) -> Result<Chart, ChartError> {
        self.screen()?;
        let mut canvas = Canvas::new(theme, lang, self.width_mm)?;
        let across = (0.0, canvas.width);
        let entries = self.entries(theme);
        let top = legend::draw(&mut canvas, &entries, across, 0.0, Row::Left) + 4.0;
        let (places, bottom) = self.places(canvas.width, top);
        let most = self.nodes.iter().map(|node| node.size).fold(0.0, f64::max);
        let largest = MOST_RADIUS.min(canvas.width * 0.022);
        let radius = |node: &PictureNode| {
            let share = if most > 0.0 { node.size / most } else { 0.0 };
            LEAST_RADIUS + (largest - LEAST_RADIUS) * share.sqrt()
        };
        let radii: Vec<f64> = self.nodes.iter().map(radius).collect();

        self.draw_edges(&mut canvas, &places);
        self.draw_nodes(&mut canvas, &places, &radii);
        let area = Bounds { left: 0.0, top, right: canvas.width, bottom };
        self.draw_labels(&mut canvas, &places, &radii, area);
        canvas.finish(bottom)
    }

    fn screen(&self) -> Result<(), ChartError> {
        legible("nodes", self.nodes.len(), Self::MOST_NODES)?;
        for (what, found, most) in [
            ("edges", self.edges.len(), Self::MOST_EDGES),
            ("communities", self.communities.len(), Self::MOST_COMMUNITIES),
            ("names", self.hubs().len(), Self::MOST_LABELS),
        ] {
            if found > most {
                return Err(ChartError::TooMany { what, found, most });
            }
        }
        for (index, node) in self.nodes.iter().enumerate() {
            let label = node.label.clone().unwrap_or_else(|| index.to_string());
            finite(&label, [&node.at.0, &node.at.1])?;
            amounts(&label, [&node.size])?;
            if let Some(community) = node.community {
                present("communities", community, self.communities.len())?;
            }
        }
        for &(from, to) in &self.edges {
            present("nodes", from, self.nodes.len())?;
            present("nodes", to, self.nodes.len())?;
        }
        Ok(())
    }

    /// The named nodes, largest first.
    fn hubs(&self) -> Vec<(usize, &str)> {
        let named = self.nodes.iter().enumerate();
        let mut hubs: Vec<(usize, &str)> =
            named.filter_map(|(i, node)| Some((i, node.label.as_deref()?))).collect();
        hubs.sort_by(|a, b| self.nodes[b.0].size.total_cmp(&self.nodes[a.0].size));
        hubs
    }

    /// Whether there are nodes of no coloured community beside coloured ones.
    fn has_others(&self) -> bool {
        !self.communities.is_empty() && self.nodes.iter().any(|node| node.community.is_none())
    }

    fn entries(&self, theme: &Theme) -> Vec<(Key, String)> {
        let named = self.communities.iter().enumerate();
        let mut entries: Vec<(Key, String)> = named
            .map(|(i, name)| (Key::Disc(community_colour(theme, Some(i)), 3.2), name.clone()))
            .collect();
        if self.has_others() {
            let colour = community_colour(theme, None);
            entries.push((Key::Disc(colour, 3.2), self.other_name.clone()));
        }
        entries
    }

    /// The places on the sheet and its height: the layout as large as fits, its shape kept.
    fn places(&self, width: f64, top: f64) -> (Vec<At>, f64) {
        let ends = |pick: fn(&PictureNode) -> f64| {
            let values = || self.nodes.iter().map(pick);
            (values().fold(f64::INFINITY, f64::min), values().fold(f64::NEG_INFINITY, f64::max))
        };
        let (x, y) = (ends(|node| node.at.0), ends(|node| node.at.1));
        let margin = MOST_RADIUS + 3.0;
        let (wide, high) = ((x.1 - x.0).max(1e-9), (y.1 - y.0).max(1e-9));
        let room = width - 2.0 * margin;
        let height = (room * (high / wide).clamp(SHAPE.0, SHAPE.1)).min(MOST_HEIGHT);
        let scale = (room / wide).min(height / high);
        let centre = (width / 2.0, top + margin + height / 2.0);
        let middle = (f64::midpoint(x.0, x.1), f64::midpoint(y.0, y.1));
        let place = |node: &PictureNode| {
            let (dx, dy) = (node.at.0 - middle.0, node.at.1 - middle.1);
            (centre.0 + dx * scale, centre.1 + dy * scale)
        };
        (self.nodes.iter().map(place).collect(), top + height + 2.0 * margin)
    }

    fn draw_edges(&self, canvas: &mut Canvas<'_>, places: &[At]) {
        // Edges inside a community have its colour, those between two are grey.
        let mut bundles: BTreeMap<Option<usize>, Vec<(At, At)>> = BTreeMap::new();
        for &(from, to) in self.edges.iter().filter(|(from, to)| from != to) {
            let (a, b) = (self.nodes[from].community, self.nodes[to].community);
            let kind = a.filter(|_| a == b);
            bundles.entry(kind).or_default().push((places[from], places[to]));
        }
        let crowd = (count(self.edges.len()) / 2500.0).clamp(0.0, 1.0);
        for (kind, edges) in bundles {
            let colour = match kind {
                Some(_) => community_colour(canvas.theme, kind),
                None => canvas.theme.muted,
            };
            let opacity = if kind.is_some() { 0.45 - 0.2 * crowd } else { 0.3 - 0.15 * crowd };
            let stroke = Stroke::new(colour, 0.5 - 0.15 * crowd).faint(opacity);
            for bundle in edges.chunks(BUNDLE) {
                let mut pieces = Pieces::default();
                for &(from, to) in bundle {
                    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
                    let pull = (
                        f64::midpoint(from.0, to.0) - dy * BEND,
                        f64::midpoint(from.1, to.1) + dx * BEND,
                    );
                    pieces.curve(from, pull, to);
                }
                canvas.pieces(pieces, Look::Line(stroke));
            }
        }
    }

    fn draw_nodes(&self, canvas: &mut Canvas<'_>, places: &[At], radii: &[f64]) {
        let mut small: BTreeMap<Option<usize>, Pieces> = BTreeMap::new();
        let mut hubs = Vec::new();
        for (i, node) in self.nodes.iter().enumerate() {
            if radii[i] < HUB_RADIUS {
                small.entry(node.community).or_default().circle(places[i], radii[i]);
            } else {
                hubs.push(i);
            }
        }
        for (community, pieces) in small {
            let colour = community_colour(canvas.theme, community);
            canvas.pieces(pieces, Look::Filled(colour, rim(canvas.theme, colour, 0.25)));
        }
        hubs.sort_by(|&a, &b| radii[b].total_cmp(&radii[a]));
        for i in hubs {
            let colour = community_colour(canvas.theme, self.nodes[i].community);
            let paper = canvas.theme.paper;
            canvas.disc(places[i], radii[i] + 0.6, paper, 1.0);
            canvas.disc(places[i], radii[i], colour, 1.0);
            canvas.ring(places[i], radii[i], rim(canvas.theme, colour, 0.4));
        }
    }

    fn draw_labels(&self, canvas: &mut Canvas<'_>, places: &[At], radii: &[f64], area: Bounds) {
        let lettering = Lettering { size: canvas.theme.axis_size, ..canvas.label() }.bold();
        let mut placing = Placing::within(area);
        for (&(x, y), &r) in places.iter().zip(radii) {
            if r >= HUB_RADIUS {
                placing.block(Bounds { left: x - r, top: y - r, right: x + r, bottom: y + r });
            } else {
                placing.avoid((x, y), r, 0.3);
            }
        }
        let mut put = Vec::new();
        for (i, label) in self.hubs() {
            let text = canvas.fit(label, canvas.width * 0.35, lettering);
            let size = (canvas.width_of(&text, lettering) + 2.0, lettering.size * 1.15);
            if let Some(placed) = placing.place(size, places[i], radii[i].max(1.5)) {
                put.push((text, placed));
            }
        }
        let leader = Stroke::new(canvas.theme.ink, 0.5);
        for (_, placed) in &put {
            if let Some((from, to)) = placed.leader {
                canvas.path([from, to], leader);
            }
        }
        for (text, placed) in put {
            canvas.text_on_paper(&text, placed.middle, Anchor::Middle, lettering);
        }
    }

    /// Tells the chart in prose.
    #[must_use]
    pub fn alt(&self, lang: Lang) -> String {
        let subject = &self.subject;
        let nodes = alt::counted(self.nodes.len(), "个节点", "node", "nodes", lang);
        let edges = alt::counted(self.edges.len(), "条边", "edge", "edges", lang);
        let heading = match lang {
            Lang::Zh => format!("网络图：{subject}，绘出{nodes}、{edges}"),
            Lang::En => format!("Network picture: {subject}, {nodes} and {edges} drawn"),
        };
        let mut told = Vec::new();
        let sizes: Vec<String> = self
            .communities
            .iter()
            .enumerate()
            .map(|(i, name)| {
                let members = self.nodes.iter().filter(|n| n.community == Some(i)).count();
                alt::item(name, &alt::counted(members, "个节点", "node", "nodes", lang), lang)
            })
            .collect();
        if !sizes.is_empty() {
            let list = alt::list(&sizes, lang);
            told.push(match lang {
                Lang::Zh => format!("按颜色区分的社群为{list}"),
                Lang::En => format!("communities by colour: {list}"),
            });
        }
        let hubs: Vec<String> = self.hubs().iter().map(|(_, label)| (*label).to_owned()).collect();
        if !hubs.is_empty() {
            let list = alt::list(&hubs, lang);
            told.push(match lang {
                Lang::Zh => format!("标出名称的枢纽由大到小为{list}"),
                Lang::En => format!("hubs named, largest first: {list}"),
            });
        }
        alt::prose(&heading, &told, lang)
    }
}

/// The colours that hold their own on white come first.
fn community_colour(theme: &Theme, community: Option<usize>) -> Colour {
    const ORDER: [usize; NetworkPicture::MOST_COMMUNITIES] = [0, 1, 2, 5, 4, 3];
    let category = community.and_then(|index| ORDER.get(index));
    category.map_or(theme.muted.mix(theme.paper, 0.45), |&index| theme.categorical[index])
}

/// The edge of a disc, so that pale ones show.
fn rim(theme: &Theme, colour: Colour, width: f64) -> Stroke {
    Stroke::new(colour.mix(theme.ink, 0.45), width)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charts::{TEXT_BLOCK_MM, trial};

    /// A made-up picture: nodes on a spiral, edges to the hubs.
    fn chart(n: usize, m: usize, lang: Lang) -> NetworkPicture {
        let node = |i: usize| {
            let turn = count(i) * 2.4;
            let reach = count(i + 1).sqrt();
            PictureNode {
                at: (reach * libm::cos(turn) * 1.3, reach * libm::sin(turn)),
                size: 4000.0 / count(i + 1),
                community: (i % 8 < 6).then_some(i % 8),
                label: trial::cities(lang).get(i).cloned(),
            }
        };
        NetworkPicture {
            subject: "value network".to_owned(),
            nodes: (0..n).map(node).collect(),
            edges: (0..m).map(|i| ((i * i) % n.min(20), (i * 31 + 7) % n)).collect(),
            communities: trial::cities(lang)[..6].to_vec(),
            other_name: "Other".to_owned(),
            width_mm: TEXT_BLOCK_MM,
        }
    }

    #[test]
    fn all_sizes_are_legible() {
        for (n, m, width_mm) in
            [(1, 0, 62.0), (2, 1, 76.0), (40, 80, 76.0), (2000, 6000, TEXT_BLOCK_MM)]
        {
            trial::check_both(|theme, lang| {
                NetworkPicture { width_mm, ..chart(n, m, lang) }.draw(theme, lang).unwrap()
            });
        }
    }

    #[test]
    fn the_largest_picture_is_a_small_file() {
        let chart = chart(2000, 6000, Lang::Zh);
        let drawn = chart.draw(&trial::theme(), Lang::Zh).unwrap();
        assert!(drawn.svg.len() < 600 * 1024, "{} KiB", drawn.svg.len() / 1024);
    }

    #[test]
    fn nodes_on_one_spot_are_drawn() {
        let mut one = chart(5, 4, Lang::En);
        one.nodes.iter_mut().for_each(|node| (node.at, node.size) = ((3.0, 3.0), 0.0));
        trial::check(&one.draw(&trial::theme(), Lang::En).unwrap());
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let theme = trial::theme();
        let draw = |chart: NetworkPicture| chart.draw(&theme, Lang::En).unwrap_err();
        let good = || chart(3, 2, Lang::En);
        assert_eq!(draw(NetworkPicture { nodes: vec![], ..good() }), ChartError::Empty);
        let absent = ChartError::Absent { what: "nodes", index: 3, count: 3 };
        assert_eq!(draw(NetworkPicture { edges: vec![(0, 3)], ..good() }), absent);
        let none = NetworkPicture { communities: vec![], ..good() };
        assert!(matches!(draw(none), ChartError::Absent { what: "communities", .. }));
        let mut nan = good();
        nan.nodes[0].at.0 = f64::NAN;
        assert_eq!(draw(nan), ChartError::NotFinite { label: "Beijing".to_owned() });
        let many = NetworkPicture { communities: trial::cities(Lang::En), ..good() };
        assert!(matches!(draw(many), ChartError::TooMany { what: "communities", .. }));
    }

    #[test]
    fn alt_tells_communities_and_hubs() {
        let mut spec = chart(3, 2, Lang::En);
        spec.nodes.iter_mut().for_each(|node| node.community = Some(0));
        spec.communities.truncate(1);
        assert_eq!(
            spec.alt(Lang::En),
            "Network picture: value network, 3 nodes and 2 edges drawn. Communities by colour: \
             Beijing (3 nodes). Hubs named, largest first: Beijing, Shenzhen and Shanghai."
        );
        let mut zh = chart(2, 1, Lang::Zh);
        zh.subject = "价值网络".to_owned();
        zh.communities.truncate(1);
        assert_eq!(
            zh.alt(Lang::Zh),
            "网络图：价值网络，绘出2个节点、1条边。按颜色区分的社群为北京1个节点；\
             标出名称的枢纽由大到小为北京和深圳。"
        );
    }
}
