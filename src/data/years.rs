//! The indicators of the other years, from the same raw cells.

use crate::config::Config;
use crate::data::dataset::{Dataset, IndicatorData};
use crate::data::derive::{Material, derive};
use crate::data::forced::ForcedUnit;
use crate::data::raw_store::RawStore;
use crate::diag::{Diagnostic, Findings};

/// The indicators of one year beside the one the report is about.
#[derive(Debug, Clone)]
pub struct YearData {
    /// The year.
    pub year: i32,
    /// Indicators by unit; the cells they were made from stand in the data set of the report's
    /// year.
    pub dataset: Dataset,
}

/// Derives the indicators for every other year of the methodology. A mistake that holds for the
/// report's year too, one of `told`, is not told again.
pub(super) fn derive_years(
    material: Material<'_>,
    store: &RawStore,
    forced: &[ForcedUnit],
    told: &[Diagnostic],
    findings: &mut Findings,
) -> Vec<YearData> {
    let config = material.config;
    let others = config.method.years.iter().filter(|&&year| Some(year) != config.method.year);
    let derived = others.map(|&year| {
        let mut found = Findings::default();
        let indicators = derive_year(material, year, store, &mut found);
        let found = found.finish(()).map_or_else(|found| found, |warned| warned.warnings);
        findings.extend(found.into_iter().filter(|d| !told.contains(d)).map(|mut d| {
            d.message = format!("{year}, one of `years`: {}", d.message);
            d
        }));
        let dataset = Dataset { indicators, forced: forced.to_vec(), ..Dataset::default() };
        YearData { year, dataset }
    });
    derived.collect()
}

/// Derives the indicators for one year.
pub(super) fn derive_year(
    material: Material<'_>,
    year: i32,
    store: &RawStore,
    findings: &mut Findings,
) -> Vec<IndicatorData> {
    let config = Config { method: material.config.method.at_year(year), ..material.config.clone() };
    derive(Material { config: &config, ..material }, store, findings)
}

#[cfg(test)]
mod tests {
    use crate::data::testing::{Project, codes};

    const DATA: &str = "unit,indicator,year,value\n\
        甲,gdp,2020,4\n甲,gdp,2022,9\n乙,gdp,2020,5\n乙,gdp,2022,10\n丙,gdp,2020,1\n丙,gdp,2022,4\n\
        甲,area,2018,2\n乙,area,2018,5\n丙,area,2018,1\n";

    fn project(node: &str) -> Project {
        Project::new().file("data.csv", DATA).method("years: [2020, 2022]").node(node)
    }

    fn values(project: &Project) -> [Vec<f64>; 2] {
        let inputs = project.load().unwrap().value;
        let of = |data: &crate::data::Dataset| {
            data.indicators[0].cells.iter().flatten().map(|c| c.value).collect()
        };
        assert_eq!(inputs.years.len(), 1);
        assert_eq!(inputs.years[0].year, 2020);
        [of(&inputs.dataset), of(&inputs.years[0].dataset)]
    }

    #[test]
    fn formulas_are_evaluated_for_each_year() {
        let found = values(&project("{ code: a, value: gdp / area@2018 }"));
        assert_eq!(found, [vec![4.5, 2.0, 4.0], vec![2.0, 1.0, 1.0]]);
        // Columns after `@`, and indicators with a year of their own, stay.
        assert_eq!(values(&project("{ code: a, value: area@2018 }"))[1], [2.0, 5.0, 1.0]);
        assert_eq!(values(&project("{ code: a, value: gdp, year: 2022 }"))[1], [9.0, 10.0, 4.0]);
    }

    #[test]
    fn a_formula_knows_the_year() {
        let growth = "{ code: a, value: '(gdp / area@2018) ^ (1 / (year - 2018))' }";
        // (9 / 2) ^ (1 / 4), (4 / 2) ^ (1 / 2)
        let found = values(&project(growth));
        assert!((found[0][0] - 1.456_475_315_121_963_4).abs() < 1e-12);
        assert!((found[1][0] - std::f64::consts::SQRT_2).abs() < 1e-12);
        let stated = Project::new().file("data.csv", DATA).node("{ code: a, value: gdp * year }");
        assert_eq!(codes(&stated.fail()), ["config/invalid"]);
    }

    #[test]
    fn a_year_without_data_is_a_mistake() {
        let project = Project::new().file("data.csv", DATA).method("years: [2019, 2022]");
        let found = project.fail();
        assert_eq!(codes(&found), ["data/no-values"]);
        let wanted = "2019, one of `years`: no unit of the sample has a value of `gdp` for 2019";
        assert_eq!(found[0].message, wanted);
    }
}
