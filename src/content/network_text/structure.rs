//! How a network is built: hubs, concentration, communities, components, parts.

use crate::content::network_text::growth::{lower, real};
use crate::content::network_text::{Ranked, Voice, capital, front};
use crate::content::networks::Web;
use crate::lang::Lang;
use crate::network::power_law::PowerLaw;
use crate::network::{Hub, HubOrder, SmallWorld};

/// Hubs that are named.
const NAMED: usize = 5;
/// Members of a community that are named.
const MEMBERS: usize = 3;
/// From this modularity on, communities are called distinct (Newman and Girvan 2004).
const DISTINCT: f64 = 0.3;
/// Up to this reciprocity, relations are called one-way for the most part.
const ONE_WAY: f64 = 0.25;
/// From this one on, mutual for the most part.
const MUTUAL: f64 = 0.5;
/// From this p-value down, the sign of a likelihood ratio can be trusted.
const TRUSTED: f64 = 0.1;

/// Says that the network is a small world, where it is one.
pub(super) fn small_world(voice: Voice, web: Web<'_>) -> String {
    let found = web.last().and_then(|last| SmallWorld::of(&last.statistics));
    let Some(own) = found.filter(SmallWorld::holds) else { return String::new() };
    let times = voice.number(own.clustering / own.random_clustering, 0);
    let clustering = voice.number(own.clustering, 3);
    let (path, random) = (voice.number(own.path, 2), voice.number(own.random_path, 2));
    voice.say(
        format!(
            "网络有小世界的特征：不计方向的平均聚类系数为{clustering}，是节点数和边数相同的随机网络的{times}倍，而平均路径长度（{path}）与随机网络的估计值（{random}）同一量级。"
        ),
        format!(
            "The network is a small world: without direction its average clustering coefficient is {clustering}, {times} times that of a random network with as many nodes and links, while the average path length ({path}) is of the same order as that of a random network ({random})."
        ),
    )
}

/// How often relations are answered.
pub(super) fn reciprocity(voice: Voice, web: Web<'_>) -> String {
    let found = web.last().and_then(|last| last.statistics.reciprocity);
    let Some(share) = found.filter(|_| web.spec().directed) else { return String::new() };
    let part = voice.percent(share);
    let (zh, en) = if share <= ONE_WAY {
        ("关系大多是单向的", "Relations are one-way for the most part")
    } else if share >= MUTUAL {
        ("关系多为双向", "Most relations are mutual")
    } else {
        ("单向与双向的关系都不少", "One-way and mutual relations are both common")
    };
    voice.say(
        format!("{zh}：有向的节点对中，反向关系也存在的占{part}。"),
        format!("{en}: of the ordered pairs of nodes that are linked, {part} are linked the other way too."),
    )
}

/// How much of the network hangs together.
pub(super) fn components(voice: Voice, web: Web<'_>) -> String {
    let Some(last) = web.last().filter(|last| last.statistics.nodes > 0) else {
        return String::new();
    };
    let s = &last.statistics;
    let nodes = real(s.nodes);
    let weak = voice.percent(real(s.weak_components.largest) / nodes);
    let strong = voice.percent(real(s.strong_components.largest) / nodes);
    let whole = s.weak_components.count == 1;
    let first = match (whole, voice.lang) {
        (true, Lang::Zh) => "全部节点连成一片".to_owned(),
        (true, Lang::En) => "All nodes hang together".to_owned(),
        (false, Lang::Zh) => format!(
            "{weak}的节点连成一片，其余分散在{}个小的分量中",
            voice.size(s.weak_components.count - 1)
        ),
        (false, Lang::En) => {
            let rest = s.weak_components.count as u64 - 1;
            format!(
                "Of the nodes, {weak} hang together; the others lie in {}",
                voice.noun(rest, "small component", "small components")
            )
        }
    };
    let second = match (web.spec().directed, voice.lang) {
        (false, _) => String::new(),
        (true, Lang::Zh) => format!("；沿关系的方向可以彼此到达的最大一组占{strong}"),
        (true, Lang::En) => {
            format!("; along the direction of relations, {strong} can all reach one another")
        }
    };
    voice.say(format!("{first}{second}。"), format!("{first}{second}."))
}

fn ranked(voice: Voice, web: Web<'_>, hubs: &[Hub]) -> Vec<Ranked> {
    let own = |hub: &Hub| Ranked {
        name: web.node_name(hub.node, voice.lang),
        value: voice.count(hub.degree.total),
        rank: hub.rank,
    };
    hubs.iter().map(own).collect()
}

