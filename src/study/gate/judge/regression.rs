//! Scores that must not fall.

use super::Judge;
use super::rules::{or_whole, plain};
use crate::assess::assessment::{NeedState, ScoreResult, ScoreState};
use crate::message;
use crate::rules::vocabulary::Basis;
use crate::study::compare::{Movement, ScoreChange, Share};
use crate::study::gate::{CheckResult, Rule, Weight};
use crate::text::number::{Move, TOLERANCE, rounded};

impl Judge<'_> {
    pub(super) fn regressions(
        &self,
        rule: &Rule,
        ids: &[String],
        all: bool,
        tolerance: f64,
    ) -> Vec<CheckResult> {
        let unproven = |actual: String| CheckResult {
            title: message!("no-regression").to_owned(),
            state: NeedState::Unproven,
            certain: Some(false),
            wanted: message!("does-not-fall-by-points", plain = plain(tolerance)),
            actual,
            ..rule.check()
        };
        let Some(against) = self.against else {
            return vec![unproven(
                message!("nothing-to-measure-from-is-given").to_owned(),
            )];
        };
        let name = against.name;
        let comparison = match against.comparison {
            Some(Ok(comparison)) => comparison,
            // What is held back fails nobody: else the verdict would tell of it.
            Some(Err(why)) => {
                let held = unproven(message!("not-compared-as", name, why));
                return vec![CheckResult {
                    severity: Weight::Warn,
                    ..held
                }];
            }
            None => return vec![unproven(message!("there-was-no-assessment-at", name))],
        };
        let bases = (comparison.before.basis, comparison.after.basis);
        let check = |score: &ScoreResult| {
            let change = comparison.scores.iter().find(|one| one.id == score.id);
            let (state, actual) = match change {
                Some(change) => judge(change, tolerance, bases),
                // A pack that is not compared says nothing where all scores are meant.
                None if all => return None,
                None => (NeedState::Unproven, message!("not-compared-with", name)),
            };
            let certain = change.is_some_and(|change| is_certain(change, state, tolerance));
            let state = rule.proven(state, certain);
            let because = change.into_iter().flat_map(|change| &change.because);
            let lowers = |share: &&Share| share.index.is_none_or(|index| index < 0.0);
            let because = because.filter(|_| state != NeedState::Met).filter(lowers);
            let check = CheckResult {
                state,
                certain: Some(certain),
                questions: because.map(|share| share.id.clone()).collect(),
                ..unproven(actual)
            };
            Some(check.of(&score.id, &score.title))
        };
        let nothing = || unproven(message!("nothing-can-be-compared-with", name));
        or_whole(self.named(ids).filter_map(check), nothing)
    }
}

/// Judges a change: unmet where the score fell by the tolerance or more, with the change in words.
///
/// The difference over the common answers counts, where it is known. A fall that open answers could
/// explain is unproven, and so is one that comes with answers that are gone, one from a perception
/// to evidence, and from evidence to a perception that none shows.
fn judge(change: &ScoreChange, tolerance: f64, bases: (Basis, Basis)) -> (NeedState, String) {
    let (was, is) = match both(change) {
        Ok(indices) => indices,
        Err(found) => return found,
    };
    let [before, after] = basis_words(bases);
    let moved = Move::new(was, is, &[tolerance], 1);
    let told = message!(
        "moved-from-to",
        from = moved.from,
        before,
        to = moved.to,
        after
    );
    let all = is - was;
    let common = change.common.and_then(|one| one.difference);
    let judged = common.unwrap_or(all);
    let points = |difference: f64| {
        if (difference - all).abs() < TOLERANCE {
            moved.by.trim_start_matches(['+', '−', '±']).to_owned()
        } else {
            rounded(difference.abs(), 1)
        }
    };
    if fell(judged, tolerance) {
        let says = message!("points-lower", told, points = points(judged));
        return if judged.abs() < change.open - TOLERANCE {
            let allowed = points(change.open);
            let says = message!("and-open-answers-allow", says, allowed);
            (NeedState::Unproven, says)
        } else if bases == (Basis::Perception, Basis::Evidenced) {
            let says = message!("what-is-missing-may-be-proof", says);
            (NeedState::Unproven, says)
        } else {
            (NeedState::Unmet, says)
        };
    }
    let gone = change.scope.before - change.scope.common;
    if gone > 0 && fell(all, tolerance) {
        let says = message!("and-gone", told, gone);
        return (NeedState::Unproven, says);
    }
    if bases == (Basis::Evidenced, Basis::Perception) {
        let says = message!("a-fall-may-not-show-without", told);
        return (NeedState::Unproven, says);
    }
    (NeedState::Met, told)
}

fn fell(difference: f64, tolerance: f64) -> bool {
    difference < -TOLERANCE && -difference >= tolerance - TOLERANCE
}

/// Returns true where no open answer can change the state.
fn is_certain(change: &ScoreChange, state: NeedState, tolerance: f64) -> bool {
    let all = change.to.index.zip(change.from.index);
    let all = all.map(|(is, was)| is - was);
    let judged = change.common.and_then(|one| one.difference).or(all);
    match (state, judged) {
        (NeedState::Met, Some(judged)) => !fell(judged - change.open, tolerance),
        (NeedState::Met, None) => change.open <= TOLERANCE,
        (NeedState::Unmet, Some(judged)) => fell(judged + change.open, tolerance),
        (NeedState::Unmet | NeedState::Unproven | NeedState::NotApplicable, _) => false,
    }
}

/// The indices of both sides, or the judgement where one side has none to measure by.
fn both(change: &ScoreChange) -> Result<(f64, f64), (NeedState, String)> {
    let unproven = |says: &str| Err((NeedState::Unproven, says.to_owned()));
    let met = |says: &str| Err((NeedState::Met, says.to_owned()));
    if change.movement == Movement::Went {
        return unproven(message!("no-longer-assessed"));
    }
    let (Some(was), Some(is)) = (change.from.index, change.to.index) else {
        return met(if change.movement == Movement::Came {
            message!("assessed-for-the-first-time")
        } else {
            message!("assessed-on-neither-side")
        });
    };
    if change.from.state == ScoreState::Rated && change.to.state == ScoreState::Thin {
        return unproven(message!("too-little-is-answered-now-for"));
    }
    Ok((was, is))
}

/// Basis of each side in words, where the two differ.
fn basis_words((before, after): (Basis, Basis)) -> [&'static str; 2] {
    let word = |basis| match basis {
        Basis::Perception => message!("title-on-perception"),
        Basis::Evidenced => message!("title-on-evidence"),
    };
    if before == after {
        ["", ""]
    } else {
        [word(before), word(after)]
    }
}
