//! What the report says about its data: checks, screening, imputation, treatment, and marks.

use rankpress::lang::Lang;

use crate::project::{Editions, Project};

/// The tiny edition with the annex on data quality and one rule of each kind.
fn edited() -> Editions {
    Project::tiny()
        .replace("report.yaml", "annex-glossary,", "annex-quality, annex-scores,")

        .replace("methodology.yaml", "imputation: none", "imputation: mean")
        .replace(
            "methodology.yaml",
            "year: 2022\n",
            "year: 2022\ntreatment: { method: percentile-clamp, lower: 0, upper: 0.8 }\nscreening:\n  \
             include:\n    - { indicator: energy, reason: { zh: 关键指标, en: a key indicator } }\n",
        )
        .editions()
}

fn table<'a>(editions: &'a Editions, path: &str) -> &'a str {
    editions.texts().get(path).copied().unwrap_or_else(|| panic!("no {path}"))
}

#[test]
fn the_annex_tells_what_was_done_to_the_data() {
    let editions = edited();
    let en = editions.section(Lang::En, "annex-quality");
    for part in [
        "This report needs 24 figures. Sources give 23 of them (95.8%); one is filled in.",
        "One value is filled in, 4.2% of all that are needed: 1 with the mean of all cities",
        "Coverage is 100% for 5 of 6 cities; it is lowest for Chengdu, at 90.0%",
    ] {
        assert!(en.contains(part), "no `{part}` in:\n{en}");
    }
    let zh = editions.section(Lang::Zh, "annex-quality");
    assert!(zh.contains("插补的数值共1个，占所需数据的4.2%，其中1个取全部城市的均值"), "{zh}");
    let reasons = table(&editions, "/en/tables/tab-quality-screening.json");
    assert!(reasons.contains("by decision: a key indicator"), "{reasons}");
    let filled = table(&editions, "/en/tables/tab-quality-imputation.json");
    assert!(filled.contains("the mean of all cities (5 cities)"), "{filled}");
    assert!(filled.contains("Chengdu (26)"), "{filled}");
    let treated = table(&editions, "/en/tables/tab-quality-treatment.json");
    assert!(treated.contains("clamped") && treated.contains("Beijing 120 → 110"), "{treated}");
}

#[test]
fn imputed_values_are_marked_and_the_mark_is_explained() {
    let editions = edited();
    let raw = table(&editions, "/zh/tables/tab-annex-data.json");
    assert!(raw.contains("\"2000\",\"◇\",\"600\"]") && raw.contains("◇表示"), "{raw}");
    // Chengdu's energy and the dimension above it rest on the imputed value.
    let scores = table(&editions, "/zh/tables/tab-annex-scores-vitality.json");
    assert_eq!(scores.matches("\"mark\":\"◇\"").count(), 2, "{scores}");
    let plain = Project::tiny().editions();
    assert!(plain.texts().values().all(|text| !text.contains('◇')));
}

#[test]
fn source_lines_tell_of_imputed_and_illustrative_data() {
    let editions = edited();
    let zh = table(&editions, "/zh/tables/tab-annex-data.json");
    assert!(zh.contains("含插补数据与示意数据。"), "{zh}");
    let plain = Project::tiny().editions();
    let en = table(&plain, "/zh/tables/tab-annex-data.json");
    assert!(en.contains("含示意数据。") && !en.contains("插补"), "{en}");
    let china = Project::china().editions();
    assert!(china.texts().values().all(|text| !text.contains("示意数据。")));
}

#[test]
fn a_city_page_marks_value_and_score() {
    let page = "## {{ unit.name }}\n\n{{ table(\"profile-indicators\", unit=unit, \
                id=\"tab-indicators-chengdu\", caption=\"Indicators\") }}\n";
    let editions = Project::tiny()
        .replace("report.yaml", "city-cases: { top: 1 }", "city-cases: { units: [成都] }")
        .write("en/cities/chengdu.md", page)
        .write("zh/cities/chengdu.md", page)
        .replace("methodology.yaml", "imputation: none", "imputation: median")
        .editions();
    let own = table(&editions, "/en/tables/tab-indicators-chengdu.json");
    assert_eq!(own.matches("\"mark\":\"◇\"").count(), 2, "{own}");
    // The annex is not printed, so nothing refers to it.
    assert!(own.contains("scores made from them.\""), "{own}");
}
