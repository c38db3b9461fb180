//! Which share of the rank changes each source of uncertainty accounts for.
//!
//! Variance-based sensitivity indices of the mean absolute rank change: I. M. Sobol', Math. Comput.
//! Simul. 55 (2001), 271–280; estimators of A. Saltelli et al., Comput. Phys. Commun. 181 (2010),
//! 259–270, as COINr uses them: with matrices A, B, and A with the columns of source i from B,
//! Sᵢ = mean((f(B) − m) (f(ABᵢ) − f(A))) / V and Tᵢ = mean((f(A) − f(ABᵢ))²) / (2 V), m the mean and
//! V the variance (n − 1) of the results of A and B together. COINr leaves m out, which gives the
//! same in expectation with more noise. Estimates may fall a little below 0 or above 1.

use rayon::prelude::*;

use crate::index::robustness::draws::{Draws, Sequence, Stream};
use crate::index::robustness::replay::{Replay, Setup, Source};
use crate::num::mean;

/// Resamples of the rows for the intervals.
const RESAMPLES: u32 = 200;

/// Sensitivity indices of the mean absolute rank change.
#[derive(Debug, Clone, PartialEq)]
pub struct Sobol {
    /// Rows of the matrices that could be computed.
    pub samples: u32,
    /// Mean of the mean absolute rank change.
    pub mean: f64,
    /// Its variance.
    pub variance: f64,
    /// By source of uncertainty.
    pub indices: Vec<SobolIndex>,
}

/// Sensitivity indices of one source.
#[derive(Debug, Clone, PartialEq)]
pub struct SobolIndex {
    /// The source.
    pub source: Source,
    /// First order: the share it accounts for alone. `None` if nothing varies.
    pub first: Option<Estimate>,
    /// Total order: the share it accounts for alone and together with others.
    pub total: Option<Estimate>,
}

/// An estimate with the 5 % and 95 % quantiles (type 7) of 200 resamples of the rows.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    /// The estimate.
    pub value: f64,
    /// 5 % quantile.
    pub low: f64,
    /// 95 % quantile.
    pub high: f64,
}

/// The results of one row: f(A), f(B) and f(ABᵢ) for each source.
#[derive(Debug, Clone, PartialEq)]
struct Row {
    a: f64,
    b: f64,
    mixed: Vec<f64>,
}

/// Computes the indices; `None` if they are not asked for or nothing is uncertain.
pub(super) fn sobol(setup: &Setup<'_>) -> Option<Sobol> {
    let sources = setup.sources();
    let samples = setup.spec.sobol_samples;
    if samples == 0 || sources.is_empty() {
        return None;
    }
    let rows: Vec<Option<Row>> = (0..samples)
        .into_par_iter()
        .map_init(|| setup.replay(), |replay, row| compute(replay, setup, &sources, row))
        .collect();
    let rows: Vec<Row> = rows.into_iter().flatten().collect();
    Some(estimate(&rows, sources, setup.spec.seed))
}

fn compute(
    replay: &mut Replay<'_>,
    setup: &Setup<'_>,
    sources: &[Source],
    row: u32,
) -> Option<Row> {
    let draws = |sequence| Draws::new(setup.spec.seed, sequence, row);
    let (from_a, from_b) = (draws(Sequence::A), draws(Sequence::B));
    let mut run = |pick: &dyn Fn(Source) -> Draws| {
        replay.run(pick).then(|| mean_shift(&setup.plan.ranks, replay))
    };
    let a = run(&|_| from_a)?;
    let b = run(&|_| from_b)?;
    let mixed = sources
        .iter()
        .map(|&own| run(&|source| if source == own { from_b } else { from_a }))
        .collect::<Option<Vec<f64>>>()?;
    Some(Row { a, b, mixed })
}

#[expect(clippy::cast_precision_loss, reason = "sums of ranks stay far below 2^52")]
fn mean_shift(nominal: &[u32], replay: &Replay<'_>) -> f64 {
    let ranks = replay.order.ranks.iter().map(|r| u32::from(r.unsigned_abs()));
    let sum: u64 = nominal.iter().zip(ranks).map(|(a, b)| u64::from(a.abs_diff(b))).sum();
    if nominal.is_empty() { 0.0 } else { sum as f64 / nominal.len() as f64 }
}

fn estimate(rows: &[Row], sources: Vec<Source>, seed: u64) -> Sobol {
    let all: Vec<usize> = (0..rows.len()).collect();
    let (centre, variance, values) = indices(rows, &all, sources.len());
    let resampled: Vec<Vec<[f64; 2]>> = (0..RESAMPLES)
        .filter_map(|resample| {
            let draws = Draws::new(seed, Sequence::Bootstrap, resample);
            let picked: Vec<usize> = (0..rows.len())
                .map(|place| draws.choice(Stream::Rows, place, rows.len()))
                .collect();
            indices(rows, &picked, sources.len()).2
        })
        .collect();
    let interval = |source: usize, order: usize, value: f64| {
        let mut own: Vec<f64> = resampled.iter().map(|r| r[source][order]).collect();
        own.sort_unstable_by(f64::total_cmp);
        let at = |p| quantile(&own, p).unwrap_or(value);
        Estimate { value, low: at(0.05), high: at(0.95) }
    };
    let indices = sources
        .into_iter()
        .enumerate()
        .map(|(i, source)| SobolIndex {
            source,
            first: values.as_ref().map(|v| interval(i, 0, v[i][0])),
            total: values.as_ref().map(|v| interval(i, 1, v[i][1])),
        })
        .collect();
    Sobol {
        samples: u32::try_from(rows.len()).unwrap_or(u32::MAX),
        mean: centre,
        variance,
        indices,
    }
}

