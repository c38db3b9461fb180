//! What was varied to find out how far ranks can be relied upon, told from the specification.

use crate::config::{
    Aggregation, Centre, Imputation, NoiseKind, Normalisation, TierReplay, Treatment, Uncertainty,
    ValueNoise, WeightSources,
};
use crate::content::method_text::number;
use crate::content::results::Results;
use crate::content::words::count_before_noun;
use crate::lang::{Lang, Localised};
use crate::num::{fixed, shortest};

/// The paragraph on the uncertainty analysis; empty if the report has none.
pub(super) fn paragraph(results: &Results, lang: Lang) -> String {
    let Some(robustness) = &results.robustness else { return String::new() };
    let spec = &robustness.spec;
    let varied = varied(spec, lang);
    let runs = fixed(f64::from(spec.replicates), 0, lang);
    let failed = robustness.simulation.failed;
    let tiers = tiers(results, spec, lang);
    match lang {
        Lang::Zh => {
            let failed = match failed {
                0 => String::new(),
                n => format!("其中{n}次因得分不大于零、无法求平均而未计入。"),
            };
            format!(
                "整个指数重新计算了{runs}次，每次随机改变以下各项：{}。{failed}参加排名的城市、指标以及排名规则保持不变。随机数由计数器式发生器（Philox4x32-10）以{}为种子产生，同样的输入得到同样的结果。每个城市因此有一组位次：文中的位次区间是这组位次的5%与95%分位数，按第7类定义在相邻次序之间线性内插，中位数同此。{tiers}",
                varied.join("；"),
                spec.seed
            )
        }
        Lang::En => {
            let failed = match failed {
                0 => String::new(),
                n => format!(
                    " {n} of these are left out because a mean met a score that it cannot take."
                ),
            };
            format!(
                "The whole index was computed anew {runs} times, each time with random changes: {}.{failed} The ranked cities, the indicators and the rule of ranking stay the same. Random numbers come from a counter-based generator (Philox4x32-10) with seed {}, so that the same input gives the same results. Every city thus has a set of ranks: its interval runs from their 5% to their 95% quantile, interpolated between order statistics (type 7), as is the median. {tiers}",
                varied.join("; "),
                spec.seed
            )
        }
    }
}

/// The paragraph on how rank changes are traced to their sources; empty if they are not.
pub(super) fn sources(results: &Results, lang: Lang) -> String {
    let Some(robustness) = &results.robustness else { return String::new() };
    let Some(sobol) = &robustness.sobol else { return String::new() };
    let (samples, shift) = (fixed(f64::from(sobol.samples), 0, lang), fixed(sobol.mean, 2, lang));
    let weights = match (robustness.spec.weight_sources, lang) {
        (WeightSources::Whole, Lang::Zh) => "全部权重合为一个来源",
        (WeightSources::Whole, Lang::En) => "all weights are one source",
        (WeightSources::Levels, Lang::Zh) => "各级权重各为一个来源",
        (WeightSources::Levels, Lang::En) => "the weights of each level are one source",
        (WeightSources::Parents, Lang::Zh) => "同一上级之下的权重各为一个来源",
        (WeightSources::Parents, Lang::En) => "the weights below each node are one source",
    };
    match lang {
        Lang::Zh => format!(
            "所分解的是全体城市位次变动绝对值的平均（各次计算的均值为{shift}位）的方差，按索博尔（Sobol）指数估计，样本为{samples}组，{weights}；区间由200次重抽样得到。一阶指数是一个来源单独变动所解释的份额，总阶指数还包括它与其他来源的相互作用。"
        ),
        Lang::En => format!(
            "What is taken apart is the variance of the mean absolute rank change over all cities ({shift} places on average), by Sobol indices from {samples} samples; {weights}. The intervals come from 200 resamples. The first-order index is the share that a source explains by itself, the total-order index that share with all its interactions."
        ),
    }
}

/// What was varied, an item each.
fn varied(spec: &Uncertainty, lang: Lang) -> Vec<String> {
    let mut items = Vec::new();
    items.extend(weights(&spec.weights, lang));
    if !spec.treatment.is_empty() {
        let names: Vec<String> = spec.treatment.iter().map(|&t| of_outliers(t, lang)).collect();
        items.push(choice(&names, "离群值的处理", "the treatment of outliers", lang));
    }
    if !spec.imputation.is_empty() {
        let names: Vec<String> = spec.imputation.iter().map(|&i| of_gaps(i, lang)).collect();
        items.push(choice(&names, "缺失值的处理", "the rule for missing values", lang));
    }
    if !spec.normalisation.is_empty() {
        let names: Vec<String> = spec.normalisation.iter().map(|n| of_scale(n, lang)).collect();
        items.push(choice(&names, "标准化方法", "the normalisation", lang));
    }
    if !spec.aggregation.is_empty() {
        let names: Vec<String> =
            spec.aggregation.iter().map(|&a| of_means(a).text(lang).to_owned()).collect();
        items.push(choice(&names, "合成方式", "the aggregation", lang));
    }
    items.extend(spec.noise.filter(|noise| noise.relative > 0.0).map(|noise| values(noise, lang)));
    items
}

