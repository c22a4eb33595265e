//! One answer from those of several roles.

use crate::answers::check::{Desk, weigh};
use crate::answers::rules::GroupRules;
use crate::answers::tally::{Cell, Weighed, spoken};
use crate::answers::{Answer, AnswerNotes};
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Item, Question};
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::Role;
use crate::rules::vocabulary::State;

/// A fact counts where this share agrees.
const QUALIFIED: f64 = 2.0 / 3.0;
/// One of several choices is taken where more than this share took it; so one that excludes all
/// others is never taken beside another.
const HALF: f64 = 0.5;

/// What everybody together answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Merged {
    pub(super) state: State,
    /// As counted in scores; NaN where the answer has no worth.
    pub(super) worth: f64,
    pub(super) chosen: u64,
    /// Some say that it does not apply, and others answer.
    pub(super) mixed: bool,
    /// There are answers, and they differ too much to choose one.
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
        let none = Self {
            state,
            worth: f64::NAN,
            chosen: 0,
            mixed: false,
            split: false,
        };
        if state == State::Rated {
            Self {
                mixed: away,
                ..none.rated(question, cells, rules)
            }
        } else {
            none
        }
    }

    fn rated(self, question: &Question, cells: &[(Role, &Cell)], rules: &GroupRules) -> Self {
        let mean = over_roles(cells, rules, |cell| cell.sum);
        let scored = question.choices.iter().all(|one| one.score.is_some());
        match question.kind {
            QuestionType::Rating => Self {
                worth: mean,
                ..self
            },
            QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => Self {
                worth: quantile(question.kind, cells, rules, 0.5).unwrap_or(mean),
                ..self
            },
            QuestionType::SelectOne if scored => Self {
                worth: mean,
                chosen: nearest(question, mean),
                ..self
            },
            QuestionType::SelectOne | QuestionType::Boolean => {
                self.fact(question, &shares(question, cells, rules))
            }
            QuestionType::SelectMultiple => {
                let shares = shares(question, cells, rules);
                let taken = shares
                    .iter()
                    .enumerate()
                    .filter(|(_, share)| **share > HALF + 1e-9);
                let chosen = taken.fold(0, |set, (place, _)| set | 1 << place);
                Self {
                    worth: question.worth_of(chosen),
                    chosen,
                    ..self
                }
            }
            QuestionType::Text => self,
        }
    }

    fn fact(self, question: &Question, shares: &[f64]) -> Self {
        let found = shares.iter().position(|share| *share >= QUALIFIED - 1e-9);
        let Some(place) = found else {
            return Self {
                state: State::Unknown,
                split: true,
                ..self
            };
        };
        let score = question.choices.get(place).and_then(|choice| choice.score);
        Self {
            worth: score.unwrap_or(f64::NAN),
            chosen: 1 << place,
            ..self
        }
    }
}

/// How much a role enters the value over all roles.
pub(super) fn weight(role: Role, cell: &Cell, rules: &GroupRules) -> f64 {
    if rules.pooled {
        f64::from(cell.rated)
    } else {
        rules.weight(role)
    }
}

/// Merged figures are kept to so many parts of one: the last bits of a float tell in what order,
/// and so of what, it was added up.
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
    let weighed = heard
        .clone()
        .map(|(role, cell)| (&cell.numbers, weight(*role, cell, rules)));
    let value = Weighed::new(weighed).quantile(share)?;
    Some(spoken(kind, value, &heard.map(|(_, cell)| &cell.numbers)))
}

/// Whether several people's answers to a question are estimates of one number.
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
    let scores = question
        .choices
        .iter()
        .map(|one| one.score.unwrap_or(f64::NAN));
    let best = scores.enumerate().reduce(|best, one| {
        let nearer = far(one.1) < far(best.1) - 1e-9;
        let lower = far(one.1) < far(best.1) + 1e-9 && one.1 < best.1;
        if nearer || lower { one } else { best }
    });
    best.map_or(0, |(place, _)| 1 << place)
}

impl Desk<'_> {
    /// Lays a merged answer where the assessor's stands, and keeps what the assessor knows of its
    /// evidence, target and owner.
    pub(super) fn lay(&mut self, node: usize, item: &Item, question: &Question, merged: &Merged) {
        self.warn_of_own(node, &item.id);
        let basis = self.basis;
        let (Some(given), Some(remark)) = (self.given.get_mut(node), self.remarks.get_mut(node))
        else {
            return;
        };
        let words = |holds: bool, text: &str| holds.then(|| text.to_owned());
        let rated = merged.state == State::Rated;
        remark.text = if is_number(question.kind) {
            rated.then(|| merged.worth.to_string())
        } else {
            let text = question.kind == QuestionType::Text && rated;
            words(text, "answered by several people, in words of their own")
        };
        remark.of = None;
        let away = merged.state == State::NotApplicable;
        remark.reason = words(away, "so say all who could judge it");
        *given = laid(
            question,
            merged.state,
            merged.worth,
            merged.chosen,
            remark,
            basis,
        );
    }
}

/// An answer of this worth, held down by its evidence, with its target.
pub(super) fn laid(
    question: &Question,
    state: State,
    worth: f64,
    chosen: u64,
    remark: &AnswerNotes,
    basis: Basis,
) -> Answer {
    if state != State::Rated {
        return Answer {
            state,
            ..Answer::MISSING
        };
    }
    let claimed = Answer::rated(question.turned(worth), chosen);
    let given = weigh(question, claimed, remark.grade, basis);
    given.aiming_at(remark.phases.last())
}
