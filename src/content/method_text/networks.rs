//! What the configuration says of networks: direction, years, nodes, levels and limits.

use crate::config::{NetworkSpec, NodeRule, SnapshotMode};
use crate::content::networks::{level_names, percent};
use crate::content::results::Results;
use crate::content::words::join;
use crate::lang::Lang;

/// A sentence or two on every network with edges; empty if there is none.
pub(super) fn paragraph(results: &Results, lang: Lang) -> String {
    let networks = results.config.networks.networks.iter().filter(|own| own.edges.is_some());
    let told: Vec<String> = networks.map(|own| network(own, lang)).collect();
    told.join(match lang {
        Lang::Zh => "",
        Lang::En => " ",
    })
}

fn network(own: &NetworkSpec, lang: Lang) -> String {
    let title = own.title.text(lang);
    let direction = match (own.directed, lang) {
        (true, Lang::Zh) => "关系有方向，由输出方指向输入方",
        (false, Lang::Zh) => "关系没有方向",
        (true, Lang::En) => "relations lead from giver to taker",
        (false, Lang::En) => "relations have no direction",
    };
    let years = own.snapshots.as_ref().map_or_else(String::new, |snapshots| {
        let mode = match (snapshots.mode, lang) {
            (SnapshotMode::Cumulative, Lang::Zh) => "每年的网络包含当年及以前的全部关系",
            (SnapshotMode::PerPeriod, Lang::Zh) => "每年的网络只含上一个年份以后的关系",
            (SnapshotMode::Cumulative, Lang::En) => {
                "the network of a year holds all relations up to that year"
            }
            (SnapshotMode::PerPeriod, Lang::En) => {
                "the network of a year holds the relations since the year before it alone"
            }
        };
        let nodes = match (snapshots.nodes, lang) {
            (NodeRule::Linked, Lang::Zh) => "节点为这些关系的两端",
            (NodeRule::Dated, Lang::Zh) => "节点为这些关系的两端以及当时已有的节点",
            (NodeRule::All, Lang::Zh) => "节点为名单中的全部节点",
            (NodeRule::Linked, Lang::En) => "its nodes are their ends",
            (NodeRule::Dated, Lang::En) => {
                "its nodes are their ends and whatever node was there by then"
            }
            (NodeRule::All, Lang::En) => "its nodes are all nodes of the list",
        };
        match lang {
            Lang::Zh => format!("；{mode}，{nodes}"),
            Lang::En => format!("; {mode}, and {nodes}"),
        }
    });
    let levels: Vec<String> =
        own.flows.iter().map(|level| level_names(*level, lang).1.to_owned()).collect();
    let levels = join(&levels, lang);
    let pole = percent(own.pole_share, 0, lang);
    match lang {
        Lang::Zh => format!(
            "{title}：{direction}{years}。流动按{levels}统计，输出与输入合计不低于全部{pole}的地方为极点。"
        ),
        Lang::En => format!(
            "{title}: {direction}{years}. Flows are counted between {levels}; a place with at least {pole} of all that is given and taken is a pole."
        ),
    }
}
