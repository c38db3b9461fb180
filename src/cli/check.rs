//! `rankpress check`: everything but the PDF.

use std::sync::Arc;

use crate::cli::args::Check;
use crate::cli::talk::{Reporter, say};
use crate::cli::{Outcome, messages};
use crate::pipeline::Run;

pub(super) fn run(arguments: &Check) -> Outcome {
    let mut run = match Run::open(&arguments.file) {
        Ok(run) => run,
        Err(found) => return messages::report(None, &[found], arguments.messages),
    };
    let mut reporter = Reporter::new(true);
    let composed = run.analysed(&mut reporter).and_then(|results| {
        let results = Arc::new(results);
        run.compose(&results, &mut reporter)
    });
    let outcome = messages::report(Some(&run.sources), &run.findings, arguments.messages);
    if let Some(composed) = composed.filter(|_| !arguments.messages.quiet) {
        for edition in &composed.editions {
            say(&format!(
                "{}: {} sections, {} figures, {} tables",
                edition.lang,
                edition.sections.len(),
                edition.charts.len(),
                edition.tables.len()
            ));
        }
    }
    outcome
}
