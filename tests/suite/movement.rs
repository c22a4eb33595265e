//! What a comparison says, by figures worked by hand.

use super::workshop::{answers, based, built_in, checked, linked, pack, ratings};
use centricity::answers::Answers;
use centricity::assess::{Assessment, assess};
use centricity::report::{Brand, Templates, study};
use centricity::rules::rulebook::Rulebook;
use centricity::study::{
    AnswerMove, BannerKind, Carried, Comparison, EffectKind, Movement, NoChange, ScoreChange, Side,
    compare, documents,
};

pub(crate) const SAME: Carried<'_> = Err("all packs are the same");

pub(crate) struct Scored<'a> {
    rulebook: &'a Rulebook,
    answers: Answers,
    pub(crate) result: Assessment,
}

impl<'a> Scored<'a> {
    pub(crate) fn new(rulebook: &'a Rulebook, answers: Answers) -> Self {
        let result = assess(rulebook, &answers);
        Self {
            rulebook,
            answers,
            result,
        }
    }

    pub(crate) fn side(&self) -> Side<'_> {
        Side {
            result: &self.result,
            source: Some((self.rulebook, &self.answers)),
        }
    }
}

fn between(rulebook: &Rulebook, before: &str, after: &str) -> Comparison {
    let before = Scored::new(rulebook, answers(rulebook, before).valid());
    let after = Scored::new(rulebook, answers(rulebook, after).valid());
    compare(&before.side(), &after.side(), SAME)
}

fn score<'a>(comparison: &'a Comparison, id: &str) -> &'a ScoreChange {
    let found = comparison.scores.iter().find(|one| one.id == id);
    found.expect(id)
}

#[track_caller]
fn near(value: Option<f64>, wanted: f64) {
    let value = value.expect("a figure");
    assert!((value - wanted).abs() < 1e-9, "{value}, not {wanted}");
}

fn shares(score: &ScoreChange) -> Vec<(&str, f64)> {
    let share = |one: &'_ centricity::study::Share| one.index.expect("a share");
    let because = score.because.iter();
    because
        .map(|one| (one.label.as_str(), share(one)))
        .collect()
}

const FOUR: &str =
    "scores:\n  m: { aggregate: mean, of: [a, b, c, d] }\n  low: { aggregate: min, of: [a, b] }\n";

fn four() -> Rulebook {
    pack(&format!("{}{FOUR}", ratings(&["a", "b", "c", "d"]))).good()
}

#[test]
fn figures_worked_by_hand() {
    let rulebook = four();
    let comparison = between(
        &rulebook,
        "a: 1, b: 2, c: 3, d: unknown",
        "a: 3, b: 2, c: 2, d: 4",
    );
    let m = score(&comparison, "p.m");
    near(m.from.index, 50.0);
    near(m.to.index, 68.75);
    near(m.difference, 18.75);
    near(m.value_difference, 0.75);
    assert_eq!((m.scope.before, m.scope.after, m.scope.common), (3, 4, 3));
    let common = m.common.expect("both sides are scored");
    near(common.from, 50.0);
    near(common.to, 700.0 / 12.0);
    near(common.difference, 100.0 / 12.0);
    // Before, the open question allows 37.5 to 62.5: 8.3 points are no change.
    near(Some(m.least), 25.0);
    assert_eq!(m.movement, Movement::Slight);
    // a: put in 200/3 - 50 = 16.67, taken out 68.75 - 56.25 = 12.5.
    let told = shares(m);
    assert_eq!(
        told.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
        ["A", "D", "C"]
    );
    near(Some(told[0].1), f64::midpoint(50.0 / 3.0, 12.5));
    near(Some(told[1].1), f64::midpoint(12.5, 125.0 / 12.0));
    near(Some(told[2].1), -(25.0 / 3.0 + 6.25) / 2.0);
    assert_eq!(m.together, None);
    let low = score(&comparison, "p.low");
    near(low.difference, 25.0);
    assert_eq!(low.movement, Movement::Rose);
    assert_eq!(shares(low), [("A", 25.0)]);
    let moves: Vec<AnswerMove> = comparison.answers.iter().map(|one| one.kind).collect();
    assert_eq!(
        moves,
        [
            AnswerMove::Changed,
            AnswerMove::Changed,
            AnswerMove::Answered
        ]
    );
}

