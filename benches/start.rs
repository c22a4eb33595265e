//! The binary as a whole process: how long it takes to begin, and from a cold start to two
//! written reports.

#![expect(
    clippy::expect_used,
    reason = "a bench that cannot begin has nothing to measure"
)]

use divan::Bencher;
use std::path::Path;
use std::process::{Command, Stdio};

fn main() {
    divan::main();
}

fn centricity(args: &[&str]) {
    let status = Command::new(env!("CARGO_BIN_EXE_centricity"))
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status();
    assert!(status.is_ok_and(|status| status.success()), "{args:?}");
}

#[divan::bench]
fn a_version() {
    centricity(&["--version"]);
}

/// One client on one pack, from its file to an HTML and a Markdown report on disk.
#[divan::bench]
fn b_two_reports_on_one_pack(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let answers = folder.path().join("assessment.yaml");
    let text = "format: 1\nclient: { name: Bench }\npacks: [organisation]\nanswers:\n  organisation: { strategy: 3, structure: 2, process: 3, rewards: 1, people: 2, promise: 3, teams: 3, role: 2, power: 1 }\n";
    std::fs::write(&answers, text).expect("a file");
    reports(bencher, &answers);
}

/// The sample client, on all its packs.
#[divan::bench]
fn c_two_reports_on_the_sample(bencher: Bencher<'_, '_>) {
    reports(bencher, Path::new("tests/clients/harbour-tools"));
}

fn reports(bencher: Bencher<'_, '_>, client: &Path) {
    let out = tempfile::tempdir().expect("a temporary folder");
    let (client, out) = (
        client.display().to_string(),
        out.path().display().to_string(),
    );
    bencher.bench(|| centricity(&["report", &client, "--out", &out, "--force", "--quiet"]));
}

/// An interview over a new assessment on the three packs of `init`, until its first question.
#[divan::bench]
fn d_ask_its_first_question(bencher: Bencher<'_, '_>) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let client = folder.path().join("acme").display().to_string();
    centricity(&["init", &client, "--quiet"]);
    bencher.bench(|| centricity(&["ask", &client, "--quiet"]));
}
