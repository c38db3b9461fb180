//! What a variant changes at single nodes.

use std::collections::{BTreeMap, BTreeSet};

use super::variants::{replace_weighting, reweigh};
use super::{aggregation, complain, normalisation, over};
use crate::config::method::{Direction, Methodology, NodeKind};
use crate::config::normalisation::Over;
use crate::config::raw::RawVariantNode;
use crate::config::screening::{Forced, Target};
use crate::config::treatment;
use crate::config::variant::{Changed, NodeChange};
use crate::config::weighting::Weighting;
use crate::config::yaml::{Place, PlaceValue};
use crate::diag::{Code, Diagnostic, Findings, nearest};
use crate::lang::Localised;

/// Keys that mean something to nodes with children.
const OF_DIMENSIONS: [&str; 3] = ["weights", "weighting", "aggregation"];
/// Keys that mean something to indicators.
const OF_INDICATORS: [&str; 2] = ["normalisation", "treatment"];

/// Makes the changes in the methodology of a variant and tells which they are.
pub(super) fn change_nodes(
    method: &mut Methodology,
    mut raw: BTreeMap<String, RawVariantNode>,
    place: &Place,
    findings: &mut Findings,
) -> Vec<NodeChange> {
    let PlaceValue::Mapping(entries) = &place.value else { return Vec::new() };
    let mut asked = Vec::new();
    for (code, span, own) in entries {
        let Some(raw) = raw.remove(code) else { continue };
        let Some(node) = method.position(code) else {
            let codes = method.nodes.iter().map(|n| n.code.as_str());
            let message = format!("the framework has no node `{code}`");
            let found = Diagnostic::error(Code::ConfigUnknownName, message).at(*span, "");
            findings.push(found.did_you_mean(&nearest(code, codes)));
            continue;
        };
        if is_sound(method, node, &raw, own, findings) {
            asked.push((node, raw, own));
        }
    }
    asked.sort_by_key(|(node, ..)| *node);
    // Weights need to know what is left out.
    let mut omitted = BTreeSet::new();
    for (node, ..) in asked.iter().filter(|(_, raw, _)| raw.omit == Some(true)) {
        omitted.extend(method.leaves(*node));
        omitted.insert(*node);
    }
    omit(method, &omitted, place, findings);
    let mut changes = Vec::new();
    for (node, raw, own) in asked {
        let mut change = Change { method, node, place: own, omitted: &omitted, findings };
        changes.extend(change.make(raw).into_iter().map(|what| NodeChange { node, what }));
    }
    changes
}

/// Refuses keys without meaning at a node.
fn is_sound(
    method: &Methodology,
    node: usize,
    raw: &RawVariantNode,
    place: &Place,
    findings: &mut Findings,
) -> bool {
    let mut found = Findings::default();
    let PlaceValue::Mapping(entries) = &place.value else { return false };
    let keys: Vec<&str> = entries.iter().map(|(key, ..)| key.as_str()).collect();
    let code = &method.nodes[node].code;
    let indicator = method.nodes[node].indicator().is_some();
    let (wrong, kind): (&[&str], &str) = if indicator {
        (&OF_DIMENSIONS, "an indicator, which has no children")
    } else {
        (&OF_INDICATORS, "a dimension, which has children")
    };
    for key in keys.iter().filter(|key| wrong.contains(*key)) {
        let message = format!("`{code}` is {kind}");
        found.push(
            Diagnostic::error(Code::ConfigInvalid, message)
                .at(place.span_of(key), format!("`{key}` has no meaning here")),
        );
    }
    let omits = raw.omit == Some(true);
    if keys.iter().all(|key| *key == "omit") && !omits {
        complain(&mut found, format!("nothing is changed at `{code}`"), Some(place), "omit");
    }
    if omits && keys.len() > 1 {
        let message = format!("`{code}` is left out, so nothing else can be changed there");
        complain(&mut found, message, Some(place), "omit");
    }
    if omits && node == 0 {
        complain(&mut found, "the whole index cannot be left out", Some(place), "omit");
    }
    if raw.weights.is_some() && raw.weighting.is_some() {
        let message = format!("`{code}` has `weights` and `weighting`; it takes one of them");
        complain(&mut found, message, Some(place), "weighting");
    }
    let sound = !found.failed();
    findings.extend_new(found);
    sound
}

