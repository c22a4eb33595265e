//! A result held to a policy.

mod regression;
mod scores;
mod verdicts;

use super::policy::{Ask, Policy, Rule};
use super::{Against, CheckKind, CheckResult, Verdict};
use crate::assess::assessment::{Assessment, LadderResult, NeedState, ScoreResult};
use crate::study::compare::{Banner, BannerKind, Below};
use crate::text::number::rounded;
use jiff::civil::Date;

/// Holds a result to a policy. `against` is what regressions are measured from, `on` the day that
/// targets are held to; what a rule needs and is not given is unproven.
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
    let checks: Vec<CheckResult> = policy
        .rules
        .iter()
        .flat_map(|rule| judge.rule(rule))
        .collect();
    let level = main(&assessment.levels).and_then(|ladder| ladder.level.as_ref());
    Verdict {
        format: 1,
        engine: assessment.engine.clone(),
        client: assessment.client.clone(),
        assessed_on: assessment.assessed_on.clone(),
        packs: assessment.packs.clone(),
        on: on.map(|on| on.to_string()),
        against: against.map(|against| against.name.to_owned()),
        banners: against.map(banners).unwrap_or_default(),
        met: !checks.iter().any(CheckResult::fails),
        level: level.map(|level| level.label.clone()),
        checks,
    }
}

/// What the comparison has to say first; what a stored result cannot tell no check asks for.
fn banners(against: &Against<'_>) -> Vec<Banner> {
    let all = against.comparison.iter().flat_map(|one| &one.banners);
    let told = all.filter(|banner| banner.kind != BannerKind::Stored);
    told.cloned().collect()
}

/// The ladder that stands for the whole: one called `level` that has one, else the only one.
fn main(ladders: &[LadderResult]) -> Option<&LadderResult> {
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

/// What a check finds.
struct Found {
    id: Option<String>,
    title: String,
    state: NeedState,
    /// Whether open answers cannot change that; `None` where they are not asked about.
    certain: Option<bool>,
    wanted: String,
    actual: String,
    questions: Vec<String>,
}

impl Judge<'_> {
    fn rule(&self, rule: &Rule) -> Vec<CheckResult> {
        let surely = rule.surely;
        let (kind, found) = match &rule.ask {
            Ask::Score {
                ids,
                least,
                by_index,
            } => {
                let one = |score: &ScoreResult| self.score(score, *least, *by_index, surely);
                (CheckKind::Score, self.each(ids, one))
            }
            Ask::Coverage { ids, least } => (CheckKind::Coverage, self.coverages(ids, *least)),
            Ask::Confidence { ids, least } => {
                (CheckKind::Confidence, self.confidences(ids, *least))
            }
            Ask::Basis(least) => (CheckKind::Basis, vec![self.basis(*least)]),
            Ask::Level { id, level, label } => (
                CheckKind::Level,
                self.level(id, level, label, surely).into_iter().collect(),
            ),
            Ask::Gates(ids) => (CheckKind::Gate, self.gates(ids, surely)),
            Ask::Forbid(findings) => (CheckKind::Finding, self.forbidden(findings)),
            Ask::Regression {
                ids,
                all,
                tolerance,
            } => (
                CheckKind::Regression,
                self.regressions(ids, *all, *tolerance, surely),
            ),
            Ask::Overdue => (CheckKind::Overdue, self.overdue()),
        };
        let result = |found: Found| CheckResult {
            rule: rule.name.clone().unwrap_or_else(|| kind.name().to_owned()),
            kind,
            severity: rule.severity,
            id: found.id,
            title: found.title,
            state: found.state,
            certain: found.certain,
            wanted: if surely {
                format!("{} whatever open answers bring", found.wanted)
            } else {
                found.wanted
            },
            actual: found.actual,
            because: rule.because.clone(),
            questions: found.questions,
            place: rule.place,
        };
        found.into_iter().map(result).collect()
    }

    fn each(&self, ids: &[String], one: impl Fn(&ScoreResult) -> Found) -> Vec<Found> {
        let scores = self.assessment.scores.iter();
        scores
            .filter(|score| ids.iter().any(|id| score.id == *id))
            .map(one)
            .collect()
    }
}

/// What is met only as things stand is unproven where it has to be met surely.
fn held(state: NeedState, certain: bool, surely: bool) -> NeedState {
    match state {
        NeedState::Met if surely && !certain => NeedState::Unproven,
        NeedState::Met | NeedState::Unmet | NeedState::Unproven | NeedState::NotApplicable => state,
    }
}

/// A threshold as it was written, at most two digits after the point.
fn plain(value: f64) -> String {
    let text = rounded(value, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
