//! The recipes of the README, run as written against a pull request that lowers a score.

use crate::revisions::{commit, git, repository};
use crate::sandbox::{ROOT, Sandbox, answers};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

/// The fenced block of the page that begins with a line.
pub(crate) fn block(page: &str, first: &str) -> String {
    let blocks = page.split("```yaml\n").skip(1);
    let mut blocks = blocks.filter_map(|block| block.split("```").next());
    let found = blocks.find(|block| block.starts_with(first));
    found
        .unwrap_or_else(|| panic!("no block begins with {first}"))
        .to_owned()
}

fn page() -> String {
    std::fs::read_to_string(Path::new(ROOT).join("README.md")).expect("the page")
}

fn recipe(first: &str) -> Value {
    serde_yaml::from_str(&block(&page(), first)).expect("YAML")
}

fn light(first: u8) -> String {
    let all: Vec<String> = [
        "promise",
        "teams",
        "shared-view",
        "shared-reward",
        "cross-skill",
    ]
    .iter()
    .map(|id| format!("{id}: {}", if *id == "promise" { first } else { 3 }))
    .collect();
    answers(&all.join("\n"))
}

/// A repository whose main branch is met by a policy, on a branch for a pull request; a `gh` that
/// keeps what it is given.
fn pull_request(first: u8) -> Sandbox {
    let policy = "format: 1\nagainst: main\nrules:\n  - regression: {}\n  - { score: organisation.light, index: 50 }\n";
    let sandbox = Sandbox::new()
        .file("clients/acme/assessment.yaml", light(4))
        .file("gate.yaml", policy)
        .file("bin/gh", "#!/bin/sh\nprintf '%s\\n' \"$@\" > gh.txt\n")
        .file(
            ".gitignore",
            "bin\ngh.txt\ngate.*\nsummary.md\ngitconfig\n!gate.yaml\n",
        );
    let sandbox = repository(sandbox);
    git(&sandbox, "", &["remote", "add", "origin", "."]);
    git(&sandbox, "", &["fetch", "-q", "origin"]);
    git(&sandbox, "", &["switch", "-q", "-c", "change"]);
    sandbox.file("clients/acme/assessment.yaml", light(first))
}

/// Runs lines of shell as a service does, with the binary on the path; gives the exit code.
fn shell(sandbox: &Sandbox, script: &str, variables: &[(String, String)]) -> i32 {
    let binary = Path::new(env!("CARGO_BIN_EXE_centricity"));
    let binary = binary.parent().expect("a folder").display();
    let path = std::env::var("PATH").unwrap_or_default();
    let own = sandbox.path("bin");
    let output = Command::new("bash")
        .args([
            "-e",
            "-o",
            "pipefail",
            "-c",
            &format!("chmod +x bin/gh\n{script}"),
        ])
        .current_dir(sandbox.path(""))
        .env("PATH", format!("{}:{binary}:{path}", own.display()))
        .env("HOME", sandbox.path(""))
        .env("GITHUB_STEP_SUMMARY", sandbox.path("summary.md"))
        .env("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")
        .envs(variables.iter().cloned())
        .output()
        .expect("a shell");
    let code = output.status.code().expect("an exit code");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!([0, 4].contains(&code), "{script}\n{said}");
    code
}

fn text(value: &Value) -> String {
    value.as_str().expect("text").to_owned()
}

/// Every step of the workflow that runs a script, as the service runs them: after one has failed,
/// only those that always run. Gives the first exit code that is not 0.
fn workflow(sandbox: &Sandbox) -> i32 {
    let workflow = recipe("# .github/workflows/gate.yml");
    let steps = workflow["jobs"]["gate"]["steps"].as_array().expect("steps");
    let mut failed = 0;
    for step in steps {
        let Some(script) = step["run"].as_str() else {
            assert!(step["uses"].is_string(), "{step}");
            continue;
        };
        if failed != 0 && step["if"] != "always()" {
            continue;
        }
        let variables = step["env"].as_object().expect("variables").iter();
        let variables: Vec<_> = variables
            .map(|(name, value)| {
                let value = text(value)
                    .replace("${{ github.base_ref }}", "main")
                    .replace("${{ github.event.number }}", "7")
                    .replace("${{ github.token }}", "none");
                assert!(!value.contains("${{"), "{value}");
                (name.clone(), value)
            })
            .collect();
        let code = shell(sandbox, script, &variables);
        failed = if failed == 0 { code } else { failed };
    }
    failed
}

#[test]
fn github_refuses_a_pull_request_that_lowers_a_score() {
    let sandbox = pull_request(1);
    assert_eq!(workflow(&sandbox), 4);
    let comment = sandbox.read("gate.md");
    assert!(comment.starts_with("<!-- centricity gate -->"), "{comment}");
    assert!(comment.contains("15.0 points lower"), "{comment}");
    let summary = sandbox.read("summary.md");
    assert!(
        summary.contains("What moved") && summary.contains("points lower"),
        "{summary}"
    );
    assert!(sandbox.read("gate.sarif").contains("gate-unmet"));
    assert!(sandbox.read("gh.txt").contains("gate.md"));
}

#[test]
fn github_lets_one_through_that_lowers_none() {
    let sandbox = pull_request(4);
    assert_eq!(workflow(&sandbox), 0);
    assert!(sandbox.read("summary.md").contains("The gate is met"));
}

#[test]
fn gitlab_refuses_it_too_and_keeps_the_checks() {
    let recipe = recipe("# .gitlab-ci.yml");
    let lines = recipe["gate"]["script"].as_array().expect("lines").iter();
    let script: Vec<String> = lines.map(text).collect();
    let report = text(&recipe["gate"]["artifacts"]["reports"]["junit"]);
    let sandbox = pull_request(1);
    assert_eq!(shell(&sandbox, &script.join("\n"), &[]), 4);
    assert!(sandbox.read(&report).contains("<failure"));
    let sandbox = pull_request(4);
    assert_eq!(shell(&sandbox, &script.join("\n"), &[]), 0);
    assert!(!sandbox.read(&report).contains("<failure"));
}

#[test]
fn pre_commit_refuses_the_commit() {
    let recipe = recipe("# .pre-commit-config.yaml");
    let hook = &recipe["repos"][0]["hooks"][0];
    assert_eq!(hook["language"], "system");
    assert_eq!(hook["pass_filenames"], false);
    let entry = text(&hook["entry"]);
    let sandbox = pull_request(1);
    assert_eq!(shell(&sandbox, &entry, &[]), 4);
    let sandbox = pull_request(4);
    assert_eq!(shell(&sandbox, &entry, &[]), 0);
    commit(&sandbox, "2026-02-28");
    assert_eq!(shell(&sandbox, &entry, &[]), 0);
}
