//! Screening: which indicators and units are left out, and why.
//!
//! Order: decisions first; then indicators, by availability and by share of values that are not
//! zero, over the units no decision leaves out; then units, by share of values that are not zero,
//! over the indicators that stay. Neither step is repeated. Thresholds as in COINr's `Screen`
//! (`dat_thresh`, `nonzero_thresh`): a share equal to the threshold passes. How much of a unit is
//! known is asked at every node of its own, during aggregation (`compute`).

use crate::config::{Methodology, Target};
use crate::data::{Cell, Dataset};
use crate::diag::{Code, Diagnostic};
use crate::lang::Localised;
use crate::num::round_to;

/// What was left out, or kept by decision, and why.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Screening {
    /// Indicators, by position in the methodology, in the order of the framework.
    pub indicators: Vec<Screened>,
    /// Units, by position in the sample, in order of code.
    pub units: Vec<Screened>,
}

/// An indicator or a unit that was left out, or kept by decision.
#[derive(Debug, Clone, PartialEq)]
pub struct Screened {
    /// Position of the indicator's node, or of the unit.
    pub at: usize,
    /// Whether it stays in.
    pub kept: bool,
    /// Why.
    pub ground: Ground,
}

/// Why something is left out or kept.
#[derive(Debug, Clone, PartialEq)]
pub enum Ground {
    /// By decision, for a reason.
    Decision(Localised<String>),
    /// Too little of it is known: the share of units for an indicator, of weight for a unit.
    Availability {
        /// Share that is known.
        share: f64,
        /// Least share.
        threshold: f64,
    },
    /// Too many of its values are zero.
    Zeros {
        /// Share of known values that are not zero.
        nonzero: f64,
        /// Least share.
        threshold: f64,
    },
}

impl Screening {
    /// Whether an indicator is left out.
    #[must_use]
    pub fn leaves_out_indicator(&self, node: usize) -> bool {
        self.indicators.iter().any(|own| own.at == node && !own.kept)
    }

    /// Whether a unit is left out.
    #[must_use]
    pub fn leaves_out_unit(&self, unit: usize) -> bool {
        self.units.iter().any(|own| own.at == unit && !own.kept)
    }

    fn leaves_out_by_decision(&self, unit: usize) -> bool {
        let by_decision = |own: &Screened| matches!(own.ground, Ground::Decision(_));
        self.units.iter().any(|own| own.at == unit && !own.kept && by_decision(own))
    }

    /// Whether a unit is kept by decision.
    #[must_use]
    pub fn keeps_unit(&self, unit: usize) -> bool {
        self.units.iter().any(|own| own.at == unit && own.kept)
    }

    /// A warning for all that thresholds leave out; decisions need none.
    pub(super) fn warnings(
        &self,
        method: &Methodology,
        data: &Dataset,
        names: &[String],
    ) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        // Those no decision leaves out, which the thresholds were held against.
        let asked: Vec<usize> =
            (0..names.len()).filter(|&unit| !self.leaves_out_by_decision(unit)).collect();
        if asked.is_empty() && !names.is_empty() {
            return vec![
                Diagnostic::error(Code::IndexExcluded, "the screening leaves out every unit")
                    .at_opt(method.screening.forced.first().map(|f| f.span), "first of them")
                    .help("take units out of `screening: exclude`"),
            ];
        }
        for own in self.indicators.iter().filter(|own| !own.kept) {
            let node = &method.nodes[own.at];
            let cells = data.indicators.iter().find(|i| i.node == own.at).map(|i| &i.cells);
            let known = asked.iter().filter(|&&u| cells.is_some_and(|c| self::own(c, u).is_some()));
            let known = known.count();
            found.extend(match &own.ground {
                Ground::Decision(_) => None,
                Ground::Availability { threshold, .. } => Some(
                    Diagnostic::warning(
                        Code::IndexExcluded,
                        format!(
                            "`{}` is left out: {known} of {} units have a value",
                            node.code,
                            asked.len()
                        ),
                    )
                    .at(node.span, format!("threshold {threshold}"))
                    .help("complete the data, or lower `missing: indicator-threshold`"),
                ),
                Ground::Zeros { nonzero, threshold } => Some(
                    Diagnostic::warning(
                        Code::IndexExcluded,
                        format!(
                            "`{}` is left out: {:.1} % of its values are not zero",
                            node.code,
                            nonzero * 100.0
                        ),
                    )
                    .at(node.span, format!("threshold {threshold}"))
                    .help("lower `screening: indicator-nonzero`, or include it there"),
                ),
            });
        }
        for own in self.units.iter().filter(|own| !own.kept) {
            if let Ground::Zeros { nonzero, threshold } = own.ground {
                found.push(
                    Diagnostic::warning(
                        Code::IndexExcluded,
                        format!(
                            "unit {} is left out: {:.1} % of its values are not zero, {} % at \
                             least must not be",
                            names[own.at],
                            nonzero * 100.0,
                            percent(threshold)
                        ),
                    )
                    .help("lower `screening: unit-nonzero`, or include it there"),
                );
            }
        }
        if data.indicators.iter().all(|own| self.leaves_out_indicator(own.node)) {
            found.push(
                Diagnostic::warning(
                    Code::IndexExcluded,
                    "every indicator is left out: nobody is ranked",
                )
                .at(method.nodes[0].span, "")
                .help("lower the thresholds of `missing` and `screening`, or decide otherwise"),
            );
        }
        found
    }
}

