//! Meaning of `robustness:`: defaults, and what cannot be combined.

use super::{Findings, aggregation, lowest, normalisation};
use crate::config::method::{Aggregation, Methodology, NodeKind, Normalisation};
use crate::config::raw::{
    RawNoiseKind, RawRobustness, RawTierReplay, RawValueNoise, RawWeightNoise, RawWeightSources,
};
use crate::config::uncertainty::{NoiseKind, TierReplay, Uncertainty, ValueNoise, WeightSources};
use crate::config::yaml::Place;
use crate::diag::{Code, Diagnostic};

/// Relative noise of weights where nothing is said; common in audits of composite indicators.
const WEIGHT_NOISE: f64 = 0.25;

/// Resolves the section (or its absence) for a framework of `depth` levels.
pub(super) fn resolve(
    raw: Option<RawRobustness>,
    depth: usize,
    place: Option<&Place>,
    findings: &mut Findings,
) -> Uncertainty {
    let raw = raw.unwrap_or(RawRobustness {
        replicates: None,
        seed: None,
        weights: None,
        normalisation: None,
        aggregation: None,
        noise: None,
        tiers: None,
        sobol: None,
    });
    let alone = raw.normalisation.is_none() && raw.aggregation.is_none() && raw.noise.is_none();
    let weights = match &raw.weights {
        Some(weights) => by_level(weights, depth, place, findings),
        None => vec![if alone { WEIGHT_NOISE } else { 0.0 }; depth],
    };
    let methods = place.and_then(|p| p.get("normalisation"));
    let normalisation: Vec<Normalisation> = raw
        .normalisation
        .unwrap_or_default()
        .iter()
        .enumerate()
        .map(|(i, n)| normalisation(n, methods.and_then(|m| m.index(i)), findings))
        .collect();
    let aggregation: Vec<Aggregation> =
        raw.aggregation.unwrap_or_default().into_iter().map(aggregation).collect();
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
        replicates: raw.replicates.unwrap_or(1000),
        seed: raw.seed.unwrap_or(1),
        weights,
        normalisation,
        aggregation,
        noise: raw.noise.as_ref().map(value_noise),
        tiers,
        sobol_samples: sobol.and_then(|s| s.samples).unwrap_or(500),
        weight_sources: match sobol.and_then(|s| s.weights) {
            Some(RawWeightSources::Whole) => WeightSources::Whole,
            Some(RawWeightSources::Parents) => WeightSources::Parents,
            None | Some(RawWeightSources::Levels) => WeightSources::Levels,
        },
    }
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

/// Refuses a geometric mean over a scale that starts at zero, in any combination that is drawn.
pub(super) fn check(method: &Methodology, place: Option<&Place>, findings: &mut Findings) {
    let spec = &method.robustness;
    if spec.normalisation.is_empty() && spec.aggregation.is_empty() {
        return;
    }
    let Some(node) = method.nodes.iter().find(|node| can_be_geometric(method, &node.kind)) else {
        return;
    };
    let zero = |n: &Normalisation| lowest(*n) <= 0.0;
    let nominal = spec.normalisation.is_empty() && zero(&method.normalisation);
    if nominal || spec.normalisation.iter().any(zero) {
        let key = if nominal { "aggregation" } else { "normalisation" };
        findings.push(
            Diagnostic::error(
                Code::ConfigInvalid,
                format!("a geometric mean at `{}` can meet scores of zero", node.code),
            )
            .at_opt(place.map(|p| p.span_of(key)), "drawn here")
            .help("start every scale above zero, such as `range: [1, 100]`"),
        );
    }
}

/// Whether indicators right below a dimension are ever combined by a geometric mean.
fn can_be_geometric(method: &Methodology, kind: &NodeKind) -> bool {
    let NodeKind::Dimension { aggregation, children, .. } = kind else { return false };
    let varies = children.iter().any(|&c| {
        method.nodes[c].indicator().is_some_and(|i| i.normalisation == method.normalisation)
    });
    let drawn = method.nodes[0].aggregation() == Some(*aggregation)
        && !method.robustness.aggregation.is_empty();
    let geometric = if drawn {
        method.robustness.aggregation.contains(&Aggregation::Geometric)
    } else {
        *aggregation == Aggregation::Geometric
    };
    varies && geometric
}

#[cfg(test)]
mod tests {
    use super::super::tests::tree;
    use super::*;

    const FRAME: &str = "framework: [{ code: a, children: [{ code: x }, { code: y }] }]\n";

    fn spec(section: &str) -> Result<Uncertainty, Vec<String>> {
        tree(&format!("schema-version: 1\n{section}\n{FRAME}")).map(|m| m.robustness)
    }

    #[test]
    fn weights_vary_only_where_nothing_else_is_said() {
        let silent = spec("").unwrap();
        assert_eq!((silent.replicates, silent.seed, silent.weights), (1000, 1, vec![0.25, 0.25]));
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
    }
}
