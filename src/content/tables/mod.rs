//! Tables: which results go into which table, in the language of the page.
//!
//! One file per part of the report: `rankings` and `groups` for the chapters, `profile` for the
//! city cases, `method` for the framework, `comparison`,
//! `robustness`, `annex`. Cells are plain text; numbers are
//! formatted here once, by [`crate::num::fixed`].

mod annex;
mod cascades;
mod changes;
mod comparison;
mod flows;
mod groups;
mod measures;
mod method;
mod method_log;
mod network;
mod profile;
mod published;
mod quality;
mod rankings;
mod raw_column;
mod reading;
mod robustness;
mod typology;
mod variants;

use minijinja::Error;

use crate::content::arguments::Arguments;
use crate::content::block::{Align, Cell, Column, Place, Row, Size, Table, Tone};
use crate::content::figures::{required_name, unknown_kind};
use crate::content::results::{IMPUTED, NodeAt, Results, UnitAt};
use crate::content::source_line::source_line;
use crate::lang::Lang;
use crate::num::fixed;

/// Decimals of scores in tables.
const DECIMALS: usize = 2;
/// What stands for a value there is not.
const NONE: &str = "—";

/// The kinds of table templates can ask for.
pub(super) const KINDS: [&str; 47] = [
    "framework",
    "weights",
    "status",
    "ranking",
    "scores",
    "top-indicators",
    "tiers",
    "typology",
    "benchmarks",
    "regions",
    "profile-dimensions",
    "profile-indicators",
    "strengths",
    "events",
    "facts",
    "comparison",
    "comparison-dimensions",
    "changes",
    "annex-scores",
    "annex-ranks",
    "annex-data",
    "annex-indicators",
    "annex-sources",
    "annex-glossary",
    "annex-errata",
    "annex-status",
    "quality-checks",
    "quality-denominators",
    "quality-coverage",
    "quality-screening",
    "quality-imputation",
    "quality-treatment",
    "influence",
    "flagged-pairs",
    "components",
    "distributions",
    "balance",
    "variants",
    "variant-agreement",
    "method-steps",
    "method-parameters",
    "method-judgements",
    "sample",
    "rank-uncertainty",
    "left-out",
    "weight-limits",
    "gains",
];

/// The kinds of table of networks and tables of entities.
const OF_NETWORKS: [&str; 14] = [
    "network-years",
    "network-statistics",
    "network-degrees",
    "network-communities",
    "network-fit",
    "network-concentration",
    "network-pairs",
    "network-shares",
    "network-balances",
    "network-matrix",
    "network-published",
    "cascade-places",
    "cascade-categories",
    "cascade-mix",
];

/// Rows up to which a table may leave its place: it is not torn apart then and has to fit a page.
const MOST_FLOATING: usize = 36;

/// Makes tables of one language.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    /// What there is to show.
    pub results: &'a Results,
    /// The language of the page.
    pub lang: Lang,
}

