//! `rankpress build`: print the report.

use std::sync::Arc;

use crate::cli::args::Build;
use crate::cli::talk::{Reporter, say};
use crate::cli::{Outcome, messages};
use crate::pipeline::{Built, Run};

pub(super) fn run(arguments: &Build) -> Outcome {
    let mut reporter = Reporter::new(arguments.messages.quiet);
    let mut run = match Run::open(&arguments.file) {
        Ok(run) => run,
        Err(found) => return messages::report(None, &[found], arguments.messages),
    };
    let built = build(&mut run, &mut reporter);
    reporter.finish();
    let outcome = messages::report(Some(&run.sources), &run.findings, arguments.messages);
    match built {
        Some(built) if !arguments.messages.quiet => list(&built, reporter.seconds()),
        _ => {}
    }
    outcome
}

fn build(run: &mut Run, reporter: &mut Reporter) -> Option<Built> {
    let results = Arc::new(run.analysed(reporter)?);
    let composed = run.compose(&results, reporter)?;
    run.print(&results, &composed, reporter)
}

fn list(built: &Built, seconds: f64) {
    for (path, bytes, pages) in built.files.iter().filter(|(path, ..)| !path.starts_with("charts/"))
    {
        let pages = pages.map(|p| format!(", {p} pages")).unwrap_or_default();
        say(&format!("   wrote  {}/{path} ({} KiB{pages})", built.folder, bytes.div_ceil(1024)));
    }
    let charts = built.files.iter().filter(|(path, ..)| path.starts_with("charts/")).count();
    say(&format!("   wrote  {}/charts ({charts} SVG files)", built.folder));
    say(&format!("    done  {seconds:.2} s"));
}
