//! Laws that hold for every index, tried on many small ones made at random.

use std::collections::BTreeMap;

use proptest::prelude::*;
use rankpress::config::{
    Aggregation, CheckLimits, Clamp, ConstantRule, Definition, Direction, EqualValues, Formula,
    Imputation, IndicatorSpec, Methodology, Missing, Node, NodeKind, Normalisation, Over, RankRule,
    ScreeningRule, Spacing, Status, TierMethod, TierRule, Ties, Treatment, Weighting,
};
use rankpress::data::{Cell, Dataset, IndicatorData};
use rankpress::diag::{FileId, Span};
use rankpress::export::results_json;
use rankpress::index::{IndexResult, compute};
use rankpress::lang::Localised;

use crate::project::Project;

/// Scores this close are one; sums of many fractions differ in their last digits.
const HAIR: f64 = 1e-9;

/// An index of two dimensions with two indicators each: values by indicator, then by unit.
#[derive(Debug, Clone)]
struct Sample {
    columns: Vec<Vec<Option<f64>>>,
    weights: Vec<f64>,
    method: Normalisation,
}

const MIN_MAX: Normalisation =
    Normalisation::MinMax { low: 0.0, high: 100.0, constant: ConstantRule::Mid };
const Z_SCORE: Normalisation =
    Normalisation::ZScore { centre: 50.0, spread: 10.0, constant: ConstantRule::Mid };
const PERCENTILE: Normalisation = Normalisation::PercentileRank {
    low: 0.0,
    high: 100.0,
    ties: EqualValues::Lowest,
    constant: ConstantRule::Mid,
};
const GOALPOSTS: Normalisation = Normalisation::Goalposts {
    from: -20.0,
    to: 60.0,
    low: 0.0,
    high: 100.0,
    spacing: Spacing::Linear,
    clamp: Clamp::Both,
};

impl Sample {
    fn units(&self) -> usize {
        self.columns[0].len()
    }

    fn compute(&self) -> IndexResult {
        let names: Vec<String> = (0..self.units()).map(|unit| format!("{unit:03}")).collect();
        let computed = compute(&methodology(&self.weights, &self.method), &self.dataset(), &names);
        computed.unwrap_or_else(|found| panic!("{found:?}")).value
    }

    fn dataset(&self) -> Dataset {
        let cell = |value: &Option<f64>| value.map(|value| Cell::of(value, Status::Official));
        let indicators =
            INDICATORS.iter().zip(&self.columns).map(|(&node, column)| IndicatorData {
                node,
                year: None,
                years: Vec::new(),
                cells: column.iter().map(cell).collect(),
                bases: BTreeMap::new(),
                references: BTreeMap::new(),
                pooled: Vec::new(),
            });
        Dataset { indicators: indicators.collect(), ..Dataset::default() }
    }

    /// The same sample with its units in another order.
    fn permuted(&self, order: &[usize]) -> Self {
        let permute = |column: &Vec<Option<f64>>| order.iter().map(|&unit| column[unit]).collect();
        Self { columns: self.columns.iter().map(permute).collect(), ..self.clone() }
    }
}

/// Where the indicators and the dimensions stand among the nodes, in preorder.
const INDICATORS: [usize; 4] = [2, 3, 5, 6];
const DIMENSIONS: [usize; 3] = [0, 1, 4];

/// The children of an inner node.
const fn children(node: usize) -> [usize; 2] {
    match node {
        0 => [1, 4],
        1 => [2, 3],
        _ => [5, 6],
    }
}

