//! Aggregation: combines the scores of a node's children.
//!
//! In: the scores of the children, their shares, and which units have enough data to be compared.
//! Out: [`Combined`]. Means look at one unit at a time; the other methods compare the units that
//! are to get a score, and only those: ideals, ranks and pairs are taken over them. A missing child
//! never counts as zero: its weight goes to the unit's other children, under every method. Formulas
//! stand beside their functions in `docs/methodology.md`.

mod copeland;
mod grey;
mod means;
mod mpi;
mod rsr;
mod topsis;
mod vikor;

use crate::config::Aggregation;
use crate::index::normalise::{extremes, is_constant};

pub(super) use means::Part;
pub use vikor::Vikor;

/// A score that a method cannot take.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Domain {
    /// The score.
    pub value: f64,
    /// What is wrong with it.
    pub why: DomainWhy,
}

/// What is wrong with a score.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DomainWhy {
    /// It must be above zero.
    NotPositive,
    /// It must not be below zero.
    Negative,
    /// The mean of it and the others is no number any more.
    TooLarge,
}

/// What there is to tell about an aggregation besides the scores; vectors run over the units.
#[derive(Debug, Clone, PartialEq)]
pub enum AggregationDetail {
    /// Pairs of units of which one wins under every child.
    Copeland {
        /// Their number.
        dominant_pairs: usize,
    },
    /// Distances of TOPSIS.
    Topsis {
        /// From the ideal unit.
        to_best: Vec<Option<f64>>,
        /// From the opposite of the ideal unit.
        to_worst: Vec<Option<f64>>,
    },
    /// Utility, regret, compromise.
    Vikor(Vikor),
    /// Rank-sum ratios before they are put on the scale.
    Rsr(Vec<Option<f64>>),
    /// Penalties for imbalance.
    Mpi(Vec<Option<f64>>),
}

/// Scores of a node, and what there is to tell about them.
pub(super) struct Combined {
    pub scores: Vec<Option<f64>>,
    pub detail: Option<AggregationDetail>,
    /// Units whose children a method cannot take.
    pub troubles: Vec<(usize, Domain)>,
}

/// The children of a node.
pub(super) struct Siblings<'a> {
    /// Share of each child.
    pub weights: Vec<f64>,
    /// Scores by child and unit.
    pub scores: Vec<&'a [Option<f64>]>,
    /// Whether a unit has enough data to get a score.
    pub compared: Vec<bool>,
}

/// Combines the children of a node.
pub(super) fn combine(siblings: &Siblings<'_>, method: Aggregation) -> Combined {
    let mut combined = combined(siblings, method);
    for (unit, score) in combined.scores.iter_mut().enumerate() {
        // High powers of large scores, for one, are no numbers any more.
        if let Some(value) = score.take_if(|x| !x.is_finite()) {
            combined.troubles.push((unit, Domain { value, why: DomainWhy::TooLarge }));
        }
    }
    combined
}

fn combined(siblings: &Siblings<'_>, method: Aggregation) -> Combined {
    let plain = |scores| Combined { scores, detail: None, troubles: Vec::new() };
    let told = |(scores, detail)| Combined { scores, detail: Some(detail), troubles: Vec::new() };
    match method {
        Aggregation::Copeland => told(copeland::scores(siblings)),
        Aggregation::Topsis { scaling, scale } => told(topsis::scores(siblings, scaling, scale)),
        Aggregation::Vikor { v, scale } => told(vikor::scores(siblings, v, scale)),
        Aggregation::GreyRelational { rho, scale } => plain(grey::scores(siblings, rho, scale)),
        Aggregation::Rsr { ranks, scale } => told(rsr::scores(siblings, ranks, scale)),
        Aggregation::Mpi { phenomenon, deviation } => {
            told(mpi::scores(siblings, phenomenon, deviation))
        }
        _ => means_of(siblings, method),
    }
}

