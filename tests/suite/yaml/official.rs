//! The official YAML test suite, version 2022-01-17; where we differ, we chose to.

use std::collections::BTreeMap;

use centricity::text::diagnostic::Code;
use serde_json::Value;

use super::reading;

const CASES: &str = include_str!("../../yaml-test-suite/cases.jsonl");

struct Case {
    id: String,
    is_bad: bool,
    yaml: String,
    json: Option<Value>,
}

fn cases() -> impl Iterator<Item = Case> {
    CASES.lines().map(|line| {
        let case: Value = serde_json::from_str(line).unwrap();
        let text = |name| case[name].as_str().map(str::to_owned);
        Case {
            id: text("id").unwrap(),
            is_bad: case["fail"] == true,
            yaml: text("yaml").unwrap(),
            json: text("json").and_then(|it| serde_json::from_str(&it).ok()),
        }
    })
}

#[test]
fn all_bad_files_are_refused() {
    let bad: Vec<_> = cases().filter(|it| it.is_bad).collect();
    let read = bad
        .iter()
        .filter(|it| reading::<Value>(&it.yaml).value.is_some());
    assert_eq!(
        read.map(|it| &it.id).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    assert_eq!(bad.len(), 94);
}

/// What we refuse by choice, and why.
fn refused_by_choice() -> BTreeMap<Code, Vec<&'static str>> {
    let list = |text: &'static str| text.split_whitespace().collect();
    BTreeMap::from([
        // A file that says nothing is more likely a mistake than an answer.
        (
            Code::EmptyFile,
            list("8G76 98YD AVM7 DK95/07 HWV9 MUS6/02 MUS6/03 MUS6/04 MUS6/05 MUS6/06 QT73"),
        ),
        // One document a file, so that a file is one pack or one assessment.
        (
            Code::SeveralDocuments,
            list(
                "35KP 5TYM 6WLZ 6XDY 6ZKB 7Z25 9DXL 9KAX 9WXW JHB9 KSS4 L383 M7A3 NKF9 PUW8 \
                 RZT7 U9NS UT92 W4TN",
            ),
        ),
        // Tags beyond the core schema mean nothing here.
        (
            Code::UnsupportedTag,
            list("2XXW 565N 6CK3 7FWL C4HZ CC74 CUP7 J7PZ M5C3 P76L UGM3 Z67P Z9M4"),
        ),
        // Keys are ids; an id is text.
        (
            Code::KeyNotScalar,
            list(
                "4FJ6 6BFJ 6PBE 9MMW KK5P LX3P M2N8/00 M2N8/01 M5DY Q9WF RZP5 SBG9 V9D5 X38W \
                 XW4D",
            ),
        ),
        // Two keys that are both left out are the same key.
        (Code::DuplicateKey, list("2JQS")),
    ])
}

#[test]
fn good_files_are_read_but_for_what_we_refuse_by_choice() {
    let mut refused = BTreeMap::<_, Vec<String>>::new();
    let mut read = 0;
    for case in cases().filter(|it| !it.is_bad) {
        match reading::<Value>(&case.yaml).codes().first() {
            None => read += 1,
            Some(code) => refused.entry(*code).or_default().push(case.id),
        }
    }
    assert_eq!(
        refused,
        refused_by_choice()
            .into_iter()
            .map(|(code, ids)| { (code, ids.into_iter().map(str::to_owned).collect()) })
            .collect()
    );
    assert_eq!(read, 249);
}

#[test]
fn what_is_read_equals_its_json() {
    let mut equal = 0;
    for case in cases().filter(|it| !it.is_bad) {
        let value = reading::<Value>(&case.yaml).value;
        if let (Some(value), Some(json)) = (value, case.json) {
            assert_eq!(value, json, "{}", case.id);
            equal += 1;
        }
    }
    assert_eq!(equal, 233);
}
