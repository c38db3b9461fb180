//! Data: the gazetteer, the tables of a project and its corrections, read, checked and derived.
//!
//! In: [`Config`] and [`Sources`]. Out: [`Inputs`]: the sample, the value of every indicator for
//! every unit with the raw cells it came from, and what else the report cites. All mistakes of all
//! files come in one run; results do not depend on the order of the rows of indicator tables.
//! Not here: scores and ranks (`index`), formatting (`content`).

mod backcast;
mod column_names;
mod compose;
mod condition;
mod corrections;
mod counts;
mod dataset;
mod date;
mod derive;
mod events;
mod facts;
mod fold;
mod forced;
mod gazetteer;
mod glossary;
mod indicators;
mod localised;
mod long;
mod measure;
mod names;
mod network;
mod number;
mod over_time;
mod provenance;
mod ranking;
mod raw_store;
mod records;
mod registry;
mod role;
mod sample;
mod series;
mod status;
mod table;
#[cfg(test)]
mod testing;
mod unit_cells;
mod wide;
mod xlsx;
mod years;

pub use backcast::{Backcast, Loaded, backcast};
pub use column_names::ColumnName;
pub use corrections::Correction;
pub use dataset::{Cell, Dataset, Imputed, IndicatorData, RawCell, RecordRef};
pub use events::{Event, EventTable};
pub use facts::{Fact, Operator};
pub use forced::ForcedUnit;
pub use gazetteer::{Gazetteer, Unit};
pub use glossary::Term;
pub use names::Lookup;
pub use network::{
    Entity, EntityData, Figure, Measure, NetworkData, NetworkEdge, NetworkNode, NetworkTables,
    Part, PublishedDegree, PublishedFlow, PublishedRows, PublishedShare, PublishedYear,
    load_networks,
};
pub use ranking::PublishedRanking;
pub use records::{Record, RecordTable};
pub use registry::{Registry, SourceEntry};
pub use years::YearData;

use crate::config::{Config, InputKind, load_corrections};
use crate::diag::{Findings, Phase};
use crate::source::Sources;

use derive::Material;
use raw_store::RawStore;
use registry::SourceKeys;
use sample::Sample;
use table::Table;
use unit_cells::Directory;

/// Everything the report knows before anything is computed.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// Every row of the gazetteer.
    pub gazetteer: Gazetteer,
    /// The sample, by code.
    pub units: Vec<Unit>,
    /// Indicators by unit.
    pub dataset: Dataset,
    /// Tables of events, in the order of the configuration.
    pub events: Vec<EventTable>,
    /// Cited figures that are not part of the index.
    pub facts: Vec<Fact>,
    /// Ranks somebody else published, in the order of the configuration.
    pub rankings: Vec<PublishedRanking>,
    /// The sources cited.
    pub registry: Registry,
    /// Terms and what they mean, in the order of the file.
    pub glossary: Vec<Term>,
    /// Printed names of raw columns, in the order of the file.
    pub columns: Vec<ColumnName>,
    /// Corrections that were applied, in the order of the file.
    pub corrections: Vec<Correction>,
    /// Tables of networks and of entities.
    pub networks: NetworkTables,
    /// Positions in `units` of the units with a chapter of their own, where they are named.
    pub case_units: Vec<usize>,
    /// The indicators of the other years of the methodology, ascending.
    pub years: Vec<YearData>,
}

/// Reads, checks and derives everything `config` names.
///
/// # Errors
/// Every mistake of every file.
pub fn load(sources: &mut Sources, config: &Config) -> Phase<Inputs> {
    let mut findings = Findings::default();
    let registry = Registry::load(sources, config, &mut findings);
    let glossary = glossary::load(sources, config, &mut findings);
    let gazetteer = Gazetteer::load(sources, &config.gazetteer, &mut findings);
    let sample = gazetteer.as_ref().and_then(|g| sample::select(g, config, &mut findings));
    let directory = Directory { gazetteer: gazetteer.as_ref(), sample: sample.as_ref() };
    let entries = load_corrections(sources, config).unwrap_or_else(|found| {
        findings.extend(found);
        Vec::new()
    });

    let mut keys = SourceKeys::default();
    let mut store = RawStore::new(config, &entries);
    if sample.as_ref().is_some_and(|sample| sample.is_partial) {
        store.mark_partial();
    }
    let (mut events, mut records) = (Vec::new(), Vec::new());
    let (mut facts, mut rankings) = (Vec::new(), Vec::new());
    for input in &config.inputs {
        keys.note_default(input);
        let table = Table::read(sources, &input.table, &mut findings);
        let Some(table) = table else {
            store.mark_unread(input);
            continue;
        };
        let context = Context { config, directory, findings: &mut findings, keys: &mut keys };
        match input.kind {
            InputKind::Indicators(layout) => {
                indicators::read(&table, input, layout, &mut store, context);
            }
            InputKind::Events => {
                let read = events::read(&table, input, context);
                let units = sample.as_ref().map_or(&[][..], |sample| &sample.units);
                records.push(records::of_events(&table, input, &read, units));
                events.push(read);
            }
            InputKind::Records => records.push(records::read(&table, input, context)),
            InputKind::Facts => facts.extend(facts::read(&table, input, context)),
            InputKind::Ranking => rankings.push(ranking::read(&table, input, context)),
        }
    }
    facts::report_duplicates(&facts, &mut findings);
    let networks = network::read(sources, &config.networks, gazetteer.as_ref(), &mut findings);
    for (key, span) in config.networks.sources() {
        keys.note_given(key, *span);
    }
    let registry = keys.check(registry, config, &mut findings);

    let Some((gazetteer, Sample { units, case_units, .. })) = gazetteer.zip(sample) else {
        return findings.finish_opt(None);
    };
    let columns = column_names::load(sources, config, &store, &mut findings);
    let applied = corrections::apply(entries, &mut store, &gazetteer, &units, &mut findings);
    let (raw, positions) = store.freeze();
    let corrections = corrections::place(applied, &positions);
    let material = Material { sources, config, units: &units, raw: &raw, records: &records };
    let mut found = Findings::default();
    let indicators = derive::derive(material, &store, &mut found);
    let told = found.finish(()).map_or_else(|found| found, |warned| warned.warnings);
    findings.extend(told.iter().cloned());
    let forced = forced::units(config, &gazetteer, &units, &mut findings);
    let years = years::derive_years(material, &store, &forced, &told, &mut findings);
    let dataset = Dataset { indicators, raw, records, forced };
    column_names::report_unnamed(&columns, config, &dataset, &mut findings);
    findings.finish(Inputs {
        gazetteer,
        units,
        dataset,
        events,
        facts,
        rankings,
        registry,
        glossary,
        columns,
        corrections,
        networks,
        case_units,
        years,
    })
}

/// What every reader of a table needs besides the table.
struct Context<'a> {
    config: &'a Config,
    directory: Directory<'a>,
    findings: &'a mut Findings,
    keys: &'a mut SourceKeys,
}
