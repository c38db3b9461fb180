//! How a network has grown, and how its shape has changed with it.

use crate::content::network_text::{Voice, capital};
use crate::content::networks::Web;
use crate::lang::Lang;
use crate::network::Snapshot;

/// The first and the last snapshot of a network with years, where both have nodes.
fn ends(web: Web<'_>) -> Option<(&Snapshot, &Snapshot, i32, i32)> {
    let (first, last) = (web.snapshots().first()?, web.snapshots().last()?);
    let (from, to) = (first.year?, last.year?);
    let both = from < to && first.statistics.nodes > 0 && last.statistics.nodes > 0;
    both.then_some((first, last, from, to))
}

/// Nodes and edges over the years with their multiples; the size alone for a single year.
pub(super) fn paragraph(voice: Voice, web: Web<'_>) -> String {
    let title = web.title().text(voice.lang);
    let Some((first, last, from, to)) = ends(web) else { return only(voice, web) };
    let [n0, n1] = [first, last].map(|s| s.statistics.nodes);
    let [e0, e1] = [first, last].map(|s| s.edges);
    let nodes = voice.grown(real(n0), real(n1));
    let edges = if e0 == 0 { String::new() } else { voice.grown(real(e0), real(e1)) };
    let degree = |s: &Snapshot| real(s.edges) / real(s.statistics.nodes);
    let (d0, d1) = (degree(first), degree(last));
    let [nodes_then, nodes_now, edges_then, edges_now] =
        [n0, n1, e0, e1].map(|count| voice.size(count));
    let (x, y) = (voice.number(d0, 3), voice.number(d1, 3));
    match voice.lang {
        Lang::Zh => {
            let edges = if edges.is_empty() { String::new() } else { format!("，{edges}") };
            let tail = match d1.total_cmp(&d0) {
                _ if x == y => format!("每个节点平均的边数保持在{x}。"),
                std::cmp::Ordering::Greater => {
                    format!("边比节点增加得快，平均度由{x}升至{y}。")
                }
                _ => format!("边没有跟上节点，平均度由{x}降至{y}。"),
            };
            format!(
                "{from}年至{to}年，{title}的节点由{nodes_then}个变为{nodes_now}个，{nodes}；边由{edges_then}条变为{edges_now}条{edges}。{tail}"
            )
        }
        Lang::En => {
            let edges = if edges.is_empty() { String::new() } else { format!(" ({edges})") };
            let tail = match d1.total_cmp(&d0) {
                _ if x == y => format!("The average degree stayed at {x}."),
                std::cmp::Ordering::Greater => {
                    format!(
                        "Edges grew faster than nodes: the average degree rose from {x} to {y}."
                    )
                }
                _ => format!(
                    "Edges did not keep up with nodes: the average degree fell from {x} to {y}."
                ),
            };
            format!(
                "From {from} to {to}, nodes of the {} went from {nodes_then} to {nodes_now} ({nodes}) and edges from {edges_then} to {edges_now}{edges}. {tail}",
                lower(title)
            )
        }
    }
}

fn only(voice: Voice, web: Web<'_>) -> String {
    let Some(last) = web.last() else { return String::new() };
    let (nodes, edges) = (last.statistics.nodes as u64, last.edges as u64);
    let title = web.title().text(voice.lang);
    match voice.lang {
        Lang::Zh => {
            format!("{title}有{}个节点、{}条边。", voice.count(nodes), voice.count(edges))
        }
        Lang::En => format!(
            "The {} has {} and {}.",
            lower(title),
            voice.noun(nodes, "node", "nodes"),
            voice.noun(edges, "edge", "edges")
        ),
    }
}

/// A title inside an English sentence.
pub(super) fn lower(title: &str) -> String {
    crate::content::sentences::inside(title)
}

/// How density, path length, diameter and clustering have changed.
pub(super) fn density(voice: Voice, web: Web<'_>) -> String {
    let Some((first, last, ..)) = ends(web) else { return String::new() };
    let (s0, s1) = (&first.statistics, &last.statistics);
    let mut said = Vec::new();
    if let (Some(a), Some(b)) = (s0.density, s1.density) {
        let (x, y) = (voice.number(a * 1000.0, 2), voice.number(b * 1000.0, 2));
        let grew = s1.nodes > s0.nodes;
        said.push(match (voice.lang, b < a, x == y) {
            (_, _, true) => String::new(),
            (Lang::Zh, true, _) if grew => format!(
                "网络扩大的同时变得稀疏，密度由{x}‰降至{y}‰：新增的节点多，节点之间可能的关系更多，实际建立的只是其中很小的一部分。"
            ),
            (Lang::Zh, true, _) => format!("密度由{x}‰降至{y}‰。"),
            (Lang::Zh, false, _) => format!("密度由{x}‰升至{y}‰，关系比可能的节点对增加得快。"),
            (Lang::En, true, _) if grew => format!(
                "As it grew the network became sparser: density fell from {x}‰ to {y}‰, for the number of possible relations rises with the square of the nodes."
            ),
            (Lang::En, true, _) => format!("Density fell from {x}‰ to {y}‰."),
            (Lang::En, false, _) => {
                format!("Density rose from {x}‰ to {y}‰: relations grew faster than possible pairs.")
            }
        });
    }
    let changes = [
        (
            "平均路径长度",
            "the average path length",
            s0.average_path_length.zip(s1.average_path_length),
            3,
        ),
        ("网络直径", "the diameter", Some((real(s0.diameter), real(s1.diameter))), 0),
        (
            "平均聚类系数",
            "the average clustering coefficient",
            s0.clustering_directed.zip(s1.clustering_directed),
            3,
        ),
    ];
    let parts: Vec<String> = changes
        .into_iter()
        .filter_map(|(zh, en, pair, decimals)| {
            let (a, b) = pair?;
            Some(change(voice, (zh, en), (a, b), decimals))
        })
        .collect();
    if !parts.is_empty() {
        said.push(match voice.lang {
            Lang::Zh => format!("{}。", parts.join("，")),
            Lang::En => format!("{}.", capital(&voice.list(&parts))),
        });
    }
    voice.together(&said)
}

fn change(voice: Voice, name: (&str, &str), (a, b): (f64, f64), decimals: usize) -> String {
    let (x, y) = (voice.number(a, decimals), voice.number(b, decimals));
    let (zh, en) = name;
    match (voice.lang, x == y, b > a) {
        (Lang::Zh, true, _) => format!("{zh}保持在{x}"),
        (Lang::Zh, false, true) => format!("{zh}由{x}升至{y}"),
        (Lang::Zh, false, false) => format!("{zh}由{x}降至{y}"),
        (Lang::En, true, _) => format!("{en} stayed at {x}"),
        (Lang::En, false, true) => format!("{en} rose from {x} to {y}"),
        (Lang::En, false, false) => format!("{en} fell from {x} to {y}"),
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
pub(super) const fn real(count: usize) -> f64 {
    count as f64
}
