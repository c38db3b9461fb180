//! Meaning of `aggregation`: required options, ranges, defaults.

use super::{complain, refuse_others};
use crate::config::aggregation::{Aggregation, Deviation, Phenomenon, RsrRanks, TopsisScaling};
use crate::config::raw::{
    AggregationWord, RawAggregationMethod as Method, RawDeviation, RawPhenomenon, RawRsrRanks,
    RawTopsisScaling,
};
use crate::config::yaml::Place;
use crate::diag::Findings;

/// Resolves an aggregation; a mistake is pushed and something of the same kind returned.
pub(in crate::config) fn aggregation(
    raw: &AggregationWord,
    place: Option<&Place>,
    findings: &mut Findings,
) -> Aggregation {
    let raw = raw.full();
    let scale = raw.scale.unwrap_or(100.0);
    if scale <= 0.0 {
        complain(findings, "`scale` must be above zero", place, "scale");
    }
    let (method, used): (Aggregation, &[&str]) = match raw.method {
        Method::Arithmetic => (Aggregation::Arithmetic, &[]),
        Method::Geometric => (Aggregation::Geometric, &[]),
        Method::Harmonic => (Aggregation::Harmonic, &[]),
        Method::Median => (Aggregation::Median, &[]),
        Method::Minimum => (Aggregation::Minimum, &[]),
        Method::Copeland => (Aggregation::Copeland, &[]),
        Method::Power => {
            let exponent = raw.exponent.unwrap_or_else(|| {
                complain(findings, "`power` needs `exponent`", place, "method");
                1.0
            });
            if exponent == 0.0 {
                let message = "a power mean of exponent 0 is the geometric mean";
                complain(findings, message, place, "exponent");
            }
            (Aggregation::Power { exponent }, &["exponent"])
        }
        Method::Topsis => {
            let scaling = match raw.scaling {
                None | Some(RawTopsisScaling::MinMax) => TopsisScaling::MinMax,
                Some(RawTopsisScaling::Vector) => TopsisScaling::Vector,
            };
            (Aggregation::Topsis { scaling, scale }, &["scaling", "scale"])
        }
        Method::Vikor => (Aggregation::Vikor { v: raw.v.unwrap_or(0.5), scale }, &["v", "scale"]),
        Method::GreyRelational => {
            let rho = raw.rho.unwrap_or(0.5);
            if rho <= 0.0 {
                complain(findings, "`rho` must be above zero", place, "rho");
            }
            (Aggregation::GreyRelational { rho, scale }, &["rho", "scale"])
        }
        Method::Rsr => {
            let ranks = match raw.ranks {
                None | Some(RawRsrRanks::Integral) => RsrRanks::Integral,
                Some(RawRsrRanks::NonIntegral) => RsrRanks::NonIntegral,
            };
            (Aggregation::Rsr { ranks, scale }, &["ranks", "scale"])
        }
        Method::Mpi => {
            let phenomenon = match raw.phenomenon {
                None | Some(RawPhenomenon::Positive) => Phenomenon::Positive,
                Some(RawPhenomenon::Negative) => Phenomenon::Negative,
            };
            let deviation = match raw.deviation {
                None | Some(RawDeviation::Population) => Deviation::Population,
                Some(RawDeviation::Sample) => Deviation::Sample,
            };
            (Aggregation::Mpi { phenomenon, deviation }, &["phenomenon", "deviation"])
        }
    };
    refuse_others(findings, place, method.word(), used);
    method
}
