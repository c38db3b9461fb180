//! How cities were sorted into types, in words.

use crate::config::{Balance, BalanceBy, LeadingBy, TypeRule, TypologyRule};
use crate::content::results::Results;
use crate::content::sentences::inside;
use crate::content::words::{count_before_noun, join};
use crate::lang::Lang;
use crate::num::fixed;

/// The paragraph on types; empty if the methodology sorts into none.
pub(super) fn paragraph(results: &Results, lang: Lang) -> String {
    let Some(rule) = &results.config.method.typology else { return String::new() };
    let count = count_before_noun(results.dimensions().len(), lang);
    let kinds: Vec<String> = rule
        .types
        .iter()
        .map(|kind| {
            let name = kind.name.text(lang);
            let conditions = conditions(results, kind, lang);
            match (conditions.is_empty(), lang) {
                (true, Lang::Zh) => format!("{name}（其余城市）"),
                (true, Lang::En) => format!("{name} (all others)"),
                (false, Lang::Zh) => format!("{name}（{}）", conditions.join("，且")),
                (false, Lang::En) => format!("{name} ({})", conditions.join(" and ")),
            }
        })
        .collect();
    let (even, balance) =
        (kinds.join(if lang == Lang::Zh { "、" } else { "; " }), limits(rule, lang));
    let unit = match (rule.leading, lang) {
        (LeadingBy::ZScore, Lang::Zh) => "，以样本标准差为单位",
        (LeadingBy::ZScore, Lang::En) => ", in standard deviations of the sample",
        (LeadingBy::MeanDistance, Lang::Zh) => "，以分计",
        (LeadingBy::MeanDistance, Lang::En) => ", in points",
    };
    match lang {
        Lang::Zh => format!(
            "城市类型按维度得分的结构划分。最突出的维度，是得分超出样本均值最多的维度{unit}；均衡程度以{count}个维度得分的{balance}。各类型依次判定，城市归入首个符合的类型：{even}。"
        ),
        Lang::En => format!(
            "Types follow the structure of the dimension scores. The most prominent dimension of a city is the one in which it stands furthest above the sample mean{unit}; balance is measured by the {} of the {count} dimension scores: {balance}. A city is of the first type it fits, in this order: {even}.",
            match rule.balance {
                BalanceBy::Cv => "coefficient of variation",
                BalanceBy::Coupling => "coupling",
            }
        ),
    }
}

/// The thresholds of balance.
fn limits(rule: &TypologyRule, lang: Lang) -> String {
    let (balanced, skewed) = (fixed(rule.balanced, 2, lang), fixed(rule.skewed, 2, lang));
    match (rule.balance, lang) {
        (BalanceBy::Cv, Lang::Zh) => {
            format!("变异系数衡量，不超过{balanced}为均衡，达到{skewed}为偏斜")
        }
        (BalanceBy::Coupling, Lang::Zh) => {
            format!("耦合度衡量，达到{balanced}为均衡，不超过{skewed}为偏斜")
        }
        (BalanceBy::Cv, Lang::En) => {
            format!("up to {balanced} counts as balanced, from {skewed} as skewed")
        }
        (BalanceBy::Coupling, Lang::En) => {
            format!("from {balanced} counts as balanced, up to {skewed} as skewed")
        }
    }
}

fn conditions(results: &Results, kind: &TypeRule, lang: Lang) -> Vec<String> {
    let mut all = Vec::new();
    let zh = lang == Lang::Zh;
    if !kind.leading.is_empty() {
        let names: Vec<String> = kind
            .leading
            .iter()
            .map(|&d| {
                let name = results.node(d).name.text(lang);
                if zh { name.to_owned() } else { inside(name) }
            })
            .collect();
        let names = names.join(if zh { "或" } else { " or " });
        all.push(if zh { format!("{names}最突出") } else { format!("{names} most prominent") });
    }
    if let Some(balance) = kind.balance {
        let (own_zh, own_en) = match balance {
            Balance::Balanced => ("得分均衡", "balanced scores"),
            Balance::Between => ("均衡程度居中", "neither balanced nor skewed"),
            Balance::Skewed => ("得分偏斜", "skewed scores"),
        };
        all.push(if zh { own_zh } else { own_en }.to_owned());
    }
    let tiers = results.config.method.tiers.as_ref().map(|rule| rule.names.get(lang));
    if let Some(tiers) = tiers.filter(|_| !kind.tiers.is_empty()) {
        let names: Vec<String> = kind.tiers.iter().filter_map(|&t| tiers.get(t).cloned()).collect();
        let names = join(&names, lang);
        all.push(if zh { format!("属于{names}") } else { format!("in {names}") });
    }
    match kind.below_mean {
        Some(true) if zh => all.push("各维度均低于样本均值".to_owned()),
        Some(true) => all.push("every dimension below the sample mean".to_owned()),
        Some(false) if zh => all.push("至少一个维度不低于样本均值".to_owned()),
        Some(false) => all.push("at least one dimension at the sample mean or above".to_owned()),
        None => {}
    }
    all
}
