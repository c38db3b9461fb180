//! The same input gives the same bytes: again, in another order, on one core or four.

use std::collections::BTreeMap;

use crate::project::Project;

/// Fails with the names of the files that differ, not with their bytes.
#[track_caller]
fn assert_same(a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) {
    assert!(a.keys().eq(b.keys()), "{:?} and {:?}", a.keys(), b.keys());
    let different: Vec<&String> = a.keys().filter(|path| a[*path] != b[*path]).collect();
    assert!(different.is_empty(), "different bytes: {different:?}");
}

#[test]
fn two_builds_are_byte_identical() {
    // Two folders, so that neither the place nor what lies there already can show.
    assert_same(&Project::tiny().build(), &Project::tiny().build());
}

#[test]
fn the_number_of_threads_does_not_show() {
    let build = |threads: &str| {
        let project = Project::tiny();
        project.run_with(&["build", "REPORT"], &[("RAYON_NUM_THREADS", threads)]).succeeds();
        project.files("build/tiny")
    };
    assert_same(&build("1"), &build("4"));
}

#[test]
fn time_zone_and_language_of_the_machine_do_not_show() {
    let build = |environment: &[(&str, &str)]| {
        let project = Project::tiny();
        project.run_with(&["build", "REPORT"], environment).succeeds();
        project.files("build/tiny")
    };
    let elsewhere = [
        ("TZ", "Asia/Shanghai"),
        ("LANG", "de_DE.UTF-8"),
        ("LC_ALL", "de_DE.UTF-8"),
        ("SOURCE_DATE_EPOCH", "1"),
    ];
    assert_same(&build(&elsewhere), &build(&[("TZ", "America/New_York")]));
}

/// The rows of a table in another order; the header stays.
fn shuffled(table: &str, step: usize) -> String {
    let (header, rows) = table.split_once('\n').unwrap();
    let rows: Vec<&str> = rows.lines().collect();
    let order = (0..rows.len()).map(|i| rows[(i * step + 3) % rows.len()]);
    let body: String = order.flat_map(|row| [row, "\n"]).collect();
    format!("{header}\n{body}")
}

#[test]
fn the_order_of_rows_does_not_show() {
    let plain = Project::tiny();
    let wanted = plain.build();
    // 30 and 11 rows: 7 and 3 run through all of them.
    let other = Project::tiny()
        .write("indicators.csv", shuffled(&plain.text("indicators.csv"), 7))
        .write("cities.csv", shuffled(&plain.text("cities.csv"), 3))
        .write("published.csv", shuffled(&plain.text("published.csv"), 5));
    assert_eq!(other.text("indicators.csv").len(), plain.text("indicators.csv").len());
    let mut found = other.build();
    assert_ne!(found["manifest.json"], wanted["manifest.json"], "the inputs have other hashes");
    // The inputs are attached to the PDFs as they are, so these are compared by what they show.
    assert_eq!(found["results.json"], wanted["results.json"]);
    found.retain(|path, _| path.starts_with("charts/"));
    let mut charts = wanted;
    charts.retain(|path, _| path.starts_with("charts/"));
    assert_same(&found, &charts);
    assert_eq!(other.editions().texts(), plain.editions().texts());
}
