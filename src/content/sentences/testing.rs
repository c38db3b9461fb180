//! A small sample for the tests of sentences: eight cities, two dimensions, five indicators.

use std::collections::BTreeMap;

use crate::config::{
    Aggregation, CheckLimits, CityCases, Config, ConstantRule, Definition, Direction, Formula,
    Imputation, IndicatorSpec, Methodology, Missing, Node, NodeKind, Normalisation, RankRule,
    ReportMeta, ScreeningRule, Selection, Status, TierMethod, TierRule, Ties, Treatment, Weighting,
};
use crate::content::phrase::Phrase;
use crate::content::results::{NodeAt, Results, UnitAt};
use crate::content::sentences::Speaker;
use crate::data::{
    Cell, Dataset, Gazetteer, IndicatorData, Inputs, PublishedRanking, Registry, Unit,
};
use crate::diag::{FileId, Span};
use crate::index::{Distribution, IndexResult, NodeResult, Tier, Tiers, rank_scores};
use crate::lang::{Lang, Localised};

pub(super) const INDEX: NodeAt = 0;
pub(super) const ENVIRONMENT: NodeAt = 1;
pub(super) const GDP: NodeAt = 2;
pub(super) const GROWTH: NodeAt = 3;
pub(super) const KNOWLEDGE: NodeAt = 4;
pub(super) const UNICORNS: NodeAt = 5;
pub(super) const DEPOSITS: NodeAt = 6;
pub(super) const ENERGY: NodeAt = 7;

pub(super) const BEIJING: UnitAt = 0;
pub(super) const SHANGHAI: UnitAt = 1;
pub(super) const SUZHOU: UnitAt = 2;
pub(super) const HANGZHOU: UnitAt = 3;
pub(super) const WUHAN: UnitAt = 4;
pub(super) const GUANGZHOU: UnitAt = 5;
pub(super) const SHENZHEN: UnitAt = 6;
pub(super) const XIAN: UnitAt = 7;

const RULE: RankRule = RankRule { ties: Ties::Competition, round_digits: Some(2) };
const SPAN: Span = Span::new(FileId(0), 0, 0);

/// Code, names, region, agglomeration and administrative rank of the eight, by code.
const CITIES: [[&str; 9]; 8] = [
    [
        "110000",
        "北京",
        "Beijing",
        "东部",
        "Eastern",
        "京津冀",
        "Beijing-Tianjin-Hebei",
        "直辖市",
        "Municipality",
    ],
    [
        "310000",
        "上海",
        "Shanghai",
        "东部",
        "Eastern",
        "长三角",
        "Yangtze River Delta",
        "直辖市",
        "Municipality",
    ],
    [
        "320500",
        "苏州",
        "Suzhou",
        "东部",
        "Eastern",
        "长三角",
        "Yangtze River Delta",
        "地级市",
        "Prefecture-level city",
    ],
    [
        "330100",
        "杭州",
        "Hangzhou",
        "东部",
        "Eastern",
        "长三角",
        "Yangtze River Delta",
        "副省级省会",
        "Sub-provincial capital",
    ],
    [
        "420100",
        "武汉",
        "Wuhan",
        "中部",
        "Central",
        "长江中游",
        "Middle Yangtze",
        "副省级省会",
        "Sub-provincial capital",
    ],
    [
        "440100",
        "广州",
        "Guangzhou",
        "中部",
        "Central",
        "粤港澳大湾区",
        "Greater Bay Area",
        "副省级省会",
        "Sub-provincial capital",
    ],
    [
        "440300",
        "深圳",
        "Shenzhen",
        "西部",
        "Western",
        "粤港澳大湾区",
        "Greater Bay Area",
        "计划单列市",
        "City with independent planning status",
    ],
    ["610100", "西安", "Xi’an", "西部", "Western", "", "", "副省级省会", "Sub-provincial capital"],
];

