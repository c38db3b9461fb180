//! Moving single nodes to where they raise modularity most, until none does.

use std::collections::VecDeque;

use crate::network::community::level::{Level, Sums};
use crate::network::community::order::order;

/// What joining a group adds to modularity, times total²/2: a whole number, so that equal gains are
/// equal. `linked` is the weight to the group, the others are sums of degrees.
pub(super) fn gain(level: &Level, linked: u64, degree: u64, group: u64) -> i128 {
    i128::from(linked) * i128::from(level.total) - i128::from(degree) * i128::from(group)
}

/// Moves nodes between groups, visiting again those whose neighbours have moved (Ozaki and others
/// 2016; Traag and others 2019). Groups are numbers below the number of nodes.
pub(super) fn local_move(level: &Level, groups: &mut [u32], round: u32) {
    let nodes = level.nodes();
    let mut degrees = vec![0; nodes];
    let mut sizes = vec![0_u32; nodes];
    for (&group, degree) in groups.iter().zip(&level.degrees) {
        degrees[group as usize] += degree;
        sizes[group as usize] += 1;
    }
    let mut empty: Vec<u32> =
        (0..).zip(&sizes).filter(|(_, size)| **size == 0).map(|(group, _)| group).collect();
    let mut queue: VecDeque<u32> =
        order(u32::try_from(nodes).expect("nodes are counted in 32 bits"), round).into();
    let mut waiting = vec![true; nodes];
    let mut sums = Sums::new(nodes);
    while let Some(node) = queue.pop_front() {
        waiting[node as usize] = false;
        let (own, degree) = (groups[node as usize], level.degrees[node as usize]);
        for (other, weight) in level.links(node) {
            sums.add(groups[other as usize], weight);
        }
        degrees[own as usize] -= degree;
        let mut best = (gain(level, sums.of(own), degree, degrees[own as usize]), own);
        sums.drain(|group, linked| {
            let found = gain(level, linked, degree, degrees[group as usize]);
            if found > best.0 || found == best.0 && best.1 != own && group < best.1 {
                best = (found, group);
            }
        });
        if best.0 < 0 && sizes[own as usize] > 1 {
            best.1 = empty.pop().unwrap_or(own);
        }
        let to = best.1;
        degrees[to as usize] += degree;
        if to == own {
            continue;
        }
        sizes[own as usize] -= 1;
        sizes[to as usize] += 1;
        if sizes[own as usize] == 0 {
            empty.push(own);
        }
        groups[node as usize] = to;
        for (other, _) in level.links(node) {
            if groups[other as usize] != to
                && !std::mem::replace(&mut waiting[other as usize], true)
            {
                queue.push_back(other);
            }
        }
    }
}
