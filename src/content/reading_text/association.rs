//! Correlations, consistency and components, in words.

use crate::content::reading_text::{Voice, capital};
use crate::content::results::{NodeAt, Results};
use crate::content::words::count_before_noun;
use crate::index::reading::{Association, Component, Flag, HIGH, Relation};
use crate::lang::Lang;

/// Below this alpha, components are usually held to measure different things.
const WEAK_ALPHA: f64 = 0.7;
/// From this correlation on, two dimensions are close to one another.
const CLOSE: f64 = 0.7;
/// Indicators that are named for a component.
const NAMED: usize = 3;
/// Up to this correlation, a negative pair is listed; weaker ones say little in a small sample.
pub(in crate::content) const OPPOSED: f64 = -0.2;

/// Pairs of indicators worth a look: all that are nearly the same, and those that offset each
/// other within a dimension or run against a node above; strongest first.
#[must_use]
pub(in crate::content) fn flagged_pairs(results: &Results) -> Vec<&Association> {
    let leaf = |node: NodeAt| results.spec(node).is_some();
    let mut found: Vec<&Association> = results
        .reading
        .associations
        .iter()
        .filter(|own| leaf(own.left))
        .filter(|own| match own.flag {
            Some(Flag::High) => leaf(own.right),
            Some(Flag::Negative) => {
                printed(own) <= OPPOSED
                    && match own.relation {
                        Relation::Siblings | Relation::Parent | Relation::Ancestor => true,
                        Relation::Level => {
                            dimension(results, own.left) == dimension(results, own.right)
                        }
                    }
            }
            None => false,
        })
        .collect();
    found.sort_by(|a, b| {
        printed(b).total_cmp(&printed(a)).then((a.left, a.right).cmp(&(b.left, b.right)))
    });
    found
}

fn printed(own: &Association) -> f64 {
    crate::num::round_to(own.pearson.unwrap_or(0.0), 2)
}

/// The dimension above a node.
fn dimension(results: &Results, mut node: NodeAt) -> NodeAt {
    while let Some(parent) = results.node(node).parent.filter(|&parent| parent != 0) {
        node = parent;
    }
    node
}

/// How dimensions go together, and how many pairs of indicators are nearly the same or opposed.
pub(super) fn correlations(voice: Voice<'_>) -> String {
    voice.together(&[between_dimensions(voice), high_pairs(voice), negative_pairs(voice)])
}

fn between_dimensions(voice: Voice<'_>) -> String {
    let results = voice.results;
    let inner = |node: NodeAt| results.node(node).level == 1;
    let pairs: Vec<(&Association, f64)> = results
        .reading
        .associations
        .iter()
        .filter(|own| inner(own.left) && inner(own.right))
        .filter_map(|own| Some((own, own.pearson?)))
        .collect();
    let by = |a: &&(&Association, f64), b: &&(&Association, f64)| a.1.total_cmp(&b.1);
    let (Some(most), Some(least)) = (pairs.iter().max_by(by), pairs.iter().min_by(by)) else {
        return String::new();
    };
    let told = |(own, r): &(&Association, f64)| {
        (voice.node(own.left), voice.node(own.right), voice.number(*r, 2))
    };
    let ((a, b, high), (c, d, low)) = (told(most), told(least));
    let negative = pairs.iter().filter(|(own, _)| printed(own) < 0.0).count();
    let (close_zh, close_en) = if least.1 < CLOSE {
        ("，但远非完全一致", ", though they are far from being the same")
    } else {
        ("", "")
    };
    match (pairs.len(), negative, voice.lang) {
        (1, _, Lang::Zh) => format!("两个维度的相关系数为{high}。"),
        (1, _, Lang::En) => format!("The two dimensions have a correlation of {high}."),
        (_, 0, Lang::Zh) => format!(
            "各维度两两正相关，系数最高的是{a}与{b}（{high}），最低的是{c}与{d}（{low}）：一个维度上领先的城市，在其他维度上通常也不落后{close_zh}。"
        ),
        (_, 0, Lang::En) => format!(
            "The dimensions are positively correlated throughout, most between {a} and {b} ({high}), least between {c} and {d} ({low}): a city ahead on one is usually not behind on the others{close_en}."
        ),
        (_, _, Lang::Zh) => format!(
            "各维度之间有{negative}对负相关，系数最低的是{c}与{d}（{low}），最高的是{a}与{b}（{high}）：负相关的维度在总指数中相互抵消。"
        ),
        (_, _, Lang::En) => format!(
            "{} of the pairs of dimensions {} negatively correlated, lowest {c} with {d} ({low}); the highest correlation is that of {a} with {b} ({high}). Dimensions that oppose each other offset each other in the index.",
            capital(&count_before_noun(negative, voice.lang)),
            if negative == 1 { "is" } else { "are" }
        ),
    }
}

