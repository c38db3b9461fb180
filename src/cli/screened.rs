//! What screening left out or kept, for the terminal.

use std::fmt::Write as _;

use crate::content::Results;
use crate::index::{Ground, Screened};

/// One line for every unit and indicator that was left out, or kept by decision, and why.
pub(super) fn text(results: &Results) -> String {
    let screening = &results.index.screening;
    let mut out = String::new();
    for own in &screening.indicators {
        let node = results.node(own.at);
        line(
            &format!("indicator {} {} ({})", node.code, node.name.zh, node.name.en),
            own,
            &mut out,
        );
    }
    for own in &screening.units {
        let unit = results.unit(own.at);
        line(&format!("unit {} {} ({})", unit.code, unit.name.zh, unit.name.en), own, &mut out);
    }
    out
}

fn line(what: &str, own: &Screened, out: &mut String) {
    let verdict = if own.kept { "kept" } else { "left out" };
    let why = match &own.ground {
        Ground::Decision(reason) if reason.zh == reason.en => reason.zh.clone(),
        Ground::Decision(reason) => format!("{} ({})", reason.zh, reason.en),
        Ground::Availability { share, threshold } => {
            format!("data for {:.1} %, threshold {:.1} %", share * 100.0, threshold * 100.0)
        }
        Ground::Zeros { nonzero, threshold } => format!(
            "{:.1} % of the values are not zero, threshold {:.1} %",
            nonzero * 100.0,
            threshold * 100.0
        ),
    };
    let _ = writeln!(out, "{verdict}: {what}: {why}");
}
