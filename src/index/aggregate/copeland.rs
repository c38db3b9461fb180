//! Copeland scores: pairwise majorities won less lost (Munda and Nardo 2009; `COINr` `a_copeland`).

use super::{AggregationDetail, Siblings};

/// Majorities closer to one half than this are draws: weights are sums of fractions.
const DRAW: f64 = 1e-12;

/// `O_ij` is the weight of the children under which i beats j, plus half of that of draws, over the
/// weight of the children both have; the score of i is #(`O_ij` > 1/2) − #(`O_ij` < 1/2). Two units
/// without a common child draw.
pub(super) fn scores(siblings: &Siblings<'_>) -> (Vec<Option<f64>>, AggregationDetail) {
    let units: Vec<usize> =
        (0..siblings.compared.len()).filter(|&unit| !siblings.shares(unit).is_empty()).collect();
    let children: Vec<usize> =
        (0..siblings.weights.len()).filter(|&c| siblings.weights[c] > 0.0).collect();
    let mut scores = vec![None; siblings.compared.len()];
    for &unit in &units {
        scores[unit] = Some(0.0);
    }
    let mut dominant_pairs = 0;
    for (at, &i) in units.iter().enumerate() {
        for &j in &units[..at] {
            let (mut won, mut common) = (0.0, 0.0);
            for &c in &children {
                if let (Some(x), Some(y)) = (siblings.scores[c][i], siblings.scores[c][j]) {
                    let weight = siblings.weights[c];
                    common += weight;
                    won += if x > y {
                        weight
                    } else if x < y {
                        0.0
                    } else {
                        weight / 2.0
                    };
                }
            }
            let outranks = if common > 0.0 { won / common } else { 0.5 };
            let step = if outranks > 0.5 + DRAW {
                1.0
            } else if outranks < 0.5 - DRAW {
                -1.0
            } else {
                0.0
            };
            dominant_pairs += usize::from((outranks - 0.5).abs() > 0.5 - DRAW);
            scores[i] = scores[i].map(|s| s + step);
            scores[j] = scores[j].map(|s| s - step);
        }
    }
    (scores, AggregationDetail::Copeland { dominant_pairs })
}
