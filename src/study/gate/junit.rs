//! A verdict as `JUnit` XML, which CI services show check by check.

use super::file::Weight;
use super::verdict::{CheckResult, Verdict};
use crate::assess::assessment::NeedState;
use std::fmt::Write as _;

/// The verdict as one test suite: a check is a test case, one that fails the gate a failure, one
/// that only warns a note.
#[must_use]
pub fn junit(verdict: &Verdict) -> String {
    let failures = verdict.failures().count();
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites tests=\"{0}\" failures=\"{failures}\">\n\
         <testsuite name=\"centricity gate: {1}\" tests=\"{0}\" failures=\"{failures}\" errors=\"0\" skipped=\"0\">\n",
        verdict.checks.len(),
        xml(&verdict.client.name),
    );
    for check in &verdict.checks {
        case(&mut out, check);
    }
    if !verdict.banners.is_empty() {
        let texts = verdict.banners.iter().map(|one| one.text.as_str());
        let texts: Vec<&str> = texts.collect();
        let _ = writeln!(out, "<system-out>{}</system-out>", xml(&texts.join(" ")));
    }
    out.push_str("</testsuite>\n</testsuites>\n");
    out
}

fn case(out: &mut String, check: &CheckResult) {
    let id = check.id.as_deref().unwrap_or("assessment");
    let name = format!("{}: {}", check.title, check.wanted);
    // Writing into a string cannot fail.
    let _ = write!(
        out,
        "<testcase classname=\"{}.{}\" name=\"{}\"",
        xml(check.kind.name()),
        xml(id),
        xml(&name)
    );
    if check.is_met_for_now() {
        let says = xml(&check.says());
        let _ = writeln!(out, "><system-out>{says}</system-out></testcase>");
        return;
    }
    if !check.state.blocks() {
        out.push_str("/>\n");
        return;
    }
    let because = check.because.as_ref();
    let because = because.map_or(String::new(), |why| format!(" Because: {why}"));
    let says = xml(&format!("{}.{because}", check.says()));
    let _ = match check.severity {
        Weight::Fail => writeln!(
            out,
            "><failure type=\"{}\" message=\"{}\">{says}</failure></testcase>",
            if check.state == NeedState::Unproven {
                "unproven"
            } else {
                "unmet"
            },
            xml(&check.actual)
        ),
        Weight::Warn => writeln!(out, "><system-out>warning: {says}</system-out></testcase>"),
    };
}

/// A text that can be part of XML: signs of markup escaped, letters that XML forbids left out.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => {}
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}
