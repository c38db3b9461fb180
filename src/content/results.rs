//! What templates ask: units, nodes, scores and ranks by name, in one place for both languages.
//!
//! Language-free: the same answers serve the Chinese and the English sections, so their numbers
//! cannot differ.

use crate::config::{Config, IndicatorSpec, MAIN, Node, Status};
use crate::data::{Cell, IndicatorData, Inputs, PublishedRanking, Unit};
use crate::index::over_time::{Changes, UnitChange, YearResult};
use crate::index::reading::Reading;
use crate::index::robustness::{RankInterval, RankUncertainty, Robustness};
use crate::index::{Distribution, GroupRank, Grouping, IndexResult, NodeResult};
use crate::lang::{Lang, Localised};
use crate::network::Networks;
use crate::num::Rank;

/// Configuration, inputs and results of a run.
#[derive(Debug, Clone)]
pub struct Results {
    /// What was asked for.
    pub config: Config,
    /// What was read.
    pub inputs: Inputs,
    /// What was computed.
    pub index: IndexResult,
    /// How far ranks can be relied upon, if the methodology says what is uncertain.
    pub robustness: Option<Robustness>,
    /// The index of the other years of the methodology, ascending.
    pub years: Vec<YearResult>,
    /// What changed since the edition before this one, if the report names one.
    pub changes: Option<Changes>,
    /// What the numbers say about indicators, dimensions and units.
    pub reading: Reading,
    /// What was measured on networks and tables of entities.
    pub networks: Networks,
}

/// The mark beside values that were filled in, and scores that rest on them.
pub(super) const IMPUTED: &str = "◇";

/// Position of a unit in the sample.
pub(super) type UnitAt = usize;

/// Position of a node in the methodology.
pub(super) type NodeAt = usize;

impl Results {
    /// The results made by a variant in place of the main ones, with what the variant's numbers
    /// say; how far ranks can be relied upon is known of the main result alone.
    #[must_use]
    pub fn of_variant(&self, id: &str) -> Option<Self> {
        let variant = self.config.method.variants.iter().find(|v| v.id == id)?;
        let index = self.index.variant(id)?.clone();
        let reading = crate::index::reading::read(&variant.method, &index);
        // Other years and the edition before are compared with the main result.
        let (years, changes) = (Vec::new(), None);
        let mut own = Self { index, robustness: None, reading, years, changes, ..self.clone() };
        own.config.method = variant.method.clone();
        Some(own)
    }

    /// Printed name of a variant, or of the main result for [`MAIN`].
    #[must_use]
    pub fn way_name(&self, id: &str) -> Option<Localised<String>> {
        if id == MAIN {
            return Some(Localised::new("主结果".to_owned(), "main result".to_owned()));
        }
        self.config.method.variants.iter().find(|v| v.id == id).map(|v| v.name.clone())
    }

    /// Number of units in the sample.
    #[must_use]
    pub fn count(&self) -> usize {
        self.inputs.units.len()
    }

    /// The unit at a position.
    #[must_use]
    pub fn unit(&self, at: UnitAt) -> &Unit {
        &self.inputs.units[at]
    }

    /// The node at a position.
    #[must_use]
    pub fn node(&self, at: NodeAt) -> &Node {
        &self.config.method.nodes[at]
    }

    /// The results at a node.
    #[must_use]
    pub fn at(&self, node: NodeAt) -> &NodeResult {
        &self.index.nodes[node]
    }

    /// Finds a unit of the sample by slug, code or name in either language.
    #[must_use]
    pub fn find_unit(&self, name: &str) -> Option<UnitAt> {
        let units = &self.inputs.units;
        units.iter().position(|u| u.slug == name || u.code == name).or_else(|| {
            let found = self.inputs.gazetteer.find(name).ok()?;
            units.iter().position(|u| u.code == found.code)
        })
    }

    /// Finds a node by code.
    #[must_use]
    pub fn find_node(&self, code: &str) -> Option<NodeAt> {
        self.config.method.position(code)
    }

