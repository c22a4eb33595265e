//! What counted is printed, and what was said where that differs; what is out says so.

use super::crowd::Crowd;
use super::workshop::{checked, pack, ratings};
use crate::reports::texts;
use centricity::assess::{Assessment, MatchedResult, assess};
use centricity::report::{Brand, ReportContext};
use centricity::rules::rulebook::Rulebook;

const TOLD: &str = "findings:\n  told:\n    when: { c: \">= 1\" }\n    kind: risk\n    severity: low\n    title: T\n    text: \"A: {{ value('a') }}, {{ answer('a') }}.\"\n";

fn three() -> Rulebook {
    pack(&format!("{}{TOLD}", ratings(&["a", "b", "c"]))).good()
}

fn said(rulebook: &Rulebook, basis: &str, answers: &str) -> Assessment {
    let text = format!(
        "format: 1\nclient: {{ name: C }}\npacks: [p]\nbasis: {basis}\nanswers:\n  p: {{ {answers} }}\n"
    );
    assess(rulebook, &checked(rulebook, &text).good())
}

#[test]
fn a_rating_that_evidence_holds_down_says_what_counted() {
    let rulebook = three();
    let text = |answers: &str| {
        said(&rulebook, "evidenced", answers).findings[0]
            .text
            .clone()
    };
    let held = text("a: 4, c: 1");
    assert!(held.starts_with("A: 2, "), "{held}");
    assert!(
        held.ends_with("(A: rated 4, counted as 2: no evidence.)"),
        "{held}"
    );
    let seen = text("a: { value: 4, evidence: { grade: document, ref: r } }, c: 1");
    assert!(
        seen.ends_with("(A: rated 4, counted as 3: only a document seen.)"),
        "{seen}"
    );
    let whole = text("a: { value: 4, evidence: { grade: record, ref: r } }, c: 1");
    assert!(!whole.contains("counted as"), "{whole}");
}

#[test]
fn out_open_and_unknown_are_three_things() {
    let rulebook = three();
    let text = |answers: &str| {
        said(&rulebook, "perception", answers).findings[0]
            .text
            .clone()
    };
    assert_eq!(text("c: 1"), "A: not answered, not answered.");
    assert_eq!(text("a: unknown, c: 1"), "A: not known, not known.");
    assert_eq!(
        text("a: { not_applicable: \"why\" }, c: 1"),
        "A: does not apply, does not apply."
    );
}

#[test]
fn an_answer_held_back_says_hidden() {
    // Two of six answer `a`: it would be their answer, so it is closed.
    let crowd = Crowd::new()
        .says("frontline", "a: 4, c: 1")
        .says("frontline", "a: 4, c: 1");
    let crowd = (0..6).fold(crowd, |crowd, _| crowd.says("frontline", "c: 1"));
    let rulebook = three();
    let result = assess(&rulebook, &crowd.merge(&rulebook).good());
    assert_eq!(result.findings[0].text, "A: hidden, hidden.");
}

#[test]
fn what_was_agreed_in_place_of_a_mean_says_so_in_texts() {
    let crowd = Crowd::new().rate("frontline", "a", &[1, 2, 1, 2, 1]);
    let crowd = crowd
        .own("c: 1")
        .agree("a: { value: 3, reason: 'Saw the log' }");
    let rulebook = three();
    let result = assess(&rulebook, &crowd.merge(&rulebook).good());
    let text = &result.findings[0].text;
    assert!(text.starts_with("A: 3, "), "{text}");
    assert!(
        text.ends_with("(A: agreed at 3, in place of 1.4.)"),
        "{text}"
    );
}

/// The score is the mean of a banded rating and of another: of two ratings one has a document.
#[test]
fn a_decision_is_as_well_proven_as_what_it_reads() {
    let rulebook = pack(&format!(
        "{}decisions:\n  band:\n    title: B\n    outcomes: {{ low: Low, high: High }}\n    inputs: [a]\n    hit_policy: unique\n    rules:\n      - {{ id: l, if: [\"< 2\"], then: low, because: x }}\n      - {{ id: h, if: [\">= 2\"], then: high, because: x }}\nscores:\n  s: {{ aggregate: mean, of: [band, b], normalise: true }}\n",
        ratings(&["a", "b"])
    ))
    .good();
    let seen = "{ value: 3, evidence: { grade: document, ref: r } }";
    let evidence = |a: &str, b: &str| {
        let result = said(&rulebook, "evidenced", &format!("a: {a}, b: {b}"));
        result.scores[0].confidence.evidence
    };
    let halves = [evidence(seen, "2"), evidence("2", seen)];
    assert_eq!((halves, evidence(seen, seen)), ([0.5, 0.5], 1.0));
}

const DRAWN: &str = r#"scores:
  s: { title: Star, aggregate: mean, of: [a, b] }
ladders:
  l: { title: L, of: s, levels: [ { id: low }, { id: top, from: 3, every: { of: [a, b], at_least: 2 } } ] }
decisions:
  form:
    title: Form
    outcomes: { light: Light, medium: Medium }
    inputs: [a, b]
    hit_policy: unique
    rules:
      - { id: x, if: ["< 2", "-"], then: light, because: "A" }
      - { id: y, if: [">= 2", "-"], then: medium, because: "B" }
"#;

