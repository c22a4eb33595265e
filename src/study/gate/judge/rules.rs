//! The basis, levels, gates of packs, forbidden findings, and targets that are overdue.

use super::Judge;
use crate::assess::assessment::NeedState;
use crate::message;
use crate::rules::vocabulary::Basis;
use crate::study::gate::{CheckResult, Rule};
use crate::text::number::rounded;
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
pub(super) fn or_whole(
    checks: impl Iterator<Item = CheckResult>,
    whole: impl FnOnce() -> CheckResult,
) -> Vec<CheckResult> {
    let mut checks: Vec<CheckResult> = checks.collect();
    if checks.is_empty() {
        checks.push(whole());
    }
    checks
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
