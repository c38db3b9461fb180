//! The edition before this one: computed again from its `report.yaml`, or read as it was published.

use serde::Deserialize;

use crate::config::{self, Config};
use crate::data::{self, Inputs, Loaded, Unit, backcast};
use crate::diag::{Code, Diagnostic, Findings, Phase, Severity, Span};
use crate::index::over_time::{
    Changes, Earlier, EarlierNode, EarlierUnit, Editions, Side, compare, pool_before, prepare,
};
use crate::index::{self, IndexResult};
use crate::lang::Localised;
use crate::num::Rank;
use crate::source::{Encoding, Sources};

/// Version of `results.json` that can be read.
const SCHEMA: u32 = 1;

/// What changed since the edition before this one; nothing if the report names none.
///
/// # Errors
/// When the earlier edition cannot be read or computed, or has no unit in common with this one.
pub(super) fn changes(
    sources: &mut Sources,
    config: &Config,
    inputs: &Inputs,
    index: &IndexResult,
) -> Phase<Option<Changes>> {
    let mut findings = Findings::default();
    let Some((path, span)) = &config.previous else { return findings.finish(None) };
    let now = Now { config, inputs, index, span: *span };
    let is_published = path.rsplit_once('.').is_some_and(|(_, ending)| ending == "json");
    let found = if is_published {
        published(sources, path, *span).and_then(|earlier| now.against(&earlier))
    } else {
        edition(sources, path, *span).and_then(|before| now.against_edition(sources, &before))
    };
    match found {
        Ok((changes, warnings)) => {
            findings.extend(warnings);
            findings.finish(Some(changes))
        }
        Err(found) => Err(found),
    }
}

type Compared = Result<(Changes, Vec<Diagnostic>), Vec<Diagnostic>>;

/// This edition, and the place that names the earlier one.
struct Now<'a> {
    config: &'a Config,
    inputs: &'a Inputs,
    index: &'a IndexResult,
    span: Span,
}

/// An earlier edition that was computed again.
struct Before {
    config: Config,
    /// As they were read, gaps filled.
    inputs: Inputs,
    index: IndexResult,
}

impl Now<'_> {
    /// Compares with ranks as they were published.
    fn against(&self, earlier: &Earlier) -> Compared {
        let common = self.inputs.units.iter().filter(|unit| knows(earlier, unit)).count();
        self.check_common(common)?;
        let own = (&self.config.method, self.inputs.units.as_slice(), self.index);
        Ok(compare(earlier, own, None, Vec::new()))
    }

    /// Compares with an edition that can be computed under this method.
    fn against_edition(&self, sources: &Sources, before: &Before) -> Compared {
        let units = self.inputs.units.iter().enumerate();
        let common: Vec<(usize, usize)> = units
            .filter_map(|(own, unit)| {
                let mut earlier = before.inputs.units.iter();
                Some((own, earlier.position(|other| other.code == unit.code)?))
            })
            .collect();
        self.check_common(common.len())?;
        let own = Loaded { config: self.config, inputs: self.inputs };
        let theirs = Loaded { config: &before.config, inputs: &before.inputs };
        let mut cast = backcast(sources, own, theirs, &common);
        let units: Vec<usize> = common.iter().map(|&(own, _)| own).collect();
        let data = (&self.inputs.dataset, self.inputs.years.as_slice());
        let year = before.config.method.year;
        pool_before(&self.config.method, &mut cast.dataset, year, data, &units);
        let editions = Editions {
            before: side(&before.config, &before.inputs, &before.index),
            now: side(self.config, self.inputs, self.index),
            common: &common,
            backcast: &cast.dataset,
        };
        let own = (&self.config.method, self.inputs.units.as_slice(), self.index);
        let earlier = earlier_of(before);
        let (changes, why) = compare(&earlier, own, Some(&editions), cast.absent);
        let mut warnings: Vec<Diagnostic> =
            cast.found.into_iter().map(|found| self.warning(found)).collect();
        // What explains the failure of a state stands in the first finding.
        warnings.extend(why.into_iter().take(1).map(|found| {
            self.warning(found).help("rank changes since then are printed, but not split")
        }));
        Ok((changes, warnings))
    }

    fn check_common(&self, common: usize) -> Result<(), Vec<Diagnostic>> {
        if common > 0 {
            return Ok(());
        }
        let message = "the previous edition has no unit in common with this one";
        let found = Diagnostic::error(Code::ConfigInvalid, message).at(self.span, "");
        Err(vec![found.help("name an edition whose units have the same codes")])
    }

    /// What is wrong with the earlier data under this method, which this edition can live with.
    fn warning(&self, found: Diagnostic) -> Diagnostic {
        let mut warning = Diagnostic {
            severity: Severity::Warning,
            message: format!("this method on the data of the previous edition: {}", found.message),
            ..found
        };
        if warning.labels.is_empty() {
            warning = warning.at(self.span, "");
        }
        warning
    }
}

