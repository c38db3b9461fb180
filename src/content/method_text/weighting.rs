//! How weights came about, in words.

use crate::config::{Combination, PcaVariant, WeightData, Weighting};
use crate::content::method_text::number;
use crate::content::results::Results;
use crate::content::words::{count_before_noun, join};
use crate::index::Consistency;
use crate::index::method_log::{RANDOM_INDEX_SOURCE, WeightingStep};
use crate::lang::{Lang, Localised};
use crate::num::fixed;

/// The paragraph on weighting: the shares, then how they came about where judgements or data decide.
pub(super) fn paragraph(results: &Results, lang: Lang) -> String {
    let mut groups: Vec<(&Weighting, Vec<usize>)> = Vec::new();
    for step in &results.index.log.parents {
        let rule = &step.weighting.rule;
        if matches!(rule, Weighting::Equal | Weighting::Given) {
            continue;
        }
        match groups.iter_mut().find(|(other, _)| *other == rule) {
            Some((_, nodes)) => nodes.push(step.node),
            None => groups.push((rule, vec![step.node])),
        }
    }
    if groups.is_empty() {
        return stated(results, lang);
    }
    let mut sentences = vec![shares(results, lang)];
    for (weighting, nodes) in groups {
        let names: Vec<String> =
            nodes.iter().map(|&at| results.node(at).name.text(lang).to_owned()).collect();
        let (told, names) = (told(weighting), join(&names, lang));
        sentences.push(match lang {
            Lang::Zh => format!("{names}之下各组成部分的权重采用{}。", told.zh),
            Lang::En => format!(" The components of {names} are weighted by {}.", told.en),
        });
        for at in nodes {
            let Some(step) = results.index.log.parent(at) else { continue };
            sentences.push(notes(&step.weighting, results.node(at).name.text(lang), lang));
        }
    }
    sentences.concat()
}

/// The shares of the dimensions and the range of those of indicators.
fn shares(results: &Results, lang: Lang) -> String {
    let parts: Vec<String> = results
        .dimensions()
        .iter()
        .map(|&d| {
            let percent = fixed(results.weight(d) * 100.0, 1, lang);
            match lang {
                Lang::Zh => format!("{}{percent}%", results.node(d).name.zh),
                Lang::En => format!("{} {percent}%", lower_first(&results.node(d).name.en)),
            }
        })
        .collect();
    match lang {
        Lang::Zh => format!("各维度的权重依次为{}。", parts.join("、")),
        Lang::En => {
            format!("The dimensions are weighted as follows: {}.", join(&parts, lang))
        }
    }
}

/// What a method does, as part of a sentence.
pub(super) fn told(method: &Weighting) -> Localised<String> {
    let own = |zh: &str, en: &str| Localised::new(zh.to_owned(), en.to_owned());
    match method {
        Weighting::Equal => own("等权", "equal weights"),
        Weighting::Given => own("方法文件给定的权重", "weights given in the methodology file"),
        Weighting::BudgetAllocation { experts } => Localised::new(
            format!("预算分配法，取{}位专家分配的平均", experts.len()),
            format!("budget allocation, the mean over {} experts", experts.len()),
        ),
        Weighting::Ahp { matrices } if matrices.len() > 1 => Localised::new(
            format!(
                "层次分析法（AHP），{}位专家的判断矩阵逐元素取几何平均，再求主特征向量",
                matrices.len()
            ),
            format!(
                "the analytic hierarchy process: the judgements of {} experts combine by geometric means, and weights are the principal eigenvector",
                matrices.len()
            ),
        ),
        Weighting::Ahp { .. } => own(
            "层次分析法（AHP），即判断矩阵的主特征向量",
            "the analytic hierarchy process, the principal eigenvector of pairwise judgements",
        ),
        Weighting::Entropy { data, shift } => {
            let Localised { zh, en } = of_data(*data, "熵值法", "entropy");
            let shift = Some(number(*shift)).filter(|_| *shift != 0.0);
            match shift {
                Some(shift) => {
                    Localised::new(format!("{zh}，各加{shift}"), format!("{en}, each plus {shift}"))
                }
                None => Localised::new(zh, en),
            }
        }
        Weighting::Critic { data } => of_data(*data, "CRITIC法", "CRITIC"),
        Weighting::CoefficientOfVariation { data } => {
            of_data(*data, "变异系数法", "coefficients of variation")
        }
        Weighting::StandardDeviation { data } => of_data(*data, "标准差法", "standard deviations"),
        Weighting::Pca { variant, .. } => match variant {
            PcaVariant::Loadings => own(
                "主成分分析，取第一主成分载荷的份额",
                "principal components: shares of the loadings on the first",
            ),
            PcaVariant::SquaredLoadings => own(
                "主成分分析，取第一主成分载荷的平方",
                "principal components: squared loadings on the first",
            ),
            PcaVariant::VarianceWeighted => own(
                "主成分分析，取各主成分系数绝对值按特征值加权之和",
                "principal components: absolute coefficients on those kept, weighted by eigenvalue",
            ),
            PcaVariant::Rotated => own(
                "主成分分析，取方差最大旋转后载荷平方的最大份额乘以该因子的方差贡献",
                "principal components: the largest squared loading after varimax rotation times the variance its factor explains",
            ),
        },
        Weighting::Combined { first, second, form } => {
            let (first, second) = (told(first), told(second));
            match form {
                Combination::Product => Localised::new(
                    format!("组合赋权，将两组权重相乘后归一：{}；{}", first.zh, second.zh),
                    format!(
                        "the scaled product of two sets of weights ({}; {})",
                        first.en, second.en
                    ),
                ),
                Combination::Linear { share } => {
                    let percent = |lang| fixed(share * 100.0, 0, lang);
                    Localised::new(
                        format!(
                            "组合赋权，前者占{}%：{}；{}",
                            percent(Lang::Zh),
                            first.zh,
                            second.zh
                        ),
                        format!(
                            "the weighted mean of two sets of weights, the first counting {}% ({}; {})",
                            percent(Lang::En),
                            first.en,
                            second.en
                        ),
                    )
                }
            }
        }
    }
}

