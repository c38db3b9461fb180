//! Meaning of the configuration: ranges, references, defaults; raw files become [`Config`].

use crate::config::edition::{
    CityCases, Config, CorrectionEntry, Input, InputKind, Layout, Output, ReportMeta, Selection,
};
use crate::config::framework::Tree;
use crate::config::method::{Methodology, Status};
use crate::config::network::NetworkFile;
use crate::config::raw::{
    self, RawCorrections, RawInput, RawInputKind, RawMethodology, RawNetworkFile, RawReport,
    RawReportFile, RawStatus,
};
use crate::config::resolve::networks;
use crate::config::shape;
use crate::config::table_file::TableFile;
use crate::config::yaml::{self, Place};
use crate::diag::{Code, Diagnostic, FileId, Findings, Phase, Span, Warned};
use crate::lang::{Lang, Localised};
use crate::source::{Encoding, Sources};

/// Loads `report.yaml` at `path` and the methodology it names.
///
/// # Errors
/// Every mistake of both files.
pub fn load(sources: &mut Sources, path: &str) -> Phase<Config> {
    let (file, root, report) = read_file::<RawReportFile>(sources, path)?;
    let mut findings = Findings::default();
    let method_path =
        findings.keep(at(sources.resolve(path, &report.methodology), root.span_of("methodology")));
    let method = method_path.as_deref().and_then(|method_path| {
        match load_methodology(sources, method_path, root.span_of("methodology")) {
            Ok(method) => Some(method),
            Err(found) => {
                findings.extend(found);
                None
            }
        }
    });
    let project = Project { sources, path };
    let edition = Edition { project, file, root: &root, findings: &mut findings };
    let config = edition.resolve(report, method.zip(method_path));
    findings.finish_opt(config)
}

/// Loads what `path` says of networks: a report, or a file of networks alone.
///
/// # Errors
/// Every mistake of the file; of a report, those of its methodology too.
pub fn load_networks(sources: &mut Sources, path: &str) -> Phase<NetworkFile> {
    let file = sources.text(path, Encoding::Utf8).map_err(|d| vec![d])?;
    let text = sources.file(file).text.clone();
    if yaml::places(&text, file)?.get("methodology").is_some() {
        let Warned { value, warnings } = load(sources, path)?;
        let read = NetworkFile { gazetteer: Some(value.gazetteer), plan: value.networks };
        return Ok(Warned { value: read, warnings });
    }
    let (_, root, raw) = read_file::<RawNetworkFile>(sources, path)?;
    let mut findings = Findings::default();
    let project = Project { sources, path };
    let gazetteer = raw.cities.and_then(|cities| {
        let span = root.get("cities").map_or(root.span, |place| place.span_of("gazetteer"));
        project.file(&cities.gazetteer, span, &mut findings)
    });
    let gazetteer = gazetteer.map(|(path, span)| TableFile::new(path, span));
    let plan = networks::plan(raw.networks, raw.cascades, &root, project, &mut findings);
    findings.finish(NetworkFile { gazetteer, plan })
}

/// Loads the corrections a report names; none if it names no file.
///
/// # Errors
/// Every mistake of the file.
pub fn load_corrections(
    sources: &mut Sources,
    config: &Config,
) -> Result<Vec<CorrectionEntry>, Vec<Diagnostic>> {
    let Some((path, span)) = &config.corrections else { return Ok(Vec::new()) };
    at(sources.check_file(path), *span).map_err(|d| vec![d])?;
    let (_, root, raw) = read_file::<RawCorrections>(sources, path)?;
    let mut findings = Findings::default();
    let list = root.get("corrections").unwrap_or(&root);
    let entries = raw
        .corrections
        .into_iter()
        .enumerate()
        .map(|(i, entry)| {
            let place = list.index(i).unwrap_or(list);
            if parse_date(&entry.date).is_none() {
                findings.push(bad_date(&entry.date, place.span_of("date")));
            }
            CorrectionEntry {
                unit: (entry.unit, place.span_of("unit")),
                indicator: (entry.indicator, place.span_of("indicator")),
                year: entry.year,
                from: (entry.from, place.span_of("from")),
                to: entry.to,
                reason: entry.reason,
                date: entry.date,
                by: entry.by,
            }
        })
        .collect();
    findings.finish(entries).map(|warned| warned.value)
}

