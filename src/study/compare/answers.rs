//! Answers that changed, and questions that only one of two forms asks.

use super::result::{AnswerChange, AnswerMove, AnswerPoint};
use super::{Pair, Sides, differ};
use crate::assess::assessment::{Assessment, QuestionResult};
use crate::rules::vocabulary::State;
use crate::study::by_id;

impl Pair<'_> {
    /// The answers that changed.
    pub(super) fn answers(&self) -> Vec<AnswerChange> {
        self.changes(questions, |named, (from, to, _)| {
            if self.is_asked_once(from, to) {
                return None;
            }
            Some(AnswerChange {
                id: named.id.to_string(),
                label: named.label.clone(),
                kind: moved(from, to)?,
                from: from.map(point),
                to: to.map(point),
            })
        })
    }

    /// Number of questions that one side leaves out as a short form.
    pub(super) fn asked_once(&self) -> usize {
        let asked = |_: &_, (from, to, _): Sides<'_, _>| self.is_asked_once(from, to).then_some(());
        self.changes(questions, asked).len()
    }

    fn is_asked_once(&self, from: Option<&QuestionResult>, to: Option<&QuestionResult>) -> bool {
        let both = from.zip(to).filter(|_| self.before.form != self.after.form);
        both.is_some_and(|(from, to)| not_core(from) != not_core(to))
    }
}

fn questions(side: &Assessment) -> Vec<(&str, &QuestionResult)> {
    by_id(&side.questions, |one| &one.id).collect()
}

/// True for a question that the short form leaves out.
fn not_core(question: &QuestionResult) -> bool {
    question.state == State::NotCore
}

fn point(question: &QuestionResult) -> AnswerPoint {
    AnswerPoint {
        state: question.state,
        says: question.says.clone(),
        value: question.value,
        grade: question.grade,
    }
}

/// Kind of change of an answer; `None` where it did not change. What a short form does not ask is added
/// with an answer, and removed with one.
fn moved(from: Option<&QuestionResult>, to: Option<&QuestionResult>) -> Option<AnswerMove> {
    let not_core = |one: Option<&QuestionResult>| one.is_some_and(not_core);
    let said = |one: Option<&QuestionResult>| {
        one.is_some_and(|one| !matches!(one.state, State::NotCore | State::Missing))
    };
    let (from, to) = match (from, to) {
        _ if not_core(from) => return said(to).then_some(AnswerMove::Added),
        _ if not_core(to) => return said(from).then_some(AnswerMove::Removed),
        (None, Some(_)) => return Some(AnswerMove::Added),
        (_, None) => return Some(AnswerMove::Removed),
        (Some(from), Some(to)) => (from, to),
    };
    match (from.state, to.state) {
        (State::Rated, State::Rated) => rated(from, to),
        (was, State::Rated) if was.is_open() => Some(AnswerMove::Answered),
        (_, State::Rated) => Some(AnswerMove::Applies),
        (State::Rated, is) if is.is_open() => Some(AnswerMove::Opened),
        (State::Rated, _) => Some(AnswerMove::Dropped),
        (was, is) => (was != is).then_some(AnswerMove::Standing),
    }
}

fn rated(from: &QuestionResult, to: &QuestionResult) -> Option<AnswerMove> {
    let said = |one: &QuestionResult| one.claimed.or(one.value);
    if from.answer != to.answer || differ(said(from), said(to)) {
        return Some(AnswerMove::Changed);
    }
    let proven = from.grade != to.grade || differ(from.value, to.value);
    proven.then_some(AnswerMove::Proven)
}
