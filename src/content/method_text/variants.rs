//! The variants of the index and how far their rankings lie from the main one.

use crate::config::{Changed, NodeChange, Treatment, Variant, Weighting};
use crate::content::method_text::robustness::{of_means, of_outliers, of_scale};
use crate::content::method_text::steps::percent;
use crate::content::method_text::weighting::told;
use crate::content::results::{NodeAt, Results};
use crate::content::sentences::inside;
use crate::content::words::join;
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
            let changes = changes(results, variant, lang);
            Some(match lang {
                Lang::Zh => format!("“{name}”方案{changes}与主方案位次的斯皮尔曼相关系数为{rho}，位次变动最大为{shift}位"),
                Lang::En => format!(
                    "“{name}”{changes} has a rank correlation (Spearman) of {rho} with the main ranking and moves a city by {shift} places at most"
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

/// What a variant does otherwise at single nodes, as an insertion; empty if nothing.
fn changes(results: &Results, variant: &Variant, lang: Lang) -> String {
    let omitted: Vec<String> = variant
        .changes
        .iter()
        .filter(|own| own.what == Changed::Omitted)
        .map(|own| name(results, own.node, lang))
        .collect();
    let mut told = Vec::new();
    if !omitted.is_empty() {
        let list = join(&omitted, lang);
        told.push(match lang {
            Lang::Zh => format!("不计入{list}"),
            Lang::En => format!("leaves out {list}"),
        });
    }
    told.extend(variant.changes.iter().filter_map(|own| change(results, variant, *own, lang)));
    match (told.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("（{}）", told.join("，")),
        (false, Lang::En) => format!(", which {},", join(&told, lang)),
    }
}

/// The name of a node inside a sentence.
fn name(results: &Results, node: NodeAt, lang: Lang) -> String {
    let own = &results.node(node).name;
    match lang {
        Lang::Zh => own.zh.clone(),
        Lang::En => inside(&own.en),
    }
}

/// One change but an omission, as a clause without its subject.
fn change(results: &Results, variant: &Variant, own: NodeChange, lang: Lang) -> Option<String> {
    let node = &variant.method.nodes[own.node];
    let name = name(results, own.node, lang);
    Some(match own.what {
        Changed::Omitted => return None,
        Changed::Normalisation => {
            let scale = of_scale(&node.indicator()?.normalisation, lang);
            match lang {
                Lang::Zh => format!("{name}改按{scale}计分"),
                Lang::En => format!("scores {name} by {scale}"),
            }
        }
        Changed::Treatment => match (node.indicator()?.treatment, lang) {
            (Treatment::None, Lang::Zh) => format!("{name}不作离群值处理"),
            (Treatment::None, Lang::En) => format!("leaves the outliers of {name} as they are"),
            (rule, Lang::Zh) => format!("{name}的离群值改用{}", of_outliers(rule, lang)),
            (rule, Lang::En) => {
                format!("treats the outliers of {name} by {}", of_outliers(rule, lang))
            }
        },
        Changed::Weighting => weights(results, variant, own.node, lang)?,
        Changed::Aggregation => {
            let means = of_means(node.aggregation()?);
            match lang {
                Lang::Zh => format!("{name}改按{}合成", means.zh),
                Lang::En => format!("combines {name} by {}", means.en),
            }
        }
    })
}

/// The weights below a node that a variant weighs otherwise: the shares if they are given, else
/// where they come from.
fn weights(results: &Results, variant: &Variant, node: NodeAt, lang: Lang) -> Option<String> {
    let own = match (node, lang) {
        (0, Lang::Zh) => "各维度".to_owned(),
        (0, Lang::En) => "the dimensions".to_owned(),
        (_, Lang::Zh) => format!("{}之下", name(results, node, lang)),
        (_, Lang::En) => format!("what is below {}", name(results, node, lang)),
    };
    let method = variant.method.nodes[node].weighting()?;
    if *method != Weighting::Given {
        let how = told(method);
        return Some(match lang {
            Lang::Zh => format!("{own}的权重改用{}", how.zh),
            Lang::En => format!("weights {own} by {}", how.en),
        });
    }
    let result = results.index.variant(&variant.id)?;
    let left_out = |child: NodeAt| result.nodes[child].order.is_empty();
    let shares: Vec<String> = variant.method.nodes[node]
        .children()
        .iter()
        .filter(|&&child| !left_out(child))
        .map(|&child| {
            let share = percent(result.weights[child], 1, lang);
            let name = name(results, child, lang);
            match lang {
                Lang::Zh => format!("{name}{share}"),
                Lang::En => format!("{share} for {name}"),
            }
        })
        .collect();
    Some(match lang {
        Lang::Zh => format!("{own}的权重改为{}", shares.join("、")),
        Lang::En => format!("weights {own} with {}", join(&shares, lang)),
    })
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
