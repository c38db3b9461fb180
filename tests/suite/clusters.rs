//! The edition with a network chapter: it composes, says on which pages the data are made up, and
//! tells both languages the same.

use std::sync::LazyLock;

use rankpress::lang::Lang;

use crate::project::{Editions, Project};

/// Sections that rest on the made-up network, and some that do not.
const MADE_UP: [&str; 2] = ["network", "cascades-illustrative"];
const REAL: [&str; 4] = ["capacity", "cascades", "network-published", "annex-network"];

/// The pictures a network chapter has, by the beginning of their ids.
const PICTURES: [&str; 11] = [
    "fig-value-network-growth",
    "fig-value-network-hubs",
    "fig-value-network-lorenz",
    "fig-value-network-ccdf",
    "fig-value-network-picture",
    "fig-value-network-sankey-region",
    "fig-value-network-chord-province",
    "fig-value-network-matrix-province",
    "fig-value-network-balance-province",
    "fig-value-network-map",
    "fig-organisations-mix",
];

/// The edition, composed once for all tests.
fn editions() -> &'static Editions {
    static COMPOSED: LazyLock<Editions> = LazyLock::new(|| Project::clusters().editions());
    &COMPOSED
}

#[test]
fn pages_on_made_up_data_say_so() {
    let editions = editions();
    for lang in Lang::ALL {
        for name in MADE_UP {
            let section = editions.section(lang, name);
            assert!(section.contains("#illustrative-from()"), "{lang} {name}");
            assert!(section.trim_end().ends_with("#illustrative-until()"), "{lang} {name}");
        }
        for name in REAL {
            assert!(!editions.section(lang, name).contains("#illustrative"), "{lang} {name}");
        }
    }
}

#[test]
fn every_picture_is_there_in_both_languages() {
    let editions = editions();
    for lang in Lang::ALL {
        let edition = editions.of(lang);
        for picture in PICTURES {
            assert!(edition.charts.iter().any(|(id, _)| id == picture), "{lang} {picture}");
        }
        let text: String = edition.files.values().map(|b| String::from_utf8_lossy(b)).collect();
        assert!(!text.contains("NaN") && !text.contains("inf%"));
    }
    let ids = |lang| editions.of(lang).charts.iter().map(|(id, _)| id.clone()).collect::<Vec<_>>();
    assert_eq!(ids(Lang::Zh), ids(Lang::En));
}

/// The numbers of a text, in order, without separators of thousands.
fn numbers(text: &str) -> Vec<String> {
    let text = text.replace(',', "");
    let parts = text.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    let trimmed = parts.map(|part| part.trim_matches('.').to_owned());
    trimmed.filter(|part| !part.is_empty()).collect()
}

#[test]
fn tables_hold_the_same_numbers_in_both_languages() {
    let editions = editions();
    let (zh, en) = (editions.of(Lang::Zh), editions.of(Lang::En));
    assert_eq!(zh.tables.len(), en.tables.len());
    for (zh, en) in zh.tables.iter().zip(&en.tables) {
        let id = zh.id.clone().unwrap_or_default();
        // Names of institutions and definitions may have numbers of their own.
        if !id.starts_with("tab-value-network-") || id.ends_with("-statistics") {
            continue;
        }
        assert_eq!(zh.rows.len(), en.rows.len(), "{id}");
        let rows = |table| serde_json::to_value(table).unwrap()["rows"].to_string();
        assert_eq!(numbers(&rows(zh)), numbers(&rows(en)), "{id}");
    }
}

#[test]
fn the_order_of_rows_reaches_no_page() {
    let expected = editions();
    let mut shuffled = Project::clusters();
    for file in ["nodes", "edges"] {
        let path = format!("data/clusters-illustrative/network/{file}.csv");
        let text = shuffled.text(&path);
        let (head, rows) = text.split_once('\n').unwrap();
        let mut rows: Vec<&str> = rows.lines().collect();
        rows.reverse();
        shuffled = shuffled.write(&path, format!("{head}\n{}\n", rows.join("\n")));
    }
    let found = shuffled.editions();
    for (path, text) in expected.texts() {
        assert!(found.texts()[path] == text, "{path}");
    }
}