/// People said 2.8, and agreed on 1. Every place that prints the 1 says so.
#[test]
fn what_was_agreed_is_marked_wherever_it_is_printed() {
    let rulebook = pack(&format!("{}{DRAWN}", ratings(&["a", "b"]))).good();
    let crowd = ["3", "3", "3", "3", "2"]
        .iter()
        .fold(Crowd::new(), |crowd, a| {
            crowd.says("frontline", &format!("a: {a}, b: 2"))
        });
    let crowd = crowd
        .agree("a: { value: 1, reason: 'Looked up' }")
        .aim("a: { target: 3, due: 2027-03-31 }");
    let result = assess(&rulebook, &crowd.merge(&rulebook).good());
    let agreed = result.questions[0].agreed.as_ref().expect("agreed");
    assert_eq!(agreed.replaces, Some(2.8));
    let mark = "agreed in place of 2.8";
    assert!(result.questions[0].says.contains(mark));
    for level in &result.levels[0].levels {
        for need in level.needs.iter().filter(|need| need.id.as_str() == "p.a") {
            assert!(need.actual.contains(mark), "{}", need.actual);
        }
    }
    for text in texts(&rulebook, &result) {
        assert!(
            text.matches(mark).count() >= 2,
            "what a level asks for, and the answer: {text}"
        );
    }
}

/// Four of six: what is sure of the score is `mid`, and what it comes to is open, so no level is
/// said, not by the score alone either; held down to 1 it is `low` whatever comes.
#[test]
fn below_seventy_percent_there_is_a_level_only_where_it_is_certain() {
    let rulebook = pack(&format!(
        "{}scores:\n  s: {{ aggregate: mean, of: [a, b, c, d, e, f], cap: {{ when: {{ a: \"<= 1\" }}, at: 1, because: x }} }}\nladders:\n  l: {{ of: s, levels: [ {{ id: low }}, {{ id: mid, from: 2 }}, {{ id: top, from: 3 }} ] }}\n",
        ratings(&["a", "b", "c", "d", "e", "f"])
    ))
    .good();
    let open = said(&rulebook, "perception", "a: 3, b: 4, c: 4, d: 4");
    let open = &open.levels[0];
    assert_eq!((&open.level, &open.by_score), (&None, &None));
    assert!(
        open.sentence
            .contains("Too little is answered to give a level")
    );
    let held = said(&rulebook, "perception", "a: 1, b: 4, c: 4, d: 4");
    let ladder = &held.levels[0];
    assert!(ladder.certain && ladder.level.as_ref().is_some_and(|one| one.id == "low"));
    assert!(
        ladder
            .sentence
            .contains("1.0, whatever the open answers are"),
        "{}",
        ladder.sentence
    );
}

/// The index of a score as it is printed, and its range.
fn printed(rulebook: &Rulebook, result: &Assessment) -> [Option<String>; 3] {
    let brand = Brand::default();
    let matched = MatchedResult::new(rulebook, result).expect("its own packs");
    let context = ReportContext::new(&matched, &brand);
    let figures = &context.figures["p.t"];
    let figures = [&figures.index, &figures.low, &figures.high];
    figures.map(|one| one.as_ref().map(|one| one.text.clone()))
}

/// Four of five at 62: 248 of 500 is 49.6 and must not look like 50, which a level asks for.
#[test]
fn no_figure_is_rounded_over_the_limit_of_a_level() {
    let ask = |id: &str| format!("      {id}: {{ type: decimal, ask: \"?\", min: 0, max: 100 }}\n");
    let asks: String = ["a", "b", "c", "d", "e"].map(ask).concat();
    let rulebook = pack(&format!(
        "sections:\n  s:\n    title: S\n    questions:\n{asks}scores:\n  t: {{ title: T, aggregate: mean, of: [a, b, c, d, e] }}\nladders:\n  l: {{ of: t, levels: [ {{ id: low }}, {{ id: top, from: 50 }} ] }}\n"
    ))
    .good();
    let result = said(&rulebook, "perception", "a: 62, b: 62, c: 62, d: 62");
    let [index, low, _] = printed(&rulebook, &result);
    assert_eq!(
        (index.as_deref(), low.as_deref()),
        (Some("62"), Some("49.6"))
    );
}

/// The share of evidence counts answers of every kind.
#[test]
fn the_share_of_evidence_counts_every_answer() {
    let rulebook = pack(
        "sections:\n  s:\n    title: S\n    questions:\n      yes: { type: boolean, ask: \"?\" }\n      n: { type: decimal, ask: \"?\", min: 0 }\n",
    )
    .good();
    let seen = "evidence: { grade: document, ref: r }";
    let answers = format!("yes: {{ value: true, {seen} }}, n: 4");
    let result = said(&rulebook, "evidenced", &answers);
    assert!((result.confidence.evidence - 0.5).abs() < 1e-9);
}

#[test]
fn an_alpha_below_0_says_that_ratings_run_against_each_other() {
    let body = ratings(&["a", "b", "c"]);
    let rulebook = pack(&body).good();
    let people = [
        "a: 4, b: 0, c: 2",
        "a: 0, b: 4, c: 1",
        "a: 3, b: 1, c: 3",
        "a: 1, b: 3, c: 2",
        "a: 2, b: 2, c: 2",
    ];
    let crowd = people
        .iter()
        .fold(Crowd::new(), |crowd, one| crowd.says("frontline", one));
    let result = assess(&rulebook, &crowd.merge(&rulebook).good());
    let scale = &result.respondents.scales[0];
    assert!(scale.alpha < 0.0 && scale.says().contains("rate others low"));
}
