//! Benchmarks: what many clients came to, beside one of them, and nothing of any of them.

use crate::made_up;
use crate::overlays::{self, BASE};
use crate::sandbox::schema;
use crate::sandbox::{Sandbox, answers};
use serde_json::Value;

const FILE: &str = "format: 1\nfrom: 2026\nto: 2026\ngroups:\n  - pack: organisation\n    major: 1\n    \
    basis: perception\n    clients: 23\n    rules: [ { version: 1.0.0, digest: DIGEST } ]\n    scores:\n      \
    light: { clients: 23, median: 45, half: { from: 35, to: 65 } }\n      \
    medium: { clients: 7, median: 55 }\n";

fn sandbox(benchmark: &str) -> Sandbox {
    Sandbox::new()
        .file(
            "acme/assessment.yaml",
            answers("promise: 3\nteams: 2\nshared-view: 2\nshared-reward: 2\ncross-skill: 2"),
        )
        .file("benchmark.yaml", benchmark.replace("DIGEST", &digest()))
}

/// The digest of the built-in pack.
fn digest() -> String {
    let texts = centricity::rules::pack::built_in("organisation");
    texts.expect("a built-in pack").digest()
}

#[test]
fn others_stand_beside_the_client_with_their_base() {
    let sandbox = sandbox(FILE);
    let report = |format: &str| {
        sandbox
            .run(&format!(
                "report acme --format {format} --benchmark benchmark.yaml"
            ))
            .exits(0)
    };
    report("md")
        .prints("Compared with other clients, 2026.")
        .prints("| about 45 | about 35 to 65 | 23 |")
        .prints("| about 55 | – | 7 |");
    report("html").prints("about 35 to 65");
    let plain = sandbox.run("report acme --format md").exits(0).stdout;
    assert!(!plain.contains("other clients"));
}

#[test]
fn another_major_version_is_refused_where_it_stands() {
    let newer = FILE.replace("major: 1", "major: 2");
    let newer = newer.replace("1.0.0, digest: DIGEST", "2.0.0, digest: 0123456789abcdef");
    sandbox(&newer)
        .run("report acme --format md --benchmark benchmark.yaml")
        .exits(3)
        .says("error[version-mismatch]")
        .says("made with other rules of `organisation`: 2.0.0 (0123456789ab); the assessment uses 1.2.1")
        .says("benchmark.yaml:9");
}

#[test]
fn other_rules_of_the_same_version_are_refused_too() {
    let run = |sandbox: &Sandbox| {
        sandbox.run("report acme --format md --benchmark benchmark.yaml --packs packs")
    };
    let sandbox = crate::changed::with_copy(sandbox(FILE), str::to_owned);
    run(&sandbox).exits(0);
    let sandbox = crate::changed::with_copy(sandbox, |text| format!("{text}\n# ours\n"));
    run(&sandbox)
        .exits(3)
        .says("made with other rules of `organisation`: 1.0.0")
        .says(", changed")
        .says("score these clients by the same rules")
        .says("benchmark.yaml:9");
    let none = FILE.replace("{ version: 1.0.0, digest: DIGEST }", "");
    let sandbox = sandbox.file("none.yaml", none);
    sandbox
        .run("check none.yaml")
        .exits(3)
        .prints("a benchmark names the rules it was made with");
}

#[test]
fn the_other_basis_is_never_set_beside() {
    let run = sandbox(&FILE.replace("perception", "evidenced"))
        .run("report acme --format md --benchmark benchmark.yaml");
    run.exits(0)
        .says("the benchmark holds no clients on its packs, overlays, form and basis")
        .never("other clients");
}

#[test]
fn a_benchmark_that_gives_somebody_away_is_no_benchmark() {
    let cases = [
        (
            "clients: 7,",
            "clients: 4,",
            "a score of 4 clients may give one of them away",
        ),
        (
            "clients: 23, median",
            "clients: 19, median",
            "a middle half of 19 clients",
        ),
        (
            "median: 55",
            "median: 48",
            "`48` is not the middle of a band",
        ),
        (
            "median: 55",
            "median: 155",
            "`155` is not the middle of a band",
        ),
        (
            "median: 45",
            "median: 95",
            "the median lies outside the middle half",
        ),
        ("format: 1", "format: 2", "format `2` is not known"),
        ("to: 2026", "to: 2020", "the period ends in 2020"),
        ("basis: perception", "basis: guess", "guess"),
        ("clients: 7, ", "clients: 7, lowest: 12, ", "lowest"),
    ];
    for (from, to, says) in cases {
        let run = sandbox(&FILE.replacen(from, to, 1))
            .run("report acme --format md --benchmark benchmark.yaml");
        run.exits(3).says(says).says("benchmark.yaml:");
    }
    let twice = format!("{FILE}{}", FILE.split_once("groups:\n").expect("groups").1);
    sandbox(&twice)
        .run("report acme --format md --benchmark benchmark.yaml")
        .exits(3)
        .says("`organisation 1` stands twice");
}

