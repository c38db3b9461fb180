//! How values came onto the scale, in words and as a formula.

use crate::config::{Clamp, ConstantRule, Direction, EqualValues, Normalisation, Over, Spacing};
use crate::content::method_text::number;
use crate::content::results::Results;
use crate::lang::{Lang, Localised};

/// The paragraph on normalisation.
pub(super) fn paragraph(results: &Results, lang: Lang) -> String {
    let log = &results.index.log;
    let negative = log.indicators.iter().any(|step| step.direction == Direction::Negative);
    let own =
        log.indicators.iter().filter(|s| s.takes_part && s.normalisation.rule != log.normalisation);
    let own = own.count();
    let mut text = told(&log.normalisation).text(lang).to_owned();
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
            Lang::En if own == 1 => {
                " One indicator is normalised in a way of its own; see the annex.".to_owned()
            }
            Lang::En => {
                format!(" {own} indicators are normalised in a way of their own; see the annex.")
            }
        };
        text.push_str(&others);
    }
    text + &pooled(results, lang)
}

/// That extremes, means and ranks are those of several years, where they are.
fn pooled(results: &Results, lang: Lang) -> String {
    let method = &results.config.method;
    let specs = || method.indicators().filter_map(|i| results.spec(i));
    let count = specs().filter(|s| s.over == Over::Pooled).count();
    let (Some(first), Some(last)) = (method.years.first(), method.years.last()) else {
        return String::new();
    };
    match (count, count == specs().count(), lang) {
        (0, _, _) => String::new(),
        (_, true, Lang::Zh) => format!(
            "换算所用的极值、均值和位次取自{first}年至{last}年各年合并的样本，因此各年得分可以直接比较。"
        ),
        (_, true, Lang::En) => format!(
            " Extremes, means and ranks are those of the pooled years {first} to {last}, so that scores can be compared between years."
        ),
        (_, false, Lang::Zh) => format!(
            "其中{count}项指标换算所用的极值、均值和位次取自{first}年至{last}年各年合并的样本。"
        ),
        (_, false, Lang::En) => format!(
            " For {count} of them, extremes, means and ranks are those of the pooled years {first} to {last}."
        ),
    }
}