fn methodology(weights: &[f64], method: &Normalisation) -> Methodology {
    let span = Span::new(FileId(0), 0, 0);
    let node = |at: usize, code: &str, level, parent, kind| Node {
        code: code.to_owned(),
        span,
        name: Localised::same(code),
        short: Localised::same(code),
        description: Localised::default(),
        level,
        parent,
        weight: weights[at],
        kind,
    };
    let dimension = |at: usize| NodeKind::Dimension {
        children: children(at).to_vec(),
        weighting: Weighting::Given,
        aggregation: Aggregation::Arithmetic,
    };
    let indicator = |code: &str, direction| {
        NodeKind::Indicator(IndicatorSpec {
            measure: Localised::default(),
            direction,
            decimals: 2,
            value: Definition::formula(Formula::column(code), span),
            value_span: span,
            year: None,
            keeps_year: false,
            normalisation: method.clone(),
            over: Over::Year,
            imputation: Imputation::None,
            treatment: Treatment::None,
            status: None,
        })
    };
    let (up, down) = (Direction::Positive, Direction::Negative);
    Methodology {
        typology: None,
        year: None,
        years: Vec::new(),
        nodes: vec![
            node(0, "index", 0, None, dimension(0)),
            node(1, "a", 1, Some(0), dimension(1)),
            node(2, "a1", 2, Some(1), indicator("a1", up)),
            node(3, "a2", 2, Some(1), indicator("a2", down)),
            node(4, "b", 1, Some(0), dimension(4)),
            node(5, "b1", 2, Some(4), indicator("b1", up)),
            node(6, "b2", 2, Some(4), indicator("b2", up)),
        ],
        ranks: RankRule { ties: Ties::Competition, round_digits: Some(2) },
        checks: CheckLimits::default(),
        screening: ScreeningRule::default(),
        missing: Missing { unit_threshold: 0.5, indicator_threshold: 0.0 },
        tiers: Some(TierRule {
            method: TierMethod::NaturalBreaks,
            count: 3,
            names: Localised::default(),
        }),
        robustness: rankpress::config::Uncertainty::default(),
        normalisation: method.clone(),
        variants: Vec::new(),
    }
}

/// Values with many ties, one in ten of them missing.
fn value() -> impl Strategy<Value = Option<f64>> {
    let known = prop_oneof![
        (-40_i32..80).prop_map(f64::from),
        (-4000_i32..8000).prop_map(|v| f64::from(v) / 97.0),
    ];
    prop_oneof![1 => Just(None), 9 => known.prop_map(Some)]
}

fn sample_with(method: impl Strategy<Value = Normalisation>) -> impl Strategy<Value = Sample> {
    let columns = (2_usize..9).prop_flat_map(|units| {
        prop::collection::vec(prop::collection::vec(value(), units), INDICATORS.len())
    });
    // An indicator without two values has no percentile ranks.
    let columns = columns.prop_filter("two values each", |columns| {
        columns.iter().all(|column| column.iter().flatten().count() >= 2)
    });
    let weights = prop::collection::vec(0.05_f64..1.0, 7).prop_map(|mut weights| {
        for parent in DIMENSIONS {
            let [a, b] = children(parent);
            let total = weights[a] + weights[b];
            weights[a] /= total;
            weights[b] /= total;
        }
        weights[0] = 1.0;
        weights
    });
    (columns, weights, method).prop_map(|(columns, weights, method)| Sample {
        columns,
        weights,
        method,
    })
}

fn sample() -> impl Strategy<Value = Sample> {
    sample_with(prop::sample::select(vec![MIN_MAX, Z_SCORE, PERCENTILE, GOALPOSTS]))
}

/// A sample and an order for its units.
fn with_order(
    sample: impl Strategy<Value = Sample>,
) -> impl Strategy<Value = (Sample, Vec<usize>)> {
    sample.prop_flat_map(|sample| {
        let order = Just((0..sample.units()).collect::<Vec<_>>()).prop_shuffle();
        (Just(sample), order)
    })
}

fn near(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= HAIR * a.abs().max(1.0),
        _ => a == b,
    }
}

