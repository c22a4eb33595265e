//! `portfolio`: many clients, all of them or an answer why not.

use crate::sandbox::{ROOT, Sandbox, answers};
use serde_json::Value;

/// A client on the built-in pack, whose questions all have one rating.
pub(crate) fn rated(name: &str, rating: u8) -> String {
    let ids = [
        "promise",
        "teams",
        "shared-view",
        "shared-reward",
        "cross-skill",
    ];
    let lines: Vec<String> = ids.iter().map(|id| format!("{id}: {rating}")).collect();
    answers(&lines.join("\n")).replace("name: Acme", &format!("name: {name}"))
}

/// Clients named `c0`, `c1` ... with these ratings.
pub(crate) fn clients(ratings: &[u8]) -> Sandbox {
    let mut sandbox = Sandbox::new();
    for (place, rating) in ratings.iter().enumerate() {
        let path = format!("clients/c{place}/assessment.yaml");
        sandbox = sandbox.file(&path, rated(&format!("Client {place}"), *rating));
    }
    sandbox
}

pub(crate) fn overview(sandbox: &Sandbox) -> Value {
    sandbox
        .run("portfolio clients --format json")
        .exits(0)
        .json()
}

pub(crate) fn score<'a>(overview: &'a Value, id: &str) -> &'a Value {
    let groups = overview["groups"].as_array().expect("groups").iter();
    let mut scores = groups.flat_map(|group| group["scores"].as_array().expect("scores"));
    scores.find(|one| one["id"] == id).expect(id)
}

#[test]
fn quartiles_are_those_of_the_clients() {
    // Indices of `light` are 25 times the rating: 0, 25, 25, 50, 100; places 1, 2 and 3.
    let overview = overview(&clients(&[4, 1, 0, 2, 1]));
    let light = score(&overview, "organisation.light");
    assert_eq!(light["n"], 5);
    let expected = [
        ("min", 0.0),
        ("q1", 25.0),
        ("median", 25.0),
        ("q3", 50.0),
        ("max", 100.0),
    ];
    for (name, value) in expected {
        assert_eq!(light["quartiles"][name], value, "{name}");
    }
    assert_eq!(light["lowest"][0]["client"], "Client 2");
    assert_eq!(
        light["fences"],
        Value::Null,
        "five are too few to call one an outlier"
    );
}

#[test]
fn outliers_lie_beyond_the_fences_and_are_named() {
    // Seven at 50 and one at 100: no quarter differs, so the least distance of 6.25 decides.
    let overview = overview(&clients(&[2, 2, 2, 2, 4, 2, 2, 2]));
    let light = score(&overview, "organisation.light");
    assert_eq!(light["fences"]["low"], 43.75);
    assert_eq!(light["fences"]["high"], 56.25);
    assert_eq!(light["outliers"], 1);
    assert_eq!(light["high_outliers"][0]["path"], "c4");
    assert_eq!(light["low_outliers"], Value::Array(Vec::new()));
}

#[test]
fn gates_are_counted_by_what_they_say() {
    let sandbox = clients(&[0, 4, 4]);
    let overview = overview(&sandbox);
    let mut whole = [0; 3];
    for place in 0..3 {
        let result = sandbox
            .run(&format!("assess clients/c{place} --format json"))
            .json();
        for gate in result["gates"].as_array().expect("gates") {
            let state = ["met", "unmet", "unproven"]
                .iter()
                .position(|one| gate["state"] == *one);
            whole[state.expect("a state")] += 1;
        }
    }
    let mut counted = [0; 3];
    let groups = overview["groups"].as_array().expect("groups").iter();
    for gate in groups.flat_map(|group| group["gates"].as_array().expect("gates")) {
        for (slot, state) in counted.iter_mut().zip(["met", "unmet", "unproven"]) {
            *slot += gate[state].as_u64().expect("a count");
        }
    }
    assert_eq!(counted, whole);
}

