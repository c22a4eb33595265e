//! A stored result in which anything was changed is refused, unless it is something people said.

use super::sandbox::{ROOT, Sandbox};
use super::stored::CLIENTS;
use super::workshop::built_in;
use centricity::assess::{Assessment, MatchedResult};
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::Place;
use centricity::text::yaml::{self, Located, Scalar};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What people said, what may be shown of them, what customers are worth, and what made the result:
/// it stands there once, and nothing else tells whether it was changed. A change to it that changes
/// a conclusion is refused.
const SAID: [&str; 44] = [
    ".client.name ",
    ".client.unit ",
    ".client.unit null",
    ".engine ",
    ".metrics[].curves[].customers ",
    ".metrics[].curves[].factors[].factor ",
    ".metrics[].customers[].customer ",
    ".metrics[].customers[].reach ",
    ".questions[].agreed.reason ",
    ".questions[].evidence ",
    ".questions[].evidence null",
    ".questions[].group.comments [n]",
    ".questions[].group.comments[].text ",
    // Where no spread is shown; else it follows from that.
    ".questions[].group.contested ",
    ".questions[].group.estimate.middle.high ",
    ".questions[].group.estimate.middle.low ",
    ".questions[].group.mixed ",
    ".questions[].group.people ",
    ".questions[].group.people null",
    ".questions[].group.roles[].people ",
    ".questions[].group.spread.counts[].count ",
    ".questions[].group.spread.people ",
    ".questions[].link ",
    ".questions[].link null",
    ".questions[].note ",
    ".questions[].note null",
    ".questions[].owner null",
    ".questions[].phases[].name ",
    ".questions[].phases[].name null",
    ".respondents.merged.anonymous ",
    ".respondents.merged.closed_on ",
    ".respondents.merged.minimum_group ",
    ".respondents.merged.pooled ",
    ".respondents.roles[].people ",
    ".respondents.others [n]",
    ".respondents.roles[].weight ",
    ".respondents.scales [n]",
    ".respondents.scales[].alpha ",
    ".respondents.scales[].people ",
    ".questions[].owner ",
    ".metrics[].customers[].today ",
    ".questions[].group.roles [n]",
    ".respondents.count ",
    ".respondents.scales[].questions ",
];

/// The result of a sample client as it is stored, and its packs.
fn kept(client: &str) -> (Rulebook, Value) {
    let path = format!("{ROOT}/tests/clients/{client}");
    let run = Sandbox::new().run(&format!("assess {path} --format json"));
    let stored: Value = serde_json::from_str(&run.exits(0).stdout).expect("JSON");
    let packs = stored["packs"].as_array().expect("packs");
    let packs: Vec<&str> = packs.iter().filter_map(|one| one["id"].as_str()).collect();
    (built_in(&packs), stored)
}

/// JSON as it is read from a text.
fn written(value: &Value) -> yaml::Value {
    let located = |value: &Value| Located::new(written(value), Place::NOWHERE);
    let key = |key: &String| Located::new(key.clone(), Place::NOWHERE);
    let scalar = |text, plain| yaml::Value::Scalar(Scalar { text, plain });
    match value {
        Value::Null => yaml::Value::Null,
        Value::Bool(_) | Value::Number(_) => scalar(value.to_string(), true),
        Value::String(text) => scalar(text.clone(), false),
        Value::Array(list) => yaml::Value::List(list.iter().map(located).collect()),
        Value::Object(keys) => {
            let keys = keys.iter().map(|(name, value)| (key(name), located(value)));
            yaml::Value::Map(keys.collect())
        }
    }
}

/// What a stored result is refused for.
fn refused(rulebook: &Rulebook, stored: &Value) -> bool {
    let Ok(result) = serde_json::from_value::<Assessment>(stored.clone()) else {
        return true;
    };
    let written = written(stored);
    let told = result.differences(rulebook, &written);
    told.is_err() || !told.unwrap().is_empty() || MatchedResult::new(rulebook, &result).is_err()
}

/// Every leaf, list and map: where it is, and what sort of thing it is, which is its path without
/// places in lists.
fn walk(value: &Value, at: &str, kind: &str, out: &mut Vec<(String, String)>) {
    match value {
        Value::Object(keys) => {
            for (key, value) in keys {
                walk(value, &format!("{at}/{key}"), &format!("{kind}.{key}"), out);
            }
        }
        Value::Array(list) => {
            for (nth, value) in list.iter().enumerate() {
                walk(value, &format!("{at}/{nth}"), &format!("{kind}[]"), out);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            out.push((at.to_owned(), format!("{kind} {}", name(value))));
            return;
        }
    }
    out.push((at.to_owned(), format!("{kind} {}", name(value))));
}

fn name(value: &Value) -> &'static str {
    match value {
        Value::Object(_) => "{}",
        Value::Array(list) if list.is_empty() => "[0]",
        Value::Array(_) => "[n]",
        Value::Null => "null",
        Value::Bool(_) | Value::Number(_) | Value::String(_) => "",
    }
}

