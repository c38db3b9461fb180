//! The only door to the disk: reads project files, remembers them for diagnostics, writes results.
//!
//! In: paths below the project folder. Out: decoded text, bytes, [`FileId`]s; files written whole.
//! Invariants: nothing outside the project folder is read (absolute paths, `..` out of it and
//! symbolic links out of it are refused); a result is written under a temporary name and renamed.

#![expect(clippy::disallowed_methods, reason = "this module is the door the lint points to")]

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::diag::{Code, Diagnostic, FileId, Span};

/// Files larger than this are refused, so that no input can exhaust the machine.
const MAX_FILE_BYTES: u64 = 256 * 1024 * 1024;

/// How the bytes of a text file may be encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without byte order mark.
    Utf8,
    /// UTF-8 as above, else GB 18030 as spreadsheet programs write it in China.
    Utf8OrGb18030,
}

/// One file of the project as it was read.
#[derive(Debug, Clone)]
pub struct SourceFile {
    /// Path relative to the project folder, with forward slashes.
    pub path: String,
    /// The decoded text, without byte order mark.
    pub text: String,
    /// SHA-256 of the bytes on disk, in hexadecimal.
    pub sha256: String,
    line_starts: Vec<usize>,
    cells: Vec<SheetCell>,
}

/// Where a cell of a spreadsheet stands in the text that shows its sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SheetCell {
    /// Its first byte.
    pub start: usize,
    /// Row of the sheet, from 1.
    pub row: usize,
    /// Column of the sheet, from 1.
    pub column: usize,
}

impl SourceFile {
    fn new(path: String, text: String, bytes: &[u8]) -> Self {
        let line_starts =
            std::iter::once(0).chain(text.match_indices('\n').map(|(i, _)| i + 1)).collect();
        Self { path, text, sha256: sha256_hex(bytes), line_starts, cells: Vec::new() }
    }

    /// Line and column of a byte, both from 1. Columns count characters; in a sheet of a
    /// spreadsheet they count cells.
    #[must_use]
    pub fn position(&self, byte: usize) -> (usize, usize) {
        let after = self.cells.partition_point(|cell| cell.start <= byte);
        if let Some(cell) = self.cells.get(after.saturating_sub(1)) {
            return (cell.row, cell.column);
        }
        let byte = byte.min(self.text.len());
        let line = self.line_starts.partition_point(|&start| start <= byte).max(1) - 1;
        let start = self.line_starts[line];
        let column = self.text.get(start..byte).map_or(0, |before| before.chars().count());
        (line + 1, column + 1)
    }

    /// Byte offset of the start of a line counted from 1.
    #[must_use]
    pub fn line_start(&self, line: usize) -> usize {
        self.line_starts.get(line.saturating_sub(1)).copied().unwrap_or(self.text.len())
    }

    /// Byte range of a line counted from 1, without its line break and leading blanks.
    #[must_use]
    pub fn line_range(&self, line: usize) -> (usize, usize) {
        let start = self.line_start(line);
        let end = self.line_start(line + 1);
        let text = &self.text[start..end];
        let trimmed_end = start + text.trim_end().len();
        let trimmed_start = start + (text.len() - text.trim_start().len());
        (trimmed_start.min(trimmed_end), trimmed_end)
    }
}

/// The project folder and every file read from it in this run.
#[derive(Debug)]
pub struct Sources {
    root: PathBuf,
    files: Vec<SourceFile>,
    hashes: BTreeMap<String, String>,
}

impl Sources {
    /// Opens the project that holds `report`: the nearest folder above it with `report-templates`,
    /// else the working directory if it holds the report, else the report's own folder.
    ///
    /// Returns the project and the report's path inside it.
    ///
    /// # Errors
    /// When the report does not exist.
    pub fn open(report: &Path) -> Result<(Self, String), Diagnostic> {
        let found = report.canonicalize().map_err(|e| missing(&report.to_string_lossy(), &e))?;
        if !found.is_file() {
            let example = report.join("report.yaml");
            return Err(not_a_file(&report.to_string_lossy())
                .help(format!("name the report itself, such as `{}`", slashed(&example))));
        }
        let folder = found.parent().unwrap_or(Path::new("/")).to_path_buf();
        let root = folder
            .ancestors()
            .find(|dir| dir.join("report-templates").is_dir())
            .map(Path::to_path_buf)
            .or_else(|| {
                let here = std::env::current_dir().ok()?.canonicalize().ok()?;
                found.starts_with(&here).then_some(here)
            })
            .unwrap_or_else(|| folder.clone());
        let inside = found.strip_prefix(&root).unwrap_or(&found);
        let path = slashed(inside);
        Ok((Self { root, files: Vec::new(), hashes: BTreeMap::new() }, path))
    }

