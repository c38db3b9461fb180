//! Influence against stated weight, in words.

use crate::content::reading_text::{Voice, capital};
use crate::index::reading::Influence;
use crate::lang::Lang;

/// From this multiple of its weight on, the influence of an indicator is called large.
const LARGE: f64 = 2.0;
/// Up to this multiple of its weight, it is called small.
const SMALL: f64 = 0.2;

/// Influence over weight of dimensions that differs by less than this factor is alike.
const ALIKE: f64 = 1.1;

/// Which dimensions and indicators move the index more or less than their weights say.
pub(super) fn paragraph(voice: Voice<'_>) -> String {
    let all = &voice.results.reading.influence;
    let of_kind = |leaf: bool| -> Vec<&Influence> {
        let kind = |own: &&Influence| {
            let node = voice.results.node(own.node);
            if leaf {
                node.indicator().is_some()
            } else {
                node.level == 1 && node.indicator().is_none()
            }
        };
        all.iter().filter(kind).filter(|own| own.share.is_some()).collect()
    };
    voice.together(&[
        dimensions(voice, &of_kind(false)),
        indicators(voice, &of_kind(true)),
        against(voice, &of_kind(true)),
    ])
}

fn ratio(own: &Influence) -> f64 {
    if own.effective_weight > 0.0 { own.share.unwrap_or(0.0) / own.effective_weight } else { 0.0 }
}

/// The dimension that gains most on its weight and the one that loses most.
fn dimensions(voice: Voice<'_>, all: &[&Influence]) -> String {
    let by_ratio = |a: &&&Influence, b: &&&Influence| ratio(a).total_cmp(&ratio(b));
    let (Some(most), Some(least)) = (all.iter().max_by(by_ratio), all.iter().min_by(by_ratio))
    else {
        return String::new();
    };
    if most.node == least.node {
        return String::new();
    }
    if ratio(most) < ALIKE * ratio(least) {
        return match voice.lang {
            Lang::Zh => "各维度的影响份额与权重大体相当。",
            Lang::En => "The dimensions move the index about as much as their weights say.",
        }
        .to_owned();
    }
    let told = |own: &Influence| {
        (
            voice.node(own.node),
            voice.percent(own.share.unwrap_or(0.0)),
            voice.percent(own.effective_weight),
        )
    };
    let ((a, share_a, weight_a), (b, share_b, weight_b)) = (told(most), told(least));
    match voice.lang {
        Lang::Zh => format!(
            "各维度对总指数的影响与其权重并不一致：{a}的影响份额为{share_a}，权重为{weight_a}；{b}的影响份额为{share_b}，权重为{weight_b}。"
        ),
        Lang::En => format!(
            "The dimensions do not move the index in proportion to their weights: {a} has {share_a} of the influence for a weight of {weight_a}, {b} {share_b} for {weight_b}."
        ),
    }
}

/// Indicators whose influence is far above or far below their weight.
fn indicators(voice: Voice<'_>, all: &[&Influence]) -> String {
    let pick = |test: &dyn Fn(f64) -> bool, up: bool| -> Vec<String> {
        let mut picked: Vec<&&Influence> = all.iter().filter(|own| test(ratio(own))).collect();
        picked.sort_by(|a, b| {
            let order = ratio(b).total_cmp(&ratio(a));
            (if up { order } else { order.reverse() }).then(a.node.cmp(&b.node))
        });
        let named = picked
            .into_iter()
            .map(|own| voice.with(&voice.node(own.node), &voice.percent(own.share.unwrap_or(0.0))));
        named.collect()
    };
    let (large, small) = (pick(&|r| r >= LARGE, true), pick(&|r| r <= SMALL, false));
    let (up, down) = (voice.list(&large), voice.list(&small));
    let one = small.len() == 1;
    match (voice.lang, large.is_empty(), small.is_empty()) {
        (Lang::Zh, true, true) => {
            "没有指标的影响份额达到权重的两倍，也没有不及权重五分之一的。".to_owned()
        }
        (Lang::En, true, true) => {
            "No indicator has twice the influence its weight would give, and none less than a fifth of it.".to_owned()
        }
        (Lang::Zh, false, true) => format!("影响份额达到权重两倍以上的指标有{up}。"),
        (Lang::En, false, true) => {
            format!("At least twice their weight in influence: {up}.")
        }
        (Lang::Zh, true, false) => {
            format!("影响份额不及权重五分之一的指标有{down}，它们计入得分，对城市的排序却作用很小。")
        }
        (Lang::En, true, false) => format!(
            "{} {} no more than a fifth of the influence that the weight would give: counted in the score, with little effect on the order of the cities.",
            capital(&down),
            if one { "has" } else { "have" }
        ),
        (Lang::Zh, false, false) => format!(
            "影响份额达到权重两倍以上的指标有{up}；不及权重五分之一的有{down}，它们计入得分，对城市的排序却作用很小。"
        ),
        (Lang::En, false, false) => format!(
            "{} {} at least twice the influence that the weight would give. {} {} no more than a fifth of it: counted in the score, with little effect on the order of the cities.",
            capital(&up),
            if large.len() == 1 { "has" } else { "have" },
            capital(&down),
            if one { "has" } else { "have" }
        ),
    }
}

/// Indicators that run against the index.
fn against(voice: Voice<'_>, all: &[&Influence]) -> String {
    let named: Vec<String> = all
        .iter()
        .filter_map(|own| {
            // As it is printed: −0.00 is no opposition.
            let r = own.correlation.filter(|&r| crate::num::round_to(r, 2) < 0.0)?;
            Some(voice.with(&voice.node(own.node), &voice.number(r, 2)))
        })
        .collect();
    let list = voice.list(&named);
    match (named.len(), voice.lang) {
        (0, _) => String::new(),
        (_, Lang::Zh) => {
            format!("{list}与总指数负相关：在这些指标上得分高的城市，总指数往往较低。")
        }
        (count, Lang::En) => format!(
            "{} {} negatively correlated with the index: cities that score well there tend to stand lower overall.",
            capital(&list),
            if count == 1 { "is" } else { "are" }
        ),
    }
}
