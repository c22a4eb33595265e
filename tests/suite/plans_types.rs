//! Plans over every type of question: the fewest steps there are, and any of the choices a plan
//! names will do.

use super::plans::matched;
use super::properties::cases;
use super::workshop::{HEADER, answers, linked};
use centricity::answers::{Answer, Answers};
use centricity::assess::{
    NoPlan, Plan, PlanRequest, PlanStep, Shortness, Side, StepTarget, assess, evaluate, plan,
};
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::State;
use proptest::prelude::*;
use std::fmt::Write as _;

/// The types of question that are made.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Rating,
    Choice,
    Boolean,
    Integer,
    Several,
    /// A choice without a worth.
    Fact,
}

const KINDS: [Kind; 6] = [
    Kind::Rating,
    Kind::Choice,
    Kind::Boolean,
    Kind::Integer,
    Kind::Several,
    Kind::Fact,
];

impl Kind {
    fn written(self) -> &'static str {
        match self {
            Self::Rating => "type: rating, anchors: { 0: a, 1: b, 2: c }",
            Self::Choice => {
                "type: select_one, choices: [ { value: x, label: X, score: 0 }, { value: z, label: Z, score: 4 }, { value: y, label: Y, score: 1 } ]"
            }
            Self::Boolean => "type: boolean",
            Self::Integer => "type: integer, min: 0, max: 5",
            Self::Several => {
                "type: select_multiple, choices: [ { value: a, label: A }, { value: b, label: B }, { value: c, label: C }, { value: none, label: N, exclusive: true } ]"
            }
            Self::Fact => {
                "type: select_one, choices: [ { value: x, label: X }, { value: y, label: Y }, { value: z, label: Z } ]"
            }
        }
    }

    /// Tests of such a question, as written.
    fn tests(self) -> &'static [&'static str] {
        match self {
            Self::Rating => &[">= 1", ">= 2", "< 2"],
            Self::Choice => &["y, z", "z", "x"],
            Self::Boolean => &["true", "false"],
            Self::Integer => &[">= 2", "> 3", "< 2", "[2..4)", "<= 3"],
            Self::Several => &[">= 2", "a", "b, c", ">= 3"],
            Self::Fact => &["x", "y, z"],
        }
    }

    /// The worth and the set of every answer.
    fn answers(self) -> Vec<(f64, u64)> {
        match self {
            Self::Rating => (0..3_u8)
                .map(|worth| (f64::from(worth), 1 << worth))
                .collect(),
            Self::Choice => vec![(0.0, 1), (4.0, 2), (1.0, 4)],
            Self::Boolean => vec![(0.0, 1), (1.0, 2)],
            Self::Integer => (0..6_u8).map(|worth| (f64::from(worth), 0)).collect(),
            Self::Several => (0..8_u64)
                .map(|set| (f64::from(set.count_ones()), set))
                .collect(),
            Self::Fact => (0..3).map(|place| (f64::NAN, 1 << place)).collect(),
        }
    }
}

/// A question, with the tests it is held to.
#[derive(Debug, Clone)]
struct Asked {
    kind: Kind,
    tests: Vec<&'static str>,
    scored: bool,
}

impl Asked {
    /// How many steps lead from an answer to another; none where no steps do.
    fn distance(&self, from: &Answer, to: (f64, u64)) -> Option<usize> {
        let open = from.state != State::Rated;
        let now = if open {
            f64::NEG_INFINITY
        } else {
            from.counted
        };
        let (worth, set) = to;
        match self.kind {
            Kind::Rating | Kind::Choice => {
                let now = if open { 0.0 } else { now };
                let above = self.kind.answers().into_iter();
                let passed = above.filter(|one| one.0 > now && one.0 <= worth);
                (worth > now).then(|| passed.count())
            }
            Kind::Boolean => {
                let asked = self.tests.contains(&"false") || set == 2;
                (asked && from.chosen != set).then_some(1)
            }
            Kind::Fact => open.then_some(1),
            Kind::Several => {
                let now = from.chosen & 7;
                (set & now == now && set != now)
                    .then(|| usize::try_from((set & !now).count_ones()).unwrap())
            }
            Kind::Integer => {
                let up: &[f64] = if self.scored {
                    &[2.0, 3.0, 4.0, 5.0]
                } else {
                    &[]
                };
                let mut up: Vec<f64> = self.cuts([2.0, 4.0, 2.0, 2.0, 4.0], 4.0, up);
                let mut down = self.cuts([1.0, 3.0, 1.0, 1.0, 3.0], 3.0, &[]);
                up.retain(|one| *one > now);
                down.retain(|one| open || *one < now);
                down.reverse();
                let place = |list: &[f64]| list.iter().position(|one| (one - worth).abs() < 0.5);
                let counts = [place(&up), place(&down)].into_iter().flatten();
                counts.min().map(|place| place + 1)
            }
        }
    }