    /// A project rooted at `root`, for callers that know it.
    ///
    /// # Errors
    /// When the folder does not exist.
    pub fn at(root: &Path) -> Result<Self, Diagnostic> {
        let root = root.canonicalize().map_err(|e| missing(&root.to_string_lossy(), &e))?;
        Ok(Self { root, files: Vec::new(), hashes: BTreeMap::new() })
    }

    /// The file behind an id.
    ///
    /// # Panics
    /// Never for an id this value gave out.
    #[must_use]
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// Every text file read so far, in order of reading.
    pub fn files(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files.iter().enumerate().map(|(i, file)| (file_id(i), file))
    }

    /// The text under a span.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.file).text.get(span.start..span.end).unwrap_or("")
    }

    /// Paths and SHA-256 sums of every file read so far, by path.
    #[must_use]
    pub const fn hashes(&self) -> &BTreeMap<String, String> {
        &self.hashes
    }

    /// Reads a text file; a file read before is not read again.
    ///
    /// # Errors
    /// When the path leads out of the project, the file cannot be read, or it cannot be decoded.
    pub fn text(&mut self, path: &str, encoding: Encoding) -> Result<FileId, Diagnostic> {
        if let Some(index) = self.files.iter().position(|f| f.path == path) {
            return Ok(file_id(index));
        }
        let bytes = self.bytes(path)?;
        let text = decode(&bytes, encoding).ok_or_else(|| undecodable(path, encoding))?;
        self.files.push(SourceFile::new(path.to_owned(), text, &bytes));
        Ok(file_id(self.files.len() - 1))
    }

    /// Registers a text that has no file of its own, such as a filled template.
    pub fn virtual_text(&mut self, name: &str, text: String) -> FileId {
        let bytes = text.clone().into_bytes();
        self.files.push(SourceFile::new(name.to_owned(), text, &bytes));
        file_id(self.files.len() - 1)
    }

    /// Registers the text that shows a sheet of a spreadsheet: a line for each of its rows, and
    /// where its cells stand, in ascending order.
    pub fn sheet(&mut self, name: &str, text: String, cells: Vec<SheetCell>) -> FileId {
        if let Some(index) = self.files.iter().position(|f| f.path == name) {
            return file_id(index);
        }
        let id = self.virtual_text(name, text);
        self.files[id.0 as usize].cells = cells;
        id
    }

    /// Reads a file as bytes.
    ///
    /// # Errors
    /// When the path leads out of the project or the file cannot be read.
    pub fn bytes(&mut self, path: &str) -> Result<Vec<u8>, Diagnostic> {
        let full = self.inside(path)?;
        let size = std::fs::metadata(&full).map_err(|e| missing(path, &e))?.len();
        if size > MAX_FILE_BYTES {
            return Err(Diagnostic::error(
                Code::SourceMissing,
                format!("`{path}` is larger than {} MiB", MAX_FILE_BYTES >> 20),
            ));
        }
        let bytes = std::fs::read(&full).map_err(|e| missing(path, &e))?;
        self.hashes.insert(path.to_owned(), sha256_hex(&bytes));
        Ok(bytes)
    }

    /// Checks that the project has a file at `path`.
    ///
    /// # Errors
    /// When there is nothing, when it is no file, or when a link leads out of the project.
    pub fn check_file(&self, path: &str) -> Result<(), Diagnostic> {
        if self.inside(path)?.is_file() { Ok(()) } else { Err(not_a_file(path)) }
    }

    /// Names of the files in a folder of the project, sorted; none if there is no such folder.
    #[must_use]
    pub fn list(&self, folder: &str) -> Vec<String> {
        let Ok(full) = self.inside(folder) else { return Vec::new() };
        let Ok(entries) = std::fs::read_dir(full) else { return Vec::new() };
        let mut names: Vec<String> = entries
            .filter_map(Result::ok)
            .filter(|e| e.path().is_file())
            .filter_map(|e| e.file_name().into_string().ok())
            .collect();
        names.sort();
        names
    }

    /// Resolves `target` as written in the file `from`, both relative to the project folder.
    ///
    /// # Errors
    /// When the target is absolute or leaves the project.
    pub fn resolve(&self, from: &str, target: &str) -> Result<String, Diagnostic> {
        let outside = || {
            Diagnostic::error(
                Code::SourceOutside,
                format!("`{target}` leads out of the project folder"),
            )
            .help("name a file inside the project, relative to the file that names it")
        };
        let folder = Path::new(from).parent().unwrap_or(Path::new(""));
        let mut parts: Vec<String> = Vec::new();
        for component in folder.join(target).components() {
            match component {
                Component::Normal(part) => parts.push(part.to_string_lossy().into_owned()),
                Component::CurDir => {}
                Component::ParentDir if !parts.is_empty() => {
                    parts.pop();
                }
                _ => return Err(outside()),
            }
        }
        Ok(parts.join("/"))
    }

    /// Writes results so that all of them are there whole, or the old ones stay.
    ///
    /// Every file is first written under a temporary name; only when all are, they are renamed.
    ///
    /// # Errors
    /// When a folder cannot be made or a file cannot be written.
    pub fn write_all<'a>(
        &self,
        files: impl IntoIterator<Item = (&'a str, &'a [u8])>,
    ) -> Result<(), Diagnostic> {
        let mut staged = Staged::default();
        for (path, bytes) in files {
            let full = self.root.join(path);
            staged.add(&full, bytes).map_err(|e| cannot_write(path, &e))?;
        }
        staged.commit().map_err(|(full, e)| {
            cannot_write(&slashed(full.strip_prefix(&self.root).unwrap_or(&full)), &e)
        })
    }

    /// Writes a new project into a folder; nothing is written if one of the files is there.
    ///
    /// # Errors
    /// When a file is there, the folder cannot be made, or a file cannot be written.
    pub fn write_new<'a>(
        folder: &Path,
        files: impl Iterator<Item = (&'a str, &'a [u8])> + Clone,
    ) -> Result<(), Diagnostic> {
        for full in files.clone().map(|(name, _)| folder.join(name)) {
            if full.symlink_metadata().is_ok() {
                let message = format!("`{}` is there already", slashed(&full));
                return Err(Diagnostic::error(Code::SourceWrite, message)
                    .help("name another folder, or remove the file"));
            }
        }
        let failed = |e: &std::io::Error| cannot_write(&slashed(folder), e);
        std::fs::create_dir_all(folder).map_err(|e| failed(&e))?;
        Self::at(folder)?.write_all(files)
    }

    /// Writes a result so that it is there whole or not at all.
    ///
    /// # Errors
    /// When the folder cannot be made or the file cannot be written.
    pub fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Diagnostic> {
        self.write_all([(path, bytes)])
    }

    /// Removes the files of a folder of results that are not named in `keep`.
    ///
    /// # Errors
    /// When a file cannot be removed.
    pub fn prune(&self, folder: &str, keep: &[String]) -> Result<(), Diagnostic> {
        for name in self.list(folder).into_iter().filter(|name| !keep.contains(name)) {
            let path = self.root.join(folder).join(&name);
            std::fs::remove_file(path).map_err(|e| {
                Diagnostic::error(
                    Code::SourceWrite,
                    format!("cannot remove `{folder}/{name}`: {}", reason(&e)),
                )
            })?;
        }
        Ok(())
    }

    fn inside(&self, path: &str) -> Result<PathBuf, Diagnostic> {
        let full = self.root.join(path);
        match full.canonicalize() {
            Ok(real) if real.starts_with(&self.root) => Ok(real),
            Ok(_) => Err(Diagnostic::error(
                Code::SourceOutside,
                format!("`{path}` leads out of the project folder"),
            )
            .help("keep every input inside the project; links out of it are not followed")),
            Err(e) => Err(missing(path, &e)),
        }
    }
}

