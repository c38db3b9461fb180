//! The steps of the calculation in order, each with the options and parameters that were used,
//! written from the log of the method.

use crate::config::{Imputation, Normalisation, Ties, Treatment, Weighting};
use crate::content::method_text::{aggregation, filled_with, normalisation, weighting};
use crate::content::results::Results;
use crate::content::words::join;
use crate::index::Applied;
use crate::index::method_log::IndicatorStep;
use crate::lang::Lang;
use crate::num::{fixed, shortest};

/// A step: its name, and what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::content) struct Step {
    /// What the step is.
    pub name: &'static str,
    /// Options, thresholds and parameters.
    pub text: String,
}

/// Every step, in the order of the work.
#[must_use]
pub(in crate::content) fn steps(results: &Results, lang: Lang) -> Vec<Step> {
    let step = |zh: &'static str, en: &'static str, text: String| Step {
        name: match lang {
            Lang::Zh => zh,
            Lang::En => en,
        },
        text,
    };
    let mut steps = vec![
        step("数据", "Data", data(results, lang)),
        step("筛选", "Screening", screening(results, lang)),
        step("插补", "Imputation", imputation(results, lang)),
        step("离群值处理", "Treatment of outliers", treatment(results, lang)),
        step("标准化", "Normalisation", normalising(results, lang)),
        step("赋权", "Weighting", weights(results, lang)),
        step("合成", "Aggregation", combining(results, lang)),
        step("位次", "Ranks", ranks(results, lang)),
    ];
    if results.index.log.tiers.is_some() {
        steps.push(step("梯队", "Tiers", tiers(results, lang)));
    }
    steps
}

pub(super) fn percent(share: f64, decimals: usize, lang: Lang) -> String {
    format!("{}%", fixed(share * 100.0, decimals, lang))
}

fn data(results: &Results, lang: Lang) -> String {
    let log = &results.index.log.data;
    let share = percent(log.imputed_share, 1, lang);
    let coverage = log.coverage.map_or_else(|| "—".to_owned(), |c| percent(c, 1, lang));
    let least = log.least_coverage.map_or_else(|| "—".to_owned(), |c| percent(c, 1, lang));
    match lang {
        Lang::Zh => format!(
            "{}个城市、{}项指标，应有数据{}个，来源给出{}个，插补{}个（{share}）；有位次的城市按权重计的覆盖率平均{coverage}，最低{least}",
            log.units, log.indicators, log.cells, log.observed, log.imputed
        ),
        Lang::En => format!(
            "{} cities, {} indicators, {} figures; given by sources {}, filled in {} ({share}); coverage by weight of the ranked cities {coverage} on average, {least} at least",
            log.units, log.indicators, log.cells, log.observed, log.imputed
        ),
    }
}

fn screening(results: &Results, lang: Lang) -> String {
    let log = &results.index.log.data.screening;
    let (unit, indicator) =
        (percent(log.unit_threshold, 0, lang), percent(log.indicator_threshold, 0, lang));
    let mut text = match lang {
        Lang::Zh => {
            format!("指标的有值城市不少于{indicator}；城市在每一级有数据的权重不少于{unit}")
        }
        Lang::En => format!(
            "an indicator needs a value for {indicator} of the cities, a city data for {unit} of the weight at every node"
        ),
    };
    let nonzero = [
        (
            log.indicator_nonzero,
            "指标的非零值不少于",
            "values of an indicator that are not zero, at least ",
        ),
        (log.unit_nonzero, "城市的非零值不少于", "values of a city that are not zero, at least "),
    ];
    for (least, zh, en) in nonzero {
        let Some(least) = least else { continue };
        let (semicolon, told) = match lang {
            Lang::Zh => ("；", zh),
            Lang::En => ("; ", en),
        };
        text.extend([semicolon, told, &percent(least, 0, lang)]);
    }
    let out = log.indicators.iter().chain(&log.units).filter(|own| !own.kept).count();
    text + &match (out, lang) {
        (0, Lang::Zh) => "；没有剔除".to_owned(),
        (0, Lang::En) => "; nothing was left out".to_owned(),
        (_, Lang::Zh) => format!("；剔除{out}项"),
        (_, Lang::En) => format!("; {out} left out"),
    }
}

fn imputation(results: &Results, lang: Lang) -> String {
    let log = &results.index.log;
    if log.indicators.iter().all(|step| step.imputation == Imputation::None) {
        return match lang {
            Lang::Zh => "不插补：缺失指标的权重由同组其余指标分担",
            Lang::En => "none: the weight of a missing indicator goes to the others of its group",
        }
        .to_owned();
    }
    let parts: Vec<String> = log
        .data
        .imputation
        .iter()
        .filter_map(|own| {
            let name = filled_with(own.rule, lang)?;
            Some(match lang {
                Lang::Zh => format!("{name}，{}个", own.cells),
                Lang::En => format!("{name}: {}", own.cells),
            })
        })
        .collect();
    match (parts.is_empty(), lang) {
        (true, Lang::Zh) => "按规则没有需要插补的数据".to_owned(),
        (true, Lang::En) => "a rule, but nothing to fill in".to_owned(),
        (false, Lang::Zh) => parts.join("；"),
        (false, Lang::En) => parts.join("; "),
    }
}

