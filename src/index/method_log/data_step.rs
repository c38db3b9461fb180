//! The data step: how much is known, what was left out, what was filled in.

use serde::Serialize;

use crate::config::{Imputation, Methodology};
use crate::data::Dataset;
use crate::index::{Ground, Screened, Screening};

/// How much is known, what was left out, what was filled in.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct DataStep {
    /// Units in the sample.
    pub units: usize,
    /// Units with an index score.
    pub ranked: usize,
    /// Indicators in the framework.
    pub indicators: usize,
    /// Cells of indicators and units that are not left out.
    pub cells: usize,
    /// Cells that hold data of the unit's own year.
    pub observed: usize,
    /// Cells that were filled in, from other years or other units.
    pub imputed: usize,
    /// `imputed` over `cells`; 0 without cells.
    pub imputed_share: f64,
    /// How many cells each rule filled in, in the order of first use.
    pub imputation: Vec<ImputationCount>,
    /// Mean over the ranked units of the share of weight for which they have data of their own.
    pub coverage: Option<f64>,
    /// The least such share among the ranked units.
    pub least_coverage: Option<f64>,
    /// Thresholds, and what they and decisions left out or kept.
    pub screening: ScreeningStep,
}

/// How many cells a rule filled in.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ImputationCount {
    /// The rule.
    pub rule: Imputation,
    /// Cells it filled in.
    pub cells: usize,
}

/// Thresholds of screening, and what came of them.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct ScreeningStep {
    /// Least share of weight for which a unit has data, at every node.
    pub unit_threshold: f64,
    /// Least share of units with a value.
    pub indicator_threshold: f64,
    /// Least share of an indicator's values that are not zero, if asked.
    pub indicator_nonzero: Option<f64>,
    /// Least share of a unit's values that are not zero, if asked.
    pub unit_nonzero: Option<f64>,
    /// Indicators left out, or kept by decision; by code.
    pub indicators: Vec<ScreenedStep>,
    /// Units left out, or kept by decision; by printed name.
    pub units: Vec<ScreenedStep>,
}

/// An indicator or unit that was left out, or kept by decision.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScreenedStep {
    /// Position of the node or unit.
    #[serde(skip)]
    pub at: usize,
    /// Code of the indicator, printed name of the unit.
    pub name: String,
    /// Whether it stays in.
    pub kept: bool,
    /// `decision`, `availability` or `zeros`.
    pub ground: &'static str,
    /// Share of what is known, or is not zero; `None` for a decision.
    pub share: Option<f64>,
    /// Least share; `None` for a decision.
    pub threshold: Option<f64>,
}

impl ScreenedStep {
    fn of(own: &Screened, name: &str) -> Self {
        let (ground, share, threshold) = match own.ground {
            Ground::Decision(_) => ("decision", None, None),
            Ground::Availability { share, threshold } => {
                ("availability", Some(share), Some(threshold))
            }
            Ground::Zeros { nonzero, threshold } => ("zeros", Some(nonzero), Some(threshold)),
        };
        Self { at: own.at, name: name.to_owned(), kept: own.kept, ground, share, threshold }
    }
}

impl DataStep {
    /// Counts cells, and notes the outcome of screening; `coverage` holds the share of weight each
    /// ranked unit has data for.
    #[expect(clippy::cast_precision_loss, reason = "counts of cells stay far below 2^52")]
    pub(in crate::index) fn of(
        method: &Methodology,
        data: &Dataset,
        names: &[String],
        screening: &Screening,
        coverage: &[f64],
    ) -> Self {
        let mut step = Self {
            units: names.len(),
            ranked: coverage.len(),
            indicators: method.indicators().count(),
            coverage: crate::num::mean(coverage),
            least_coverage: coverage.iter().copied().reduce(f64::min),
            screening: screened(method, names, screening),
            ..Self::default()
        };
        let stays = |unit: &usize| !screening.leaves_out_unit(*unit);
        let units = (0..names.len()).filter(stays).count();
        for own in &data.indicators {
            if screening.leaves_out_indicator(own.node) {
                continue;
            }
            step.cells += units;
            for (_, cell) in own.cells.iter().enumerate().filter(|(unit, _)| stays(unit)) {
                match cell.as_ref().map(|cell| cell.imputed.as_ref()) {
                    None => {}
                    Some(None) => step.observed += 1,
                    Some(Some(imputed)) => step.count(imputed.rule),
                }
            }
        }
        if step.cells > 0 {
            step.imputed_share = step.imputed as f64 / step.cells as f64;
        }
        step
    }

    fn count(&mut self, rule: Imputation) {
        self.imputed += 1;
        match self.imputation.iter_mut().find(|own| own.rule == rule) {
            Some(own) => own.cells += 1,
            None => self.imputation.push(ImputationCount { rule, cells: 1 }),
        }
    }
}

fn screened(method: &Methodology, names: &[String], screening: &Screening) -> ScreeningStep {
    let indicator = |own: &Screened| ScreenedStep::of(own, &method.nodes[own.at].code);
    let unit = |own: &Screened| ScreenedStep::of(own, names.get(own.at).map_or("", |name| name));
    ScreeningStep {
        unit_threshold: method.missing.unit_threshold,
        indicator_threshold: method.missing.indicator_threshold,
        indicator_nonzero: method.screening.indicator_nonzero,
        unit_nonzero: method.screening.unit_nonzero,
        indicators: screening.indicators.iter().map(indicator).collect(),
        units: screening.units.iter().map(unit).collect(),
    }
}