impl Setting<'_> {
    /// Makes the table a template asks for.
    ///
    /// # Errors
    /// When arguments are missing or wrong.
    pub(super) fn table(&self, mut arguments: Arguments<'_>) -> Result<Table, Error> {
        let kind = arguments.text("kind")?;
        let id = required_name(&mut arguments, "id")?;
        let caption = required_name(&mut arguments, "caption")?;
        let mut table = match kind.as_str() {
            "framework" => self.framework(),
            "weights" => self.weights(),
            "status" => self.status(),
            "ranking" => self.ranking(&mut arguments)?,
            "scores" => self.scores(&mut arguments)?,
            "top-indicators" => self.top_indicators(&mut arguments)?,
            "tiers" => self.tiers(&arguments)?,
            "typology" => self.typology(&arguments)?,
            "benchmarks" => self.benchmarks(&arguments)?,
            "regions" => self.groups(&mut arguments)?,
            "sample" => self.sample(),
            "profile-dimensions" => self.profile_dimensions(&mut arguments)?,
            "profile-indicators" => self.profile_indicators(&mut arguments)?,
            "strengths" => self.strengths(&mut arguments)?,
            "events" => self.events(&mut arguments)?,
            "facts" => self.facts(&mut arguments)?,
            "comparison" => self.comparison(&mut arguments)?,
            "comparison-dimensions" => self.comparison_dimensions(&mut arguments)?,
            "changes" => self.changes(&mut arguments)?,
            "annex-scores" => self.annex_scores(&mut arguments)?,
            "annex-ranks" => self.annex_ranks(&mut arguments)?,
            "annex-data" => self.annex_data(&mut arguments)?,
            "annex-indicators" => self.annex_indicators(&mut arguments)?,
            "annex-sources" => self.annex_sources(),
            "annex-glossary" => self.annex_glossary(),
            "annex-errata" => self.annex_errata(),
            "annex-status" => self.annex_status(),
            "quality-checks" => self.quality_checks(),
            "quality-denominators" => self.quality_denominators(),
            "quality-coverage" => self.quality_coverage(),
            "quality-screening" => self.quality_screening(),
            "quality-imputation" => self.quality_imputation(),
            "quality-treatment" => self.quality_treatment(),
            "influence" => self.influence(&mut arguments)?,
            "flagged-pairs" => self.flagged_pairs(),
            "components" => self.components(),
            "distributions" => self.distributions(),
            "balance" => self.balance(),
            "variants" => self.variants(),
            "variant-agreement" => self.variant_agreement(),
            "method-steps" => self.method_steps(),
            "method-parameters" => self.method_parameters(),
            "method-judgements" => self.method_judgements(),
            "rank-uncertainty" => self.rank_uncertainty(&mut arguments)?,
            "left-out" => self.left_out(&mut arguments)?,
            "weight-limits" => self.weight_limits(&mut arguments)?,
            "gains" => self.gains(&mut arguments)?,
            other => self.network_table(other, &mut arguments)?,
        };
        let place = arguments.place()?;
        if table.rows.len() <= MOST_FLOATING {
            table.place = place;
        }
        arguments.finish()?;
        table.id = Some(id);
        table.caption = caption;
        Ok(table)
    }

    fn network_table(&self, kind: &str, arguments: &mut Arguments<'_>) -> Result<Table, Error> {
        match kind {
            "network-years" => self.network_years(arguments),
            "network-statistics" => self.network_statistics(arguments),
            "network-degrees" => self.network_degrees(arguments),
            "network-communities" => self.network_communities(arguments),
            "network-fit" => self.network_fit(arguments),
            "network-concentration" => self.network_concentration(arguments),
            "network-pairs" => self.network_pairs(arguments),
            "network-shares" => self.network_shares(arguments),
            "network-balances" => self.network_balances(arguments),
            "network-matrix" => self.network_matrix(arguments),
            "network-published" => self.network_published(arguments),
            "cascade-places" => self.cascade_places(arguments),
            "cascade-categories" => self.cascade_categories(arguments),
            "cascade-mix" => self.cascade_mix(arguments),
            other => {
                let kinds: Vec<&str> = KINDS.into_iter().chain(OF_NETWORKS).collect();
                Err(unknown_kind(arguments, "table", other, &kinds))
            }
        }
    }

    /// The word of the page's language.
    fn word(&self, zh: &str, en: &str) -> String {
        match self.lang {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        }
    }

    fn head(&self, zh: &str, en: &str) -> Cell {
        Cell::Text(self.word(zh, en))
    }

    fn unit_name(&self, unit: UnitAt) -> String {
        self.results.unit(unit).name.text(self.lang).to_owned()
    }

    fn node_name(&self, node: NodeAt) -> String {
        self.results.node(node).name.text(self.lang).to_owned()
    }

    fn node_short(&self, node: NodeAt) -> String {
        self.results.node(node).short.text(self.lang).to_owned()
    }

    fn score_text(&self, unit: UnitAt, node: NodeAt) -> String {
        self.number(self.results.score(unit, node), DECIMALS)
    }

    fn number(&self, value: Option<f64>, decimals: usize) -> String {
        value.map_or_else(|| NONE.to_owned(), |v| fixed(v, decimals, self.lang))
    }

    /// A rank, with `=` where it is shared.
    fn rank_text(&self, unit: UnitAt, node: NodeAt) -> String {
        let own = self.results.at(node);
        match own.ranks[unit] {
            None => NONE.to_owned(),
            Some(rank) if own.tied[unit] => format!("{rank}="),
            Some(rank) => rank.to_string(),
        }
    }

    /// The value of an indicator with the decimals of its specification.
    fn value_text(&self, unit: UnitAt, node: NodeAt) -> String {
        let decimals = self.results.spec(node).map_or(DECIMALS, |s| s.decimals);
        self.number(self.results.cell(unit, node).map(|c| c.value), decimals)
    }

    /// The note that explains the mark of imputed values, if there are any.
    fn imputed_note(&self, any: bool) -> Option<String> {
        any.then(|| {
            let note = self.word(
                "◇表示插补的数值，或据以得出的得分",
                "◇ marks values that were filled in, and scores made from them",
            );
            match (self.results.prints("annex-quality"), self.lang) {
                (true, Lang::Zh) => format!("{note}，见附录“数据质量”。"),
                (true, Lang::En) => format!("{note}; see the annex on data quality."),
                (false, Lang::Zh) => format!("{note}。"),
                (false, Lang::En) => format!("{note}."),
            }
        })
    }

    fn source(&self, nodes: &[NodeAt]) -> Option<String> {
        source_line(self.results, self.lang, nodes, None)
    }

    /// The note that explains `=`, if any of the ranks shown is shared.
    fn tie_note(&self, nodes: &[NodeAt]) -> Vec<String> {
        let shared = nodes.iter().any(|&n| self.results.at(n).tied.iter().any(|&t| t));
        if shared {
            vec![self.word("注：“=”表示并列。", "Note: = marks a shared rank.")]
        } else {
            Vec::new()
        }
    }
}

