//! Balance of the dimensions and what holds cities back, in words.

use crate::content::reading_text::Voice;
use crate::content::results::{NodeAt, Results, UnitAt};
use crate::index::reading::Coupling;
use crate::lang::Lang;

/// Obstacles that are told by city.
const OBSTACLES: usize = 3;

/// Cities whose dimensions stand in best and worst balance.
pub(super) fn coupling(voice: Voice<'_>) -> String {
    let all = &voice.results.reading.couplings;
    let by = |key: fn(&Coupling) -> f64| {
        let mut order: Vec<&Coupling> = all.iter().collect();
        order.sort_by(|a, b| key(b).total_cmp(&key(a)).then(a.unit.cmp(&b.unit)));
        order
    };
    let (together, even) = (by(|own| own.coordination), by(|own| own.coupling));
    let (Some(first), Some(last)) = (together.first(), together.last()) else {
        return String::new();
    };
    let (Some(evenest), Some(unevenest)) = (even.first(), even.last()) else {
        return String::new();
    };
    if first.unit == last.unit {
        return String::new();
    }
    let told = |unit: UnitAt, value: f64| voice.with(&voice.unit(unit), &voice.number(value, 2));
    let (a, b) = (told(first.unit, first.coordination), told(last.unit, last.coordination));
    let (c, d) = (told(evenest.unit, evenest.coupling), told(unevenest.unit, unevenest.coupling));
    match voice.lang {
        Lang::Zh => format!(
            "耦合协调度最高的是{a}，最低的是{b}。单看耦合度，即各维度之间的均衡程度，最高的是{c}，最低的是{d}：均衡不等于水平高，二者要合起来看。"
        ),
        Lang::En => format!(
            "Coordination is highest in {a} and lowest in {b}. Coupling alone, which says how even the dimensions are, is highest in {c} and lowest in {d}: being even is not being high, and the two should be read together."
        ),
    }
}

/// The indicators that hold a unit back most, the largest first, with their degrees; at most three,
/// and none of no weight.
#[must_use]
pub(in crate::content) fn obstacles(results: &Results, unit: UnitAt) -> Vec<(NodeAt, f64)> {
    let found = results.reading.obstacles.iter().find(|own| own.unit == unit);
    let leaves = results.config.method.indicators();
    let degrees = found.map(|own| own.degrees.as_slice()).unwrap_or_default();
    let mut all: Vec<(NodeAt, f64)> = leaves
        .zip(degrees)
        .filter_map(|(leaf, degree)| Some((leaf, degree.filter(|&d| d > 0.0)?)))
        .collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    all.truncate(OBSTACLES);
    all
}

/// Which indicators stand first among the obstacles of how many cities.
pub(super) fn paragraph(voice: Voice<'_>) -> String {
    let mut counts: Vec<(NodeAt, usize)> = Vec::new();
    for own in &voice.results.reading.obstacles {
        for (node, _) in obstacles(voice.results, own.unit) {
            match counts.iter_mut().find(|(other, _)| *other == node) {
                Some((_, count)) => *count += 1,
                None => counts.push((node, 1)),
            }
        }
    }
    counts.sort_by_key(|&(node, count)| (std::cmp::Reverse(count), node));
    let named: Vec<String> = counts
        .iter()
        .take(OBSTACLES)
        .map(|&(node, count)| voice.with(&voice.node(node), &voice.cities(count)))
        .collect();
    let list = voice.list(&named);
    match (named.len(), voice.lang) {
        (0, _) => String::new(),
        (_, Lang::Zh) => format!(
            "列入各城市前三项障碍次数最多的是{list}：这些指标上多数城市离最高分最远，同样的权重在此留下的差距最大。"
        ),
        (_, Lang::En) => format!(
            "Most often among the three largest obstacles of a city are {list}: that is where most cities are furthest from the top score, so that the same weight leaves the widest gap."
        ),
    }
}
