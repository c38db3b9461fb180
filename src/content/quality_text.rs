//! How far the data can be relied upon, in words: paragraphs computed from checks, screening,
//! imputation and treatment.

use crate::config::Treatment;
use crate::content::method_text::filled_with;
use crate::content::results::{IMPUTED, NodeAt, Results};
use crate::content::sentences::inside;
use crate::content::words::{count_before_noun, join};
use crate::index::{Applied, Flag, Screened};
use crate::lang::{Lang, Localised};
use crate::num::{fixed, shortest};

/// The paragraphs templates can ask for.
pub(super) const TOPICS: [&str; 7] =
    ["summary", "flags", "denominators", "coverage", "screening", "imputation", "treatment"];

/// A paragraph on a topic; `None` for an unknown topic.
#[must_use]
pub(super) fn paragraph(results: &Results, topic: &str, lang: Lang) -> Option<String> {
    let text = match topic {
        "summary" => summary(results, lang),
        "flags" => flags(results, lang),
        "denominators" => denominators(results, lang),
        "coverage" => coverage(results, lang),
        "screening" => screening(results, lang),
        "imputation" => imputation(results, lang),
        "treatment" => treatment(results, lang),
        _ => return None,
    };
    Some(text)
}

/// What the checks raise about an indicator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Raised {
    /// A flag of the checks.
    Flag(Flag),
    /// It tells the same as another indicator.
    Duplicate,
    /// It still follows what it was divided by.
    Denominator,
}

/// Every flag, the gravest first.
const FLAGS: [Raised; 7] = [
    Raised::Flag(Flag::Constant),
    Raised::Duplicate,
    Raised::Flag(Flag::Availability),
    Raised::Flag(Flag::Outliers),
    Raised::Flag(Flag::Zeros),
    Raised::Flag(Flag::Unique),
    Raised::Denominator,
];

/// The flags of an indicator, the gravest first.
#[must_use]
pub(super) fn flags_of(results: &Results, node: NodeAt) -> Vec<Raised> {
    let checks = &results.index.checks;
    let own = checks.of(node).map(|own| own.flags.as_slice()).unwrap_or_default();
    let doubled = checks.duplicates.iter().any(|d| d.first == node || d.second == node);
    let raised = |flag: &Raised| match flag {
        Raised::Flag(flag) => own.contains(flag),
        Raised::Duplicate => doubled,
        Raised::Denominator => checks.denominators.iter().any(|d| d.node == node && d.flagged),
    };
    FLAGS.into_iter().filter(raised).collect()
}

/// The word for a flag in a table.
#[must_use]
pub(super) const fn flag_word(flag: Raised) -> Localised<&'static str> {
    let (zh, en) = match flag {
        Raised::Duplicate => ("重复", "duplicate"),
        Raised::Denominator => ("随分母", "denominator"),
        Raised::Flag(Flag::Availability) => ("缺失多", "gaps"),
        Raised::Flag(Flag::Zeros) => ("零值多", "zeros"),
        Raised::Flag(Flag::Unique) => ("取值少", "few values"),
        Raised::Flag(Flag::Outliers) => ("离群", "outliers"),
        Raised::Flag(Flag::Constant) => ("常数", "constant"),
    };
    Localised { zh, en }
}

fn percent(share: f64, decimals: usize, lang: Lang) -> String {
    fixed(share * 100.0, decimals, lang)
}

/// Names of nodes as a list inside a sentence.
fn names(results: &Results, nodes: &[NodeAt], lang: Lang) -> String {
    let names: Vec<String> = nodes
        .iter()
        .map(|&node| match lang {
            Lang::Zh => results.node(node).short.zh.clone(),
            Lang::En => inside(&results.node(node).short.en),
        })
        .collect();
    join(&names, lang)
}

/// “one indicator”, “three indicators”.
fn indicators(count: usize, lang: Lang) -> String {
    let number = count_before_noun(count, lang);
    match lang {
        Lang::Zh => format!("{number}项指标"),
        Lang::En if count == 1 => format!("{number} indicator"),
        Lang::En => format!("{number} indicators"),
    }
}

