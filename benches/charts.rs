//! Every kind of chart in both languages, drawn from made-up results of 20 cities.
//!
//! Prints divan's table and one line of JSON with the median of all sixteen in milliseconds.

#![expect(clippy::print_stdout, reason = "a benchmark reports on stdout")]

use std::path::Path;
use std::sync::Mutex;
use std::time::Instant;

use rankpress::charts::{
    Bar, BarSeries, Chart, ChartError, ContributionRow, Dumbbell, DumbbellRow, Face, Faces,
    GroupedBars, PositionRow, PositionStrip, Radar, RadarSeries, RadarStyle, RankHeatmap,
    RankedBar, StackedContribution, TEXT_BLOCK_MM, Theme, Tier, TierPoint, TierStrip, Weight,
};
use rankpress::lang::Lang;
use rankpress::source::Sources;

const CITIES: u32 = 20;
const COMPONENTS: u32 = 11;

/// Milliseconds of every run.
static RUNS: Mutex<Vec<f64>> = Mutex::new(Vec::new());

fn main() {
    divan::main();
    let mut runs = RUNS.lock().expect("no run panics").clone();
    runs.sort_by(f64::total_cmp);
    if let Some(median) = runs.get(runs.len() / 2) {
        println!(
            "{{\"bench\":\"charts\",\"charts\":16,\"runs\":{},\"median_ms\":{median:.3}}}",
            runs.len()
        );
    }
}

#[divan::bench(sample_count = 31, sample_size = 1)]
fn all_kinds_both_languages(bencher: divan::Bencher<'_, '_>) {
    let theme = theme();
    bencher.bench_local(|| {
        let started = Instant::now();
        let drawn: Vec<Chart> = Lang::ALL
            .into_iter()
            .flat_map(|lang| charts(&theme, lang))
            .map(|chart| chart.expect("the made-up results can be drawn"))
            .collect();
        assert_eq!(drawn.len(), 16);
        RUNS.lock().expect("no run panics").push(started.elapsed().as_secs_f64() * 1e3);
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
            })
            .collect(),
        mean: Some(55.0),
        mean_label: "样本均值 mean".into(),
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
