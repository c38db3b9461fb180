//! The two languages of a report and values that exist in both.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A language a report can be printed in.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Simplified Chinese.
    Zh,
    /// English, British spelling.
    En,
}

impl Lang {
    /// Both languages, in the order in which a bilingual report prints them.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The BCP 47 primary tag, also the folder name of the language's templates.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh",
            Self::En => "en",
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// A value told in both languages.
#[derive(
    Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(deny_unknown_fields)]
pub struct Localised<T> {
    /// The Chinese form.
    pub zh: T,
    /// The English form.
    pub en: T,
}

impl<T> Localised<T> {
    /// Pairs the two forms.
    pub const fn new(zh: T, en: T) -> Self {
        Self { zh, en }
    }

    /// Returns the form for `lang`.
    pub const fn get(&self, lang: Lang) -> &T {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// Applies `f` to both forms.
    pub fn map<U>(&self, mut f: impl FnMut(&T) -> U) -> Localised<U> {
        Localised { zh: f(&self.zh), en: f(&self.en) }
    }
}

impl Localised<String> {
    /// Uses one text for both languages, as for proper names that need no translation.
    #[must_use]
    pub fn same(text: &str) -> Self {
        Self::new(text.to_owned(), text.to_owned())
    }

    /// Returns the form for `lang` as a string slice.
    #[must_use]
    pub fn text(&self, lang: Lang) -> &str {
        self.get(lang)
    }
}
