//! Answers tried one by one: only items that a changed answer moves are evaluated again.

use super::{Reading, compute, holds_surely, stands};
use crate::answers::{Answer, Answers};
use crate::rules::condition::Truth;
use crate::rules::rulebook::{Check, Program, Step};
use crate::rules::vocabulary::Grade;
use std::borrow::Cow;

/// The readings of answers that change and change back.
#[derive(Debug, Clone)]
pub(crate) struct WhatIf<'a> {
    program: &'a Program,
    answers: Answers,
    readings: Vec<Reading>,
    /// For each question, the steps it moves, as far as they are wanted.
    moves: Cow<'a, [Vec<usize>]>,
    /// The answers that those changed since the beginning replaced.
    before: Vec<Before>,
    /// The readings they replaced.
    kept: Vec<(usize, Reading)>,
}

#[derive(Debug, Clone)]
struct Before {
    question: usize,
    answer: Answer,
    grade: Grade,
    kept: usize,
}

impl<'a> WhatIf<'a> {
    /// The readings of all items. As answers change, those that `wanted` rests on are kept up to
    /// date; where it names no item, all scores.
    pub(crate) fn new(
        program: &'a Program,
        answers: &Answers,
        readings: &[Reading],
        wanted: Option<usize>,
    ) -> Self {
        let reach = program.reach();
        let moves = wanted.map_or(Cow::Borrowed(reach.scored.as_slice()), |node| {
            let steps = program.needed([node]);
            let wanted = |moves: &Vec<usize>| -> Vec<usize> {
                let moves = moves.iter().copied();
                moves.filter(|place| steps.contains(place)).collect()
            };
            Cow::Owned(reach.moves.iter().map(wanted).collect())
        });
        Self {
            program,
            answers: answers.without_notes(),
            readings: readings.to_vec(),
            moves,
            before: Vec::new(),
            kept: Vec::new(),
        }
    }

    /// The readings of all items, all of which are kept up to date as answers change.
    pub(crate) fn of_all(program: &'a Program, answers: &Answers, readings: &[Reading]) -> Self {
        Self {
            moves: Cow::Borrowed(program.reach().moves.as_slice()),
            ..Self::new(program, answers, readings, None)
        }
    }

    /// The reading of an item.
    pub(crate) fn reading(&self, node: usize) -> Reading {
        self.readings.get(node).copied().unwrap_or(Reading::EMPTY)
    }

    /// The answer to a question, with the grade of its evidence.
    pub(crate) fn answer(&self, question: usize) -> (Answer, Grade) {
        let answer = self.answers.answers().get(question).copied();
        let notes = self.answers.notes().get(question);
        let grade = notes.map_or_else(Grade::default, |one| one.grade);
        (answer.unwrap_or(Answer::MISSING), grade)
    }

    /// The truth of a check of a ladder, with the current values.
    pub(crate) fn stands(&self, check: &Check) -> Truth {
        stands(self.program, &self.readings, &self.answers, check)
    }

    /// The truth of a check of a ladder: true where it holds with the current values, and the open
    /// answers cannot undo it.
    pub(crate) fn holds(&self, check: &Check) -> Truth {
        let now = self.stands(check);
        let surely = holds_surely(self.program, &self.readings, &self.answers, check);
        now.min(surely)
    }

    /// Answers a question in another way.
    pub(crate) fn put(&mut self, question: usize, answer: Answer, grade: Grade) {
        let Some((slot, old)) = self.answers.replace(question, answer, grade) else {
            return;
        };
        self.before.push(Before {
            question,
            answer: slot,
            grade: old,
            kept: self.kept.len(),
        });
        self.reset(question);
        let moves = self.moves.get(question).cloned().unwrap_or_default();
        for place in moves {
            self.run(place);
        }
    }

    /// Takes the last change back.
    pub(crate) fn undo(&mut self) {
        let Some(before) = self.before.pop() else {
            return;
        };
        self.answers
            .replace(before.question, before.answer, before.grade);
        while self.kept.len() > before.kept {
            if let Some((node, reading)) = self.kept.pop()
                && let Some(slot) = self.readings.get_mut(node)
            {
                *slot = reading;
            }
        }
    }

    /// Keeps the changes; none before this can be taken back.
    pub(crate) fn settle(&mut self) {
        self.before.clear();
        self.kept.clear();
    }

    /// A question as it is answered, before others make it irrelevant.
    fn reset(&mut self, question: usize) {
        let answer = self.answers.answers().get(question);
        let (Some(shape), Some(answer)) = (self.program.questions.get(question), answer) else {
            return;
        };
        let reading = answer.reading(shape);
        if let Some(slot) = self.readings.get_mut(question) {
            self.kept.push((question, *slot));
            *slot = reading;
        }
    }

    fn run(&mut self, place: usize) {
        let Some(step) = self.program.steps.get(place) else {
            return;
        };
        if let Step::Relevance { node, .. } = step {
            self.reset(*node);
        }
        for node in step.writes() {
            self.kept.push((node, self.reading(node)));
        }
        compute(
            self.program,
            &mut self.readings,
            &self.answers,
            step,
            &mut None,
        );
    }
}
