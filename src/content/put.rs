//! What expressions put into a section, carried past the Markdown parser as opaque marks.
//!
//! A template expression does not write its text into the Markdown source: it writes a mark and
//! leaves the text here. After parsing, the mark is exchanged for the text, escaped for the place
//! it landed in. Data can therefore never become markup.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use minijinja::value::{Object, ObjectRepr, Value};

use crate::content::block::Block;
use crate::content::phrase::Phrase;

/// First character of a mark, from a private-use plane that no face and no text uses.
const OPEN: char = '\u{F0000}';
/// Last character of a mark.
const CLOSE: char = '\u{F0001}';
/// Digits of a mark.
const DIGITS: [char; 10] = [
    '\u{F0010}',
    '\u{F0011}',
    '\u{F0012}',
    '\u{F0013}',
    '\u{F0014}',
    '\u{F0015}',
    '\u{F0016}',
    '\u{F0017}',
    '\u{F0018}',
    '\u{F0019}',
];

/// Something an expression puts into a section.
#[derive(Debug, Clone)]
pub enum Put {
    /// Text in the line.
    Phrase(Phrase),
    /// A reference to a figure, table or section, by id.
    Reference(String),
    /// A block of its own.
    Block(Arc<Block>),
}

/// Everything put during the rendering of one language.
#[derive(Debug, Clone, Default)]
pub struct Store {
    all: Arc<Mutex<Vec<Put>>>,
    illustrative: Arc<AtomicBool>,
}

impl Store {
    /// Keeps something and returns its mark.
    #[must_use]
    pub fn keep(&self, put: Put) -> String {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(put);
        mark(all.len() - 1)
    }

    /// Notes that what is being put rests on illustrative data.
    pub fn note_illustrative(&self) {
        self.illustrative.store(true, Ordering::Relaxed);
    }

    /// Whether anything noted so since the last call rests on illustrative data.
    #[must_use]
    pub fn take_illustrative(&self) -> bool {
        self.illustrative.swap(false, Ordering::Relaxed)
    }

    fn get(&self, index: usize) -> Option<Put> {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).get(index).cloned()
    }

    /// Splits text into what was written and what was put.
    #[must_use]
    pub fn split(&self, text: &str) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find(OPEN) {
            let Some(close) = rest[open..].find(CLOSE).map(|c| open + c) else { break };
            if open > 0 {
                pieces.push(Piece::Written(rest[..open].to_owned()));
            }
            let index = unmark(&rest[open + OPEN.len_utf8()..close]);
            if let Some(put) = index.and_then(|i| self.get(i)) {
                pieces.push(Piece::Put(put));
            }
            rest = &rest[close + CLOSE.len_utf8()..];
        }
        if !rest.is_empty() {
            pieces.push(Piece::Written(rest.to_owned()));
        }
        pieces
    }

    /// Exchanges every mark for its plain text.
    #[must_use]
    pub fn plain(&self, text: &str) -> String {
        self.split(text)
            .into_iter()
            .map(|piece| match piece {
                Piece::Written(text) => text,
                Piece::Put(Put::Phrase(phrase)) => phrase.text,
                Piece::Put(_) => String::new(),
            })
            .collect()
    }
}

/// A piece of text after its marks have been found.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Text of the template.
    Written(String),
    /// What an expression put.
    Put(Put),
}

fn mark(index: usize) -> String {
    let digits = index.to_string();
    let digits = digits.bytes().map(|b| DIGITS[usize::from(b - b'0')]);
    std::iter::once(OPEN).chain(digits).chain([CLOSE]).collect()
}

fn unmark(digits: &str) -> Option<usize> {
    digits.chars().try_fold(0_usize, |n, c| {
        let digit = DIGITS.iter().position(|d| *d == c)?;
        n.checked_mul(10)?.checked_add(digit)
    })
}

/// What a template value stands for, so that helpers take it back as an argument.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Subject {
    /// Nothing but itself.
    None,
    /// The unit at a position of the sample.
    Unit(usize),
    /// The node at a position of the methodology.
    Node(usize),
    /// The network at a position, or the part of it at another.
    Network(usize, Option<usize>),
    /// The table of entities at a position.
    Cascade(usize),
}

/// A template value: prints as what it puts and has fields.
#[derive(Debug)]
pub(super) struct Thing {
    /// What it prints.
    pub put: Put,
    /// What stands after a dot.
    pub fields: BTreeMap<&'static str, Value>,
    /// What it stands for.
    pub subject: Subject,
}

impl Thing {
    /// A value that prints a phrase and has no fields.
    #[must_use]
    pub(super) fn phrase(phrase: Phrase) -> Value {
        Self::put(Put::Phrase(phrase))
    }

    /// A value that puts a block.
    #[must_use]
    pub(super) fn block(block: Block) -> Value {
        Self::put(Put::Block(Arc::new(block)))
    }

    /// A value that puts something and has no fields.
    #[must_use]
    pub(super) fn put(put: Put) -> Value {
        Value::from_object(Self { put, fields: BTreeMap::new(), subject: Subject::None })
    }
}

impl Object for Thing {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        self.fields.get(key.as_str()?).cloned()
    }

    fn is_true(self: &Arc<Self>) -> bool {
        match &self.put {
            Put::Phrase(phrase) => !phrase.is_empty(),
            Put::Reference(_) | Put::Block(_) => true,
        }
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.put {
            Put::Phrase(phrase) => f.write_str(&phrase.text),
            Put::Reference(_) | Put::Block(_) => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_come_back_as_what_was_put() {
        let store = Store::default();
        let marks: Vec<String> =
            (0..12).map(|i| store.keep(Put::Phrase(Phrase::plain(format!("*{i}*"))))).collect();
        let text = format!("甲{}乙{}", marks[11], marks[0]);
        assert_eq!(store.plain(&text), "甲*11*乙*0*");
        assert_eq!(store.split(&text).len(), 4);
    }

    #[test]
    fn a_mark_typed_by_hand_puts_nothing() {
        let store = Store::default();
        assert_eq!(store.plain(&format!("a{}b{OPEN}", mark(7))), format!("ab{OPEN}"));
    }
}
