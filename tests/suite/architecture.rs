//! The shape of the source: which module may know which, and what every code owes the reader.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rankpress::diag::Code;

use crate::project::{paths_below, repository};

/// What each module may import. Imports run one way: from what talks to what works.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("lang", &[]),
    ("num", &["lang"]),
    ("random", &[]),
    ("diag", &[]),
    ("source", &["diag"]),
    ("config", &["diag", "lang", "num", "source"]),
    ("data", &["config", "diag", "lang", "num", "source"]),
    ("index", &["config", "data", "diag", "lang", "num", "random"]),
    ("network", &["config", "data", "diag", "lang", "num", "random"]),
    ("charts", &["index", "lang", "num"]),
    ("content", &["charts", "config", "data", "diag", "index", "lang", "network", "num"]),
    ("typeset", &["diag", "lang", "source"]),
    ("export", &["config", "content", "data", "diag", "index", "lang", "network", "num", "source"]),
    ("explain", &["config", "content", "data", "diag", "index", "lang", "num", "source"]),
    (
        "pipeline",
        &[
            "charts", "config", "content", "data", "diag", "explain", "export", "index", "lang",
            "network", "num", "source", "typeset",
        ],
    ),
    (
        "cli",
        &[
            "charts", "config", "content", "data", "diag", "explain", "export", "index", "lang",
            "network", "num", "pipeline", "source", "typeset",
        ],
    ),
];

/// A source file: the module it belongs to, how deep it lies below the crate, and its text.
struct File {
    path: String,
    module: String,
    depth: usize,
    text: String,
}

/// Every file of every module; `lib.rs` and `main.rs` hold modules together and are left out.
fn files() -> Vec<File> {
    let folder = repository("src");
    let inside = |path: &Path| path.strip_prefix(&folder).unwrap().with_extension("");
    let rust =
        paths_below(&folder).into_iter().filter(|path| path.extension().is_some_and(|e| e == "rs"));
    rust.filter_map(|path| {
        let parts: Vec<String> =
            inside(&path).iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let module = parts[0].clone();
        let depth = parts.iter().filter(|part| *part != "mod").count();
        let text = fs::read_to_string(&path).unwrap();
        let path = parts.join("/");
        (module != "lib" && module != "main").then_some(File { path, module, depth, text })
    })
    .collect()
}

/// The lines of a file that are code, with their numbers.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(at, line)| (at + 1, line.split(" // ").next().unwrap_or(line)))
}

/// The modules of this crate that a line of code names after `crate::`.
fn named(line: &str, rest_of_file: &str) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut found = Vec::new();
    for (at, _) in line.match_indices("crate::") {
        if line[..at].ends_with(is_word) {
            continue;
        }
        let after = &line[at + "crate::".len()..];
        if after.starts_with('{') {
            let start = rest_of_file.find("crate::{").unwrap() + "crate::{".len();
            found.extend(outer_words(&rest_of_file[start..]));
        } else {
            found.push(after.chars().take_while(|&c| is_word(c)).collect());
        }
    }
    found
}

/// The first words of a braced list, up to its closing brace: `a::{b, c}, d}` gives `a` and `d`.
fn outer_words(list: &str) -> Vec<String> {
    let (mut depth, mut item, mut items) = (0_usize, String::new(), Vec::new());
    for c in list.chars() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => items.push(std::mem::take(&mut item)),
            _ if depth == 0 => item.push(c),
            _ => {}
        }
    }
    items.push(item);
    let first = |item: String| item.trim().split("::").next().unwrap_or_default().to_owned();
    items.into_iter().map(first).filter(|word| !word.is_empty()).collect()
}

