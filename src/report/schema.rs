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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Document {
    /// A file of a pack.
    Pack,
    /// An assessment's answers.
    Answers,
    /// What one respondent answered.
    Response,
    /// What a workshop agreed on.
    Consensus,
    /// What is aimed at.
    Targets,
    /// What the columns of a table mean.
    Mapping,
    /// A pack's cases.
    Cases,
    /// What `assess --format json` prints.
    Result,
    /// What `history --format json` prints.
    History,
    /// What `plan --format json` prints.
    Plan,
    /// What `compare --format json` prints.
    Comparison,
    /// What an assessment must meet.
    Policy,
    /// What `gate --format json` prints.
    Verdict,
    /// What `portfolio --format json` writes.
    Portfolio,
    /// A line of what `portfolio --format ndjson` writes.
    PortfolioRow,
    /// What `portfolio --benchmark` writes.
    Benchmark,
}

impl Document {
    /// All of them.
    pub const ALL: [Self; 16] = [
        Self::Pack,
        Self::Answers,
        Self::Response,
        Self::Consensus,
        Self::Targets,
        Self::Mapping,
        Self::Cases,
        Self::Result,
        Self::History,
        Self::Plan,
        Self::Comparison,
        Self::Policy,
        Self::Verdict,
        Self::Portfolio,
        Self::PortfolioRow,
        Self::Benchmark,
    ];

    /// Its name in one word, as `schema` takes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pack => "pack",
            Self::Answers => "answers",
            Self::Response => "response",
            Self::Consensus => "consensus",
            Self::Targets => "targets",
            Self::Mapping => "mapping",
            Self::Cases => "cases",
            Self::Result => "result",
            Self::History => "history",
            Self::Plan => "plan",
            Self::Comparison => "comparison",
            Self::Policy => "policy",
            Self::Verdict => "verdict",
            Self::Portfolio => "portfolio",
            Self::PortfolioRow => "portfolio-row",
            Self::Benchmark => "benchmark",
        }
    }

    /// Its schema, JSON Schema 2020-12.
    #[must_use]
    pub fn schema(self) -> Value {
        match self {
            Self::Pack => closed::<PackFile>(),
            Self::Answers => closed::<AssessmentFile>(),
            Self::Response => closed::<ResponseFile>(),
            Self::Consensus => closed::<ConsensusFile>(),
            Self::Targets => closed::<TargetsFile>(),
            Self::Mapping => closed::<MappingFile>(),
            Self::Cases => closed::<CasesFile>(),
            Self::Result => open::<Assessment>(),
            Self::History => open::<History>(),
            Self::Plan => open::<Plan>(),
            Self::Comparison => open::<Comparison>(),
            Self::Policy => closed::<PolicyFile>(),
            Self::Verdict => open::<Verdict>(),
            Self::Benchmark => closed::<BenchmarkFile>(),
            Self::Portfolio => open::<Overview>(),
            Self::PortfolioRow => open::<Row<'static>>(),
        }
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
