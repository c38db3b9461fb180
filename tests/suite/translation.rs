//! Translators work file by file: a new text for one section changes that section and no other.

use std::collections::BTreeSet;

use rankpress::lang::Lang;

use crate::project::{Editions, Project};

/// The generated files that differ between two compositions.
fn changed<'a>(before: &'a Editions, after: &'a Editions) -> BTreeSet<&'a str> {
    let (before, after) = (before.texts(), after.texts());
    let paths: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    paths.into_iter().filter(|path| before.get(path) != after.get(path)).collect()
}

#[test]
fn another_text_for_a_section_changes_only_that_section() {
    let before = Project::tiny().editions();
    let text = "# In brief {#sec-summary -}\n\n{{ top(\"index\").name }} is first of {{ n }}.\n";
    let after = Project::tiny().write("en/summary.md", text).editions();
    assert_eq!(changed(&before, &after), ["/en/03-summary.typ"].into());
    let section = after.section(Lang::En, "summary");
    assert!(section.contains("In brief") && section.contains("\"Beijing\""), "{section}");
}

#[test]
fn another_text_for_a_city_case_changes_only_that_case() {
    let before = Project::tiny().editions();
    let text = "## {{ unit.name }} {#sec-{{ unit.slug }}}\n\nA case written by hand.\n";
    let after = Project::tiny().write("en/cities/beijing.md", text).editions();
    let changed = changed(&before, &after);
    assert!(changed.contains("/en/06-cities-beijing.typ"), "{changed:?}");
    // Its figure and tables go with it; nothing of another section or language does.
    assert!(
        changed.iter().all(|path| path.starts_with("/en/") && path.contains("beijing")),
        "{changed:?}"
    );
}

#[test]
fn a_new_chinese_section_leaves_english_alone() {
    let before = Project::tiny().editions();
    let after = Project::tiny().replace("zh/ranking.md", "名次见", "各城市的名次见").editions();
    assert_eq!(changed(&before, &after), ["/zh/04-ranking.typ"].into());
}

/// Both languages read the same results: every number is printed with the same digits.
#[test]
fn numbers_agree_between_the_languages() {
    let editions = Project::tiny().editions();
    let quantities = |lang| -> Vec<(String, String)> {
        let printed = editions.of(lang).quantities.iter();
        let mut all: Vec<_> = printed
            .map(|q| (q.id.clone(), q.text.replace(',', "")))
            .filter(|(_, text)| text.parse::<f64>().is_ok())
            .collect();
        all.sort();
        all.dedup();
        all
    };
    let chinese = quantities(Lang::Zh);
    assert!(chinese.contains(&("beijing/index/score".into(), "91.50".into())), "{chinese:?}");
    assert_eq!(chinese, quantities(Lang::En));
}

#[test]
fn a_section_missing_in_one_language_is_told_with_its_name() {
    let project =
        Project::tiny().remove("en/annex-data.md").remove("report-templates/en/annex-data.md");
    let said = project
        .run(&["check", "REPORT", "--message-format", "short", "--quiet"])
        .ends_with(1)
        .stderr;
    assert_eq!(
        said,
        "report.yaml:24:65: error[template/missing]: there is no section `annex-data` in language `en`\n1 error\n"
    );
}
