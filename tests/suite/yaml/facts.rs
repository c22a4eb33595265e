//! What a text means, and how our own types keep it.

use std::collections::BTreeMap;

use centricity::text::diagnostic::Code;
use centricity::text::yaml::{Entries, Located, Scalar, Value};
use serde::Deserialize;

use super::reading;

fn texts(text: &str) -> Vec<String> {
    reading(text).good()
}

#[test]
fn text_stays_as_it_was_written() {
    let written = "[no, on, Yes, 1e3, 012, 1.10, 2026-10-31, 0x1F, true, .5]";
    let expected = [
        "no",
        "on",
        "Yes",
        "1e3",
        "012",
        "1.10",
        "2026-10-31",
        "0x1F",
        "true",
        ".5",
    ];
    assert_eq!(texts(written), expected);
}

#[test]
fn numbers_are_read_where_numbers_are_asked_for() {
    let floats: Vec<f64> = reading("[1, 1.10, -2.5, 1e3, .5, 5., +1, 0x10, 0o10]").good();
    assert_eq!(floats, [1.0, 1.1, -2.5, 1000.0, 0.5, 5.0, 1.0, 16.0, 8.0]);
    let bytes: Vec<u8> = reading("[0, 255]").good();
    assert_eq!(bytes, [0, 255]);
}

#[test]
fn only_true_and_false_are_booleans() {
    assert_eq!(reading::<Vec<bool>>("[true, false]").good(), [true, false]);
    for text in ["yes", "no", "on", "True", "1", "\"true\""] {
        assert_eq!(reading::<bool>(text).only().code, Code::WrongType, "{text}");
    }
}

#[test]
fn numbers_out_of_range_are_told_with_the_range() {
    let problem = reading::<u8>("300").only();
    assert_eq!(problem.code, Code::OutOfRange);
    assert_eq!(
        problem.message,
        "expected a whole number from 0 to 255, found `300`"
    );
    assert_eq!(reading::<u8>("-1").only().code, Code::OutOfRange);
    assert_eq!(reading::<u8>("1.5").only().code, Code::WrongType);
}

#[test]
fn numbers_are_finite() {
    for text in [".nan", ".inf", "-.Inf", "1e999", "-1e999"] {
        let problem = reading::<f64>(text).only();
        assert_eq!(problem.code, Code::NotFinite);
        assert_eq!(problem.message, format!("`{text}` is not a finite number"));
    }
    assert_eq!(texts("[.nan]"), [".nan"]);
}

#[test]
fn a_quoted_number_is_text() {
    let problem = reading::<f64>("\"3\"").only();
    assert_eq!(problem.message, "expected a number, found quoted text `3`");
    assert_eq!(problem.help.as_deref(), Some("remove the quotes"));
}

#[test]
fn nothing_is_not_text() {
    for text in ["a: null", "a: ~", "a:"] {
        let problem = reading::<BTreeMap<String, String>>(text).only();
        assert_eq!(problem.message, "expected text, found nothing");
        let none: BTreeMap<String, Option<String>> = reading(text).good();
        assert_eq!(none["a"], None);
    }
}

#[test]
fn keys_may_be_numbers() {
    let anchors: BTreeMap<u8, String> = reading("{0: none, 1: some, \"2\": all}").good();
    assert_eq!(anchors[&2], "all");
    let problem = reading::<BTreeMap<u8, String>>("{0: none, x: some}").only();
    assert_eq!(
        problem.message,
        "expected a whole number, found the text `x`"
    );
    let entries: Entries<String> = reading("{0: none, 01: some}").good();
    assert_eq!(entries.get("01").map(String::as_str), Some("some"));
}

#[test]
fn core_tags_are_honoured_and_others_refused() {
    assert_eq!(texts("[!!str 1, ! 2]"), ["1", "2"]);
    assert_eq!(reading::<Vec<u8>>("!!seq [!!int \"1\"]").good(), [1]);
    assert_eq!(reading::<u8>("!!str 1").only().code, Code::WrongType);
    assert_eq!(
        reading::<String>("!!int x").only().code,
        Code::UnsupportedTag
    );
    let problem = reading::<String>("!secret x").only();
    assert_eq!(problem.message, "the tag `!secret` is not supported");
}