/// Screens indicators and units; cells filled from other units count as missing.
#[must_use]
pub(super) fn screen(method: &Methodology, data: &Dataset, units: usize) -> Screening {
    let rule = &method.screening;
    let mut of_units: Vec<Screened> = data
        .forced
        .iter()
        .filter_map(|forced| {
            let decision = rule.forced.get(forced.decision)?;
            let ground = Ground::Decision(decision.reason.clone());
            Some(Screened { at: forced.unit, kept: decision.kept, ground })
        })
        .collect();
    let left_out =
        |of_units: &[Screened], unit: usize| of_units.iter().any(|own| own.at == unit && !own.kept);
    let mut of_indicators: Vec<Screened> = Vec::new();
    for indicator in &data.indicators {
        let node = indicator.node;
        let decision = rule.forced.iter().find(|f| f.target == Target::Indicator(node));
        if let Some(decision) = decision {
            let ground = Ground::Decision(decision.reason.clone());
            of_indicators.push(Screened { at: node, kept: decision.kept, ground });
            continue;
        }
        let present = (0..units).filter(|&unit| !left_out(&of_units, unit));
        let cells: Vec<Option<&Cell>> = present.map(|unit| own(&indicator.cells, unit)).collect();
        let values: Vec<f64> = cells.iter().flatten().map(|cell| cell.value).collect();
        let available = share(values.len(), cells.len());
        let threshold = method.missing.indicator_threshold;
        if available < threshold {
            let ground = Ground::Availability { share: available, threshold };
            of_indicators.push(Screened { at: node, kept: false, ground });
        } else if let Some(ground) = zeros(&values, rule.indicator_nonzero) {
            of_indicators.push(Screened { at: node, kept: false, ground });
        }
    }
    for unit in 0..units {
        if of_units.iter().any(|own| own.at == unit) {
            continue;
        }
        let stay = data.indicators.iter().filter(|indicator| {
            !of_indicators.iter().any(|own| own.at == indicator.node && !own.kept)
        });
        let values: Vec<f64> =
            stay.filter_map(|i| own(&i.cells, unit)).map(|cell| cell.value).collect();
        if let Some(ground) = zeros(&values, rule.unit_nonzero) {
            of_units.push(Screened { at: unit, kept: false, ground });
        }
    }
    of_units.sort_by_key(|own| own.at);
    Screening { indicators: of_indicators, units: of_units }
}

/// A share in per cent, without the noise of its last bits.
pub(super) fn percent(share: f64) -> f64 {
    round_to(share * 100.0, 6)
}

fn own(cells: &[Option<Cell>], unit: usize) -> Option<&Cell> {
    cells.get(unit)?.as_ref().filter(|cell| cell.is_own())
}

/// The ground to leave out values of which too few are not zero; none if nothing is known.
fn zeros(values: &[f64], threshold: Option<f64>) -> Option<Ground> {
    let threshold = threshold.filter(|_| !values.is_empty())?;
    let nonzero = share(values.iter().filter(|&&v| v != 0.0).count(), values.len());
    (nonzero < threshold).then_some(Ground::Zeros { nonzero, threshold })
}

