//! Charts: draws finished results as SVG at the size at which they are printed.
//!
//! In: one specification per chart, its labels already in the language of the page. Out:
//! [`Chart`], SVG text with one unit to the point, and alternative text in prose.
//! Not here: ranks, means and tiers (`index`) and their names (`content`); charts compute no
//! result but the shares of what they divide, keep the order they are given and never open a file
//! (the caller hands over the font bytes).
//!
//! Charts of relations between places share [`Flow`]; giver and taker are places in their list.
//!
//! Every specification has `draw(&self, &Theme, Lang)` and `alt(&self, Lang)`. A chart has no title:
//! the caption under it carries that.

mod acceptability;
mod adjacency_heatmap;
mod albers;
mod alt;
mod arrow;
mod butterfly;
mod canvas;
mod ccdf;
mod chord;
mod correlation_map;
mod diverging_bars;
mod dumbbell;
mod error;
mod faces;
mod flow;
mod flow_map;
mod grouped_bars;
mod legend;
mod line_break;
mod log_scale;
mod lorenz;
mod map_sheet;
mod mark;
mod network_picture;
mod pieces;
mod placing;
mod position_strip;
mod radar;
mod rank_heatmap;
mod rank_intervals;
mod rank_slope;
mod rank_sweep;
mod ranked_bar;
mod ribbon;
mod sankey;
mod scale;
mod share_dumbbell;
mod small_multiples;
mod source_bars;
mod spread;
mod stacked_contribution;
mod theme;
mod tier_strip;
#[cfg(test)]
mod trial;
mod year_mix;

pub use self::acceptability::{Acceptability, AcceptabilityRow};
pub use self::adjacency_heatmap::AdjacencyHeatmap;
pub use self::butterfly::{Butterfly, ButterflyRow};
pub use self::ccdf::{Ccdf, CcdfSeries, PowerLawLine};
pub use self::chord::{Chord, ChordRegion};
pub use self::correlation_map::CorrelationMap;
pub use self::diverging_bars::{DivergingBars, DivergingRow};
pub use self::dumbbell::{Dumbbell, DumbbellRow};
pub use self::error::ChartError;
pub use self::faces::{Face, Faces, Weight};
pub use self::flow::Flow;
pub use self::flow_map::{FlowMap, MapCity};
pub use self::grouped_bars::{BarSeries, GroupedBars};
pub use self::lorenz::{Lorenz, LorenzCurve};
pub use self::network_picture::{NetworkPicture, PictureNode};
pub use self::position_strip::{PositionRow, PositionStrip};
pub use self::radar::{Radar, RadarSeries, RadarStyle};
pub use self::rank_heatmap::RankHeatmap;
pub use self::rank_intervals::{RankInterval, RankIntervals};
pub use self::rank_slope::{RankSlope, SlopePlace, SlopeRow};
pub use self::rank_sweep::{RankSweep, SweepPanel};
pub use self::ranked_bar::{Bar, RankedBar};
pub use self::sankey::{Sankey, SankeyColumn, SankeyLink};
pub use self::share_dumbbell::{ShareDumbbell, ShareRow};
pub use self::small_multiples::{Panel, SmallMultiples};
pub use self::source_bars::{Share, SourceBars, SourceRow};
pub use self::stacked_contribution::{ContributionRow, StackedContribution};
pub use self::theme::{Colour, Theme};
pub use self::tier_strip::{Tier, TierPoint, TierStrip};
pub use self::year_mix::{MixPart, YearMix};

/// Width of the text block of a page, the usual width of a chart, in millimetres.
pub const TEXT_BLOCK_MM: f64 = 158.0;

/// A drawn chart.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The SVG document; its width and height are points without a unit.
    pub svg: String,
    /// Printed width in millimetres.
    pub width_mm: f64,
    /// Printed height in millimetres.
    pub height_mm: f64,
}