/// Reads one YAML file: syntax, then shape, then types.
fn read_file<T>(sources: &mut Sources, path: &str) -> Result<(FileId, Place, T), Vec<Diagnostic>>
where
    T: serde::de::DeserializeOwned + schemars::JsonSchema,
{
    let file = sources.text(path, Encoding::Utf8).map_err(|d| vec![d])?;
    let text = sources.file(file).text.clone();
    let root = yaml::places(&text, file)?;
    let found = shape::check::<T>(&root);
    if !found.is_empty() {
        return Err(found);
    }
    let raw = yaml::read::<T>(&text, file).map_err(|d| vec![d])?;
    Ok((file, root, raw))
}

fn at<T>(result: Result<T, Diagnostic>, span: Span) -> Result<T, Diagnostic> {
    result.map_err(|d| d.at(span, "named here"))
}

fn bad_date(text: &str, span: Span) -> Diagnostic {
    Diagnostic::error(Code::ConfigInvalid, format!("`{text}` is not a date"))
        .at(span, "")
        .help("write year, month and day as `2024-06-30`")
}

/// Year, month and day of `YYYY-MM-DD`, if there is such a day.
fn parse_date(text: &str) -> Option<(i32, u8, u8)> {
    let mut parts = text.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    if year.len() != 4 || month.len() != 2 || day.len() != 2 {
        return None;
    }
    let (year, month, day): (i32, u8, u8) =
        (year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=days).contains(&day).then_some((year, month, day))
}

/// The project, and the file of it whose paths are relative to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Project<'a> {
    sources: &'a Sources,
    path: &'a str,
}

impl Project<'_> {
    /// The path inside the project of a file that is there.
    pub(super) fn file(
        self,
        target: &str,
        span: Span,
        findings: &mut Findings,
    ) -> Option<(String, Span)> {
        let path = findings.keep(at(self.sources.resolve(self.path, target), span))?;
        let Err(found) = at(self.sources.check_file(&path), span) else {
            return Some((path, span));
        };
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        let mut names = self.sources.list(folder);
        names.retain(|other| other != name);
        let near = crate::diag::nearest(name, names.iter().map(String::as_str));
        findings.push(found.did_you_mean(&near));
        None
    }
}

struct Edition<'a> {
    project: Project<'a>,
    file: FileId,
    root: &'a Place,
    findings: &'a mut Findings,
}

