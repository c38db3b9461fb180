//! The whole analysis, from a methodology with its data and results.

use crate::config::{Methodology, Uncertainty};
use crate::data::{Dataset, Unit};
use crate::diag::{Code, Diagnostic};
use crate::index::IndexResult;
use crate::index::robustness::alternatives::Material;
use crate::index::robustness::gain::{UnitGains, gains};
use crate::index::robustness::leave_out::{LeftOut, leave_out};
use crate::index::robustness::nominal::Nominal;
use crate::index::robustness::plan::Plan;
use crate::index::robustness::replay::{Setup, Unplayable};
use crate::index::robustness::simulation::{Simulation, simulate};
use crate::index::robustness::sobol::{Sobol, sobol};
use crate::index::robustness::sweep::{Sweep, sweep};
use crate::index::robustness::weight_limit::{WeightLimits, weight_limits};

/// How far the ranks of an index can be relied upon.
#[derive(Debug, Clone, PartialEq)]
pub struct Robustness {
    /// What was taken to be uncertain.
    pub spec: Uncertainty,
    /// How ranks vary when everything uncertain is drawn anew.
    pub simulation: Simulation,
    /// Which source accounts for the rank changes; `None` if it is not asked for, or nothing is
    /// uncertain.
    pub sobol: Option<Sobol>,
    /// Without each node.
    pub left_out: Vec<LeftOut>,
    /// With each weight from 0 to 1.
    pub sweeps: Vec<Sweep>,
    /// Weights of the dimensions at which ranks change.
    pub limits: Vec<WeightLimits>,
    /// Changes of indicators that take units to the next rank up.
    pub gains: Vec<UnitGains>,
}

/// Monte Carlo alone: what tables of ranks with intervals need. `units` are the sample, by whose
/// groups gaps may be filled.
///
/// # Errors
/// A combination of methods that cannot be computed even without noise.
pub fn simulation(
    method: &Methodology,
    data: &Dataset,
    units: &[Unit],
    result: &IndexResult,
) -> Result<Simulation, Diagnostic> {
    let plan = plan(method, data, units, result);
    let setup = Setup::new(&plan, &method.robustness).map_err(|e| diagnose(method, e))?;
    Ok(simulate(&setup, method.tiers.as_ref().zip(result.tiers.as_ref())))
}

/// Monte Carlo, with nothing of the rest: what rankings with intervals need. `units` are the sample.
///
/// # Errors
/// See [`simulation`].
pub fn intervals(
    method: &Methodology,
    data: &Dataset,
    units: &[Unit],
    result: &IndexResult,
) -> Result<Robustness, Diagnostic> {
    Ok(Robustness {
        spec: method.robustness.clone(),
        simulation: simulation(method, data, units, result)?,
        sobol: None,
        left_out: Vec::new(),
        sweeps: Vec::new(),
        limits: Vec::new(),
        gains: Vec::new(),
    })
}

/// Everything. `units` are the sample, by whose groups gaps may be filled.
///
/// # Errors
/// A combination of methods that cannot be computed even without noise.
pub fn analyse(
    method: &Methodology,
    data: &Dataset,
    units: &[Unit],
    result: &IndexResult,
) -> Result<Robustness, Diagnostic> {
    let plan = plan(method, data, units, result);
    let setup = Setup::new(&plan, &method.robustness).map_err(|e| diagnose(method, e))?;
    let not_positive =
        |node: usize| diagnose(method, Unplayable::Mean(method.normalisation.clone(), node));
    let nominal = Nominal::new(&plan).map_err(|e| not_positive(e.node))?;
    Ok(Robustness {
        spec: method.robustness.clone(),
        simulation: simulate(&setup, method.tiers.as_ref().zip(result.tiers.as_ref())),
        sobol: sobol(&setup),
        left_out: leave_out(&plan, &nominal).map_err(|e| not_positive(e.node))?,
        sweeps: sweep(&plan, &nominal).map_err(|e| not_positive(e.node))?,
        limits: weight_limits(&plan, &nominal),
        gains: gains(&plan, &nominal),
    })
}

fn plan(method: &Methodology, data: &Dataset, units: &[Unit], result: &IndexResult) -> Plan {
    let source = Material { data, units, screening: &result.screening };
    Plan::new(&result.log, data, result).varied(&result.log, source, &method.robustness)
}

fn diagnose(method: &Methodology, why: Unplayable) -> Diagnostic {
    let domain = |node: usize, message: String| {
        Diagnostic::error(Code::IndexDomain, message)
            .at_opt(method.nodes.get(node).map(|n| n.span), "in the uncertainty analysis")
    };
    let code = |node: usize| method.nodes.get(node).map_or("", |n| n.code.as_str());
    match why {
        Unplayable::TooManyUnits => Diagnostic::error(
            Code::IndexDomain,
            "the uncertainty analysis takes 32,767 units at most",
        ),
        Unplayable::Normalisation(drawn, node) => {
            domain(node, format!("`{}` cannot be normalised by `{}`", code(node), drawn.word()))
                .help("take the method out of `robustness: normalisation`")
        }
        Unplayable::Mean(drawn, node) => domain(
            node,
            format!(
                "`{}` takes a mean for which `{}` gives a score too low",
                code(node),
                drawn.word()
            ),
        )
        .help("start every scale above zero, such as `range: [1, 100]`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Aggregation, NoiseKind, ValueNoise};
    use crate::index::robustness::testing::Small;

    fn run(small: &Small) -> Robustness {
        analyse(&small.method, &small.data, &[], &small.result()).unwrap()
    }

    #[test]
    fn the_same_on_any_number_of_threads() {
        let mut small = Small::random(19, &[2, 3, 2], true);
        small.method.robustness.weights = vec![0.25, 0.25];
        small.method.robustness.noise =
            Some(ValueNoise { kind: NoiseKind::Uniform, relative: 0.1 });
        small.method.robustness.sobol_samples = 40;
        let runs: Vec<Robustness> = [1, 4, 16]
            .into_iter()
            .map(|threads| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                pool.install(|| run(&small))
            })
            .collect();
        assert_eq!(runs[0], runs[1]);
        assert_eq!(runs[0], runs[2]);
    }

    #[test]
    fn odd_data_give_no_odd_numbers() {
        for small in [
            Small::complete(&[1], &[&[5.0]]),
            Small::complete(&[2], &[&[5.0, 5.0, 5.0], &[1.0, 1.0, 2.0]]),
            Small::complete(&[1, 1], &[&[5.0, 5.0], &[7.0, 7.0]]),
            Small::new(&[1, 1], &[vec![None, None], vec![None, None]]),
            Small::new(
                &[2, 1],
                &[vec![Some(0.0), None], vec![None, Some(2.0)], vec![Some(1.0), None]],
            ),
        ] {
            let mut small = small;
            small.method.robustness.weights = vec![1.0, 1.0];
            small.method.robustness.noise =
                Some(ValueNoise { kind: NoiseKind::Normal, relative: 0.5 });
            small.method.robustness.sobol_samples = 20;
            let text = format!("{:?}", run(&small));
            assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
        }
    }

    #[test]
    fn what_cannot_be_replayed_is_told() {
        let mut small = Small::complete(&[2], &[&[1.0, 2.0], &[3.0, 1.0]]);
        small.method.robustness.aggregation = vec![Aggregation::Geometric];
        let found = analyse(&small.method, &small.data, &[], &small.result()).unwrap_err();
        assert_eq!(found.code, Code::IndexDomain);
        assert!(found.message.contains("`min-max`"), "{}", found.message);
    }
}
