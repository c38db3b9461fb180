//! How tiers were formed, in words.

use crate::config::TierMethod;
use crate::content::results::Results;
use crate::content::words::{count_before_noun, join};
use crate::index::TierDetail;
use crate::lang::Lang;
use crate::num::fixed;

/// The paragraph on tiers; empty if the methodology forms none.
pub(super) fn paragraph(results: &Results, lang: Lang) -> String {
    let Some(tiers) = &results.index.log.tiers else { return String::new() };
    let count = count_before_noun(tiers.sizes.len(), lang);
    let numbers = |values: &[f64]| -> String {
        let values: Vec<String> = values.iter().map(|&v| fixed(v, 2, lang)).collect();
        match lang {
            Lang::Zh => values.join("、"),
            Lang::En => join(&values, lang),
        }
    };
    let cuts = numbers(&tiers.cuts);
    let goodness = fixed(tiers.goodness, 3, lang);
    match (&tiers.rule, lang) {
        (TierMethod::NaturalBreaks, Lang::Zh) => format!(
            "梯队按总指数得分的自然断点划分：在把城市分成{count}组的所有分法中，取组内离差平方和最小的一种，由动态规划精确求得，得分相同的城市不会分到两组。分界点依次为{cuts}分，方差拟合优度（GVF）为{goodness}。"
        ),
        (TierMethod::NaturalBreaks, Lang::En) => format!(
            "Tiers follow the natural breaks of the index score: of all ways to divide the cities into {count} groups, the one with the smallest sum of squared distances within the groups is taken. It is found exactly, by dynamic programming, and equal scores are never split. The cuts lie at {cuts} points; the goodness of variance fit is {goodness}."
        ),
        (TierMethod::Quantiles, Lang::Zh) => format!(
            "梯队按总指数位次等分为{count}组，得分相同的城市不会分到两组。分界点依次为{cuts}分。"
        ),
        (TierMethod::Quantiles, Lang::En) => format!(
            "Tiers are {count} groups of equal size by rank on the index; equal scores are never split. The cuts lie at {cuts} points."
        ),
        (TierMethod::LargestGap, Lang::Zh) => format!(
            "梯队在总指数得分相邻差距最大之处分开，共{count}组，得分相同的城市不会分到两组。分界点依次为{cuts}分，方差拟合优度（GVF）为{goodness}。"
        ),
        (TierMethod::LargestGap, Lang::En) => format!(
            "Tiers are {count} groups divided where the gaps between neighbouring index scores are widest; equal scores are never split. The cuts lie at {cuts} points; the goodness of variance fit is {goodness}."
        ),
        (TierMethod::FixedCuts(_), Lang::Zh) => format!(
            "梯队按给定的分数线划分为{count}组，得分达到分数线者归入较高一组。分数线依次为{cuts}分，方差拟合优度（GVF）为{goodness}。"
        ),
        (TierMethod::FixedCuts(_), Lang::En) => format!(
            "Tiers are {count} groups by given cuts; a city at a cut belongs to the higher group. The cuts lie at {cuts} points; the goodness of variance fit is {goodness}."
        ),
        (TierMethod::Ward, Lang::Zh) => format!(
            "梯队由维度得分的系统聚类形成，采用离差平方和法（Ward.D2）分成{count}组，按组内总指数平均得分排序；各组的总指数得分可能交错，总指数得分相同的城市视为一体，不会分到两组。总指数得分的方差拟合优度（GVF）为{goodness}{}。",
            profile_goodness(&tiers.detail, lang)
        ),
        (TierMethod::Ward, Lang::En) => format!(
            "Tiers are {count} clusters of the dimension scores by Ward's method (Ward.D2), ordered by their mean index score. Clusters may overlap in index score; cities of equal index score start as one cluster and are never split. The goodness of variance fit of the index score is {goodness}{}.",
            profile_goodness(&tiers.detail, lang)
        ),
        (TierMethod::RsrProbit(_), _) => probit(&tiers.detail, &count, &goodness, &numbers, lang),
    }
}

fn profile_goodness(detail: &TierDetail, lang: Lang) -> String {
    let TierDetail::Ward { goodness, .. } = detail else { return String::new() };
    let share = fixed(goodness * 100.0, 1, lang);
    match lang {
        Lang::Zh => format!("，维度得分的总离差平方和中有{share}%在组间"),
        Lang::En => {
            format!("; {share}% of the variance of the dimension scores lies between clusters")
        }
    }
}

fn probit(
    detail: &TierDetail,
    count: &str,
    goodness: &str,
    numbers: &dyn Fn(&[f64]) -> String,
    lang: Lang,
) -> String {
    let TierDetail::Probit(line) = detail else { return String::new() };
    let (cuts, scores) = (numbers(&line.cuts), numbers(&line.cut_scores()));
    let fit = fixed(line.r_squared, 3, lang);
    match lang {
        Lang::Zh => format!(
            "梯队按秩和比法的概率单位分为{count}档：得分由低到高的累计频率换算为概率单位（最高一档取1−1/4n），以概率单位{cuts}为界，恰在界上者归入较低一档。得分对概率单位的回归决定系数为{fit}，界限对应的得分为{scores}分，方差拟合优度（GVF）为{goodness}。"
        ),
        Lang::En => format!(
            "Tiers are {count} grades by probits, as for the rank-sum ratio: cumulative frequencies of the scores become probits (the highest takes 1 − 1/4n) and are cut at {cuts}; a city at a cut belongs to the lower grade. The regression of scores on probits explains a share of {fit}; on its line the cuts lie at {scores} points. The goodness of variance fit is {goodness}."
        ),
    }
}
