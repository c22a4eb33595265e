//! Assessment folders: responses, consensus and targets beside the assessment.

use super::sandbox::{Run, Sandbox, small_pack};

const ASSESSMENT: &str =
    "format: 1\nclient: { name: Acme }\npacks: [./small]\nrespondents: { minimum_group: 3 }\n";

fn folder() -> Sandbox {
    Sandbox::new()
        .file(
            "acme/small/pack.yaml",
            small_pack("        roles: [frontline, customer]\n"),
        )
        .file("acme/assessment.yaml", ASSESSMENT)
}

fn response(name: &str, role: &str, care: &str) -> String {
    format!(
        "format: 1\nrespondent: {name}\nrole: {role}\nanswers: {{ small: {{ care: {care} }} }}\n"
    )
}

/// A folder in which so many people of the front line say 1 and 3 by turns.
fn many(count: usize) -> Sandbox {
    (0..count).fold(folder(), |sandbox, nth| {
        let care = if nth % 2 == 0 { "1" } else { "3" };
        let path = format!("acme/responses/{nth:03}.yaml");
        sandbox.file(&path, response(&format!("r{nth}"), "frontline", care))
    })
}

#[test]
fn a_folder_of_responses_is_one_assessment() {
    let sandbox = many(140);
    for path in ["acme", "acme/assessment.yaml"] {
        let result = sandbox
            .run(&format!("assess {path} --format json"))
            .exits(0)
            .json();
        assert_eq!(result["questions"][0]["value"], 2.0);
    }
    sandbox.run("check acme").exits(0).says("no problems");
}

#[test]
fn json_is_a_response_too() {
    let text = r#"{"format": 1, "respondent": "x", "role": "frontline", "answers": {"small": {"care": 3}}}"#;
    let sandbox = (0..3).fold(folder(), |sandbox, nth| {
        sandbox.file(
            &format!("acme/responses/{nth}.json"),
            text.replace('x', &format!("x{nth}")),
        )
    });
    let result = sandbox.run("assess acme --format json").exits(0).json();
    assert_eq!(result["questions"][0]["value"], 3.0);
}

#[test]
fn who_answers_twice_is_told_with_both_files() {
    let sandbox = many(3).file("acme/responses/zz.yaml", response("R1", "frontline", "2"));
    let run = sandbox.run("check acme").exits(3);
    let run = run
        .prints("duplicate-respondent")
        .prints("somebody answers twice");
    run.prints("acme/responses/zz.yaml:2\n")
        .prints("the other response is in acme/responses/001.yaml");
}

#[test]
fn problems_of_responses_are_told_by_kind_file_and_line_and_nothing_of_their_text() {
    let bad = "format: 1\nrespondent: x\nrole: customer\nanswers:\n  small:\n    care: { value: 77, note: sesame }\n";
    let sandbox = many(3).file("acme/responses/x.yaml", bad);
    let commands = [
        "check acme",
        "check acme --format json",
        "check acme --format sarif",
        "assess acme",
        "explain acme",
        "portfolio .",
        "portfolio . --format json",
    ];
    for command in commands {
        let run = sandbox.run(command).exits(3);
        let all = format!("{}{}", run.stdout, run.stderr);
        for secret in ["sesame", "77", "small:"] {
            assert!(!all.contains(secret), "{command}: {all}");
        }
        assert!(all.contains("responses/x.yaml"), "{command}: {all}");
    }
    let run = sandbox.run("check acme").exits(3);
    run.prints("error[out-of-scale]: ")
        .prints("acme/responses/x.yaml:6\n");
    let json = sandbox.run("check acme --format json").exits(3).json();
    assert_eq!(
        (&json[0]["line"], &json[0]["column"]),
        (&6.into(), &serde_json::Value::Null)
    );
    let run = sandbox.run("check acme/responses/x.yaml").exits(3);
    run.prints("not `77`").prints("sesame");
}

#[test]
fn warnings_of_responses_are_for_those_who_check_the_folder() {
    let wrong = "format: 1\nrespondent: y\nrole: leadership\nanswers: { small: { care: { value: 3, note: sesame } } }\n";
    let sandbox = many(3).file("acme/responses/y.yaml", wrong);
    let run = sandbox.run("check acme").exits(0);
    run.prints("warning[not-asked]").never("sesame");
    let run = sandbox.run("assess acme").exits(0);
    run.never("sesame").never("not-asked").never("y.yaml");
}

#[test]
fn a_response_to_another_version_is_refused() {
    let text = format!("{}packs: [small@2.0.0]\n", response("x", "frontline", "3"));
    let sandbox = many(2).file("acme/responses/x.yaml", text);
    let run = sandbox.run("assess acme").exits(3);
    run.says("this response answers `small` 2.0.0, and the assessment uses 1.0.0")
        .says("x.yaml:5\n");
    let sandbox = many(2).file(
        "acme/responses/x.yaml",
        format!("{}packs: [smal]\n", response("x", "frontline", "3")),
    );
    sandbox.run("assess acme").exits(3).says("x.yaml:5\n");
    let run = sandbox.run("check acme/responses/x.yaml").exits(3);
    run.prints("did you mean `small`?");
}

