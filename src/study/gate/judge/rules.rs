//! The basis, levels, gates of packs, forbidden findings, scores that must not fall, and targets that
//! are overdue.

use super::Judge;
use crate::assess::assessment::{NeedState, ScoreResult, ScoreState};
use crate::message;
use crate::rules::vocabulary::Basis;
use crate::study::compare::{Movement, ScoreChange, Share};
use crate::study::gate::{CheckResult, Rule};
use crate::text::number::{Move, TOLERANCE, rounded};
use jiff::civil::Date;

impl Judge<'_> {
    pub(super) fn basis(&self, rule: &Rule, least: Basis) -> CheckResult {
        let word = |basis: Basis| match basis {
            Basis::Perception => message!("a-perception"),
            Basis::Evidenced => message!("on-evidence"),
        };
        let basis = self.assessment.basis;
        CheckResult {
            state: met_if(least == Basis::Perception || basis == Basis::Evidenced),
            wanted: message!("policy-at-least-of", word = word(least)),
            actual: word(basis).to_owned(),
            ..rule.check()
        }
    }

    pub(super) fn level(
        &self,
        rule: &Rule,
        id: &str,
        (level, label): (&str, &str),
    ) -> Vec<CheckResult> {
        let ladders = self.assessment.levels.iter().filter(|one| one.id == id);
        let check = ladders.map(|ladder| {
            let place = ladder.levels.iter().position(|one| one.id == level);
            let (below, from) = ladder.levels.split_at(place.unwrap_or_default());
            let state = match (&ladder.level, from.first().filter(|_| place.is_some())) {
                (_, Some(wanted)) if wanted.reached => NeedState::Met,
                (Some(_), _) => NeedState::Unmet,
                (None, _) => NeedState::Unproven,
            };
            let certain = match state {
                NeedState::Met => !below.iter().any(|one| one.possible),
                NeedState::Unmet => !from.iter().any(|one| one.possible),
                NeedState::Unproven | NeedState::NotApplicable => false,
            };
            let check = CheckResult {
                state: rule.proven(state, certain),
                certain: Some(certain),
                wanted: message!("policy-at-least-level", label),
                actual: ladder.sentence.clone(),
                ..rule.check()
            };
            check.of(id, &ladder.title)
        });
        check.collect()
    }

    /// Checks that gates of packs are met.
    pub(super) fn gates(&self, rule: &Rule, ids: &[String]) -> Vec<CheckResult> {
        let gates = self.assessment.gates.iter();
        let gates = gates.filter(|gate| ids.iter().any(|id| gate.id == *id));
        let checks = gates.map(|gate| {
            let reads = gate.parts.iter();
            let reads = reads.map(|part| format!("{}: {}", part.label, part.says));
            let questions = self.assessment.questions.iter();
            let questions = questions.filter(|one| gate.parts.iter().any(|part| part.id == one.id));
            let check = CheckResult {
                state: rule.proven(gate.state, gate.certain),
                certain: Some(gate.certain),
                wanted: "met".to_owned(),
                actual: reads.collect::<Vec<_>>().join("; "),
                questions: questions.map(|one| one.id.to_string()).collect(),
                ..rule.check()
            };
            check.of(&gate.id, &gate.title)
        });
        checks.collect()
    }

    pub(super) fn forbidden(&self, rule: &Rule, findings: &[(String, String)]) -> Vec<CheckResult> {
        let none = CheckResult {
            title: match findings.len() {
                1 => message!("one-forbidden-finding").to_owned(),
                count => message!("forbidden-findings", count),
            },
            certain: Some(true),
            wanted: message!("not-found").to_owned(),
            actual: message!("none-holds").to_owned(),
            ..rule.check()
        };
        let holds = |(id, title): &(String, String)| {
            let finding = self.assessment.findings.iter().find(|one| one.id == *id);
            let open = self.assessment.open_findings.iter().any(|one| one == id);
            let (state, actual) = match finding {
                Some(one) if one.certain => (NeedState::Unmet, "found"),
                Some(_) => (NeedState::Unmet, message!("found-as-things-stand")),
                None if open => {
                    let says = message!("open-answers-may-still-bring");
                    (NeedState::Unproven, says)
                }
                None => return None,
            };
            let because = finding.into_iter().flat_map(|one| &one.because);
            let check = CheckResult {
                state,
                certain: Some(finding.is_some_and(|one| one.certain)),
                actual: actual.to_owned(),
                questions: because.map(|one| one.id.to_string()).collect(),
                ..none.clone()
            };
            Some(check.of(id, title))
        };
        or_whole(findings.iter().filter_map(holds), || none.clone())
    }

    pub(super) fn overdue(&self, rule: &Rule) -> Vec<CheckResult> {
        let aimed = self.assessment.questions.iter();
        let aimed = aimed.filter_map(|one| Some((one, one.phases.last()?, one.due.as_deref()?)));
        let aimed: Vec<_> = aimed.collect();
        let whole = |state, actual: &str| CheckResult {
            title: "Targets".to_owned(),
            state,
            wanted: message!("none-overdue").to_owned(),
            actual: actual.to_owned(),
            ..rule.check()
        };
        let Some(on) = self.on else {
            return vec![if aimed.is_empty() {
                whole(NeedState::Met, message!("no-target-has-a-day"))
            } else {
                whole(
                    NeedState::Unproven,
                    message!("no-day-to-hold-them-to-is-given"),
                )
            }];
        };
        let late = aimed.iter().filter_map(|(question, phase, due)| {
            let passed = due.parse::<Date>().is_ok_and(|due| due < on);
            let (state, actual) = match question.value {
                Some(_) if phase.reached => return None,
                Some(_) => {
                    let says = message!("not-reached", question = question.says);
                    (NeedState::Unmet, says)
                }
                None => (NeedState::Unproven, question.says.clone()),
            };
            let check = CheckResult {
                state,
                wanted: message!("reached-by", due),
                actual,
                questions: vec![question.id.to_string()],
                ..rule.check()
            };
            passed.then(|| check.of(&question.id, &question.label))
        });
        or_whole(late, || {
            let actual = message!("none-of-overdue-on", aimed = aimed.len(), on);
            whole(NeedState::Met, &actual)
        })
    }
}

/// The checks, or where there are none, one of the whole.
fn or_whole(
    checks: impl Iterator<Item = CheckResult>,
    whole: impl FnOnce() -> CheckResult,
) -> Vec<CheckResult> {
    let mut checks: Vec<CheckResult> = checks.collect();
    if checks.is_empty() {
        checks.push(whole());
    }
    checks
}

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
            let says = message!("nothing-to-measure-from-is-given");
            return vec![unproven(says.to_owned())];
        };
        let name = against.name;
        let Some(comparison) = against.comparison else {
            return vec![unproven(message!("there-was-no-assessment-at", name))];
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

pub(super) fn met_if(met: bool) -> NeedState {
    if met {
        NeedState::Met
    } else {
        NeedState::Unmet
    }
}

/// A threshold as it was written, at most two digits after the point.
pub(super) fn plain(value: f64) -> String {
    let text = rounded(value, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
