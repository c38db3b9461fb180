//! One figure corrected through `corrections.yaml`, no template touched: everything that depends on
//! it follows, and the erratum stands in both languages.

use std::collections::BTreeSet;

use rankpress::lang::Lang;

use crate::project::{Editions, Project};

/// Shanghai's patents become 750: 50 points instead of 0, which takes it past Hangzhou.
const SHANGHAI: &str = "  - unit: 上海
    indicator: patents
    year: 2022
    from: 500
    to: 750
    reason: { zh: 少计一批。, en: A batch was left out. }
    date: 2024-06-01
    by: 测试组
";

fn tiny_corrected() -> Project {
    Project::tiny().append("corrections.yaml", SHANGHAI)
}

/// The generated files that differ between two compositions.
fn changed(before: &Editions, after: &Editions) -> BTreeSet<String> {
    let (before, after) = (before.texts(), after.texts());
    let paths: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    let differ = paths.into_iter().filter(|path| before.get(path) != after.get(path));
    differ.map(ToOwned::to_owned).collect()
}

#[test]
fn scores_and_ranks_follow() {
    let results = tiny_corrected().results();
    let unit = |name: &str| results.find_unit(name).unwrap();
    let at = |name: &str, node: &str| {
        let node = results.find_node(node).unwrap();
        (results.score(unit(name), node).unwrap(), results.rank(unit(name), node).unwrap())
    };
    // Energy 50 a quarter, patents 50 three quarters; base 77.5 as before.
    assert_eq!(at("shanghai", "patents"), (50.0, 3));
    assert_eq!(at("shanghai", "vitality"), (50.0, 3));
    let (score, rank) = at("shanghai", "index");
    assert!((score - (0.6 * 77.5 + 0.4 * 50.0)).abs() < 1e-9);
    assert_eq!((rank, at("hangzhou", "index").1), (3, 4));
    // Xi'an no longer shares the last place.
    assert_eq!(at("xian", "patents"), (0.0, 6));
    // What does not depend on it stays.
    assert_eq!(at("beijing", "patents"), (80.0, 2));
    assert_eq!(at("shanghai", "base"), (77.5, 2));
}

#[test]
fn every_section_chart_and_table_that_depends_on_it_follows() {
    let (before, after) = (Project::tiny().editions(), tiny_corrected().editions());
    for lang in Lang::ALL {
        let found: Vec<String> = changed(&before, &after)
            .into_iter()
            .filter_map(|path| path.strip_prefix(&format!("/{lang}/")).map(ToOwned::to_owned))
            .collect();
        let wanted = [
            "01-colophon.typ",       // counts the corrections
            "03-summary.typ",        // the mean, the first three
            "04-ranking.typ",        // leaders on vitality, alt texts
            "06-cities-beijing.typ", // alt text of the strip, which shows everybody
            "09-annex-errata.typ",   // counts the corrections
            "charts/fig-index.svg",
            "charts/fig-position-beijing.svg",
            "charts/fig-rival.svg",
            "charts/fig-tiers.svg",
            "tables/tab-annex-data.json",
            "tables/tab-annex-errata.json",
            "tables/tab-index.json",
        ];
        // The table of Beijing's indicators, its milestones, the glossary and the contents stay.
        assert_eq!(found, wanted, "{lang}");
    }
}

#[test]
fn sentences_follow() {
    let (before, after) = (Project::tiny().editions(), tiny_corrected().editions());
    for (lang, old, new) in [(Lang::Zh, "杭州", "上海"), (Lang::En, "Hangzhou", "Shanghai")] {
        let third = |editions: &Editions| editions.section(lang, "summary").to_owned();
        assert!(
            third(&before).contains(old) && !third(&before).contains(new),
            "{}",
            third(&before)
        );
        assert!(third(&after).contains(new) && !third(&after).contains(old), "{}", third(&after));
        assert!(third(&before).contains("49.46") && third(&after).contains("51.96"), "the mean");
    }
}

#[test]
fn the_erratum_stands_in_both_languages() {
    let project = tiny_corrected();
    let editions = project.editions();
    for (lang, words) in [
        (Lang::Zh, ["上海", "500", "750", "少计一批。", "测试组"]),
        (Lang::En, ["Shanghai", "500", "750", "A batch was left out.", "测试组"]),
    ] {
        let table = &editions.texts()[format!("/{lang}/tables/tab-annex-errata.json").as_str()];
        let table: serde_json::Value = serde_json::from_str(table).unwrap();
        let rows = table["rows"].as_array().unwrap();
        assert_eq!(rows.len(), 2, "the erratum of Hangzhou and that of Shanghai");
        let row = rows[1].to_string();
        assert!(words.iter().all(|word| row.contains(word)), "{row}");
    }
    let results: serde_json::Value =
        serde_json::from_str(&rankpress::export::results_json(&project.results())).unwrap();
    assert_eq!(results["corrections"][1]["to"], 750.0);
}

