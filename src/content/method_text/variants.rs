//! The variants of the index and how far their rankings lie from the main one.

use crate::content::results::Results;
use crate::index::{IndexResult, spearman};
use crate::lang::Lang;
use crate::num::{Rank, fixed};

/// The paragraph on variants; empty if there are none.
pub(super) fn paragraph(results: &Results, lang: Lang) -> String {
    let parts: Vec<String> = results
        .config
        .method
        .variants
        .iter()
        .filter_map(|variant| {
            let (rho, shift) = distance(&results.index, results.index.variant(&variant.id)?)?;
            let (name, rho) = (variant.name.text(lang), fixed(rho, 3, lang));
            Some(match lang {
                Lang::Zh => format!("“{name}”方案与主方案位次的斯皮尔曼相关系数为{rho}，位次变动最大为{shift}位"),
                Lang::En => format!(
                    "“{name}” has a rank correlation (Spearman) of {rho} with the main ranking and moves a city by {shift} places at most"
                ),
            })
        })
        .collect();
    match (parts.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => {
            format!("为检验结果对方法的依赖，另按其他方案计算总指数：{}。", parts.join("；"))
        }
        (false, Lang::En) => format!(
            "To see how far the results depend on the method, the index was also made in other ways: {}.",
            parts.join("; ")
        ),
    }
}

/// Rank correlation and largest shift over the units ranked in both.
fn distance(main: &IndexResult, other: &IndexResult) -> Option<(f64, Rank)> {
    let pairs: Vec<(Rank, Rank)> = main
        .index()
        .ranks
        .iter()
        .zip(&other.index().ranks)
        .filter_map(|(a, b)| Some(((*a)?, (*b)?)))
        .collect();
    let ranks = |of: fn(&(Rank, Rank)) -> Rank| -> Vec<f64> {
        pairs.iter().map(|pair| f64::from(of(pair))).collect()
    };
    let rho = spearman(&ranks(|p| p.0), &ranks(|p| p.1))?;
    let shift = pairs.iter().map(|(a, b)| a.abs_diff(*b)).max()?;
    Some((rho, shift))
}
