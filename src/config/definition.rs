//! Definition of an indicator's value: a formula, or a composite made before the index is.
//!
//! `value` is a text (a column or formula) or a mapping with one key, the kind of composite.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;

use crate::config::Formula;
use crate::config::short::Short;
use crate::config::yaml::{Place, PlaceValue};
use crate::diag::{Code, Diagnostic, Findings, Span};

/// A column or formula, or a composite.
pub(super) type RawValue = Short<String, RawComposite>;

/// A composite: exactly one of its keys.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawComposite {
    /// Records of a unit, counted with a weight by class.
    pub weighted_count: Option<RawWeightedCount>,
    /// Records of a unit.
    pub count: Option<RawCount>,
    /// Share of a unit's records that satisfy a condition.
    pub share: Option<RawShare>,
    /// A score by the band in which a value lies.
    pub banded: Option<RawBanded>,
}

/// Records of a unit, counted with a weight by class.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawWeightedCount {
    /// Id of a table of `kind: events` or `kind: records`.
    pub of: String,
    /// Column with the class of a record.
    pub by: String,
    /// Weight by class; every class that occurs needs one. Used as written, not scaled to one.
    pub weights: BTreeMap<String, f64>,
    /// Condition on the table's columns, such as `level == '国家'`. Default: every record.
    #[serde(rename = "where")]
    pub condition: Option<String>,
    /// What a unit without any record in the table has. Default: `zero`.
    pub absent: Option<RawAbsent>,
}

/// Records of a unit.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawCount {
    /// Id of a table of `kind: events` or `kind: records`.
    pub of: String,
    /// Condition on the table's columns, such as `level == '国家'`. Default: every record.
    #[serde(rename = "where")]
    pub condition: Option<String>,
    /// What a unit without any record in the table has. Default: `zero`.
    pub absent: Option<RawAbsent>,
}

/// Share of a unit's records that satisfy a condition; missing for a unit without records.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawShare {
    /// Id of a table of `kind: events` or `kind: records`.
    pub of: String,
    /// Condition on the table's columns, such as `listed == 'yes'`.
    #[serde(rename = "where")]
    pub condition: String,
    /// What a share of everything is: 1, or 100 for per cent. Default: 1.
    pub scale: Option<f64>,
}

/// What a unit without any record in the table has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum RawAbsent {
    /// Zero: the table is a complete list.
    Zero,
    /// Nothing is known of it.
    Missing,
}

/// A score by the band in which a value lies.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawBanded {
    /// The value: a column, a formula or another composite.
    pub value: Box<RawValue>,
    /// Bands from the lowest; all but the last have `below`, each higher than the one before.
    pub bands: Vec<RawBand>,
}

/// A band.
#[derive(Debug, Clone, Copy, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawBand {
    /// The band holds values below this one. Left out for the last band.
    pub below: Option<f64>,
    /// Score of the values in the band.
    pub score: f64,
}

/// Shorthand of a quotient: the value, divided by a column, times a factor.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub(super) struct RawDenominate {
    /// The column to divide by, such as `population_resident`; `@2020` takes another year.
    pub by: String,
    /// Factor of the quotient, such as 10000. Default: 1.
    pub scale: Option<f64>,
}

/// Where the value of an indicator comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// As printed; for a formula as written.
    pub text: String,
    /// Where it stands.
    pub span: Span,
    /// As understood.
    pub kind: DefinitionKind,
}

/// Kinds of definition.
#[derive(Debug, Clone, PartialEq)]
pub enum DefinitionKind {
    /// A column or a formula over columns.
    Formula(Formula),
    /// A count of records.
    Records(RecordCount),
    /// A score by the band in which another value lies.
    Banded {
        /// The value.
        of: Box<Definition>,
        /// Scores with the upper end of their band, ascending; the last has no end.
        bands: Vec<Band>,
    },
    /// Another value divided by a column, times a factor.
    Denominated {
        /// The value.
        of: Box<Definition>,
        /// The column.
        by: Box<Definition>,
        /// The factor.
        scale: f64,
    },
}

/// The values below an upper end (and not in an earlier band), and their score.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// The band holds values below this one; `None` for the rest.
    pub below: Option<f64>,
    /// Their score.
    pub score: f64,
}

