//! Interviews: the next question, and the meaning of a typed line.
//!
//! Nothing here reads or prints. An [`Interview`] has a role; a [`Round`] holds the questions that
//! an evaluation of the answers so far finds relevant, so questions come and go. [`parse`] turns a
//! line into a [`Reply`], checked against its question as files are.

mod line;

pub use line::{Reply, numbered, parse, proof, typed};

use crate::answers::{Answers, is_asked};
use crate::assess::evaluate::evaluate;
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::{Role, State};

/// An interview: a rulebook, and the questions of a role.
#[derive(Debug, Clone)]
pub struct Interview<'r> {
    rulebook: &'r Rulebook,
    /// The questions by item, in reading order.
    nodes: Vec<usize>,
}

/// The questions of an interview that are relevant with the answers so far, in reading order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round(Vec<Turn>);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Turn {
    /// The question, by item.
    node: usize,
    /// Its place among all questions of the interview.
    rank: usize,
    open: bool,
}

impl<'r> Interview<'r> {
    /// An interview with somebody of this role, or with an assessor who is asked everything.
    #[must_use]
    pub fn new(rulebook: &'r Rulebook, role: Option<Role>) -> Self {
        let sections = rulebook.sections.iter();
        let all = sections.flat_map(|section| section.questions.iter().copied());
        let put = |node: &usize| {
            let item = rulebook.item(*node);
            let question = item.and_then(|item| item.kind.question());
            question.is_some_and(|one| role.is_none_or(|role| is_asked(one, role)))
        };
        let nodes = all.filter(put).collect();
        Self { rulebook, nodes }
    }

    /// The questions asked once these answers are given. A question whose relevance depends on open
    /// answers is asked.
    #[must_use]
    pub fn round(&self, answers: &Answers) -> Round {
        let readings = evaluate(self.rulebook, answers).readings;
        let turn = |(rank, node): (usize, &usize)| {
            let reading = readings.get(*node)?;
            let given = answers.answers().get(*node)?;
            (reading.state != State::Irrelevant).then_some(Turn {
                node: *node,
                rank,
                open: given.state == State::Missing,
            })
        };
        Round(self.nodes.iter().enumerate().filter_map(turn).collect())
    }

    /// The place of a question among all that the interview could ask.
    fn rank(&self, node: usize) -> usize {
        let found = self.nodes.iter().position(|one| *one == node);
        found.unwrap_or(self.nodes.len())
    }

    /// The question after this one at which the interview stops.
    #[must_use]
    pub fn after(&self, node: usize, round: &Round, pace: Pace) -> Option<usize> {
        let rank = self.rank(node);
        let mut later = round.0.iter().filter(|turn| turn.rank > rank);
        later.find(|turn| pace.stops(**turn)).map(|turn| turn.node)
    }

    /// The question before this one.
    #[must_use]
    pub fn before(&self, node: usize, round: &Round) -> Option<usize> {
        let rank = self.rank(node);
        let earlier = round.0.iter().rev().find(|turn| turn.rank < rank);
        earlier.map(|turn| turn.node)
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

impl Pace {
    fn stops(self, turn: Turn) -> bool {
        self == Self::Every || turn.open
    }
}

impl Round {
    /// The question the interview begins with, or goes on with: the first, or the first one without
    /// an answer.
    #[must_use]
    pub fn first(&self, pace: Pace) -> Option<usize> {
        let mut turns = self.0.iter();
        turns.find(|turn| pace.stops(**turn)).map(|turn| turn.node)
    }

    /// The number of questions.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True if nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The number of questions without an answer.
    #[must_use]
    pub fn open(&self) -> usize {
        self.0.iter().filter(|turn| turn.open).count()
    }

    /// The number of a question, from 1; `None` where it is not asked.
    #[must_use]
    pub fn number(&self, node: usize) -> Option<usize> {
        let place = self.0.iter().position(|turn| turn.node == node);
        place.map(|place| place + 1)
    }
}
