//! `rankpress sample`: made-up projects to try things on.

use crate::cli::args::{MessageFormat, Messages, Sample, SampleKind, SampleNetwork};
use crate::cli::talk::data;
use crate::cli::{Outcome, messages};
use crate::export::sample_network;
use crate::source::Sources;

pub(super) fn run(arguments: &Sample) -> Outcome {
    match &arguments.kind {
        SampleKind::Network(own) => network(own),
    }
}

fn network(own: &SampleNetwork) -> Outcome {
    let files = sample_network(own.nodes, own.edges, own.seed);
    let written = files.iter().map(|(name, text)| (*name, text.as_bytes()));
    if let Err(found) = Sources::write_new(&own.out, written) {
        let how =
            Messages { message_format: MessageFormat::Human, deny_warnings: false, quiet: false };
        return messages::report(None, &[found], how);
    }
    for (name, _) in &files {
        data(&format!("{}\n", own.out.join(name).display()));
    }
    Outcome::Fine
}
