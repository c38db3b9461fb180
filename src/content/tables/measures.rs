//! The statistics of a network with their names and definitions, as one table lists them.

use crate::content::networks::{percent, size};
use crate::lang::Lang;
use crate::network::Snapshot;
use crate::num::fixed;

/// Edges per node.
#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
pub(super) fn average_degree(own: &Snapshot) -> Option<f64> {
    let nodes = own.statistics.nodes;
    (nodes > 0).then(|| own.edges as f64 / nodes as f64)
}

/// A statistic with its name and definition.
pub(super) struct Measure {
    /// Chinese name.
    pub(super) zh: &'static str,
    /// English name.
    pub(super) en: &'static str,
    /// Its definition in Chinese.
    pub(super) how_zh: &'static str,
    /// Its definition in English.
    pub(super) how_en: &'static str,
    /// Its value as printed.
    pub(super) value: fn(&Snapshot, Lang) -> Option<String>,
}

const fn measure(
    names: (&'static str, &'static str),
    how: (&'static str, &'static str),
    value: fn(&Snapshot, Lang) -> Option<String>,
) -> Measure {
    Measure { zh: names.0, en: names.1, how_zh: how.0, how_en: how.1, value }
}

/// Every statistic in the order of print.
pub(super) fn measures(directed: bool) -> Vec<Measure> {
    let mut all = size_and_shape();
    if directed {
        all.push(measure(
            ("互惠率", "Reciprocity"),
            ("反向关系也存在的节点对占比", "share of ordered pairs whose reverse exists"),
            |s, l| s.statistics.reciprocity.map(|x| percent(x, 1, l)),
        ));
    }
    all.extend([
        measure(
            ("度相关系数", "Degree assortativity"),
            ("无向，皮尔逊", "undirected, Pearson"),
            |s, l| s.statistics.assortativity.undirected.map(|x| fixed(x, 3, l)),
        ),
        measure(
            ("弱连通分量", "Weak components"),
            ("个数；最大者占节点", "number; share of nodes in the largest"),
            |s, l| component(s, &s.statistics.weak_components, l),
        ),
    ]);
    if directed {
        all.push(measure(
            ("强连通分量", "Strong components"),
            ("个数；最大者占节点", "number; share of nodes in the largest"),
            |s, l| component(s, &s.statistics.strong_components, l),
        ));
    }
    all.extend([
        measure(
            ("最大核数", "Largest core"),
            ("k-核，不计方向", "k-core, undirected"),
            |s, l| Some(size(s.statistics.max_core as usize, l)),
        ),
        measure(
            ("社群数", "Communities"),
            ("莱顿算法，孤立节点自成一群", "Leiden; a node alone is one of its own"),
            |s, l| Some(size(s.statistics.communities, l)),
        ),
        measure(
            ("模块化系数", "Modularity"),
            ("莱顿算法，不计方向，分辨率1", "Leiden, undirected, resolution 1"),
            |s, l| s.statistics.modularity.map(|x| fixed(x, 3, l)),
        ),
        measure(
            ("模块化系数（鲁汶）", "Modularity (Louvain)"),
            ("鲁汶算法，口径同上", "Louvain, otherwise alike"),
            |s, l| s.statistics.modularity_louvain.map(|x| fixed(x, 3, l)),
        ),
    ]);
    all
}

/// Size, ways and clustering.
fn size_and_shape() -> Vec<Measure> {
    vec![
        measure(
            ("样本节点", "Sample nodes"),
            ("调查所及的节点", "nodes that were surveyed"),
            |s, l| s.sample.map(|(n, _)| size(n, l)),
        ),
        measure(
            ("关系节点", "Relation nodes"),
            ("与样本有关系的其他节点", "nodes these are related to"),
            |s, l| s.sample.map(|(_, n)| size(n, l)),
        ),
        measure(
            ("节点总数", "All nodes"),
            ("有边相连的节点", "nodes with an edge"),
            |s, l| Some(size(s.statistics.nodes, l)),
        ),
        measure(
            ("总边数", "Edges"),
            ("重复的关系逐条计入", "repeated relations count each"),
            |s, l| Some(size(s.edges, l)),
        ),
        measure(
            ("平均度", "Average degree"),
            ("总边数／节点总数", "edges / nodes"),
            |s, l| average_degree(s).map(|x| fixed(x, 3, l)),
        ),
        measure(
            ("网络密度", "Density"),
            ("不重复的有向节点对／N(N−1)", "distinct ordered pairs / N(N − 1)"),
            |s, l| s.statistics.density.map(|x| fixed(x, 5, l)),
        ),
        measure(
            ("网络直径", "Diameter"),
            ("可达节点对之间的最大距离", "largest distance over reachable pairs"),
            |s, l| Some(size(s.statistics.diameter, l)),
        ),
        measure(
            ("平均路径长度", "Average path length"),
            ("可达节点对的平均距离", "mean distance over reachable pairs"),
            |s, l| s.statistics.average_path_length.map(|x| fixed(x, 3, l)),
        ),
        measure(
            ("平均聚类系数", "Average clustering"),
            ("有向，同Gephi，全部节点平均", "directed, as in Gephi, mean over all nodes"),
            |s, l| s.statistics.clustering_directed.map(|x| fixed(x, 4, l)),
        ),
        measure(
            ("平均聚类系数（无向）", "Average clustering, undirected"),
            ("对全部节点平均", "mean over all nodes"),
            |s, l| s.statistics.clustering_mean.map(|x| fixed(x, 4, l)),
        ),
        measure(
            ("平均聚类系数（无向，k≥2）", "Average clustering, k ≥ 2"),
            ("对至少两个邻居的节点平均", "mean over nodes with two neighbours"),
            |s, l| s.statistics.clustering_k2.map(|x| fixed(x, 4, l)),
        ),
        measure(
            ("传递性", "Transitivity"),
            ("3×三角形数／连通三元组数", "3 × triangles / connected triples"),
            |s, l| s.statistics.transitivity.map(|x| fixed(x, 4, l)),
        ),
    ]
}

#[expect(clippy::cast_precision_loss, reason = "counts stay far below 2^52")]
fn component(
    own: &Snapshot,
    components: &crate::network::measure::components::Components,
    lang: Lang,
) -> Option<String> {
    let nodes = own.statistics.nodes;
    (nodes > 0).then(|| {
        let share = percent(components.largest as f64 / nodes as f64, 1, lang);
        match lang {
            Lang::Zh => format!("{}；{share}", size(components.count, lang)),
            Lang::En => format!("{}; {share}", size(components.count, lang)),
        }
    })
}
