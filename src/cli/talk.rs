//! The only place that prints: data to stdout, talk to stderr.

#![expect(clippy::print_stderr, reason = "this is where printing belongs")]

use std::io::Write as _;
use std::time::Instant;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::pipeline::{Progress, Stage};

/// Writes data to stdout; a closed pipe ends the output quietly.
pub(super) fn data(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Writes a line to stderr.
pub(super) fn say(text: &str) {
    eprintln!("{text}");
}

/// Tells each stage with its time, and shows a bar on a terminal.
pub(super) struct Reporter {
    bar: Option<ProgressBar>,
    current: Option<(Stage, Instant)>,
    started: Instant,
    quiet: bool,
}

impl Reporter {
    /// A reporter; a quiet one says nothing.
    pub(super) fn new(quiet: bool) -> Self {
        let bar = (!quiet).then(|| {
            let target = ProgressDrawTarget::stderr();
            let bar = ProgressBar::with_draw_target(Some(Stage::ALL.len() as u64), target);
            if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}") {
                bar.set_style(style);
            }
            bar
        });
        Self { bar, current: None, started: Instant::now(), quiet }
    }

    fn end_stage(&mut self) {
        let Some((stage, since)) = self.current.take() else { return };
        if self.quiet {
            return;
        }
        let line = format!("{:>8}  {:>7.1} ms", stage.name(), since.elapsed().as_secs_f64() * 1e3);
        match &self.bar {
            Some(bar) if !bar.is_hidden() => {
                bar.println(line);
                bar.inc(1);
            }
            _ => say(&line),
        }
    }

    /// Ends the last stage and clears the bar.
    pub(super) fn finish(&mut self) {
        self.end_stage();
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }

    /// Seconds since the start.
    pub(super) fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }
}

impl Progress for Reporter {
    fn begin(&mut self, stage: Stage) {
        self.end_stage();
        self.current = Some((stage, Instant::now()));
        if let Some(bar) = &self.bar {
            bar.set_message(stage.name());
        }
    }
}
