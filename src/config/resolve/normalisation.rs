//! Meaning of `normalisation`: ranges, required options, defaults.

use super::{complain, refuse_others};
use crate::config::normalisation::{
    Clamp, ConstantRule, EqualValues, Normalisation, Over, Spacing,
};
use crate::config::raw::{
    RawClamp, RawConstant, RawEqualValues, RawNormalisation, RawNormalisationMethod as Method,
    RawOver, RawSpacing, Spelled,
};
use crate::config::yaml::Place;
use crate::diag::Findings;

/// Resolves a normalisation; a mistake is pushed and something of the same kind returned.
pub(in crate::config) fn normalisation(
    raw: &RawNormalisation,
    place: Option<&Place>,
    findings: &mut Findings,
) -> Normalisation {
    refuse_others(findings, place, word(raw.method), used(raw.method));
    let usual = if raw.method == Method::EfficacyCoefficient { 60.0 } else { 0.0 };
    let [low, high] = raw.range.unwrap_or([usual, 100.0]);
    if low >= high {
        let message = "the lower end of `range` must lie below the upper end";
        complain(findings, message, place, "range");
    }
    let constant = match raw.constant {
        None | Some(Spelled::Word(RawConstant::Error)) => ConstantRule::Error,
        Some(Spelled::Word(RawConstant::Mid)) => ConstantRule::Mid,
        Some(Spelled::Word(RawConstant::Drop)) => ConstantRule::Drop,
        Some(Spelled::Full(score)) => ConstantRule::Value(score),
    };
    let ties = match raw.ties {
        None | Some(RawEqualValues::Lowest) => EqualValues::Lowest,
        Some(RawEqualValues::Highest) => EqualValues::Highest,
        Some(RawEqualValues::Average) => EqualValues::Average,
        Some(RawEqualValues::Dense) => EqualValues::Dense,
    };
    let clamp = |usual: Clamp| match raw.clamp {
        None => usual,
        Some(RawClamp::Both) => Clamp::Both,
        Some(RawClamp::Low) => Clamp::Low,
        Some(RawClamp::High) => Clamp::High,
        Some(RawClamp::None) => Clamp::None,
    };
    let mut need = |value: Option<f64>, key: &str| {
        value.unwrap_or_else(|| {
            let message = format!("`{}` needs `{key}`", word(raw.method));
            complain(findings, message, place, "method");
            0.0
        })
    };
    match raw.method {
        Method::None => Normalisation::None,
        Method::MinMax => Normalisation::MinMax { low, high, constant },
        Method::ZScore => {
            let [centre, spread] = raw.scale.unwrap_or([50.0, 10.0]);
            if spread <= 0.0 {
                let message = "the standard deviation of `scale` must be above zero";
                complain(findings, message, place, "scale");
            }
            Normalisation::ZScore { centre, spread, constant }
        }
        Method::Rank => Normalisation::Rank { ties, constant },
        Method::PercentileRank => Normalisation::PercentileRank { low, high, ties, constant },
        Method::Borda => Normalisation::Borda { ties, constant },
        Method::Goalposts => goalposts(raw, [low, high], clamp(Clamp::Both), place, findings),
        Method::FixedBounds => goalposts(raw, [low, high], Clamp::None, place, findings),
        Method::DistanceToTarget => {
            let target = need(raw.target, "target");
            Normalisation::DistanceToTarget { target, low, high, clamp: clamp(Clamp::None) }
        }
        Method::DistanceToReference => {
            let unit = raw.reference.clone().unwrap_or_else(|| {
                let message = "`distance-to-reference` needs `reference`, a unit of the sample";
                complain(findings, message, place, "method");
                String::new()
            });
            Normalisation::DistanceToReference { unit, low, high, clamp: clamp(Clamp::None) }
        }
        Method::DistanceToMaximum => Normalisation::DistanceToMaximum { low, high, constant },
        Method::FractionOfMaximum => Normalisation::FractionOfMaximum { high },
        Method::TargetType => {
            Normalisation::TargetType { target: need(raw.target, "target"), low, high, constant }
        }
        Method::IntervalType => {
            let [from, to] = raw.interval.unwrap_or_else(|| {
                complain(findings, "`interval-type` needs `interval`", place, "method");
                [0.0, 1.0]
            });
            if from > to {
                complain(findings, "the ends of `interval` stand the wrong way", place, "interval");
            }
            Normalisation::IntervalType { from, to, low, high, constant }
        }
        Method::EfficacyCoefficient => Normalisation::Efficacy { low, high, constant },
        Method::BasePeriod => {
            let year = raw.base_year.unwrap_or_else(|| {
                complain(findings, "`base-period` needs `base-year`", place, "method");
                0
            });
            Normalisation::BasePeriod { year }
        }
    }
}

