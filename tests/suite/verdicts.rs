//! `gate`: the forms of a verdict, and that better answers never undo one.

use crate::sandbox::schema;
use crate::sandbox::{Sandbox, answers};
use crate::workshop::{answers as given, pack, ratings};
use centricity::assess::{NeedState, assess};
use centricity::study::{CheckResult, Policy, PolicyFile, gate};
use centricity::text::diagnostic::{Diagnostics, Sources};
use centricity::text::yaml;
use proptest::prelude::*;
use quick_xml::events::Event;

/// Light at index 50: 2, 2, 2, 2, 2.
const EVEN: &str = "promise: 2\nteams: 2\nshared-view: 2\nshared-reward: 2\ncross-skill: 2";

#[test]
fn every_format_tells_the_verdict() {
    let name = "Bo & <Co>\u{7}";
    let text = answers(EVEN).replace(
        "name: Acme",
        &format!("name: \"{}\"", name.replace('\u{7}', "\\a")),
    );
    let policy = "format: 1\nrules:\n  - { score: organisation.light, index: 60, because: \"We & they\" }\n  - { basis: evidenced, severity: warn }\n  - { score: organisation.light, index: 40 }\n";
    let sandbox = Sandbox::new()
        .file("a.yaml", text)
        .file("gate.yaml", policy);
    let run = |format: &str| {
        sandbox
            .run(&format!("gate a.yaml --policy gate.yaml --format {format}"))
            .exits(4)
    };
    let shown = run("text");
    for line in shown.stdout.lines() {
        assert!(line.chars().count() <= 80, "{line}");
    }
    shown
        .prints("The gate is not met: 1 of 3 checks fails, 1 warns.")
        .prints("Not met: index 50")
        .prints("We &");
    let schema = jsonschema::validator_for(&schema("verdict")).expect("a schema");
    assert!(schema.is_valid(&run("json").json()));
    run("md")
        .prints("<!-- centricity gate -->")
        .prints("Bo &amp; &lt;Co&gt;")
        .prints("**Not met:** index 50")
        .prints("(organisation.light)");
    let xml = run("junit").stdout;
    let mut reader = quick_xml::Reader::from_str(&xml);
    let (mut cases, mut failures) = (0, 0);
    loop {
        let event = reader.read_event().expect("XML");
        if let Event::Start(tag) | Event::Empty(tag) = &event {
            cases += usize::from(tag.name().as_ref() == "testcase");
            failures += usize::from(tag.name().as_ref() == "failure");
        }
        if matches!(event, Event::Eof) {
            break;
        }
    }
    assert_eq!((cases, failures), (3, 1), "{xml}");
    assert!(xml.contains("tests=\"3\" failures=\"1\""), "{xml}");
    assert!(!xml.contains('\u{7}'));
    let sarif = run("sarif").json();
    let results = sarif["runs"][0]["results"]
        .as_array()
        .expect("results")
        .clone();
    assert_eq!(results.len(), 2);
    let told = results
        .iter()
        .find(|one| one["level"] == "error")
        .expect("a failure");
    assert_eq!(told["ruleId"], "gate-unmet");
    let place = &told["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a.yaml");
    assert_eq!(place["region"]["startLine"], 6);
    let rule = &told["relatedLocations"][0]["physicalLocation"];
    assert_eq!(rule["artifactLocation"]["uri"], "gate.yaml");
    assert_eq!(rule["region"]["startLine"], 3);
}

#[test]
fn a_badge_has_a_title_and_fits_its_text() {
    let sandbox = Sandbox::new().file("a.yaml", answers(EVEN)).file(
        "gate.yaml",
        "format: 1\nrules: [ { score: organisation.light, index: 50 } ]\n",
    );
    let run = sandbox
        .run("gate a.yaml --policy gate.yaml --badge badge.svg --out gate.txt")
        .exits(0);
    run.says("wrote badge.svg").says("wrote gate.txt");
    let svg = sandbox.read("badge.svg");
    assert!(
        svg.contains("<title id=\"t\">customer centricity: gate met</title>"),
        "{svg}"
    );
    assert!(svg.contains("role=\"img\""));
    let printed = sandbox
        .run("gate a.yaml --policy gate.yaml --format badge")
        .exits(0)
        .stdout;
    assert_eq!(printed, svg);
    sandbox
        .run("gate a.yaml --policy gate.yaml --badge badge.svg")
        .exits(1)
        .says("already there");
    sandbox
        .run("gate a.yaml --policy gate.yaml --badge new.svg --out gate.txt")
        .exits(1)
        .says("already there");
    assert!(!sandbox.path("new.svg").exists(), "one of two is half");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    /// Aggregates and ladders that only rise with their answers: a better rating never undoes what
    /// was met.
    #[test]
    fn better_answers_never_undo_what_was_met(
        rated in prop::array::uniform4(prop::option::of(0..=4_u8)),
        which in 0..4_usize,
        limit in 0..=100_u8,
        at in 0..3_usize,
    ) {
        let body = format!(
            "{}scores:\n  mean: {{ aggregate: mean, of: [a, b, c, d] }}\n  least: {{ aggregate: min, of: [a, b, c, d] }}\n  most: {{ aggregate: max, of: [a, b, c, d] }}\n  gm: {{ aggregate: geometric, of: [a, b, c, d] }}\n\
             ladders:\n  l: {{ of: mean, levels: [ {{ id: x }}, {{ id: y, from: 1.5 }}, {{ id: z, from: 3 }} ] }}\n",
            ratings(&["a", "b", "c", "d"])
        );
        let rulebook = pack(&body).good();
        let level = ["x", "y", "z"][at];
        let policy = format!(
            "format: 1\nrules:\n  - {{ score: 'p.*', index: {limit} }}\n  - {{ score: 'p.*', index: {limit}, surely: true }}\n  - {{ coverage: 0.5 }}\n  - {{ level: p.l, at_least: {level} }}\n"
        );
        let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
        let source = sources.add("gate.yaml", policy);
        let file: PolicyFile = yaml::read(&sources, source, &mut problems).expect("a policy");
        let policy = Policy::check(&file, &rulebook, &mut problems).expect("a valid policy");
        let text = |rated: &[Option<u8>; 4]| -> String {
            let pairs = ["a", "b", "c", "d"].iter().zip(rated);
            pairs.filter_map(|(id, one)| Some(format!("{id}: {}, ", (*one)?))).collect()
        };
        let mut better = rated;
        better[which] = rated[which].map(|one| (one + 1).min(4));
        let verdict = |rated: &[Option<u8>; 4]| {
            let answers = given(&rulebook, &text(rated)).valid();
            gate(&policy, &assess(&rulebook, &answers), None, None)
        };
        let (before, after) = (verdict(&rated), verdict(&better));
        let met = |one: &CheckResult| one.state == NeedState::Met;
        for (one, other) in before.checks.iter().zip(&after.checks) {
            prop_assert_eq!(&one.id, &other.id);
            prop_assert!(!met(one) || met(other), "{one:?} {other:?}");
        }
    }
}
