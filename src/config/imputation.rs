//! Imputation: the rule that fills gaps, as written and as checked.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::config::short::Short;
use crate::config::yaml::Place;
use crate::diag::{Code, Diagnostic, Findings};

/// How gaps are filled: a word, or a mapping with `method` and its options.
pub(super) type RawImputation = Short<RawImputationMethod, RawImputationRule>;

/// Methods of filling gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawImputationMethod {
    /// Not at all: the weights of what is present are scaled up.
    None,
    /// The mean of the other units.
    Mean,
    /// The median of the other units.
    Median,
    /// The mean of the other units of its group.
    GroupMean,
    /// The median of the other units of its group.
    GroupMedian,
    /// The newest earlier value of the unit itself.
    Latest,
    /// The straight line between the nearest years before and after.
    Linear,
}

/// How gaps are filled, with options.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawImputationRule {
    /// The method.
    pub method: RawImputationMethod,
    /// For `group-mean` and `group-median`: what units are grouped by.
    pub group: Option<RawGroup>,
    /// For `group-mean` and `group-median`: what a unit gets in whose group nobody has a value:
    /// nothing (`none`), or the mean or median of all units (`all`). Default: `none`.
    pub fallback: Option<RawFallback>,
    /// For `latest` (required) and `linear`: the most years a value may lie away.
    #[schemars(range(min = 1, max = 100))]
    pub max_age: Option<u32>,
}

/// What units are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawGroup {
    /// Region.
    Region,
    /// Province.
    Province,
    /// Agglomeration.
    Agglomeration,
    /// Administrative rank.
    AdminRank,
}

/// What a unit gets in whose group nobody has a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawFallback {
    /// Nothing: the gap stays.
    None,
    /// The mean or median of all units.
    All,
}

/// How gaps of an indicator are filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "method")]
pub enum Imputation {
    /// Not at all: the weights of what is present are scaled up.
    None,
    /// The mean or median of the other units.
    Centre {
        /// Which of the two.
        centre: Centre,
    },
    /// The mean or median of the other units of its group.
    GroupCentre {
        /// Which of the two.
        centre: Centre,
        /// What units are grouped by.
        group: Group,
        /// Whether a unit in whose group nobody has a value takes that of all units.
        fallback: bool,
    },
    /// The newest earlier value of the unit itself.
    Latest {
        /// The most years it may be older.
        max_age: u32,
    },
    /// The straight line between the nearest years before and after.
    Linear {
        /// The most years either may lie away.
        max_age: Option<u32>,
    },
}

impl Imputation {
    /// Whether gaps are filled with values of other years of the same unit.
    #[must_use]
    pub const fn is_over_time(self) -> bool {
        matches!(self, Self::Latest { .. } | Self::Linear { .. })
    }

    /// The word for it in the configuration.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Centre { centre: Centre::Mean } => "mean",
            Self::Centre { centre: Centre::Median } => "median",
            Self::GroupCentre { centre: Centre::Mean, .. } => "group-mean",
            Self::GroupCentre { centre: Centre::Median, .. } => "group-median",
            Self::Latest { .. } => "latest",
            Self::Linear { .. } => "linear",
        }
    }
}

/// Mean or median.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Centre {
    /// The arithmetic mean.
    Mean,
    /// The median.
    Median,
}

/// What units are grouped by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// Region.
    Region,
    /// Province.
    Province,
    /// Agglomeration.
    Agglomeration,
    /// Administrative rank.
    AdminRank,
}

/// Checks a rule; a mistake in it is a finding and stands for no imputation.
pub(super) fn resolve(
    raw: &RawImputation,
    place: Option<&Place>,
    findings: &mut Findings,
) -> Imputation {
    use RawImputationMethod as Method;
    let rule = match raw {
        Short::Short(method) => {
            &RawImputationRule { method: *method, group: None, fallback: None, max_age: None }
        }
        Short::Long(rule) => rule,
    };
    let word = match rule.method {
        Method::None => "none",
        Method::Mean => "mean",
        Method::Median => "median",
        Method::GroupMean => "group-mean",
        Method::GroupMedian => "group-median",
        Method::Latest => "latest",
        Method::Linear => "linear",
    };
    let grouped = matches!(rule.method, Method::GroupMean | Method::GroupMedian);
    let timed = matches!(rule.method, Method::Latest | Method::Linear);
    for (key, stands, fits) in [
        ("group", rule.group.is_some(), grouped),
        ("fallback", rule.fallback.is_some(), grouped),
        ("max-age", rule.max_age.is_some(), timed),
    ] {
        if stands && !fits {
            findings.push(
                Diagnostic::error(
                    Code::ConfigInvalid,
                    format!("`{key}` has no meaning for imputation by `{word}`"),
                )
                .at_opt(place.map(|p| p.span_of(key)), ""),
            );
        }
    }
    let wants = |findings: &mut Findings, key: &str, example: &str| {
        findings.push(
            Diagnostic::error(
                Code::ConfigMissingKey,
                format!("imputation by `{word}` needs `{key}`"),
            )
            .at_opt(place.map(|p| p.span), "")
            .help(format!("write `imputation: {{ method: {word}, {key}: {example} }}`")),
        );
        Imputation::None
    };
    let group_centre = |findings: &mut Findings, centre: Centre| match rule.group {
        None => wants(findings, "group", "province"),
        Some(group) => Imputation::GroupCentre {
            centre,
            group: match group {
                RawGroup::Region => Group::Region,
                RawGroup::Province => Group::Province,
                RawGroup::Agglomeration => Group::Agglomeration,
                RawGroup::AdminRank => Group::AdminRank,
            },
            fallback: rule.fallback == Some(RawFallback::All),
        },
    };
    match rule.method {
        Method::None => Imputation::None,
        Method::Mean => Imputation::Centre { centre: Centre::Mean },
        Method::Median => Imputation::Centre { centre: Centre::Median },
        Method::GroupMean => group_centre(findings, Centre::Mean),
        Method::GroupMedian => group_centre(findings, Centre::Median),
        Method::Latest => match rule.max_age {
            Some(max_age) => Imputation::Latest { max_age },
            None => wants(findings, "max-age", "2"),
        },
        Method::Linear => Imputation::Linear { max_age: rule.max_age },
    }
}
