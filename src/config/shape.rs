//! Shape of a configuration file: every node checked against the JSON Schema of the raw types.
//!
//! One schema serves the editor and this check, so the two cannot disagree; all mistakes of a file
//! come in one run, each at its own place.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde_json::Value;

use crate::config::yaml::{Place, PlaceValue};
use crate::diag::{Code, Diagnostic, alternatives, nearest};

/// What the names of the types begin with that read files; readers of the schema need not know.
const RAW: &str = "Raw";

/// The JSON Schema (draft 2020-12) of a raw type.
#[must_use]
pub(super) fn schema_of<T: JsonSchema>() -> Value {
    let mut schema =
        SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<T>().to_value();
    name_publicly(&mut schema);
    schema
}

/// Names definitions by what they are: `RawNode` becomes `Node`, wherever it is named.
fn name_publicly(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            for key in ["$ref", "title"] {
                if let Some(Value::String(name)) = fields.get_mut(key) {
                    *name = name.replacen(&format!("/{RAW}"), "/", 1);
                    *name = name.strip_prefix(RAW).unwrap_or(name).to_owned();
                }
            }
            if let Some(Value::Object(definitions)) = fields.get_mut("$defs") {
                *definitions = std::mem::take(definitions)
                    .into_iter()
                    .map(|(name, own)| (name.strip_prefix(RAW).unwrap_or(&name).to_owned(), own))
                    .collect();
            }
            fields.values_mut().for_each(name_publicly);
        }
        Value::Array(items) => items.iter_mut().for_each(name_publicly),
        _ => {}
    }
}

/// Checks a file against the schema of `T`; none means the file can be read as `T`.
#[must_use]
pub(super) fn check<T: JsonSchema>(root: &Place) -> Vec<Diagnostic> {
    let schema = schema_of::<T>();
    let mut checker = Checker { definitions: schema.get("$defs"), found: Vec::new() };
    checker.node(root, &schema, "the file");
    checker.found
}

struct Checker<'a> {
    definitions: Option<&'a Value>,
    found: Vec<Diagnostic>,
}

impl<'a> Checker<'a> {
    fn node(&mut self, place: &Place, schema: &'a Value, name: &str) {
        let schema = self.resolve(schema);
        if let Some(options) = ["anyOf", "oneOf"].iter().find_map(|k| schema.get(k)) {
            self.any_of(place, options, name);
            return;
        }
        if let Some(words) = words(schema) {
            self.word(place, &words, name);
            return;
        }
        let kinds = kinds(schema);
        match &place.value {
            PlaceValue::Mapping(entries) if kinds.contains(&"object") => {
                self.mapping(place, entries, schema, name);
            }
            PlaceValue::Sequence(items) if kinds.contains(&"array") => {
                self.sequence(place, items, schema, name);
            }
            PlaceValue::Scalar(text, quoted) => self.scalar(place, text, *quoted, schema, name),
            _ => self.wrong_kind(place, &kinds, name),
        }
    }