#[test]
fn aliases_repeat_a_value_and_merge_keys_are_refused() {
    let lists: BTreeMap<String, Vec<u8>> = reading("a: &a [1, 2]\nb: *a\n").good();
    assert_eq!(lists["b"], [1, 2]);
    let merge = "a: &a {x: 1}\nb: {<<: *a, y: 2}\n";
    assert_eq!(
        reading::<serde_json::Value>(merge).only().code,
        Code::MergeKey
    );
}

#[test]
fn places_are_kept() {
    let text = "größe: [ä, \"b\"]\n";
    let reading = reading::<Entries<Vec<Located<String>>>>(text);
    let span = |it: &Located<String>| (it.value.clone(), it.place.start, it.place.end);
    let entries = reading.good();
    let (key, list) = entries.iter().next().unwrap();
    assert_eq!(span(key), ("größe".to_owned(), 0, 5));
    let spans: Vec<_> = list.iter().map(span).collect();
    assert_eq!(spans, [("ä".to_owned(), 8, 9), ("b".to_owned(), 11, 14)]);
}

#[test]
fn values_keep_order_places_and_quotes() {
    let Value::Map(map) = reading::<Value>("b: [x, 'y']\na: ~\nc: {}\n").good() else {
        panic!("a map was written");
    };
    let keys: Vec<_> = map.iter().map(|(key, _)| &**key).collect();
    assert_eq!(keys, ["b", "a", "c"]);
    let Some(Value::List(list)) = map.get("b").map(|it| &it.value) else {
        panic!("a list was written");
    };
    let quoted = Scalar {
        text: "y".to_owned(),
        plain: false,
    };
    assert_eq!(list[1].value, Value::Scalar(quoted));
    assert_eq!(list[1].place.start, 7);
    assert_eq!(map.get("a").map(|it| &it.value), Some(&Value::Null));
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename = "$shape")]
enum Answer {
    #[serde(rename = "scalar")]
    One(Located<Scalar>),
    #[serde(rename = "list")]
    Many(Vec<Located<String>>),
}

#[test]
fn an_enum_may_choose_by_shape() {
    let Answer::One(one) = reading::<Answer>("1.10").good() else {
        panic!("a scalar was written");
    };
    assert_eq!(
        (one.text.as_str(), one.plain, one.place.end),
        ("1.10", true, 4)
    );
    assert!(matches!(reading("[a, b]").good(), Answer::Many(list) if list.len() == 2));
    let problem = reading::<Answer>("{a: b}").only();
    assert_eq!(problem.message, "expected text or a list, found a map");
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Policy {
    Unique,
    Cap(u8),
    At { from: u8 },
}

#[test]
fn an_enum_is_a_word_or_the_only_key_of_a_map() {
    let policies: Vec<Policy> = reading("[unique, {cap: 2}, {at: {from: 1}}]").good();
    assert_eq!(
        policies,
        [Policy::Unique, Policy::Cap(2), Policy::At { from: 1 }]
    );
    let problem = reading::<Policy>("uniqe").only();
    assert_eq!(problem.code, Code::UnknownValue);
    assert_eq!(problem.help.as_deref(), Some("did you mean `unique`?"));
    assert_eq!(
        reading::<Policy>("cap").only().message,
        "`cap` needs a value"
    );
    assert_eq!(
        reading::<Policy>("{unique: 1}").only().message,
        "`unique` takes no value"
    );
}

#[test]
fn entries_are_written_in_their_order() {
    let entries: Entries<Located<u8>> = reading("{b: 1, a: 2}").good();
    assert_eq!(entries.get("a").map(|it| it.value), Some(2));
    assert_eq!(serde_json::to_string(&entries).unwrap(), r#"{"b":1,"a":2}"#);
}
