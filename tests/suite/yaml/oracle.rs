//! The card's `serde_yaml` reads as we do, and what it writes we read.

use proptest::prelude::*;
use serde_json::{Map, Value};

use super::reading;

/// Any text, but for two sorts the oracle writes as YAML 1.1 has it: one that looks like an infinite
/// number (`2E431`) stands there without quotes, and we refuse to read such a number; the line
/// breaks that only YAML 1.1 knows are folded.
fn text() -> impl Strategy<Value = String> {
    let infinite = |it: &String| it.parse::<f64>().is_ok_and(f64::is_infinite);
    let breaks = |it: &String| it.contains(['\u{85}', '\u{2028}', '\u{2029}']);
    any_text()
        .prop_filter("infinite numbers are refused", move |it| !infinite(it))
        .prop_filter("line breaks of YAML 1.1", move |it| !breaks(it))
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,12}",
        "\\PC{0,8}",
        "[a-z:#&*!|>%@`'\"{}\\[\\], \n-]{0,10}",
        "[0-9.eE+-]{1,6}",
        Just("null".to_owned()),
        Just("<<".to_owned()),
        Just("no".to_owned()),
    ]
}

fn key() -> impl Strategy<Value = String> {
    text().prop_filter("merge keys are refused", |it| it != "<<")
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>()
            .prop_filter("finite", |it| it.is_finite())
            .prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            prop::collection::btree_map(key(), inner, 0..6)
                .prop_map(|it| Value::Object(Map::from_iter(it))),
        ]
    })
}

/// Plain scalars we mean otherwise than the oracle, and why.
fn is_known_difference(text: &str) -> bool {
    let unsigned = text.trim_start_matches(['+', '-']);
    // Only `true`, `false`, `null` and `~` are words with a meaning.
    let cased = ["true", "false", "null"].contains(&text.to_lowercase().as_str());
    // Infinite numbers are refused; binary ones are not in the core schema, nor signed others.
    let special = unsigned.starts_with("0b")
        || (text != unsigned && (unsigned.starts_with("0x") || unsigned.starts_with("0o")))
        || unsigned.to_lowercase() == ".inf"
        || text.parse::<f64>().is_ok_and(f64::is_infinite);
    // A number with a needless zero before it is a code or a date, in the oracle only if whole.
    let digits = unsigned.len() > 1 && unsigned.starts_with('0');
    let padded = digits && unsigned[1..].starts_with(|it: char| it.is_ascii_digit());
    cased || special || padded
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_serde_yaml_writes_is_read_back(value in value()) {
        let text = serde_yaml::to_string(&value).unwrap();
        prop_assert_eq!(reading::<Value>(&text).good(), value, "{}", text);
    }

    #[test]
    fn plain_scalars_mean_the_same(scalar in "[0-9.eExob_+a-fA-F-]{1,7}|[a-zA-Z.~+-]{1,5}|[TtFfNn~][RrAaUu][UuLl][EeSsLl]{1,2}") {
        prop_assume!(!is_known_difference(&scalar));
        let text = format!("a: {scalar}\n");
        let (Ok(oracle), ours) = (serde_yaml::from_str::<Value>(&text), reading::<Value>(&text)) else {
            return Ok(());
        };
        prop_assert_eq!(ours.value, Some(oracle), "{}", text);
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "[a-c:#&*!|>%@'\"{}\\[\\],? \n\t-]{0,60}") {
        let _ = reading::<Value>(&text);
        let _ = reading::<centricity::text::yaml::Value>(&text);
    }
}