impl Edition<'_> {
    fn resolve(
        mut self,
        raw: RawReportFile,
        method: Option<(Methodology, String)>,
    ) -> Option<Config> {
        let languages = raw.languages.unwrap_or_else(|| Lang::ALL.to_vec());
        let outputs = self.outputs(raw.outputs, &languages);
        let report = self.report(raw.report);
        let inputs = self.inputs(raw.data);
        let gazetteer = self.table_of(&raw.cities.gazetteer, &["cities", "gazetteer"]);
        let selection = self.selection(raw.cities.condition, raw.cities.include);
        let sources = raw.sources.and_then(|p| self.table_of(&p, &["sources"]));
        let glossary = raw.glossary.and_then(|p| self.table_of(&p, &["glossary"]));
        let columns = raw.columns.and_then(|p| self.table_of(&p, &["columns"]));
        let corrections = raw.corrections.and_then(|p| self.file_of(&p, &["corrections"]));
        let previous = raw.previous_edition.and_then(|p| self.previous(&p));
        let city_cases = self.city_cases(raw.city_cases);
        let project = self.project;
        let networks =
            networks::plan(raw.networks, raw.cascades, self.root, project, self.findings);
        let sections = self.sections(raw.sections);
        let (method, method_path) = method?;
        Some(Config {
            path: self.project.path.to_owned(),
            file: self.file,
            report: report?,
            languages,
            outputs,
            gazetteer: gazetteer?,
            selection,
            inputs,
            sources,
            glossary,
            columns,
            corrections,
            previous,
            city_cases,
            networks,
            sections,
            method,
            method_path,
        })
    }

    fn span(&self, keys: &[&str]) -> Span {
        let mut place = self.root;
        for key in keys {
            match place.get(key) {
                Some(next) => place = next,
                None => break,
            }
        }
        place.span
    }

    fn table_of(&mut self, target: &str, keys: &[&str]) -> Option<TableFile> {
        self.file_of(target, keys).map(|(path, span)| TableFile::new(path, span))
    }

    fn file_of(&mut self, target: &str, keys: &[&str]) -> Option<(String, Span)> {
        let span = self.span(keys);
        self.project.file(target, span, self.findings)
    }

    /// A folder stands for the `report.yaml` in it.
    fn previous(&mut self, target: &str) -> Option<(String, Span)> {
        let is_file = [".yaml", ".yml", ".json"].iter().any(|ending| target.ends_with(ending));
        let target = if is_file { target.to_owned() } else { format!("{target}/report.yaml") };
        let (path, span) = self.file_of(&target, &["previous-edition"])?;
        if path == self.project.path {
            let message = "an edition cannot be the one before itself";
            self.findings.push(Diagnostic::error(Code::ConfigInvalid, message).at(span, ""));
            return None;
        }
        Some((path, span))
    }

    fn report(&mut self, raw: RawReport) -> Option<ReportMeta> {
        let id_ok = !raw.id.is_empty()
            && raw.id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        if !id_ok {
            self.findings.push(
                Diagnostic::error(
                    Code::ConfigInvalid,
                    format!("`{}` cannot name a file on every system", raw.id),
                )
                .at(self.span(&["report", "id"]), "")
                .help("use lower-case letters, digits and hyphens"),
            );
        }
        let date = parse_date(&raw.date);
        if date.is_none() {
            self.findings.push(bad_date(&raw.date, self.span(&["report", "date"])));
        }
        Some(ReportMeta {
            id: raw.id,
            title: raw.title,
            subtitle: raw.subtitle.unwrap_or_default(),
            edition: raw.edition,
            date: date?,
            publisher: raw.publisher.unwrap_or_default(),
            licence: raw.licence.unwrap_or_default(),
            keywords: raw.keywords.unwrap_or_default(),
        })
    }

    fn outputs(&mut self, raw: Option<Vec<raw::RawOutput>>, languages: &[Lang]) -> Vec<Output> {
        let Some(raw) = raw else {
            return languages.iter().map(|&lang| Output::Single(lang)).collect();
        };
        let mut outputs = Vec::new();
        for (i, output) in raw.into_iter().enumerate() {
            let output = match output {
                raw::RawOutput::Zh => Output::Single(Lang::Zh),
                raw::RawOutput::En => Output::Single(Lang::En),
                raw::RawOutput::ZhEn => Output::Bilingual,
            };
            if let Some(absent) = output.languages().into_iter().find(|l| !languages.contains(l)) {
                let place = self.root.get("outputs").and_then(|p| p.index(i));
                self.findings.push(
                    Diagnostic::error(
                        Code::ConfigInvalid,
                        format!(
                            "output `{}` needs language `{absent}`",
                            output.suffix().replace('-', "+")
                        ),
                    )
                    .at_opt(place.map(|p| p.span), "asked for here")
                    .at(self.span(&["languages"]), "not among the languages")
                    .help(format!("add `{absent}` to `languages`")),
                );
            }
            if !outputs.contains(&output) {
                outputs.push(output);
            }
        }
        outputs
    }

    fn inputs(&mut self, raw: Vec<RawInput>) -> Vec<Input> {
        let list = self.root.get("data").unwrap_or(self.root);
        if raw.is_empty() {
            self.findings.push(
                Diagnostic::error(Code::ConfigInvalid, "`data` names no input table")
                    .at(list.span, "")
                    .help("add at least one `{ file: ... }`"),
            );
        }
        let mut inputs: Vec<Input> = Vec::new();
        for (i, input) in raw.into_iter().enumerate() {
            let place = list.index(i).unwrap_or(list);
            let span = place.span_of("file");
            let Some((path, _)) = self.project.file(&input.file, span, self.findings) else {
                continue;
            };
            let sheet = input.sheet.clone().map(|sheet| (sheet, place.span_of("sheet")));
            let table = TableFile { path, span, sheet };
            let input = resolve_input(input, table);
            if let Some(first) = inputs.iter().find(|other| other.id == input.id) {
                self.findings.push(
                    Diagnostic::error(
                        Code::ConfigInvalid,
                        format!("two tables are called `{}`", input.id),
                    )
                    .at(span, "second table")
                    .at(first.table.span, "first table")
                    .help("give one of them another `id`"),
                );
            }
            inputs.push(input);
        }
        inputs
    }

    fn selection(&mut self, condition: Option<String>, names: Option<Vec<String>>) -> Selection {
        let cities = self.root.get("cities").unwrap_or(self.root);
        match (condition, names) {
            (Some(_), Some(_)) => {
                self.findings.push(
                    Diagnostic::error(
                        Code::ConfigInvalid,
                        "`where` and `include` exclude each other",
                    )
                    .at(cities.span_of("where"), "")
                    .at(cities.span_of("include"), ""),
                );
                Selection::All
            }
            (Some(condition), None) => Selection::Where(condition, cities.span_of("where")),
            (None, Some(names)) => Selection::Named(with_places(names, cities.get("include"))),
            (None, None) => Selection::All,
        }
    }

    fn city_cases(&mut self, raw: Option<raw::RawCityCases>) -> CityCases {
        let place = self.root.get("city-cases").unwrap_or(self.root);
        match raw {
            None => CityCases::None,
            Some(raw::RawCityCases { top: Some(top), units: None }) => CityCases::Top(top),
            Some(raw::RawCityCases { top: None, units: Some(units) }) => {
                CityCases::Named(with_places(units, place.get("units")))
            }
            Some(_) => {
                self.findings.push(
                    Diagnostic::error(
                        Code::ConfigInvalid,
                        "`city-cases` wants either `top` or `units`",
                    )
                    .at(place.span, ""),
                );
                CityCases::None
            }
        }
    }

    fn sections(&mut self, raw: Vec<String>) -> Vec<(String, Span)> {
        let sections = with_places(raw, self.root.get("sections"));
        for (i, (name, span)) in sections.iter().enumerate() {
            if let Some((_, first)) = sections[..i].iter().find(|(other, _)| other == name) {
                self.findings.push(
                    Diagnostic::error(
                        Code::ConfigInvalid,
                        format!("section `{name}` stands twice"),
                    )
                    .at(*span, "again here")
                    .at(*first, "first here"),
                );
            }
        }
        sections
    }
}

