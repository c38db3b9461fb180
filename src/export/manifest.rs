//! `manifest.json`: what went in, what came out, and what made it.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::content::Results;
use crate::export::ranking::to_json;
use crate::source::sha256_hex;

/// Version of the form of `manifest.json`.
const SCHEMA: u32 = 1;

/// A file that was written.
#[derive(Debug, Clone)]
pub struct OutputFile {
    /// Path below the output folder.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

#[derive(Serialize)]
struct Manifest<'a> {
    schema: u32,
    tool: Tool,
    report: &'a str,
    edition: i32,
    inputs: &'a BTreeMap<String, String>,
    outputs: BTreeMap<&'a str, Output>,
}

#[derive(Serialize)]
struct Tool {
    name: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Output {
    sha256: String,
    bytes: usize,
}

/// Hashes of every input and output, and the version of the tool.
#[must_use]
pub fn manifest(
    results: &Results,
    inputs: &BTreeMap<String, String>,
    outputs: &[OutputFile],
) -> String {
    let report = &results.config.report;
    to_json(&Manifest {
        schema: SCHEMA,
        tool: Tool { name: env!("CARGO_PKG_NAME"), version: env!("CARGO_PKG_VERSION") },
        report: &report.id,
        edition: report.edition,
        inputs,
        outputs: outputs
            .iter()
            .map(|file| {
                let output = Output { sha256: sha256_hex(&file.bytes), bytes: file.bytes.len() };
                (file.path.as_str(), output)
            })
            .collect(),
    })
}
