//! What the index came to: the one structure that charts, texts and commands read.

use crate::config::{MAIN, Status};
use crate::index::{
    AggregationDetail, DataChecks, Distribution, MethodLog, NodeWeighting, Screening, Tiers,
    Treated, Typology,
};
use crate::num::Rank;

/// Scores and ranks at every node, tiers, and how far the data can be relied upon.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct IndexResult {
    /// Results by node, at the positions the methodology gives the nodes.
    pub nodes: Vec<NodeResult>,
    /// Tiers of the index score, if the methodology asks for them.
    pub tiers: Option<Tiers>,
    /// Types of the units, if the methodology asks for them.
    pub typology: Option<Typology>,
    /// Shares of weight by data status, over all units.
    pub status: Vec<StatusShare>,
    /// What was left out, or kept by decision, and why.
    pub screening: Screening,
    /// What the data look like before treatment.
    pub checks: DataChecks,
    /// What treatment did, for every indicator under a rule, in the order of the framework.
    pub treated: Vec<Treated>,
    /// Share of each node among its siblings, as it was used.
    pub weights: Vec<f64>,
    /// Share of the whole index each node amounts to.
    pub effective_weights: Vec<f64>,
    /// How the children of each node came to their weights; `None` where the methodology states
    /// them or all are equal.
    pub weightings: Vec<Option<NodeWeighting>>,
    /// What there is to tell about the aggregation at each node; `None` for indicators and means.
    pub details: Vec<Option<AggregationDetail>>,
    /// What was done, step by step.
    pub log: MethodLog,
    /// The index made in other ways, in the order of the methodology; a variant has none.
    pub variants: Vec<VariantResult>,
}

/// The index made in another way.
#[derive(Debug, Clone, PartialEq)]
pub struct VariantResult {
    /// Key in the methodology.
    pub id: String,
    /// What it came to; nodes and units stand where they stand in the main result.
    pub result: IndexResult,
}

impl IndexResult {
    /// What treatment did to an indicator, if it is under a rule.
    #[must_use]
    pub fn treated(&self, node: usize) -> Option<&Treated> {
        self.treated.iter().find(|own| own.node == node)
    }

    /// The whole index.
    #[must_use]
    pub fn index(&self) -> &NodeResult {
        &self.nodes[0]
    }

    /// The variant of a name.
    #[must_use]
    pub fn variant(&self, id: &str) -> Option<&Self> {
        self.variants.iter().find(|v| v.id == id).map(|v| &v.result)
    }

    /// The variant of a name, or this result for [`MAIN`].
    #[must_use]
    pub fn way(&self, id: &str) -> Option<&Self> {
        if id == MAIN { Some(self) } else { self.variant(id) }
    }
}

/// Results at one node; vectors run over the units in order of code.
#[derive(Debug, Clone, PartialEq)]
pub struct NodeResult {
    /// Values on the common scale; `None` where too little is known.
    pub scores: Vec<Option<f64>>,
    /// Ranks; `None` without a score.
    pub ranks: Vec<Option<Rank>>,
    /// Share of the node's weight for which the unit has data, 0 to 1.
    pub coverage: Vec<f64>,
    /// Positions of the ranked units, by rank, equals by code.
    pub order: Vec<usize>,
    /// Whether the unit shares its rank.
    pub tied: Vec<bool>,
    /// Spread of the scores; `None` if nobody has one.
    pub distribution: Option<Distribution>,
}

impl NodeResult {
    /// The mean place of each ranked unit among all, equals at the mean of theirs: 1, 2.5, 2.5, 4.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of units stay far below 2^52")]
    pub fn average_ranks(&self) -> Vec<Option<f64>> {
        let mut places = vec![None; self.ranks.len()];
        let mut start = 0;
        while start < self.order.len() {
            let rank = self.ranks[self.order[start]];
            let same = self.order[start..].iter().take_while(|&&u| self.ranks[u] == rank).count();
            let end = start + same;
            for &unit in &self.order[start..end] {
                places[unit] = Some((start + 1 + end) as f64 / 2.0);
            }
            start = end;
        }
        places
    }
}

/// A share of the index's weight by status of the data behind it.
#[derive(Debug, Clone, PartialEq)]
pub struct StatusShare {
    /// The status; `None` for weight without data.
    pub status: Option<Status>,
    /// Mean share over the units, 0 to 1.
    pub share: f64,
    /// Share by unit.
    pub by_unit: Vec<f64>,
}

