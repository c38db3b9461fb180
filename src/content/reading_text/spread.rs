//! How scores are distributed, in words.

use crate::content::reading_text::Voice;
use crate::index::reading::Shape;
use crate::lang::Lang;

/// From this skewness on, a distribution is called lopsided.
const LOPSIDED: f64 = 0.5;

/// The shape of the index and the dimensions that spread most and least.
pub(super) fn paragraph(voice: Voice<'_>) -> String {
    voice.together(&[index(voice), dimensions(voice)])
}

fn index(voice: Voice<'_>) -> String {
    let shape = voice.results.reading.shapes.iter().find(|shape| shape.node == 0);
    let Some((shape, above)) = shape.and_then(|own| Some((own, own.above_mean?))) else {
        return String::new();
    };
    let part = voice.percent(above);
    let (Some(cv), Some(gini)) = (shape.coefficient_of_variation, shape.gini) else {
        return String::new();
    };
    let (cv, gini) = (voice.number(cv, 2), voice.number(gini, 2));
    let lean = shape.skewness.filter(|skew| skew.abs() >= LOPSIDED);
    let skew = lean.map(|skew| voice.number(skew, 2)).unwrap_or_default();
    let pulled = lean.is_some_and(|skew| skew > 0.0) && above < 0.5;
    match (voice.lang, lean, pulled) {
        (Lang::Zh, Some(_), true) => format!(
            "总指数得分的变异系数为{cv}，基尼系数为{gini}，偏度为{skew}：少数高分城市把均值拉高，得分高于均值的城市只占{part}。"
        ),
        (Lang::Zh, Some(_), false) => format!(
            "总指数得分的变异系数为{cv}，基尼系数为{gini}，偏度为{skew}，得分高于均值的城市占{part}。"
        ),
        (Lang::Zh, None, _) => format!(
            "总指数得分的变异系数为{cv}，基尼系数为{gini}，分布大体对称，得分高于均值的城市占{part}。"
        ),
        (Lang::En, Some(_), true) => format!(
            "Index scores have a coefficient of variation of {cv}, a Gini coefficient of {gini} and a skewness of {skew}: a few high scores pull up the mean, and only {part} of the cities stand above it."
        ),
        (Lang::En, Some(_), false) => format!(
            "Index scores have a coefficient of variation of {cv}, a Gini coefficient of {gini} and a skewness of {skew}; {part} of the cities score above the mean."
        ),
        (Lang::En, None, _) => format!(
            "Index scores have a coefficient of variation of {cv} and a Gini coefficient of {gini} and are roughly symmetrical; {part} of the cities score above the mean."
        ),
    }
}

fn dimensions(voice: Voice<'_>) -> String {
    let mut known: Vec<(&Shape, f64)> = voice
        .results
        .reading
        .shapes
        .iter()
        .filter(|shape| voice.results.node(shape.node).level == 1)
        .filter_map(|shape| Some((shape, shape.coefficient_of_variation?)))
        .collect();
    known.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.node.cmp(&b.0.node)));
    let (Some(most), Some(least)) = (known.first(), known.last()) else { return String::new() };
    if most.0.node == least.0.node {
        return String::new();
    }
    let (a, b) = (voice.node(most.0.node), voice.node(least.0.node));
    let (x, y) = (voice.number(most.1, 2), voice.number(least.1, 2));
    match voice.lang {
        Lang::Zh => {
            format!("各维度中，城市差距相对最大的是{a}（变异系数{x}），最小的是{b}（{y}）。")
        }
        Lang::En => format!(
            "Among the dimensions, cities differ most on {a} (coefficient of variation {x}) and least on {b} ({y})."
        ),
    }
}
