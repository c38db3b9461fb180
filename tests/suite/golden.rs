//! Whole outputs of the tiny report, reviewed like code: `cargo insta review` shows what changed.
//!
//! PDFs are not compared here: their text is the generated source, and the page design is looked at.

use std::fmt::Write as _;

use insta::assert_snapshot;
use rankpress::lang::Lang;
use serde_json::{Value, json};

use crate::project::{Project, has_extension, repository};

fn printed(arguments: &[&str]) -> String {
    let ran = Project::tiny().run(arguments).succeeds();
    assert_eq!(ran.stderr, "", "nothing but data");
    ran.stdout
}

/// The form the issue fixes: keys in this order, scores in full, ordered by rank and then code.
#[test]
fn rank_json_keeps_its_form() {
    let text = printed(&["rank", "REPORT", "--node", "labs_per_million", "--json"]);
    let value: Value = serde_json::from_str(&text).unwrap();
    let unit = |code: &str, zh: &str, en: &str, score: f64, rank: u32| json!({ "unit": code, "name": { "zh": zh, "en": en }, "score": score, "rank": rank, "coverage": 1.0 });
    // 1.6 − 0.4 times 100 / 1.6 as binary fractions: nothing is rounded here.
    let second = 75.000_000_000_000_01;
    let wanted = json!({
        "schema": 1,
        "edition": 2022,
        "nodes": [{
            "code": "labs_per_million",
            "level": 2,
            "name": { "zh": "每百万人实验室数", "en": "Laboratories per million residents" },
            "ranking": [
                unit("110000", "北京", "Beijing", 100.0, 1),
                unit("310000", "上海", "Shanghai", second, 2),
                unit("330100", "杭州", "Hangzhou", second, 2),
                unit("440300", "深圳", "Shenzhen", 37.5, 4),
                unit("510100", "成都", "Chengdu", 25.0, 5),
                unit("610100", "西安", "Xi'an", 0.0, 6),
            ],
        }],
    });
    // As text, so that the order of keys and the digits of scores count too.
    assert_eq!(text, format!("{}\n", serde_json::to_string_pretty(&wanted).unwrap()));
    assert_eq!(value, wanted);
}

#[test]
fn rank_json_gives_the_index_unless_told_otherwise() {
    let index = printed(&["rank", "REPORT", "--json"]);
    assert_eq!(index, printed(&["rank", "REPORT", "--json", "--node", "index"]));
    let value: Value = serde_json::from_str(&index).unwrap();
    assert_eq!(
        (&value["nodes"][0]["code"], &value["nodes"][0]["level"]),
        (&json!("index"), &json!(0))
    );
    // Chengdu's score rests on nine tenths of the weight.
    assert_eq!(value["nodes"][0]["ranking"][4]["coverage"], 0.9);
}

#[test]
fn rank_json_lists_units_without_a_score_last_as_null() {
    let text = printed(&["rank", "REPORT", "--json", "--node", "energy"]);
    let value: Value = serde_json::from_str(&text).unwrap();
    let ranking = value["nodes"][0]["ranking"].as_array().unwrap();
    assert_eq!(
        ranking[5],
        json!({ "unit": "510100", "name": { "zh": "成都", "en": "Chengdu" }, "score": null, "rank": null, "coverage": 0.0 })
    );
}

#[test]
fn rank_all_json() {
    assert_snapshot!(printed(&["rank", "REPORT", "--all", "--json"]));
}

#[test]
fn rank_all_csv() {
    assert_snapshot!(printed(&["rank", "REPORT", "--all", "--csv"]));
}

#[test]
fn rank_text() {
    assert_snapshot!(printed(&["rank", "REPORT", "--all"]));
}

/// From the score down to the cell, its source and its correction.
#[test]
fn explain_text() {
    assert_snapshot!(printed(&["explain", "REPORT", "杭州/index"]));
}