proptest! {
    /// Whoever stands where in the list, everybody gets the same score and rank, to the last bit.
    #[test]
    fn permuting_units_permutes_scores_and_ranks((sample, order) in with_order(sample_with(Just(MIN_MAX)))) {
        let (plain, permuted) = (sample.compute(), sample.permuted(&order).compute());
        for (own, other) in plain.nodes.iter().zip(&permuted.nodes) {
            for (now, &before) in order.iter().enumerate() {
                prop_assert_eq!(other.scores[now], own.scores[before]);
                prop_assert_eq!(other.ranks[now], own.ranks[before]);
                prop_assert_eq!(other.tied[now], own.tied[before]);
            }
        }
    }

    /// The other methods take sums over the units, which may differ in the last digit.
    #[test]
    fn permuting_units_permutes_scores((sample, order) in with_order(sample())) {
        let (plain, permuted) = (sample.compute(), sample.permuted(&order).compute());
        for (own, other) in plain.nodes.iter().zip(&permuted.nodes) {
            for (now, &before) in order.iter().enumerate() {
                prop_assert!(near(other.scores[now], own.scores[before]));
            }
        }
    }

    /// Another measure for a column, such as metres for miles or Celsius for Fahrenheit, changes
    /// nothing under min-max and z-scores.
    #[test]
    fn affine_change_of_a_column_leaves_scores(
        sample in sample_with(prop::sample::select(vec![MIN_MAX, Z_SCORE])),
        column in 0..INDICATORS.len(),
        factor in 0.01_f64..100.0,
        shift in -500.0_f64..500.0,
    ) {
        let mut other = sample.clone();
        for value in other.columns[column].iter_mut().flatten() {
            *value = *value * factor + shift;
        }
        let (plain, other) = (sample.compute(), other.compute());
        for (own, other) in plain.nodes.iter().zip(&other.nodes) {
            for (a, b) in own.scores.iter().zip(&other.scores) {
                prop_assert!(a.is_some() == b.is_some());
                prop_assert!(a.zip(*b).is_none_or(|(a, b)| (a - b).abs() < 1e-6), "{a:?} {b:?}");
            }
        }
    }

    /// Turning every value of a column and its direction round comes to the same.
    #[test]
    fn a_negative_indicator_is_a_positive_one_of_negated_values(values in prop::collection::vec(value(), 2..9)) {
        prop_assume!(values.iter().flatten().count() >= 2);
        let negated: Vec<Option<f64>> = values.iter().map(|v| v.map(|x| -x)).collect();
        let columns = vec![values.clone(), negated, values.clone(), values];
        let weights = vec![1.0, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5];
        let result = Sample { columns, weights, method: MIN_MAX }.compute();
        // a1 is positive, a2 negative.
        prop_assert_eq!(&result.nodes[2].scores, &result.nodes[3].scores);
    }

    #[test]
    fn scores_stay_in_range(
        sample in sample_with(prop::sample::select(vec![MIN_MAX, PERCENTILE, GOALPOSTS])),
    ) {
        for node in &sample.compute().nodes {
            for score in node.scores.iter().flatten() {
                prop_assert!((-HAIR..=100.0 + HAIR).contains(score), "{score}");
            }
        }
    }

    /// A score lies between the scores it is made of, so a missing one can never count as zero.
    #[test]
    fn missing_never_becomes_zero(sample in sample()) {
        let result = sample.compute();
        for (&node, column) in INDICATORS.iter().zip(&sample.columns) {
            for (score, value) in result.nodes[node].scores.iter().zip(column) {
                prop_assert_eq!(score.is_some(), value.is_some());
            }
        }
        for parent in DIMENSIONS {
            for unit in 0..sample.units() {
                let parts: Vec<f64> = children(parent)
                    .iter()
                    .filter_map(|&child| result.nodes[child].scores[unit])
                    .collect();
                let least = parts.iter().copied().fold(f64::INFINITY, f64::min);
                let most = parts.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                match result.nodes[parent].scores[unit] {
                    Some(score) => prop_assert!((least - HAIR..=most + HAIR).contains(&score)),
                    None => prop_assert!(
                        result.nodes[parent].coverage[unit] < 0.5,
                        "enough is known of unit {unit} at {parent}"
                    ),
                }
            }
        }
    }

    /// The rank is one more than the number of units that print a higher score.
    #[test]
    fn ranks_agree_with_what_is_printed(sample in sample()) {
        let print = |score: f64| format!("{score:.2}").parse::<f64>().unwrap();
        for node in &sample.compute().nodes {
            for unit in 0..sample.units() {
                let ahead = node.scores[unit].map(|own| {
                    let own = print(own);
                    node.scores.iter().flatten().filter(|other| print(**other) > own).count()
                });
                prop_assert_eq!(node.ranks[unit].map(|r| r as usize), ahead.map(|a| a + 1));
            }
            let ordered: Vec<_> = node.order.iter().map(|&unit| (node.ranks[unit], unit)).collect();
            prop_assert!(ordered.is_sorted(), "by rank, equals in the order of the units");
        }
    }

    /// Who scores higher is in no lower tier; who scores alike is in the same one.
    #[test]
    fn tiers_follow_scores(sample in sample()) {
        let result = sample.compute();
        let tiers = result.tiers.as_ref().unwrap();
        let ranks = &result.nodes[0].ranks;
        for (a, &tier_a) in tiers.of_unit.iter().enumerate() {
            prop_assert_eq!(tier_a.is_some(), ranks[a].is_some());
            for (b, &tier_b) in tiers.of_unit.iter().enumerate() {
                let (Some(rank_a), Some(rank_b)) = (ranks[a], ranks[b]) else { continue };
                prop_assert!(rank_a > rank_b || tier_a <= tier_b);
                prop_assert!(rank_a != rank_b || tier_a == tier_b);
            }
        }
        let members: usize = tiers.tiers.iter().map(|tier| tier.members.len()).sum();
        prop_assert_eq!(members, ranks.iter().flatten().count());
    }

    /// Shares of weight by status, and of weight without data, come to the whole.
    #[test]
    fn shares_of_weight_come_to_one(sample in sample()) {
        let result = sample.compute();
        let total: f64 = result.status.iter().map(|status| status.share).sum();
        prop_assert!((total - 1.0).abs() < HAIR, "{total}");
    }
}

