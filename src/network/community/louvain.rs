//! The method of Louvain: move nodes, join the groups, begin again one level up.

use crate::network::community::level::{Level, renumber};
use crate::network::community::local_move::local_move;
use crate::network::community::modularity::Communities;
use crate::network::graph::{Graph, count};

/// Communities by the method of Louvain (Blondel and others 2008), resolution 1.
#[must_use]
pub fn louvain(graph: &Graph) -> Communities {
    let mut labels: Vec<u32> = (0..count(graph.nodes())).collect();
    let mut level = Level::new(graph);
    for round in 0.. {
        let mut groups: Vec<u32> = (0..count(level.nodes())).collect();
        local_move(&level, &mut groups, round);
        let number = renumber(&mut groups);
        for label in &mut labels {
            *label = groups[*label as usize];
        }
        if number as usize == level.nodes() {
            break;
        }
        level = level.joined(&groups, number);
    }
    Communities::new(graph, &labels)
}
