//! Figures: which results go into which chart, in the language of the page.
//!
//! One file per kind of result: `scores`, `ranks`, `robustness`, `reading` of the index itself, `unit` for
//! the city cases, `network` and `flows`.

mod changes;
mod flows;
mod network;
mod ranks;
mod reading;
mod robustness;
mod scores;
mod unit;

use minijinja::Error;
use minijinja::value::Value;

use crate::charts::{Chart, ChartError, TEXT_BLOCK_MM, Theme};
use crate::content::arguments::Arguments;
use crate::content::block::Figure;
use crate::content::results::{NodeAt, Results, UnitAt};
use crate::content::source_line::source_line;
use crate::lang::{Lang, Localised};

/// Decimals of scores in charts.
const DECIMALS: usize = 2;
/// Width of a radar chart that stands alone.
const RADAR_MM: f64 = 104.0;

/// Narrowest chart a template may ask for.
const NARROWEST_MM: f64 = 60.0;

/// The kinds of figure templates can ask for.
pub(super) const KINDS: [&str; 16] = [
    "ranking-bar",
    "contributions",
    "sub-dimensions",
    "radar",
    "rank-heatmap",
    "position-strip",
    "dumbbell",
    "tiers",
    "influence",
    "correlations",
    "rank-intervals",
    "rank-acceptability",
    "weight-sweep",
    "uncertainty-sources",
    "rank-slope",
    "change-parts",
];

/// The kinds of figure of networks and tables of entities.
const OF_NETWORKS: [&str; 12] = [
    "network-growth",
    "network-picture",
    "network-ccdf",
    "network-lorenz",
    "network-hubs",
    "network-chord",
    "network-sankey",
    "network-matrix",
    "network-map",
    "network-balance",
    "cascade-places",
    "cascade-mix",
];

/// Draws figures of one language.
#[derive(Clone, Copy)]
pub(super) struct Drawing<'a> {
    /// What there is to show.
    pub results: &'a Results,
    /// How it is drawn.
    pub theme: &'a Theme,
    /// The language of the page.
    pub lang: Lang,
    /// Printed width, where a template asks for one.
    pub width_mm: Option<f64>,
}

struct Drawn {
    chart: Result<Chart, ChartError>,
    alt: String,
    /// Nodes whose data the chart rests on.
    nodes: Vec<NodeAt>,
    /// A published ranking it shows.
    ranking: Option<String>,
    /// The source line, where it is not that of nodes and rankings.
    source: Option<String>,
}

