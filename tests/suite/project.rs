//! A project folder of its own for every test, and the program run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use rankpress::content::{Edition, Results};
use rankpress::diag::Diagnostic;
use rankpress::lang::Lang;
use rankpress::pipeline::{Run, Silent};
use tempfile::TempDir;

/// The repository.
pub(crate) const REPOSITORY: &str = env!("CARGO_MANIFEST_DIR");

/// A temporary project: the fonts and templates of the repository and a copy of some report.
pub(crate) struct Project {
    folder: TempDir,
    report: &'static str,
}

impl Project {
    /// The report of `tests/fixtures/tiny`, at the root of the project.
    pub(crate) fn tiny() -> Self {
        Self::of("tests/fixtures/tiny", "", "report.yaml")
    }

    /// The report of `data/china-20-2022`, where it lies in the repository.
    pub(crate) fn china() -> Self {
        Self::of("data", "data", "data/china-20-2022/report.yaml")
    }

    /// The report of `data/clusters-illustrative`, where it lies in the repository.
    pub(crate) fn clusters() -> Self {
        Self::of("data", "data", "data/clusters-illustrative/report.yaml")
    }

    fn of(fixture: &str, to: &str, report: &'static str) -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap(), report };
        for shared in ["fonts", "report-templates"] {
            link_tree(&repository(shared), &project.path(shared));
        }
        link_tree(&repository(fixture), &project.path(to));
        project
    }

    /// A path inside the project.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// Lays the files of a folder of the repository over the project.
    pub(crate) fn overlay(self, folder: &Path) -> Self {
        for (path, bytes) in files_below(folder) {
            if path != "expected.txt" {
                self.put(&path, &bytes);
            }
        }
        self
    }

    /// Writes a file, and the folder it lies in.
    pub(crate) fn write(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.put(path, content.as_ref());
        self
    }

    /// Replaces a text that stands exactly once in a file.
    pub(crate) fn replace(self, path: &str, from: &str, to: &str) -> Self {
        let text = self.text(path);
        assert_eq!(text.matches(from).count(), 1, "`{from}` must stand once in {path}");
        self.put(path, text.replace(from, to).as_bytes());
        self
    }

    /// Adds text at the end of a file.
    pub(crate) fn append(self, path: &str, more: &str) -> Self {
        let text = self.text(path);
        self.put(path, format!("{text}{more}").as_bytes());
        self
    }

    /// Removes a file or a folder.
    pub(crate) fn remove(self, path: &str) -> Self {
        let full = self.path(path);
        if full.is_dir() { fs::remove_dir_all(full) } else { fs::remove_file(full) }.unwrap();
        self
    }

    /// The text of a file.
    pub(crate) fn text(&self, path: &str) -> String {
        String::from_utf8(self.bytes(path)).unwrap()
    }

    /// The bytes of a file.
    pub(crate) fn bytes(&self, path: &str) -> Vec<u8> {
        fs::read(self.path(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
    }

    /// Every file below a folder, by path inside that folder.
    pub(crate) fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        files_below(&self.path(folder)).into_iter().collect()
    }

    /// Files may be linked to those of the repository: a link is broken before it is written to.
    fn put(&self, path: &str, bytes: &[u8]) {
        let full = self.path(path);
        fs::create_dir_all(full.parent().unwrap()).unwrap();
        if full.exists() {
            fs::remove_file(&full).unwrap();
        }
        fs::write(full, bytes).unwrap();
    }

    /// Runs the program in the project folder with nothing in its environment.
    ///
    /// `REPORT` among the arguments stands for the path of the report.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, &[])
    }

    /// Runs the program with some variables and nothing else in its environment.
    pub(crate) fn run_with(&self, arguments: &[&str], environment: &[(&str, &str)]) -> Ran {
        let arguments = arguments.iter().map(|a| if *a == "REPORT" { self.report } else { a });
        let output = Command::new(env!("CARGO_BIN_EXE_rankpress"))
            .current_dir(self.folder.path())
            .env_clear()
            .envs(environment.iter().copied())
            .args(arguments)
            .output()
            .unwrap();
        Ran {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: self.normalised(&String::from_utf8(output.stderr).unwrap()),
        }
    }

    /// Builds the report and returns what it wrote.
    pub(crate) fn build(&self) -> BTreeMap<String, Vec<u8>> {
        self.run(&["build", "REPORT", "--quiet"]).succeeds();
        let folders: Vec<_> = fs::read_dir(self.path("build")).unwrap().collect();
        assert_eq!(folders.len(), 1, "one report, one folder");
        files_below(&folders[0].as_ref().unwrap().path()).into_iter().collect()
    }

