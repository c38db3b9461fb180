//! The typesetter: made once per process, then given one job after another, on any thread.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst::syntax::VirtualPath;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use super::bundle::Bundle;
use super::trouble::Trouble;
use super::world::{FileStore, PressWorld};

/// A font file; collections hold several faces.
#[derive(Debug, Clone)]
pub struct Face {
    /// The name for messages, such as `fonts/NotoSerifSC-Regular.otf`.
    pub name: String,
    /// The whole file.
    pub bytes: Arc<[u8]>,
}

/// Why a [`Typesetter`] could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TypesetError {
    /// No font file was given.
    NoFaces,
    /// A font file could not be read.
    UnreadableFace {
        /// The name the caller gave it.
        name: String,
    },
}

impl fmt::Display for TypesetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoFaces => f.write_str("there is no font to typeset with"),
            Self::UnreadableFace { name } => write!(f, "`{name}` is not a font that can be read"),
        }
    }
}

impl std::error::Error for TypesetError {}

/// What to typeset from a [`Bundle`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The rooted path of the entry point, such as `/main-zh.typ`.
    pub main: String,
    /// Identifies the document among all others (report, edition, language): the same for every
    /// rebuild, different for every other document.
    pub ident: String,
}

/// A finished PDF.
#[derive(Debug, Clone)]
pub struct Typeset {
    /// The file, conforming to PDF/A-3a and PDF/UA-1.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// The time that evaluation and layout took.
    pub layout_time: Duration,
    /// The time that export took.
    pub export_time: Duration,
    /// What may not look as meant.
    pub warnings: Vec<Trouble>,
}

/// The press: Typst's library, the faces, and the files of earlier jobs.
pub struct Typesetter {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    standards: PdfStandards,
    store: FileStore,
}

impl fmt::Debug for Typesetter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Typesetter").field("fonts", &self.fonts.len()).finish_non_exhaustive()
    }
}

impl Typesetter {
    /// Reads the faces; their order decides which one steps in for a missing character.
    ///
    /// # Errors
    ///
    /// Fails if there is no face or one cannot be read.
    pub fn new(faces: Vec<Face>) -> Result<Self, TypesetError> {
        let mut fonts = Vec::new();
        for face in faces {
            let before = fonts.len();
            fonts.extend(Font::iter(typst::foundations::Bytes::new(face.bytes)));
            if fonts.len() == before {
                return Err(TypesetError::UnreadableFace { name: face.name });
            }
        }
        if fonts.is_empty() {
            return Err(TypesetError::NoFaces);
        }
        // The extras let a table say which of its cells head a row.
        let library = Library::builder()
            .with_features([Feature::A11yExtras].into_iter().collect::<Features>())
            .build();
        Ok(Self {
            library: LazyHash::new(library),
            book: LazyHash::new(FontBook::from_fonts(&fonts)),
            fonts,
            standards: standards(),
            store: FileStore::default(),
        })
    }

    /// Lists the families of the faces, each once, in order.
    pub fn families(&self) -> impl Iterator<Item = &str> {
        self.book.families().map(|(family, _)| family)
    }

    /// Typesets one document.
    ///
    /// # Errors
    ///
    /// Returns everything that is wrong, warnings included: in a source, in the document as a
    /// whole, or with the standards (a character that no face has, an image without description).
    pub fn typeset(&self, bundle: &Bundle, job: &Job) -> Result<Typeset, Vec<Trouble>> {
        let main = VirtualPath::new(&job.main)
            .map_err(|error| vec![Trouble::error(format!("`{}`: {error}", job.main))])?;
        let world =
            PressWorld::new(&self.library, &self.book, &self.fonts, &self.store, bundle, main);
        let translate = |found: &[SourceDiagnostic]| -> Vec<Trouble> {
            found.iter().map(|one| Trouble::from_typst(&world, one)).collect()
        };

        let start = Instant::now();
        let compiled = typst::compile::<PagedDocument>(&world);
        let warnings = translate(&compiled.warnings);
        let failed = |found: &[SourceDiagnostic]| {
            let mut all = translate(found);
            all.extend(warnings.iter().cloned());
            all
        };
        let document = compiled.output.map_err(|errors| failed(&errors))?;
        let layout_time = start.elapsed();

        let start = Instant::now();
        let options = PdfOptions {
            ident: Smart::Custom(job.ident.clone()),
            creator: Smart::Custom(Some(concat!("rankpress ", env!("CARGO_PKG_VERSION")).into())),
            standards: self.standards.clone(),
            ..PdfOptions::default()
        };
        let pdf = typst_pdf::pdf(&document, &options).map_err(|errors| failed(&errors))?;
        let export_time = start.elapsed();

        Ok(Typeset { pdf, pages: document.pages().len(), layout_time, export_time, warnings })
    }

