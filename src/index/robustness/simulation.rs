//! Monte Carlo: how ranks vary when the uncertain choices are made anew many times.
//!
//! OECD/JRC Handbook on Constructing Composite Indicators (2008), step 7; M. Saisana, A. Saltelli,
//! S. Tarantola, JRSS A 168 (2005), 307–323. P(rank = r) is the rank acceptability of stochastic
//! multicriteria acceptability analysis (R. Lahdelma, P. Salminen, Oper. Res. 49 (2001), 444–454).

use rayon::prelude::*;

use crate::config::{TierReplay, TierRule};
use crate::index::Tiers;
use crate::index::robustness::counts::Counts;
use crate::index::robustness::draws::{Draws, Sequence};
use crate::index::robustness::node_ranks::{Followed, NodeUncertainty, RankInterval};
use crate::index::robustness::replay::{Replay, Setup};
use crate::index::tier::assign_tiers;
use crate::num::Rank;

/// The k of P(rank ≤ k).
pub const TOP: [Rank; 4] = [1, 3, 5, 10];

/// Units whose order is surer than this are distinguishable.
pub const DISTINCT: f64 = 0.95;

/// How ranks vary; units stand in nominal order, equals by code.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulation {
    /// Replicates that were computed.
    pub replicates: u32,
    /// Replicates left out because a mean met a score that it cannot take.
    pub failed: u32,
    /// The ranked units.
    pub units: Vec<RankUncertainty>,
    /// Nominal order cut where neighbours can be told apart: positions of units in runs of
    /// neighbours of which the upper one stands above the lower one with a probability below 0.95.
    pub groups: Vec<Vec<usize>>,
    /// Ranks at the dimensions, as far as they are asked for, in the order of the framework.
    pub nodes: Vec<NodeUncertainty>,
    /// Mean over replicates and units of the absolute difference from the nominal rank.
    pub mean_shift: f64,
    above: Vec<u32>,
}

/// How the rank of one unit varies.
#[derive(Debug, Clone, PartialEq)]
pub struct RankUncertainty {
    /// Position of the unit.
    pub unit: usize,
    /// Nominal rank.
    pub rank: Rank,
    /// Mean rank. Where equals take the mean of their places, it and the quantiles are those of
    /// such ranks; everything else counts the ranks that are printed.
    pub mean: f64,
    /// Median rank.
    pub median: f64,
    /// 5 % quantile (type 7).
    pub low: f64,
    /// 95 % quantile (type 7).
    pub high: f64,
    /// P(rank = r), at r − 1.
    pub ranks: Vec<f64>,
    /// P(rank ≤ k) for the k of [`TOP`].
    pub top: [f64; 4],
    /// P(tier), best first; empty without tiers.
    pub tiers: Vec<f64>,
    /// Positions of the units from which it cannot be told: neither stands above the other with a
    /// probability of 0.95 or more. Nominal order, without the unit itself.
    pub alike: Vec<usize>,
}

impl RankUncertainty {
    /// The part that is known at dimensions too.
    #[must_use]
    pub const fn interval(&self) -> RankInterval {
        let Self { unit, rank, mean, median, low, high, .. } = *self;
        RankInterval { unit, rank, mean, median, low, high }
    }
}

impl Simulation {
    /// Probability that the unit at one place of [`units`](Self::units) ranks strictly above the
    /// unit at another.
    #[must_use]
    pub fn above(&self, upper: usize, lower: usize) -> f64 {
        share(self.above[upper * self.units.len() + lower], self.replicates)
    }

    /// How ranks at a dimension vary; `None` for a node that was not followed, the index among
    /// them, whose variation is that of [`units`](Self::units).
    #[must_use]
    pub fn at(&self, node: usize) -> Option<&NodeUncertainty> {
        self.nodes.iter().find(|own| own.node == node)
    }

    /// The variation of the unit at a position in the sample, if it is ranked.
    #[must_use]
    pub fn of_unit(&self, unit: usize) -> Option<&RankUncertainty> {
        self.units.iter().find(|u| u.unit == unit)
    }
}

fn share(part: u32, whole: u32) -> f64 {
    if whole == 0 { 0.0 } else { f64::from(part) / f64::from(whole) }
}

