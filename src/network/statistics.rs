//! Every figure of a network in one place.

use crate::network::community::{Communities, leiden, louvain};
use crate::network::concentration::{Concentration, concentration};
use crate::network::graph::Graph;
use crate::network::measure::clustering::clustering;
use crate::network::measure::components::{Components, strong, weak};
use crate::network::measure::core::core_numbers;
use crate::network::measure::correlation::{Assortativity, assortativity, reciprocity};
use crate::network::measure::paths::paths;
use crate::network::power_law::{PowerLaw, power_law};

/// Figures of a network. `docs/networks.md` defines each; what is undefined is `None`.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    /// Number of nodes N.
    pub nodes: usize,
    /// Number of rows E, loops and repetitions included.
    pub edges: usize,
    /// Number of unique ordered pairs of different nodes.
    pub pairs: usize,
    /// Number of unordered pairs linked in both directions.
    pub mutual_pairs: usize,
    /// Number of rows from a node to itself.
    pub loops: usize,
    /// Rows per node, E/N.
    pub average_degree: Option<f64>,
    /// Unique ordered pairs / N(N − 1).
    pub density: Option<f64>,
    /// Longest finite directed distance.
    pub diameter: usize,
    /// Smallest eccentricity in the largest strong component.
    pub radius: Option<usize>,
    /// Mean directed distance over the reachable pairs.
    pub average_path_length: Option<f64>,
    /// Ordered pairs of different nodes, the second reachable from the first.
    pub reachable_pairs: u64,
    /// Reachable pairs at distance 1, 2, and so on.
    pub distances: Vec<u64>,
    /// Triangles of the undirected view.
    pub triangles: u64,
    /// Average clustering coefficient of the digraph as in Gephi, over all N.
    pub clustering_directed: Option<f64>,
    /// Average clustering coefficient of the undirected view, over all N.
    pub clustering_mean: Option<f64>,
    /// Average clustering coefficient of the undirected view, over nodes with two neighbours.
    pub clustering_k2: Option<f64>,
    /// Closed share of the undirected paths of length two.
    pub transitivity: Option<f64>,
    /// Components of the undirected view.
    pub weak_components: Components,
    /// Components whose nodes reach one another along arcs.
    pub strong_components: Components,
    /// Share of the unique ordered pairs whose reverse is there too.
    pub reciprocity: Option<f64>,
    /// Degree assortativity, undirected and directed.
    pub assortativity: Assortativity,
    /// The largest core number of the undirected view.
    pub max_core: u32,
    /// Modularity of the communities found by the method of Leiden.
    pub modularity: Option<f64>,
    /// Number of these communities; a node without links is one of its own.
    pub communities: usize,
    /// Modularity of the communities found by the method of Louvain.
    pub modularity_louvain: Option<f64>,
    /// Number of these communities.
    pub communities_louvain: usize,
    /// Power law fitted to the rows by the node they leave.
    pub power_law_out: Option<PowerLaw>,
    /// Power law fitted to the rows by the node they arrive at.
    pub power_law_in: Option<PowerLaw>,
    /// Power law fitted to the rows at each node, a loop counting twice.
    pub power_law_total: Option<PowerLaw>,
    /// Concentration of the rows by the node they leave.
    pub out_concentration: Option<Concentration>,
    /// Concentration of the rows by the node they arrive at.
    pub in_concentration: Option<Concentration>,
}

/// All figures of a network but betweenness.
#[must_use]
pub fn statistics(graph: &Graph) -> Statistics {
    measured(graph).0
}

/// The same, and the communities by the method of Leiden.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^53")]
pub(super) fn measured(graph: &Graph) -> (Statistics, Communities) {
    let (nodes, pairs) = (graph.nodes(), graph.pairs());
    let (paths, (leiden, (louvain, laws))) = rayon::join(
        || paths(graph),
        || rayon::join(|| leiden(graph), || rayon::join(|| louvain(graph), || Laws::new(graph))),
    );
    let clustering = clustering(graph);
    let statistics = Statistics {
        nodes,
        edges: graph.rows(),
        pairs,
        mutual_pairs: graph.mutual_pairs(),
        loops: graph.loops(),
        average_degree: (nodes > 0).then(|| graph.rows() as f64 / nodes as f64),
        density: (nodes > 1).then(|| pairs as f64 / (nodes as f64 * (nodes - 1) as f64)),
        diameter: paths.diameter,
        radius: paths.radius,
        average_path_length: paths.average,
        reachable_pairs: paths.reachable,
        distances: paths.histogram,
        triangles: clustering.triangles,
        clustering_directed: clustering.directed,
        clustering_mean: clustering.mean,
        clustering_k2: clustering.mean_k2,
        transitivity: clustering.transitivity,
        weak_components: weak(graph),
        strong_components: strong(graph),
        reciprocity: reciprocity(graph),
        assortativity: assortativity(graph),
        max_core: core_numbers(graph).into_iter().max().unwrap_or(0),
        modularity: leiden.modularity,
        communities: leiden.len(),
        modularity_louvain: louvain.modularity,
        communities_louvain: louvain.len(),
        power_law_out: laws.out,
        power_law_in: laws.into,
        power_law_total: laws.total,
        out_concentration: laws.out_concentration,
        in_concentration: laws.in_concentration,
    };
    (statistics, leiden)
}

/// How degrees are spread.
struct Laws {
    out: Option<PowerLaw>,
    into: Option<PowerLaw>,
    total: Option<PowerLaw>,
    out_concentration: Option<Concentration>,
    in_concentration: Option<Concentration>,
}

impl Laws {
    fn new(graph: &Graph) -> Self {
        let degrees = |list: &[u32]| list.iter().map(|&d| u64::from(d)).collect::<Vec<_>>();
        let (out, into) = (degrees(graph.row_out_degrees()), degrees(graph.row_in_degrees()));
        let total: Vec<u64> = out.iter().zip(&into).map(|(out, into)| out + into).collect();
        Self {
            out: power_law(&out),
            into: power_law(&into),
            total: power_law(&total),
            out_concentration: concentration(&out),
            in_concentration: concentration(&into),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degenerate_graphs_have_figures_or_none() {
        let none = statistics(&Graph::new(0, &[]));
        assert_eq!((none.average_degree, none.density, none.diameter), (None, None, 0));
        let one = statistics(&Graph::new(1, &[]));
        assert_eq!((one.average_degree, one.density), (Some(0.0), None));
        let loops = statistics(&Graph::new(2, &[(0, 0), (1, 1)]));
        assert_eq!((loops.edges, loops.pairs, loops.density), (2, 0, Some(0.0)));
        assert_eq!((loops.average_path_length, loops.reciprocity), (None, None));
        assert_eq!((loops.average_degree, loops.radius), (Some(1.0), None));
    }
}
