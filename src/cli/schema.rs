//! `rankpress schema`: the JSON Schema of a configuration file.

use crate::cli::Outcome;
use crate::cli::args::{Schema, SchemaFile};
use crate::cli::talk::{data, say};
use crate::config::{SchemaKind, schema};

pub(super) fn run(arguments: &Schema) -> Outcome {
    let kind = match arguments.file {
        SchemaFile::Report => SchemaKind::Report,
        SchemaFile::Methodology => SchemaKind::Methodology,
        SchemaFile::Corrections => SchemaKind::Corrections,
        SchemaFile::Networks => SchemaKind::Networks,
    };
    match serde_json::to_string_pretty(&schema(kind)) {
        Ok(text) => {
            data(&format!("{text}\n"));
            Outcome::Fine
        }
        Err(error) => {
            say(&format!("error: {error}"));
            Outcome::Findings
        }
    }
}
