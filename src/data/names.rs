//! Names of units and how a name as typed finds its unit.
//!
//! A name is exact when it is a code, a full or short Chinese name, or an English label; case,
//! blanks and apostrophes do not matter. Failing that it is loose: without 市, 地区 or 盟, or
//! together with the province (江苏省苏州市; Suzhou, Jiangsu). A label in need of brackets is never
//! found without them: several are ambiguous, and one alone may be taken for something else, as
//! Hainan (Qinghai) for the province of Hainan.

use std::collections::BTreeMap;

use crate::data::fold;
use crate::data::gazetteer::Unit;
use crate::diag::nearest;

/// Endings that people leave out or add.
const ENDINGS: [&str; 4] = ["市", "地区", "盟", "city"];

/// Most suggestions for one name.
const MAX_SUGGESTIONS: usize = 3;

/// Why a name finds no unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lookup {
    /// No unit has this name; the nearest names there are.
    Unknown(Vec<String>),
    /// Several units have it; each with its code and province.
    Ambiguous(Vec<String>),
}

/// Names of all units of a gazetteer.
#[derive(Debug, Clone, Default)]
pub(super) struct NameIndex {
    exact: BTreeMap<String, Vec<usize>>,
    loose: BTreeMap<String, Vec<usize>>,
}

impl NameIndex {
    /// Indexes the names of `units`.
    pub(super) fn of(units: &[Unit]) -> Self {
        let mut index = Self::default();
        let mut bracketed = BTreeMap::new();
        for (position, unit) in units.iter().enumerate() {
            let names = [&unit.code, &unit.full_name.zh, &unit.name.zh, &unit.name.en];
            for name in names {
                add(&mut index.exact, fold::name(name), position);
            }
            let (zh, en) = (fold::name(&unit.province.zh), fold::name(base(&unit.name.en)));
            let (full, short) = (fold::name(&unit.full_name.zh), fold::name(&unit.name.zh));
            let loose = [
                without_ending(&full).to_owned(),
                without_ending(&short).to_owned(),
                format!("{zh}{full}"),
                format!("{zh}{short}"),
                format!("{en}{}", fold::name(&unit.province.en)),
            ];
            for name in loose {
                add(&mut index.loose, name, position);
            }
            if base(&unit.name.en) != unit.name.en {
                add(&mut bracketed, en, position);
            }
        }
        index.loose.extend(bracketed.into_iter().filter(|(_, positions)| positions.len() > 1));
        index
    }

    /// Positions of the units that a name fits.
    pub(super) fn find(&self, name: &str) -> &[usize] {
        let key = fold::name(name);
        let bare = without_ending(&key);
        let maps = [(&self.exact, key.as_str()), (&self.loose, &key), (&self.exact, bare)];
        let found = maps.iter().find_map(|(map, key)| map.get(*key));
        found.or_else(|| self.loose.get(bare)).map_or(&[], Vec::as_slice)
    }
}

fn add(map: &mut BTreeMap<String, Vec<usize>>, key: String, position: usize) {
    if !key.is_empty() {
        let positions = map.entry(key).or_default();
        if !positions.contains(&position) {
            positions.push(position);
        }
    }
}

fn without_ending(key: &str) -> &str {
    let bare = ENDINGS.iter().find_map(|ending| key.strip_suffix(ending));
    bare.filter(|bare| !bare.is_empty()).unwrap_or(key)
}

/// An English label without its bracketed part.
fn base(label: &str) -> &str {
    label.split(['(', '（']).next().unwrap_or(label).trim()
}

/// Short Chinese name by the full one: without 市, 地区 or 盟; autonomous prefectures as they are.
pub(super) fn shorten(full: &str) -> String {
    let bare = ["市", "地区", "盟"].iter().find_map(|ending| full.strip_suffix(ending));
    bare.filter(|bare| bare.chars().count() > 1).unwrap_or(full).to_owned()
}

/// Names of units nearest to `name`, in its script, best first.
pub(super) fn suggest(name: &str, units: &[Unit]) -> Vec<String> {
    if name.chars().any(is_han) {
        return nearest_han(name, units);
    }
    let labels = units.iter().map(|unit| unit.name.en.as_str());
    let codes = units.iter().map(|unit| unit.code.as_str());
    if name.chars().all(|c| c.is_ascii_digit()) {
        return nearest(name, codes);
    }
    let wanted = fold::name(name);
    let bare = units.iter().map(|unit| unit.name.en.as_str());
    let bare = bare.filter(|label| !wanted.is_empty() && fold::name(base(label)) == wanted);
    let mut found: Vec<String> = bare.map(str::to_owned).collect();
    for label in nearest(name, labels) {
        if !found.contains(&label) {
            found.push(label);
        }
    }
    found.truncate(MAX_SUGGESTIONS);
    found
}

/// Whether a character is of the Chinese script.
pub(super) const fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3134f}')
}

/// Names that contain the one wanted or are contained in it, then those that share most characters.
fn nearest_han(name: &str, units: &[Unit]) -> Vec<String> {
    let wanted = fold::name(name);
    let wanted = without_ending(&wanted);
    let length = wanted.chars().count();
    let mut scored: Vec<(bool, usize, usize, &str)> = units
        .iter()
        .filter_map(|unit| {
            let short = fold::name(&unit.name.zh);
            let contains = short.contains(wanted) || wanted.contains(&short);
            let shared = short.chars().filter(|&c| wanted.contains(c)).count();
            let longest = length.max(short.chars().count());
            let first = short.chars().next() == wanted.chars().next();
            (contains || shared * 2 >= longest).then_some((
                contains,
                shared * 100 / longest.max(1),
                usize::from(first),
                unit.name.zh.as_str(),
            ))
        })
        .collect();
    scored.sort_by(|a, b| (b.0, b.1, b.2).cmp(&(a.0, a.1, a.2)).then(a.3.cmp(b.3)));
    scored.into_iter().take(MAX_SUGGESTIONS).map(|(.., name)| name.to_owned()).collect()
}

/// A unit with what tells it from others of its name, in the script of `name`.
pub(super) fn candidate(name: &str, unit: &Unit) -> String {
    let (label, province) = if name.chars().any(is_han) {
        (&unit.full_name.zh, &unit.province.zh)
    } else {
        (&unit.name.en, &unit.province.en)
    };
    if province.is_empty() {
        format!("{} `{label}`", unit.code)
    } else {
        format!("{} `{label}` in {province}", unit.code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_names() {
        assert_eq!(shorten("北京市"), "北京");
        assert_eq!(shorten("喀什地区"), "喀什");
        assert_eq!(shorten("兴安盟"), "兴安");
        assert_eq!(shorten("延边朝鲜族自治州"), "延边朝鲜族自治州");
        assert_eq!(shorten("沙市"), "沙市");
    }
}