    /// Where an integer crosses each of its tests; the fourth has two ends.
    fn cuts(&self, at: [f64; 5], end: f64, more: &[f64]) -> Vec<f64> {
        let tests = Kind::Integer.tests().iter().zip(at);
        let own = tests.filter(|(test, _)| self.tests.contains(test));
        let mut list: Vec<f64> = own.map(|(_, at)| at).chain(more.iter().copied()).collect();
        if self.tests.contains(&"[2..4)") {
            list.push(end);
        }
        list.sort_by(f64::total_cmp);
        list.dedup();
        list
    }
}

/// A pack of three questions, a score, a cap, two gates and a ladder, from bytes.
fn made(bytes: &[u8; 16]) -> (String, Vec<Asked>) {
    let mut asked: Vec<Asked> = bytes[..3]
        .iter()
        .map(|byte| Asked {
            kind: KINDS[usize::from(*byte) % KINDS.len()],
            tests: Vec::new(),
            scored: false,
        })
        .collect();
    if asked.iter().all(|one| one.kind == Kind::Fact) {
        asked[0].kind = Kind::Rating;
    }
    let atom = |byte: u8, asked: &mut Vec<Asked>| {
        let place = usize::from(byte) % 3;
        let tests = asked[place].kind.tests();
        let test = tests[usize::from(byte / 3) % tests.len()];
        asked[place].tests.push(test);
        format!("{{ q{place}: \"{test}\" }}")
    };
    let condition = |form: u8, one: u8, other: u8, asked: &mut Vec<Asked>| match form % 5 {
        0 => format!(
            "{{ any: [ {}, {} ] }}",
            atom(one, asked),
            atom(other, asked)
        ),
        1 => format!("{{ not: {} }}", atom(one, asked)),
        2 => atom(one, asked),
        _ => format!(
            "{{ all: [ {}, {} ] }}",
            atom(one, asked),
            atom(other, asked)
        ),
    };
    let gates = [
        condition(bytes[3], bytes[4], bytes[5], &mut asked),
        condition(bytes[6], bytes[7], bytes[8], &mut asked),
    ];
    let cap = condition(bytes[9], bytes[10], bytes[11], &mut asked);
    let mut text = format!("{HEADER}sections:\n  s:\n    title: S\n    questions:\n");
    for (place, one) in asked.iter().enumerate() {
        writeln!(
            text,
            "      q{place}: {{ ask: \"?\", {} }}",
            one.kind.written()
        )
        .unwrap();
    }
    let mut of = Vec::new();
    for (place, one) in asked.iter_mut().enumerate() {
        one.scored = one.kind != Kind::Fact;
        of.extend(one.scored.then(|| format!("q{place}")));
    }
    let aggregate = ["mean", "min", "max", "sum", "geometric"][usize::from(bytes[12]) % 5];
    let cap = if bytes[13].is_multiple_of(2) {
        format!(", cap: {{ when: {cap}, at: 40, because: x }}")
    } else {
        // Not read, so it asks for nothing.
        for one in &mut asked {
            one.tests.clear();
        }
        for gate in &gates {
            for (place, one) in asked.iter_mut().enumerate() {
                let tests = one.kind.tests().iter();
                let held = tests.filter(|test| gate.contains(&format!("q{place}: \"{test}\"")));
                one.tests.extend(held);
            }
        }
        String::new()
    };
    writeln!(
        text,
        "scores:\n  whole: {{ aggregate: {aggregate}, of: [{}], normalise: true{cap} }}",
        of.join(", ")
    )
    .unwrap();
    writeln!(text, "gates:\n  g: {{ title: G, when: {}, because: x }}\n  h: {{ title: H, when: {}, because: x }}", gates[0], gates[1]).unwrap();
    let from = u32::from(bytes[14] % 5) * 20;
    writeln!(text, "ladders:\n  level:\n    of: whole\n    measure: index\n    levels:\n      - {{ id: l0 }}\n      - {{ id: l1, from: {}, gates: [g] }}\n      - {{ id: l2, from: {from}, gates: [h] }}", from / 2).unwrap();
    (text, asked)
}

/// How three questions are answered, from bytes.
fn given(asked: &[Asked], bytes: [u8; 3]) -> Vec<Answer> {
    let one = |(one, byte): (&Asked, &u8)| {
        let answers = one.kind.answers();
        let open = |state| Answer {
            state,
            ..Answer::MISSING
        };
        match usize::from(*byte) % (answers.len() + 2) {
            0 => open(State::Missing),
            1 => open(State::Unknown),
            place => {
                let (worth, set) = answers[place - 2];
                Answer::rated(
                    worth,
                    if one.kind == Kind::Several && set == 0 {
                        8
                    } else {
                        set
                    },
                )
            }
        }
    };
    asked.iter().zip(&bytes).map(one).collect()
}