/// Replays the index and counts.
pub(super) fn simulate(setup: &Setup<'_>, tiers: Option<(&TierRule, &Tiers)>) -> Simulation {
    let classes = Classes::new(setup, tiers);
    let replicates = setup.spec.replicates;
    // A few jobs per thread; each holds counts of its own.
    let jobs = u32::try_from(rayon::current_num_threads() * 4).unwrap_or(4).min(replicates);
    let empty = || empty(setup, &classes);
    let counts = (0..jobs)
        .into_par_iter()
        .map(|job| {
            let start = u64::from(replicates) * u64::from(job) / u64::from(jobs);
            let end = u64::from(replicates) * u64::from(job + 1) / u64::from(jobs);
            run(setup, &classes, start..end)
        })
        .reduce(empty, Counts::plus);
    summarise(setup, counts)
}

fn empty(setup: &Setup<'_>, classes: &Classes<'_>) -> Counts {
    let nodes = Followed::all(setup.plan, setup.spec.nodes);
    Counts::new(setup.plan.count(), classes.count, setup.plan.rule.ties, nodes)
}

fn run(setup: &Setup<'_>, classes: &Classes<'_>, range: std::ops::Range<u64>) -> Counts {
    let mut counts = empty(setup, classes);
    let mut replay = setup.replay();
    for replicate in range.filter_map(|r| u32::try_from(r).ok()) {
        let draws = Draws::new(setup.spec.seed, Sequence::A, replicate);
        if replay.run(|_| draws) {
            let anew = classes.anew(&replay);
            counts.add(&replay.order, |slot| classes.tier(&replay, anew.as_deref(), slot));
            for node in &mut counts.nodes {
                node.add(setup.plan, replay.evaluator());
            }
        } else {
            counts.failed += 1;
        }
    }
    counts
}

/// How slots fall into tiers.
struct Classes<'a> {
    count: usize,
    how: Option<How<'a>>,
}

enum How<'a> {
    /// The last place of each tier.
    Ends(Vec<usize>),
    /// The cut values, from the top.
    Cuts(Vec<f64>),
    /// The rule.
    Anew(&'a TierRule),
}

impl<'a> Classes<'a> {
    fn new(setup: &Setup<'_>, tiers: Option<(&'a TierRule, &Tiers)>) -> Self {
        let Some((rule, tiers)) = tiers else { return Self { count: 0, how: None } };
        let how = match setup.spec.tiers {
            TierReplay::NominalSizes => How::Ends(
                tiers
                    .tiers
                    .iter()
                    .scan(0, |seen, tier| {
                        *seen += tier.members.len();
                        Some(*seen)
                    })
                    .collect(),
            ),
            TierReplay::NominalCuts => How::Cuts(tiers.cuts()),
            TierReplay::Recomputed => How::Anew(rule),
        };
        Self { count: tiers.tiers.len().max(rule.count), how: Some(how) }
    }

    fn anew(&self, replay: &Replay<'_>) -> Option<Vec<Option<usize>>> {
        let Some(How::Anew(rule)) = &self.how else { return None };
        let scores: Vec<Option<f64>> = replay.scores.iter().copied().map(Some).collect();
        let profile = replay.profile();
        let profile: Vec<&[Option<f64>]> = profile.iter().map(Vec::as_slice).collect();
        Some(assign_tiers(&scores, &profile, rule).of_unit)
    }

    fn tier(
        &self,
        replay: &Replay<'_>,
        anew: Option<&[Option<usize>]>,
        slot: usize,
    ) -> Option<usize> {
        match self.how.as_ref()? {
            How::Ends(ends) => {
                let place = usize::from(replay.order.places[slot].unsigned_abs());
                Some(ends.partition_point(|&end| end < place))
            }
            How::Cuts(cuts) => Some(cuts.partition_point(|&cut| cut > replay.scores[slot])),
            How::Anew(_) => anew?[slot],
        }
        .filter(|&tier| tier < self.count)
    }
}