fn with_places(values: Vec<String>, place: Option<&Place>) -> Vec<(String, Span)> {
    let fallback = place.map(|p| p.span);
    values
        .into_iter()
        .enumerate()
        .filter_map(|(i, value)| {
            let span = place.and_then(|p| p.index(i)).map(|p| p.span).or(fallback)?;
            Some((value, span))
        })
        .collect()
}

fn resolve_input(raw: RawInput, table: TableFile) -> Input {
    let name = table.path.rsplit('/').next().unwrap_or(&table.path);
    let id = raw.id.unwrap_or_else(|| name.rsplit_once('.').map_or(name, |(n, _)| n).to_owned());
    let kind = match raw.kind.unwrap_or(RawInputKind::Indicators) {
        RawInputKind::Indicators => InputKind::Indicators(raw.layout.map(|l| match l {
            raw::RawLayout::Long => Layout::Long,
            raw::RawLayout::Wide => Layout::Wide,
        })),
        RawInputKind::Events => InputKind::Events,
        RawInputKind::Records => InputKind::Records,
        RawInputKind::Facts => InputKind::Facts,
        RawInputKind::Ranking => InputKind::Ranking,
    };
    Input {
        title: raw.title.unwrap_or_else(|| Localised::same(&id)),
        table,
        kind,
        id,
        year: raw.year,
        source: raw.source,
        status: raw.status.map_or(Status::Secondary, status),
        measures: raw.measures.unwrap_or_default(),
    }
}

pub(super) const fn status(raw: RawStatus) -> Status {
    match raw {
        RawStatus::Official => Status::Official,
        RawStatus::Secondary => Status::Secondary,
        RawStatus::Proxy => Status::Proxy,
        RawStatus::Estimate => Status::Estimate,
        RawStatus::Imputed => Status::Imputed,
        RawStatus::Illustrative => Status::Illustrative,
    }
}

fn load_methodology(
    sources: &mut Sources,
    path: &str,
    named: Span,
) -> Result<Methodology, Vec<Diagnostic>> {
    at(sources.check_file(path), named).map_err(|d| vec![d])?;
    let (_, root, raw) = read_file::<RawMethodology>(sources, path)?;
    let mut findings = Findings::default();
    let method = Tree::build(raw, &root, &mut findings);
    findings.finish(method).map(|warned| warned.value)
}