/// A count of the records of a unit.
#[derive(Debug, Clone, PartialEq)]
pub struct RecordCount {
    /// Id of the table, and its place.
    pub table: (String, Span),
    /// Condition on its columns, and its place.
    pub condition: Option<(String, Span)>,
    /// What is counted.
    pub tally: Tally,
    /// Whether a unit without any record in the table is missing, not zero.
    pub absent_is_missing: bool,
}

/// What is counted.
#[derive(Debug, Clone, PartialEq)]
pub enum Tally {
    /// Records that satisfy the condition.
    Count,
    /// These as a share of all records of the unit.
    Share {
        /// What a share of everything is.
        scale: f64,
    },
    /// Records that satisfy the condition, with a weight by class.
    Weighted {
        /// Column of the class, and its place.
        by: (String, Span),
        /// Weight by class.
        weights: BTreeMap<String, f64>,
        /// Where the weights stand.
        span: Span,
    },
}

impl Definition {
    /// The definition by a formula.
    #[must_use]
    pub fn formula(formula: Formula, span: Span) -> Self {
        Self { text: formula.text.clone(), span, kind: DefinitionKind::Formula(formula) }
    }

    /// The formulas it rests on, in order of reading.
    #[must_use]
    pub fn formulas(&self) -> Vec<&Formula> {
        match &self.kind {
            DefinitionKind::Formula(formula) => vec![formula],
            DefinitionKind::Records(_) => Vec::new(),
            DefinitionKind::Banded { of, .. } => of.formulas(),
            DefinitionKind::Denominated { of, by, .. } => {
                of.formulas().into_iter().chain(by.formulas()).collect()
            }
        }
    }

    /// The column, if it is one column and nothing else.
    #[must_use]
    pub fn as_column(&self) -> Option<&str> {
        match &self.kind {
            DefinitionKind::Formula(formula) if formula.is_column() => {
                formula.columns().first().map(|(name, _)| *name)
            }
            _ => None,
        }
    }
}

/// The definition of an indicator: what `value` says, or the column of its `code`, divided as
/// `denominate` says.
pub(super) fn resolve(
    value: Option<&RawValue>,
    denominate: Option<&RawDenominate>,
    code: &str,
    place: &Place,
    findings: &mut Findings,
) -> Definition {
    let written = value.zip(place.get("value"));
    let of = written.map_or_else(
        || Definition::formula(Formula::column(code), place.span_of("code")),
        |(value, own)| self::value(value, own, code, findings),
    );
    let Some(raw) = denominate else { return of };
    let own = place.get("denominate").unwrap_or(place);
    let scale = raw.scale.unwrap_or(1.0);
    if scale <= 0.0 {
        let found = Diagnostic::error(Code::ConfigInvalid, "`scale` must be above zero");
        findings.push(found.at(own.span_of("scale"), ""));
    }
    let by = Formula::parse(&raw.by).ok().filter(Formula::is_column);
    let by = by.unwrap_or_else(|| Formula::column(&raw.by));
    let by = Definition::formula(by, own.span_of("by"));
    let base = match &of.kind {
        DefinitionKind::Formula(formula) if !formula.is_column() => format!("({})", of.text),
        _ => of.text.clone(),
    };
    Definition {
        text: format!("{base} / {}{}", by.text, times(scale)),
        span: of.span,
        kind: DefinitionKind::Denominated { of: Box::new(of), by: Box::new(by), scale },
    }
}

fn value(raw: &RawValue, own: &Place, code: &str, findings: &mut Findings) -> Definition {
    let kind = match raw {
        Short::Short(text) => {
            let formula = Formula::parse(text).unwrap_or_else(|error| {
                findings.push(
                    Diagnostic::error(Code::FormulaSyntax, format!("`{text}`: {}", error.message))
                        .at(byte_of(own, text, error.at), "here")
                        .help("put a column name that is not one word between backquotes"),
                );
                Formula::column(code)
            });
            return Definition::formula(formula, own.span);
        }
        Short::Long(raw) => composite(raw, own, code, findings),
    };
    let kind = kind.unwrap_or_else(|| DefinitionKind::Formula(Formula::column(code)));
    Definition { text: text(&kind), span: own.span, kind }
}

