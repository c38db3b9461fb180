//! What was done to the values of one indicator, up to its scores.

use serde::Serialize;

use crate::config::{
    ConstantRule, Direction, Imputation, IndicatorSpec, Node, Normalisation, Over, Treatment,
};
use crate::data::{Cell, IndicatorData};
use crate::index::method_log::DefinitionStep;
use crate::index::normalise::{extremes, is_constant};
use crate::index::{Applied, Shape, Treated};
use crate::num::{mean, standard_deviation};

/// What was done to the values of one indicator.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IndicatorStep {
    /// Position of its node.
    #[serde(skip)]
    pub node: usize,
    /// Its code.
    pub code: String,
    /// 0 for the index, 1 for what stands right below it, and so on.
    pub level: usize,
    /// Whether more is better; has no meaning under target and interval types.
    pub direction: Direction,
    /// How its value is made.
    pub definition: DefinitionStep,
    /// The definition as printed.
    pub text: String,
    /// Year it refers to, if its data have years.
    pub year: Option<i32>,
    /// The rule for gaps.
    pub imputation: Imputation,
    /// Units with a value of their own, of those that are not left out.
    pub known: usize,
    /// Units whose value was filled in.
    pub imputed: usize,
    /// Whether it takes part; `false` if screening or the rule for constants leaves it out.
    pub takes_part: bool,
    /// Treatment of outliers.
    pub treatment: TreatmentStep,
    /// Normalisation.
    pub normalisation: NormalisationStep,
}

/// Treatment of the outliers of an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct TreatmentStep {
    /// The rule, with its limits or its lambda.
    pub rule: Treatment,
    /// Whether the rule is that of the methodology, in whose place others may be drawn.
    #[serde(skip)]
    pub shared: bool,
    /// What it came to.
    pub applied: Applied,
    /// Values that changed.
    pub points: usize,
    /// Skew and kurtosis before.
    pub before: Shape,
    /// Skew and kurtosis after.
    pub after: Shape,
}

/// Normalisation of an indicator: the method, and the figures it took from the sample.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NormalisationStep {
    /// The method, with its parameters.
    pub rule: Normalisation,
    /// Whether the method is that of the methodology, in whose place others may be drawn.
    #[serde(skip)]
    pub shared: bool,
    /// Over which values the following figures and the scores are taken.
    pub over: Over,
    /// Values after treatment.
    pub count: usize,
    /// The least of them.
    pub minimum: Option<f64>,
    /// The greatest.
    pub maximum: Option<f64>,
    /// Their mean.
    pub mean: Option<f64>,
    /// Their sample standard deviation (n − 1).
    pub standard_deviation: Option<f64>,
    /// Value of the unit to compare with, if the method asks for one.
    pub reference: Option<f64>,
    /// Units with a value but none in the base year, which have no score for that reason.
    pub without_base: usize,
    /// The rule for a constant indicator, if it came to be applied.
    pub constant: Option<ConstantRule>,
    /// The lowest score.
    pub lowest: Option<f64>,
    /// The highest score.
    pub highest: Option<f64>,
}

/// What an indicator step is written from.
pub(in crate::index) struct Normalising<'a> {
    pub(in crate::index) at: usize,
    pub(in crate::index) node: &'a Node,
    pub(in crate::index) spec: &'a IndicatorSpec,
    pub(in crate::index) data: &'a IndicatorData,
    /// The values that take part, before treatment.
    pub(in crate::index) raw: &'a [Option<f64>],
    /// The same after treatment.
    pub(in crate::index) values: &'a [Option<f64>],
    pub(in crate::index) treated: Option<&'a Treated>,
    pub(in crate::index) scores: &'a [Option<f64>],
    pub(in crate::index) excluded: bool,
    pub(in crate::index) origin: Origin<'a>,
}

/// The methods of the methodology, which an indicator has unless it states its own.
#[derive(Clone, Copy)]
pub(in crate::index) struct Origin<'a> {
    pub(in crate::index) normalisation: &'a Normalisation,
    pub(in crate::index) treatment: Treatment,
}

impl IndicatorStep {
    /// Takes down what was done to an indicator.
    pub(in crate::index) fn of(done: &Normalising<'_>) -> Self {
        let spec = done.spec;
        let present = || {
            let cells = done.data.cells.iter().zip(done.raw);
            cells.filter_map(|(cell, value)| cell.as_ref().filter(|_| value.is_some()))
        };
        Self {
            node: done.at,
            code: done.node.code.clone(),
            level: done.node.level,
            direction: spec.direction,
            definition: DefinitionStep::of(&spec.value),
            text: spec.value.text.clone(),
            year: done.data.year,
            imputation: spec.imputation,
            known: present().filter(|cell| Cell::is_own(cell)).count(),
            imputed: present().filter(|cell| cell.imputed.is_some()).count(),
            takes_part: !done.excluded,
            treatment: treatment(done),
            normalisation: normalisation(done),
        }
    }
}

fn treatment(done: &Normalising<'_>) -> TreatmentStep {
    let shared = done.spec.treatment == done.origin.treatment;
    if let Some(own) = done.treated {
        return TreatmentStep {
            rule: own.rule,
            shared,
            applied: own.applied,
            points: own.points.len(),
            before: own.before,
            after: own.after,
        };
    }
    let known: Vec<f64> = done.raw.iter().flatten().copied().collect();
    let shape = Shape::of(&known);
    let rule = done.spec.treatment;
    TreatmentStep {
        rule,
        shared,
        applied: Applied::Nothing,
        points: 0,
        before: shape,
        after: shape,
    }
}

fn normalisation(done: &Normalising<'_>) -> NormalisationStep {
    let rule = &done.spec.normalisation;
    let known: Vec<f64> = done.values.iter().flatten().copied().collect();
    let scores: Vec<f64> = done.scores.iter().flatten().copied().collect();
    let ends = |values: &[f64]| {
        let (least, most) = extremes(values);
        (!values.is_empty()).then_some((least, most))
    };
    let extremes = ends(&known);
    let constant = extremes.is_some_and(|(least, most)| is_constant(least, most));
    let without_base = if matches!(rule, Normalisation::BasePeriod { .. }) {
        done.values.iter().zip(done.scores).filter(|(v, s)| v.is_some() && s.is_none()).count()
    } else {
        0
    };
    NormalisationStep {
        rule: rule.clone(),
        shared: rule == done.origin.normalisation,
        over: done.spec.over,
        count: known.len(),
        minimum: extremes.map(|e| e.0),
        maximum: extremes.map(|e| e.1),
        mean: finite(mean(&known)),
        standard_deviation: finite(standard_deviation(&known)),
        reference: done.data.reference(rule).and_then(|unit| *done.values.get(unit)?),
        without_base,
        constant: rule.constant().filter(|_| constant),
        lowest: ends(&scores).map(|e| e.0),
        highest: ends(&scores).map(|e| e.1),
    }
}

/// A figure, unless values are so large that it is none.
fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|x| x.is_finite())
}
