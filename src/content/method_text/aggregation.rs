//! How scores combine, in words and as a formula.

use crate::config::{Aggregation, Phenomenon, RsrRanks, TopsisScaling};
use crate::content::method_text::number;
use crate::content::results::Results;
use crate::content::words::join;
use crate::lang::{Lang, Localised};

/// The paragraph on aggregation: the most common method first, then each other with its nodes.
pub(super) fn paragraph(results: &Results, lang: Lang) -> String {
    let mut groups: Vec<(Aggregation, Vec<String>)> = Vec::new();
    for step in &results.index.log.parents {
        let method = step.aggregation.rule;
        let name = results.node(step.node).name.text(lang).to_owned();
        match groups.iter_mut().find(|(other, _)| *other == method) {
            Some((_, names)) => names.push(name),
            None => groups.push((method, vec![name])),
        }
    }
    if let [(Aggregation::Arithmetic, _)] = groups.as_slice() {
        return match lang {
            Lang::Zh => "由下而上逐级合成，各级均采用加权算术平均：一处的高分可以弥补另一处的低分。",
            Lang::En => "Scores are combined from the bottom up by weighted arithmetic means at every level, so that a high score on one component can make up for a low one on another.",
        }
        .to_owned();
    }
    let mut sentences = vec![match lang {
        Lang::Zh => "由下而上逐级合成。".to_owned(),
        Lang::En => "Scores are combined from the bottom up.".to_owned(),
    }];
    let most = groups.iter().map(|(_, names)| names.len()).max().unwrap_or(0);
    let usual = groups.iter().position(|(_, names)| names.len() == most).unwrap_or(0);
    let only = groups.len() == 1;
    for (at, (method, names)) in groups.iter().enumerate() {
        if at == usual {
            continue;
        }
        let (told, names) = (told(*method), join(names, lang));
        sentences.push(match lang {
            Lang::Zh => format!("{names}采用{}。", told.zh),
            Lang::En => format!(" {names}: {}.", told.en),
        });
    }
    if let Some((method, _)) = groups.get(usual) {
        let told = told(*method);
        sentences.push(match (lang, only) {
            (Lang::Zh, true) => format!("各级均采用{}。", told.zh),
            (Lang::Zh, false) => format!("其余采用{}。", told.zh),
            (Lang::En, true) => format!(" At every level: {}.", told.en),
            (Lang::En, false) => format!(" All others: {}.", told.en),
        });
    }
    sentences.concat()
}

/// What a method does, as part of a sentence.
pub(super) fn told(method: Aggregation) -> Localised<String> {
    let own = |zh: &str, en: &str| Localised::new(zh.to_owned(), en.to_owned());
    match method {
        Aggregation::Arithmetic => own(
            "加权算术平均",
            "weighted arithmetic means, under which a high score makes up for a low one",
        ),
        Aggregation::Geometric => own(
            "加权几何平均，短板会明显拉低得分",
            "weighted geometric means, which punish a weak component",
        ),
        Aggregation::Harmonic => own(
            "加权调和平均，短板的影响更甚于几何平均",
            "weighted harmonic means, which punish a weak component harder still",
        ),
        Aggregation::Power { exponent } => Localised::new(
            format!("指数为{}的加权幂平均", number(exponent)),
            format!("weighted power means of exponent {}", number(exponent)),
        ),
        Aggregation::Median => own("加权中位数", "weighted medians, which no extreme can move far"),
        Aggregation::Minimum => own(
            "最小值，得分取决于最弱的一项",
            "the minimum, so that the weakest component decides",
        ),
        Aggregation::Copeland => own(
            "科普兰（Copeland）法，两两比较，以多数胜出的次数减去落败的次数为得分",
            "Copeland's rule: cities are compared two by two, and the score is the number of majorities won less those lost",
        ),
        Aggregation::Topsis { scaling, .. } => {
            let (zh, en) = match scaling {
                TopsisScaling::MinMax => ("极差", "min-max"),
                TopsisScaling::Vector => ("向量", "vector"),
            };
            Localised::new(
                format!("TOPSIS法（{zh}规范化），以与正负理想解的欧氏距离计算相对贴近度"),
                format!(
                    "TOPSIS with {en} scaling, the relative closeness by Euclidean distances to the best and the worst of every component"
                ),
            )
        }
        Aggregation::Vikor { v, .. } => Localised::new(
            format!("VIKOR法，折衷系数v取{}，得分为1−Q", number(v)),
            format!("VIKOR with v = {}, the score being 1 − Q", number(v)),
        ),
        Aggregation::GreyRelational { rho, .. } => Localised::new(
            format!("灰色关联度，分辨系数ρ取{}", number(rho)),
            format!("grey relational grades with a distinguishing coefficient of {}", number(rho)),
        ),
        Aggregation::Rsr { ranks, .. } => match ranks {
            RsrRanks::Integral => own(
                "秩和比（RSR）法，整次编秩，相同者取平均秩",
                "rank-sum ratios over integral ranks, ties at their mean",
            ),
            RsrRanks::NonIntegral => {
                own("秩和比（RSR）法，非整次编秩", "rank-sum ratios over non-integral ranks")
            }
        },
        Aggregation::Mpi { phenomenon, .. } => match phenomenon {
            Phenomenon::Positive => own(
                "马齐奥塔—帕雷托指数（MPI），均值减去不均衡的惩罚项",
                "the Mazziotta–Pareto index, a mean less a penalty for imbalance",
            ),
            Phenomenon::Negative => own(
                "马齐奥塔—帕雷托指数（MPI），均值加上不均衡的惩罚项",
                "the Mazziotta–Pareto index, a mean plus a penalty for imbalance",
            ),
        },
    }
}

