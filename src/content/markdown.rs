//! Markdown with marks to Typst source.
//!
//! In: a filled section. Out: Typst in which every text is a string literal, so that no character of
//! it can act as markup. A soft line break between Han characters leaves no space; emphasis next to
//! Chinese punctuation is recognised.

use std::fmt::Write as _;

use comrak::nodes::{AstNode, ListType, NodeValue, TableAlignment};
use comrak::{Arena, Options, parse_document};

use crate::content::block::{Align, Block, Cell, Column, Place, Row, Size, Table};
use crate::content::phrase::Quantity;
use crate::content::put::{Piece, Put, Store};
use crate::content::typography::{joins_without_space, typographic};
use crate::lang::Lang;

/// What a section turned into.
#[derive(Debug, Default)]
pub(super) struct Converted {
    /// Typst source, without imports.
    pub typst: String,
    /// Ids that references may name: headings, figures, tables.
    pub targets: Vec<String>,
    /// Ids that are referred to.
    pub references: Vec<String>,
    /// Every text that will be printed.
    pub texts: Vec<String>,
    /// Every quantity an expression put, in order.
    pub quantities: Vec<Quantity>,
    /// What cannot be printed, in a sentence each.
    pub complaints: Vec<String>,
    /// Whether it opens a numbered chapter.
    pub numbered_chapter: bool,
}

/// Turns blocks into Typst source; knows file names, which Markdown does not.
pub(super) trait BlockWriter {
    /// Typst source of a block.
    fn write(&mut self, block: &Block, converted: &mut Converted) -> String;
}

/// Converts a filled section.
pub(super) fn convert(
    markdown: &str,
    lang: Lang,
    store: &Store,
    writer: &mut dyn BlockWriter,
) -> Converted {
    let mut converted = Converted::default();
    let source = convert_into(markdown, lang, store, writer, &mut converted);
    converted.typst = source;
    converted
}

/// Converts Markdown inside a block of another section.
pub(super) fn convert_into(
    markdown: &str,
    lang: Lang,
    store: &Store,
    writer: &mut dyn BlockWriter,
    converted: &mut Converted,
) -> String {
    let arena = Arena::new();
    let root = parse_document(&arena, markdown, &options(lang));
    let mut walk = Converter { lang, store, writer, converted, footnotes: footnotes(root) };
    let mut out = String::new();
    walk.blocks(root, &mut out);
    out
}

fn options(lang: Lang) -> Options<'static> {
    let mut options = Options::default();
    options.extension.table = true;
    options.extension.footnotes = true;
    options.extension.cjk_friendly_emphasis = true;
    options.parse.smart = lang == Lang::En;
    options
}

type Node<'a> = &'a AstNode<'a>;

fn footnotes(root: Node<'_>) -> Vec<(String, Node<'_>)> {
    root.descendants()
        .filter_map(|node| match &node.data().value {
            NodeValue::FootnoteDefinition(definition) => Some((definition.name.clone(), node)),
            _ => None,
        })
        .collect()
}

struct Converter<'a, 'w> {
    lang: Lang,
    store: &'w Store,
    writer: &'w mut dyn BlockWriter,
    converted: &'w mut Converted,
    footnotes: Vec<(String, Node<'a>)>,
}

/// An element of a line after marks have been exchanged.
enum Inline {
    Text(String),
    Code(String),
    Soft,
    Hard,
    Reference(String),
    Block(std::sync::Arc<Block>),
    /// A Typst function and what it wraps.
    Wrapped(String, Vec<Inline>),
    /// Finished Typst.
    Done(String),
}

impl<'a> Converter<'a, '_> {
    fn blocks(&mut self, parent: Node<'a>, out: &mut String) {
        for node in parent.children() {
            self.block(node, out);
        }
    }

