//! `check`: every problem at once, with place and help.

use crate::sandbox::{Sandbox, answers, sample, small_pack};

#[test]
fn three_typos_are_told_at_once() {
    let text = answers("promise: 7\nteems: 2\nintegration: packagd");
    let sandbox = Sandbox::new().file("acme/assessment.yaml", text);
    sandbox
        .run("check acme")
        .exits(3)
        .prints("acme/assessment.yaml:6:14")
        .prints("`promise` is rated 0 to 4, not `7`")
        .prints("did you mean `teams`?")
        .prints("did you mean `packaged`?")
        .says("3 errors");
}

#[test]
fn a_misspelt_key_does_not_hide_what_answers_mean() {
    let text = answers("promise: 7\nteems: 2").replace("format: 1", "format: 1\nbassis: evidenced");
    Sandbox::new()
        .file("acme/assessment.yaml", text)
        .run("check acme")
        .exits(3)
        .prints("did you mean `basis`?")
        .prints("`promise` is rated 0 to 4, not `7`")
        .prints("did you mean `teams`?")
        .says("3 errors");
}

#[test]
fn the_sample_client_has_no_problems() {
    let sandbox = Sandbox::new().file("assessment.yaml", sample());
    sandbox
        .run("check .")
        .exits(0)
        .says("105 of 107 questions answered")
        .says("no problems");
}

#[test]
fn standard_input_can_be_checked() {
    Sandbox::new()
        .pipe("check -", &answers("promise: 9"))
        .exits(3)
        .prints("standard input:6:14");
    Sandbox::new().pipe("check -", &sample()).exits(0);
}

#[test]
fn a_folder_is_searched_for_packs_and_answers() {
    let sandbox = Sandbox::new()
        .file("all/rules/small/pack.yaml", small_pack(""))
        .file("all/clients/acme/assessment.yaml", answers("promise: 1"));
    sandbox
        .run("check all")
        .exits(0)
        .says("small 1.0.0")
        .says("1 of 53 questions answered");
    sandbox
        .run("check all/rules/small/pack.yaml")
        .exits(0)
        .says("small 1.0.0");
}

#[test]
fn a_folder_without_anything_to_check_is_told() {
    let sandbox = Sandbox::new().file("empty/readme.txt", "");
    sandbox
        .run("check empty")
        .exits(1)
        .says("there is no pack.yaml and no assessment.yaml in `empty`");
    sandbox
        .run("check nowhere")
        .exits(1)
        .says("cannot read `nowhere`");
}

#[test]
fn cases_are_held_to_their_pack() {
    let case =
        "format: 1\ncases:\n  - { name: \"x\", answers: { caer: 1 }, expect: { scores: {} } }\n";
    let sandbox = Sandbox::new()
        .file("small/pack.yaml", small_pack(""))
        .file("small/cases/a.yaml", case);
    sandbox
        .run("check small")
        .exits(3)
        .prints("small/cases/a.yaml:3")
        .prints("did you mean `care`?");
    sandbox
        .run("check small/cases/a.yaml")
        .exits(3)
        .prints("did you mean `care`?");
}

#[test]
fn problems_come_as_json_and_sarif() {
    let sandbox = Sandbox::new().file("a.yaml", answers("teems: 2"));
    let json = sandbox.run("check a.yaml --format json").exits(3).json();
    assert_eq!(json[0]["code"], "unknown-id");
    assert_eq!(
        (&json[0]["file"], &json[0]["line"]),
        (&"a.yaml".into(), &6.into())
    );
    let sarif = sandbox.run("check a.yaml --format sarif").exits(3).json();
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "unknown-id");
    assert_eq!(
        result["locations"][0]["physicalLocation"]["region"]["startLine"],
        6
    );
}

