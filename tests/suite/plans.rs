//! Plans: which steps they are of, in what order, what each is for and what it takes.

use super::workshop::{answers, based, pack, rating, ratings};
use centricity::answers::{Answer, Answers};
use centricity::assess::{
    Assessment, MatchedResult, NoPlan, Plan, PlanRequest, PlanStep, RaiseReason, Shortness,
    StepTarget, assess, evaluate, plan,
};
use centricity::rules::pack::file::Size;
use centricity::rules::rulebook::Rulebook;

fn ids(plan: &Plan) -> Vec<(&str, usize)> {
    let steps = plan.steps.iter();
    steps
        .map(|step| (step.id.trim_start_matches("p."), step.raises))
        .collect()
}

/// What a step up the anchors counts for, and its anchor.
fn anchor(step: &PlanStep) -> (f64, &str) {
    let StepTarget::Anchor { worth, says } = &step.to else {
        panic!("no anchor: {step:?}");
    };
    (*worth, says)
}

/// A ladder over the mean of four ratings.
pub(crate) fn four(more: &str, level: &str) -> Rulebook {
    let body = format!(
        "{}scores:\n  whole: {{ aggregate: mean, of: [a, b, c, d] }}\nladders:\n  level:\n    of: whole\n    levels:\n      - {{ id: low }}\n      - {{ id: high, {level} }}\n{more}",
        ratings(&["a", "b", "c", "d"])
    );
    pack(&body).good()
}

pub(crate) fn matched<'a>(rulebook: &'a Rulebook, result: &'a Assessment) -> MatchedResult<'a> {
    MatchedResult::new(rulebook, result).expect("a result of its packs")
}

pub(crate) fn planned(
    rulebook: &Rulebook,
    answers: &Answers,
    wish: &PlanRequest<'_>,
) -> Result<Plan, NoPlan> {
    let result = assess(rulebook, answers);
    plan(&matched(rulebook, &result), wish)
}

#[test]
fn of_equals_the_first_in_the_pack_is_raised() {
    let rulebook = four("", "from: 2");
    let answers = answers(&rulebook, "a: 1, b: 1, c: 2, d: 2").valid();
    let plan = planned(&rulebook, &answers, &PlanRequest::default()).expect("a plan");
    assert_eq!(ids(&plan), [("a", 1), ("b", 1)]);
    assert_eq!(
        (plan.count, plan.effort, plan.shortness),
        (2, 4, Shortness::Shortest)
    );
    assert_eq!((plan.index, plan.index_after), (Some(37.5), Some(50.0)));
    assert_eq!(plan.steps[0].adds, Some(6.25));
}

const ADVICE: &str = "findings:\n  low-c: { when: { c: \"<= 1\" }, kind: gap, severity: low, title: F, text: F, advice: [ { id: do-c, do: x, effort: low, impact: low, within: 30d, owner: sales, raises: { c: 2 } } ] }\n";

#[test]
fn of_as_many_steps_those_of_less_effort_are_taken() {
    let rulebook = four(ADVICE, "from: 2");
    let answers = answers(&rulebook, "a: 2, b: 2, c: 1, d: 2").valid();
    let result = assess(&rulebook, &answers);
    let plan = plan(&matched(&rulebook, &result), &PlanRequest::default()).expect("a plan");
    assert_eq!((ids(&plan), plan.effort), (vec![("c", 1)], 1));
    let step = &plan.steps[0];
    let owners = (step.owner.as_deref(), step.suggested_owner.as_deref());
    assert_eq!((owners, step.quick_win), ((None, Some("sales")), true));
    let [advice] = step.advice.as_slice() else {
        panic!("one piece of advice: {step:?}");
    };
    assert_eq!(
        (advice.reason, advice.advice.effort, advice.steps),
        (RaiseReason::Finding, Size::Low, 1)
    );
    let raise = &result.plan[0];
    assert_eq!((raise.id.as_str(), raise.effort), ("p.c", Size::Low));
    // gap 3, importance 2, reach 1, effort 1; the others: gap 2, effort 2.
    assert_eq!((raise.gap, raise.priority), (3.0, 6.0));
    assert_eq!(
        result
            .plan
            .iter()
            .map(|one| one.priority)
            .collect::<Vec<_>>(),
        [6.0, 2.0, 2.0, 2.0]
    );
}

