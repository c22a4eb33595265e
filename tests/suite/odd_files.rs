//! Files that are none: pipes and devices in the place of files that are found by their names.

use crate::sandbox::{Sandbox, answers, small_pack};
use std::os::unix::fs::symlink;
use std::process::Command;

const SAYS: &str = "it is no regular file, but a device, a pipe or a socket";

fn pipe(sandbox: &Sandbox, path: &str) {
    let made = Command::new("mkfifo").arg(sandbox.path(path)).status();
    assert!(made.expect("a pipe").success());
}

#[test]
fn a_pipe_or_a_device_is_read_by_no_command() {
    let sandbox = Sandbox::new().file("acme/assessment.yaml", answers("promise: 3"));
    pipe(&sandbox, "centricity.yaml");
    for command in [
        "assess acme",
        "pack list",
        "report acme --format md",
        "check acme",
    ] {
        sandbox
            .run(command)
            .exits(1)
            .says("cannot read `centricity.yaml`")
            .says(SAYS);
    }
    std::fs::remove_file(sandbox.path("centricity.yaml")).expect("gone");
    symlink("/dev/zero", sandbox.path("centricity.yaml")).expect("a link");
    sandbox.run("assess acme").exits(1).says(SAYS);
    std::fs::remove_file(sandbox.path("centricity.yaml")).expect("gone");
    pipe(&sandbox, "acme/gate.yaml");
    sandbox
        .run("gate acme --policy acme/gate.yaml")
        .exits(1)
        .says(SAYS);
    pipe(&sandbox, "table.csv");
    sandbox
        .run("import table.csv --into acme")
        .exits(1)
        .says(SAYS);
}

#[test]
fn what_a_shell_hands_over_is_read() {
    let text =
        "format: 1\nclient: { name: Acme }\npacks: [small]\nanswers: { small: { care: 3 } }\n";
    let sandbox = Sandbox::new().file("packs/small.yaml", small_pack(""));
    let printed = sandbox.pipe("assess - --packs packs --format json", text);
    let printed = printed.exits(0).json();
    for name in ["/dev/stdin", "/dev/fd/0"] {
        let run = sandbox.pipe(&format!("assess {name} --packs packs --format json"), text);
        assert_eq!(run.exits(0).json()["scores"], printed["scores"]);
    }
}