/// Whether it is at that level or above, whatever the open answers turn out to be.
fn reaches(rulebook: &Rulebook, answers: &Answers, rank: usize) -> bool {
    let node = rulebook.find("p.level").expect("a ladder");
    let reading = evaluate(rulebook, answers).readings[node];
    reading.possible != 0 && reading.possible.trailing_zeros() as usize >= rank
}

/// The fewest steps that reach a level, tried one by one.
fn fewest(rulebook: &Rulebook, now: &Answers, asked: &[Asked], rank: usize) -> Option<usize> {
    let mut sets = vec![(0, now.clone())];
    for (node, one) in asked.iter().enumerate() {
        let from = now.answers()[node];
        let moved = |(steps, answers): &(usize, Answers)| -> Vec<(usize, Answers)> {
            let to = one.kind.answers().into_iter().filter_map(|to| {
                let more = one.distance(&from, to)?;
                Some((steps + more, answers.with(node, Answer::rated(to.0, to.1))))
            });
            to.chain([(*steps, answers.clone())]).collect()
        };
        sets = sets.iter().flat_map(moved).collect();
    }
    sets.sort_by_key(|(steps, _)| *steps);
    let mut found = sets
        .iter()
        .filter(|(_, answers)| reaches(rulebook, answers, rank));
    found.next().map(|(steps, _)| *steps)
}

/// The answers once a step is done; of choices that will do as well, the last ones.
fn done(rulebook: &Rulebook, answers: &Answers, step: &PlanStep) -> Answers {
    let node = rulebook.find(&step.id).expect("a question");
    let question = rulebook.items[node].kind.question().expect("a question");
    let place = |label: &String| {
        let mut choices = question.choices.iter();
        choices
            .position(|one| one.label == *label)
            .expect("a choice")
    };
    let now = answers.answers()[node];
    let given = match &step.to {
        StepTarget::Anchor { worth, says } => Answer::rated(*worth, 1 << place(says)),
        StepTarget::Fact { holds } => {
            Answer::rated(f64::from(u8::from(*holds)), 1 << u8::from(*holds))
        }
        StepTarget::Number { side, limit, .. } => {
            assert!(
                matches!(side, Side::AtLeast | Side::AtMost),
                "whole numbers"
            );
            Answer::rated(*limit, 0)
        }
        StepTarget::More { count, of } => {
            let added = of.iter().rev().take(*count).map(place);
            let set = added.fold(now.chosen & 7, |set, place| set | 1 << place);
            Answer::rated(f64::from(set.count_ones()), set)
        }
        StepTarget::OneOf { of } => {
            let last = of.last().expect("a choice");
            Answer::rated(f64::NAN, 1 << place(last))
        }
    };
    answers.with(node, given)
}

fn held(rulebook: &Rulebook, now: &Answers, plan: &Plan, rank: usize) -> bool {
    let after = plan.steps.iter();
    let after = after.fold(now.clone(), |answers, step| done(rulebook, &answers, step));
    reaches(rulebook, &after, rank)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_plan_has_the_fewest_steps_over_every_type(bytes in any::<[u8; 16]>(), answered in any::<[u8; 3]>()) {
        let (text, asked) = made(&bytes);
        let rulebook = linked(&[&[("pack.yaml", &text)]]).valid();
        let none = answers(&rulebook, "").valid();
        let givens = given(&asked, answered);
        let now = none.with_all(givens.iter().copied().enumerate());
        let result = assess(&rulebook, &now);
        let ladder = &result.levels[0];
        let level = ladder.level.as_ref();
        let level = level.and_then(|one| ladder.levels.iter().position(|of| of.id == one.id));
        let Some(level) = level else { return Ok(()) };
        for rank in level + 1..ladder.levels.len() {
            let wish = PlanRequest { to: Some(&ladder.levels[rank].id), ..PlanRequest::default() };
            let wanted = fewest(&rulebook, &now, &asked, rank);
            match plan(&matched(&rulebook, &result), &wish) {
                Ok(plan) => {
                    prop_assert_eq!(Some(plan.count), wanted, "{}\n{:?}\n{:#?}", text, givens, plan.steps);
                    prop_assert_eq!(plan.shortness, Shortness::Shortest, "{}", text);
                    prop_assert!(plan.complete && held(&rulebook, &now, &plan, rank), "{text}\n{givens:?}\n{:#?}", plan.steps);
                }
                Err(NoPlan::OutOfReach { proven, .. }) => {
                    prop_assert!(proven && wanted.is_none(), "{text}\n{givens:?}\n{wanted:?}");
                }
                Err(other) => return Err(TestCaseError::fail(format!("{text}\n{givens:?}\n{other:?}"))),
            }
        }
    }
}