#[test]
fn what_prepares_a_step_comes_before_it_and_counts() {
    let gates = "gates:\n  owned: { title: Owned, when: { b: \">= 2\" }, because: x, advice: [ { id: own-it, do: Name one, effort: low, impact: low, within: 30d, raises: { b: 2 } } ] }\nfindings:\n  low-c: { when: { c: \"<= 1\" }, kind: gap, severity: low, title: F, text: F, advice: [ { id: do-c, do: x, effort: low, impact: low, within: 30d, owner: sales, raises: { c: 2 }, after: [own-it] } ] }\n";
    let rulebook = four(gates, "every: { of: [c], at_least: 2 }");
    let answers = answers(&rulebook, "a: 2, b: 1, c: 1, d: 2").valid();
    let plan = planned(&rulebook, &answers, &PlanRequest::default()).expect("a plan");
    assert_eq!((ids(&plan), plan.effort), (vec![("c", 1)], 2));
    let first: Vec<_> = plan.steps[0].advice[0]
        .before
        .iter()
        .map(|one| one.what.as_str())
        .collect();
    assert_eq!((first, plan.steps[0].quick_win), (vec!["Name one"], false));
    // Where the preparation is a step of its own, it goes first and is not told twice.
    let rulebook = four(gates, "every: { of: [c], at_least: 2 }, gates: [owned]");
    let plan = planned(&rulebook, &answers, &PlanRequest::default()).expect("a plan");
    assert_eq!((ids(&plan), plan.effort), (vec![("b", 1), ("c", 1)], 2));
    let mut advice = plan.steps.iter().flat_map(|step| &step.advice);
    assert!(advice.all(|one| one.before.is_empty()));
}

#[test]
fn on_evidence_a_step_brings_its_proof() {
    let rulebook = four("", "from: 3");
    let proofs = |text: &str| {
        let answers = based(&rulebook, "evidenced", text).valid();
        let plan = planned(&rulebook, &answers, &PlanRequest::default()).expect("a plan");
        let told = plan.steps.iter().map(|step| {
            let grade = step.proof.map(centricity::rules::vocabulary::Grade::name);
            (step.id.to_string(), step.raises, grade, step.claimed)
        });
        told.collect::<Vec<_>>()
    };
    let record = |value: u8| format!("{{ value: {value}, evidence: {{ grade: record }} }}");
    // Claimed already: only the document is missing.
    let text = format!("a: 3, b: {0}, c: {0}, d: {0}", record(3));
    assert_eq!(
        proofs(&text),
        [("p.a".to_owned(), 1, Some("document"), true)]
    );
    // What is there carries the next anchor.
    let text = format!("a: {}, b: {1}, c: {1}, d: {1}", record(2), record(3));
    assert_eq!(proofs(&text), [("p.a".to_owned(), 1, None, false)]);
    let text = format!("a: 2, b: {0}, c: {0}, d: 1", record(4));
    assert_eq!(
        proofs(&text),
        [("p.a".to_owned(), 1, Some("document"), false)]
    );
}

#[test]
fn a_question_without_an_answer_is_taken_for_the_lowest_until_somebody_finds_out() {
    let gate = "gates:\n  g: { title: G, when: { d: \">= 2\" }, because: x }\n";
    let rulebook = four(gate, "gates: [g]");
    let answers = answers(&rulebook, "a: 3, b: 3, c: 3, d: unknown").valid();
    let plan = planned(&rulebook, &answers, &PlanRequest::default()).expect("a plan");
    assert_eq!(ids(&plan), [("d", 2)]);
    assert_eq!(plan.steps[0].from, None);
    assert_eq!(anchor(&plan.steps[0]), (2.0, "c"));
}

#[test]
fn what_does_not_apply_is_never_raised() {
    let rulebook = four("", "from: 4");
    let answers = answers(&rulebook, "a: 3, b: 4, c: 4, d: { not_applicable: nobody }").valid();
    let result = assess(&rulebook, &answers);
    assert_eq!(
        result
            .plan
            .iter()
            .map(|one| one.id.as_str())
            .collect::<Vec<_>>(),
        ["p.a"]
    );
    let plan = plan(&matched(&rulebook, &result), &PlanRequest::default()).expect("a plan");
    assert_eq!(ids(&plan), [("a", 1)]);
}

