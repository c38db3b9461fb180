//! What the program says about mistakes: one fixture for every code, and the forms of messages.

use std::collections::BTreeSet;

use rankpress::diag::Code;
use serde_json::{Value, json};

use crate::project::{Project, repository};

/// Rewrites the expectations when set; look at the difference before committing it.
const UPDATE: &str = "UPDATE_GOLDEN";

/// What the program prints for the fixture of a code: its command line, its messages and its end.
fn session(code: &str, command: &str) -> String {
    let project = Project::tiny().overlay(&repository("tests/fixtures/invalid").join(code));
    let arguments: Vec<&str> = command.split(' ').collect();
    let ran = project.run(&arguments);
    assert_eq!(ran.stdout, "", "findings go to stderr");
    format!("$ rankpress {command}\n{}exit {}\n", ran.stderr, ran.code.unwrap())
}

/// Runs the fixtures of an area, `tests/fixtures/invalid/<area>/<code>/`: files laid over the tiny
/// report, and `expected.txt`, whose first line is the command.
fn area(name: &str) {
    let codes = Code::ALL.iter().map(|code| code.as_str());
    let mut wrong = Vec::new();
    for code in codes.filter(|code| code.split_once('/').unwrap().0 == name) {
        let path = repository("tests/fixtures/invalid").join(code).join("expected.txt");
        let expected = std::fs::read_to_string(&path)
            .unwrap_or_else(|_| panic!("`{code}` has no fixture {}", path.display()));
        let command = expected.lines().next().and_then(|line| line.strip_prefix("$ rankpress "));
        let found = session(code, command.unwrap());
        assert!(found.contains(&format!("[{code}]")), "`{code}` does not come up:\n{found}");
        if found != expected {
            wrong.push(format!("--- {code} expected\n{expected}\n--- {code} found\n{found}"));
            if std::env::var_os(UPDATE).is_some() {
                std::fs::write(path, found).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{}\n{UPDATE}=1 rewrites", wrong.join("\n"));
}

#[test]
fn source() {
    area("source");
}

#[test]
fn config() {
    area("config");
}

#[test]
fn network() {
    area("network");
}

#[test]
fn formula() {
    area("formula");
}

#[test]
fn data() {
    area("data");
}

#[test]
fn correction() {
    area("correction");
}

#[test]
fn index() {
    area("index");
}

#[test]
fn template() {
    area("template");
}

#[test]
fn typeset() {
    area("typeset");
}

/// An area without a test above would go unseen.
#[test]
fn every_area_has_its_test() {
    let areas: BTreeSet<&str> =
        Code::ALL.iter().map(|code| code.as_str().split_once('/').unwrap().0).collect();
    let tested = [
        "config",
        "correction",
        "data",
        "formula",
        "index",
        "network",
        "source",
        "template",
        "typeset",
    ];
    assert_eq!(areas, tested.into());
}

/// What the issue asks of the four commonest mistakes: file, line, excerpt and hint, word for word.
#[test]
fn misspelt_key_city_column_and_helper() {
    let said = |path: &str, from: &str, to: &str| {
        Project::tiny().replace(path, from, to).run(&["check", "REPORT", "-q"]).ends_with(1).stderr
    };
    assert_eq!(
        said("methodology.yaml", "weighting:", "weigthing:"),
        "\
error[config/unknown-key]: the file has no key `weigthing`
  ┌─ methodology.yaml:3:1
  │
3 │ weigthing: equal
  │ ^^^^^^^^^ not a key here
  │
  = help: did you mean `weighting`?

1 error
"
    );
    assert_eq!(
        said("indicators.csv", "440300,labs", "深训,labs"),
        "\
error[data/unknown-unit]: the gazetteer has no unit `深训`
   ┌─ indicators.csv:11:1
   │
11 │ 深训,labs,2022,20,个,illustrative,made-up,made-up figure
   │ ^^^^
   │
   = help: did you mean `深圳`?

1 error
"
    );
    assert_eq!(
        said("indicators.csv", "unit,indicator,year,value,", "unit,indicator,year,vlaue,"),
        "\
error[data/missing-column]: `indicators.csv` has no column `value`
  ┌─ indicators.csv:1:1
  │
1 │ unit,indicator,year,vlaue,measure,status,source,note
  │ ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ its columns are `unit`, `indicator`, `year`, `vlaue`, `measure`, `status`, `source`, `note`
  │
  = help: rename `vlaue` to `value` if that is what it holds

1 error
"
    );
    assert_eq!(
        said("zh/cities.md", "rank_line(", "rank_lines("),
        "\
error[template/helper]: there is no helper `rank_lines`
  ┌─ zh/cities.md:4:6
  │
4 │ - {{ rank_lines(u, dimensions()) }}
  │      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ called here
  │
  = help: did you mean `rank_line`, `rank_list` or `ranking_list`?

1 error
"
    );
}

/// The names a template may use inside a call are checked as well.
#[test]
fn arguments_of_helpers_are_checked() {
    let calls = [
        ("score('beijng', 'index')", "`score`: there is no unit `beijng`; did you mean `beijing`?"),
        ("score('beijing', 'indx')", "`score`: there is no node `indx`; did you mean `index`?"),
        ("score('beijing')", ""),
        ("score()", "`score`: the argument `unit` is missing"),
        ("rank_list('index', 3, 4)", "`rank_list`: the argument `4` is one too many"),
        ("rank_list('index', n='many')", "`rank_list`: `n` wants a whole number, found `many`"),
        (
            "value_of('beijing', 'base')",
            "`value_of`: `base` is a dimension; `indicator` wants an indicator",
        ),
        (
            "figure('ranking-bars', id='x', caption='y')",
            "`figure`: there is no figure of kind `ranking-bars`; did you mean `ranking-bar` or `rank-intervals`?",
        ),
        ("table('ranking', caption='y')", "`table`: write `id=\"...\"`"),
        (
            "fact('beijing', 'startups')",
            "`fact`: there is no fact `startups` about `beijing`; did you mean `start-ups`?",
        ),
    ];
    for (call, message) in calls {
        let text = format!("# S {{#sec-summary -}}\n\n{{{{ {call} }}}}\n");
        let project = Project::tiny().write("en/summary.md", text);
        let ran = project.run(&["check", "REPORT", "-q", "--message-format", "short"]);
        let wanted = match message {
            "" => String::new(),
            message => format!("en/summary.md:3:4: error[template/helper]: {message}\n1 error\n"),
        };
        assert_eq!(ran.stderr, wanted, "{call}");
    }
}

/// Mistakes of one phase come together, whatever file they are in.
#[test]
fn several_mistakes_are_told_in_one_run() {
    let short = |project: &Project| {
        project.run(&["check", "REPORT", "-q", "--message-format", "short"]).ends_with(1).stderr
    };
    let config = Project::tiny()
        .replace("report.yaml", "date: 2024-06-30", "date: 30 June")
        .replace("report.yaml", "file: facts.csv", "file: fact.csv")
        .replace("methodology.yaml", "code: patents", "code: Patents")
        .replace("methodology.yaml", "weight: 0.4", "weight: -0.4");
    assert_eq!(
        short(&config),
        "\
methodology.yaml:26:13: error[config/invalid]: the weight of `vitality` is -0.4
methodology.yaml:35:15: error[config/invalid]: `Patents` cannot be a code
report.yaml:8:9: error[config/invalid]: `30 June` is not a date
report.yaml:18:13: error[source/missing-file]: `fact.csv` does not exist
4 errors
"
    );
    let data = Project::tiny()
        .replace("indicators.csv", "440300,labs,2022,20", "440300,labs,2022,twenty")
        .replace("indicators.csv", "610100,labs,2022,5", "Sian,labs,2022,5")
        .replace("milestones.csv", "2020-08", "2020-13")
        .replace("published.csv", "110000,index,2", "110000,indx,2")
        .replace("corrections.yaml", "from: 64", "from: 46");
    assert_eq!(
        short(&data),
        "\
indicators.csv:11:18: error[data/not-a-number]: `twenty` is not a number: `labs` of `440300` in 2022
indicators.csv:13:1: error[data/unknown-unit]: the gazetteer has no unit `Sian`
milestones.csv:4:8: error[data/bad-cell]: `2020-13` is not a date
published.csv:3:8: error[data/bad-cell]: the framework has no node `indx`
corrections.yaml:5:11: error[correction/mismatch]: the correction of `firms` of `330100` in 2022 \
expects `46`, but there is `64`
5 errors
"
    );
    let templates = Project::tiny()
        .replace("zh/summary.md", "lead_margin", "lead_margins")
        .replace("zh/cities.md", "dimensions()", "dimensons()")
        .replace("en/ranking.md", "fig-tiers\") }};", "fig-teirs\") }};");
    assert_eq!(
        short(&templates),
        "\
zh/summary.md:3:47: error[template/helper]: there is no helper `lead_margins`
zh/cities.md:4:19: error[template/helper]: there is no helper `dimensons`
en/ranking.md:3:84: error[template/unknown-reference]: nothing in the report has the id `fig-teirs`
3 errors
"
    );
}

#[test]
fn the_end_is_told_by_the_exit_code() {
    let project = Project::tiny();
    for arguments in [
        &["check", "REPORT"][..],
        &["rank", "REPORT"],
        &["explain", "REPORT", "beijing/index"],
        &["explain", "REPORT", "beijing"],
        &["schema"],
        &["--version"],
        &["--help"],
    ] {
        project.run(arguments).ends_with(0);
    }
    let broken = Project::tiny().replace("report.yaml", "edition: 2022", "edition: two");
    for command in ["build", "check", "rank"] {
        broken.run(&[command, "REPORT"]).ends_with(1);
    }
    broken.run(&["explain", "REPORT", "beijing/index"]).ends_with(1);
    for arguments in [
        &[][..],
        &["biuld", "REPORT"],
        &["build"],
        &["build", "REPORT", "--fast"],
        &["check", "REPORT", "--message-format", "xml"],
        &["rank", "REPORT", "--json", "--csv"],
        &["rank", "REPORT", "--all", "--node", "base"],
        &["schema", "cities"],
    ] {
        let ran = project.run(arguments).ends_with(2);
        assert_eq!(ran.stdout, "", "{arguments:?}");
    }
}

/// What only the results can tell is a mistake of usage too, and has its hint.
#[test]
fn unknown_nodes_and_units_are_usage() {
    let project = Project::tiny();
    let said = |arguments: &[&str]| project.run(arguments).ends_with(2).stderr;
    assert_eq!(
        said(&["rank", "REPORT", "--node", "vitallity"]),
        "error: the framework has no node `vitallity`; did you mean `vitality`?\n"
    );
    assert_eq!(
        said(&["explain", "REPORT", "bejing/index"]),
        "error: the sample has no unit `bejing`; did you mean `beijing`?\n"
    );
    assert_eq!(
        said(&["explain", "REPORT", "beijing/frims"]),
        "error: the framework has no node `frims`; did you mean `firms`?\n"
    );
    // In the gazetteer, not in the sample.
    assert_eq!(
        said(&["explain", "REPORT", "天津/index"]),
        "error: the sample has no unit `天津`\n"
    );
}

/// A report with one warning and nothing else: Chengdu's patents are not known.
fn warned() -> Project {
    Project::tiny().replace("indicators.csv", "510100,patents,2022,600", "510100,patents,2022,—")
}

#[test]
fn warnings_fail_a_run_only_when_denied() {
    let told = "\
warning[index/excluded]: 成都 (Chengdu) has no index score: data for 60.0 % of the weight, the threshold is 66 %
 = help: complete its data, or lower `missing: unit-threshold`

1 warning
";
    let project = warned();
    for command in ["build", "check", "rank"] {
        assert_eq!(project.run(&[command, "REPORT", "-q"]).ends_with(0).stderr, told, "{command}");
        project.run(&[command, "REPORT", "-q", "--deny-warnings"]).ends_with(1);
    }
    assert!(project.path("build/tiny/tiny.zh.pdf").exists());
}

#[test]
fn a_message_in_json_holds_all_of_it() {
    let project = Project::tiny().replace(
        "indicators.csv",
        "310000,patents,2022,500",
        "上海,patents,2022,500件",
    );
    let ran = project.run(&["check", "REPORT", "--message-format", "json"]).ends_with(1);
    let found: Value = serde_json::from_str(&ran.stderr).unwrap();
    assert_eq!(
        found,
        json!({
            "schema": 1,
            "severity": "error",
            "code": "data/not-a-number",
            "message": "`500件` is not a number: `patents` of `上海` in 2022",
            // Columns count characters, from one; the end is one past the last.
            "primary": {
                "file": "indicators.csv", "line": 27, "column": 17,
                "end_line": 27, "end_column": 21, "text": "",
            },
            "related": [],
            "hints": ["write `500` and put `件` into the measure, after converting the number if need be"],
        })
    );
}

#[test]
fn every_line_of_json_is_a_message() {
    let project = Project::tiny()
        .replace("report.yaml", "date: 2024-06-30", "date: 30 June")
        .replace("methodology.yaml", "weight: 0.4", "weight: -0.4");
    let ran = project.run(&["check", "REPORT", "--message-format", "json"]).ends_with(1);
    let codes: Vec<Value> = ran
        .stderr
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["code"].clone())
        .collect();
    assert_eq!(codes, ["config/invalid", "config/invalid"]);
    let absent = project.run(&["check", "nosuch.yaml", "--message-format", "json"]).ends_with(1);
    let found: Value = serde_json::from_str(&absent.stderr).unwrap();
    assert_eq!((&found["code"], &found["primary"]), (&json!("source/missing-file"), &Value::Null));
}

/// Nobody reads escape sequences in a log file.
#[test]
fn messages_have_no_colour_outside_a_terminal() {
    let project = warned();
    let ran = project
        .run_with(&["build", "REPORT"], &[("TERM", "xterm-256color"), ("COLORTERM", "truecolor")]);
    assert!(!ran.stderr.contains('\u{1b}'), "{}", ran.stderr);
}

/// House style, held over every message of the fixtures: lower case, no final period, and hints
/// that neither repeat each other nor end in one.
#[test]
fn messages_keep_the_style_of_the_house() {
    for code in Code::ALL.iter().map(|code| code.as_str()) {
        let path = repository("tests/fixtures/invalid").join(code).join("expected.txt");
        let text = std::fs::read_to_string(path).unwrap();
        let hints: Vec<&str> =
            text.lines().filter_map(|l| l.trim().strip_prefix("= help: ")).collect();
        let messages = text.lines().filter_map(|line| {
            let rest = line.strip_prefix("error[").or_else(|| line.strip_prefix("warning["))?;
            Some(rest.split_once("]: ").unwrap().1)
        });
        for message in messages {
            let first = message.chars().next().unwrap();
            assert!(!first.is_uppercase() && !message.ends_with('.'), "{code}: {message}");
        }
        assert!(hints.iter().all(|hint| !hint.ends_with("..")), "{code}: {hints:?}");
    }
}