    fn block(&mut self, node: Node<'a>, out: &mut String) {
        let value = node.data().value.clone();
        match value {
            NodeValue::Paragraph => self.paragraph(node, out),
            NodeValue::Heading(heading) => self.heading(node, heading.level, out),
            NodeValue::List(list) => {
                let function = match list.list_type {
                    ListType::Bullet => "list",
                    ListType::Ordered => "enum",
                };
                let _ = write!(out, "#{function}(tight: {}, ", list.tight);
                for item in node.children() {
                    let mut body = String::new();
                    self.blocks(item, &mut body);
                    let _ = write!(out, "[{}], ", body.trim());
                }
                out.push_str(")\n\n");
            }
            NodeValue::BlockQuote => {
                let mut body = String::new();
                self.blocks(node, &mut body);
                let _ = write!(out, "#quote(block: true)[{}]\n\n", body.trim());
            }
            NodeValue::Table(table) => self.table(node, &table.alignments, out),
            NodeValue::CodeBlock(code) => {
                self.converted.texts.push(code.literal.clone());
                let literal = self.store.plain(&code.literal);
                let _ = write!(out, "#raw(block: true, {})\n\n", string(literal.trim_end()));
            }
            NodeValue::ThematicBreak => out.push_str("#line(length: 100%)\n\n"),
            NodeValue::HtmlBlock(html) => {
                let line = html.literal.lines().next().unwrap_or("").to_owned();
                if !line.starts_with("<!--") {
                    self.converted.complaints.push(format!("HTML cannot be printed: `{line}`"));
                }
            }
            _ => {}
        }
    }

    fn paragraph(&mut self, node: Node<'a>, out: &mut String) {
        let mut line: Vec<Inline> = Vec::new();
        for inline in self.inlines(node) {
            match inline {
                Inline::Block(block) => {
                    self.end_paragraph(&mut line, out);
                    let source = self.writer.write(&block, self.converted);
                    out.push_str(&source);
                    out.push_str("\n\n");
                }
                other => line.push(other),
            }
        }
        self.end_paragraph(&mut line, out);
    }

    /// Writes the line as a paragraph, unless nothing in it is printed.
    fn end_paragraph(&mut self, line: &mut Vec<Inline>, out: &mut String) {
        let line = std::mem::take(line);
        if !is_blank(&line) {
            self.write_line(&line, out);
            out.push_str("\n\n");
        }
    }

    fn heading(&mut self, node: Node<'a>, level: u8, out: &mut String) {
        let mut inlines = self.inlines(node);
        let attributes = take_attributes(&mut inlines);
        let mut title = String::new();
        self.write_line(&inlines, &mut title);
        self.converted.numbered_chapter |= level == 1 && !attributes.unnumbered;
        let numbering = if attributes.unnumbered { ", numbering: none" } else { "" };
        let _ = write!(out, "#heading(depth: {level}{numbering})[{title}]");
        if let Some(id) = attributes.id {
            let _ = write!(out, " <{}-{id}>", self.lang);
            self.converted.targets.push(id);
        }
        out.push_str("\n\n");
    }

