//! What the uncertainty analysis says about units and choices, in the words of a language: what
//! figures, tables and sentences share.

use crate::config::Direction;
use crate::content::results::{NodeAt, Results, UnitAt};
use crate::index::robustness::Source;
use crate::lang::Lang;
use crate::num::{fixed, pow, rank_span, round_to};

/// The interval of a unit's rank at a node as printed, such as `6–13`; `None` where it is not known.
#[must_use]
pub(super) fn interval(
    results: &Results,
    unit: UnitAt,
    node: NodeAt,
    lang: Lang,
) -> Option<String> {
    results.interval(unit, node).map(|(low, high)| rank_span(low, high, lang))
}

/// What an interval is called.
#[must_use]
pub(super) const fn interval_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "5%—95%区间",
        Lang::En => "5–95% interval",
    }
}

/// A probability as a whole percentage: what is neither impossible nor certain is not rounded to it.
#[must_use]
pub(super) fn percent(share: f64, lang: Lang) -> String {
    match round_to(share * 100.0, 0) {
        p if p <= 0.0 && share > 0.0 => "<1%".to_owned(),
        p if p >= 100.0 && share < 1.0 => ">99%".to_owned(),
        p => format!("{}%", fixed(p, 0, lang)),
    }
}

/// The name of a source of uncertainty.
#[must_use]
pub(super) fn source_name(results: &Results, source: Source, lang: Lang) -> String {
    let deepest = results.config.method.nodes.iter().map(|node| node.level).max().unwrap_or(0);
    match (source, lang) {
        (Source::Treatment, Lang::Zh) => "离群值处理".to_owned(),
        (Source::Treatment, Lang::En) => "Treatment of outliers".to_owned(),
        (Source::Imputation, Lang::Zh) => "缺失值处理".to_owned(),
        (Source::Imputation, Lang::En) => "Imputation".to_owned(),
        (Source::Normalisation, Lang::Zh) => "标准化方法".to_owned(),
        (Source::Normalisation, Lang::En) => "Normalisation".to_owned(),
        (Source::Aggregation, Lang::Zh) => "合成方式".to_owned(),
        (Source::Aggregation, Lang::En) => "Aggregation".to_owned(),
        (Source::Weights, Lang::Zh) => "各级权重".to_owned(),
        (Source::Weights, Lang::En) => "Weights".to_owned(),
        (Source::WeightsAtLevel(level), Lang::Zh) if level == deepest => "指标权重".to_owned(),
        (Source::WeightsAtLevel(level), Lang::En) if level == deepest => {
            "Weights of indicators".to_owned()
        }
        (Source::WeightsAtLevel(1), Lang::Zh) => "维度权重".to_owned(),
        (Source::WeightsAtLevel(1), Lang::En) => "Weights of dimensions".to_owned(),
        (Source::WeightsAtLevel(2), Lang::Zh) => "分维度权重".to_owned(),
        (Source::WeightsAtLevel(2), Lang::En) => "Weights of sub-dimensions".to_owned(),
        (Source::WeightsAtLevel(level), Lang::Zh) => format!("第{level}级权重"),
        (Source::WeightsAtLevel(level), Lang::En) => format!("Weights at level {level}"),
        (Source::WeightsBelow(node), Lang::Zh) => {
            format!("{}之下的权重", results.node(node).name.zh)
        }
        (Source::WeightsBelow(node), Lang::En) => {
            format!("Weights below {}", super::sentences::inside(&results.node(node).name.en))
        }
        (Source::Values, Lang::Zh) => "数据误差".to_owned(),
        (Source::Values, Lang::En) => "Values of indicators".to_owned(),
    }
}

/// The unit one rank above: the last of those with a better rank.
#[must_use]
pub(super) fn next_above(results: &Results, unit: UnitAt) -> Option<UnitAt> {
    let own = results.rank(unit, 0)?;
    let above = |&&other: &&UnitAt| results.rank(other, 0).is_some_and(|rank| rank < own);
    results.order(0).iter().rev().find(above).copied()
}

/// A value that one indicator would have to take, both values as they are printed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Step {
    /// The indicator.
    pub node: NodeAt,
    /// The present value.
    pub now: f64,
    /// The value that suffices, rounded away from the present one.
    pub needed: f64,
    /// The change as a fraction of the present value.
    pub relative: f64,
}

