//! What the README tells a newcomer to type works as written.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::sandbox::{ROOT, Sandbox};

fn readme() -> String {
    fs::read_to_string(Path::new(ROOT).join("README.md")).expect("the README")
}

/// The fenced blocks of `sh`, as one script.
fn script(text: &str) -> String {
    let blocks = text
        .split("```sh\n")
        .skip(1)
        .filter_map(|block| block.split("```").next());
    blocks.collect()
}

/// The binary stands in for `cargo run`, and so does this very run for `cargo test`.
fn runnable(script: &str) -> String {
    let binary = env!("CARGO_BIN_EXE_centricity");
    let lines = script
        .lines()
        .filter(|line| line.trim() != "cargo test" && !line.starts_with("cargo install"));
    let lines: String = lines.flat_map(|line| [line, "\n"]).collect();
    let lines = lines.replace("cargo run --release --", &format!("'{binary}'"));
    format!("set -eu\ncentricity() {{ '{binary}' \"$@\"; }}\n{lines}")
}

#[test]
fn every_command_works_as_written_and_in_that_order() {
    let sandbox = Sandbox::new();
    for folder in ["rules", "tests/clients"] {
        let from = Path::new(ROOT).join(folder);
        for entry in walkdir::WalkDir::new(&from)
            .into_iter()
            .filter_map(Result::ok)
        {
            let to = sandbox
                .path(folder)
                .join(entry.path().strip_prefix(&from).expect("inside"));
            if entry.file_type().is_dir() {
                fs::create_dir_all(to).expect("a folder");
            } else {
                fs::copy(entry.path(), to).expect("a copy");
            }
        }
    }
    let script = runnable(&script(&readme()));
    let home = sandbox.path("");
    let output = Command::new("bash")
        .args(["-c", &script])
        .current_dir(&home)
        .env("HOME", &home)
        .env("GIT_CONFIG_GLOBAL", home.join("gitconfig"))
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_AUTHOR_NAME", "A")
        .env("GIT_AUTHOR_EMAIL", "a@example.org")
        .env("GIT_COMMITTER_NAME", "A")
        .env("GIT_COMMITTER_EMAIL", "a@example.org")
        .output()
        .expect("a shell");
    let shown = format!(
        "{}\n{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(output.status.success(), "{script}\n{shown}");
    assert!(
        sandbox
            .path("report/harbour-tools-marine-division.html")
            .is_file(),
        "{shown}"
    );
}

#[test]
fn the_two_commands_that_matter_are_there() {
    let readme = readme();
    let ci = fs::read_to_string(Path::new(ROOT).join(".ci/run")).expect(".ci/run");
    for command in [
        "cargo run --release -- report tests/clients/harbour-tools --out report",
        "cargo test",
    ] {
        assert!(
            script(&readme).lines().any(|line| line == command),
            "{command}"
        );
    }
    for command in [
        "cargo test",
        "cargo fmt --check",
        "cargo clippy --all-targets -- -D warnings",
        "cargo doc --no-deps",
    ] {
        assert!(ci.contains(command), "{command}");
    }
}

#[test]
fn exit_codes_are_listed_as_help_lists_them() {
    let help = Sandbox::new().run("--help").exits(0).stdout;
    let help = help.split_whitespace().collect::<Vec<_>>().join(" ");
    for (code, says) in [
        "done",
        "a file cannot be read or written",
        "usage",
        "invalid pack or answers",
        "gate not met",
    ]
    .iter()
    .enumerate()
    {
        assert!(help.contains(&format!("{code} {says}")), "{help}");
        assert!(readme().contains(&format!("| {code} | {says} |")), "{code}");
    }
}

/// The commands that a help text lists.
fn commands(help: &str) -> Vec<String> {
    let list = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let list = list.take_while(|line| !line.is_empty());
    let names = list.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = names.filter_map(|line| line.split_whitespace().next());
    names.map(str::to_owned).collect()
}

#[test]
fn every_command_has_an_example_that_names_it() {
    let sandbox = Sandbox::new();
    let mut left = vec![String::new()];
    let mut seen = 0;
    while let Some(command) = left.pop() {
        let help = sandbox.run(&format!("{command} --help")).exits(0);
        let inner = commands(&help.stdout);
        if inner.is_empty() {
            help.prints(&format!("Example: centricity {}", command.trim_start()));
            seen += 1;
        }
        let inner = inner.into_iter();
        left.extend(inner.map(|name| format!("{command} {name}")));
    }
    assert!(seen > 24, "{seen}");
}

#[test]
fn usage_is_told_with_its_own_exit_code() {
    let sandbox = Sandbox::new();
    sandbox.run("").exits(2);
    sandbox.run("asess x").exits(2).says("assess");
    sandbox.run("check").exits(2).says("PATH");
}

#[test]
fn shells_are_completed() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish"] {
        sandbox
            .run(&format!("completions {shell}"))
            .exits(0)
            .prints("explain");
    }
}
