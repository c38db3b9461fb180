//! The method told from the log of what was done: paragraphs and formulas that cannot disagree with
//! what was computed.

mod aggregation;
mod formulas;
mod networks;
mod normalisation;
mod robustness;
mod steps;
mod tiers;
mod typology;
mod variants;
mod weighting;

use crate::config::{Aggregation, Centre, Imputation, Ties};
use crate::content::block::Block;
use crate::content::results::Results;
use crate::content::words::{count_before_noun, join};
use crate::lang::Lang;
use crate::num::{fixed, shortest};

pub(super) use formulas::formulas;
pub(super) use normalisation::name as normalisation_name;
pub(super) use steps::{steps, was_treated};

/// The paragraphs and formulas templates can ask for.
pub(super) const TOPICS: [&str; 12] = [
    "normalisation",
    "weighting",
    "aggregation",
    "missing",
    "ranks",
    "tiers",
    "typology",
    "years",
    "variants",
    "networks",
    "robustness",
    "uncertainty-sources",
];

/// A paragraph on a topic of the method; `None` for an unknown topic.
#[must_use]
pub(super) fn paragraph(results: &Results, topic: &str, lang: Lang) -> Option<String> {
    let text = match topic {
        "normalisation" => normalisation::paragraph(results, lang),
        "weighting" => weighting::paragraph(results, lang),
        "aggregation" => aggregation::paragraph(results, lang),
        "missing" => missing(results, lang),
        "ranks" => ranks(results, lang),
        "tiers" => tiers::paragraph(results, lang),
        "typology" => typology::paragraph(results, lang),
        "years" => years(results, lang),
        "variants" => variants::paragraph(results, lang),
        "networks" => networks::paragraph(results, lang),
        "robustness" => robustness::paragraph(results, lang),
        "uncertainty-sources" => robustness::sources(results, lang),
        _ => return None,
    };
    Some(text)
}

/// A displayed formula on a topic; `None` if the topic has none.
#[must_use]
pub(super) fn formula(results: &Results, topic: &str, lang: Lang) -> Option<Block> {
    let (source, zh, en) = match topic {
        "normalisation" => {
            let (source, alt) = normalisation::formula(&results.index.log.normalisation);
            (source, alt.zh, alt.en)
        }
        "aggregation" => {
            let (source, alt) = aggregation::formula(root_aggregation(results));
            (source, alt.zh, alt.en)
        }
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
    results.index.log.parent(0).map_or(Aggregation::Arithmetic, |step| step.aggregation.rule)
}

/// A number inside a Typst formula.
fn number(value: f64) -> String {
    shortest(value, Lang::Zh).replace('\u{2212}', "-")
}

/// What a rule of imputation fills gaps with; `None` if it leaves them.
#[must_use]
pub(super) const fn filled_with(rule: Imputation, lang: Lang) -> Option<&'static str> {
    let (zh, en) = match rule {
        Imputation::None => return None,
        Imputation::Centre { centre: Centre::Mean } => ("全部城市的均值", "the mean of all cities"),
        Imputation::Centre { centre: Centre::Median } => {
            ("全部城市的中位数", "the median of all cities")
        }
        Imputation::GroupCentre { centre: Centre::Mean, .. } => {
            ("同组城市的均值", "the mean of the city’s group")
        }
        Imputation::GroupCentre { centre: Centre::Median, .. } => {
            ("同组城市的中位数", "the median of the city’s group")
        }
        Imputation::Latest { .. } => ("该市最近年份的数值", "the city’s latest earlier value"),
        Imputation::Linear { .. } => {
            ("该市前后年份的线性内插", "interpolation between the city’s own years")
        }
    };
    Some(match lang {
        Lang::Zh => zh,
        Lang::En => en,
    })
}

/// What becomes of gaps: filled in by rule, or left to the weights of the others.
fn gaps_rule(results: &Results, lang: Lang) -> String {
    let log = &results.index.log;
    let mut rules: Vec<&str> = Vec::new();
    for step in &log.indicators {
        if let Some(name) = filled_with(step.imputation, lang).filter(|n| !rules.contains(n)) {
            rules.push(name);
        }
    }
    let filled = log.data.imputed;
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
    let data = &results.index.log.data;
    let cells = data.cells;
    let unit = fixed(data.screening.unit_threshold * 100.0, 0, lang);
    let indicator = fixed(data.screening.indicator_threshold * 100.0, 0, lang);
    let gaps = cells - data.observed;
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
    let rule = &results.index.log.ranks;
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
                Ties::Average => {
                    "得分相同者取平均位次（如1、2.5、2.5、4），文中印出并列的首位（如1、2、2、4）。"
                }
                Ties::Ordinal => "得分相同者按城市代码先后排列，位次不并列（如1、2、3、4）。",
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
                Ties::Average => {
                    "Equal scores take the mean of their places (1, 2.5, 2.5, 4); in print, the first of them (1, 2, 2, 4)."
                }
                Ties::Ordinal => {
                    "Equal scores take different ranks in order of city code (1, 2, 3, 4)."
                }
            };
            format!("{rounding} {ties}")
        }
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
