//! The order of things: from a report's path to files on disk.
//!
//! The one place that knows every stage. Each stage is a plain function of what came before; here
//! they are called in order, timed, and their findings gathered.

mod faces;
mod previous;
mod progress;
mod troubles;

use std::path::Path;
use std::sync::{Arc, OnceLock};

use rayon::prelude::*;

use crate::config::{Config, Output};
use crate::content::{
    Attachment, Edition, Glyphs, Materials, Results, Template, Templates, compose, desk,
    entry_point,
};
use crate::diag::{Code, Diagnostic, Phase, Severity, Span, Warned};
use crate::export::{OutputFile, manifest, results_json};
use crate::index::IndexResult;
use crate::index::robustness::Robustness;
use crate::source::{Encoding, Sources};
use crate::typeset::{Bundle, Job, Typesetter};
use crate::{config, data, index, network};

pub use progress::{Progress, Silent, Stage};

/// Folder of shared templates inside the project.
const TEMPLATES: &str = "report-templates";
/// Media type of spreadsheets.
const SPREADSHEET: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// Folder of results inside the project.
const BUILD: &str = "build";

/// A run: the files read so far, and everything found.
#[derive(Debug)]
pub struct Run {
    /// The project.
    pub sources: Sources,
    /// Findings of all stages, in order.
    pub findings: Vec<Diagnostic>,
    report: String,
}

/// Networks and tables of entities, as asked for, as read, and measured.
#[derive(Debug, Clone)]
pub struct Surveyed {
    /// What was asked for.
    pub plan: config::NetworkPlan,
    /// The gazetteer; empty if there is none.
    pub gazetteer: data::Gazetteer,
    /// What was read.
    pub tables: data::NetworkTables,
    /// What was measured.
    pub results: network::Networks,
}

/// The names and sizes of what a build wrote.
#[derive(Debug, Clone)]
pub struct Built {
    /// Folder inside the project.
    pub folder: String,
    /// Path below the folder, bytes, and pages of a PDF.
    pub files: Vec<(String, usize, Option<usize>)>,
}

impl Run {
    /// Opens the project that holds a report.
    ///
    /// # Errors
    /// When the report does not exist.
    pub fn open(report: &Path) -> Result<Self, Diagnostic> {
        let (sources, report) = Sources::open(report)?;
        Ok(Self { sources, findings: Vec::new(), report })
    }

    /// Whether an error was found.
    #[must_use]
    pub fn failed(&self) -> bool {
        self.findings.iter().any(|d| d.severity == Severity::Error)
    }

    fn take<T>(&mut self, phase: Phase<T>) -> Option<T> {
        match phase {
            Ok(Warned { value, warnings }) => {
                self.findings.extend(warnings);
                Some(value)
            }
            Err(found) => {
                self.findings.extend(found);
                None
            }
        }
    }

    /// Reads configuration and data and computes the index; how far ranks can be relied upon is
    /// left open. `None` if an error was found.
    pub fn results(&mut self, progress: &mut dyn Progress) -> Option<Results> {
        self.computed(progress, |_| Ok(None))
    }

    /// The same with intervals of ranks and nothing else of the uncertainty analysis, if the
    /// methodology asks for it. `None` if an error was found.
    pub fn ranked(&mut self, progress: &mut dyn Progress) -> Option<Results> {
        self.computed(progress, |own| own.asked(index::robustness::intervals))
    }

    /// The same with the uncertainty analysis, if the methodology asks for it: what a report needs.
    /// `None` if an error was found.
    pub fn analysed(&mut self, progress: &mut dyn Progress) -> Option<Results> {
        self.computed(progress, |own| own.asked(index::robustness::analyse))
    }