fn raised(results: &Results, flag: Raised) -> Vec<NodeAt> {
    let all = results.config.method.indicators();
    all.filter(|&node| flags_of(results, node).contains(&flag)).collect()
}

/// How many figures there are, and how many indicators bear which flag.
fn summary(results: &Results, lang: Lang) -> String {
    let wanted = results.config.method.indicators().count() * results.count();
    let filled = results.imputed_count();
    let known: usize = (0..results.count()).map(|u| results.known_and_filled(u).0).sum();
    let gaps = wanted - known;
    let free = results
        .config
        .method
        .indicators()
        .filter(|&node| flags_of(results, node).is_empty())
        .count();
    let counts: Vec<(&str, usize)> = FLAGS
        .into_iter()
        .map(|flag| (*flag_word(flag).get(lang), raised(results, flag).len()))
        .filter(|(_, count)| *count > 0)
        .collect();
    let first = match (gaps, lang) {
        (0, Lang::Zh) => format!("本报告所需的{wanted}个数据全部齐备，没有缺失。"),
        (0, Lang::En) => format!("All {wanted} figures this report needs are there."),
        (_, Lang::Zh) => format!(
            "本报告需要{wanted}个数据，其中{known}个由来源直接给出，占{}%；{}。",
            share_of(known, wanted, lang),
            rest(filled, gaps - filled, lang)
        ),
        (_, Lang::En) => format!(
            "This report needs {wanted} figures. Sources give {known} of them ({}%); {}.",
            share_of(known, wanted, lang),
            rest(filled, gaps - filled, lang)
        ),
    };
    let second = flag_counts(&counts, free, lang);
    first + &second
}

/// What became of the figures that no source gives.
fn rest(filled: usize, missing: usize, lang: Lang) -> String {
    let (filled_word, missing_word) = match lang {
        Lang::Zh => ("由插补得到", "缺失"),
        Lang::En => ("filled in", "missing"),
    };
    let parts: Vec<String> = [(filled, filled_word), (missing, missing_word)]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| match lang {
            Lang::Zh => format!("{count}个{word}"),
            Lang::En if count == 1 => format!("one is {word}"),
            Lang::En => format!("{} are {word}", count_before_noun(count, lang)),
        })
        .collect();
    match lang {
        Lang::Zh => parts.join("，"),
        Lang::En => join(&parts, lang),
    }
}

/// How many indicators bear which flag, and how many bear none.
fn flag_counts(counts: &[(&str, usize)], free: usize, lang: Lang) -> String {
    let numbers: Vec<String> = counts.iter().map(|(_, count)| count.to_string()).collect();
    match lang {
        Lang::Zh if counts.is_empty() => "各项检验都没有超出界限的指标。".to_owned(),
        Lang::En if counts.is_empty() => " No check is beyond its limit.".to_owned(),
        Lang::Zh => {
            let words: Vec<String> = counts.iter().map(|(word, _)| format!("“{word}”")).collect();
            let each = if counts.len() > 1 { "分别" } else { "" };
            format!(
                "检验的界限只作提示，不改变计算：标记{}{each}涉及{}项指标，{}项没有任何标记。",
                words.concat(),
                numbers.join("、"),
                free
            )
        }
        Lang::En => {
            let words: Vec<String> =
                counts.iter().map(|(word, _)| format!("\u{201c}{word}\u{201d}")).collect();
            let (flags, were) = if counts.len() > 1 { ("flags", "were") } else { ("flag", "was") };
            let none = match free {
                0 => "none is without a flag".to_owned(),
                1 => "one bears none".to_owned(),
                _ => format!("{} bear none", count_before_noun(free, lang)),
            };
            let noun =
                if counts.len() == 1 && counts[0].1 == 1 { "indicator" } else { "indicators" };
            format!(
                " The limits of the checks warn and change nothing: the {flags} {} {were} raised for {} {noun}, and {none}.",
                join(&words, lang),
                join(&numbers, lang)
            )
        }
    }
}

fn share_of(part: usize, whole: usize, lang: Lang) -> String {
    #[expect(clippy::cast_precision_loss, reason = "counts of figures stay far below 2^52")]
    let share = if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    percent(share, 1, lang)
}