proptest! {
    // These read a project from disk, some milliseconds each.
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Weights count as shares: ten times all of them is the same method.
    #[test]
    fn the_scale_of_weights_is_irrelevant(outer in 0.001_f64..1000.0, inner in 1_u32..50) {
        // With exponents, so that neither new weight reads like the other's old one.
        let scaled = Project::tiny()
            .replace("methodology.yaml", "weight: 0.6", &format!("weight: {:e}", 0.6 * outer))
            .replace("methodology.yaml", "weight: 0.4", &format!("weight: {:e}", 0.4 * outer))
            .replace("methodology.yaml", "weight: 3\n", &format!("weight: {}.0\n", 3 * inner))
            .replace("methodology.yaml", "weight: 1\n", &format!("weight: {inner}.0\n"));
        let (plain, scaled) = (Project::tiny().results().index, scaled.results().index);
        for (own, other) in plain.nodes.iter().zip(&scaled.nodes) {
            prop_assert!(own.scores.iter().zip(&other.scores).all(|(a, b)| near(*a, *b)));
            prop_assert_eq!(&own.ranks, &other.ranks);
        }
    }

    /// The order of the rows of the inputs cannot be told from the results, to the last byte.
    #[test]
    fn permuting_rows_changes_nothing(seed in any::<u64>()) {
        let plain = Project::tiny();
        let mut shuffled = Project::tiny();
        for path in ["indicators.csv", "cities.csv", "published.csv", "facts.csv"] {
            let text = plain.text(path);
            let (header, rows) = text.split_once('\n').unwrap();
            // Sorted by a hash of seed and row: any order may come out, the same for a seed.
            let by_hash: BTreeMap<String, &str> = rows
                .lines()
                .map(|row| (rankpress::source::sha256_hex(format!("{seed}{row}").as_bytes()), row))
                .collect();
            let rows: String = by_hash.values().flat_map(|row| [*row, "\n"]).collect();
            shuffled = shuffled.write(path, format!("{header}\n{rows}"));
        }
        prop_assert_eq!(results_json(&shuffled.results()), results_json(&plain.results()));
    }
}
