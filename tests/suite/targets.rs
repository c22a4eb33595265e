//! Targets: several phases, a baseline, progress, and what scores come to on the way.

use super::crowd::Crowd;
use super::workshop::{answers, based, pack, rating, ratings, round};
use centricity::answers::{Answers, progress};
use centricity::assess::{Assessment, QuestionResult, ScoreResult, assess};
use centricity::rules::rulebook::Rulebook;
use proptest::prelude::*;

fn two() -> Rulebook {
    let scores = "scores:\n  whole: { aggregate: mean, of: [a, b] }\n";
    pack(&format!("{}{scores}", ratings(&["a", "b"]))).good()
}

fn assessed(text: &str) -> Assessment {
    let rulebook = two();
    let answers = answers(&rulebook, text).valid();
    assess(&rulebook, &answers)
}

fn question(text: &str) -> QuestionResult {
    assessed(text).questions.swap_remove(0)
}

fn whole(text: &str) -> ScoreResult {
    assessed(text).scores.swap_remove(0)
}

const PHASES: &str =
    "phases: [{ name: Pilot, target: 2, due: 2027-03-31 }, { target: 4, due: 2027-12-31 }]";

#[test]
fn the_last_phase_is_the_target() {
    let one = question(&format!("a: {{ value: 2, {PHASES} }}, b: 1"));
    assert_eq!(
        (one.target, one.due.as_deref()),
        (Some(4.0), Some("2027-12-31"))
    );
    let told = one
        .phases
        .iter()
        .map(|it| (it.name.as_deref(), it.target, it.reached));
    let told: Vec<_> = told.collect();
    assert_eq!(told, [(Some("Pilot"), 2.0, true), (None, 4.0, false)]);
    let single = question("a: { value: 2, target: 3, due: 2027-03-31 }, b: 1");
    assert_eq!((single.phases.len(), single.phases[0].target), (1, 3.0));
}

#[test]
fn progress_is_measured_from_the_baseline() {
    let done = |keys: &str| question(&format!("a: {{ {keys} }}, b: 1")).progress;
    assert_eq!(done("value: 2, baseline: 1, target: 3"), Some(0.5));
    assert_eq!(
        done("value: 2, baseline: { value: 1.6, on: 2025-10-31 }, target: 4").map(round),
        Some(0.1667)
    );
    // Below where it began, and beyond what was aimed at.
    assert_eq!(done("value: 0, baseline: 1, target: 3"), Some(0.0));
    assert_eq!(done("value: 4, baseline: 1, target: 3"), Some(1.0));
    // Nothing was to change.
    assert_eq!(done("value: 1, baseline: 2, target: 2"), Some(1.0));
    // Without a baseline only a target that is reached can be told.
    assert_eq!(done("value: 2, target: 3"), None);
    assert_eq!(done("value: 3, target: 3"), Some(1.0));
    assert_eq!(done("value: unknown, baseline: 1, target: 3"), None);
    assert_eq!(done("value: 2, baseline: 1"), None);
}

#[test]
fn reversed_scales_are_measured_as_they_count() {
    let scores = "scores:\n  whole: { aggregate: mean, of: [a] }\n";
    let head = "sections:\n  s:\n    title: S\n    questions:\n";
    let body = format!("{head}{}{scores}", rating("a", "reverse: true"));
    let rulebook = pack(&body).good();
    let aimed = answers(&rulebook, "a: { value: 2, baseline: 4, target: 1 }").valid();
    let result = assess(&rulebook, &aimed);
    assert_eq!(result.questions[0].progress.map(round), Some(0.6667));
    let refused = answers(&rulebook, "a: { value: 2, baseline: 1, target: 2 }");
    assert_eq!(refused.codes(), ["invalid-target"]);
}

#[test]
fn scores_are_projected_to_each_day_something_is_due() {
    let score = whole(&format!(
        "a: {{ value: 1, {PHASES} }}, b: {{ value: 0, target: 2, due: 2027-06-30 }}"
    ));
    let told = score
        .projected
        .iter()
        .map(|one| (one.due.as_str(), one.value, one.index));
    let told: Vec<_> = told.collect();
    let wanted = [
        ("2027-03-31", 1.0, 25.0),
        ("2027-06-30", 2.0, 50.0),
        ("2027-12-31", 3.0, 75.0),
    ];
    assert_eq!(told, wanted);
    assert_eq!(
        (score.value, score.target, score.target_index),
        (Some(0.5), Some(3.0), Some(75.0))
    );
    assert!(whole("a: 1, b: 2").projected.is_empty());
}

