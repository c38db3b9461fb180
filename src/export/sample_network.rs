//! A made-up network as a project of its own: tables, gazetteer and configuration.
//!
//! The relations come from `network::model`; names are numbers, and every row says that it is
//! illustrative. Where the nodes sit is drawn with published shares of cities, so that the flows
//! look like those of an industry.

use std::fmt::Write as _;

use crate::network::model::{Model, ModelSpec, model};

/// The gazetteer of the project.
const CITIES: &str = include_str!("../../data/cities.csv");
/// First year of the network.
const FIRST_YEAR: usize = 2014;
/// Shares in per cent of the five cities with most of 2,200 AI enterprises (seed 004, figure 8), by
/// code; the others share the rest.
const LEADING: [(&str, f64); 5] =
    [("110000", 28.09), ("310000", 14.23), ("440300", 13.36), ("440100", 8.55), ("330100", 7.68)];
/// How the rest is shared, by administrative rank: so much for a city of high rank, one for others.
const HIGH_RANK: f64 = 12.0;
/// Technologies of seed 004, the first ten of its list.
const CATEGORIES: [(&str, &str); 10] = [
    ("大数据和云计算", "Big data and cloud"),
    ("物联网", "Internet of things"),
    ("智能机器人", "Robotics"),
    ("智能推荐", "Recommendation"),
    ("5G", "5G"),
    ("区块链", "Blockchain"),
    ("语音识别", "Speech recognition"),
    ("虚拟/增强现实", "Virtual and augmented reality"),
    ("智能芯片", "AI chips"),
    ("计算机视觉", "Computer vision"),
];

/// The files of the project, by name: `nodes.csv`, `edges.csv`, `cities.csv`, `report.yaml` and
/// `methodology.yaml`. The same numbers give the same bytes.
#[must_use]
pub fn sample_network(nodes: usize, edges: usize, seed: u64) -> Vec<(&'static str, String)> {
    let cities = cities();
    let weights: Vec<f64> = cities.iter().map(|(_, weight)| *weight).collect();
    let made = model(&ModelSpec {
        nodes,
        rows: edges,
        seed,
        unit_weights: &weights,
        categories: CATEGORIES.len(),
    });
    let head = format!(
        "# Illustrative: made up by `rankpress sample network --nodes {nodes} --edges {edges} --seed {seed}`.\n\
         # No organisation and no relation in it exists. The model: docs/networks.md.\n"
    );
    vec![
        ("nodes.csv", node_rows(&made, &cities)),
        ("edges.csv", edge_rows(&made)),
        ("cities.csv", CITIES.to_owned()),
        ("methodology.yaml", format!("{head}{METHODOLOGY}")),
        ("report.yaml", format!("{head}{REPORT}")),
    ]
}

/// Codes of the units with their weights.
fn cities() -> Vec<(&'static str, f64)> {
    let mut reader = csv::Reader::from_reader(CITIES.as_bytes());
    let rank = reader.headers().ok().and_then(|h| h.iter().position(|name| name == "admin_rank"));
    let row = |line: &'static str| {
        let mut cells = line.split(',');
        let code = cells.next()?;
        let rank = rank.and_then(|at| cells.nth(at.checked_sub(1)?)).unwrap_or("");
        let is_high = rank.starts_with("sub-provincial") || rank.contains("capital");
        Some((code, if is_high { HIGH_RANK } else { 1.0 }))
    };
    let mut cities: Vec<(&str, f64)> = CITIES.lines().skip(1).filter_map(row).collect();
    let leading =
        |code: &str| LEADING.iter().find(|(own, _)| *own == code).map(|(_, share)| *share);
    let others = |(code, weight): &(&str, f64)| leading(code).is_none().then_some(*weight);
    let others: f64 = cities.iter().filter_map(others).sum();
    let rest = 100.0 - LEADING.iter().map(|(_, share)| share).sum::<f64>();
    for (code, weight) in &mut cities {
        *weight = leading(code).unwrap_or(*weight / others * rest);
    }
    cities
}

fn node_rows(made: &Model, cities: &[(&str, f64)]) -> String {
    let mut out = String::from("id,name_zh,name_en,unit,type,category,category_en,year,status\n");
    for (number, node) in (1..).zip(&made.nodes) {
        let kind = if node.sample { "sample" } else { "relation" };
        let unit = cities.get(node.unit).map_or("", |(code, _)| code);
        let (category, english) = CATEGORIES[node.category % CATEGORIES.len()];
        let _ = writeln!(
            out,
            "{number},示例机构{number},Organisation {number},{unit},{kind},{category},{english},{},illustrative",
            FIRST_YEAR + node.year
        );
    }
    out
}

fn edge_rows(made: &Model) -> String {
    let mut out = String::from("source,target,year,status\n");
    for row in &made.rows {
        let (from, to, year) = (row.from + 1, row.to + 1, FIRST_YEAR + row.year);
        let _ = writeln!(out, "{from},{to},{year},illustrative");
    }
    out
}

const REPORT: &str = "\
schema-version: 1
report:
  id: sample-network
  title: { zh: 示例价值网络（示意数据）, en: Sample value network (illustrative data) }
  edition: 2022
  date: 2023-01-01
methodology: methodology.yaml
cities: { gazetteer: cities.csv, where: \"sample == 'seed20'\" }
data:
  - { file: nodes.csv, kind: records, id: organisations, status: illustrative }
networks:
  - id: value-network
    title: { zh: 价值网络, en: Value network }
    nodes: { file: nodes.csv }
    edges: { file: edges.csv }
    sample-types: [sample]
    snapshots: { from: 2014, to: 2022 }
    flows: [region, agglomeration, province, city]
cascades:
  - id: sample
    title: { zh: 样本机构, en: Sample organisations }
    file: nodes.csv
    where: \"type == 'sample'\"
    measure: { zh: 家, en: organisations }
    snapshots: { from: 2014, to: 2022 }
sections: [cover, colophon, contents, annex-scores]
";

const METHODOLOGY: &str = "\
schema-version: 1
year: 2022
framework:
  - code: organisations
    name: { zh: 机构数, en: Organisations }
    measure: { zh: 家, en: organisations }
    decimals: 0
    value: { count: { of: organisations } }
  - code: sampled
    name: { zh: 样本机构数, en: Sample organisations }
    measure: { zh: 家, en: organisations }
    decimals: 0
    value: { count: { of: organisations, where: \"type == 'sample'\" } }
";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_shares_of_cities() {
        let cities = cities();
        let sum: f64 = cities.iter().map(|(_, weight)| weight).sum();
        assert!(cities.len() == 337 && (sum - 100.0).abs() < 1e-9);
        let weight = |code: &str| cities.iter().find(|(own, _)| *own == code).unwrap().1;
        assert!(weight("320100") > weight("320500"), "Nanjing is of high rank, Suzhou is not");
    }

    #[test]
    fn the_same_seed_gives_the_same_files() {
        assert_eq!(sample_network(50, 120, 7), sample_network(50, 120, 7));
        assert_ne!(sample_network(50, 120, 7)[1], sample_network(50, 120, 8)[1]);
    }
}