/// A folder whose pack has come to a version, and what comes of a response to another.
fn answered(there: &str, response: &str) -> Run {
    let pack = small_pack("").replace("version: 1.0.0", &format!("version: {there}"));
    let sandbox = folder()
        .file("acme/small/pack.yaml", pack)
        .file(
            "acme/assessment.yaml",
            ASSESSMENT.replace("minimum_group: 3", "anonymous: false"),
        )
        .file("acme/responses/x.yaml", response);
    sandbox.run("check acme")
}

#[test]
fn a_response_to_a_version_that_asks_the_same_is_taken_with_a_warning() {
    let to = |version: &str| {
        format!(
            "{}packs: [small@{version}]\n",
            response("x", "frontline", "3")
        )
    };
    for (there, version) in [("1.2.0", "1.0.0"), ("1.0.0", "1.0.1"), ("0.3.1", "0.3.0")] {
        let run = answered(there, &to(version)).exits(0);
        run.prints(&format!(
            "answers `small` {version}, and the assessment uses {there}"
        ))
        .prints("every question it answers is still there");
    }
    for (there, version) in [("2.0.0", "1.0.0"), ("0.3.0", "0.2.9"), ("1.0.0", "one")] {
        let run = answered(there, &to(version)).exits(3);
        run.prints("ask again with the questions of");
    }
    let gone = to("1.0.0").replace("care", "cares");
    answered("1.1.0", &gone).exits(3).prints("ask again");
}

#[test]
fn a_response_on_its_own_is_held_to_its_version_too() {
    let sandbox = Sandbox::new();
    let check = |version: &str| {
        let text = "format: 1\nrespondent: x\nrole: leadership\npacks: [signs@VERSION]\n";
        let path = format!("{version}.yaml");
        std::fs::write(sandbox.path(&path), text.replace("VERSION", version)).expect("a file");
        sandbox.run(&format!("check {path}"))
    };
    check("1.2.2").exits(0).says("no problems");
    check("1.99.0").exits(0).prints("and the assessment uses");
    check("2.0.0").exits(3).prints("ask again");
}

#[test]
fn a_response_can_be_checked_alone() {
    let sandbox = folder()
        .file("acme/responses/x.yaml", response("x", "frontline", "7"))
        .file("acme/responses/y.yaml", response("y", "leadership", "3"));
    sandbox
        .run("check acme/responses/x.yaml")
        .exits(3)
        .prints("`care` is rated 0 to 4");
    let run = sandbox.run("check acme/responses/y.yaml").exits(0);
    run.prints("`small.care` is not asked of the role `leadership`");
}

#[test]
fn of_many_bad_responses_some_are_shown_and_all_are_counted() {
    let sandbox = (0..30).fold(folder(), |sandbox, nth| {
        sandbox.file(
            &format!("acme/responses/{nth:02}.yaml"),
            response(&format!("r{nth}"), "frontline", "9"),
        )
    });
    let run = sandbox.run("check acme").exits(3);
    run.prints("10 more responses have problems, the first of them `acme/responses/20.yaml`");
}

#[test]
fn consensus_and_targets_lie_beside_the_assessment() {
    let consensus =
        "format: 1\nconsensus: { small: { care: { value: 4, reason: seen, date: 2026-11-20 } } }\n";
    let targets = "format: 1\ntargets: { small: { care: { target: 3, owner: Sales } } }\n";
    let sandbox = many(3)
        .file("acme/consensus.yaml", consensus)
        .file("acme/targets.yaml", targets);
    let question = &sandbox.run("assess acme --format json").exits(0).json()["questions"][0];
    assert_eq!(
        (&question["value"], &question["owner"]),
        (&4.0.into(), &"Sales".into())
    );
    let sandbox = sandbox.file("acme/consensus.yaml", consensus.replace("seen", "''"));
    let run = sandbox.run("check acme/consensus.yaml").exits(3);
    run.prints("`care` is agreed without a reason");
    let sandbox = sandbox.file(
        "acme/consensus.yaml",
        consensus.replace("value: 4", "value: 5"),
    );
    sandbox.run("check acme").exits(3).prints("out-of-scale");
}

