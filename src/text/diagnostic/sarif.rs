//! Problems as SARIF 2.1.0, for code hosts and editors.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Code, Diagnostic, Diagnostics, Place, Sources};

/// One SARIF log with one run; its rules are the codes that occur, in alphabetical order.
#[must_use]
pub fn to_sarif(problems: &Diagnostics, sources: &Sources) -> Value {
    let codes: BTreeSet<_> = problems.iter().map(|it| it.code).collect();
    let mut rules: Vec<_> = codes.into_iter().map(|it| (it.as_str(), it)).collect();
    rules.sort_unstable_by_key(|(name, _)| *name);
    let results: Value = problems
        .sorted()
        .into_iter()
        .map(|it| result(it, sources))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": env!("CARGO_PKG_NAME"),
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.into_iter().map(|(_, code)| rule(code)).collect::<Value>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: Code) -> Value {
    json!({ "id": code.as_str(), "shortDescription": { "text": code.about() } })
}

fn result(problem: &Diagnostic, sources: &Sources) -> Value {
    let text = match &problem.help {
        Some(help) => format!("{}; help: {help}", problem.message),
        None => problem.message.clone(),
    };
    let located = |(place, text): &(Place, String)| {
        let mut location = location(*place, sources);
        if let Value::Object(location) = &mut location {
            location.insert("message".to_owned(), json!({ "text": text }));
        }
        location
    };
    json!({
        "ruleId": problem.code.as_str(),
        "level": problem.severity.as_str(),
        "message": { "text": text },
        "locations": problem.place.map(|it| location(it, sources)).into_iter().collect::<Vec<_>>(),
        "relatedLocations": problem.related.iter().map(located).collect::<Vec<_>>(),
    })
}

fn location(place: Place, sources: &Sources) -> Value {
    let (start, end) = (sources.position(place), sources.end(place));
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(sources.name(place.source)) },
        "region": {
            "startLine": start.line,
            "startColumn": start.column,
            "endLine": end.line,
            "endColumn": end.column,
        },
    } })
}

/// A path as a relative reference: what may not stand in one is percent-encoded.
fn uri(path: &str) -> String {
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            use std::fmt::Write as _;
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
