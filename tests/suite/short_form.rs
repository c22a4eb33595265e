//! The short form: what is not core counts as not asked, in every figure.

use crate::workshop::{HEADER, Outcome, checked, linked, pack};
use centricity::answers::Answers;
use centricity::assess::{Assessment, MatchedResult, NeedState, ScoreState, assess};
use centricity::collect::export::{responses, template};
use centricity::collect::{Interview, Pace, QuestionnaireSize};
use centricity::rules::pack::file::QuestionType;
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::{FormLength, State};
use centricity::study::lint;
use std::collections::BTreeMap;

const ANCHORS: &str = "anchors: { 0: a, 1: b, 2: c, 3: d, 4: e }";

/// A pack of five questions, of which `a`, `b` and `c` are core; without the others, and without what
/// is made of them alone, where `whole` is false.
fn body(whole: bool) -> String {
    let core = if whole { ", core: true" } else { "" };
    let only = |text: &str| {
        if whole {
            text.to_owned()
        } else {
            String::new()
        }
    };
    format!(
        "headline: level
sections:
  s:
    title: S
    score: {{ aggregate: mean }}
    questions:
      a: {{ type: rating, ask: \"?\", {ANCHORS}, weight: 2{core} }}
      b: {{ type: rating, ask: \"?\", {ANCHORS}{core} }}
{}  r:
    title: R
    questions:
      c: {{ type: boolean, ask: \"?\"{core} }}
{}scores:
  low: {{ aggregate: min, of: [a{d}] }}
  total: {{ aggregate: sum, of: [a, b{e}] }}
  spread: {{ aggregate: spread, of: [a, b{d}] }}
  held: {{ aggregate: mean, of: [b{d}], cap: {{ when: {{ any: [ {{ c: \"false\" }}{} ] }}, at: 2, because: \"x\" }} }}
  top: {{ aggregate: mean, of: [s, held{}] }}
{}decisions:
  way: {{ outcomes: [left, right], inputs: [top], hit_policy: unique, rules: [ {{ id: l, if: [\"< 2\"], then: left, because: \"x\" }}, {{ id: r, if: [\">= 2\"], then: right, because: \"x\" }} ] }}
gates:
  g: {{ title: G, because: \"x\", when: {{ all: [ {{ a: \">= 2\" }}{} ] }} }}
  n: {{ title: N, because: \"x\", when: {{ any: [ {{ b: \">= 3\" }}{} ] }} }}
{}ladders:
  level:
    title: Level
    of: top
    levels:
      - {{ id: one, title: One }}
      - {{ id: two, title: Two, from: 1.6, gates: [g{h}] }}
      - {{ id: three, title: Three, from: 2.8, every: {{ of: [a, b{d}], at_least: 3 }}, gates: [n] }}
findings:
  f: {{ when: {{ a: \"<= 1\" }}, kind: gap, severity: low, title: T, text: T }}
  k: {{ when: {{ all: [ {{ b: \">= 3\" }}, {{ any: [ {{ c: \"false\" }}{} ] }} ] }}, kind: risk, severity: low, title: T, text: T }}
{}",
        only(&format!("      d: {{ type: rating, ask: \"?\", {ANCHORS} }}\n")),
        only(&format!(
            "      e: {{ type: rating, ask: \"?\", {ANCHORS}, relevant: {{ a: \">= 2\" }} }}\n"
        )),
        only(", { d: \"<= 1\" }"),
        only(", alone"),
        only("  alone: { aggregate: mean, of: [d, e] }\n"),
        only(", { d: \">= 2\" }"),
        only(", { d: \"not applicable\" }, { e: \"unknown\" }"),
        only("  h: { title: H, because: \"x\", when: { d: \">= 2\" } }\n"),
        only(", { not: { d: \">= 2\" } }"),
        only("  l: { when: { not: { d: \">= 2\" } }, kind: gap, severity: low, title: T, text: T }\n"),
        d = only(", d"),
        e = only(", e"),
        h = only(", h"),
    )
}

fn whole() -> Rulebook {
    pack(&body(true)).good()
}

fn given(rulebook: &Rulebook, form: &str, answers: &str) -> Outcome<Answers> {
    let text = format!(
        "format: 1\nclient: {{ name: C }}\npacks: [p]\n{form}answers:\n  p: {{ {answers} }}\n"
    );
    checked(rulebook, &text)
}

/// Everything that was concluded, by id; of what only the whole pack has, nothing.
fn concluded(result: &Assessment) -> BTreeMap<String, String> {
    let mut all = BTreeMap::new();
    let kept = |id: &str| !["p.alone", "p.h"].contains(&id);
    for one in result.scores.iter().filter(|one| kept(&one.id)) {
        let figures = (
            one.value,
            one.range,
            one.index_range,
            one.coverage,
            one.state,
        );
        all.insert(
            one.id.to_string(),
            format!("{figures:?} {:?}", one.confidence),
        );
    }
    for one in &result.decisions {
        all.insert(
            one.id.to_string(),
            format!("{:?} {:?}", one.outcome, one.possible),
        );
    }
    for one in &result.levels {
        let found = (&one.level, &one.possible, one.certain, one.coverage);
        all.insert(one.id.to_string(), format!("{found:?}"));
    }
    for one in result.gates.iter().filter(|one| kept(&one.id)) {
        all.insert(
            one.id.to_string(),
            format!("{:?} {}", one.state, one.certain),
        );
    }
    let found = result.findings.iter().map(|one| one.id.to_string());
    all.insert(
        "findings".to_owned(),
        format!("{:?}", found.collect::<Vec<_>>()),
    );
    all.insert("open".to_owned(), format!("{:?}", result.open_findings));
    let raises = result
        .plan
        .iter()
        .map(|one| (one.id.to_string(), &one.to_says));
    all.insert(
        "plan".to_owned(),
        format!("{:?}", raises.collect::<Vec<_>>()),
    );
    let counted = (result.coverage, &result.answered, &result.confidence);
    all.insert("answered".to_owned(), format!("{counted:?}"));
    all
}

#[test]
fn every_answer_of_a_short_form_comes_to_what_a_pack_of_its_questions_alone_comes_to() {
    let (whole, alone) = (whole(), pack(&body(false)).good());
    let ratings = [
        "",
        "0",
        "1",
        "2",
        "3",
        "4",
        "unknown",
        "{ not_applicable: no }",
    ];
    let others = [
        "",
        "d: 0, e: 4",
        "d: 4, e: unknown",
        "d: { not_applicable: no }",
    ];
    let said = |id: &str, answer: &str| match answer {
        "" => String::new(),
        answer => format!("{id}: {answer}, "),
    };
    let mut count = 0;
    for a in ratings {
        for b in ratings {
            for c in ["", "true", "false", "unknown"] {
                let own = said("a", a) + &said("b", b) + &said("c", c);
                let expected = assess(&alone, &given(&alone, "", &own).good());
                let other = others[count % others.len()];
                let short = given(&whole, "form: short\n", &(own.clone() + other)).valid();
                let result = assess(&whole, &short);
                assert_eq!(concluded(&result), concluded(&expected), "{own}{other}");
                count += 1;
            }
        }
    }
    assert_eq!(count, 256);
}

#[test]
fn what_is_made_of_other_questions_alone_is_not_asked() {
    let rulebook = whole();
    let result = assess(&rulebook, &given(&rulebook, "form: short\n", "a: 3").good());
    let alone = result.score("p.alone").expect("the score");
    assert_eq!((alone.state, alone.value), (ScoreState::NotAsked, None));
    let gate = result
        .gates
        .iter()
        .find(|one| one.id == "p.h")
        .expect("the gate");
    assert_eq!(gate.state, NeedState::NotApplicable);
    assert!(gate.certain);
    assert_eq!(result.form, FormLength::Short);
    assert_eq!(
        (result.question_count.asked, result.question_count.of),
        (3, 5)
    );
    let states: Vec<State> = result.questions.iter().map(|one| one.state).collect();
    let (rated, missing, not_core) = (State::Rated, State::Missing, State::NotCore);
    assert_eq!(states, [rated, missing, not_core, missing, not_core]);
    assert_eq!(result.questions[2].says, "not asked in the short form");
}

#[test]
fn answers_beyond_the_short_form_are_named_in_one_note() {
    let rulebook = whole();
    let short = given(
        &rulebook,
        "form: short\n",
        "a: 3, d: 2, e: { value: 1, target: 3 }",
    );
    assert_eq!(
        short.lines(),
        [
            "4:7 not-core: questions with an answer that the short form does not ask: 2 (the answers are kept and not scored; `form: full` counts them)"
        ]
    );
    let result = assess(&rulebook, &short.valid());
    assert_eq!(result.questions[4].target, None);
}

#[test]
fn going_on_to_the_full_form_counts_every_answer() {
    let rulebook = whole();
    let answers = "a: 3, b: 2, c: true, d: 1, e: 4";
    let plain = assess(&rulebook, &given(&rulebook, "", answers).good());
    let full = assess(&rulebook, &given(&rulebook, "form: full\n", answers).good());
    assert_eq!(full, plain);
    assert_eq!(full.form, FormLength::Full);
    assert!(full.questions.iter().all(|one| one.state == State::Rated));
}

#[test]
fn a_stored_short_form_is_as_good_as_a_fresh_one() {
    let rulebook = whole();
    let short = given(&rulebook, "form: short\n", "a: 3, b: 1, d: 4").valid();
    let result = assess(&rulebook, &short);
    let again = MatchedResult::new(&rulebook, &result).expect("its own packs");
    assert_eq!(assess(&rulebook, again.answers()), result);
    let mut tampered = result.clone();
    tampered.form = FormLength::Full;
    assert!(MatchedResult::new(&rulebook, &tampered).is_err());
    let mut tampered = result;
    tampered.questions[0].state = State::NotCore;
    assert!(MatchedResult::new(&rulebook, &tampered).is_err());
}

#[test]
fn a_pack_that_marks_nothing_is_asked_in_full() {
    let unmarked = body(true).replace(", core: true", "");
    let rulebook = pack(&unmarked).good();
    assert!(!rulebook.packs[0].has_short_form);
    let answers = "a: 3, b: 2, d: 1";
    let short = assess(
        &rulebook,
        &given(&rulebook, "form: short\n", answers).good(),
    );
    let full = assess(&rulebook, &given(&rulebook, "", answers).good());
    assert_eq!(concluded(&short), concluded(&full));
    assert_eq!(
        (short.question_count.asked, short.question_count.of),
        (5, 5)
    );
}

#[test]
fn one_pack_in_short_and_one_in_full_stand_side_by_side() {
    let marked = format!("{HEADER}{}", body(true));
    let other = HEADER.replace("id: p", "id: q") + &crate::workshop::ratings(&["x", "y"]);
    let rulebook = linked(&[&[("pack.yaml", &marked)], &[("pack.yaml", &other)]]).good();
    let text =
        "format: 1\nclient: { name: C }\npacks: [p, q]\nform: short\nanswers: { q: { x: 1 } }\n";
    let result = assess(&rulebook, &checked(&rulebook, text).good());
    assert_eq!(
        (result.question_count.asked, result.question_count.of),
        (5, 7)
    );
    assert_eq!(result.answered.applicable, 5);
}

#[test]
fn core_of_a_matrix_is_that_of_all_its_rows_and_a_row_may_be_core_alone() {
    let rows = |core: &str| {
        let body = format!(
            "sections:\n  s:\n    title: S\n    questions:\n      m: {{ type: rating, ask: \"?\", {ANCHORS}{core}, rows: {{ one: \"1\", two: {{ ask: \"2\", core: true }} }} }}\n      z: {{ type: boolean, ask: \"?\" }}\n"
        );
        let rulebook = pack(&body).good();
        let core = rulebook.questions().map(|one| one.question.core);
        core.collect::<Vec<_>>()
    };
    assert_eq!(rows(", core: true"), [true, true, false]);
    assert_eq!(rows(""), [false, true, false]);
}

#[test]
fn tables_and_interviews_hold_core_questions_only() {
    let rulebook = whole();
    let table = template(&rulebook, None, FormLength::Short);
    let ids = table
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next());
    assert_eq!(
        ids.filter(|id| id.starts_with("p.")).collect::<Vec<_>>(),
        ["p.a", "p.b", "p.c"]
    );
    let head = responses(&rulebook, FormLength::Short, []);
    assert!(head.contains("p.c") && !head.contains("p.d"), "{head}");
    let blank = Answers::blank(&rulebook);
    let asked = |length, answers: &Answers| {
        let interview = Interview::new(&rulebook, None, length, answers);
        (
            interview.count(),
            interview.size(&rulebook, Pace::Open).words(),
        )
    };
    let short = (3, "3 questions, about 5 minutes".to_owned());
    assert_eq!(asked(FormLength::Short, &blank), short);
    assert_eq!(asked(FormLength::Full, &blank).0, 5);
    let own = given(&rulebook, "form: short\n", "").good();
    assert_eq!(asked(FormLength::Full, &own), short);
}

#[test]
fn a_questionnaire_takes_the_time_of_its_types_rounded_up() {
    use QuestionType::{Boolean, Integer, Rating, SelectOne, Text};
    let words = |kinds: &[QuestionType]| QuestionnaireSize::of(kinds.iter().copied()).words();
    assert_eq!(words(&[]), "no questions of its own");
    assert_eq!(words(&[Rating]), "1 question, about 5 minutes");
    // 40 + 25 + 25 + 60 + 60 = 210 seconds, and 300 with a rating and a half more.
    assert_eq!(
        words(&[Rating, SelectOne, Boolean, Integer, Text]),
        "5 questions, about 5 minutes"
    );
    assert_eq!(words(&[Text; 5]), "5 questions, about 5 minutes");
    assert_eq!(words(&[Text; 6]), "6 questions, about 10 minutes");
    assert_eq!(words(&[Rating; 178]), "178 questions, about 2 hours");
    assert_eq!(
        words(&[Rating; 190]),
        "190 questions, about 2 hours 10 minutes"
    );
}

#[test]
fn lint_names_a_core_question_that_hangs_on_one_that_is_not() {
    let hanging = body(true).replace(
        "relevant: { a: \">= 2\" }",
        "relevant: { d: \">= 2\" }, core: true",
    );
    let rulebook = pack(&hanging).good();
    let found = lint(&rulebook, 0);
    let found: Vec<&str> = found
        .iter()
        .filter(|one| one.code.as_str() == "unasked-core")
        .map(|one| one.message.as_str())
        .collect();
    assert_eq!(
        found,
        ["`e` is core and relevant only by the answer to `p.d`, which is not"]
    );
    let sound = lint(&whole(), 0);
    assert!(sound.iter().all(|one| one.code.as_str() != "unasked-core"));
    // Until that is mended, the short form asks it of everybody.
    let result = assess(
        &rulebook,
        &given(&rulebook, "form: short\n", "d: 0").valid(),
    );
    assert_eq!(result.questions[4].state, State::Missing);
}
