//! Laws of the replay, tried on methodologies made at random.

use proptest::prelude::*;
use proptest::strategy::ValueTree;

use crate::config::{self, Methodology, NoiseKind, Ties, ValueNoise};
use crate::data::Dataset;
use crate::index::robustness::analyse;
use crate::index::robustness::evaluate::Evaluator;
use crate::index::robustness::nominal::Nominal;
use crate::index::robustness::plan::Plan;
use crate::index::robustness::replay::Setup;
use crate::index::robustness::simulation::simulate;
use crate::index::testing::dataset;
use crate::index::{IndexResult, compute};

const SCALES: [&str; 13] = [
    "none",
    "{ method: fraction-of-maximum, range: [0, 100] }",
    "{ method: distance-to-target, target: 6, range: [1, 100] }",
    "{ method: min-max, range: [1, 100], constant: mid }",
    "{ method: z-score, constant: mid, scale: [100, 10] }",
    "{ method: rank, constant: mid, ties: dense }",
    "{ method: percentile-rank, range: [1, 100], constant: mid, ties: average }",
    "{ method: borda, constant: drop }",
    "{ method: target-type, target: 3, range: [1, 100], constant: mid }",
    "{ method: interval-type, interval: [2, 5], range: [1, 100], constant: drop }",
    "{ method: efficacy-coefficient, constant: 70 }",
    "{ method: goalposts, low: -5, high: 5, range: [1, 100] }",
    "{ method: percentile-rank, range: [1, 100], constant: drop }",
];

const WEIGHTS: [&str; 8] = [
    "equal",
    "entropy",
    "critic",
    "cv",
    "standard-deviation",
    "{ method: pca, variant: variance-weighted }",
    "{ method: pca, variant: rotated }",
    "{ method: combined, of: [entropy, critic] }",
];

const MEANS: [&str; 12] = [
    "arithmetic",
    "geometric",
    "harmonic",
    "{ method: power, exponent: 2 }",
    "median",
    "minimum",
    "copeland",
    "topsis",
    "vikor",
    "grey-relational",
    "rsr",
    "mpi",
];

const TREATMENTS: [&str; 4] = [
    "none",
    "{ method: winsorise-log, skew: 0.5, kurtosis: 0.5 }",
    "{ method: box-cox, lambda: 0.5 }",
    "{ method: percentile-clamp, lower: 0.1, upper: 0.9 }",
];

const TIERS: [&str; 6] = [
    "{ method: natural-breaks, count: 3 }",
    "{ method: quantiles, count: 3 }",
    "{ method: ward, count: 2 }",
    "{ method: fixed-cuts, cuts: [60, 40] }",
    "{ method: largest-gap, count: 3 }",
    "{ method: rsr-probit, count: 3 }",
];

const RANKS: [&str; 4] = [
    "{ ties: competition }",
    "{ ties: dense, round-digits: 0 }",
    "{ ties: ordinal, round-digits: 1 }",
    "{ ties: average, round-digits: 0 }",
];

/// Methods by node: the index, two dimensions, five indicators.
#[derive(Debug, Clone)]
struct Made {
    scales: Vec<usize>,
    treatments: Vec<usize>,
    weights: Vec<usize>,
    means: Vec<usize>,
    ranks: usize,
    rows: Vec<Vec<Option<f64>>>,
}

fn made() -> impl Strategy<Value = Made> {
    let cell =
        prop_oneof![9 => (-40_i32..40).prop_map(|x| Some(f64::from(x) / 8.0)), 1 => Just(None)];
    let rows = prop::collection::vec(prop::collection::vec(cell, 5), 1..12);
    let several = |of: usize, count| prop::collection::vec(0..of, count);
    (
        several(SCALES.len(), 6),
        several(TREATMENTS.len(), 6),
        several(WEIGHTS.len(), 3),
        several(MEANS.len(), 3),
        0..RANKS.len(),
        rows,
    )
        .prop_map(|(scales, treatments, weights, means, ranks, rows)| Made {
            scales,
            treatments,
            weights,
            means,
            ranks,
            rows,
        })
}

impl Made {
    fn yaml(&self) -> String {
        let leaf = |at: usize| {
            let scale = SCALES[self.scales[at]];
            // Fixed figures stand on the scale of the data.
            let fixed = ["goalposts", "target", "interval-type"];
            let treatment = if fixed.iter().any(|word| scale.contains(word)) {
                TREATMENTS[0]
            } else {
                TREATMENTS[self.treatments[at]]
            };
            let fixed_direction = scale.contains("-type") || scale.contains("fraction");
            let negative = at == 2 && !fixed_direction;
            let direction = if negative { "negative" } else { "positive" };
            let direction = if scale.contains("-type") {
                String::new()
            } else {
                format!("direction: {direction}, ")
            };
            format!("{{ code: c{at}, {direction}normalisation: {scale}, treatment: {treatment} }}")
        };
        let inner = |at: usize, code: &str, leaves: std::ops::RangeInclusive<usize>| {
            let leaves: Vec<String> = leaves.map(leaf).collect();
            format!(
                "  - {{ code: {code}, weighting: {}, aggregation: {}, children: [{}] }}",
                WEIGHTS[self.weights[at]],
                MEANS[self.means[at]],
                leaves.join(", ")
            )
        };
        format!(
            "schema-version: 1\nindex: {{ weighting: {}, aggregation: {} }}\nranks: {}\n\
             missing: {{ unit-threshold: 0.3, indicator-threshold: 0 }}\n\
             tiers: {}\n\
             robustness: {{ replicates: 3, weights: {{ noise: 0 }}, sobol: {{ samples: 0 }} }}\n\
             framework:\n{}\n{}\n",
            WEIGHTS[self.weights[0]],
            MEANS[self.means[0]],
            RANKS[self.ranks],
            TIERS[self.scales[0] % TIERS.len()],
            inner(1, "a", 1..=2),
            inner(2, "b", 3..=5),
        )
    }

