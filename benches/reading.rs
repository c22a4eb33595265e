//! What reading costs: answers of four kilobytes, and a file with problems.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot read has nothing to measure"
)]

use std::fmt::Write as _;

use centricity::Project;
use centricity::rules::rulebook::{ItemKind, Rulebook};
use centricity::text::diagnostic::{Diagnostics, Sources, render};
use centricity::text::yaml::{self, Entries, Located, Scalar};
use mimalloc::MiMalloc;
use serde::Deserialize;

/// As in the binary.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    divan::main();
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only the reading of it is measured")]
struct Assessment {
    format: u8,
    client: Client,
    assessed_on: Located<String>,
    packs: Vec<Located<String>>,
    answers: Entries<Entries<Located<Answer>>>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only the reading of it is measured")]
struct Client {
    name: String,
    unit: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename = "$shape")]
#[expect(dead_code, reason = "only the reading of it is measured")]
enum Answer {
    #[serde(rename = "scalar")]
    Plain(Scalar),
    #[serde(rename = "list")]
    Many(Vec<Located<String>>),
    #[serde(rename = "map")]
    Full(Box<Full>),
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "only the reading of it is measured")]
struct Full {
    value: Option<Located<Scalar>>,
    note: Option<String>,
    target: Option<f64>,
    owner: Option<String>,
    due: Option<Located<String>>,
}

/// Answers as a person writes them: three in four plain, the fourth with a note and an owner.
fn answers(bytes: usize) -> String {
    let mut text = "format: 1\nclient: { name: Harbour Tools, unit: Marine division }\n\
        assessed_on: 2026-10-31\npacks: [organisation, retention]\nanswers:\n  organisation:\n"
        .to_owned();
    for nth in 0.. {
        if text.len() >= bytes {
            break;
        }
        match nth % 4 {
            0 => writeln!(
                text,
                "    question-{nth}: {{ value: {}, note: \"Escalates every time\", target: 3, \
                 owner: Head of sales, due: 2027-03-31 }}",
                nth % 5
            ),
            1 => writeln!(text, "    question-{nth}: packaged"),
            2 => writeln!(text, "    question-{nth}: [email, phone]"),
            _ => writeln!(text, "    question-{nth}: {}", nth % 5),
        }
        .unwrap();
    }
    text
}

#[divan::bench(args = [4 << 10, 1 << 20])]
fn answers_to_structs(bencher: divan::Bencher<'_, '_>, bytes: usize) {
    let mut sources = Sources::new();
    let id = sources.add("answers.yaml", answers(bytes));
    let size = divan::counter::BytesCount::new(sources.text(id).len());
    bencher.counter(size).bench(|| {
        let mut problems = Diagnostics::new();
        yaml::read::<Assessment>(&sources, id, &mut problems).unwrap()
    });
}

#[divan::bench(args = [4 << 10])]
fn events_alone(bytes: usize) -> usize {
    let text = answers(bytes);
    saphyr_parser::Parser::new_from_str(&text).count()
}

#[divan::bench(args = [4 << 10])]
fn tree_alone(bencher: divan::Bencher<'_, '_>, bytes: usize) {
    let mut sources = Sources::new();
    let id = sources.add("answers.yaml", answers(bytes));
    bencher.bench(|| {
        let mut problems = Diagnostics::new();
        yaml::read::<serde::de::IgnoredAny>(&sources, id, &mut problems).unwrap()
    });
}

#[divan::bench]
fn a_file_with_ten_problems(bencher: divan::Bencher<'_, '_>) {
    let mut sources = Sources::new();
    let text = answers(4 << 10).replacen("target: 3", "target: none", 10);
    let id = sources.add("answers.yaml", text);
    bencher.bench(|| {
        let mut problems = Diagnostics::new();
        let value = yaml::read::<Assessment>(&sources, id, &mut problems);
        assert!(value.is_none());
        render(&problems, &sources, false)
    });
}

/// Answers to every question of a rulebook with choices, with notes until the text is this long.
fn full_answers(rulebook: &Rulebook, bytes: usize) -> String {
    let mut text = "format: 1\nclient: { name: Harbour Tools }\nassessed_on: 2026-10-31\n\
        packs: [organisation]\nanswers:\n  organisation:\n"
        .to_owned();
    for (nth, item) in rulebook.items.iter().enumerate() {
        let ItemKind::Question(question) = &item.kind else {
            break;
        };
        let Some(choice) = question.choices.get(nth % question.choices.len().max(1)) else {
            continue;
        };
        let (id, value) = (item.local_id(), &choice.value);
        let rest = rulebook.question_count() - nth;
        if text.len() + rest * 30 < bytes {
            writeln!(
                text,
                "    {id}: {{ value: {value}, note: \"Escalates every time\", \
                 evidence: {{ grade: document, ref: \"Account charter v2\" }} }}"
            )
        } else {
            writeln!(text, "    {id}: {value}")
        }
        .unwrap();
    }
    text
}

#[divan::bench]
fn answers_read_and_checked(bencher: divan::Bencher<'_, '_>) {
    let project = Project::new(&["organisation"]).unwrap();
    let text = full_answers(project.rulebook(), 4 << 10);
    let size = divan::counter::BytesCount::new(text.len());
    bencher
        .counter(size)
        .bench(|| project.answers("answers.yaml", &text).unwrap());
}