#[test]
fn what_pays_most_at_first_is_not_always_on_the_shortest_way() {
    // Alone, `a` helps three gates halfway; `b` and `c` meet all of them.
    let gates = "gates:\n  one: { title: G, when: { any: [ { a: \">= 3\" }, { b: \">= 1\" } ] }, because: x }\n  two: { title: G, when: { any: [ { a: \">= 3\" }, { c: \">= 1\" } ] }, because: x }\n";
    let rulebook = four(gates, "gates: [one, two]");
    let answers = answers(&rulebook, "a: 0, b: 0, c: 0, d: 4").valid();
    let plan = planned(&rulebook, &answers, &PlanRequest::default()).expect("a plan");
    assert_eq!(ids(&plan), [("b", 1), ("c", 1)]);
}

#[test]
fn reversed_scales_are_raised_towards_their_better_end() {
    let scores = "scores:\n  whole: { aggregate: mean, of: [a] }\nladders:\n  level: { of: whole, levels: [ { id: low }, { id: high, from: 3 } ] }\n";
    let body = format!(
        "sections:\n  s:\n    title: S\n    questions:\n{}{scores}",
        rating("a", "reverse: true")
    );
    let rulebook = pack(&body).good();
    let answers = answers(&rulebook, "a: 3").valid();
    let plan = planned(&rulebook, &answers, &PlanRequest::default()).expect("a plan");
    // Written 3 counts 1; it is brought to what is written 1 and counts 3.
    assert_eq!(
        (plan.steps[0].from_says.as_deref(), anchor(&plan.steps[0])),
        (Some("d"), (3.0, "b"))
    );
}

#[test]
fn where_not_every_set_can_be_tried_the_plan_says_so() {
    let ids: Vec<String> = (0..40).map(|nth| format!("q{nth}")).collect();
    let names: Vec<&str> = ids.iter().map(String::as_str).collect();
    let body = format!(
        "{}scores:\n  whole: {{ aggregate: geometric, of: [{{ section: s }}] }}\nladders:\n  level: {{ of: whole, levels: [ {{ id: low }}, {{ id: high, from: 2 }} ] }}\n",
        ratings(&names)
    );
    let rulebook = pack(&body).good();
    let text: Vec<String> = ids.iter().map(|id| format!("{id}: 1")).collect();
    let answers = answers(&rulebook, &text.join(", ")).valid();
    let wish = PlanRequest {
        tries: 1000,
        ..PlanRequest::default()
    };
    let found = planned(&rulebook, &answers, &wish).expect("a plan");
    assert_eq!(
        (found.shortness, found.complete),
        (Shortness::NotProven, true)
    );
    // None of its steps can be left out.
    let after = |skip: usize| {
        let steps = found.steps.iter().enumerate();
        let answers = steps.fold(answers.clone(), |answers, (nth, step)| {
            let to = anchor(step).0 - if nth == skip { 1.0 } else { 0.0 };
            let node = rulebook.find(&step.id).expect("a question");
            answers.with(node, Answer::rated(to, 0))
        });
        evaluate(&rulebook, &answers).readings[rulebook.find("p.level").unwrap()].value
    };
    assert!(after(usize::MAX) >= 1.0);
    assert!((0..found.steps.len()).all(|nth| after(nth) < 1.0));
}

#[test]
fn what_is_not_called_for_is_never_planned() {
    let market = rating("m", "");
    let extra = rating("c", "");
    let body = format!(
        "sections:\n  extra:\n    title: X\n    called_for: {{ m: \">= 2\" }}\n    score: {{ aggregate: mean }}\n    questions:\n{extra}  s:\n    title: S\n    questions:\n{market}{}{}scores:\n  whole: {{ aggregate: mean, of: [extra, a, b] }}\nladders:\n  level: {{ of: whole, levels: [ {{ id: low }}, {{ id: high, from: 2 }} ] }}\n",
        rating("a", ""),
        rating("b", "")
    );
    let rulebook = pack(&body).good();
    let steps = |market: u8| {
        let text = format!("m: {market}, a: 2, b: 2, c: 0");
        let answers = answers(&rulebook, &text).valid();
        let plan = planned(&rulebook, &answers, &PlanRequest::default()).expect("a plan");
        let steps = ids(&plan).into_iter();
        steps
            .map(|(id, raises)| (id.to_owned(), raises))
            .collect::<Vec<_>>()
    };
    let named = |list: &[(&str, usize)]| -> Vec<(String, usize)> {
        list.iter()
            .map(|(id, raises)| ((*id).to_owned(), *raises))
            .collect()
    };
    assert_eq!(steps(3), named(&[("c", 1), ("a", 1)]));
    assert_eq!(steps(0), named(&[("a", 1), ("b", 1)]));
}
