//! The world as Typst sees it: one bundle, the faces of the press, and nothing else.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, World};

use super::bundle::Bundle;

/// A file as Typst wants it, made on first use.
#[derive(Debug, Clone)]
struct Slot {
    /// The bytes in the bundle, to recognise an unchanged file.
    data: Arc<[u8]>,
    /// The same bytes with their hash, which Typst asks for again and again.
    bytes: Bytes,
    /// The parsed file, if it is a source.
    source: OnceLock<FileResult<Source>>,
}

/// Files kept from job to job: the languages of a report share the page design, and a rebuild
/// after a small edit finds nearly every file unchanged.
#[derive(Debug, Default)]
pub(super) struct FileStore {
    slots: Mutex<HashMap<FileId, Arc<Slot>>>,
}

impl FileStore {
    /// Returns the slot for `data` at `id`, reusing the last one where it holds the same bytes.
    fn slot(&self, id: FileId, data: &Arc<[u8]>) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        let last = slots.get(&id);
        if let Some(slot) = last
            && (Arc::ptr_eq(&slot.data, data) || slot.data == *data)
        {
            return Arc::clone(slot);
        }
        let source = OnceLock::new();
        // Editing the last version in place keeps the identity of what did not change, and with it
        // most of the layout that Typst remembers.
        if let Some(Ok(old)) = last.and_then(|slot| slot.source.get())
            && let Ok(text) = str::from_utf8(data)
        {
            let mut edited = old.clone();
            edited.replace(text.trim_start_matches(BYTE_ORDER_MARK));
            source.get_or_init(|| Ok(edited));
        }
        let slot =
            Arc::new(Slot { data: Arc::clone(data), bytes: Bytes::new(Arc::clone(data)), source });
        slots.insert(id, Arc::clone(&slot));
        slot
    }
}

/// Some editors begin a file with it; Typst would print it.
const BYTE_ORDER_MARK: char = '\u{feff}';

impl Slot {
    /// Parses the file, once.
    fn source(&self, id: FileId) -> FileResult<Source> {
        self.source
            .get_or_init(|| {
                let text = str::from_utf8(&self.data).map_err(|_| FileError::InvalidUtf8)?;
                Ok(Source::new(id, text.trim_start_matches(BYTE_ORDER_MARK).to_owned()))
            })
            .clone()
    }
}

/// What one job can see.
pub(super) struct PressWorld<'a> {
    pub(super) library: &'a LazyHash<Library>,
    pub(super) book: &'a LazyHash<FontBook>,
    pub(super) fonts: &'a [Font],
    store: &'a FileStore,
    bundle: &'a Bundle,
    main: FileId,
    /// The files this job has asked for: a job must not see the edits of another one.
    seen: Mutex<HashMap<FileId, Arc<Slot>>>,
}

impl<'a> PressWorld<'a> {
    /// Makes the world of one job.
    pub(super) fn new(
        library: &'a LazyHash<Library>,
        book: &'a LazyHash<FontBook>,
        fonts: &'a [Font],
        store: &'a FileStore,
        bundle: &'a Bundle,
        main: VirtualPath,
    ) -> Self {
        let main = RootedPath::new(VirtualRoot::Project, main).intern();
        let seen = Mutex::default();
        Self { library, book, fonts, store, bundle, main, seen }
    }

    fn slot(&self, id: FileId) -> FileResult<Arc<Slot>> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = seen.get(&id) {
            return Ok(Arc::clone(slot));
        }
        // Packages live under another root; none is ever served.
        if *id.root() != VirtualRoot::Project {
            return Err(FileError::Other(Some("packages are not available in a report".into())));
        }
        let path = id.vpath().get_with_slash();
        let data = self.bundle.get(path).ok_or_else(|| FileError::NotFound(PathBuf::from(path)))?;
        let slot = self.store.slot(id, data);
        seen.insert(id, Arc::clone(&slot));
        Ok(slot)
    }
}

impl World for PressWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        self.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.slot(id)?.source(id)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        Ok(self.slot(id)?.bytes.clone())
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // The only date in a report is the one its configuration gives.
        None
    }
}
