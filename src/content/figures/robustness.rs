//! Figures of how far ranks can be relied upon.

use minijinja::Error;

use crate::charts::{
    Acceptability, AcceptabilityRow, RankInterval, RankIntervals, RankSweep, Share, SourceBars,
    SourceRow, SweepPanel, TEXT_BLOCK_MM,
};
use crate::content::arguments::Arguments;
use crate::content::figures::{Drawing, Drawn, drawn};
use crate::content::results::{NodeAt, UnitAt};
use crate::content::uncertain::{interval_name, source_name, weight_range};
use crate::index::robustness::{Estimate, RankUncertainty, Robustness, Sweep};
use crate::lang::Lang;

/// Rows of the map of rank acceptability, unless told otherwise.
const MAP_ROWS: usize = 20;

impl<'a> Drawing<'a> {
    fn robustness(&self, arguments: &Arguments<'_>) -> Result<&'a Robustness, Error> {
        self.results
            .robustness
            .as_ref()
            .ok_or_else(|| arguments.fail("the methodology has no section `robustness`"))
    }

    /// What the index is called inside a chart's alternative text.
    fn index_name(&self) -> String {
        let name = &self.results.node(0).name;
        match self.lang {
            Lang::Zh => name.zh.clone(),
            Lang::En => crate::content::sentences::inside(&name.en),
        }
    }

    pub(super) fn rank_intervals(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let robustness = self.robustness(arguments)?;
        let top = arguments.count("top", RankIntervals::MOST)?.min(RankIntervals::MOST);
        let rule = self.results.config.method.tiers.as_ref();
        let row = |own: &RankUncertainty| RankInterval {
            label: self.name(own.unit),
            rank: own.rank,
            median: own.median,
            low: own.low,
            high: own.high,
            tier: self.results.tier(own.unit),
        };
        let spec = RankIntervals {
            subject: self.index_name(),
            interval_name: interval_name(self.lang).to_owned(),
            rows: robustness.simulation.units.iter().take(top).map(row).collect(),
            tiers: rule.map_or_else(Vec::new, |rule| rule.names.get(self.lang).clone()),
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), vec![0]))
    }

    /// The probability of each rank; of many units, ranks beyond the rows shown make one column.
    pub(super) fn acceptability(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let units = &self.robustness(arguments)?.simulation.units;
        let top = arguments.count("top", MAP_ROWS)?.clamp(1, MAP_ROWS);
        let whole = units.len() <= Acceptability::MOST_COLUMNS;
        let single = if whole { units.len() } else { top };
        let mut columns: Vec<String> = (1..=single).map(|rank| rank.to_string()).collect();
        if single < units.len() {
            columns.push(format!(">{single}"));
        }
        let row = |own: &RankUncertainty| {
            let mut shares: Vec<f64> = own.ranks.iter().take(single).copied().collect();
            if single < units.len() {
                shares.push(own.ranks.iter().skip(single).sum());
            }
            let nominal = (own.rank as usize - 1).min(columns.len() - 1);
            AcceptabilityRow { label: self.name(own.unit), shares, nominal: Some(nominal) }
        };
        let rows = if whole { units.len() } else { top };
        let spec = Acceptability {
            subject: self.index_name(),
            rows: units.iter().take(rows).map(row).collect(),
            columns: columns.clone(),
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), vec![0]))
    }

    /// Ranks against the weight of each child of a node: of given units, or of those that move most.
    pub(super) fn weight_sweep(&self, arguments: &mut Arguments<'_>) -> Result<Drawn, Error> {
        let robustness = self.robustness(arguments)?;
        let parent = arguments.node_or_index("node")?;
        let asked = arguments.units("units")?;
        let sweeps: Vec<&Sweep> = robustness
            .sweeps
            .iter()
            .filter(|sweep| self.results.node(sweep.node).parent == Some(parent))
            .take(RankSweep::MOST_PANELS)
            .collect();
        let slots = match asked {
            Some(units) => {
                let slot = |unit| robustness.simulation.units.iter().position(|u| u.unit == unit);
                units.into_iter().filter_map(slot).take(RankSweep::MOST_LINES).collect()
            }
            None => movers(&sweeps, robustness.simulation.units.len()),
        };
        let noise = robustness.spec.weight_noise(self.results.node(parent).level + 1);
        let panel = |sweep: &&Sweep| SweepPanel {
            title: self.results.node(sweep.node).name.text(self.lang).to_owned(),
            weight: sweep.weight,
            band: (noise > 0.0).then(|| weight_range(sweep.weight, noise)),
            weights: sweep.points.iter().map(|point| point.weight).collect(),
            ranks: slots
                .iter()
                .map(|&slot| sweep.points.iter().map(|point| point.shift.ranks[slot]).collect())
                .collect(),
        };
        let unit = |&slot: &usize| -> UnitAt { robustness.simulation.units[slot].unit };
        let spec = RankSweep {
            subject: self.index_name(),
            names: slots.iter().map(|slot| self.name(unit(slot))).collect(),
            panels: sweeps.iter().map(panel).collect(),
            n: u32::try_from(robustness.simulation.units.len()).unwrap_or(u32::MAX),
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        let nodes: Vec<NodeAt> = vec![parent];
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), nodes))
    }

    /// Sobol indices of every source of uncertainty.
    pub(super) fn uncertainty_sources(&self, arguments: &Arguments<'_>) -> Result<Drawn, Error> {
        let sobol = self.robustness(arguments)?.sobol.as_ref();
        let share = |e: Estimate| Share { value: e.value, low: e.low, high: e.high };
        let rows: Vec<SourceRow> = sobol
            .map_or(&[][..], |sobol| &sobol.indices)
            .iter()
            .filter_map(|index| {
                Some(SourceRow {
                    label: source_name(self.results, index.source, self.lang),
                    first: share(index.first?),
                    total: share(index.total?),
                })
            })
            .collect();
        let spec = SourceBars {
            subject: self.word("位次变动", "rank changes"),
            rows,
            width_mm: self.width(TEXT_BLOCK_MM),
        };
        Ok(drawn(spec.draw(self.theme, self.lang), spec.alt(self.lang), vec![0]))
    }
}

/// Places of the units whose ranks range widest over the sweeps, in nominal order.
fn movers(sweeps: &[&Sweep], count: usize) -> Vec<usize> {
    let range = |slot: usize| -> u32 {
        sweeps
            .iter()
            .filter_map(|sweep| {
                let ranks = || sweep.points.iter().filter_map(|point| point.shift.ranks[slot]);
                Some(ranks().max()? - ranks().min()?)
            })
            .sum()
    };
    let mut slots: Vec<usize> = (0..count).collect();
    slots.sort_by_key(|&slot| (std::cmp::Reverse(range(slot)), slot));
    slots.truncate(RankSweep::MOST_LINES);
    slots.sort_unstable();
    slots
}
