//! An illustrative network: who is linked with whom is made up, the shape is that of an industry.
//!
//! Nodes arrive one by one, each with a first relation; between arrivals, relations appear among
//! the nodes that are there. A relation goes to a partner of a partner, answers an earlier one,
//! repeats one, or looks for a partner in the same category, in the same unit or anywhere, mostly
//! by Zipf's law among the nodes in order of arrival. Every choice is a function of the seed and of
//! the number of the relation.

use crate::num::pow;
use crate::random::{philox, unit_interval};

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct ModelSpec<'a> {
    /// Number of nodes.
    pub nodes: usize,
    /// Number of rows of relations.
    pub rows: usize,
    /// Seed of all choices.
    pub seed: u64,
    /// How likely a node stands in each unit, such as the population of each city; the sum need
    /// not be one. Negative weights count as none, and no weight at all makes all units equal.
    pub unit_weights: &'a [f64],
    /// Number of categories, at least one.
    pub categories: usize,
}

/// A network that was made up.
#[derive(Debug, Clone, PartialEq)]
pub struct Model {
    /// Nodes in order of arrival.
    pub nodes: Vec<ModelNode>,
    /// Rows in order of appearance.
    pub rows: Vec<ModelRow>,
}

/// A node that was made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelNode {
    /// Position of its unit among the weights; 0 where none were given.
    pub unit: usize,
    /// Number of its category.
    pub category: usize,
    /// Whether it belongs to the sample that is studied or is only related to it.
    pub sample: bool,
    /// Year of arrival, counted from 0, below [`YEARS`].
    pub year: usize,
}

/// A relation that was made up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ModelRow {
    /// Position of the node that gives.
    pub from: u32,
    /// Position of the node that receives.
    pub to: u32,
    /// Year of appearance, counted from 0, below [`YEARS`].
    pub year: usize,
}

/// Number of years over which the network grows.
pub const YEARS: usize = 9;

/// Nodes of the sample, nodes and rows at the end of each year, in the published growth of an
/// artificial-intelligence industry from 2014 to 2022; the sample of the last three years, which
/// falls by five, is held level.
const GROWTH: [[f64; 3]; YEARS] = [
    [493.0, 1973.0, 2602.0],
    [688.0, 2857.0, 4007.0],
    [880.0, 3549.0, 5370.0],
    [1238.0, 5660.0, 9658.0],
    [1712.0, 9281.0, 17889.0],
    [2088.0, 13403.0, 28271.0],
    [2200.0, 20902.0, 49781.0],
    [2200.0, 24808.0, 63809.0],
    [2200.0, 30765.0, 83815.0],
];

/// A new node is at the receiving end of its first relation.
const ARRIVES_AS_RECEIVER: f64 = 0.53;
/// What a relation between older nodes is.
const ANSWER: f64 = 0.094;
const REPEAT: f64 = 0.0145;
const LOOP: f64 = 0.001;
const CLOSURE: f64 = 0.018;
/// Where a partner is looked for; anywhere else.
const SAME_CATEGORY: f64 = 0.22;
const SAME_UNIT: f64 = 0.09;
/// The giver is any node, not one by seniority.
const ANY_GIVER: f64 = 0.18;
/// The receiver is any node where the giver was found by seniority, or was not: relations between
/// two hubs, and between two unknowns, are fewer than those between a hub and an unknown.
const ANY_RECEIVER_OF_SENIOR: f64 = 0.55;
const ANY_RECEIVER_OF_ANY: f64 = 0.03;
/// The partner of a node that arrives is any node.
const ANY_PARTNER: f64 = 0.10;
/// The relations of the r-th node of a place fall as r to minus this power.
const GIVER_POWER: f64 = 0.78;
const RECEIVER_POWER: f64 = 0.76;
/// A node has the category its unit favours.
const FAVOURITE: f64 = 0.3;
/// Choices that led nowhere are made again, at most so often.
const ATTEMPTS: u32 = 8;
/// The fractional part of the golden ratio spreads nodes evenly over units, hubs included.
const GOLDEN: f64 = 0.618_033_988_749_894_8;