/// A methodology from its text, for tests of later stages.
///
/// # Errors
/// Every mistake of the text.
#[cfg(test)]
pub(crate) fn methodology(text: &str) -> Result<Methodology, Vec<Diagnostic>> {
    let root = yaml::places(text, FileId(0))?;
    let found = shape::check::<RawMethodology>(&root);
    if !found.is_empty() {
        return Err(found);
    }
    let raw = yaml::read(text, FileId(0)).map_err(|d| vec![d])?;
    let mut findings = Findings::default();
    let method = Tree::build(raw, &root, &mut findings);
    findings.finish(method).map(|w| w.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Imputation, Treatment};

    fn tree(text: &str) -> Result<Methodology, Vec<String>> {
        methodology(text).map_err(|found| found.into_iter().map(|d| d.message).collect())
    }

    #[test]
    fn weights_become_shares() {
        let method = tree(
            "schema-version: 1\nframework:\n  - { code: a, weight: 3, children: [{ code: x }, { code: y }] }\n  - { code: b, weight: 1 }\n",
        )
        .unwrap();
        let weights: Vec<f64> =
            (0..method.nodes.len()).map(|i| method.effective_weight(i)).collect();
        assert_eq!(weights, [1.0, 0.75, 0.375, 0.375, 0.25]);
        assert_eq!(method.indicators().collect::<Vec<_>>(), [2, 3, 4]);
        assert_eq!(method.leaves(0), [2, 3, 4]);
    }

    #[test]
    fn mistakes_in_meaning_come_together() {
        let found = tree(
            "schema-version: 1\naggregation: geometric\ntiers: { method: quantiles, count: 3, names: { zh: [一], en: [a, b, c] } }\n\
             framework:\n  - { code: a, weight: -1 }\n  - { code: a, value: 'x +' }\n  - { code: index }\n",
        )
        .unwrap_err();
        assert_eq!(found.len(), 9, "{found:#?}");
    }

    #[test]
    fn imputation_wants_what_it_needs() {
        let found = |rule: &str| {
            let text = format!(
                "schema-version: 1\nmissing: {{ imputation: {rule} }}\nframework: [{{ code: a }}]\n"
            );
            tree(&text).map(|m| m.nodes[1].indicator().unwrap().imputation)
        };
        assert_eq!(found("none"), Ok(Imputation::None));
        assert_eq!(found("{ method: latest, max-age: 2 }"), Ok(Imputation::Latest { max_age: 2 }));
        assert_eq!(found("latest").unwrap_err(), ["imputation by `latest` needs `max-age`"]);
        assert_eq!(
            found("{ method: group-mean, max-age: 2 }").unwrap_err(),
            [
                "`max-age` has no meaning for imputation by `group-mean`",
                "imputation by `group-mean` needs `group`"
            ]
        );
    }

    #[test]
    fn treatment_wants_what_it_needs() {
        let found = |rule: &str, own: &str| {
            let text =
                format!("schema-version: 1\ntreatment: {rule}\nframework: [{{ code: a{own} }}]\n");
            tree(&text).map(|m| m.nodes[1].indicator().unwrap().treatment)
        };
        let usual = Treatment::WinsoriseLog { skew: 2.0, kurtosis: 3.5, max_points: 5 };
        assert_eq!(found("winsorise-log", ""), Ok(usual));
        assert_eq!(found("winsorise-log", ", treatment: none"), Ok(Treatment::None));
        assert_eq!(
            found("{ method: box-cox, skew: 2 }", "").unwrap_err(),
            [
                "`skew` has no meaning for treatment by `box-cox`",
                "treatment by `box-cox` needs `lambda`"
            ]
        );
        let posts = ", normalisation: { method: goalposts, low: 0, high: 1 }";
        assert_eq!(
            found("winsorise-log", posts).unwrap_err(),
            ["`a` has goalposts on the scale of the data, which its treatment may leave"]
        );
        assert!(found("percentile-clamp", posts).is_ok());
        let target = ", normalisation: { method: distance-to-target, target: 9 }";
        assert_eq!(
            found("winsorise-log", target).unwrap_err(),
            [
                "`a` is scored by `distance-to-target` on the scale of the data, which its treatment \
                 may leave"
            ]
        );
    }

    #[test]
    fn screening_names_indicators() {
        let found = |entries: &str| {
            let text = format!(
                "schema-version: 1\nscreening: {{ exclude: [{entries}] }}\n\
                 framework: [{{ code: area }}]\n"
            );
            tree(&text).map(|m| m.screening.forced.len())
        };
        let why = "reason: { zh: 缘由, en: why }";
        assert_eq!(found(&format!("{{ indicator: area, {why} }}, {{ unit: 丙, {why} }}")), Ok(2));
        assert_eq!(
            found(&format!("{{ indicator: aera, {why} }}, {{ {why} }}")).unwrap_err(),
            [
                "the framework has no indicator `aera`",
                "an entry of the screening wants either `unit` or `indicator`"
            ]
        );
    }

    #[test]
    fn dates_are_real_days() {
        assert_eq!(parse_date("2024-02-29"), Some((2024, 2, 29)));
        assert_eq!(parse_date("2023-02-29"), None);
        assert_eq!(parse_date("2024-6-30"), None);
    }
}