fn treatment(results: &Results, lang: Lang) -> String {
    let steps = &results.index.log.indicators;
    let mut rules: Vec<(Treatment, usize, usize)> = Vec::new();
    for own in steps.iter().map(|step| step.treatment) {
        let changed = usize::from(own.applied != Applied::Nothing);
        match rules.iter_mut().find(|(rule, _, _)| *rule == own.rule) {
            Some((_, count, moved)) => {
                *count += 1;
                *moved += changed;
            }
            None => rules.push((own.rule, 1, changed)),
        }
    }
    let number = |x: f64| shortest(x, lang);
    let told: Vec<String> = rules
        .into_iter()
        .map(|(rule, count, moved)| {
            let name = match (rule, lang) {
                (Treatment::None, Lang::Zh) => return format!("不处理，{count}项指标"),
                (Treatment::None, Lang::En) => return format!("none, {}", indicators(count)),
                (Treatment::WinsoriseLog { skew, kurtosis, max_points }, Lang::Zh) => format!(
                    "偏度绝对值达到{}且峰度达到{}者缩尾至多{max_points}个，仍不足则取对数",
                    number(skew),
                    number(kurtosis)
                ),
                (Treatment::WinsoriseLog { skew, kurtosis, max_points }, Lang::En) => format!(
                    "where absolute skew reaches {} and kurtosis {}, up to {max_points} points drawn in, else the logarithm",
                    number(skew),
                    number(kurtosis)
                ),
                (Treatment::BoxCox { lambda }, Lang::Zh) => {
                    format!("博克斯—考克斯变换，λ为{}", number(lambda))
                }
                (Treatment::BoxCox { lambda }, Lang::En) => {
                    format!("Box–Cox transformation with λ {}", number(lambda))
                }
                (Treatment::PercentileClamp { lower, upper }, Lang::Zh) => {
                    format!("截至{}与{}分位数", number(lower), number(upper))
                }
                (Treatment::PercentileClamp { lower, upper }, Lang::En) => {
                    format!("clamped to the quantiles {} and {}", number(lower), number(upper))
                }
            };
            match lang {
                Lang::Zh => format!("{name}，{count}项指标，其中{moved}项有变动"),
                Lang::En => format!("{name}: {}, {moved} of them changed", indicators(count)),
            }
        })
        .collect();
    told.join(match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
    })
}

fn indicators(count: usize) -> String {
    if count == 1 { "1 indicator".to_owned() } else { format!("{count} indicators") }
}

fn normalising(results: &Results, lang: Lang) -> String {
    let mut rules: Vec<(&Normalisation, usize)> = Vec::new();
    for step in results.index.log.indicators.iter().filter(|step| step.takes_part) {
        let rule = &step.normalisation.rule;
        match rules.iter_mut().find(|(other, _)| *other == rule) {
            Some((_, count)) => *count += 1,
            None => rules.push((rule, 1)),
        }
    }
    let told: Vec<String> = rules
        .into_iter()
        .map(|(rule, count)| {
            let name = normalisation::name(rule);
            let scale = normalisation::scale(rule, lang);
            match lang {
                Lang::Zh => format!("{}{scale}，{count}项指标", name.zh),
                Lang::En => format!("{}{scale}, {}", name.en, indicators(count)),
            }
        })
        .collect();
    told.join(match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
    })
}

/// Names of nodes by what holds for them, the rule most nodes share last and without names.
fn by_rule<T: PartialEq + Clone>(
    results: &Results,
    rules: impl Iterator<Item = (usize, T)>,
    tell: impl Fn(&T) -> String,
    lang: Lang,
) -> String {
    let mut groups: Vec<(T, Vec<String>)> = Vec::new();
    for (node, rule) in rules {
        let name = results.node(node).name.text(lang).to_owned();
        match groups.iter_mut().find(|(other, _)| *other == rule) {
            Some((_, names)) => names.push(name),
            None => groups.push((rule, vec![name])),
        }
    }
    groups.sort_by_key(|(_, names)| names.len());
    let last = groups.len().saturating_sub(1);
    let told: Vec<String> = groups
        .iter()
        .enumerate()
        .map(|(at, (rule, names))| match (at == last, lang) {
            (true, Lang::Zh) if last > 0 => format!("其余各级：{}", tell(rule)),
            (true, Lang::En) if last > 0 => format!("all others: {}", tell(rule)),
            (true, _) => tell(rule),
            (false, Lang::Zh) => format!("{}之下：{}", join(names, lang), tell(rule)),
            (false, Lang::En) => format!("below {}: {}", join(names, lang), tell(rule)),
        })
        .collect();
    told.join(match lang {
        Lang::Zh => "；",
        Lang::En => "; ",
    })
}

