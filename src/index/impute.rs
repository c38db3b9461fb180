//! Imputation from other units: gaps take the mean or median of everybody, or of a group.
//!
//! Formulas: OECD/JRC Handbook (2008), step 3, unconditional mean and median imputation; grouped
//! as in COINr's `i_mean_grp` and `i_median_grp`. Works on indicator values, after derivation, so
//! that a ratio is not made of two imputed halves. A filled cell is marked, and does not count as
//! known where thresholds ask how much of a unit or an indicator is known.
//! Not here: values of other years of the same unit (`data`, on the columns of a formula).

use crate::config::{Centre, Group, Imputation, Methodology, Status};
use crate::data::{Cell, Dataset, Imputed, IndicatorData, Unit};
use crate::index::screen::screen;
use crate::num::{mean, median};

/// The indicators with gaps filled from other units by the rule of each.
///
/// Cells that an earlier call filled count as gaps, so a second call with another rule replaces
/// the first. Units that are left out of the sample neither give nor get values.
#[must_use]
pub fn impute(method: &Methodology, data: &Dataset, units: &[Unit]) -> Vec<IndicatorData> {
    let screening = screen(method, data, units.len());
    let out: Vec<bool> = (0..units.len()).map(|unit| screening.leaves_out_unit(unit)).collect();
    data.indicators
        .iter()
        .map(|indicator| {
            let spec = method.nodes[indicator.node].indicator();
            let rule = spec.map_or(Imputation::None, |spec| spec.imputation);
            let observed = indicator.cells.iter().map(|cell| cell.clone().filter(Cell::is_own));
            let mut cells: Vec<Option<Cell>> = observed.collect();
            for (unit, filled) in fill(&cells, rule, units, &out) {
                cells[unit] = Some(filled);
            }
            IndicatorData { cells, ..indicator.clone() }
        })
        .collect()
}

/// The gaps of an indicator that a rule fills, each with its cell; units that are `out` neither
/// give nor get values.
pub(super) fn fill(
    cells: &[Option<Cell>],
    rule: Imputation,
    units: &[Unit],
    out: &[bool],
) -> Vec<(usize, Cell)> {
    let (centre, group, fallback) = match rule {
        Imputation::Centre { centre } => (centre, None, true),
        Imputation::GroupCentre { centre, group, fallback } => (centre, Some(group), fallback),
        _ => return Vec::new(),
    };
    let values = |wanted: &dyn Fn(usize) -> bool| -> Vec<f64> {
        let known = cells.iter().enumerate().filter(|(unit, _)| !out[*unit] && wanted(*unit));
        known.filter_map(|(_, cell)| cell.as_ref().map(|cell| cell.value)).collect()
    };
    let gaps = (0..cells.len()).filter(|&unit| cells[unit].is_none() && !out[unit]);
    let filled = gaps.filter_map(|unit| {
        let peers =
            group.and_then(|group| label(units.get(unit)?, group)).map_or_else(Vec::new, |own| {
                values(&|other| group.and_then(|g| label(units.get(other)?, g)) == Some(own))
            });
        let from = if peers.is_empty() && fallback { values(&|_| true) } else { peers };
        let value = match centre {
            Centre::Mean => mean(&from),
            Centre::Median => median(&from),
        }?;
        let imputed = Imputed { rule, columns: Vec::new(), units: from.len() };
        let cell = Cell { imputed: Some(imputed), ..Cell::of(value, Status::Imputed) };
        Some((unit, cell))
    });
    filled.collect()
}

