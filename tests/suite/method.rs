//! The method told from the log of what was done: every formula typesets, and the annex says what
//! was computed.

use rankpress::lang::Lang;

use crate::project::Project;

/// The tiny edition with nothing but the method chapter's target and the annex, in one language.
fn annex(project: Project) -> Project {
    let report = project.text("report.yaml");
    let head = report
        .split_once("sections:")
        .unwrap()
        .0
        .replace("outputs: [zh, en, zh+en]", "outputs: [en]");
    let chapter = "# Method {#sec-method}\n\nSee below.\n";
    project
        .write("report.yaml", format!("{head}sections: [method, annex-method]\n"))
        .write("en/method.md", chapter)
        .write("zh/method.md", chapter)
}

fn replaced(pairs: &[(&str, &str)]) -> Project {
    let project = annex(Project::tiny());
    pairs.iter().fold(project, |p, (from, to)| p.replace("methodology.yaml", from, to))
}

#[test]
fn the_annex_lists_steps_parameters_and_weights() {
    let editions = annex(Project::tiny()).editions();
    let texts = editions.texts();
    let steps = texts["/en/tables/tab-method-steps.json"];
    for part in [
        "6 cities, 4 indicators, 24 figures",
        "Min-max (from 0 to 100), 4 indicators",
        "Natural breaks, 3 tiers of 2, 2, 2 cities",
    ] {
        assert!(steps.contains(part), "no `{part}` in:\n{steps}");
    }
    let parameters = texts["/zh/tables/tab-method-parameters.json"];
    assert!(parameters.contains("[\"企业数\",\"6\",\"20.00\",\"120.00\""), "{parameters}");
    let zh = editions.section(Lang::Zh, "annex-method");
    assert!(zh.contains("极差标准化"), "{zh}");
}

/// Formulas are Typst mathematics: only Typst can tell whether they are sound.
#[test]
fn the_formulas_of_every_rule_typeset() {
    let weightings = [
        "{ method: entropy, shift: 0.01 }",
        "critic",
        "cv",
        "standard-deviation",
        "{ method: pca, variant: squared-loadings }",
        "{ method: pca, variant: variance-weighted }",
        "{ method: pca, variant: rotated }",
        "{ method: combined, of: [equal, entropy], form: product }",
    ];
    let treatments = [
        "{ method: percentile-clamp }",
        "{ method: box-cox, lambda: 0.5 }",
        "{ method: box-cox, lambda: 0 }",
        "{ method: winsorise-log, skew: 0, kurtosis: -3 }",
    ];
    let tiers = ["natural-breaks", "ward", "quantiles", "rsr-probit"];
    for (i, weighting) in weightings.iter().enumerate() {
        let tier = format!("tiers: {{ method: {}, count: 3 }}", tiers[i % tiers.len()]);
        let treatment = format!("year: 2022\ntreatment: {}\n", treatments[i % treatments.len()]);
        let project = replaced(&[
            ("weighting: equal", &format!("weighting: {weighting}")),
            ("    weight: 0.6\n", ""),
            ("    weight: 0.4\n", ""),
            ("        weight: 1\n", ""),
            ("        weight: 3\n", ""),
            ("year: 2022\n", &treatment),
            ("tiers: { method: natural-breaks, count: 3 }", &tier),
            (
                "imputation: none",
                if i % 2 == 0 { "imputation: mean" } else { "imputation: median" },
            ),
        ]);
        project.run(&["build", "REPORT", "--quiet"]).succeeds();
    }
}
