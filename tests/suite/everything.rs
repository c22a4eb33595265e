//! All built-in packs in one rulebook: what must hold of them together, tried on random answers.

use super::properties::{fits, sound};
use centricity::answers::{Answer, Answers};
use centricity::assess::{Evaluation, evaluate};
use centricity::rules::pack::file::QuestionType;
use centricity::rules::pack::{self, Loaded};
use centricity::rules::rulebook::{ItemKind, Question, Rulebook, Step};
use centricity::rules::vocabulary::{Aggregate, State};
use centricity::text::diagnostic::{Diagnostics, Sources, render};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Questions whose answer may lower a score when it rises, and why.
const MAY_LOWER: [(&str, &str); 1] = [(
    "one-to-one.reteach",
    "customers who would lose much by leaving, and are not free to leave, are captive",
)];

/// Every built-in pack, linked.
pub(crate) fn everything() -> &'static Rulebook {
    static ALL: OnceLock<Rulebook> = OnceLock::new();
    ALL.get_or_init(|| {
        let (mut sources, mut problems) = (Sources::new(), Diagnostics::new());
        let load = |name| {
            let texts = pack::built_in(name).expect("a built-in pack");
            Loaded::load(texts, &mut sources, &mut problems).expect("readable files")
        };
        let packs: Vec<Loaded> = pack::built_in_names().into_iter().map(load).collect();
        let rulebook = Rulebook::link(&packs, &mut problems);
        assert!(
            problems.is_empty(),
            "{}",
            render(&problems, &sources, false)
        );
        rulebook.expect("a rulebook")
    })
}

/// One way to answer a question, chosen by a number.
fn answer(question: &Question, number: u16) -> Answer {
    let state = |state| Answer {
        state,
        ..Answer::MISSING
    };
    let choices = question.choices.len();
    match (number % 16, question.kind) {
        (0, _) => state(State::Missing),
        (1, _) => state(State::Unknown),
        (2, _) if question.may_not_apply => state(State::NotApplicable),
        (_, QuestionType::Text) => Answer::rated(f64::NAN, 0),
        (_, QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent) => {
            Answer::rated(f64::from(number % 101), 0)
        }
        _ => {
            let chosen = usize::from(number / 16) % choices.max(1);
            let worth = question.choices.get(chosen).and_then(|one| one.score);
            Answer::rated(worth.unwrap_or(f64::NAN), 1 << chosen)
        }
    }
}

fn questions() -> impl Iterator<Item = &'static Question> {
    let items = everything().items.iter();
    items.filter_map(|item| item.kind.question())
}

fn answers(numbers: &[u16]) -> Answers {
    let rulebook = everything();
    let none = Answers::blank(rulebook);
    let given = questions().zip(numbers).enumerate();
    given.fold(none, |answers, (node, (question, number))| {
        answers.with(node, answer(question, *number))
    })
}

fn numbers() -> impl Strategy<Value = Vec<u16>> {
    let count = everything().question_count();
    proptest::collection::vec(any::<u16>(), count)
}

/// The scores that a question can only raise: it enters them, and those above, by aggregates that
/// never fall when a part rises.
fn raised_by(node: usize) -> BTreeSet<usize> {
    let rulebook = everything();
    let rises = |aggregate| {
        use Aggregate::{Geometric, Max, Mean, Min, Sum};
        matches!(aggregate, Mean | Sum | Min | Max | Geometric)
    };
    let mut raised = BTreeSet::from([node]);
    loop {
        let before = raised.len();
        for place in 0..rulebook.items.len() {
            let rule = rulebook.program.score(place);
            if let Some(rule) = rule.filter(|rule| rises(rule.aggregate))
                && rule.terms.iter().any(|term| raised.contains(&term.node))
            {
                raised.insert(place);
            }
        }
        if raised.len() == before {
            raised.remove(&node);
            return raised;
        }
    }
}

/// Questions whose answer brings others in: those count from then on, whatever they say.
fn bring_others_in() -> BTreeSet<usize> {
    let program = &everything().program;
    let relevance = program.steps.iter().filter_map(|step| match step {
        Step::Relevance { when, .. } => Some(when.atoms()),
        Step::Score { .. } | Step::Decide { .. } | Step::Measure { .. } | Step::Climb { .. } => {
            None
        }
    });
    relevance
        .flatten()
        .map(|(atom, _)| program.atoms[atom].node)
        .collect()
}