#[test]
fn a_target_without_a_date_counts_at_the_end_only() {
    let score = whole("a: { value: 1, target: 3, due: 2027-03-31 }, b: { value: 0, target: 4 }");
    assert_eq!(score.projected.len(), 1);
    assert_eq!((score.projected[0].value, score.target), (1.5, Some(3.5)));
}

#[test]
fn the_progress_of_a_score_is_that_of_its_questions_together() {
    let score =
        whole("a: { value: 2, baseline: 1, target: 3 }, b: { value: 1, baseline: 1, target: 1 }");
    assert_eq!(
        (score.baseline, score.baseline_index),
        (Some(1.0), Some(25.0))
    );
    assert_eq!((score.target, score.progress), (Some(2.0), Some(0.5)));
    assert_eq!(whole("a: { value: 2, target: 3 }, b: 1").progress, None);
}

/// A scored choice whose outcome a table reads by name, and a score over both.
fn market() -> Rulebook {
    let body = "sections:\n  s:\n    title: S\n    questions:\n\
        \u{20}     form:\n        type: select_one\n        ask: \"?\"\n        choices:\n\
        \u{20}         - { value: alone, label: \"Each alone\", score: 0 }\n\
        \u{20}         - { value: linked, label: \"Loosely tied\", score: 2 }\n\
        \u{20}         - { value: one, label: \"As one\", score: 4 }\n\
        scores:\n  whole: { aggregate: mean, of: [form] }\n  kinds: { aggregate: sum, of: [kind] }\n\
        decisions:\n  kind:\n    outcomes: [loose, tight]\n    inputs: [form]\n    hit_policy: unique\n    rules:\n\
        \u{20}     - { id: l, if: [\"alone, linked\"], then: loose, because: x }\n\
        \u{20}     - { id: t, if: [\"one\"], then: tight, because: x }\n";
    pack(body).good()
}

#[test]
fn a_scored_choice_takes_a_target_with_phases_progress_and_projections() {
    let rulebook = market();
    let text = "form: { value: linked, baseline: { value: alone, on: 2025-10-31 }, phases: [{ target: linked, due: 2027-03-31 }, { name: Whole, target: one, due: 2027-12-31 }] }";
    let answers = answers(&rulebook, text).valid();
    let result = assess(&rulebook, &answers);
    let one = &result.questions[0];
    assert_eq!(one.target, Some(4.0));
    let phases: Vec<_> = one
        .phases
        .iter()
        .map(|one| (one.says.as_str(), one.reached))
        .collect();
    assert_eq!(phases, [("Loosely tied", true), ("As one", false)]);
    assert_eq!(
        one.baseline.as_ref().map(|one| one.says.as_str()),
        Some("Each alone")
    );
    assert_eq!(one.progress, Some(0.5));
    let score = |id: &str| {
        result
            .scores
            .iter()
            .find(|one| one.id == id)
            .expect("a score")
    };
    let whole = score("p.whole");
    assert_eq!(
        (whole.value, whole.target, whole.baseline),
        (Some(2.0), Some(4.0), Some(0.0))
    );
    let days: Vec<f64> = whole.projected.iter().map(|one| one.value).collect();
    assert_eq!(days, [2.0, 4.0]);
    // A table that reads the choice by its name sees the choice aimed at.
    assert_eq!(
        (score("p.kinds").value, score("p.kinds").target),
        (Some(0.0), Some(1.0))
    );
}

#[test]
fn a_choice_that_cannot_be_aimed_at_is_told() {
    let rulebook = market();
    let told = |target: &str| {
        answers(
            &rulebook,
            &format!("form: {{ value: linked, target: {target} }}"),
        )
        .lines()
    };
    let listed = "its choices with a score are `alone`, `linked`, `one`";
    let told_of = |target: &str| {
        let lines = told(target);
        assert_eq!(lines.len(), 1, "{lines:?}");
        lines[0].clone()
    };
    assert!(told_of("4").contains(listed), "{}", told_of("4"));
    assert!(told_of("linkd").contains("did you mean `linked`?"));
}

#[test]
fn evidence_holds_progress_back_too() {
    let rulebook = two();
    let text = "a: { value: 4, baseline: 1, target: 4 }, b: 1";
    let result = assess(&rulebook, &based(&rulebook, "evidenced", text).valid());
    assert_eq!(result.questions[0].progress.map(round), Some(0.3333));
}

