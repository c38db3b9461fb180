//! Small networks for the tests of this module.

use crate::data::{Gazetteer, NetworkNode, Unit};
use crate::lang::Localised;

/// Units 1 甲 and 2 乙 of one province and agglomeration, and 3 丙 of another province and none.
pub(super) fn gazetteer() -> Gazetteer {
    let unit = |code: &str, name: &str, province: &str, agglomeration: &str| Unit {
        code: code.to_owned(),
        slug: code.to_owned(),
        name: Localised::same(name),
        full_name: Localised::same(&format!("{name}市")),
        province: Localised::same(province),
        region: Localised::same("东部"),
        agglomeration: Localised::same(agglomeration),
        admin_rank: Localised::default(),
        admin_rank_code: String::new(),
        lon: None,
        lat: None,
        extra: std::collections::BTreeMap::new(),
    };
    Gazetteer::of(vec![
        unit("1", "甲", "江省", "江群"),
        unit("2", "乙", "江省", "江群"),
        unit("3", "丙", "河省", ""),
    ])
}

/// A node in a unit of the gazetteer.
pub(super) fn node(id: &str, unit: Option<usize>) -> NetworkNode {
    NetworkNode {
        id: id.to_owned(),
        name: Localised::same(id),
        unit,
        kind: String::new(),
        category: String::new(),
        year: None,
        weight: None,
    }
}
