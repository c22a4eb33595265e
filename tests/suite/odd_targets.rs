//! Links, pipes, devices, sockets and folders in the place of a file or a folder to be written: none is
//! replaced, whatever may be.

use crate::portfolio::clients;
use crate::sandbox::{Sandbox, answers};
use std::fs;
use std::os::unix::fs::{FileTypeExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::process::Command;

/// Commands that write a file, and may replace it.
const WRITING: [&str; 7] = [
    "compare a b --format md --force --out",
    "gate a --policy gate.yaml --force --out",
    "gate a --policy gate.yaml --force --badge",
    "history a --force --out",
    "export a --format csv --replace --out",
    "form a --role customer --force --out",
    "portfolio . --force --benchmark",
];

fn sandbox() -> Sandbox {
    Sandbox::new()
        .file("a/assessment.yaml", answers("promise: 3"))
        .file("b/assessment.yaml", answers("promise: 2"))
        .file(
            "gate.yaml",
            "format: 1\nrules: [{ score: organisation.light, index: 0 }]\n",
        )
        .file("mine", "mine")
}

#[test]
fn nothing_but_a_regular_file_is_replaced() {
    let sandbox = sandbox();
    let made = Command::new("mkfifo").arg(sandbox.path("pipe")).status();
    assert!(made.expect("a pipe").success());
    let _socket = UnixListener::bind(sandbox.path("socket")).expect("a socket");
    symlink("mine", sandbox.path("link")).expect("a link");
    symlink("nowhere", sandbox.path("dangling")).expect("a link");
    fs::create_dir(sandbox.path("folder")).expect("a folder");
    let cases = [
        (
            "pipe",
            "is a device, a pipe or a socket, which is never replaced",
        ),
        ("socket", "is a device, a pipe or a socket"),
        ("/dev/null", "is a device, a pipe or a socket"),
        ("/dev/full", "is a device, a pipe or a socket"),
        ("link", "`link` is a link to `mine`, and a link is neither"),
        ("dangling", "`dangling` is a link to `nowhere`"),
        ("folder", "`folder` is already there, as a folder"),
    ];
    for command in WRITING {
        for (target, says) in cases {
            sandbox
                .run(&format!("{command} {target}"))
                .exits(1)
                .says(says);
        }
    }
    let kind = |path: &str| {
        sandbox
            .path(path)
            .symlink_metadata()
            .expect(path)
            .file_type()
    };
    assert!(kind("pipe").is_fifo() && kind("socket").is_socket() && kind("link").is_symlink());
    assert!(kind("dangling").is_symlink() && kind("folder").is_dir());
    assert!(kind("/dev/null").is_char_device() && kind("/dev/full").is_char_device());
    assert_eq!(sandbox.read("mine"), "mine");
    // Whoever means the file names it.
    let run = sandbox.run("compare a b --format md --force --out mine");
    run.exits(0);
    assert_ne!(sandbox.read("mine"), "mine");
}

#[test]
fn templates_are_not_written_through_links() {
    let sandbox = sandbox();
    fs::create_dir_all(sandbox.path("templates/report")).expect("a folder");
    symlink("../../mine", sandbox.path("templates/report/executive.md")).expect("a link");
    sandbox
        .run("templates export --force report/executive.md")
        .exits(1)
        .says("is a link to `../../mine`");
    assert_eq!(sandbox.read("mine"), "mine");
}

#[test]
fn a_portfolio_replaces_no_link_and_no_file() {
    let sandbox = clients(&[1, 2]).file("file", "mine");
    fs::create_dir(sandbox.path("real")).expect("a folder");
    symlink("real", sandbox.path("link")).expect("a link");
    symlink("nowhere", sandbox.path("dangling")).expect("a link");
    for (target, says) in [
        ("link", "`link` is a link to `real`"),
        ("dangling", "`dangling` is a link to `nowhere`"),
        ("file", "`file` is already there, and is no folder"),
        ("/dev/null", "is a device, a pipe or a socket"),
    ] {
        let line = format!("portfolio clients --format md --force --out {target}");
        sandbox.run(&line).exits(1).says(says);
    }
    assert!(sandbox.path("link").is_symlink() && sandbox.path("dangling").is_symlink());
    assert_eq!(
        fs::read_dir(sandbox.path("real"))
            .expect("a folder")
            .count(),
        0
    );
    assert_eq!(sandbox.read("file"), "mine");
}

#[test]
fn what_is_printed_onto_a_full_disk_fails() {
    let sandbox = sandbox();
    let run = Command::new("sh")
        .args(["-c", "exec \"$0\" assess a --format json > /dev/full"])
        .arg(env!("CARGO_BIN_EXE_centricity"))
        .current_dir(sandbox.path(""))
        .output()
        .expect("a run");
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&run.stderr).contains("cannot write"));
}
