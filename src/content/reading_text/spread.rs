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
    let (lean_zh, lean_en) = match lean {
        Some(skew) if skew > 0.0 && above < 0.5 => (
            format!(
                "偏度为{}，少数高分城市把均值拉高，均值之上的城市不到一半",
                voice.number(skew, 2)
            ),
            format!(
                "with a skewness of {}: a few high scores pull up the mean, and less than half of the cities stand above it",
                voice.number(skew, 2)
            ),
        ),
        Some(skew) => (
            format!("偏度为{}", voice.number(skew, 2)),
            format!("with a skewness of {}", voice.number(skew, 2)),
        ),
        None => ("分布大体对称".to_owned(), "and roughly symmetrical".to_owned()),
    };
    match voice.lang {
        Lang::Zh => format!(
            "总指数得分的变异系数为{cv}，基尼系数为{gini}，{lean_zh}，得分高于均值的城市占{part}。"
        ),
        Lang::En => format!(
            "Index scores have a coefficient of variation of {cv} and a Gini coefficient of {gini}, {lean_en}; {part} of the cities score above the mean."
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
