//! Layout sections written in Typst and filled by templates: marks become literals of the place.
//!
//! The filled source is parsed by Typst's own parser, so that a value lands as text in markup, as a
//! string in code, and escaped inside a string: data can never become markup here either.

use typst::syntax::{LinkedNode, SyntaxKind, parse};

use crate::content::markdown::string;
use crate::content::put::{Piece, Put, Store};

/// Stands for a mark while the source is parsed: a word of letters and digits.
const WORD: &str = "rankpressmark";

/// Exchanges the marks of a filled Typst source for what was put.
#[must_use]
pub(super) fn fill(filled: &str, store: &Store) -> String {
    let mut texts: Vec<String> = Vec::new();
    let mut source = String::with_capacity(filled.len());
    for piece in store.split(filled) {
        match piece {
            Piece::Written(text) => source.push_str(&text),
            Piece::Put(Put::Phrase(phrase)) => {
                source.push_str(&word(texts.len()));
                texts.push(phrase.text);
            }
            Piece::Put(Put::Reference(_) | Put::Block(_)) => {}
        }
    }
    let root = parse(&source);
    let mut out = String::with_capacity(source.len());
    emit(&LinkedNode::new(&root), &texts, &mut out);
    out
}

fn word(index: usize) -> String {
    format!("{WORD}{index}x")
}

fn emit(node: &LinkedNode<'_>, texts: &[String], out: &mut String) {
    if node.children().next().is_some() {
        for child in node.children() {
            emit(&child, texts, out);
        }
        return;
    }
    let leaf = node.leaf_text();
    if !leaf.contains(WORD) {
        out.push_str(leaf);
        return;
    }
    let mut rest: String = leaf.to_string();
    for (index, text) in texts.iter().enumerate() {
        let word = word(index);
        if !rest.contains(&word) {
            continue;
        }
        let literal = string(text);
        let replacement = match node.kind() {
            SyntaxKind::Str => literal[1..literal.len() - 1].to_owned(),
            SyntaxKind::Text => format!("#{literal};"),
            _ => literal,
        };
        rest = rest.replace(&word, &replacement);
    }
    out.push_str(&rest);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::phrase::Phrase;

    #[test]
    fn values_are_escaped_for_where_they_land() {
        let store = Store::default();
        let put = |text: &str| store.keep(Put::Phrase(Phrase::plain(text)));
        let (a, b, c) = (put("#x \"1\""), put("*b*"), put("7"));
        let filled = format!("= Title {b}\n#cover(meta, \"by {a}\", {c})");
        assert_eq!(
            fill(&filled, &store),
            "= Title #\"*b*\";\n#cover(meta, \"by #x \\\"1\\\"\", \"7\")"
        );
    }
}
