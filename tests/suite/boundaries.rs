//! What comes from outside: paths, bytes, encodings, sizes, and text that would like to be markup.

use std::os::unix::fs::symlink;

use rankpress::export::results_json;
use rankpress::lang::Lang;
use typst::syntax::{SyntaxKind, SyntaxNode};

use crate::project::{Editions, Project, has_extension};

/// Runs `check` and returns what it said; fails the test unless it found something.
#[track_caller]
fn findings(project: &Project) -> String {
    project.run(&["check", "REPORT", "--quiet"]).ends_with(1).stderr
}

#[track_caller]
fn assert_all(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no `{part}` in:\n{text}");
    }
}

#[test]
fn paths_out_of_the_project_are_refused() {
    for path in ["/etc/hostname", "../facts.csv", "zh/../../facts.csv"] {
        let found = findings(&Project::tiny().replace("report.yaml", "facts.csv", path));
        assert_all(
            &found,
            &["[source/outside-project]", &format!("`{path}`"), "report.yaml:18:13"],
        );
    }
}

#[test]
fn links_out_of_the_project_are_refused() {
    let outside = tempfile::tempdir().unwrap();
    std::fs::write(outside.path().join("secret.csv"), "unit,key\n").unwrap();
    let file = Project::tiny().remove("facts.csv");
    symlink(outside.path().join("secret.csv"), file.path("facts.csv")).unwrap();
    let found = findings(&file);
    assert_all(&found, &["[source/outside-project]", "`facts.csv` leads out", "report.yaml:18:13"]);

    let folder = Project::tiny().replace("report.yaml", "facts.csv", "linked/secret.csv");
    symlink(outside.path(), folder.path("linked")).unwrap();
    assert_all(&findings(&folder), &["[source/outside-project]", "`linked/secret.csv`"]);

    let template = Project::tiny().remove("en/summary.md");
    symlink(outside.path().join("secret.csv"), template.path("en/summary.md")).unwrap();
    assert_all(&findings(&template), &["[source/outside-project]", "`en/summary.md`"]);
}

#[test]
fn links_inside_the_project_are_followed() {
    let project = Project::tiny().write("shared/facts.csv", Project::tiny().bytes("facts.csv"));
    let project = project.remove("facts.csv");
    symlink(project.path("shared/facts.csv"), project.path("facts.csv")).unwrap();
    assert_eq!(project.results().inputs.facts.len(), 1);
}

#[test]
fn templates_reach_no_file_of_the_machine() {
    let include = "# S {#sec-summary -}\n\n{% include \"../../../../../../etc/hostname\" %}\n";
    let found = findings(&Project::tiny().write("en/summary.md", include));
    assert_all(&found, &["[template/missing]", "en/summary.md:3:"]);

    for call in [
        "#read(\"/etc/hostname\")",
        "#read(\"../../etc/hostname\")",
        "#import \"@preview/cetz:0.3.0\"",
    ] {
        let project = Project::tiny()
            .write("zh/cover.typ", format!("#cover(json(\"/meta-zh.json\"))\n{call}\n"));
        let found = project.run(&["build", "REPORT", "--quiet"]).ends_with(1).stderr;
        assert_all(&found, &["[typeset/error]", "zh/cover.typ:2:"]);
    }
}

#[test]
fn a_report_that_is_none_is_told() {
    let project = Project::tiny();
    let said = |path: &str| project.run(&["check", path]).ends_with(1).stderr;
    assert_eq!(
        said("nosuch.yaml"),
        "error[source/missing-file]: `nosuch.yaml` does not exist\n\n1 error\n"
    );
    assert_eq!(
        said("zh"),
        "error[source/missing-file]: `zh` is not a file\n = help: name the report itself, such as `zh/report.yaml`\n\n1 error\n"
    );
}

/// What Excel writes in China: GB 18030, Chinese headers, full-width digits, grouped thousands.
#[test]
fn a_table_as_a_chinese_office_writes_it_gives_the_same_results() {
    let wanted = results_json(&Project::tiny().results());
    let wide: String = Project::tiny()
        .text("indicators.csv")
        .replace(
            "unit,indicator,year,value,measure,status,source,note",
            "城市,指标,年份,数值,计量单位,状态,来源,备注",
        )
        .replace("110000,", "北京市,")
        .replace("610100,", "西安,")
        .replace(",2022,1000,", ",２０２２年,\"１，０００\",")
        .replace(",2022,2500,", ",2022,\"2,500\",")
        .replace("illustrative", "示意")
        .replace('\n', "\r\n");
    let (bytes, _, lossy) = encoding_rs::GB18030.encode(&wide);
    assert!(!lossy && str::from_utf8(&bytes).is_err());
    let found = results_json(&Project::tiny().write("indicators.csv", bytes).results());
    assert_eq!(found, wanted);
}