    /// Lays a document out without exporting it, so that tests can look at its pages.
    #[cfg(test)]
    pub(super) fn lay_out(&self, bundle: &Bundle, job: &Job) -> PagedDocument {
        let main = VirtualPath::new(&job.main).expect("a path in a test");
        let world =
            PressWorld::new(&self.library, &self.book, &self.fonts, &self.store, bundle, main);
        let compiled = typst::compile::<PagedDocument>(&world);
        assert!(compiled.warnings.is_empty(), "{:#?}", compiled.warnings);
        compiled.output.unwrap_or_else(|errors| {
            panic!(
                "{:#?}",
                errors.iter().map(|e| Trouble::from_typst(&world, e)).collect::<Vec<_>>()
            )
        })
    }

    /// Forgets layout that none of the last `age` calls of this method has seen used: for a process
    /// that typesets again and again.
    pub fn forget_unused(age: usize) {
        typst::comemo::evict(age);
    }
}

/// The standards of every report: fit for the archive, with attachments, and for every reader.
fn standards() -> PdfStandards {
    PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
        .expect("PDF/A-3a and PDF/UA-1 both allow PDF 1.7")
}

#[cfg(test)]
mod tests {
    use std::thread;

    use super::super::Severity;
    use super::super::design::press;
    use super::*;

    const HEAD: &str = "#set document(title: [T], date: datetime(year: 2024, month: 6, day: 30))\n\
                        #set text(lang: \"zh\", font: (\"Noto Serif\", \"Noto Serif SC\"))\n";

    fn bundle(body: &str) -> Bundle {
        let mut bundle = Bundle::new();
        bundle.insert_text("/main.typ", &format!("{HEAD}{body}"));
        bundle
    }

    fn job() -> Job {
        Job { main: "/main.typ".into(), ident: "test".into() }
    }

    fn print(body: &str) -> Result<Typeset, Vec<Trouble>> {
        press().typeset(&bundle(body), &job())
    }

    /// The only error of a document that must not come out.
    fn only_error(bundle: &Bundle) -> Trouble {
        let mut found = press().typeset(bundle, &job()).unwrap_err();
        found.retain(|one| one.severity == Severity::Error);
        assert_eq!(found.len(), 1, "{found:#?}");
        found.remove(0)
    }