#[test]
fn a_minimum_that_protects_nobody_is_refused() {
    let set = |rules: &str| {
        let text = ASSESSMENT.replace("minimum_group: 3", rules);
        many(3).file("acme/assessment.yaml", text).run("check acme")
    };
    set("minimum_group: 2")
        .exits(3)
        .prints("group-too-small")
        .prints("the lowest minimum is 3");
    set("weights: { leadershp: 2 }")
        .exits(3)
        .prints("did you mean `leadership`?");
    set("weights: { frontline: 0 }")
        .exits(3)
        .prints("the weight of a role is above 0");
    set("open_roles: [frontline], weights: { frontline: 2 }, pooled: true").exits(0);
}

#[test]
fn too_few_people_are_refused_and_nobody_is_told_how_few() {
    let told = |count| {
        let run = many(count).run("check acme").exits(3);
        run.prints("too-few-people")
            .prints("so far fewer than 3 people answered")
            .stdout
    };
    assert_eq!(told(1), told(2));
    let open = ASSESSMENT.replace("minimum_group: 3", "anonymous: false");
    let sandbox = many(1).file("acme/assessment.yaml", open);
    sandbox
        .run("check acme")
        .exits(0)
        .says("not anonymous: everybody is shown");
    let report = sandbox.run("report acme --format md").exits(0);
    report.prints("These answers are not anonymous");
}

#[test]
fn check_says_who_and_what_will_not_show_and_never_how_many() {
    let sandbox = many(3)
        .file("acme/responses/a.yaml", response("a", "customer", "4"))
        .file("acme/responses/b.yaml", response("b", "leadership", "4"));
    let run = sandbox.run("check acme").exits(0);
    run.says("  leadership, customer: fewer than 3; left out of every figure\n")
        .says("  the round is open (no `closed_on`): results are drafts\n");
    let sandbox = sandbox.file("acme/responses/c.yaml", response("c", "customer", "0"));
    let run = sandbox.run("check acme").exits(0);
    run.says("  leadership, customer: fewer than 3 each; told together\n");
    let few = ["1", "unknown", "unknown"].into_iter().enumerate();
    let few = few.fold(folder(), |sandbox, (nth, care)| {
        let text = response(&format!("r{nth}"), "frontline", care);
        sandbox.file(&format!("acme/responses/{nth}.yaml"), text)
    });
    let run = few.run("check acme").exits(0);
    run.says("  not shown, as fewer than 3 of any group answered: small.care\n");
}

#[test]
fn a_late_response_is_refused_once_the_round_is_closed() {
    let rules = "minimum_group: 3, closed_on: 2026-11-30";
    let sandbox = many(3).file(
        "acme/assessment.yaml",
        ASSESSMENT.replace("minimum_group: 3", rules),
    );
    sandbox.run("check acme").exits(0).never("open");
    let late = format!(
        "{}answered_on: 2026-12-01\n",
        response("z", "frontline", "2")
    );
    let sandbox = sandbox.file("acme/responses/z.yaml", late);
    let run = sandbox.run("check acme").exits(3);
    run.prints("late-response")
        .prints("somebody answered after the round was closed")
        .never("z.yaml");
}

#[test]
fn an_assessor_who_answers_beside_respondents_is_told_who_counts() {
    let text = format!("{ASSESSMENT}answers: {{ small: {{ care: 0 }} }}\n");
    let run = many(3)
        .file("acme/assessment.yaml", text)
        .run("check acme")
        .exits(0);
    run.prints("answered-twice")
        .prints("the respondents' answer counts");
}

#[test]
fn evidence_without_a_value_needs_respondents() {
    let text = format!(
        "{ASSESSMENT}answers: {{ small: {{ care: {{ evidence: {{ grade: record }} }} }} }}\n"
    );
    many(3)
        .file("acme/assessment.yaml", &text)
        .run("check acme")
        .exits(0)
        .says("no problems");
    folder()
        .file("acme/assessment.yaml", &text)
        .run("check acme")
        .exits(3)
        .prints("neither `value` nor");
}

#[test]
fn a_misnamed_role_brings_no_warnings_about_another() {
    let pack = super::sandbox::small_pack("        roles: [customer]\n");
    let sandbox = folder()
        .file("acme/small/pack.yaml", pack)
        .file("acme/responses/a.yaml", response("a", "boss", "2"));
    sandbox
        .run("check acme")
        .exits(3)
        .says("1 error, no warnings");
    let run = sandbox.run("check acme/responses/a.yaml").exits(3);
    run.prints("`boss` is not one of the values");
}

#[test]
fn a_note_may_stand_alone_and_its_question_stays_open() {
    let note = response("a", "frontline", "{ note: Nobody knows }");
    let sandbox = many(3).file("acme/responses/a.yaml", note);
    sandbox.run("check acme").exits(0).says("no problems");
    let empty = response("a", "frontline", "{ target: 3 }");
    let sandbox = sandbox.file("acme/responses/a.yaml", empty);
    sandbox
        .run("check acme/responses/a.yaml")
        .exits(3)
        .prints("`care` has neither `value` nor `not_applicable`");
}
