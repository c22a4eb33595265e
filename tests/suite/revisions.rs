//! An assessment as git kept it takes the road of all assessments.

use crate::sandbox::{Sandbox, answers, sample, small_pack};
use std::process::Command;

/// Runs git in a folder of the sandbox, with nothing of the surroundings.
pub(crate) fn git(sandbox: &Sandbox, folder: &str, arguments: &[&str]) -> String {
    git_on(sandbox, folder, "2026-01-31", arguments)
}

/// The same on a day.
pub(crate) fn git_on(sandbox: &Sandbox, folder: &str, day: &str, arguments: &[&str]) -> String {
    let noon = format!("{day}T12:00:00Z");
    let output = Command::new("git")
        .args(arguments)
        .current_dir(sandbox.path(folder))
        .env("HOME", sandbox.path(""))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_DATE", &noon)
        .env("GIT_COMMITTER_DATE", &noon)
        .env("GIT_AUTHOR_NAME", "A")
        .env("GIT_AUTHOR_EMAIL", "a@example.org")
        .env("GIT_COMMITTER_NAME", "A")
        .env("GIT_COMMITTER_EMAIL", "a@example.org")
        .output()
        .expect("git");
    let shown = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "git {arguments:?}: {shown}");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

/// Keeps everything there is as a commit of a day.
pub(crate) fn commit(sandbox: &Sandbox, date: &str) {
    git(sandbox, "", &["add", "-A"]);
    git_on(
        sandbox,
        "",
        date,
        &["commit", "-q", "--allow-empty", "-m", date],
    );
}

/// A repository that holds what the sandbox holds.
pub(crate) fn repository(sandbox: Sandbox) -> Sandbox {
    git(&sandbox, "", &["init", "-q", "-b", "main"]);
    commit(&sandbox, "2026-01-31");
    sandbox
}

fn value(run: &crate::sandbox::Run, id: &str) -> f64 {
    let result = run.json();
    let scores = result["scores"].as_array().expect("scores").clone();
    let score = scores.iter().find(|one| one["id"] == id).expect(id);
    score["value"].as_f64().expect("a value")
}

#[test]
fn answers_are_read_as_they_were() {
    let before = answers("promise: 1");
    let sandbox = repository(Sandbox::new().file("clients/acme/assessment.yaml", before))
        .file("clients/acme/assessment.yaml", answers("promise: 3"));
    let then = sandbox
        .run("assess HEAD:clients/acme --format json")
        .exits(0);
    let now = sandbox.run("assess clients/acme --format json").exits(0);
    assert!((value(&then, "organisation.light") - 1.0).abs() < 1e-12);
    assert!((value(&now, "organisation.light") - 3.0).abs() < 1e-12);
    let inside = sandbox.run_in("clients/acme", "assess main:assessment.yaml --format json");
    assert_eq!(inside.exits(0).stdout, then.stdout);
    let below = sandbox.run_in("clients/acme", "assess HEAD: --format json");
    assert_eq!(below.exits(0).stdout, then.stdout);
}

#[test]
fn reports_and_plans_are_made_of_answers_as_they_were() {
    let before = sample();
    let after = before.replacen("motives: { value: 3", "motives: { value: 1", 1);
    assert!(after != before);
    let sandbox = repository(Sandbox::new().file("clients/acme/assessment.yaml", before));
    let commands = [
        "report PATH --format md",
        "report PATH --format json",
        "plan PATH --ladder retention.level",
    ];
    let run = |sandbox: &Sandbox, command: &str, path: &str| {
        let command = command.replace("PATH", path);
        sandbox.run(&command).exits(0).stdout
    };
    let then = commands.map(|one| run(&sandbox, one, "clients/acme"));
    let sandbox = sandbox.file("clients/acme/assessment.yaml", after);
    for (command, then) in commands.into_iter().zip(then) {
        assert_eq!(
            run(&sandbox, command, "HEAD:clients/acme"),
            then,
            "{command}"
        );
        assert!(run(&sandbox, command, "clients/acme") != then, "{command}");
    }
    let both = sandbox.run("report HEAD:clients/acme clients/acme --out out");
    both.exits(2)
        .says("`HEAD:clients/acme` and `clients/acme` would both be written");
    sandbox.run("report HEAD:clients/acme --out out").exits(0);
    assert!(
        !sandbox
            .read("out/harbour-tools-marine-division.md")
            .is_empty()
    );
    sandbox
        .run("report HEAD:clients/nobody --out out")
        .exits(1)
        .says("there is no assessment `HEAD:clients/nobody`");
}