fn means_of(siblings: &Siblings<'_>, method: Aggregation) -> Combined {
    let mut combined = Combined { scores: Vec::new(), detail: None, troubles: Vec::new() };
    for unit in 0..siblings.compared.len() {
        let parts: Vec<Part> = (0..siblings.weights.len())
            .map(|c| Part { weight: siblings.weights[c], score: siblings.scores[c][unit] })
            .collect();
        let score = match siblings.compared[unit].then(|| means::mean(&parts, method)) {
            Some(Ok(score)) => score,
            Some(Err(domain)) => {
                combined.troubles.push((unit, domain));
                None
            }
            None => None,
        };
        combined.scores.push(score);
    }
    combined
}

impl Siblings<'_> {
    /// The score of a compared unit at a child.
    fn score(&self, child: usize, unit: usize) -> Option<f64> {
        self.scores[child][unit].filter(|_| self.compared[unit])
    }

    /// The scores of the compared units at a child.
    fn column(&self, child: usize) -> Vec<f64> {
        (0..self.compared.len()).filter_map(|unit| self.score(child, unit)).collect()
    }

    /// For each child, its scores on a scale of its own made from those of the compared units.
    fn scaled<S: Fn(f64) -> f64>(&self, scale: impl Fn(&[f64]) -> S) -> Vec<Vec<Option<f64>>> {
        (0..self.weights.len())
            .map(|child| {
                let own = scale(&self.column(child));
                (0..self.compared.len()).map(|u| self.score(child, u).map(&own)).collect()
            })
            .collect()
    }

    /// Min-max of every child over the compared units; a constant child takes `constant`.
    fn min_maxed(&self, constant: f64) -> Vec<Vec<Option<f64>>> {
        self.scaled(|column| {
            let (least, most) = extremes(column);
            let even = is_constant(least, most);
            move |x| if even { constant } else { (x - least) / (most - least) }
        })
    }

    /// Children a compared unit has and that weigh something, with their shares among these.
    fn shares(&self, unit: usize) -> Vec<(usize, f64)> {
        let present: Vec<(usize, f64)> = (0..self.weights.len())
            .filter(|&c| self.weights[c] > 0.0 && self.score(c, unit).is_some())
            .map(|c| (c, self.weights[c]))
            .collect();
        let total: f64 = present.iter().map(|(_, w)| w).sum();
        present.into_iter().map(|(c, w)| (c, w / total)).collect()
    }

    /// A number per compared unit that has children, from its shares.
    fn each<T>(&self, of: impl Fn(usize, &[(usize, f64)]) -> T) -> Vec<Option<T>> {
        (0..self.compared.len())
            .map(|unit| {
                let shares = self.shares(unit);
                (!shares.is_empty()).then(|| of(unit, &shares))
            })
            .collect()
    }
}