/// The same figures with a column for each indicator, cities by name, and blanks of all kinds.
#[test]
fn a_wide_table_gives_the_same_results() {
    let wide = "\
城市名称\tfirms\t labs\tpopulation\tenergy\tpatents\t备注

Beijing\t120\t40\t2 000\t20\t900\t
 上海 \t100\t40\t2500\t30\t500\t
杭州市\t64\t20\t1250\t20\t700\t核对过
shenzhen\t110\t20\t2000\t10\t1e3\t
成都\t40\t16\t2000\t …\t600\t
Xi’an\t２０\t5\t1250\t50\t500\t
";
    let input = "{ file: indicators.csv, layout: wide, year: 2022, source: made-up, status: illustrative, \
                 measures: { firms: 家, labs: 个, population: 万人, energy: 千克标准煤/万元, patents: 件 } }";
    let project = Project::tiny()
        .replace("report.yaml", "{ file: indicators.csv, layout: long }", input)
        .write("indicators.csv", wide);
    assert_eq!(results_json(&project.results()), results_json(&Project::tiny().results()));
}

#[test]
fn byte_order_marks_and_windows_line_ends_change_nothing() {
    let wanted = results_json(&Project::tiny().results());
    let mut project = Project::tiny();
    for (path, _) in Project::tiny().files("") {
        if has_extension(&path, &["csv", "yaml"]) {
            let text = project.text(&path);
            project = project.write(&path, format!("\u{feff}{}", text.replace('\n', "\r\n")));
        }
    }
    assert_eq!(results_json(&project.results()), wanted);
}

/// Every input of the tiny report in turn, cut down to nothing and blown up to noise.
#[test]
fn empty_and_binary_files_are_told_by_name() {
    let inputs = Project::tiny().files("").into_keys().filter(|path| !path.contains('/'));
    let inputs: Vec<String> = inputs.filter(|path| path != "README.md").collect();
    assert_eq!(inputs.len(), 10, "{inputs:?}");
    for path in inputs {
        let empty = findings(&Project::tiny().write(&path, ""));
        assert!(empty.contains(&path), "{path} empty:\n{empty}");
        assert_all(
            &empty,
            &[if path.ends_with("yaml") { "[config/syntax]" } else { "[data/empty-table]" }],
        );
        let noise =
            findings(&Project::tiny().write(&path, [0x50, 0x4b, 3, 4, 0xff, 0xff, 0, 0x80]));
        assert_all(&noise, &["[source/encoding]", &format!("`{path}` is not UTF-8")]);
    }
}

#[test]
fn a_binary_template_is_told_by_name() {
    let found = findings(&Project::tiny().write("zh/ranking.md", [0xff, 0xfe, 0, 1]));
    assert_all(&found, &["[source/encoding]", "`zh/ranking.md`"]);
}

#[test]
fn numbers_too_large_to_compute_with_are_told() {
    let beyond = Project::tiny().replace(
        "indicators.csv",
        "110000,patents,2022,900",
        "110000,patents,2022,1e400",
    );
    assert_all(
        &findings(&beyond),
        &["[data/not-a-number]", "`1e400`", "indicators.csv:26:21", "finite"],
    );

    let large = Project::tiny().replace(
        "indicators.csv",
        "110000,patents,2022,900",
        "110000,patents,2022,-1.7e308",
    );
    assert_all(
        &findings(&large),
        &["[index/out-of-domain]", "`patents` comes to -1.7e308", "beyond ±1e100"],
    );

    let formula =
        Project::tiny().replace("methodology.yaml", "labs / population * 100", "labs ^ 1000");
    assert_all(
        &findings(&formula),
        &["[index/out-of-domain]", "`labs ^ 1000` has no finite value"],
    );
}

#[test]
fn yaml_that_nests_or_multiplies_is_refused() {
    let deep = Project::tiny().write("report.yaml", format!("a: {}", "[".repeat(5_000)));
    assert_all(&findings(&deep), &["[config/syntax]", "report.yaml:1:"]);

    let blocks: String = (0..100).flat_map(|i| [" ".repeat(i), "a:\n".to_owned()]).collect();
    let deep = Project::tiny().write("methodology.yaml", blocks);
    assert_all(&findings(&deep), &["[config/syntax]", "nests too deeply", "methodology.yaml:65:"]);

    let laughs = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\n";
    let laughs = Project::tiny().write("corrections.yaml", laughs);
    assert_all(
        &findings(&laughs),
        &["[config/syntax]", "aliases are not allowed", "corrections.yaml:2:8"],
    );

    let formula = format!("{}labs{}", "(".repeat(5_000), ")".repeat(5_000));
    let formula = Project::tiny().replace("methodology.yaml", "labs / population * 100", &formula);
    assert_all(&findings(&formula), &["[formula/syntax]", "nests too deeply"]);
}

