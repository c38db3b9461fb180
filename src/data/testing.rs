//! Project folders for the tests of this module.

use std::collections::BTreeMap;

use crate::config::{self, Config, TableFile};
use crate::data::table::Table;
use crate::data::{Gazetteer, Inputs};
use crate::diag::{Diagnostic, Findings, Phase, Span};
use crate::source::{Encoding, Sources};

/// A project to be written into a temporary folder.
///
/// Unless told otherwise it has units 1 甲市 Alpha, 2 乙市 Beta and 3 丙市 Gamma, the one input
/// `data.csv`, and the one indicator `gdp`.
#[derive(Debug, Clone)]
pub(super) struct Project {
    files: BTreeMap<String, Vec<u8>>,
    cities: String,
    data: Vec<String>,
    report: String,
    method: String,
    framework: Vec<String>,
}

impl Project {
    pub(super) fn new() -> Self {
        let project = Self {
            files: BTreeMap::new(),
            cities: "{ gazetteer: cities.csv }".to_owned(),
            data: Vec::new(),
            report: String::new(),
            method: String::new(),
            framework: Vec::new(),
        };
        project
            .file("cities.csv", "code,name_zh,name_en\n1,甲市,Alpha\n2,乙市,Beta\n3,丙市,Gamma\n")
    }

    pub(super) fn file(self, path: &str, text: &str) -> Self {
        self.bytes(path, text.as_bytes())
    }

    pub(super) fn bytes(mut self, path: &str, bytes: &[u8]) -> Self {
        self.files.insert(path.to_owned(), bytes.to_vec());
        self
    }

    /// Replaces what stands under `cities`.
    pub(super) fn cities(mut self, yaml: &str) -> Self {
        yaml.trim_start().clone_into(&mut self.cities);
        if !self.cities.starts_with('{') {
            self.cities = format!("{{ {yaml} }}");
        }
        self
    }

    /// Adds an input.
    pub(super) fn data(mut self, yaml: &str) -> Self {
        self.data.push(yaml.to_owned());
        self
    }

    /// Adds a line to `report.yaml`.
    pub(super) fn report(mut self, yaml: &str) -> Self {
        self.report.extend([yaml, "\n"]);
        self
    }

    /// Adds a line to `methodology.yaml`.
    pub(super) fn method(mut self, yaml: &str) -> Self {
        self.method.extend([yaml, "\n"]);
        self
    }

    /// Adds an indicator.
    pub(super) fn node(mut self, yaml: &str) -> Self {
        self.framework.push(yaml.to_owned());
        self
    }

    fn open(&self) -> (Sources, Config, tempfile::TempDir) {
        let list = |items: &[String], default: &str| -> String {
            if items.is_empty() {
                return format!("  - {default}\n");
            }
            items.iter().flat_map(|item| ["  - ", item, "\n"]).collect()
        };
        let report = format!(
            "schema-version: 1\nreport: {{ id: t, title: {{ zh: 题, en: Title }}, edition: 2022, \
             date: 2024-01-01 }}\nmethodology: methodology.yaml\nsections: [cover]\ncities: {}\n\
             data:\n{}{}",
            self.cities,
            list(&self.data, "{ file: data.csv }"),
            self.report,
        );
        let method = format!(
            "schema-version: 1\n{}framework:\n{}",
            self.method,
            list(&self.framework, "{ code: gdp }")
        );
        let folder = tempfile::tempdir().unwrap();
        let mut sources = Sources::at(folder.path()).unwrap();
        for (path, bytes) in &self.files {
            sources.write(path, bytes).unwrap();
        }
        if !self.files.contains_key("data.csv") {
            sources.write("data.csv", "unit,gdp\n".as_bytes()).unwrap();
        }
        sources.write("report.yaml", report.as_bytes()).unwrap();
        sources.write("methodology.yaml", method.as_bytes()).unwrap();
        let config = config::load(&mut sources, "report.yaml").unwrap().value;
        (sources, config, folder)
    }

    pub(super) fn load(&self) -> Phase<Inputs> {
        let (mut sources, config, _folder) = self.open();
        crate::data::load(&mut sources, &config)
    }

    /// What is found wrong.
    pub(super) fn fail(&self) -> Vec<Diagnostic> {
        self.load().map(|_| ()).unwrap_err()
    }

    /// The text under the first label of a finding.
    pub(super) fn under(&self, found: &Diagnostic) -> String {
        self.text_at(found.labels[0].span)
    }

    /// The text of a span.
    pub(super) fn text_at(&self, span: Span) -> String {
        let (mut sources, config, _folder) = self.open();
        let _ = crate::data::load(&mut sources, &config);
        sources.slice(span).to_owned()
    }

    pub(super) fn gazetteer(&self) -> (Option<Gazetteer>, Findings) {
        let (mut sources, config, _folder) = self.open();
        let mut findings = Findings::default();
        (Gazetteer::load(&mut sources, &config.gazetteer, &mut findings), findings)
    }
}

/// A table of that text.
pub(super) fn table(text: &str) -> (Table, Findings) {
    let folder = tempfile::tempdir().unwrap();
    let mut sources = Sources::at(folder.path()).unwrap();
    sources.write("t.csv", text.as_bytes()).unwrap();
    let file = sources.text("t.csv", Encoding::Utf8).unwrap();
    let mut findings = Findings::default();
    let from = TableFile::new("t.csv".to_owned(), Span::new(file, 0, 0));
    let table = Table::read(&mut sources, &from, &mut findings);
    (table.unwrap(), findings)
}

/// The codes of findings.
pub(super) fn codes(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|diagnostic| diagnostic.code.as_str()).collect()
}

/// A spreadsheet with the cells of its sheets as XML; style 1 is a date.
pub(super) fn workbook(sheets: &[(&str, &str)]) -> Vec<u8> {
    use std::fmt::Write as _;
    use std::io::Write as _;
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let mut add = |name: &str, xml: &str| {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(xml.as_bytes()).unwrap();
    };
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let (mut list, mut links) = (String::new(), String::new());
    for (at, (name, cells)) in (1..).zip(sheets) {
        let _ = write!(list, r#"<sheet name="{name}" sheetId="{at}" r:id="rId{at}"/>"#);
        let _ = write!(
            links,
            r#"<Relationship Id="rId{at}" Type="{relations}/worksheet" Target="worksheets/sheet{at}.xml"/>"#
        );
        let xml =
            format!(r#"<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>"#);
        add(&format!("xl/worksheets/sheet{at}.xml"), &xml);
    }
    add(
        "xl/styles.xml",
        &format!(
            r#"<styleSheet xmlns="{main}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
        ),
    );
    add(
        "xl/workbook.xml",
        &format!(
            r#"<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>{list}</sheets></workbook>"#
        ),
    );
    add(
        "xl/_rels/workbook.xml.rels",
        &format!(r#"<Relationships xmlns="{package}">{links}</Relationships>"#),
    );
    add(
        "_rels/.rels",
        &format!(
            r#"<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
        ),
    );
    zip.finish().unwrap().into_inner()
}
