//! Networks: a made-up network of 30,765 nodes and 83,815 rows, as it is at the end of each year.
//!
//! Prints divan's table, then the machine and lines of JSON with median wall and processor times in
//! milliseconds. Processor time and memory are read from `/proc`; elsewhere they are left out.

#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]
#![expect(clippy::disallowed_methods, reason = "the machine is asked for its name and times")]

use std::sync::{LazyLock, Mutex};
use std::time::Instant;

use rankpress::network::community::{leiden, louvain};
use rankpress::network::layout::layout;
use rankpress::network::measure::betweenness::betweenness;
use rankpress::network::measure::page_rank::page_rank;
use rankpress::network::measure::paths::paths;
use rankpress::network::model::{Model, ModelSpec, YEARS, model};
use rankpress::network::{Graph, statistics};

const NODES: usize = 30_765;
const ROWS: usize = 83_815;
/// Nodes of the largest picture.
const DRAWN: usize = 2000;

/// A run: what was measured, wall milliseconds, processor milliseconds.
type Run = (&'static str, f64, Option<f64>);

static RUNS: Mutex<Vec<Run>> = Mutex::new(Vec::new());

static MODEL: LazyLock<Model> = LazyLock::new(|| {
    let units: Vec<f64> = (1..=40).map(|rank| 1.0 / f64::from(rank)).collect();
    model(&ModelSpec { nodes: NODES, rows: ROWS, seed: 2022, unit_weights: &units, categories: 17 })
});

static GRAPH: LazyLock<Graph> = LazyLock::new(|| until(YEARS - 1));

/// The network at the end of a year.
fn until(year: usize) -> Graph {
    let rows = MODEL.rows.iter().filter(|row| row.year <= year);
    let rows: Vec<(u32, u32)> = rows.map(|row| (row.from, row.to)).collect();
    Graph::new(MODEL.nodes.iter().filter(|node| node.year <= year).count(), &rows)
}

fn main() {
    LazyLock::force(&GRAPH);
    divan::main();
    println!("{{\"machine\":{:?},\"threads\":{}}}", machine(), rayon::current_num_threads());
    let runs = RUNS.lock().expect("no run panics");
    let mut names: Vec<&str> = runs.iter().map(|(name, ..)| *name).collect();
    names.dedup();
    for name in names {
        let own = || runs.iter().filter(|(other, ..)| *other == name);
        let wall = median(own().map(|(_, wall, _)| *wall).collect());
        let cpu = own().map(|(.., cpu)| *cpu).collect::<Option<Vec<f64>>>().map(median);
        let cpu = cpu.map_or(String::from("null"), |cpu| format!("{cpu:.1}"));
        let runs = own().count();
        println!(
            "{{\"bench\":\"network\",\"case\":{name:?},\"runs\":{runs},\"median_wall_ms\":{wall:.1},\"median_cpu_ms\":{cpu}}}"
        );
    }
    if let Some(peak) = peak_memory() {
        println!(
            "{{\"bench\":\"network\",\"case\":\"peak memory, all of these\",\"mib\":{peak:.1}}}"
        );
    }
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Name of the processor.
fn machine() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("model name"));
    let name =
        line.and_then(|line| line.split_once(':')).map_or("unknown", |(_, name)| name.trim());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    format!("{name}, {cores} cores")
}

/// Processor time of this process in milliseconds, at the kernel's hundred ticks a second.
fn processor_time() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) * 10.0)
}

/// The most memory this process has held, in MiB.
fn peak_memory() -> Option<f64> {
    let text = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}

/// Measures `times` calls at once, since the kernel's ticks are coarse.
fn measure<T>(
    bencher: divan::Bencher<'_, '_>,
    name: &'static str,
    times: u32,
    job: impl Fn() -> T,
) {
    bencher.bench_local(|| {
        let (cpu, started) = (processor_time(), Instant::now());
        for _ in 0..times {
            divan::black_box(job());
        }
        let wall = started.elapsed().as_secs_f64() * 1e3 / f64::from(times);
        let spent = cpu.zip(processor_time());
        let cpu = spent.map(|(from, until)| (until - from) / f64::from(times));
        RUNS.lock().expect("no run panics").push((name, wall, cpu));
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn a_graph_from_rows(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, "graph from rows", 20, || until(YEARS - 1));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn b_paths(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, "paths and diameter", 5, || paths(&GRAPH));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn c_louvain(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, "louvain", 10, || louvain(&GRAPH));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn d_leiden(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, "leiden", 5, || leiden(&GRAPH));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn e_page_rank(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, "page rank", 10, || page_rank(&GRAPH));
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn f_statistics(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, "all statistics but betweenness", 3, || statistics(&GRAPH));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn g_nine_years(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, "nine years, graphs and all statistics", 1, || {
        (0..YEARS).map(|year| statistics(&until(year)).pairs).sum::<usize>()
    });
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn h_betweenness(bencher: divan::Bencher<'_, '_>) {
    measure(bencher, "betweenness", 1, || betweenness(&GRAPH));
}

/// The two thousand nodes with most neighbours.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn i_layout(bencher: divan::Bencher<'_, '_>) {
    let mut order: Vec<u32> = (0..).take(NODES).collect();
    order.sort_by_key(|&node| (std::cmp::Reverse(GRAPH.neighbours().degree(node)), node));
    let place = |node: u32| order[..DRAWN].iter().position(|&other| other == node);
    let places: Vec<Option<u32>> =
        (0..).take(NODES).map(|node| place(node).and_then(|at| u32::try_from(at).ok())).collect();
    let both = |(from, to): (u32, u32)| places[from as usize].zip(places[to as usize]);
    let rows: Vec<(u32, u32)> = GRAPH.successors().pairs().filter_map(both).collect();
    let drawn = Graph::new(DRAWN, &rows);
    let communities = leiden(&drawn).labels;
    measure(bencher, "layout of 2,000 nodes", 1, || layout(&drawn, &communities));
}
