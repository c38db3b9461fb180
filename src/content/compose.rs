//! Composition: templates and results become the Typst sources of one language.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use minijinja::value::Value;
use minijinja::{Environment, Error, ErrorKind};
use serde_json::json;

use crate::content::document::{Edition, Matter, SectionFile, Undrawable};
use crate::content::environment::environment;
use crate::content::functions::{self, Desk};
use crate::content::glyphs::Glyphs;
use crate::content::markdown::{Converted, convert};
use crate::content::phrase::Quantity;
use crate::content::results::{Results, UnitAt};
use crate::content::templates::Templates;
use crate::content::words::date;
use crate::content::writer::Writer;
use crate::content::{objects, speech, typst_template};
use crate::diag::{Code, Diagnostic, Findings, Phase, Span, nearest};
use crate::lang::Lang;

/// A file attached to the PDF.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Name inside the PDF.
    pub name: String,
    /// MIME type.
    pub mime: String,
    /// What it is, in both languages joined by the caller.
    pub description: String,
    /// Data, or the source the document was made from.
    pub is_source: bool,
}

/// What composition needs beside results and templates.
#[derive(Debug, Clone, Copy)]
pub struct Materials<'a> {
    /// The templates of every language.
    pub templates: &'a Templates,
    /// What the faces can draw.
    pub glyphs: &'a Glyphs,
    /// What will be attached to the PDF.
    pub attachments: &'a [Attachment],
}

/// Composes one language.
///
/// # Errors
/// Every section whose template fails, every unknown reference, every doubled id.
pub fn compose(desk: &Desk, materials: Materials<'_>) -> Phase<Edition> {
    let environment = environment(desk, materials.templates);
    let mut composer = Composer {
        desk,
        materials,
        environment,
        findings: Findings::default(),
        writer: Writer::new(desk.lang, desk.store.clone()),
        sections: Vec::new(),
        targets: BTreeMap::new(),
        references: Vec::new(),
        undrawable: Vec::new(),
        quantities: Vec::new(),
        main_begun: false,
    };
    composer.all_sections();
    composer.check_references();
    composer.finish()
}

struct Composer<'a> {
    desk: &'a Desk,
    materials: Materials<'a>,
    environment: Environment<'static>,
    findings: Findings,
    writer: Writer,
    sections: Vec<SectionFile>,
    /// Ids with the template that defines them.
    targets: BTreeMap<String, String>,
    references: Vec<(String, String)>,
    undrawable: Vec<Undrawable>,
    quantities: Vec<Quantity>,
    main_begun: bool,
}

