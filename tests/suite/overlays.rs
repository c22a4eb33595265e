//! Overlays: changes to a pack that are kept apart from it.

use crate::sandbox::{ROOT, Sandbox};
use serde_json::Value;
use std::path::Path;

/// A pack with two ratings, their mean, a finding with advice, a table and a glossary.
pub(crate) const BASE: &str = "format: 1
id: base
version: 1.2.0
title: \"Base\"
sections:
  one:
    title: \"One\"
    score: { aggregate: mean }
    questions:
      care:
        type: rating
        ask: \"Do you care?\"
        anchors: { 0: \"no\", 1: \"a bit\", 2: \"some\", 3: \"much\", 4: \"fully\" }
      know:
        type: rating
        ask: \"Do you know them?\"
        anchors: { 0: \"none\", 1: \"few\", 2: \"half\", 3: \"most\", 4: \"all\" }
  size:
    title: \"Size\"
    questions:
      kinds:
        type: select_multiple
        ask: \"Which?\"
        choices: [{ value: big, label: \"Big\" }, { value: small, label: \"Small\" }]
        tags: [size]
decisions:
  form:
    outcomes: [none, some]
    inputs: [one]
    hit_policy: first
    rules:
      - { id: high, if: [\">= 3\"], then: some, because: \"It is high.\" }
      - { id: rest, if: [\"-\"], then: none, because: \"It is not.\" }
findings:
  weak:
    when: { one: \"< 2\" }
    kind: gap
    severity: low
    title: \"Weak\"
    text: \"It is weak.\"
    advice:
      - { id: begin, do: \"Begin\", effort: low, impact: high, within: 30d }
glossary: { term: \"A word.\" }
";

/// An overlay of that pack with these lines.
pub(crate) fn overlay(id: &str, body: &str) -> String {
    format!("format: 1\nid: {id}\nextends: {{ pack: base, version: \"^1\" }}\n{body}")
}

/// Answers to that pack, scored by these packs.
pub(crate) fn answers(packs: &str) -> String {
    format!(
        "format: 1\nclient: {{ name: Acme }}\npacks: [{packs}]\nanswers:\n  base: {{ care: 4, know: 1 }}\n"
    )
}

/// The pack, with overlays by id and body beside it, and answers to it.
pub(crate) fn with(overlays: &[(&str, &str)], packs: &str) -> Sandbox {
    let mut sandbox = Sandbox::new()
        .file("rules/base/pack.yaml", BASE)
        .file("a.yaml", answers(packs));
    for (id, body) in overlays {
        sandbox = sandbox.file(&format!("rules/{id}/pack.yaml"), overlay(id, body));
    }
    sandbox
}

fn result(sandbox: &Sandbox) -> Value {
    let run = sandbox.run("assess a.yaml --packs rules --format json");
    run.exits(0).json()
}

fn score(result: &Value, id: &str) -> f64 {
    let scores = result["scores"].as_array().expect("scores");
    let found = scores.iter().find(|one| one["id"] == id);
    found.expect("the score")["value"]
        .as_f64()
        .expect("a value")
}

/// One weight, in the lines that the documentation promises.
const WEIGHT: &str =
    "set:\n  sections.one.questions.care.weight: { to: 2, reason: \"Care counts twice.\" }\n";

#[test]
fn one_weight_takes_six_lines_and_leaves_everything_else() {
    assert!(overlay("house", WEIGHT).lines().count() <= 6);
    // By hand: (4 + 1) / 2, and (2 * 4 + 1) / 3.
    let plain = result(&with(&[], "base"));
    assert!((score(&plain, "base.one") - 2.5).abs() < 1e-9);
    let house = result(&with(&[("house", WEIGHT)], "base, house"));
    assert!((score(&house, "base.one") - 3.0).abs() < 1e-9);
    let pack = &house["packs"][0];
    assert_eq!(
        (&pack["id"], &pack["version"]),
        (&"base".into(), &"1.2.0".into())
    );
    assert_ne!(pack["digest"], plain["packs"][0]["digest"]);
    let overlay = &pack["overlays"][0];
    assert_eq!(overlay["id"], "house");
    let change = &overlay["changes"][0];
    assert_eq!(change["path"], "sections.one.questions.care.weight");
    assert_eq!(
        (&change["kind"], &change["reason"]),
        (&"set".into(), &"Care counts twice.".into())
    );
    assert_eq!(plain["packs"][0]["overlays"], Value::Array(Vec::new()));
}

#[test]
fn every_part_of_a_pack_can_be_reached() {
    let body = "set:
  title: { to: \"Ours\", reason: \"r\" }
  sections.one.title: { to: \"First\", reason: \"r\" }
  sections.one.questions.care.ask: { to: \"Do you really care?\", reason: \"r\" }
  sections.one.questions.care.anchors.4: { to: \"wholly\", reason: \"r\" }
  sections.size.questions.kinds.choices.big.label: { to: \"Large\", reason: \"r\" }
  decisions.form.rules.high.if: { to: [\">= 2\"], reason: \"r\" }
  findings.weak.advice.begin.do: { to: \"Start\", reason: \"r\" }
  findings.weak.severity: { to: high, reason: \"r\" }
  report: { to: { title: \"Our report\" }, reason: \"r\" }
add:
  sections.size.questions.kinds.choices.tiny: { value: { value: tiny, label: \"Tiny\" }, before: small, reason: \"r\" }
  sections.size.questions.kinds.tags.core: { value: core, reason: \"r\" }
  sections.two: { value: { title: \"Two\", questions: { new: { type: boolean, ask: \"New?\" } } }, reason: \"r\" }
  sections.one.questions.care.anchors.5: { value: \"beyond\", reason: \"r\" }
  context.figure: { value: { figure: 5, unit: percent, says: \"s\", base: \"of ten\", source: \"x\" }, reason: \"r\" }
remove:
  glossary.term: { reason: \"r\" }
  sections.one.questions.know: { reason: \"r\" }
";
    let sandbox = with(&[("house", body)], "house");
    sandbox
        .run("pack check rules/house --packs rules")
        .exits(0)
        .says("base 1.2.0 with house")
        .says("no problems");
    let docs = sandbox.run("pack docs house --packs rules").exits(0);
    let docs = docs
        .prints("# Ours")
        .prints("Do you really care?")
        .prints("wholly")
        .prints("beyond")
        .prints("Large")
        .prints("Start")
        .prints("New?");
    let docs = docs.never("Do you know them?").never("A word.").stdout;
    let place = |label: &str| docs.find(label).expect(label);
    assert!(place("Large") < place("Tiny") && place("Tiny") < place("Small"));
    sandbox
        .run("pack show house care --packs rules")
        .exits(0)
        .prints("Do you really care?");
    sandbox.run("pack lint house --packs rules").exits(0);
    sandbox
        .run("pack list --packs rules")
        .exits(0)
        .prints("an overlay of base");
}

#[test]
fn overlays_stack_in_the_order_they_are_listed() {
    let three = WEIGHT.replace("to: 2", "to: 3");
    let both = [("house", WEIGHT), ("team", three.as_str())];
    // By hand: (3 * 4 + 1) / 4; the later one counts.
    for (packs, value) in [
        ("base, house, team", 3.25),
        ("base, team, house", 3.0),
        ("house, team", 3.25),
    ] {
        let result = result(&with(&both, packs));
        assert!((score(&result, "base.one") - value).abs() < 1e-9, "{packs}");
        assert_eq!(result["packs"].as_array().map(Vec::len), Some(1), "{packs}");
    }
    let sandbox = with(&both, "house, team");
    sandbox
        .run("pack check house team --packs rules")
        .exits(0)
        .prints("`team` changes `sections.one.questions.care.weight` after `house` did");
    // An assessment says so too, and two that lay the same overlays say it once.
    let sandbox = sandbox.file("b.yaml", answers("house, team"));
    let run = sandbox.run("check a.yaml b.yaml --packs rules").exits(0);
    let times = run.stdout.matches("overlapping-changes").count();
    assert_eq!(times, 1, "{}", run.stdout);
}

/// What an overlay does to the words of a question that another pack asks shows nowhere; its weight
/// still counts, and so do its words where the other pack is not there.
#[test]
fn a_change_that_shows_nowhere_is_told() {
    let ours = "format: 1\nid: ours\nextends: { pack: culture, version: \"^1\" }\nset:\n  sections.inside.questions.shared-record.label: { to: \"Our record\", reason: \"r\" }\n  sections.inside.questions.shared-record.weight: { to: 2, reason: \"r\" }\n";
    let with = |packs: &str| {
        let answers =
            format!("format: 1\nclient: {{ name: C }}\npacks: [{packs}]\nanswers: {{}}\n");
        let sandbox = Sandbox::new().file("rules/ours/pack.yaml", ours);
        let run = sandbox
            .file("a.yaml", answers)
            .run("check a.yaml --packs rules");
        run.exits(0).stdout.clone()
    };
    let told = with("organisation, ours");
    let note = "`culture.shared-record` is asked as `organisation.shared-view` here";
    assert_eq!(told.matches(note).count(), 1, "{told}");
    assert!(!with("ours").contains("unseen-change"));
}

#[test]
fn an_overlay_of_an_overlay_brings_what_it_extends() {
    let second = "format: 1\nid: second\nextends: { pack: house, version: \"^1\" }\nset:\n  sections.one.questions.know.weight: { to: 4, reason: \"r\" }\n";
    let sandbox = with(&[("house", WEIGHT)], "second").file("rules/second/pack.yaml", second);
    // By hand: (2 * 4 + 4 * 1) / 6.
    let result = result(&sandbox);
    assert!((score(&result, "base.one") - 2.0).abs() < 1e-9);
    let overlays = result["packs"][0]["overlays"].as_array().expect("overlays");
    let ids: Vec<_> = overlays
        .iter()
        .map(|one| one["id"].as_str().unwrap())
        .collect();
    assert_eq!(ids, ["house", "second"]);
}

#[test]
fn packs_that_read_the_base_go_on_working() {
    let reader = "format: 1\nid: reader\nversion: 1.0.0\ntitle: R\nuses: { base: \"^1\" }\nscores:\n  read: { aggregate: mean, of: [base.one] }\n";
    let sandbox =
        with(&[("house", WEIGHT)], "reader, house").file("rules/reader/pack.yaml", reader);
    let result = result(&sandbox);
    assert!((score(&result, "reader.read") - 3.0).abs() < 1e-9);
}

#[test]
fn an_overlay_may_be_a_file_or_a_folder_of_several() {
    let parts = "format: 1\nid: house\nextends: { pack: base, version: \"^1\" }\n";
    let sandbox =
        with(&[], "base, ./ours/house.yaml").file("ours/house.yaml", overlay("house", WEIGHT));
    assert!((score(&result(&sandbox), "base.one") - 3.0).abs() < 1e-9);
    let sandbox = with(&[], "./ours/house")
        .file("ours/house/pack.yaml", parts)
        .file("ours/house/weights.yaml", WEIGHT);
    assert!((score(&result(&sandbox), "base.one") - 3.0).abs() < 1e-9);
}

#[test]
fn reports_name_the_overlay_and_its_reasons() {
    let titled = format!("title: \"Our weights\"\n{WEIGHT}");
    let sandbox = with(&[("house", &titled)], "base, house");
    sandbox
        .run("assess a.yaml --packs rules")
        .exits(0)
        .prints("Scored with the overlay Our weights (house)");
    sandbox
        .run("report a.yaml --packs rules --format md --detail all")
        .exits(0)
        .prints("Scored with the overlay “Our weights”, which changes 1 thing in it")
        .prints("| set | `sections.one.questions.care.weight` | – | 2 | Care counts twice. |");
    sandbox
        .run("report a.yaml --packs rules --format html --detail all")
        .exits(0)
        .prints("Care counts twice.");
    sandbox
        .run("report a.yaml --packs rules --format md --detail executive")
        .exits(0)
        .prints("The rules behind “Base” are changed by “Our weights”.");
}

#[test]
fn a_stored_result_finds_its_overlays_and_notices_other_ones() {
    let sandbox = with(&[("house", WEIGHT)], "base, house");
    let stored = sandbox
        .run("assess a.yaml --packs rules --format json")
        .exits(0)
        .stdout;
    let sandbox = sandbox.file("stored.json", stored);
    sandbox
        .run("report stored.json --packs rules --format md")
        .exits(0);
    let other = WEIGHT.replace("to: 2", "to: 3");
    sandbox
        .file("rules/house/pack.yaml", overlay("house", &other))
        .run("report stored.json --packs rules --format md")
        .exits(3)
        .says("the rules of `base`");
}

#[test]
fn a_comparison_treats_an_overlay_as_other_rules() {
    let sandbox = with(&[("house", WEIGHT)], "base").file("b.yaml", answers("base, house"));
    sandbox
        .run("compare a.yaml b.yaml --packs rules")
        .exits(0)
        .prints("base 1.2.0 has other rules than base 1.2.0 had");
}

#[test]
fn an_overlay_of_a_built_in_pack_is_not_called_a_changed_copy() {
    let house = "format: 1\nid: house\nextends: { pack: organisation, version: \"^1\" }\nset:\n  sections.light.questions.promise.weight: { to: 2, reason: \"r\" }\n";
    let client = "format: 1\nclient: { name: Acme }\npacks: [organisation, ./house.yaml]\nanswers: { organisation: { promise: 3 } }\n";
    let sandbox = Sandbox::new()
        .file("house.yaml", house)
        .file("a.yaml", client);
    let result = sandbox.run("assess a.yaml --format json").exits(0).json();
    assert_eq!(result["packs"][0]["changed"], false);
    sandbox
        .run("assess a.yaml")
        .exits(0)
        .prints("Scored with the overlay house");
}

/// The page's blocks: files under their names, and what is typed.
#[test]
fn the_page_on_overlays_works_as_written() {
    let page = std::fs::read_to_string(Path::new(ROOT).join("docs/overlays.md")).expect("the page");
    let mut sandbox = Sandbox::new();
    for block in page.split("```yaml\n# ").skip(1) {
        let (name, rest) = block.split_once('\n').expect("a name");
        let text = rest.split("```").next().expect("a block");
        sandbox = sandbox.file(name, text);
    }
    let typed = page.split("```sh\n").skip(1);
    let typed = typed.filter_map(|block| block.split("```").next());
    let mut count = 0;
    for line in typed.flat_map(str::lines) {
        let arguments = line.strip_prefix("centricity ").expect("a command");
        sandbox.run(arguments).exits(0);
        count += 1;
    }
    assert!(count >= 5, "{count}");
}