#[test]
fn templates_that_never_end_end_with_an_error() {
    let endless = [
        (
            "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
            "ran out of fuel",
        ),
        ("{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "recursion limit exceeded"),
        ("{% include \"summary.md\" %}", "recursion limit exceeded"),
        ("{{ \"x\" * 10000000000 }}", "too large"),
    ];
    for (body, wanted) in endless {
        let project =
            Project::tiny().write("en/summary.md", format!("# S {{#sec-summary -}}\n\n{body}\n"));
        assert_all(&findings(&project), &["[template/", wanted, "en/summary.md:3:"]);
    }
}

/// Text that is markup to Markdown, to templates, to Typst, to SVG and to YAML.
const HOSTILE: &str = "#pagebreak() **b** _i_ $x$ `c` {{ n }} {% raw %} <b>t</b> @r \\ ] ~ [l](u)";

/// The tiny report with a text wherever data are printed.
fn with_text_everywhere(text: &str) -> Project {
    let yaml = text.replace('\\', "\\\\");
    Project::tiny()
        .replace("cities.csv", "北京市,北京,Beijing,", &format!("{text}市,{text},{text},"))
        .replace(
            "milestones.csv",
            "虚构的平台上线,A made-up platform goes live",
            &format!("{text},{text}"),
        )
        .replace(
            "facts.csv",
            "虚构的初创企业数,made-up number of start-ups",
            &format!("{text},{text}"),
        )
        .replace("sources.csv", "虚构数据，仅供测试", text)
        .replace("glossary.csv", "指数,index", &format!("{text},{text}"))
        .replace("corrections.yaml", "录入时误计四家。", &format!("\"{yaml}\""))
        .replace("corrections.yaml", "Four firms were counted twice.", &format!("\"{yaml}\""))
        .replace(
            "methodology.yaml",
            "{ zh: 产业基础, en: Industrial base }",
            &format!("{{ zh: \"{yaml}\", en: \"{yaml}\" }}"),
        )
        .replace(
            "report.yaml",
            "{ zh: 他人榜单, en: Rival List }",
            &format!("{{ zh: \"{yaml}\", en: \"{yaml}\" }}"),
        )
        .replace(
            "report.yaml",
            "{ zh: 测试组, en: Test desk }",
            &format!("{{ zh: \"{yaml}\", en: \"{yaml}\" }}"),
        )
}

/// Every string literal of a Typst source, as Typst reads it, and every other leaf but labels,
/// which are names and print nothing.
fn leaves(node: &SyntaxNode, strings: &mut Vec<String>, others: &mut Vec<String>) {
    match node.kind() {
        SyntaxKind::Str => {
            let text = node.cast::<typst::syntax::ast::Str<'_>>().unwrap();
            strings.push(text.get().to_string());
        }
        SyntaxKind::Label => {}
        _ if node.children().next().is_none() => others.push(node.leaf_text().to_string()),
        _ => node.children().for_each(|child| leaves(child, strings, others)),
    }
}

/// Where the pieces of a hostile text stand in the generated sources of a language.
fn assert_only_in_strings(editions: &Editions, lang: Lang) {
    let edition = editions.of(lang);
    let (mut strings, mut others) = (Vec::new(), Vec::new());
    for section in &edition.sections {
        let source = str::from_utf8(&edition.files[&section.path]).unwrap();
        leaves(&typst::syntax::parse(source), &mut strings, &mut others);
    }
    assert!(
        strings.iter().filter(|s| s.contains(HOSTILE)).count() >= 8,
        "it is printed: {strings:#?}"
    );
    for sign in ["pagebreak", "**", "_i_", "{{", "{%", "<b>", "(u)"] {
        assert!(!others.iter().any(|leaf| leaf.contains(sign)), "`{sign}` is markup: {others:#?}");
    }
}

#[test]
fn data_can_never_become_markup() {
    let editions = with_text_everywhere(HOSTILE).editions();
    for lang in Lang::ALL {
        assert_only_in_strings(&editions, lang);
        let edition = editions.of(lang);
        let texts: Vec<String> = edition
            .files
            .iter()
            .filter(|(path, _)| path.contains("/tables/"))
            .map(|(_, bytes)| String::from_utf8(bytes.clone()).unwrap())
            .collect();
        let cell = serde_json::to_string(HOSTILE).unwrap();
        assert!(
            texts.iter().filter(|table| table.contains(&cell)).count() >= 4,
            "in tables, as it is"
        );
        for (id, svg) in &edition.charts {
            assert!(!svg.contains("<b>"), "chart {id}");
        }
        assert!(
            edition.charts.iter().any(|(_, svg)| svg.contains("&lt;b&gt;t")),
            "in charts, escaped"
        );
    }
}

/// A page break in a cell would show in the number of pages.
#[test]
fn hostile_text_prints_on_as_many_pages_as_harmless_text() {
    let pages = |text: &str| -> Vec<String> {
        let ran = with_text_everywhere(text).run(&["build", "REPORT"]).succeeds();
        let lines = ran.stderr.lines().filter(|line| line.contains(" pages"));
        lines.map(|line| line.rsplit(", ").next().unwrap().to_owned()).collect()
    };
    let harmless: String = HOSTILE.chars().map(|c| if c == ' ' { ' ' } else { 'x' }).collect();
    let wanted = pages(&harmless);
    assert_eq!(wanted.len(), 3);
    assert_eq!(pages(HOSTILE), wanted);
}
