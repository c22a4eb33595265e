//! Makes the schemas of `schemas/` from the types, and compares the files with them.
//!
//! Packs, answers, policies and cases allow no key that is not listed, as their reader does. What is
//! printed may gain keys within its format, so its schema stays open.

use super::DOCUMENTS;
use crate::answers::file::{AssessmentFile, ConsensusFile, ResponseFile, TargetsFile};
use crate::assess::assessment::Assessment;
use crate::assess::plan::Plan;
use crate::collect::import::MappingFile;
use crate::report::brand::BrandFile;
use crate::report::context::ReportContext;
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

fn schema(name: &str) -> Value {
    match name {
        "pack" => closed::<PackFile>(),
        "answers" => closed::<AssessmentFile>(),
        "response" => closed::<ResponseFile>(),
        "consensus" => closed::<ConsensusFile>(),
        "targets" => closed::<TargetsFile>(),
        "mapping" => closed::<MappingFile>(),
        "cases" => closed::<CasesFile>(),
        "result" => open::<Assessment>(),
        "report" => open::<ReportContext<'_>>(),
        "brand" => closed::<BrandFile>(),
        "history" => open::<History>(),
        "plan" => open::<Plan>(),
        "comparison" => open::<Comparison>(),
        "policy" => closed::<PolicyFile>(),
        "verdict" => open::<Verdict>(),
        "portfolio" => open::<Overview>(),
        "portfolio-row" => open::<Row>(),
        "benchmark" => closed::<BenchmarkFile>(),
        _ => unreachable!("no type is known for `{name}`"),
    }
}

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

/// Set `UPDATE_SCHEMAS` to write the files anew.
#[test]
fn schemas_are_those_of_the_types() {
    for document in DOCUMENTS {
        let made = format!("{:#}\n", schema(document.name));
        if std::env::var_os("UPDATE_SCHEMAS").is_some() {
            let file = format!("schemas/{}.schema.json", document.name);
            std::fs::write(file, &made).expect("a file that can be written");
        } else {
            assert!(
                made == document.schema,
                "the schema of `{}` is stale: run `UPDATE_SCHEMAS=1 cargo test --lib schemas`, then again without it",
                document.name
            );
        }
    }
}
