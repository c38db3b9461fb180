//! What the engine tells about values, weights and scores that a method cannot take.

use crate::config::{Aggregation, IndicatorSpec, Node, Normalisation, Weighting};
use crate::diag::{Code, Diagnostic};
use crate::index::aggregate::{Domain, DomainWhy};
use crate::index::normalise::NormaliseError;
use crate::index::weights::{Fallback, NodeWeighting, WeightError, WeightingDetail};

/// Consistency ratio above which judgements should be looked at again (Saaty 1980).
const MOST_RATIO: f64 = 0.10;

/// An indicator that cannot be normalised, or is left out because it is constant.
pub(super) fn normalising(
    code: &str,
    spec: &IndicatorSpec,
    error: NormaliseError,
    units: &[String],
) -> Diagnostic {
    let word = spec.normalisation.word();
    let domain =
        |message: String| Diagnostic::error(Code::IndexDomain, message).at(spec.value_span, "");
    match error {
        NormaliseError::Constant(value) => Diagnostic::error(
            Code::IndexConstant,
            format!("`{code}` is {value} for every unit, so it cannot tell them apart"),
        )
        .at(spec.value_span, "")
        .help(format!("drop it, or write `normalisation: {{ method: {word}, constant: mid }}`")),
        NormaliseError::Dropped(value) => Diagnostic::warning(
            Code::IndexConstant,
            format!("`{code}` is left out: it is {value} for every unit"),
        )
        .at(spec.value_span, "")
        .help("take it out of the framework"),
        NormaliseError::TooLarge { unit, value } => domain(format!(
            "`{code}` comes to {value:e} for {}, which is beyond ±1e100",
            units.get(unit).map_or("?", String::as_str)
        ))
        .help("look for a mistyped figure, or take another measure"),
        NormaliseError::MaximumNotPositive(value) => {
            domain(format!("`{code}` cannot be a fraction of its maximum, which is {value}"))
                .help("use `min-max` or `goalposts` for it")
        }
        NormaliseError::NotPositive { unit, value, base: false } => domain(format!(
            "`{code}` is {value} for {}, but `spacing: log` takes values above zero",
            units.get(unit).map_or("?", String::as_str)
        ))
        .help("use `spacing: linear`, or leave the cell empty if the value is not known"),
        NormaliseError::NotPositive { unit, value, base: true } => domain(format!(
            "`{code}` of the base year is {value} for {}, which cannot count as 100",
            units.get(unit).map_or("?", String::as_str)
        ))
        .help("take another `base-year`, or another method"),
        NormaliseError::TargetNotBeyond { target, worst } => {
            let what = match &spec.normalisation {
                Normalisation::DistanceToReference { unit, .. } => unit.clone(),
                _ => "the target".to_owned(),
            };
            domain(format!(
                "{what} has `{code}` = {target}, no better than the worst of the sample, {worst}"
            ))
            .help("compare with something better than the worst unit")
        }
        NormaliseError::ReferenceMissing(unit) => {
            domain(format!("{unit} has no value of `{code}` to compare with"))
                .help("take another reference, or complete the data")
        }
    }
}

/// A node whose children cannot be weighed.
pub(super) fn weighting(node: &Node, child: &str, error: WeightError) -> Diagnostic {
    let (message, help) = match error {
        WeightError::Negative { value, .. } => (
            format!(
                "`{child}` is {value} for a unit, but entropy takes shares of what is zero or more"
            ),
            "use `data: min-max`, or a larger `shift`",
        ),
        WeightError::MeanNotPositive { mean, .. } => (
            format!("`{child}` has a mean of {mean}, to which its spread cannot be compared"),
            "use `data: min-max`, or weigh by `standard-deviation`",
        ),
        WeightError::NegativeLoading { loading, .. } => (
            format!("`{child}` loads {loading:.3} on the first component, which is no weight"),
            "use another `variant`, or look at the direction of the indicator",
        ),
    };
    Diagnostic::error(Code::IndexDomain, message)
        .at(node.span, format!("weighs the children of `{}`", node.code))
        .help(help)
}

/// Weights that exist, but should not be taken at face value.
pub(super) fn doubtful_weights(
    node: &Node,
    method: &Weighting,
    found: &NodeWeighting,
) -> Vec<Diagnostic> {
    let mut warnings = Vec::new();
    if let (Weighting::Combined { first, second, .. }, WeightingDetail::Combined(parts)) =
        (method, &found.detail)
    {
        warnings.extend(doubtful_weights(node, first, &parts[0]));
        warnings.extend(doubtful_weights(node, second, &parts[1]));
        if !warnings.is_empty() {
            return warnings;
        }
    }
    if let Some(why) = found.fallback {
        let why = match why {
            Fallback::TooFewUnits => "fewer than two units have all of them",
            Fallback::NothingToTell => "nothing in them tells one from another",
        };
        warnings.push(
            Diagnostic::warning(
                Code::IndexWeights,
                format!(
                    "the children of `{}` weigh the same: {why}, so `{}` decides nothing",
                    node.code,
                    method.word()
                ),
            )
            .at(node.span, "")
            .help("complete the data, or take another weighting"),
        );
    }
    if let WeightingDetail::Ahp { combined, experts } = &found.detail {
        let of = |which: String, ratio: f64| {
            Diagnostic::warning(
                Code::IndexWeights,
                format!(
                    "{which} of `{}` are inconsistent: consistency ratio {ratio:.3}, above {MOST_RATIO:.2}",
                    node.code
                ),
            )
            .at(node.span, "")
            .help("look at the judgements again")
        };
        if combined.ratio > MOST_RATIO {
            warnings.push(of("the judgements".to_owned(), combined.ratio));
        }
        if experts.len() > 1 {
            for (at, own) in experts.iter().enumerate().filter(|(_, c)| c.ratio > MOST_RATIO) {
                warnings.push(of(format!("the judgements of expert {}", at + 1), own.ratio));
            }
        }
    }
    warnings
}

/// A score that the aggregation of a node cannot take.
pub(super) fn aggregating(
    node: &Node,
    method: Aggregation,
    unit: &str,
    domain: Domain,
) -> Diagnostic {
    let word = method.word();
    let (message, help) = match domain.why {
        DomainWhy::TooLarge => (
            format!("`{}` by `{word}` comes to no number for {unit}", node.code),
            "take a smaller scale, or a smaller exponent",
        ),
        DomainWhy::Negative => (
            below(node, word, unit, domain.value),
            "start the scale at zero or above, or use `arithmetic`",
        ),
        DomainWhy::NotPositive => (
            below(node, word, unit, domain.value),
            "start the scale above zero, such as `range: [1, 100]`, or use `arithmetic`",
        ),
    };
    Diagnostic::error(Code::IndexDomain, message).at(node.span, format!("{word} here")).help(help)
}

fn below(node: &Node, word: &str, unit: &str, score: f64) -> String {
    format!("`{}` takes a {word} mean, but {unit} scores {score} below it", node.code)
}