#[expect(clippy::cast_precision_loss, reason = "ranks stay far below 2^52")]
fn summarise(setup: &Setup<'_>, counts: Counts) -> Simulation {
    let plan = setup.plan;
    let (runs, failed, slots) = (counts.runs, counts.failed, plan.count());
    let mut shift = 0.0;
    let mut units: Vec<RankUncertainty> = (0..slots)
        .map(|slot| {
            let own = counts.ranks(slot);
            let nominal = plan.ranks[slot];
            let spread = counts.spread(slot, f64::from(nominal));
            let moved: u64 = own
                .iter()
                .zip(1..)
                .map(|(&c, rank)| u64::from(c) * u64::from(nominal.abs_diff(rank)))
                .sum();
            shift += moved as f64;
            let top = TOP.map(|k| share(own.iter().take(k as usize).sum(), runs));
            RankUncertainty {
                unit: plan.order[slot],
                rank: nominal,
                mean: spread.mean,
                median: spread.median,
                low: spread.low,
                high: spread.high,
                ranks: own.iter().map(|&c| share(c, runs)).collect(),
                top,
                tiers: counts.tiers(slot).iter().map(|&c| share(c, runs)).collect(),
                alike: Vec::new(),
            }
        })
        .collect();
    let nodes = counts.nodes.iter().map(|node| node.summary(plan)).collect();
    let above = counts.into_above();
    let surely = |upper: usize, lower: usize| share(above[upper * slots + lower], runs) >= DISTINCT;
    let mut groups: Vec<Vec<usize>> = Vec::new();
    for (slot, own) in units.iter_mut().enumerate() {
        own.alike = (0..slots)
            .filter(|&other| other != slot && !surely(slot, other) && !surely(other, slot))
            .map(|other| plan.order[other])
            .collect();
        match groups.last_mut() {
            Some(group) if !surely(slot - 1, slot) => group.push(own.unit),
            _ => groups.push(vec![own.unit]),
        }
    }
    let cells = f64::from(runs) * slots as f64;
    let mean_shift = if cells > 0.0 { shift / cells } else { 0.0 };
    Simulation { replicates: runs, failed, units, groups, nodes, mean_shift, above }
}

#[cfg(test)]
#[expect(clippy::float_cmp, reason = "exact by construction")]
mod tests {
    use super::*;
    use crate::config::{
        Aggregation, ConstantRule, EqualValues, NodeReplay, NoiseKind, Normalisation, TierMethod,
        Ties, ValueNoise,
    };
    use crate::index::robustness::plan::Plan;
    use crate::index::robustness::testing::Small;
    use crate::lang::Localised;

    fn run(small: &Small) -> Simulation {
        let result = small.result();
        let plan = Plan::new(&result.log, &small.data, &result);
        let setup = Setup::new(&plan, &small.method.robustness).unwrap();
        let tiers = small.method.tiers.as_ref().zip(result.tiers.as_ref());
        simulate(&setup, tiers)
    }

    fn percentile() -> Normalisation {
        Normalisation::PercentileRank {
            low: 1.0,
            high: 100.0,
            ties: EqualValues::Lowest,
            constant: ConstantRule::Mid,
        }
    }

    fn noisy() -> Small {
        let mut small = Small::random(23, &[3, 2, 4], true);
        let scale = Normalisation::MinMax { low: 1.0, high: 100.0, constant: ConstantRule::Error };
        small = small.normalised(&scale);
        let spec = &mut small.method.robustness;
        spec.weights = vec![0.3, 0.2];
        spec.normalisation = vec![scale, percentile()];
        spec.aggregation = vec![Aggregation::Arithmetic, Aggregation::Geometric];
        spec.noise = Some(ValueNoise { kind: NoiseKind::Normal, relative: 0.05 });
        small.method.tiers = Some(TierRule {
            method: TierMethod::NaturalBreaks,
            count: 3,
            names: Localised::default(),
        });
        small
    }

    #[test]
    fn without_noise_nothing_moves() {
        let mut small = Small::random(17, &[2, 3], true);
        small.method.robustness.noise =
            Some(ValueNoise { kind: NoiseKind::Uniform, relative: 0.0 });
        let simulation = run(&small);
        for unit in &simulation.units {
            let rank = f64::from(unit.rank);
            assert_eq!([unit.mean, unit.median, unit.low, unit.high], [rank; 4]);
            assert_eq!(unit.ranks[unit.rank as usize - 1], 1.0);
            assert!(unit.alike.is_empty());
        }
        assert!(simulation.groups.iter().all(|group| group.len() == 1));
        assert_eq!(simulation.mean_shift, 0.0);
    }

    #[test]
    fn probabilities_are_probabilities() {
        for tiers in [TierReplay::NominalSizes, TierReplay::Recomputed] {
            let mut small = noisy();
            small.method.robustness.tiers = tiers;
            let simulation = run(&small);
            assert_eq!((simulation.replicates, simulation.failed), (200, 0));
            for (slot, unit) in simulation.units.iter().enumerate() {
                let sum: f64 = unit.ranks.iter().sum();
                assert!((sum - 1.0).abs() < 1e-12);
                assert!((unit.tiers.iter().sum::<f64>() - 1.0).abs() < 1e-12);
                assert!(unit.top.windows(2).all(|pair| pair[0] <= pair[1]));
                assert!(unit.low <= unit.median && unit.median <= unit.high);
                for other in 0..simulation.units.len() {
                    let both = simulation.above(slot, other) + simulation.above(other, slot);
                    assert!(both <= 1.0 + 1e-12);
                }
            }
            let members: usize = simulation.groups.iter().map(Vec::len).sum();
            assert_eq!(members, simulation.units.len());
            assert!(simulation.mean_shift > 0.0);
        }
    }

