//! Units of measurement carried through a formula, so that unlike things are not added.
//!
//! Products and quotients combine measures, powers multiply their exponents; `%` and constants
//! weigh nothing in them. A sum wants one measure on both sides, where both are known. A term
//! multiplied by a constant counts as converted, so `gdp * 10000 + budget` passes; if both sides
//! are multiplied, as in a weighted sum, they must agree again.

use std::collections::BTreeMap;

use crate::config::{Expr, Op};
use crate::num;

/// Exponents closer than this are equal.
const TOLERANCE: f64 = 1e-9;

/// What a part of a formula is measured in.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Measure {
    /// Some column does not tell its measure.
    Unknown,
    /// A number of the formula itself.
    Constant(f64),
    /// A product of measures.
    Known {
        /// Exponents by measure; empty for a plain ratio.
        bases: BTreeMap<String, f64>,
        /// Whether it was multiplied by a constant.
        is_scaled: bool,
    },
}

/// Two measures that were added or subtracted, as printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mismatch {
    /// The left one.
    pub(super) left: String,
    /// The right one.
    pub(super) right: String,
}

impl Measure {
    /// The measure of a column; unknown if the text is empty.
    pub(super) fn of(text: &str) -> Self {
        if text.is_empty() {
            return Self::Unknown;
        }
        Self::Known { bases: BTreeMap::from([(text.to_owned(), 1.0)]), is_scaled: false }
    }
}

/// The measure of an expression, by the measures of its columns.
///
/// # Errors
/// When measures that differ are added or subtracted.
pub(super) fn check(
    expr: &Expr,
    column: &impl Fn(&str, Option<i32>) -> Measure,
) -> Result<Measure, Mismatch> {
    match expr {
        Expr::Number(value) => Ok(Measure::Constant(*value)),
        Expr::Year => Ok(Measure::Unknown),
        Expr::Column { name, year } => Ok(column(name, *year)),
        Expr::Negate(inner) => Ok(match check(inner, column)? {
            Measure::Constant(value) => Measure::Constant(-value),
            other => other,
        }),
        Expr::Binary(op, left, right) => combine(*op, check(left, column)?, check(right, column)?),
    }
}

fn combine(op: Op, left: Measure, right: Measure) -> Result<Measure, Mismatch> {
    use Measure::{Constant, Known, Unknown};
    if let (Constant(a), Constant(b)) = (&left, &right) {
        return Ok(Constant(apply(op, *a, *b)));
    }
    match op {
        Op::Add | Op::Subtract => sum(left, right),
        Op::Multiply | Op::Divide => {
            let sign = if op == Op::Divide { -1.0 } else { 1.0 };
            Ok(match (left, right) {
                (Known { bases, .. }, Constant(_)) => Known { bases, is_scaled: true },
                (Constant(_), Known { bases, .. }) => {
                    Known { bases: product(BTreeMap::new(), bases, sign), is_scaled: true }
                }
                (Known { bases: a, is_scaled: s }, Known { bases: b, is_scaled: t }) => {
                    Known { bases: product(a, b, sign), is_scaled: s || t }
                }
                _ => Unknown,
            })
        }
        Op::Power => Ok(match (left, right) {
            (Known { bases, is_scaled }, Constant(exponent)) => {
                Known { bases: product(BTreeMap::new(), bases, exponent), is_scaled }
            }
            _ => Unknown,
        }),
    }
}

/// The result of an operation on numbers.
pub(super) fn apply(op: Op, left: f64, right: f64) -> f64 {
    match op {
        Op::Add => left + right,
        Op::Subtract => left - right,
        Op::Multiply => left * right,
        Op::Divide => left / right,
        Op::Power => num::pow(left, right),
    }
}