    fn computed(
        &mut self,
        progress: &mut dyn Progress,
        analyse: impl FnOnce(Indexed<'_>) -> Result<Option<Robustness>, Diagnostic>,
    ) -> Option<Results> {
        progress.begin(Stage::Config);
        let config = config::load(&mut self.sources, &self.report);
        let config = self.take(config)?;
        progress.begin(Stage::Data);
        let inputs = data::load(&mut self.sources, &config);
        let mut inputs = self.take(inputs)?;
        progress.begin(Stage::Index);
        let data::Inputs { dataset, years, units, .. } = &mut inputs;
        index::over_time::prepare(&config.method, dataset, years, units);
        let names: Vec<String> = inputs.units.iter().map(data::Unit::both_names).collect();
        let index = index::compute(&config.method, &inputs.dataset, &names);
        let index = self.take(index)?;
        let years = index::over_time::compute_years(&config.method, &inputs.years, &names);
        let years = self.take(years)?;
        let changes = previous::changes(&mut self.sources, &config, &inputs, &index);
        let changes = self.take(changes)?;
        let robustness = analyse(Indexed { config: &config, inputs: &inputs, index: &index });
        let robustness = robustness.map_err(|found| self.findings.push(found)).ok()?;
        let reading = index::reading::read(&config.method, &index);
        let networks = network::analyse(&config.networks, &inputs.networks, &inputs.gazetteer);
        let networks = self.take(networks)?;
        Some(Results { config, inputs, index, robustness, years, changes, reading, networks })
    }

    /// Reads and measures the networks and tables of entities of a file, and nothing else. `None`
    /// if an error was found.
    ///
    /// `adjust` may change what is asked for.
    pub fn networks(&mut self, adjust: impl FnOnce(&mut config::NetworkPlan)) -> Option<Surveyed> {
        let file = config::load_networks(&mut self.sources, &self.report);
        let mut file = self.take(file)?;
        adjust(&mut file.plan);
        let tables = data::load_networks(&mut self.sources, &file);
        let (gazetteer, tables) = self.take(tables)?;
        let results = network::analyse(&file.plan, &tables, &gazetteer);
        let results = self.take(results)?;
        Some(Surveyed { plan: file.plan, gazetteer, tables, results })
    }

    /// Composes every language: everything but the PDF. `None` if an error was found.
    pub fn compose(
        &mut self,
        results: &Arc<Results>,
        progress: &mut dyn Progress,
    ) -> Option<Composed> {
        progress.begin(Stage::Fonts);
        let fonts = faces::load(&mut self.sources).map_err(|d| self.findings.push(d)).ok()?;
        let theme = faces::theme(&fonts).map_err(|d| self.findings.push(d)).ok()?;
        let glyphs = Glyphs::of(fonts.iter().map(|f| f.bytes.as_ref()));
        progress.begin(Stage::Content);
        let templates = self.templates(&results.config);
        let templates = self.take(templates)?;
        let attachments = self.attachments();
        let theme = Arc::new(theme);
        let described: Vec<Attachment> = attachments.iter().map(|(a, _)| a.clone()).collect();
        let materials =
            Materials { templates: &templates, glyphs: &glyphs, attachments: &described };
        let phases: Vec<Phase<Edition>> = results
            .config
            .languages
            .par_iter()
            .map(|&lang| compose(&desk(results, &theme, lang), materials))
            .collect();
        let mut editions = Vec::new();
        for phase in phases {
            editions.extend(self.take(phase));
        }
        self.report_undrawable(&editions);
        if self.failed() {
            return None;
        }
        Some(Composed { editions, fonts, attachments })
    }

    /// Reads the shared templates, then the edition's own, which take their place.
    fn templates(&mut self, config: &Config) -> Phase<Templates> {
        let own = config.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
        let mut templates = Templates::default();
        let mut findings = crate::diag::Findings::default();
        for &lang in &config.languages {
            for base in [TEMPLATES.to_owned(), own.clone()] {
                let root =
                    if base.is_empty() { lang.tag().to_owned() } else { format!("{base}/{lang}") };
                for below in ["", "cities/"] {
                    let folder = format!("{root}/{below}");
                    for name in self.sources.list(folder.trim_end_matches('/')) {
                        if !is_template(&name) {
                            continue;
                        }
                        let path = format!("{folder}{name}");
                        let file = self.sources.text(&path, Encoding::Utf8);
                        if let Some(file) = findings.keep(file) {
                            let text = self.sources.file(file).text.clone();
                            let template = Template { file, path, text };
                            templates.insert(lang, format!("{below}{name}"), template);
                        }
                    }
                }
            }
        }
        findings.finish(templates)
    }

    /// The input data and configuration as they will be attached, with their bytes.
    fn attachments(&mut self) -> Vec<(Attachment, Vec<u8>)> {
        let inputs: Vec<String> = self
            .sources
            .hashes()
            .keys()
            .filter(|path| !path.starts_with("fonts/") && !is_template(path))
            .cloned()
            .collect();
        let mut attachments = Vec::new();
        for path in inputs {
            let Ok(bytes) = self.sources.bytes(&path) else { continue };
            let name = path.rsplit('/').next().unwrap_or(&path).to_owned();
            let is_source = is_yaml(&name);
            let (mime, what) = if is_source {
                ("application/yaml", "配置 configuration")
            } else if is_spreadsheet(&name) {
                (SPREADSHEET, "数据 data")
            } else if matches!(name.rsplit_once('.'), Some((_, "json"))) {
                ("application/json", "上一版结果 earlier results")
            } else {
                ("text/csv", "数据 data")
            };
            let attachment = Attachment {
                description: format!("{what}: {path}"),
                name: path.replace('/', "-"),
                mime: mime.to_owned(),
                is_source,
            };
            attachments.push((attachment, bytes));
        }
        attachments
    }

    fn report_undrawable(&mut self, editions: &[Edition]) {
        for undrawable in editions.iter().flat_map(|e| &e.undrawable) {
            let c = undrawable.character;
            let found = Diagnostic::error(
                Code::TypesetGlyph,
                format!(
                    "no face of `fonts/` can draw `{c}` (U+{:04X}) in \"{}\", printed by `{}`",
                    u32::from(c),
                    excerpt(&undrawable.text, c),
                    undrawable.template
                ),
            )
            .at_opt(self.first_place(c), "here")
            .help("use another character, or add it to the faces as `fonts/README.md` tells");
            if !self.findings.contains(&found) {
                self.findings.push(found);
            }
        }
    }

    /// The first place of a character in any file that was read.
    fn first_place(&self, c: char) -> Option<Span> {
        self.sources.files().find_map(|(id, file)| {
            let start = file.text.find(c)?;
            Some(Span::new(id, start, start + c.len_utf8()))
        })
    }

    /// Typesets and writes every output. `None` if an error was found; nothing is written then.
    pub fn print(
        &mut self,
        results: &Results,
        composed: &Composed,
        progress: &mut dyn Progress,
    ) -> Option<Built> {
        progress.begin(Stage::Typeset);
        let printed = self.typeset(results, composed)?;
        progress.begin(Stage::Write);
        let folder = format!("{BUILD}/{}", results.config.report.id);
        let mut files: Vec<OutputFile> = Vec::new();
        let mut pages: Vec<Option<usize>> = Vec::new();
        for (output, pdf, count) in printed {
            let path = format!("{}.{}.pdf", results.config.report.id, output.suffix());
            files.push(OutputFile { path, bytes: pdf });
            pages.push(Some(count));
        }
        for edition in &composed.editions {
            for (id, svg) in &edition.charts {
                let path = format!("charts/{id}.{}.svg", edition.lang);
                files.push(OutputFile { path, bytes: svg.clone().into_bytes() });
            }
        }
        let json = results_json(results).into_bytes();
        files.push(OutputFile { path: "results.json".into(), bytes: json });
        let text = manifest(results, self.sources.hashes(), &files).into_bytes();
        files.push(OutputFile { path: "manifest.json".into(), bytes: text });
        pages.resize(files.len(), None);
        let paths: Vec<String> = files.iter().map(|f| format!("{folder}/{}", f.path)).collect();
        let bytes = files.iter().map(|file| file.bytes.as_slice());
        let written = self.sources.write_all(paths.iter().map(String::as_str).zip(bytes));
        written.map_err(|d| self.findings.push(d)).ok()?;
        self.prune(&folder, &files);
        let listed =
            files.into_iter().zip(pages).map(|(f, p)| (f.path, f.bytes.len(), p)).collect();
        Some(Built { folder, files: listed })
    }

    /// Removes charts of earlier builds, so that the folder holds what the manifest says.
    fn prune(&mut self, folder: &str, files: &[OutputFile]) {
        let charts: Vec<String> = files
            .iter()
            .filter_map(|f| f.path.strip_prefix("charts/").map(ToOwned::to_owned))
            .collect();
        if let Err(diagnostic) = self.sources.prune(&format!("{folder}/charts"), &charts) {
            self.findings.push(diagnostic);
        }
    }

    fn typeset(
        &mut self,
        results: &Results,
        composed: &Composed,
    ) -> Option<Vec<(Output, Vec<u8>, usize)>> {
        let typesetter = Typesetter::new(composed.fonts.clone())
            .map_err(|e| self.findings.push(Diagnostic::error(Code::TypesetFont, e.to_string())))
            .ok()?;
        let layout = self.layout()?;
        let mut bundle = Bundle::new();
        for (path, bytes) in layout {
            bundle.insert(path, bytes);
        }
        for edition in &composed.editions {
            for (path, bytes) in &edition.files {
                bundle.insert(path.clone(), bytes.clone());
            }
        }
        for (attachment, bytes) in &composed.attachments {
            bundle.insert(format!("/attach/{}", attachment.name), bytes.clone());
        }
        let outputs = &results.config.outputs;
        for output in outputs {
            let parts: Vec<&Edition> = output
                .languages()
                .into_iter()
                .filter_map(|lang| composed.editions.iter().find(|e| e.lang == lang))
                .collect();
            bundle.insert_text(main_path(*output), &entry_point(&parts));
        }
        let report = &results.config.report;
        let printed = in_parallel(outputs, |output| {
            let ident = format!("{}/{}/{}", report.id, report.edition, output.suffix());
            typesetter.typeset(&bundle, &Job { main: main_path(output), ident })
        });
        let mut done = Vec::new();
        for (&output, result) in outputs.iter().zip(printed) {
            match result {
                Ok(typeset) => {
                    let found = typeset
                        .warnings
                        .iter()
                        .map(|t| troubles::diagnostic(self, t, &bundle, composed));
                    let found: Vec<Diagnostic> = found.collect();
                    self.findings.extend(found);
                    done.push((output, typeset.pdf, typeset.pages));
                }
                Err(found) => {
                    for trouble in &found {
                        let diagnostic = troubles::diagnostic(self, trouble, &bundle, composed);
                        if !self.findings.contains(&diagnostic) {
                            self.findings.push(diagnostic);
                        }
                    }
                }
            }
        }
        (!self.failed()).then_some(done)
    }

    /// The page design, under the paths the sections import it by.
    fn layout(&mut self) -> Option<Vec<(String, Vec<u8>)>> {
        let folder = format!("{TEMPLATES}/layout");
        let names = self.sources.list(&folder);
        if names.is_empty() {
            self.findings.push(Diagnostic::error(
                Code::SourceMissing,
                format!("there is no page design in `{folder}`"),
            ));
            return None;
        }
        let mut files = Vec::new();
        for name in names.iter().filter(|n| is_template(n)) {
            match self.sources.bytes(&format!("{folder}/{name}")) {
                Ok(bytes) => files.push((format!("/layout/{name}"), bytes)),
                Err(diagnostic) => {
                    self.findings.push(diagnostic);
                    return None;
                }
            }
        }
        Some(files)
    }
}

/// What an uncertainty analysis starts from.
#[derive(Clone, Copy)]
struct Indexed<'a> {
    config: &'a Config,
    inputs: &'a data::Inputs,
    index: &'a IndexResult,
}

