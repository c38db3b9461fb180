//! Text with the values it was made from.

/// A piece of text put out by a template expression, and the printed quantities in it.
///
/// The ids (such as `beijing/index/score`) are the seam for what checks printed numbers; the text
/// itself is plain and is escaped where it lands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrase {
    /// What is printed.
    pub text: String,
    /// The quantities in it, in order.
    pub values: Vec<Quantity>,
}

/// One printed quantity.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Quantity {
    /// Where it comes from, such as `beijing/index/score`.
    pub id: String,
    /// How it is printed.
    pub text: String,
}

impl Phrase {
    /// Plain text without quantities.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), values: Vec::new() }
    }

    /// One quantity.
    pub fn quantity(id: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        Self { values: vec![Quantity { id: id.into(), text: text.clone() }], text }
    }

    /// Whether nothing is printed.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Appends plain text.
    #[must_use]
    pub fn text(mut self, text: &str) -> Self {
        self.text.push_str(text);
        self
    }

    /// Appends another phrase.
    #[must_use]
    pub fn then(mut self, other: Self) -> Self {
        self.text.push_str(&other.text);
        self.values.extend(other.values);
        self
    }

    /// Joins phrases with the list words of a language.
    #[must_use]
    pub fn list(items: Vec<Self>, separator: &str, last: &str) -> Self {
        let count = items.len();
        items.into_iter().enumerate().fold(Self::default(), |joined, (i, item)| {
            let between = match i {
                0 => "",
                _ if i + 1 == count => last,
                _ => separator,
            };
            joined.text(between).then(item)
        })
    }
}