/// The sample: nobody level, all scores known.
pub(super) fn sample() -> Results {
    let units = CITIES.iter().map(city).collect();
    let mut results = empty(units, nodes());
    // Beijing, Shanghai, Suzhou, Hangzhou, Wuhan, Guangzhou, Shenzhen, Xi’an
    set_scores(&mut results, INDEX, [80.0, 71.5, 41.25, 52.0, 33.0, 55.5, 65.0, 20.0].map(Some));
    set_scores(
        &mut results,
        ENVIRONMENT,
        [70.0, 90.0, 50.0, 45.0, 30.0, 60.0, 80.0, 10.0].map(Some),
    );
    set_scores(&mut results, KNOWLEDGE, [95.0, 60.0, 20.0, 58.0, 55.0, 50.0, 59.5, 40.0].map(Some));
    set_values(
        &mut results,
        GDP,
        [41610.9, 44652.8, 23958.3, 18753.0, 18866.4, 28839.0, 32387.7, 11486.5].map(Some),
    );
    set_values(&mut results, GROWTH, [5.54, 5.4, 7.6, 6.83, 5.2, 6.87, 6.4, 7.2].map(Some));
    set_values(&mut results, UNICORNS, [76.0, 65.0, 6.0, 22.0, 5.0, 19.0, 32.0, 1.0].map(Some));
    set_values(
        &mut results,
        DEPOSITS,
        [218_629.5, 192_293.1, 47_000.0, 69_592.0, 35_000.0, 80_495.1, 123_400.9, 30_100.0]
            .map(Some),
    );
    set_values(&mut results, ENERGY, [0.18, 0.25, 0.34, 0.28, 0.41, 0.27, 0.17, 0.32].map(Some));
    results
}

/// The sample with its index computed and the uncertainty analysis beside it, in which every city has
/// its nominal rank for sure.
pub(super) fn analysed() -> Results {
    let mut results = sample();
    let method = &mut results.config.method;
    method.robustness.weights = vec![0.25, 0.25];
    method.robustness.replicates = 50;
    method.robustness.sobol_samples = 8;
    for at in 1..method.nodes.len() {
        let siblings = |node: &Node| u32::try_from(node.children().len()).unwrap();
        let parent = method.nodes[at].parent.map(|p| siblings(&method.nodes[p]));
        method.nodes[at].weight = 1.0 / f64::from(parent.unwrap_or(1));
    }
    let names = results.inputs.units.iter().map(|u| u.code.clone()).collect::<Vec<_>>();
    let method = &results.config.method;
    results.index = crate::index::compute(method, &results.inputs.dataset, &names).unwrap().value;
    let data = &results.inputs.dataset;
    let units = &results.inputs.units;
    let mut found = crate::index::robustness::analyse(method, data, units, &results.index).unwrap();
    for own in &mut found.simulation.units {
        let rank = f64::from(own.rank);
        (own.median, own.low, own.high) = (rank, rank, rank);
        own.ranks = (1..=8).map(|r| if r == own.rank { 1.0 } else { 0.0 }).collect();
    }
    found.simulation.groups.clear();
    results.robustness = Some(found);
    results
}

/// A sample of units without particulars, with the scores of the index.
pub(super) fn plain(scores: &[f64]) -> Results {
    let units = (1..=scores.len())
        .map(|i| {
            let name = [format!("{i:06}"), format!("城{i}"), format!("City {i}")];
            let [code, zh, en] = &name;
            city(&[code, zh, en, "", "", "", "", "", ""])
        })
        .collect();
    let mut results = empty(units, nodes());
    let scores: Vec<Option<f64>> = scores.iter().copied().map(Some).collect();
    for node in 0..results.config.method.nodes.len() {
        set_scores(&mut results, node, scores.iter().copied());
    }
    results
}

/// Gives a node scores, in order of unit.
pub(super) fn set_scores(
    results: &mut Results,
    node: NodeAt,
    scores: impl IntoIterator<Item = Option<f64>>,
) {
    let scores: Vec<Option<f64>> = scores.into_iter().collect();
    let ranks = rank_scores(&scores, RULE);
    let mut order: Vec<UnitAt> = (0..scores.len()).filter(|&u| ranks[u].is_some()).collect();
    order.sort_by_key(|&u| (ranks[u], u));
    results.index.nodes[node] = NodeResult {
        coverage: vec![1.0; scores.len()],
        tied: ranks
            .iter()
            .map(|r| r.is_some() && ranks.iter().filter(|other| *other == r).count() > 1)
            .collect(),
        distribution: Distribution::of(&scores),
        order,
        ranks,
        scores,
    };
}

/// Gives an indicator values, in order of unit, and scores that rank alike.
pub(super) fn set_values(
    results: &mut Results,
    node: NodeAt,
    values: impl IntoIterator<Item = Option<f64>>,
) {
    let values: Vec<Option<f64>> = values.into_iter().collect();
    let sign = match results.spec(node).map(|s| s.direction) {
        Some(Direction::Negative) => -1.0,
        _ => 1.0,
    };
    set_scores(results, node, values.iter().map(|v| v.map(|v| sign * v)));
    let cell = |value| Cell::of(value, Status::Official);
    let years = if node == GROWTH { vec![2019, 2022] } else { vec![2022] };
    let cells = values.into_iter().map(|v| v.map(cell)).collect();
    let data = IndicatorData {
        node,
        year: Some(2022),
        years,
        cells,
        bases: BTreeMap::new(),
        references: BTreeMap::new(),
        pooled: Vec::new(),
    };
    results.inputs.dataset.indicators.retain(|i| i.node != node);
    results.inputs.dataset.indicators.push(data);
}

