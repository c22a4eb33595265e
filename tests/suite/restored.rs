//! The answers read back from a result score as those it was made from.

use super::clients::every;
use super::completions::{givens, laid};
use super::crowd::Crowd;
use super::generate::packs;
use super::properties::cases;
use super::workshop::{answers, based, linked, pack, ratings};
use centricity::answers::Answers;
use centricity::assess::{Assessment, MatchedResult, Mismatch, assess, evaluate_with_trace};
use centricity::rules::rulebook::Rulebook;
use centricity::text::diagnostic::{Diagnostics, Sources};
use centricity::text::yaml;
use proptest::prelude::*;

/// A result written as JSON and read again.
fn stored(result: &Assessment) -> Assessment {
    let text = serde_json::to_string(result).expect("JSON");
    let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
    let source = sources.add("result.json", text);
    yaml::read(&sources, source, &mut problems).expect("a result")
}

/// The results of the answers and of those that are read back from their result.
#[track_caller]
fn scored_again(rulebook: &Rulebook, answers: &Answers) -> (Assessment, Assessment) {
    let result = assess(rulebook, answers);
    let kept = stored(&result);
    let matched = MatchedResult::new(rulebook, &kept).expect("a result of its packs");
    let restored = matched.answers();
    let traced = |answers| format!("{:?}", evaluate_with_trace(rulebook, answers));
    assert_eq!(traced(restored), traced(answers));
    let again = assess(rulebook, restored);
    (result, again)
}

#[track_caller]
fn survives(rulebook: &Rulebook, answers: &Answers) {
    let (result, again) = scored_again(rulebook, answers);
    assert!(result == again, "{result:#?}\n{again:#?}");
}

#[test]
fn sample_clients_score_again_as_they_did() {
    for (name, client) in every() {
        let (mut result, mut again) = scored_again(&client.rulebook, &client.answers);
        // The customer table is not kept, only the figures made of it.
        let tabled = client.answers.customers.is_some();
        for one in [&mut result, &mut again].into_iter().filter(|_| tabled) {
            one.metrics.clear();
        }
        assert!(result == again, "{name}");
    }
}

#[test]
fn every_state_and_everything_said_beside_an_answer_comes_back() {
    let rulebook = pack(&format!(
        "{}  extra:\n    title: X\n    questions:\n      kept: {{ type: integer, ask: A, relevant: {{ a: \">= 2\" }} }}\n      apart: {{ type: select_multiple, ask: A, choices: [ {{ value: x, label: X }}, {{ value: y, label: Y }} ], relevant: {{ a: \">= 2\" }} }}\n      words: {{ type: text, ask: A }}\nscores:\n  whole: {{ aggregate: mean, of: [a, b, c, d] }}\n",
        ratings(&["a", "b", "c", "d"])
    ))
    .good();
    let text = "a: { value: 1, target: 3, due: 2027-01-31, owner: Sales, baseline: { value: 0, on: 2025-01-31 } }, \
        b: { value: 4, note: N, evidence: { grade: document, ref: R, link: \"https://example.org\" }, phases: [ { name: P, target: 3, due: 2027-01-31 }, { target: 4, due: 2027-06-30 } ] }, \
        c: unknown, d: { not_applicable: nobody }, kept: 12, apart: [x, y], words: a few";
    for basis in ["evidenced", "perception"] {
        let answers = based(&rulebook, basis, text).value.expect("valid answers");
        survives(&rulebook, &answers);
        let result = assess(&rulebook, &answers);
        let kept = |id: &str| {
            let one = result.questions.iter().find(|one| one.id == id);
            one.and_then(|one| one.kept).and_then(|kept| kept.value)
        };
        assert_eq!((kept("p.kept"), kept("p.a")), (Some(12.0), None));
    }
}

#[test]
fn a_crowd_scores_again_as_it_did() {
    let rulebook = pack(&format!(
        "{}scores:\n  whole: {{ aggregate: mean, of: [a, b, c] }}\nladders:\n  level:\n    of: whole\n    levels:\n      - {{ id: low }}\n      - {{ id: high, from: 2, confidence: medium }}\n{}",
        ratings(&["a", "b", "c"]),
        super::agreement::AGREEMENT
    ))
    .good();
    for sizes in [[6, 6, 6], [6, 2, 1], [2, 1, 0], [5, 12, 0]] {
        let roles = ["leadership", "frontline", "management"];
        let open = if sizes.iter().sum::<u32>() < 5 {
            ", anonymous: false"
        } else {
            ""
        };
        let settings = format!("respondents: {{ weights: {{ frontline: 2 }}{open} }}\n");
        let mut crowd = Crowd::new().set(&settings);
        for (role, size) in roles.into_iter().zip(sizes) {
            for person in 0..size {
                let says = format!(
                    "a: {}, b: {{ value: {}, note: n{person} }}, c: {}",
                    person % 5,
                    2 + person % 2,
                    if person == 1 {
                        "unknown".to_owned()
                    } else {
                        "3".to_owned()
                    }
                );
                crowd = crowd.says(role, &says);
            }
        }
        let crowd = crowd
            .agree("a: { value: 2, reason: so, date: 2026-10-01 }")
            .aim("b: { target: 4, due: 2027-01-31 }");
        let answers = crowd.merge(&rulebook).value.expect("valid answers");
        survives(&rulebook, &answers);
    }
}

#[test]
fn a_result_of_other_packs_is_refused_by_name() {
    let (abc, ab) = (
        pack(&ratings(&["a", "b", "c"])).good(),
        pack(&ratings(&["a", "b"])).good(),
    );
    let result = assess(&abc, &answers(&abc, "a: 1").valid());
    let refused = |rulebook: &Rulebook, result: &Assessment| {
        MatchedResult::new(rulebook, result).expect_err("refused")
    };
    let more = refused(&ab, &result);
    assert_eq!(
        more,
        Mismatch::NotInPacks {
            id: "p.c".to_owned()
        }
    );
    assert_eq!(
        more.to_string(),
        "the result names `c`, which is not in the pack `p`"
    );
    let fewer = refused(&abc, &assess(&ab, &answers(&ab, "a: 1").valid()));
    assert_eq!(
        fewer,
        Mismatch::NotInResult {
            id: "p.c".to_owned()
        }
    );
    let mut swapped = result.clone();
    swapped.questions.swap(0, 1);
    assert_eq!(
        refused(&abc, &swapped),
        Mismatch::NotInResult {
            id: "p.a".to_owned()
        }
    );
    let mut odd = result;
    odd.questions[0].answer = vec!["9".to_owned()];
    let value = Mismatch::Value {
        id: "p.a".to_owned(),
        value: "9".to_owned(),
    };
    assert_eq!(refused(&abc, &odd), value);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_answers_score_again_as_they_did((text, givens) in (packs(), givens())) {
        let rulebook = linked(&[&[("pack.yaml", &text)]]).good();
        survives(&rulebook, &laid(&rulebook, &givens));
    }
}
