//! The columns of a ranking about the edition before and the other years.

use std::fmt::Write as _;

use crate::content::Results;

/// The heads of the columns; nothing if there are none.
pub(super) fn head(results: &Results) -> String {
    let mut head = String::new();
    if let Some(changes) = &results.changes {
        let _ = write!(head, "  {:>6}  {:>6}", changes.edition, "change");
    }
    for year in &results.years {
        let _ = write!(head, "  {:>6}", format!("@{}", year.year));
    }
    head
}

/// A unit's earlier rank, the places gained, and its rank in every other year.
pub(super) fn of(results: &Results, unit: usize, at: usize) -> String {
    let dash = || "—".to_owned();
    let mut text = String::new();
    if results.changes.is_some() {
        let own = results.change(unit, at);
        let before = own.map_or_else(dash, |own| own.before.to_string());
        let places = own.map_or_else(dash, |own| match own.places() {
            0 => "0".to_owned(),
            places => format!("{places:+}"),
        });
        let _ = write!(text, "  {before:>6}  {places:>6}");
    }
    for year in &results.years {
        let rank = year.result.nodes[at].ranks[unit];
        let rank = rank.map_or_else(dash, |rank| rank.to_string());
        let _ = write!(text, "  {rank:>6}");
    }
    text
}
