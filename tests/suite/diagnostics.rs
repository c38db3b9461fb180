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
    let tested =
        ["config", "correction", "data", "formula", "index", "source", "template", "typeset"];
    assert_eq!(areas, tested.into());
}
