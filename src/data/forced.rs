//! The units that the screening names, as positions in the sample.

use crate::config::{Config, Target};
use crate::data::gazetteer::{Gazetteer, Unit};
use crate::data::sample;
use crate::diag::{Code, Diagnostic, Findings};

/// A unit of the sample that is kept or left out by decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ForcedUnit {
    /// Position of the unit in the sample.
    pub unit: usize,
    /// Position of the decision in the screening rule.
    pub decision: usize,
}

/// Finds the units; one outside the sample is a warning and changes nothing.
pub(super) fn units(
    config: &Config,
    gazetteer: &Gazetteer,
    sample: &[Unit],
    findings: &mut Findings,
) -> Vec<ForcedUnit> {
    let mut found: Vec<ForcedUnit> = Vec::new();
    for (decision, forced) in config.method.screening.forced.iter().enumerate() {
        let Target::Unit(name) = &forced.target else { continue };
        let named = findings.keep(sample::named(gazetteer, name, forced.span));
        let Some(unit) = named else { continue };
        let Ok(at) = sample.binary_search_by(|other| other.code.cmp(&unit.code)) else {
            findings.push(
                Diagnostic::warning(
                    Code::ConfigInvalid,
                    format!("the screening names `{name}`, which is not in the sample"),
                )
                .at(forced.span, "")
                .help("select it under `cities`, or take it out of `screening`"),
            );
            continue;
        };
        if let Some(first) = found.iter().find(|other| other.unit == at) {
            findings.push(
                Diagnostic::error(
                    Code::ConfigInvalid,
                    format!("the screening names `{name}` twice"),
                )
                .at(forced.span, "again here")
                .at(config.method.screening.forced[first.decision].span, "first here"),
            );
        }
        found.push(ForcedUnit { unit: at, decision });
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::data::testing::{Project, codes};

    fn project(entries: &str) -> Project {
        Project::new()
            .file("data.csv", "unit,gdp\n甲,1\n乙,2\n丙,3\n")
            .cities("{ gazetteer: cities.csv, include: [甲, 乙] }")
            .method(&format!("screening: {{ exclude: [{entries}] }}"))
    }

    const WHY: &str = "reason: { zh: 缘由, en: why }";

    #[test]
    fn units_become_positions() {
        let inputs = project(&format!("{{ unit: Beta, {WHY} }}")).load().unwrap().value;
        assert_eq!(inputs.dataset.forced.len(), 1);
        assert_eq!(inputs.dataset.forced[0].unit, 1);
    }

    #[test]
    fn mistakes_are_told() {
        let found = project(&format!("{{ unit: Bata, {WHY} }}")).fail();
        assert_eq!(codes(&found), ["config/unknown-name"]);
        assert_eq!(found[0].help, ["did you mean `Beta`?"]);
        let found = project(&format!("{{ unit: Beta, {WHY} }}, {{ unit: 乙, {WHY} }}")).fail();
        assert_eq!(found[0].message, "the screening names `乙` twice");
        let outside = project(&format!("{{ unit: 丙, {WHY} }}")).load().unwrap();
        assert_eq!(codes(&outside.warnings), ["config/invalid"]);
        assert!(outside.value.dataset.forced.is_empty());
    }
}