/// Leaves indicators out by way of the screening, so that their weight goes to their siblings.
fn omit(
    method: &mut Methodology,
    omitted: &BTreeSet<usize>,
    place: &Place,
    findings: &mut Findings,
) {
    if !omitted.is_empty() && method.indicators().all(|leaf| omitted.contains(&leaf)) {
        complain(findings, "every indicator is left out", Some(place), "");
    }
    for leaf in method.indicators().filter(|leaf| omitted.contains(leaf)).collect::<Vec<_>>() {
        let target = Target::Indicator(leaf);
        let reason = Localised::new("本方案不计入", "left out in this variant");
        let own = Forced {
            target: target.clone(),
            kept: false,
            reason: reason.map(|text| (*text).to_owned()),
            span: place.span,
        };
        // Decisions on units are known by their place in the list, which must stay.
        match method.screening.forced.iter_mut().find(|other| other.target == target) {
            Some(other) => *other = own,
            None => method.screening.forced.push(own),
        }
    }
}

struct Change<'a> {
    method: &'a mut Methodology,
    node: usize,
    place: &'a Place,
    omitted: &'a BTreeSet<usize>,
    findings: &'a mut Findings,
}

impl Change<'_> {
    fn make(&mut self, raw: RawVariantNode) -> Vec<Changed> {
        let mut made = Vec::new();
        if raw.omit == Some(true) {
            made.push(Changed::Omitted);
        }
        if let Some(word) = raw.normalisation {
            let (full, at) = (word.full(), self.place.get("normalisation"));
            let own = normalisation(&full, at, self.findings);
            let pooled = over(&full);
            if pooled == Over::Pooled && self.method.years.is_empty() {
                complain(self.findings, "`over: pooled` needs `years`", at, "over");
            }
            let code = self.method.nodes[self.node].code.clone();
            if let NodeKind::Indicator(spec) = &mut self.method.nodes[self.node].kind {
                if spec.direction == Direction::Negative && own.is_positive_only() {
                    let word = own.word();
                    let message = format!("`{code}` is negative and cannot be scored by `{word}`");
                    complain(self.findings, message, Some(self.place), "normalisation");
                }
                spec.normalisation = own;
                spec.over = pooled;
            }
            made.push(Changed::Normalisation);
        }
        if let Some(rule) = &raw.treatment {
            let own = treatment::resolve(rule, self.place.get("treatment"), self.findings);
            if let NodeKind::Indicator(spec) = &mut self.method.nodes[self.node].kind {
                spec.treatment = own;
            }
            made.push(Changed::Treatment);
        }
        self.check_treatment(&made);
        if let Some(word) = &raw.weighting {
            let place = self.place.get("weighting");
            reweigh(self.method, self.node, word, (place, self.place), self.findings);
            made.push(Changed::Weighting);
        }
        if let Some(weights) = &raw.weights {
            self.weigh(weights);
            made.push(Changed::Weighting);
        }
        if let Some(word) = &raw.aggregation {
            let own = aggregation(word, self.place.get("aggregation"), self.findings);
            if let NodeKind::Dimension { aggregation, .. } = &mut self.method.nodes[self.node].kind
            {
                *aggregation = own;
            }
            made.push(Changed::Aggregation);
        }
        made
    }

    /// A treatment may move values off the scale that a normalisation compares them with.
    fn check_treatment(&mut self, made: &[Changed]) {
        let node = &self.method.nodes[self.node];
        let key = match made {
            [] | [Changed::Omitted, ..] => return,
            [Changed::Treatment, ..] => "treatment",
            _ => "normalisation",
        };
        let found = node.indicator().and_then(|spec| treatment::conflict(&node.code, spec));
        if let Some(found) = found {
            complain(self.findings, found.message, Some(self.place), key);
        }
    }

    /// Gives the children weights, which have to name every child that takes part.
    fn weigh(&mut self, weights: &BTreeMap<String, f64>) {
        let place = self.place.get("weights");
        let code = self.method.nodes[self.node].code.clone();
        let children = self.method.nodes[self.node].children().to_vec();
        let codes: Vec<String> =
            children.iter().map(|&c| self.method.nodes[c].code.clone()).collect();
        for (name, weight) in weights {
            let at = place.map(|p| p.span_of(name));
            if !codes.contains(name) {
                let message = format!("`{code}` has no child `{name}`");
                let found = Diagnostic::error(Code::ConfigUnknownName, message).at_opt(at, "");
                let near = nearest(name, codes.iter().map(String::as_str));
                self.findings.push(found.did_you_mean(&near));
            }
            if *weight < 0.0 || !weight.is_finite() {
                let message = format!("the weight of `{name}` is {weight}");
                let found = Diagnostic::error(Code::ConfigInvalid, message);
                self.findings.push(found.at_opt(at, "must be zero or more"));
            }
        }
        let takes_part = |child: usize| !self.omitted.contains(&child);
        for (&child, code) in children.iter().zip(&codes) {
            if takes_part(child) && !weights.contains_key(code) {
                let message = format!("`{code}` states no weight, though its siblings do");
                let found = Diagnostic::error(Code::ConfigMissingKey, message);
                self.findings.push(found.at_opt(place.map(|p| p.span), "it belongs here"));
            }
        }
        let stated = |code: &String| weights.get(code).copied().unwrap_or(0.0);
        let total: f64 = codes.iter().map(stated).sum();
        if total <= 0.0 {
            let message = format!("the weights below `{code}` are all zero");
            complain(self.findings, message, Some(self.place), "weights");
            return;
        }
        replace_weighting(&mut self.method.nodes, self.node, Weighting::Given);
        for (&child, code) in children.iter().zip(&codes) {
            self.method.nodes[child].weight = stated(code) / total;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::config::{Changed, Methodology, NodeChange, Normalisation, Weighting, methodology};
    use crate::diag::Diagnostic;

    fn with(nodes: &str) -> Result<Methodology, Vec<Diagnostic>> {
        methodology(&format!(
            "schema-version: 1\nvariants: {{ v: {{ nodes: {nodes} }} }}\nframework:\n  \
             - {{ code: a, children: [{{ code: x }}, {{ code: y, direction: negative }}] }}\n  \
             - {{ code: b, children: [{{ code: z }}] }}\n"
        ))
    }

    #[test]
    fn single_nodes_are_changed() {
        let method = with(
            "{ y: { normalisation: { method: target-type, target: 3 } }, index: { weights: { a: \
             3, b: 1 } }, a: { aggregation: median, weighting: entropy } }",
        )
        .unwrap();
        let variant = &method.variants[0];
        let of = |node, what| NodeChange { node, what };
        assert_eq!(
            variant.changes,
            [
                of(0, Changed::Weighting),
                of(1, Changed::Weighting),
                of(1, Changed::Aggregation),
                of(3, Changed::Normalisation)
            ]
        );
        let own = &variant.method;
        assert_eq!((own.nodes[1].weight, own.nodes[4].weight), (0.75, 0.25));
        assert_eq!(own.nodes[0].weighting(), Some(&Weighting::Given));
        assert!(matches!(own.nodes[1].weighting(), Some(Weighting::Entropy { .. })));
        let scale = |at: usize| own.nodes[at].indicator().unwrap().normalisation.clone();
        assert!(matches!(scale(3), Normalisation::TargetType { .. }));
        assert_eq!(scale(2), method.nodes[2].indicator().unwrap().normalisation);
    }

    #[test]
    fn what_is_left_out_needs_no_weight() {
        let method = with("{ b: { omit: true }, index: { weights: { a: 2 } } }").unwrap();
        let own = &method.variants[0].method;
        assert_eq!((own.nodes[1].weight, own.nodes[4].weight), (1.0, 0.0));
        assert_eq!(own.screening.forced.len(), 1);
        assert!(method.screening.forced.is_empty());
    }

    #[test]
    fn mistakes_have_a_message_and_a_place() {
        for (nodes, message) in [
            ("{ aa: { omit: true } }", "the framework has no node `aa`"),
            ("{ index: { weights: { a: 1, c: 1 } } }", "`index` has no child `c`"),
            ("{ index: { weights: { a: 1 } } }", "`b` states no weight, though its siblings do"),
            ("{ index: { weights: { a: 1, b: -1 } } }", "the weight of `b` is -1"),
            ("{ index: { weights: { a: 0, b: 0 } } }", "the weights below `index` are all zero"),
            ("{ x: { aggregation: median } }", "`x` is an indicator, which has no children"),
            ("{ a: { normalisation: rank } }", "`a` is a dimension, which has children"),
            ("{ a: {} }", "nothing is changed at `a`"),
            ("{ a: { omit: false } }", "nothing is changed at `a`"),
            ("{ index: { omit: true } }", "the whole index cannot be left out"),
            ("{ a: { omit: true }, b: { omit: true } }", "every indicator is left out"),
            (
                "{ x: { omit: true, normalisation: rank } }",
                "`x` is left out, so nothing else can be changed there",
            ),
            (
                "{ a: { weights: { x: 1, y: 1 }, weighting: equal } }",
                "`a` has `weights` and `weighting`; it takes one of them",
            ),
            (
                "{ y: { normalisation: fraction-of-maximum } }",
                "`y` is negative and cannot be scored by `fraction-of-maximum`",
            ),
        ] {
            let found = with(nodes).unwrap_err();
            assert_eq!(found[0].message, message);
            assert!(!found[0].labels.is_empty(), "{message}");
        }
    }
}
