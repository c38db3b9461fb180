//! The reading of the index as JSON.

use serde_json::{Value, json};

use crate::content::Results;
use crate::index::reading::{Flag, Reading, Relation};

/// Correlations, alpha, components, influence, distributions, distances, obstacles, coupling.
#[must_use]
pub(super) fn reading(results: &Results, read: &Reading) -> Value {
    json!({
        "correlations": correlations(results, read),
        "consistency": consistency(results, read),
        "components": components(results, read),
        "influence": influence(results, read),
        "distributions": distributions(results, read),
        "distances": distances(results, read),
        "obstacles": obstacles(results, read),
        "coupling": coupling(results, read),
    })
}

fn correlations(results: &Results, read: &Reading) -> Value {
    read.associations
        .iter()
        .map(|a| {
            json!({
                "left": node(results, a.left),
                "right": node(results, a.right),
                "relation": relation(a.relation),
                "count": a.count,
                "pearson": a.pearson,
                "spearman": a.spearman,
                "kendall": a.kendall,
                "flag": a.flag.map(flag),
            })
        })
        .collect()
}

fn consistency(results: &Results, read: &Reading) -> Value {
    read.consistency
        .iter()
        .map(|c| {
            json!({
                "node": node(results, c.node),
                "items": c.items,
                "count": c.count,
                "alpha": c.alpha,
                "indicators": c.indicators,
                "alpha_indicators": c.alpha_indicators,
            })
        })
        .collect()
}

fn influence(results: &Results, read: &Reading) -> Value {
    read.influence
        .iter()
        .map(|i| {
            json!({
                "node": node(results, i.node),
                "effective_weight": i.effective_weight,
                "correlation": i.correlation,
                "influence": i.influence,
                "share": i.share,
            })
        })
        .collect()
}

fn distributions(results: &Results, read: &Reading) -> Value {
    read.shapes
        .iter()
        .map(|s| {
            json!({
                "node": node(results, s.node),
                "count": s.count,
                "skewness": s.skewness,
                "kurtosis": s.kurtosis,
                "coefficient_of_variation": s.coefficient_of_variation,
                "gini": s.gini,
                "above_mean": s.above_mean,
            })
        })
        .collect()
}

fn distances(results: &Results, read: &Reading) -> Value {
    read.distances
        .iter()
        .map(|d| {
            json!({
                "unit": unit(results, d.unit),
                "next": d.next.map(|next| unit(results, next)),
                "to_next": d.to_next,
                "to_leader": d.to_leader,
            })
        })
        .collect()
}

fn obstacles(results: &Results, read: &Reading) -> Value {
    let leaves: Vec<usize> = results.config.method.indicators().collect();
    read.obstacles
        .iter()
        .map(|o| {
            let degrees: Value = leaves
                .iter()
                .zip(&o.degrees)
                .filter_map(|(&n, d)| d.map(|d| json!({ "node": node(results, n), "degree": d })))
                .collect();
            json!({ "unit": unit(results, o.unit), "degrees": degrees })
        })
        .collect()
}

fn coupling(results: &Results, read: &Reading) -> Value {
    read.couplings
        .iter()
        .map(|c| {
            json!({
                "unit": unit(results, c.unit),
                "coupling": c.coupling,
                "level": c.level,
                "coordination": c.coordination,
            })
        })
        .collect()
}

fn components(results: &Results, read: &Reading) -> Option<Value> {
    read.components.as_ref().map(|found| {
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
        let indicators: Vec<&str> = found.indicators.iter().map(|&n| node(results, n)).collect();
        json!({ "count": found.count, "indicators": indicators, "components": list })
    })
}

fn node(results: &Results, at: usize) -> &str {
    &results.node(at).code
}

fn unit(results: &Results, at: usize) -> &str {
    &results.unit(at).code
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