#[test]
fn imports_run_one_way() {
    let mut wrong = Vec::new();
    for file in files() {
        let row = MAY_IMPORT.iter().find(|(module, _)| *module == file.module);
        let Some((_, allowed)) = row else {
            wrong.push(format!("src/{}.rs: `{}` has no row in the table", file.path, file.module));
            continue;
        };
        let mut rest = file.text.as_str();
        for (number, line) in code(&file.text) {
            if let Some(at) = rest.find(line) {
                rest = &rest[at..];
            }
            for module in named(line, rest) {
                if module != file.module && !allowed.contains(&module.as_str()) {
                    wrong.push(format!(
                        "src/{}.rs:{number}: `{}` may not import `{module}`",
                        file.path, file.module
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `super` may not climb to the crate, past the eyes of the test above.
#[test]
fn super_stays_inside_its_module() {
    let mut wrong = Vec::new();
    for file in files() {
        let tests_begin = file.text.find("\nmod tests {").unwrap_or(file.text.len());
        let tests_line = file.text[..tests_begin].lines().count();
        for (number, line) in code(&file.text) {
            let climbed = line.matches("super::").count();
            let inner = usize::from(number > tests_line + 1);
            if line.contains("super::super::") && climbed >= file.depth + inner
                || climbed == 1 && file.depth + inner <= 1
            {
                wrong.push(format!("src/{}.rs:{number}: {}", file.path, line.trim()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The table is what stands in the source: no row that allows an import twice or to itself, and
/// none for a module that is gone.
#[test]
fn the_table_of_imports_is_tidy() {
    let modules: BTreeSet<String> = files().into_iter().map(|file| file.module).collect();
    let rows: BTreeSet<String> = MAY_IMPORT.iter().map(|(row, _)| (*row).to_owned()).collect();
    assert_eq!(modules, rows);
    for (at, (row, allowed)) in MAY_IMPORT.iter().enumerate() {
        assert!(allowed.is_sorted() && !allowed.contains(row), "{row}");
        // Each row stands below those it may import, so no two modules can import each other.
        let above: Vec<&str> = MAY_IMPORT[..at].iter().map(|(row, _)| *row).collect();
        assert!(allowed.iter().all(|module| above.contains(module)), "{row}");
    }
}

#[test]
fn braces_and_paths_are_read_right() {
    assert_eq!(named("use crate::diag::{Code, Span};", ""), ["diag"]);
    assert_eq!(
        named("use crate::{config, data::{a, b}, index};", "crate::{config, data::{a, b}, index};"),
        ["config", "data", "index"]
    );
    assert_eq!(named("let x = crate::num::mean(crate::lang::f());", ""), ["num", "lang"]);
    assert_eq!(named("pub(crate) fn f() {} // of the crate", ""), Vec::<String>::new());
}

#[test]
fn no_file_is_a_drawer_for_odds_and_ends() {
    for path in paths_below(&repository("src")) {
        for part in path.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()) {
            assert!(
                !["utils", "util", "helpers", "common", "misc"].contains(&&*part),
                "{}",
                path.display()
            );
        }
    }
}

#[test]
fn main_only_starts_the_program() {
    let text = fs::read_to_string(repository("src/main.rs")).unwrap();
    assert!(text.lines().count() <= 40);
}

/// Every module says in its first lines what it is for.
#[test]
fn every_file_has_a_header() {
    for path in paths_below(&repository("src")) {
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{} begins without a header", path.display());
    }
}

#[test]
fn every_code_has_its_guide_entry() {
    let guide = fs::read_to_string(repository("docs/guide/diagnostics.md"))
        .expect("docs/guide/diagnostics.md explains every code");
    let absent: Vec<&str> = Code::ALL
        .iter()
        .map(|code| code.as_str())
        .filter(|code| !guide.contains(&format!("`{code}`")))
        .collect();
    assert!(absent.is_empty(), "docs/guide/diagnostics.md lacks {}", absent.join(", "));
}

/// A fixture of a code that is gone would never run again.
#[test]
fn every_fixture_has_its_code() {
    let codes: BTreeSet<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let folder = repository("tests/fixtures/invalid");
    let fixtures: BTreeSet<String> = paths_below(&folder)
        .iter()
        .map(|path| {
            let inside = path.strip_prefix(&folder).unwrap();
            let parts: Vec<String> =
                inside.iter().take(2).map(|p| p.to_string_lossy().into_owned()).collect();
            parts.join("/")
        })
        .collect();
    assert_eq!(fixtures, codes.iter().map(|code| (*code).to_owned()).collect());
}