    fn resolve(&self, schema: &'a Value) -> &'a Value {
        let Some(reference) = schema.get("$ref").and_then(Value::as_str) else { return schema };
        let name = reference.rsplit('/').next().unwrap_or(reference);
        self.definitions.and_then(|d| d.get(name)).unwrap_or(schema)
    }

    /// The option that fits, or the complaints of the one that fits the kind of node best.
    fn any_of(&mut self, place: &Place, options: &'a Value, name: &str) {
        let Some(options) = options.as_array() else { return };
        if let Some(words) = all_words(options) {
            self.word(place, &words, name);
            return;
        }
        let mut best: Option<(bool, Vec<Diagnostic>)> = None;
        for option in options {
            let mut attempt = Checker { definitions: self.definitions, found: Vec::new() };
            attempt.node(place, option, name);
            if attempt.found.is_empty() {
                return;
            }
            let null = kinds(self.resolve(option)) == ["null"];
            let suits = self.suits(place, option);
            if !null && best.as_ref().is_none_or(|(suited, _)| suits && !suited) {
                best = Some((suits, attempt.found));
            }
        }
        self.found.extend(best.map(|(_, found)| found).unwrap_or_default());
    }

    /// Whether an option wants this kind of node at all.
    fn suits(&self, place: &Place, option: &'a Value) -> bool {
        let option = self.resolve(option);
        if let Some(options) = ["anyOf", "oneOf"].iter().find_map(|k| option.get(k)) {
            return options.as_array().is_some_and(|o| o.iter().any(|o| self.suits(place, o)));
        }
        match &place.value {
            PlaceValue::Mapping(_) => kinds(option).contains(&"object"),
            PlaceValue::Sequence(_) => kinds(option).contains(&"array"),
            PlaceValue::Scalar(..) => {
                words(option).is_some()
                    || kinds(option).iter().any(|k| !matches!(*k, "object" | "array" | "null"))
            }
        }
    }

    fn mapping(
        &mut self,
        place: &Place,
        entries: &[(String, crate::diag::Span, Place)],
        schema: &'a Value,
        name: &str,
    ) {
        let properties = schema.get("properties").and_then(Value::as_object);
        let additional = schema.get("additionalProperties");
        for (key, span, value) in entries {
            if let Some(property) = properties.and_then(|p| p.get(key)) {
                self.node(value, property, key);
            } else if additional.is_some_and(Value::is_object) {
                self.node(value, additional.unwrap_or(&Value::Null), key);
            } else {
                let known: Vec<&str> =
                    properties.into_iter().flatten().map(|(k, _)| k.as_str()).collect();
                self.found.push(unknown_key(key, &known, name).at(*span, "not a key here"));
            }
        }
        let required = schema.get("required").and_then(Value::as_array);
        for key in required.into_iter().flatten().filter_map(Value::as_str) {
            if place.get(key).is_none() {
                self.found.push(
                    Diagnostic::error(
                        Code::ConfigMissingKey,
                        format!("{} lacks `{key}`", owner(name)),
                    )
                    .at(place.span, format!("`{key}` belongs here"))
                    .help(describe(properties.and_then(|p| p.get(key)), key)),
                );
            }
        }
    }

    fn sequence(&mut self, place: &Place, items: &[Place], schema: &'a Value, name: &str) {
        let fixed = schema.get("maxItems").and_then(Value::as_u64);
        if let Some(count) = fixed.filter(|&n| n != items.len() as u64) {
            self.found.push(
                Diagnostic::error(
                    Code::ConfigBadValue,
                    format!("`{name}` wants {count} values, found {}", items.len()),
                )
                .at(place.span, ""),
            );
        }
        if let Some(item) = schema.get("items") {
            for element in items {
                self.node(element, item, name);
            }
        }
    }

    fn word(&mut self, place: &Place, words: &[&str], name: &str) {
        let quoted: Vec<String> = words.iter().map(|w| format!("`{w}`")).collect();
        let PlaceValue::Scalar(text, _) = &place.value else {
            self.found.push(
                Diagnostic::error(Code::ConfigBadValue, format!("`{name}` wants one word"))
                    .at(place.span, "")
                    .help(format!("write {}", alternatives(&quoted))),
            );
            return;
        };
        if !words.contains(&text.as_str()) {
            self.found.push(
                Diagnostic::error(Code::ConfigBadValue, format!("`{name}` does not know `{text}`"))
                    .at(place.span, "not one of the allowed words")
                    .did_you_mean(&nearest(text, words.iter().copied()))
                    .help(format!("write {}", alternatives(&quoted))),
            );
        }
    }

    fn scalar(&mut self, place: &Place, text: &str, quoted: bool, schema: &Value, name: &str) {
        let kinds = kinds(schema);
        let number = (!quoted).then(|| text.parse::<f64>().ok()).flatten();
        let null = !quoted && matches!(text, "" | "~" | "null" | "Null" | "NULL");
        let truth = !quoted && matches!(text, "true" | "false");
        let fits = kinds.is_empty()
            || (null && kinds.contains(&"null"))
            || (kinds.contains(&"string") && !null && (quoted || (number.is_none() && !truth)))
            || (number.is_some() && kinds.contains(&"number"))
            || (number.is_some_and(|n| n.fract() == 0.0) && kinds.contains(&"integer"))
            || (truth && kinds.contains(&"boolean"));
        if !fits {
            self.wrong_kind(place, &kinds, name);
        } else if let Some(number) = number {
            self.bounds(place, number, schema, name);
        }
    }

    fn bounds(&mut self, place: &Place, number: f64, schema: &Value, name: &str) {
        let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
        let low = limit("minimum").filter(|&m| number < m);
        let high = limit("maximum").filter(|&m| number > m);
        if low.is_none() && high.is_none() && number.is_finite() {
            return;
        }
        let range = match (limit("minimum"), limit("maximum")) {
            (Some(low), Some(high)) if low >= high => low.to_string(),
            (Some(low), Some(high)) => format!("from {low} to {high}"),
            (Some(low), None) => format!("{low} or more"),
            (None, Some(high)) => format!("{high} or less"),
            (None, None) => "finite".to_owned(),
        };
        self.found.push(
            Diagnostic::error(Code::ConfigInvalid, format!("`{name}` must be {range}"))
                .at(place.span, format!("found {number}")),
        );
    }

    fn wrong_kind(&mut self, place: &Place, kinds: &[&str], name: &str) {
        let wanted: Vec<String> =
            kinds.iter().filter(|k| **k != "null").map(|k| kind_name(k).to_owned()).collect();
        let found = match &place.value {
            PlaceValue::Mapping(_) => "a mapping".to_owned(),
            PlaceValue::Sequence(_) => "a list".to_owned(),
            PlaceValue::Scalar(text, _) if text.is_empty() => "nothing".to_owned(),
            PlaceValue::Scalar(text, _) => format!("`{text}`"),
        };
        let mut diagnostic = Diagnostic::error(
            Code::ConfigBadValue,
            format!("`{name}` wants {}, found {found}", alternatives(&wanted)),
        )
        .at(place.span, "");
        let scalar = matches!(place.value, PlaceValue::Scalar(..));
        if scalar && kinds.contains(&"string") {
            diagnostic = diagnostic.help("put the value in quotation marks");
        }
        self.found.push(diagnostic);
    }
}

fn unknown_key(key: &str, known: &[&str], name: &str) -> Diagnostic {
    let suggestions = nearest(key, known.iter().copied());
    let diagnostic =
        Diagnostic::error(Code::ConfigUnknownKey, format!("{} has no key `{key}`", owner(name)));
    if suggestions.is_empty() {
        let quoted: Vec<String> = known.iter().map(|k| format!("`{k}`")).collect();
        diagnostic.help(format!("keys here are {}", quoted.join(", ")))
    } else {
        diagnostic.did_you_mean(&suggestions)
    }
}

fn owner(name: &str) -> String {
    if name.contains(' ') { name.to_owned() } else { format!("`{name}`") }
}

fn describe(property: Option<&Value>, key: &str) -> String {
    let text = property.and_then(|p| p.get("description")).and_then(Value::as_str);
    match text {
        Some(text) => format!("add `{key}`: {}", text.replace('\n', " ")),
        None => format!("add `{key}`"),
    }
}

/// The kinds of node a schema allows.
fn kinds(schema: &Value) -> Vec<&str> {
    match schema.get("type") {
        Some(Value::String(kind)) => vec![kind.as_str()],
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

const fn kind_name(kind: &str) -> &str {
    match kind.as_bytes() {
        b"object" => "a mapping",
        b"array" => "a list",
        b"string" => "text",
        b"integer" => "a whole number",
        b"number" => "a number",
        b"boolean" => "true or false",
        _ => kind,
    }
}

/// The words of an enumeration, if the schema is one.
fn words(schema: &Value) -> Option<Vec<&str>> {
    if let Some(word) = schema.get("const").and_then(Value::as_str) {
        return Some(vec![word]);
    }
    let words: Vec<&str> =
        schema.get("enum")?.as_array()?.iter().filter_map(Value::as_str).collect();
    (!words.is_empty()).then_some(words)
}

fn all_words(options: &[Value]) -> Option<Vec<&str>> {
    let lists: Option<Vec<Vec<&str>>> = options.iter().map(words).collect();
    lists.map(|l| l.into_iter().flatten().collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{raw::RawMethodology, yaml::places};
    use crate::diag::FileId;

    fn complaints(text: &str) -> Vec<String> {
        let root = places(text, FileId(0)).unwrap();
        check::<RawMethodology>(&root).into_iter().map(|d| d.message).collect()
    }

    #[test]
    fn a_good_file_passes() {
        let text = "schema-version: 1\nnormalisation: { method: min-max, range: [0, 100] }\n\
                    ranks: { round-digits: 2 }\nframework: [{ code: a, weight: 1 }]\n";
        assert!(complaints(text).is_empty(), "{:?}", complaints(text));
    }

    #[test]
    fn words_and_mappings_are_told_apart() {
        let of = |rule: &str| {
            complaints(&format!(
                "schema-version: 1\nmissing: {{ imputation: {rule} }}\nframework: [{{ code: a }}]\n"
            ))
        };
        assert!(of("linear").is_empty());
        assert!(of("{ method: latest, max-age: 2 }").is_empty());
        assert_eq!(of("meen"), ["`imputation` does not know `meen`"]);
        assert_eq!(of("{ method: mean, age: 2 }"), ["`imputation` has no key `age`"]);
        assert_eq!(
            of("{ max-age: 0 }"),
            ["`max-age` must be from 1 to 100", "`imputation` lacks `method`",]
        );
    }

    #[test]
    fn all_mistakes_come_together() {
        let text = "schema-version: 2\nnormalization: {}\nweighting: equel\n\
                    ranks: { round-digits: many }\nframework:\n  - { cod: a }\n";
        let found = complaints(text);
        assert_eq!(
            found,
            [
                "`schema-version` must be 1",
                "the file has no key `normalization`",
                "`weighting` does not know `equel`",
                "`round-digits` wants a whole number, found `many`",
                "`framework` has no key `cod`",
                "`framework` lacks `code`",
            ]
        );
    }
}