fn of_data(data: WeightData, zh: &str, en: &str) -> Localised<String> {
    let (data_zh, data_en) = match data {
        WeightData::MinMax => ("以极差标准化的得分计算", "over scores brought onto 0 to 1"),
        WeightData::Scores => ("以得分计算", "over the scores"),
        WeightData::Raw => ("以原始数值计算", "over the raw values"),
    };
    Localised::new(format!("{zh}，{data_zh}"), format!("{en} {data_en}"))
}

/// What there is to tell about the weights of one node.
fn notes(found: &WeightingStep, name: &str, lang: Lang) -> String {
    let judged = found.judgement.as_ref();
    let judged = judged.map_or_else(String::new, |own| consistency(own.combined, name, lang));
    let rest = match (found.fallback, lang) {
        (Some(_), Lang::Zh) => format!("{name}的数据不足以确定权重，各组成部分改取等权。"),
        (Some(_), Lang::En) => {
            format!(" The data of {name} cannot decide, so its components weigh the same.")
        }
        (None, _) => found.units.map_or_else(String::new, |units| match lang {
            Lang::Zh => format!("{name}的权重依据{units}个数据齐备的城市。"),
            Lang::En => format!(" Those of {name} rest on the {units} cities that have all data."),
        }),
    };
    judged + &rest
}

fn consistency(found: Consistency, name: &str, lang: Lang) -> String {
    let number = |value: f64| fixed(value, 4, lang);
    let (lambda, index, ratio) = (number(found.lambda), number(found.index), number(found.ratio));
    let random = fixed(found.random, 2, lang);
    match lang {
        Lang::Zh => format!(
            "{name}判断矩阵的最大特征值为{lambda}，一致性指标CI为{index}，随机一致性指标RI取{random}（{RANDOM_INDEX_SOURCE}），一致性比率CR为{ratio}。"
        ),
        Lang::En => format!(
            " For {name} the largest eigenvalue is {lambda}, the consistency index {index}, the random index {random} ({RANDOM_INDEX_SOURCE}) and the consistency ratio {ratio}."
        ),
    }
}

/// The paragraph where weights are stated or equal.
fn stated(results: &Results, lang: Lang) -> String {
    let log = &results.index.log;
    let parts: Vec<String> = results
        .dimensions()
        .iter()
        .map(|&d| {
            let node = results.node(d);
            let percent = fixed(results.weight(d) * 100.0, 1, lang);
            match lang {
                Lang::Zh => format!("{}{percent}%", node.name.zh),
                Lang::En => format!("{} {percent}%", lower_first(&node.name.en)),
            }
        })
        .collect();
    let given = |level: usize| {
        let parents = results.index.log.parents.iter();
        parents.filter(|p| p.level == level).any(|p| p.weighting.rule == Weighting::Given)
    };
    let weight = |node| log.child(node).map_or(0.0, |child| child.effective);
    let leaves: Vec<f64> = log.indicators.iter().map(|step| weight(step.node)).collect();
    let least = leaves.iter().copied().fold(f64::INFINITY, f64::min);
    let most = leaves.iter().copied().fold(0.0, f64::max);
    let range = |share: f64| fixed(share * 100.0, 2, lang);
    match lang {
        Lang::Zh => {
            let below = if given(1) {
                "分维度的权重由方法文件给定，"
            } else {
                "同一维度之下的分维度权重相等，"
            };
            format!(
                "{}个维度的权重依次为{}。{below}同一分维度之下的指标{}。折算到总指数，单项指标的权重在{}%至{}%之间。",
                count_before_noun(parts.len(), lang),
                parts.join("、"),
                if given(2) { "按给定权重合成" } else { "权重相等" },
                range(least),
                range(most)
            )
        }
        Lang::En => {
            let below = if given(1) {
                "Weights of the sub-dimensions are given in the methodology file"
            } else {
                "Sub-dimensions of one dimension weigh the same"
            };
            format!(
                "The {} dimensions are weighted as follows: {}. {below}; the indicators of one sub-dimension {}. In terms of the whole index, a single indicator weighs between {}% and {}%.",
                count_before_noun(parts.len(), lang),
                join(&parts, lang),
                if given(2) { "take the weights given there" } else { "weigh the same" },
                range(least),
                range(most)
            )
        }
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        // An acronym keeps its capitals.
        (Some(first), Some(second)) if !second.is_uppercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}