/// What a method does, one or two sentences.
#[must_use]
#[expect(clippy::too_many_lines, reason = "one arm for each method")]
fn told(method: &Normalisation) -> Localised<String> {
    let n = |value: f64| number(value);
    match *method {
        Normalisation::None => Localised::new(
            "各指标直接以原值计分，不作标准化。".to_owned(),
            "Indicators are scored by their own values, without normalisation.".to_owned(),
        ),
        Normalisation::MinMax { low, high, constant } => with_rule(
            constant,
            format!(
                "各指标采用极差标准化（min-max），以样本中的最小值与最大值为两端，线性换算到{}至{}分。",
                n(low),
                n(high)
            ),
            format!(
                "Every indicator is brought onto a scale from {} to {} by min-max normalisation: the smallest value in the sample maps to the lower end, the largest to the upper end, and all others lie between them in proportion. ",
                n(low),
                n(high)
            ),
        ),
        Normalisation::ZScore { centre, spread, constant } => with_rule(
            constant,
            format!(
                "各指标采用标准分（z-score）标准化，均值为{}分，样本标准差（除以n−1）为{}分。",
                n(centre),
                n(spread)
            ),
            format!(
                "Every indicator is turned into a z-score with a mean of {} and a sample standard deviation (n − 1) of {}. ",
                n(centre),
                n(spread)
            ),
        ),
        Normalisation::FractionOfMaximum { high } => Localised::new(
            format!("各指标以样本最大值为{}分，其余按比例计分。", n(high)),
            format!(
                "The largest value of every indicator scores {}; all others score in proportion to it.",
                n(high)
            ),
        ),
        Normalisation::Goalposts { from, to, spacing, clamp, .. } => {
            goalposts(from, to, spacing, clamp)
        }
        Normalisation::PercentileRank { ties, .. } => match ties {
            EqualValues::Lowest => Localised::new(
                "各指标按百分位次计分，并列者取最低位次。".to_owned(),
                "Every indicator is scored by percentile rank; equal values take the lowest."
                    .to_owned(),
            ),
            other => with_ties(
                other,
                "各指标按百分位次计分",
                "Every indicator is scored by percentile rank",
            ),
        },
        Normalisation::Rank { ties, .. } => with_ties(
            ties,
            "各指标按升序位次计分，最差的城市为1分",
            "Every indicator is scored by its ascending rank, 1 for the last city",
        ),
        Normalisation::Borda { ties, .. } => with_ties(
            ties,
            "各指标按博尔达（Borda）法计分，即升序位次减一",
            "Every indicator is scored by the Borda count, the ascending rank less one",
        ),
        Normalisation::DistanceToTarget { target, low, high, .. } => Localised::new(
            format!(
                "各指标按与目标值{}的距离计分：样本中最差的城市为{}分，达到目标为{}分。",
                n(target),
                n(low),
                n(high)
            ),
            format!(
                "Every indicator is scored by its distance from the target {}: the worst city of the sample scores {}, the target {}.",
                n(target),
                n(low),
                n(high)
            ),
        ),
        Normalisation::DistanceToReference { ref unit, low, high, .. } => Localised::new(
            format!(
                "各指标按与参照城市（{unit}）的距离计分：样本中最差的城市为{}分，参照城市为{}分。",
                n(low),
                n(high)
            ),
            format!(
                "Every indicator is scored by its distance from the reference city ({unit}): the worst city of the sample scores {}, the reference {}.",
                n(low),
                n(high)
            ),
        ),
        Normalisation::DistanceToMaximum { low, high, constant } => with_rule(
            constant,
            format!(
                "各指标按与样本最大值的距离占极差的份额计分，换算到{}至{}分。",
                n(low),
                n(high)
            ),
            format!(
                "Every indicator is scored by its distance from the maximum as a share of the range of the sample, on a scale from {} to {}. ",
                n(low),
                n(high)
            ),
        ),
        Normalisation::TargetType { target, .. } => Localised::new(
            format!("各指标为适度指标，以{}为最优值，偏离越远得分越低。", n(target)),
            format!(
                "{} is the best value of every indicator; scores fall on both sides.",
                n(target)
            ),
        ),
        Normalisation::IntervalType { from, to, .. } => Localised::new(
            format!("各指标为区间型指标，以{}至{}为最优区间，偏离越远得分越低。", n(from), n(to)),
            format!(
                "Values from {} to {} are the best of every indicator; scores fall on both sides.",
                n(from),
                n(to)
            ),
        ),
        Normalisation::Efficacy { low, high, constant } => with_rule(
            constant,
            format!("各指标采用功效系数法，样本中最差者为{}分，最优者为{}分。", n(low), n(high)),
            format!(
                "Every indicator is scored by the efficacy coefficient: the worst of the sample scores {}, the best {}. ",
                n(low),
                n(high)
            ),
        ),
        Normalisation::BasePeriod { year } => Localised::new(
            format!("各指标采用定基指数，以各城市{year}年的数值为100。"),
            format!(
                "Every indicator is an index number: the city's own value of {year} counts as 100."
            ),
        ),
    }
}

fn goalposts(from: f64, to: f64, spacing: Spacing, clamp: Clamp) -> Localised<String> {
    let (how_zh, how_en) = match spacing {
        Spacing::Linear => ("线性计分", "in proportion"),
        Spacing::Log => ("取对数后线性计分", "in proportion to their logarithms"),
    };
    let (end_zh, end_en) = match clamp {
        Clamp::Both => ("，超出者取端点", "; values beyond them take the end of the scale"),
        Clamp::Low => ("，劣于一端者取该端点", "; values worse than the lower end take it"),
        Clamp::High => ("，优于一端者取该端点", "; values better than the upper end take it"),
        Clamp::None => ("，超出者依同一直线外推", "; values beyond them lie on the same line"),
    };
    let (from, to) = (number(from), number(to));
    Localised::new(
        format!("各指标按固定的下限{from}与上限{to}{how_zh}{end_zh}。"),
        format!(
            "Every indicator is scored {how_en} between the fixed goalposts {from} and {to}{end_en}."
        ),
    )
}

/// What equal values take.
const fn places(ties: EqualValues) -> (&'static str, &'static str) {
    match ties {
        EqualValues::Lowest => ("最低位次", "the lowest of their places"),
        EqualValues::Highest => ("最高位次", "the highest of their places"),
        EqualValues::Average => ("平均位次", "the mean of their places"),
        EqualValues::Dense => ("同一位次且不跳号", "one place, and none is skipped"),
    }
}