/// The changes of single indicators that lift a unit one rank, the smallest relative change first
/// and equals in the order of the framework. Left out are indicators whose value is zero, and values
/// better than any city of the sample has: nobody has shown that they can be had.
#[must_use]
pub(super) fn steps(results: &Results, unit: UnitAt) -> Vec<Step> {
    let gains = results.robustness.as_ref().map_or(&[][..], |r| &r.gains);
    let Some(own) = gains.iter().find(|own| own.unit == unit) else { return Vec::new() };
    let steps = own.gains.iter().flatten().filter_map(|gain| {
        let spec = results.spec(gain.node)?;
        let now = round_to(results.cell(unit, gain.node)?.value, spec.decimals);
        let needed = beyond(gain.value, spec.decimals, gain.change >= 0.0);
        let relative = (needed - now) / now.abs();
        let moves = match spec.direction {
            Direction::Positive => needed > now,
            Direction::Negative => needed < now,
        };
        let values = results.by_value(gain.node);
        let within = match spec.direction {
            Direction::Positive => values.first().is_some_and(|(_, best)| gain.value <= *best),
            Direction::Negative => values.last().is_some_and(|(_, best)| gain.value >= *best),
        };
        (now != 0.0 && moves && within && relative.is_finite()).then_some(Step {
            node: gain.node,
            now,
            needed,
            relative,
        })
    });
    let mut steps: Vec<Step> = steps.collect();
    steps.sort_by(|a, b| a.relative.abs().total_cmp(&b.relative.abs()));
    steps
}

/// The first of [`steps`].
#[must_use]
pub(super) fn cheapest_step(results: &Results, unit: UnitAt) -> Option<Step> {
    steps(results, unit).first().copied()
}

/// The nearest number of so many decimals that is not below `value` (not above, going down).
fn beyond(value: f64, decimals: usize, up: bool) -> f64 {
    let near = round_to(value, decimals);
    let step = pow(10.0, -(f64::from(u32::try_from(decimals).unwrap_or(0))));
    // A threshold that is a printed number but for rounding is that number.
    let slack = step * 1e-9;
    let reached = if up { near >= value - slack } else { near <= value + slack };
    match (reached, up) {
        (true, _) => near,
        (false, true) => round_to(near + step, decimals),
        (false, false) => round_to(near - step, decimals),
    }
}

/// The share a weight can have when it and its siblings vary by a relative noise: w (1 ± f) over
/// the sum, with all siblings at the other end.
#[must_use]
pub(super) fn weight_range(weight: f64, noise: f64) -> (f64, f64) {
    let share = |own: f64, others: f64| own / (own + others);
    let (less, more) = (1.0 - noise, 1.0 + noise);
    if weight <= 0.0 || weight >= 1.0 {
        return (weight, weight);
    }
    (share(weight * less, (1.0 - weight) * more), share(weight * more, (1.0 - weight) * less))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_rounded_away_from_what_is() {
        assert_eq!(beyond(5.391, 2, true).to_string(), "5.4");
        assert_eq!(beyond(5.4, 2, true).to_string(), "5.4");
        assert_eq!(beyond(3.02, 0, true).to_string(), "4");
        assert_eq!(beyond(3.98, 0, false).to_string(), "3");
        // 0.1 + 0.2 is a little above 0.3.
        assert_eq!(beyond(0.1 + 0.2, 1, true).to_string(), "0.3");
    }

    #[test]
    fn probabilities_are_not_rounded_to_certainty() {
        let told = |share: f64| percent(share, Lang::En);
        assert_eq!([0.0, 0.004, 0.5, 0.996, 1.0].map(told), ["0%", "<1%", "50%", ">99%", "100%"]);
    }

    #[test]
    fn weights_reach_as_far_as_all_siblings_let_them() {
        // 0.1875 / (0.1875 + 0.9375) and 0.3125 / (0.3125 + 0.5625).
        let (low, high) = weight_range(0.25, 0.25);
        assert!((low - 1.0 / 6.0).abs() < 1e-12 && (high - 5.0 / 14.0).abs() < 1e-12);
        assert_eq!(weight_range(1.0, 0.25).0.to_string(), "1");
    }
}