fn composite(
    raw: &RawComposite,
    own: &Place,
    code: &str,
    findings: &mut Findings,
) -> Option<DefinitionKind> {
    match raw {
        RawComposite { weighted_count: Some(raw), count: None, share: None, banded: None } => {
            let own = own.get("weighted-count")?;
            let weights = own.get("weights")?;
            for (class, weight) in raw.weights.iter().filter(|(_, w)| **w < 0.0) {
                findings.push(
                    Diagnostic::error(
                        Code::ConfigInvalid,
                        format!("the weight of class `{class}` is {weight}"),
                    )
                    .at(weights.span_of(class), "must be zero or more"),
                );
            }
            let tally = Tally::Weighted {
                by: (raw.by.clone(), own.span_of("by")),
                weights: raw.weights.clone(),
                span: weights.span,
            };
            Some(records(&raw.of, raw.condition.as_ref(), tally, raw.absent, own))
        }
        RawComposite { weighted_count: None, count: Some(raw), share: None, banded: None } => {
            let (own, condition) = (own.get("count")?, raw.condition.as_ref());
            Some(records(&raw.of, condition, Tally::Count, raw.absent, own))
        }
        RawComposite { weighted_count: None, count: None, share: Some(raw), banded: None } => {
            let own = own.get("share")?;
            let tally = Tally::Share { scale: raw.scale.unwrap_or(1.0) };
            let absent = Some(RawAbsent::Missing);
            Some(records(&raw.of, Some(&raw.condition), tally, absent, own))
        }
        RawComposite { weighted_count: None, count: None, share: None, banded: Some(raw) } => {
            let own = own.get("banded")?;
            let of = value(&raw.value, own.get("value")?, code, findings);
            check_bands(&raw.bands, own.get("bands").unwrap_or(own), findings);
            let band = |b: &RawBand| Band { below: b.below, score: b.score };
            let bands = raw.bands.iter().map(band).collect();
            Some(DefinitionKind::Banded { of: Box::new(of), bands })
        }
        _ => {
            findings.push(
                Diagnostic::error(
                    Code::ConfigInvalid,
                    format!("the value of `{code}` wants exactly one kind of composite"),
                )
                .at(own.span, "")
                .help("write one of `weighted-count`, `count`, `share` and `banded`"),
            );
            None
        }
    }
}

fn records(
    of: &str,
    condition: Option<&String>,
    tally: Tally,
    absent: Option<RawAbsent>,
    own: &Place,
) -> DefinitionKind {
    DefinitionKind::Records(RecordCount {
        table: (of.to_owned(), own.span_of("of")),
        condition: condition.map(|text| (text.clone(), own.span_of("where"))),
        tally,
        absent_is_missing: absent == Some(RawAbsent::Missing),
    })
}

fn check_bands(bands: &[RawBand], place: &Place, findings: &mut Findings) {
    let mut complain =
        |at: usize, message: &str| {
            let span = place.index(at).map_or(place.span, |p| p.span);
            findings.push(Diagnostic::error(Code::ConfigInvalid, message).at(span, "").help(
                "write bands from the lowest, such as `[{ below: 3, score: 5 }, { score: 9 }]`",
            ));
        };
    let Some(last) = bands.len().checked_sub(1) else {
        complain(0, "`bands` is empty");
        return;
    };
    let mut before = f64::NEG_INFINITY;
    for (at, band) in bands.iter().enumerate() {
        match band.below {
            None if at < last => complain(at, "only the last band goes without `below`"),
            Some(_) if at == last => complain(at, "the last band takes the rest, without `below`"),
            Some(below) if below <= before => complain(at, "`below` must rise from band to band"),
            Some(below) => before = below,
            None => {}
        }
    }
}

/// The place of a byte of a scalar, which may stand between quotation marks.
fn byte_of(own: &Place, text: &str, at: usize) -> Span {
    let span = own.span;
    let quoted = matches!(own.value, PlaceValue::Scalar(_, true));
    let start = span.start + usize::from(quoted) + at.min(text.len());
    let start = start.min(span.end.saturating_sub(1).max(span.start));
    let length = text.get(at..).and_then(|t| t.chars().next()).map_or(1, char::len_utf8);
    Span::new(span.file, start, (start + length).min(span.end.max(start)))
}

/// A factor as printed; nothing if it changes nothing.
fn times(scale: f64) -> String {
    if (scale - 1.0).abs() <= f64::EPSILON { String::new() } else { format!(" * {scale}") }
}

