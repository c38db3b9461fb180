//! Treatment of outliers: the rule, as written and as checked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::short::Short;
use crate::config::yaml::Place;
use crate::config::{Normalisation, method::IndicatorSpec};
use crate::diag::{Code, Diagnostic, Findings};

/// How outliers are treated: a word, or a mapping with `method` and its options.
pub(super) type RawTreatment = Short<RawTreatmentMethod, RawTreatmentRule>;

/// Methods of treating outliers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawTreatmentMethod {
    /// Not at all.
    None,
    /// While skew and kurtosis are beyond the limits, the outermost values are drawn in to the
    /// next one; if that does not do with `max-points` of them, the logarithm of the original
    /// values is taken.
    WinsoriseLog,
    /// The transformation of Box and Cox with a given `lambda`.
    BoxCox,
    /// Values beyond two percentiles are set to these.
    PercentileClamp,
}

/// How outliers are treated, with options.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawTreatmentRule {
    /// The method.
    pub method: RawTreatmentMethod,
    /// For `winsorise-log`: limit of the absolute skew. Default: 2.
    #[schemars(range(min = 0.0))]
    pub skew: Option<f64>,
    /// For `winsorise-log`: limit of the excess kurtosis. Default: 3.5.
    pub kurtosis: Option<f64>,
    /// For `winsorise-log`: the most points that are drawn in. Default: 5.
    pub max_points: Option<usize>,
    /// For `box-cox` (required): the exponent; 0 is the logarithm.
    pub lambda: Option<f64>,
    /// For `percentile-clamp`: share of values below the lower percentile. Default: 0.05.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub lower: Option<f64>,
    /// For `percentile-clamp`: share of values below the upper percentile. Default: 0.95.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub upper: Option<f64>,
}

/// How outliers of an indicator are treated.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "method")]
pub enum Treatment {
    /// Not at all.
    None,
    /// Winsorising, then the logarithm, by limits of skew and kurtosis.
    WinsoriseLog {
        /// Limit of the absolute skew.
        skew: f64,
        /// Limit of the excess kurtosis.
        kurtosis: f64,
        /// The most points that are drawn in.
        max_points: usize,
    },
    /// `(y^lambda - 1) / lambda` with `y = x - min + 1`; its logarithm at 0.
    BoxCox {
        /// The exponent.
        lambda: f64,
    },
    /// Values beyond two percentiles are set to these.
    PercentileClamp {
        /// Share of values below the lower one.
        lower: f64,
        /// Share of values below the upper one.
        upper: f64,
    },
}

impl Treatment {
    /// Whether treated values may be on another scale than the data.
    #[must_use]
    pub const fn may_transform(self) -> bool {
        matches!(self, Self::WinsoriseLog { .. } | Self::BoxCox { .. })
    }
}

/// Checks a rule; a mistake in it is a finding and stands for no treatment.
pub(super) fn resolve(
    raw: &RawTreatment,
    place: Option<&Place>,
    findings: &mut Findings,
) -> Treatment {
    use RawTreatmentMethod as Method;
    let rule = match raw {
        Short::Short(method) => &RawTreatmentRule {
            method: *method,
            skew: None,
            kurtosis: None,
            max_points: None,
            lambda: None,
            lower: None,
            upper: None,
        },
        Short::Long(rule) => rule,
    };
    let (word, own): (&str, &[&str]) = match rule.method {
        Method::None => ("none", &[]),
        Method::WinsoriseLog => ("winsorise-log", &["skew", "kurtosis", "max-points"]),
        Method::BoxCox => ("box-cox", &["lambda"]),
        Method::PercentileClamp => ("percentile-clamp", &["lower", "upper"]),
    };
    for (key, stands) in [
        ("skew", rule.skew.is_some()),
        ("kurtosis", rule.kurtosis.is_some()),
        ("max-points", rule.max_points.is_some()),
        ("lambda", rule.lambda.is_some()),
        ("lower", rule.lower.is_some()),
        ("upper", rule.upper.is_some()),
    ] {
        if stands && !own.contains(&key) {
            findings.push(
                Diagnostic::error(
                    Code::ConfigInvalid,
                    format!("`{key}` has no meaning for treatment by `{word}`"),
                )
                .at_opt(place.map(|p| p.span_of(key)), ""),
            );
        }
    }
    match rule.method {
        Method::None => Treatment::None,
        Method::WinsoriseLog => Treatment::WinsoriseLog {
            skew: rule.skew.unwrap_or(2.0),
            kurtosis: rule.kurtosis.unwrap_or(3.5),
            max_points: rule.max_points.unwrap_or(5),
        },
        Method::BoxCox => {
            if let Some(lambda) = rule.lambda {
                Treatment::BoxCox { lambda }
            } else {
                findings.push(
                    Diagnostic::error(
                        Code::ConfigMissingKey,
                        "treatment by `box-cox` needs `lambda`",
                    )
                    .at_opt(place.map(|p| p.span), "")
                    .help("write `treatment: { method: box-cox, lambda: 0.5 }`"),
                );
                Treatment::None
            }
        }
        Method::PercentileClamp => {
            let (lower, upper) = (rule.lower.unwrap_or(0.05), rule.upper.unwrap_or(0.95));
            if lower >= upper {
                findings.push(
                    Diagnostic::error(Code::ConfigInvalid, "`lower` must lie below `upper`")
                        .at_opt(place.map(|p| p.span_of("lower")), ""),
                );
            }
            Treatment::PercentileClamp { lower, upper }
        }
    }
}

/// The finding that an indicator with fixed goalposts may be put on another scale.
pub(super) fn conflict(code: &str, spec: &IndicatorSpec) -> Option<Diagnostic> {
    let fixed = matches!(spec.normalisation, Normalisation::Goalposts { .. });
    (fixed && spec.treatment.may_transform()).then(|| {
        Diagnostic::error(
            Code::ConfigInvalid,
            format!(
                "`{code}` has goalposts on the scale of the data, which its treatment may leave"
            ),
        )
        .at(spec.value_span, "")
        .help("write `treatment: none` for it, or use `percentile-clamp`")
    })
}
