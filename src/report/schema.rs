//! JSON Schemas of everything that is written or read, made from the structs themselves.
//!
//! Packs, answers, policies and cases allow no key that is not listed, as their reader does. What is printed
//! may gain keys within its format, so its schema stays open.

mod asked;

pub use asked::{answers_to, response_to};

use crate::answers::file::{AssessmentFile, ConsensusFile, ResponseFile, TargetsFile};
use crate::assess::assessment::Assessment;
use crate::assess::plan::Plan;
use crate::collect::import::MappingFile;
use crate::rules::pack::file::PackFile;
use crate::study::case::CasesFile;
use crate::study::compare::Comparison;
use crate::study::gate::{PolicyFile, Verdict};
use crate::study::history::History;
use crate::study::portfolio::{BenchmarkFile, Overview, Row};
use schemars::generate::SchemaSettings;
use schemars::transform::{RecursiveTransform, Transform};
use schemars::{JsonSchema, Schema};
use serde_json::Value;

/// A document that has a schema.
#[derive(Debug, Clone, Copy)]
pub struct Document {
    /// Its name in one word, as `schema` takes it.
    pub name: &'static str,
    /// What it is.
    pub about: &'static str,
    schema: fn() -> Value,
}

/// All documents that have one.
pub const DOCUMENTS: [Document; 16] = [
    Document::new("pack", "A file of a pack", closed::<PackFile>),
    Document::new(
        "answers",
        "An assessment's answers",
        closed::<AssessmentFile>,
    ),
    Document::new(
        "response",
        "What one respondent answered",
        closed::<ResponseFile>,
    ),
    Document::new(
        "consensus",
        "What a workshop agreed on",
        closed::<ConsensusFile>,
    ),
    Document::new("targets", "What is aimed at", closed::<TargetsFile>),
    Document::new(
        "mapping",
        "What the columns of a table mean",
        closed::<MappingFile>,
    ),
    Document::new("cases", "A pack's cases", closed::<CasesFile>),
    Document::new(
        "result",
        "What `assess --format json` prints",
        open::<Assessment>,
    ),
    Document::new(
        "history",
        "What `history --format json` prints",
        open::<History>,
    ),
    Document::new("plan", "What `plan --format json` prints", open::<Plan>),
    Document::new(
        "comparison",
        "What `compare --format json` prints",
        open::<Comparison>,
    ),
    Document::new(
        "policy",
        "What an assessment must meet",
        closed::<PolicyFile>,
    ),
    Document::new(
        "verdict",
        "What `gate --format json` prints",
        open::<Verdict>,
    ),
    Document::new(
        "portfolio",
        "What `portfolio --format json` writes",
        open::<Overview>,
    ),
    Document::new(
        "portfolio-row",
        "A line of what `portfolio --format ndjson` writes",
        open::<Row<'static>>,
    ),
    Document::new(
        "benchmark",
        "What `portfolio --benchmark` writes",
        closed::<BenchmarkFile>,
    ),
];

impl Document {
    const fn new(name: &'static str, about: &'static str, schema: fn() -> Value) -> Self {
        Self {
            name,
            about,
            schema,
        }
    }

    /// The one of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        DOCUMENTS.iter().find(|one| one.name == name)
    }

    /// Its schema, JSON Schema 2020-12.
    #[must_use]
    pub fn schema(&self) -> Value {
        (self.schema)()
    }
}

/// Of what is written: it may gain keys within its format.
fn open<T: JsonSchema>() -> Value {
    SchemaSettings::draft2020_12()
        .for_serialize()
        .into_generator()
        .into_root_schema_for::<T>()
        .to_value()
}

fn closed<T: JsonSchema>() -> Value {
    let mut schema = SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<T>();
    RecursiveTransform(close).transform(&mut schema);
    schema.to_value()
}

/// Forbids keys that are not listed, wherever keys are listed.
fn close(schema: &mut Schema) {
    if let Some(object) = schema.as_object_mut()
        && object.contains_key("properties")
    {
        object.insert("additionalProperties".to_owned(), Value::Bool(false));
    }
}