/// The group of a unit; `None` if it is in none.
fn label(unit: &Unit, group: Group) -> Option<&str> {
    let text = match group {
        Group::Region => &unit.region.zh,
        Group::Province => &unit.province.zh,
        Group::Agglomeration => &unit.agglomeration.zh,
        Group::AdminRank if unit.admin_rank_code.is_empty() => &unit.admin_rank.zh,
        Group::AdminRank => &unit.admin_rank_code,
    };
    (!text.is_empty()).then_some(text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::compute;
    use crate::index::testing::{indicator, methodology, unit};

    fn filled(rule: Imputation, values: &[Option<f64>]) -> Vec<Option<f64>> {
        let mut method = methodology(1);
        method.nodes[1].indicator_mut().unwrap().imputation = rule;
        let units = [
            unit("1", "东部"),
            unit("2", "东部"),
            unit("3", "东部"),
            unit("4", "西部"),
            unit("5", "西部"),
            unit("6", ""),
        ];
        let data = Dataset { indicators: vec![indicator(1, values)], ..Dataset::default() };
        let first = impute(&method, &data, &units);
        let again = impute(&method, &Dataset { indicators: first.clone(), ..data }, &units);
        assert_eq!(first[0].cells, again[0].cells);
        let marked = first[0].cells.iter().zip(values);
        for (cell, value) in marked.filter_map(|(cell, value)| Some((cell.as_ref()?, value))) {
            assert_eq!(cell.status == Status::Imputed, value.is_none());
            assert_eq!(cell.imputed.is_some(), value.is_none());
        }
        first[0].cells.iter().map(|cell| cell.as_ref().map(|cell| cell.value)).collect()
    }

    const VALUES: [Option<f64>; 6] = [Some(0.0), Some(8.0), None, Some(1.0), None, None];

    #[test]
    fn none_leaves_the_data() {
        assert_eq!(filled(Imputation::None, &VALUES), VALUES);
    }

    #[test]
    fn everybody_gives_mean_and_median() {
        let mean = filled(Imputation::Centre { centre: Centre::Mean }, &VALUES);
        assert_eq!(mean, [0.0, 8.0, 3.0, 1.0, 3.0, 3.0].map(Some));
        let median = filled(Imputation::Centre { centre: Centre::Median }, &VALUES);
        assert_eq!(median, [0.0, 8.0, 1.0, 1.0, 1.0, 1.0].map(Some));
        assert_eq!(filled(Imputation::Centre { centre: Centre::Mean }, &[None; 6]), [None; 6]);
    }

    #[test]
    fn borrowed_values_count_in_scores_but_not_at_thresholds() {
        let mut method = methodology(2);
        for node in [1, 2] {
            let spec = method.nodes[node].indicator_mut().unwrap();
            spec.imputation = Imputation::Centre { centre: Centre::Mean };
        }
        let columns =
            [[Some(0.0), Some(10.0), None, Some(5.0)], [Some(0.0), Some(8.0), None, None]];
        let indicators = columns.iter().enumerate().map(|(i, c)| indicator(i + 1, c)).collect();
        let data = Dataset { indicators, ..Dataset::default() };
        let units = ["1", "2", "3", "4"].map(|code| unit(code, ""));
        let names: Vec<String> = units.iter().map(|unit| unit.code.clone()).collect();
        let indicators = impute(&method, &data, &units);
        let data = Dataset { indicators, ..data };
        let result = compute(&method, &data, &names).unwrap().value;
        // The fourth knows half its weight and is given 4 of 0 to 8; the third knows nothing.
        let index = &result.nodes[0];
        assert_eq!(index.scores, [Some(0.0), Some(100.0), None, Some(50.0)]);
        assert_eq!(index.coverage, [1.0, 1.0, 0.0, 0.5]);
        assert_eq!(result.checks.indicators[1].known, 2);
        let imputed = result.status.iter().find(|s| s.status == Some(Status::Imputed)).unwrap();
        assert_eq!(imputed.by_unit, [0.0, 0.0, 1.0, 0.5]);
    }

    #[test]
    fn groups_give_their_own_and_only_then_that_of_all() {
        let rule = |fallback| Imputation::GroupCentre {
            centre: Centre::Mean,
            group: Group::Region,
            fallback,
        };
        let own = filled(rule(false), &VALUES);
        assert_eq!(own, [Some(0.0), Some(8.0), Some(4.0), Some(1.0), Some(1.0), None]);
        let values = [Some(0.0), Some(8.0), None, None, None, None];
        assert_eq!(filled(rule(false), &values)[3..], [None, None, None]);
        assert_eq!(filled(rule(true), &values)[2..], [4.0, 4.0, 4.0, 4.0].map(Some));
    }
}
