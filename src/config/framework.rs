//! The framework: raw nodes become one tree in preorder, with weights as shares and nothing left to
//! inherit.

use crate::config::aggregation::Aggregation;
use crate::config::method::{
    Direction, IndicatorSpec, Methodology, Missing, Node, NodeKind, RankRule, Ties,
};
use crate::config::normalisation::{ConstantRule, Normalisation, Over};
use crate::config::raw::{
    self, AggregationWord, NormalisationWord, RawMethodology, RawNode, RawWeightingMethod, Spelled,
    WeightingWord,
};
use crate::config::resolve::{
    Nominal, aggregation, check_pooling, check_positive, check_robustness, normalisation, over,
    robustness, tier_rule, typology, variants, weighting, years,
};
use crate::config::validate::status;
use crate::config::weighting::Weighting;
use crate::config::yaml::{Place, PlaceValue};
use crate::config::{
    Imputation, ScreeningRule, Treatment, checks, definition, imputation, screening, treatment,
};
use crate::diag::{Code, Diagnostic, Findings, Span};
use crate::lang::Localised;

/// Code of the whole index, which no node may take.
const ROOT: &str = "index";

/// Keys of a node that belong to indicators alone.
const INDICATOR_KEYS: &[&str] = &[
    "measure",
    "direction",
    "decimals",
    "value",
    "denominate",
    "year",
    "normalisation",
    "imputation",
    "treatment",
    "status",
];

/// Flattens the framework and resolves what nodes inherit.
pub(super) struct Tree<'a> {
    nodes: Vec<Node>,
    findings: &'a mut Findings,
    normalisation: Normalisation,
    over: Over,
    /// The methodology's weighting, with its place.
    weighting: (WeightingWord, Option<Place>),
    /// Mistakes in weightings told already, which every node that inherits them would repeat.
    told: Vec<Diagnostic>,
    aggregation: Aggregation,
    imputation: Imputation,
    treatment: Treatment,
    year: Option<i32>,
}

impl<'a> Tree<'a> {
    pub(super) fn build(
        raw: RawMethodology,
        root: &Place,
        findings: &'a mut Findings,
    ) -> Methodology {
        let (normalisation, over) = scaling(raw.normalisation, root, findings);
        let (year, years) = years(raw.year, raw.years, root, findings);
        let (name, own_weighting, own_aggregation) =
            raw.index.map_or((None, None, None), |i| (i.name, i.weighting, i.aggregation));
        let name =
            name.unwrap_or_else(|| Localised::new("总指数".into(), "Composite index".into()));
        let filled = raw.missing.as_ref().and_then(|m| m.imputation.as_ref());
        let imputation = filled.map_or(Imputation::None, |rule| {
            let place = root.get("missing").and_then(|p| p.get("imputation"));
            imputation::resolve(rule, place, findings)
        });
        let treatment = raw.treatment.as_ref().map_or(Treatment::None, |rule| {
            treatment::resolve(rule, root.get("treatment"), findings)
        });
        let mut tree = Self {
            nodes: Vec::new(),
            normalisation: normalisation.clone(),
            over,
            imputation,
            treatment,
            weighting: raw.weighting.map_or_else(
                || (Spelled::Word(RawWeightingMethod::Equal), None),
                |w| (w, root.get("weighting").cloned()),
            ),
            told: Vec::new(),
            aggregation: Aggregation::Arithmetic,
            year,
            findings,
        };
        tree.aggregation = tree.aggregated(raw.aggregation.as_ref(), root.get("aggregation"));
        let index_place = root.get("index");
        let own_aggregation = tree
            .aggregated(own_aggregation.as_ref(), index_place.and_then(|i| i.get("aggregation")));
        let place = root.get("framework").unwrap_or(root);
        tree.nodes.push(Node {
            code: ROOT.to_owned(),
            span: place.span,
            short: name.clone(),
            name,
            description: Localised::default(),
            level: 0,
            parent: None,
            weight: 1.0,
            kind: NodeKind::Dimension {
                children: Vec::new(),
                weighting: Weighting::Equal,
                aggregation: own_aggregation,
            },
        });
        let own_place = index_place.and_then(|i| i.get("weighting"));
        let stated = own_weighting.as_ref().map(|w| (w, own_place));
        tree.children(0, raw.framework, stated, place);
        check_positive(&tree.nodes, None, tree.findings);
        let ranks =
            raw.ranks.map_or(RankRule { ties: Ties::Competition, round_digits: None }, |r| {
                RankRule {
                    ties: match r.ties {
                        Some(raw::RawTies::Dense) => Ties::Dense,
                        Some(raw::RawTies::Average) => Ties::Average,
                        Some(raw::RawTies::Ordinal) => Ties::Ordinal,
                        _ => Ties::Competition,
                    },
                    round_digits: r.round_digits,
                }
            });
        let missing = raw.missing.as_ref();
        let missing = Missing {
            unit_threshold: missing.and_then(|m| m.unit_threshold).unwrap_or(0.66),
            indicator_threshold: missing.and_then(|m| m.indicator_threshold).unwrap_or(0.65),
        };
        let screening = raw.screening.map_or_else(ScreeningRule::default, |rule| {
            screening::resolve(rule, root.get("screening"), &tree.nodes, tree.findings)
        });
        let tiers = raw.tiers.map(|t| tier_rule(t, root.get("tiers"), tree.findings));
        let depth = tree.nodes.iter().map(|n| n.level).max().unwrap_or(0);
        let place = root.get("robustness");
        let robustness = robustness(raw.robustness, tree.nominal(), depth, place, tree.findings);
        let mut method = Methodology {
            nodes: tree.nodes,
            ranks,
            missing,
            screening,
            checks: checks::resolve(raw.checks.as_ref()),
            tiers,
            typology: None,
            normalisation,
            year,
            years,
            robustness,
            variants: Vec::new(),
        };
        check_pooling(&method, root, tree.findings);
        check_robustness(&method, place, tree.findings);
        if let Some((raw, place)) = raw.typology.zip(root.get("typology")) {
            method.typology = Some(typology(raw, &method, place, tree.findings));
        }
        if let Some((raw, place)) = raw.variants.zip(root.get("variants")) {
            method.variants = variants(raw, &method, place, tree.findings);
        }
        method
    }

