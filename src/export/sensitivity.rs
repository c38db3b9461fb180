//! The uncertainty and sensitivity analysis as JSON: full precision, units by code, nodes by code.

use serde_json::{Map, Value, json};

use crate::config::{NoiseKind, Normalisation, TierReplay, Uncertainty};
use crate::content::Results;
use crate::export::ranking::to_json;
use crate::export::reading::reading;
use crate::export::results::typology;
use crate::index::reading::Reading;
use crate::index::robustness::{
    Change, DISTINCT, Estimate, LeftOut, NodeUncertainty, Robustness, Shift, Simulation, Sobol,
    Solution, Source, Sweep, TOP, UnitGains, WeightLimits,
};

/// Version of the form.
const SCHEMA: u32 = 1;

/// `{"schema":1,"edition":…,"spec":…,"simulation":…,"sobol":…,"left_out":…,"sweeps":…,
/// "weight_limits":…,"gains":…,"reading":…,"typology":…,"method":…}`. Lists of units run in nominal order, equals by code.
#[must_use]
pub fn sensitivity_json(results: &Results, robustness: &Robustness, read: &Reading) -> String {
    let told = Told { results };
    to_json(&json!({
        "schema": SCHEMA,
        "edition": results.config.report.edition,
        "spec": spec(&robustness.spec),
        "simulation": told.simulation(&robustness.simulation),
        "sobol": robustness.sobol.as_ref().map(|s| told.sobol(s)),
        "left_out": robustness.left_out.iter().map(|l| told.left_out(l)).collect::<Value>(),
        "sweeps": robustness.sweeps.iter().map(|s| told.sweep(s)).collect::<Value>(),
        "weight_limits": robustness.limits.iter().map(|l| told.limits(l)).collect::<Value>(),
        "gains": robustness.gains.iter().map(|g| told.gains(g)).collect::<Value>(),
        "reading": reading(results, read),
        "typology": typology(results),
        "method": results.index.log,
    }))
}

fn spec(spec: &Uncertainty) -> Value {
    json!({
        "replicates": spec.replicates,
        "seed": spec.seed,
        "weights": spec.weights,
        "treatment": spec.treatment,
        "imputation": spec.imputation.iter().map(|own| own.word()).collect::<Vec<_>>(),
        "normalisation": spec.normalisation.iter().map(Normalisation::word).collect::<Vec<_>>(),
        "aggregation": spec.aggregation.iter().map(|a| a.word()).collect::<Vec<_>>(),
        "noise": spec.noise.map(|n| json!({
            "kind": match n.kind {
                NoiseKind::Uniform => "uniform",
                NoiseKind::Normal => "normal",
            },
            "relative": n.relative,
        })),
        "tiers": match spec.tiers {
            TierReplay::NominalSizes => "nominal-sizes",
            TierReplay::NominalCuts => "nominal-cuts",
            TierReplay::Recomputed => "recomputed",
        },
        "sobol_samples": spec.sobol_samples,
    })
}

struct Told<'a> {
    results: &'a Results,
}

