//! The index of 337 cities by 25 indicators, every value made from a fixed seed.
//!
//! Prints divan's table and one line of JSON with the medians in milliseconds.

#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::Instant;

use rankpress::config::{
    Aggregation, CheckLimits, ConstantRule, Definition, Direction, Formula, Imputation,
    IndicatorSpec, Methodology, Missing, Node, NodeKind, NodeReplay, Normalisation, Over, RankRule,
    ScreeningRule, Status, TierMethod, TierReplay, TierRule, Ties, Treatment, Uncertainty,
    Weighting,
};
use rankpress::data::{Cell, Dataset, IndicatorData};
use rankpress::diag::{FileId, Span};
use rankpress::index::compute;
use rankpress::index::robustness::simulation;
use rankpress::lang::Localised;

const UNITS: usize = 337;
const INDICATORS: usize = 25;
const DIMENSIONS: usize = 5;
const SEED: u64 = 2022;

/// Milliseconds of every run, by name.
static RUNS: Mutex<Vec<(&'static str, f64)>> = Mutex::new(Vec::new());

fn main() {
    divan::main();
    let runs = RUNS.lock().expect("no run panics");
    for name in ["arithmetic", "geometric", "replicates", "at the index alone", "tiers anew"] {
        let mut own: Vec<f64> = runs.iter().filter(|(n, _)| *n == name).map(|(_, t)| *t).collect();
        own.sort_by(f64::total_cmp);
        if let Some(median) = own.get(own.len() / 2) {
            println!(
                "{{\"bench\":\"index\",\"case\":\"{name}\",\"units\":{UNITS},\"indicators\":{INDICATORS},\"runs\":{},\"median_ms\":{median:.3}}}",
                own.len()
            );
        }
    }
}

#[divan::bench(sample_count = 51, sample_size = 1)]
fn arithmetic(bencher: divan::Bencher<'_, '_>) {
    run(bencher, "arithmetic", Aggregation::Arithmetic);
}

#[divan::bench(sample_count = 51, sample_size = 1)]
fn geometric(bencher: divan::Bencher<'_, '_>) {
    run(bencher, "geometric", Aggregation::Geometric);
}

/// The uncertainty analysis with its default settings: ranks with intervals, at the dimensions too,
/// from ten thousand replicates.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn replicates(bencher: divan::Bencher<'_, '_>) {
    replay(bencher, "replicates", Uncertainty::default());
}

/// The same without ranks at the dimensions.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn replicates_at_the_index(bencher: divan::Bencher<'_, '_>) {
    let spec = Uncertainty { nodes: NodeReplay::Index, ..Uncertainty::default() };
    replay(bencher, "at the index alone", spec);
}

/// The same with tiers formed anew in every replicate.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn replicates_with_tiers_anew(bencher: divan::Bencher<'_, '_>) {
    let spec = Uncertainty { tiers: TierReplay::Recomputed, ..Uncertainty::default() };
    replay(bencher, "tiers anew", spec);
}

fn replay(bencher: divan::Bencher<'_, '_>, name: &'static str, spec: Uncertainty) {
    let mut method = methodology(Aggregation::Arithmetic);
    method.robustness = Uncertainty { replicates: 10_000, weights: vec![0.25, 0.25], ..spec };
    let data = dataset(&method);
    let names: Vec<String> = (0..UNITS).map(|i| format!("{:06}", 110_000 + i)).collect();
    let result = compute(&method, &data, &names).expect("the generated data are in range").value;
    bencher.bench_local(|| {
        let started = Instant::now();
        let found = simulation(&method, &data, &[], &result).expect("all choices can be computed");
        let milliseconds = started.elapsed().as_secs_f64() * 1e3;
        RUNS.lock().expect("no run panics").push((name, milliseconds));
        found
    });
}

fn run(bencher: divan::Bencher<'_, '_>, name: &'static str, aggregation: Aggregation) {
    let method = methodology(aggregation);
    let data = dataset(&method);
    let names: Vec<String> = (0..UNITS).map(|i| format!("{:06}", 110_000 + i)).collect();
    bencher.bench_local(|| {
        let started = Instant::now();
        let result = compute(&method, &data, &names).expect("the generated data are in range");
        let milliseconds = started.elapsed().as_secs_f64() * 1e3;
        RUNS.lock().expect("no run panics").push((name, milliseconds));
        result.value
    });
}

