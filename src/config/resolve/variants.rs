//! Meaning of `variants`: the main methodology with some of its methods replaced, everywhere or at
//! single nodes.

use std::collections::BTreeMap;

use super::variant_nodes::change_nodes;
use super::{aggregation, check_positive, complain, normalisation, over, weighting};
use crate::config::method::{Methodology, Node, NodeKind};
use crate::config::normalisation::{Normalisation, Over};
use crate::config::raw::{RawVariant, WeightingWord};
use crate::config::variant::{MAIN, Variant};
use crate::config::weighting::Weighting;
use crate::config::yaml::{Place, PlaceValue};
use crate::config::{Direction, treatment};
use crate::diag::{Findings, Span};
use crate::lang::Localised;

/// Resolves the variants, in the order of the file.
pub(in crate::config) fn variants(
    mut raw: BTreeMap<String, RawVariant>,
    main: &Methodology,
    place: &Place,
    findings: &mut Findings,
) -> Vec<Variant> {
    let PlaceValue::Mapping(entries) = &place.value else { return Vec::new() };
    let mut variants = Vec::new();
    for (id, span, at) in entries {
        let Some(raw) = raw.remove(id) else { continue };
        let everywhere =
            raw.normalisation.is_some() || raw.weighting.is_some() || raw.aggregation.is_some();
        if !everywhere && raw.nodes.as_ref().is_none_or(BTreeMap::is_empty) {
            complain(findings, format!("variant `{id}` changes nothing"), Some(at), id);
        }
        if id.contains(',') {
            // `--variants A,B` could not name it.
            complain(findings, format!("the name of variant `{id}` has a comma"), Some(at), id);
        }
        if id == MAIN {
            complain(findings, format!("`{MAIN}` is the name of the main result"), Some(at), id);
        }
        variants.push(variant(id, *span, raw, main, at, findings));
    }
    variants
}

fn variant(
    id: &str,
    span: Span,
    raw: RawVariant,
    main: &Methodology,
    place: &Place,
    findings: &mut Findings,
) -> Variant {
    let mut method = main.clone();
    let name = raw.name.unwrap_or_else(|| Localised::same(id));
    if let Some(word) = raw.normalisation {
        let at = place.get("normalisation");
        let full = word.full();
        let own = normalisation(&full, at, findings);
        let pooled = over(&full);
        if pooled == Over::Pooled && main.years.is_empty() {
            complain(findings, "`over: pooled` needs `years`", at, "over");
        }
        for node in &mut method.nodes {
            replace_normalisation(node, &own, pooled, place, findings);
        }
        method.normalisation = own;
    }
    if let Some(word) = raw.aggregation {
        let own = aggregation(&word, place.get("aggregation"), findings);
        for node in &mut method.nodes {
            if let NodeKind::Dimension { aggregation, .. } = &mut node.kind {
                *aggregation = own;
            }
        }
        method.robustness.nominal_aggregation = own;
    }
    if let Some(word) = raw.weighting {
        let mut told = Vec::new();
        for position in 0..method.nodes.len() {
            let mut found = Findings::default();
            reweigh(&mut method, position, &word, (place.get("weighting"), place), &mut found);
            for diagnostic in found.finish(()).err().unwrap_or_default() {
                // A mistake in the options would be told at every node.
                if !told.contains(&diagnostic) {
                    told.push(diagnostic.clone());
                    findings.push(diagnostic);
                }
            }
        }
    }
    let changes = match (raw.nodes, place.get("nodes")) {
        (Some(nodes), Some(at)) => change_nodes(&mut method, nodes, at, findings),
        _ => Vec::new(),
    };
    check_positive(&method.nodes, Some(span), findings);
    Variant { id: id.to_owned(), span, name, method, changes }
}

fn replace_normalisation(
    node: &mut Node,
    own: &Normalisation,
    over: Over,
    place: &Place,
    findings: &mut Findings,
) {
    let code = node.code.clone();
    let NodeKind::Indicator(spec) = &mut node.kind else { return };
    if spec.normalisation.is_directionless() {
        return;
    }
    if spec.direction == Direction::Negative && own.is_positive_only() {
        let message = format!("`{code}` is negative and cannot be scored by `{}`", own.word());
        complain(findings, message, Some(place), "normalisation");
    }
    spec.normalisation = own.clone();
    spec.over = over;
    if let Some(found) = treatment::conflict(&code, spec) {
        complain(findings, found.message, Some(place), "normalisation");
    }
}

/// Weighs the children of a node in another way; a node without children stays as it is. `at` is
/// the place of the weighting and that of what holds it.
pub(super) fn reweigh(
    method: &mut Methodology,
    position: usize,
    word: &WeightingWord,
    at: (Option<&Place>, &Place),
    findings: &mut Findings,
) {
    let children = method.nodes[position].children();
    if children.is_empty() {
        return;
    }
    let codes: Vec<String> = children.iter().map(|&c| method.nodes[c].code.clone()).collect();
    let node = &method.nodes[position].code;
    let own = weighting(word, at.0, node, &codes, findings);
    let inner = children.iter().find(|&&c| method.nodes[c].indicator().is_none());
    if let Some(&inner) = inner.filter(|_| own.uses_raw()) {
        let inner = &method.nodes[inner].code;
        let message = format!("`{node}` is weighted by raw values, but `{inner}` is no indicator");
        complain(findings, message, Some(at.1), "weighting");
    }
    replace_weighting(&mut method.nodes, position, own);
}

#[expect(clippy::cast_precision_loss, reason = "counts of children stay far below 2^52")]
pub(super) fn replace_weighting(nodes: &mut [Node], position: usize, own: Weighting) {
    let children = nodes[position].children().to_vec();
    if !own.uses_given() {
        for &child in &children {
            nodes[child].weight = 1.0 / children.len() as f64;
        }
    }
    if let NodeKind::Dimension { weighting, .. } = &mut nodes[position].kind {
        *weighting = own;
    }
}
