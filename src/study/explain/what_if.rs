//! Single answers that would change something, found by evaluating again.

use crate::answers::{Answer, Answers};
use crate::assess::evaluate::{Evaluation, evaluate};
use crate::rules::rulebook::{Program, Question, Rulebook};
use crate::rules::vocabulary::State;
use serde::Serialize;

/// One answer that would change something.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// The question, `pack.item`.
    pub id: String,
    /// Its name.
    pub label: String,
    /// The answer it would take, in words.
    pub answer: String,
    /// Result of that answer.
    pub then: String,
    /// Steps from the present answer; 0 where there is none.
    #[serde(skip)]
    pub(super) distance: usize,
}

/// Most changes that are shown.
const MOST: usize = 6;

/// Tries every other answer of every question below `from`, and keeps for each question the
/// nearest answer after which `then` has something to say.
pub(super) fn changes(
    rulebook: &Rulebook,
    answers: &Answers,
    from: &[usize],
    then: impl Fn(&Evaluation) -> Option<String>,
) -> Vec<Change> {
    let program = &rulebook.program;
    let rests = |question: &usize| {
        let mut from = from.iter();
        from.any(|node| program.reach().rests(*node, *question))
    };
    let below = (0..program.questions.len()).filter(rests);
    let changes = below.filter_map(|node| nearest_change(rulebook, answers, node, &then));
    let mut list: Vec<Change> = changes.collect();
    list.sort_by_key(|change| change.distance);
    list.truncate(MOST);
    list
}

fn nearest_change(
    rulebook: &Rulebook,
    answers: &Answers,
    node: usize,
    then: &impl Fn(&Evaluation) -> Option<String>,
) -> Option<Change> {
    let item = rulebook.item(node)?;
    let question = item.kind.question()?;
    let given = answers.answers().get(node)?;
    let present = (given.state == State::Rated).then(|| present(question, given));
    let mut options: Vec<(usize, usize)> = (0..question.choices.len())
        .filter(|place| Some(*place) != present)
        .map(|place| (present.map_or(0, |now| now.abs_diff(place)), place))
        .collect();
    options.sort_unstable();
    options.into_iter().find_map(|(distance, place)| {
        let choice = question.choices.get(place)?;
        let evaluation = evaluate(rulebook, &answers.with(node, chosen(question, place)?));
        let answer = if choice.label == choice.value {
            choice.label.clone()
        } else {
            format!("{} ({})", choice.label, choice.value)
        };
        then(&evaluation).map(|then| Change {
            id: item.id.clone(),
            label: item.label.clone(),
            answer,
            then,
            distance,
        })
    })
}

/// The place of the present answer; of a mean of several, the nearest step.
fn present(question: &Question, given: &Answer) -> usize {
    let places = 0..question.choices.len();
    let far = |place: &usize| {
        let worth = chosen(question, *place).map_or(f64::NAN, |one| one.claimed);
        (worth - given.claimed).abs()
    };
    match usize::try_from(given.chosen.trailing_zeros()) {
        Ok(place) if given.chosen != 0 => place,
        _ => places.min_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or(0),
    }
}

/// One choice taken, with evidence to match.
fn chosen(question: &Question, place: usize) -> Option<Answer> {
    let counted = if question.reverse {
        question.choices.len().checked_sub(place + 1)?
    } else {
        place
    };
    let worth = question
        .choices
        .get(counted)
        .and_then(|choice| choice.score);
    Some(Answer::rated(worth.unwrap_or(f64::NAN), 1 << place))
}

/// Items that an item reads.
pub(super) fn reads(program: &Program, node: usize) -> Vec<usize> {
    let steps = program.steps.iter();
    let own = steps.filter(|step| step.writes().contains(&node));
    own.flat_map(|step| step.reads(program)).collect()
}