/// How goalposts are spread and where they hold, as far as it is not the usual way.
const fn posts(spacing: Spacing, clamp: Clamp) -> (&'static str, &'static str) {
    match (spacing, clamp) {
        (Spacing::Linear, Clamp::Both) => ("", ""),
        (Spacing::Linear, Clamp::Low) => ("，仅下端截断", ", clamped at the lower end only"),
        (Spacing::Linear, Clamp::High) => ("，仅上端截断", ", clamped at the upper end only"),
        (Spacing::Linear, Clamp::None) => ("，不截断", ", not clamped"),
        (Spacing::Log, Clamp::Both) => ("，按对数换算", ", logarithmic"),
        (Spacing::Log, Clamp::Low) => {
            ("，按对数换算，仅下端截断", ", logarithmic, clamped at the lower end only")
        }
        (Spacing::Log, Clamp::High) => {
            ("，按对数换算，仅上端截断", ", logarithmic, clamped at the upper end only")
        }
        (Spacing::Log, Clamp::None) => ("，按对数换算，不截断", ", logarithmic, not clamped"),
    }
}

fn with_ties(ties: EqualValues, zh: &str, en: &str) -> Localised<String> {
    let (ties_zh, ties_en) = places(ties);
    Localised::new(
        format!("{zh}，并列者取{ties_zh}。"),
        format!("{en}; equal values take {ties_en}."),
    )
}

fn with_rule(rule: ConstantRule, zh: String, en: String) -> Localised<String> {
    let (rule_zh, rule_en) = match rule {
        ConstantRule::Error => (
            "对所有城市取值相同的指标没有区分作用，不得纳入。".to_owned(),
            "An indicator with the same value everywhere cannot tell cities apart and is not admitted.".to_owned(),
        ),
        ConstantRule::Mid => (
            "对所有城市取值相同的指标一律取标度的中点。".to_owned(),
            "An indicator with the same value everywhere takes the middle of the scale.".to_owned(),
        ),
        ConstantRule::Drop => (
            "对所有城市取值相同的指标不纳入计算，其权重由同组其余指标分担。".to_owned(),
            "An indicator with the same value everywhere is left out, and its weight goes to the others of its group.".to_owned(),
        ),
        ConstantRule::Value(score) => (
            format!("对所有城市取值相同的指标一律取{}分。", number(score)),
            format!("An indicator with the same value everywhere scores {}.", number(score)),
        ),
    };
    Localised::new(zh + &rule_zh, en + &rule_en)
}

/// The short name of a method.
#[must_use]
pub(in crate::content) const fn name(method: &Normalisation) -> Localised<&'static str> {
    let (zh, en) = match method {
        Normalisation::None => ("原值", "values as they are"),
        Normalisation::MinMax { .. } => ("极差标准化", "min-max"),
        Normalisation::ZScore { .. } => ("标准分", "z-score"),
        Normalisation::FractionOfMaximum { .. } => ("与最大值之比", "fraction of the maximum"),
        Normalisation::Goalposts { .. } => ("固定上下限", "goalposts"),
        Normalisation::PercentileRank { .. } => ("百分位次", "percentile rank"),
        Normalisation::Rank { .. } => ("位次", "rank"),
        Normalisation::Borda { .. } => ("博尔达计分", "Borda count"),
        Normalisation::DistanceToTarget { .. } => ("与目标值的距离", "distance to target"),
        Normalisation::DistanceToReference { .. } => ("与参照城市的距离", "distance to reference"),
        Normalisation::DistanceToMaximum { .. } => ("与最大值的距离", "distance to the maximum"),
        Normalisation::TargetType { .. } => ("适度型", "target type"),
        Normalisation::IntervalType { .. } => ("区间型", "interval type"),
        Normalisation::Efficacy { .. } => ("功效系数", "efficacy coefficient"),
        Normalisation::BasePeriod { .. } => ("定基指数", "base-period index"),
    };
    Localised { zh, en }
}

