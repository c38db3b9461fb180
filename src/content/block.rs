//! Blocks a template helper can put: what they are, before they become Typst.

use serde::Serialize;

/// A block of its own in a section.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A chart with caption and source line.
    Figure(Figure),
    /// A table with caption, notes and source line.
    Table(Table),
    /// Two charts or narrow tables beside each other.
    Pair {
        /// On the left.
        left: Half,
        /// On the right.
        right: Half,
        /// Where the pair stands.
        place: Place,
    },
    /// A strip of key numbers.
    Tiles(Vec<Tile>),
    /// The banner of a city case.
    Profile(Profile),
    /// A displayed formula in Typst mathematics, with its reading.
    Formula {
        /// Typst source of the formula.
        source: String,
        /// The formula read aloud, for readers who do not see it.
        alt: String,
    },
    /// A numbered finding; the body is Markdown with marks.
    Finding {
        /// Number.
        number: usize,
        /// One sentence.
        title: String,
        /// Markdown.
        body: String,
    },
    /// A boxed note; the body is Markdown with marks.
    Callout {
        /// Title.
        title: String,
        /// Markdown.
        body: String,
    },
    /// The page ends here.
    NewPage {
        /// Unless so many millimetres of it are free.
        unless_mm: Option<f64>,
    },
}

/// One of two blocks beside each other.
#[derive(Debug, Clone, PartialEq)]
pub enum Half {
    /// A chart.
    Figure(Figure),
    /// A narrow table.
    Table(Table),
}

impl Half {
    /// Its source line.
    pub fn source(&mut self) -> &mut Option<String> {
        match self {
            Self::Figure(figure) => &mut figure.source,
            Self::Table(table) => &mut table.source,
        }
    }
}

/// Where a block stands that is not torn apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// Where it is written; it opens the next page where this one has no room for it.
    #[default]
    Here,
    /// At the head or the foot of this page, whichever is nearer, or at the head of the next, while
    /// the text runs on.
    Near,
    /// At the foot of this page or of the next, while the text runs on.
    Foot,
}

impl Place {
    /// The alignment by which the page design knows it; none where it is written.
    #[must_use]
    pub const fn alignment(self) -> Option<&'static str> {
        match self {
            Self::Here => None,
            Self::Near => Some("auto"),
            Self::Foot => Some("bottom"),
        }
    }
}

/// A chart in the text.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Id within the language.
    pub id: String,
    /// Caption.
    pub caption: String,
    /// What the chart shows, in words and numbers.
    pub alt: String,
    /// Source line; none if everything is computed.
    pub source: Option<String>,
    /// The drawing.
    pub svg: String,
    /// Printed width of the drawing.
    pub width_mm: f64,
    /// Where it stands.
    pub place: Place,
}

/// A table in the text.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Table {
    /// Id within the language; none for a table written in Markdown.
    #[serde(skip)]
    pub id: Option<String>,
    /// Caption; empty for a table written in Markdown.
    pub caption: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Header rows.
    pub header: Vec<Vec<Cell>>,
    /// Body rows.
    pub rows: Vec<Row>,
    /// Notes under the table.
    pub notes: Vec<String>,
    /// Source line.
    pub source: Option<String>,
    /// Size of type.
    pub size: Size,
    /// Whether it may go over a page.
    pub breakable: bool,
    /// Whether the heads of all columns but the first are turned by a quarter.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub turned: bool,
    /// Where it stands; only a table that stays where it is written may go over a page.
    #[serde(skip)]
    pub place: Place,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// How cells are aligned.
    pub align: Align,
    /// Width as Typst writes it: `auto`, `1fr`, `30mm`.
    pub width: String,
}

impl Column {
    /// A column as wide as its cells.
    #[must_use]
    pub fn auto(align: Align) -> Self {
        Self { align, width: "auto".into() }
    }

    /// A column that takes a share of what is left.
    #[must_use]
    pub fn share(align: Align, share: f32) -> Self {
        Self { align, width: format!("{share}fr") }
    }
}

/// Alignment of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Align {
    /// Text.
    Left,
    /// Whole numbers.
    Right,
    /// Marks and ranks.
    Center,
    /// Numbers, on the decimal point.
    Decimal,
}

/// Size of type in a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Size {
    /// As usual.
    Normal,
    /// For many columns.
    Small,
    /// For annexes.
    Tiny,
}

/// A row of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Row {
    /// Cells.
    Cells(Vec<Cell>),
    /// A subheading over the whole width.
    Section {
        /// The subheading.
        section: String,
    },
}

/// A cell: plain text, never markup.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Cell {
    /// Text.
    Text(String),
    /// Text with a tone or an extent.
    Rich(RichCell),
}

/// A cell that is more than its text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct RichCell {
    /// Text.
    pub t: String,
    /// Columns it covers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colspan: Option<usize>,
    /// Rows it covers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rowspan: Option<usize>,
    /// Bold.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub strong: bool,
    /// Colour by meaning.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tone: Option<Tone>,
    /// A mark outside the text, which does not move it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mark: Option<&'static str>,
}

/// Colour of a cell by meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Less important.
    Muted,
    /// A strength.
    Good,
    /// A weakness.
    Bad,
    /// The subject of the table.
    Accent,
}

impl Cell {
    /// A plain cell.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A cell in bold.
    pub fn strong(text: impl Into<String>) -> Self {
        Self::Rich(RichCell { t: text.into(), strong: true, ..RichCell::default() })
    }

    /// A cell in the colour of a meaning.
    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self::Rich(RichCell { t: text.into(), tone: Some(tone), ..RichCell::default() })
    }

    /// A cell with a mark outside its text.
    pub fn marked(text: impl Into<String>, mark: &'static str) -> Self {
        Self::Rich(RichCell { t: text.into(), mark: Some(mark), ..RichCell::default() })
    }

    /// A header cell over several columns.
    pub fn over(text: impl Into<String>, colspan: usize) -> Self {
        Self::Rich(RichCell { t: text.into(), colspan: Some(colspan), ..RichCell::default() })
    }

    /// A header cell over several rows.
    pub fn down(text: impl Into<String>, rowspan: usize) -> Self {
        Self::Rich(RichCell { t: text.into(), rowspan: Some(rowspan), ..RichCell::default() })
    }

    /// The text of the cell.
    #[must_use]
    pub fn as_text(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Rich(rich) => &rich.t,
        }
    }
}

/// A key number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tile {
    /// What it is.
    pub label: String,
    /// The number.
    pub value: String,
    /// What follows it in small type.
    pub unit: String,
    /// What stands under it in small type; may be empty.
    pub note: String,
}

/// The banner of a city case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Profile {
    /// Name of the city.
    pub name: String,
    /// Province, region, agglomeration.
    pub sub: String,
    /// Headline.
    pub headline: String,
    /// Key numbers.
    pub tiles: Vec<Tile>,
}