impl<'a> Told<'a> {
    fn unit(&self, at: usize) -> &'a str {
        &self.results.unit(at).code
    }

    fn units(&self, units: &[usize]) -> Vec<&'a str> {
        units.iter().map(|&u| self.unit(u)).collect()
    }

    fn node(&self, at: usize) -> &'a str {
        &self.results.node(at).code
    }

    fn simulation(&self, simulation: &Simulation) -> Value {
        let count = simulation.units.len();
        let units: Value = simulation
            .units
            .iter()
            .map(|own| {
                let ranks: Value = own
                    .ranks
                    .iter()
                    .zip(1..)
                    .filter(|(p, _)| **p > 0.0)
                    .map(|(p, rank): (_, u32)| json!({ "rank": rank, "probability": p }))
                    .collect();
                let top: Map<String, Value> =
                    TOP.iter().zip(own.top).map(|(k, p)| (k.to_string(), json!(p))).collect();
                json!({
                    "unit": self.unit(own.unit),
                    "name": self.results.unit(own.unit).name,
                    "rank": own.rank,
                    "mean": own.mean,
                    "median": own.median,
                    "q05": own.low,
                    "q95": own.high,
                    "ranks": ranks,
                    "top": top,
                    "tiers": own.tiers,
                    "alike": self.units(&own.alike),
                })
            })
            .collect();
        let above: Vec<Vec<f64>> = (0..count)
            .map(|upper| (0..count).map(|lower| simulation.above(upper, lower)).collect())
            .collect();
        let groups: Vec<Vec<&str>> = simulation.groups.iter().map(|g| self.units(g)).collect();
        json!({
            "replicates": simulation.replicates,
            "failed": simulation.failed,
            "quantiles": "type 7",
            "distinct_from": DISTINCT,
            "mean_shift": simulation.mean_shift,
            "units": units,
            "above": above,
            "groups": groups,
            "nodes": simulation.nodes.iter().map(|own| self.node_ranks(own)).collect::<Value>(),
        })
    }

    fn node_ranks(&self, own: &NodeUncertainty) -> Value {
        let units: Value = own
            .units
            .iter()
            .map(|unit| {
                json!({
                    "unit": self.unit(unit.unit),
                    "rank": unit.rank,
                    "mean": unit.mean,
                    "median": unit.median,
                    "q05": unit.low,
                    "q95": unit.high,
                })
            })
            .collect();
        json!({ "node": self.node(own.node), "units": units })
    }

    /// The word for a source of uncertainty.
    fn source(&self, source: Source) -> String {
        match source {
            Source::Treatment => "treatment".into(),
            Source::Imputation => "imputation".into(),
            Source::Normalisation => "normalisation".into(),
            Source::Aggregation => "aggregation".into(),
            Source::Weights => "weights".into(),
            Source::WeightsAtLevel(level) => format!("weights at level {level}"),
            Source::WeightsBelow(node) => format!("weights below {}", self.node(node)),
            Source::Values => "values".into(),
        }
    }

    fn sobol(&self, sobol: &Sobol) -> Value {
        let estimate = |e: Option<Estimate>| {
            e.map(|e| json!({ "value": e.value, "q05": e.low, "q95": e.high }))
        };
        let sources: Value = sobol
            .indices
            .iter()
            .map(|index| {
                json!({
                    "source": self.source(index.source),
                    "first": estimate(index.first),
                    "total": estimate(index.total),
                })
            })
            .collect();
        json!({
            "samples": sobol.samples,
            "target": "mean absolute rank change",
            "mean": sobol.mean,
            "variance": sobol.variance,
            "sources": sources,
        })
    }

    fn shift(&self, shift: &Shift) -> Map<String, Value> {
        let mut map = Map::new();
        map.insert("mean_shift".into(), json!(shift.mean));
        map.insert("largest_shift".into(), json!(shift.largest));
        map.insert("farthest".into(), json!(shift.farthest.map(|u| self.unit(u))));
        map.insert("spearman".into(), json!(shift.spearman));
        map
    }

    fn left_out(&self, left: &LeftOut) -> Value {
        let mut map = Map::new();
        map.insert("node".into(), json!(self.node(left.node)));
        map.extend(self.shift(&left.shift));
        map.insert("ranks".into(), json!(left.shift.ranks));
        Value::Object(map)
    }

    fn sweep(&self, sweep: &Sweep) -> Value {
        let order = self.results.order(0);
        let points: Value = sweep
            .points
            .iter()
            .map(|point| {
                let leaders: Vec<&str> =
                    point.leaders().filter_map(|slot| Some(self.unit(*order.get(slot)?))).collect();
                let mut map = Map::new();
                map.insert("weight".into(), json!(point.weight));
                map.extend(self.shift(&point.shift));
                map.insert("leaders".into(), json!(leaders));
                Value::Object(map)
            })
            .collect();
        json!({ "node": self.node(sweep.node), "weight": sweep.weight, "points": points })
    }

    fn limits(&self, limits: &WeightLimits) -> Value {
        let change = |c: Option<Change>| {
            c.map(|c| json!({ "weight": c.weight, "rank": c.rank, "with": self.unit(c.with) }))
        };
        let units: Value = limits
            .units
            .iter()
            .map(|own| {
                json!({
                    "unit": self.unit(own.unit),
                    "down": change(own.down),
                    "up": change(own.up),
                    "leads": own.leads,
                })
            })
            .collect();
        json!({
            "node": self.node(limits.node),
            "weight": limits.weight,
            "how": if limits.exact { "closed" } else { "bisection" },
            "units": units,
        })
    }

    fn gains(&self, own: &UnitGains) -> Value {
        let gains: Value = own
            .gains
            .iter()
            .flatten()
            .map(|gain| {
                json!({
                    "node": self.node(gain.node),
                    "value": gain.value,
                    "change": gain.change,
                    "how": match gain.how {
                        Solution::Closed => "closed",
                        Solution::Bisection => "bisection",
                    },
                })
            })
            .collect();
        json!({ "unit": self.unit(own.unit), "indicators": gains })
    }
}