/// What each flag that was raised means for the reader, and the indicators that bear it.
fn flags(results: &Results, lang: Lang) -> String {
    let mut sentences = Vec::new();
    for flag in FLAGS {
        let nodes = raised(results, flag);
        if nodes.is_empty() {
            continue;
        }
        let (names, one) = (names(results, &nodes, lang), nodes.len() == 1);
        sentences.push(match lang {
            Lang::Zh => told_zh(flag, &names),
            Lang::En => told_en(flag, &names, one),
        });
    }
    sentences.join(match lang {
        Lang::Zh => "",
        Lang::En => " ",
    })
}

fn told_zh(flag: Raised, names: &str) -> String {
    match flag {
        Raised::Flag(Flag::Constant) => {
            format!("{names}对所有城市取值相同，不能区分城市。")
        }
        Raised::Duplicate => format!("{names}与另一项指标完全相关，同一信息计入了两次。"),
        Raised::Denominator => {
            format!("{names}虽已除以分母，仍随分母升降，没有完全摆脱规模的影响。")
        }
        Raised::Flag(Flag::Availability) => {
            format!("{names}缺失较多，得分只在有数据的城市之间比较。")
        }
        Raised::Flag(Flag::Outliers) => format!(
            "{names}带有离群值：个别城市远离其余城市，后者在标度上挤在一端，这些指标主要把领先（或落后）的个别城市与其他城市分开。"
        ),
        Raised::Flag(Flag::Zeros) => {
            format!("{names}多数城市为零，只反映有与无。")
        }
        Raised::Flag(Flag::Unique) => {
            format!("{names}的不同取值较少，许多城市在这些指标上并列，位次应与并列数一起看。")
        }
    }
}