/// Over which values a normalisation takes its extremes, means and ranks.
pub(in crate::config) const fn over(raw: &RawNormalisation) -> Over {
    match raw.over {
        None | Some(RawOver::PerYear) => Over::Year,
        Some(RawOver::Pooled) => Over::Pooled,
    }
}

fn goalposts(
    raw: &RawNormalisation,
    [low, high]: [f64; 2],
    clamp: Clamp,
    place: Option<&Place>,
    findings: &mut Findings,
) -> Normalisation {
    let spacing = match raw.spacing {
        None | Some(RawSpacing::Linear) => Spacing::Linear,
        Some(RawSpacing::Log) => Spacing::Log,
    };
    let (from, to) = match (raw.low, raw.high) {
        (Some(from), Some(to)) if from < to => (from, to),
        (Some(_), Some(_)) => {
            complain(findings, "`low` must lie below `high`", place, "low");
            (1.0, 2.0)
        }
        _ => {
            let message = format!("`{}` needs `low` and `high`", word(raw.method));
            complain(findings, message, place, "method");
            (1.0, 2.0)
        }
    };
    if spacing == Spacing::Log && from <= 0.0 {
        complain(findings, "`low` must be above zero for `spacing: log`", place, "low");
    }
    Normalisation::Goalposts { from, to, low, high, spacing, clamp }
}

/// Options that mean something to a method.
const fn used(method: Method) -> &'static [&'static str] {
    match method {
        Method::None => &[],
        Method::MinMax | Method::DistanceToMaximum | Method::EfficacyCoefficient => {
            &["range", "constant", "over"]
        }
        Method::ZScore => &["scale", "constant", "over"],
        Method::Rank | Method::Borda => &["ties", "constant", "over"],
        Method::PercentileRank => &["range", "ties", "constant", "over"],
        Method::Goalposts => &["low", "high", "range", "spacing", "clamp"],
        Method::FixedBounds => &["low", "high", "range", "spacing"],
        Method::DistanceToTarget => &["target", "range", "clamp", "over"],
        Method::DistanceToReference => &["reference", "range", "clamp"],
        Method::FractionOfMaximum => &["range", "over"],
        Method::TargetType => &["target", "range", "constant", "over"],
        Method::IntervalType => &["interval", "range", "constant", "over"],
        Method::BasePeriod => &["base-year"],
    }
}

const fn word(method: Method) -> &'static str {
    match method {
        Method::None => "none",
        Method::MinMax => "min-max",
        Method::ZScore => "z-score",
        Method::Rank => "rank",
        Method::PercentileRank => "percentile-rank",
        Method::Borda => "borda",
        Method::Goalposts => "goalposts",
        Method::FixedBounds => "fixed-bounds",
        Method::DistanceToTarget => "distance-to-target",
        Method::DistanceToReference => "distance-to-reference",
        Method::DistanceToMaximum => "distance-to-maximum",
        Method::FractionOfMaximum => "fraction-of-maximum",
        Method::TargetType => "target-type",
        Method::IntervalType => "interval-type",
        Method::EfficacyCoefficient => "efficacy-coefficient",
        Method::BasePeriod => "base-period",
    }
}