/// A composite as printed, the same in every language: `count(policies where level == 'a')`.
fn text(kind: &DefinitionKind) -> String {
    match kind {
        DefinitionKind::Formula(formula) => formula.text.clone(),
        DefinitionKind::Denominated { of, .. } => of.text.clone(),
        DefinitionKind::Banded { of, bands } => {
            let band = |band: &Band| match band.below {
                Some(below) => format!("< {below}: {}", band.score),
                None => format!("else: {}", band.score),
            };
            let bands: Vec<String> = bands.iter().map(band).collect();
            format!("banded({}; {})", of.text, bands.join("; "))
        }
        DefinitionKind::Records(records) => {
            let condition =
                records.condition.as_ref().map_or(String::new(), |(c, _)| format!(" where {c}"));
            let of = format!("{}{condition}", records.table.0);
            match &records.tally {
                Tally::Count => format!("count({of})"),
                Tally::Share { scale } => format!("share({of}){}", times(*scale)),
                Tally::Weighted { by, weights, .. } => {
                    let terms: Vec<String> = weights
                        .iter()
                        .map(|(class, weight)| format!("{class}: {weight}"))
                        .collect();
                    format!("weighted_count({of}; {}; {})", by.0, terms.join(", "))
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::raw::RawNode;
    use crate::config::{shape, yaml};
    use crate::diag::FileId;

    fn define(node: &str) -> Result<String, Vec<String>> {
        let text = format!("{{ code: x, {node} }}");
        let place = yaml::places(&text, FileId(0)).unwrap();
        let found = shape::check::<RawNode>(&place);
        if !found.is_empty() {
            return Err(found.into_iter().map(|d| d.message).collect());
        }
        let raw: RawNode = yaml::read(&text, FileId(0)).unwrap();
        let mut findings = Findings::default();
        let (value, by) = (raw.value.as_ref(), raw.denominate.as_ref());
        let definition = resolve(value, by, &raw.code, &place, &mut findings);
        let found = findings.finish(definition.text).map(|warned| warned.value);
        found.map_err(|found| found.into_iter().map(|d| d.message).collect())
    }

    #[test]
    fn definitions_are_printed() {
        let cases = [
            ("measure: { zh: a, en: b }", "x"),
            ("value: a / b", "a / b"),
            ("denominate: { by: people }", "x / people"),
            ("value: a + b, denominate: { by: people, scale: 10000 }", "(a + b) / people * 10000"),
            ("value: { count: { of: p } }, denominate: { by: q, scale: 2 }", "count(p) / q * 2"),
            ("value: { share: { of: p, where: 'k == 1' } }", "share(p where k == 1)"),
            (
                "value: { weighted-count: { of: p, by: class, weights: { a: 0.4, b: 0.3 } } }",
                "weighted_count(p; class; a: 0.4, b: 0.3)",
            ),
            (
                "value: { banded: { value: gdp, bands: [{ below: 3, score: 5 }, { score: 9 }] } }",
                "banded(gdp; < 3: 5; else: 9)",
            ),
        ];
        for (node, text) in cases {
            assert_eq!(define(node), Ok(text.to_owned()), "{node}");
        }
    }

    #[test]
    fn mistakes_are_told() {
        let fail = |node: &str| define(node).unwrap_err();
        assert_eq!(
            fail("value: { count: { of: p }, share: { of: p, where: 'a' } }"),
            ["the value of `x` wants exactly one kind of composite"]
        );
        assert_eq!(fail("value: { cuont: { of: p } }"), ["`value` has no key `cuont`"]);
        assert_eq!(fail("value: { count: { from: p } }").len(), 2);
        assert_eq!(fail("value: [a]"), ["`value` wants text, found a list"]);
        assert_eq!(
            fail(
                "value: { banded: { value: 'a +', bands: [{ score: 1 }, { below: 1, score: 1 }] } }"
            ),
            [
                "`a +`: the formula ends where a column, a number or `(` was expected",
                "only the last band goes without `below`",
                "the last band takes the rest, without `below`",
            ]
        );
        assert_eq!(
            fail(
                "value: { banded: { value: a, bands: [{ below: 2, score: 1 }, { below: 2, score: 1 }, { score: 0 }] } }"
            ),
            ["`below` must rise from band to band"]
        );
        assert_eq!(
            fail("value: { weighted-count: { of: p, by: c, weights: { a: -1 } } }"),
            ["the weight of class `a` is -1"]
        );
    }
}