    fn table(&mut self, node: Node<'a>, alignments: &[TableAlignment], out: &mut String) {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        for row in node.children() {
            rows.push(row.children().map(|cell| Cell::Text(self.plain_text(cell))).collect());
        }
        let header = if rows.is_empty() { Vec::new() } else { vec![rows.remove(0)] };
        let columns = alignments
            .iter()
            .map(|alignment| match alignment {
                TableAlignment::Right => Column::auto(Align::Right),
                TableAlignment::Center => Column::auto(Align::Center),
                TableAlignment::Left | TableAlignment::None => Column::share(Align::Left, 1.0),
            })
            .collect();
        let table = Table {
            id: None,
            caption: String::new(),
            columns,
            header,
            rows: rows.into_iter().map(Row::Cells).collect(),
            notes: Vec::new(),
            source: None,
            size: Size::Normal,
            breakable: true,
            turned: false,
            place: Place::Here,
        };
        let source = self.writer.write(&Block::Table(table), self.converted);
        out.push_str(&source);
        out.push_str("\n\n");
    }

    fn plain_text(&mut self, node: Node<'a>) -> String {
        let inlines = self.inlines(node);
        let mut text = String::new();
        flatten(&inlines, &mut text);
        text
    }

    fn inlines(&mut self, parent: Node<'a>) -> Vec<Inline> {
        let mut out = Vec::new();
        for node in parent.children() {
            let value = node.data().value.clone();
            match value {
                NodeValue::Text(text) => self.pieces(&text, &mut out),
                NodeValue::Code(code) => out.push(Inline::Code(self.store.plain(&code.literal))),
                NodeValue::SoftBreak => out.push(Inline::Soft),
                NodeValue::LineBreak => out.push(Inline::Hard),
                NodeValue::Emph => out.push(Inline::Wrapped("emph".into(), self.inlines(node))),
                NodeValue::Strong => out.push(Inline::Wrapped("strong".into(), self.inlines(node))),
                NodeValue::Link(link) => {
                    let url = self.store.plain(&link.url);
                    out.push(Inline::Wrapped(
                        format!("link({})", string(&url)),
                        self.inlines(node),
                    ));
                }
                NodeValue::Image(link) => self
                    .converted
                    .complaints
                    .push(format!("pictures come from `figure`, not from `{}`", link.url)),
                NodeValue::HtmlInline(html) => {
                    self.converted.complaints.push(format!("HTML cannot be printed: `{html}`"));
                }
                NodeValue::FootnoteReference(reference) => self.footnote(&reference.name, &mut out),
                _ => out.extend(self.inlines(node)),
            }
        }
        out
    }

    fn pieces(&mut self, text: &str, out: &mut Vec<Inline>) {
        for piece in self.store.split(text) {
            out.push(match piece {
                Piece::Written(text) => Inline::Text(text),
                Piece::Put(Put::Phrase(phrase)) => {
                    self.converted.quantities.extend(phrase.values);
                    Inline::Text(phrase.text)
                }
                Piece::Put(Put::Reference(id)) => Inline::Reference(id),
                Piece::Put(Put::Block(block)) => Inline::Block(block),
            });
        }
    }

    fn footnote(&mut self, name: &str, out: &mut Vec<Inline>) {
        let definition = self.footnotes.iter().find(|(n, _)| n == name).map(|(_, node)| *node);
        let Some(definition) = definition else { return };
        let mut body = String::new();
        self.blocks(definition, &mut body);
        out.push(Inline::Done(format!("#footnote[{}]", body.trim())));
    }

    fn write_line(&mut self, line: &[Inline], out: &mut String) {
        let mut before: Option<char> = None;
        for (i, inline) in line.iter().enumerate() {
            match inline {
                Inline::Text(text) => {
                    let text = typographic(&collapse(text, before), self.lang);
                    if !text.is_empty() {
                        before = text.chars().last();
                        let _ = write!(out, "#{}", string(&text));
                        self.converted.texts.push(text);
                    }
                }
                Inline::Code(code) => {
                    before = Some('x');
                    let _ = write!(out, "#raw({})", string(code));
                    self.converted.texts.push(code.clone());
                }
                Inline::Soft => {
                    let after = line[i + 1..].iter().find_map(first_char);
                    if let (Some(b), Some(a)) = (before, after)
                        && !b.is_whitespace()
                        && !joins_without_space(b, a, self.lang)
                    {
                        out.push_str("#\" \"");
                        before = Some(' ');
                    }
                }
                Inline::Hard => out.push_str("#linebreak()"),
                Inline::Reference(id) => {
                    before = Some('0');
                    let _ = write!(out, "#ref-block(\"{}-{id}\")", self.lang);
                    self.converted.references.push(id.clone());
                }
                Inline::Wrapped(function, inner) => {
                    let _ = write!(out, "#{function}[");
                    self.write_line(inner, out);
                    out.push(']');
                    before = last_char(inner).or(before);
                }
                Inline::Done(typst) => out.push_str(typst),
                Inline::Block(_) => {}
            }
        }
    }
}

/// Runs of blanks become one; none after a blank or at the start of a line.
fn collapse(text: &str, before: Option<char>) -> String {
    let mut out = String::with_capacity(text.len());
    let mut last = before.or(Some(' '));
    for c in text.chars() {
        let blank = c == ' ' || c == '\n' || c == '\t';
        if blank && last == Some(' ') {
            continue;
        }
        let c = if blank { ' ' } else { c };
        out.push(c);
        last = Some(c);
    }
    out
}

fn is_blank(line: &[Inline]) -> bool {
    line.iter().all(|inline| match inline {
        Inline::Text(text) => text.trim().is_empty(),
        Inline::Soft | Inline::Hard => true,
        Inline::Wrapped(_, inner) => is_blank(inner),
        _ => false,
    })
}

fn first_char(inline: &Inline) -> Option<char> {
    match inline {
        Inline::Text(text) => text.chars().next(),
        Inline::Code(_) | Inline::Reference(_) => Some('x'),
        Inline::Wrapped(_, inner) => inner.iter().find_map(first_char),
        _ => None,
    }
}

fn last_char(line: &[Inline]) -> Option<char> {
    line.iter().rev().find_map(|inline| match inline {
        Inline::Text(text) => text.chars().last(),
        Inline::Code(_) | Inline::Reference(_) => Some('x'),
        Inline::Wrapped(_, inner) => last_char(inner),
        _ => None,
    })
}