/// The scale of a method and its own parameters, behind its name; empty if it has none.
#[must_use]
pub(super) fn scale(method: &Normalisation, lang: Lang) -> String {
    let n = |value: f64| number(value);
    let (zh, en) = match *method {
        Normalisation::None => return String::new(),
        Normalisation::Rank { ties, .. } | Normalisation::Borda { ties, .. } => {
            let (zh, en) = places(ties);
            (format!("并列者取{zh}"), format!("equal values take {en}"))
        }
        Normalisation::PercentileRank { low, high, ties, .. } => {
            let (zh, en) = places(ties);
            (
                format!("{}至{}分，并列者取{zh}", n(low), n(high)),
                format!("from {} to {}; equal values take {en}", n(low), n(high)),
            )
        }
        Normalisation::MinMax { low, high, .. }
        | Normalisation::DistanceToReference { low, high, .. }
        | Normalisation::DistanceToMaximum { low, high, .. }
        | Normalisation::Efficacy { low, high, .. } => {
            (format!("{}至{}分", n(low), n(high)), format!("from {} to {}", n(low), n(high)))
        }
        Normalisation::ZScore { centre, spread, .. } => (
            format!("均值{}、标准差{}", n(centre), n(spread)),
            format!("mean {}, standard deviation {}", n(centre), n(spread)),
        ),
        Normalisation::FractionOfMaximum { high } => {
            (format!("最大值{}分", n(high)), format!("the maximum scores {}", n(high)))
        }
        Normalisation::Goalposts { from, to, low, high, spacing, clamp } => {
            let (zh, en) = posts(spacing, clamp);
            (
                format!("{}与{}之间，{}至{}分{zh}", n(from), n(to), n(low), n(high)),
                format!("{} and {}, scores from {} to {}{en}", n(from), n(to), n(low), n(high)),
            )
        }
        Normalisation::DistanceToTarget { target, low, high, .. } => (
            format!("目标{}，{}至{}分", n(target), n(low), n(high)),
            format!("target {}, from {} to {}", n(target), n(low), n(high)),
        ),
        Normalisation::TargetType { target, low, high, .. } => (
            format!("最优值{}，{}至{}分", n(target), n(low), n(high)),
            format!("best value {}, from {} to {}", n(target), n(low), n(high)),
        ),
        Normalisation::IntervalType { from, to, low, high, .. } => (
            format!("最优区间{}至{}，{}至{}分", n(from), n(to), n(low), n(high)),
            format!("best from {} to {}, scores from {} to {}", n(from), n(to), n(low), n(high)),
        ),
        Normalisation::BasePeriod { year } => (format!("{year}年为100"), format!("{year} is 100")),
    };
    match lang {
        Lang::Zh => format!("（{zh}）"),
        Lang::En => format!(" ({en})"),
    }
}

const fn goalposts_meaning(spacing: Spacing, clamp: Clamp) -> (&'static str, &'static str) {
    match (spacing, clamp) {
        (Spacing::Linear, Clamp::Both) => (
            "得分s按固定的上下限线性换算，超出上下限的取端点",
            "the score s is linear between two fixed values and clamped to them",
        ),
        (Spacing::Linear, _) => (
            "得分s按固定的上下限线性换算，截断与否如式所示",
            "the score s is linear between two fixed values, and clamped where the formula says so",
        ),
        (Spacing::Log, Clamp::Both) => (
            "得分s按固定的上下限对数换算，超出上下限的取端点",
            "the score s is linear in the logarithm of the value between two fixed values and clamped to them",
        ),
        (Spacing::Log, _) => (
            "得分s按固定的上下限对数换算，截断与否如式所示",
            "the score s is linear in the logarithm of the value between two fixed values, and clamped where the formula says so",
        ),
    }
}

