//! Every kind of chart in both languages: those of the index drawn from made-up results of 20
//! cities, those of networks from made-up flows and a picture of 2,000 nodes and 6,000 edges.
//!
//! Prints divan's table and a line of JSON for each group with its median in milliseconds.

#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]

use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use rankpress::charts::{
    Acceptability, AcceptabilityRow, AdjacencyHeatmap, Bar, BarSeries, Butterfly, ButterflyRow,
    Ccdf, CcdfSeries, Chart, ChartError, Chord, ChordRegion, ContributionRow, Dumbbell,
    DumbbellRow, Face, Faces, Flow, FlowMap, GroupedBars, Lorenz, LorenzCurve, MapCity, MixPart,
    NetworkPicture, Panel, PictureNode, PositionRow, PositionStrip, PowerLawLine, Radar,
    RadarSeries, RadarStyle, RankHeatmap, RankInterval, RankIntervals, RankSweep, RankedBar,
    Sankey, SankeyColumn, SankeyLink, Share, SmallMultiples, SourceBars, SourceRow,
    StackedContribution, SweepPanel, TEXT_BLOCK_MM, Theme, Tier, TierPoint, TierStrip, Weight,
    YearMix,
};
use rankpress::lang::Lang;
use rankpress::source::Sources;

const CITIES: u32 = 20;
const COMPONENTS: u32 = 11;

/// Milliseconds of every run, by group.
static RUNS: Mutex<[Vec<f64>; 2]> = Mutex::new([Vec::new(), Vec::new()]);

/// Number of charts of each group.
const CHARTS: [usize; 2] = [24, 20];

fn main() {
    divan::main();
    let all = RUNS.lock().expect("no run panics").clone();
    for (mut runs, (name, charts)) in
        all.into_iter().zip(["charts", "network charts"].into_iter().zip(CHARTS))
    {
        runs.sort_by(f64::total_cmp);
        if let Some(median) = runs.get(runs.len() / 2) {
            println!(
                "{{\"bench\":\"{name}\",\"charts\":{charts},\"runs\":{},\"median_ms\":{median:.3}}}",
                runs.len()
            );
        }
    }
}

#[divan::bench(sample_count = 31, sample_size = 1)]
fn all_kinds_both_languages(bencher: divan::Bencher<'_, '_>) {
    run(bencher, 0, charts);
}

#[divan::bench(sample_count = 31, sample_size = 1)]
fn network_kinds_both_languages(bencher: divan::Bencher<'_, '_>) {
    run(bencher, 1, network_charts);
}

type Draw = fn(&Theme, Lang) -> Vec<Result<Chart, ChartError>>;

fn run(bencher: divan::Bencher<'_, '_>, group: usize, draw: Draw) {
    let theme = theme();
    bencher.bench_local(|| {
        let started = Instant::now();
        let drawn: Vec<Chart> = Lang::ALL
            .into_iter()
            .flat_map(|lang| draw(&theme, lang))
            .map(|chart| chart.expect("the made-up results can be drawn"))
            .collect();
        assert_eq!(drawn.len(), CHARTS[group]);
        RUNS.lock().expect("no run panics")[group].push(started.elapsed().as_secs_f64() * 1e3);
        drawn
    });
}

fn theme() -> Theme {
    let mut sources =
        Sources::at(Path::new(env!("CARGO_MANIFEST_DIR"))).expect("the project is here");
    let faces = [
        ("Noto Sans SC", Weight::Regular, "NotoSansSC-Regular.otf"),
        ("Noto Sans SC", Weight::Bold, "NotoSansSC-Bold.otf"),
        ("Noto Sans", Weight::Regular, "NotoSans-Regular.ttf"),
        ("Noto Sans", Weight::Bold, "NotoSans-Bold.ttf"),
    ]
    .map(|(family, weight, file)| {
        let bytes = sources.bytes(&format!("fonts/{file}")).expect("the face is in the project");
        Face { family, weight, bytes: bytes.leak() }
    });
    Theme::new(Faces::register(faces).expect("the faces can be read"))
}

fn charts(theme: &Theme, lang: Lang) -> Vec<Result<Chart, ChartError>> {
    vec![
        ranked_bar().draw(theme, lang),
        contributions().draw(theme, lang),
        grouped_bars().draw(theme, lang),
        radar().draw(theme, lang),
        heatmap().draw(theme, lang),
        positions().draw(theme, lang),
        dumbbell().draw(theme, lang),
        tiers().draw(theme, lang),
        intervals().draw(theme, lang),
        acceptability().draw(theme, lang),
        sweep().draw(theme, lang),
        sources().draw(theme, lang),
    ]
}