impl Composer<'_> {
    fn lang(&self) -> Lang {
        self.desk.lang
    }

    fn results(&self) -> &Results {
        &self.desk.results
    }

    fn all_sections(&mut self) {
        let sections = self.results().config.sections.clone();
        for (name, span) in sections {
            self.section(&name, span);
            if name == "cities" {
                for (i, unit) in self.results().cases().into_iter().enumerate() {
                    self.case(unit, i + 1);
                }
            }
        }
    }

    fn section(&mut self, name: &str, span: Span) {
        let markdown = format!("{name}.md");
        let typst = format!("{name}.typ");
        let templates = self.materials.templates;
        if templates.get(self.lang(), &markdown).is_some() {
            self.markdown(&markdown, name, BTreeMap::new());
        } else if templates.get(self.lang(), &typst).is_some() {
            self.typst(&typst, name);
        } else {
            self.findings.push(self.no_template(name, span));
        }
    }

    fn no_template(&self, name: &str, span: Span) -> Diagnostic {
        let stems = self
            .materials
            .templates
            .names(self.lang())
            .filter(|n| !n.contains('/'))
            .filter_map(|n| n.rsplit_once('.').map(|(stem, _)| stem));
        Diagnostic::error(
            Code::TemplateMissing,
            format!("there is no section `{name}` in language `{}`", self.lang()),
        )
        .at(span, "asked for here")
        .did_you_mean(&nearest(name, stems))
        .help(format!("write `report-templates/{}/{name}.md`", self.lang()))
    }

    fn case(&mut self, unit: UnitAt, number: usize) {
        let slug = self.results().unit(unit).slug.clone();
        let own = format!("cities/{slug}.md");
        let name = if self.materials.templates.get(self.lang(), &own).is_some() {
            own
        } else {
            "cities/_default.md".to_owned()
        };
        let value = objects::unit(&self.desk.results, unit, self.lang());
        let case = Value::from_pairs([("number", number)]);
        let context = BTreeMap::from([("unit", value), ("case", case)]);
        self.markdown(&name, &format!("cities-{slug}"), context);
    }

    fn markdown(&mut self, name: &str, file: &str, context: BTreeMap<&'static str, Value>) {
        let Some(filled) = self.fill(name, context) else { return };
        let template = self.template_path(name);
        let converted = convert(&filled, self.lang(), &self.desk.store, &mut self.writer);
        for complaint in &converted.complaints {
            self.findings.push(
                Diagnostic::error(Code::TemplateError, complaint.clone()).at_opt(
                    self.materials.templates.place(self.lang(), name, None, Some(1)),
                    "here",
                ),
            );
        }
        self.take_targets(&converted, name);
        self.references.extend(converted.references.iter().map(|id| (id.clone(), name.to_owned())));
        self.note_undrawable(&converted.texts, &template);
        self.quantities.extend(converted.quantities.iter().cloned());
        self.main_begun |= converted.numbered_chapter;
        let matter = if file.starts_with("annex") {
            Matter::Annex
        } else if self.main_begun {
            Matter::Main
        } else {
            Matter::Front
        };
        self.add(file, template, matter, &converted.typst);
    }

    fn typst(&mut self, name: &str, file: &str) {
        let Some(filled) = self.fill(name, BTreeMap::new()) else { return };
        let source = typst_template::fill(&filled, &self.desk.store);
        let template = self.template_path(name);
        let matter = match (self.main_begun, file) {
            (_, "cover" | "colophon") => Matter::Cover,
            (true, _) => Matter::Main,
            (false, _) => Matter::Front,
        };
        self.add(file, template, matter, &source);
    }

    fn add(&mut self, file: &str, template: String, matter: Matter, source: &str) {
        let lang = self.lang();
        let path = format!("/{lang}/{:02}-{file}.typ", self.sections.len());
        // Running feet say so on every page of a section that rests on illustrative data.
        let (from, until) = if self.desk.store.take_illustrative() {
            ("#illustrative-from()\n\n", "\n\n#illustrative-until()\n")
        } else {
            ("", "")
        };
        let text = format!("#import \"/layout/report.typ\": *\n\n{from}{source}{until}");
        self.writer.files.insert(path.clone(), text.into_bytes());
        self.sections.push(SectionFile { path, template, matter });
    }

    fn template_path(&self, name: &str) -> String {
        let template = self.materials.templates.get(self.lang(), name);
        template.map_or_else(|| name.to_owned(), |t| t.path.clone())
    }

    fn fill(&mut self, name: &str, context: BTreeMap<&'static str, Value>) -> Option<String> {
        let filled =
            self.environment.get_template(name).and_then(|template| template.render(context));
        match filled {
            Ok(text) => Some(text),
            Err(error) => {
                let diagnostic = self.template_error(&error, name);
                self.findings.push(diagnostic);
                None
            }
        }
    }

    /// The innermost cause with the file and line it happened in.
    fn template_error(&self, error: &Error, name: &str) -> Diagnostic {
        let mut inner = error;
        while let Some(cause) =
            std::error::Error::source(inner).and_then(|e| e.downcast_ref::<Error>())
        {
            inner = cause;
        }
        let placed = if inner.line().is_some() { inner } else { error };
        let file = placed.name().unwrap_or(name);
        let span = self.materials.templates.place(self.lang(), file, placed.range(), placed.line());
        let message = inner.detail().map_or_else(|| inner.kind().to_string(), ToOwned::to_owned);
        if let Some(called) = self.unknown_helper(inner, &message, span) {
            let near = nearest(&called, functions::names().chain(speech::names()));
            return Diagnostic::error(
                Code::TemplateHelper,
                format!("there is no helper `{called}`"),
            )
            .at_opt(span, "called here")
            .did_you_mean(&near);
        }
        let code = match inner.kind() {
            ErrorKind::InvalidOperation | ErrorKind::UnknownFunction => Code::TemplateHelper,
            ErrorKind::TemplateNotFound => Code::TemplateMissing,
            _ => Code::TemplateError,
        };
        let diagnostic = Diagnostic::error(code, lower_first(&message)).at_opt(span, "here");
        match inner.kind() {
            ErrorKind::OutOfFuel => diagnostic.help("make the loop shorter"),
            _ => diagnostic,
        }
    }

    /// The name of the helper that was called, if there is none of that name.
    fn unknown_helper(&self, error: &Error, message: &str, span: Option<Span>) -> Option<String> {
        let uncallable =
            message.contains("not callable") || error.kind() == ErrorKind::UnknownFunction;
        if !uncallable {
            return None;
        }
        let called = self.text_at(span?)?;
        let is_word = |c: &char| c.is_alphanumeric() || *c == '_';
        let word: String = called.chars().skip_while(|c| !is_word(c)).take_while(is_word).collect();
        (!word.is_empty()).then_some(word)
    }

    /// The text of a template under a span.
    fn text_at(&self, span: Span) -> Option<&str> {
        let templates = self.materials.templates;
        let template = templates
            .names(self.lang())
            .find_map(|n| templates.get(self.lang(), n).filter(|t| t.file == span.file))?;
        template.text.get(span.start..span.end)
    }

    fn take_targets(&mut self, converted: &Converted, name: &str) {
        for id in &converted.targets {
            if let Some(first) = self.targets.insert(id.clone(), name.to_owned()) {
                self.findings.push(
                    Diagnostic::error(
                        Code::TemplateUnknownRef,
                        format!("the id `{id}` stands twice, in `{first}` and in `{name}`"),
                    )
                    .at_opt(self.place_of(name, id), "again here")
                    .at_opt(self.place_of(&first, id), "first here")
                    .help("give one of them another id"),
                );
            }
        }
    }

    /// A section that failed has no targets, so references are checked only when all are there.
    fn check_references(&mut self) {
        if self.findings.failed() {
            return;
        }
        for (id, name) in std::mem::take(&mut self.references) {
            if self.targets.contains_key(&id) {
                continue;
            }
            let near = nearest(&id, self.targets.keys().map(String::as_str));
            self.findings.push(
                Diagnostic::error(
                    Code::TemplateUnknownRef,
                    format!("nothing in the report has the id `{id}`"),
                )
                .at_opt(self.place_of(&name, &id), "referred to here")
                .did_you_mean(&near),
            );
        }
    }

    /// Where a template writes a text, as well as can be told after it was filled.
    fn place_of(&self, name: &str, text: &str) -> Option<Span> {
        let template = self.materials.templates.get(self.lang(), name)?;
        match template.text.find(text) {
            Some(start) => Some(Span::new(template.file, start, start + text.len())),
            None => self.materials.templates.place(self.lang(), name, None, Some(1)),
        }
    }

    fn note_undrawable(&mut self, texts: &[String], template: &str) {
        for text in texts {
            for character in self.materials.glyphs.missing(text) {
                if !self.undrawable.iter().any(|u| u.character == character) {
                    self.undrawable.push(Undrawable {
                        character,
                        text: text.clone(),
                        template: template.to_owned(),
                    });
                }
            }
        }
    }

    fn finish(mut self) -> Phase<Edition> {
        let lang = self.lang();
        let meta = self.meta();
        self.writer.files.insert(format!("/meta-{lang}.json"), meta);
        let edition = Edition {
            lang,
            sections: self.sections,
            charts: self.writer.charts,
            tables: self.writer.tables,
            quantities: self.quantities,
            undrawable: self.undrawable,
            files: self.writer.files,
        };
        self.findings.finish(edition)
    }

    fn meta(&self) -> Vec<u8> {
        let lang = self.lang();
        let report = &self.results().config.report;
        let other = match lang {
            Lang::Zh => Lang::En,
            Lang::En => Lang::Zh,
        };
        let (year, month, day) = report.date;
        let attachments: Vec<serde_json::Value> = self
            .materials
            .attachments
            .iter()
            .map(|a| {
                json!({
                    "path": format!("/attach/{}", a.name),
                    "mime": a.mime,
                    "description": a.description,
                    "relationship": if a.is_source { "source" } else { "data" },
                })
            })
            .collect();
        json!({
            "lang": lang.tag(),
            "id": report.id,
            "title": report.title.text(lang),
            "subtitle": report.subtitle.text(lang),
            "other-title": report.title.text(other),
            "edition": report.edition.to_string(),
            "date": { "year": year, "month": month, "day": day },
            "date-text": date(&format!("{year}-{month:02}-{day:02}"), lang),
            "publisher": report.publisher.text(lang),
            "licence": report.licence.text(lang),
            "keywords": report.keywords.get(lang),
            "attachments": attachments,
        })
        .to_string()
        .into_bytes()
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

/// The entry point of a PDF with one or both languages.
#[must_use]
pub fn entry_point(editions: &[&Edition]) -> String {
    let (mut metas, mut langs) = (String::new(), String::new());
    for edition in editions {
        let _ = write!(metas, "json(\"/meta-{}.json\"), ", edition.lang);
        let _ = write!(langs, "\"{}\", ", edition.lang);
    }
    let bilingual = editions.len() > 1;
    let mut out = format!(
        "#import \"/layout/report.typ\": *\n#show: book.with(meta: ({metas}), langs: ({langs}))\n"
    );
    for edition in editions {
        let lang = edition.lang;
        let _ = writeln!(
            out,
            "#part(\"{lang}\", json(\"/meta-{lang}.json\"), bilingual: {bilingual})["
        );
        let include = |out: &mut String, matter: Matter| {
            for section in edition.sections.iter().filter(|s| s.matter == matter) {
                let _ = writeln!(out, "#include \"{}\"", section.path);
            }
        };
        include(&mut out, Matter::Cover);
        out.push_str("#frontmatter[\n");
        include(&mut out, Matter::Front);
        out.push_str("]\n#mainmatter[\n");
        include(&mut out, Matter::Main);
        // Inside the body, so that page numbers run on.
        out.push_str("#annexes[\n");
        include(&mut out, Matter::Annex);
        out.push_str("]]]\n");
    }
    out
}

/// Shares results and the look of charts between the desks of two languages.
#[must_use]
pub fn desk(results: &Arc<Results>, theme: &Arc<crate::charts::Theme>, lang: Lang) -> Desk {
    Desk::new(Arc::clone(results), Arc::clone(theme), lang)
}