    /// Methodology, data and results, if these methods can take these data.
    fn computed(&self) -> Option<(Methodology, Dataset, IndexResult)> {
        let method = config::methodology(&self.yaml()).ok()?;
        let data = dataset(&method, &self.rows);
        let names: Vec<String> = (0..self.rows.len()).map(|unit| format!("u{unit:02}")).collect();
        let result = compute(&method, &data, &names).ok()?.value;
        Some((method, data, result))
    }
}

/// Every score of every node, bit for bit.
fn same(result: &IndexResult, evaluator: &Evaluator<'_>) -> Result<(), TestCaseError> {
    for (node, nominal) in result.nodes.iter().enumerate() {
        for (unit, score) in nominal.scores.iter().enumerate() {
            let own = evaluator.has(node, unit).then(|| evaluator.column(node)[unit]);
            prop_assert_eq!(own.map(f64::to_bits), score.map(f64::to_bits), "{} {}", node, unit);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn without_noise_the_log_replays_the_index(made in made()) {
        let Some((method, data, result)) = made.computed() else { return Ok(()) };
        let plan = Plan::new(&result.log, &data, &result);
        let nominal = Nominal::new(&plan).unwrap();
        same(&result, &nominal.evaluator)?;
        let setup = Setup::new(&plan, &method.robustness).unwrap();
        let simulation = simulate(&setup, None);
        prop_assert_eq!(simulation.failed, 0);
        for unit in &simulation.units {
            // Printed ranks are whole; where equals take the mean of their places, replayed ones
            // need not be.
            let rank = if method.ranks.ties == Ties::Average {
                result.index().average_ranks()[unit.unit].unwrap()
            } else {
                f64::from(unit.rank)
            };
            prop_assert_eq!(result.index().ranks[unit.unit], Some(unit.rank));
            let told = [unit.low, unit.median, unit.high, unit.mean].map(f64::to_bits);
            prop_assert_eq!(told, [rank.to_bits(); 4]);
        }
        for node in &simulation.nodes {
            for own in &node.units {
                prop_assert_eq!(result.nodes[node.node].ranks[own.unit], Some(own.rank));
                prop_assert_eq!(own.low.to_bits(), own.high.to_bits());
            }
        }
    }
}

/// What stands around the first number that is none.
fn odd(text: &str) -> Option<&str> {
    let ends = [",", ")", "]", " "];
    let found = ["NaN", "inf"].iter().find_map(|word| {
        let mut places = text.match_indices(word).map(|(at, _)| at);
        places.find(|&at| ends.iter().any(|end| text[at + word.len()..].starts_with(end)))
    })?;
    Some(&text[found.saturating_sub(300)..(found + 40).min(text.len())])
}

/// Values of every size and sign, constants, gaps.
fn odd_rows() -> impl Strategy<Value = Vec<Vec<Option<f64>>>> {
    let usual = prop::sample::select(vec![
        None,
        Some(0.0),
        Some(-0.0),
        Some(1.0),
        Some(-1.0),
        Some(3.0),
        Some(1e-300),
        Some(-1e-300),
        Some(5e-324),
        Some(1e99),
        Some(-1e99),
        Some(1e-154),
        Some(1.0 + f64::EPSILON),
        Some(12_345.678),
        Some(1e-9),
    ]);
    let huge = prop::sample::select(vec![Some(1e300), Some(-1e300), Some(f64::MAX), Some(1e154)]);
    let value = prop_oneof![60 => usual, 1 => huge];
    // A column is made of few values, so that constants and ties are common.
    let column = prop::collection::vec(value, 1..4);
    (prop::collection::vec(column, 5), prop::collection::vec(any::<u8>(), 0..8)).prop_map(
        |(columns, units)| {
            let pick = |seed: u8, at: usize, column: &Vec<Option<f64>>| {
                column[(usize::from(seed) >> at) % column.len()]
            };
            let row =
                |seed: &u8| columns.iter().enumerate().map(|(at, c)| pick(*seed, at, c)).collect();
            units.iter().map(row).collect()
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_comes_in_only_numbers_come_out(made in made(), rows in odd_rows(), noisy in any::<bool>()) {
        let made = Made { rows, ..made };
        let Some((mut method, data, result)) = made.computed() else { return Ok(()) };
        let text = format!("{result:?}");
        prop_assert_eq!(odd(&text), None, "{}", made.yaml());
        let text = format!("{:?}", crate::index::reading::read(&method, &result));
        prop_assert_eq!(odd(&text), None, "{}", made.yaml());
        let spec = &mut method.robustness;
        spec.replicates = 5;
        spec.sobol_samples = 5;
        if noisy {
            spec.weights = vec![0.5, 0.5];
            spec.noise = Some(ValueNoise { kind: NoiseKind::Uniform, relative: 0.1 });
        }
        if let Ok(found) = analyse(&method, &data, &[], &result) {
            let text = format!("{found:?}");
            prop_assert_eq!(odd(&text), None, "{}", made.yaml());
        }
    }
}

#[test]
fn most_of_these_methodologies_can_be_computed() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let computed = (0..200)
        .filter(|_| made().new_tree(&mut runner).unwrap().current().computed().is_some())
        .count();
    assert!(computed > 60, "{computed}");
}
