//! Which revisions a history tells of: on what days, in what time, and those that cannot be read.

use crate::history::{PATH, all, assessment, each, history, indices, marks, moves, on, through};
use crate::revisions::git;

#[test]
fn a_revision_that_cannot_be_read_is_told_and_the_rest_goes_on() {
    let sandbox = through(&[
        on("2026-01-01", &all("1")),
        ("2026-01-02", assessment("", "a: [1")),
        on("2026-01-03", "a: 7"),
        on("2026-01-04", &all("3")),
    ]);
    let history = history(&sandbox, "");
    assert_eq!(
        each(&history["points"], "state"),
        ["scored", "failed", "failed", "scored"]
    );
    let short = |place: usize| history["points"][place]["commit"].as_str().unwrap()[..8].to_owned();
    let place = |point: usize| history["points"][point]["problem"]["place"].clone();
    assert_eq!(place(1), format!("{}:{PATH}:4", short(1)));
    assert_eq!(place(2), format!("{}:{PATH}:4", short(2)));
    assert_eq!(indices(&history, "small.one"), [25.0, 75.0]);
    assert_eq!(
        moves(&history),
        ["0-3 up"],
        "and the two that can be read are held against each other"
    );
    let run = sandbox.run("history clients/acme").exits(0);
    run.prints("could not be scored").never("/tmp");
}

#[test]
fn nothing_that_can_be_scored_is_an_invalid_input() {
    let sandbox = through(&[("2026-01-01", assessment("", "a: [1"))]);
    let run = sandbox.run("history clients/acme").exits(3);
    run.prints("Could not be scored").never("/tmp");
}

#[test]
fn days_come_from_the_assessment_and_commits_set_the_order() {
    let said = |day: &str| assessment(&format!("assessed_on: {day}\n"), &all("1"));
    let sandbox = through(&[
        ("2026-03-01", said("2026-02-15")),
        on("2026-03-02", &all("2")),
        ("2026-03-03", said("2026-01-15").replace("a: 1", "a: 2")),
        on("2026-03-03", &all("3")),
        on("2026-03-03", &all("4")),
    ]);
    let history = history(&sandbox, "");
    assert_eq!(
        each(&history["points"], "date"),
        [
            "2026-02-15",
            "2026-03-02",
            "2026-01-15",
            "2026-03-03",
            "2026-03-03"
        ]
    );
    assert_eq!(
        each(&history["points"], "dated_by")[..2],
        ["assessment", "commit"]
    );
    assert_eq!(marks(&history)[2], ["earlier"]);
    let run = sandbox.run("history clients/acme").exits(0);
    run.prints("Some days go back");
    let page = sandbox.run("history clients/acme --format html").exits(0);
    assert!(!page.stdout.contains("NaN"));
}

#[test]
fn a_time_a_number_and_scores_can_be_asked_for() {
    let sandbox = through(&[
        on("2026-01-31", &all("1")),
        on("2026-02-28", &all("2")),
        on("2026-03-31", &all("3")),
    ]);
    git(&sandbox, "", &["tag", "spring", "HEAD~1"]);
    let days = |arguments: &str| each(&history(&sandbox, arguments)["points"], "date");
    assert_eq!(days("--since 2026-02-28"), ["2026-02-28", "2026-03-31"]);
    assert_eq!(days("--until 2026-02-28"), ["2026-01-31", "2026-02-28"]);
    assert_eq!(days("--since spring"), ["2026-02-28", "2026-03-31"]);
    assert_eq!(days("--until spring"), ["2026-01-31", "2026-02-28"]);
    assert_eq!(days("--limit 1"), ["2026-03-31"]);
    assert_eq!(days("--limit 1 --until 2026-03-01"), ["2026-02-28"]);
    let half = history(&sandbox, "--score half");
    assert_eq!(each(&half["series"], "id"), ["small.half"]);
    sandbox
        .run("history clients/acme --score haff")
        .exits(2)
        .says("did you mean `half`?");
    sandbox
        .run("history clients/acme --since 2027-01-01")
        .exits(2)
        .says("no revision of `clients/acme` lies in that time");
    sandbox
        .run("history clients/acme --since sprung")
        .exits(1)
        .says("there is no revision `sprung`");
}
