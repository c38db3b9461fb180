//! One replicate: draws the specification, computes the index, ranks the units.

use crate::config::{Aggregation, Normalisation, Uncertainty, WeightSources};
use crate::index::normalise::NormaliseError;
use crate::index::robustness::draws::{Draws, Stream};
use crate::index::robustness::evaluate::Evaluator;
use crate::index::robustness::order::{Order, Place};
use crate::index::robustness::plan::{Leaf, Plan};
use crate::index::robustness::rescale::{nominally, rescale};

/// A source of uncertainty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// Choice of the treatment of outliers.
    Treatment,
    /// Choice of the rule for gaps.
    Imputation,
    /// Choice of the normalisation.
    Normalisation,
    /// Choice of the aggregation.
    Aggregation,
    /// All weights.
    Weights,
    /// The weights of the nodes at a level.
    WeightsAtLevel(usize),
    /// The weights of the children of the node at a position.
    WeightsBelow(usize),
    /// The values of the indicators.
    Values,
}

/// Why a combination of methods cannot be replayed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Unplayable {
    /// More units than places fit.
    TooManyUnits,
    /// A drawn normalisation cannot take the values of the indicator at a position.
    Normalisation(Normalisation, usize),
    /// The mean at a position meets a score that it cannot take.
    Mean(Normalisation, usize),
}

/// What all replicates share.
#[derive(Debug, Clone)]
pub(super) struct Setup<'a> {
    pub(super) plan: &'a Plan,
    pub(super) spec: &'a Uncertainty,
    weights: Vec<f64>,
    /// Aggregation by node, for each choice.
    aggregations: Vec<Vec<Option<Aggregation>>>,
    /// Scores of the indicators without noise, for each choice of normalisation, and among these
    /// for each combination of treatment and imputation.
    scores: Vec<Vec<Vec<f64>>>,
}

impl<'a> Setup<'a> {
    /// Prepares the choices and tries every combination once without noise.
    ///
    /// # Errors
    /// The first combination that cannot be computed.
    pub(super) fn new(plan: &'a Plan, spec: &'a Uncertainty) -> Result<Self, Unplayable> {
        if plan.count() > usize::from(Place::MAX.unsigned_abs()) {
            return Err(Unplayable::TooManyUnits);
        }
        let drawn: Vec<Option<Normalisation>> = choices(&spec.normalisation);
        let scores = drawn
            .iter()
            .flat_map(|choice| plan.choices().iter().map(move |leaves| (choice, leaves)))
            .map(|(choice, leaves)| {
                leaves.iter().map(|leaf| leaf_scores(leaf, choice.as_ref())).collect()
            })
            .collect::<Result<Vec<Vec<Vec<f64>>>, Unplayable>>()?;
        let aggregations: Vec<_> =
            choices(&spec.aggregation).into_iter().map(|a| plan.aggregations(a)).collect();
        let setup = Self { plan, spec, weights: plan.weights(), aggregations, scores };
        for choice in 0..setup.scores.len() {
            let normalisation = &drawn[choice / plan.choices().len()];
            let mut evaluator = setup.evaluator(choice);
            for aggregations in &setup.aggregations {
                evaluator.run(&setup.weights, aggregations).map_err(|found| {
                    let nominal = plan.leaves.first().map(|l| &l.normalisation);
                    let own = normalisation.as_ref().or(nominal).cloned();
                    own.map_or(Unplayable::TooManyUnits, |n| Unplayable::Mean(n, found.node))
                })?;
            }
        }
        Ok(setup)
    }

