//! Least scores, coverage and confidence.

use super::{Found, Judge, held, plain};
use crate::assess::assessment::{NeedState, QuestionResult, ScoreResult, ScoreState as Standing};
use crate::rules::vocabulary::ConfidenceGrade;
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;
use crate::text::number::{format_near, rounded};

impl Judge<'_> {
    pub(super) fn score(
        &self,
        score: &ScoreResult,
        least: f64,
        by_index: bool,
        surely: bool,
    ) -> Found {
        let (value, range, word, digits) = if by_index {
            (score.index, score.index_range, "index", 0)
        } else {
            (score.value, score.range, "value", 1)
        };
        let (state, certain, actual) = match (score.state, value) {
            (Standing::Rated, Some(value)) => {
                let reaches = |value: f64| value >= least - TOLERANCE;
                let (low, high) = range.map_or((value, value), |range| (range.low, range.high));
                let (state, certain) = if reaches(value) {
                    (NeedState::Met, reaches(low))
                } else {
                    (NeedState::Unmet, !reaches(high))
                };
                let state = held(state, certain, surely);
                let mut says = format!("{word} {}", format_near(value, least, digits));
                if let Some(range) = range.filter(|one| one.high - one.low >= TOLERANCE) {
                    let (low, high) = (rounded(range.low, 1), rounded(range.high, 1));
                    says = format!("{says} ({low} to {high})");
                }
                (state, certain, says)
            }
            (state, _) => (
                NeedState::Unproven,
                false,
                score.waits().unwrap_or_else(|| standing(state).to_owned()),
            ),
        };
        Found {
            questions: self.weakest(&score.id, state),
            id: Some(score.id.to_string()),
            title: score.title.clone(),
            state,
            certain: Some(certain),
            wanted: format!("{word} at least {}", plain(least)),
            actual,
        }
    }

    /// The questions below a score that hold it down most: open ones where it is unproven, else the
    /// lowest rated.
    fn weakest(&self, id: &str, state: NeedState) -> Vec<String> {
        const MOST: usize = 5;
        if !state.holds_back() {
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

    pub(super) fn coverages(&self, ids: &[String], least: f64) -> Vec<Found> {
        let found = |id: Option<&str>, title: &str, coverage: f64| {
            let met = coverage >= least - TOLERANCE;
            Found {
                id: id.map(str::to_owned),
                title: title.to_owned(),
                state: if met {
                    NeedState::Met
                } else {
                    NeedState::Unmet
                },
                certain: None,
                wanted: format!("at least {} % answered", plain(least * 100.0)),
                actual: format!(
                    "{} % answered",
                    format_near(coverage * 100.0, least * 100.0, 0)
                ),
                questions: match id {
                    Some(id) if !met => self.weakest(id, NeedState::Unproven),
                    _ => Vec::new(),
                },
            }
        };
        if ids.is_empty() {
            return vec![found(
                None,
                "The whole assessment",
                self.assessment.coverage,
            )];
        }
        self.each(ids, |score| {
            found(Some(&score.id), &score.title, score.coverage)
        })
    }

    pub(super) fn confidences(&self, ids: &[String], least: ConfidenceGrade) -> Vec<Found> {
        let found = |id: Option<&str>, title: &str, grade: ConfidenceGrade| Found {
            id: id.map(str::to_owned),
            title: title.to_owned(),
            state: if grade >= least {
                NeedState::Met
            } else {
                NeedState::Unmet
            },
            certain: None,
            wanted: format!("a confidence of {} or more", least.word()),
            actual: format!("{} confidence", grade.word()),
            questions: Vec::new(),
        };
        if ids.is_empty() {
            let grade = self.assessment.confidence.grade;
            return vec![found(None, "The whole assessment", grade)];
        }
        self.each(ids, |score| {
            found(Some(&score.id), &score.title, score.confidence.grade)
        })
    }
}

fn open(question: &QuestionResult) -> bool {
    matches!(question.state, State::Missing | State::Unknown)
}

fn standing(state: Standing) -> &'static str {
    match state {
        Standing::Rated => "rated",
        Standing::Thin => "too little is answered for a verdict",
        Standing::NotAssessed => "not assessed",
        Standing::NotApplicable => "not applicable",
        Standing::NotAsked => "not asked",
    }
}
