//! Correlations of scores, within a level and with the nodes above.

use crate::config::Methodology;
use crate::index::reading::columns::pairs;
use crate::index::{IndexResult, correlation};

/// A correlation above this makes two indicators say the same.
pub const HIGH: f64 = 0.9;

/// The correlations of two nodes over the units that have both scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Association {
    /// Position of the one node; of the lower one if they are at different levels.
    pub left: usize,
    /// Position of the other node.
    pub right: usize,
    /// How they are related.
    pub relation: Relation,
    /// Units with both scores.
    pub count: usize,
    /// Pearson's correlation.
    pub pearson: Option<f64>,
    /// Spearman's correlation.
    pub spearman: Option<f64>,
    /// Kendall's tau-b.
    pub kendall: Option<f64>,
    /// What deserves a look.
    pub flag: Option<Flag>,
}

/// How two nodes are related.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// Children of one parent.
    Siblings,
    /// At one level, below different parents.
    Level,
    /// The right one is the parent of the left one.
    Parent,
    /// The right one is further above the left one.
    Ancestor,
}

/// What deserves a look, by Pearson's correlation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flag {
    /// Below zero: the one offsets the other.
    Negative,
    /// Above 0.9: the one repeats the other.
    High,
}

/// Every pair at a level, and every node with those above it.
///
/// A high correlation with a node above is no fault, and is flagged only among nodes of a level.
pub(super) fn associations(method: &Methodology, result: &IndexResult) -> Vec<Association> {
    let mut found = Vec::new();
    for left in 1..method.nodes.len() {
        let (own, mut above) = (&method.nodes[left], method.nodes[left].parent);
        while let Some(right) = above {
            let parent = own.parent == Some(right);
            let relation = if parent { Relation::Parent } else { Relation::Ancestor };
            found.push(associate(result, left, right, relation));
            above = method.nodes[right].parent;
        }
        for right in method.level(own.level).filter(|&right| right > left) {
            let siblings = method.nodes[right].parent == own.parent;
            let relation = if siblings { Relation::Siblings } else { Relation::Level };
            found.push(associate(result, left, right, relation));
        }
    }
    found
}

fn associate(result: &IndexResult, left: usize, right: usize, relation: Relation) -> Association {
    let (a, b) = pairs(result, left, right);
    let pearson = correlation::pearson(&a, &b);
    let level = matches!(relation, Relation::Siblings | Relation::Level);
    let flag = match pearson {
        Some(r) if r < 0.0 => Some(Flag::Negative),
        Some(r) if r > HIGH && level => Some(Flag::High),
        _ => None,
    };
    Association {
        left,
        right,
        relation,
        count: a.len(),
        pearson,
        spearman: correlation::spearman(&a, &b),
        kendall: correlation::kendall_tau_b(&a, &b),
        flag,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::robustness::testing::Small;

    #[test]
    fn flags_by_hand() {
        let small = Small::complete(
            &[2, 1],
            &[&[1.0, 2.0, 3.0, 4.0], &[1.0, 2.0, 3.0, 4.1], &[4.0, 3.0, 2.0, 1.0]],
        );
        let found = associations(&small.method, &small.result());
        let of = |l, r| found.iter().find(|a| (a.left, a.right) == (l, r)).unwrap();
        assert_eq!((of(2, 3).relation, of(2, 3).flag), (Relation::Siblings, Some(Flag::High)));
        assert_eq!((of(2, 5).relation, of(2, 5).flag), (Relation::Level, Some(Flag::Negative)));
        assert_eq!((of(2, 1).relation, of(2, 1).flag), (Relation::Parent, None));
        assert_eq!(of(2, 0).relation, Relation::Ancestor);
        assert_eq!(of(2, 5).kendall, Some(-1.0));
    }

    #[test]
    fn a_constant_has_no_correlation() {
        let small = Small::complete(&[2], &[&[1.0, 1.0], &[1.0, 2.0]]);
        let found = associations(&small.method, &small.result());
        assert!(found.iter().any(|a| a.left == 2 && a.right == 3 && a.pearson.is_none()));
    }
}