    /// Rank of a unit at a node.
    #[must_use]
    pub fn rank(&self, unit: UnitAt, node: NodeAt) -> Option<Rank> {
        self.at(node).ranks[unit]
    }

    /// How the rank of a unit varies, if the methodology says what is uncertain.
    #[must_use]
    pub fn uncertainty(&self, unit: UnitAt) -> Option<&RankUncertainty> {
        self.robustness.as_ref()?.simulation.of_unit(unit)
    }

    /// How the rank of a unit at a node varies, where it was followed.
    #[must_use]
    pub fn variation(&self, unit: UnitAt, node: NodeAt) -> Option<RankInterval> {
        if node == 0 {
            return self.uncertainty(unit).map(RankUncertainty::interval);
        }
        self.robustness.as_ref()?.simulation.at(node)?.of_unit(unit).copied()
    }

    /// The 5 % and 95 % quantiles of a unit's rank at a node, where they are known.
    #[must_use]
    pub fn interval(&self, unit: UnitAt, node: NodeAt) -> Option<(f64, f64)> {
        self.variation(unit, node).map(|own| (own.low, own.high))
    }

    /// Whether intervals of ranks are known at a node.
    #[must_use]
    pub fn has_intervals(&self, node: NodeAt) -> bool {
        let known = |r: &Robustness| node == 0 || r.simulation.at(node).is_some();
        self.robustness.as_ref().is_some_and(known)
    }

    /// What became of a unit's rank at a node since the edition before.
    #[must_use]
    pub fn change(&self, unit: UnitAt, node: NodeAt) -> Option<UnitChange> {
        self.changes.as_ref()?.nodes.get(node)?.units[unit]
    }

    /// Whether the unit's earlier rank at a node lies within the interval in which its
    /// present rank varies.
    #[must_use]
    pub fn is_within_interval(&self, unit: UnitAt, node: NodeAt) -> bool {
        let interval = self.interval(unit, node);
        interval
            .zip(self.change(unit, node))
            .is_some_and(|((low, high), change)| (low..=high).contains(&f64::from(change.before)))
    }

    /// Score of a unit at a node.
    #[must_use]
    pub fn score(&self, unit: UnitAt, node: NodeAt) -> Option<f64> {
        self.at(node).scores[unit]
    }

    /// Spread of the scores at a node.
    #[must_use]
    pub fn distribution(&self, node: NodeAt) -> Option<Distribution> {
        self.at(node).distribution
    }

    /// Units in rank order, equals by code.
    #[must_use]
    pub fn order(&self, node: NodeAt) -> &[UnitAt] {
        &self.at(node).order
    }

    /// Positions of the dimensions right below the index.
    #[must_use]
    pub fn dimensions(&self) -> Vec<NodeAt> {
        self.config.method.nodes[0].children().to_vec()
    }

    /// What is particular to an indicator, if the node is one.
    #[must_use]
    pub fn spec(&self, node: NodeAt) -> Option<&IndicatorSpec> {
        self.node(node).indicator()
    }

    /// Share of a node among its siblings, as it was used.
    #[must_use]
    pub fn weight(&self, node: NodeAt) -> f64 {
        self.index.weights[node]
    }

    /// Share of the whole index a node amounts to.
    #[must_use]
    pub fn effective_weight(&self, node: NodeAt) -> f64 {
        self.index.effective_weights[node]
    }

    /// Values of an indicator.
    #[must_use]
    pub fn data(&self, node: NodeAt) -> Option<&IndicatorData> {
        self.inputs.dataset.indicators.iter().find(|i| i.node == node)
    }

    /// Value of an indicator for a unit.
    #[must_use]
    pub fn cell(&self, unit: UnitAt, node: NodeAt) -> Option<&Cell> {
        self.data(node)?.cells[unit].as_ref()
    }

