//! Plans: never longer than need be, never wrong; what each step is for and what it takes.

use super::completions::{givens, laid};
use super::generate::packs;
use super::properties::cases;
use super::workshop::{answers, based, linked, pack, rating, ratings};
use centricity::answers::{Answers, Given};
use centricity::assessment::{Assessment, RaiseReason, assess};
use centricity::evaluate::{Reading, State, evaluate};
use centricity::pack::file::Size;
use centricity::plan::{NoPlan, Plan, Shortness, Wish, plan};
use centricity::rulebook::Rulebook;
use proptest::prelude::*;
use std::collections::BTreeSet;

/// A set of raises: how often each open question is raised, with what that takes.
#[derive(Debug, Clone, PartialEq)]
struct Set {
    raises: Vec<(usize, usize)>,
    effort: u32,
}

/// Every way to raise the open ratings, without a thought to which of them may help.
struct Brute<'a> {
    rulebook: &'a Rulebook,
    answers: &'a Answers,
    result: &'a Assessment,
    /// Open ratings with the worths above each.
    open: Vec<(usize, Vec<f64>)>,
}

impl<'a> Brute<'a> {
    fn new(rulebook: &'a Rulebook, answers: &'a Answers, result: &'a Assessment, top: u8) -> Self {
        let readings = evaluate(rulebook, answers).readings;
        let questions = answers.given().iter().zip(&readings).enumerate();
        let open = questions.filter(|(_, (_, reading))| !reading.is_absent());
        let worths = |given: &Given| -> Vec<f64> {
            let now = if given.state == State::Rated {
                given.counted
            } else {
                0.0
            };
            (0..=top)
                .map(f64::from)
                .filter(|worth| *worth > now)
                .collect()
        };
        let open = open.map(|(node, (given, _))| (node, worths(given)));
        let open = open.filter(|(_, worths)| !worths.is_empty()).collect();
        Self {
            rulebook,
            answers,
            result,
            open,
        }
    }

    /// Every combination of counts.
    fn counts(&self) -> Vec<Vec<usize>> {
        self.open
            .iter()
            .fold(vec![Vec::new()], |list, (_, worths)| {
                let more = |one: &Vec<usize>| -> Vec<Vec<usize>> {
                    let with = |count| one.iter().copied().chain([count]).collect();
                    (0..=worths.len()).map(with).collect()
                };
                list.iter().flat_map(more).collect()
            })
    }

    fn level(&self, counts: &[usize], ladder: usize) -> Reading {
        let raised = self
            .open
            .iter()
            .zip(counts)
            .filter(|(_, count)| **count > 0);
        let answers = raised.fold(self.answers.clone(), |answers, ((node, worths), count)| {
            answers.with(*node, Given::rated(worths[count - 1], 0))
        });
        evaluate(self.rulebook, &answers).readings[ladder]
    }

    /// Efforts of the steps, and of each preparation that no step is.
    fn effort(&self, counts: &[usize]) -> u32 {
        let weight = |size| match size {
            Size::Low => 1,
            Size::Medium => 2,
            Size::High => 3,
        };
        let given = |id: &str| {
            let findings = self.result.findings.iter().flat_map(|one| &one.advice);
            let gates = self.result.gates.iter().flat_map(|one| &one.advice);
            findings
                .chain(gates)
                .find(|one| one.id == id)
                .map_or(0, |one| weight(one.effort))
        };
        let (mut sum, mut before, mut done) = (0, BTreeSet::new(), BTreeSet::new());
        for ((node, _), count) in self
            .open
            .iter()
            .zip(counts)
            .filter(|(_, count)| **count > 0)
        {
            let raise = self
                .result
                .plan
                .iter()
                .find(|one| one.node == *node)
                .expect("a raise");
            sum += weight(raise.effort) * u32::try_from(*count).unwrap();
            if let Some(advice) = &raise.advice {
                before.extend(advice.before.iter().cloned());
                done.insert(advice.advice.id.clone());
            }
        }
        sum + before.difference(&done).map(|id| given(id)).sum::<u32>()
    }

