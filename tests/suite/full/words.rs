//! What a report says is said well: short sentences, no ids, nothing that was not filled in.

use crate::clients::{ALL_PACKS, Client, NAMES};
use crate::full::without_charts;
use crate::printed::{Block, Page};
use crate::reports::{Faults, Subject, report, sample, text};
use crate::stored::CLIENTS;
use std::collections::BTreeSet;

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
const BROKEN: [&str; 18] = [
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
    " .",
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
/// Words of those who make the rules, which no client reads.
const RULES: [&str; 5] = ["rwg", "alpha", "hit policy", "rulebook", "digest "];

pub(super) fn check(subject: &Subject, faults: &mut Faults) {
    for (name, printed) in subject.documents() {
        for said in printed.md.pieces() {
            well_said(name, said, faults);
        }
    }
    no_ids(subject, faults);
    faults.hold(
        subject.full.markdown.len() <= 65_536,
        "a report fits into a comment",
        || subject.full.markdown.len().to_string(),
    );
}

/// No sentence is empty, broken off, or a template that was not filled in.
fn well_said(name: &str, said: &str, faults: &mut Faults) {
    let mut words = said.split([' ', '(', ')', ',', ';', '%']);
    let odd = words.find(|word| NEVER.contains(&word.trim_end_matches(['.', ':'])));
    faults.hold(odd.is_none(), "a page holds words and figures", || {
        format!("{name}: {odd:?} in {said:?}")
    });
    let broken = BROKEN.iter().find(|sign| said.contains(**sign));
    let stops = said.replace("...", "").contains("..");
    faults.hold(broken.is_none() && !stops, "sentences are whole", || {
        format!("{name}: {broken:?} in {said:?}")
    });
    let one = PLURALS.iter().find(|many| {
        let (spaced, many) = (format!(" {said}"), format!(" 1 {many}"));
        spaced.contains(&many)
    });
    faults.hold(one.is_none(), "one is not many", || {
        format!("{name}: {one:?} in {said:?}")
    });
}

/// Ids stand in the appendix alone.
fn no_ids(subject: &Subject, faults: &mut Faults) {
    let lists = [
        "questions",
        "scores",
        "decisions",
        "levels",
        "gates",
        "findings",
        "metrics",
    ];
    let entries = lists.iter().flat_map(|key| subject.list(key));
    let ids: BTreeSet<&str> = entries.map(|one| text(one, "id")).collect();
    for said in subject.full.md.pieces() {
        let mut words = said.split(|one: char| !(one.is_alphanumeric() || ".-/_".contains(one)));
        let id = words.find(|word| ids.contains(word.trim_end_matches('.')));
        let rule = RULES.iter().find(|word| said.contains(**word));
        faults.hold(
            id.is_none() && rule.is_none(),
            "a client reads no ids",
            || format!("{id:?} {rule:?} in {said:?}"),
        );
    }
}

/// The sentences of a text. What is quoted counts as one word: it is a name, or what somebody said.
fn sentences(said: &str) -> Vec<String> {
    let mut plain = String::new();
    let mut quoted = false;
    for letter in said.chars() {
        match letter {
            '“' => quoted = true,
            '”' => {
                quoted = false;
                plain.push_str("quote");
            }
            _ if quoted => {}
            letter => plain.push(letter),
        }
    }
    let mut sentences = vec![String::new()];
    for word in plain.split_whitespace() {
        let last = sentences.last_mut().expect("a sentence");
        last.push_str(word);
        last.push(' ');
        if word.ends_with(['.', '?', '!', ':', ';', '·']) {
            sentences.push(String::new());
        }
    }
    sentences
}

fn words(sentence: &str) -> usize {
    let words = sentence.split_whitespace();
    words
        .filter(|word| word.chars().any(char::is_alphabetic))
        .count()
}

#[test]
fn sentences_of_the_body_have_twenty_five_words_at_most() {
    let mut long = BTreeSet::new();
    for name in CLIENTS {
        let (rulebook, result) = sample(name);
        for document in ["executive", "full"] {
            let text = report(&rulebook, &result, document, "a")
                .markdown()
                .expect("Markdown");
            // Sources of packs are titles and names of authors.
            let text = text
                .split("### Questionnaires used")
                .next()
                .unwrap_or_default();
            let page = without_charts(&Page::markdown(text));
            let sentences = page.pieces().into_iter().flat_map(sentences);
            long.extend(sentences.filter(|one| words(one) > 25));
        }
    }
    assert!(long.is_empty(), "{}: {long:#?}", long.len());
}

#[test]
fn the_report_on_all_packs_stays_small() {
    let client = Client::named(ALL_PACKS);
    let full = client.report("full");
    let size = full.html().expect("HTML").len();
    assert!(size < 300_000, "{size}");
    for name in NAMES {
        let pages = Client::named(name)
            .report("executive")
            .markdown()
            .expect("Markdown");
        assert!(pages.chars().count() < 12_000, "{name}");
    }
}

#[test]
fn the_same_result_gives_the_same_bytes() {
    let printed = || {
        let client = Client::named(ALL_PACKS);
        let report = client.report("all");
        let word = report.word(None).expect("Word");
        (
            report.markdown().expect("Markdown"),
            report.html().expect("HTML"),
            word,
        )
    };
    assert!(printed() == printed());
}

#[test]
fn no_heading_stands_over_nothing() {
    for name in CLIENTS {
        let (rulebook, result) = sample(name);
        for document in ["full", "appendix"] {
            let text = report(&rulebook, &result, document, "a")
                .markdown()
                .expect("Markdown");
            let page = Page::markdown(&text);
            let pairs = page.blocks.windows(2);
            for pair in pairs {
                if let [Block::Heading(one, title), Block::Heading(other, _)] = pair {
                    assert!(other > one, "{name}: nothing stands under {title}");
                }
            }
            assert!(
                !matches!(page.blocks.last(), Some(Block::Heading(..))),
                "{name}"
            );
        }
    }
}