/// Adds a published ranking of the index.
pub(super) fn publish(results: &mut Results, ranks: &[(UnitAt, u32)]) {
    let ranks = ranks.iter().map(|&(u, rank)| (results.unit(u).code.clone(), rank)).collect();
    results.inputs.rankings.push(PublishedRanking {
        id: "last".to_owned(),
        title: Localised::new("《上年报告》".to_owned(), "last year’s report".to_owned()),
        ranks: BTreeMap::from([("index".to_owned(), ranks)]),
        source: String::new(),
    });
}

/// Groups the units of the index into tiers, best first.
pub(super) fn tiered(results: &mut Results, members: &[&[UnitAt]]) {
    let score = |unit: Option<&UnitAt>| unit.and_then(|&u| results.score(u, INDEX)).unwrap_or(0.0);
    let tiers = members
        .iter()
        .map(|m| Tier { members: m.to_vec(), low: score(m.last()), high: score(m.first()) })
        .collect();
    let of_unit =
        (0..results.count()).map(|u| members.iter().position(|m| m.contains(&u))).collect();
    let names =
        Localised::new(vec![String::new(); members.len()], vec![String::new(); members.len()]);
    let method = TierMethod::NaturalBreaks;
    results.config.method.tiers = Some(TierRule { method, count: members.len(), names });
    results.index.tiers = Some(Tiers {
        tiers,
        of_unit,
        goodness: 1.0,
        sse: 0.0,
        detail: crate::index::TierDetail::None,
    });
}

