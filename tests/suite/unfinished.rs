//! Portfolios and reports that cannot be finished: nothing half written is left.

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

/// A run over many clients that has begun to write: a portfolio, or reports of all of them.
fn begun(portfolio: bool, count: u64) -> (Sandbox, Child) {
    let sandbox = Sandbox::new();
    let rulebook = made_up::rulebook(&["organisation", "retention"]);
    made_up::write(&sandbox.path("clients"), &rulebook, count, 60);
    let line = if portfolio {
        "portfolio clients --out out --reports html,md".to_owned()
    } else {
        let clients = fs::read_dir(sandbox.path("clients/000")).expect("clients");
        let names = clients.map(|one| one.expect("a client").file_name());
        let paths = names.map(|name| format!(" clients/000/{}", name.to_string_lossy()));
        format!("report --quiet --out out{}", paths.collect::<String>())
    };
    let line = line.as_str();
    let mut run = command(&sandbox.path(""), line)
        .stderr(Stdio::piped())
        .spawn()
        .expect("a run");
    let writes = || {
        let folders = ["", "out"].map(|name| fs::read_dir(sandbox.path(name)).ok());
        let entries = folders.into_iter().flatten().flatten();
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
    for (signal, portfolio) in [("-INT", true), ("-TERM", true), ("-INT", false)] {
        interrupted(signal, portfolio);
    }
}

fn send(signal: &str, run: &Child) {
    let sent = Command::new("kill")
        .args([signal, &run.id().to_string()])
        .status();
    assert!(sent.expect("a signal").success());
}

fn interrupted(signal: &str, portfolio: bool) {
    let (sandbox, run) = begun(portfolio, if portfolio { 300 } else { 40 });
    send(signal, &run);
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
    let (sandbox, mut run) = begun(true, 300);
    run.kill().expect("an end");
    assert!(
        !run.wait().expect("an end").success(),
        "it ended before it was killed"
    );
    assert!(!sandbox.path("out").exists());
    let left = hidden(&sandbox);
    assert_eq!(left.len(), 1, "{left:?}");
    // Nobody reads it: it holds no client.
    let clients = sandbox
        .run("portfolio . --format json --quiet")
        .exits(0)
        .json();
    assert_eq!(clients["clients"], 300);
    // Whoever writes beside it takes it away, and nothing that is not known by its name.
    let sandbox = sandbox
        .file(".centricity-unfinished-mine/kept", "")
        .file(".centricity-replaced-Abc123/old", "");
    let assess = "compare clients/000 clients/000 --out text.md";
    let first = fs::read_dir(sandbox.path("clients/000"))
        .expect("clients")
        .next();
    let first = first.expect("a client").expect("a client").file_name();
    let client = format!("clients/000/{}", first.to_string_lossy());
    sandbox
        .run(&assess.replace("clients/000", &client))
        .exits(0);
    let kept = [".centricity-replaced-Abc123", ".centricity-unfinished-mine"];
    assert_eq!(hidden(&sandbox), kept);
}

/// The names of hidden folders of ours, in alphabetical order.
fn hidden(sandbox: &Sandbox) -> Vec<String> {
    let entries = fs::read_dir(sandbox.path("")).expect("the sandbox");
    let names = entries.map(|entry| entry.expect("a name").file_name());
    let names = names.map(|name| name.to_string_lossy().into_owned());
    let mut names: Vec<_> = names
        .filter(|name| name.starts_with(".centricity-"))
        .collect();
    names.sort();
    names
}

#[cfg(unix)]
#[test]
fn what_a_run_is_at_work_on_is_left_to_it() {
    let (sandbox, mut run) = begun(true, 40);
    // A folder is locked once something is in it.
    let is_filled = |name: &String| {
        let inside = fs::read_dir(sandbox.path(name));
        inside.is_ok_and(|mut inside| inside.next().is_some())
    };
    while !hidden(&sandbox).iter().any(is_filled) {
        assert!(run.try_wait().expect("a process").is_none());
    }
    send("-STOP", &run);
    let held = hidden(&sandbox);
    assert_eq!(held.len(), 1, "{held:?}");
    let sandbox = sandbox.file("few/c/assessment.yaml", crate::portfolio::rated("C", 2));
    for out in ["first", "second"] {
        let line = format!("portfolio few --format md --out {out}");
        sandbox.run(&line).exits(0);
    }
    sandbox.run("compare few/c few/c --out compare.md").exits(0);
    assert_eq!(hidden(&sandbox), held);
    send("-CONT", &run);
    assert!(run.wait().expect("an end").success());
    assert!(sandbox.path("out/portfolio.md").is_file());
    assert!(hidden(&sandbox).is_empty());
}

#[test]
fn a_report_that_waits_at_a_pipe_is_ended_at_once() {
    let sandbox = clients(&[1]);
    let line = "report clients/c0 --out out --format docx --reference-docx /dev/stdin";
    let mut run = command(&sandbox.path(""), line);
    let mut run = run.stdin(Stdio::piped()).spawn().expect("a run");
    // Time enough to come to the pipe; were it not, the run would end all the more.
    std::thread::sleep(std::time::Duration::from_millis(500));
    send("-TERM", &run);
    assert!(!run.wait().expect("an end").success());
    assert!(!sandbox.path("out").exists());
}