#[test]
fn a_quarter_anchor_is_a_change_and_less_is_none() {
    let rulebook = four();
    let quarter = between(
        &rulebook,
        "a: 1, b: 1, c: 1, d: 1",
        "a: 2, b: 1, c: 1, d: 1",
    );
    near(score(&quarter, "p.m").difference, 6.25);
    assert_eq!(score(&quarter, "p.m").movement, Movement::Rose);
    assert_eq!(score(&quarter, "p.low").movement, Movement::Same);
    let body = format!(
        "{}scores: {{ m: {{ aggregate: mean, of: [a, b, c, d, e] }} }}\n",
        ratings(&["a", "b", "c", "d", "e"])
    );
    let five = pack(&body).good();
    let fifth = between(
        &five,
        "a: 2, b: 1, c: 1, d: 1, e: 1",
        "a: 1, b: 1, c: 1, d: 1, e: 1",
    );
    near(score(&fifth, "p.m").difference, -5.0);
    assert_eq!(score(&fifth, "p.m").movement, Movement::Slight);
}

/// A comparison as Markdown.
fn printed(comparison: &Comparison) -> String {
    let templates = Templates::builtin().expect("templates");
    let report = study::comparison(&templates, comparison, ("a", "b"), &Brand::default());
    report
        .and_then(|report| report.markdown())
        .expect("Markdown")
}

#[test]
fn answers_open_on_both_sides_hide_no_change() {
    let rulebook = four();
    let before = "a: 1, b: 2, c: 1, d: unknown";
    let after = "a: 3, b: 3, c: 1, d: unknown";
    let both = between(&rulebook, before, after);
    let m = score(&both, "p.m");
    // What d could still be is the same on both sides, and would move both alike.
    near(m.difference, 25.0);
    near(m.from.index_range.map(|one| one.high - one.low), 25.0);
    near(Some(m.open), 0.0);
    near(Some(m.least), 6.25);
    assert_eq!((m.movement, m.why), (Movement::Rose, None));
    // Beside what is open on both sides, c is open on one.
    let one = between(&rulebook, "a: 1, b: 2, c: unknown", "a: 1, b: 3, c: 1");
    let m = score(&one, "p.m");
    // Of a, b and c the open one moves the mean by a third of the scale.
    near(Some(m.open), 100.0 / 3.0);
    near(m.common.expect("both sides are scored").difference, 12.5);
    assert_eq!(
        (m.movement, m.why),
        (Movement::Slight, Some(NoChange::OpenAnswers))
    );
    let why = "| Answers open on one side alone allow 33.3 points |";
    assert!(printed(&one).contains(why));
    // Stored results know which questions are open, and cannot be scored again.
    let stored = |text: &str| Scored::new(&rulebook, answers(&rulebook, text).valid()).result;
    let m = documents(&stored(before), &stored(after));
    assert_eq!(score(&m, "p.m").movement, Movement::Rose);
}

#[test]
fn the_reason_for_no_change_is_the_one_that_holds() {
    let rulebook = four();
    let why = |before: &str, after: &str| {
        let comparison = between(&rulebook, before, after);
        let change = score(&comparison, "p.m");
        assert_eq!(change.movement, Movement::Slight);
        let printed = printed(&comparison);
        assert!(printed.contains("No score moved by enough to be called a change."));
        (change.difference.unwrap(), change.why.unwrap(), printed)
    };
    let (difference, kind, words) = why("a: 0, b: 2", "a: 0, b: 2, c: 4, d: 2");
    near(Some(difference), 25.0);
    assert_eq!(kind, NoChange::SmallInCommon);
    let said = "| Over the 2 questions answered on both sides less than 6.25 points |";
    assert!(words.contains(said), "{words}");
    let (difference, kind, words) = why("a: 0, b: 0", "c: 4, d: 4");
    near(Some(difference), 100.0);
    assert_eq!(kind, NoChange::NothingCommon);
    let said = "| No question it rests on is answered on both sides |";
    assert!(words.contains(said), "{words}");
    let five = pack(&format!(
        "{}scores: {{ m: {{ aggregate: mean, of: [a, b, c, d, e] }} }}\n",
        ratings(&["a", "b", "c", "d", "e"])
    ));
    let five = five.good();
    let small = between(
        &five,
        "a: 2, b: 1, c: 1, d: 1, e: 1",
        "a: 1, b: 1, c: 1, d: 1, e: 1",
    );
    assert_eq!(score(&small, "p.m").why, Some(NoChange::Small));
    assert!(printed(&small).contains("| −5.0 | Less than 6.25 points |"));
}

