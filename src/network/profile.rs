//! Communities described: how large they are, who leads them, where they sit, what they are about.

use crate::data::NetworkNode;
use crate::network::community::Communities;
use crate::network::hubs::{Hub, HubOrder};
use crate::network::snapshot::Snapshot;
use crate::network::standing::{ranked, share};

/// Leading members that are named.
const MEMBERS: usize = 5;
/// Fewest members of a category that may be called typical.
const FEW: u64 = 3;
/// Smallest share of a community that such a category has.
const SMALL: f64 = 0.05;

/// A community, described.
#[derive(Debug, Clone, PartialEq)]
pub struct CommunityProfile {
    /// Its label, from 0: the largest first.
    pub label: usize,
    /// Number of its nodes.
    pub size: usize,
    /// Their share of all nodes.
    pub share: f64,
    /// The members with the most relations.
    pub members: Vec<Hub>,
    /// The unit of most members, as a position in the gazetteer.
    pub main_unit: Option<MainUnit>,
    /// Categories that are over-represented, the highest lift first: three members or more, a
    /// twentieth of the community or more, and more than in the whole network.
    pub categories: Vec<CategoryLift>,
}

/// The unit of most members.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MainUnit {
    /// Position of the unit in the gazetteer.
    pub unit: usize,
    /// Members that lie in it.
    pub count: u64,
    /// Their share of the members that lie in any unit.
    pub share: f64,
}

/// A category in a community.
#[derive(Debug, Clone, PartialEq)]
pub struct CategoryLift {
    /// The category.
    pub category: String,
    /// Members of the category.
    pub count: u64,
    /// Their share of the members with any category.
    pub share: f64,
    /// That share / the category's share in the whole network.
    pub lift: f64,
}

/// Describes the first `most` communities that have two nodes or more.
pub(super) fn profiles(
    snapshot: &Snapshot,
    communities: &Communities,
    nodes: &[NetworkNode],
    units: usize,
    most: usize,
) -> Vec<CommunityProfile> {
    let categories = Categories::of(snapshot, nodes);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); communities.len()];
    for (at, &label) in communities.labels.iter().enumerate() {
        members[label as usize].push(at);
    }
    let described = members.iter().enumerate().filter(|(_, own)| own.len() > 1).take(most);
    described
        .map(|(label, own)| {
            let label_of = |at: usize| communities.labels[at] as usize;
            let size = share(own.len() as u64, snapshot.members.len() as u64);
            CommunityProfile {
                label,
                size: own.len(),
                share: size.unwrap_or(0.0),
                members: snapshot.hubs_at(HubOrder::Total, MEMBERS, |at| label_of(at) == label),
                main_unit: main_unit(own, snapshot, nodes, units),
                categories: categories.typical(own),
            }
        })
        .collect()
}

fn main_unit(
    own: &[usize],
    snapshot: &Snapshot,
    nodes: &[NetworkNode],
    units: usize,
) -> Option<MainUnit> {
    let mut counts = vec![0_u64; units];
    for &at in own {
        if let Some(unit) = nodes[snapshot.members[at] as usize].unit {
            counts[unit] += 1;
        }
    }
    let first = *ranked(&counts).first()?;
    Some(MainUnit { unit: first.at, count: first.count, share: first.share })
}

/// Categories of the nodes of a snapshot.
struct Categories<'a> {
    names: Vec<&'a str>,
    /// For every node of the snapshot the position of its category.
    of: Vec<Option<usize>>,
    counts: Vec<u64>,
}

impl<'a> Categories<'a> {
    fn of(snapshot: &Snapshot, nodes: &'a [NetworkNode]) -> Self {
        let name = |node: &u32| nodes[*node as usize].category.as_str();
        let mut names: Vec<&str> = snapshot.members.iter().map(name).collect();
        names.sort_unstable();
        names.dedup();
        names.retain(|name| !name.is_empty());
        let of: Vec<Option<usize>> =
            snapshot.members.iter().map(|node| names.binary_search(&name(node)).ok()).collect();
        let mut counts = vec![0; names.len()];
        for category in of.iter().flatten() {
            counts[*category] += 1;
        }
        Self { names, of, counts }
    }