fn network_charts(theme: &Theme, lang: Lang) -> Vec<Result<Chart, ChartError>> {
    vec![
        chord().draw(theme, lang),
        sankey().draw(theme, lang),
        adjacency().draw(theme, lang),
        picture().draw(theme, lang),
        flow_map().draw(theme, lang),
        ccdf().draw(theme, lang),
        lorenz().draw(theme, lang),
        small_multiples().draw(theme, lang),
        year_mix().draw(theme, lang),
        butterfly().draw(theme, lang),
    ]
}

/// A score that differs from row to row and from column to column.
fn score(row: u32, column: u32) -> f64 {
    90.0 - f64::from((row * 37 + column * 11) % 80)
}

fn label(i: u32) -> String {
    format!("城市 City {}", i + 1)
}

fn ranked_bar() -> RankedBar {
    RankedBar {
        subject: "score".into(),
        bars: (0..CITIES)
            .map(|i| Bar {
                label: label(i),
                value: Some(90.0 - f64::from(i) * 3.5),
                highlight: i == 0,
                rank: Some(i + 1),
                interval: format!("{}–{}", i + 1, i + 4),
            })
            .collect(),
        mean: Some(55.0),
        mean_label: "样本均值 mean".into(),
        interval_label: "5–95 %".into(),
        decimals: 2,
        measure: "分 points".into(),
        width_mm: TEXT_BLOCK_MM,
    }
}

fn contributions() -> StackedContribution {
    StackedContribution {
        subject: "score".into(),
        part_names: (0..4).map(label).collect(),
        rows: (0..CITIES)
            .map(|i| {
                let parts: Vec<f64> = (0..4).map(|c| score(i, c) / 4.0).collect();
                ContributionRow {
                    label: label(i),
                    total: Some(parts.iter().sum()),
                    parts,
                    highlight: i == 0,
                }
            })
            .collect(),
        decimals: 2,
        width_mm: TEXT_BLOCK_MM,
    }
}

fn grouped_bars() -> GroupedBars {
    GroupedBars {
        subject: "components".into(),
        groups: (0..CITIES).map(label).collect(),
        focus: None,
        series: (0..3)
            .map(|c| BarSeries {
                name: label(c),
                values: (0..CITIES).map(|i| Some(score(i, c))).collect(),
            })
            .collect(),
        decimals: 1,
        width_mm: TEXT_BLOCK_MM,
    }
}

fn radar() -> Radar {
    let series = |row: u32, style| RadarSeries {
        name: label(row),
        values: (0..COMPONENTS).map(|c| Some(score(row, c))).collect(),
        style,
    };
    Radar {
        subject: "components".into(),
        axes: (0..COMPONENTS).map(label).collect(),
        series: vec![
            series(0, RadarStyle::Focus),
            series(1, RadarStyle::Mean),
            series(2, RadarStyle::Leader),
        ],
        decimals: 1,
        width_mm: 108.0,
    }
}

fn heatmap() -> RankHeatmap {
    RankHeatmap {
        subject: "ranks".into(),
        rows: (0..CITIES).map(label).collect(),
        columns: (0..COMPONENTS).map(label).collect(),
        ranks: (0..CITIES)
            .map(|i| (0..COMPONENTS).map(|c| Some((i * 7 + c * 3) % CITIES + 1)).collect())
            .collect(),
        n: CITIES,
        width_mm: TEXT_BLOCK_MM,
    }
}

fn positions() -> PositionStrip {
    PositionStrip {
        subject: "position".into(),
        rows: (0..5)
            .map(|c| PositionRow {
                label: label(c),
                values: (0..CITIES).map(|i| score(i, c)).collect(),
                focus: Some(score(3, c)),
                mean: Some(50.0),
            })
            .collect(),
        focus_name: label(3),
        mean_label: "样本均值 mean".into(),
        decimals: 1,
        width_mm: TEXT_BLOCK_MM,
    }
}

fn dumbbell() -> Dumbbell {
    Dumbbell {
        subject: "ranks".into(),
        rows: (0..CITIES)
            .map(|i| DumbbellRow { label: label(i), left: (i * 7) % CITIES + 1, right: i + 1 })
            .collect(),
        left_name: "甲 A".into(),
        right_name: "乙 B".into(),
        width_mm: TEXT_BLOCK_MM,
    }
}