/// Files under their temporary names, removed again unless they are committed.
#[derive(Debug, Default)]
struct Staged(Vec<(PathBuf, PathBuf)>);

impl Staged {
    /// Writes a file under a temporary name, unless it is there already with the same bytes.
    fn add(&mut self, full: &Path, bytes: &[u8]) -> std::io::Result<()> {
        let folder = full.parent().unwrap_or(Path::new("/"));
        std::fs::create_dir_all(folder)?;
        if full.is_dir() {
            return Err(std::io::ErrorKind::IsADirectory.into());
        }
        if std::fs::read(full).is_ok_and(|old| old == bytes) {
            return Ok(());
        }
        let name = full.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let temporary = folder.join(format!(".{name}.{}.part", std::process::id()));
        self.0.push((temporary.clone(), full.to_path_buf()));
        std::fs::write(temporary, bytes)
    }

    /// Gives every file its name; on failure, tells which one could not have it.
    fn commit(mut self) -> Result<(), (PathBuf, std::io::Error)> {
        while let Some((temporary, full)) = self.0.pop() {
            if let Err(error) = std::fs::rename(&temporary, &full) {
                let _ = std::fs::remove_file(temporary);
                return Err((full, error));
            }
        }
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for (temporary, _) in &self.0 {
            let _ = std::fs::remove_file(temporary);
        }
    }
}