fn problems(keys: &str) -> Vec<String> {
    let rulebook = two();
    answers(&rulebook, &format!("a: {{ value: 1, {keys} }}")).lines()
}

#[test]
fn targets_that_cannot_be_are_told_where_they_stand() {
    let one = |keys: &str, line: &str| assert_eq!(problems(keys), [line], "{keys}");
    one(
        "target: 2.5",
        "5:40 out-of-scale: a target for `a` is a step of its rating, not `2.5`",
    );
    one(
        "baseline: 5, target: 3",
        "5:42 out-of-scale: a baseline of `a` lies on the scale of its rating, not at `5`",
    );
    one(
        "baseline: 3, target: 2",
        "5:53 invalid-target: the target of `a` lies below its baseline (a target keeps or raises what there was at the start)",
    );
    one(
        "phases: [{ target: 3, due: 2027-03-31 }, { target: 2, due: 2027-06-30 }]",
        "5:83 invalid-target: a phase of `a` aims lower than the one before (each phase keeps or raises what the one before reached)",
    );
    one(
        "phases: [{ target: 2, due: 2027-03-31 }, { target: 3, due: 2027-03-31 }]",
        "5:91 invalid-target: a phase of `a` is not due later than the one before (list phases in the order of their dates)",
    );
    one(
        "target: 4, phases: [{ target: 2, due: 2027-03-31 }]",
        "5:40 invalid-target: `a` has phases, and a target or date beside them (make it the last of the phases)",
    );
    one(
        "phases: [{ target: 2, due: soon }]",
        "5:59 invalid-date: `soon` is not a date (write year, month and day, as in `2026-10-31`)",
    );
    one(
        "baseline: { value: 1, on: 2026-13-01 }",
        "5:58 invalid-date: `2026-13-01` is not a date (write year, month and day, as in `2026-10-31`)",
    );
}

fn aimed(own: &str, aim: &str) -> Answers {
    Crowd::new().own(own).aim(aim).merge(&two()).good()
}

#[test]
fn a_file_of_targets_comes_before_what_stands_beside_the_answer() {
    let own = "a: { value: 1, target: 2, due: 2027-01-31, owner: Sales, baseline: 0 }";
    let one = |aim: &str| aimed(own, aim).notes()[0].clone();
    let phased = one(&format!("a: {{ {PHASES} }}"));
    assert_eq!((phased.phases.len(), phased.target), (2, Some(4.0)));
    assert_eq!(phased.owner.as_deref(), Some("Sales"));
    assert_eq!(phased.baseline.map(|one| one.value), Some(0.0));
    let later = one("a: { due: 2027-05-31 }");
    assert_eq!((later.target, later.phases.len()), (Some(2.0), 1));
    assert_eq!(
        later.due.map(|day| day.to_string()).as_deref(),
        Some("2027-05-31")
    );
    let higher = one("a: { target: 3, baseline: 1 }");
    assert_eq!(higher.phases[0].due, higher.due);
    assert_eq!(
        (higher.target, higher.baseline.map(|one| one.value)),
        (Some(3.0), Some(1.0))
    );
}

#[test]
fn no_more_days_are_told_than_anybody_reads() {
    let ids: Vec<String> = (0..60).map(|nth| format!("q{nth}")).collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let scores = "scores:\n  whole: { aggregate: mean, of: [{ section: s }] }\n";
    let rulebook = pack(&format!("{}{scores}", ratings(&names))).good();
    let text: Vec<String> = ids
        .iter()
        .enumerate()
        .map(|(nth, id)| format!("{id}: {{ value: 0, target: 2, due: {}-01-01 }}", 2027 + nth))
        .collect();
    let answers = answers(&rulebook, &text.join(", ")).valid();
    let days = answers.dues();
    assert_eq!(days.len(), 40);
    assert_eq!(days.last().map(|day| day.year()), Some(2086));
    let score = assess(&rulebook, &answers).scores.swap_remove(0);
    assert_eq!(score.projected.last().map(|one| one.value), score.target);
}

proptest! {
    #[test]
    fn progress_is_a_share_and_never_falls_as_the_value_rises(value in 0..=40_u8, baseline in 0..=40_u8, target in 0..=40_u8) {
        prop_assume!(baseline <= target);
        let at = |value: u8| progress(f64::from(value) / 10.0, f64::from(baseline) / 10.0, f64::from(target) / 10.0);
        prop_assert!((0.0..=1.0).contains(&at(value)));
        prop_assert!(at(value) <= at(value + 1));
        prop_assert!(at(value.max(target)) >= 1.0);
    }
}