#[test]
fn what_lies_beside_them_is_read_as_it_was_too() {
    let pack = |top: &str| {
        small_pack(&format!("scores: {{ both: {{ aggregate: {top}, of: [care, more] }} }}\n")).replace(
        "      care:",
        "      more:\n        type: rating\n        ask: \"More?\"\n        anchors: { 0: \"n\", 1: \"b\", 2: \"s\", 3: \"m\", 4: \"f\" }\n      care:",
    )
    };
    let assessment = "format: 1\nclient: { name: Acme }\npacks: [../../rules/small]\nrespondents: { anonymous: false }\n";
    let response =
        "format: 1\nrespondent: r1\nrole: leadership\nanswers: { small: { care: 4, more: 1 } }\n";
    let sandbox = Sandbox::new()
        .file("rules/small/pack.yaml", pack("mean"))
        .file("clients/acme/assessment.yaml", assessment)
        .file("clients/acme/responses/r1.yaml", response);
    let sandbox = repository(sandbox)
        .file("rules/small/pack.yaml", pack("max"))
        .file(
            "clients/acme/responses/r1.yaml",
            response.replace("more: 1", "more: 2"),
        );
    let then = sandbox
        .run("assess main:clients/acme --format json")
        .exits(0);
    let now = sandbox.run("assess clients/acme --format json").exits(0);
    assert!((value(&then, "small.both") - 2.5).abs() < 1e-12);
    assert!((value(&now, "small.both") - 4.0).abs() < 1e-12);
}

#[test]
fn problems_of_the_past_name_the_revision() {
    let sandbox =
        repository(Sandbox::new().file("clients/acme/assessment.yaml", answers("promise: 9")));
    let run = sandbox.run("assess main:clients/acme").exits(3);
    run.says("main:clients/acme/assessment.yaml:6")
        .never("/tmp");
}

#[test]
fn what_git_cannot_tell_is_said_plainly() {
    let sandbox = Sandbox::new().file("acme/assessment.yaml", answers("promise: 1"));
    sandbox
        .run("assess main:acme")
        .exits(1)
        .says("`acme` does not lie in a git repository");
    git(&sandbox, "", &["init", "-q", "-b", "main"]);
    sandbox
        .run("assess main:acme")
        .exits(1)
        .says("nothing is committed yet");
    commit(&sandbox, "2026-01-31");
    sandbox
        .run("assess mian:acme")
        .exits(1)
        .says("there is no revision `mian`");
    sandbox
        .run("assess main:acne")
        .exits(1)
        .says("there is no assessment `main:acne`");
    sandbox
        .run("assess main:../acme")
        .exits(1)
        .says("does not lie in a git repository");
    sandbox.run("assess --output=x:acme").exits(2);
}

/// What a user said of folders to trust, and of how git writes, is kept and does no harm.
#[test]
#[cfg(unix)]
fn settings_of_the_user_are_kept() {
    let sandbox =
        repository(Sandbox::new().file("clients/acme/assessment.yaml", answers("promise: 1")));
    let settings = [
        ("GIT_CONFIG_COUNT", "2"),
        ("GIT_CONFIG_KEY_0", "safe.directory"),
        ("GIT_CONFIG_VALUE_0", "*"),
        ("GIT_CONFIG_KEY_1", "i18n.logOutputEncoding"),
        ("GIT_CONFIG_VALUE_1", "UTF-16"),
    ];
    let plain = sandbox.run("history clients/acme --format json").exits(0);
    let owner = std::process::Command::new("chown")
        .args(["-R", "12345"])
        .arg(sandbox.path("."))
        .status();
    // Only root may give files away; settings are tried all the same.
    if owner.is_ok_and(|status| status.success()) {
        sandbox
            .run("history clients/acme --format json")
            .exits(1)
            .says("dubious ownership");
    }
    let kept = sandbox.run_with(&settings, "history clients/acme --format json");
    assert_eq!(kept.exits(0).stdout, plain.stdout);
    // What leads to another repository is not.
    let led = [
        &settings[..],
        &[("GIT_DIR", "/nowhere"), ("GIT_TRACE", "1")],
    ]
    .concat();
    let led = sandbox.run_with(&led, "history clients/acme --format json");
    assert_eq!(led.exits(0).stdout, plain.stdout);
}
