//! Levels, decisions, gates, metrics and findings that moved.

use super::answers::differ;
use super::judge::{less, presence};
use super::pair::{Pair, by_id};
use super::result::{
    DecisionChange, FindingChange, GateChange, LevelChange, MetricChange, Movement,
};
use crate::assess::assessment::{
    Assessment, Because, DecisionResult, FigureResult, GateResult, LadderResult, Named, NeedState,
};
use crate::message;

impl<'a> Pair<'a> {
    pub(super) fn levels(&self) -> Vec<LevelChange> {
        let list = |side: &'a Assessment| by_id(&side.levels, |one| &one.id);
        self.changes(list, |from, to, carried| {
            let named = to.or(from)?;
            let level = |one: Option<&LadderResult>| one.and_then(|one| one.level.clone());
            let possible = |one: Option<&LadderResult>| one.map(|one| one.possible.clone());
            let (was, is) = (level(from), level(to));
            let possible_from = possible(from).unwrap_or_default();
            let possible_to = possible(to).unwrap_or_default();
            Some(LevelChange {
                id: named.id.to_string(),
                title: named.title.clone(),
                movement: climbed(was.as_ref(), is.as_ref(), named),
                certain: disjoint(&possible_from, &possible_to),
                by_pack: carried.map(|one| id(level(one).as_ref()) != id(was.as_ref())),
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
        self.changes(list, |from, to, carried| {
            let named = to.or(from)?;
            let outcome = |one: Option<&DecisionResult>| one.map(|one| one.outcome.clone());
            let possible = |one: Option<&DecisionResult>| one.map(|one| one.possible.clone());
            let was = outcome(from).unwrap_or_default();
            let is = outcome(to).unwrap_or_default();
            let possible_from = possible(from).unwrap_or_default();
            let possible_to = possible(to).unwrap_or_default();
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
                by_pack: carried.map(|one| ids(&outcome(one).unwrap_or_default()) != ids(&was)),
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
        self.changes(list, |from, to, carried| {
            let named = to.or(from)?;
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
        self.changes(list, |from, to, _| {
            let named = to.or(from)?;
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
        self.changes(list, |from, to, carried| {
            let (finding, other) = match (from, to) {
                (None, Some(to)) => (to, self.before),
                (Some(from), None) => (from, self.after),
                _ => return None,
            };
            let opened = to.is_some();
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
}

fn climbed(was: Option<&Named>, is: Option<&Named>, ladder: &LadderResult) -> Movement {
    let (Some(from), Some(to)) = (was, is) else {
        return presence(was.is_some(), is.is_some());
    };
    let rank = |level: &Named| ladder.levels.iter().position(|one| one.id == level.id);
    match (rank(from), rank(to)) {
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

fn id(named: Option<&Named>) -> Option<String> {
    named.map(|one| one.id.clone())
}

fn ids(list: &[Named]) -> Vec<&str> {
    list.iter().map(|one| one.id.as_str()).collect()
}
