//! Levels, decisions, gates, metrics, answers and findings that moved.

use super::result::{
    AnswerChange, AnswerMove, AnswerPoint, DecisionChange, FindingChange, GateChange, LevelChange,
    MetricChange, Movement,
};
use super::{Pair, by_id};
use crate::assess::assessment::{
    Assessment, Because, DecisionResult, FigureResult, GateResult, LadderResult, Named, NeedState,
    QuestionResult,
};
use crate::message;
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;

impl<'a> Pair<'a> {
    pub(super) fn levels(&self) -> Vec<LevelChange> {
        let list = |side: &'a Assessment| by_id(&side.levels, |one| &one.id);
        self.changes(list, |named, (from, to, carried)| {
            let level = |one: Option<&LadderResult>| one.and_then(|one| one.level.clone());
            let possible = |one: &LadderResult| one.possible.clone();
            let (was, is) = (level(from), level(to));
            let possible_from = from.map(possible).unwrap_or_default();
            let possible_to = to.map(possible).unwrap_or_default();
            Some(LevelChange {
                id: named.id.to_string(),
                title: named.title.clone(),
                movement: climbed(was.as_ref(), is.as_ref(), named),
                certain: disjoint(&possible_from, &possible_to),
                by_pack: carried.map(|one| ids(level(one).as_slice()) != ids(was.as_slice())),
                possible_from,
                possible_to,
                from: was,
                to: is,
                sentence: to.map(|one| one.sentence.clone()).unwrap_or_default(),
            })
        })
    }

    pub(super) fn decisions(&self) -> Vec<DecisionChange> {
        let list = |side: &'a Assessment| by_id(&side.decisions, |one| &one.id);
        self.changes(list, |named, (from, to, carried)| {
            let outcome = |one: &DecisionResult| one.outcome.clone();
            let possible = |one: &DecisionResult| one.possible.clone();
            let was = from.map(outcome).unwrap_or_default();
            let is = to.map(outcome).unwrap_or_default();
            let possible_from = from.map(possible).unwrap_or_default();
            let possible_to = to.map(possible).unwrap_or_default();
            let other = |one: Option<&DecisionResult>| {
                ids(&one.map(outcome).unwrap_or_default()) != ids(&was)
            };
            let movement = if !was.is_empty() && !is.is_empty() && ids(&was) != ids(&is) {
                Movement::Differs
            } else {
                presence(!was.is_empty(), !is.is_empty())
            };
            Some(DecisionChange {
                id: named.id.to_string(),
                title: named.title.clone(),
                movement,
                certain: disjoint(&possible_from, &possible_to),
                by_pack: carried.map(other),
                possible_from,
                possible_to,
                from: was,
                to: is,
                because: to.and_then(|one| one.because.clone()),
            })
        })
    }

    pub(super) fn gates(&self) -> Vec<GateChange> {
        let list = |side: &'a Assessment| by_id(&side.gates, |one| &one.id);
        self.changes(list, |named, (from, to, carried)| {
            let state = |one: Option<&GateResult>| one.map_or(NeedState::Unproven, |one| one.state);
            let (was, is) = (state(from), state(to));
            Some(GateChange {
                id: named.id.to_string(),
                title: named.title.clone(),
                from: was,
                to: is,
                movement: passed(was, is),
                by_pack: carried.map(|one| state(one) != was),
            })
        })
    }

    pub(super) fn metrics(&self) -> Vec<MetricChange> {
        let list = |side: &'a Assessment| {
            let figures = side.metrics.iter().flat_map(|metric| &metric.figures);
            figures.map(|one| (one.id.as_str(), one)).collect()
        };
        self.changes(list, |named, (from, to, _)| {
            let value = |one: Option<&FigureResult>| one.and_then(|one| one.value);
            let says = |one: Option<&FigureResult>| {
                one.map_or_else(|| message!("not-asked").to_owned(), |one| one.says.clone())
            };
            let (was, is) = (value(from), value(to));
            let difference = less(is, was);
            let movement = match difference {
                Some(_) if !differ(was, is) => Movement::Same,
                Some(more) if more > 0.0 => Movement::Rose,
                Some(_) => Movement::Fell,
                None => presence(was.is_some(), is.is_some()),
            };
            Some(MetricChange {
                id: named.id.to_string(),
                title: named.title.clone(),
                from: was,
                to: is,
                says_from: says(from),
                says_to: says(to),
                difference,
                movement,
            })
        })
    }

    pub(super) fn findings(&self) -> Vec<FindingChange> {
        let list = |side: &'a Assessment| by_id(&side.findings, |one| &one.id);
        self.changes(list, |finding, (from, to, carried)| {
            let opened = to.is_some();
            if from.is_some() == opened {
                return None;
            }
            let other = if opened { self.before } else { self.after };
            Some(FindingChange {
                id: finding.id.to_string(),
                title: finding.title.clone(),
                kind: finding.kind,
                severity: finding.severity,
                opened,
                certain: finding.certain && !other.open_findings.contains(&finding.id),
                by_pack: carried.map(|one| one.is_some() == opened),
                because: finding.because.iter().map(Because::sentence).collect(),
            })
        })
    }

    pub(super) fn answers(&self) -> Vec<AnswerChange> {
        let list = |side: &'a Assessment| by_id(&side.questions, |one| &one.id);
        self.changes(list, |named, (from, to, _)| {
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

fn climbed(was: Option<&Named>, is: Option<&Named>, ladder: &LadderResult) -> Movement {
    let (Some(from), Some(to)) = (was, is) else {
        return presence(was.is_some(), is.is_some());
    };
    match (ladder.rank(from), ladder.rank(to)) {
        _ if from.id == to.id => Movement::Same,
        (Some(was), Some(is)) if was < is => Movement::Rose,
        (Some(was), Some(is)) if was > is => Movement::Fell,
        _ => Movement::Differs,
    }
}

fn passed(was: NeedState, is: NeedState) -> Movement {
    match (was, is) {
        _ if was == is => Movement::Same,
        (NeedState::Unmet | NeedState::Unproven, NeedState::Met) => Movement::Rose,
        (NeedState::Met, NeedState::Unmet | NeedState::Unproven) => Movement::Fell,
        (NeedState::Unproven, NeedState::Unmet) => Movement::Came,
        (NeedState::Unmet, NeedState::Unproven) => Movement::Went,
        _ => Movement::Differs,
    }
}

/// Returns true where nothing that was possible on one side is possible on the other.
fn disjoint(one: &[Named], other: &[Named]) -> bool {
    one.iter().all(|a| other.iter().all(|b| a.id != b.id))
}

fn ids(list: &[Named]) -> Vec<&str> {
    list.iter().map(|one| one.id.as_str()).collect()
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

fn differ(one: Option<f64>, other: Option<f64>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() >= TOLERANCE,
        (one, other) => one.is_some() != other.is_some(),
    }
}

/// Movement where one side or both have no value.
pub(super) fn presence(before: bool, after: bool) -> Movement {
    match (before, after) {
        (false, true) => Movement::Came,
        (true, false) => Movement::Went,
        _ => Movement::Same,
    }
}

/// One figure less another.
pub(super) fn less(to: Option<f64>, from: Option<f64>) -> Option<f64> {
    Some(to? - from?)
}