/// The nodes with the most relations, surveyed ones and the others apart, and what they are part of.
pub(super) fn hubs(voice: Voice, web: Web<'_>) -> String {
    let Some(last) = web.last() else { return String::new() };
    let listed = |wanted: Option<bool>| {
        let may = |node| wanted.is_none() || web.is_sample(node) == wanted;
        let found = last.hubs(HubOrder::Total, NAMED + 4, may);
        front(ranked(voice, web, &found), NAMED)
    };
    if web.spec().sample_types.is_empty() {
        let found = listed(None);
        let names = voice.chain(&found);
        return match (found.is_empty(), voice.lang) {
            (true, _) => String::new(),
            (false, Lang::Zh) => format!("按度数计，{names}。"),
            (false, Lang::En) => format!("By degree, {names}."),
        };
    }
    let sentence = |wanted: bool| {
        let found = listed(Some(wanted));
        let names = voice.chain(&found);
        match (found.is_empty(), wanted, voice.lang) {
            (true, ..) => String::new(),
            (false, true, Lang::Zh) => format!("按度数计，样本节点中{names}。"),
            (false, false, Lang::Zh) => format!("关系节点中{names}。"),
            (false, true, Lang::En) => format!("By degree, among the sample nodes, {names}."),
            (false, false, Lang::En) => format!("Among the relation nodes, {names}."),
        }
    };
    let third = gap(voice, web);
    voice.together(&[sentence(true), sentence(false), third])
}

/// How far sample and relation nodes lie apart at the top.
fn gap(voice: Voice, web: Web<'_>) -> String {
    let Some(last) = web.last() else { return String::new() };
    let first = |wanted: bool| {
        let found = last.hubs(HubOrder::Total, 1, |node| web.is_sample(node) == Some(wanted));
        found.first().map(|hub| hub.degree.total)
    };
    let (Some(sample), Some(relation)) = (first(true), first(false)) else { return String::new() };
    let (high, low) = (sample.max(relation), sample.min(relation));
    if high < 2 * low {
        return String::new();
    }
    #[expect(clippy::cast_precision_loss, reason = "degrees stay far below 2^52")]
    let times = voice.number(high as f64 / low as f64, 1);
    let (zh, en) = if sample > relation {
        ("样本节点的首位是关系节点首位的", "first sample node has")
    } else {
        ("关系节点的首位是样本节点首位的", "first relation node has")
    };
    let other = if sample > relation { "relation" } else { "sample" };
    voice.say(
        format!("{zh}{times}倍。"),
        format!("The {en} {times} times the relations of the first {other} node."),
    )
}

/// What the top one per cent of nodes hold, giving and taking.
pub(super) fn concentration(voice: Voice, web: Web<'_>) -> String {
    let Some(last) = web.last() else { return String::new() };
    let own = &last.statistics;
    let number = own.nodes.div_ceil(100) as u64;
    let nodes = voice.count(number);
    let directed = web.spec().directed;
    let (Some(out), Some(into)) = (&own.out_concentration, &own.in_concentration) else {
        return String::new();
    };
    let (a, b) = (voice.percent(out.top_1_percent), voice.percent(into.top_1_percent));
    let (out_gini, in_gini) = (voice.number(out.gini, 3), voice.number(into.gini, 3));
    let ten = voice.percent(out.largest_ten);
    if !directed {
        return voice.say(
            format!("度数最高的1%节点（{nodes}个）占全部关系的{a}，前10个节点占{ten}；基尼系数为{out_gini}。"),
            format!(
                "The top 1% of nodes ({nodes}) hold {a} of all relations, the top ten {ten}; the Gini coefficient is {out_gini}."
            ),
        );
    }
    let side = match out.gini.total_cmp(&into.gini) {
        _ if out_gini == in_gini => String::new(),
        std::cmp::Ordering::Greater => voice.say(
            "输出比输入更集中。".to_owned(),
            "Giving is more concentrated than taking.".to_owned(),
        ),
        _ => voice.say(
            "输入比输出更集中。".to_owned(),
            "Taking is more concentrated than giving.".to_owned(),
        ),
    };
    let text = voice.say(
        format!(
            "关系集中于少数节点：输出最多的1%节点（{nodes}个）占全部输出的{a}，输入最多的1%占全部输入的{b}；输出最多的10个节点占{ten}。按出度和入度计的基尼系数分别为{out_gini}和{in_gini}。"
        ),
        format!(
            "Few nodes hold most relations: the 1% that give most ({nodes}) account for {a} of all relations, the 1% that take most for {b}; the ten that give most have {ten}. The Gini coefficient is {out_gini} by out-degree and {in_gini} by in-degree."
        ),
    );
    voice.together(&[text, side])
}

/// Whether degrees fall as a power law.
pub(super) fn power_law(voice: Voice, web: Web<'_>) -> String {
    let Some(last) = web.last() else { return String::new() };
    let sides: &[(&str, &str, HubOrder)] = if web.spec().directed {
        &[("出度", "out-degree", HubOrder::Out), ("入度", "in-degree", HubOrder::In)]
    } else {
        &[("度数", "degree", HubOrder::Total)]
    };
    let told: Vec<String> = sides
        .iter()
        .filter_map(|(zh, en, order)| Some(law(voice, (zh, en), last.power_law(*order)?)))
        .collect();
    voice.together(&told)
}