    fn typical(&self, own: &[usize]) -> Vec<CategoryLift> {
        let mut counts = vec![0_u64; self.names.len()];
        for category in own.iter().filter_map(|&at| self.of[at]) {
            counts[category] += 1;
        }
        let all: u64 = self.counts.iter().sum();
        let mut found: Vec<CategoryLift> = ranked(&counts)
            .into_iter()
            .filter(|own| own.count >= FEW && own.share >= SMALL)
            .filter_map(|own| {
                let lift = own.share / share(self.counts[own.at], all)?;
                let category = self.names[own.at].to_owned();
                (lift > 1.0).then_some(CategoryLift {
                    category,
                    count: own.count,
                    share: own.share,
                    lift,
                })
            })
            .collect();
        found.sort_by(|a, b| b.lift.total_cmp(&a.lift).then(a.category.cmp(&b.category)));
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::config::NetworkSpec;
    use crate::data::{NetworkData, NetworkEdge};
    use crate::lang::Localised;
    use crate::network::snapshot::Frame;
    use crate::network::testing::node;

    /// Two triangles joined by an edge; the first of chips in unit 0, the second of platforms, one
    /// of them without a unit.
    fn data() -> NetworkData {
        let nodes = ["a", "b", "c", "d", "e", "f"].iter().enumerate().map(|(at, id)| {
            let mut own = node(id, if at == 5 { None } else { Some(at / 3) });
            own.category = if at < 3 { "芯片" } else { "平台" }.to_owned();
            own
        });
        let pairs = [(0, 1), (1, 2), (2, 0), (3, 4), (4, 5), (5, 3), (2, 3)];
        let edge =
            |(source, target)| NetworkEdge { source, target, kind: None, year: None, weight: 1.0 };
        NetworkData {
            nodes: nodes.collect(),
            edges: pairs.into_iter().map(edge).collect(),
            ..NetworkData::default()
        }
    }

    fn spec() -> NetworkSpec {
        let file = crate::diag::FileId(0);
        NetworkSpec {
            id: "x".to_owned(),
            span: crate::diag::Span::new(file, 0, 0),
            title: Localised::same("x"),
            nodes: None,
            edges: None,
            directed: true,
            sample_types: Vec::new(),
            snapshots: None,
            subnetworks: Vec::new(),
            flows: Vec::new(),
            pole_share: 0.1,
            top: 20,
            betweenness: false,
            published: Vec::new(),
            source: None,
        }
    }

    #[test]
    fn two_triangles_are_described() {
        let (data, spec) = (data(), spec());
        let held: Vec<_> = data.edges.iter().map(|edge| (*edge, 0..1)).collect();
        let own = [true; 6];
        let frame = Frame { spec: &spec, data: &data, held: &held, own: &own, years: 1, units: 3 };
        let depth = frame.take(0, None).depth.unwrap();
        let [first, second] = &depth.profiles[..] else { panic!("{:?}", depth.profiles) };
        assert_eq!((first.size, second.size), (3, 3));
        let leaders: Vec<usize> = first.members.iter().map(|hub| hub.node).collect();
        assert_eq!(leaders, [2, 0, 1], "c has three edges, equals stand by id");
        let main = second.main_unit.unwrap();
        assert_eq!((main.unit, main.count), (1, 2));
        assert!((main.share - 1.0).abs() < 1e-12, "of the located members");
        let [chips] = &first.categories[..] else { panic!("{:?}", first.categories) };
        assert_eq!((chips.category.as_str(), chips.count), ("芯片", 3));
        assert!((chips.lift - 2.0).abs() < 1e-12);
    }
}
