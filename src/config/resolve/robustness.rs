//! Meaning of `robustness:`: defaults, and what cannot be combined.

use super::{aggregation, complain, normalisation};
use crate::config::aggregation::Aggregation;
use crate::config::imputation::{self, Imputation, RawImputation};
use crate::config::method::{Methodology, Node};
use crate::config::normalisation::Normalisation;
use crate::config::raw::{
    NormalisationWord, RawNodeReplay, RawNoiseKind, RawRobustness, RawTierReplay, RawValueNoise,
    RawWeightNoise, RawWeightSources,
};
use crate::config::treatment::{self, Treatment};
use crate::config::uncertainty::{
    NodeReplay, NoiseKind, TierReplay, Uncertainty, ValueNoise, WeightSources,
};
use crate::config::yaml::Place;
use crate::diag::{Code, Diagnostic, Findings};

/// Relative noise of weights where nothing is said; common in audits of composite indicators.
const WEIGHT_NOISE: f64 = 0.25;

/// The methods of the methodology, in whose place others may be drawn.
#[derive(Debug, Clone, Copy)]
pub(in crate::config) struct Nominal {
    /// Of nodes that state none.
    pub aggregation: Aggregation,
    /// Of indicators that state none.
    pub treatment: Treatment,
    /// Of indicators that state none.
    pub imputation: Imputation,
}

/// Resolves the section (or its absence) for a framework of `depth` levels.
pub(in crate::config) fn robustness(
    raw: Option<RawRobustness>,
    nominal: Nominal,
    depth: usize,
    place: Option<&Place>,
    findings: &mut Findings,
) -> Uncertainty {
    let stated = raw.is_some();
    let raw = raw.unwrap_or(RawRobustness {
        replicates: None,
        seed: None,
        weights: None,
        treatment: None,
        imputation: None,
        normalisation: None,
        aggregation: None,
        noise: None,
        tiers: None,
        nodes: None,
        sobol: None,
    });
    let alone = raw.treatment.is_none()
        && raw.imputation.is_none()
        && raw.normalisation.is_none()
        && raw.aggregation.is_none()
        && raw.noise.is_none();
    let treatment = drawn(raw.treatment.as_deref(), place, "treatment", |own, at| {
        treatment::resolve(own, at, findings)
    });
    let imputation = drawn(raw.imputation.as_deref(), place, "imputation", |own, at| {
        drawn_imputation(own, at, findings)
    });
    let weights = match &raw.weights {
        Some(weights) => by_level(weights, depth, place, findings),
        None => vec![if alone { WEIGHT_NOISE } else { 0.0 }; depth],
    };
    let methods = place.and_then(|p| p.get("normalisation"));
    let normalisation: Vec<Normalisation> = raw
        .normalisation
        .unwrap_or_default()
        .into_iter()
        .enumerate()
        .map(|(i, n)| drawn_normalisation(n, methods.and_then(|m| m.index(i)), findings))
        .collect();
    let means = place.and_then(|p| p.get("aggregation"));
    let aggregation: Vec<Aggregation> = raw
        .aggregation
        .unwrap_or_default()
        .iter()
        .enumerate()
        .map(|(i, a)| aggregation(a, means.and_then(|m| m.index(i)), findings))
        .collect();
    let tiers = match raw.tiers {
        None | Some(RawTierReplay::NominalSizes) => TierReplay::NominalSizes,
        Some(RawTierReplay::NominalCuts) => TierReplay::NominalCuts,
        Some(RawTierReplay::Recomputed) => TierReplay::Recomputed,
    };
    if tiers == TierReplay::NominalCuts && normalisation.len() + aggregation.len() > 0 {
        findings.push(
            Diagnostic::error(
                Code::ConfigInvalid,
                "the cut values of the report mean nothing on the scale of another method",
            )
            .at_opt(place.map(|p| p.span_of("tiers")), "cut values kept here")
            .help("use `tiers: nominal-sizes` or `tiers: recomputed`"),
        );
    }
    let sobol = raw.sobol.as_ref();
    Uncertainty {
        stated,
        replicates: raw.replicates.unwrap_or(1000),
        seed: raw.seed.unwrap_or(1),
        weights,
        treatment,
        imputation,
        normalisation,
        aggregation,
        nominal_aggregation: nominal.aggregation,
        nominal_treatment: nominal.treatment,
        nominal_imputation: nominal.imputation,
        noise: raw.noise.as_ref().map(value_noise),
        tiers,
        nodes: match raw.nodes {
            None | Some(RawNodeReplay::Dimensions) => NodeReplay::Dimensions,
            Some(RawNodeReplay::Index) => NodeReplay::Index,
            Some(RawNodeReplay::All) => NodeReplay::All,
        },
        sobol_samples: sobol.and_then(|s| s.samples).unwrap_or(500),
        weight_sources: match sobol.and_then(|s| s.weights) {
            Some(RawWeightSources::Whole) => WeightSources::Whole,
            Some(RawWeightSources::Parents) => WeightSources::Parents,
            None | Some(RawWeightSources::Levels) => WeightSources::Levels,
        },
    }
}

