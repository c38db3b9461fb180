//! `rankpress explain`: how a score came about.

use crate::cli::args::Explain;
use crate::cli::rank::{of_variant, unknown_node};
use crate::cli::talk::{data, say};
use crate::cli::{Outcome, messages};
use crate::config::MAIN;
use crate::content::Results;
use crate::diag::nearest;
use crate::explain::{explain, to_text};
use crate::pipeline::{Run, Silent};

pub(super) fn run(arguments: &Explain) -> Outcome {
    let mut run = match Run::open(&arguments.file) {
        Ok(run) => run,
        Err(found) => return messages::report(None, &[found], arguments.messages),
    };
    // Intervals are those of the main result.
    let results = match arguments.variant.as_deref() {
        None | Some(MAIN) => run.ranked(&mut Silent),
        Some(_) => run.results(&mut Silent),
    };
    let outcome = messages::report(Some(&run.sources), &run.findings, arguments.messages);
    let Some(results) = results else { return outcome };
    let asked = of_variant(results, arguments.variant.as_deref())
        .and_then(|results| target(&results, &arguments.target).map(|at| (results, at)));
    let (results, (unit, node)) = match asked {
        Ok(asked) => asked,
        Err(message) => {
            say(&message);
            return Outcome::Usage;
        }
    };
    let mut explanation = explain(&results, &run.sources, unit, node);
    explanation.variant.clone_from(&arguments.variant);
    if arguments.json {
        match serde_json::to_string_pretty(&explanation) {
            Ok(text) => data(&format!("{text}\n")),
            Err(error) => say(&format!("error: {error}")),
        }
    } else {
        data(&to_text(&explanation));
    }
    outcome
}

fn target(results: &Results, text: &str) -> Result<(usize, usize), String> {
    let (unit, node) = text.split_once('/').unwrap_or((text, "index"));
    let at = results.find_unit(unit).ok_or_else(|| {
        let names = results.inputs.units.iter().flat_map(|u| [u.slug.as_str(), &u.name.zh]);
        let near = nearest(unit, names);
        let hint = near.first().map(|n| format!("; did you mean `{n}`?")).unwrap_or_default();
        format!("error: the sample has no unit `{unit}`{hint}")
    })?;
    let node = results.find_node(node).ok_or_else(|| unknown_node(results, node))?;
    Ok((at, node))
}
