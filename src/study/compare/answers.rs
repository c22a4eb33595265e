//! The answers that changed, from the documents alone.

use super::{AnswerChange, AnswerMove, AnswerPoint, Pair};
use crate::assess::assessment::QuestionResult;
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;

impl Pair<'_> {
    pub(super) fn answers(&self) -> Vec<AnswerChange> {
        let (before, after) = (&self.before.questions, &self.after.questions);
        let pairs = self.matched(before, after, |one| &one.id);
        let change = |(from, to): (Option<&QuestionResult>, Option<&QuestionResult>)| {
            let named = to.or(from)?;
            Some(AnswerChange {
                id: named.id.to_string(),
                label: named.label.clone(),
                kind: moved(from, to)?,
                from: from.map(point),
                to: to.map(point),
            })
        };
        pairs.into_iter().filter_map(change).collect()
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

/// How an answer changed; `None` where it did not.
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
