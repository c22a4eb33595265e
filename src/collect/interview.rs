//! Interviews: which question comes next, given the answers so far.

use super::{QuestionnaireSize, sections};
use crate::answers::Answers;
use crate::assess::evaluate::evaluate;
use crate::rules::rulebook::{Asked, Rulebook};
use crate::rules::vocabulary::{FormLength, Role, State};

/// The questions of a role with the answers so far, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interview(Vec<Turn>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Turn {
    /// The question, by item.
    node: usize,
    /// False while other answers make it irrelevant.
    asked: bool,
    open: bool,
}

impl Turn {
    /// True where the interview stops at it.
    fn stops(self, pace: Pace) -> bool {
        self.asked && (self.open || pace == Pace::Every)
    }
}

/// The questions an interview stops at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    /// At those without an answer.
    Open,
    /// At every one.
    Every,
}

impl Interview {
    /// The questions that a form asks of somebody of this role, or of an assessor who is asked every
    /// one, once these answers are given. A question whose relevance depends on open answers is asked.
    #[must_use]
    pub fn new(
        rulebook: &Rulebook,
        role: Option<Role>,
        length: FormLength,
        answers: &Answers,
    ) -> Self {
        let readings = evaluate(rulebook, answers).readings;
        let turn = |Asked { node, .. }: Asked<'_>| {
            Some(Turn {
                node,
                asked: readings.get(node)?.state != State::Irrelevant,
                open: answers.answers().get(node)?.state == State::Missing,
            })
        };
        let length = length.max(answers.form);
        let questions = sections(rulebook, role, length).flat_map(|(_, questions)| questions);
        Self(questions.filter_map(turn).collect())
    }

    /// The question the interview begins with, or goes on with: the first, or the first one without
    /// an answer.
    #[must_use]
    pub fn first(&self, pace: Pace) -> Option<usize> {
        stop(self.0.iter(), pace)
    }

    /// The question after this one at which the interview stops.
    #[must_use]
    pub fn after(&self, node: usize, pace: Pace) -> Option<usize> {
        let from_here = self.0.iter().skip_while(|turn| turn.node != node);
        stop(from_here.skip(1), pace)
    }

    /// The question before this one.
    #[must_use]
    pub fn before(&self, node: usize) -> Option<usize> {
        let earlier = self.0.iter().take_while(|turn| turn.node != node);
        let last = earlier.filter(|turn| turn.asked).last();
        last.map(|turn| turn.node)
    }

    /// The number of questions asked.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.iter().filter(|turn| turn.asked).count()
    }

    /// The number of questions asked that have no answer.
    #[must_use]
    pub fn open(&self) -> usize {
        let asked = self.0.iter().filter(|turn| turn.asked);
        asked.filter(|turn| turn.open).count()
    }

    /// Size of what the interview stops at.
    #[must_use]
    pub fn size(&self, rulebook: &Rulebook, pace: Pace) -> QuestionnaireSize {
        let ahead = self.0.iter().filter(|turn| turn.stops(pace));
        let kinds = ahead.filter_map(|turn| Some(rulebook.asked(turn.node)?.question.kind));
        QuestionnaireSize::of(kinds)
    }

    /// The number of a question, from 1; `None` where it is not asked.
    #[must_use]
    pub fn number(&self, node: usize) -> Option<usize> {
        let mut asked = self.0.iter().filter(|turn| turn.asked).zip(1..);
        let found = asked.find(|(turn, _)| turn.node == node);
        found.map(|(_, number)| number)
    }
}

/// The first of some questions at which the interview stops.
fn stop<'t>(mut turns: impl Iterator<Item = &'t Turn>, pace: Pace) -> Option<usize> {
    let found = turns.find(|turn| turn.stops(pace));
    found.map(|turn| turn.node)
}
