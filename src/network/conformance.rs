//! Published networks and cases worked by hand, each figure to 1e-9 where all digits are known.
//!
//! The networks stand in `tests/conformance/networks`, with their sources; a link of an undirected
//! network is read as an arc in each direction.

use crate::network::community::{leiden, louvain, modularity};
use crate::network::graph::{Graph, count};
use crate::network::measure::betweenness::betweenness;
use crate::network::measure::core::core_numbers;
use crate::network::measure::page_rank::page_rank;
use crate::network::model::{ModelSpec, model};
use crate::network::statistics::{Statistics, statistics};

#[track_caller]
fn close(found: impl Into<Option<f64>>, expected: f64) {
    let found = found.into().unwrap();
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

/// Both directions of every link.
fn both_ways(nodes: usize, links: &[(u32, u32)]) -> Graph {
    let rows: Vec<(u32, u32)> = links.iter().flat_map(|&(a, b)| [(a, b), (b, a)]).collect();
    Graph::new(nodes, &rows)
}

/// An undirected network from its file, with the names of its nodes in order.
fn network(text: &str) -> (Graph, Vec<&str>) {
    let rows = || text.lines().skip(1).map(|line| line.split_once(',').unwrap());
    let mut names: Vec<&str> = rows().flat_map(|(a, b)| [a, b]).collect();
    names.sort_unstable();
    names.dedup();
    let at = |name| count(names.binary_search(&name).unwrap());
    let links: Vec<(u32, u32)> = rows().map(|(a, b)| (at(a), at(b))).collect();
    (both_ways(names.len(), &links), names)
}

fn karate() -> (Graph, Vec<&'static str>) {
    network(include_str!("../../tests/conformance/networks/karate.csv"))
}

fn place(names: &[&str], name: &str) -> usize {
    names.iter().position(|other| *other == name).unwrap()
}

/// All nodes linked with all, from `first` on.
fn clique(first: u32, size: u32) -> Vec<(u32, u32)> {
    (first..first + size).flat_map(|a| (a + 1..first + size).map(move |b| (a, b))).collect()
}

#[test]
fn zachary() {
    let (graph, names) = karate();
    let found = statistics(&graph);
    assert_eq!((found.nodes, graph.links(), found.mutual_pairs), (34, 78, 78));
    assert_eq!((found.diameter, found.radius), (5, Some(3)));
    assert_eq!((found.triangles, found.max_core), (45, 4));
    close(found.average_path_length, 2.408_199_643_493_761);
    close(found.clustering_mean, 0.570_638_478_207_663_2);
    close(found.clustering_directed, 0.570_638_478_207_663_2);
    close(found.transitivity, 0.255_681_818_181_818_2);
    close(found.assortativity.undirected, -0.475_613_097_684_614_5);
    close(found.reciprocity, 1.0);
    let between = betweenness(&graph);
    close(between[place(&names, "1")] / 2.0, 231.071_428_571_428_57);
    close(between[place(&names, "34")] / 2.0, 160.551_587_301_587_3);
    close(between.iter().sum::<f64>() / 2.0, 790.0);
    close(page_rank(&graph)[place(&names, "34")], 0.100_919_182_3);
    assert_eq!(core_numbers(&graph).iter().filter(|&&core| core == 4).count(), 10);
}

/// The best division of the club is known; a search by Louvain need not find it.
#[test]
fn best_division_of_the_club() {
    const BEST: f64 = 0.419_789_612_097_304_4;
    let (graph, _) = karate();
    close(leiden(&graph).modularity, BEST);
    let louvain = louvain(&graph).modularity.unwrap();
    assert!(louvain > 0.40 && louvain < BEST + 1e-12, "{louvain}");
}

#[test]
fn florentine_families() {
    let (graph, names) = network(include_str!("../../tests/conformance/networks/florentine.csv"));
    let found = statistics(&graph);
    assert_eq!((found.nodes, graph.links(), found.diameter), (15, 20, 5));
    close(found.average_path_length, 87.0 / 35.0);
    close(found.clustering_mean, 0.16);
    close(betweenness(&graph)[place(&names, "Medici")] / 2.0, 47.5);
}

#[test]
fn les_miserables() {
    let (graph, _) = network(include_str!("../../tests/conformance/networks/les-miserables.csv"));
    let found = statistics(&graph);
    assert_eq!((found.nodes, graph.links(), found.diameter), (77, 254, 5));
    assert!((found.average_path_length.unwrap() - 2.641_148).abs() < 5e-7);
    assert!((found.clustering_mean.unwrap() - 0.573_137).abs() < 5e-7);
    assert!(found.modularity >= found.modularity_louvain);
    assert!((found.modularity.unwrap() - 0.560_008).abs() < 5e-7);
}

#[test]
fn undirected_paths() {
    let average =
        |nodes, links: &[(u32, u32)]| statistics(&both_ways(nodes, links)).average_path_length;
    close(average(5, &clique(0, 5)), 1.0);
    close(average(6, &[(0, 1), (0, 2), (0, 3), (0, 4), (0, 5)]), 5.0 / 3.0);
    close(average(5, &[(0, 1), (1, 2), (2, 3), (3, 4), (4, 0)]), 1.5);
}

#[test]
fn cliques_on_a_ring() {
    let mut links: Vec<(u32, u32)> = (0..10).flat_map(|at| clique(5 * at, 5)).collect();
    links.extend((0..10).map(|at| (5 * at, (5 * at + 6) % 50)));
    let graph = both_ways(50, &links);
    close(leiden(&graph).modularity, 0.809_090_909_090_909);
    close(louvain(&graph).modularity, 0.809_090_909_090_909);
    assert_eq!(leiden(&graph).sizes, [5; 10]);
}

#[test]
fn two_cliques_and_a_bridge() {
    let links: Vec<(u32, u32)> = [clique(0, 4), clique(4, 4), vec![(3, 4)]].concat();
    let graph = both_ways(8, &links);
    let found = leiden(&graph);
    close(found.modularity, 0.423_076_923_076_923);
    assert_eq!(found.labels, [0, 0, 0, 0, 1, 1, 1, 1]);
    close(modularity(&graph, &[0; 8]), 0.0);
}

/// Repetitions, rows of a second kind and loops raise degrees and rows, and nothing else.
#[test]
fn repetitions_and_loops_change_only_rows() {
    let rows = [(0, 1), (1, 2), (2, 0), (2, 1), (2, 3), (3, 4)];
    let once = statistics(&Graph::new(5, &rows));
    let more = [&rows[..], &[(0, 1), (2, 1), (4, 4), (0, 1)]].concat();
    let graph = Graph::new(5, &more);
    let found = statistics(&graph);
    assert_eq!((found.edges, found.loops, found.pairs), (10, 1, 6));
    assert_eq!(graph.row_out_degrees(), [3, 1, 4, 1, 1]);
    let rest = |found: Statistics| Statistics {
        edges: 0,
        loops: 0,
        average_degree: None,
        power_law_out: None,
        power_law_in: None,
        power_law_total: None,
        out_concentration: None,
        in_concentration: None,
        ..found
    };
    assert_eq!(rest(found), rest(once));
}

/// A made-up network of middling size.
fn sample() -> Vec<(u32, u32)> {
    let spec = ModelSpec {
        nodes: 600,
        rows: 1700,
        seed: 4,
        unit_weights: &[3.0, 2.0, 1.0],
        categories: 5,
    };
    model(&spec).rows.iter().map(|row| (row.from, row.to)).collect()
}

type Everything = (Statistics, Vec<f64>, Vec<f64>, Vec<u32>, Vec<u32>);

fn everything(rows: &[(u32, u32)]) -> Everything {
    let graph = Graph::new(600, rows);
    let labels = (leiden(&graph).labels, louvain(&graph).labels);
    (statistics(&graph), betweenness(&graph), page_rank(&graph), labels.0, labels.1)
}

#[test]
fn order_of_rows_and_number_of_threads_do_not_show() {
    let rows = sample();
    let turned: Vec<(u32, u32)> = rows.iter().rev().copied().collect();
    let expected = everything(&rows);
    assert!(everything(&turned) == expected);
    for threads in [1, 4, 16] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        assert!(pool.install(|| everything(&rows)) == expected, "{threads} threads");
    }
}

#[test]
fn identities() {
    let rows = sample();
    let graph = Graph::new(600, &rows);
    let found = statistics(&graph);
    assert_eq!(found.distances[0], found.pairs as u64);
    assert_eq!(found.distances.iter().sum::<u64>(), found.reachable_pairs);
    let sum = |degrees: &[u32]| degrees.iter().sum::<u32>() as usize;
    assert_eq!((sum(graph.row_out_degrees()), sum(graph.row_in_degrees())), (1700, 1700));
    let longer: u64 = (0..).zip(&found.distances).map(|(d, pairs)| d * pairs).sum();
    let between: f64 = betweenness(&graph).iter().sum();
    assert!((between / f64::from(u32::try_from(longer).unwrap()) - 1.0).abs() < 1e-12);
    close(page_rank(&graph).iter().sum::<f64>(), 1.0);
}