/// Type 7 quantile of a sorted sample.
#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "places in a sample stay far below 2^52"
)]
fn quantile(sorted: &[f64], p: f64) -> Option<f64> {
    let last = sorted.len().checked_sub(1)?;
    let place = last as f64 * p;
    let below = place.floor() as usize;
    let upper = sorted[(below + 1).min(last)];
    Some(sorted[below] + (place - place.floor()) * (upper - sorted[below]))
}

/// Mean and variance of the results of A and B, and the two indices of each source; none without
/// variance.
#[expect(clippy::cast_precision_loss, reason = "counts of rows stay far below 2^52")]
fn indices(rows: &[Row], picked: &[usize], sources: usize) -> (f64, f64, Option<Vec<[f64; 2]>>) {
    let results: Vec<f64> = picked.iter().flat_map(|&r| [rows[r].a, rows[r].b]).collect();
    let centre = mean(&results).unwrap_or(0.0);
    let squares: f64 = results.iter().map(|y| (y - centre) * (y - centre)).sum();
    let variance = if results.len() > 1 { squares / (results.len() - 1) as f64 } else { 0.0 };
    if variance <= 0.0 {
        return (centre, 0.0, None);
    }
    let n = picked.len() as f64;
    let values = (0..sources)
        .map(|i| {
            let over = |f: &dyn Fn(&Row) -> f64| picked.iter().map(|&r| f(&rows[r])).sum::<f64>();
            let first = over(&|row| (row.b - centre) * (row.mixed[i] - row.a));
            let total = over(&|row| (row.a - row.mixed[i]) * (row.a - row.mixed[i]));
            [first / n / variance, total / (2.0 * n * variance)]
        })
        .collect();
    (centre, variance, Some(values))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::robustness::plan::Plan;
    use crate::index::robustness::testing::Small;

    /// f = 3 x₁ + 2 x₂ + x₃ of uniform numbers: shares 9/14, 4/14, 1/14, alone and in total.
    #[test]
    fn an_additive_function() {
        let slopes = [3.0, 2.0, 1.0];
        let rows: Vec<Row> = (0..20_000)
            .map(|row| {
                let draw = |sequence| -> [f64; 3] {
                    let draws = Draws::new(9, sequence, row);
                    [0, 1, 2].map(|i| draws.uniform(Stream::Weights, i))
                };
                let (a, b) = (draw(Sequence::A), draw(Sequence::B));
                let f = |x: [f64; 3]| -> f64 { x.iter().zip(slopes).map(|(x, s)| x * s).sum() };
                let mixed = (0..3)
                    .map(|i| {
                        let mut x = a;
                        x[i] = b[i];
                        f(x)
                    })
                    .collect();
                Row { a: f(a), b: f(b), mixed }
            })
            .collect();
        let sources = vec![Source::Normalisation, Source::Aggregation, Source::Values];
        let sobol = estimate(&rows, sources, 1);
        for (index, slope) in sobol.indices.iter().zip(slopes) {
            let share = slope * slope / 14.0;
            let (first, total) = (index.first.unwrap(), index.total.unwrap());
            assert!((first.value - share).abs() < 0.03, "{first:?} {share}");
            assert!((total.value - share).abs() < 0.01, "{total:?} {share}");
            assert!(first.low < first.high && total.low < total.high);
        }
        assert!((sobol.variance - 14.0 / 12.0).abs() < 0.03);
    }

    #[test]
    fn one_source_accounts_for_all() {
        let mut small = Small::random(15, &[3, 3], false);
        small.method.robustness.weights = vec![0.5, 0.0];
        small.method.robustness.sobol_samples = 300;
        let result = small.result();
        let plan = Plan::new(&result.log, &small.data, &result);
        let setup = Setup::new(&plan, &small.method.robustness).unwrap();
        let sobol = sobol(&setup).unwrap();
        assert_eq!(sobol.indices.len(), 1);
        assert_eq!(sobol.indices[0].source, Source::WeightsAtLevel(1));
        assert!((sobol.indices[0].total.unwrap().value - 1.0).abs() < 0.15);
    }

    #[test]
    fn no_variance_no_index() {
        let row = Row { a: 1.0, b: 1.0, mixed: vec![1.0] };
        let sobol = estimate(&[row.clone(), row], vec![Source::Values], 1);
        assert_eq!((sobol.variance, sobol.indices[0].first), (0.0, None));
    }
}