#[test]
fn a_spread_and_a_difference_neither_rise_nor_fall() {
    let rulebook = pack(&format!(
        "{}scores:\n  wide: {{ aggregate: spread, of: [a, b] }}\n  apart: {{ aggregate: difference, of: [a, b] }}\n",
        ratings(&["a", "b"])
    ));
    let rulebook = rulebook.good();
    for (before, after) in [("a: 4, b: 1", "a: 2, b: 2"), ("a: 2, b: 2", "a: 4, b: 1")] {
        let comparison = between(&rulebook, before, after);
        let printed = printed(&comparison);
        assert!(
            printed.contains("2 spreads or differences changed"),
            "{printed}"
        );
        assert!(!printed.contains("No score moved"), "{printed}");
        for id in ["p.wide", "p.apart"] {
            assert_eq!(score(&comparison, id).movement, Movement::Differs);
        }
    }
}

#[test]
fn what_answers_do_only_together_is_told_apart() {
    let body = format!(
        "{}scores: {{ low: {{ aggregate: min, of: [a, b, c] }} }}\n",
        ratings(&["a", "b", "c"])
    );
    let rulebook = pack(&body).good();
    let comparison = between(&rulebook, "a: 1, b: 1, c: 1", "a: 3, b: 3, c: 3");
    let low = score(&comparison, "p.low");
    // Alone none lifts the least; each alone would let it fall: half of 50 points for each.
    assert_eq!(shares(low), [("A", 25.0), ("B", 25.0), ("C", 25.0)]);
    near(low.together, -25.0);
}

#[test]
fn what_packs_did_is_told_apart_from_what_answers_did() {
    let text = |version: &str, weight: u8| {
        let body = format!(
            "{}{}scores: {{ m: {{ aggregate: mean, of: [a, b] }} }}\n",
            super::workshop::HEADER.replace("1.0.0", version),
            ratings(&["a", "b"]).replacen("4: e }", &format!("4: e }}, weight: {weight}"), 1)
        );
        linked(&[&[("pack.yaml", &body)]]).good()
    };
    let (old, new) = (text("1.0.0", 1), text("1.1.0", 3));
    let before = Scored::new(&old, answers(&old, "a: 4, b: 0").valid());
    let between = Scored::new(&new, answers(&new, "a: 4, b: 0").valid());
    let after = Scored::new(&new, answers(&new, "a: 4, b: 2").valid());
    let told = compare(&before.side(), &after.side(), Ok(between.side()));
    assert_eq!(told.effect.kind, EffectKind::Told);
    let m = score(&told, "p.m");
    near(m.difference, 37.5);
    near(m.by_pack, 25.0);
    near(m.by_answers, 12.5);
    assert_eq!(shares(m), [("B", 12.5)]);
    let untold = compare(&before.side(), &after.side(), Err("for a reason"));
    assert_eq!(untold.effect.kind, EffectKind::Untold);
    assert_eq!(untold.effect.why.as_deref(), Some("for a reason"));
    let m = score(&untold, "p.m");
    assert_eq!((m.by_pack, m.because[0].index), (None, None));
    let other = text("2.0.0", 1);
    let after = Scored::new(&other, answers(&other, "a: 4, b: 2").valid());
    let apart = compare(&before.side(), &after.side(), SAME);
    assert!(!apart.is_comparable());
    assert!(apart.scores.is_empty() && apart.answers.is_empty());
}

#[test]
fn the_same_packs_in_another_order_are_the_same() {
    let one = built_in(&["organisation", "principles"]);
    let other = built_in(&["principles", "organisation"]);
    let text = |first: &str, promise: u8| {
        format!(
            "format: 1\nclient: {{ name: C }}\npacks: [{first}]\nanswers: {{ organisation: {{ promise: {promise}, teams: 2, shared-view: 2, shared-reward: 2, cross-skill: 2 }} }}\n"
        )
    };
    let before = Scored::new(
        &one,
        checked(&one, &text("organisation, principles", 4)).valid(),
    );
    let after = Scored::new(
        &other,
        checked(&other, &text("principles, organisation", 1)).valid(),
    );
    let told = compare(&before.side(), &after.side(), SAME);
    let light = score(&told, "organisation.light");
    near(light.difference, -15.0);
    assert_eq!(light.because.len(), 1);
    near(light.because[0].index, -15.0);
    assert_eq!(light.together, None);
    assert_eq!(told.answers.len(), 1);
}

