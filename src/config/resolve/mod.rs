//! Meaning of the methods: raw forms become the types of `config`, with every option decided.

mod aggregation;
pub(super) mod networks;
mod normalisation;
mod positive;
mod robustness;
mod tiers;
mod typology;
mod variant_nodes;
mod variants;
mod weighting;
mod years;

pub(super) use aggregation::aggregation;
pub(super) use normalisation::{normalisation, over};
pub(super) use positive::check_positive;
pub(super) use robustness::{Nominal, check_robustness, robustness};
pub(super) use tiers::tier_rule;
pub(super) use typology::typology;
pub(super) use variants::variants;
pub(super) use weighting::weighting;
pub(super) use years::{check_pooling, years};

use crate::config::yaml::{Place, PlaceValue};
use crate::diag::{Code, Diagnostic, Findings};

/// Pushes a mistake at a key of a place, or at the place itself.
fn complain(findings: &mut Findings, message: impl Into<String>, place: Option<&Place>, key: &str) {
    findings.push(
        Diagnostic::error(Code::ConfigInvalid, message).at_opt(place.map(|p| p.span_of(key)), ""),
    );
}

/// Refuses keys that the chosen method has no use for.
fn refuse_others(findings: &mut Findings, place: Option<&Place>, method: &str, used: &[&str]) {
    let Some(PlaceValue::Mapping(entries)) = place.map(|p| &p.value) else { return };
    for (key, span, _) in entries.iter().filter(|(key, _, _)| key != "method") {
        if used.contains(&key.as_str()) {
            continue;
        }
        let mut keys: Vec<String> = used.iter().map(|k| format!("`{k}`")).collect();
        keys.sort_unstable();
        let help = if keys.is_empty() {
            format!("take it out: `{method}` has no options")
        } else {
            format!("options of `{method}` are {}", keys.join(", "))
        };
        findings.push(
            Diagnostic::error(Code::ConfigInvalid, format!("`{method}` has no use for `{key}`"))
                .at(*span, "")
                .help(help),
        );
    }
}