    #[test]
    fn threads_do_not_show() {
        let small = noisy();
        let runs: Vec<Simulation> = [1, 4, 16]
            .into_iter()
            .map(|threads| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                pool.install(|| run(&small))
            })
            .collect();
        assert_eq!(runs[0], runs[1]);
        assert_eq!(runs[0], runs[2]);
        let mut other = small;
        other.method.robustness.seed = 2;
        assert_ne!(run(&other), runs[0]);
    }

    #[test]
    fn a_close_pair_cannot_be_told_apart() {
        // The weights of two indicators decide between the two leaders; the third is far behind.
        let mut small = Small::complete(&[1, 1], &[&[10.0, 9.0, 0.0], &[9.0, 10.0, 0.0]]);
        small.method.robustness.weights = vec![0.25, 0.0];
        small.method.robustness.replicates = 4000;
        let simulation = run(&small);
        assert_eq!(simulation.groups, [vec![0, 1], vec![2]]);
        assert_eq!(simulation.units[0].alike, [1]);
        assert!((simulation.above(0, 1) - 0.5).abs() < 0.03);
        assert_eq!(simulation.above(1, 2), 1.0);
        assert!((simulation.units[0].mean - 1.5).abs() < 0.03);
    }

    #[test]
    fn equals_stay_equal() {
        let mut small = Small::complete(&[2], &[&[1.0, 1.0, 0.0], &[3.0, 3.0, 2.0]]);
        small.method.robustness.weights = vec![0.25, 0.25];
        let simulation = run(&small);
        assert_eq!(simulation.units[1].rank, 1);
        assert_eq!(simulation.above(0, 1) + simulation.above(1, 0), 0.0);
        assert_eq!(simulation.groups, [vec![0, 1], vec![2]]);
    }

    #[test]
    fn dimensions_have_intervals_of_their_own() {
        // The weights below the first dimension decide there; the second has one indicator.
        let mut small =
            Small::complete(&[2, 1], &[&[10.0, 9.0, 0.0], &[9.0, 10.0, 0.0], &[3.0, 2.0, 1.0]]);
        small.method.robustness.weights = vec![0.0, 0.25];
        small.method.robustness.replicates = 4000;
        let simulation = run(&small);
        assert_eq!(simulation.nodes.len(), 2);
        let first = simulation.at(1).unwrap().of_unit(0).unwrap();
        assert_eq!((first.rank, first.low, first.high), (1, 1.0, 2.0));
        assert!((first.mean - 1.5).abs() < 0.03);
        let second = simulation.at(4).unwrap().of_unit(0).unwrap();
        assert_eq!([second.low, second.median, second.high, second.mean], [1.0; 4]);
        assert!(simulation.at(0).is_none() && simulation.at(2).is_none());
        small.method.robustness.nodes = NodeReplay::Index;
        let alone = run(&small);
        assert!(alone.nodes.is_empty());
        assert_eq!(alone.units, simulation.units);
    }

    #[test]
    fn average_ranks_are_fractions() {
        let mut small = Small::complete(&[2], &[&[1.0, 1.0, 0.0], &[3.0, 3.0, 2.0]]);
        small.method.robustness.weights = vec![0.25, 0.25];
        small.method.ranks.ties = Ties::Average;
        let simulation = run(&small);
        let first = &simulation.units[0];
        assert_eq!([first.low, first.median, first.high, first.mean], [1.5; 4]);
        assert_eq!((first.rank, first.ranks[0]), (1, 1.0));
        let below = simulation.at(1).unwrap();
        assert_eq!((below.units[1].median, below.units[2].median), (1.5, 3.0));
        assert_eq!(simulation.mean_shift, 0.0);
    }

    #[test]
    fn one_unit_and_none() {
        let one = run(&Small::complete(&[1], &[&[5.0]]));
        assert_eq!((one.units[0].low, one.units[0].high), (1.0, 1.0));
        let none = run(&Small::new(&[1], &[vec![None, None]]));
        assert!(none.units.is_empty() && none.groups.is_empty());
        assert_eq!(none.mean_shift, 0.0);
    }
}
