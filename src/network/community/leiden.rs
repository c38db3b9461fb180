//! The method of Leiden: like that of Louvain, but groups are split before they are joined, so that
//! every community is connected and a wrong move can be undone.

use crate::network::community::level::{Level, Sums, renumber};
use crate::network::community::local_move::{gain, local_move};
use crate::network::community::modularity::{Communities, modularity};
use crate::network::community::order::order;
use crate::network::graph::{Graph, count};

/// A search ends when so many iterations in a row have found nothing better.
const PATIENCE: u32 = 2;
/// No search goes on longer.
const ITERATIONS: u32 = 10;
/// Searches are begun anew from different orders while the links they go through stay below this
/// number in all: a small network is searched well, a large one once.
const EFFORT: usize = 20_000;
/// No network is searched more often.
const STARTS: usize = 20;

/// Communities by the method of Leiden (Traag, Waltman and van Eck 2019), resolution 1, the best
/// merge taken in each refinement; of several searches the division of highest modularity, of
/// equal ones the first.
#[must_use]
pub fn leiden(graph: &Graph) -> Communities {
    let base = Level::new(graph);
    let starts = (EFFORT / graph.links().max(1)).clamp(1, STARTS);
    let mut best = search(graph, &base, 0);
    for start in 1..count(starts) {
        let found = search(graph, &base, start);
        if found.0 > best.0 {
            best = found;
        }
    }
    Communities::new(graph, &best.1)
}

/// Iterates from single nodes until nothing better is found; modularity and labels.
fn search(graph: &Graph, base: &Level, start: u32) -> (Option<f64>, Vec<u32>) {
    let mut labels: Vec<u32> = (0..count(graph.nodes())).collect();
    let mut best = (modularity(graph, &labels), labels.clone());
    let mut idle = 0;
    for iteration in 0..ITERATIONS {
        labels = iterate(base, labels, (start * ITERATIONS + iteration) << 8);
        let found = modularity(graph, &labels);
        if found > best.0 {
            best = (found, labels.clone());
            idle = 0;
        } else {
            idle += 1;
        }
        if idle == PATIENCE {
            break;
        }
    }
    best
}

/// Moves, splits and joins, level by level, from a division to one that is at least as good.
fn iterate(base: &Level, mut labels: Vec<u32>, first_round: u32) -> Vec<u32> {
    // The node of the present level that stands for each node of the network.
    let mut place: Vec<u32> = (0..count(base.nodes())).collect();
    let mut joined: Option<Level> = None;
    let mut groups = labels.clone();
    for round in first_round.. {
        let level = joined.as_ref().unwrap_or(base);
        local_move(level, &mut groups, round);
        let number = renumber(&mut groups);
        for (label, place) in labels.iter_mut().zip(&place) {
            *label = groups[*place as usize];
        }
        let mut parts = refine(level, &groups, number, round);
        let part_number = renumber(&mut parts);
        if number as usize == level.nodes() || part_number as usize == level.nodes() {
            break;
        }
        let mut next = vec![0; part_number as usize];
        for (&part, &group) in parts.iter().zip(&groups) {
            next[part as usize] = group;
        }
        for place in &mut place {
            *place = parts[*place as usize];
        }
        joined = Some(level.joined(&parts, part_number));
        groups = next;
    }
    labels
}

/// Splits every group into parts that are well linked within it: starting from single nodes, each
/// joins the part of its group where it raises modularity most.
fn refine(level: &Level, groups: &[u32], number: u32, round: u32) -> Vec<u32> {
    let nodes = level.nodes();
    let mut group_degrees = vec![0; number as usize];
    for (&group, degree) in groups.iter().zip(&level.degrees) {
        group_degrees[group as usize] += degree;
    }
    let mut parts: Vec<u32> = (0..count(nodes)).collect();
    let mut degrees = level.degrees.clone();
    let mut alone = vec![true; nodes];
    // Weight from each part to the rest of its group.
    let mut outwards: Vec<u64> = (0..count(nodes))
        .map(|node| {
            let same = |other: u32| groups[other as usize] == groups[node as usize];
            level.links(node).filter(|(other, _)| same(*other)).map(|(_, weight)| weight).sum()
        })
        .collect();
    let mut sums = Sums::new(nodes);
    for node in order(count(nodes), round ^ 0x80) {
        let whole = group_degrees[groups[node as usize] as usize];
        let degree = level.degrees[node as usize];
        let well_linked =
            |outwards: u64, degree: u64| gain(level, outwards, degree, whole - degree) >= 0;
        if !alone[node as usize] || !well_linked(outwards[node as usize], degree) {
            continue;
        }
        for (other, weight) in level.links(node) {
            if groups[other as usize] == groups[node as usize] {
                sums.add(parts[other as usize], weight);
            }
        }
        let mut best = (0, node, 0);
        sums.drain(|part, linked| {
            let found = gain(level, linked, degree, degrees[part as usize]);
            let better = found > best.0 || found == best.0 && best.1 != node && part < best.1;
            if better && well_linked(outwards[part as usize], degrees[part as usize]) {
                best = (found, part, linked);
            }
        });
        let (_, part, linked) = best;
        if part != node {
            parts[node as usize] = part;
            degrees[part as usize] += degree;
            outwards[part as usize] += outwards[node as usize];
            outwards[part as usize] -= 2 * linked;
            alone[part as usize] = false;
        }
    }
    parts
}
