//! Denominators: whether a quotient still follows what it was divided by.
//!
//! An indicator per head that rises with the number of heads was not freed of size. Pearson's
//! correlation of the indicator with its denominator over the units that have both, as COINr's
//! `get_denom_corr` asks before dividing; here it is asked afterwards. Checks flag; they change
//! nothing.

use crate::config::{Definition, DefinitionKind, Expr, Methodology, Op};
use crate::data::{Cell, Dataset, RawCell};
use crate::index::Screening;
use crate::index::correlation::pearson;

/// Fewest units for a correlation to say anything.
const FEWEST: usize = 3;

/// An indicator against what it was divided by.
#[derive(Debug, Clone, PartialEq)]
pub struct DenominatorCheck {
    /// Position of the indicator's node.
    pub node: usize,
    /// Column of the denominator.
    pub column: String,
    /// Units that have both.
    pub count: usize,
    /// Pearson's correlation; `None` below three units or without spread.
    pub correlation: Option<f64>,
    /// Whether its size is above the limit.
    pub flagged: bool,
}

/// Checks every indicator that is a quotient by one column.
pub(super) fn denominators(
    method: &Methodology,
    data: &Dataset,
    screening: &Screening,
) -> Vec<DenominatorCheck> {
    let one = |own: &crate::data::IndicatorData| {
        let spec = method.nodes[own.node].indicator()?;
        let (column, year) = of_definition(&spec.value)?;
        let pairs = own.cells.iter().enumerate().filter_map(|(unit, cell)| {
            let cell = cell.as_ref().filter(|c| c.is_own() && !screening.leaves_out_unit(unit))?;
            Some((cell.value, divisor(cell, &data.raw, column, year)?))
        });
        let (values, divisors): (Vec<f64>, Vec<f64>) = pairs.unzip();
        let correlation = if values.len() < FEWEST { None } else { pearson(&values, &divisors) };
        Some(DenominatorCheck {
            node: own.node,
            column: column.to_owned(),
            count: values.len(),
            correlation,
            flagged: correlation.is_some_and(|r| r.abs() > method.checks.denominator),
        })
    };
    data.indicators.iter().filter_map(one).collect()
}

/// The value of the denominator that a cell was made with.
fn divisor(cell: &Cell, raw: &[RawCell], column: &str, year: Option<i32>) -> Option<f64> {
    let inputs = cell.inputs.iter().filter_map(|&at| raw.get(at));
    let mut fitting = inputs.filter(|own| own.column == column);
    // Without a year of its own, the first of that name is the one the formula read.
    let found = fitting.find(|own| year.is_none_or(|year| own.year == Some(year)));
    found.and_then(|own| own.value)
}

/// The column a definition divides by.
fn of_definition(definition: &Definition) -> Option<(&str, Option<i32>)> {
    match &definition.kind {
        DefinitionKind::Denominated { by, .. } => match &by.kind {
            DefinitionKind::Formula(formula) => column(&formula.expr),
            _ => None,
        },
        DefinitionKind::Formula(formula) => of_quotient(&formula.expr),
        DefinitionKind::Records(_) | DefinitionKind::Banded { .. } => None,
    }
}

/// The column a quotient divides by, whatever constants it is multiplied with.
fn of_quotient(expr: &Expr) -> Option<(&str, Option<i32>)> {
    match expr {
        Expr::Binary(Op::Divide, _, right) if column(right).is_some() => column(right),
        Expr::Binary(Op::Multiply | Op::Divide, left, right) => match (&**left, &**right) {
            (Expr::Number(_), other) | (other, Expr::Number(_)) => of_quotient(other),
            _ => None,
        },
        Expr::Negate(inner) => of_quotient(inner),
        _ => None,
    }
}

fn column(expr: &Expr) -> Option<(&str, Option<i32>)> {
    match expr {
        Expr::Column { name, year } => Some((name, *year)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::config::methodology;
    use crate::data::IndicatorData;
    use crate::diag::{FileId, Span};

    fn check(value: &str, numbers: &[(f64, f64)]) -> Vec<DenominatorCheck> {
        let yaml = format!("schema-version: 1\nframework: [{{ code: a, value: \"{value}\" }}]");
        let method = methodology(&yaml).unwrap();
        let raw = numbers.iter().enumerate().map(|(unit, &(_, heads))| RawCell {
            unit,
            column: "heads".into(),
            year: Some(2022),
            value: Some(heads),
            original: Some(heads),
            measure: String::new(),
            status: crate::config::Status::Official,
            source: String::new(),
            note: String::new(),
            span: Span::new(FileId(0), 0, 0),
            correction: None,
        });
        let cells = numbers.iter().enumerate().map(|(unit, &(value, _))| {
            Some(Cell { inputs: vec![unit], ..Cell::of(value, crate::config::Status::Official) })
        });
        let indicator = IndicatorData {
            node: 1,
            year: None,
            years: Vec::new(),
            cells: cells.collect(),
            bases: BTreeMap::new(),
            references: BTreeMap::new(),
            pooled: Vec::new(),
        };
        let data =
            Dataset { indicators: vec![indicator], raw: raw.collect(), ..Dataset::default() };
        denominators(&method, &data, &Screening::default())
    }

    #[test]
    fn a_quotient_that_follows_its_denominator_is_flagged() {
        let found = check("labs / heads * 100", &[(1.0, 2.0), (2.0, 4.0), (3.0, 6.0)]);
        assert_eq!((found[0].column.as_str(), found[0].count), ("heads", 3));
        assert!((found[0].correlation.unwrap() - 1.0).abs() < 1e-12 && found[0].flagged);
        let free = check("100 * (labs / heads)", &[(1.0, 2.0), (3.0, 4.0), (1.0, 6.0)]);
        assert!(free[0].correlation.unwrap().abs() < 1e-12 && !free[0].flagged);
    }

    #[test]
    fn what_is_no_quotient_has_no_denominator() {
        assert!(check("labs", &[(1.0, 2.0)]).is_empty());
        assert!(check("labs / heads - 1", &[(1.0, 2.0)]).is_empty());
        let few = check("labs / heads", &[(1.0, 2.0), (2.0, 3.0)]);
        assert_eq!((few[0].count, few[0].correlation, few[0].flagged), (2, None, false));
    }
}
