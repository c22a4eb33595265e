//! What the first page of a report says of steps, targets and what is not known, held to the rest.

use super::sandbox::{ROOT, Sandbox};

/// The report on a sample client as Markdown and as HTML.
fn report(client: &str) -> (String, String) {
    let sandbox = Sandbox::new();
    let path = format!("{ROOT}/tests/clients/{client}");
    sandbox.run(&format!("report {path} --out r")).exits(0);
    let files = sandbox.files();
    let one = |end: &str| {
        let file = files.iter().find(|file| file.ends_with(end));
        sandbox.read(file.expect("a report"))
    };
    (one(".md"), one(".html"))
}

/// The row of a step.
fn step<'t>(md: &'t str, starts: &str) -> &'t str {
    let mut rows = md.lines().filter(|line| line.starts_with("| "));
    rows.find(|row| row.contains(&format!(" | {starts}")))
        .unwrap_or_else(|| panic!("no step {starts}"))
}

#[test]
fn what_holds_nothing_stands_behind_what_is_grave() {
    let (md, _) = report("golden-oat");
    let held = md.split("### What holds you back").nth(1).expect("causes");
    let held = held.split("###").next().expect("a part");
    assert!(!held.contains("customers do not ask for it"), "{held}");
    assert!(
        held.contains("(gap, high, 5.6.1): taken up in step 4"),
        "{held}"
    );
    assert!(!md.contains("Begin with the lowest"));
}

#[test]
fn an_over_built_client_is_not_told_that_it_is_enough() {
    let (md, html) = report("corner-bakery");
    for page in [&md, &html] {
        assert!(page.contains("more is built than your offer calls for."));
        assert!(!page.contains("what is built is enough for your market"));
        assert!(page.contains("are left out: more is built there than is called for."));
        assert!(page.contains("are not called for, and left out of this spread."));
    }
    // The first page names of the way what the way takes.
    let next = md.split("Next on the way there: ").nth(1).expect("a way");
    let next = next.lines().next().expect("a line");
    let way = md.split("### The way to ").nth(1).expect("a way");
    for one in next.split("; ") {
        let (label, says) = one.split_once(": ").expect("a step");
        assert!(way.contains(&format!("**Raise “{label}” from ")), "{label}");
        assert!(way.contains(&format!("to “{says}” (")), "{says}");
    }
}

#[test]
fn targets_that_are_not_called_for_are_told_apart_and_a_start_is_a_start() {
    let (md, _) = report("meridian-freight");
    assert!(md.contains(
        "You aim at two targets that are not reached: “Rewards” and “Shared view of the customer”. Section 7 says what leads there. You also aim at a target that is not called for: “Power to commit”; settle whether it still holds."
    ));
    let aims = md.split("What scores come to").nth(1).expect("scores");
    let medium = aims.lines().find(|line| line.starts_with("| Medium form"));
    let medium = medium.expect("a row");
    let start = "| Medium form: account managers with rights (not called for) | 45 | 45 |";
    assert!(
        medium.starts_with(start) && medium.ends_with("| 0 % |"),
        "{medium}"
    );
    let gap = md
        .lines()
        .find(|line| line.starts_with("| Medium form (not called for)"));
    assert!(gap.expect("a row").contains("| 53 | – |"), "{gap:?}");
    let alike = step(&md, "Take the question on which leaders differ most");
    assert!(
        alike.contains("| meets “The top team answers at least four of the six questions alike” |"),
        "{alike}"
    );
}

#[test]
fn a_step_says_which_score_it_moves() {
    let (md, _) = report("harbour-tools");
    let signed = step(&md, "Give account managers a signed right");
    assert!(
        signed.contains("| Medium form: +10.0 points of 100 |"),
        "{signed}"
    );
}

#[test]
fn what_may_not_be_called_for_or_may_change_is_not_certain() {
    let (md, _) = report("pellwick-shade");
    let paid = md
        .split("Those who look after customers are paid for sales alone")
        .nth(1);
    let paid = paid
        .expect("a finding")
        .split("####")
        .next()
        .expect("its text");
    assert!(
        paid.contains("Could change once open questions are answered."),
        "{paid}"
    );
    assert!(
        md.contains("Not met as things stand: \"Customers themselves see"),
        "a checklist"
    );
}
