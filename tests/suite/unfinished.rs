//! Portfolios that cannot be finished: nothing half written is left.

use crate::made_up;
use crate::portfolio::clients;
use crate::sandbox::{Sandbox, command};
use std::fs;
use std::process::{Child, Command, Stdio};

#[test]
fn an_unwritable_disk_leaves_nothing_behind() {
    let sandbox = clients(&[1, 2, 3]);
    // No file may grow beyond a few kilobytes; signals are ignored so that writing fails instead.
    let run = Command::new("bash")
        .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" portfolio clients --out out --format html,md,csv,xlsx"])
        .arg(env!("CARGO_BIN_EXE_centricity"))
        .current_dir(sandbox.path(""))
        .stdin(Stdio::null())
        .output()
        .expect("a run");
    assert_eq!(
        run.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    assert!(String::from_utf8_lossy(&run.stderr).contains("cannot write"));
    assert!(
        sandbox
            .files()
            .iter()
            .all(|file| file.starts_with("clients/")),
        "{:?}",
        sandbox.files()
    );
}

/// A run over many clients that has begun to write.
fn begun() -> (Sandbox, Child) {
    let sandbox = Sandbox::new();
    let rulebook = made_up::rulebook(&["organisation", "retention"]);
    made_up::write(&sandbox.path("clients"), &rulebook, 300, 60);
    let line = "portfolio clients --out out --reports html,md";
    let mut run = command(&sandbox.path(""), line)
        .stderr(Stdio::piped())
        .spawn()
        .expect("a run");
    let writes = || {
        let entries = fs::read_dir(sandbox.path("")).expect("the sandbox");
        let mut names = entries.filter_map(|entry| Some(entry.ok()?.file_name()));
        names.any(|name| name.to_string_lossy().starts_with(".centricity-"))
    };
    while !writes() && run.try_wait().expect("a process").is_none() {
        std::thread::yield_now();
    }
    (sandbox, run)
}

#[test]
fn a_run_that_is_interrupted_leaves_nothing_at_all() {
    for signal in ["-INT", "-TERM"] {
        interrupted(signal);
    }
}

fn interrupted(signal: &str) {
    let (sandbox, run) = begun();
    let sent = Command::new("kill")
        .args([signal, &run.id().to_string()])
        .status();
    assert!(sent.expect("a signal").success());
    let end = run.wait_with_output().expect("an end");
    assert_eq!(end.status.code(), Some(130));
    assert!(String::from_utf8_lossy(&end.stderr).contains("interrupted"));
    let entries = fs::read_dir(sandbox.path("")).expect("the sandbox");
    let names: Vec<_> = entries
        .map(|entry| entry.expect("a name").file_name())
        .collect();
    assert_eq!(names, ["clients"]);
}

#[test]
fn a_run_that_is_killed_leaves_nothing_under_its_name() {
    let (sandbox, mut run) = begun();
    run.kill().expect("an end");
    assert!(
        !run.wait().expect("an end").success(),
        "it ended before it was killed"
    );
    assert!(!sandbox.path("out").exists());
}
