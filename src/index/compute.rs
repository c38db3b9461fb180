//! The whole index from a data set: screen, normalise, aggregate, rank, group.

use crate::config::{Methodology, Missing, NodeKind, RankRule, Status, Weighting};
use crate::data::{Dataset, IndicatorData};
use crate::diag::{Code, Diagnostic, Findings, Phase};
use crate::index::aggregate::{AggregationDetail, Siblings, combine};
use crate::index::normalise::{Column, NormaliseError, normalise};
use crate::index::rank::{rank_scores, rounded};
use crate::index::tier::assign_tiers;
use crate::index::trouble;
use crate::index::weights::{Children, NodeWeighting, weigh};
use crate::index::{Distribution, IndexResult, NodeResult, StatusShare, VariantResult};
use crate::num::mean;

/// Computes scores and ranks at every node, and the variants beside them.
///
/// `names` are those of the units in the order of the data set, for messages.
///
/// # Errors
/// Constant indicators (unless the methodology gives them a rule) and values outside the domain of
/// a method.
pub fn compute(method: &Methodology, data: &Dataset, names: &[String]) -> Phase<IndexResult> {
    let (mut result, mut findings) = compute_one(method, data, names);
    let told = findings.clone();
    for variant in &method.variants {
        let (own, found) = compute_one(&variant.method, data, names);
        // What holds for the main result too is not told again.
        let new = found.into_iter().filter(|diagnostic| !told.contains(diagnostic));
        findings.extend(new.map(|mut diagnostic| {
            diagnostic.message = format!("variant `{}`: {}", variant.id, diagnostic.message);
            diagnostic.at(variant.span, "in this variant")
        }));
        result.variants.push(VariantResult { id: variant.id.clone(), result: own });
    }
    let mut phase = Findings::default();
    phase.extend(findings);
    phase.finish(result)
}

/// Computes one way of making the index, without its variants.
fn compute_one(
    method: &Methodology,
    data: &Dataset,
    names: &[String],
) -> (IndexResult, Vec<Diagnostic>) {
    let mut engine = Engine {
        method,
        data,
        names,
        scores: vec![Vec::new(); method.nodes.len()],
        coverage: vec![Vec::new(); method.nodes.len()],
        weights: method.nodes.iter().map(|n| n.weight).collect(),
        weightings: vec![None; method.nodes.len()],
        details: vec![None; method.nodes.len()],
        excluded: vec![false; method.nodes.len()],
        findings: Findings::default(),
    };
    engine.indicators();
    engine.dimensions();
    let nodes: Vec<NodeResult> = engine
        .scores
        .iter()
        .zip(&engine.coverage)
        .map(|(scores, coverage)| node_result(scores, coverage, method.ranks))
        .collect();
    let tiers = method.tiers.as_ref().map(|rule| {
        let compared: Vec<Option<f64>> =
            nodes[0].scores.iter().map(|s| s.map(|x| rounded(x, method.ranks))).collect();
        let dimensions = method.nodes[0].children();
        let profile: Vec<&[Option<f64>]> =
            dimensions.iter().map(|&d| nodes[d].scores.as_slice()).collect();
        assign_tiers(&compared, &profile, rule)
    });
    let effective_weights = effective_weights(method, &engine.weights);
    let status = status_shares(data, &engine.coverage, &effective_weights, names.len());
    let result = IndexResult {
        nodes,
        tiers,
        status,
        weights: engine.weights,
        effective_weights,
        weightings: engine.weightings,
        details: engine.details,
        variants: Vec::new(),
    };
    let found = engine.findings.finish(()).map_or_else(|found| found, |warned| warned.warnings);
    (result, found)
}

/// Share of the whole index each node amounts to; in preorder a parent stands before its children.
fn effective_weights(method: &Methodology, weights: &[f64]) -> Vec<f64> {
    let mut effective = vec![1.0; weights.len()];
    for (position, node) in method.nodes.iter().enumerate() {
        if let Some(parent) = node.parent {
            effective[position] = weights[position] * effective[parent];
        }
    }
    effective
}

