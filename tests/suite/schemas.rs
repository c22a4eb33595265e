//! Schemas: kept in `schemas/`, printed by `schema`, and true of what there is.

use std::fs;
use std::path::Path;

use crate::sandbox::{ROOT, Sandbox, answers, sample, schema};
use centricity::report::schema::DOCUMENTS;
use serde_json::Value;

fn yaml(text: &str) -> Value {
    serde_yaml::from_str(text).expect("YAML")
}

#[track_caller]
fn holds(document: &str, value: &Value, name: &str) {
    held(&schema(document), value, name);
}

#[track_caller]
fn held(schema: &Value, value: &Value, name: &str) {
    let schema = jsonschema::validator_for(schema).expect("a schema");
    let problems: Vec<_> = schema
        .iter_errors(value)
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect();
    assert!(problems.is_empty(), "{name}: {problems:#?}");
}

#[test]
fn each_schema_is_printed_as_it_is_kept() {
    for document in DOCUMENTS {
        let printed = Sandbox::new().run(&format!("schema {}", document.name));
        assert_eq!(printed.exits(0).stdout, document.schema);
    }
    let files = fs::read_dir(Path::new(ROOT).join("schemas")).expect("the schemas");
    assert_eq!(
        files.count(),
        DOCUMENTS.len(),
        "each file of `schemas/` has a document"
    );
}

#[test]
fn the_result_is_as_its_schema_says() {
    for text in [sample(), crate::sandbox::answers("")] {
        let result = Sandbox::new()
            .pipe("assess - --format json", &text)
            .exits(0)
            .json();
        holds("result", &result, "result");
    }
}

#[test]
fn answers_are_as_their_schema_says() {
    let sandbox = Sandbox::new();
    sandbox.run("init acme --pack organisation").exits(0);
    let blank = yaml(&sandbox.read("acme/assessment.yaml"));
    let general = schema("answers");
    let printed = sandbox.run("schema answers --pack organisation").exits(0);
    assert_eq!(sandbox.read("acme/answers.schema.json"), printed.stdout);
    for schema in [general, printed.json()] {
        held(&schema, &blank, "init");
        held(&schema, &yaml(&sample()), "the sample client");
    }
}

#[test]
fn the_schema_of_a_pack_knows_its_questions_and_choices() {
    let schema = Sandbox::new()
        .run("schema answers --pack organisation")
        .json();
    let schema = jsonschema::validator_for(&schema).expect("a schema");
    let valid = |lines: &str| schema.is_valid(&yaml(&answers(lines)));
    for good in [
        "promise: 4",
        "promise: unknown",
        "paths: [bundling]",
        "loss-share: 12.5",
        "power: { value: 2, note: x }",
        "power: { not_applicable: x }",
    ] {
        assert!(valid(good), "{good}");
    }
    for bad in [
        "promise: 5",
        "promis: 4",
        "paths: [bundlin]",
        "loss-share: 120",
        "power: { value: 9 }",
        "power: { valu: 1 }",
        "integration: 3",
    ] {
        assert!(!valid(bad), "{bad}");
    }
    Sandbox::new()
        .run("schema pack --pack organisation")
        .exits(2);
}

#[test]
fn built_in_packs_are_as_their_schemas_say() {
    let walk = walkdir::WalkDir::new(Path::new(ROOT).join("rules"));
    let files: Vec<_> = walk
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|end| end == "yaml"))
        .collect();
    assert!(files.len() > 10);
    for file in files {
        let text = fs::read_to_string(file.path()).expect("a file");
        let is_case = file
            .path()
            .parent()
            .is_some_and(|folder| folder.ends_with("cases"));
        let document = if is_case { "cases" } else { "pack" };
        holds(document, &yaml(&text), &file.path().display().to_string());
    }
}

#[test]
fn keys_that_mean_nothing_are_refused_by_the_schema() {
    let schema = jsonschema::validator_for(&schema("answers")).expect("a schema");
    let text = sample().replace("status: final", "state: final");
    assert!(!schema.is_valid(&yaml(&text)));
}
