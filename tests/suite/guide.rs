//! What the guides show as output is output: the examples of the template reference, and every
//! block that begins with `$ rankpress`.

use std::fmt::Write as _;

use rankpress::diag::Code;
use rankpress::lang::Lang;

use crate::project::{Project, repository};

/// Rewrites the examples when set; look at the difference before committing it.
pub(crate) const UPDATE: &str = "UPDATE_GOLDEN";

#[test]
fn examples_of_the_template_reference() {
    run_examples("docs/guide/templates.md", Project::china(), "china-20-2022", 90);
}

#[test]
fn examples_of_network_chapters() {
    run_examples("docs/guide/networks.md", Project::clusters(), "clusters-illustrative", 20);
}

/// Compares every example of a guide with what the edition `id` prints; there are `least` of them.
fn run_examples(path: &str, mut project: Project, id: &str, least: usize) {
    let text = std::fs::read_to_string(repository(path)).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let examples = examples(&lines);
    assert!(examples.len() > least, "{} examples found", examples.len());

    let printed = Lang::ALL.map(|lang| {
        let mut probe = String::from("# Probe\n\n");
        for (i, example) in examples.iter().enumerate() {
            let _ = write!(probe, "[{i}]{{{{ {} }}}}[end]\n\n", example.call);
        }
        (format!("data/{id}/{lang}/probe.md"), probe)
    });
    let report = format!("data/{id}/report.yaml");
    let (before, _) = project.text(&report).split_once("sections:").map(owned).unwrap();
    project = project.write(&report, format!("{before}sections: [probe]\n"));
    for (path, probe) in &printed {
        project = project.write(path, probe);
    }
    let editions = project.editions();
    let outputs = Lang::ALL.map(|lang| plain(editions.section(lang, "probe")));

    let mut wrong = String::new();
    for (i, example) in examples.iter().enumerate() {
        let found = outputs.each_ref().map(|output| between(output, &format!("[{i}]"), "[end]"));
        for (found, shown) in found.iter().zip(&example.shown) {
            if *found != shown {
                let _ = writeln!(wrong, "{}\n  shown {shown}\n  found {found}", example.call);
            }
        }
        example.write(&mut lines, &found);
    }
    settle(path, &lines, &wrong);
}

#[test]
fn sessions_of_the_readme() {
    sessions("README.md", Project::china());
}

#[test]
fn sessions_of_the_commands() {
    sessions("docs/guide/commands.md", Project::china());
}

#[test]
fn sessions_of_a_corrected_figure() {
    sessions("docs/guide/editor.md", Project::china());
}

#[test]
fn sessions_of_a_new_edition() {
    sessions("docs/guide/producer.md", Project::china());
}

/// Writes the files a guide shows (blocks introduced by their path), then runs its sessions.
fn sessions(path: &str, mut project: Project) {
    let text = std::fs::read_to_string(repository(path)).unwrap();
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let blocks = blocks(&lines);
    for block in &blocks {
        if let Some((file, _)) = block.intro.strip_prefix('`').and_then(|i| i.split_once('`'))
            && file.starts_with("data/")
        {
            project = project.write(file, lines[block.from..block.to].join("\n") + "\n");
        }
    }
    let mut wrong = String::new();
    let mut run = 0;
    for block in blocks.iter().rev() {
        let Some(command) = lines.get(block.from).and_then(|l| l.strip_prefix("$ rankpress "))
        else {
            continue;
        };
        let (arguments, head) = command.split_once(" | head -n ").unwrap_or((command, ""));
        let ran = project.run(&arguments.split(' ').collect::<Vec<_>>()).succeeds();
        let said = ran.stdout + &ran.stderr;
        let most = head.parse().unwrap_or(usize::MAX);
        let found: Vec<String> = said.trim_end().lines().take(most).map(str::to_owned).collect();
        let shown = &lines[block.from + 1..block.to];
        if shown != found {
            let _ = writeln!(
                wrong,
                "$ {command}\n--- shown\n{}\n--- found\n{}",
                shown.join("\n"),
                found.join("\n")
            );
        }
        lines.splice(block.from + 1..block.to, found);
        run += 1;
    }
    assert!(run > 0, "{path} shows no session");
    settle(path, &lines, &wrong);
}

fn settle(path: &str, lines: &[String], wrong: &str) {
    if !wrong.is_empty() && std::env::var_os(UPDATE).is_some() {
        std::fs::write(repository(path), lines.join("\n") + "\n").unwrap();
    }
    assert!(wrong.is_empty(), "{path}\n{wrong}\n{UPDATE}=1 rewrites");
}

