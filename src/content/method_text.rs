//! The method told from the configuration: paragraphs and formulas that cannot disagree with what
//! was computed.

use crate::config::{
    Aggregation, Centre, ConstantRule, Imputation, NodeKind, Normalisation, TierMethod, Ties,
    Weighting,
};
use crate::content::block::Block;
use crate::content::results::Results;
use crate::content::words::{count_before_noun, join};
use crate::data::IndicatorData;
use crate::lang::Lang;
use crate::num::{fixed, shortest};

/// The paragraphs and formulas templates can ask for.
pub(super) const TOPICS: [&str; 7] =
    ["normalisation", "weighting", "aggregation", "missing", "ranks", "tiers", "years"];

/// A paragraph on a topic of the method; `None` for an unknown topic.
#[must_use]
pub(super) fn paragraph(results: &Results, topic: &str, lang: Lang) -> Option<String> {
    let text = match topic {
        "normalisation" => normalisation(results, lang),
        "weighting" => weighting(results, lang),
        "aggregation" => aggregation(results, lang),
        "missing" => missing(results, lang),
        "ranks" => ranks(results, lang),
        "tiers" => tiers(results, lang),
        "years" => years(results, lang),
        _ => return None,
    };
    Some(text)
}

/// A displayed formula on a topic; `None` if the topic has none.
#[must_use]
pub(super) fn formula(results: &Results, topic: &str, lang: Lang) -> Option<Block> {
    let (source, zh, en) = match topic {
        "normalisation" => normalisation_formula(results.config.method.normalisation),
        "aggregation" => match root_aggregation(results) {
            Aggregation::Arithmetic => (
                "S = (sum_(i in P) w_i s_i) / (sum_(i in P) w_i)".to_owned(),
                "S等于有数据的各组成部分得分s按权重w的加权算术平均",
                "S equals the weighted arithmetic mean of the scores s of the components that have data, with weights w",
            ),
            Aggregation::Geometric => (
                "S = exp((sum_(i in P) w_i ln s_i) / (sum_(i in P) w_i))".to_owned(),
                "S等于有数据的各组成部分得分s按权重w的加权几何平均",
                "S equals the weighted geometric mean of the scores s of the components that have data, with weights w",
            ),
        },
        "rank" => (
            "r_j = 1 + abs({k : S_k > S_j})".to_owned(),
            "位次r等于1加上得分更高的城市数",
            "the rank r equals one plus the number of cities with a higher score",
        ),
        _ => return None,
    };
    let alt = match lang {
        Lang::Zh => zh,
        Lang::En => en,
    };
    Some(Block::Formula { source, alt: alt.to_owned() })
}

fn root_aggregation(results: &Results) -> Aggregation {
    match results.config.method.nodes[0].kind {
        NodeKind::Dimension { aggregation, .. } => aggregation,
        NodeKind::Indicator(_) => Aggregation::Arithmetic,
    }
}

/// A number inside a Typst formula.
fn constant(value: f64) -> String {
    shortest(value, Lang::Zh).replace('\u{2212}', "-")
}