/// A text that opens a cell: in English it begins with a capital.
fn capitalised(text: &str, lang: Lang) -> String {
    let mut chars = text.chars();
    match (lang, chars.next()) {
        (Lang::En, Some(first)) => first.to_uppercase().chain(chars).collect(),
        _ => text.to_owned(),
    }
}

/// A cell with the mark of imputed values, if it rests on one.
fn marked(text: String, imputed: bool) -> Cell {
    if imputed && text != NONE { Cell::marked(text, IMPUTED) } else { Cell::Text(text) }
}

/// A table without id and caption, which the dispatcher adds.
fn table(columns: Vec<Column>, header: Vec<Vec<Cell>>, rows: Vec<Row>) -> Table {
    Table {
        id: None,
        caption: String::new(),
        columns,
        header,
        rows,
        notes: Vec::new(),
        source: None,
        size: Size::Normal,
        breakable: true,
        turned: false,
        place: Place::Here,
    }
}

/// The tone of a difference: better, worse, or neither.
fn tone_of(difference: f64) -> Option<Tone> {
    if difference > 0.0 {
        Some(Tone::Good)
    } else if difference < 0.0 {
        Some(Tone::Bad)
    } else {
        None
    }
}

/// A number with its sign, and a true minus.
fn signed(value: f64, decimals: usize, lang: Lang) -> String {
    let text = fixed(value, decimals, lang);
    if crate::num::round_to(value, decimals) > 0.0 { format!("+{text}") } else { text }
}

/// A cell in the tone of a difference.
fn signed_cell(value: f64, decimals: usize, lang: Lang) -> Cell {
    let text = signed(value, decimals, lang);
    match tone_of(crate::num::round_to(value, decimals)) {
        Some(tone) => Cell::toned(text, tone),
        None => Cell::Text(text),
    }
}

fn left() -> Column {
    Column::auto(Align::Left)
}

fn center() -> Column {
    Column::auto(Align::Center)
}

fn decimal() -> Column {
    Column::auto(Align::Decimal)
}

fn wide(share: f32) -> Column {
    Column::share(Align::Left, share)
}
