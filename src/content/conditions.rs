//! What an edition has, for templates that speak of it only then.

use crate::config::Status;
use crate::content::reading_text::flagged_pairs;
use crate::content::results::Results;
use crate::index::Applied;

/// Everything a template can ask for.
pub(super) const KINDS: [&str; 10] = [
    "imputed",
    "screened",
    "treated",
    "uneven-coverage",
    "judgements",
    "components",
    "flagged-pairs",
    "variants",
    "illustrative",
    "quotients",
];

/// Whether the edition has something; `None` if nobody knows of it.
#[must_use]
pub(super) fn has(results: &Results, what: &str) -> Option<bool> {
    let index = &results.index;
    Some(match what {
        "imputed" => results.imputed_count() > 0,
        "screened" => !(index.screening.indicators.is_empty() && index.screening.units.is_empty()),
        "treated" => index.treated.iter().any(|own| own.applied != Applied::Nothing),
        "uneven-coverage" => uneven_coverage(results),
        "judgements" => index.log.parents.iter().any(|step| step.weighting.judgement.is_some()),
        "components" => results.reading.components.is_some(),
        "flagged-pairs" => !flagged_pairs(results).is_empty(),
        "variants" => !index.variants.is_empty(),
        "quotients" => index.checks.denominators.iter().any(|own| own.correlation.is_some()),
        "illustrative" => {
            let cells = results.inputs.dataset.indicators.iter().flat_map(|i| i.cells.iter());
            cells.flatten().any(|cell| cell.status == Status::Illustrative)
        }
        _ => return None,
    })
}

/// Whether cities differ in what is known of them, or in how it was obtained.
fn uneven_coverage(results: &Results) -> bool {
    let coverage = &results.at(0).coverage;
    let shares = results.index.status.iter().map(|share| &share.by_unit);
    std::iter::once(coverage)
        .chain(shares)
        .any(|list| list.iter().any(|x| (x - list[0]).abs() > 1e-9))
}