/// The first score or level that fell, though nothing but one answer rose.
fn fallen(before: &Evaluation, after: &Evaluation, raised: &BTreeSet<usize>) -> Option<String> {
    let rulebook = everything();
    for node in raised {
        let (one, other) = (before.readings[*node], after.readings[*node]);
        let value = other.value < one.value - 1e-9;
        let index = other.index(other.value) < one.index(one.value) - 1e-9;
        if value || index {
            return Some(rulebook.items[*node].id.clone());
        }
    }
    for (node, item) in rulebook.items.iter().enumerate() {
        let of = rulebook.program.ladder(node).and_then(|ladder| ladder.of);
        if matches!(item.kind, ItemKind::Ladder { .. }) && of.is_some_and(|of| raised.contains(&of))
        {
            let level = |evaluation: &Evaluation| evaluation.readings[node].held;
            if level(after) != 0 && level(after) < level(before) {
                return Some(item.id.clone());
            }
        }
    }
    None
}

/// How many cases to try; `PROPTEST_CASES` asks for more than a run of all tests should take.
fn cases() -> u32 {
    let asked = std::env::var("PROPTEST_CASES").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(48)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn values_of_all_packs_lie_in_their_ranges(numbers in numbers()) {
        let evaluation = evaluate(everything(), &answers(&numbers));
        sound("all packs", everything(), &evaluation)?;
    }

    #[test]
    fn answers_to_open_questions_of_all_packs_only_narrow(numbers in numbers(), more in numbers()) {
        let rulebook = everything();
        let before = answers(&numbers);
        let mut after = before.clone();
        for (node, (question, number)) in questions().zip(&more).enumerate() {
            let open = matches!(before.answers()[node].state, State::Missing | State::Unknown);
            // Every other open question is answered, so that what is possible is met midway too.
            let given = answer(question, number | 3);
            if open && number % 2 == 0 && given.state == State::Rated {
                after = after.with(node, given);
            }
        }
        fits("all packs", rulebook, &evaluate(rulebook, &before), &evaluate(rulebook, &after))?;
    }

    #[test]
    fn a_better_answer_never_lowers_a_score_or_a_level(numbers in numbers(), which in any::<prop::sample::Index>()) {
        let rulebook = everything();
        let before = answers(&numbers);
        let bring = bring_others_in();
        let ratings: Vec<usize> = questions().enumerate()
            .filter(|(node, question)| {
                let free = MAY_LOWER.iter().all(|(id, _)| *id != rulebook.items[*node].id)
                    && !bring.contains(node);
                question.kind == QuestionType::Rating && !question.reverse && free
                    && before.answers()[*node].state == State::Rated
            })
            .map(|(node, _)| node)
            .collect();
        prop_assume!(!ratings.is_empty());
        let node = ratings[which.index(ratings.len())];
        let given = before.answers()[node];
        let question = rulebook.items[node].kind.question().expect("a question");
        let next = given.chosen.trailing_zeros() as usize + 1;
        prop_assume!(next < question.choices.len());
        let better = Answer::rated(question.choices[next].score.expect("a worth"), 1 << next);
        let after = before.with(node, better);
        let fell = fallen(&evaluate(rulebook, &before), &evaluate(rulebook, &after), &raised_by(node));
        prop_assert!(fell.is_none(), "{} rose and {fell:?} fell", rulebook.items[node].id);
    }
}

#[test]
fn what_may_lower_a_score_does() {
    let rulebook = everything();
    let rate = |answers: Answers, id: &str, worth: u8| {
        let node = rulebook.find(id).expect("a question");
        answers.with(node, Answer::rated(f64::from(worth), 1 << worth))
    };
    let held = rate(Answers::blank(rulebook), "one-to-one.exit", 0);
    let held = rate(held, "one-to-one.asked-twice", 4);
    for (id, why) in MAY_LOWER {
        let raised = raised_by(rulebook.find(id).expect("a question"));
        let before = evaluate(rulebook, &rate(held.clone(), id, 2));
        let after = evaluate(rulebook, &rate(held.clone(), id, 3));
        assert_eq!(
            fallen(&before, &after, &raised).as_deref(),
            Some("one-to-one.once"),
            "{why}"
        );
    }
}
