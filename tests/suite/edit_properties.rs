//! Whatever a file looks like, an edit changes one answer: another YAML library reads the same in
//! all the rest, and every comment is still there.

mod files;

use super::edit::{of, tried};
use centricity::answers::file::EvidenceFile;
use centricity::answers::{Change, Edit, NewAnswer};
use centricity::rules::vocabulary::Grade;
use files::{QUESTIONS, files};
use proptest::prelude::*;
use serde_yaml::{Mapping, Value};

fn edits() -> impl Strategy<Value = Edit> {
    (any::<bool>(), 0..QUESTIONS.len(), 0..8_u8).prop_map(|(first, question, kind)| {
        let verdict = match kind {
            0 => Some(NewAnswer::plain("3")),
            1 => Some(NewAnswer::plain("unknown")),
            2 => Some(NewAnswer::text("a \"text\": # {so}, ü\u{85}")),
            3 => Some(NewAnswer::several(["x", "w"])),
            4 => Some(NewAnswer::NotApplicable("no: such [thing]".to_owned())),
            _ => None,
        };
        let reference = Some("a\\b".to_owned()).filter(|_| first);
        let grade = Grade::Record;
        let change = Change {
            answer: verdict,
            note: (kind == 5 || kind == 7 || kind == 0 && first).then(|| "said 'so'".to_owned()),
            evidence: (kind >= 6).then_some(EvidenceFile {
                grade,
                reference,
                link: None,
            }),
        };
        let pack = if first { "p" } else { "q" }.to_owned();
        Edit {
            pack,
            ..of(QUESTIONS[question], change)
        }
    })
}

fn read(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The answer an edit is about, with what stands beside it.
fn detail(file: &Value, edit: &Edit) -> Mapping {
    match &file["answers"][edit.pack.as_str()][edit.question.as_str()] {
        Value::Null => Mapping::new(),
        Value::Mapping(map) => map.clone(),
        value @ (Value::Bool(_)
        | Value::Number(_)
        | Value::String(_)
        | Value::Sequence(_)
        | Value::Tagged(_)) => [(Value::from("value"), value.clone())]
            .into_iter()
            .collect(),
    }
}

/// The same answer once it is edited.
fn edited(mut detail: Mapping, edit: &Edit) -> Mapping {
    let value = |text: &str| serde_yaml::from_str::<Value>(text).expect("a value");
    match &edit.change.answer {
        Some(NewAnswer::NotApplicable(reason)) => {
            detail.remove("value");
            detail.insert("not_applicable".into(), reason.as_str().into());
        }
        Some(verdict) => {
            detail.remove("not_applicable");
            let shown = if *verdict == NewAnswer::plain("3") {
                value("3")
            } else if *verdict == NewAnswer::plain("unknown") {
                value("unknown")
            } else if *verdict == NewAnswer::several(["x", "w"]) {
                value("[x, w]")
            } else {
                "a \"text\": # {so}, ü\u{85}".into()
            };
            detail.insert("value".into(), shown);
        }
        None => {}
    }
    if let Some(note) = &edit.change.note {
        detail.insert("note".into(), note.as_str().into());
    }
    if let Some(proof) = &edit.change.evidence {
        let before = detail.get("evidence").cloned();
        let mut evidence = before.unwrap_or(Mapping::new().into());
        evidence["grade"] = "record".into();
        if let Some(reference) = &proof.reference {
            evidence["ref"] = reference.as_str().into();
        }
        detail.insert("evidence".into(), evidence);
    }
    detail
}

/// A file without the answer an edit is about, and without what is then empty; order counts.
fn others(mut file: Value, edit: &Edit) -> (Value, Vec<Value>) {
    let all = file.as_mapping_mut().expect("a map");
    let Some(Value::Mapping(packs)) = all.remove("answers") else {
        return (file, Vec::new());
    };
    let mut kept = Vec::new();
    for (pack, answers) in packs {
        let Value::Mapping(mut answers) = answers else {
            continue;
        };
        if pack == edit.pack.as_str() {
            answers.shift_remove(edit.question.as_str());
        }
        if !answers.is_empty() {
            kept.extend([pack, ordered(answers.into())]);
        }
    }
    (file, kept)
}

/// A map as a list of pairs, so that order counts.
fn ordered(map: Value) -> Value {
    let Value::Mapping(map) = map else { return map };
    let pairs = map
        .into_iter()
        .map(|(key, value)| Value::Sequence(vec![key, ordered(value)]));
    Value::Sequence(pairs.collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::properties::cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_changes_one_answer_and_nothing_else((text, comments) in files(), edits in proptest::collection::vec(edits(), 1..6)) {
        let mut before = text;
        for edit in edits {
            let after = tried(&before, &edit).map_err(|problem| TestCaseError::fail(format!("{problem:?}\n{edit:?}\n{before}")))?;
            let (old, new) = (read(&before), read(&after));
            let wanted = edited(detail(&old, &edit), &edit);
            prop_assert_eq!(detail(&new, &edit), wanted, "{:?}\n{}\n---\n{}", edit, before, after);
            prop_assert_eq!(others(old, &edit), others(new, &edit), "{:?}\n{}\n---\n{}", edit, before, after);
            for nth in 1..=comments {
                let comment = format!("# c{nth}!");
                let count = after.matches(&comment).count();
                prop_assert_eq!(count, 1, "{}: {:?}\n{}\n---\n{}", comment, edit, before, after);
            }
            prop_assert_eq!(before.contains("\r\n"), after.contains("\r\n"));
            prop_assert_eq!(before.ends_with('\n'), after.ends_with('\n'), "{}\n---\n{}", before, after);
            before = after;
        }
    }
}

#[test]
fn no_text_is_too_strange_to_be_refused() {
    let path = std::path::Path::new(super::sandbox::ROOT).join("tests/yaml-test-suite/cases.jsonl");
    let cases = std::fs::read_to_string(path).expect("the official suite");
    let edit = of(
        "a",
        Change {
            answer: Some(NewAnswer::plain("3")),
            ..Change::default()
        },
    );
    let mut changed = 0;
    for line in cases.lines() {
        let case: serde_json::Value = serde_json::from_str(line).expect("a case");
        let Some(text) = case["yaml"].as_str() else {
            continue;
        };
        if let Ok(after) = tried(text, &edit) {
            changed += 1;
            assert!(
                after.contains("a: 3") || after.contains("\"a\": 3"),
                "{text}\n---\n{after}"
            );
        }
    }
    assert!(changed > 50, "{changed}");
}