fn knows(earlier: &Earlier, unit: &Unit) -> bool {
    earlier.units.iter().any(|other| other.code == unit.code)
}

const fn side<'a>(config: &'a Config, inputs: &'a Inputs, index: &'a IndexResult) -> Side<'a> {
    Side {
        method: &config.method,
        data: &inputs.dataset,
        units: inputs.units.as_slice(),
        result: index,
    }
}

/// Computes an edition by its own method. Its warnings were told when it was made.
fn edition(sources: &mut Sources, path: &str, span: Span) -> Result<Before, Vec<Diagnostic>> {
    let named = |found: Vec<Diagnostic>| -> Vec<Diagnostic> {
        let found = found.into_iter().filter(|d| d.severity == Severity::Error);
        found.map(|d| d.at(span, "the previous edition")).collect()
    };
    let config = config::load(sources, path).map_err(named)?.value;
    let mut inputs = data::load(sources, &config).map_err(named)?.value;
    let Inputs { dataset, years, units, .. } = &mut inputs;
    prepare(&config.method, dataset, years, units);
    let units: Vec<String> = inputs.units.iter().map(Unit::both_names).collect();
    let index = index::compute(&config.method, &inputs.dataset, &units).map_err(named)?.value;
    Ok(Before { config, inputs, index })
}

fn earlier_of(before: &Before) -> Earlier {
    let unit = |u: &Unit| EarlierUnit { code: u.code.clone(), name: u.name.clone() };
    let nodes = before.config.method.nodes.iter().zip(&before.index.nodes).map(|(node, own)| {
        let of_units = own.scores.iter().copied().zip(own.ranks.iter().copied());
        EarlierNode { code: node.code.clone(), name: node.name.clone(), units: of_units.collect() }
    });
    Earlier {
        edition: before.config.report.edition,
        year: before.config.method.year,
        units: before.inputs.units.iter().map(unit).collect(),
        nodes: nodes.collect(),
    }
}

/// What a comparison needs of `results.json`.
#[derive(Deserialize)]
struct PublishedFile {
    edition: i32,
    #[serde(default)]
    year: Option<i32>,
    units: Vec<PublishedUnit>,
    nodes: Vec<PublishedNode>,
}

#[derive(Deserialize)]
struct PublishedUnit {
    code: String,
    name: Localised<String>,
}

#[derive(Deserialize)]
struct PublishedNode {
    results: PublishedRanking,
}

#[derive(Deserialize)]
struct PublishedRanking {
    code: String,
    name: Localised<String>,
    ranking: Vec<PublishedEntry>,
}

#[derive(Deserialize)]
struct PublishedEntry {
    unit: String,
    score: Option<f64>,
    rank: Option<Rank>,
}

/// Reads ranks as they were published.
fn published(sources: &mut Sources, path: &str, span: Span) -> Result<Earlier, Vec<Diagnostic>> {
    let unusable = |why: String| {
        let found = Diagnostic::error(Code::ConfigInvalid, format!("`{path}` {why}"));
        let help = "name a `results.json` that rankpress wrote, or the edition's `report.yaml`";
        vec![found.at(span, "named here").help(help)]
    };
    let id = sources.text(path, Encoding::Utf8).map_err(|d| vec![d.at(span, "named here")])?;
    let text = &sources.file(id).text;
    let schema = serde_json::from_str::<serde_json::Value>(text)
        .ok()
        .and_then(|value| value.get("schema")?.as_u64());
    if let Some(other) = schema.filter(|&other| other != u64::from(SCHEMA)) {
        return Err(unusable(format!("is of schema {other}; this version reads schema {SCHEMA}")));
    }
    let file: PublishedFile = serde_json::from_str(text)
        .map_err(|e| unusable(format!("is no `results.json` that can be read: {e}")))?;
    let place = |code: &str| file.units.iter().position(|unit| unit.code == code);
    let nodes = file.nodes.iter().map(|node| {
        let own = &node.results;
        let mut of_units = vec![(None, None); file.units.len()];
        for entry in &own.ranking {
            let Some(unit) = place(&entry.unit) else {
                let message = format!("ranks `{}`, which is not among its units", entry.unit);
                return Err(unusable(message));
            };
            of_units[unit] = (entry.score, entry.rank);
        }
        Ok(EarlierNode { code: own.code.clone(), name: own.name.clone(), units: of_units })
    });
    let nodes = nodes.collect::<Result<Vec<_>, _>>()?;
    if !nodes.iter().any(|own| own.code == "index") {
        return Err(unusable("has no ranking of the whole index".to_owned()));
    }
    let units = file.units.iter();
    let units = units.map(|u| EarlierUnit { code: u.code.clone(), name: u.name.clone() });
    Ok(Earlier { edition: file.edition, year: file.year, units: units.collect(), nodes })
}
