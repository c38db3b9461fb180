//! Rankings somebody else published: for comparison, never an input.

use std::collections::BTreeMap;

use crate::config::Input;
use crate::data::table::{Needed, Table};
use crate::data::unit_cells::{Named, UnitCells};
use crate::data::{Context, number, role};
use crate::diag::{Code, Diagnostic, Span, nearest};
use crate::lang::Localised;
use crate::num::Rank;

/// Ranks somebody else published.
#[derive(Debug, Clone)]
pub struct PublishedRanking {
    /// Name templates call it by.
    pub id: String,
    /// Printed title.
    pub title: Localised<String>,
    /// Ranks by code of the node, then by code of the unit; units of the sample only.
    pub ranks: BTreeMap<String, BTreeMap<String, Rank>>,
    /// Key of the source of its first row that has one; may be empty.
    pub source: String,
}

/// Reads a published ranking; without a column for the node it is one of the whole index.
pub(super) fn read(table: &Table, input: &Input, context: Context<'_>) -> PublishedRanking {
    let Context { config, directory, findings, keys } = context;
    table.report_if_empty(Needed::No, findings);
    let mut ranking = PublishedRanking {
        id: input.id.clone(),
        title: input.title.clone(),
        ranks: BTreeMap::new(),
        source: input.source.clone().unwrap_or_default(),
    };
    let required = [role::UNIT, role::RANK].map(|role| table.require(role, findings));
    let [Some(unit), Some(rank)] = required else { return ranking };
    let [node, source] = [role::NODE, role::SOURCE].map(|role| table.column(role));
    let known = || config.method.nodes.iter().map(|node| node.code.as_str());
    let mut units = UnitCells::new(directory);
    let mut places: BTreeMap<(String, String), Span> = BTreeMap::new();
    let mut unknown: BTreeMap<&str, Span> = BTreeMap::new();
    for row in &table.rows {
        let Named::Sampled(_, unit) = units.resolve(row.cell(unit)) else { continue };
        let code = row.filled(node).map_or_else(|| known().next().unwrap_or(""), |c| &c.text);
        if config.method.position(code).is_none() {
            unknown.entry(code).or_insert_with(|| row.filled(node).map_or(row.span, |c| c.span));
            continue;
        }
        let cell = row.cell(rank);
        let Ok(rank) = parse_rank(&cell.text) else {
            findings.push(
                Diagnostic::error(Code::DataBadCell, format!("`{}` is no rank", cell.text))
                    .at(cell.span, "")
                    .help("write a whole number from 1 on, or leave the cell empty"),
            );
            continue;
        };
        if let Some(source) = row.filled(source).map(|cell| keys.note(cell))
            && ranking.source.is_empty()
        {
            ranking.source = source;
        }
        if let Some(first) = places.insert((code.to_owned(), unit.code.clone()), cell.span) {
            findings.push(
                Diagnostic::error(
                    Code::DataDuplicateValue,
                    format!("`{code}` of `{}` has two ranks", unit.code),
                )
                .at(cell.span, "again here")
                .at(first, "first here"),
            );
        } else if let Some(rank) = rank {
            ranking.ranks.entry(code.to_owned()).or_default().insert(unit.code.clone(), rank);
        }
    }
    let mut unknown: Vec<(&str, Span)> = unknown.into_iter().collect();
    unknown.sort_by_key(|(_, span)| *span);
    for (code, span) in unknown {
        findings.push(
            Diagnostic::error(Code::DataBadCell, format!("the framework has no node `{code}`"))
                .at(span, "first here")
                .did_you_mean(&nearest(code, known())),
        );
    }
    units.report(table, findings);
    ranking
}

/// A text that is no rank.
struct NotARank;

/// Reads a whole number from 1 on; `None` for a rank that is missing.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the value is whole and within the range of a rank"
)]
fn parse_rank(text: &str) -> Result<Option<Rank>, NotARank> {
    let Some(number) = number::parse(text).map_err(|_| NotARank)? else { return Ok(None) };
    let is_whole = number.value.fract() == 0.0;
    let fits = (1.0..=f64::from(Rank::MAX)).contains(&number.value);
    if is_whole && fits { Ok(Some(number.value as Rank)) } else { Err(NotARank) }
}

#[cfg(test)]
mod tests {
    use crate::data::testing::{Project, codes};

    fn project(text: &str) -> Project {
        Project::new()
            .file("data.csv", "unit,gdp\n甲,1\n")
            .file("other.csv", text)
            .data("{ file: data.csv }")
            .data("{ file: other.csv, kind: ranking, title: { zh: 他榜, en: Other } }")
    }

    #[test]
    fn ranks_by_node_and_unit() {
        let text = "unit,node,rank,source\n甲,index,2,s\n乙,index,1,s\n丙,index,—,s\n乙,gdp,1,s\n";
        let ranking = project(text).load().unwrap().value.rankings.remove(0);
        assert_eq!((ranking.id.as_str(), ranking.title.en.as_str()), ("other", "Other"));
        assert_eq!(ranking.ranks["index"]["1"], 2);
        assert_eq!(ranking.ranks["gdp"].len(), 1);
        assert_eq!((ranking.ranks["index"].len(), ranking.source.as_str()), (2, "s"));
        let ranking = project("城市,排名\n甲,1\n").load().unwrap().value.rankings.remove(0);
        assert_eq!(ranking.ranks["index"]["1"], 1);
    }

    #[test]
    fn mistakes_are_told() {
        let text = "unit,node,rank\n甲,idnex,1\n乙,idnex,2\n甲,index,1.5\n甲,index,0\n乙,index,1\n乙,index,2\n";
        let found = project(text).fail();
        assert_eq!(
            codes(&found),
            ["data/bad-cell", "data/bad-cell", "data/duplicate-value", "data/bad-cell"]
        );
        assert_eq!(found[3].help, ["did you mean `index`?"]);
    }
}