    /// The best set that reaches a level: fewest steps, least effort, pack order, in which first
    /// steps come before second ones.
    fn best(&self, ladder: usize, rank: usize, budget: Option<u32>) -> Option<Set> {
        let size = |counts: &[usize]| counts.iter().sum::<usize>();
        let mut best: Option<(usize, u32, Vec<usize>)> = None;
        for counts in self.counts() {
            let reading = self.level(&counts, ladder);
            let rank = f64::from(u32::try_from(rank).unwrap());
            if !reading.is_held() || reading.value < rank {
                continue;
            }
            let effort = self.effort(&counts);
            if budget.is_some_and(|budget| effort > budget) {
                continue;
            }
            let key = (size(&counts), effort);
            let better = best.as_ref().is_none_or(|(steps, least, known)| {
                key < (*steps, *least) || key == (*steps, *least) && rounds(&counts) < rounds(known)
            });
            if better {
                best = Some((key.0, key.1, counts));
            }
        }
        best.map(|(_, effort, counts)| Set {
            raises: self
                .open
                .iter()
                .zip(counts)
                .filter(|(_, count)| *count > 0)
                .map(|((node, _), count)| (*node, count))
                .collect(),
            effort,
        })
    }
}

/// Each step as its round and its place.
fn rounds(counts: &[usize]) -> Vec<(usize, usize)> {
    let each = counts.iter().enumerate();
    let mut list: Vec<_> = each
        .flat_map(|(place, count)| (1..=*count).map(move |round| (round, place)))
        .collect();
    list.sort_unstable();
    list
}

/// What a plan says, in the same form.
fn told(plan: &Plan) -> Set {
    let mut raises: Vec<_> = plan
        .steps
        .iter()
        .map(|step| (step.raise.node, step.raises))
        .collect();
    raises.sort_unstable();
    Set {
        raises,
        effort: plan.effort,
    }
}