    /// What the place of a trouble points at.
    fn pointed<'a>(bundle: &'a Bundle, trouble: &Trouble) -> &'a str {
        let place = trouble.place.as_ref().expect("a place");
        &str::from_utf8(&bundle.files[&place.path]).unwrap()[place.start..place.end]
    }

    #[test]
    fn prints_a_page_in_both_scripts() {
        let done = print("= 总体排名\n北京 Beijing “双城”").unwrap();
        assert_eq!(done.pages, 1);
        assert_eq!(done.warnings, []);
        assert!(done.pdf.starts_with(b"%PDF-1.7"));
    }

    #[test]
    fn gives_the_same_bytes_on_every_thread_and_in_every_order() {
        // Documents that share files, typeset by turns: neither the order nor what the press
        // remembers may show.
        let mut bundle = bundle("#include \"/shared.typ\"\n#include \"/more.typ\"");
        bundle.insert_text("/other.typ", &format!("{HEAD}#include \"/more.typ\"\n北京 @a"));
        bundle.insert_text("/shared.typ", "#figure([上海], alt: \"x\", caption: [一]) <s> 见 @s。");
        bundle.insert_text("/more.typ", "#set heading(numbering: \"1\")\n= 深圳 <a>\n#lorem(300)");
        let other = Job { main: "/other.typ".into(), ident: "other".into() };
        let run = |job: &Job| press().typeset(&bundle, job).unwrap().pdf;
        let first = (run(&job()), run(&other));
        Typesetter::forget_unused(0);
        let (b, a) = thread::scope(|scope| {
            let other = scope.spawn(|| run(&other));
            let main = scope.spawn(|| run(&job()));
            (other.join().unwrap(), main.join().unwrap())
        });
        assert!(first == (a, b));
    }

    #[test]
    fn an_edit_is_seen_and_taken_back_without_a_trace() {
        let (old, new) = (bundle("北京得分 78.31 分。"), bundle("北京得分 78.13 分。"));
        let pdf = |bundle: &Bundle| press().typeset(bundle, &job()).unwrap().pdf;
        let before = pdf(&old);
        assert!(pdf(&new) != before);
        assert!(pdf(&old) == before);
    }

    #[test]
    fn a_character_no_face_has_is_an_error_at_its_place() {
        let bundle = bundle("城市 \u{13000}。");
        let error = only_error(&bundle);
        assert!(error.message.contains("the text `\"\u{13000}\"` could not"), "{error:?}");
        assert_eq!(pointed(&bundle, &error), "城市 \u{13000}。");
    }

    #[test]
    fn a_character_no_face_has_is_an_error_in_a_chart_too() {
        let mut bundle = bundle("#image(\"/c.svg\", alt: \"chart\")");
        bundle.insert_text(
            "/c.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"99\" height=\"20\">\
             <text x=\"1\" y=\"15\" font-family=\"Noto Sans SC\">北\u{13000}</text></svg>",
        );
        let error = only_error(&bundle);
        assert!(error.message.contains('\u{13000}'), "{error:?}");
    }

    #[test]
    fn an_unknown_family_is_a_warning() {
        let done = print("#text(font: \"Nosuch Song\")[Beijing]").unwrap();
        assert_eq!(done.warnings.len(), 1);
        assert_eq!(done.warnings[0].severity, Severity::Warning);
        assert!(done.warnings[0].message.contains("nosuch song"), "{:?}", done.warnings);
    }

    #[test]
    fn mistakes_are_placed_in_the_file_that_holds_them() {
        let mut bundle = bundle("#include \"/a.typ\"");
        bundle.insert_text("/a.typ", "得分 #nosuch");
        let error = only_error(&bundle);
        assert_eq!(pointed(&bundle, &error), "nosuch");
        assert_eq!(error.place.unwrap().path, "/a.typ");
        assert_eq!(error.trace[0].message, "while including `/a.typ`");

        bundle.insert_text("/a.typ", "#json(\"/t.json\")");
        bundle.insert_text("/t.json", "{\"rows\": [1,, 2]}");
        assert_eq!(only_error(&bundle).place.unwrap().path, "/t.json");
    }

    #[test]
    fn an_image_without_description_is_an_error() {
        let mut bundle = bundle("#image(\"/c.svg\")");
        bundle.insert_text(
            "/c.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">\
             <rect width=\"9\" height=\"9\"/></svg>",
        );
        assert!(only_error(&bundle).message.contains("alt text"));
    }

    #[test]
    fn sees_neither_disk_nor_packages_nor_clock() {
        for body in [
            "#read(\"/etc/hostname\")",
            "#read(\"../../Cargo.toml\")",
            "#import \"@preview/cetz:0.3.0\"",
            "#datetime.today()",
        ] {
            let error = only_error(&bundle(body));
            assert!(error.place.is_some(), "{body}: {error:?}");
        }
    }

    #[test]
    fn a_missing_entry_point_is_an_error() {
        let error = press().typeset(&Bundle::new(), &job()).unwrap_err();
        assert!(error[0].message.contains("file not found"), "{error:?}");
        let outside = Job { main: "/../main.typ".into(), ident: String::new() };
        assert!(press().typeset(&Bundle::new(), &outside).is_err());
    }

    #[test]
    fn refuses_what_is_not_a_font() {
        assert_eq!(Typesetter::new(vec![]).unwrap_err(), TypesetError::NoFaces);
        let face = Face { name: "a.otf".into(), bytes: (*b"not a font").into() };
        let error = Typesetter::new(vec![face]).unwrap_err();
        assert_eq!(error.to_string(), "`a.otf` is not a font that can be read");
    }
}
