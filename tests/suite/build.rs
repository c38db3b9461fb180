//! What a build leaves behind: exactly the files it promises, whole, or nothing at all.

use std::collections::BTreeMap;
use std::fs::Permissions;
use std::os::unix::fs::PermissionsExt;

use rankpress::lang::Lang;
use rankpress::source::sha256_hex;
use serde_json::Value;

use crate::project::{Project, has_extension};

/// The files of a build of the tiny report.
const WRITTEN: [&str; 13] = [
    "charts/fig-index.en.svg",
    "charts/fig-index.zh.svg",
    "charts/fig-position-beijing.en.svg",
    "charts/fig-position-beijing.zh.svg",
    "charts/fig-rival.en.svg",
    "charts/fig-rival.zh.svg",
    "charts/fig-tiers.en.svg",
    "charts/fig-tiers.zh.svg",
    "manifest.json",
    "results.json",
    "tiny.en.pdf",
    "tiny.zh-en.pdf",
    "tiny.zh.pdf",
];

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

#[test]
fn a_build_writes_exactly_what_it_promises() {
    let project = Project::tiny();
    let before = project.files("");
    let ran = project.run(&["build", "REPORT"]).succeeds();
    assert_eq!(ran.stdout, "", "data only on stdout, and a build has none");
    let mut after = project.files("");
    for path in WRITTEN {
        let path = format!("build/tiny/{path}");
        assert!(after.remove(&path).is_some_and(|bytes| !bytes.is_empty()), "{path}");
    }
    assert_eq!(after, before, "nothing else is touched");
}

#[test]
fn a_build_says_what_it_did_stage_by_stage() {
    let ran = Project::tiny().run(&["build", "REPORT"]).succeeds();
    insta::assert_snapshot!(without_measures(&ran.stderr));
}