#[test]
fn documents_alone_name_answers_without_what_they_add() {
    let rulebook = four();
    let result = |text: &str| assess(&rulebook, &answers(&rulebook, text).valid());
    let (before, after) = (result("a: 1, b: 2, c: 3"), result("a: 3, b: 2, c: 3, d: 4"));
    let told = documents(&before, &after);
    let m = score(&told, "p.m");
    near(m.difference, 25.0);
    assert_eq!(m.common, None);
    let because: Vec<_> = m
        .because
        .iter()
        .map(|one| (one.id.as_str(), one.index))
        .collect();
    assert_eq!(because, [("p.a", None), ("p.d", None)]);
    assert!(
        told.banners
            .iter()
            .any(|one| one.kind == BannerKind::Stored)
    );
    // The same questions are rated below it, but not in the whole: nothing is guessed.
    assert!(score(&told, "p.low").common.is_none());
    let same = documents(&before, &result("a: 2, b: 2, c: 3"));
    near(
        score(&same, "p.m")
            .common
            .expect("the same are rated")
            .difference,
        100.0 / 12.0,
    );
}

#[test]
fn perception_and_evidence_are_never_compared_without_a_banner() {
    let rulebook = four();
    let felt = Scored::new(
        &rulebook,
        based(&rulebook, "perception", "a: 4, b: 4, c: 4, d: 4").valid(),
    );
    let seen = Scored::new(
        &rulebook,
        based(&rulebook, "evidenced", "a: 4, b: 4, c: 4, d: 4").valid(),
    );
    for (one, other) in [(&felt, &seen), (&seen, &felt)] {
        let told = compare(&one.side(), &other.side(), SAME);
        assert_eq!(told.banners[0].kind, BannerKind::Basis);
        assert!(
            told.answers
                .iter()
                .all(|one| one.kind == AnswerMove::Proven)
        );
        near(score(&told, "p.m").difference.map(f64::abs), 50.0);
    }
}

#[test]
fn levels_gates_and_findings_turn_and_open_answers_may_undo_it() {
    let body = format!(
        "{}{FOUR}gates:\n  g: {{ title: \"G\", when: {{ a: \">= 2\" }}, because: \"b\" }}\n\
         ladders:\n  l: {{ of: m, levels: [ {{ id: base }}, {{ id: top, from: 2, gates: [g] }} ] }}\n\
         findings:\n  weak: {{ when: {{ a: \"<= 1\" }}, kind: contradiction, severity: high, title: \"Weak\", text: \"t\", \
         advice: [ {{ id: x, do: \"Do\", effort: low, impact: high, within: 30d }} ] }}\n",
        ratings(&["a", "b", "c", "d"])
    );
    let rulebook = pack(&body).valid();
    let told = between(
        &rulebook,
        "a: 1, b: 2, c: 3, d: 2",
        "a: 3, b: 2, c: 3, d: 2",
    );
    let level = &told.levels[0];
    assert_eq!((level.movement, level.certain), (Movement::Rose, true));
    assert_eq!(told.gates[0].movement, Movement::Rose);
    let closed = &told.findings[0];
    assert_eq!(
        (closed.id.as_str(), closed.opened, closed.certain),
        ("p.weak", false, true)
    );
    let told = between(
        &rulebook,
        "a: 1, b: 2, c: 3, d: 2",
        "a: unknown, b: 2, c: 3, d: 2",
    );
    assert!(
        !told.findings[0].certain,
        "the open answer may bring it back"
    );
    assert_eq!(told.answers[0].kind, AnswerMove::Opened);
}

#[test]
fn what_no_pack_shares_is_empty_and_told() {
    let (one, other) = (
        four(),
        linked(&[&[(
            "pack.yaml",
            &format!(
                "{}{}{FOUR}",
                super::workshop::HEADER.replace("id: p", "id: q"),
                ratings(&["a", "b", "c", "d"])
            ),
        )]])
        .good(),
    );
    let text = "format: 1\nclient: { name: C }\npacks: [q]\nanswers: { q: { a: 1 } }\n";
    let (before, after) = (
        Scored::new(&one, answers(&one, "a: 1").valid()),
        Scored::new(&other, checked(&other, text).valid()),
    );
    let told = compare(&before.side(), &after.side(), SAME);
    assert!(!told.is_comparable() && !told.is_empty());
}