/// The formula as Typst mathematics, and what it says.
pub(super) fn formula(method: &Normalisation) -> (String, Localised<&'static str>) {
    let n = |value: f64| number(value);
    let on = |low: f64, high: f64, share: &str| {
        if low == 0.0 {
            format!("s = {} {share}", n(high))
        } else {
            format!("s = {} + ({} - {}) {share}", n(low), n(high), n(low))
        }
    };
    let (source, zh, en) = match *method {
        Normalisation::None => {
            ("s = x".to_owned(), "得分s等于数值x", "the score s equals the value x")
        }
        Normalisation::MinMax { low, high, .. } => (
            on(low, high, "(x - x_min) / (x_max - x_min)"),
            "得分s等于数值x减去样本最小值，除以样本最大值与最小值之差，再乘以标度",
            "the score s equals the value x less the smallest in the sample, over the range of the sample, times the scale",
        ),
        Normalisation::Efficacy { low, high, .. } => (
            on(low, high, "(x - x_min) / (x_max - x_min)"),
            "得分s等于基础分加上极差标准化值乘以功效分",
            "the score s equals the base score plus the min-max value times the rest of the scale",
        ),
        Normalisation::ZScore { centre, spread, .. } => (
            format!("s = {} + {} (x - overline(x)) / sigma", n(centre), n(spread)),
            "得分s等于数值x减去样本均值，除以样本标准差，再换到给定的标度",
            "the score s equals the value x less the sample mean, over the sample standard deviation, on the given scale",
        ),
        Normalisation::FractionOfMaximum { high } => (
            format!("s = {} x / x_max", n(high)),
            "得分s等于数值x与样本最大值之比，乘以标度",
            "the score s equals the value x over the largest in the sample, times the scale",
        ),
        Normalisation::Goalposts { from, to, low, high, spacing, clamp } => {
            let (zh, en) = goalposts_meaning(spacing, clamp);
            (goalposts_formula([from, to], [low, high], spacing, clamp), zh, en)
        }
        Normalisation::PercentileRank { low, high, .. } => (
            format!("s = {} + ({} - {}) (r - 1) / (n - 1)", n(low), n(high), n(low)),
            "得分s等于升序位次减一，除以城市数减一，再换到给定的标度",
            "the score s equals the ascending rank less one, over the number of cities less one, on the given scale",
        ),
        Normalisation::Rank { .. } => {
            ("s = r".to_owned(), "得分s等于升序位次r", "the score s equals the ascending rank r")
        }
        Normalisation::Borda { .. } => (
            "s = r - 1".to_owned(),
            "得分s等于升序位次r减一",
            "the score s equals the ascending rank r less one",
        ),
        Normalisation::DistanceToTarget { target, low, high, .. } => (
            on(low, high, &format!("(x - x_min) / ({} - x_min)", n(target))),
            "得分s等于数值x与样本最小值之差，除以目标值与样本最小值之差，再乘以标度",
            "the score s equals the value x less the smallest in the sample, over the target less the smallest, times the scale",
        ),
        Normalisation::DistanceToReference { low, high, .. } => (
            on(low, high, "(1 - (x_\"ref\" - x) / (x_\"ref\" - x_min))"),
            "得分s等于一减去与参照城市之差占参照城市与最小值之差的份额，再乘以标度",
            "the score s equals one less the distance from the reference city, over its distance from the smallest, times the scale",
        ),
        Normalisation::DistanceToMaximum { low, high, .. } => (
            on(low, high, "(1 - (x_max - x) / (x_max - x_min))"),
            "得分s等于一减去与最大值之差占极差的份额，再乘以标度",
            "the score s equals one less the distance from the maximum over the range of the sample, times the scale",
        ),
        Normalisation::TargetType { target, low, high, .. } => (
            on(low, high, &format!("(1 - abs(x - {0}) / max abs(x - {0}))", n(target))),
            "得分s等于一减去与最优值的距离占最大距离的份额，再乘以标度",
            "the score s equals one less the distance from the best value over the largest such distance, times the scale",
        ),
        Normalisation::IntervalType { from, to, low, high, .. } => (
            format!(
                "{}, quad M = max({} - x_min, x_max - {})",
                on(low, high, &format!("(1 - max({} - x, x - {}, 0) / M)", n(from), n(to))),
                n(from),
                n(to)
            ),
            "得分s等于一减去与最优区间的距离占最大距离M的份额，再乘以标度",
            "the score s equals one less the distance from the best interval over the largest such distance M, times the scale",
        ),
        Normalisation::BasePeriod { year } => (
            format!("s = 100 x / x_{year}"),
            "得分s等于数值x与基期数值之比乘以100",
            "the score s equals the value x over that of the base year, times 100",
        ),
    };
    (source, Localised::new(zh, en))
}

fn goalposts_formula(
    [from, to]: [f64; 2],
    [low, high]: [f64; 2],
    spacing: Spacing,
    clamp: Clamp,
) -> String {
    let (from, to) = (number(from), number(to));
    let share = match spacing {
        Spacing::Linear => format!("(x - {from}) / ({to} - {from})"),
        Spacing::Log => format!("ln(x / {from}) / ln({to} / {from})"),
    };
    let share = match clamp {
        Clamp::Both => format!("min(1, max(0, {share}))"),
        Clamp::Low => format!("max(0, {share})"),
        Clamp::High => format!("min(1, {share})"),
        Clamp::None => share,
    };
    format!("s = {} + ({} - {}) {share}", number(low), number(high), number(low))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_that_change_scores_are_told() {
        let posts = |spacing, clamp| Normalisation::Goalposts {
            from: 1.0,
            to: 60.0,
            low: 0.0,
            high: 100.0,
            spacing,
            clamp,
        };
        let log = posts(Spacing::Log, Clamp::Low);
        let wanted =
            " (1 and 60, scores from 0 to 100, logarithmic, clamped at the lower end only)";
        assert_eq!(scale(&log, Lang::En), wanted);
        assert!(formula(&log).1.en.contains("logarithm"), "{:?}", formula(&log));
        assert_eq!(
            scale(&posts(Spacing::Linear, Clamp::Both), Lang::Zh),
            "（1与60之间，0至100分）"
        );
        let ties = EqualValues::Average;
        let ranked = Normalisation::Borda { ties, constant: ConstantRule::Mid };
        assert_eq!(scale(&ranked, Lang::En), " (equal values take the mean of their places)");
    }
}
