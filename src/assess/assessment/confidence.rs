//! How far a figure can be trusted.

use super::Confidence;
use crate::answers::Answers;
use crate::answers::panel::Grades;
use crate::rules::reading::Reading;
use crate::rules::vocabulary::ConfidenceGrade;
use crate::rules::vocabulary::Grade;
use crate::rules::vocabulary::State;
use crate::text::number::TOLERANCE;

impl Confidence {
    /// The lowest of three grades: coverage, evidence, and the assessor, who alone is worth a
    /// medium where the evidence is strong and a low where it is not.
    ///
    /// Cut lines are those of this project's scoring rules.
    pub(crate) fn of_one_assessor(coverage: f64, evidence: f64) -> Self {
        let covered = grade(coverage, 0.90, 0.75);
        let proven = grade(evidence, 0.60, 0.30);
        let assessor = if proven == ConfidenceGrade::High {
            ConfidenceGrade::Medium
        } else {
            ConfidenceGrade::Low
        };
        Self {
            grade: covered.min(proven).min(assessor),
            coverage,
            evidence,
            respondents: None,
            agreement: None,
        }
    }

    /// The lowest of four grades: how many answered in how many roles, coverage, evidence, and how
    /// far people agree.
    pub(crate) fn of_many(coverage: f64, evidence: f64, grades: Grades) -> Self {
        let covered = grade(coverage, 0.90, 0.75);
        let proven = grade(evidence, 0.60, 0.30);
        let Grades {
            respondents,
            agreement,
        } = grades;
        Self {
            grade: covered.min(proven).min(respondents).min(agreement),
            coverage,
            evidence,
            respondents: Some(respondents),
            agreement: Some(agreement),
        }
    }
}

fn grade(share: f64, high: f64, medium: f64) -> ConfidenceGrade {
    match share + TOLERANCE {
        share if share >= high => ConfidenceGrade::High,
        share if share >= medium => ConfidenceGrade::Medium,
        _ => ConfidenceGrade::Low,
    }
}

/// The share of answered questions that a document or better supports, `0..=1`.
pub(super) fn proven_answers(answers: &Answers, readings: &[Reading]) -> f64 {
    let pairs = readings.iter().zip(answers.notes());
    let rated = pairs.filter(|(reading, _)| reading.state == State::Rated);
    let (count, proven) = rated.fold((0.0, 0.0), |(count, proven), (_, remark)| {
        let one = f64::from(u8::from(remark.grade >= Grade::Document));
        (count + 1.0, proven + one)
    });
    if count > 0.0 { proven / count } else { 0.0 }
}
