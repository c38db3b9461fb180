//! The chapter that reads the index: complete where there is much to read, silent where there is not.

use rankpress::lang::Lang;

use crate::project::Project;

fn with_reading(project: Project) -> Project {
    project.replace("report.yaml", "ranking, cities,", "ranking, reading, cities,")
}

#[test]
fn the_chapter_reads_what_there_is() {
    let editions = with_reading(Project::tiny()).editions();
    let en = editions.section(Lang::En, "reading");
    for part in ["tab-influence", "fig-correlations", "tab-balance", "Cronbach"] {
        assert!(en.contains(part), "no `{part}` in:\n{en}");
    }
    // No variants, no part on them, and three questions instead of four.
    assert!(en.contains("three") && !en.contains("made in other ways"), "{en}");
    let zh = editions.section(Lang::Zh, "reading");
    assert!(!zh.contains("换一种"), "{zh}");
}

#[test]
fn variants_are_compared_where_there_are_some() {
    let editions = with_reading(Project::tiny())
        .replace(
            "methodology.yaml",
            "year: 2022\n",
            "year: 2022\nvariants: { ranks: { name: { zh: 位次法, en: rank scores }, \
             normalisation: { method: rank } } }\n",
        )
        .editions();
    let en = editions.section(Lang::En, "reading");
    assert!(en.contains("The index was also made in one other way,"), "{en}");
    let table = editions.texts()["/en/tables/tab-variants.json"];
    assert!(table.contains("\"Rank scores\""), "{table}");
    let agreement = editions.texts()["/zh/tables/tab-variant-agreement.json"];
    assert!(agreement.contains("位次法"), "{agreement}");
}

/// One dimension with one indicator: nothing correlates, and the chapter still prints.
#[test]
fn a_single_indicator_leaves_little_to_read() {
    let project = Project::tiny().text("methodology.yaml");
    let head = project.split_once("framework:").unwrap().0;
    let framework = "framework:\n  - code: firms\n    name: { zh: 企业数, en: Firms }\n    \
                     measure: { zh: 家, en: firms }\n";
    let report = Project::tiny().text("report.yaml");
    let sections = report.split_once("sections:").unwrap().0;
    let editions = Project::tiny()
        .write("methodology.yaml", format!("{head}{framework}"))
        .write("report.yaml", format!("{sections}sections: [reading]\n"))
        .editions();
    let en = editions.section(Lang::En, "reading");
    assert!(!en.contains("fig-correlations") && en.contains("tab-distributions"), "{en}");
}