fn normalisation_formula(method: Normalisation) -> (String, &'static str, &'static str) {
    match method {
        Normalisation::MinMax { low, high, .. } => (
            format!(
                "s = {} (x - x_min) / (x_max - x_min)",
                if low == 0.0 {
                    constant(high)
                } else {
                    format!("{} + ({} - {})", constant(low), constant(high), constant(low))
                }
            ),
            "得分s等于数值x减去样本最小值，除以样本最大值与最小值之差，再乘以标度",
            "the score s equals the value x less the smallest in the sample, over the range of the sample, times the scale",
        ),
        Normalisation::ZScore { centre, spread, .. } => (
            format!("s = {} + {} (x - overline(x)) / sigma", constant(centre), constant(spread)),
            "得分s等于数值x减去样本均值，除以样本标准差，再换到给定的标度",
            "the score s equals the value x less the sample mean, over the sample standard deviation, on the given scale",
        ),
        Normalisation::FractionOfMaximum { high } => (
            format!("s = {} x / x_max", constant(high)),
            "得分s等于数值x与样本最大值之比，乘以标度",
            "the score s equals the value x over the largest in the sample, times the scale",
        ),
        Normalisation::Goalposts { from, to, low, high } => (
            format!(
                "s = {} + ({} - {}) min(1, max(0, (x - {}) / ({} - {})))",
                constant(low),
                constant(high),
                constant(low),
                constant(from),
                constant(to),
                constant(from)
            ),
            "得分s按固定的上下限线性换算，超出上下限的取端点",
            "the score s is linear between two fixed values and clamped to them",
        ),
        Normalisation::PercentileRank { low, high } => (
            format!(
                "s = {} + ({} - {}) (r - 1) / (n - 1)",
                constant(low),
                constant(high),
                constant(low)
            ),
            "得分s等于升序位次减一，除以城市数减一，再换到给定的标度",
            "the score s equals the ascending rank less one, over the number of cities less one, on the given scale",
        ),
    }
}

fn normalisation(results: &Results, lang: Lang) -> String {
    let method = &results.config.method;
    let negative = method
        .indicators()
        .filter_map(|i| results.spec(i))
        .any(|s| s.direction == crate::config::Direction::Negative);
    let own = method
        .indicators()
        .filter_map(|i| results.spec(i))
        .filter(|s| s.normalisation != method.normalisation)
        .count();
    let mut text = match (method.normalisation, lang) {
        (Normalisation::MinMax { low, high, constant: rule }, Lang::Zh) => format!(
            "各指标采用极差标准化（min-max），以样本中的最小值与最大值为两端，线性换算到{}至{}分。{}",
            constant(low),
            constant(high),
            constant_rule(rule, lang)
        ),
        (Normalisation::MinMax { low, high, constant: rule }, Lang::En) => format!(
            "Every indicator is brought onto a scale from {} to {} by min-max normalisation: the smallest value in the sample maps to the lower end, the largest to the upper end, and all others lie between them in proportion. {}",
            constant(low),
            constant(high),
            constant_rule(rule, lang)
        ),
        (Normalisation::ZScore { centre, spread, constant: rule }, Lang::Zh) => format!(
            "各指标采用标准分（z-score）标准化，均值为{}分，样本标准差（除以n−1）为{}分。{}",
            constant(centre),
            constant(spread),
            constant_rule(rule, lang)
        ),
        (Normalisation::ZScore { centre, spread, constant: rule }, Lang::En) => format!(
            "Every indicator is turned into a z-score with a mean of {} and a sample standard deviation (n − 1) of {}. {}",
            constant(centre),
            constant(spread),
            constant_rule(rule, lang)
        ),
        (Normalisation::FractionOfMaximum { high }, Lang::Zh) => {
            format!("各指标以样本最大值为{}分，其余按比例计分。", constant(high))
        }
        (Normalisation::FractionOfMaximum { high }, Lang::En) => format!(
            "The largest value of every indicator scores {}; all others score in proportion to it.",
            constant(high)
        ),
        (Normalisation::Goalposts { from, to, .. }, Lang::Zh) => format!(
            "各指标按固定的下限{}与上限{}线性计分，超出者取端点。",
            constant(from),
            constant(to)
        ),
        (Normalisation::Goalposts { from, to, .. }, Lang::En) => format!(
            "Every indicator is scored in proportion between the fixed goalposts {} and {}; values beyond them take the end of the scale.",
            constant(from),
            constant(to)
        ),
        (Normalisation::PercentileRank { .. }, Lang::Zh) => {
            "各指标按百分位次计分，并列者取最低位次。".to_owned()
        }
        (Normalisation::PercentileRank { .. }, Lang::En) => {
            "Every indicator is scored by percentile rank; equal values take the lowest.".to_owned()
        }
    };
    text.truncate(text.trim_end().len());
    let (gap, no_negative, some_negative) = match lang {
        Lang::Zh => ("", "本报告的指标均为正向指标，数值越大越好。", "逆向指标先取相反数再换算。"),
        Lang::En => (
            " ",
            "All indicators of this report are positive: more is better.",
            "Negative indicators change sign before they are scaled.",
        ),
    };
    text.push_str(gap);
    text.push_str(if negative { some_negative } else { no_negative });
    if own > 0 {
        let others = match lang {
            Lang::Zh => format!("另有{own}项指标采用各自的标准化方法，见附录。"),
            Lang::En => {
                format!(" {own} indicators are normalised in a way of their own; see the annex.")
            }
        };
        text.push_str(&others);
    }
    text
}