/// Resolves a list of rules, each at its place.
fn drawn<R, T>(
    raw: Option<&[R]>,
    place: Option<&Place>,
    key: &str,
    mut resolve: impl FnMut(&R, Option<&Place>) -> T,
) -> Vec<T> {
    let list = place.and_then(|p| p.get(key));
    let all = raw.unwrap_or_default().iter().enumerate();
    all.map(|(at, own)| resolve(own, list.and_then(|l| l.index(at)))).collect()
}

fn drawn_imputation(
    raw: &RawImputation,
    place: Option<&Place>,
    findings: &mut Findings,
) -> Imputation {
    let own = imputation::resolve(raw, place, findings);
    // Other years are looked up where formulas are computed, once for all replicates.
    if own.is_over_time() {
        let message = format!(
            "`{}` works on columns of the data and cannot be drawn; state it under `missing`",
            own.word()
        );
        complain(findings, message, place, "method");
    }
    own
}

fn drawn_normalisation(
    raw: NormalisationWord,
    place: Option<&Place>,
    findings: &mut Findings,
) -> Normalisation {
    let own = normalisation(&raw.full(), place, findings);
    // Both need data beyond the indicator's own values, which only its main form is read with.
    let foreign =
        matches!(own, Normalisation::BasePeriod { .. } | Normalisation::DistanceToReference { .. });
    if foreign {
        let message = format!("`{}` belongs to an indicator and cannot be drawn", own.word());
        complain(findings, message, place, "method");
    }
    own
}

fn by_level(
    raw: &RawWeightNoise,
    depth: usize,
    place: Option<&Place>,
    findings: &mut Findings,
) -> Vec<f64> {
    let rest = raw.noise.unwrap_or(WEIGHT_NOISE);
    let listed = raw.by_level.as_deref().unwrap_or(&[]);
    let list = place.and_then(|p| p.get("weights")).and_then(|p| p.get("by-level"));
    for (i, &noise) in listed.iter().enumerate() {
        if !(0.0..=1.0).contains(&noise) {
            findings.push(
                Diagnostic::error(
                    Code::ConfigInvalid,
                    format!("the noise of weights at level {} is {noise}", i + 1),
                )
                .at_opt(list.and_then(|l| l.index(i)).map(|p| p.span), "must lie within 0 and 1"),
            );
        }
    }
    if listed.len() > depth {
        findings.push(
            Diagnostic::error(
                Code::ConfigInvalid,
                format!("noise for {} levels, but the framework has {depth}", listed.len()),
            )
            .at_opt(list.map(|l| l.span), ""),
        );
    }
    (0..depth).map(|level| listed.get(level).copied().unwrap_or(rest)).collect()
}

fn value_noise(raw: &RawValueNoise) -> ValueNoise {
    let kind = match raw.kind {
        Some(RawNoiseKind::Normal) => NoiseKind::Normal,
        None | Some(RawNoiseKind::Uniform) => NoiseKind::Uniform,
    };
    ValueNoise { kind, relative: raw.relative }
}

/// Refuses drawn methods with figures on the scale of the data for indicators whose treatment may
/// leave that scale.
fn refuse_fixed_scales(method: &Methodology, place: Option<&Place>, findings: &mut Findings) {
    for own in method.robustness.normalisation.iter().filter(|own| own.is_fixed()) {
        let transformed = method.nodes.iter().find(|node| {
            node.indicator().is_some_and(|spec| {
                spec.normalisation == method.normalisation && spec.treatment.may_transform()
            })
        });
        if let Some(node) = transformed {
            let message = format!(
                "`{}` is on the scale of the data, which the treatment of `{}` may leave",
                own.word(),
                node.code
            );
            complain(findings, message, place, "normalisation");
        }
    }
}

/// Refuses drawn treatments that may leave the scale of the data for indicators that are compared
/// with figures on it, be it nominally or by a drawn method.
fn refuse_transformations(method: &Methodology, place: Option<&Place>, findings: &mut Findings) {
    let spec = &method.robustness;
    if !spec.treatment.iter().any(|own| own.may_transform()) {
        return;
    }
    let fixed = method.nodes.iter().find_map(|node| {
        let own = node.indicator().filter(|own| own.treatment == spec.nominal_treatment)?;
        let varies = own.normalisation == method.normalisation;
        let drawn = spec.normalisation.iter().filter(|_| varies);
        let scale = std::iter::once(&own.normalisation).chain(drawn).find(|n| n.is_fixed())?;
        Some((node, scale))
    });
    if let Some((node, scale)) = fixed {
        let message = format!(
            "`{}` compares `{}` with figures on the scale of the data, which a drawn treatment may \
             leave",
            scale.word(),
            node.code
        );
        complain(findings, message, place, "treatment");
    }
}

