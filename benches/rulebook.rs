//! What rulebooks cost: the organisation pack and all built-in packs from their embedded text, and
//! what it costs to check and score an answer to every question of all of them.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot begin has nothing to measure"
)]

use centricity::Project;
use centricity::assess::evaluate;
use centricity::rules::pack::{self, Loaded};
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Diagnostics, Sources};
use mimalloc::MiMalloc;
use std::fmt::Write as _;
use std::hint::black_box;

/// The allocator of the binary.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    divan::main();
}

fn loaded() -> Loaded {
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let texts = pack::built_in("organisation").unwrap();
    Loaded::load(texts, &mut sources, &mut problems).unwrap()
}

fn all() -> Project {
    Project::new(&pack::built_in_names()).unwrap()
}

/// An answer to every question: the second choice of each, or ten.
fn answers(rulebook: &Rulebook) -> String {
    let names = pack::built_in_names();
    let mut text = format!(
        "format: 1\nclient: {{ name: Bench }}\npacks: [{}]\nanswers:\n",
        names.join(", ")
    );
    for name in names {
        writeln!(text, "  {name}:").unwrap();
        for item in rulebook
            .items
            .iter()
            .filter(|item| item.id.starts_with(&format!("{name}.")))
        {
            let Some(question) = item.kind.question() else {
                continue;
            };
            let value = question
                .choices
                .get(1)
                .map_or("10", |choice| choice.value.as_str());
            writeln!(text, "    {}: {value}", item.local_id()).unwrap();
        }
    }
    text
}

#[divan::bench]
fn all_packs_from_text() -> Project {
    all()
}

#[divan::bench]
fn all_packs_checked(bencher: divan::Bencher<'_, '_>) {
    let project = all();
    let text = answers(project.rulebook());
    bencher.bench(|| project.answers("answers.yaml", &text).unwrap());
}

#[divan::bench]
fn all_packs_evaluated(bencher: divan::Bencher<'_, '_>) {
    let project = all();
    let rulebook = project.rulebook();
    let answers = project.answers("answers.yaml", &answers(rulebook)).unwrap();
    // What comes out is freed each time; kept, each would be measured on pages of its own.
    bencher.bench(|| drop(black_box(evaluate(rulebook, &answers))));
}

#[divan::bench]
fn organisation_from_text() -> Rulebook {
    Rulebook::link(&[loaded()], &mut Diagnostics::new()).unwrap()
}

#[divan::bench]
fn organisation_read() -> Loaded {
    loaded()
}

#[divan::bench]
fn organisation_linked(bencher: divan::Bencher<'_, '_>) {
    let packs = [loaded()];
    bencher.bench(|| Rulebook::link(&packs, &mut Diagnostics::new()).unwrap());
}
