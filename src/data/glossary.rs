//! The glossary: terms and what they mean.

use crate::config::Config;
use crate::data::localised::Pair;
use crate::data::role;
use crate::data::table::{Needed, Table};
use crate::diag::Findings;
use crate::lang::Localised;
use crate::source::Sources;

/// A term and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The term.
    pub term: Localised<String>,
    /// What it means.
    pub definition: Localised<String>,
}

/// Reads the glossary that `config` names; no terms if it names none.
pub(super) fn load(sources: &mut Sources, config: &Config, findings: &mut Findings) -> Vec<Term> {
    let Some(from) = &config.glossary else { return Vec::new() };
    let Some(table) = Table::read(sources, from, findings) else { return Vec::new() };
    table.report_if_empty(Needed::No, findings);
    let term = Pair::require(&table, role::TERM, findings);
    let definition = Pair::require(&table, role::DEFINITION, findings);
    let Some((term, definition)) = term.zip(definition) else { return Vec::new() };
    let read = |row| Term {
        term: term.read(&table, row, findings),
        definition: definition.read(&table, row, findings),
    };
    table.rows.iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use crate::data::testing::{Project, codes};

    #[test]
    fn terms_come_in_the_order_of_the_file() {
        let project = |text: &str| {
            Project::new()
                .file("data.csv", "unit,gdp\n甲,1\n")
                .file("glossary.csv", text)
                .report("glossary: glossary.csv")
        };
        let text = "term_zh,term_en,definition_zh,definition_en\n乙,B,二。,Two.\n甲,A,一。,One.\n";
        let inputs = project(text).load().unwrap().value;
        assert_eq!(inputs.glossary[0].term.en, "B");
        assert_eq!(inputs.glossary[1].definition.zh, "一。");
        assert_eq!(codes(&project("term,means\na,b\n").fail()), ["data/missing-column"]);
    }
}