#[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Forced, ScreeningRule};
    use crate::data::ForcedUnit;
    use crate::diag::{FileId, Span};
    use crate::index::compute;
    use crate::index::testing::{indicator, methodology};

    fn forced(target: Target, kept: bool) -> Forced {
        let reason = Localised::same("why");
        Forced { target, kept, reason, span: Span::new(FileId(0), 0, 0) }
    }

    fn data() -> Dataset {
        let columns = [
            [Some(1.0), Some(2.0), Some(3.0), Some(9.0)],
            [Some(0.0), Some(0.0), Some(5.0), Some(0.0)],
            [Some(4.0), Some(7.0), None, None],
        ];
        let indicators = columns.iter().enumerate().map(|(i, c)| indicator(i + 1, c)).collect();
        Dataset { indicators, ..Dataset::default() }
    }

    fn names() -> Vec<String> {
        ["a", "b", "c", "d"].map(ToOwned::to_owned).to_vec()
    }

    #[test]
    fn thresholds_leave_out() {
        let mut method = methodology(3);
        method.missing.indicator_threshold = 0.6;
        method.screening.indicator_nonzero = Some(0.3);
        let found = screen(&method, &data(), 4);
        assert_eq!(
            found.indicators,
            [
                Screened {
                    at: 2,
                    kept: false,
                    ground: Ground::Zeros { nonzero: 0.25, threshold: 0.3 }
                },
                Screened {
                    at: 3,
                    kept: false,
                    ground: Ground::Availability { share: 0.5, threshold: 0.6 }
                },
            ]
        );
        method.screening.indicator_nonzero = Some(0.25);
        method.screening.unit_nonzero = Some(0.6);
        let found = screen(&method, &data(), 4);
        assert_eq!(found.units.iter().map(|own| own.at).collect::<Vec<_>>(), [0, 1, 3]);
    }

    #[test]
    fn decisions_go_before_thresholds() {
        let mut method = methodology(3);
        method.missing.indicator_threshold = 0.6;
        method.screening = ScreeningRule {
            indicator_nonzero: None,
            unit_nonzero: None,
            forced: vec![
                forced(Target::Indicator(3), true),
                forced(Target::Indicator(2), false),
                forced(Target::Unit("d".into()), false),
            ],
        };
        let data = Dataset { forced: vec![ForcedUnit { unit: 3, decision: 2 }], ..data() };
        let result = compute(&method, &data, &names()).unwrap();
        assert!(result.warnings.is_empty(), "{:?}", result.warnings);
        let result = result.value;
        assert_eq!(result.screening.indicators.len(), 2);
        assert!(result.screening.leaves_out_unit(3));
        assert!(result.nodes.iter().all(|node| node.scores[3].is_none()));
        // Without d the third value of x1 is the largest.
        assert_eq!(result.nodes[1].scores[2], Some(100.0));
        assert_eq!(result.nodes[2].scores, [None; 4]);
        // Its siblings share its weight, in what is told as in what is computed.
        assert_eq!(result.weights[1..], [0.5, 0.0, 0.5]);
        assert_eq!(result.effective_weights[1..], [0.5, 0.0, 0.5]);
    }

    #[test]
    fn what_is_told_counts_the_units_that_were_asked() {
        let mut method = methodology(3);
        method.missing.indicator_threshold = 0.7;
        method.screening.forced = vec![forced(Target::Unit("a".into()), false)];
        let data = Dataset { forced: vec![ForcedUnit { unit: 0, decision: 0 }], ..data() };
        let warned = compute(&method, &data, &names()).unwrap().warnings;
        let told: Vec<&str> = warned.iter().map(|w| w.message.as_str()).collect();
        assert!(told.contains(&"`x3` is left out: 1 of 3 units have a value"), "{told:?}");
    }

    #[test]
    fn a_unit_may_be_kept_with_little_data() {
        let mut method = methodology(2);
        method.missing.unit_threshold = 0.9;
        let columns = [[Some(1.0), Some(2.0), Some(3.0)], [Some(1.0), Some(2.0), None]];
        let indicators = columns.iter().enumerate().map(|(i, c)| indicator(i + 1, c)).collect();
        let mut data = Dataset { indicators, ..Dataset::default() };
        let names = &names()[..3];
        let without = compute(&method, &data, names).unwrap().value;
        assert_eq!(without.nodes[0].scores[2], None);
        let ground = Ground::Availability { share: 0.5, threshold: 0.9 };
        assert_eq!(without.screening.units, [Screened { at: 2, kept: false, ground }]);
        method.screening.forced = vec![forced(Target::Unit("c".into()), true)];
        data.forced = vec![ForcedUnit { unit: 2, decision: 0 }];
        let with = compute(&method, &data, names).unwrap().value;
        assert_eq!(with.nodes[0].scores[2], Some(100.0));
        assert!(with.screening.keeps_unit(2));
    }
}