fn product(
    mut left: BTreeMap<String, f64>,
    right: BTreeMap<String, f64>,
    exponent: f64,
) -> BTreeMap<String, f64> {
    for (base, power) in right {
        *left.entry(base).or_insert(0.0) += power * exponent;
    }
    left.retain(|_, power| power.abs() > TOLERANCE);
    if left.len() > 1 {
        left.remove("%");
    }
    left
}

fn sum(left: Measure, right: Measure) -> Result<Measure, Mismatch> {
    use Measure::{Constant, Known, Unknown};
    match (left, right) {
        (Known { bases: a, is_scaled: s }, Known { bases: b, is_scaled: t }) => {
            if s == t && !equal(&a, &b) {
                return Err(Mismatch { left: text(&a), right: text(&b) });
            }
            Ok(Known { bases: if s { b } else { a }, is_scaled: s && t })
        }
        (known @ Known { .. }, Unknown | Constant(_))
        | (Unknown | Constant(_), known @ Known { .. }) => Ok(known),
        _ => Ok(Unknown),
    }
}

fn equal(a: &BTreeMap<String, f64>, b: &BTreeMap<String, f64>) -> bool {
    a.len() == b.len()
        && a.iter().zip(b).all(|((a, m), (b, n))| a == b && (m - n).abs() <= TOLERANCE)
}

/// `亿元 / 万人`, `元 ^ 2`, or `a plain ratio`.
fn text(bases: &BTreeMap<String, f64>) -> String {
    let part = |(base, power): (&String, &f64)| {
        if (power.abs() - 1.0).abs() <= TOLERANCE {
            base.clone()
        } else {
            format!("{base} ^ {}", power.abs())
        }
    };
    let join = |positive: bool| -> String {
        let parts: Vec<String> =
            bases.iter().filter(|(_, power)| (**power > 0.0) == positive).map(part).collect();
        parts.join(" · ")
    };
    match (join(true), join(false)) {
        (over, under) if over.is_empty() && under.is_empty() => "a plain ratio".to_owned(),
        (over, under) if under.is_empty() => format!("`{over}`"),
        (over, under) if over.is_empty() => format!("`1 / {under}`"),
        (over, under) => format!("`{over} / {under}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Formula;

    fn measure(text: &str) -> Result<Measure, Mismatch> {
        let column = |name: &str, _| {
            Measure::of(match name {
                "gdp" | "loans" => "亿元",
                "budget" => "万元",
                "people" => "万人",
                "share" => "%",
                _ => "",
            })
        };
        check(&Formula::parse(text).unwrap().expr, &column)
    }

    #[test]
    fn like_things_add() {
        let fine = [
            "gdp + loans",
            "gdp + unknown",
            "gdp + 1",
            "gdp / people * 10000",
            "((gdp / gdp) ^ (1 / 3) - 1) * 100",
            "gdp * share + loans",
            "gdp * share / 100 - loans",
            "gdp * 10000 + budget",
            "gdp + budget / 10000",
            "(gdp ^ 2) ^ 0.5 + loans",
            "0.4 * gdp + 0.6 * loans",
            "gdp * gdp / people - gdp ^ 2 / people",
            "-gdp + loans",
            "2 ^ gdp + people",
        ];
        for text in fine {
            assert!(measure(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn unlike_things_do_not() {
        let wrong = [
            ("gdp + people", "`亿元`", "`万人`"),
            ("gdp - budget", "`亿元`", "`万元`"),
            ("0.4 * gdp + 0.6 * people", "`亿元`", "`万人`"),
            ("gdp / people + gdp", "`亿元 / 万人`", "`亿元`"),
            ("gdp / loans - share", "a plain ratio", "`%`"),
            ("1 / people + gdp * 2", "`1 / 万人`", "`亿元`"),
            ("gdp ^ 2 + gdp", "`亿元 ^ 2`", "`亿元`"),
        ];
        for (text, left, right) in wrong {
            let expected = Mismatch { left: left.into(), right: right.into() };
            assert_eq!(measure(text), Err(expected), "{text}");
        }
    }
}
