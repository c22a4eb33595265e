//! What rulebooks cost: the organisation pack and all built-in packs from their embedded text, with
//! and without overlays, and what it costs to check and score an answer to every question of all of them.

#![expect(
    clippy::unwrap_used,
    reason = "a bench that cannot begin has nothing to measure"
)]

use centricity::Project;
use centricity::assess::evaluate;
use centricity::rules::pack::{self, Library, Loaded};
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Diagnostics, Place, Sources};
use centricity::text::yaml::Located;
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

/// Overlays of three packs, each with a weight, a wording and a question of its own.
const OVERLAYS: [(&str, &str); 3] = [
    ("organisation", "sections.light.questions.promise"),
    ("retention", "sections.customers.questions.fit"),
    ("principles", "sections.identity.questions.same-identity"),
];

/// The built-in packs and three overlays, all of them read and linked; the overlays lie in a folder.
#[divan::bench]
fn all_packs_with_three_overlays(bencher: divan::Bencher<'_, '_>) {
    let folder = tempfile::tempdir().unwrap();
    let mut wanted: Vec<Located<String>> = Vec::new();
    let name = |name: &str| Located::new(name.to_owned(), Place::NOWHERE);
    wanted.extend(pack::built_in_names().into_iter().map(name));
    for (pack, question) in OVERLAYS {
        let id = format!("house-{pack}");
        let (section, _) = question.split_once(".questions").unwrap();
        let text = format!(
            "format: 1\nid: {id}\nextends: {{ pack: {pack}, version: \"^1\" }}\nset:\n  {question}.weight: {{ to: 2, reason: R }}\n  {question}.ask: {{ to: \"Reworded?\", reason: R }}\nadd:\n  {section}.questions.ours: {{ value: {{ type: boolean, ask: \"Ours?\" }}, reason: R }}\n"
        );
        std::fs::create_dir(folder.path().join(&id)).unwrap();
        std::fs::write(folder.path().join(&id).join("pack.yaml"), text).unwrap();
        wanted.push(name(&id));
    }
    let library = Library {
        folders: vec![folder.path().to_owned()],
    };
    bencher.bench(|| {
        let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
        let packs = library.load(&wanted, folder.path(), &mut sources, &mut problems);
        let packs = packs.unwrap().unwrap();
        let rulebook = Rulebook::link(&packs, &mut problems).unwrap();
        assert_eq!(
            rulebook
                .packs
                .iter()
                .map(|pack| pack.overlays.len())
                .sum::<usize>(),
            3
        );
        rulebook
    });
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
