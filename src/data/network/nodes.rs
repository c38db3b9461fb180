//! Nodes of a network.

use std::collections::BTreeMap;

use crate::config::NodeColumns;
use crate::data::names::Lookup;
use crate::data::network::cases::{Cases, rows, verb};
use crate::data::network::columns::{category_names, is_nowhere, optional, required, year};
use crate::data::sample::ambiguous;
use crate::data::table::{Needed, Row, Table, Text};
use crate::data::{Gazetteer, number, role};
use crate::diag::{Code, Diagnostic, Findings, Severity, Span};
use crate::lang::Localised;

/// A node.
#[derive(Debug, Clone, PartialEq)]
pub struct NetworkNode {
    /// Name by which edges call it, unique.
    pub id: String,
    /// Printed name.
    pub name: Localised<String>,
    /// Position of its unit in the gazetteer; `None` if it lies in none or states none.
    pub unit: Option<usize>,
    /// Type; may be empty.
    pub kind: String,
    /// Category; may be empty.
    pub category: String,
    /// Year from which it exists, if it states one.
    pub year: Option<i32>,
    /// Weight, if it states one.
    pub weight: Option<f64>,
}

/// The nodes of a network by id, and the columns of their rows.
pub(super) struct Nodes {
    /// Nodes by id.
    pub(super) list: Vec<NetworkNode>,
    /// For every node, its row as text by column.
    pub(super) cells: Vec<BTreeMap<String, String>>,
    /// Whether the table has a column of units.
    pub(super) has_units: bool,
    /// English names of categories.
    pub(super) category_names: BTreeMap<String, String>,
}

impl Nodes {
    /// Position of the node with an id.
    pub(super) fn find(&self, id: &str) -> Option<u32> {
        let at = self.list.binary_search_by(|node| node.id.as_str().cmp(id)).ok()?;
        u32::try_from(at).ok()
    }
}

/// The ends of edges as nodes, where there is no table of them.
pub(super) fn of_edges(table: &Table, source: usize, target: usize) -> Nodes {
    let ends = table.rows.iter().flat_map(|row| [row.cell(source), row.cell(target)]);
    let mut ids: Vec<&str> = ends.map(|cell| cell.text.as_str()).collect();
    ids.sort_unstable();
    ids.dedup();
    ids.retain(|id| !id.is_empty());
    let node = |id: &&str| NetworkNode {
        id: (*id).to_owned(),
        name: Localised::same(id),
        unit: None,
        kind: String::new(),
        category: String::new(),
        year: None,
        weight: None,
    };
    let cells = |id: &&str| BTreeMap::from([("id".to_owned(), (*id).to_owned())]);
    Nodes {
        list: ids.iter().map(node).collect(),
        cells: ids.iter().map(cells).collect(),
        has_units: false,
        category_names: BTreeMap::new(),
    }
}

struct Columns {
    id: usize,
    name: Option<usize>,
    name_en: Option<usize>,
    unit: Option<usize>,
    kind: Option<usize>,
    category: Option<usize>,
    year: Option<usize>,
    weight: Option<usize>,
}

/// Reads a table of nodes.
pub(super) fn read(
    table: &Table,
    named: &NodeColumns,
    gazetteer: Option<&Gazetteer>,
    findings: &mut Findings,
) -> Option<Nodes> {
    table.report_if_empty(Needed::No, findings);
    let columns = Columns {
        id: required(table, &named.id, role::NODE_ID, findings)?,
        name: optional(table, &named.name, role::NODE_NAME, findings),
        name_en: optional(table, &named.name_en, role::NAME_EN, findings),
        unit: optional(table, &named.unit, role::PLACE, findings),
        kind: optional(table, &named.kind, role::TYPE, findings),
        category: optional(table, &named.category, role::CATEGORY, findings),
        year: optional(table, &named.year, role::YEAR, findings),
        weight: optional(table, &named.weight, role::WEIGHT, findings),
    };
    let mut units = Units::new(gazetteer, columns.unit.is_some());
    let mut found: Vec<(NetworkNode, &Row)> = Vec::with_capacity(table.rows.len());
    let mut nameless = Cases::new();
    for row in &table.rows {
        if row.cell(columns.id).text.is_empty() {
            nameless.note(row.span, "");
        } else {
            found.push((columns.node(row, &mut units, findings), row));
        }
    }
    let message = |count| {
        format!("{} of `{}` {} no id", rows(count, "row"), table.path, verb(count, "has", "have"))
    };
    nameless.report(Severity::Error, Code::DataBadCell, message, "give every node an id", findings);
    units.report(table, findings);
    // Stable: of nodes with one id, the first of the file stands first.
    found.sort_by(|a, b| a.0.id.cmp(&b.0.id));
    report_doubles(&found, columns.id, findings);
    found.dedup_by(|later, first| later.0.id == first.0.id);
    let cells = found.iter().map(|(_, row)| row.named(table).collect()).collect();
    let list = found.into_iter().map(|(node, _)| node).collect();
    Some(Nodes {
        list,
        cells,
        has_units: columns.unit.is_some() && gazetteer.is_some(),
        category_names: category_names(table, columns.category),
    })
}