    /// The sources of uncertainty that have any effect to follow up, in a fixed order.
    pub(super) fn sources(&self) -> Vec<Source> {
        let mut sources = Vec::new();
        for (source, count) in [
            (Source::Treatment, self.spec.treatment.len()),
            (Source::Imputation, self.spec.imputation.len()),
            (Source::Normalisation, self.spec.normalisation.len()),
        ] {
            if count > 1 {
                sources.push(source);
            }
        }
        if self.aggregations.len() > 1 {
            sources.push(Source::Aggregation);
        }
        for (position, node) in self.plan.nodes.iter().enumerate() {
            let below = self.spec.weight_noise(node.level + 1);
            if below > 0.0 && node.children.len() > 1 {
                let source = match self.spec.weight_sources {
                    WeightSources::Whole => Source::Weights,
                    WeightSources::Levels => Source::WeightsAtLevel(node.level + 1),
                    WeightSources::Parents => Source::WeightsBelow(position),
                };
                if !sources.contains(&source) {
                    sources.push(source);
                }
            }
        }
        sources.sort_unstable();
        if self.spec.noise.is_some_and(|n| n.relative > 0.0) {
            sources.push(Source::Values);
        }
        sources
    }

    /// The source to which the weights below a node belong.
    fn weights_below(&self, node: usize) -> Source {
        match self.spec.weight_sources {
            WeightSources::Whole => Source::Weights,
            WeightSources::Levels => Source::WeightsAtLevel(self.plan.nodes[node].level + 1),
            WeightSources::Parents => Source::WeightsBelow(node),
        }
    }

    /// The indicators of a choice, by its place among all of them.
    fn leaves(&self, choice: usize) -> &'a [Leaf] {
        let choices = self.plan.choices();
        &choices[choice % choices.len()]
    }

    /// The place of what is drawn among all choices.
    fn choice(&self, draws: &impl Fn(Source) -> Draws) -> usize {
        let pick = |source, stream, count: usize| draws(source).choice(stream, 0, count.max(1));
        let spec = self.spec;
        let treatment = pick(Source::Treatment, Stream::Treatment, spec.treatment.len());
        let imputation = pick(Source::Imputation, Stream::Imputation, spec.imputation.len());
        let scale = pick(Source::Normalisation, Stream::Normalisation, spec.normalisation.len());
        let among = treatment * spec.imputation.len().max(1) + imputation;
        scale * self.plan.choices().len() + among
    }

    /// An evaluator with the scores of a choice.
    fn evaluator(&self, choice: usize) -> Evaluator<'a> {
        let mut evaluator = Evaluator::new(self.plan);
        for (leaf, scores) in self.leaves(choice).iter().zip(&self.scores[choice]) {
            evaluator.occupy(leaf);
            evaluator.set_scores(leaf, scores);
        }
        let geometric = Some(Aggregation::Geometric);
        if self.aggregations.iter().flatten().any(|&a| a == geometric) {
            evaluator.keep_logs();
        }
        evaluator
    }

    /// Room for replicates, one after another.
    pub(super) fn replay(&'a self) -> Replay<'a> {
        Replay {
            setup: self,
            evaluators: (0..self.scores.len()).map(|choice| self.evaluator(choice)).collect(),
            weights: self.weights.clone(),
            noise: vec![0.0; self.plan.units],
            values: Vec::new(),
            scratch: Vec::new(),
            order: Order::new(&self.plan.order),
            scores: Vec::new(),
            last: 0,
        }
    }
}

fn choices<T: Clone>(drawn: &[T]) -> Vec<Option<T>> {
    if drawn.is_empty() { vec![None] } else { drawn.iter().cloned().map(Some).collect() }
}

/// The normalisation of an indicator under a choice.
fn chosen<'a>(leaf: &'a Leaf, choice: Option<&'a Normalisation>) -> &'a Normalisation {
    choice.filter(|_| leaf.varies).unwrap_or(&leaf.normalisation)
}

/// Scores of the known values of an indicator without noise.
fn leaf_scores(leaf: &Leaf, choice: Option<&Normalisation>) -> Result<Vec<f64>, Unplayable> {
    let method = chosen(leaf, choice);
    match nominally(&leaf.values, method, leaf) {
        Ok(scores) => Ok(scores),
        Err(NormaliseError::Constant(_) | NormaliseError::Dropped(_)) => {
            let mut scores = leaf.values.clone();
            rescale(&mut scores, method, leaf, &mut Vec::new());
            Ok(scores)
        }
        Err(_) => Err(Unplayable::Normalisation(method.clone(), leaf.node)),
    }
}

