//! `rankpress sensitivity`: how far ranks can be relied upon, as text or JSON.

use std::fmt::Write as _;

use crate::cli::args::Sensitivity;
use crate::cli::talk::{data, say};
use crate::cli::{Outcome, messages};
use crate::content::Results;
use crate::export::sensitivity_json;
use crate::index::reading::Reading;
use crate::index::robustness::{Robustness, Source, analyse};
use crate::pipeline::{Run, Silent};

pub(super) fn run(arguments: &Sensitivity) -> Outcome {
    let mut run = match Run::open(&arguments.file) {
        Ok(run) => run,
        Err(found) => return messages::report(None, &[found], arguments.messages),
    };
    let results = run.results(&mut Silent);
    // Without the section the report tells nothing of it, but whoever asks is answered.
    let analysed = results.as_ref().and_then(|results| {
        analyse(
            &results.config.method,
            &results.inputs.dataset,
            &results.inputs.units,
            &results.index,
        )
        .map_err(|found| run.findings.push(found))
        .ok()
    });
    let outcome = messages::report(Some(&run.sources), &run.findings, arguments.messages);
    let (Some(results), Some(robustness)) = (results, analysed) else { return outcome };
    let reading = &results.reading;
    if arguments.json {
        data(&sensitivity_json(&results, &robustness, reading));
    } else {
        data(&text(&results, &robustness, reading));
        if robustness.spec.is_certain() {
            say("nothing is uncertain: see `robustness` in the methodology");
        }
    }
    outcome
}

fn text(results: &Results, robustness: &Robustness, reading: &Reading) -> String {
    let mut out = String::new();
    ranks(&mut out, results, robustness);
    sources(&mut out, results, robustness);
    left_out(&mut out, results, robustness);
    limits(&mut out, results, robustness);
    influence(&mut out, results, reading);
    out
}

fn ranks(out: &mut String, results: &Results, robustness: &Robustness) {
    let simulation = &robustness.simulation;
    let _ = writeln!(
        out,
        "ranks over {} replicates, seed {}: median, 5 % and 95 % quantile",
        simulation.replicates, robustness.spec.seed
    );
    let _ = writeln!(
        out,
        "{:>5}  {:>7}  {:>7}  {:>7}  {:>8}  city",
        "rank", "median", "5 %", "95 %", "P(top 10)"
    );
    for own in &simulation.units {
        let _ = writeln!(
            out,
            "{:>5}  {:>7.1}  {:>7.1}  {:>7.1}  {:>9.3}  {} {}",
            own.rank,
            own.median,
            own.low,
            own.high,
            own.top[3],
            results.unit(own.unit).name.zh,
            results.unit(own.unit).name.en
        );
    }
    let groups = simulation.groups.iter().filter(|group| group.len() > 1);
    for group in groups {
        let names: Vec<&str> = group.iter().map(|&u| results.unit(u).name.en.as_str()).collect();
        let _ = writeln!(out, "not distinguishable: {}", names.join(", "));
    }
    out.push('\n');
}

fn sources(out: &mut String, results: &Results, robustness: &Robustness) {
    let Some(sobol) = &robustness.sobol else { return };
    let _ = writeln!(out, "sources of rank change (Sobol, {} samples)", sobol.samples);
    let _ = writeln!(out, "{:>7}  {:>7}  source", "first", "total");
    for index in &sobol.indices {
        let name = match index.source {
            Source::Treatment => "treatment".to_owned(),
            Source::Imputation => "imputation".to_owned(),
            Source::Normalisation => "normalisation".to_owned(),
            Source::Aggregation => "aggregation".to_owned(),
            Source::Weights => "weights".to_owned(),
            Source::WeightsAtLevel(level) => format!("weights at level {level}"),
            Source::WeightsBelow(node) => format!("weights below {}", results.node(node).code),
            Source::Values => "values".to_owned(),
        };
        let show = |e: Option<crate::index::robustness::Estimate>| {
            e.map_or_else(|| "-".to_owned(), |e| format!("{:.3}", e.value))
        };
        let _ = writeln!(out, "{:>7}  {:>7}  {name}", show(index.first), show(index.total));
    }
    out.push('\n');
}

fn left_out(out: &mut String, results: &Results, robustness: &Robustness) {
    let _ = writeln!(out, "ranks without a node: mean and largest shift");
    for left in &robustness.left_out {
        let Some((mean, largest)) = left.shift.mean.zip(left.shift.largest) else { continue };
        let _ = writeln!(out, "{mean:>7.2}  {largest:>5}  {}", results.node(left.node).code);
    }
    out.push('\n');
}

fn limits(out: &mut String, results: &Results, robustness: &Robustness) {
    let _ = writeln!(out, "weights between which the leader leads");
    for limits in &robustness.limits {
        for own in limits.units.iter().filter(|own| results.rank(own.unit, 0) == Some(1)) {
            let ranges: Vec<String> =
                own.leads.iter().map(|(from, to)| format!("{from:.4} to {to:.4}")).collect();
            let _ = writeln!(
                out,
                "{:>24}  {:.4} now  {}  {}",
                results.node(limits.node).code,
                limits.weight,
                ranges.join(", "),
                results.unit(own.unit).name.en
            );
        }
    }
    out.push('\n');
}

fn influence(out: &mut String, results: &Results, reading: &Reading) {
    let _ =
        writeln!(out, "effective weight against influence (squared correlation with the index)");
    for own in &reading.influence {
        let Some(influence) = own.influence else { continue };
        let _ = writeln!(
            out,
            "{:>7.3}  {influence:>7.3}  {}",
            own.effective_weight,
            results.node(own.node).code
        );
    }
}