/// Pairs of indicators at one level, and those among them that are flagged.
fn indicator_pairs(voice: Voice<'_>) -> impl Iterator<Item = &Association> {
    let results = voice.results;
    let leaf = |node: NodeAt| results.spec(node).is_some();
    let pairs = results.reading.associations.iter();
    pairs.filter(move |own| leaf(own.left) && leaf(own.right) && own.pearson.is_some())
}

fn high_pairs(voice: Voice<'_>) -> String {
    let high: Vec<&Association> =
        indicator_pairs(voice).filter(|own| own.flag == Some(Flag::High)).collect();
    let all = indicator_pairs(voice).count();
    let bound = voice.number(HIGH, 1);
    // Who turns up most often; equals in the order of the framework.
    let mut turns: Vec<(NodeAt, usize)> = Vec::new();
    for node in high.iter().flat_map(|own| [own.left, own.right]) {
        match turns.iter_mut().find(|(other, _)| *other == node) {
            Some((_, count)) => *count += 1,
            None => turns.push((node, 1)),
        }
    }
    turns.sort_by_key(|&(node, count)| (std::cmp::Reverse(count), node));
    let often: Vec<String> = turns
        .iter()
        .take_while(|(_, count)| *count > 1 && *count == turns[0].1)
        .map(|&(node, _)| voice.node(node))
        .collect();
    let count = high.len();
    let names = voice.list(&often);
    match (count, often.is_empty(), voice.lang) {
        (0, _, Lang::Zh) => format!("{all}对指标中没有相关系数高于{bound}的。"),
        (0, _, Lang::En) => {
            format!("Of the {all} pairs of indicators none has a correlation above {bound}.")
        }
        (_, true, Lang::Zh) => format!(
            "{all}对指标中有{count}对的相关系数高于{bound}：成对的两项指标给出几乎相同的排序，等于把同一信息计了两次。"
        ),
        (_, true, Lang::En) => format!(
            "Of the {all} pairs of indicators {count} {} a correlation above {bound}: the two order the cities almost alike, so that the same information counts twice.",
            if count == 1 { "has" } else { "have" }
        ),
        (_, false, Lang::Zh) => format!(
            "{all}对指标中有{count}对的相关系数高于{bound}，出现最多的是{names}：成对的两项指标给出几乎相同的排序，等于把同一信息计了两次。"
        ),
        (_, false, Lang::En) => format!(
            "Of the {all} pairs of indicators {count} have a correlation above {bound}, most often with {names}: the two of a pair order the cities almost alike, so that the same information counts twice."
        ),
    }
}

fn negative_pairs(voice: Voice<'_>) -> String {
    let negative: Vec<&Association> =
        indicator_pairs(voice).filter(|own| printed(own) < 0.0).collect();
    let Some(worst) = negative.iter().min_by(|a, b| printed(a).total_cmp(&printed(b))) else {
        return String::new();
    };
    let (a, b) = (voice.node(worst.left), voice.node(worst.right));
    let (r, count) = (voice.number(printed(worst), 2), negative.len());
    match voice.lang {
        Lang::Zh => {
            format!("另有{count}对为负，最强的是{a}与{b}（{r}）：此高彼低，合成时相互抵消。")
        }
        Lang::En if count == 1 => format!(
            "One pair, {a} and {b}, is negatively correlated ({r}): what a city gains on the one it tends to lose on the other."
        ),
        Lang::En => format!(
            "{count} pairs are negatively correlated, most of all {a} and {b} ({r}): what a city gains on the one it tends to lose on the other."
        ),
    }
}