    /// Whether the edition prints a section.
    #[must_use]
    pub fn prints(&self, section: &str) -> bool {
        self.config.sections.iter().any(|(name, _)| name == section)
    }

    /// Whether the value of an indicator was filled in, by a rule or in the source.
    #[must_use]
    pub fn is_imputed(&self, unit: UnitAt, node: NodeAt) -> bool {
        let cell = self.cell(unit, node);
        cell.is_some_and(|c| c.imputed.is_some() || c.status == Status::Imputed)
    }

    /// Whether a score rests on a value that was filled in.
    #[must_use]
    pub fn rests_on_imputed(&self, unit: UnitAt, node: NodeAt) -> bool {
        let counts = |leaf: NodeAt| self.score(unit, leaf).is_some() && self.weight(leaf) > 0.0;
        let leaves = self.config.method.leaves(node);
        leaves.into_iter().any(|leaf| counts(leaf) && self.is_imputed(unit, leaf))
    }

    /// Number of values that were filled in.
    #[must_use]
    pub fn imputed_count(&self) -> usize {
        let units = 0..self.count();
        units.map(|unit| self.known_and_filled(unit).1).sum()
    }

    /// Indicators for which a unit has data of its own, and those filled in.
    #[must_use]
    pub fn known_and_filled(&self, unit: UnitAt) -> (usize, usize) {
        let leaves = || self.config.method.indicators();
        let filled = leaves().filter(|&leaf| self.is_imputed(unit, leaf)).count();
        let there = leaves().filter(|&leaf| self.cell(unit, leaf).is_some()).count();
        (there - filled, filled)
    }

    /// Units that have a value of an indicator, from the largest value down, equals by code.
    #[must_use]
    pub fn by_value(&self, node: NodeAt) -> Vec<(UnitAt, f64)> {
        let mut values: Vec<(UnitAt, f64)> = (0..self.count())
            .filter_map(|unit| self.cell(unit, node).map(|c| (unit, c.value)))
            .collect();
        values.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        values
    }

    /// Name of the group a unit is in; empty texts if it is in none.
    #[must_use]
    pub fn group_name(&self, unit: UnitAt, by: Grouping) -> Localised<String> {
        if let Some(name) = by.in_gazetteer(self.unit(unit)) {
            return name.clone();
        }
        let names = self.config.method.tiers.as_ref().map(|rule| &rule.names);
        let tier = names.zip(self.tier(unit));
        let name = |lang| tier.and_then(|(names, t)| names.get(lang).get(t).cloned());
        let name = |lang| name(lang).unwrap_or_default();
        Localised::new(name(Lang::Zh), name(Lang::En))
    }

    /// Rank of every unit at a node within its group; `None` without rank or group.
    #[must_use]
    pub fn group_ranks(&self, node: NodeAt, by: Grouping) -> Vec<Option<GroupRank>> {
        let groups = self.index.groups(&self.inputs.units, by);
        self.at(node).ranks_within(&groups, self.config.method.ranks.ties)
    }

    /// Position of a unit's tier and number of tiers.
    #[must_use]
    pub fn tier(&self, unit: UnitAt) -> Option<usize> {
        self.index.tiers.as_ref()?.of_unit[unit]
    }

    /// A published ranking by id.
    #[must_use]
    pub fn ranking(&self, id: &str) -> Option<&PublishedRanking> {
        self.inputs.rankings.iter().find(|r| r.id == id)
    }

    /// Units with a chapter of their own, in rank order (those without a rank last).
    #[must_use]
    pub fn cases(&self) -> Vec<UnitAt> {
        use crate::config::CityCases;
        match &self.config.city_cases {
            CityCases::None => Vec::new(),
            CityCases::Top(top) => self.order(0).iter().copied().take(*top).collect(),
            CityCases::Named(_) => {
                let mut cases = self.inputs.case_units.clone();
                cases.sort_by_key(|&unit| (self.rank(unit, 0).unwrap_or(Rank::MAX), unit));
                cases
            }
        }
    }
}