    /// Opens the report through the library.
    pub(crate) fn open(&self) -> Run {
        Run::open(&self.path(self.report)).unwrap()
    }

    /// Computes the results through the library.
    pub(crate) fn results(&self) -> Results {
        let mut run = self.open();
        let results = run.analysed(&mut Silent);
        results.unwrap_or_else(|| panic!("{}", told(&run.findings)))
    }

    /// Composes both languages through the library: everything but the PDF.
    pub(crate) fn editions(&self) -> Editions {
        let mut run = self.open();
        let composed =
            run.analysed(&mut Silent).and_then(|r| run.compose(&Arc::new(r), &mut Silent));
        Editions(composed.unwrap_or_else(|| panic!("{}", told(&run.findings))).editions)
    }

    /// Takes the place of the project out of a text.
    fn normalised(&self, text: &str) -> String {
        let real = self.folder.path().canonicalize().unwrap();
        let text = text.replace(&*real.to_string_lossy(), "[PROJECT]");
        text.replace(&*self.folder.path().to_string_lossy(), "[PROJECT]")
    }
}

/// What the program did.
#[derive(Debug)]
pub(crate) struct Ran {
    /// Exit code; none if it was killed.
    pub(crate) code: Option<i32>,
    /// Data.
    pub(crate) stdout: String,
    /// Talk, with the place of the project taken out.
    pub(crate) stderr: String,
}

impl Ran {
    /// Fails the test unless the program ended well.
    #[track_caller]
    pub(crate) fn succeeds(self) -> Self {
        self.ends_with(0)
    }

    /// Fails the test unless the program ended with this exit code.
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}{}", self.stdout, self.stderr);
        self
    }
}

/// Both languages of a report, composed.
pub(crate) struct Editions(Vec<Edition>);

impl Editions {
    /// The one in a language.
    pub(crate) fn of(&self, lang: Lang) -> &Edition {
        self.0.iter().find(|edition| edition.lang == lang).unwrap()
    }

    /// Every generated file of both languages that is text, by path.
    pub(crate) fn texts(&self) -> BTreeMap<&str, &str> {
        let files = self.0.iter().flat_map(|edition| &edition.files);
        files.map(|(path, bytes)| (path.as_str(), str::from_utf8(bytes).unwrap())).collect()
    }

    /// The generated section of a language whose path ends like this.
    pub(crate) fn section(&self, lang: Lang, name: &str) -> &str {
        let edition = self.of(lang);
        let file = format!("{name}.typ");
        let mut found =
            edition.sections.iter().filter(|s| s.path.split_once('-').map(|p| p.1) == Some(&file));
        let (Some(section), None) = (found.next(), found.next()) else {
            panic!("not one section {name}: {:?}", edition.sections)
        };
        str::from_utf8(&edition.files[&section.path]).unwrap()
    }
}

/// The messages of findings, for a test that fails.
pub(crate) fn told(findings: &[Diagnostic]) -> String {
    let told = |d: &Diagnostic| format!("{}: {}", d.code.as_str(), d.message);
    findings.iter().map(told).collect::<Vec<_>>().join("\n")
}

/// Whether a path has one of some extensions, written without the dot.
pub(crate) fn has_extension(path: &str, extensions: &[&str]) -> bool {
    path.rsplit_once('.').is_some_and(|(_, own)| extensions.contains(&own))
}

/// A path inside the repository.
pub(crate) fn repository(inside: &str) -> PathBuf {
    Path::new(REPOSITORY).join(inside)
}

/// Every file below a folder, in order of path, with forward slashes.
pub(crate) fn files_below(folder: &Path) -> Vec<(String, Vec<u8>)> {
    paths_below(folder)
        .into_iter()
        .map(|path| {
            let inside = path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
            (inside, fs::read(&path).unwrap())
        })
        .collect()
}

/// Every file below a folder, sorted.
pub(crate) fn paths_below(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap_or_else(|e| panic!("{}: {e}", folder.display()))
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    let below =
        entries.into_iter().map(|path| if path.is_dir() { paths_below(&path) } else { vec![path] });
    below.flatten().collect()
}

/// Links every file of a folder to another place, or copies it to another disk.
fn link_tree(from: &Path, to: &Path) {
    for path in paths_below(from) {
        let target = to.join(path.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        if fs::hard_link(&path, &target).is_err() {
            fs::copy(&path, &target).unwrap();
        }
    }
}
