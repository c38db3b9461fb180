//! The whole index from a data set: screen, normalise, aggregate, rank, group.

use crate::config::{Methodology, NodeKind, Over, RankRule, Status, Weighting};
use crate::data::{Cell, Dataset, IndicatorData};
use crate::diag::{Code, Diagnostic, Findings, Phase};
use crate::index::aggregate::{AggregationDetail, Siblings, combine};
use crate::index::method_log::{
    Combining, DataStep, IndicatorStep, MethodLog, Normalising, Origin, ParentStep, RankStep,
    TierStep,
};
use crate::index::normalise::{Column, NormaliseError, bounded, normalise};
use crate::index::rank::{rank_scores, rounded};
use crate::index::screen::{percent, screen};
use crate::index::tier::assign_tiers;
use crate::index::trouble;
use crate::index::typology::sort_into_types;
use crate::index::weights::{Children, NodeWeighting, weigh};
use crate::index::{
    Distribution, Ground, IndexResult, NodeResult, Screened, Screening, StatusShare, VariantResult,
};
use crate::index::{Tiers, Treated, check, treat};
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
    let mut engine = Engine::new(method, data, names);
    engine.findings.extend(engine.screening.warnings(method, data, names));
    engine.indicators();
    let checks = check(method, data, &engine.screening);
    let scored = |node: usize| engine.scores[node].iter().any(Option::is_some);
    engine.findings.extend(checks.warnings(method, &engine.screening, scored));
    engine.dimensions();
    let nodes = engine.results();
    let tiers = method.tiers.as_ref().map(|rule| {
        let compared: Vec<Option<f64>> =
            nodes[0].scores.iter().map(|s| s.map(|x| rounded(x, method.ranks))).collect();
        let dimensions = method.nodes[0].children();
        let profile: Vec<&[Option<f64>]> =
            dimensions.iter().map(|&d| nodes[d].scores.as_slice()).collect();
        assign_tiers(&compared, &profile, rule)
    });
    let effective_weights = effective_weights(method, &engine.weights);
    let status = status_shares(data, &engine.scores, &effective_weights, names.len());
    let log = engine.finished_log(&nodes[0], tiers.as_ref(), &effective_weights);
    let mut result = IndexResult {
        typology: None,
        log,
        nodes,
        tiers,
        status,
        weights: engine.weights,
        effective_weights,
        weightings: engine.weightings,
        details: engine.details,
        variants: Vec::new(),
        screening: engine.screening,
        checks,
        treated: engine.treated,
    };
    result.typology = method.typology.as_ref().map(|rule| sort_into_types(method, &result, rule));
    let found = engine.findings.finish(()).map_or_else(|found| found, |warned| warned.warnings);
    (result, found)
}

/// Computes scores and ranks at every node and nothing else.
///
/// # Errors
/// See [`compute`].
pub(super) fn compute_nodes(
    method: &Methodology,
    data: &Dataset,
    names: &[String],
) -> Result<Vec<NodeResult>, Vec<Diagnostic>> {
    let mut engine = Engine::new(method, data, names);
    engine.indicators();
    engine.dimensions();
    let nodes = engine.results();
    engine.findings.finish(nodes).map(|warned| warned.value)
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
    /// The values of each indicator as normalisation took them; none for a dimension.
    treated_values: Vec<Vec<Option<f64>>>,
    /// Share of each node among its siblings.
    weights: Vec<f64>,
    /// How the children of each node came to their weights.
    weightings: Vec<Option<NodeWeighting>>,
    /// What there is to tell about the aggregation at each node.
    details: Vec<Option<AggregationDetail>>,
    /// Nodes left out for everybody, whose weight their siblings share.
    excluded: Vec<bool>,
    screening: Screening,
    treated: Vec<Treated>,
    log: MethodLog,
    findings: Findings,
}