    /// The methods of the methodology that others may be drawn in place of.
    fn nominal(&self) -> Nominal {
        Nominal {
            aggregation: self.aggregation,
            treatment: self.treatment,
            imputation: self.imputation,
        }
    }

    /// An aggregation, or the methodology's where none is stated.
    fn aggregated(&mut self, raw: Option<&AggregationWord>, place: Option<&Place>) -> Aggregation {
        raw.map_or(self.aggregation, |raw| aggregation(raw, place, self.findings))
    }

    /// Adds the children of a node and turns their weights into shares.
    fn children(
        &mut self,
        parent: usize,
        raw: Vec<RawNode>,
        stated: Option<(&WeightingWord, Option<&Place>)>,
        place: &Place,
    ) {
        if raw.is_empty() {
            let code = &self.nodes[parent].code;
            self.findings.push(
                Diagnostic::error(Code::ConfigInvalid, format!("`{code}` has no children"))
                    .at(place.span, "at least one is needed"),
            );
        }
        let method = self.weighting(parent, &raw, stated, place);
        let given = method.uses_given();
        let mut positions = Vec::new();
        for (i, node) in raw.into_iter().enumerate() {
            let node_place = place.index(i).unwrap_or(place);
            let weight = self.weight(&node, given, node_place);
            positions.push(self.node(parent, node, weight, node_place));
        }
        let total: f64 = positions.iter().map(|&p| self.nodes[p].weight).sum();
        if total > 0.0 {
            for &p in &positions {
                self.nodes[p].weight /= total;
            }
        } else if !positions.is_empty() {
            self.findings.push(
                Diagnostic::error(
                    Code::ConfigInvalid,
                    format!("the weights below `{}` are all zero", self.nodes[parent].code),
                )
                .at(place.span, "")
                .help("give one of them a weight above zero"),
            );
        }
        if let NodeKind::Dimension { children, weighting, .. } = &mut self.nodes[parent].kind {
            *children = positions;
            *weighting = method;
        }
    }