fn weights(results: &Results, lang: Lang) -> String {
    let parents = &results.index.log.parents;
    // An only child has the whole weight under any rule.
    let chosen = parents.iter().filter(|step| step.weighting.children.len() > 1);
    let tell = |rule: &&Weighting| weighting::told(rule).text(lang).to_owned();
    by_rule(results, chosen.map(|step| (step.node, &step.weighting.rule)), tell, lang)
}

fn combining(results: &Results, lang: Lang) -> String {
    let parents = &results.index.log.parents;
    let tell = |rule: &crate::config::Aggregation| aggregation::told(*rule).text(lang).to_owned();
    let chosen = parents.iter().filter(|step| step.weighting.children.len() > 1);
    let text = by_rule(results, chosen.map(|step| (step.node, step.aggregation.rule)), tell, lang);
    let floor = parents.first().and_then(|step| step.aggregation.floor);
    let moved: usize = parents.iter().map(|step| step.aggregation.redistributed).sum();
    let floor = floor.map_or_else(|| "—".to_owned(), |x| fixed(x, 2, lang));
    let moved = match (moved, lang) {
        (0, _) => String::new(),
        (_, Lang::Zh) => format!("；因数据缺失而由同组分担权重的有{moved}处"),
        (1, Lang::En) => "; the weight of a missing component was shared out once".to_owned(),
        (_, Lang::En) => {
            format!("; the weight of missing components was shared out in {moved} cases")
        }
    };
    match lang {
        Lang::Zh => format!("{text}；维度得分最低为{floor}{moved}"),
        Lang::En => format!("{text}; the lowest dimension score is {floor}{moved}"),
    }
}

fn ranks(results: &Results, lang: Lang) -> String {
    let log = &results.index.log.ranks;
    let ties = match (log.ties, lang) {
        (Ties::Competition, _) => "1, 2, 2, 4",
        (Ties::Dense, _) => "1, 2, 2, 3",
        (Ties::Average, _) => "1, 2.5, 2.5, 4",
        (Ties::Ordinal, _) => "1, 2, 3, 4",
    };
    let rounding = match (log.round_digits, lang) {
        (None, Lang::Zh) => "得分不舍入".to_owned(),
        (None, Lang::En) => "scores are not rounded".to_owned(),
        (Some(digits), Lang::Zh) => format!("得分舍入到{digits}位小数"),
        (Some(1), Lang::En) => "scores rounded to one decimal".to_owned(),
        (Some(digits), Lang::En) => format!("scores rounded to {digits} decimals"),
    };
    let shared = match (log.tied, lang) {
        (0, Lang::Zh) => "没有并列".to_owned(),
        (0, Lang::En) => "none of them tied".to_owned(),
        (count, Lang::Zh) => format!("其中并列{count}个"),
        (count, Lang::En) => format!("{count} of them tied"),
    };
    match lang {
        Lang::Zh => {
            format!("{rounding}；同分按“{ties}”；有总指数位次的城市{}个，{shared}", log.ranked)
        }
        Lang::En => format!(
            "{rounding}; equal scores as {ties}; {} cities ranked on the index, {shared}",
            log.ranked
        ),
    }
}

fn tiers(results: &Results, lang: Lang) -> String {
    let Some(log) = &results.index.log.tiers else { return String::new() };
    let rule = match (log.rule.word(), lang) {
        ("natural-breaks", Lang::Zh) => "自然断点",
        ("natural-breaks", Lang::En) => "natural breaks",
        ("quantiles", Lang::Zh) => "等分",
        ("quantiles", Lang::En) => "classes of equal size",
        ("ward", Lang::Zh) => "离差平方和法聚类（Ward.D2）",
        ("ward", Lang::En) => "Ward’s clusters (Ward.D2)",
        ("fixed-cuts", Lang::Zh) => "给定分数线",
        ("fixed-cuts", Lang::En) => "given cuts",
        ("largest-gap", Lang::Zh) => "最大间隔",
        ("largest-gap", Lang::En) => "widest gaps",
        (_, Lang::Zh) => "秩和比概率单位",
        (_, Lang::En) => "probits of the rank-sum ratio",
    };
    let list = |items: Vec<String>| {
        items.join(match lang {
            Lang::Zh => "、",
            Lang::En => ", ",
        })
    };
    let cuts = list(log.cuts.iter().map(|&cut| fixed(cut, 2, lang)).collect());
    let sizes = list(log.sizes.iter().map(ToString::to_string).collect());
    let (goodness, within) = (fixed(log.goodness, 3, lang), fixed(log.sse, 1, lang));
    match lang {
        Lang::Zh => format!(
            "{rule}，{}个梯队，城市数依次为{sizes}；分界{cuts}分；方差拟合优度{goodness}，组内离差平方和{within}",
            log.sizes.len()
        ),
        Lang::En => format!(
            "{rule}, {} tiers of {sizes} cities; cuts at {cuts} points; goodness of variance fit {goodness}, sum of squares within {within}",
            log.sizes.len()
        ),
    }
}

/// Whether an indicator's values were changed before normalisation.
#[must_use]
pub(in crate::content) fn was_treated(step: &IndicatorStep) -> bool {
    step.treatment.applied != Applied::Nothing
}