/// Cronbach's alpha of the indicators of the index and of each dimension.
pub(super) fn consistency(voice: Voice<'_>) -> String {
    let results = voice.results;
    let alpha = |wanted: &dyn Fn(NodeAt) -> bool| -> Vec<(NodeAt, f64)> {
        let all = results.reading.consistency.iter().filter(|own| wanted(own.node));
        all.filter_map(|own| Some((own.node, own.alpha_indicators?))).collect()
    };
    let whole = alpha(&|node| node == 0);
    let dimensions = alpha(&|node| results.node(node).level == 1);
    let Some(&(_, index)) = whole.first() else { return String::new() };
    let weak: Vec<String> = dimensions
        .iter()
        .filter(|(_, alpha)| *alpha < WEAK_ALPHA)
        .map(|&(node, alpha)| voice.with(&voice.node(node), &voice.number(alpha, 2)))
        .collect();
    let (index, bound) = (voice.number(index, 2), voice.number(WEAK_ALPHA, 1));
    let names = voice.list(&weak);
    match (weak.is_empty(), voice.lang) {
        (true, Lang::Zh) => format!(
            "全部指标的克龙巴赫α系数为{index}，各维度之内也都不低于习惯上的界限{bound}：同一维度的指标大体指向同一方面。"
        ),
        (true, Lang::En) => format!(
            "Cronbach's alpha is {index} over all indicators and not below the customary {bound} within any dimension: the indicators of a dimension point in the same direction."
        ),
        (false, Lang::Zh) => format!(
            "全部指标的克龙巴赫α系数为{index}；维度之内低于习惯界限{bound}的有{names}，其下的指标反映几个不同的方面，维度得分是它们的汇总，不是单一的特征。"
        ),
        (false, Lang::En) => format!(
            "Cronbach's alpha is {index} over all indicators; it lies below the customary {bound} within {names}, whose indicators describe several things at once: the score there sums them up and does not stand for a single trait."
        ),
    }
}

/// Components with an eigenvalue above one; at least one.
#[must_use]
pub(in crate::content) fn kept(components: &[Component]) -> &[Component] {
    let count = components.iter().take_while(|own| own.eigenvalue > 1.0).count();
    &components[..count.max(1).min(components.len())]
}

/// The indicators that weigh most in a component, with the sign of their entries.
#[must_use]
pub(in crate::content) fn leading(results: &Results, component: &Component) -> Vec<(NodeAt, f64)> {
    let Some(all) = &results.reading.components else { return Vec::new() };
    let root = f64::sqrt(component.eigenvalue.max(0.0));
    let mut entries: Vec<(NodeAt, f64)> =
        all.indicators.iter().zip(&component.vector).map(|(&node, x)| (node, x * root)).collect();
    entries.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()).then(a.0.cmp(&b.0)));
    entries.truncate(NAMED);
    entries
}

/// How much of the variance few components explain.
pub(super) fn components(voice: Voice<'_>) -> String {
    let Some(all) = &voice.results.reading.components else { return String::new() };
    let kept = kept(&all.components);
    let (Some(first), Some(last)) = (kept.first(), kept.last()) else { return String::new() };
    let names: Vec<String> = leading(voice.results, first)
        .into_iter()
        .map(|(node, loading)| voice.with(&voice.node(node), &voice.number(loading, 2)))
        .collect();
    let (share, cumulative) = (voice.percent(first.share), voice.percent(last.cumulative));
    let (names, n) = (voice.list(&names), all.indicators.len());
    let count = count_before_noun(kept.len(), voice.lang);
    match (kept.len(), voice.lang) {
        (1, Lang::Zh) => format!(
            "主成分分析中，只有第一主成分的特征值大于1，解释{n}项指标方差的{share}，与之相关最强的是{names}。"
        ),
        (1, Lang::En) => format!(
            "In a principal component analysis one component alone has an eigenvalue above one; it explains {share} of the variance of the {n} indicators and is most closely related to {names}."
        ),
        (_, Lang::Zh) => format!(
            "主成分分析中，第一主成分解释{n}项指标方差的{share}，与之相关最强的是{names}；特征值大于1的{count}个主成分合计解释{cumulative}。"
        ),
        (_, Lang::En) => format!(
            "In a principal component analysis the first component explains {share} of the variance of the {n} indicators; it is most closely related to {names}. The {count} components with an eigenvalue above one explain {cumulative} together."
        ),
    }
}