/// Makes up a network.
#[must_use]
pub fn model(spec: &ModelSpec<'_>) -> Model {
    let mut growing = Growing::new(spec);
    let scale = |share: f64, total: usize| rounded(share * real(total));
    let [_, all_nodes, all_rows] = GROWTH[YEARS - 1];
    for (year, [sample, nodes, rows]) in GROWTH.into_iter().enumerate() {
        let before = if year == 0 { [0.0; 3] } else { GROWTH[year - 1] };
        let until = (scale(nodes / all_nodes, spec.nodes), scale(rows / all_rows, spec.rows));
        growing.sample_share = (sample - before[0]) / (nodes - before[1]);
        growing.grow(year, until);
    }
    Model { nodes: growing.nodes, rows: growing.rows }
}

#[expect(clippy::cast_precision_loss, reason = "counts of nodes and rows stay far below 2^53")]
const fn real(count: usize) -> f64 {
    count as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count")]
const fn rounded(count: f64) -> usize {
    (count + 0.5) as usize
}

/// Nodes of a category, of a unit or of all, in order of arrival.
#[derive(Default, Clone)]
struct Place {
    all: Vec<u32>,
    sample: Vec<u32>,
}

/// Which end of a relation is looked for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Giver,
    Receiver,
}

/// The network so far.
struct Growing<'a> {
    spec: &'a ModelSpec<'a>,
    /// Cumulated shares of the units.
    units: Vec<f64>,
    sample_share: f64,
    nodes: Vec<ModelNode>,
    rows: Vec<ModelRow>,
    /// Receivers from each node, for partners of partners.
    partners: Vec<Vec<u32>>,
    everywhere: Place,
    categories: Vec<Place>,
    by_unit: Vec<Place>,
}

/// The choices of one row, each a number in [0, 1) by its place in the sequence.
struct Choices {
    key: [u32; 2],
    row: u32,
    attempt: u32,
    next: u32,
}

impl Choices {
    /// Choices for a row, or for a node where `attempt` is `u32::MAX`.
    #[expect(clippy::cast_possible_truncation, reason = "the two halves of the seed")]
    fn new(seed: u64, number: usize, attempt: u32) -> Self {
        let row = u32::try_from(number).unwrap_or(u32::MAX);
        Self { key: [seed as u32, (seed >> 32) as u32], row, attempt, next: 0 }
    }

    fn share(&mut self) -> f64 {
        let [high, low, ..] = philox(self.key, [self.row, self.attempt, self.next, 0]);
        self.next += 1;
        unit_interval(high, low)
    }

