//! Many people's answers become one, by the rules of the scoring page.

use super::crowd::{Crowd, mean, voice};
use super::workshop::{Scored, pack, rating, ratings, round};
use centricity::answers::Answers;
use centricity::answers::GroupOutcome;
use centricity::assess::{NeedState, assess};
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::{Basis, Role, State};

pub(crate) fn one() -> Rulebook {
    pack(&ratings(&["a"])).good()
}

/// The vector E2 of the scoring page.
pub(crate) fn e2() -> Crowd {
    Crowd::new()
        .rate("leadership", "a", &[4, 4])
        .rate("frontline", "a", &[1, 2, 1, 2, 1])
}

#[track_caller]
pub(crate) fn worth(rulebook: &Rulebook, answers: &Answers, id: &str) -> Option<f64> {
    let node = rulebook.find(&format!("p.{id}")).expect(id);
    Some(round(answers.answers()[node].counted)).filter(|worth| !worth.is_nan())
}

#[track_caller]
pub(crate) fn state(rulebook: &Rulebook, answers: &Answers, id: &str) -> State {
    answers.answers()[rulebook.find(&format!("p.{id}")).expect(id)].state
}

#[test]
fn the_mean_of_each_role_comes_before_the_mean_over_roles() {
    let rulebook = one();
    let merged = |settings: &str| {
        let settings = format!("respondents: {{ open_roles: [leadership]{settings} }}\n");
        worth(&rulebook, &e2().set(&settings).merge(&rulebook).good(), "a")
    };
    assert_eq!(merged(""), Some(2.7));
    assert_eq!(merged(", pooled: true"), Some(2.1429));
    let weighed = merged(", weights: { frontline: 3 }");
    assert_eq!(weighed, Some(round((4.0 + 3.0 * 1.4) / 4.0)));
}

#[test]
fn unknown_and_missing_lower_no_mean() {
    let rulebook = pack(&ratings(&["a", "b"])).good();
    let crowd = Crowd::new()
        .says("leadership", "a: 4, b: unknown")
        .says("leadership", "a: 2, b: unknown")
        .says("leadership", "a: unknown, b: unknown");
    let answers = crowd
        .set("respondents: { minimum_group: 3, open_roles: [leadership] }\n")
        .merge(&rulebook)
        .good();
    assert_eq!(worth(&rulebook, &answers, "a"), Some(3.0));
    assert_eq!(state(&rulebook, &answers, "b"), State::Unknown);
}

#[test]
fn what_nobody_can_rate_does_not_apply_and_what_some_can_is_flagged() {
    let rulebook = pack(&ratings(&["a", "b"])).good();
    let mut crowd = Crowd::new();
    for rated in ["unknown", "3", "3", "1", "1"] {
        crowd = crowd.says(
            "frontline",
            &format!("a: {{ not_applicable: none here }}, b: {rated}"),
        );
    }
    let outcome = crowd
        .says("frontline", "a: unknown, b: { not_applicable: none }")
        .merge(&rulebook);
    assert_eq!(outcome.codes(), [""; 0]);
    let answers = outcome.value.as_ref().expect("answers");
    assert_eq!(state(&rulebook, answers, "a"), State::NotApplicable);
    assert_eq!(
        state(&rulebook, answers, "b"),
        State::Missing,
        "four rated it, of five that must"
    );
    let crowd = Crowd::new().rate("frontline", "a", &[1, 2, 1, 2, 4]);
    let outcome = crowd
        .says("frontline", "a: { not_applicable: none }")
        .merge(&rulebook);
    assert_eq!(outcome.codes(), ["mixed-applicability"]);
    let answers = outcome.valid();
    assert_eq!(
        worth(&rulebook, &answers, "a"),
        Some(2.0),
        "the ratings count"
    );
    assert!(voice(&rulebook, &answers, "a").mixed);
}

