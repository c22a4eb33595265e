//! Sentences held to facts: what a page says is so in the result, and is said well.

mod open;
mod owners;
mod wanted;

use crate::formats_agree;
use crate::printed::{Block, Page};
use crate::reports::{Faults, Report, list, made_up, samples, text};

fn check(report: &Report<'_>, faults: &mut Faults) {
    for (format, page) in report.pages() {
        well_said(format, page, faults);
        contents(format, page, faults);
    }
    open::check(report, faults);
    owners::check(report, faults);
    wanted::check(report, faults);
    verdicts(report, faults);
    known(report, faults);
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
const PLURALS: [&str; 11] = [
    "questions",
    "ratings",
    "steps",
    "people",
    "findings",
    "conditions",
    "points",
    "months",
    "gates",
    "more conditions",
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
        let money = said.split_once(" money");
        let amount =
            money.is_some_and(|(before, _)| before.ends_with(|c: char| c.is_ascii_digit()));
        faults.hold(!amount, "money is not a unit", || {
            format!("{format}: {said}")
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

/// No level beside coverage that forbids one, and no "Yes" above a figure that says no.
fn verdicts(report: &Report<'_>, faults: &mut Faults) {
    for ladder in report.list("levels") {
        let score = report.find("scores", &ladder["of"]);
        let coverage = score.and_then(|score| score["coverage"].as_f64());
        let few = coverage.is_some_and(|share| share < 0.70 - 1e-9);
        let level = format!("Level: {}", text(&ladder["level"], "label"));
        for (format, page) in report.pages() {
            let mut said = page.blocks.iter().filter_map(Block::item);
            let alone = report.list("packs").len() == 1 && ladder["level"]["label"].is_string();
            let printed = said.find(|said| said.starts_with(&level) && said.contains(" of "));
            let forbidden = few && alone && printed.is_some();
            faults.hold(!forbidden, "a level rests on 70 % or more", || {
                format!("{format}, {}: {coverage:?}, {printed:?}", ladder["id"])
            });
        }
    }
    for pack in report.list("packs") {
        let (part, whole) = (&pack["answered"]["rated"], &pack["answered"]["applicable"]);
        let share = part.as_f64().unwrap_or(1.0) / whole.as_f64().unwrap_or(1.0);
        let ladder = report.find("levels", &pack["headline"]["id"]);
        let level = ladder.is_some_and(|ladder| !ladder["level"].is_null());
        // Where some questions weigh more than others, their share says it.
        let printed =
            [&report.markdown, &report.html].map(|page| beside(page, text(pack, "title")));
        faults.hold(
            !level || share >= 0.65 || !printed.contains(&true),
            "no level is printed beside few answers",
            || format!("{}: {share}", text(pack, "id")),
        );
    }
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

/// Whether a level and how much is answered stand under one headline.
fn beside(page: &Page, pack: &str) -> bool {
    let blocks = match page.under(pack).first() {
        Some(blocks) => blocks,
        None => page.section("Summary"),
    };
    let starts = |label: &str| {
        let mut items = blocks.iter().filter_map(Block::item);
        items.any(|item| item.starts_with(label))
    };
    let none = blocks
        .iter()
        .any(|block| block.words().starts_with("Level: none"));
    let read = blocks
        .iter()
        .any(|block| block.words().contains("of what the level reads"));
    starts("Level: ") && starts("Questions answered: ") && !none && !read
}

/// What is answered is never called not known.
fn known(report: &Report<'_>, faults: &mut Faults) {
    for finding in report.list("findings") {
        let said = text(finding, "text");
        let blank = ["\"not known\"", "“not known”", "not known of"]
            .iter()
            .any(|one| said.contains(one));
        let rated = list(finding, "because").iter().all(|because| {
            let question = report.find("questions", &because["id"]);
            question.is_none_or(|question| question["state"] == "rated")
        });
        faults.hold(!blank || !rated, "what is answered is known", || {
            format!("{}: {said}", text(finding, "id"))
        });
    }
}

#[test]
fn every_sentence_of_the_sample_clients_is_true() {
    samples(check).none();
}

#[test]
fn made_up_clients_get_true_sentences_that_agree_in_every_format() {
    let both = |report: &Report<'_>, faults: &mut Faults| {
        formats_agree::check(report, faults);
        check(report, faults);
    };
    made_up(0..240, both).none();
}
