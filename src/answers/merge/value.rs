//! One answer from those of several roles.
//!
//! Ratings and scored choices become means, numbers medians; facts need two thirds.

use crate::answers::value::with_evidence;
use crate::answers::{Answer, AnswerNotes, Cell, GroupRules, statistics};
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::Question;
use crate::rules::vocabulary::{Basis, Role, State};

/// A fact counts where this share agrees.
const QUALIFIED: f64 = 2.0 / 3.0;
/// One of several choices is taken where more than this share took it; so one that excludes all
/// others is never taken together with another.
const HALF: f64 = 0.5;

/// The answer of everybody together.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Merged {
    pub(super) state: State,
    /// As counted in scores; NaN where the answer has no worth.
    pub(super) worth: f64,
    pub(super) chosen: u64,
    /// True if some say that it does not apply and others answer.
    pub(super) mixed: bool,
    /// True if there are answers, and they differ too much to choose one.
    pub(super) split: bool,
}

impl Merged {
    pub(super) fn of(question: &Question, cells: &[(Role, &Cell)], rules: &GroupRules) -> Self {
        let any = |count: fn(&Cell) -> u32| cells.iter().any(|(_, cell)| count(cell) > 0);
        let away = any(|cell| cell.not_applicable);
        let state = if any(|cell| cell.rated) {
            State::Rated
        } else if away {
            State::NotApplicable
        } else if any(|cell| cell.unknown) {
            State::Unknown
        } else {
            State::Missing
        };
        let merged = Self {
            state,
            worth: f64::NAN,
            chosen: 0,
            mixed: away && state == State::Rated,
            split: false,
        };
        if state != State::Rated {
            return merged;
        }
        let mean = || over_roles(cells, rules, |cell| cell.sum);
        let scored = question.choices.iter().all(|one| one.score.is_some());
        let (worth, chosen) = match question.kind {
            QuestionType::Rating => (mean(), 0),
            QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
                let median = quantile(question.kind, cells, rules, 0.5);
                (median.unwrap_or_else(mean), 0)
            }
            QuestionType::SelectOne if scored => (mean(), nearest(question, mean())),
            QuestionType::SelectOne | QuestionType::Boolean => {
                let shares = shares(question, cells, rules);
                let found = shares.iter().position(|share| *share >= QUALIFIED - 1e-9);
                let Some(place) = found else {
                    return Self {
                        state: State::Unknown,
                        split: true,
                        ..merged
                    };
                };
                let score = question.choices.get(place).and_then(|choice| choice.score);
                (score.unwrap_or(f64::NAN), 1 << place)
            }
            QuestionType::SelectMultiple => {
                let shares = shares(question, cells, rules);
                let taken = shares.iter().enumerate();
                let taken = taken.filter(|(_, share)| **share > HALF + 1e-9);
                let chosen = taken.fold(0, |set, (place, _)| set | 1 << place);
                (question.worth_of(chosen), chosen)
            }
            QuestionType::Text => (f64::NAN, 0),
        };
        Self {
            worth,
            chosen,
            ..merged
        }
    }

    /// Replaces the assessor's answer with the merged one; evidence, target and owner stay.
    pub(super) fn replace(
        &self,
        question: &Question,
        answer: &mut Answer,
        notes: &mut AnswerNotes,
        basis: Basis,
    ) {
        let rated = self.state == State::Rated;
        let text = if question.kind == QuestionType::Text {
            Some(message!("answered-by-several-people-in-words").to_owned())
        } else {
            is_number(question.kind).then(|| self.worth.to_string())
        };
        notes.text = text.filter(|_| rated);
        notes.of = None;
        let away = self.state == State::NotApplicable;
        notes.reason = away.then(|| message!("so-say-all-who-could").to_owned());
        *answer = if rated {
            let merged = Answer::rated(question.turned(self.worth), self.chosen);
            with_evidence(question, merged, notes, basis)
        } else {
            Answer::of_state(self.state)
        };
    }
}

/// Weight of a role in the value over all roles.
pub(super) fn weight(role: Role, cell: &Cell, rules: &GroupRules) -> f64 {
    if rules.pooled {
        f64::from(cell.rated)
    } else {
        rules.weight(role)
    }
}

/// Merged figures are rounded to this part of one: the last bits of a float depend on the order in
/// which it was added up, and so give away its parts.
const GRAIN: f64 = 1e9;

/// The mean of each role, then the mean over the roles that answered.
fn over_roles(cells: &[(Role, &Cell)], rules: &GroupRules, sum: impl Fn(&Cell) -> f64) -> f64 {
    let heard = cells.iter().filter(|(_, cell)| cell.rated > 0);
    let (total, weights) = heard.fold((0.0, 0.0), |(total, weights), (role, cell)| {
        let weight = weight(*role, cell, rules);
        let mean = sum(cell) / f64::from(cell.rated);
        (total + weight * mean, weights + weight)
    });
    (total / weights * GRAIN).round() / GRAIN
}

/// The number below which this share of the answers lies, each role weighing as it does in a mean,
/// rounded to what people would say.
pub(super) fn quantile(
    kind: QuestionType,
    cells: &[(Role, &Cell)],
    rules: &GroupRules,
    share: f64,
) -> Option<f64> {
    let heard = cells.iter().filter(|(_, cell)| cell.rated > 0);
    let groups = heard.map(|(role, cell)| (&cell.numbers, weight(*role, cell, rules)));
    statistics::quantile(kind, &groups.collect::<Vec<_>>(), share)
}

/// Returns true if the answers of several people are estimates of one number.
pub(super) fn is_number(kind: QuestionType) -> bool {
    matches!(
        kind,
        QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent
    )
}

/// The share of people who took each choice, over roles like any other mean.
fn shares(question: &Question, cells: &[(Role, &Cell)], rules: &GroupRules) -> Vec<f64> {
    let share = |place: usize| {
        over_roles(cells, rules, |cell| {
            cell.counts.get(place).copied().map_or(0.0, f64::from)
        })
    };
    (0..question.choices.len()).map(share).collect()
}

/// The choice whose score is nearest to a worth; between two, the lower one.
fn nearest(question: &Question, worth: f64) -> u64 {
    let far = |score: f64| (score - worth).abs();
    let scores = question.choices.iter();
    let scores = scores.map(|one| one.score.unwrap_or(f64::NAN));
    let best = scores.enumerate().reduce(|best, one| {
        let nearer = far(one.1) < far(best.1) - 1e-9;
        let lower = far(one.1) < far(best.1) + 1e-9 && one.1 < best.1;
        if nearer || lower { one } else { best }
    });
    best.map_or(0, |(place, _)| 1 << place)
}