#[test]
fn one_broken_client_is_listed_and_the_others_are_written() {
    let sandbox = clients(&[1, 2, 3])
        .file("clients/b/assessment.yaml", answers("promise: 9"))
        .file("clients/d/assessment.yaml", "format: [");
    let run = sandbox.run("portfolio clients --out out --reports html");
    let run = run
        .exits(3)
        .says("2 clients are not valid")
        .says("clients/b/assessment.yaml:");
    run.says("wrote out");
    let page = sandbox.read("out/portfolio.md");
    assert!(page.contains("2 clients could not be scored"), "{page}");
    assert!(page.contains("| b | assessment.yaml, line 6: "), "{page}");
    assert!(sandbox.path("out/reports/c0.html").is_file());
    assert!(!sandbox.path("out/reports/b.html").exists());
    assert_eq!(sandbox.read("out/csv/problems.csv").lines().count(), 3);
    assert_eq!(sandbox.read("out/csv/clients.csv").lines().count(), 4);
}

#[test]
fn what_is_no_client_is_passed_by() {
    let sandbox = clients(&[1])
        .file("clients/c0/responses/deep/assessment.yaml", "no client")
        .file("clients/.git/assessment.yaml", "no client")
        .file("clients/pack/pack.yaml", "id: p")
        .file("clients/pack/cases/assessment.yaml", "no client");
    #[cfg(unix)]
    std::os::unix::fs::symlink(sandbox.path("clients/c0"), sandbox.path("clients/link"))
        .expect("a link");
    assert_eq!(overview(&sandbox)["clients"], 1);
}

#[test]
fn nothing_to_count_is_told() {
    let sandbox = Sandbox::new().file("clients/notes.txt", "none");
    sandbox
        .run("portfolio clients")
        .exits(1)
        .says("there is no assessment.yaml below `clients`");
    sandbox
        .run("portfolio gone")
        .exits(1)
        .says("`gone` is not there");
    sandbox
        .run("portfolio clients/notes.txt")
        .exits(1)
        .says("is no folder");
    sandbox.run("portfolio clients --out out").exits(1);
    assert_eq!(sandbox.files(), ["clients/notes.txt"]);
}

#[test]
fn clients_on_other_packs_and_bases_are_counted_apart() {
    let sandbox = clients(&[1, 2])
        .file(
            "clients/e/assessment.yaml",
            rated("E", 3).replace("packs:", "basis: evidenced\npacks:"),
        )
        .file(
            "clients/r/assessment.yaml",
            "format: 1\nclient: { name: R }\npacks: [retention]\nanswers: { retention: {} }\n",
        );
    let overview = overview(&sandbox);
    let groups = overview["groups"].as_array().expect("groups").iter();
    let told: Vec<String> = groups
        .map(|one| format!("{} {} {}", one["pack"], one["basis"], one["clients"]))
        .collect();
    assert_eq!(
        told,
        [
            "\"profile\" \"perception\" 3",
            "\"organisation\" \"perception\" 2",
            "\"profile\" \"evidenced\" 1",
            "\"organisation\" \"evidenced\" 1",
            "\"retention\" \"perception\" 1"
        ]
    );
    sandbox
        .run("portfolio clients")
        .exits(0)
        .prints("The two cannot be compared");
}

#[test]
fn the_sample_clients_are_a_portfolio() {
    let folder = format!("{ROOT}/tests/clients");
    Sandbox::new()
        .run(&format!("portfolio {folder}"))
        .exits(0)
        .prints("# Portfolio: 8 clients");
}

#[test]
fn every_figure_of_a_spread_is_printed_with_its_number_of_clients() {
    let printed = |ratings: &[u8]| clients(ratings).run("portfolio clients").exits(0);
    printed(&[4, 1, 0, 2, 1]).prints(
        "| Light form | 5 | **25** | 25 to 50 | 0 to 100 | Client 2 (0), Client 1 (25), Client 4 (25) |",
    );
    // Two clients have no middle half.
    printed(&[1, 2]).prints("| Light form | 2 | **38** | – | 25 to 50 |");
    printed(&[2, 2, 2, 2, 4, 2, 2, 2]).prints("| Client 4 | Light form | 100 | above 56 | 8 |");
}