impl<'a> Engine<'a> {
    fn new(method: &'a Methodology, data: &'a Dataset, names: &'a [String]) -> Self {
        Self {
            method,
            data,
            names,
            scores: vec![Vec::new(); method.nodes.len()],
            coverage: vec![Vec::new(); method.nodes.len()],
            treated_values: vec![Vec::new(); method.nodes.len()],
            weights: method.nodes.iter().map(|n| n.weight).collect(),
            weightings: vec![None; method.nodes.len()],
            details: vec![None; method.nodes.len()],
            excluded: vec![false; method.nodes.len()],
            screening: screen(method, data, names.len()),
            treated: Vec::new(),
            log: MethodLog {
                normalisation: method.normalisation.clone(),
                aggregation: method.robustness.nominal_aggregation,
                ..MethodLog::default()
            },
            findings: Findings::default(),
        }
    }

    fn indicators(&mut self) {
        for indicator in &self.data.indicators {
            let node = &self.method.nodes[indicator.node];
            let Some(spec) = node.indicator() else { continue };
            let units = indicator.cells.len();
            let raw = self.values(indicator, spec.over);
            let (mut values, mut treated) = treat(indicator.node, raw.clone(), spec.treatment);
            if let Some(own) = &mut treated {
                own.points.retain(|point| point.unit < units);
            }
            let column = Column {
                values: &values,
                base: indicator.base(&spec.normalisation),
                reference: indicator.reference(&spec.normalisation),
                direction: spec.direction,
            };
            let mut scores = match bounded(&raw)
                .and_then(|()| normalise(column, &spec.normalisation))
            {
                Ok(scores) => scores,
                Err(error) => {
                    self.excluded[indicator.node] |= matches!(error, NormaliseError::Dropped(_));
                    self.findings.push(trouble::normalising(&node.code, spec, error, self.names));
                    vec![None; values.len()]
                }
            };
            // What follows is about this year; the others have set the scale.
            scores.truncate(units);
            self.coverage[indicator.node] = scores
                .iter()
                .zip(&indicator.cells)
                .map(|(score, cell)| score.is_some() && cell.as_ref().is_some_and(Cell::is_own))
                .map(|known| if known { 1.0 } else { 0.0 })
                .collect();
            self.log.indicators.push(IndicatorStep::of(&Normalising {
                at: indicator.node,
                node,
                spec,
                data: indicator,
                raw: &raw,
                values: &values,
                treated: treated.as_ref(),
                scores: &scores,
                excluded: self.excluded[indicator.node],
                origin: Origin {
                    normalisation: &self.method.normalisation,
                    treatment: self.method.robustness.nominal_treatment,
                },
            }));
            self.treated.extend(treated);
            self.scores[indicator.node] = scores;
            values.truncate(units);
            self.treated_values[indicator.node] = values;
        }
    }

    /// The values of an indicator, without those of units left out; none at all if it is itself.
    /// Over pooled years, those of the other years stand behind.
    fn values(&mut self, indicator: &IndicatorData, over: Over) -> Vec<Option<f64>> {
        if self.screening.leaves_out_indicator(indicator.node) {
            self.excluded[indicator.node] = true;
            return vec![None; indicator.cells.len()];
        }
        let stays = |unit| !self.screening.leaves_out_unit(unit);
        let cells = indicator.cells.iter().enumerate();
        let own = cells.map(|(unit, c)| c.as_ref().filter(|_| stays(unit)).map(|c| c.value));
        match over {
            Over::Year => own.collect(),
            Over::Pooled => own.chain(indicator.pooled.iter().copied()).collect(),
        }
    }

