//! `history` in every sort of repository, and what it says where there is none.

use crate::history::{PATH, all, assessment, each, history, indices, on, pack, through};
use crate::revisions::{commit, git, git_on};
use crate::sandbox::{Sandbox, command};
use serde_json::Value;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::process::{Command, Stdio};

pub(crate) fn two() -> Sandbox {
    through(&[on("2026-01-31", &all("1")), on("2026-02-28", &all("3"))])
}

pub(crate) fn told(sandbox: &Sandbox, folder: &str, path: &str) -> Value {
    let output = command(&sandbox.path(folder), "history --format json")
        .arg(path)
        .output()
        .expect("the binary runs");
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{path}: {text}");
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn a_merge_is_one_state_of_the_branch() {
    let sandbox = two();
    git(&sandbox, "", &["checkout", "-q", "-b", "side"]);
    let sandbox = sandbox.file(PATH, assessment("", &all("0")));
    commit(&sandbox, "2026-03-01");
    let sandbox = sandbox.file(PATH, assessment("", &all("4")));
    commit(&sandbox, "2026-03-02");
    git(&sandbox, "", &["checkout", "-q", "main"]);
    let sandbox = sandbox.file("note", "x");
    commit(&sandbox, "2026-03-03");
    git_on(
        &sandbox,
        "",
        "2026-03-04",
        &["merge", "-q", "--no-ff", "-m", "m", "side"],
    );
    assert_eq!(
        indices(&history(&sandbox, ""), "small.one"),
        [25.0, 75.0, 100.0]
    );
    let side = told(&sandbox, "", "side:clients/acme");
    assert_eq!(indices(&side, "small.one"), [25.0, 75.0, 0.0, 100.0]);
}

#[test]
fn a_shallow_clone_says_that_older_revisions_are_not_there() {
    let sandbox = two();
    let origin = format!("file://{}", sandbox.path("").display());
    let clones = Sandbox::new();
    git(
        &clones,
        "",
        &["clone", "-q", "--depth", "1", &origin, "shallow"],
    );
    git(
        &clones,
        "",
        &["clone", "-q", "--depth", "5", &origin, "deep"],
    );
    let history = told(&clones, "shallow", "clients/acme");
    assert_eq!(
        (indices(&history, "small.one"), &history["shallow"]),
        (vec![75.0], &true.into())
    );
    let run = clones.run_in("shallow", "history clients/acme").exits(0);
    run.prints("Older revisions are not in this clone");
    assert_eq!(told(&clones, "deep", "clients/acme")["shallow"], false);
}

#[test]
fn worktrees_and_bare_repositories_are_repositories() {
    let sandbox = two();
    let first = told(&sandbox, "", "clients/acme");
    git(
        &sandbox,
        "",
        &["worktree", "add", "-q", "-b", "other", "trees/other"],
    );
    assert_eq!(told(&sandbox, "trees/other", "clients/acme"), first);
    git(&sandbox, "", &["clone", "-q", "--bare", ".", "bare.git"]);
    assert_eq!(told(&sandbox, "bare.git", "clients/acme"), first);
    assert_eq!(
        told(&sandbox, "", "bare.git/clients/acme/assessment.yaml"),
        first
    );
    let now = command(
        &sandbox.path("bare.git"),
        "history clients/acme --pack-version now --format json",
    );
    let now = { now }.output().expect("the binary runs");
    let now: Value = serde_json::from_slice(&now.stdout).expect("JSON");
    assert_eq!(indices(&now, "small.one"), [25.0, 75.0]);
}

#[test]
fn a_clone_without_contents_says_so_at_each_point() {
    let sandbox = two();
    git(&sandbox, "", &["config", "uploadpack.allowFilter", "true"]);
    let origin = format!("file://{}", sandbox.path("").display());
    let clones = Sandbox::new();
    git(
        &clones,
        "",
        &["clone", "-q", "--filter=blob:none", &origin, "part"],
    );
    let history = told(&clones, "part", "clients/acme");
    assert_eq!(each(&history["points"], "state"), ["failed", "scored"]);
    assert_eq!(
        history["points"][0]["problem"]["message"],
        "what it held is not in this clone"
    );
}

#[test]
fn what_git_cannot_tell_is_said_plainly() {
    let sandbox = Sandbox::new().file(PATH, assessment("", &all("1")));
    sandbox
        .run("history clients/acme")
        .exits(1)
        .says("does not lie in a git repository");
    sandbox
        .run("history -")
        .exits(2)
        .says("standard input has no history");
    git(&sandbox, "", &["init", "-q", "-b", "main"]);
    sandbox
        .run("history clients/acme")
        .exits(1)
        .says("nothing is committed yet");
    let sandbox = sandbox.file("note", "x");
    git(&sandbox, "", &["add", "note"]);
    git(&sandbox, "", &["commit", "-q", "-m", "x"]);
    sandbox
        .run("history clients/acme")
        .exits(1)
        .says("nothing is committed at `clients/acme` on this branch");
    sandbox
        .run("history clients/acne")
        .exits(1)
        .says("now or earlier on this branch");
    sandbox
        .run("history mian:clients/acme")
        .exits(1)
        .says("there is no revision `mian`");
    let run = command(&sandbox.path(""), "history clients/acme")
        .env("PATH", "/nowhere")
        .output();
    let said = String::from_utf8_lossy(&run.expect("the binary runs").stderr).into_owned();
    assert!(said.contains("git cannot be run"), "{said}");
}

#[test]
fn the_settings_and_surroundings_of_git_change_nothing() {
    let sandbox = two();
    let first = sandbox.run("history clients/acme").exits(0).stdout;
    for (key, value) in [
        ("log.showRoot", "false"),
        ("log.follow", "true"),
        ("log.diffMerges", "off"),
        ("diff.renames", "copies"),
        ("core.abbrev", "20"),
        ("log.date", "raw"),
        ("color.ui", "always"),
        ("core.quotePath", "true"),
    ] {
        git(&sandbox, "", &["config", key, value]);
    }
    let run = command(&sandbox.path(""), "history clients/acme")
        .env("GIT_DIR", "/nowhere")
        .env("GIT_INDEX_FILE", "/nowhere")
        .output();
    assert_eq!(
        String::from_utf8_lossy(&run.expect("the binary runs").stdout),
        first
    );
}

/// A repository with so many revisions, made at once.
fn many(count: u32) -> Sandbox {
    let sandbox = Sandbox::new();
    git(&sandbox, "", &["init", "-q", "-b", "main"]);
    let mut stream = String::new();
    let data = |text: &str| format!("data {}\n{text}\n", text.len());
    for nth in 0..count {
        let seconds = 1_700_000_000 + u64::from(nth) * 86_400;
        let _ = write!(
            stream,
            "commit refs/heads/main\ncommitter A <a@example.org> {seconds} +0000\n{}",
            data("x")
        );
        if nth == 0 {
            let _ = write!(
                stream,
                "M 100644 inline rules/small/pack.yaml\n{}",
                data(&pack("1.0.0"))
            );
        }
        let ratings = [nth % 5, nth / 5 % 5, nth / 25 % 5, nth / 125 % 5];
        let [a, b, c, d] = ratings;
        let text = assessment("", &format!("a: {a}, b: {b}, c: {c}, d: {d}"));
        let _ = write!(stream, "M 100644 inline {PATH}\n{}", data(&text));
    }
    let mut child = Command::new("git")
        .args(["fast-import", "--quiet"])
        .current_dir(sandbox.path(""))
        .stdin(Stdio::piped())
        .spawn()
        .expect("git");
    child
        .stdin
        .take()
        .expect("a pipe")
        .write_all(stream.as_bytes())
        .expect("written");
    assert!(child.wait().expect("an end").success());
    sandbox
}

#[test]
fn no_revision_takes_a_process_of_its_own() {
    let processes = |count: u32| {
        let sandbox = many(count);
        let started = sandbox.path("started").display().to_string();
        let script = "#!/bin/sh\nPATH=${PATH#*:}\necho x >> ../started\nexec git \"$@\"\n";
        let sandbox = sandbox.file("bin/git", script.replace("../started", &started));
        let git = sandbox.path("bin/git");
        fs::set_permissions(&git, std::os::unix::fs::PermissionsExt::from_mode(0o755))
            .expect("may run");
        let path = format!(
            "{}:{}",
            sandbox.path("bin").display(),
            std::env::var("PATH").expect("a path")
        );
        let output = command(&sandbox.path(""), "history clients/acme --format json")
            .env("PATH", path)
            .output();
        let output = output.expect("the binary runs");
        let history: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let expected: Vec<f64> = (0..count)
            .map(|nth| f64::from(nth % 5 + nth / 5 % 5 + nth / 25 % 5 + nth / 125 % 5) * 6.25)
            .collect();
        assert_eq!(indices(&history, "small.one"), expected);
        sandbox.read("started").lines().count()
    };
    let (few, more) = (processes(3), processes(200));
    assert_eq!(few, more);
    assert!(few <= 16, "{few}");
}