/// Refuses a mean that takes scores above zero only over a scale that starts at zero, in any combination that is drawn.
pub(in crate::config) fn check_robustness(
    method: &Methodology,
    place: Option<&Place>,
    findings: &mut Findings,
) {
    let spec = &method.robustness;
    refuse_transformations(method, place, findings);
    if spec.normalisation.is_empty() && spec.aggregation.is_empty() {
        return;
    }
    refuse_fixed_scales(method, place, findings);
    let Some(node) = method.nodes.iter().find(|node| can_want_positive(method, node)) else {
        return;
    };
    let zero = |n: &Normalisation| n.lowest().is_some_and(|low| low <= 0.0);
    let nominal = spec.normalisation.is_empty() && zero(&method.normalisation);
    if nominal || spec.normalisation.iter().any(zero) {
        let key = if nominal { "aggregation" } else { "normalisation" };
        findings.push(
            Diagnostic::error(
                Code::ConfigInvalid,
                format!(
                    "a mean at `{}` that takes scores above zero only can meet zero",
                    node.code
                ),
            )
            .at_opt(place.map(|p| p.span_of(key)), "drawn here")
            .help("start every scale above zero, such as `range: [1, 100]`"),
        );
    }
}

/// Whether indicators whose normalisation is drawn are ever combined by a mean that takes scores
/// above zero only.
fn can_want_positive(method: &Methodology, node: &Node) -> bool {
    let Some(own) = node.aggregation() else { return false };
    let spec = &method.robustness;
    let varies = node.children().iter().any(|&c| {
        method.nodes[c].indicator().is_some_and(|i| i.normalisation == method.normalisation)
    });
    let drawn = own == spec.nominal_aggregation && !spec.aggregation.is_empty();
    let positive = if drawn {
        spec.aggregation.iter().any(|a| a.wants_positive())
    } else {
        own.wants_positive()
    };
    varies && positive
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::methodology;

    const FRAME: &str = "framework: [{ code: a, children: [{ code: x }, { code: y }] }]\n";

    fn spec(section: &str) -> Result<Uncertainty, Vec<String>> {
        methodology(&format!("schema-version: 1\n{section}\n{FRAME}"))
            .map(|m| m.robustness)
            .map_err(|found| found.into_iter().map(|d| d.message).collect())
    }

    #[test]
    fn weights_vary_only_where_nothing_else_is_said() {
        let silent = spec("").unwrap();
        assert_eq!((silent.replicates, silent.seed, silent.weights), (1000, 1, vec![0.25, 0.25]));
        let gaps =
            spec("robustness: { imputation: [none, mean], treatment: [none, winsorise-log] }");
        let gaps = gaps.unwrap();
        assert_eq!((gaps.imputation.len(), gaps.treatment.len()), (2, 2));
        assert_eq!(gaps.weights, [0.0, 0.0]);
        let noisy = spec("robustness: { noise: { relative: 0.05 } }").unwrap();
        assert_eq!(noisy.weights, [0.0, 0.0]);
        assert_eq!(noisy.noise.map(|n| n.kind), Some(NoiseKind::Uniform));
        let levels = spec("robustness: { weights: { noise: 0.1, by-level: [0.3] } }").unwrap();
        assert_eq!(levels.weights, [0.3, 0.1]);
    }

    #[test]
    fn what_cannot_be_drawn_is_refused() {
        let geometric = spec("robustness: { aggregation: [arithmetic, geometric] }").unwrap_err();
        assert_eq!(geometric.len(), 1, "{geometric:?}");
        let above = spec(
            "normalisation: { method: min-max, range: [1, 100] }\n\
             robustness: { aggregation: [arithmetic, geometric] }",
        );
        assert_eq!(above.unwrap().aggregation.len(), 2);
        let cuts = "robustness: { tiers: nominal-cuts, normalisation: [{ method: z-score }] }";
        assert_eq!(spec(cuts).unwrap_err().len(), 1);
        let deep = "robustness: { weights: { by-level: [0.1, 0.1, 2.0] } }";
        assert_eq!(spec(deep).unwrap_err().len(), 2);
        let years = "robustness: { imputation: [none, { method: latest, max-age: 2 }] }";
        assert_eq!(
            spec(years).unwrap_err(),
            ["`latest` works on columns of the data and cannot be drawn; state it under `missing`"]
        );
        let treated = "normalisation: { method: goalposts, low: 0, high: 9 }\n\
                       robustness: { treatment: [none, winsorise-log] }";
        assert_eq!(
            spec(treated).unwrap_err(),
            ["`goalposts` compares `x` with figures on the scale of the data, which a drawn \
              treatment may leave"]
        );
        let posts = "robustness: { normalisation: [{ method: goalposts, low: 0, high: 9 }] }";
        assert!(spec(posts).is_ok());
        assert_eq!(
            spec(&format!("treatment: winsorise-log\n{posts}")).unwrap_err(),
            ["`goalposts` is on the scale of the data, which the treatment of `x` may leave"]
        );
    }
}