fn tiers() -> TierStrip {
    let tier = |t: u32| Tier {
        name: label(t),
        points: (0..4)
            .map(|i| TierPoint { label: label(t * 4 + i), value: 90.0 - f64::from(t * 16 + i * 2) })
            .collect(),
    };
    TierStrip {
        subject: "score".into(),
        tiers: (0..5).map(tier).collect(),
        cuts: (1..5).map(|t| 93.0 - f64::from(t) * 16.0).collect(),
        decimals: 2,
        width_mm: TEXT_BLOCK_MM,
    }
}

/// Regions of the chord diagram and the Sankey diagram.
const REGIONS: usize = 16;

/// An amount that falls with the places of giver and taker.
fn amount(from: usize, to: usize) -> f64 {
    let place = |i: usize| f64::from(u32::try_from(i).unwrap_or(0)) + 1.0;
    30.0 / (place(from) * place(to))
}

fn names(n: u32) -> Vec<String> {
    (0..n).map(label).collect()
}

fn flows(n: usize) -> Vec<Flow> {
    let pairs = (0..n * n).map(|i| (i / n, i % n));
    pairs.map(|(from, to)| Flow { from, to, value: amount(from, to) }).collect()
}

fn chord() -> Chord {
    Chord {
        subject: "flows".into(),
        regions: names(16).into_iter().map(|label| ChordRegion { label }).collect(),
        flows: flows(REGIONS),
        out_name: "赋能 out".into(),
        in_name: "输入 in".into(),
        decimals: 2,
        measure: "%".into(),
        width_mm: TEXT_BLOCK_MM,
    }
}

fn sankey() -> Sankey {
    let column = |title: &str| SankeyColumn { title: title.into(), labels: names(16) };
    let link =
        |flow: Flow| SankeyLink { column: 0, from: flow.from, to: flow.to, value: flow.value };
    Sankey {
        subject: "flows".into(),
        columns: vec![column("甲 A"), column("乙 B")],
        links: flows(REGIONS).into_iter().map(link).collect(),
        decimals: 1,
        width_mm: TEXT_BLOCK_MM,
    }
}

fn adjacency() -> AdjacencyHeatmap {
    AdjacencyHeatmap {
        subject: "shares".into(),
        regions: names(31),
        values: (0..31).map(|i| (0..31).map(|j| Some(amount(i, j))).collect()).collect(),
        row_name: "甲 A".into(),
        column_name: "乙 B".into(),
        decimals: 2,
        measure: "%".into(),
        width_mm: TEXT_BLOCK_MM,
    }
}

fn picture() -> NetworkPicture {
    let node = |i: u32| {
        let (turn, reach) = (f64::from(i) * 2.4, f64::from(i + 1).sqrt());
        PictureNode {
            at: (reach * libm::cos(turn), reach * libm::sin(turn)),
            size: 4000.0 / f64::from(i + 1),
            community: (i % 8 < 6).then_some(i as usize % 8),
            label: (i < CITIES).then(|| label(i)),
        }
    };
    NetworkPicture {
        subject: "network".into(),
        nodes: (0..2000).map(node).collect(),
        edges: (0..6000).map(|i| (i * i % 20, (i * 31 + 7) % 2000)).collect(),
        communities: names(6),
        other_name: "其他 other".into(),
        width_mm: TEXT_BLOCK_MM,
    }
}

fn flow_map() -> FlowMap {
    let city = |i: u32| MapCity {
        label: label(i),
        longitude: 104.0 + f64::from(i * 7 % 20),
        latitude: 22.0 + f64::from(i * 11 % 20),
        size: 30.0 / f64::from(i + 1),
        named: true,
    };
    FlowMap {
        subject: "flows".into(),
        cities: (0..CITIES).map(city).collect(),
        flows: flows(CITIES as usize),
        size_name: "合计 total".into(),
        decimals: 2,
        measure: "%".into(),
        width_mm: TEXT_BLOCK_MM,
    }
}

fn ccdf() -> Ccdf {
    let series = |i: u32| CcdfSeries {
        name: label(i),
        points: (1..=300).map(|x| (f64::from(x), 1.0 / f64::from(x))).collect(),
        fit: Some(PowerLawLine { alpha: 2.0, x_min: 3.0, share: 1.0 / 3.0 }),
        log_normal: Vec::new(),
    };
    Ccdf {
        subject: "degrees".into(),
        value_name: "度数 degree".into(),
        share_name: "占比 share".into(),
        series: (0..2).map(series).collect(),
        width_mm: TEXT_BLOCK_MM,
    }
}