struct Engine<'a> {
    method: &'a Methodology,
    data: &'a Dataset,
    names: &'a [String],
    scores: Vec<Vec<Option<f64>>>,
    coverage: Vec<Vec<f64>>,
    /// Share of each node among its siblings.
    weights: Vec<f64>,
    /// How the children of each node came to their weights.
    weightings: Vec<Option<NodeWeighting>>,
    /// What there is to tell about the aggregation at each node.
    details: Vec<Option<AggregationDetail>>,
    /// Nodes left out for everybody, whose weight their siblings share.
    excluded: Vec<bool>,
    findings: Findings,
}

impl Engine<'_> {
    fn indicators(&mut self) {
        for indicator in &self.data.indicators {
            let node = &self.method.nodes[indicator.node];
            let Some(spec) = node.indicator() else { continue };
            let values = self.screen(indicator);
            let column = Column {
                values: &values,
                base: &indicator.base,
                reference: indicator.reference,
                direction: spec.direction,
            };
            let scores = match normalise(column, &spec.normalisation) {
                Ok(scores) => scores,
                Err(error) => {
                    self.excluded[indicator.node] |= matches!(error, NormaliseError::Dropped(_));
                    self.findings.push(trouble::normalising(&node.code, spec, error, self.names));
                    vec![None; values.len()]
                }
            };
            self.coverage[indicator.node] =
                scores.iter().map(|s| if s.is_some() { 1.0 } else { 0.0 }).collect();
            self.scores[indicator.node] = scores;
        }
    }

    /// The values of an indicator, or none at all if too few units have one.
    fn screen(&mut self, indicator: &IndicatorData) -> Vec<Option<f64>> {
        let values: Vec<Option<f64>> =
            indicator.cells.iter().map(|c| c.as_ref().map(|c| c.value)).collect();
        let known = values.iter().flatten().count();
        if share(known, values.len()) >= self.method.missing.indicator_threshold {
            return values;
        }
        let node = &self.method.nodes[indicator.node];
        self.findings.push(
            Diagnostic::warning(
                Code::IndexExcluded,
                format!(
                    "`{}` is left out: {known} of {} units have a value",
                    node.code,
                    values.len()
                ),
            )
            .at(node.span, format!("threshold {}", self.method.missing.indicator_threshold))
            .help("complete the data, or lower `missing: indicator-threshold`"),
        );
        self.excluded[indicator.node] = true;
        vec![None; values.len()]
    }

    /// Inner nodes from the bottom up; in preorder every child stands after its parent.
    fn dimensions(&mut self) {
        for position in (0..self.method.nodes.len()).rev() {
            let NodeKind::Dimension { children, aggregation, .. } =
                &self.method.nodes[position].kind
            else {
                continue;
            };
            self.excluded[position] = children.iter().all(|&c| self.excluded[c]);
            self.weigh(position);
            let coverage: Vec<f64> =
                (0..self.names.len()).map(|unit| self.known_weight(children, unit)).collect();
            let siblings = Siblings {
                weights: children.iter().map(|&c| self.weights[c]).collect(),
                scores: children.iter().map(|&c| self.scores[c].as_slice()).collect(),
                compared: coverage.iter().map(|&k| enough(k, self.method.missing)).collect(),
            };
            let combined = combine(&siblings, *aggregation);
            for (unit, domain) in combined.troubles {
                let node = &self.method.nodes[position];
                self.findings.push(trouble::aggregating(
                    node,
                    *aggregation,
                    &self.names[unit],
                    domain,
                ));
            }
            self.scores[position] = combined.scores;
            self.details[position] = combined.detail;
            self.coverage[position] = coverage;
        }
        // Units lack a score for want of data only if nothing else went wrong.
        if !self.findings.failed() {
            self.warn_unranked();
        }
    }

    /// Weighs the children of a node, unless their nominal weights stand.
    fn weigh(&mut self, position: usize) {
        let NodeKind::Dimension { children, weighting, .. } = &self.method.nodes[position].kind
        else {
            return;
        };
        if matches!(weighting, Weighting::Equal | Weighting::Given) {
            return;
        }
        let raw: Vec<Vec<Option<f64>>> = children.iter().map(|&c| self.values(c)).collect();
        let given: Vec<f64> = children.iter().map(|&c| self.method.nodes[c].weight).collect();
        let material = Children {
            given: &given,
            scores: children.iter().map(|&c| self.scores[c].as_slice()).collect(),
            raw: raw.iter().map(Vec::as_slice).collect(),
            excluded: children.iter().map(|&c| self.excluded[c]).collect(),
        };
        let node = &self.method.nodes[position];
        match weigh(&material, weighting) {
            Ok(found) => {
                for (&child, &share) in children.iter().zip(&found.shares) {
                    self.weights[child] = share;
                }
                self.findings.extend(trouble::doubtful_weights(node, weighting, &found));
                self.weightings[position] = Some(found);
            }
            Err(error) => {
                let child = &self.method.nodes[children[error.child()]].code;
                self.findings.push(trouble::weighting(node, child, error));
            }
        }
    }

    /// The values of an indicator before normalisation; none for a dimension.
    fn values(&self, position: usize) -> Vec<Option<f64>> {
        let indicator = self.data.indicators.iter().find(|i| i.node == position);
        let cells = indicator.map(|i| i.cells.as_slice()).unwrap_or_default();
        cells.iter().map(|cell| cell.as_ref().map(|c| c.value)).collect()
    }

    /// Share of the weight below a node for which the unit has data.
    fn known_weight(&self, children: &[usize], unit: usize) -> f64 {
        let (mut known, mut total) = (0.0, 0.0);
        for &child in children.iter().filter(|&&c| !self.excluded[c]) {
            known += self.weights[child] * self.coverage[child][unit];
            total += self.weights[child];
        }
        if total > 0.0 { known / total } else { 0.0 }
    }

    fn warn_unranked(&mut self) {
        for (unit, name) in self.names.iter().enumerate() {
            if self.scores[0][unit].is_none() {
                self.findings.push(
                    Diagnostic::warning(
                        Code::IndexExcluded,
                        format!(
                            "{name} has no index score: data for {:.0} % of the weight",
                            self.coverage[0][unit] * 100.0
                        ),
                    )
                    .help("complete its data, or lower `missing: unit-threshold`"),
                );
            }
        }
    }
}

