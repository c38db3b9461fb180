//! What a run tells while it goes on.

/// A stage of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Reading the configuration.
    Config,
    /// Reading and checking the data.
    Data,
    /// Computing the index.
    Index,
    /// Reading the faces.
    Fonts,
    /// Drawing charts and filling templates.
    Content,
    /// Layout and export.
    Typeset,
    /// Writing files.
    Write,
}

impl Stage {
    /// Every stage in order.
    pub const ALL: [Self; 7] = [
        Self::Config,
        Self::Data,
        Self::Index,
        Self::Fonts,
        Self::Content,
        Self::Typeset,
        Self::Write,
    ];

    /// The printed name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Data => "data",
            Self::Index => "index",
            Self::Fonts => "fonts",
            Self::Content => "content",
            Self::Typeset => "typeset",
            Self::Write => "write",
        }
    }
}

/// Hears which stage begins; the one before it has ended then.
pub trait Progress {
    /// A stage begins.
    fn begin(&mut self, stage: Stage);
}

/// Tells nobody.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn begin(&mut self, _: Stage) {}
}