fn lorenz() -> Lorenz {
    let share = |i: u32| f64::from(i) / 200.0;
    let curve = |i: u32| LorenzCurve {
        name: label(i),
        points: (0..=200).map(|p| (share(p), share(p) * share(p))).collect(),
        gini: Some(0.333),
        tops: vec![(0.1, 0.19), (0.01, 0.02)],
    };
    Lorenz {
        subject: "degrees".into(),
        node_name: "节点 nodes".into(),
        share_name: "占比 share".into(),
        curves: (0..2).map(curve).collect(),
        width_mm: TEXT_BLOCK_MM,
    }
}

fn small_multiples() -> SmallMultiples {
    let panel = |i: u32| Panel {
        title: label(i),
        values: (0..9).map(|year| Some(score(i, year))).collect(),
        decimals: 2,
    };
    SmallMultiples {
        subject: "statistics".into(),
        periods: (2014..=2022).map(|year: u32| year.to_string()).collect(),
        panels: (0..9).map(panel).collect(),
        width_mm: TEXT_BLOCK_MM,
    }
}

fn year_mix() -> YearMix {
    let part = |i: u32| MixPart { name: label(i), values: (0..9).map(|y| score(i, y)).collect() };
    YearMix {
        subject: "mix".into(),
        periods: (2014..=2022).map(|year: u32| year.to_string()).collect(),
        parts: (0..6).map(part).collect(),
        decimals: 1,
        width_mm: TEXT_BLOCK_MM,
    }
}

fn butterfly() -> Butterfly {
    let row = |i: u32| ButterflyRow { label: label(i), left: score(i, 0), right: score(i, 1) };
    Butterfly {
        subject: "hubs".into(),
        rows: (0..CITIES).map(row).collect(),
        left_name: "连入度 in".into(),
        right_name: "连出度 out".into(),
        decimals: 0,
        measure: String::new(),
        width_mm: TEXT_BLOCK_MM,
    }
}

fn intervals() -> RankIntervals {
    RankIntervals {
        subject: "index".into(),
        interval_name: "区间 interval".into(),
        rows: (0..CITIES)
            .map(|i| RankInterval {
                label: label(i),
                rank: i + 1,
                median: f64::from(i + 1),
                low: f64::from(i.max(2) - 1),
                high: f64::from(i + 4),
                tier: Some(i as usize / 4),
            })
            .collect(),
        tiers: (0..5).map(label).collect(),
        width_mm: TEXT_BLOCK_MM,
    }
}

fn acceptability() -> Acceptability {
    Acceptability {
        subject: "index".into(),
        columns: (1..=CITIES).map(|rank| rank.to_string()).collect(),
        rows: (0..CITIES)
            .map(|i| AcceptabilityRow {
                label: label(i),
                shares: (0..CITIES)
                    .map(|rank| if rank.abs_diff(i) < 3 { 0.2 } else { 0.0 })
                    .collect(),
                nominal: Some(i as usize),
            })
            .collect(),
        width_mm: TEXT_BLOCK_MM,
    }
}

fn sweep() -> RankSweep {
    let panel = |p: u32| SweepPanel {
        title: label(p),
        weight: 0.25,
        band: Some((0.1875, 0.3125)),
        weights: (0..=20).map(|step| f64::from(step) / 20.0).collect(),
        ranks: (0..6)
            .map(|i| (0..=20).map(|step| Some((i * 3 + step * p) % CITIES + 1)).collect())
            .collect(),
    };
    RankSweep {
        subject: "index".into(),
        names: (0..6).map(label).collect(),
        panels: (0..4).map(panel).collect(),
        n: CITIES,
        width_mm: TEXT_BLOCK_MM,
    }
}

fn sources() -> SourceBars {
    let share = |value: f64| Share { value, low: value - 0.05, high: value + 0.05 };
    SourceBars {
        subject: "rank changes".into(),
        rows: (0..6)
            .map(|i| SourceRow {
                label: label(i),
                first: share(f64::from(i) / 20.0),
                total: share(f64::from(i) / 10.0),
            })
            .collect(),
        width_mm: TEXT_BLOCK_MM,
    }
}