/// Whether enough weight is known; a hair of tolerance, since shares are sums of fractions.
fn enough(known: f64, rule: Missing) -> bool {
    known > 0.0 && known >= rule.unit_threshold - 1e-12
}

#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

fn node_result(scores: &[Option<f64>], coverage: &[f64], rule: RankRule) -> NodeResult {
    let ranks = rank_scores(scores, rule);
    let mut order: Vec<usize> = (0..scores.len()).filter(|&u| ranks[u].is_some()).collect();
    order.sort_by_key(|&unit| (ranks[unit], unit));
    let tied = ranks
        .iter()
        .map(|r| r.is_some() && ranks.iter().filter(|other| *other == r).count() > 1)
        .collect();
    NodeResult {
        scores: scores.to_vec(),
        ranks,
        coverage: coverage.to_vec(),
        order,
        tied,
        distribution: Distribution::of(scores),
    }
}

/// How much of the index's weight rests on data of each status.
fn status_shares(
    data: &Dataset,
    coverage: &[Vec<f64>],
    effective_weights: &[f64],
    units: usize,
) -> Vec<StatusShare> {
    let mut statuses: Vec<Option<Status>> = Status::ALL.map(Some).to_vec();
    statuses.push(None);
    let shares = statuses.into_iter().map(|status| {
        let by_unit: Vec<f64> = (0..units)
            .map(|unit| {
                data.indicators
                    .iter()
                    .filter(|i| {
                        let used = coverage[i.node][unit] > 0.0;
                        let own = i.cells[unit].as_ref().filter(|_| used).map(|c| c.status);
                        own == status
                    })
                    .map(|i| effective_weights[i.node])
                    .sum()
            })
            .collect();
        StatusShare { status, share: mean(&by_unit).unwrap_or(0.0), by_unit }
    });
    shares.filter(|s| s.share > 0.0).collect()
}