/// What a speaker says in Chinese and in English, every quantity of it printed and identified.
#[track_caller]
fn both(results: &Results, say: impl Fn(Speaker<'_>) -> Phrase) -> [String; 2] {
    Lang::ALL.map(|lang| {
        let said = say(Speaker { results, lang });
        for quantity in &said.values {
            assert!(said.text.contains(&quantity.text), "{said:?}");
            assert_eq!(quantity.id.split('/').count(), 3, "{said:?}");
        }
        said.text
    })
}

/// Asserts what is said in both languages.
#[track_caller]
pub(super) fn says(results: &Results, say: impl Fn(Speaker<'_>) -> Phrase, zh: &str, en: &str) {
    assert_eq!(both(results, say), [zh, en]);
}

/// Asserts that nothing is said in either language.
#[track_caller]
pub(super) fn silent(results: &Results, say: impl Fn(Speaker<'_>) -> Phrase) {
    assert_eq!(both(results, say), ["", ""]);
}

fn city(row: &[&str; 9]) -> Unit {
    let [code, zh, en, region_zh, region_en, cluster_zh, cluster_en, rank_zh, rank_en] =
        row.map(ToOwned::to_owned);
    Unit {
        code,
        slug: en.to_lowercase().replace(['’', ' '], ""),
        full_name: Localised::new(zh.clone(), en.clone()),
        name: Localised::new(zh, en),
        province: Localised::default(),
        region: Localised::new(region_zh, region_en),
        agglomeration: Localised::new(cluster_zh, cluster_en),
        admin_rank: Localised::new(rank_zh, rank_en),
        admin_rank_code: String::new(),
        lon: None,
        lat: None,
        extra: BTreeMap::new(),
    }
}

fn nodes() -> Vec<Node> {
    let more = Direction::Positive;
    vec![
        dimension("index", "总指数", "Composite index", 0, None, vec![ENVIRONMENT, KNOWLEDGE]),
        dimension(
            "environment",
            "环境支撑力",
            "Enabling environment",
            1,
            Some(0),
            vec![GDP, GROWTH],
        ),
        indicator(
            "gdp",
            ["地区生产总值", "Gross domestic product"],
            1,
            ["亿元", "CNY 100 million"],
            1,
            more,
        ),
        indicator("growth", ["年均增速", "Average yearly growth"], 1, ["%", "%"], 2, more),
        dimension(
            "knowledge",
            "知识创造力",
            "Knowledge creation",
            1,
            Some(0),
            vec![UNICORNS, DEPOSITS, ENERGY],
        ),
        indicator("unicorns", ["独角兽企业", "Unicorns"], 4, ["家", "firms"], 0, more),
        indicator(
            "deposits",
            ["存款余额", "Deposits at year-end"],
            4,
            ["亿元", "CNY 100 million"],
            1,
            more,
        ),
        indicator(
            "energy",
            ["单位能耗", "Energy intensity"],
            4,
            ["吨/万元", "tonnes per CNY 10,000"],
            2,
            Direction::Negative,
        ),
    ]
}

fn dimension(
    code: &str,
    zh: &str,
    en: &str,
    level: usize,
    parent: Option<NodeAt>,
    children: Vec<NodeAt>,
) -> Node {
    let kind = NodeKind::Dimension {
        children,
        weighting: Weighting::Equal,
        aggregation: Aggregation::Arithmetic,
    };
    node(code, [zh, en], level, parent, kind)
}

fn indicator(
    code: &str,
    name: [&str; 2],
    parent: NodeAt,
    measure: [&str; 2],
    decimals: usize,
    direction: Direction,
) -> Node {
    let [zh, en] = measure.map(ToOwned::to_owned);
    let spec = IndicatorSpec {
        measure: Localised::new(zh, en),
        direction,
        decimals,
        value: Definition::formula(Formula::column(code), SPAN),
        value_span: SPAN,
        year: None,
        keeps_year: false,
        normalisation: NORMALISATION,
        over: crate::config::Over::Year,
        imputation: Imputation::None,
        treatment: Treatment::None,
        status: None,
    };
    node(code, name, 2, Some(parent), NodeKind::Indicator(spec))
}

fn node(code: &str, name: [&str; 2], level: usize, parent: Option<NodeAt>, kind: NodeKind) -> Node {
    let [zh, en] = name.map(ToOwned::to_owned);
    let name = Localised::new(zh, en);
    Node {
        code: code.to_owned(),
        span: SPAN,
        short: name.clone(),
        name,
        description: Localised::default(),
        level,
        parent,
        weight: 1.0,
        kind,
    }
}

const NORMALISATION: Normalisation =
    Normalisation::MinMax { low: 0.0, high: 100.0, constant: ConstantRule::Error };

fn empty(units: Vec<Unit>, nodes: Vec<Node>) -> Results {
    let none = NodeResult {
        scores: vec![None; units.len()],
        ranks: vec![None; units.len()],
        coverage: vec![0.0; units.len()],
        order: Vec::new(),
        tied: vec![false; units.len()],
        distribution: None,
    };
    let index = IndexResult {
        nodes: vec![none; nodes.len()],
        weights: vec![1.0; nodes.len()],
        effective_weights: vec![1.0; nodes.len()],
        weightings: vec![None; nodes.len()],
        details: vec![None; nodes.len()],
        ..IndexResult::default()
    };
    let method = Methodology {
        year: None,
        years: Vec::new(),
        nodes,
        ranks: RULE,
        screening: ScreeningRule::default(),
        checks: CheckLimits::default(),
        missing: Missing { unit_threshold: 0.5, indicator_threshold: 0.5 },
        tiers: None,
        typology: None,
        normalisation: NORMALISATION,
        robustness: crate::config::Uncertainty::default(),
        variants: Vec::new(),
    };
    let inputs = Inputs {
        years: Vec::new(),
        gazetteer: Gazetteer::default(),
        units,
        dataset: Dataset::default(),
        events: Vec::new(),
        facts: Vec::new(),
        rankings: Vec::new(),
        registry: Registry::default(),
        glossary: Vec::new(),
        columns: Vec::new(),
        corrections: Vec::new(),
        networks: crate::data::NetworkTables::default(),
        case_units: Vec::new(),
    };
    let reading = crate::index::reading::read(&method, &index);
    Results {
        config: config(method),
        inputs,
        index,
        robustness: None,
        years: Vec::new(),
        changes: None,
        reading,
        networks: crate::network::Networks::default(),
    }
}

fn config(method: Methodology) -> Config {
    let report = ReportMeta {
        id: "test".to_owned(),
        title: Localised::default(),
        subtitle: Localised::default(),
        edition: 2022,
        date: (2024, 12, 31),
        publisher: Localised::default(),
        licence: Localised::default(),
        keywords: Localised::default(),
    };
    Config {
        previous: None,
        path: "report.yaml".to_owned(),
        file: FileId(0),
        report,
        languages: Lang::ALL.to_vec(),
        outputs: Vec::new(),
        gazetteer: crate::config::TableFile::new(String::new(), SPAN),
        selection: Selection::All,
        inputs: Vec::new(),
        sources: None,
        glossary: None,
        columns: None,
        corrections: None,
        networks: crate::config::NetworkPlan::default(),
        city_cases: CityCases::None,
        sections: Vec::new(),
        method,
        method_path: String::new(),
    }
}