#[cfg(test)]
mod tests {
    use crate::index::testing::{flat, result};

    #[test]
    fn average_ranks_are_the_mean_of_the_places() {
        let rows = [1.0, 5.0, 5.0, 9.0].map(|x| vec![x]);
        let found = result(&flat(1, &[], &[], "ranks: { ties: average }"), &rows);
        assert_eq!(found.index().average_ranks(), [4.0, 2.5, 2.5, 1.0].map(Some));
        assert_eq!(found.index().ranks, [4, 2, 2, 1].map(Some));
    }

    #[test]
    fn variants_stand_beside_the_main_result() {
        let rows: Vec<Vec<f64>> =
            [[1.0, 9.0], [2.0, 3.0], [4.0, 4.0], [9.0, 1.0]].map(|row| row.to_vec()).to_vec();
        let variants = "variants:\n  late: { weighting: entropy }\n  \
                        early: { aggregation: geometric, normalisation: { method: min-max, range: [1, 10] } }";
        let weights = [0.9, 0.1];
        let found = result(&flat(2, &[], &weights, variants), &rows);
        let ids: Vec<&str> = found.variants.iter().map(|v| v.id.as_str()).collect();
        assert_eq!(ids, ["late", "early"]);
        let main = result(&flat(2, &[], &weights, ""), &rows);
        assert_eq!(found.nodes, main.nodes);
        let entropy = result(&flat(2, &[], &[], "weighting: entropy"), &rows);
        assert_eq!(found.variant("late"), Some(&entropy));
        let head = "aggregation: geometric\nnormalisation: { method: min-max, range: [1, 10] }";
        let geometric = result(&flat(2, &[], &weights, head), &rows);
        assert_eq!(found.variant("early"), Some(&geometric));
    }

    #[test]
    fn variants_may_differ_at_single_nodes() {
        // Two units, three indicators on 0 to 100: 0, 100, 100 and 100, 0, 50 of a third unit's 0.
        let rows: Vec<Vec<f64>> =
            [[0.0, 4.0, 4.0], [5.0, 0.0, 2.0], [1.0, 1.0, 0.0]].map(|row| row.to_vec()).to_vec();
        let head = "variants:\n  without: { nodes: { c1: { omit: true } } }\n  \
                    weighed: { nodes: { index: { weights: { c1: 2, c2: 1, c3: 1 } } } }\n  \
                    scaled: { nodes: { c3: { normalisation: { method: distance-to-target, \
                    target: 8 } } } }";
        let found = result(&flat(3, &[], &[], head), &rows);
        let scores = |id: &str| found.variant(id).unwrap().index().scores.clone();
        for (id, wanted) in [
            // Means of the second and the third alone.
            ("without", [100.0, 25.0, 12.5]),
            // The first column is 0, 100, 20.
            ("weighed", [50.0, 62.5, 16.25]),
            // The third column is 50, 25, 0 of the way to 8.
            ("scaled", [50.0, 125.0 / 3.0, 15.0]),
        ] {
            for (own, wanted) in scores(id).iter().zip(wanted) {
                assert!((own.unwrap() - wanted).abs() < 1e-12, "{id}: {:?}", scores(id));
            }
        }
        let without = found.variant("without").unwrap();
        assert!(without.nodes[1].order.is_empty());
        assert_eq!(found.nodes, result(&flat(3, &[], &[], ""), &rows).nodes);
    }

    #[test]
    fn mistakes_of_a_variant_name_it() {
        let head = "variants: { bad: { aggregation: geometric } }";
        let found = crate::config::methodology(&flat(1, &[], &[], head)).unwrap_err();
        assert_eq!(found[0].message, "`index` takes a geometric mean, but `c1` can score zero");
        let head = "normalisation: none\nvariants: { bad: { normalisation: min-max } }";
        let rows = [vec![Some(1.0)], vec![Some(1.0)]];
        let found = crate::index::testing::run(&flat(1, &[], &[], head), &rows).unwrap_err();
        // The data checks of the main result may have something to tell too.
        let wanted = "variant `bad`: `c1` is 1 for every unit";
        assert!(found.iter().any(|d| d.message.starts_with(wanted)), "{found:#?}");
    }
}