/// A choice among methods, each as likely as the others, or the one that takes the place of the
/// methodology's.
fn choice(names: &[String], zh: &str, en: &str, lang: Lang) -> String {
    if let [only] = names {
        return match lang {
            Lang::Zh => format!("{zh}一律改为{only}"),
            Lang::En => format!("{en} is {only} throughout"),
        };
    }
    match lang {
        Lang::Zh => format!(
            "{zh}从“{}”{}种中等概率抽取",
            names.join("”“"),
            count_before_noun(names.len(), lang)
        ),
        Lang::En => {
            let (last, head) = names.split_last().map_or(("", &[][..]), |(l, h)| (l.as_str(), h));
            format!("{en} is, with equal chances, {} or {last}", head.join(", "))
        }
    }
}

fn weights(noise: &[f64], lang: Lang) -> Option<String> {
    let percent = |share: f64| shortest(crate::num::round_to(share * 100.0, 2), lang);
    let first = *noise.first()?;
    if noise.iter().all(|&f| f <= 0.0) {
        return None;
    }
    let even = noise.iter().all(|f| (f - first).abs() < 1e-12);
    Some(match (even, lang) {
        (true, Lang::Zh) => format!(
            "各级权重在自身的±{}%之内均匀变动，同级权重再按比例调整到合计为100%",
            percent(first)
        ),
        (true, Lang::En) => format!(
            "every weight varies evenly within ±{}% of itself, and siblings are scaled to sum to 100% again",
            percent(first)
        ),
        (false, _) => {
            let levels: Vec<String> = noise.iter().map(|&f| format!("±{}%", percent(f))).collect();
            match lang {
                Lang::Zh => format!(
                    "权重均匀变动，由上至下各级的幅度依次为自身的{}，同级权重再按比例调整到合计为100%",
                    levels.join("、")
                ),
                Lang::En => format!(
                    "weights vary evenly, from the dimensions downwards within {} of themselves, and siblings are scaled to sum to 100% again",
                    levels.join(", ")
                ),
            }
        }
    })
}

fn values(noise: ValueNoise, lang: Lang) -> String {
    let relative = shortest(crate::num::round_to(noise.relative * 100.0, 2), lang);
    match (noise.kind, lang) {
        (NoiseKind::Uniform, Lang::Zh) => {
            format!("每个数值在自身的±{relative}%之内均匀变动，零值与缺失值不变")
        }
        (NoiseKind::Uniform, Lang::En) => format!(
            "every value varies evenly within ±{relative}% of itself, zeros and missing values excepted"
        ),
        (NoiseKind::Normal, Lang::Zh) => {
            format!("每个数值按标准差为自身{relative}%的正态分布变动，零值与缺失值不变")
        }
        (NoiseKind::Normal, Lang::En) => format!(
            "every value takes a normal error with a standard deviation of {relative}% of itself, zeros and missing values excepted"
        ),
    }
}

fn tiers(results: &Results, spec: &Uncertainty, lang: Lang) -> String {
    if results.index.tiers.is_none() {
        return String::new();
    }
    match (spec.tiers, lang) {
        (TierReplay::NominalSizes, Lang::Zh) => {
            "每次计算中，各梯队的城市数与报告相同，按位次依次归入。"
        }
        (TierReplay::NominalSizes, Lang::En) => {
            "In each computation the tiers keep the sizes they have in this report and are filled in rank order."
        }
        (TierReplay::NominalCuts, Lang::Zh) => "每次计算中，梯队的分界值与报告相同。",
        (TierReplay::NominalCuts, Lang::En) => {
            "In each computation the tiers keep the cut values of this report."
        }
        (TierReplay::Recomputed, Lang::Zh) => "每次计算都按原规则重新划分梯队。",
        (TierReplay::Recomputed, Lang::En) => {
            "In each computation the tiers are formed anew by their rule."
        }
    }
    .to_owned()
}

/// A treatment of outliers as an item of a list.
pub(super) fn of_outliers(method: Treatment, lang: Lang) -> String {
    let (zh, en) = match method {
        Treatment::None => ("不作处理", "none at all"),
        Treatment::WinsoriseLog { .. } => (
            "偏度与峰度过大时缩尾或取对数",
            "winsorising or taking logarithms where a column is badly skewed",
        ),
        Treatment::BoxCox { .. } => ("博克斯－考克斯变换", "the Box–Cox transformation"),
        Treatment::PercentileClamp { .. } => ("按百分位截断", "clamping at percentiles"),
    };
    Localised::new(zh, en).get(lang).to_string()
}