/// Something else of the same type, or for nothing something.
fn changed(value: &Value) -> Vec<Value> {
    match value {
        Value::Object(keys) => {
            let mut more = keys.clone();
            more.insert("extra".to_owned(), json!(1));
            vec![Value::Object(more)]
        }
        Value::Array(list) if list.is_empty() => vec![],
        Value::Array(list) => vec![json!([]), list.iter().skip(1).cloned().collect()],
        Value::Null => vec![json!(1), json!("other")],
        Value::Bool(one) => vec![json!(!one)],
        Value::Number(one) => match one.as_u64() {
            Some(one) => vec![json!(one + 1)],
            None => vec![json!(one.as_f64().expect("a number") + 0.5)],
        },
        Value::String(one) => vec![json!(format!("{one} x"))],
    }
}

#[test]
fn whatever_is_changed_in_a_stored_result_is_refused() {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut passed = BTreeSet::new();
    for name in CLIENTS {
        let (rulebook, stored) = kept(name);
        assert!(!refused(&rulebook, &stored), "{name}");
        let mut places = Vec::new();
        walk(&stored, "", "", &mut places);
        for (at, kind) in places {
            let times = seen.entry(kind.clone()).or_default();
            *times += 1;
            if !matches!(times, 1 | 40) {
                continue;
            }
            for other in changed(stored.pointer(&at).expect("a value")) {
                let mut odd = stored.clone();
                *odd.pointer_mut(&at).expect("a value") = other;
                if !refused(&rulebook, &odd) {
                    passed.insert(kind.clone());
                }
            }
        }
    }
    passed.retain(|kind| !SAID.contains(&kind.as_str()));
    assert!(passed.is_empty(), "{passed:?}");
}

/// How many places of what is written differ from what the answers of a result come to.
fn differing(rulebook: &Rulebook, stored: &Value, written: &Value) -> usize {
    let result: Assessment = serde_json::from_value(stored.clone()).expect("a result");
    let written = self::written(written);
    let told = result.differences(rulebook, &written).expect("its packs");
    let help = told.last().and_then(|one| one.help.as_deref());
    let help = help.unwrap_or_default();
    let more = match help.split_once(" more place") {
        Some(("one", _)) => 1,
        Some((more, _)) => more.parse().expect("a number"),
        None => 0,
    };
    told.len() + more
}

#[test]
fn every_place_of_a_stored_result_is_compared() {
    for name in CLIENTS {
        let (rulebook, stored) = kept(name);
        let mut places = Vec::new();
        walk(&stored, "", "", &mut places);
        let mut odd = stored.clone();
        let mut count = 0;
        for (at, _) in places {
            let value = stored.pointer(&at).expect("a value");
            if value.is_object() || value.is_array() {
                continue;
            }
            *odd.pointer_mut(&at).expect("a value") = changed(value).remove(0);
            count += 1;
        }
        assert!(count > 1000, "{name}: {count}");
        assert_eq!(differing(&rulebook, &stored, &odd), count, "{name}");
    }
}

/// A stored result of the bakery with one text in place of another.
fn stored(from: &str, to: &str) -> Sandbox {
    let path = format!("{ROOT}/tests/clients/corner-bakery");
    let run = Sandbox::new().run(&format!("assess {path} --format json"));
    let text = run.exits(0).stdout;
    assert!(text.contains(from), "{from}");
    Sandbox::new().file("result.json", text.replacen(from, to, 1))
}

#[test]
fn what_differs_is_told_with_its_place_and_both_values() {
    let odd = stored("\"coverage\": 1.0,", "\"coverage\": 0.25,");
    for command in [
        "report result.json --format md",
        "explain result.json",
        "plan result.json",
    ] {
        odd.run(command)
            .exits(3)
            .says("`coverage` is `0.25`, and the answers come to `1.0`")
            .says("result.json:")
            .says("make it again with `centricity assess PATH --format json`");
    }
    stored("\"client\": {", "\"client\": { \"sector\": \"food\",")
        .run("explain result.json")
        .exits(3)
        .says("`client.sector` is no part of a result");
}

#[test]
fn a_result_that_is_cut_off_is_called_json() {
    for to in ["\"coverage\": ,", "\"coverage\" 1,"] {
        stored("\"coverage\": 1.0,", to)
            .run("explain result.json")
            .exits(3)
            .says("json-syntax")
            .says("result.json:");
    }
    let text = stored("{", "{").read("result.json");
    for length in [1, 30, 300, text.len() / 2] {
        let cut: String = text.chars().take(length).collect();
        Sandbox::new()
            .file("result.json", cut)
            .run("report result.json --format md")
            .exits(3)
            .says("json-syntax")
            .says("ends before it is complete");
    }
}
