//! What the engine tells about values, weights and scores that a method cannot take.

use crate::config::{IndicatorSpec, Normalisation};
use crate::diag::{Code, Diagnostic, nearest};
use crate::index::normalise::NormaliseError;

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
        NormaliseError::MaximumNotPositive(value) => {
            domain(format!("`{code}` cannot be a fraction of its maximum, which is {value}"))
                .help("use `min-max` or `goalposts` for it")
        }
        NormaliseError::NotPositive { unit, value, base: false } => domain(format!(
            "`{code}` is {value} for unit {}, but `spacing: log` takes values above zero",
            units.get(unit).map_or("?", String::as_str)
        ))
        .help("use `spacing: linear`, or leave the cell empty if the value is not known"),
        NormaliseError::NotPositive { unit, value, base: true } => domain(format!(
            "`{code}` of the base year is {value} for unit {}, which cannot count as 100",
            units.get(unit).map_or("?", String::as_str)
        ))
        .help("take another `base-year`, or another method"),
        NormaliseError::TargetNotBeyond { target, worst } => {
            let what = match &spec.normalisation {
                Normalisation::DistanceToReference { unit, .. } => format!("unit {unit}"),
                _ => "the target".to_owned(),
            };
            domain(format!(
                "{what} has `{code}` = {target}, no better than the worst of the sample, {worst}"
            ))
            .help("compare with something better than the worst unit")
        }
        NormaliseError::UnknownReference(unit) => {
            let near = nearest(&unit, units.iter().map(String::as_str));
            Diagnostic::error(
                Code::ConfigUnknownName,
                format!("`{code}` refers to unit `{unit}`, which is not in the sample"),
            )
            .at(spec.value_span, "")
            .did_you_mean(&near)
            .help("name a unit of the sample by its code")
        }
        NormaliseError::ReferenceMissing(unit) => {
            domain(format!("unit {unit} has no value of `{code}` to compare with"))
                .help("take another reference, or complete the data")
        }
    }
}
