//! The command line: arguments in, the library called, findings and results out.
//!
//! Data goes to stdout, talk to stderr. Exit codes: 0 fine, 1 findings, 2 usage.

mod args;
mod build;
mod check;
mod columns;
mod compare;
mod excerpt;
mod explain;
mod messages;
mod network;
mod over_time;
mod rank;
mod sample;
mod schema;
mod screened;
mod sensitivity;
mod talk;

use std::process::ExitCode;

use clap::Parser;

use args::{Arguments, Command};

/// Runs the command line.
#[must_use]
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    let outcome = match &arguments.command {
        Command::Build(own) => build::run(own),
        Command::Check(own) => check::run(own),
        Command::Rank(own) => rank::run(own),
        Command::Explain(own) => explain::run(own),
        Command::Sensitivity(own) => sensitivity::run(own),
        Command::Compare(own) => compare::run(own),
        Command::Network(own) => network::run(own),
        Command::Sample(own) => sample::run(own),
        Command::Schema(own) => schema::run(own),
    };
    match outcome {
        Outcome::Fine => ExitCode::SUCCESS,
        Outcome::Findings => ExitCode::from(1),
        Outcome::Usage => ExitCode::from(2),
    }
}

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All went well.
    Fine,
    /// Errors were found, or warnings that count as such.
    Findings,
    /// The command was used wrongly.
    Usage,
}
