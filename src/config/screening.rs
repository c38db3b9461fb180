//! Screening: which units and indicators stay in, beyond the thresholds of `missing`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::config::Node;
use crate::config::yaml::Place;
use crate::diag::{Code, Diagnostic, Findings, Span, nearest};
use crate::lang::Localised;

/// Which units and indicators stay in, beyond the thresholds of `missing`.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawScreening {
    /// Least share of an indicator's values that are not zero. Default: no such rule.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub indicator_nonzero: Option<f64>,
    /// Least share of a unit's values that are not zero. Default: no such rule.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub unit_nonzero: Option<f64>,
    /// Units and indicators that stay in whatever the thresholds say. Default: none.
    pub include: Option<Vec<RawForced>>,
    /// Units and indicators that are left out whatever the thresholds say. Default: none.
    pub exclude: Option<Vec<RawForced>>,
}

/// A unit or an indicator that is kept or left out by decision.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawForced {
    /// The unit, by name or code. Either this or `indicator`.
    pub unit: Option<String>,
    /// The indicator, by code. Either this or `unit`.
    pub indicator: Option<String>,
    /// Why; printed in the report.
    pub reason: Localised<String>,
}

/// Which units and indicators stay in, beyond the thresholds of [`Missing`](crate::config::Missing).
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ScreeningRule {
    /// Least share of an indicator's values that are not zero.
    pub indicator_nonzero: Option<f64>,
    /// Least share of a unit's values that are not zero.
    pub unit_nonzero: Option<f64>,
    /// What is kept or left out by decision, in the order of the file.
    pub forced: Vec<Forced>,
}

/// A unit or an indicator that is kept or left out by decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Forced {
    /// Which one.
    pub target: Target,
    /// Whether it is kept.
    pub kept: bool,
    /// Why.
    pub reason: Localised<String>,
    /// Where it is named.
    pub span: Span,
}

/// A unit or an indicator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A unit, as written; the data know its position.
    Unit(String),
    /// An indicator, by position in the methodology.
    Indicator(usize),
}

/// Checks the rules against the framework.
pub(super) fn resolve(
    raw: RawScreening,
    place: Option<&Place>,
    nodes: &[Node],
    findings: &mut Findings,
) -> ScreeningRule {
    let mut forced: Vec<Forced> = Vec::new();
    let lists = [("include", raw.include, true), ("exclude", raw.exclude, false)];
    for (key, list, kept) in lists {
        let places = place.and_then(|p| p.get(key));
        for (i, entry) in list.into_iter().flatten().enumerate() {
            let Some(own) = places.and_then(|p| p.index(i)) else { continue };
            let Some((target, span)) = findings.keep(target(&entry, own, nodes)) else { continue };
            if let Some(first) = forced.iter().find(|other| other.target == target) {
                findings.push(
                    Diagnostic::error(Code::ConfigInvalid, "the screening names it twice")
                        .at(span, "again here")
                        .at(first.span, "first here"),
                );
            }
            forced.push(Forced { target, kept, reason: entry.reason, span });
        }
    }
    ScreeningRule {
        indicator_nonzero: raw.indicator_nonzero,
        unit_nonzero: raw.unit_nonzero,
        forced,
    }
}

fn target(entry: &RawForced, own: &Place, nodes: &[Node]) -> Result<(Target, Span), Diagnostic> {
    match (&entry.unit, &entry.indicator) {
        (Some(unit), None) => Ok((Target::Unit(unit.clone()), own.span_of("unit"))),
        (None, Some(code)) => {
            let span = own.span_of("indicator");
            let mut indicators = nodes.iter().enumerate().filter(|(_, n)| n.indicator().is_some());
            match indicators.clone().find(|(_, node)| node.code == *code) {
                Some((at, _)) => Ok((Target::Indicator(at), span)),
                None => Err(Diagnostic::error(
                    Code::ConfigUnknownName,
                    format!("the framework has no indicator `{code}`"),
                )
                .at(span, "")
                .did_you_mean(&nearest(code, indicators.by_ref().map(|(_, n)| n.code.as_str())))),
            }
        }
        _ => Err(Diagnostic::error(
            Code::ConfigInvalid,
            "an entry of the screening wants either `unit` or `indicator`",
        )
        .at(own.span, "")),
    }
}
