//! Least scores, coverage and confidence.

use super::{Judge, met_if, plain};
use crate::assess::assessment::{NeedState, QuestionResult, ScoreResult, ScoreState};
use crate::message;
use crate::rules::vocabulary::{ConfidenceGrade, State};
use crate::study::gate::policy::Rule;
use crate::study::gate::verdict::CheckResult;
use crate::text::number::{TOLERANCE, format_near, rounded};

impl Judge<'_> {
    pub(super) fn named<'i>(&'i self, ids: &'i [String]) -> impl Iterator<Item = &'i ScoreResult> {
        let scores = self.assessment.scores.iter();
        scores.filter(|score| ids.iter().any(|id| score.id == *id))
    }

    pub(super) fn scores(
        &self,
        rule: &Rule,
        ids: &[String],
        least: f64,
        by_index: bool,
    ) -> Vec<CheckResult> {
        let scores = self.named(ids);
        scores
            .map(|score| self.score(rule, score, least, by_index))
            .collect()
    }

    fn score(&self, rule: &Rule, score: &ScoreResult, least: f64, by_index: bool) -> CheckResult {
        let (value, range, word, digits) = if by_index {
            (score.index, score.index_range, "index", 0)
        } else {
            (score.value, score.range, "value", 1)
        };
        let (state, certain, actual) = match (score.state, value) {
            (ScoreState::Rated, Some(value)) => {
                let reaches = |value: f64| value >= least - TOLERANCE;
                let (low, high) = range.map_or((value, value), |range| (range.low, range.high));
                let met = reaches(value);
                let certain = if met { reaches(low) } else { !reaches(high) };
                let mut says = format!("{word} {}", format_near(value, least, digits));
                if high - low >= TOLERANCE {
                    says = format!("{says} ({} to {})", rounded(low, 1), rounded(high, 1));
                }
                let state = rule.proven(met_if(met), certain);
                (state, certain, says)
            }
            (state, _) => {
                let says = score.waits();
                let says = says.unwrap_or_else(|| no_verdict(state).to_owned());
                (NeedState::Unproven, false, says)
            }
        };
        CheckResult {
            questions: self.weakest(&score.id, state),
            id: Some(score.id.to_string()),
            title: score.title.clone(),
            state,
            certain: Some(certain),
            wanted: message!("at-least-4", word, plain = plain(least)),
            actual,
            ..rule.check()
        }
    }

    /// The questions below a score that hold it down most: open ones where it is unproven, else the
    /// lowest rated; none where it is met.
    fn weakest(&self, id: &str, state: NeedState) -> Vec<String> {
        const MOST: usize = 5;
        if !state.blocks() {
            return Vec::new();
        }
        let below = self.below.questions(id);
        let questions = self.assessment.questions.iter();
        let mut questions: Vec<&QuestionResult> = questions
            .filter(|one| below.contains(one.id.as_str()))
            .filter(|one| match state {
                NeedState::Unproven => open(one),
                NeedState::Unmet | NeedState::Met | NeedState::NotApplicable => one.value.is_some(),
            })
            .collect();
        let worth = |one: &QuestionResult| one.value.unwrap_or(0.0);
        questions.sort_by(|a, b| worth(a).total_cmp(&worth(b)));
        questions
            .iter()
            .take(MOST)
            .map(|one| one.id.to_string())
            .collect()
    }

    pub(super) fn coverages(&self, rule: &Rule, ids: &[String], least: f64) -> Vec<CheckResult> {
        let check = |coverage: f64| CheckResult {
            state: met_if(coverage >= least - TOLERANCE),
            wanted: message!("at-least-answered", plain = plain(least * 100.0)),
            actual: format!(
                "{} % answered",
                format_near(coverage * 100.0, least * 100.0, 0)
            ),
            ..rule.check()
        };
        if ids.is_empty() {
            return vec![check(self.assessment.coverage)];
        }
        let of_score = |score: &ScoreResult| {
            let check = check(score.coverage);
            CheckResult {
                id: Some(score.id.to_string()),
                title: score.title.clone(),
                questions: if check.state == NeedState::Met {
                    Vec::new()
                } else {
                    self.weakest(&score.id, NeedState::Unproven)
                },
                ..check
            }
        };
        self.named(ids).map(of_score).collect()
    }

    pub(super) fn confidences(
        &self,
        rule: &Rule,
        ids: &[String],
        least: ConfidenceGrade,
    ) -> Vec<CheckResult> {
        let check = |grade: ConfidenceGrade| CheckResult {
            state: met_if(grade >= least),
            wanted: message!("a-confidence-of-or-more-2", least = least.word()),
            actual: format!("{} confidence", grade.word()),
            ..rule.check()
        };
        if ids.is_empty() {
            return vec![check(self.assessment.confidence.grade)];
        }
        let of_score = |score: &ScoreResult| CheckResult {
            id: Some(score.id.to_string()),
            title: score.title.clone(),
            ..check(score.confidence.grade)
        };
        self.named(ids).map(of_score).collect()
    }
}

fn open(question: &QuestionResult) -> bool {
    matches!(question.state, State::Missing | State::Unknown)
}

fn no_verdict(state: ScoreState) -> &'static str {
    match state {
        ScoreState::Rated => "rated",
        ScoreState::Thin => message!("too-little-is-answered-for-a-verdict"),
        ScoreState::NotAssessed => message!("not-assessed"),
        ScoreState::NotApplicable => message!("not-applicable"),
        ScoreState::NotAsked => message!("not-asked"),
    }
}
