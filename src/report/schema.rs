//! JSON Schemas of every document that is read or written.
//!
//! The schemas are the files of `schemas/`; a test makes them anew from the types and compares.

use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Asked, Choice, Domain, Item, Question, Rulebook};
use serde_json::{Map, Value, json};

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
    "project": "What is the same for every assessment of a project",
    "overlay": "Changes to a pack",
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

/// The schema of an assessment over a rulebook, whose questions and choices it knows. Answers to
/// other packs are held to the general schema of answers.
#[must_use]
pub fn answers_to(rulebook: &Rulebook) -> Value {
    over(include_str!("../../schemas/answers.schema.json"), rulebook)
}

/// The same for one respondent's answers.
#[must_use]
pub fn response_to(rulebook: &Rulebook) -> Value {
    over(include_str!("../../schemas/response.schema.json"), rulebook)
}

fn over(general: &str, rulebook: &Rulebook) -> Value {
    let mut schema = parsed(general);
    let mut packs = Map::new();
    let mut defs = Map::new();
    for (place, pack) in rulebook.packs.iter().enumerate() {
        let mut questions = Map::new();
        let asked = rulebook.questions().filter(|one| one.item.pack == place);
        for Asked { item, question, .. } in asked {
            defs.insert(item.id.clone(), json!({ "anyOf": values(item, question) }));
            questions.insert(item.local_id().to_owned(), answer(item, question));
        }
        let pack_schema = json!({
            "description": pack.title,
            "type": ["object", "null"],
            "properties": questions,
            "additionalProperties": false,
        });
        packs.insert(pack.id.clone(), pack_schema);
    }
    if let Some(Value::Object(answers)) = schema.pointer_mut("/properties/answers") {
        answers.insert("properties".to_owned(), Value::Object(packs));
    }
    if let Some(Value::Object(general)) = schema.pointer_mut("/$defs") {
        general.extend(defs);
    }
    schema
}

/// An answer: its value alone, or with what belongs to it.
fn answer(item: &Item, question: &Question) -> Value {
    let value = json!({ "$ref": format!("#/$defs/{}", item.id) });
    json!({
        "title": item.label,
        "description": question.ask,
        "anyOf": [
            value,
            { "allOf": [
                { "$ref": "#/$defs/AnswerDetail" },
                { "type": "object", "properties": { "value": value } },
            ] },
        ],
    })
}

/// Every value a question takes, in words where it has them.
fn values(item: &Item, question: &Question) -> Vec<Value> {
    let mut values: Vec<Value> = match question.kind {
        QuestionType::Rating => question
            .choices
            .iter()
            .map(|one| choice(one, &number(one)))
            .collect(),
        QuestionType::SelectOne => named(question),
        QuestionType::SelectMultiple => {
            let mut values = named(question);
            values.push(json!({ "type": "array", "items": { "anyOf": values } }));
            values
        }
        QuestionType::Boolean => vec![json!({ "type": "boolean" })],
        QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => vec![limits(item)],
        QuestionType::Text => vec![json!({ "type": "string" })],
    };
    values.push(
        json!({ "const": "unknown", "description": "Somebody was asked, and nobody could say" }),
    );
    values
}

fn named(question: &Question) -> Vec<Value> {
    let named = |one: &Choice| choice(one, &Value::from(one.value.as_str()));
    question.choices.iter().map(named).collect()
}

fn choice(one: &Choice, value: &Value) -> Value {
    json!({ "const": value, "description": one.label })
}

/// The number of an anchor.
fn number(anchor: &Choice) -> Value {
    anchor
        .value
        .parse::<i64>()
        .map_or_else(|_| Value::from(anchor.value.as_str()), Value::from)
}

fn limits(item: &Item) -> Value {
    let Domain::Number { least, most, whole } = item.domain else {
        return json!({ "type": "number" });
    };
    let mut limits = json!({ "type": if whole { "integer" } else { "number" } });
    for (key, limit) in [("minimum", least), ("maximum", most)] {
        if let (true, Value::Object(limits)) = (limit.is_finite(), &mut limits) {
            limits.insert(key.to_owned(), Value::from(limit));
        }
    }
    limits
}

#[cfg(test)]
mod tests {
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
    use crate::report::project::ProjectFile;
    use crate::rules::pack::file::PackFile;
    use crate::rules::pack::overlay::OverlayFile;
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
            "project" => closed::<ProjectFile>(),
            "overlay" => closed::<OverlayFile>(),
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
}