/// The formula as Typst mathematics, and what it says.
pub(super) fn formula(method: Aggregation) -> (String, Localised<&'static str>) {
    let scaled = |scale: f64, body: &str| {
        if (scale - 1.0).abs() < f64::EPSILON {
            format!("S = {body}")
        } else {
            format!("S = {} dot {body}", number(scale))
        }
    };
    let (source, zh, en) = match method {
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
        Aggregation::Harmonic => (
            "S = (sum_(i in P) w_i) / (sum_(i in P) w_i / s_i)".to_owned(),
            "S等于有数据的各组成部分得分s按权重w的加权调和平均",
            "S equals the weighted harmonic mean of the scores s of the components that have data, with weights w",
        ),
        Aggregation::Power { exponent } => (
            format!(
                "S = ((sum_(i in P) w_i s_i^({0})) / (sum_(i in P) w_i))^(1 / ({0}))",
                number(exponent)
            ),
            "S等于有数据的各组成部分得分s按权重w的加权幂平均",
            "S equals the weighted power mean of the scores s of the components that have data, with weights w",
        ),
        Aggregation::Median => (
            "S = \"med\"_w {s_i : i in P}".to_owned(),
            "S等于有数据的各组成部分得分s按权重w的中位数",
            "S equals the weighted median of the scores s of the components that have data",
        ),
        Aggregation::Minimum => (
            "S = min_(i in P) s_i".to_owned(),
            "S等于有数据的各组成部分得分s的最小值",
            "S equals the lowest of the scores s of the components that have data",
        ),
        Aggregation::Copeland => (
            "S_j = abs({k : O_(j k) > 1 / 2}) - abs({k : O_(j k) < 1 / 2})".to_owned(),
            "S等于两两比较中多数胜出的次数减去落败的次数",
            "S equals the number of cities beaten by a weighted majority of components less the number of those that beat it",
        ),
        Aggregation::Topsis { scale, .. } => (
            scaled(
                scale,
                "D^- / (D^+ + D^-), quad D^plus.minus = sqrt(sum_(i in P) w_i^2 (r_i - r_i^plus.minus)^2)",
            ),
            "S等于与负理想解的距离占与正负理想解距离之和的份额",
            "S equals the distance from the worst as a share of the distances from the best and the worst",
        ),
        Aggregation::Vikor { v, scale } => (
            format!(
                "{}, quad Q = {} (U - U^*) / (U^- - U^*) + {} (R - R^*) / (R^- - R^*)",
                scaled(scale, "(1 - Q)"),
                number(v),
                number(1.0 - v)
            ),
            "S等于一减去群体效用U与最大遗憾R的折衷值Q",
            "S equals one less Q, the compromise of group utility U and greatest regret R",
        ),
        Aggregation::GreyRelational { rho, scale } => (
            scaled(
                scale,
                &format!(
                    "sum_(i in P) w_i (Delta_min + {0} Delta_max) / (Delta_i + {0} Delta_max)",
                    number(rho)
                ),
            ),
            "S等于各组成部分与理想值的关联系数按权重w之和",
            "S equals the weighted sum of the relational coefficients with the ideal",
        ),
        Aggregation::Rsr { scale, .. } => (
            scaled(scale, "sum_(i in P) w_i R_i / n"),
            "S等于各组成部分的秩R按权重w之和除以城市数n",
            "S equals the weighted sum of the ranks R over the number of cities n",
        ),
        Aggregation::Mpi { phenomenon, .. } => match phenomenon {
            Phenomenon::Positive => (
                "S = M - sigma^2 / M".to_owned(),
                "S等于标准化值的均值M减去其方差与均值之比",
                "S equals the mean M of the standardised components less their variance over M",
            ),
            Phenomenon::Negative => (
                "S = M + sigma^2 / M".to_owned(),
                "S等于标准化值的均值M加上其方差与均值之比",
                "S equals the mean M of the standardised components plus their variance over M",
            ),
        },
    };
    (source, Localised::new(zh, en))
}
