//! The sample: which units of the gazetteer the report is about, and which have a chapter.

use std::collections::BTreeMap;

use crate::config::{CityCases, Config, Selection};
use crate::data::condition::{self, Of};
use crate::data::gazetteer::{Gazetteer, Unit};
use crate::data::names::Lookup;
use crate::diag::{Code, Diagnostic, Findings, Span, alternatives};

/// The sample.
#[derive(Debug, Clone)]
pub(super) struct Sample {
    /// Its units, by code.
    pub(super) units: Vec<Unit>,
    /// Positions in `units` of those with a chapter of their own, where they are named.
    pub(super) case_units: Vec<usize>,
    /// Whether units are lacking because their names could not be told.
    pub(super) is_partial: bool,
}

impl Sample {
    /// Position of a unit in the sample.
    pub(super) fn position(&self, code: &str) -> Option<usize> {
        self.units.binary_search_by(|unit| unit.code.as_str().cmp(code)).ok()
    }
}

/// Selects the sample; none if it would be empty.
pub(super) fn select(
    gazetteer: &Gazetteer,
    config: &Config,
    findings: &mut Findings,
) -> Option<Sample> {
    let all = gazetteer.units();
    if all.is_empty() {
        return None;
    }
    let selected: Vec<&Unit> = match &config.selection {
        Selection::All => all.iter().collect(),
        Selection::Where(text, span) => {
            let rows: Vec<&BTreeMap<String, String>> = all.iter().map(|u| &u.extra).collect();
            let positions = findings.keep(condition::select(&rows, text, *span, Of::Gazetteer))?;
            if positions.is_empty() {
                findings.push(
                    Diagnostic::error(
                        Code::DataNoUnits,
                        format!("no row of `{}` satisfies `{text}`", config.gazetteer.path),
                    )
                    .at(*span, "")
                    .help("put texts between quotation marks, and names of columns not"),
                );
            }
            positions.into_iter().map(|i| &all[i]).collect()
        }
        Selection::Named(names) => {
            if names.is_empty() {
                findings.push(
                    Diagnostic::error(Code::DataNoUnits, "`include` names no unit")
                        .at(config.gazetteer.span, "the gazetteer of this report"),
                );
            }
            names
                .iter()
                .filter_map(|(name, span)| findings.keep(named(gazetteer, name, *span)))
                .collect()
        }
    };
    let is_partial =
        matches!(&config.selection, Selection::Named(names) if selected.len() < names.len());
    let mut units: Vec<Unit> = selected.into_iter().cloned().collect();
    units.sort_by(|a, b| a.code.cmp(&b.code));
    units.dedup_by(|a, b| a.code == b.code);
    let mut sample = Sample { units, case_units: Vec::new(), is_partial };
    if let CityCases::Named(names) = &config.city_cases {
        sample.case_units = case_units(gazetteer, &sample, names, findings);
    }
    (!sample.units.is_empty()).then_some(sample)
}

fn case_units(
    gazetteer: &Gazetteer,
    sample: &Sample,
    names: &[(String, Span)],
    findings: &mut Findings,
) -> Vec<usize> {
    let mut positions = Vec::new();
    for (name, span) in names {
        let Some(unit) = findings.keep(named(gazetteer, name, *span)) else { continue };
        match sample.position(&unit.code) {
            Some(position) if positions.contains(&position) => {}
            Some(position) => positions.push(position),
            // It may be one of those that could not be selected.
            None if sample.is_partial || sample.units.is_empty() => {}
            None => findings.push(
                Diagnostic::error(
                    Code::ConfigUnknownName,
                    format!("`{name}` is not in the sample and cannot have a chapter"),
                )
                .at(*span, "")
                .help("select it under `cities`, or take it out of `city-cases`"),
            ),
        }
    }
    positions
}

/// What to do about a unit nobody knows.
pub(super) const UNKNOWN_UNIT: &str = "mend the name, or add the unit to the gazetteer";

/// The unit that the configuration names.
pub(super) fn named<'a>(
    gazetteer: &'a Gazetteer,
    name: &str,
    span: Span,
) -> Result<&'a Unit, Diagnostic> {
    gazetteer.find(name).map_err(|lookup| match lookup {
        Lookup::Unknown(near) => Diagnostic::error(
            Code::ConfigUnknownName,
            format!("the gazetteer has no unit `{name}`"),
        )
        .at(span, "")
        .did_you_mean_or(&near, UNKNOWN_UNIT),
        Lookup::Ambiguous(candidates) => ambiguous(name, &candidates).at(span, ""),
    })
}

/// The finding that a name fits several units.
pub(super) fn ambiguous(name: &str, candidates: &[String]) -> Diagnostic {
    Diagnostic::error(
        Code::DataAmbiguousUnit,
        format!("`{name}` may be {}", alternatives(candidates)),
    )
    .help("write the code or the full name")
}

#[cfg(test)]
mod tests {
    use crate::data::testing::{Project, codes};

    const CITIES: &str =
        "code,name_zh,name_en,sample\n3,丙市,Gamma,no\n1,甲市,Alpha,yes\n2,乙市,Beta,yes\n";

    fn project(cities: &str) -> Project {
        Project::new()
            .file("cities.csv", CITIES)
            .file("data.csv", "unit,gdp\n甲,1\n乙,2\n丙,3\n")
            .cities(cities)
    }

    #[test]
    fn units_come_by_code() {
        let units = |cities: &str| -> Vec<String> {
            project(cities).load().unwrap().value.units.into_iter().map(|u| u.code).collect()
        };
        assert_eq!(units("gazetteer: cities.csv"), ["1", "2", "3"]);
        assert_eq!(units("{ gazetteer: cities.csv, where: \"sample == 'yes'\" }"), ["1", "2"]);
        assert_eq!(units("{ gazetteer: cities.csv, include: [丙, Alpha, 甲市] }"), ["1", "3"]);
    }

    #[test]
    fn an_empty_sample_is_an_error() {
        let found = project("{ gazetteer: cities.csv, where: \"sample == 'x'\" }").fail();
        assert_eq!(codes(&found), ["data/no-units"]);
    }

    #[test]
    fn every_unknown_name_is_told() {
        let found = project("{ gazetteer: cities.csv, include: [Alpa, 丁, 乙] }").fail();
        assert_eq!(codes(&found), ["config/unknown-name"; 2]);
        assert_eq!(found[0].help, ["did you mean `Alpha`?"]);
    }

    #[test]
    fn cases_are_positions_in_the_sample() {
        let cases = |units: &str| {
            project("{ gazetteer: cities.csv, where: \"sample == 'yes'\" }")
                .report(&format!("city-cases: {{ units: [{units}] }}"))
        };
        assert_eq!(cases("乙, 甲, Beta").load().unwrap().value.case_units, [1, 0]);
        assert_eq!(codes(&cases("丙").fail()), ["config/unknown-name"]);
        assert_eq!(codes(&cases("丁").fail()), ["config/unknown-name"]);
    }
}