fn cannot_write(path: &str, error: &std::io::Error) -> Diagnostic {
    let message = format!("cannot write `{path}`: {}", reason(error));
    Diagnostic::error(Code::SourceWrite, message)
        .help("make the folder writable, or move what stands in its way")
}

fn not_a_file(path: &str) -> Diagnostic {
    Diagnostic::error(Code::SourceMissing, format!("`{path}` is not a file"))
}

fn file_id(index: usize) -> FileId {
    FileId(u32::try_from(index).expect("a run reads far fewer than 2^32 files"))
}

fn missing(path: &str, error: &std::io::Error) -> Diagnostic {
    let message = match error.kind() {
        std::io::ErrorKind::NotFound => format!("`{path}` does not exist"),
        _ => format!("cannot read `{path}`: {}", reason(error)),
    };
    Diagnostic::error(Code::SourceMissing, message)
}

/// What the system says, without the number it gives it.
fn reason(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split_once(" (os error").map_or(text.as_str(), |(reason, _)| reason).to_lowercase()
}

fn undecodable(path: &str, encoding: Encoding) -> Diagnostic {
    let wanted = match encoding {
        Encoding::Utf8 => "UTF-8",
        Encoding::Utf8OrGb18030 => "UTF-8 or GB 18030",
    };
    Diagnostic::error(Code::SourceEncoding, format!("`{path}` is not {wanted} text"))
        .help("save the file as UTF-8")
}

/// Decodes bytes, or `None` if they are not text in an allowed encoding.
fn decode(bytes: &[u8], encoding: Encoding) -> Option<String> {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n"));
    }
    if encoding == Encoding::Utf8 {
        return None;
    }
    let (text, _, malformed) = encoding_rs::GB18030.decode(bytes);
    let text: Cow<'_, str> = text;
    (!malformed).then(|| text.replace("\r\n", "\n"))
}

fn slashed(path: &Path) -> String {
    let parts: Vec<String> =
        path.components().map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
    parts.join("/")
}

/// SHA-256 in hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    let mut out = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_what_spreadsheets_write() {
        assert_eq!(decode("\u{feff}城市\r\n".as_bytes(), Encoding::Utf8).unwrap(), "城市\n");
        let (gb, _, _) = encoding_rs::GB18030.encode("城市,北京");
        assert_eq!(decode(&gb, Encoding::Utf8OrGb18030).unwrap(), "城市,北京");
        assert_eq!(decode(&gb, Encoding::Utf8), None);
        assert_eq!(decode(&[0xff, 0xff, 0xff], Encoding::Utf8OrGb18030), None);
    }

    #[test]
    fn positions_count_characters() {
        let file = SourceFile::new("a".into(), "一二\nab".into(), b"");
        assert_eq!(file.position(3), (1, 2));
        assert_eq!(file.position(7), (2, 1));
        assert_eq!(file.position(99), (2, 3));
    }

    #[test]
    fn paths_stay_inside() {
        let folder = tempfile::tempdir().unwrap();
        let sources = Sources::at(folder.path()).unwrap();
        assert_eq!(
            sources.resolve("data/e/report.yaml", "../cities.csv").unwrap(),
            "data/cities.csv"
        );
        assert!(sources.resolve("data/report.yaml", "../../x").is_err());
        assert!(sources.resolve("report.yaml", "/etc/passwd").is_err());
    }
}