#[test]
fn facts_need_two_thirds_and_scored_choices_a_mean() {
    let rulebook = pack(r#"
sections:
  s:
    title: S
    questions:
      fact: { type: select_one, ask: "?", choices: [ { value: east, label: E }, { value: west, label: W } ] }
      yes: { type: boolean, ask: "?" }
      step: { type: select_one, ask: "?", choices: [ { value: low, score: 1, label: L }, { value: mid, score: 2, label: M }, { value: high, score: 5, label: H } ] }
      many: { type: select_multiple, ask: "?", choices: [ { value: mail, label: A }, { value: phone, label: B }, { value: shop, label: C } ] }
      share: { type: percent, ask: "?" }
      why: { type: text, ask: "?" }
"#).good();
    let people = [
        "fact: east, yes: true, step: low, many: [mail, phone], share: 10, why: because",
        "fact: east, yes: true, step: low, many: [mail], share: 20, why: so",
        "fact: east, yes: false, step: high, many: [phone, mail], share: 30, why: so",
        "fact: west, yes: false, step: high, many: [mail, phone], share: 40, why: so",
        "fact: west, yes: true, step: mid, many: [mail], share: 50, why: so",
        "fact: east, yes: true, step: mid, many: [shop, mail], share: 30, why: so",
    ];
    let crowd = people.iter().fold(Crowd::new(), |crowd, answers| {
        crowd.says("frontline", answers)
    });
    let answers = crowd.merge(&rulebook).good();
    let scored = Scored::new(&rulebook, &answers);
    let chosen = |id: &str| scored.reading(id).held;
    assert_eq!((chosen("fact"), chosen("yes")), (0b01, 0b10), "four of six");
    assert_eq!(
        (worth(&rulebook, &answers, "step"), chosen("step")),
        (Some(round(16.0 / 6.0)), 0b010)
    );
    assert_eq!(
        (worth(&rulebook, &answers, "many"), chosen("many")),
        (Some(1.0), 0b001),
        "phone is half, not more; the one choice taken is what counts, not 10 choices of 6 people"
    );
    assert_eq!(worth(&rulebook, &answers, "share"), Some(30.0));
    assert_eq!(state(&rulebook, &answers, "why"), State::Rated);
    let crowd = people.iter().skip(1).fold(Crowd::new(), |crowd, answers| {
        crowd.says("frontline", answers)
    });
    let answers = crowd.merge(&rulebook).good();
    assert_eq!(
        state(&rulebook, &answers, "fact"),
        State::Unknown,
        "three of five"
    );
    let split = voice(&rulebook, &answers, "fact");
    assert!(split.outcome == GroupOutcome::Split && split.contested);
}

#[test]
fn consensus_replaces_what_was_merged_and_keeps_it_in_sight() {
    let rulebook = one();
    let answers = e2()
        .agree("a: { value: 2, reason: 'Saw the log', date: 2026-11-20 }")
        .merge(&rulebook)
        .good();
    assert_eq!(worth(&rulebook, &answers, "a"), Some(2.0));
    let agreed = answers.notes()[0].agreed.as_ref().expect("agreed");
    assert_eq!(
        (agreed.reason.as_str(), agreed.raw.map(round)),
        ("Saw the log", Some(1.4))
    );
    assert_eq!(agreed.date.as_deref(), Some("2026-11-20"));
}

#[test]
fn evidence_is_the_assessors_to_record() {
    let rulebook = one();
    let claims = Crowd::new().set("basis: evidenced\n");
    let claims = (0..6).fold(claims, |crowd, _| {
        crowd.says(
            "frontline",
            "a: { value: 4, evidence: { grade: confirmed } }",
        )
    });
    assert_eq!(
        worth(&rulebook, &claims.merge(&rulebook).good(), "a"),
        Some(2.0),
        "what people claim is word of mouth"
    );
    let seen = claims.own("a: { evidence: { grade: document, ref: Charter } }");
    let answers = seen.merge(&rulebook).good();
    assert_eq!(
        (answers.basis, worth(&rulebook, &answers, "a")),
        (Basis::Evidenced, Some(3.0))
    );
    assert_eq!(answers.notes()[0].evidence.as_deref(), Some("Charter"));
}

#[test]
fn targets_stand_in_a_file_of_their_own() {
    let rulebook = one();
    let crowd = e2()
        .own("a: { target: 3, owner: Sales }")
        .aim("a: { target: 4, due: 2027-03-31 }");
    let answers = crowd.merge(&rulebook).good();
    let remark = &answers.notes()[0];
    assert_eq!(
        (remark.target, remark.owner.as_deref()),
        (Some(4.0), Some("Sales"))
    );
    assert!(remark.due.is_some() && answers.any_target());
    assert_eq!(Some(answers.answers()[0].target), Some(4.0));
}

#[test]
fn reversed_ratings_are_merged_as_they_count() {
    let rulebook = pack(&format!(
        "sections:\n  s:\n    title: S\n    questions:\n{}",
        rating("a", "reverse: true")
    ))
    .good();
    let crowd = Crowd::new()
        .rate("frontline", "a", &[0, 0, 1, 1, 0])
        .set("basis: evidenced\n");
    let answers = crowd.merge(&rulebook).good();
    let given = answers.answers()[0];
    assert_eq!((round(given.claimed), round(given.counted)), (3.6, 2.0));
    assert_eq!(
        mean(&rulebook, &answers, "a", Role::Frontline).map(round),
        Some(3.6)
    );
}

/// Counted by hand: A is taken by 5 of 6, B by 4, C by 3 and D by 3, which is half and no more.
/// Every person ticks 2.5 on average; two choices are the answer, so a gate that asks for three is
/// not met and one that asks for two is.
#[test]
fn several_choices_are_one_set_for_counts_gates_and_words() {
    let rulebook = pack(
        r#"
sections:
  s:
    title: S
    questions:
      many:
        type: select_multiple
        ask: "?"
        label: Ways
        choices: [ { value: a, label: A }, { value: b, label: B }, { value: c, label: C }, { value: d, label: D } ]
findings:
  told: { kind: risk, severity: low, when: { many: "<= 4" }, title: T, text: "{{ value('many') }}: {{ answer('many') }}" }
gates:
  two: { title: Two, when: { many: ">= 2" }, because: x }
  three: { title: Three, when: { many: ">= 3" }, because: x }
"#,
    )
    .good();
    let people = [
        "[a, b, c]",
        "[a, b, d]",
        "[a, b, c, d]",
        "[a, b]",
        "[a, c]",
        "[d]",
    ];
    let crowd = people.iter().fold(Crowd::new(), |crowd, taken| {
        crowd.says("frontline", &format!("many: {taken}"))
    });
    let answers = crowd.merge(&rulebook).good();
    let result = assess(&rulebook, &answers);
    let question = &result.questions[0];
    assert_eq!(
        (question.value, question.says.as_str()),
        (Some(2.0), "A; B")
    );
    let gates: Vec<NeedState> = result.gates.iter().map(|gate| gate.state).collect();
    assert_eq!(gates, [NeedState::Met, NeedState::Unmet]);
    assert_eq!(result.findings[0].text, "2: A; B");
    let counts = &question
        .group
        .as_ref()
        .expect("people")
        .spread
        .as_ref()
        .expect("shown")
        .counts;
    assert_eq!(
        counts.iter().map(|one| one.count).collect::<Vec<_>>(),
        [5, 4, 3, 3]
    );

    let apart = ["[a]", "[b]", "[c]", "[d]", "[a]", "[b]"];
    let crowd = apart.iter().fold(Crowd::new(), |crowd, taken| {
        crowd.says("frontline", &format!("many: {taken}"))
    });
    let answers = crowd.merge(&rulebook).good();
    let result = assess(&rulebook, &answers);
    let nothing = "no choice that more than half of the people took";
    assert_eq!(
        (result.questions[0].value, result.questions[0].says.as_str()),
        (Some(0.0), nothing)
    );
    assert_eq!(result.findings[0].text, format!("0: {nothing}"));
}