impl Indexed<'_> {
    /// The result of an analysis, if the methodology asks for one.
    fn asked(
        self,
        analyse: impl FnOnce(
            &config::Methodology,
            &data::Dataset,
            &[data::Unit],
            &IndexResult,
        ) -> Result<Robustness, Diagnostic>,
    ) -> Result<Option<Robustness>, Diagnostic> {
        let data::Inputs { dataset, units, .. } = self.inputs;
        let method = &self.config.method;
        method.robustness.stated.then(|| analyse(method, dataset, units, self.index)).transpose()
    }
}

/// Everything but the PDF.
#[derive(Debug)]
pub struct Composed {
    /// One per language.
    pub editions: Vec<Edition>,
    fonts: Vec<crate::typeset::Face>,
    attachments: Vec<(Attachment, Vec<u8>)>,
}

/// Does a job for every output on the cores there are, and returns the results in the order of the
/// outputs. The longest job starts first: on two cores the two parts then fill the time that the
/// bilingual book takes.
fn in_parallel<T: Send + Sync>(outputs: &[Output], job: impl Fn(Output) -> T + Sync) -> Vec<T> {
    let done: Vec<OnceLock<T>> = outputs.iter().map(|_| OnceLock::new()).collect();
    let mut longest_first: Vec<usize> = (0..outputs.len()).collect();
    longest_first.sort_by_key(|&at| std::cmp::Reverse(outputs[at].languages().len()));
    rayon::scope_fifo(|scope| {
        for at in longest_first {
            let (done, job) = (&done, &job);
            scope.spawn_fifo(move |_| {
                let _ = done[at].set(job(outputs[at]));
            });
        }
    });
    done.into_iter()
        .map(|cell| cell.into_inner().expect("the scope ends when every job has"))
        .collect()
}

fn main_path(output: Output) -> String {
    format!("/main-{}.typ", output.suffix())
}

fn is_template(name: &str) -> bool {
    matches!(name.rsplit_once('.'), Some((_, "md" | "typ")))
}

fn is_yaml(name: &str) -> bool {
    matches!(name.rsplit_once('.'), Some((_, "yaml" | "yml")))
}

fn is_spreadsheet(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("xlsx"))
}

/// Some text around a character.
fn excerpt(text: &str, c: char) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = chars.iter().position(|&x| x == c).unwrap_or(0);
    chars[at.saturating_sub(12)..(at + 13).min(chars.len())].iter().collect()
}