/// Times and sizes taken out of what a build says.
fn without_measures(text: &str) -> String {
    let number = |word: &str| word.parse::<f64>().is_ok();
    let line = |line: &str| {
        let words: Vec<&str> = line.split(' ').filter(|word| !word.is_empty()).collect();
        let masked = words.iter().map(|word| match word.strip_prefix('(') {
            Some(size) if number(size) => "([N]",
            _ if number(word) => "[N]",
            _ => word,
        });
        masked.collect::<Vec<_>>().join(" ")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_quiet_build_says_nothing() {
    let ran = Project::tiny().run(&["build", "REPORT", "--quiet"]).succeeds();
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("", ""));
}

/// What `veraPDF` would look for first: the standards a file claims, and what is attached.
#[test]
fn pdfs_claim_their_standards_and_carry_their_sources() {
    let built = Project::tiny().build();
    for (path, language) in [("tiny.zh.pdf", "zh"), ("tiny.en.pdf", "en"), ("tiny.zh-en.pdf", "zh")]
    {
        let pdf = &built[path];
        assert!(pdf.starts_with(b"%PDF-1.7"), "{path}");
        assert!(pdf.trim_ascii_end().ends_with(b"%%EOF"), "{path}");
        for mark in [
            "<pdfaid:part>3</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
            "/MarkInfo",
            "/Outlines",
            "/AFRelationship",
        ] {
            assert!(contains(pdf, mark), "{path} lacks {mark}");
        }
        assert!(
            contains(pdf, &format!("/Lang ({language}"))
                || contains(pdf, &format!("<rdf:li>{language}")),
            "{path}"
        );
        for attached in [
            "report.yaml",
            "methodology.yaml",
            "corrections.yaml",
            "indicators.csv",
            "cities.csv",
            "facts.csv",
        ] {
            assert!(
                contains(pdf, &format!("(attach/{attached})")),
                "{path} does not carry {attached}"
            );
        }
    }
}

#[test]
fn the_manifest_tells_every_input_and_output() {
    let project = Project::tiny();
    let mut built = project.build();
    let manifest: Value = serde_json::from_slice(&built.remove("manifest.json").unwrap()).unwrap();
    assert_eq!(manifest["tool"]["version"], env!("CARGO_PKG_VERSION"));

    let told: BTreeMap<String, Value> =
        serde_json::from_value(manifest["outputs"].clone()).unwrap();
    assert!(told.keys().eq(built.keys()), "outputs: {:?}", told.keys());
    for (path, bytes) in &built {
        assert_eq!(told[path]["sha256"], sha256_hex(bytes), "{path}");
        assert_eq!(told[path]["bytes"], bytes.len(), "{path}");
    }

    let read: BTreeMap<String, String> =
        serde_json::from_value(manifest["inputs"].clone()).unwrap();
    for (path, hash) in &read {
        assert_eq!(*hash, sha256_hex(&project.bytes(path)), "{path}");
    }
    for path in [
        "report.yaml",
        "indicators.csv",
        "zh/ranking.md",
        "fonts/NotoSerifSC-Regular.otf",
        "report-templates/layout/page.typ",
    ] {
        assert!(read.contains_key(path), "{path} is an input");
    }
}

#[test]
fn charts_of_an_earlier_build_are_cleared_away() {
    let project = Project::tiny().write("build/tiny/charts/fig-old.zh.svg", "<svg/>");
    let built = project.build();
    assert_eq!(built.into_keys().collect::<Vec<_>>(), WRITTEN);
}

/// Mistakes of each kind, found at the start, half way, and at the very end of a build.
#[test]
fn a_failed_build_leaves_the_last_good_files_untouched() {
    let mistakes = [
        ("report.yaml", "edition: 2022", "edition: next"),
        ("indicators.csv", "110000,patents,2022,900", "110000,patents,2022,many"),
        ("en/ranking.md", "rank_list", "rank_lst"),
        ("zh/colophon.typ", "#colophon", "#colofon"),
    ];
    let shared = "report-templates/zh/colophon.typ";
    let mut project = Project::tiny().write("zh/colophon.typ", Project::tiny().bytes(shared));
    let good = project.build();
    for (path, from, to) in mistakes {
        let text = project.text(path);
        project = project.write(path, text.replacen(from, to, 1));
        project.run(&["build", "REPORT"]).ends_with(1);
        assert_eq!(project.files("build/tiny"), good, "after a mistake in {path}");
        project = project.write(path, text);
    }
}

#[test]
fn a_check_writes_nothing() {
    let project = Project::tiny();
    let before = project.files("");
    let ran = project.run(&["check", "REPORT"]).succeeds();
    assert_eq!(
        ran.stderr,
        "zh: 10 sections, 4 figures, 6 tables\nen: 10 sections, 4 figures, 6 tables\n"
    );
    assert_eq!(project.files(""), before);
}

#[test]
fn a_folder_that_takes_no_files_is_told_and_left_clean() {
    let project = Project::tiny().write("build/tiny/keep.txt", "mine");
    let folder = project.path("build/tiny");
    std::fs::set_permissions(&folder, Permissions::from_mode(0o555)).unwrap();
    if std::fs::write(folder.join("probe"), "").is_ok() {
        // Root writes where it likes: put a folder where the first file should go instead.
        std::fs::remove_file(folder.join("probe")).unwrap();
        std::fs::create_dir(folder.join("tiny.zh.pdf")).unwrap();
    }
    let said = project.run(&["build", "REPORT", "--quiet"]).ends_with(1).stderr;
    assert!(
        said.starts_with("error[source/cannot-write]: cannot write `build/tiny/tiny.zh.pdf`: "),
        "{said}"
    );
    std::fs::set_permissions(&folder, Permissions::from_mode(0o755)).unwrap();
    let left: Vec<String> = project.files("build/tiny").into_keys().collect();
    assert_eq!(left, ["keep.txt"], "no half-written file stays behind");
}

/// The last file of a build cannot be written: those before it must not be new while it is old.
#[test]
fn a_build_that_cannot_write_one_file_writes_none() {
    let project = Project::tiny();
    let good = project.build();
    for blocked in ["manifest.json", "charts/fig-tiers.zh.svg"] {
        let path = format!("build/tiny/{blocked}");
        let project = Project::tiny()
            .replace("indicators.csv", "440300,patents,2022,1000", "440300,patents,2022,800")
            .write(&format!("{path}/in-the-way"), "");
        for (path, bytes) in good.iter().filter(|(path, _)| *path != blocked) {
            std::fs::create_dir_all(project.path("build/tiny/charts")).unwrap();
            std::fs::write(project.path("build/tiny").join(path), bytes).unwrap();
        }
        let before = project.files("build/tiny");
        let said = project.run(&["build", "REPORT", "--quiet"]).ends_with(1).stderr;
        assert!(said.contains(&format!("cannot write `{path}`: is a directory")), "{said}");
        let after = project.files("build/tiny");
        assert!(before == after, "{:?} and {:?}", before.keys(), after.keys());
    }
}

#[test]
fn outputs_are_those_asked_for() {
    let project =
        Project::tiny().replace("report.yaml", "outputs: [zh, en, zh+en]", "outputs: [en]");
    let pdfs: Vec<String> =
        project.build().into_keys().filter(|path| has_extension(path, &["pdf"])).collect();
    assert_eq!(pdfs, ["tiny.en.pdf"]);
}

/// The edition's own file takes the place of the shared one of the same name.
#[test]
fn an_edition_overrides_a_shared_template() {
    let template = |project: &Project| {
        let editions = project.editions();
        let section =
            editions.of(Lang::Zh).sections.iter().find(|s| s.path.ends_with("glossary.typ"));
        section.unwrap().template.clone()
    };
    let project = Project::tiny();
    assert_eq!(template(&project), "report-templates/zh/annex-glossary.md");
    let project = project.write("zh/annex-glossary.md", "# 词汇 {#sec-annex-glossary}\n");
    assert_eq!(template(&project), "zh/annex-glossary.md");
}