#[test]
fn what_a_portfolio_writes_is_read_and_names_nobody() {
    let sandbox = Sandbox::new();
    let rulebook = made_up::rulebook(&["profile", "organisation", "retention"]);
    made_up::write(&sandbox.path("clients"), &rulebook, 60, 60);
    sandbox
        .run("portfolio clients --benchmark b.yaml")
        .exits(0)
        .never("# Portfolio");
    let text = sandbox.read("b.yaml");
    assert!(
        !text.contains("Client") && !text.contains("Unit") && !text.contains("2026-"),
        "{text}"
    );
    let value: Value = serde_yaml::from_str(&text).expect("YAML");
    let schema = jsonschema::validator_for(&schema("benchmark"));
    assert!(schema.expect("a schema").is_valid(&value), "{text}");
    sandbox
        .run("report clients/000/client-000007 --format md --benchmark b.yaml")
        .exits(0)
        .prints("Compared with other clients");
    sandbox
        .run("portfolio clients --benchmark b.yaml")
        .exits(1)
        .says("add `--force`");
    sandbox
        .run("portfolio clients --benchmark b.yaml --force")
        .exits(0);
}

#[test]
fn few_clients_give_no_benchmark() {
    let mut sandbox = Sandbox::new();
    for place in 0..4 {
        sandbox = sandbox.file(
            &format!("clients/c{place}/assessment.yaml"),
            answers("promise: 3"),
        );
    }
    sandbox
        .run("portfolio clients --benchmark b.yaml")
        .exits(1)
        .says("no score has 5 clients");
    assert!(!sandbox.path("b.yaml").exists());
}

/// Six clients on a pack, and five on it with an overlay that lets one question count three times.
fn overlaid() -> Sandbox {
    let body = "set: { sections.one.questions.care.weight: { to: 3, reason: x } }\n";
    let mut sandbox = overlays::with(&[("house", body)], "base");
    for place in 0..11 {
        let packs = if place < 6 { "base" } else { "house" };
        let path = format!("clients/c{place:02}/assessment.yaml");
        sandbox = sandbox.file(&path, overlays::answers(packs));
    }
    sandbox
}

#[test]
fn clients_with_other_overlays_are_never_counted_together() {
    let sandbox = overlaid();
    let overview = sandbox.run("portfolio clients --packs rules --format json");
    let overview = overview.exits(0).json();
    let schema_of = |name: &str| jsonschema::validator_for(&schema(name)).expect("a schema");
    assert!(schema_of("portfolio").is_valid(&overview));
    let groups = overview["groups"].as_array().expect("groups").iter();
    let counted: Vec<String> = groups
        .map(|one| format!("{} {}", one["overlays"], one["clients"]))
        .collect();
    assert_eq!(counted, ["[] 6", "[\"house\"] 5"]);
    let rows = sandbox.run("portfolio clients --packs rules --format ndjson");
    let rows = rows.exits(0).stdout;
    let last = rows.lines().last().expect("a row");
    let last: Value = serde_json::from_str(last).expect("JSON");
    assert!(schema_of("portfolio-row").is_valid(&last));
    assert_eq!(last["packs"][0]["overlays"][0], "house");
    sandbox
        .run("portfolio clients --packs rules --out out --format md,html,csv,xlsx")
        .exits(0);
    let page = sandbox.read("out/portfolio.md");
    assert!(page.contains("5 clients, scored on perception, base 1 with house."));
    assert!(page.contains("(#pack-2) with house: 5 clients"), "{page}");
    let table = sandbox.read("out/csv/clients.csv");
    assert_eq!(table.matches(",base+house,").count(), 5, "{table}");
    assert_eq!(table.matches(",base,").count(), 6, "{table}");
    // One strip of each group, and one client on it for each of the group.
    let html = sandbox.read("out/portfolio.html");
    assert_eq!(html.matches("<figure class=\"strip spread\">").count(), 2);
    let shown = html.matches("<circle class=\"one\"").count();
    let scores = BASE.matches("score: {").count();
    assert_eq!(shown, 11 * scores);
}

#[test]
fn a_benchmark_speaks_to_clients_with_its_overlays_alone() {
    let sandbox = overlaid();
    sandbox
        .run("portfolio clients --packs rules --benchmark b.yaml")
        .exits(0);
    let text = sandbox.read("b.yaml");
    let (plain, house) = text.split_once("    overlays: [house]\n").expect(&text);
    // (4 + 1) / 2 of 4 is 62.5, and (3 * 4 + 1) / 4 of 4 is 81.25.
    assert!(plain.contains("clients: 6, median: 65"), "{text}");
    assert!(house.contains("clients: 5, median: 85"), "{text}");
    sandbox.run("check b.yaml --packs rules").exits(0);
    let report = |client: &str, file: &str| {
        sandbox.run(&format!(
            "report clients/{client} --packs rules --format md --benchmark {file}"
        ))
    };
    report("c00", "b.yaml")
        .exits(0)
        .prints("| about 65 | – | 6 |");
    report("c10", "b.yaml")
        .exits(0)
        .prints("| about 85 | – | 5 |");
    let (head, group) = text.split_once("  - pack: base\n").expect(&text);
    let second = group.split_once("  - pack: base\n").expect(&text).1;
    let only = format!("{head}  - pack: base\n{second}");
    let sandbox = overlaid().file("house.yaml", only);
    sandbox
        .run("report clients/c00 --packs rules --format md --benchmark house.yaml")
        .exits(0)
        .says("the benchmark holds no clients on its packs, overlays, form and basis")
        .never("other clients");
}
