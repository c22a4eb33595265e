//! The answers that changed, from the documents alone.

use super::pair::{Pair, by_id};
use super::result::{AnswerChange, AnswerMove, AnswerPoint};
use crate::assess::assessment::{Assessment, QuestionResult};
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;

impl<'a> Pair<'a> {
    pub(super) fn answers(&self) -> Vec<AnswerChange> {
        let list = |side: &'a Assessment| by_id(&side.questions, |one| &one.id);
        self.changes(list, |from, to, _| {
            let named = to.or(from)?;
            Some(AnswerChange {
                id: named.id.to_string(),
                label: named.label.clone(),
                kind: moved(from, to)?,
                from: from.map(point),
                to: to.map(point),
            })
        })
    }
}

fn point(question: &QuestionResult) -> AnswerPoint {
    AnswerPoint {
        state: question.state,
        says: question.says.clone(),
        value: question.value,
        grade: question.grade,
    }
}

/// Kind of change of an answer; `None` where it did not change.
fn moved(from: Option<&QuestionResult>, to: Option<&QuestionResult>) -> Option<AnswerMove> {
    let (from, to) = match (from, to) {
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

pub(super) fn differ(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() >= TOLERANCE,
        (one, other) => one.is_some() != other.is_some(),
    }
}
