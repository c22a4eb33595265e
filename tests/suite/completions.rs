//! Answers to generated questions, and every way to complete them.

use super::generate::TOP;
use centricity::answers::{Answers, Given};
use centricity::evaluate::State;
use centricity::rulebook::Rulebook;
use proptest::prelude::*;

/// How each of four questions is answered.
pub(crate) fn givens() -> impl Strategy<Value = [Given; 4]> {
    let rated = (0..=TOP).prop_map(rating);
    let open = prop_oneof![Just(State::Missing), Just(State::Unknown)].prop_map(|state| Given {
        state,
        ..Given::MISSING
    });
    let absent = Just(Given {
        state: State::NotApplicable,
        ..Given::MISSING
    });
    let one = prop_oneof![6 => rated, 6 => open, 1 => absent];
    [one.clone(), one.clone(), one.clone(), one]
}

/// A rating of the generated scale.
pub(crate) fn rating(worth: u8) -> Given {
    Given::rated(f64::from(worth), 1 << worth)
}

/// These answers to the questions of a rulebook.
pub(crate) fn laid(rulebook: &Rulebook, givens: &[Given]) -> Answers {
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
        .given()
        .iter()
        .enumerate()
        .filter(|(_, given)| open(given.state))
        .map(|(place, _)| place)
        .collect()
}

/// Every way to answer the open questions.
pub(crate) fn completions(answers: &Answers) -> Vec<Answers> {
    open(answers)
        .into_iter()
        .fold(vec![answers.clone()], |list, place| {
            list.iter()
                .flat_map(|one| (0..=TOP).map(|worth| one.with(place, rating(worth))))
                .collect()
        })
}