/// A call and what it is said to print.
struct Example {
    call: String,
    shown: [String; 2],
    line: usize,
    in_table: bool,
}

impl Example {
    fn write(&self, lines: &mut [String], [zh, en]: &[&str; 2]) {
        if self.in_table {
            let call = self.call.replace('|', "\\|");
            lines[self.line] = format!("| `{call}` | {zh} | {en} |");
        } else {
            lines[self.line + 1] = format!("- {zh}");
            lines[self.line + 2] = format!("- {en}");
        }
    }
}

/// Rows of tables headed `call`, and lists of a call and its two outputs.
fn examples(lines: &[String]) -> Vec<Example> {
    let mut found = Vec::new();
    let mut in_table = false;
    for (line, text) in lines.iter().enumerate() {
        if text.starts_with('|') {
            in_table |= text == "| call | Chinese | English |";
            let text = text.replace("\\|", "\u{1}");
            let cells: Vec<&str> = text.trim_matches('|').split('|').map(str::trim).collect();
            if let [call, zh, en] = cells[..]
                && in_table
                && let Some(call) = code(call)
            {
                let call = call.replace('\u{1}', "|");
                let shown = [zh.to_owned(), en.to_owned()];
                found.push(Example { call, shown, line, in_table });
            }
            continue;
        }
        in_table = false;
        let call = text.strip_prefix("- ").and_then(code);
        if let (Some(call), [zh, en, ..]) = (call, &lines[line + 1..])
            && let (Some(zh), Some(en)) = (zh.strip_prefix("- "), en.strip_prefix("- "))
        {
            let shown = [zh.to_owned(), en.to_owned()];
            found.push(Example { call: call.to_owned(), shown, line, in_table });
        }
    }
    found
}

/// What stands between a pair of backquotes.
fn code(text: &str) -> Option<&str> {
    text.strip_prefix('`')?.strip_suffix('`').filter(|inner| !inner.contains('`'))
}

/// A fenced block: the last line before it, and the lines inside.
struct Block {
    intro: String,
    from: usize,
    to: usize,
}

fn blocks(lines: &[String]) -> Vec<Block> {
    let mut found = Vec::new();
    let mut open: Option<usize> = None;
    for (at, line) in lines.iter().enumerate().filter(|(_, l)| l.starts_with("```")) {
        match open.take() {
            Some(from) => {
                let before = lines[..from - 1].iter().rev().find(|l| !l.is_empty());
                let intro = before.cloned().unwrap_or_default();
                found.push(Block { intro, from, to: at });
            }
            None if line.len() > 3 => open = Some(at + 1),
            None => panic!("a block without language: line {}", at + 1),
        }
    }
    found
}

/// The texts of a generated section: string literals in order.
fn plain(typst: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    let mut chars = typst.chars();
    while let Some(c) = chars.next() {
        match (inside, c) {
            (_, '"') => inside = !inside,
            (true, '\\') => out.extend(chars.next()),
            (true, c) => out.push(c),
            (false, _) => {}
        }
    }
    out
}

fn between<'a>(text: &'a str, open: &str, close: &str) -> &'a str {
    let (_, rest) = text.split_once(open).unwrap_or_else(|| panic!("no {open} in the section"));
    rest.split_once(close).unwrap().0
}

fn owned((a, b): (&str, &str)) -> (String, String) {
    (a.to_owned(), b.to_owned())
}

/// The guide shows for every code what its fixture says, so that neither grows old.
#[test]
fn messages_of_the_diagnostics_guide() {
    let path = "docs/guide/diagnostics.md";
    let text = std::fs::read_to_string(repository(path)).unwrap();
    let lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut shown = 0;
    for block in blocks(&lines) {
        let block = lines[block.from..block.to].join("\n");
        let head = block.strip_prefix("error[").or_else(|| block.strip_prefix("warning["));
        let Some((code, _)) = head.and_then(|head| head.split_once("]: ")) else { continue };
        let expected = repository("tests/fixtures/invalid").join(code).join("expected.txt");
        let expected = std::fs::read_to_string(expected).unwrap();
        assert!(expected.contains(&block), "{path} shows\n{block}\nthe fixture says\n{expected}");
        shown += 1;
    }
    assert!(shown >= Code::ALL.len(), "{shown} messages of {} codes", Code::ALL.len());
}