/// `SplitMix64`: small, and the same on every machine.
struct Generator(u64);

impl Generator {
    /// A number from 0 to 1.
    fn share(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        let high = u32::try_from((z ^ (z >> 31)) >> 32).expect("half of the bits fit");
        f64::from(high) / f64::from(u32::MAX)
    }
}

/// Five dimensions of five indicators each, weighted alike.
fn methodology(aggregation: Aggregation) -> Methodology {
    // A geometric mean takes no zero, so the scale begins above it.
    let normalisation =
        Normalisation::MinMax { low: 1.0, high: 100.0, constant: ConstantRule::Error };
    let per_dimension = INDICATORS / DIMENSIONS;
    let step = per_dimension + 1;
    let inner =
        |children| NodeKind::Dimension { children, weighting: Weighting::Equal, aggregation };
    let mut nodes =
        vec![node("index", 0, None, 1.0, inner((0..DIMENSIONS).map(|d| 1 + d * step).collect()))];
    for d in 0..DIMENSIONS {
        let at = nodes.len();
        let weight = share_of(DIMENSIONS);
        let children = (at + 1..=at + per_dimension).collect();
        nodes.push(node(&format!("d{d}"), 1, Some(0), weight, inner(children)));
        for i in 0..per_dimension {
            let code = format!("d{d}-i{i}");
            let spec = indicator(&code, i, normalisation.clone());
            let weight = share_of(per_dimension);
            nodes.push(node(&code, 2, Some(at), weight, NodeKind::Indicator(spec)));
        }
    }
    Methodology {
        year: None,
        years: Vec::new(),
        nodes,
        ranks: RankRule { ties: Ties::Competition, round_digits: Some(2) },
        checks: CheckLimits::default(),
        screening: ScreeningRule::default(),
        missing: Missing { unit_threshold: 0.66, indicator_threshold: 0.65 },
        tiers: Some(TierRule {
            method: TierMethod::NaturalBreaks,
            count: 5,
            names: Localised::new(vec![String::new(); 5], vec![String::new(); 5]),
        }),
        typology: None,
        normalisation,
        robustness: Uncertainty::default(),
        variants: Vec::new(),
    }
}

fn share_of(count: usize) -> f64 {
    1.0 / f64::from(u32::try_from(count).expect("small"))
}

fn node(code: &str, level: usize, parent: Option<usize>, weight: f64, kind: NodeKind) -> Node {
    let name = || Localised::new(code.to_owned(), code.to_owned());
    Node {
        code: code.to_owned(),
        span: span(),
        name: name(),
        short: name(),
        description: name(),
        level,
        parent,
        weight,
        kind,
    }
}

fn indicator(code: &str, number: usize, normalisation: Normalisation) -> IndicatorSpec {
    IndicatorSpec {
        measure: Localised::new(String::new(), String::new()),
        direction: if number == 4 { Direction::Negative } else { Direction::Positive },
        decimals: 2,
        value: Definition::formula(Formula::column(code), span()),
        value_span: span(),
        year: None,
        keeps_year: false,
        normalisation,
        over: Over::Year,
        imputation: Imputation::None,
        treatment: Treatment::None,
        status: None,
    }
}

/// Values from 0 to 1000, three in a hundred missing.
fn dataset(method: &Methodology) -> Dataset {
    let mut generator = Generator(SEED);
    let indicators = method
        .indicators()
        .map(|node| IndicatorData {
            node,
            year: None,
            years: Vec::new(),
            cells: (0..UNITS)
                .map(|_| {
                    let value = generator.share() * 1000.0;
                    let present = generator.share() >= 0.03;
                    present.then(|| Cell::of(value, Status::Official))
                })
                .collect(),
            bases: BTreeMap::new(),
            references: BTreeMap::new(),
            pooled: Vec::new(),
        })
        .collect();
    Dataset { indicators, ..Dataset::default() }
}

const fn span() -> Span {
    Span::new(FileId(0), 0, 0)
}