    /// How the children of a node are weighted: as the node states; else as they state themselves;
    /// else as the methodology does.
    fn weighting(
        &mut self,
        parent: usize,
        children: &[RawNode],
        stated: Option<(&WeightingWord, Option<&Place>)>,
        place: &Place,
    ) -> Weighting {
        let node = self.nodes[parent].code.clone();
        let codes: Vec<String> = children.iter().map(|c| c.code.clone()).collect();
        let weighed = children.iter().position(|c| c.weight.is_some());
        let mut findings = Findings::default();
        let inherited = (&self.weighting.0, self.weighting.1.as_ref());
        let (word, at) = stated.unwrap_or(inherited);
        let method = weighting(word, at, &node, &codes, &mut findings);
        for found in findings.finish(()).err().unwrap_or_default() {
            if !self.told.contains(&found) {
                self.told.push(found.clone());
                self.findings.push(found);
            }
        }
        if let Some(child) = weighed.filter(|_| !method.uses_given()) {
            if stated.is_none() {
                return Weighting::Given;
            }
            let message = format!(
                "`{}` states a weight, but `{node}` is weighted by `{}`",
                codes[child],
                method.word()
            );
            let child = place.index(child).unwrap_or(place);
            self.findings.push(
                Diagnostic::error(Code::ConfigInvalid, message)
                    .at(child.span_of("weight"), "has no effect")
                    .at_opt(at.map(|p| p.span), "weighted here")
                    .help("take the weights out, or write `weighting: given`"),
            );
        }
        if let Some(inner) = children.iter().find(|c| method.uses_raw() && c.children.is_some()) {
            let message =
                format!("`{node}` is weighted by raw values, but `{}` is no indicator", inner.code);
            self.findings.push(
                Diagnostic::error(Code::ConfigInvalid, message)
                    .at(self.nodes[parent].span, "")
                    .help("use `data: min-max` or `data: scores`"),
            );
        }
        method
    }

    fn weight(&mut self, node: &RawNode, given: bool, place: &Place) -> f64 {
        match node.weight {
            Some(weight) if weight >= 0.0 && weight.is_finite() => weight,
            Some(weight) => {
                self.findings.push(
                    Diagnostic::error(
                        Code::ConfigInvalid,
                        format!("the weight of `{}` is {weight}", node.code),
                    )
                    .at(place.span_of("weight"), "must be zero or more")
                    .help("turn an indicator round with `direction: negative`"),
                );
                0.0
            }
            None if given => {
                self.findings.push(
                    Diagnostic::error(
                        Code::ConfigMissingKey,
                        format!(
                            "`{}` states no weight, though its siblings' weights are given",
                            node.code
                        ),
                    )
                    .at(place.span_of("code"), "`weight` belongs here"),
                );
                0.0
            }
            None => 1.0,
        }
    }

    fn node(&mut self, parent: usize, raw: RawNode, weight: f64, place: &Place) -> usize {
        let span = place.span_of("code");
        self.check_code(&raw.code, span);
        self.check_keys(&raw, place);
        let name = raw.name.clone().unwrap_or_else(|| Localised::same(&raw.code));
        let position = self.nodes.len();
        let kind = if raw.children.is_some() {
            NodeKind::Dimension {
                children: Vec::new(),
                weighting: Weighting::Equal,
                aggregation: self.aggregated(raw.aggregation.as_ref(), place.get("aggregation")),
            }
        } else {
            NodeKind::Indicator(self.indicator(&raw, place))
        };
        self.nodes.push(Node {
            code: raw.code,
            span,
            short: raw.short.unwrap_or_else(|| name.clone()),
            name,
            description: raw.description.unwrap_or_default(),
            level: self.nodes[parent].level + 1,
            parent: Some(parent),
            weight,
            kind,
        });
        if let Some(children) = raw.children {
            let stated = raw.weighting.as_ref().map(|w| (w, place.get("weighting")));
            self.children(position, children, stated, place.get("children").unwrap_or(place));
        }
        position
    }

