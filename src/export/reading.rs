//! The reading of the index as JSON.

use serde_json::{Value, json};

use crate::content::Results;
use crate::index::reading::{Flag, Reading, Relation};

/// Correlations, alpha, components, influence, distributions, distances, obstacles, coupling.
#[must_use]
pub(super) fn reading(results: &Results, read: &Reading) -> Value {
    let node = |at: usize| results.node(at).code.as_str();
    let unit = |at: usize| results.unit(at).code.as_str();
    let leaves: Vec<usize> = results.config.method.indicators().collect();
    let correlations: Value = read
        .associations
        .iter()
        .map(|a| {
            json!({
                "left": node(a.left),
                "right": node(a.right),
                "relation": relation(a.relation),
                "count": a.count,
                "pearson": a.pearson,
                "spearman": a.spearman,
                "kendall": a.kendall,
                "flag": a.flag.map(flag),
            })
        })
        .collect();
    let consistency: Value = read
        .consistency
        .iter()
        .map(|c| {
            json!({
                "node": node(c.node),
                "items": c.items,
                "count": c.count,
                "alpha": c.alpha,
                "indicators": c.indicators,
                "alpha_indicators": c.alpha_indicators,
            })
        })
        .collect();
    let components = read.components.as_ref().map(|found| {
        let list: Value = found
            .components
            .iter()
            .map(|c| {
                json!({
                    "eigenvalue": c.eigenvalue,
                    "share": c.share,
                    "cumulative": c.cumulative,
                    "vector": c.vector,
                })
            })
            .collect();
        let indicators: Vec<&str> = found.indicators.iter().map(|&n| node(n)).collect();
        json!({ "count": found.count, "indicators": indicators, "components": list })
    });
    let influence: Value = read
        .influence
        .iter()
        .map(|i| {
            json!({
                "node": node(i.node),
                "effective_weight": i.effective_weight,
                "correlation": i.correlation,
                "influence": i.influence,
                "share": i.share,
            })
        })
        .collect();
    let distributions: Value = read
        .shapes
        .iter()
        .map(|s| {
            json!({
                "node": node(s.node),
                "count": s.count,
                "skewness": s.skewness,
                "kurtosis": s.kurtosis,
                "coefficient_of_variation": s.coefficient_of_variation,
                "gini": s.gini,
                "above_mean": s.above_mean,
            })
        })
        .collect();
    let distances: Value = read
        .distances
        .iter()
        .map(|d| {
            json!({
                "unit": unit(d.unit),
                "next": d.next.map(unit),
                "to_next": d.to_next,
                "to_leader": d.to_leader,
            })
        })
        .collect();
    let obstacles: Value = read
        .obstacles
        .iter()
        .map(|o| {
            let degrees: Value = leaves
                .iter()
                .zip(&o.degrees)
                .filter_map(|(&n, d)| d.map(|d| json!({ "node": node(n), "degree": d })))
                .collect();
            json!({ "unit": unit(o.unit), "degrees": degrees })
        })
        .collect();
    let coupling: Value = read
        .couplings
        .iter()
        .map(|c| {
            json!({
                "unit": unit(c.unit),
                "coupling": c.coupling,
                "level": c.level,
                "coordination": c.coordination,
            })
        })
        .collect();
    json!({
        "correlations": correlations,
        "consistency": consistency,
        "components": components,
        "influence": influence,
        "distributions": distributions,
        "distances": distances,
        "obstacles": obstacles,
        "coupling": coupling,
    })
}

const fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Siblings => "siblings",
        Relation::Level => "level",
        Relation::Parent => "parent",
        Relation::Ancestor => "ancestor",
    }
}

const fn flag(flag: Flag) -> &'static str {
    match flag {
        Flag::Negative => "negative",
        Flag::High => "high",
    }
}