/// A rule for gaps as an item of a list.
fn of_gaps(method: Imputation, lang: Lang) -> String {
    let (zh, en) = match method {
        Imputation::None => ("不作插补", "no imputation"),
        Imputation::Centre { centre: Centre::Mean } => {
            ("取全部城市的均值", "the mean of all cities")
        }
        Imputation::Centre { centre: Centre::Median } => {
            ("取全部城市的中位数", "the median of all cities")
        }
        Imputation::GroupCentre { centre: Centre::Mean, .. } => {
            ("取同组城市的均值", "the mean of the city’s group")
        }
        Imputation::GroupCentre { centre: Centre::Median, .. } => {
            ("取同组城市的中位数", "the median of the city’s group")
        }
        Imputation::Latest { .. } => ("取该市最近年份的数值", "the city’s latest earlier value"),
        Imputation::Linear { .. } => {
            ("由该市前后年份内插", "interpolation between the city’s own years")
        }
    };
    Localised::new(zh, en).get(lang).to_string()
}

/// A method of normalisation as an item of a list.
pub(super) fn of_scale(method: &Normalisation, lang: Lang) -> String {
    let n = |value: f64| number(value);
    let own = |zh: String, en: String| Localised::new(zh, en).text(lang).to_owned();
    let plain = |zh: &str, en: &str| own(zh.to_owned(), en.to_owned());
    match *method {
        Normalisation::MinMax { low, high, .. } => own(
            format!("极差标准化（{}至{}分）", n(low), n(high)),
            format!("min-max scores from {} to {}", n(low), n(high)),
        ),
        Normalisation::ZScore { centre, spread, .. } => own(
            format!("标准分（均值{}，标准差{}）", n(centre), n(spread)),
            format!("z-scores (mean {}, standard deviation {})", n(centre), n(spread)),
        ),
        Normalisation::None => plain("原值", "raw values"),
        Normalisation::FractionOfMaximum { .. } => {
            plain("与最大值之比", "fractions of the maximum")
        }
        Normalisation::Goalposts { .. } => plain("固定上下限计分", "goalposts"),
        Normalisation::PercentileRank { .. } => plain("百分位次", "percentile ranks"),
        Normalisation::Rank { .. } => plain("位次", "ranks"),
        Normalisation::Borda { .. } => plain("博尔达计分", "Borda counts"),
        Normalisation::DistanceToTarget { .. } => plain("与目标值的距离", "distance to the target"),
        Normalisation::DistanceToReference { .. } => {
            plain("与参照城市的距离", "distance to the reference city")
        }
        Normalisation::DistanceToMaximum { .. } => {
            plain("与最大值的距离", "distance to the maximum")
        }
        Normalisation::TargetType { .. } => plain("适度指标计分", "distance from a best value"),
        Normalisation::IntervalType { .. } => {
            plain("区间型指标计分", "distance from a best interval")
        }
        Normalisation::Efficacy { .. } => plain("功效系数", "efficacy coefficients"),
        Normalisation::BasePeriod { .. } => plain("定基指数", "index numbers"),
    }
}

/// A method of aggregation as an item of a list.
pub(super) fn of_means(method: Aggregation) -> Localised<String> {
    let own = |zh: &str, en: &str| Localised::new(zh.to_owned(), en.to_owned());
    match method {
        Aggregation::Arithmetic => own("加权算术平均", "arithmetic means"),
        Aggregation::Geometric => own("加权几何平均", "geometric means"),
        Aggregation::Harmonic => own("加权调和平均", "harmonic means"),
        Aggregation::Power { exponent } => Localised::new(
            format!("指数为{}的加权幂平均", number(exponent)),
            format!("power means of exponent {}", number(exponent)),
        ),
        Aggregation::Median => own("加权中位数", "medians"),
        Aggregation::Minimum => own("最小值", "the minimum"),
        Aggregation::Copeland => own("科普兰法", "Copeland’s rule"),
        Aggregation::Topsis { .. } => own("逼近理想解法（TOPSIS）", "TOPSIS"),
        Aggregation::Vikor { .. } => own("VIKOR法", "VIKOR"),
        Aggregation::GreyRelational { .. } => own("灰色关联度", "grey relational grades"),
        Aggregation::Rsr { .. } => own("秩和比", "rank-sum ratios"),
        Aggregation::Mpi { .. } => own("MPI", "the Mazziotta–Pareto index"),
    }
}
