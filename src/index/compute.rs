//! The whole index from a data set: screen, normalise, aggregate, rank, group.

use crate::config::{IndicatorSpec, Methodology, NodeKind, RankRule, Status};
use crate::data::{Cell, Dataset, IndicatorData};
use crate::diag::{Code, Diagnostic, Findings, Phase};
use crate::index::aggregate::{Part, aggregate};
use crate::index::normalise::{NormaliseError, normalise};
use crate::index::rank::{rank_scores, rounded};
use crate::index::screen::screen;
use crate::index::tier::assign_tiers;
use crate::index::{
    Distribution, Ground, IndexResult, NodeResult, Screened, Screening, StatusShare,
};
use crate::index::{Treated, check, treat};
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
        screening: screen(method, data, names.len()),
        treated: Vec::new(),
        findings: Findings::default(),
    };
    engine.findings.extend(engine.screening.warnings(method, data, names));
    engine.indicators();
    let checks = check(method, data, &engine.screening);
    let scored = |node: usize| engine.scores[node].iter().any(Option::is_some);
    engine.findings.extend(checks.warnings(method, &engine.screening, scored));
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
    let status = status_shares(method, data, &engine.scores, names.len());
    let Engine { screening, treated, findings, .. } = engine;
    findings.finish(IndexResult { nodes, tiers, status, screening, checks, treated })
}

struct Engine<'a> {
    method: &'a Methodology,
    data: &'a Dataset,
    names: &'a [String],
    scores: Vec<Vec<Option<f64>>>,
    coverage: Vec<Vec<f64>>,
    /// Nodes left out for everybody, whose weight their siblings share.
    excluded: Vec<bool>,
    screening: Screening,
    treated: Vec<Treated>,
    findings: Findings,
}

impl Engine<'_> {
    fn indicators(&mut self) {
        for indicator in &self.data.indicators {
            let node = &self.method.nodes[indicator.node];
            let Some(spec) = node.indicator() else { continue };
            let (values, treated) = treat(indicator.node, self.values(indicator), spec.treatment);
            self.treated.extend(treated);
            let scores = match normalise(&values, spec.normalisation, spec.direction) {
                Ok(scores) => scores,
                Err(error) => {
                    self.findings.push(cannot_normalise(&node.code, spec, error));
                    vec![None; values.len()]
                }
            };
            self.coverage[indicator.node] = scores
                .iter()
                .zip(&indicator.cells)
                .map(|(score, cell)| score.is_some() && cell.as_ref().is_some_and(Cell::is_own))
                .map(|known| if known { 1.0 } else { 0.0 })
                .collect();
            self.scores[indicator.node] = scores;
        }
    }

    /// The values of an indicator, without those of units left out; none at all if it is itself.
    fn values(&mut self, indicator: &IndicatorData) -> Vec<Option<f64>> {
        if self.screening.leaves_out_indicator(indicator.node) {
            self.excluded[indicator.node] = true;
            return vec![None; indicator.cells.len()];
        }
        let stays = |unit| !self.screening.leaves_out_unit(unit);
        let cells = indicator.cells.iter().enumerate();
        cells.map(|(unit, c)| c.as_ref().filter(|_| stays(unit)).map(|c| c.value)).collect()
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
                let score = if self.is_enough(known, unit) {
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

    /// Whether enough weight is known; a hair of tolerance, since shares are sums of fractions.
    fn is_enough(&self, known: f64, unit: usize) -> bool {
        let threshold = self.method.missing.unit_threshold;
        known > 0.0 && (known >= threshold - 1e-12 || self.screening.keeps_unit(unit))
    }

    fn warn_unranked(&mut self) {
        for (unit, name) in self.names.iter().enumerate() {
            if self.scores[0][unit].is_none() && !self.screening.leaves_out_unit(unit) {
                let (share, threshold) =
                    (self.coverage[0][unit], self.method.missing.unit_threshold);
                let ground = Ground::Availability { share, threshold };
                self.screening.units.push(Screened { at: unit, kept: false, ground });
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
        self.screening.units.sort_by_key(|own| own.at);
    }
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
    scores: &[Vec<Option<f64>>],
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
                        let used = scores[i.node][unit].is_some();
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