const fn constant_rule(rule: ConstantRule, lang: Lang) -> &'static str {
    match (rule, lang) {
        (ConstantRule::Error, Lang::Zh) => "对所有城市取值相同的指标没有区分作用，不得纳入。",
        (ConstantRule::Error, Lang::En) => {
            "An indicator with the same value everywhere cannot tell cities apart and is not admitted."
        }
        (ConstantRule::Mid, Lang::Zh) => "对所有城市取值相同的指标一律取标度的中点。",
        (ConstantRule::Mid, Lang::En) => {
            "An indicator with the same value everywhere takes the middle of the scale."
        }
    }
}

fn weighting(results: &Results, lang: Lang) -> String {
    let method = &results.config.method;
    let parts: Vec<String> = results
        .dimensions()
        .iter()
        .map(|&d| {
            let node = results.node(d);
            let percent = fixed(node.weight * 100.0, 1, lang);
            match lang {
                Lang::Zh => format!("{}{percent}%", node.name.zh),
                Lang::En => format!("{} {percent}%", lower_first(&node.name.en)),
            }
        })
        .collect();
    let given = |level: usize| {
        method.nodes.iter().any(|n| {
            n.level == level
                && matches!(n.kind, NodeKind::Dimension { weighting: Weighting::Given, .. })
        })
    };
    let leaves: Vec<f64> = method.indicators().map(|i| method.effective_weight(i)).collect();
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

fn aggregation(results: &Results, lang: Lang) -> String {
    let geometric: Vec<String> = results
        .config
        .method
        .nodes
        .iter()
        .filter(|n| {
            matches!(n.kind, NodeKind::Dimension { aggregation: Aggregation::Geometric, .. })
        })
        .map(|n| n.name.text(lang).to_owned())
        .collect();
    match (geometric.is_empty(), lang) {
        (true, Lang::Zh) => {
            "由下而上逐级合成，各级均采用加权算术平均：一处的高分可以弥补另一处的低分。".to_owned()
        }
        (true, Lang::En) => {
            "Scores are combined from the bottom up by weighted arithmetic means at every level, so that a high score on one component can make up for a low one on another.".to_owned()
        }
        (false, Lang::Zh) => format!(
            "由下而上逐级合成。{}采用加权几何平均，短板会明显拉低得分；其余采用加权算术平均。",
            join(&geometric, lang)
        ),
        (false, Lang::En) => format!(
            "Scores are combined from the bottom up. {} take weighted geometric means, which punish a weak component; all others take arithmetic means.",
            join(&geometric, lang)
        ),
    }
}

/// Values that were not filled in.
fn observed(data: &IndicatorData) -> usize {
    data.cells.iter().flatten().filter(|cell| cell.imputed.is_none()).count()
}

/// What becomes of gaps: filled in by rule, or left to the weights of the others.
fn gaps_rule(results: &Results, lang: Lang) -> String {
    let mut rules: Vec<&str> = Vec::new();
    for node in results.config.method.indicators() {
        let rule = results.spec(node).map_or(Imputation::None, |spec| spec.imputation);
        let name = match (rule, lang) {
            (Imputation::None, _) => continue,
            (Imputation::Centre { centre: Centre::Mean }, Lang::Zh) => "全部城市的均值",
            (Imputation::Centre { centre: Centre::Mean }, Lang::En) => "the mean of all cities",
            (Imputation::Centre { centre: Centre::Median }, Lang::Zh) => "全部城市的中位数",
            (Imputation::Centre { centre: Centre::Median }, Lang::En) => "the median of all cities",
            (Imputation::GroupCentre { centre: Centre::Mean, .. }, Lang::Zh) => "同组城市的均值",
            (Imputation::GroupCentre { centre: Centre::Mean, .. }, Lang::En) => {
                "the mean of the city’s group"
            }
            (Imputation::GroupCentre { centre: Centre::Median, .. }, Lang::Zh) => {
                "同组城市的中位数"
            }
            (Imputation::GroupCentre { centre: Centre::Median, .. }, Lang::En) => {
                "the median of the city’s group"
            }
            (Imputation::Latest { .. }, Lang::Zh) => "该市最近年份的数值",
            (Imputation::Latest { .. }, Lang::En) => "the city’s latest earlier value",
            (Imputation::Linear { .. }, Lang::Zh) => "该市前后年份的线性内插",
            (Imputation::Linear { .. }, Lang::En) => "interpolation between the city’s own years",
        };
        if !rules.contains(&name) {
            rules.push(name);
        }
    }
    let indicators = &results.inputs.dataset.indicators;
    let cells = indicators.iter().flat_map(|i| i.cells.iter().flatten());
    let filled = cells.filter(|cell| cell.imputed.is_some()).count();
    let rules: Vec<String> = rules.into_iter().map(ToOwned::to_owned).collect();
    match (rules.is_empty(), lang) {
        (true, Lang::Zh) => {
            "缺失值不作插补，也不以零代替：缺失指标的权重由同组其余指标按比例分担。".to_owned()
        }
        (true, Lang::En) => "Missing values are neither filled in nor taken for zero: the weight of a missing indicator goes to the others of its group in proportion.".to_owned(),
        (false, Lang::Zh) => format!(
            "缺失值不以零代替：其中{filled}个以{}补入，状态标为“插补”；仍缺失的指标，其权重由同组其余指标按比例分担。",
            join(&rules, lang)
        ),
        (false, Lang::En) => format!(
            "No missing value is taken for zero: {filled} are filled in by {} and marked as imputed; the weight of an indicator that is still missing goes to the others of its group in proportion.",
            join(&rules, lang)
        ),
    }
}

fn missing(results: &Results, lang: Lang) -> String {
    let rule = results.config.method.missing;
    let known: usize = results.inputs.dataset.indicators.iter().map(observed).sum();
    let cells: usize = results.inputs.dataset.indicators.iter().map(|i| i.cells.len()).sum();
    let unit = fixed(rule.unit_threshold * 100.0, 0, lang);
    let indicator = fixed(rule.indicator_threshold * 100.0, 0, lang);
    let gaps = cells - known;
    let rule = gaps_rule(results, lang);
    match lang {
        Lang::Zh => {
            let now = if gaps == 0 {
                format!("本报告所用的{cells}个数据全部齐备，没有缺失。")
            } else {
                format!("本报告应有{cells}个数据，缺失{gaps}个。")
            };
            format!(
                "{rule}覆盖城市不足{indicator}%的指标不纳入计算；某城市在某一级有数据的权重不足{unit}%时，不给出该级得分与位次。{now}"
            )
        }
        Lang::En => {
            let now = if gaps == 0 {
                format!("All {cells} figures this report needs are there.")
            } else {
                format!("Of the {cells} figures this report needs, {gaps} are missing.")
            };
            format!(
                "{rule} An indicator that covers less than {indicator}% of the cities is left out; a city with data for less than {unit}% of the weight at a node gets no score and no rank there. {now}"
            )
        }
    }
}

fn ranks(results: &Results, lang: Lang) -> String {
    let rule = results.config.method.ranks;
    match lang {
        Lang::Zh => {
            let rounding = rule.round_digits.map_or_else(
                || "得分不经舍入直接排序。".to_owned(),
                |d| {
                    format!(
                        "得分先舍入到小数点后{}位，再由高到低排序，与印出的数字一致。",
                        count_before_noun(d, lang)
                    )
                },
            );
            let ties = match rule.ties {
                Ties::Competition => "得分相同者位次并列，其后的位次顺延（如1、2、2、4）。",
                Ties::Dense => "得分相同者位次并列，其后的位次不跳号（如1、2、2、3）。",
            };
            format!("{rounding}{ties}")
        }
        Lang::En => {
            let rounding = rule.round_digits.map_or_else(
                || "Scores are ranked without rounding.".to_owned(),
                |d| format!(
                    "Scores are rounded to {} decimals, as they are printed, and then ranked from high to low.",
                    count_before_noun(d, lang)
                ),
            );
            let ties = match rule.ties {
                Ties::Competition => {
                    "Equal scores share a rank and the next ranks are skipped (1, 2, 2, 4)."
                }
                Ties::Dense => "Equal scores share a rank and no rank is skipped (1, 2, 2, 3).",
            };
            format!("{rounding} {ties}")
        }
    }
}

fn tiers(results: &Results, lang: Lang) -> String {
    let (Some(rule), Some(tiers)) = (&results.config.method.tiers, &results.index.tiers) else {
        return String::new();
    };
    let count = count_before_noun(tiers.tiers.len(), lang);
    let cuts: Vec<String> = tiers.cuts().iter().map(|&c| fixed(c, 2, lang)).collect();
    let goodness = fixed(tiers.goodness, 3, lang);
    match (rule.method, lang) {
        (TierMethod::NaturalBreaks, Lang::Zh) => format!(
            "梯队按总指数得分的自然断点划分：在把城市分成{count}组的所有分法中，取组内离差平方和最小的一种，由动态规划精确求得，得分相同的城市不会分到两组。分界点依次为{}分，方差拟合优度（GVF）为{goodness}。",
            cuts.join("、")
        ),
        (TierMethod::NaturalBreaks, Lang::En) => format!(
            "Tiers follow the natural breaks of the index score: of all ways to divide the cities into {count} groups, the one with the smallest sum of squared distances within the groups is taken. It is found exactly, by dynamic programming, and equal scores are never split. The cuts lie at {} points; the goodness of variance fit is {goodness}.",
            join(&cuts, lang)
        ),
        (TierMethod::Quantiles, Lang::Zh) => format!(
            "梯队按总指数位次等分为{count}组，得分相同的城市不会分到两组。分界点依次为{}分。",
            cuts.join("、")
        ),
        (TierMethod::Quantiles, Lang::En) => format!(
            "Tiers are {count} groups of equal size by rank on the index; equal scores are never split. The cuts lie at {} points.",
            join(&cuts, lang)
        ),
    }
}

/// Which indicators rest on which years.
fn years(results: &Results, lang: Lang) -> String {
    let mut by_year: std::collections::BTreeMap<Vec<i32>, usize> =
        std::collections::BTreeMap::new();
    for data in &results.inputs.dataset.indicators {
        *by_year.entry(data.years.clone()).or_default() += 1;
    }
    let mut groups: Vec<(Vec<i32>, usize)> =
        by_year.into_iter().filter(|(years, _)| !years.is_empty()).collect();
    groups.sort_by(|a, b| b.1.cmp(&a.1).then(b.0.cmp(&a.0)));
    let parts: Vec<String> = groups
        .iter()
        .map(|(years, count)| {
            let years: Vec<String> = years.iter().map(ToString::to_string).collect();
            match lang {
                Lang::Zh => format!("{count}项指标采用{}年数据", years.join("、")),
                Lang::En => {
                    let noun = if *count == 1 { "indicator rests" } else { "indicators rest" };
                    format!("{count} {noun} on data for {}", join(&years, lang))
                }
            }
        })
        .collect();
    match lang {
        Lang::Zh => format!("各指标的数据年份以可得且对全部城市齐备为准：{}。", parts.join("，")),
        Lang::En => format!(
            "Each indicator takes the year for which data exist for all cities: {}.",
            parts.join("; ")
        ),
    }
}