    /// Inner nodes from the bottom up; in preorder every child stands after its parent.
    fn dimensions(&mut self) {
        for position in (0..self.method.nodes.len()).rev() {
            let NodeKind::Dimension { children, weighting, aggregation } =
                &self.method.nodes[position].kind
            else {
                continue;
            };
            self.excluded[position] = children.iter().all(|&c| self.excluded[c]);
            self.weigh(position);
            self.share_out(children);
            let coverage: Vec<f64> =
                (0..self.names.len()).map(|unit| self.known_weight(children, unit)).collect();
            let siblings = Siblings {
                weights: children.iter().map(|&c| self.weights[c]).collect(),
                scores: children.iter().map(|&c| self.scores[c].as_slice()).collect(),
                compared: coverage
                    .iter()
                    .enumerate()
                    .map(|(unit, &k)| self.is_enough(k, unit))
                    .collect(),
            };
            let combined = combine(&siblings, *aggregation);
            let excluded: Vec<bool> = children.iter().map(|&c| self.excluded[c]).collect();
            self.log.parents.push(ParentStep::of(&Combining {
                at: position,
                nodes: &self.method.nodes,
                weighting,
                found: self.weightings[position].as_ref(),
                aggregation: *aggregation,
                nominal_aggregation: self.method.robustness.nominal_aggregation,
                siblings: &siblings,
                excluded: &excluded,
                scores: &combined.scores,
                coverage: &coverage,
            }));
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

    /// The log with what is known only in the end.
    fn finished_log(
        &mut self,
        index: &NodeResult,
        tiers: Option<&Tiers>,
        effective: &[f64],
    ) -> MethodLog {
        let mut log = std::mem::take(&mut self.log);
        // They were worked off from the bottom up.
        log.parents.reverse();
        let coverage: Vec<f64> = index.order.iter().map(|&unit| index.coverage[unit]).collect();
        log.data = DataStep::of(self.method, self.data, self.names, &self.screening, &coverage);
        log.ranks = RankStep::of(self.method.ranks, index);
        log.tiers = TierStep::of(self.method, tiers);
        log.note_effective(effective);
        log
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
        let given: Vec<f64> = children.iter().map(|&c| self.method.nodes[c].weight).collect();
        let material = Children {
            given: &given,
            scores: children.iter().map(|&c| self.scores[c].as_slice()).collect(),
            raw: children.iter().map(|&c| self.treated_values[c].as_slice()).collect(),
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

    /// Gives the weight of children that are left out to their siblings; where all are, or those
    /// that stay weigh nothing, the stated weights stand.
    fn share_out(&mut self, children: &[usize]) {
        let stay = children.iter().filter(|&&c| !self.excluded[c]);
        let total: f64 = stay.map(|&c| self.weights[c]).sum();
        if total <= 0.0 || children.iter().all(|&c| !self.excluded[c]) {
            return;
        }
        for &child in children {
            let own = &mut self.weights[child];
            *own = if self.excluded[child] { 0.0 } else { *own / total };
        }
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

    /// Whether enough weight is known; a hair of tolerance, since shares are sums of fractions.
    fn is_enough(&self, known: f64, unit: usize) -> bool {
        let threshold = self.method.missing.unit_threshold;
        known > 0.0 && (known >= threshold - 1e-12 || self.screening.keeps_unit(unit))
    }

    /// Scores and ranks at every node.
    fn results(&self) -> Vec<NodeResult> {
        let nodes = self.scores.iter().zip(&self.coverage);
        nodes.map(|(scores, coverage)| node_result(scores, coverage, self.method.ranks)).collect()
    }

    fn warn_unranked(&mut self) {
        for (unit, name) in self.names.iter().enumerate() {
            if self.scores[0][unit].is_none() && !self.screening.leaves_out_unit(unit) {
                let (share, threshold) =
                    (self.coverage[0][unit], self.method.missing.unit_threshold);
                let ground = Ground::Availability { share, threshold };
                self.screening.units.push(Screened { at: unit, kept: false, ground });
                if self.excluded[0] {
                    continue; // Told once, by the screening.
                }
                self.findings.push(
                    Diagnostic::warning(
                        Code::IndexExcluded,
                        format!(
                            "{name} has no index score: data for {:.1} % of the weight, the \
                             threshold is {} %",
                            share * 100.0,
                            percent(threshold)
                        ),
                    )
                    .help("complete its data, or lower `missing: unit-threshold`"),
                );
            }
        }
        self.screening.units.sort_by_key(|own| own.at);
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

/// How much of the index's weight rests on data of each status.
fn status_shares(
    data: &Dataset,
    scores: &[Vec<Option<f64>>],
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
                        let used = scores[i.node][unit].is_some();
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