#[test]
fn packs_are_found_by_folder_path_and_pin() {
    let listed = |name: &str| format!("format: 1\nclient: {{ name: Acme }}\npacks: [\"{name}\"]\n");
    let sandbox = Sandbox::new()
        .file("packs/small/pack.yaml", small_pack(""))
        .file("one.yaml", small_pack(""))
        .file("acme/name.yaml", listed("small"))
        .file("acme/path.yaml", listed("../packs/small"))
        .file("acme/file.yaml", listed("../one.yaml"))
        .file("acme/pin.yaml", listed("small@1.0.0"))
        .file("acme/other.yaml", listed("small@2.0.0"))
        .file("acme/odd.yaml", listed("small@two"))
        .file("acme/lost.yaml", listed("./lost"));
    for good in ["name.yaml", "path.yaml", "file.yaml", "pin.yaml"] {
        sandbox
            .run(&format!("check acme/{good} --packs packs"))
            .exits(0);
        sandbox
            .run(&format!("check acme/{good} --packs packs/small"))
            .exits(0);
    }
    sandbox.run("check acme/path.yaml").exits(0);
    sandbox
        .run("check acme/name.yaml")
        .exits(3)
        .prints("unknown-pack")
        .prints("acme/name.yaml:3:9");
    sandbox
        .run("check acme/other.yaml --packs packs")
        .exits(3)
        .prints("version-mismatch")
        .prints("small@1.0.0");
    sandbox
        .run("check acme/odd.yaml --packs packs")
        .exits(3)
        .prints("invalid-version");
    sandbox
        .run("check acme/lost.yaml")
        .exits(3)
        .prints("unknown-pack");
    sandbox
        .run("check acme/name.yaml --packs nowhere")
        .exits(1)
        .says("`nowhere` is not there");
}

#[test]
fn a_pack_of_ones_own_comes_before_the_built_in_one() {
    let own = small_pack("").replace("id: small", "id: organisation");
    let sandbox = Sandbox::new()
        .file("mine/organisation/pack.yaml", own)
        .file("a.yaml", answers("care: 2"));
    sandbox
        .run("check a.yaml --packs mine")
        .exits(0)
        .says("1 of 1 questions answered");
}

#[test]
fn warnings_leave_the_exit_code_alone() {
    let sandbox = Sandbox::new().file("a.yaml", answers("front: 0\nback: 0\nlink: 0\ntalent: 3"));
    sandbox
        .run("check a.yaml")
        .exits(0)
        .prints("not-relevant")
        .says("no errors, 1 warning");
}

#[test]
fn policies_and_benchmarks_are_checked_as_what_they_are() {
    let policy = "format: 1\nagainst: main\nrules:\n  - { score: organisation.light, index: 50 }\n  - regression: {}\n";
    let benchmark = "format: 1\nfrom: 2026\nto: 2026\ngroups:\n  - pack: organisation\n    major: 1\n    basis: evidenced\n    clients: 9\n    rules: [ { version: 1.0.0, digest: abc } ]\n    scores:\n      light: { clients: 9, median: 15 }\n";
    let sandbox = Sandbox::new()
        .file("gate.yaml", policy)
        .file("b.yaml", benchmark)
        .file("bad-gate.yaml", policy.replace("light", "lihgt"))
        .file("bad-b.yaml", benchmark.replace("median: 15", "median: 150"));
    sandbox
        .run("check gate.yaml b.yaml")
        .exits(0)
        .says("gate.yaml: a policy of 2 rules")
        .says("b.yaml: a benchmark of 1 group");
    for (text, said) in [
        (policy, "a policy of 2 rules"),
        (benchmark, "a benchmark of 1 group"),
    ] {
        sandbox.pipe("check -", text).exits(0).says(said);
    }
    sandbox
        .run("check bad-gate.yaml bad-b.yaml")
        .exits(3)
        .prints("bad-gate.yaml:4:")
        .prints("did you mean `organisation.light`?")
        .prints("bad-b.yaml:11:")
        .says("2 errors");
}
