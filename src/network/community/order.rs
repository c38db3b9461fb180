//! The order in which nodes are visited: shuffled by counted random numbers.

use crate::random::philox;

/// The one seed of all community searches.
const SEED: [u32; 2] = [2022, 0];

/// The numbers below `nodes` in the random order of a round (Fisher and Yates).
pub(super) fn order(nodes: u32, round: u32) -> Vec<u32> {
    let mut order: Vec<u32> = (0..nodes).collect();
    for at in (1..order.len()).rev() {
        let place = u32::try_from(at).expect("below the number of nodes");
        let [word, ..] = philox(SEED, [place, nodes, round, 0]);
        let other = (u64::from(word) * u64::from(place + 1)) >> 32;
        order.swap(at, usize::try_from(other).expect("at most `at`"));
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_node_once_and_each_round_anew() {
        let mut one = order(50, 0);
        assert_ne!(one, order(50, 1));
        assert_eq!(one, order(50, 0));
        one.sort_unstable();
        assert_eq!(one, (0..50).collect::<Vec<_>>());
        assert!(order(0, 0).is_empty());
    }
}