/// Room for replicates, one after another.
#[derive(Debug)]
pub(super) struct Replay<'a> {
    setup: &'a Setup<'a>,
    /// One for each choice of normalisation, treatment and imputation.
    evaluators: Vec<Evaluator<'a>>,
    weights: Vec<f64>,
    noise: Vec<f64>,
    values: Vec<f64>,
    scratch: Vec<f64>,
    /// Ranks by slot, that is, by nominal order.
    pub(super) order: Order,
    /// Index scores by slot.
    pub(super) scores: Vec<f64>,
    /// The choice of the last run.
    last: usize,
}

impl Replay<'_> {
    /// Computes and ranks one replicate, in which each source reads the numbers that `draws` names
    /// for it. Says whether that can be done: noise may bring a score under a geometric mean down
    /// to zero.
    pub(super) fn run(&mut self, draws: impl Fn(Source) -> Draws) -> bool {
        let setup = self.setup;
        let choice = setup.choice(&draws);
        let aggregations = &setup.aggregations
            [draws(Source::Aggregation).choice(Stream::Aggregation, 0, setup.aggregations.len())];
        self.last = choice;
        self.draw_weights(&draws);
        if !self.draw_values(choice, draws(Source::Values)) {
            return false;
        }
        let evaluator = &mut self.evaluators[choice];
        if evaluator.run(&self.weights, aggregations).is_err() {
            return false;
        }
        let column = evaluator.column(0);
        self.scores.clear();
        self.scores.extend(setup.plan.order.iter().map(|&unit| column[unit]));
        self.order.rank(self.scores.iter().copied(), setup.plan.rule);
        true
    }

    /// What the last run left at every node.
    pub(super) fn evaluator(&self) -> &Evaluator<'_> {
        &self.evaluators[self.last]
    }

    /// Scores of the dimensions right below the index after the last run, by dimension and slot.
    pub(super) fn profile(&self) -> Vec<Vec<Option<f64>>> {
        let (plan, evaluator) = (self.setup.plan, &self.evaluators[self.last]);
        let dimensions = plan.nodes.first().map_or(&[][..], |root| &root.children);
        let score = |node: usize, unit: usize| {
            evaluator.has(node, unit).then(|| evaluator.column(node)[unit])
        };
        dimensions
            .iter()
            .map(|&node| plan.order.iter().map(|&unit| score(node, unit)).collect())
            .collect()
    }

    /// w (1 + f U), siblings scaled to sum to one.
    fn draw_weights(&mut self, draws: impl Fn(Source) -> Draws) {
        for (position, node) in self.setup.plan.nodes.iter().enumerate() {
            let noise = self.setup.spec.weight_noise(node.level + 1);
            if noise <= 0.0 || node.children.len() < 2 {
                continue;
            }
            let draws = draws(self.setup.weights_below(position));
            let mut total = 0.0;
            for &child in &node.children {
                let u = 2.0 * draws.uniform(Stream::Weights, child) - 1.0;
                self.weights[child] = self.setup.weights[child] * (1.0 + noise * u);
                total += self.weights[child];
            }
            for &child in &node.children {
                self.weights[child] /= total;
            }
        }
    }

    /// x (1 + r E), then the drawn normalisation.
    fn draw_values(&mut self, choice: usize, draws: Draws) -> bool {
        let setup = self.setup;
        let Some(noise) = setup.spec.noise.filter(|n| n.relative > 0.0) else { return true };
        let instead = setup.spec.normalisation.get(choice / setup.plan.choices().len());
        for (position, leaf) in setup.leaves(choice).iter().enumerate() {
            draws.noise(Stream::Values(position), noise.kind, &mut self.noise);
            self.values.clone_from(&leaf.values);
            let complete = leaf.at.len() == setup.plan.units;
            for (place, x) in self.values.iter_mut().enumerate() {
                let unit = if complete { place } else { leaf.at[place] };
                *x *= 1.0 + noise.relative * self.noise[unit];
            }
            let method = chosen(leaf, instead);
            if !rescale(&mut self.values, method, leaf, &mut self.scratch) {
                return false;
            }
            self.evaluators[choice].set_scores(leaf, &self.values);
        }
        true
    }
}