    fn of<T: Copy>(&mut self, list: &[T]) -> Option<T> {
        let share = self.share();
        let at = floor(share * real(list.len()));
        list.get(at).copied()
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below a count")]
const fn floor(share: f64) -> usize {
    share as usize
}

impl<'a> Growing<'a> {
    fn new(spec: &'a ModelSpec<'a>) -> Self {
        let mut sum = 0.0;
        let weights =
            spec.unit_weights.iter().map(|weight| if *weight > 0.0 { *weight } else { 0.0 });
        let mut units: Vec<f64> = weights
            .map(|weight| {
                sum += weight;
                sum
            })
            .collect();
        if sum > 0.0 && sum.is_finite() {
            for unit in &mut units {
                *unit /= sum;
            }
        } else {
            let number = real(units.len());
            units = (1..=units.len()).map(|unit| real(unit) / number).collect();
        }
        Self {
            spec,
            sample_share: 0.0,
            nodes: Vec::with_capacity(spec.nodes),
            rows: Vec::with_capacity(spec.rows),
            partners: vec![Vec::new(); spec.nodes],
            everywhere: Place::default(),
            categories: vec![Place::default(); spec.categories.max(1)],
            by_unit: vec![Place::default(); units.len().max(1)],
            units,
        }
    }

    /// One year: arrivals and relations among older nodes take turns evenly.
    fn grow(&mut self, year: usize, (nodes, rows): (usize, usize)) {
        if self.nodes.is_empty() && self.spec.nodes > 0 {
            self.arrive(year);
        }
        let old = self.nodes.len();
        let arrivals = nodes.saturating_sub(old);
        let turns = rows - self.rows.len();
        for turn in 1..=turns {
            if self.nodes.len() - old < arrivals * turn / turns {
                let node = self.arrive(year);
                self.first_relation(node, year);
            } else {
                self.relation(year);
            }
        }
        while self.nodes.len() < nodes {
            self.arrive(year);
        }
    }

    /// A node without relations.
    fn arrive(&mut self, year: usize) -> u32 {
        let number = self.nodes.len();
        let node = u32::try_from(number).expect("networks have fewer than 2^32 nodes");
        let mut choices = Choices::new(self.spec.seed, number, u32::MAX);
        let even =
            (real(number) * GOLDEN + Choices::new(self.spec.seed, 0, u32::MAX).share()).fract();
        let unit = self.units.partition_point(|&until| until <= even);
        let unit = unit.min(self.by_unit.len() - 1);
        let number = self.categories.len();
        let category = if choices.share() < FAVOURITE {
            Choices::new(self.spec.seed, unit, u32::MAX - 1).share()
        } else {
            // Some categories are larger than others.
            let share = choices.share();
            share * share.sqrt()
        };
        let category = floor(category * real(number));
        let sample = choices.share() < self.sample_share;
        self.nodes.push(ModelNode { unit, category, sample, year });
        for place in [&mut self.everywhere, &mut self.categories[category], &mut self.by_unit[unit]]
        {
            place.all.push(node);
            if sample {
                place.sample.push(node);
            }
        }
        node
    }

    fn add(&mut self, from: u32, to: u32, year: usize) {
        self.rows.push(ModelRow { from, to, year });
        self.partners[from as usize].push(to);
    }

    /// The relation with which a node arrives.
    fn first_relation(&mut self, node: u32, year: usize) {
        for attempt in 0..=ATTEMPTS {
            let mut choices = Choices::new(self.spec.seed, self.rows.len(), attempt);
            let receives = choices.share() < ARRIVES_AS_RECEIVER;
            let end = if receives { End::Giver } else { End::Receiver };
            let partner = self.partner(&mut choices, node, end, ANY_PARTNER);
            // The node before this one is a partner that is always there.
            let partner = if attempt == ATTEMPTS { Some(node - 1) } else { partner };
            if let Some(partner) = partner.filter(|&partner| partner != node) {
                let (from, to) = if receives { (partner, node) } else { (node, partner) };
                return self.add(from, to, year);
            }
        }
    }

    /// A relation between nodes that are there.
    fn relation(&mut self, year: usize) {
        for attempt in 0..ATTEMPTS {
            let mut choices = Choices::new(self.spec.seed, self.rows.len(), attempt);
            if let Some((from, to)) = self.ends(&mut choices) {
                return self.add(from, to, year);
            }
        }
        // Nothing new can be had, as in a network of one node or with all pairs taken.
        let mut choices = Choices::new(self.spec.seed, self.rows.len(), ATTEMPTS);
        if let Some(row) = choices.of(&self.rows) {
            self.add(row.from, row.to, year);
        } else if let Some(node) = choices.of(&self.everywhere.all) {
            self.add(node, node, year);
        }
    }

    fn ends(&self, choices: &mut Choices) -> Option<(u32, u32)> {
        let kind = choices.share();
        if kind < LOOP {
            return choose(choices, &self.everywhere, End::Giver, ANY_GIVER)
                .map(|node| (node, node));
        }
        if kind < LOOP + REPEAT {
            return choices.of(&self.rows).map(|row| (row.from, row.to));
        }
        if kind < LOOP + REPEAT + ANSWER {
            let row = choices.of(&self.rows)?;
            return self.if_new(row.to, row.from);
        }
        let any = choices.share() < ANY_GIVER;
        let from = choose(choices, &self.everywhere, End::Giver, f64::from(any))?;
        let to = if kind < LOOP + REPEAT + ANSWER + CLOSURE {
            let partner = choices.of(&self.partners[from as usize])?;
            choices.of(&self.partners[partner as usize])?
        } else {
            let any = if any { ANY_RECEIVER_OF_ANY } else { ANY_RECEIVER_OF_SENIOR };
            self.partner(choices, from, End::Receiver, any)?
        };
        self.if_new(from, to)
    }

    fn if_new(&self, from: u32, to: u32) -> Option<(u32, u32)> {
        (from != to && !self.partners[from as usize].contains(&to)).then_some((from, to))
    }

    /// Somebody to relate to, near the node or anywhere.
    fn partner(&self, choices: &mut Choices, node: u32, end: End, any: f64) -> Option<u32> {
        let ModelNode { unit, category, .. } = self.nodes[node as usize];
        let near = choices.share();
        let place = if near < SAME_CATEGORY {
            &self.categories[category]
        } else if near < SAME_CATEGORY + SAME_UNIT {
            &self.by_unit[unit]
        } else {
            &self.everywhere
        };
        choose(choices, place, end, any)
    }
}

/// A node of a place: with probability `any` each alike, else by Zipf's law one of its sample.
fn choose(choices: &mut Choices, place: &Place, end: End, any: f64) -> Option<u32> {
    if choices.share() < any || place.sample.is_empty() {
        return choices.of(&place.all);
    }
    let power = match end {
        End::Giver => GIVER_POWER,
        End::Receiver => RECEIVER_POWER,
    };
    // Rank r has the interval from r to r + 1 of a density falling as r to minus the power.
    let rest = 1.0 - power;
    let whole = pow(real(place.sample.len() + 1), rest) - 1.0;
    let rank = pow(choices.share() * whole + 1.0, 1.0 / rest);
    place.sample.get(floor(rank) - 1).or(place.sample.last()).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::graph::Graph;
    use crate::network::statistics::statistics;

    fn spec(nodes: usize, rows: usize) -> ModelSpec<'static> {
        ModelSpec { nodes, rows, seed: 1, unit_weights: &[5.0, 3.0, 1.0, 1.0], categories: 6 }
    }

    fn graph(made: &Model) -> Graph {
        let rows: Vec<(u32, u32)> = made.rows.iter().map(|row| (row.from, row.to)).collect();
        Graph::new(made.nodes.len(), &rows)
    }

    #[test]
    fn as_many_as_asked_for_in_any_proportion() {
        for (nodes, rows) in [(0, 0), (1, 0), (1, 5), (2, 9), (10, 3), (500, 700), (40, 4000)] {
            let made = model(&spec(nodes, rows));
            let expected = if nodes == 0 { 0 } else { rows };
            assert_eq!((made.nodes.len(), made.rows.len()), (nodes, expected));
            assert_eq!(graph(&made).rows(), expected);
        }
    }

    #[test]
    fn the_seed_decides() {
        assert_eq!(model(&spec(200, 500)), model(&spec(200, 500)));
        assert_ne!(model(&spec(200, 500)), model(&ModelSpec { seed: 2, ..spec(200, 500) }));
    }

    #[test]
    fn no_relation_before_its_nodes() {
        let made = model(&spec(3000, 8000));
        for row in &made.rows {
            assert!(made.nodes[row.from as usize].year <= row.year);
            assert!(made.nodes[row.to as usize].year <= row.year && row.year < YEARS);
        }
        assert!(made.rows.is_sorted_by_key(|row| row.year));
    }

    /// A few have most, relations stay within a category more often than by chance, and a
    /// tenth of them is answered.
    #[test]
    fn shaped_like_an_industry() {
        let made = model(&spec(3000, 8000));
        let found = statistics(&graph(&made));
        assert_eq!(found.weak_components.count, 1);
        assert!(found.out_concentration.unwrap().gini > 0.7);
        assert!((0.08..0.2).contains(&found.reciprocity.unwrap()));
        assert!(found.assortativity.undirected.unwrap() < -0.05);
        assert!(found.loops > 0 && found.pairs + found.loops < found.edges);
        let same = |key: fn(&ModelNode) -> usize| {
            let node = |at: u32| key(&made.nodes[at as usize]);
            made.rows.iter().filter(|row| node(row.from) == node(row.to)).count()
        };
        assert!(same(|node| node.category) > 8000 / 4 && same(|node| node.unit) > 8000 / 3);
        let sample = made.nodes.iter().filter(|node| node.sample).count();
        assert!((150..280).contains(&sample), "{sample}");
        let first = made.nodes.iter().filter(|node| node.unit == 0).count();
        assert!((1490..1510).contains(&first), "{first}");
    }

    #[test]
    fn units_without_weights_are_equal() {
        let made = model(&ModelSpec { unit_weights: &[0.0, -1.0], ..spec(100, 300) });
        assert_eq!(made.nodes.iter().filter(|node| node.unit == 0).count(), 50);
        assert!(
            model(&ModelSpec { unit_weights: &[], ..spec(9, 20) })
                .nodes
                .iter()
                .all(|n| n.unit == 0)
        );
    }
}
