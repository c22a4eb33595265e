//! A result judged by a policy.

mod regression;
mod scores;
mod verdicts;

use super::policy::{Ask, Policy, Rule};
use super::verdict::{CheckResult, Verdict};
use crate::assess::assessment::{Assessment, LadderResult, NeedState};
use crate::message;
use crate::study::compare::{BannerKind, Below, Comparison};
use crate::text::number::rounded;
use jiff::civil::Date;

/// The base that regressions are measured from.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// As it was asked for: `main:clients/acme`.
    pub name: &'a str,
    /// Changes since; `None` where there was no assessment yet.
    pub comparison: Option<&'a Comparison>,
}

/// Judges a result by a policy. `against` is the base that regressions are measured from, `on` the
/// day by which targets are due; what a rule needs and is not given is unproven.
#[must_use]
pub fn gate(
    policy: &Policy,
    assessment: &Assessment,
    against: Option<&Against<'_>>,
    on: Option<Date>,
) -> Verdict {
    let judge = Judge {
        assessment,
        below: Below::new(assessment),
        against,
        on,
    };
    let rules = policy.rules.iter();
    let checks: Vec<CheckResult> = rules.flat_map(|rule| judge.rule(rule)).collect();
    let level = main_ladder(&assessment.levels).and_then(|ladder| ladder.level.as_ref());
    let banners = against.and_then(|against| against.comparison);
    let banners = banners.into_iter().flat_map(|one| &one.banners);
    Verdict {
        format: 1,
        engine: assessment.engine.clone(),
        client: assessment.client.clone(),
        assessed_on: assessment.assessed_on.clone(),
        packs: assessment.packs.clone(),
        on: on.map(|on| on.to_string()),
        against: against.map(|against| against.name.to_owned()),
        // No check needs what a stored result lacks.
        banners: banners
            .filter(|banner| banner.kind != BannerKind::Stored)
            .cloned()
            .collect(),
        met: !checks.iter().any(CheckResult::fails),
        level: level.map(|level| level.label.clone()),
        checks,
    }
}

/// The ladder for the whole: one called `level` that has one, else the only one.
fn main_ladder(ladders: &[LadderResult]) -> Option<&LadderResult> {
    let called = |one: &&LadderResult| {
        let local = one.id.split_once('.').map(|(_, local)| local);
        local == Some("level") && one.level.is_some()
    };
    let only = match ladders {
        [only] => Some(only),
        _ => None,
    };
    ladders.iter().find(called).or(only)
}

struct Judge<'a> {
    assessment: &'a Assessment,
    below: Below<'a>,
    against: Option<&'a Against<'a>>,
    on: Option<Date>,
}

impl Judge<'_> {
    fn rule(&self, rule: &Rule) -> Vec<CheckResult> {
        let mut checks = match &rule.ask {
            Ask::Score {
                ids,
                least,
                by_index,
            } => self.scores(rule, ids, *least, *by_index),
            Ask::Coverage { ids, least } => self.coverages(rule, ids, *least),
            Ask::Confidence { ids, least } => self.confidences(rule, ids, *least),
            Ask::Basis(least) => vec![self.basis(rule, *least)],
            Ask::Level { id, level, label } => self.level(rule, id, level, label),
            Ask::Gates(ids) => self.gates(rule, ids),
            Ask::Forbid(findings) => self.forbidden(rule, findings),
            Ask::Regression {
                ids,
                all,
                tolerance,
            } => self.regressions(rule, ids, *all, *tolerance),
            Ask::Overdue => self.overdue(rule),
        };
        if rule.surely {
            for check in &mut checks {
                check
                    .wanted
                    .push_str(message!("whatever-open-answers-bring"));
            }
        }
        checks
    }
}

impl Rule {
    /// A check of the whole assessment that is met; each check of the rule is this one with its own
    /// item, state and words.
    fn check(&self) -> CheckResult {
        let kind = self.ask.kind();
        CheckResult {
            rule: self.name.clone().unwrap_or_else(|| kind.name().to_owned()),
            kind,
            severity: self.severity,
            id: None,
            title: message!("the-whole-assessment").to_owned(),
            state: NeedState::Met,
            certain: None,
            wanted: String::new(),
            actual: String::new(),
            because: self.because.clone(),
            questions: Vec::new(),
            place: self.place,
        }
    }

    /// The state; unproven for what is met only with the answers so far and has to be met surely.
    fn proven(&self, state: NeedState, certain: bool) -> NeedState {
        if self.surely && !certain && state == NeedState::Met {
            NeedState::Unproven
        } else {
            state
        }
    }
}

fn met_if(met: bool) -> NeedState {
    if met {
        NeedState::Met
    } else {
        NeedState::Unmet
    }
}

/// A threshold as it was written, at most two digits after the point.
fn plain(value: f64) -> String {
    let text = rounded(value, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
