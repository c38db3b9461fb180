//! Places: the gazetteer at one of its levels.

use std::collections::BTreeMap;

use crate::config::Level;
use crate::data::{Gazetteer, Unit};
use crate::lang::Localised;

/// A place at a level of the gazetteer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Code of a city, else the Chinese name; empty for what lies in none, such as a city outside
    /// every agglomeration.
    pub key: String,
    /// Printed name; empty likewise.
    pub name: Localised<String>,
    /// The province of a city or province; empty at wider levels.
    pub province: String,
}

impl Place {
    /// Whether it stands for all that lies in no place of the level.
    #[must_use]
    pub const fn is_rest(&self) -> bool {
        self.key.is_empty()
    }
}

/// Every place of a level, in the order of the lowest code of its units; the rest stands last.
#[derive(Debug, Clone)]
pub(super) struct Places {
    /// The places.
    pub(super) places: Vec<Place>,
    /// For every unit of the gazetteer, the position of its place.
    of_unit: Vec<usize>,
}

impl Places {
    /// The places of a level.
    pub(super) fn at(level: Level, gazetteer: &Gazetteer) -> Self {
        let units = gazetteer.units();
        let mut by_code: Vec<usize> = (0..units.len()).collect();
        by_code.sort_by(|&a, &b| units[a].code.cmp(&units[b].code));
        let mut places: Vec<Place> = Vec::new();
        let mut known: BTreeMap<String, usize> = BTreeMap::new();
        let mut of_unit = vec![0; units.len()];
        let mut rest = Vec::new();
        for at in by_code {
            let place = place(level, &units[at]);
            if place.is_rest() {
                rest.push(at);
                continue;
            }
            let position = *known.entry(place.key.clone()).or_insert(places.len());
            if position == places.len() {
                places.push(place);
            }
            of_unit[at] = position;
        }
        if !rest.is_empty() {
            for at in rest {
                of_unit[at] = places.len();
            }
            places.push(Place {
                key: String::new(),
                name: Localised::same(""),
                province: String::new(),
            });
        }
        Self { places, of_unit }
    }

    /// Position of the place in which a unit lies.
    pub(super) fn of(&self, unit: usize) -> usize {
        self.of_unit[unit]
    }
}

fn place(level: Level, unit: &Unit) -> Place {
    let province = name_of(&unit.province);
    let (key, name, province) = match level {
        Level::City => (unit.code.clone(), &unit.name, province),
        Level::Province => (province.clone(), &unit.province, province),
        Level::Agglomeration => (name_of(&unit.agglomeration), &unit.agglomeration, String::new()),
        Level::Region => (name_of(&unit.region), &unit.region, String::new()),
    };
    Place { key, name: name.clone(), province }
}

/// The Chinese name, else the English one.
fn name_of(name: &Localised<String>) -> String {
    if name.zh.is_empty() { name.en.clone() } else { name.zh.clone() }
}
