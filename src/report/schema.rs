//! JSON Schemas of every document that is read or written.
//!
//! The schemas are the files of `schemas/`; a test makes them anew from the types and compares.

mod asked;
#[cfg(test)]
mod fresh;

pub use asked::{answers_to, response_to};

use serde_json::Value;

/// A kind of document that has a schema.
#[derive(Debug, Clone, Copy)]
pub struct Document {
    /// Name in one word, as `schema` takes it.
    pub name: &'static str,
    /// The document in a few words.
    pub about: &'static str,
    /// The schema as text: JSON Schema 2020-12.
    pub schema: &'static str,
}

macro_rules! documents {
    ($($name:literal: $about:literal,)*) => {
        &[$(Document {
            name: $name,
            about: $about,
            schema: include_str!(concat!("../../schemas/", $name, ".schema.json")),
        }),*]
    };
}

/// All documents that have a schema.
pub const DOCUMENTS: &[Document] = documents! {
    "pack": "A file of a pack",
    "answers": "An assessment's answers",
    "response": "What one respondent answered",
    "consensus": "What a workshop agreed on",
    "targets": "What is aimed at",
    "mapping": "What the columns of a table mean",
    "cases": "A pack's cases",
    "result": "What `assess --format json` prints",
    "report": "What a template of a report is given",
    "brand": "Who hands a report over",
    "history": "What `history --format json` prints",
    "plan": "What `plan --format json` prints",
    "comparison": "What `compare --format json` prints",
    "policy": "What an assessment must meet",
    "verdict": "What `gate --format json` prints",
    "portfolio": "What `portfolio --format json` writes",
    "portfolio-row": "A line of what `portfolio --format ndjson` writes",
    "benchmark": "What `portfolio --benchmark` writes",
};

impl Document {
    /// Returns the document of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        DOCUMENTS.iter().find(|one| one.name == name)
    }
}

/// Reads one of the schemas above.
fn parsed(schema: &str) -> Value {
    #[expect(clippy::expect_used, reason = "a test reads every file of `schemas/`")]
    serde_json::from_str(schema).expect("a schema is JSON")
}
