//! Small indices for the tests of this module.

#![expect(clippy::cast_precision_loss, reason = "small numbers")]

use std::collections::BTreeMap;

use crate::config::{
    Aggregation, CheckLimits, ConstantRule, Definition, Direction, Formula, Imputation,
    IndicatorSpec, Methodology, Missing, Node, NodeKind, Normalisation, RankRule, ScreeningRule,
    Status, Ties, Treatment, Uncertainty, Weighting,
};
use crate::data::{Cell, Dataset, IndicatorData};
use crate::diag::{FileId, Span};
use crate::index::{IndexResult, compute};
use crate::lang::Localised;

pub(in crate::index) const MIN_MAX: Normalisation =
    Normalisation::MinMax { low: 0.0, high: 100.0, constant: ConstantRule::Mid };

/// A small index: methodology, data, results.
#[derive(Debug, Clone)]
pub(in crate::index) struct Small {
    pub(in crate::index) method: Methodology,
    pub(in crate::index) data: Dataset,
}

impl Small {
    /// Dimensions given by the numbers of their indicators, all weights equal; the columns are the
    /// values of the indicators.
    pub(in crate::index) fn new(dimensions: &[usize], columns: &[Vec<Option<f64>>]) -> Self {
        let mut nodes = vec![node("index", None, 0, 1.0, inner())];
        for (d, &count) in dimensions.iter().enumerate() {
            let at = nodes.len();
            push_child(&mut nodes, 0, at);
            nodes.push(node(&format!("d{d}"), Some(0), 1, 1.0 / dimensions.len() as f64, inner()));
            for i in 0..count {
                let position = nodes.len();
                push_child(&mut nodes, at, position);
                let kind = NodeKind::Indicator(IndicatorSpec {
                    measure: Localised::default(),
                    direction: Direction::Positive,
                    decimals: 2,
                    value: Definition::formula(Formula::column("x"), SPAN),
                    value_span: SPAN,
                    year: None,
                    keeps_year: false,
                    normalisation: MIN_MAX,
                    over: crate::config::Over::Year,
                    imputation: Imputation::None,
                    treatment: Treatment::None,
                    status: None,
                });
                nodes.push(node(&format!("d{d}i{i}"), Some(at), 2, 1.0 / count as f64, kind));
            }
        }
        let leaves: Vec<usize> =
            (0..nodes.len()).filter(|&i| nodes[i].indicator().is_some()).collect();
        let cell = |value: f64| Cell::of(value, Status::Official);
        let indicators = leaves
            .iter()
            .zip(columns)
            .map(|(&node, column)| IndicatorData {
                node,
                year: None,
                years: Vec::new(),
                bases: BTreeMap::new(),
                references: BTreeMap::new(),
                pooled: Vec::new(),
                cells: column.iter().map(|v| v.map(cell)).collect(),
            })
            .collect();
        let method = Methodology {
            year: None,
            years: Vec::new(),
            nodes,
            ranks: RankRule { ties: Ties::Competition, round_digits: None },
            missing: Missing { unit_threshold: 0.3, indicator_threshold: 0.3 },
            screening: ScreeningRule::default(),
            checks: CheckLimits::default(),
            tiers: None,
            typology: None,
            normalisation: MIN_MAX,
            variants: Vec::new(),
            robustness: Uncertainty { replicates: 200, sobol_samples: 0, ..Uncertainty::default() },
        };
        Self { method, data: Dataset { indicators, ..Dataset::default() } }
    }

    /// Complete data.
    pub(in crate::index) fn complete(dimensions: &[usize], columns: &[&[f64]]) -> Self {
        let columns: Vec<Vec<Option<f64>>> =
            columns.iter().map(|c| c.iter().copied().map(Some).collect()).collect();
        Self::new(dimensions, &columns)
    }

    /// Pseudo-random data, some of it missing.
    pub(in crate::index) fn random(units: usize, dimensions: &[usize], missing: bool) -> Self {
        let mut state = 12_345_u64;
        let mut next = move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 33) as f64 / 2_147_483_648.0
        };
        let columns: Vec<Vec<Option<f64>>> = (0..dimensions.iter().sum::<usize>())
            .map(|_| {
                (0..units)
                    .map(|_| (10.0 + 90.0 * next(), next()))
                    .map(|(x, gap)| (!missing || gap > 0.1).then_some(x))
                    .collect()
            })
            .collect();
        let mut small = Self::new(dimensions, &columns);
        for at in 1..small.method.nodes.len() {
            small.method.nodes[at].weight = 0.5 + next();
        }
        for at in 0..small.method.nodes.len() {
            let children = small.method.nodes[at].children().to_vec();
            let total: f64 = children.iter().map(|&c| small.method.nodes[c].weight).sum();
            for child in children {
                small.method.nodes[child].weight /= total;
            }
        }
        small
    }

    /// Takes another normalisation everywhere.
    pub(in crate::index) fn normalised(mut self, method: &Normalisation) -> Self {
        self.method.normalisation = method.clone();
        for node in &mut self.method.nodes {
            if let NodeKind::Indicator(spec) = &mut node.kind {
                spec.normalisation = method.clone();
            }
        }
        self
    }

    /// Takes another aggregation everywhere.
    pub(in crate::index) fn aggregated(mut self, method: Aggregation) -> Self {
        for node in &mut self.method.nodes {
            if let NodeKind::Dimension { aggregation, .. } = &mut node.kind {
                *aggregation = method;
            }
        }
        self
    }

    /// Takes another aggregation at one node.
    pub(in crate::index) fn aggregated_at(mut self, at: usize, method: Aggregation) -> Self {
        if let NodeKind::Dimension { aggregation, .. } = &mut self.method.nodes[at].kind {
            *aggregation = method;
        }
        self
    }

    pub(in crate::index) fn result(&self) -> IndexResult {
        let units = self.data.indicators.first().map_or(0, |i| i.cells.len());
        let names: Vec<String> = (0..units).map(|u| u.to_string()).collect();
        compute(&self.method, &self.data, &names).unwrap().value
    }
}

const SPAN: Span = Span::new(FileId(0), 0, 0);

fn inner() -> NodeKind {
    NodeKind::Dimension {
        children: Vec::new(),
        weighting: Weighting::Given,
        aggregation: Aggregation::Arithmetic,
    }
}

fn push_child(nodes: &mut [Node], parent: usize, child: usize) {
    if let NodeKind::Dimension { children, .. } = &mut nodes[parent].kind {
        children.push(child);
    }
}

fn node(code: &str, parent: Option<usize>, level: usize, weight: f64, kind: NodeKind) -> Node {
    Node {
        code: code.to_owned(),
        span: SPAN,
        name: Localised::same(code),
        short: Localised::same(code),
        description: Localised::default(),
        level,
        parent,
        weight,
        kind,
    }
}
