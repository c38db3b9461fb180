//! YAML with places: every node of a file and the bytes it stands on.
//!
//! The parser gives events with positions; this builds a small tree from them, which `shape` checks
//! and `validate` asks for places. Values themselves are read by `serde_yaml`, here and nowhere else.

use saphyr_parser::{Event, Parser, ScalarStyle, Span as YamlSpan};
use serde::de::DeserializeOwned;

use crate::diag::{Code, Diagnostic, FileId, Span};

/// Deepest nesting of a configuration file.
const MAX_DEPTH: usize = 64;

/// A node of a YAML file.
#[derive(Debug, Clone)]
pub struct Place {
    /// The bytes it stands on; for a mapping or sequence those of its first line.
    pub span: Span,
    /// What it is.
    pub value: PlaceValue,
}

/// What a node is.
#[derive(Debug, Clone)]
pub enum PlaceValue {
    /// A scalar and whether it is quoted.
    Scalar(String, bool),
    /// A sequence.
    Sequence(Vec<Place>),
    /// A mapping; keys with their places.
    Mapping(Vec<(String, Span, Place)>),
}

impl Place {
    /// The value under a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match &self.value {
            PlaceValue::Mapping(entries) => {
                entries.iter().find(|(k, _, _)| k == key).map(|(_, _, v)| v)
            }
            _ => None,
        }
    }

    /// The element at an index.
    #[must_use]
    pub fn index(&self, index: usize) -> Option<&Self> {
        match &self.value {
            PlaceValue::Sequence(items) => items.get(index),
            _ => None,
        }
    }

    /// The place under a key, or this node's own if the key is absent.
    #[must_use]
    pub fn span_of(&self, key: &str) -> Span {
        self.get(key).map_or(self.span, |p| p.span)
    }
}

/// Parses a file into places.
///
/// # Errors
/// The first syntax error, or a key that stands twice in one mapping.
pub(super) fn places(text: &str, file: FileId) -> Result<Place, Vec<Diagnostic>> {
    let mut builder = Builder { offsets: Offsets::new(text), file, stack: Vec::new(), root: None };
    for event in Parser::new_from_str(text) {
        match event {
            Ok((event, span)) => builder.event(event, span).map_err(|d| vec![d])?,
            Err(error) => {
                let at = builder.offsets.byte(error.marker().index());
                let line_end = text[at..].find('\n').map_or(text.len(), |n| at + n);
                let span = Span::new(file, at, line_end.max(at));
                return Err(vec![
                    Diagnostic::error(Code::ConfigSyntax, format!("not YAML: {}", error.info()))
                        .at(span, ""),
                ]);
            }
        }
    }
    let Some(root) = builder.root else {
        return Err(vec![
            Diagnostic::error(Code::ConfigSyntax, "the file is empty")
                .at(Span::new(file, 0, text.len()), ""),
        ]);
    };
    let mut doubled = Vec::new();
    duplicate_keys(&root, &mut doubled);
    if doubled.is_empty() { Ok(root) } else { Err(doubled) }
}

/// Reads a file whose shape has been checked.
///
/// # Errors
/// What `serde_yaml` still finds wrong, at its place.
pub(super) fn read<T: DeserializeOwned>(text: &str, file: FileId) -> Result<T, Diagnostic> {
    serde_yaml::from_str(text).map_err(|error| {
        let span = error.location().map(|l| {
            let at = l.index().min(text.len());
            Span::new(file, at, (at + 1).min(text.len()))
        });
        Diagnostic::error(Code::ConfigBadValue, error.to_string()).at_opt(span, "")
    })
}

fn duplicate_keys(place: &Place, found: &mut Vec<Diagnostic>) {
    match &place.value {
        PlaceValue::Scalar(..) => {}
        PlaceValue::Sequence(items) => items.iter().for_each(|p| duplicate_keys(p, found)),
        PlaceValue::Mapping(entries) => {
            for (i, (key, span, value)) in entries.iter().enumerate() {
                if let Some((_, first, _)) = entries[..i].iter().find(|(k, _, _)| k == key) {
                    found.push(
                        Diagnostic::error(
                            Code::ConfigDuplicateKey,
                            format!("`{key}` stands twice"),
                        )
                        .at(*span, "again here")
                        .at(*first, "first here"),
                    );
                }
                duplicate_keys(value, found);
            }
        }
    }
}