/// The number at a child and unit that is known to be there.
fn at(columns: &[Vec<Option<f64>>], child: usize, unit: usize) -> f64 {
    columns[child][unit].unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Deviation, Phenomenon, RsrRanks, TopsisScaling};
    use crate::index::testing::close;

    fn combined(method: Aggregation, weights: &[f64], rows: &[&[Option<f64>]]) -> Vec<Option<f64>> {
        let columns: Vec<Vec<Option<f64>>> =
            (0..weights.len()).map(|c| rows.iter().map(|row| row[c]).collect()).collect();
        let siblings = Siblings {
            weights: weights.to_vec(),
            scores: columns.iter().map(Vec::as_slice).collect(),
            compared: rows.iter().map(|row| row.iter().any(Option::is_some)).collect(),
        };
        let combined = combine(&siblings, method);
        assert!(combined.troubles.is_empty());
        combined.scores
    }

    fn known(method: Aggregation, rows: &[[f64; 2]]) -> Vec<f64> {
        let rows: Vec<[Option<f64>; 2]> = rows.iter().map(|row| row.map(Some)).collect();
        let rows: Vec<&[Option<f64>]> = rows.iter().map(<[Option<f64>; 2]>::as_slice).collect();
        combined(method, &[0.5, 0.5], &rows).into_iter().map(Option::unwrap).collect()
    }

    const METHODS: [Aggregation; 8] = [
        Aggregation::Copeland,
        Aggregation::Topsis { scaling: TopsisScaling::MinMax, scale: 1.0 },
        Aggregation::Topsis { scaling: TopsisScaling::Vector, scale: 1.0 },
        Aggregation::Vikor { v: 0.5, scale: 1.0 },
        Aggregation::GreyRelational { rho: 0.5, scale: 1.0 },
        Aggregation::Rsr { ranks: RsrRanks::Integral, scale: 1.0 },
        Aggregation::Rsr { ranks: RsrRanks::NonIntegral, scale: 1.0 },
        Aggregation::Mpi { phenomenon: Phenomenon::Positive, deviation: Deviation::Sample },
    ];

    #[test]
    fn grey_relational_grades_by_hand() {
        // Gaps (1, 0), (0.5, 0.5), (0, 1): grades 1/3 and 1, 1/2 and 1/2.
        let found = known(
            Aggregation::GreyRelational { rho: 0.5, scale: 1.0 },
            &[[0.0, 4.0], [1.0, 2.0], [2.0, 0.0]],
        );
        close(&found, &[2.0 / 3.0, 0.5, 2.0 / 3.0], 1e-12);
    }

    #[test]
    fn rank_sum_ratios_by_hand() {
        let rows = [[1.0, 9.0], [2.0, 9.0], [4.0, 5.0]];
        let rsr = |ranks| known(Aggregation::Rsr { ranks, scale: 1.0 }, &rows);
        // Ranks 1 2 3 and 2.5 2.5 1.
        close(&rsr(RsrRanks::Integral), &[3.5 / 6.0, 4.5 / 6.0, 4.0 / 6.0], 1e-12);
        // 1, 1 + 2/3, 3 and 3, 3, 1.
        close(&rsr(RsrRanks::NonIntegral), &[4.0 / 6.0, (5.0 / 3.0 + 3.0) / 6.0, 4.0 / 6.0], 1e-12);
    }

    #[test]
    fn mazziotta_pareto_by_hand() {
        // z of (0, 2) is 90, 110 with population deviations; rows (90, 110) and (110, 90).
        let mpi = |phenomenon, deviation| {
            known(Aggregation::Mpi { phenomenon, deviation }, &[[0.0, 2.0], [2.0, 0.0]])
        };
        let positive = mpi(Phenomenon::Positive, Deviation::Population);
        close(&positive, &[99.0, 99.0], 1e-12);
        let negative = mpi(Phenomenon::Negative, Deviation::Population);
        close(&negative, &[101.0, 101.0], 1e-12);
        // Sample deviations: z = 100 ± 10 / sqrt 2, variance over children 2 * 50 = 100.
        let sample = mpi(Phenomenon::Positive, Deviation::Sample);
        close(&sample, &[99.0, 99.0], 1e-12);
    }

    #[test]
    fn one_unit_equal_units_and_gaps_give_numbers() {
        for method in METHODS {
            for rows in [&[[3.0, 7.0]][..], &[[3.0, 7.0], [3.0, 7.0]], &[[0.0, 0.0], [0.0, 0.0]]] {
                let scores = known(method, rows);
                assert!(scores.iter().all(|s| s.is_finite()), "{method:?} {rows:?} {scores:?}");
                let (first, last) = (scores[0], scores[scores.len() - 1]);
                assert!((first - last).abs() < 1e-12, "{method:?} {rows:?} {scores:?}");
            }
            let rows: [&[Option<f64>]; 4] = [
                &[Some(5.0), Some(5.0)],
                &[Some(5.0), None],
                &[None, None],
                &[Some(1.0), Some(1.0)],
            ];
            let scores = combined(method, &[0.5, 0.5], &rows);
            assert_eq!(scores[2], None);
            // A unit that is best wherever it has data is not pulled down by a gap.
            assert!(scores[1] > scores[3], "{method:?} {scores:?}");
        }
    }
}
