//! Answers to generated questions, and every way to complete them.

use super::generate::TOP;
use centricity::answers::{Answer, Answers};
use centricity::rules::rulebook::Rulebook;
use centricity::rules::vocabulary::State;
use proptest::prelude::*;

/// How each of four questions is answered.
pub(crate) fn givens() -> impl Strategy<Value = [Answer; 4]> {
    let rated = (0..=TOP).prop_map(rating);
    let open = prop_oneof![Just(State::Missing), Just(State::Unknown)].prop_map(|state| Answer {
        state,
        ..Answer::MISSING
    });
    let absent = Just(not_applicable());
    let one = prop_oneof![6 => rated, 6 => open, 1 => absent];
    [one.clone(), one.clone(), one.clone(), one]
}

/// A rating of the generated scale.
pub(crate) fn rating(worth: u8) -> Answer {
    Answer::rated(f64::from(worth), 1 << worth)
}

/// These answers to the questions of a rulebook.
pub(crate) fn laid(rulebook: &Rulebook, givens: &[Answer]) -> Answers {
    let none = super::workshop::answers(rulebook, "").valid();
    let places = 0..rulebook.question_count();
    places
        .zip(givens)
        .fold(none, |answers, (place, given)| answers.with(place, *given))
}

/// The questions without an answer.
pub(crate) fn open(answers: &Answers) -> Vec<usize> {
    let open = |state: State| matches!(state, State::Missing | State::Unknown);
    answers
        .answers()
        .iter()
        .enumerate()
        .filter(|(_, given)| open(given.state))
        .map(|(place, _)| place)
        .collect()
}

/// An answer that says the question does not apply.
pub(crate) fn not_applicable() -> Answer {
    Answer {
        state: State::NotApplicable,
        ..Answer::MISSING
    }
}

/// Every way to rate the open questions.
pub(crate) fn ratings(answers: &Answers) -> Vec<Answers> {
    complete(answers, |_| (0..=TOP).map(rating).collect())
}

/// Every way to answer the open questions; what may be called not applicable may be that too.
pub(crate) fn completions(rulebook: &Rulebook, answers: &Answers) -> Vec<Answers> {
    complete(answers, |place| {
        let out = rulebook.program.questions[place].may_leave;
        let out = out.then(not_applicable);
        (0..=TOP).map(rating).chain(out).collect()
    })
}

fn complete(answers: &Answers, ways: impl Fn(usize) -> Vec<Answer>) -> Vec<Answers> {
    open(answers)
        .into_iter()
        .fold(vec![answers.clone()], |list, place| {
            let ways = ways(place);
            let each = |one: &Answers| -> Vec<Answers> {
                ways.iter().map(|given| one.with(place, *given)).collect()
            };
            list.iter().flat_map(each).collect()
        })
}
