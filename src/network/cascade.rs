//! Cascades: entities told by region, province and city, and by category, over the years.

use crate::config::{CascadeSpec, Level};
use crate::data::{EntityData, Gazetteer};
use crate::lang::Localised;
use crate::network::places::{Place, Places};
use crate::network::snapshot::{held, years};
use crate::network::standing::{Growths, Standing, always_leading, growths, ranked_where, share};

/// A table of entities, counted.
#[derive(Debug, Clone, PartialEq)]
pub struct Cascade {
    /// Short name.
    pub id: String,
    /// Printed title.
    pub title: Localised<String>,
    /// What an entity is counted as.
    pub measure: Localised<String>,
    /// How many places or categories the concentration is told for.
    pub top: usize,
    /// The years looked at; one `None` for all rows at once.
    pub years: Vec<Option<i32>>,
    /// Entities of every year.
    pub totals: Vec<u64>,
    /// Entities of every year that lie in a unit: what shares of places are shares of.
    pub located: Vec<u64>,
    /// Entities of every year that have a category.
    pub categorised: Vec<u64>,
    /// The widest level first; none if the table has no units.
    pub levels: Vec<CascadeLevel>,
    /// Categories in order of text; none if the table has none.
    pub categories: Vec<String>,
    /// For every year, the entities of every category.
    pub by_category: Vec<Vec<u64>>,
    /// Growth of categories over the years; nothing for a single year.
    pub growths: Growths,
    /// Fewest entities in the first year of a category whose growth is ranked.
    pub small_base: u64,
    /// The category with the most entities in every year.
    pub always_leading: Option<usize>,
}

/// Entities by the places of a level.
#[derive(Debug, Clone, PartialEq)]
pub struct CascadeLevel {
    /// The level.
    pub level: Level,
    /// The places that have an entity in some year.
    pub places: Vec<Place>,
    /// For every year, the entities of every place.
    pub counts: Vec<Vec<u64>>,
    /// For the last year, the entities by place and category, row by row.
    pub mix: Vec<u64>,
    /// The place with the most entities in every year.
    pub always_leading: Option<usize>,
}

impl CascadeLevel {
    /// The places of a year, the largest first. What lies in no place of the level counts in the
    /// total and is not ranked.
    #[must_use]
    pub fn ranked(&self, year: usize) -> Vec<Standing> {
        ranked_where(&self.counts[year], |at| !self.places[at].is_rest())
    }

    /// Share of the `k` largest places of a year; `None` if nothing is located.
    #[must_use]
    pub fn top_share(&self, year: usize, k: usize) -> Option<f64> {
        let top: u64 = self.ranked(year).iter().take(k).map(|own| own.count).sum();
        share(top, self.counts[year].iter().sum())
    }
}

/// Counts the entities of a table.
#[must_use]
pub(super) fn cascade(spec: &CascadeSpec, data: &EntityData, gazetteer: &Gazetteer) -> Cascade {
    let years = years(spec.snapshots.as_ref());
    let count = years.len();
    let (mut totals, mut located, mut categorised) =
        (vec![0; count], vec![0; count], vec![0; count]);
    let mut by_category = vec![vec![0; data.categories.len()]; count];
    for entity in &data.entities {
        for at in held(spec.snapshots.as_ref(), entity.year) {
            totals[at] += entity.count;
            located[at] += if entity.unit.is_some() { entity.count } else { 0 };
            if let Some(category) = entity.category {
                categorised[at] += entity.count;
                by_category[at][category] += entity.count;
            }
        }
    }
    let levels = if data.has_units { &Level::ALL[..] } else { &[] };
    let levels = levels.iter().map(|&level| at_level(level, spec, data, gazetteer, count));
    let span = years.last().copied().flatten().zip(years.first().copied().flatten());
    let growths = match (span, by_category.first(), by_category.last()) {
        (Some((last, first)), Some(early), Some(late)) if last > first => {
            growths(early, late, last - first, spec.small_base)
        }
        _ => Growths::default(),
    };
    Cascade {
        id: spec.id.clone(),
        title: spec.title.clone(),
        measure: spec.measure.clone(),
        top: spec.top,
        levels: levels.collect(),
        categories: data.categories.clone(),
        always_leading: leading(&by_category),
        growths,
        small_base: spec.small_base,
        years,
        totals,
        located,
        categorised,
        by_category,
    }
}

fn at_level(
    level: Level,
    spec: &CascadeSpec,
    data: &EntityData,
    gazetteer: &Gazetteer,
    years: usize,
) -> CascadeLevel {
    let all = Places::at(level, gazetteer);
    let (places, categories) = (all.places.len(), data.categories.len());
    let mut counts = vec![vec![0_u64; places]; years];
    let mut mix = vec![0_u64; places * categories];
    for entity in &data.entities {
        let Some(place) = entity.unit.map(|unit| all.of(unit)) else { continue };
        for at in held(spec.snapshots.as_ref(), entity.year) {
            counts[at][place] += entity.count;
            if let Some(category) = entity.category.filter(|_| at + 1 == years) {
                mix[place * categories + category] += entity.count;
            }
        }
    }
    let kept: Vec<usize> =
        (0..places).filter(|&place| counts.iter().any(|year| year[place] > 0)).collect();
    let counts: Vec<Vec<u64>> =
        counts.iter().map(|year| kept.iter().map(|&place| year[place]).collect()).collect();
    CascadeLevel {
        level,
        places: kept.iter().map(|&place| all.places[place].clone()).collect(),
        always_leading: leading(&counts).filter(|&at| !all.places[kept[at]].is_rest()),
        counts,
        mix: kept
            .iter()
            .flat_map(|&p| mix[p * categories..(p + 1) * categories].to_vec())
            .collect(),
    }
}

fn leading(years: &[Vec<u64>]) -> Option<usize> {
    let years: Vec<&[u64]> = years.iter().map(Vec::as_slice).collect();
    always_leading(&years)
}