#[test]
fn explain_json() {
    assert_snapshot!(printed(&["explain", "REPORT", "hangzhou/base", "--json"]));
}

/// A missing value and the weight that went to its sibling.
#[test]
fn explain_missing() {
    assert_snapshot!(printed(&["explain", "REPORT", "510100/vitality"]));
}

/// The schemas that editors read lie beside the data; `UPDATE_GOLDEN=1` rewrites them.
#[test]
fn schemas() {
    for file in ["report", "methodology", "corrections", "networks"] {
        let path = repository("data").join(format!("{file}.schema.json"));
        let found = printed(&["schema", file]);
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&path, &found).unwrap();
        }
        let committed = std::fs::read_to_string(&path).unwrap();
        assert!(found == committed, "{} is old: UPDATE_GOLDEN=1 rewrites", path.display());
    }
}

#[test]
fn results() {
    let project = Project::tiny();
    assert_snapshot!(rankpress::export::results_json(&project.results()));
}

#[test]
fn manifest() {
    let built = Project::tiny().build();
    let mut manifest: Value = serde_json::from_slice(&built["manifest.json"]).unwrap();
    // Hashes and sizes are held against the files in `build`.
    for list in ["inputs", "outputs"] {
        for entry in manifest[list].as_object_mut().unwrap().values_mut() {
            *entry = json!(if entry.is_string() { "sha256" } else { "sha256, bytes" });
        }
    }
    manifest["tool"]["version"] = json!("[version]");
    assert_snapshot!(serde_json::to_string_pretty(&manifest).unwrap());
}

/// Everything a language prints: sections with their alt texts, then tables, then metadata.
fn composed(lang: Lang) -> String {
    let editions = Project::tiny().editions();
    let edition = editions.of(lang);
    let mut out = String::new();
    for (path, bytes) in edition.files.iter().filter(|(path, _)| !has_extension(path, &["svg"])) {
        let text = str::from_utf8(bytes).unwrap();
        let text = if has_extension(path, &["json"]) {
            readable(&serde_json::from_str(text).unwrap())
        } else {
            text.trim_end().to_owned()
        };
        let _ = writeln!(out, "==== {path}\n{text}");
    }
    out
}

/// A table row by row, so that a change shows as the row it is in.
fn readable(value: &Value) -> String {
    let Some(table) = value.get("rows").and_then(Value::as_array) else {
        return serde_json::to_string_pretty(value).unwrap();
    };
    let line = |key: &str| format!("{key}: {}", value[key]);
    let head = ["caption", "columns", "header", "notes", "source", "size", "breakable"].map(line);
    let rows = table.iter().map(ToString::to_string);
    head.into_iter().chain(rows).collect::<Vec<_>>().join("\n")
}

#[test]
fn composed_chinese() {
    assert_snapshot!(composed(Lang::Zh));
}

#[test]
fn composed_english() {
    assert_snapshot!(composed(Lang::En));
}

/// The words in a chart, in the order they are drawn.
fn lettering(svg: &str) -> String {
    let tags = svg.split("<text").skip(1);
    let words = tags.filter_map(|tag| {
        let body = tag.split_once('>')?.1.split("</text>").next()?;
        Some(body.trim().to_owned())
    });
    words.collect::<Vec<_>>().join(" | ")
}

#[test]
fn charts_are_lettered_in_the_language_of_the_page() {
    let editions = Project::tiny().editions();
    let charts = Lang::ALL.into_iter().flat_map(|lang| {
        editions
            .of(lang)
            .charts
            .iter()
            .map(move |(id, svg)| format!("{lang} {id}: {}\n", lettering(svg)))
    });
    assert_snapshot!(charts.collect::<String>());
}

#[test]
fn help() {
    let commands =
        ["build", "check", "rank", "explain", "sensitivity", "compare", "network", "schema"];
    for command in commands {
        assert_snapshot!(format!("help_{command}"), printed(&[command, "--help"]));
    }
    assert_snapshot!("help", printed(&["--help"]));
}