fn told_en(flag: Raised, names: &str, one: bool) -> String {
    let names = capital(names);
    let (has, is, does) = if one { ("has", "is", "tells") } else { ("have", "are", "tell") };
    let (rises, falls, its) = if one {
        ("rises", "falls", "its denominator")
    } else {
        ("rise", "fall", "their denominators")
    };
    match flag {
        Raised::Flag(Flag::Constant) => {
            format!("{names} {is} the same for all cities and cannot tell them apart.")
        }
        Raised::Duplicate => format!(
            "{names} {is} perfectly correlated with another indicator, so the same information counts twice."
        ),
        Raised::Denominator => {
            format!("{names} still {rises} or {falls} with {its}: division did not take size out.")
        }
        Raised::Flag(Flag::Availability) => {
            format!("{names} {has} many gaps; scores compare only the cities with data.")
        }
        Raised::Flag(Flag::Outliers) => format!(
            "{names} {has} outliers: a few cities lie so far from the rest that the others crowd at one end of the scale, and the indicator mainly sets those few apart."
        ),
        Raised::Flag(Flag::Zeros) => {
            format!("{names} {is} zero for most cities and {does} little more than who has any.")
        }
        Raised::Flag(Flag::Unique) => format!(
            "{names} {has} few distinct values, so that many cities tie; ranks there should be read together with the number of cities that share them."
        ),
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// How many indicators are quotients, and whether they still follow what they were divided by.
fn denominators(results: &Results, lang: Lang) -> String {
    let checks = &results.index.checks.denominators;
    let known = checks.iter().filter_map(|own| Some((own.node, own.correlation?)));
    let Some((node, r)) = known.max_by(|a, b| a.1.abs().total_cmp(&b.1.abs()).then(b.0.cmp(&a.0)))
    else {
        return String::new();
    };
    let flagged = checks.iter().filter(|own| own.flagged).count();
    let limit = shortest(results.config.method.checks.denominator, lang);
    let (name, r) = (names(results, &[node], lang), fixed(r, 2, lang));
    let count = checks.len();
    match lang {
        Lang::Zh => {
            let over = match flagged {
                0 => format!("绝对值都不超过{limit}"),
                _ => format!("绝对值超过{limit}的有{flagged}项"),
            };
            let most = if count == 1 {
                String::new()
            } else {
                format!("，绝对值最大的是{name}（{r}）")
            };
            let own = if count == 1 { format!("（{name}，{r}）") } else { String::new() };
            format!(
                "{count}项指标是除以某一分母得到的{own}。除过之后若仍与分母高度相关，说明规模的影响没有除净。这些指标与各自分母的相关系数，{over}{most}。"
            )
        }
        Lang::En if count == 1 => format!(
            "One indicator, {name}, is a quotient. Its correlation with what it was divided by is {r}, {} the limit of {limit} beyond which division has not taken size out.",
            if flagged == 0 { "within" } else { "above" }
        ),
        Lang::En => {
            let over = match flagged {
                0 => format!("none has a correlation with its denominator beyond ±{limit}"),
                1 => format!("one has a correlation with its denominator beyond ±{limit}"),
                _ => format!(
                    "{} have correlations with their denominators beyond ±{limit}",
                    count_before_noun(flagged, lang)
                ),
            };
            format!(
                "{} are quotients. One that still moves with its denominator was not freed of size: {over}, and the largest in size is that of {name} ({r}).",
                capital(&indicators(count, lang))
            )
        }
    }
}

/// Coverage of the cities and how the data were obtained.
fn coverage(results: &Results, lang: Lang) -> String {
    let shares: Vec<String> = results
        .index
        .status
        .iter()
        .map(|share| {
            let percent = percent(share.share, 1, lang);
            match (share.status, lang) {
                (Some(status), Lang::Zh) => format!("{}{percent}%", status.name().zh),
                (Some(status), Lang::En) => format!("{} {percent}%", status.name().en),
                (None, Lang::Zh) => format!("缺失{percent}%"),
                (None, Lang::En) => format!("missing {percent}%"),
            }
        })
        .collect();
    let own = &results.at(0).coverage;
    let least = own.iter().copied().fold(f64::INFINITY, f64::min);
    let lowest: Vec<String> = (0..results.count())
        .filter(|&u| own[u] <= least + 1e-9)
        .map(|u| results.unit(u).name.text(lang).to_owned())
        .collect();
    let full = own.iter().filter(|&&share| share >= 1.0 - 1e-9).count();
    let by_status = match lang {
        Lang::Zh => format!("按在总指数中的权重计，数据来源的构成为{}。", shares.join("、")),
        Lang::En => {
            format!(" By weight in the index, the data divide into {}.", join(&shares, lang))
        }
    };
    let first = match (full == results.count(), lang) {
        (true, Lang::Zh) => format!("{full}个城市的覆盖率都是100%。"),
        (true, Lang::En) => format!("Coverage is 100% for all {full} cities."),
        (false, Lang::Zh) => format!(
            "{}个城市的覆盖率为100%；最低的是{}，为{}%。",
            full,
            join(&lowest, lang),
            percent(least, 1, lang)
        ),
        (false, Lang::En) => format!(
            "Coverage is 100% for {full} of {} cities; it is lowest for {}, at {}%.",
            results.count(),
            join(&lowest, lang),
            percent(least, 1, lang)
        ),
    };
    let even = super::conditions::has(results, "uneven-coverage") == Some(false);
    let same = match (even, lang) {
        (true, Lang::Zh) => "这一构成在各城市之间没有差别，因此不再逐一列表。",
        (true, Lang::En) => {
            " The division is the same for every city and is not listed one by one."
        }
        (false, _) => "",
    };
    first + &by_status + same
}

/// What screening left out or kept.
fn screening(results: &Results, lang: Lang) -> String {
    let screening = &results.index.screening;
    let missing = results.config.method.missing;
    let threshold = percent(missing.indicator_threshold, 0, lang);
    let out = |list: &[Screened]| list.iter().filter(|own| !own.kept).count();
    let (lost, cities) = (out(&screening.indicators), out(&screening.units));
    let kept = screening.indicators.iter().chain(&screening.units).filter(|own| own.kept).count();
    match (lost + cities + kept, lang) {
        (0, Lang::Zh) => format!(
            "有值城市不足{threshold}%的指标不纳入计算。本版没有指标或城市因此被剔除，也没有按编辑决定剔除或保留的。"
        ),
        (0, Lang::En) => format!(
            "Indicators known for fewer than {threshold}% of the cities are left out. In this edition no indicator and no city was, and none was left out or kept by decision."
        ),
        (_, Lang::Zh) => format!(
            "有值城市不足{threshold}%的指标不纳入计算。本版剔除指标{lost}项、城市{cities}个，按编辑决定保留{kept}项。"
        ),
        (_, Lang::En) => format!(
            "Indicators known for fewer than {threshold}% of the cities are left out. In this edition screening left out {} and {}, and {kept} were kept by decision.",
            indicators(lost, lang),
            if cities == 1 {
                "one city".to_owned()
            } else {
                format!("{} cities", count_before_noun(cities, lang))
            }
        ),
    }
}

/// How many values were filled in, and by which rules.
fn imputation(results: &Results, lang: Lang) -> String {
    let filled = results.imputed_count();
    let wanted = results.config.method.indicators().count() * results.count();
    let mut rules: Vec<(&str, usize)> = Vec::new();
    for data in &results.inputs.dataset.indicators {
        for imputed in data.cells.iter().flatten().filter_map(|cell| cell.imputed.as_ref()) {
            let Some(name) = filled_with(imputed.rule, lang) else { continue };
            match rules.iter_mut().find(|(other, _)| *other == name) {
                Some((_, count)) => *count += 1,
                None => rules.push((name, 1)),
            }
        }
    }
    let parts: Vec<String> = rules
        .iter()
        .map(|(name, count)| match lang {
            Lang::Zh => format!("{count}个取{name}"),
            Lang::En => format!("{count} with {name}"),
        })
        .collect();
    match (filled, lang) {
        (0, Lang::Zh) => "本版没有插补的数值。".to_owned(),
        (0, Lang::En) => "No value of this edition was filled in.".to_owned(),
        (_, Lang::Zh) => format!(
            "插补的数值共{filled}个，占所需数据的{}%{}。正文与附录的表格以{IMPUTED}标出这些数值以及由它们得出的指标得分。",
            share_of(filled, wanted, lang),
            if parts.is_empty() {
                String::new()
            } else {
                format!("，其中{}", parts.join("、"))
            }
        ),
        (_, Lang::En) => format!(
            "{} filled in, {}% of all that are needed{}. Tables mark them, and the indicator scores made from them, with {IMPUTED}.",
            if filled == 1 { "One value is".to_owned() } else { format!("{filled} values are") },
            share_of(filled, wanted, lang),
            if parts.is_empty() { String::new() } else { format!(": {}", join(&parts, lang)) }
        ),
    }
}

/// Whether outliers were treated, and what it came to.
fn treatment(results: &Results, lang: Lang) -> String {
    let method = &results.config.method;
    let ruled = method
        .indicators()
        .filter_map(|leaf| results.spec(leaf))
        .filter(|spec| spec.treatment != Treatment::None)
        .count();
    let changed: Vec<_> =
        results.index.treated.iter().filter(|own| own.applied != Applied::Nothing).collect();
    let points: usize = changed.iter().map(|own| own.points.len()).sum();
    match (ruled, changed.len(), lang) {
        (0, _, Lang::Zh) => "本版不对离群值作处理，数值按原样进入标准化。".to_owned(),
        (0, _, Lang::En) => {
            "Outliers are not treated in this edition: values enter normalisation as they are."
                .to_owned()
        }
        (_, 0, Lang::Zh) => {
            format!("{}按规则检查了离群值，没有需要处理的。", indicators(ruled, lang))
        }
        (_, 0, Lang::En) => format!(
            "Of the {} under a rule for outliers, none needed treatment.",
            indicators(ruled, lang)
        ),
        (_, count, Lang::Zh) => format!(
            "{}按规则检查离群值，其中{}经过处理，变动数值{points}个。表中的数值仍印处理之前的，得分由处理之后的数值计算。",
            indicators(ruled, lang),
            indicators(count, lang)
        ),
        (_, count, Lang::En) => format!(
            "{} under a rule for outliers; {} treated, which changed {points} {}. Tables go on to print the values before treatment, while scores are made from those after it.",
            capital(&format!(
                "{} {}",
                indicators(ruled, lang),
                if ruled == 1 { "is" } else { "are" }
            )),
            if count == 1 {
                "one was".to_owned()
            } else {
                format!("{} were", count_before_noun(count, lang))
            },
            if points == 1 { "value" } else { "values" }
        ),
    }
}
