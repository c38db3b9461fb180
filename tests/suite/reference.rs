//! The reference of the configuration is the schema, written out: every key, its meaning, every
//! word it takes. The schema comes from the doc comments of the types that read the files.

use std::collections::VecDeque;
use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::guide::UPDATE;
use crate::project::repository;

/// What the page begins with.
const HEAD: &str = "# Reference of the configuration\n\n\
    Every key of every file, written from the schemas in `data/` (`rankpress schema`), which the \
    program itself reads files by. [The guide for producers](producer.md) tells how they work \
    together, [methodology](../methodology.md) what the methods compute. Texts in two languages are \
    written `{ zh: …, en: … }`. A key that is not marked may be left out.\n";

#[test]
fn the_reference_is_the_schema_written_out() {
    let mut page = HEAD.to_owned();
    for kind in ["report", "methodology", "corrections", "networks"] {
        let text =
            std::fs::read_to_string(repository(&format!("data/{kind}.schema.json"))).unwrap();
        let schema: Value = serde_json::from_str(&text).unwrap();
        Reference { file: kind, definitions: schema["$defs"].as_object().unwrap() }
            .write(&schema, &mut page);
    }
    let path = repository("docs/guide/reference.md");
    let shown = std::fs::read_to_string(&path).unwrap_or_default();
    if shown != page && std::env::var_os(UPDATE).is_some() {
        std::fs::write(&path, &page).unwrap();
        return;
    }
    assert!(shown == page, "docs/guide/reference.md is stale; {UPDATE}=1 rewrites");
}

/// Writes one file's part.
struct Reference<'a> {
    file: &'a str,
    definitions: &'a Map<String, Value>,
}

impl<'a> Reference<'a> {
    fn write(&self, schema: &'a Value, page: &mut String) {
        let file = self.file;
        let name = if file == "networks" { "a file of networks" } else { &format!("{file}.yaml") };
        let _ = write!(page, "\n## {name}\n\n{}\n", prose(schema));
        let mut told: Vec<&str> = Vec::new();
        let mut waiting: VecDeque<&str> = VecDeque::new();
        self.table(schema, &mut waiting, page);
        while let Some(name) = waiting.pop_front() {
            if told.contains(&name) {
                continue;
            }
            told.push(name);
            let own = &self.definitions[name];
            let _ = write!(page, "\n### {file}: {name}\n\n{}\n", prose(own));
            if own.get("properties").is_some() {
                self.table(own, &mut waiting, page);
            } else {
                words_table(own, page);
            }
        }
    }

    fn table(&self, own: &'a Value, waiting: &mut VecDeque<&'a str>, page: &mut String) {
        page.push_str("\n| key | | meaning |\n|---|---|---|\n");
        let required = own["required"].as_array().map(Vec::as_slice).unwrap_or_default();
        for (key, property) in own["properties"].as_object().unwrap() {
            let mark = if required.iter().any(|r| r == key) { "required" } else { "" };
            let mut used = Vec::new();
            definitions_in(property, &mut used);
            let links: Vec<String> = used.iter().map(|name| self.link(name)).collect();
            let links =
                if links.is_empty() { String::new() } else { format!(" {}.", links.join(", ")) };
            let _ = writeln!(page, "| `{key}` | {mark} | {}{links} |", cell(property));
            waiting.extend(used.into_iter().filter(|name| self.has_section(name)));
        }
    }

    fn has_section(&self, name: &str) -> bool {
        let own = &self.definitions[name];
        own.get("properties").is_some() || words(own).iter().any(|(_, meaning)| !meaning.is_empty())
    }

    /// A link to the section of a definition, or its words.
    fn link(&self, name: &str) -> String {
        let own = &self.definitions[name];
        let words: Vec<String> =
            words(own).into_iter().map(|(word, _)| format!("`{word}`")).collect();
        let anchor = format!("#{}-{}", self.file, name.to_lowercase());
        match (self.has_section(name), words.is_empty()) {
            (true, true) => format!("See [{name}]({anchor})"),
            (true, false) => format!("One of [{}]({anchor})", words.join(" ")),
            (false, _) => format!("One of {}", words.join(", ")),
        }
    }
}

/// Definitions a key takes its value from, in order, each once.
fn definitions_in<'a>(schema: &'a Value, used: &mut Vec<&'a str>) {
    match schema {
        Value::Object(fields) => {
            if let Some(name) = fields.get("$ref").and_then(Value::as_str) {
                let name = name.rsplit('/').next().unwrap();
                if !name.starts_with("Localised") && !used.contains(&name) {
                    used.push(name);
                }
            }
            fields.values().for_each(|inner| definitions_in(inner, used));
        }
        Value::Array(items) => items.iter().for_each(|inner| definitions_in(inner, used)),
        _ => {}
    }
}

/// The words of an enumeration with their meanings.
fn words(own: &Value) -> Vec<(&str, String)> {
    if let Some(plain) = own["enum"].as_array() {
        return plain.iter().filter_map(Value::as_str).map(|word| (word, String::new())).collect();
    }
    let options = own["oneOf"].as_array().map(Vec::as_slice).unwrap_or_default();
    let mut found = Vec::new();
    for option in options {
        match option["const"].as_str() {
            Some(word) => found.push((word, prose(option))),
            None => found.extend(words(option)),
        }
    }
    found
}

fn words_table(own: &Value, page: &mut String) {
    page.push_str("\n| word | meaning |\n|---|---|\n");
    for (word, meaning) in words(own) {
        let _ = writeln!(page, "| `{word}` | {} |", meaning.replace('|', "\\|"));
    }
}

/// A description on one line.
fn prose(schema: &Value) -> String {
    schema["description"].as_str().unwrap_or_default().replace('\n', " ")
}

fn cell(schema: &Value) -> String {
    prose(schema).replace('|', "\\|")
}