#[test]
fn a_from_that_does_not_match_is_told_at_both_places() {
    let project = Project::tiny().append("corrections.yaml", &SHANGHAI.replace("500", "501"));
    let said =
        project.run(&["check", "REPORT", "--quiet", "--message-format", "json"]).ends_with(1);
    let found: serde_json::Value = serde_json::from_str(&said.stderr).unwrap();
    assert_eq!(found["code"], "correction/mismatch");
    let place = |at: &serde_json::Value| {
        (at["file"].as_str().unwrap().to_owned(), at["line"].as_u64(), at["column"].as_u64())
    };
    assert_eq!(place(&found["primary"]), ("corrections.yaml".into(), Some(13), Some(11)));
    assert_eq!(place(&found["related"][0]), ("indicators.csv".into(), Some(27), Some(21)));
}

#[test]
fn a_correction_can_add_and_take_away_a_figure() {
    let project = |from: &str, to: &str, unit: &str| {
        Project::tiny().append(
            "corrections.yaml",
            &SHANGHAI
                .replace("patents", "energy")
                .replace("上海", unit)
                .replace("from: 500", &format!("from: {from}"))
                .replace("to: 750", &format!("to: {to}")),
        )
    };
    let energy = |project: Project, unit: &str| {
        let results = project.results();
        let node = results.find_node("energy").unwrap();
        results.score(results.find_unit(unit).unwrap(), node)
    };
    assert_eq!(energy(project("null", "40", "成都"), "chengdu"), Some(25.0));
    assert_eq!(energy(project("30", "null", "上海"), "shanghai"), None);
}

/// The strongest form, on both reports: correcting a figure and having had it right from the start
/// differ in nothing but the errata and what tells of corrections.
#[track_caller]
fn assert_as_if_it_had_been_right(corrected: &Editions, right: &Editions, traces: &[&str]) {
    let found = changed(corrected, right);
    let allowed = |path: &String| traces.iter().any(|trace| path.contains(trace));
    let stale: Vec<&String> = found.iter().filter(|path| !allowed(path)).collect();
    assert!(stale.is_empty(), "these still rest on the old figure: {stale:?}");
    assert!(found.iter().any(|path| path.contains("errata")), "{found:?}");
}

#[test]
fn nothing_in_the_tiny_report_stays_behind() {
    let right = Project::tiny().replace(
        "indicators.csv",
        "310000,patents,2022,500,",
        "310000,patents,2022,750,",
    );
    let traces = ["colophon", "errata", "tab-annex-data"];
    assert_as_if_it_had_been_right(&tiny_corrected().editions(), &right.editions(), &traces);
}

#[test]
fn nothing_in_the_report_on_twenty_cities_stays_behind() {
    const DATA: &str = "data/china-20-2022/indicators.csv";
    let erratum = "corrections:
  - unit: \"320500\"
    indicator: gdp
    year: 2022
    from: 23958.34
    to: 13958.34
    reason: { zh: 测试。, en: A test. }
    date: 2024-06-01
    by: desk
";
    let before = Project::china();
    let corrected =
        Project::china().write("data/china-20-2022/corrections.yaml", erratum).editions();
    let right =
        before.text(DATA).replacen("320500,gdp,2022,23958.34,", "320500,gdp,2022,13958.34,", 1);
    assert_ne!(right, before.text(DATA));
    let right = Project::china().write(DATA, right).editions();
    let traces = ["colophon", "errata", "tab-annex-data-"];
    assert_as_if_it_had_been_right(&corrected, &right, &traces);

    // And the old figure, rounded as it is printed, is gone but for the errata.
    for lang in Lang::ALL {
        let printed = rankpress::num::fixed(23_958.34, 1, lang);
        let holds = |editions: &Editions| -> Vec<String> {
            let texts = editions.texts();
            let here = texts.iter().filter(|(path, _)| path.starts_with(&format!("/{lang}/")));
            here.filter(|(_, text)| text.contains(&printed))
                .map(|(path, _)| (*path).to_owned())
                .collect()
        };
        let (old, new) = (holds(&before.editions()), holds(&corrected));
        assert!(old.len() >= 3, "{lang}: {old:?}");
        assert!(new.iter().all(|path| traces.iter().any(|t| path.contains(t))), "{lang}: {new:?}");
    }
}
