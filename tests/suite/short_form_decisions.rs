//! Decisions and conditions over what the short form does not ask: nothing follows from it.

use crate::sandbox::{Sandbox, answers};
use crate::workshop::{checked, pack, rating};
use centricity::assess::{Assessment, assess};
use serde_json::Value;

const TABLES: &str = "decisions:
  alone: { outcomes: [left, right], inputs: [d], hit_policy: unique, rules: [ { id: n, if: [\"not applicable\"], then: left, because: \"n\" }, { id: l, if: [\"< 2\"], then: left, because: \"l\" }, { id: r, if: [\">= 2\"], then: right, because: \"r\" } ] }
  hangs: { outcomes: [left, right], inputs: [a, d], hit_policy: unique, rules: [ { id: l, if: [\"< 2\", \"-\"], then: left, because: \"l\" }, { id: n, if: [\">= 2\", \"not applicable\"], then: left, because: \"n\" }, { id: m, if: [\">= 2\", \"< 2\"], then: left, because: \"m\" }, { id: r, if: [\">= 2\", \">= 2\"], then: right, because: \"r\" } ] }
  same: { outcomes: [left, right], inputs: [a, d], hit_policy: unique, rules: [ { id: l, if: [\"< 2\", \"-\"], then: left, because: \"l\" }, { id: m, if: [\">= 2\", \"< 3\"], then: right, because: \"m\" }, { id: r, if: [\">= 2\", \">= 3\"], then: right, because: \"r\" } ] }
findings:
  f: { when: { all: [ { a: \">= 2\" }, { any: [ { d: \"< 2\" }, { d: \"not applicable\" } ] } ] }, kind: gap, severity: low, title: T, text: T }
";

/// The result of a pack whose question `a` is core and whose question `d` is not.
fn result(form: &str, given: &str) -> Assessment {
    let questions = rating("a", "core: true") + &rating("d", "");
    let section = format!("sections:\n  s:\n    title: S\n    questions:\n{questions}");
    let rulebook = pack(&format!("{section}{TABLES}")).valid();
    let text = format!(
        "format: 1\nclient: {{ name: C }}\npacks: [p]\nform: {form}\nanswers:\n  p: {{ {given} }}\n"
    );
    assess(&rulebook, &checked(&rulebook, &text).valid())
}

/// The outcomes of a decision, true where it is certain, and true where it is not asked; what is not
/// asked is never said not to apply.
fn decided(result: &Assessment, id: &str) -> (Vec<String>, bool, bool) {
    let mut all = result.decisions.iter();
    let one = all.find(|one| *one.id == *id).expect(id);
    let outcome = one.outcome.iter().map(|one| one.id.clone());
    assert!(!(one.not_asked && one.not_applicable));
    (outcome.collect(), one.certain, one.not_asked)
}

#[test]
fn a_decision_of_nothing_that_is_asked_has_no_outcome() {
    let none = (Vec::new(), true, true);
    for given in ["", "a: 3", "a: 0, d: 4"] {
        assert_eq!(decided(&result("short", given), "p.alone"), none, "{given}");
    }
    let left = (vec!["left".to_owned()], true, false);
    let full = result("full", "d: { not_applicable: no }");
    assert_eq!(decided(&full, "p.alone"), left);
}

#[test]
fn a_decision_counts_where_what_is_not_asked_cannot_change_it() {
    let short = |given| result("short", given);
    let certain = |outcome: &str| (vec![outcome.to_owned()], true, false);
    assert_eq!(decided(&short("a: 1"), "p.hangs"), certain("left"));
    assert_eq!(decided(&short("a: 1"), "p.same"), certain("left"));
    assert_eq!(decided(&short("a: 3"), "p.same"), certain("right"));
    // With 3, another answer would decide, which nobody is asked for.
    let none = (Vec::new(), true, true);
    assert_eq!(decided(&short("a: 3"), "p.hangs"), none);
    let open = (Vec::new(), false, false);
    assert_eq!(decided(&short(""), "p.hangs"), open);
    assert_eq!(decided(&short(""), "p.same"), open);
}

#[test]
fn what_is_not_asked_is_never_taken_for_not_applicable() {
    let found = |result: Assessment| result.findings.len();
    assert_eq!(found(result("short", "a: 3")), 0);
    assert_eq!(found(result("short", "a: 3, d: { not_applicable: no }")), 0);
    assert_eq!(found(result("full", "a: 3, d: { not_applicable: no }")), 1);
}

#[test]
fn the_built_in_pack_reads_no_readiness_from_questions_it_does_not_ask() {
    let text = answers("integration: unknown").replace("packs:", "form: short\npacks:");
    let run = Sandbox::new().pipe("assess - --format json", &text);
    let result = run
        .exits(0)
        .never("None of the four signs applies to your customers")
        .json();
    let mut decisions = result["decisions"].as_array().expect("decisions").iter();
    let verdict = decisions.find(|one| one["id"] == "organisation.readiness-verdict");
    let verdict = verdict.expect("the verdict");
    assert_eq!(verdict["outcome"], Value::Array(Vec::new()));
    assert_eq!(verdict["not_asked"], true);
    assert_eq!(verdict["not_applicable"], false);
}
