//! What the indicators hold if gaps are filled or outliers treated in another way.
//!
//! Only indicators under the methodology's own rule take a drawn one. Who is ranked stays as it is
//! nominally: a value from other units never counts as known, so no threshold is met or missed for
//! it. Values of other years of the same unit are its own and stay.

use crate::config::{Imputation, Treatment, Uncertainty};
use crate::data::{Cell, Dataset, Unit};
use crate::index::impute::fill;
use crate::index::method_log::{IndicatorStep, MethodLog};
use crate::index::robustness::plan::{Leaf, Plan, treated};
use crate::index::{Ground, Screening};

/// Every combination of drawn treatment and imputation, the imputation changing fastest: the
/// indicators under it. None if neither is drawn.
pub(super) fn alternatives(
    plan: &Plan,
    log: &MethodLog,
    source: Material<'_>,
    spec: &Uncertainty,
) -> Vec<Vec<Leaf>> {
    if spec.treatment.is_empty() && spec.imputation.is_empty() {
        return Vec::new();
    }
    let mut all = Vec::new();
    for treatment in choices(&spec.treatment) {
        for imputation in choices(&spec.imputation) {
            let one = |leaf: &Leaf| {
                let Some(step) = log.indicator(leaf.node) else { return leaf.clone() };
                let treatment = treatment.filter(|_| step.treatment.shared);
                let imputation = imputation.filter(|_| step.imputation == spec.nominal_imputation);
                if !step.takes_part || (treatment.is_none() && imputation.is_none()) {
                    return leaf.clone();
                }
                source.leaf(leaf, step, treatment, imputation)
            };
            all.push(plan.leaves.iter().map(one).collect());
        }
    }
    all
}

fn choices<T: Copy>(drawn: &[T]) -> Vec<Option<T>> {
    if drawn.is_empty() { vec![None] } else { drawn.iter().copied().map(Some).collect() }
}

/// What values come from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Material<'a> {
    /// The data set, gaps filled nominally.
    pub(super) data: &'a Dataset,
    /// The sample, for groups.
    pub(super) units: &'a [Unit],
    /// Who was left out.
    pub(super) screening: &'a Screening,
}

impl Material<'_> {
    /// An indicator with another rule for gaps or outliers.
    fn leaf(
        self,
        nominal: &Leaf,
        step: &IndicatorStep,
        treatment: Option<Treatment>,
        imputation: Option<Imputation>,
    ) -> Leaf {
        let Some(own) = self.data.indicators.iter().find(|own| own.node == step.node) else {
            return nominal.clone();
        };
        let mut cells = own.cells.clone();
        if let Some(rule) = imputation {
            cells = cells.into_iter().map(|cell| cell.filter(Cell::is_own)).collect();
            let out: Vec<bool> = (0..cells.len()).map(|unit| self.withholds(unit)).collect();
            for (unit, filled) in fill(&cells, rule, self.units, &out) {
                cells[unit] = Some(filled);
            }
        }
        let raw = cells.iter().enumerate().map(|(unit, cell)| {
            cell.as_ref().filter(|_| !self.withholds(unit)).map(|cell| cell.value)
        });
        let rule = treatment.unwrap_or(step.treatment.rule);
        let (values, pooled) = treated(own, step, raw.collect(), rule);
        // A base period is the unit's own: nobody gains or loses one.
        let base = own.base(&step.normalisation.rule);
        let scored = |unit: usize| base.is_empty() || base.get(unit).is_some_and(Option::is_some);
        let known = values.iter().enumerate().filter(|(unit, _)| scored(*unit));
        let (at, values): (Vec<usize>, Vec<f64>) =
            known.filter_map(|(unit, value)| value.map(|value| (unit, value))).unzip();
        Leaf {
            base: at.iter().map(|&unit| base.get(unit).copied().flatten()).collect(),
            reference: own
                .reference(&step.normalisation.rule)
                .and_then(|unit| at.iter().position(|&u| u == unit)),
            at,
            values,
            pooled,
            ..nominal.clone()
        }
    }

    /// Whether a unit took no part from the start; one without enough data for a score does.
    fn withholds(self, unit: usize) -> bool {
        self.screening.units.iter().any(|own| {
            own.at == unit && !own.kept && !matches!(own.ground, Ground::Availability { .. })
        })
    }
}

#[cfg(test)]
mod tests {
    use crate::config;
    use crate::data::Unit;
    use crate::index::robustness::{Source, analyse};
    use crate::index::testing::{dataset, unit};
    use crate::index::{IndexResult, compute, impute};

    const HEAD: &str = "
schema-version: 1
normalisation: { method: min-max, constant: mid }
missing: { unit-threshold: 0.3, indicator-threshold: 0 }
framework: [{ code: a }, { code: b }]
";

    fn units() -> Vec<Unit> {
        [("1", "东"), ("2", "东"), ("3", "东"), ("4", "西"), ("5", "西"), ("6", "西")]
            .map(|(code, region)| unit(code, region))
            .to_vec()
    }