/// The parser counts characters, diagnostics count bytes.
struct Offsets {
    bytes: Vec<usize>,
}

impl Offsets {
    fn new(text: &str) -> Self {
        Self { bytes: text.char_indices().map(|(i, _)| i).chain([text.len()]).collect() }
    }

    fn byte(&self, character: usize) -> usize {
        self.bytes[character.min(self.bytes.len() - 1)]
    }
}

enum Open {
    Sequence(Span, Vec<Place>),
    Mapping(Span, Vec<(String, Span, Place)>, Option<(String, Span)>),
}

struct Builder {
    offsets: Offsets,
    file: FileId,
    stack: Vec<Open>,
    root: Option<Place>,
}

impl Builder {
    fn event(&mut self, event: Event<'_>, at: YamlSpan) -> Result<(), Diagnostic> {
        let span = Span::new(
            self.file,
            self.offsets.byte(at.start.index()),
            self.offsets.byte(at.end.index()),
        );
        match event {
            Event::Scalar(text, style, _, _) => {
                let quoted = style != ScalarStyle::Plain;
                self.put(Place { span, value: PlaceValue::Scalar(text.into_owned(), quoted) })
            }
            Event::SequenceStart(..) => self.open(Open::Sequence(span, Vec::new()), span),
            Event::MappingStart(..) => self.open(Open::Mapping(span, Vec::new(), None), span),
            Event::SequenceEnd | Event::MappingEnd => self.close(),
            Event::Alias(_) => Err(Diagnostic::error(
                Code::ConfigSyntax,
                "aliases are not allowed in configuration files",
            )
            .at(span, "")
            .help("write the value out")),
            _ => Ok(()),
        }
    }

    fn open(&mut self, open: Open, span: Span) -> Result<(), Diagnostic> {
        if self.stack.len() >= MAX_DEPTH {
            return Err(
                Diagnostic::error(Code::ConfigSyntax, "the file nests too deeply").at(span, "")
            );
        }
        self.stack.push(open);
        Ok(())
    }

    fn close(&mut self) -> Result<(), Diagnostic> {
        match self.stack.pop() {
            Some(Open::Sequence(span, items)) => {
                self.put(Place { span, value: PlaceValue::Sequence(items) })
            }
            Some(Open::Mapping(span, entries, _)) => {
                let span = entries.first().map_or(span, |(_, key, _)| *key);
                self.put(Place { span, value: PlaceValue::Mapping(entries) })
            }
            None => Ok(()),
        }
    }

    fn put(&mut self, place: Place) -> Result<(), Diagnostic> {
        match self.stack.last_mut() {
            None => self.root = Some(place),
            Some(Open::Sequence(_, items)) => items.push(place),
            Some(Open::Mapping(_, entries, pending)) => match pending.take() {
                Some((key, span)) => entries.push((key, span, place)),
                None => match place.value {
                    PlaceValue::Scalar(key, _) => *pending = Some((key, place.span)),
                    _ => {
                        return Err(Diagnostic::error(Code::ConfigSyntax, "a key must be a word")
                            .at(place.span, ""));
                    }
                },
            },
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_bytes_even_after_han_text() {
        let text = "名称: 北京\nrange: [0, 100]\n";
        let root = places(text, FileId(0)).unwrap();
        let span = root.get("range").unwrap().index(1).unwrap().span;
        assert_eq!(&text[span.start..span.end], "100");
    }

    #[test]
    fn trouble_is_found() {
        assert_eq!(places("a: 1\na: 2", FileId(0)).unwrap_err()[0].code, Code::ConfigDuplicateKey);
        assert_eq!(places("a: [1", FileId(0)).unwrap_err()[0].code, Code::ConfigSyntax);
        assert_eq!(places("", FileId(0)).unwrap_err()[0].code, Code::ConfigSyntax);
        assert!(places(&"[".repeat(500), FileId(0)).is_err());
    }
}