impl Drawing<'_> {
    /// Makes the figure a template asks for.
    ///
    /// # Errors
    /// When arguments are missing or wrong, or the chart cannot be drawn.
    pub(super) fn figure(mut self, mut arguments: Arguments<'_>) -> Result<Figure, Error> {
        let kind = arguments.text("kind")?;
        let id = required_name(&mut arguments, "id")?;
        let caption = required_name(&mut arguments, "caption")?;
        if let Some(width) = arguments.named("width") {
            self.width_mm = Some(asked_width(&arguments, &width)?);
        }
        let drawn = match kind.as_str() {
            "ranking-bar" => self.ranking_bar(&mut arguments)?,
            "contributions" => self.contributions(&mut arguments)?,
            "sub-dimensions" => self.sub_dimensions(&mut arguments)?,
            "radar" => self.radar(&mut arguments)?,
            "rank-heatmap" => self.heatmap(&mut arguments)?,
            "position-strip" => self.positions(&mut arguments)?,
            "dumbbell" => self.dumbbell(&mut arguments)?,
            "tiers" => self.tiers(&arguments)?,
            "influence" => self.influence(&mut arguments)?,
            "correlations" => self.correlations(&mut arguments)?,
            "rank-intervals" => self.rank_intervals(&mut arguments)?,
            "rank-acceptability" => self.acceptability(&mut arguments)?,
            "weight-sweep" => self.weight_sweep(&mut arguments)?,
            "uncertainty-sources" => self.uncertainty_sources(&arguments)?,
            "rank-slope" => self.rank_slope(&mut arguments)?,
            "change-parts" => self.change_parts(&mut arguments)?,
            other => self.network_figure(other, &mut arguments)?,
        };
        let place = arguments.place()?;
        let chart =
            drawn.chart.map_err(|e| arguments.fail(format!("`{id}` cannot be drawn: {e}")))?;
        arguments.finish()?;
        Ok(Figure {
            id,
            caption,
            alt: drawn.alt,
            source: drawn.source.or_else(|| {
                source_line(self.results, self.lang, &drawn.nodes, drawn.ranking.as_deref())
            }),
            svg: chart.svg,
            width_mm: chart.width_mm,
            place,
        })
    }

    fn network_figure(&self, kind: &str, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        match kind {
            "network-growth" => self.network_growth(arguments),
            "network-picture" => self.network_picture(arguments),
            "network-ccdf" => self.network_ccdf(arguments),
            "network-lorenz" => self.network_lorenz(arguments),
            "network-hubs" => self.network_hubs(arguments),
            "network-chord" => self.network_chord(arguments),
            "network-sankey" => self.network_sankey(arguments),
            "network-matrix" => self.network_matrix(arguments),
            "network-map" => self.network_map(arguments),
            "network-balance" => self.network_balance(arguments),
            "cascade-places" => self.cascade_places(arguments),
            "cascade-mix" => self.cascade_mix(arguments),
            other => {
                let kinds: Vec<&str> = KINDS.into_iter().chain(OF_NETWORKS).collect();
                Err(unknown_kind(arguments, "figure", other, &kinds))
            }
        }
    }

    /// The width asked for, or the usual one.
    fn width(&self, usual: f64) -> f64 {
        self.width_mm.unwrap_or(usual)
    }

    fn name(&self, unit: UnitAt) -> String {
        self.results.unit(unit).name.text(self.lang).to_owned()
    }

    fn short(&self, node: NodeAt) -> String {
        self.results.node(node).short.text(self.lang).to_owned()
    }

    fn score_subject(&self, node: NodeAt) -> String {
        let name = self.results.node(node).name.text(self.lang);
        match self.lang {
            Lang::Zh => format!("{name}得分"),
            Lang::En => format!("{name} score"),
        }
    }

    fn word(&self, zh: &str, en: &str) -> String {
        Localised::new(zh, en).get(self.lang).to_string()
    }

    fn mean_label(&self) -> String {
        self.word("样本均值", "Sample mean")
    }
}

/// A chart that shows nodes of the framework and no published ranking.
fn drawn(chart: Result<Chart, ChartError>, alt: String, nodes: Vec<NodeAt>) -> Drawn {
    Drawn { chart, alt, nodes, ranking: None, source: None }
}

/// A width in millimetres between a column and the text block.
fn asked_width(arguments: &Arguments<'_>, width: &Value) -> Result<f64, Error> {
    let asked = f64::try_from(width.clone()).ok();
    asked.filter(|mm| (NARROWEST_MM..=TEXT_BLOCK_MM).contains(mm)).ok_or_else(|| {
        arguments.fail(format!(
            "`width` is a number of millimetres from {NARROWEST_MM} to {TEXT_BLOCK_MM}"
        ))
    })
}

/// Text that may be given by name only, so that positions stay free for the kind's own arguments.
///
/// # Errors
/// When it is absent or empty.
pub(super) fn required_name(arguments: &mut Arguments<'_>, name: &str) -> Result<String, Error> {
    match arguments.named(name).map(|v| v.to_string()).filter(|t| !t.is_empty()) {
        Some(text) => Ok(text),
        None => Err(arguments.fail(format!("write `{name}=\"...\"`"))),
    }
}

/// The complaint about a kind of figure or table there is not.
pub(super) fn unknown_kind(
    arguments: &Arguments<'_>,
    what: &str,
    kind: &str,
    kinds: &[&'static str],
) -> Error {
    let near = crate::diag::nearest(kind, kinds.iter().copied());
    let quoted: Vec<String> = near.iter().map(|n| format!("`{n}`")).collect();
    let hint = if quoted.is_empty() {
        format!("kinds are {}", kinds.join(", "))
    } else {
        format!("did you mean {}?", crate::diag::alternatives(&quoted))
    };
    arguments.fail(format!("there is no {what} of kind `{kind}`; {hint}"))
}