    fn rows() -> Vec<Vec<Option<f64>>> {
        vec![
            vec![Some(1.0), Some(9.0)],
            vec![Some(2.0), None],
            vec![Some(4.0), Some(2.0)],
            vec![Some(5.0), Some(1.0)],
            vec![None, Some(5.0)],
            vec![Some(90.0), Some(4.0)],
        ]
    }

    fn nominal(yaml: &str) -> IndexResult {
        let method = config::methodology(yaml).unwrap_or_else(|found| panic!("{found:#?}"));
        let mut data = dataset(&method, &rows());
        data.indicators = impute(&method, &data, &units());
        let names: Vec<String> = units().iter().map(|u| u.code.clone()).collect();
        compute(&method, &data, &names).unwrap().value
    }

    /// Ranks under a single drawn alternative: they must be those of the methodology that has it.
    fn drawn(section: &str, start: &str) -> Vec<Option<u32>> {
        let yaml = format!("{start}{HEAD}robustness: {{ {section}, weights: {{ noise: 0 }} }}");
        let method = config::methodology(&yaml).unwrap_or_else(|found| panic!("{found:#?}"));
        let mut data = dataset(&method, &rows());
        data.indicators = impute(&method, &data, &units());
        let names: Vec<String> = units().iter().map(|u| u.code.clone()).collect();
        let result = compute(&method, &data, &names).unwrap().value;
        let found = analyse(&method, &data, &units(), &result).unwrap();
        let rank = |unit: usize| {
            found.simulation.of_unit(unit).map(|own| own.ranks.iter().position(|p| *p > 0.5))
        };
        (0..6).map(|unit| rank(unit).flatten().and_then(|at| u32::try_from(at + 1).ok())).collect()
    }

    #[test]
    fn a_drawn_rule_gives_what_the_rule_gives() {
        let rules = ["none", "mean", "median", "{ method: group-mean, group: region }"];
        for rule in rules {
            let text = HEAD.replace(
                "indicator-threshold: 0",
                &format!("indicator-threshold: 0, imputation: {rule}"),
            );
            let wanted = nominal(&text).index().ranks.clone();
            assert_eq!(drawn(&format!("imputation: [{rule}]"), ""), wanted, "{rule}");
        }
        for rule in [
            "winsorise-log",
            "{ method: percentile-clamp, upper: 0.8 }",
            "{ method: box-cox, lambda: 0 }",
        ] {
            let wanted = nominal(&format!("treatment: {rule}\n{HEAD}")).index().ranks.clone();
            assert_eq!(drawn(&format!("treatment: [{rule}]"), ""), wanted, "{rule}");
            // And back again.
            let plain = nominal(HEAD).index().ranks.clone();
            assert_eq!(
                drawn("treatment: [none]", &format!("treatment: {rule}\n")),
                plain,
                "{rule}"
            );
        }
    }

    #[test]
    fn both_are_sources_of_their_own() {
        let yaml = format!(
            "{HEAD}robustness: {{ imputation: [none, mean], treatment: [none, winsorise-log, {{ method: box-cox, lambda: 0 }}], replicates: 600, sobol: {{ samples: 200 }} }}"
        );
        let method = config::methodology(&yaml).unwrap_or_else(|found| panic!("{found:#?}"));
        let data = dataset(&method, &rows());
        let names: Vec<String> = units().iter().map(|u| u.code.clone()).collect();
        let result = compute(&method, &data, &names).unwrap().value;
        let found = analyse(&method, &data, &units(), &result).unwrap();
        let sobol = found.sobol.unwrap();
        let sources: Vec<Source> = sobol.indices.iter().map(|own| own.source).collect();
        assert_eq!(sources, [Source::Treatment, Source::Imputation]);
        assert!(found.simulation.mean_shift > 0.0);
        let totals: f64 = sobol.indices.iter().map(|own| own.total.unwrap().value).sum();
        assert!(totals > 0.8, "{totals}");
    }

    #[test]
    fn an_indicator_with_a_rule_of_its_own_keeps_it() {
        let own = HEAD.replace(
            "{ code: a }",
            "{ code: a, imputation: median, treatment: { method: percentile-clamp } }",
        );
        let wanted = nominal(&own).index().ranks.clone();
        let b = own.replace("{ code: b }", "{ code: b, imputation: none }");
        assert_eq!(nominal(&b).index().ranks, wanted);
        let yaml = format!(
            "{own}robustness: {{ imputation: [none], treatment: [none], weights: {{ noise: 0 }} }}"
        );
        let method = config::methodology(&yaml).unwrap_or_else(|found| panic!("{found:#?}"));
        let mut data = dataset(&method, &rows());
        data.indicators = impute(&method, &data, &units());
        let names: Vec<String> = units().iter().map(|u| u.code.clone()).collect();
        let result = compute(&method, &data, &names).unwrap().value;
        let found = analyse(&method, &data, &units(), &result).unwrap();
        assert!(found.simulation.mean_shift.abs() < 1e-12);
    }
}
