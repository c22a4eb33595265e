//! Sentences held to facts: what a page says is so in the result, and is said well.

mod owners;
mod wanted;

use crate::printed::Page;
use crate::reports::{Faults, Report, list, made_up, samples, text};

fn check(report: &Report<'_>, faults: &mut Faults) {
    for (format, page) in report.pages() {
        well_said(format, page, faults);
        contents(format, page, faults);
    }
    owners::check(report, faults);
    wanted::check(report, faults);
    verdicts(report, faults);
}

/// Words that are never seen by themselves.
const NEVER: [&str; 9] = [
    "NaN",
    "inf",
    "-inf",
    "-0",
    "−0",
    "-0.0",
    "−0.0",
    "null",
    "undefined",
];
/// What never stands in a sentence.
const BROKEN: [&str; 17] = [
    "{{",
    "}}",
    "{%",
    "%}",
    ". .",
    "?.",
    "!.",
    ":.",
    ",.",
    "()",
    "( ",
    "“”",
    "\"\"",
    "of 0 questions",
    "0 of 0",
    ",,",
    "; ;",
];
const PLURALS: [&str; 8] = [
    "questions",
    "ratings",
    "steps",
    "people",
    "findings",
    "conditions",
    "gates",
    "roles",
];

/// No sentence is empty, broken off, or a template that was not filled in.
fn well_said(format: &str, page: &Page, faults: &mut Faults) {
    for block in &page.blocks {
        let said = block.words();
        let words = || said.split([' ', '(', ')', ',', ';', '%']);
        let odd = words().find(|word| NEVER.contains(&word.trim_end_matches(['.', ':'])));
        faults.hold(odd.is_none(), "a page holds words and figures", || {
            format!("{format}: {odd:?} in {said:?}")
        });
        let broken = BROKEN.iter().find(|sign| said.contains(**sign));
        let stops = said.replace("...", "").contains("..");
        faults.hold(broken.is_none() && !stops, "sentences are whole", || {
            format!("{format}: {broken:?} in {said:?}")
        });
        let one = PLURALS.iter().find(|many| {
            let (spaced, many) = (format!(" {said}"), format!(" 1 {many}"));
            spaced.contains(&many)
        });
        faults.hold(one.is_none(), "one is not many", || {
            format!("{format}: 1 {one:?} in {said:?}")
        });
    }
}

/// The contents name what is there, and every link leads somewhere.
fn contents(format: &str, page: &Page, faults: &mut Faults) {
    for (to, said) in &page.links {
        let Some(place) = to.strip_prefix('#') else {
            continue;
        };
        faults.hold(
            page.places.iter().any(|one| one == place),
            "a link leads somewhere",
            || format!("{format}: {said} to {to}"),
        );
        let numbered = said.split(' ').next().unwrap_or_default();
        let numbered =
            !numbered.is_empty() && numbered.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let (number, title) = said.split_once(' ').unwrap_or_default();
        let shown = page.headings().any(|(_, heading)| {
            heading == said || (numbered && heading.starts_with(&format!("{number} ")))
        });
        faults.hold(
            !numbered || title.is_empty() || shown,
            "the contents name what is there",
            || format!("{format}: {said}"),
        );
    }
}

/// No "Yes" stands above a figure that says no.
fn verdicts(report: &Report<'_>, faults: &mut Faults) {
    let against = |input: &str| {
        let mut findings = report.list("findings").iter();
        findings.any(|finding| {
            let grave = matches!(text(finding, "kind"), "risk" | "contradiction")
                && matches!(text(finding, "severity"), "high" | "critical");
            let mut because = list(finding, "because").iter();
            grave && because.any(|one| one["id"] == input)
        })
    };
    for decision in report.list("decisions") {
        let yes = list(decision, "outcome")
            .iter()
            .any(|one| text(one, "label").starts_with("Yes"));
        let inputs = list(decision, "inputs").iter().map(|one| text(one, "id"));
        let odd = inputs.into_iter().find(|input| yes && against(input));
        faults.hold(
            odd.is_none(),
            "no yes stands above a figure that says no",
            || format!("{}: {odd:?}", decision["id"]),
        );
    }
}

#[test]
fn every_sentence_of_the_sample_clients_is_true() {
    samples(check).none();
}

#[test]
fn sentences_of_made_up_clients_are_true() {
    made_up(108..216, check).none();
}