fn flatten(line: &[Inline], out: &mut String) {
    for inline in line {
        match inline {
            Inline::Text(text) | Inline::Code(text) => out.push_str(text),
            Inline::Soft | Inline::Hard => out.push(' '),
            Inline::Wrapped(_, inner) => flatten(inner, out),
            Inline::Reference(_) | Inline::Block(_) | Inline::Done(_) => {}
        }
    }
}

#[derive(Default)]
struct Attributes {
    id: Option<String>,
    unnumbered: bool,
}

/// Takes `{#id}`, `{-}` or `{- #id}` off the end of a heading.
fn take_attributes(line: &mut [Inline]) -> Attributes {
    let mut plain = String::new();
    flatten(line, &mut plain);
    let plain = plain.trim_end();
    let (Some(open), true) = (plain.rfind('{'), plain.ends_with('}')) else {
        return Attributes::default();
    };
    let inside = &plain[open + 1..plain.len() - 1];
    let mut attributes = Attributes::default();
    for word in inside.split_whitespace() {
        match word.strip_prefix('#') {
            Some(id) => attributes.id = Some(id.to_owned()),
            None if word == "-" => attributes.unnumbered = true,
            None => return Attributes::default(),
        }
    }
    // The id may hold marks that were exchanged, so the attribute can span several pieces.
    let mut surplus = plain.len() - open;
    for inline in line.iter_mut().rev() {
        let Inline::Text(text) = inline else { continue };
        text.truncate(text.trim_end().len());
        let cut = surplus.min(text.len());
        text.truncate(text.len() - cut);
        surplus -= cut;
        if surplus == 0 {
            text.truncate(text.trim_end().len());
            break;
        }
    }
    attributes
}

/// A Typst string literal.
#[must_use]
pub(super) fn string(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => {}
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::phrase::Phrase;

    struct Nothing;

    impl BlockWriter for Nothing {
        fn write(&mut self, _: &Block, _: &mut Converted) -> String {
            "#block".into()
        }
    }

    fn typst(markdown: &str, lang: Lang, store: &Store) -> String {
        convert(markdown, lang, store, &mut Nothing).typst
    }

    #[test]
    fn han_lines_join_without_a_space() {
        let store = Store::default();
        let out = typst("城市\n发展，\n水平 and\nmore\n", Lang::Zh, &store);
        assert_eq!(out, "#\"城市\"#\"发展，\"#\"水平 and\"#\" \"#\"more\"\n\n");
    }

    #[test]
    fn bold_ends_in_chinese_punctuation() {
        let store = Store::default();
        let out = typst("**环境支撑力。**北京", Lang::Zh, &store);
        assert_eq!(out, "#strong[#\"环境支撑力。\"]#\"北京\"\n\n");
    }

    #[test]
    fn data_cannot_become_markup() {
        let store = Store::default();
        let mark = store.keep(Put::Phrase(Phrase::plain("**x** #pagebreak() \"]")));
        let out = typst(&format!("a {mark}"), Lang::Zh, &store);
        assert_eq!(out, "#\"a \"#\"**x** #pagebreak() \\\"]\"\n\n");
    }

    #[test]
    fn headings_carry_ids() {
        let store = Store::default();
        let mark = store.keep(Put::Phrase(Phrase::plain("environment")));
        let out = typst(&format!("# 标题 {{#sec-{mark}}}\n\n## 前言 {{-}}"), Lang::Zh, &store);
        assert_eq!(
            out,
            "#heading(depth: 1)[#\"标题\"] <zh-sec-environment>\n\n\
             #heading(depth: 2, numbering: none)[#\"前言\"]\n\n"
        );
    }

    #[test]
    fn empty_sentences_leave_nothing() {
        let store = Store::default();
        let empty = store.keep(Put::Phrase(Phrase::default()));
        assert_eq!(typst(&format!("{empty} {empty}\n\nx"), Lang::En, &store), "#\"x\"\n\n");
        let mark = store.keep(Put::Phrase(Phrase::plain("One.")));
        let out = typst(&format!("{mark} {empty} Two."), Lang::En, &store);
        assert_eq!(out, "#\"One.\"#\" \"#\"Two.\"\n\n");
    }

    #[test]
    fn footnotes_and_tables() {
        let store = Store::default();
        let out = typst("甲[^1]\n\n[^1]: 注\n\n| a | b |\n|--|--:|\n| 1 | 2 |\n", Lang::Zh, &store);
        assert_eq!(out, "#\"甲\"#footnote[#\"注\"]\n\n#block\n\n");
    }
}