/// The pack with advice for its first finding and its gate, either of which may ask for the other
/// to be followed first.
fn advised(text: &str, seed: u8) -> String {
    let effort = |place: u8| {
        let sizes = ["low", "medium", "high"];
        sizes[usize::from(seed / 3_u8.pow(u32::from(place)) % 3)]
    };
    let advice = |id: &str, place: u8, after: &str| {
        let effort = effort(place);
        format!(
            "advice: [ {{ id: {id}, do: x, effort: {effort}, impact: low, within: 30d{after} }} ] }}"
        )
    };
    let (first, gate) = match seed / 27 % 3 {
        0 => (", after: [ag]", ""),
        1 => ("", ", after: [a0]"),
        _ => ("", ""),
    };
    let line = |line: &str| match line {
        line if line.starts_with("  f0:") => {
            line.replace("text: F }", &format!("text: F, {}", advice("a0", 0, first)))
        }
        line if line.starts_with("  g:") => line.replace(
            "because: x }",
            &format!("because: x, {}", advice("ag", 1, gate)),
        ),
        line => line.to_owned(),
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

fn ids<'a>(rulebook: &'a Rulebook, plan: &Plan) -> Vec<(&'a str, usize)> {
    let one = |step: &centricity::plan::PlanStep| {
        (rulebook.items()[step.raise.node].local_id(), step.raises)
    };
    plan.steps.iter().map(one).collect()
}

/// Holds every plan there is against every set there is.
fn checked(text: &str, givens: &[Given], budget: Option<u32>) -> Result<(), TestCaseError> {
    let rulebook = linked(&[&[("pack.yaml", text)]]).good();
    let answers = laid(&rulebook, givens);
    let result = assess(&rulebook, &answers);
    let brute = Brute::new(&rulebook, &answers, &result, super::generate::TOP);
    for ladder in &result.levels {
        let now = ladder
            .level
            .as_ref()
            .and_then(|one| ladder.levels.iter().position(|level| level.id == one.id));
        let Some(now) = now else { continue };
        for rank in now + 1..ladder.levels.len() {
            let wish = Wish {
                ladder: Some(&ladder.id),
                to: Some(&ladder.levels[rank].id),
                budget,
                ..Wish::default()
            };
            let wanted = brute.best(ladder.node, rank, budget);
            match (plan(&rulebook, &answers, &result, &wish), wanted) {
                (Ok(plan), Some(wanted)) => {
                    prop_assert!(plan.complete, "{text}\n{plan:#?}");
                    prop_assert_eq!(plan.shortness, Shortness::Shortest, "{}", text);
                    prop_assert_eq!(told(&plan), wanted, "{} {}\n{:?}", ladder.id, rank, givens);
                    prop_assert!(plan.left.is_empty());
                }
                (Err(NoPlan::OutOfReach { proven, .. }), None) => prop_assert!(proven, "{text}"),
                (Err(NoPlan::BudgetTooSmall { .. }), None) if budget.is_some() => {}
                (Ok(plan), None) if budget.is_some() => {
                    prop_assert!(
                        !plan.complete && plan.effort <= budget.unwrap_or(0),
                        "{text}\n{plan:#?}"
                    );
                }
                (plan, wanted) => {
                    return Err(TestCaseError::fail(format!(
                        "{text}\n{givens:?}\n{} {rank}\n{plan:#?}\n{wanted:?}",
                        ladder.id
                    )));
                }
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_is_the_smallest_of_all_sets_that_reach_its_level((text, givens) in (packs(), givens())) {
        checked(&text, &givens, None)?;
    }

    #[test]
    fn efforts_and_preparations_decide_between_sets_of_one_size((text, givens) in (packs(), givens()), seed in 0..81_u8) {
        checked(&advised(&text, seed), &givens, None)?;
    }

    #[test]
    fn a_budget_is_never_exceeded_and_never_wasted((text, givens) in (packs(), givens()), budget in 1..9_u32, seed in 0..81_u8) {
        checked(&advised(&text, seed), &givens, Some(budget))?;
    }

    #[test]
    fn what_a_step_adds_is_what_scoring_again_gives((text, givens) in (packs(), givens())) {
        let rulebook = linked(&[&[("pack.yaml", &text)]]).good();
        let answers = laid(&rulebook, &givens);
        let result = assess(&rulebook, &answers);
        let before = evaluate(&rulebook, &answers).readings;
        for raise in &result.plan {
            let after = evaluate(&rulebook, &answers.with(raise.node, Given::rated(raise.to, 0))).readings;
            for score in &result.scores {
                let index = |readings: &[Reading]| {
                    let one = readings[score.node];
                    one.is_rated().then(|| one.index(one.value))
                };
                let wanted = index(&after).zip(index(&before)).map_or(0.0, |(after, before)| after - before);
                let got = raise.adds.iter().find(|one| one.id == score.id).map_or(0.0, |one| one.index);
                prop_assert!((got - wanted).abs() < 1e-9, "{text}\n{} {}: {got} {wanted}", raise.id, score.id);
            }
        }
    }
}

/// A ladder over the mean of four ratings.
fn four(more: &str, level: &str) -> Rulebook {
    let body = format!(
        "{}scores:\n  whole: {{ aggregate: mean, of: [a, b, c, d] }}\nladders:\n  level:\n    of: whole\n    levels:\n      - {{ id: low }}\n      - {{ id: high, {level} }}\n{more}",
        ratings(&["a", "b", "c", "d"])
    );
    pack(&body).good()
}

fn planned(rulebook: &Rulebook, answers: &Answers, wish: &Wish<'_>) -> Result<Plan, NoPlan> {
    plan(rulebook, answers, &assess(rulebook, answers), wish)
}

#[test]
fn of_equals_the_first_in_the_pack_is_raised() {
    let rulebook = four("", "from: 2");
    let answers = answers(&rulebook, "a: 1, b: 1, c: 2, d: 2").valid();
    let plan = planned(&rulebook, &answers, &Wish::default()).expect("a plan");
    assert_eq!(ids(&rulebook, &plan), [("a", 1), ("b", 1)]);
    assert_eq!(
        (plan.count, plan.effort, plan.shortness),
        (2, 4, Shortness::Shortest)
    );
    assert_eq!((plan.index, plan.index_after), (Some(37.5), Some(50.0)));
    assert_eq!(plan.steps[0].adds, Some(6.25));
}

const ADVICE: &str = "findings:\n  low-c: { when: { c: \"<= 1\" }, kind: gap, severity: low, title: F, text: F, advice: [ { id: do-c, do: x, effort: low, impact: low, within: 30d, owner: sales } ] }\n";

#[test]
fn of_as_many_steps_those_of_less_effort_are_taken() {
    let rulebook = four(ADVICE, "from: 2");
    let answers = answers(&rulebook, "a: 2, b: 2, c: 1, d: 2").valid();
    let result = assess(&rulebook, &answers);
    let plan = plan(&rulebook, &answers, &result, &Wish::default()).expect("a plan");
    assert_eq!((ids(&rulebook, &plan), plan.effort), (vec![("c", 1)], 1));
    let raise = &plan.steps[0].raise;
    assert_eq!(
        (raise.effort, raise.owner.as_deref(), raise.quick_win),
        (Size::Low, Some("sales"), true)
    );
    let reason = raise.advice.as_ref().map(|one| one.reason);
    assert_eq!(reason, Some(RaiseReason::Finding));
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
    let gates = "gates:\n  owned: { title: Owned, when: { b: \">= 2\" }, because: x, advice: [ { id: own-it, do: Name one, effort: low, impact: low, within: 30d } ] }\nfindings:\n  low-c: { when: { c: \"<= 1\" }, kind: gap, severity: low, title: F, text: F, advice: [ { id: do-c, do: x, effort: low, impact: low, within: 30d, owner: sales, after: [own-it] } ] }\n";
    let rulebook = four(gates, "every: { of: [c], at_least: 2 }");
    let answers = answers(&rulebook, "a: 2, b: 1, c: 1, d: 2").valid();
    let plan = planned(&rulebook, &answers, &Wish::default()).expect("a plan");
    assert_eq!((ids(&rulebook, &plan), plan.effort), (vec![("c", 1)], 2));
    let first: Vec<_> = plan.steps[0]
        .before
        .iter()
        .map(|one| one.what.as_str())
        .collect();
    assert_eq!(
        (first, plan.steps[0].raise.quick_win),
        (vec!["Name one"], false)
    );
    // Where the preparation is a step of its own, it goes first and is not told twice.
    let rulebook = four(gates, "every: { of: [c], at_least: 2 }, gates: [owned]");
    let plan = planned(&rulebook, &answers, &Wish::default()).expect("a plan");
    assert_eq!(
        (ids(&rulebook, &plan), plan.effort),
        (vec![("b", 1), ("c", 1)], 2)
    );
    assert!(plan.steps.iter().all(|step| step.before.is_empty()));
}

#[test]
fn on_evidence_a_step_brings_its_proof() {
    let rulebook = four("", "from: 3");
    let proofs = |text: &str| {
        let answers = based(&rulebook, "evidenced", text).valid();
        let plan = planned(&rulebook, &answers, &Wish::default()).expect("a plan");
        let told = plan.steps.iter().map(|step| {
            let grade = step.proof.map(centricity::answers::Grade::name);
            (
                step.raise.id.clone(),
                step.raises,
                grade,
                step.raise.claimed,
            )
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
    let plan = planned(&rulebook, &answers, &Wish::default()).expect("a plan");
    assert_eq!(ids(&rulebook, &plan), [("d", 2)]);
    assert_eq!(
        (plan.steps[0].raise.from, plan.steps[0].raise.gap),
        (None, 2.0)
    );
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
    let plan = plan(&rulebook, &answers, &result, &Wish::default()).expect("a plan");
    assert_eq!(ids(&rulebook, &plan), [("a", 1)]);
}

#[test]
fn what_pays_most_at_first_is_not_always_on_the_shortest_way() {
    // Alone, `a` helps three gates halfway; `b` and `c` meet all of them.
    let gates = "gates:\n  one: { title: G, when: { any: [ { a: \">= 3\" }, { b: \">= 1\" } ] }, because: x }\n  two: { title: G, when: { any: [ { a: \">= 3\" }, { c: \">= 1\" } ] }, because: x }\n";
    let rulebook = four(gates, "gates: [one, two]");
    let answers = answers(&rulebook, "a: 0, b: 0, c: 0, d: 4").valid();
    let plan = planned(&rulebook, &answers, &Wish::default()).expect("a plan");
    assert_eq!(ids(&rulebook, &plan), [("b", 1), ("c", 1)]);
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
    let plan = planned(&rulebook, &answers, &Wish::default()).expect("a plan");
    // Written 3 counts 1; it is brought to what is written 1 and counts 3.
    assert_eq!(
        (
            plan.steps[0].raise.from_says.as_deref(),
            plan.steps[0].to_says.as_str()
        ),
        (Some("d"), "b")
    );
}

#[test]
fn why_there_is_no_plan_is_said() {
    let rulebook = four("", "from: 2");
    let refused = |text: &str, wish: Wish<'_>| {
        let answers = answers(&rulebook, text).valid();
        let refusal = planned(&rulebook, &answers, &wish).expect_err("no plan");
        (refusal.to_string(), refusal.help())
    };
    let says = |message: &str, help: &str| (message.to_owned(), help.to_owned());
    let wish = Wish::default();
    assert_eq!(
        refused("a: 4, b: 4, c: 4, d: 4", wish),
        says("`High` is reached on `Level`", "there is no higher level")
    );
    assert_eq!(
        refused(
            "a: 1, b: 1, c: 1, d: 1",
            Wish {
                to: Some("hihg"),
                ..wish
            }
        ),
        says("there is no level `hihg`", "did you mean `high`?")
    );
    assert_eq!(
        refused(
            "a: 1, b: 1, c: 1, d: 1",
            Wish {
                to: Some("summit"),
                ..wish
            }
        ),
        says("there is no level `summit`", "the levels are `low`, `high`")
    );
    assert_eq!(
        refused(
            "a: 1, b: 1, c: 1, d: 1",
            Wish {
                to: Some("low"),
                ..wish
            }
        )
        .0,
        "`Low` is reached on `Level`"
    );
    assert_eq!(
        refused(
            "a: 1, b: 1, c: 1, d: 1",
            Wish {
                ladder: Some("levle"),
                ..wish
            }
        ),
        says("there is no ladder `levle`", "did you mean `level`?")
    );
    assert_eq!(
        refused("a: 1", wish),
        says(
            "too little is answered to give a level on `Level`",
            "answer these first: `p.b`, `p.c`, `p.d`"
        )
    );
}

#[test]
fn what_holds_a_level_that_cannot_be_reached_is_named() {
    let rulebook = four("", "from: 3, basis: evidenced");
    let answers = answers(&rulebook, "a: 1, b: 1, c: 1, d: 1").valid();
    let refusal = planned(&rulebook, &answers, &Wish::default()).expect_err("no plan");
    assert_eq!(refusal.to_string(), "no raises of ratings reach `High`");
    assert_eq!(
        refusal.help(),
        "what holds it: an assessment on evidence (now on perception)"
    );
}

#[test]
fn a_budget_that_does_not_carry_gives_the_first_steps_or_says_why_not() {
    let rulebook = four("", "from: 3");
    let answers = answers(&rulebook, "a: 1, b: 2, c: 2, d: 2").valid();
    let within = |budget| {
        planned(
            &rulebook,
            &answers,
            &Wish {
                budget: Some(budget),
                ..Wish::default()
            },
        )
    };
    let part = within(5).expect("a part of the way");
    assert_eq!((part.complete, part.count, part.effort), (false, 2, 4));
    assert_eq!((part.reaches.id.as_str(), part.left.len()), ("low", 1));
    let refusal = within(1).expect_err("no step");
    assert_eq!(
        refusal.help(),
        "the first step takes 2; low effort counts 1, medium 2, high 3"
    );
    assert!(within(10).expect("all of it").complete);
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
    let wish = Wish {
        tries: 1000,
        ..Wish::default()
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
            let to = if nth == skip { step.to - 1.0 } else { step.to };
            answers.with(step.raise.node, Given::rated(to, 0))
        });
        evaluate(&rulebook, &answers).readings[rulebook.find("p.level").unwrap()].value
    };
    assert!(after(usize::MAX) >= 1.0);
    assert!((0..found.steps.len()).all(|nth| after(nth) < 1.0));
}