impl Columns {
    fn node(&self, row: &Row, units: &mut Units<'_>, findings: &mut Findings) -> NetworkNode {
        let id = row.text(Some(self.id));
        let zh = row.filled(self.name).map_or_else(|| id.clone(), |cell| cell.text.clone());
        let en = row.filled(self.name_en).map_or_else(|| zh.clone(), |cell| cell.text.clone());
        NetworkNode {
            id,
            name: Localised::new(zh, en),
            unit: self.unit.and_then(|column| units.find(row.cell(column))),
            kind: row.text(self.kind),
            category: row.text(self.category),
            year: row.filled(self.year).and_then(|cell| year_of(cell, findings)),
            weight: row.filled(self.weight).and_then(|cell| weight_of(cell, findings)),
        }
    }
}

fn report_doubles(found: &[(NetworkNode, &Row)], id: usize, findings: &mut Findings) {
    for pair in found.windows(2).filter(|pair| pair[0].0.id == pair[1].0.id) {
        let message = format!("node `{}` stands twice", pair[1].0.id);
        findings.push(
            Diagnostic::error(Code::DataDuplicateValue, message)
                .at(pair[1].1.cell(id).span, "again here")
                .at(pair[0].1.cell(id).span, "first here"),
        );
    }
}

/// The year of a cell, or a finding if it holds none.
pub(super) fn year_of(cell: &Text, findings: &mut Findings) -> Option<i32> {
    let found = year(&cell.text);
    if found.is_none() {
        let message = format!("`{}` is not a year", cell.text);
        let error = Diagnostic::error(Code::DataBadCell, message).at(cell.span, "");
        findings.push(error.help("write a year such as `2022`, or a date such as `2022-06-30`"));
    }
    found
}

/// The largest weight, far above any use: sums of weights must stay finite.
const MOST: f64 = 1e15;

/// The weight of a cell, or a finding if it is below zero or no number.
pub(super) fn weight_of(cell: &Text, findings: &mut Findings) -> Option<f64> {
    let found = match number::parse(&cell.text) {
        Ok(None) => return None,
        Ok(Some(number)) if (0.0..=MOST).contains(&number.value) => return Some(number.value),
        Ok(Some(number)) if number.value > MOST => Diagnostic::error(
            Code::DataBadCell,
            format!("the weight `{}` is above 10^15", cell.text),
        )
        .help("state weights in a larger unit, so that their sums stay exact enough"),
        Ok(Some(_)) => Diagnostic::error(
            Code::DataBadCell,
            format!("the weight `{}` is below zero", cell.text),
        ),
        Err(why) => {
            Diagnostic::error(Code::DataNotANumber, format!("`{}` is not a number", cell.text))
                .help(why.to_string())
        }
    };
    findings.push(found.at(cell.span, "a weight"));
    None
}

/// The unit column: what its texts name in the gazetteer, and what there is to say about those that
/// name nothing.
pub(super) struct Units<'a> {
    gazetteer: Option<&'a Gazetteer>,
    known: BTreeMap<String, Option<usize>>,
    failures: BTreeMap<String, (Lookup, Span, usize)>,
    empty: Cases,
    is_asked: bool,
}

impl<'a> Units<'a> {
    /// Starts with nothing looked up; `is_asked` if the table has the column.
    pub(super) const fn new(gazetteer: Option<&'a Gazetteer>, is_asked: bool) -> Self {
        Self {
            gazetteer,
            known: BTreeMap::new(),
            failures: BTreeMap::new(),
            empty: Cases::new(),
            is_asked,
        }
    }

    /// Position in the gazetteer of the unit a cell names.
    pub(super) fn find(&mut self, cell: &Text) -> Option<usize> {
        let gazetteer = self.gazetteer?;
        if cell.text.is_empty() {
            self.empty.note(cell.span, "");
            return None;
        }
        if let Some(found) = self.known.get(&cell.text) {
            if let Some((_, _, count)) = self.failures.get_mut(&cell.text) {
                *count += 1;
            }
            return *found;
        }
        let found = match gazetteer.position(&cell.text) {
            Ok(at) => Some(at),
            Err(_) if is_nowhere(&cell.text) => None,
            Err(why) => {
                self.failures.insert(cell.text.clone(), (why, cell.span, 1));
                None
            }
        };
        self.known.insert(cell.text.clone(), found);
        found
    }

    /// Adds a finding for every name that failed, and one for all rows without a name.
    pub(super) fn report(self, table: &Table, findings: &mut Findings) {
        if !self.is_asked {
            return;
        }
        let mut failures: Vec<_> = self.failures.into_iter().collect();
        failures.sort_by_key(|(_, (_, span, _))| *span);
        for (name, (why, span, count)) in failures {
            let place = if count == 1 { String::new() } else { format!("first of {count} rows") };
            let found = match why {
                Lookup::Unknown(near) => {
                    let message = format!("the gazetteer has no unit `{name}`");
                    Diagnostic::error(Code::DataUnknownUnit, message)
                        .did_you_mean(&near)
                        .help("write `—` for what lies in no unit, such as a firm abroad")
                }
                Lookup::Ambiguous(candidates) => ambiguous(&name, &candidates),
            };
            findings.push(found.at(span, place));
        }
        let message = |count| {
            let (rows, names) = (rows(count, "row"), verb(count, "names", "name"));
            let them = verb(count, "it", "them");
            format!("{rows} of `{}` {names} no unit: flows and shares leave {them} out", table.path)
        };
        let help = "name the unit, or write `—` for what lies in none, such as a firm abroad";
        self.empty.report(Severity::Warning, Code::NetworkRows, message, help, findings);
    }
}
