//! Levels, decisions, gates, metrics and findings that moved.

use super::answers::differ;
use super::judge::{less, presence};
use super::{DecisionChange, FindingChange, GateChange, LevelChange, MetricChange, Movement, Pair};
use crate::assess::assessment::{
    Assessment, Because, DecisionResult, FigureResult, FindingResult, GateResult, LadderResult,
    Named, NeedState,
};

impl Pair<'_> {
    pub(super) fn levels(&self) -> Vec<LevelChange> {
        let pairs = self.matched(&self.before.levels, &self.after.levels, |one| &one.id);
        let change = |(from, to): (Option<&LadderResult>, Option<&LadderResult>)| {
            let named = to.or(from)?;
            let level = |one: Option<&LadderResult>| one.and_then(|one| one.level.clone());
            let possible =
                |one: Option<&LadderResult>| one.map_or_else(Vec::new, |one| one.possible.clone());
            let (was, is) = (level(from), level(to));
            let by_pack = self.by_pack(
                &named.id,
                |side| &side.levels,
                |one| &one.id,
                |one| level(one).map(|one| one.id) != id(was.as_ref()),
            );
            Some(LevelChange {
                id: named.id.to_string(),
                title: named.title.clone(),
                movement: climbed(was.as_ref(), is.as_ref(), named),
                certain: apart(&possible(from), &possible(to)),
                by_pack,
                possible_from: possible(from),
                possible_to: possible(to),
                from: was,
                to: is,
                sentence: to.map_or_else(String::new, |one| one.sentence.clone()),
            })
        };
        pairs.into_iter().filter_map(change).collect()
    }

    pub(super) fn decisions(&self) -> Vec<DecisionChange> {
        let pairs = self.matched(&self.before.decisions, &self.after.decisions, |one| &one.id);
        let change = |(from, to): (Option<&DecisionResult>, Option<&DecisionResult>)| {
            let named = to.or(from)?;
            let outcome =
                |one: Option<&DecisionResult>| one.map_or_else(Vec::new, |one| one.outcome.clone());
            let possible = |one: Option<&DecisionResult>| {
                one.map_or_else(Vec::new, |one| one.possible.clone())
            };
            let (was, is) = (outcome(from), outcome(to));
            let movement = match (was.is_empty(), is.is_empty()) {
                (false, false) if ids(&was) != ids(&is) => Movement::Differs,
                (empty, none) => presence(!empty, !none),
            };
            let by_pack = self.by_pack(
                &named.id,
                |side| &side.decisions,
                |one| &one.id,
                |one| ids(&outcome(one)) != ids(&was),
            );
            Some(DecisionChange {
                id: named.id.to_string(),
                title: named.title.clone(),
                movement,
                certain: apart(&possible(from), &possible(to)),
                by_pack,
                possible_from: possible(from),
                possible_to: possible(to),
                from: was,
                to: is,
                because: to.and_then(|one| one.because.clone()),
            })
        };
        pairs.into_iter().filter_map(change).collect()
    }

    pub(super) fn gates(&self) -> Vec<GateChange> {
        let pairs = self.matched(&self.before.gates, &self.after.gates, |one| &one.id);
        let change = |(from, to): (Option<&GateResult>, Option<&GateResult>)| {
            let named = to.or(from)?;
            let state = |one: Option<&GateResult>| one.map_or(NeedState::Unproven, |one| one.state);
            let (was, is) = (state(from), state(to));
            let by_pack = self.by_pack(
                &named.id,
                |side| &side.gates,
                |one| &one.id,
                |one| state(one) != was,
            );
            Some(GateChange {
                id: named.id.to_string(),
                title: named.title.clone(),
                from: was,
                to: is,
                movement: passed(was, is),
                by_pack,
            })
        };
        pairs.into_iter().filter_map(change).collect()
    }

    pub(super) fn metrics(&self) -> Vec<MetricChange> {
        let (before, after) = (figures(self.before), figures(self.after));
        let pairs = self.matched(&before, &after, |one| &one.0.id);
        let change = |(from, to): (Option<&Figure<'_>>, Option<&Figure<'_>>)| {
            let named = to.or(from)?.0;
            let value = |one: Option<&Figure<'_>>| one.and_then(|one| one.0.value);
            let says = |one: Option<&Figure<'_>>| {
                one.map_or_else(|| "not asked".to_owned(), |one| one.0.says.clone())
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
        };
        pairs.into_iter().filter_map(change).collect()
    }

    pub(super) fn findings(&self) -> Vec<FindingChange> {
        let pairs = self.matched(&self.before.findings, &self.after.findings, |one| &one.id);
        let change = |(from, to): (Option<&FindingResult>, Option<&FindingResult>)| {
            let (finding, opened) = match (from, to) {
                (None, Some(to)) => (to, true),
                (Some(from), None) => (from, false),
                _ => return None,
            };
            let other = if opened { self.before } else { self.after };
            let open = other.open_findings.contains(&finding.id);
            let carried = self.carried.map(|side| {
                let holds = side.findings.iter().any(|one| one.id == finding.id);
                holds == opened
            });
            Some(FindingChange {
                id: finding.id.to_string(),
                title: finding.title.clone(),
                kind: finding.kind,
                severity: finding.severity,
                opened,
                certain: finding.certain && !open,
                by_pack: carried,
                because: finding.because.iter().map(Because::sentence).collect(),
            })
        };
        pairs.into_iter().filter_map(change).collect()
    }

    /// Whether the packs alone moved an item: the earlier answers have it otherwise under the later
    /// packs. `None` where they were not scored by these.
    fn by_pack<T>(
        &self,
        wanted: &str,
        list: fn(&Assessment) -> &[T],
        id: fn(&T) -> &str,
        moved: impl Fn(Option<&T>) -> bool,
    ) -> Option<bool> {
        let side = self.carried?;
        Some(moved(list(side).iter().find(|one| id(one) == wanted)))
    }
}

/// A figure of a metric, which the lists of both sides are matched by.
struct Figure<'a>(&'a FigureResult);

fn figures(document: &Assessment) -> Vec<Figure<'_>> {
    let metrics = document.metrics.iter();
    metrics
        .flat_map(|metric| metric.figures.iter().map(Figure))
        .collect()
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

/// Whether what was possible on one side is possible on the other no more.
fn apart(one: &[Named], other: &[Named]) -> bool {
    one.iter().all(|a| other.iter().all(|b| a.id != b.id))
}

fn id(named: Option<&Named>) -> Option<String> {
    named.map(|one| one.id.clone())
}

fn ids(list: &[Named]) -> Vec<&str> {
    list.iter().map(|one| one.id.as_str()).collect()
}
