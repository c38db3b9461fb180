//! Blocks as calls of the layout library, and the files they need.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::content::block::{Block, Figure, Half, Place, Table, Tile};
use crate::content::markdown::{BlockWriter, Converted, convert_into, string};
use crate::content::put::Store;
use crate::lang::Lang;

/// Writes blocks as calls of the layout library and keeps the files they need.
pub(super) struct Writer {
    lang: Lang,
    store: Store,
    /// Virtual files by rooted path.
    pub(super) files: BTreeMap<String, Vec<u8>>,
    /// Figures in order of print: id and drawing.
    pub(super) charts: Vec<(String, String)>,
    /// Tables in order of print.
    pub(super) tables: Vec<Table>,
}

impl Writer {
    /// A writer without files yet.
    pub(super) const fn new(lang: Lang, store: Store) -> Self {
        Self { lang, store, files: BTreeMap::new(), charts: Vec::new(), tables: Vec::new() }
    }

    fn text(&self, text: &str, converted: &mut Converted) -> String {
        let text = crate::content::typography::typographic(text, self.lang);
        let literal = string(&text);
        converted.texts.push(text);
        literal
    }

    fn figure(&mut self, figure: &Figure, converted: &mut Converted) -> String {
        let lang = self.lang;
        let path = format!("/{lang}/charts/{}.svg", figure.id);
        self.files.insert(path.clone(), figure.svg.clone().into_bytes());
        self.charts.push((figure.id.clone(), figure.svg.clone()));
        converted.targets.push(figure.id.clone());
        let source = match &figure.source {
            Some(source) => format!("[#{}]", self.text(source, converted)),
            None => "none".to_owned(),
        };
        format!(
            "#figure-block({}, src: {}, width: {:.2}mm, caption: [#{}], alt: {}, source: {source}{})",
            string(&format!("{lang}-{}", figure.id)),
            string(&path),
            figure.width_mm,
            self.text(&figure.caption, converted),
            string(&figure.alt),
            float(figure.place),
        )
    }

    /// Two blocks beside each other; one source for both is told once, under both.
    fn pair(
        &mut self,
        left: &Half,
        right: &Half,
        place: Place,
        converted: &mut Converted,
    ) -> String {
        let (mut left, mut right) = (left.clone(), right.clone());
        let mut source = "none".to_owned();
        if left.source() == right.source()
            && let Some(common) = left.source().take()
        {
            *right.source() = None;
            source = format!("[#{}]", self.text(&common, converted));
        }
        let widths = match (&left, &right) {
            (Half::Figure(left), _) => format!("({}mm, 1fr)", left.width_mm),
            (_, Half::Figure(right)) => format!("(1fr, {}mm)", right.width_mm),
            _ => "(1fr, 1fr)".to_owned(),
        };
        let left = self.half(&left, converted);
        let right = self.half(&right, converted);
        let float = float(place);
        format!("#side-by-side([{left}], [{right}], widths: {widths}, source: {source}{float})")
    }

    fn half(&mut self, half: &Half, converted: &mut Converted) -> String {
        match half {
            Half::Figure(figure) => self.figure(figure, converted),
            Half::Table(table) => self.table(table, converted),
        }
    }

    /// A key number as a dictionary of Typst.
    fn tile(&self, tile: &Tile, converted: &mut Converted) -> String {
        let mut out = format!(
            "(label: {}, value: {}, unit: {}",
            self.text(&tile.label, converted),
            string(&tile.value),
            string(&tile.unit)
        );
        if !tile.note.is_empty() {
            let _ = write!(out, ", note: {}", self.text(&tile.note, converted));
        }
        out.push_str("), ");
        out
    }

    fn table(&mut self, table: &Table, converted: &mut Converted) -> String {
        converted.texts.push(table.caption.clone());
        converted.texts.extend(table.notes.iter().chain(&table.source).cloned());
        for row in &table.rows {
            match row {
                crate::content::block::Row::Cells(cells) => {
                    converted.texts.extend(cells.iter().map(|c| c.as_text().to_owned()));
                }
                crate::content::block::Row::Section { section } => {
                    converted.texts.push(section.clone());
                }
            }
        }
        let lang = self.lang;
        let file = table.id.clone().unwrap_or_else(|| format!("plain-{}", self.tables.len()));
        let path = format!("/{lang}/tables/{file}.json");
        let data = serde_json::to_string(&table).unwrap_or_default();
        let data = match lang {
            Lang::Zh => data,
            Lang::En => data.replace('\'', "\u{2019}"),
        };
        self.files.insert(path.clone(), data.into_bytes());
        self.tables.push(table.clone());
        match &table.id {
            Some(id) => {
                converted.targets.push(id.clone());
                format!(
                    "#table-block({}, json({}){})",
                    string(&format!("{lang}-{id}")),
                    string(&path),
                    float(table.place)
                )
            }
            None => format!("#table-block(none, json({}))", string(&path)),
        }
    }
}

/// The argument by which a block leaves its place in the text.
fn float(place: Place) -> String {
    place.alignment().map_or_else(String::new, |alignment| format!(", float: {alignment}"))
}

impl BlockWriter for Writer {
    fn write(&mut self, block: &Block, converted: &mut Converted) -> String {
        let lang = self.lang;
        match block {
            Block::Figure(figure) => self.figure(figure, converted),
            Block::Table(table) => self.table(table, converted),
            Block::Pair { left, right, place } => self.pair(left, right, *place, converted),
            Block::Tiles(tiles) => {
                let mut out = String::from("#tiles((");
                for tile in tiles {
                    out.push_str(&self.tile(tile, converted));
                }
                out.push_str("))");
                out
            }
            Block::Profile(profile) => {
                let mut out = format!(
                    "#profile((name: {}, sub: {}, headline: {}, tiles: (",
                    self.text(&profile.name, converted),
                    self.text(&profile.sub, converted),
                    self.text(&profile.headline, converted)
                );
                for tile in &profile.tiles {
                    out.push_str(&self.tile(tile, converted));
                }
                out.push_str(")))");
                out
            }
            Block::Formula { source, alt } => {
                format!("#formula(alt: {})[$ {source} $]", string(alt))
            }
            Block::Finding { number, title, body } => {
                let title = self.text(title, converted);
                let store = self.store.clone();
                let body = convert_into(body.trim(), lang, &store, self, converted);
                format!("#finding(n: {number}, title: [#{title}])[{}]", body.trim())
            }
            Block::Callout { title, body } => {
                let title = self.text(title, converted);
                let store = self.store.clone();
                let body = convert_into(body.trim(), lang, &store, self, converted);
                format!("#callout(title: [#{title}])[{}]", body.trim())
            }
            Block::NewPage { unless_mm: None } => "#new-page()".to_owned(),
            Block::NewPage { unless_mm: Some(mm) } => format!("#new-page(unless: {mm:.1}mm)"),
        }
    }
}