    fn indicator(&mut self, raw: &RawNode, place: &Place) -> IndicatorSpec {
        let value_span = place.get("value").map_or_else(|| place.span_of("code"), |p| p.span);
        let (text, divisor) = (raw.value.as_ref(), raw.denominate.as_ref());
        let value = definition::resolve(text, divisor, &raw.code, place, self.findings);
        let (normalisation, over) = match &raw.normalisation {
            None => (self.normalisation.clone(), self.over),
            Some(word) => {
                let full = word.clone().full();
                let own = normalisation(&full, place.get("normalisation"), self.findings);
                (own, over(&full))
            }
        };
        let direction = match raw.direction {
            Some(raw::RawDirection::Negative) => Direction::Negative,
            _ => Direction::Positive,
        };
        let span = place.span_of("direction");
        if raw.direction.is_some() && normalisation.is_directionless() {
            let word = normalisation.word();
            let message = format!("`{}` is of `{word}`, which has no direction", raw.code);
            let diagnostic = Diagnostic::error(Code::ConfigInvalid, message).at(span, "");
            self.findings.push(diagnostic.help("take `direction` out"));
        }
        if direction == Direction::Negative && normalisation.is_positive_only() {
            let word = normalisation.word();
            let message = format!("`{}` is negative and cannot be scored by `{word}`", raw.code);
            let diagnostic = Diagnostic::error(Code::ConfigInvalid, message).at(span, "");
            self.findings.push(diagnostic.help("use `min-max` or `goalposts` for it"));
        }
        let imputation = raw.imputation.as_ref().map_or(self.imputation, |rule| {
            imputation::resolve(rule, place.get("imputation"), self.findings)
        });
        let treatment = raw.treatment.as_ref().map_or(self.treatment, |rule| {
            treatment::resolve(rule, place.get("treatment"), self.findings)
        });
        let spec = IndicatorSpec {
            measure: raw.measure.clone().unwrap_or_default(),
            direction,
            decimals: raw.decimals.unwrap_or(2),
            value,
            value_span,
            year: raw.year.or(self.year),
            keeps_year: raw.year.is_some(),
            normalisation,
            over,
            imputation,
            treatment,
            status: raw.status.map(status),
        };
        self.findings.extend(treatment::conflict(&raw.code, &spec));
        spec
    }

    fn check_code(&mut self, code: &str, span: Span) {
        let shape_ok = code.chars().next().is_some_and(|c| c.is_ascii_lowercase())
            && code
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '_' | '-'));
        if !shape_ok {
            self.findings.push(
                Diagnostic::error(Code::ConfigInvalid, format!("`{code}` cannot be a code"))
                    .at(span, "")
                    .help("begin with a lower-case letter; go on with letters, digits, `_` or `-`"),
            );
        }
        if let Some(first) = self.nodes.iter().find(|n| n.code == code) {
            let first_label =
                if code == ROOT { "the whole index has this code" } else { "first here" };
            self.findings.push(
                Diagnostic::error(Code::ConfigInvalid, format!("the code `{code}` stands twice"))
                    .at(span, "again here")
                    .at(first.span, first_label),
            );
        }
    }

    /// Refuses keys of indicators on dimensions and the other way round.
    fn check_keys(&mut self, raw: &RawNode, place: &Place) {
        let dimension = raw.children.is_some();
        let (wrong, kind): (&[&str], &str) = if dimension {
            (INDICATOR_KEYS, "a dimension, which has children")
        } else {
            (&["weighting", "aggregation"], "an indicator, which has no children")
        };
        let PlaceValue::Mapping(entries) = &place.value else { return };
        for (key, span, _) in entries.iter().filter(|(key, _, _)| wrong.contains(&key.as_str())) {
            self.findings.push(
                Diagnostic::error(Code::ConfigInvalid, format!("`{}` is {kind}", raw.code))
                    .at(*span, format!("`{key}` has no meaning here")),
            );
        }
    }
}

/// The normalisation of the methodology, min-max unless it states one, and over which values.
fn scaling(
    raw: Option<NormalisationWord>,
    root: &Place,
    findings: &mut Findings,
) -> (Normalisation, Over) {
    let usual = Normalisation::MinMax { low: 0.0, high: 100.0, constant: ConstantRule::Error };
    raw.map_or((usual, Over::Year), |word| {
        let full = word.full();
        (normalisation(&full, root.get("normalisation"), findings), over(&full))
    })
}
