//! The whole index from a data set: screen, normalise, aggregate, rank, group.

use crate::config::{IndicatorSpec, Methodology, Missing, NodeKind, RankRule, Status};
use crate::data::{Dataset, IndicatorData};
use crate::diag::{Code, Diagnostic, Findings, Phase};
use crate::index::aggregate::{Part, aggregate};
use crate::index::normalise::{NormaliseError, normalise};
use crate::index::rank::{rank_scores, rounded};
use crate::index::tier::assign_tiers;
use crate::index::{Distribution, IndexResult, NodeResult, StatusShare};
use crate::num::mean;

/// Computes scores and ranks at every node.
///
/// `names` are those of the units in the order of the data set, for messages.
///
/// # Errors
/// Constant indicators (unless the methodology gives them a rule) and values outside the domain of
/// a method.
pub fn compute(method: &Methodology, data: &Dataset, names: &[String]) -> Phase<IndexResult> {
    let mut engine = Engine {
        method,
        data,
        names,
        scores: vec![Vec::new(); method.nodes.len()],
        coverage: vec![Vec::new(); method.nodes.len()],
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
        assign_tiers(&compared, rule)
    });
    let status = status_shares(method, data, &engine.coverage, names.len());
    engine.findings.finish(IndexResult { nodes, tiers, status })
}

struct Engine<'a> {
    method: &'a Methodology,
    data: &'a Dataset,
    names: &'a [String],
    scores: Vec<Vec<Option<f64>>>,
    coverage: Vec<Vec<f64>>,
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
            let scores = match normalise(&values, spec.normalisation, spec.direction) {
                Ok(scores) => scores,
                Err(error) => {
                    self.findings.push(cannot_normalise(&node.code, spec, error));
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
            let mut scores = Vec::with_capacity(self.names.len());
            let mut coverage = Vec::with_capacity(self.names.len());
            for unit in 0..self.names.len() {
                let known = self.known_weight(children, unit);
                coverage.push(known);
                let score = if enough(known, self.method.missing) {
                    match aggregate(&self.parts(children, unit), *aggregation) {
                        Ok(score) => score,
                        Err(value) => {
                            self.findings.push(self.not_positive(position, unit, value));
                            None
                        }
                    }
                } else {
                    None
                };
                scores.push(score);
            }
            self.scores[position] = scores;
            self.coverage[position] = coverage;
        }
        // Units lack a score for want of data only if nothing else went wrong.
        if !self.findings.failed() {
            self.warn_unranked();
        }
    }

    fn parts(&self, children: &[usize], unit: usize) -> Vec<Part> {
        children
            .iter()
            .map(|&c| Part { weight: self.method.nodes[c].weight, score: self.scores[c][unit] })
            .collect()
    }

    /// Share of the weight below a node for which the unit has data.
    fn known_weight(&self, children: &[usize], unit: usize) -> f64 {
        let (mut known, mut total) = (0.0, 0.0);
        for &child in children.iter().filter(|&&c| !self.excluded[c]) {
            known += self.method.nodes[child].weight * self.coverage[child][unit];
            total += self.method.nodes[child].weight;
        }
        if total > 0.0 { known / total } else { 0.0 }
    }

    fn not_positive(&self, position: usize, unit: usize, value: f64) -> Diagnostic {
        let node = &self.method.nodes[position];
        Diagnostic::error(
            Code::IndexDomain,
            format!(
                "`{}` takes a geometric mean, but {} scores {value} below it",
                node.code, self.names[unit]
            ),
        )
        .at(node.span, "geometric here")
        .help("start the scale above zero, such as `range: [1, 100]`, or use `arithmetic`")
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

fn cannot_normalise(code: &str, spec: &IndicatorSpec, error: NormaliseError) -> Diagnostic {
    match error {
        NormaliseError::Constant(value) => Diagnostic::error(
            Code::IndexConstant,
            format!("`{code}` is {value} for every unit, so it cannot tell them apart"),
        )
        .at(spec.value_span, "")
        .help("drop it, or write `normalisation: { method: min-max, constant: mid }`"),
        NormaliseError::TooFarApart(least, most) => Diagnostic::error(
            Code::IndexDomain,
            format!("`{code}` runs from {least:e} to {most:e}, too far apart for one scale"),
        )
        .at(spec.value_span, "")
        .help("look for a mistyped figure"),
        NormaliseError::MaximumNotPositive(value) => Diagnostic::error(
            Code::IndexDomain,
            format!("`{code}` cannot be a fraction of its maximum, which is {value}"),
        )
        .at(spec.value_span, "")
        .help("use `min-max` or `goalposts` for it"),
    }
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

/// How much of the index's nominal weight rests on data of each status.
fn status_shares(
    method: &Methodology,
    data: &Dataset,
    coverage: &[Vec<f64>],
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
                    .map(|i| method.effective_weight(i.node))
                    .sum()
            })
            .collect();
        StatusShare { status, share: mean(&by_unit).unwrap_or(0.0), by_unit }
    });
    shares.filter(|s| s.share > 0.0).collect()
}