fn law(voice: Voice, (zh, en): (&str, &str), own: &PowerLaw) -> String {
    let (alpha, first, tail) =
        (voice.number(own.alpha, 2), voice.count(own.x_min), voice.count(own.tail));
    let start = voice.say(
        format!("{zh}在{first}以上的尾部（{tail}个节点）按幂律拟合的指数为{alpha}"),
        format!(
            "The tail of the {en} from {first} on ({}) has a fitted power-law exponent of {alpha}",
            voice.noun(own.tail, "node", "nodes")
        ),
    );
    let Some(other) = &own.log_normal else {
        return voice.say(format!("{start}。"), format!("{start}."));
    };
    let (zh, en) = if other.p_value >= TRUSTED {
        (
            "对数正态分布拟合得同样好，仅凭数据不能断定为幂律",
            "; a log-normal distribution fits as well, so the data alone do not settle that it is a power law",
        )
    } else if other.log_likelihood_ratio > 0.0 {
        ("优于对数正态分布", ", which fits better than a log-normal distribution")
    } else {
        ("但对数正态分布拟合得更好", ", though a log-normal distribution fits better")
    };
    voice.say(format!("{start}，{zh}。"), format!("{start}{en}."))
}

/// Number and strength of communities, and what the largest is.
pub(super) fn communities(voice: Voice, web: Web<'_>) -> String {
    let Some(last) = web.last() else { return String::new() };
    let (Some(depth), Some(q)) = (&last.depth, last.statistics.modularity) else {
        return String::new();
    };
    let several = depth.communities.sizes.iter().filter(|size| **size > 1).count() as u64;
    let Some(first) = depth.profiles.first() else { return String::new() };
    let modularity = voice.number(q, 3);
    let (zh, en) = if q >= DISTINCT {
        ("社群界限分明", "Communities are distinct")
    } else {
        ("社群界限不甚分明", "Communities are not very distinct")
    };
    let intro = voice.say(
        format!(
            "{zh}：莱顿算法分出{}个有两个以上成员的社群，模块化系数为{modularity}。",
            voice.count(several)
        ),
        format!(
            "{en}: the Leiden method finds {}, with a modularity of {modularity}.",
            voice.noun(
                several,
                "community of two nodes or more",
                "communities of two nodes or more"
            )
        ),
    );
    let members: Vec<String> =
        first.members.iter().take(MEMBERS).map(|hub| web.node_name(hub.node, voice.lang)).collect();
    let (nodes, part, names) =
        (voice.size(first.size), voice.percent(first.share), voice.list(&members));
    let main = first.main_unit.map(|main| {
        let city = web.unit_name(main.unit, voice.lang);
        let share = voice.percent(main.share);
        voice.say(
            format!("，成员以{city}为多（{share}）"),
            format!("; {city} has more of its members than any other city ({share})"),
        )
    });
    let main = main.unwrap_or_default();
    let largest = voice.say(
        format!("最大的社群有{nodes}个节点（占{part}），以{names}为首{main}。"),
        format!("The largest has {nodes} nodes ({part}), led by {names}{main}."),
    );
    voice.together(&[intro, largest])
}

/// Every part beside the whole.
pub(super) fn parts(voice: Voice, web: Web<'_>) -> String {
    let Some(whole) = web.last().filter(|whole| whole.edges > 0) else { return String::new() };
    let told: Vec<String> = web
        .parts()
        .filter_map(|part| {
            let own = part.last().filter(|own| own.edges > 0)?;
            let title = part.title().text(voice.lang);
            let (n, e) = (own.statistics.nodes, own.edges);
            let (x, y) = (
                voice.percent(real(n) / real(whole.statistics.nodes)),
                voice.percent(real(e) / real(whole.edges)),
            );
            let clustering =
                own.statistics.clustering_directed.zip(whole.statistics.clustering_directed);
            let tail = clustering.map_or_else(String::new, |(a, b)| {
                let (x, y) = (voice.number(a, 4), voice.number(b, 4));
                match (voice.lang, x == y, a > b) {
                    (Lang::Zh, true, _) => format!("，平均聚类系数与全网络相同（{x}）"),
                    (Lang::Zh, false, true) => format!("，平均聚类系数（{x}）高于全网络（{y}）"),
                    (Lang::Zh, false, false) => format!("，平均聚类系数（{x}）低于全网络（{y}）"),
                    (Lang::En, true, _) => format!(", with the same clustering as the whole ({x})"),
                    (Lang::En, false, true) => {
                        format!(", clustered more ({x}) than the whole ({y})")
                    }
                    (Lang::En, false, false) => {
                        format!(", clustered less ({x}) than the whole ({y})")
                    }
                }
            });
            Some(voice.say(
                format!(
                    "{title}有{}个节点、{}条边，分别占全网络的{x}和{y}{tail}。",
                    voice.size(n),
                    voice.size(e)
                ),
                format!(
                    "The {} has {} and {}, {x} and {y} of the whole{tail}.",
                    lower(title),
                    voice.noun(n as u64, "node", "nodes"),
                    voice.noun(e as u64, "edge", "edges")
                ),
            ))
        })
        .collect();
    capital(&voice.together(&told))
}
