//! The sample report of 20 cities, three PDFs, built by a cold process.
//!
//! Every run starts the binary anew. Prints divan's table and one line of JSON: seconds, and the
//! share of the time that is not spent in the stage of Typst's layout and export.

#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]

use std::process::Command;
use std::sync::Mutex;
use std::time::Instant;

/// Seconds of the whole process and of its typesetting stage, by run.
static RUNS: Mutex<Vec<(f64, f64)>> = Mutex::new(Vec::new());

fn main() {
    divan::main();
    let mut runs = RUNS.lock().expect("no run panics").clone();
    runs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let Some(&(seconds, typeset)) = runs.get(runs.len() / 2) else { return };
    println!(
        "{{\"bench\":\"report\",\"runs\":{},\"best_s\":{:.3},\"median_s\":{seconds:.3},\"typeset_s\":{typeset:.3},\"outside_typst_percent\":{:.1}}}",
        runs.len(),
        runs[0].0,
        (seconds - typeset) / seconds * 100.0
    );
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn cold_process() {
    let started = Instant::now();
    let output = Command::new(env!("CARGO_BIN_EXE_rankpress"))
        .args(["build", "data/china-20-2022/report.yaml"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("the binary was built with the benchmark");
    let seconds = started.elapsed().as_secs_f64();
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{talk}");
    RUNS.lock().expect("no run panics").push((seconds, stage_seconds(&talk, "typeset")));
}

/// The time of a stage as the program tells it: ` typeset   1234.5 ms`.
fn stage_seconds(talk: &str, stage: &str) -> f64 {
    talk.lines()
        .find_map(|line| {
            let text = line.trim_start().strip_prefix(stage)?.trim().strip_suffix("ms")?;
            text.trim().parse::<f64>().ok()
        })
        .expect("the program tells every stage with its time")
        / 1e3
}
