//! How far a figure can be trusted.

use super::{Confidence, ConfidenceGrade};
use crate::answers::{Answers, Grade};
use crate::condition::TOLERANCE;
use crate::evaluate::{Reading, State};
use crate::rulebook::{Rulebook, Step};

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
    pub(crate) fn of_many(
        coverage: f64,
        evidence: f64,
        (respondents, agreement): (ConfidenceGrade, ConfidenceGrade),
    ) -> Self {
        let covered = grade(coverage, 0.90, 0.75);
        let proven = grade(evidence, 0.60, 0.30);
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

/// For every item, the share of its rated weight that a document or better supports.
pub(super) struct Proof(Vec<f64>);

impl Proof {
    pub(super) fn new(rulebook: &Rulebook, answers: &Answers, readings: &[Reading]) -> Self {
        let mut shares: Vec<f64> = answers
            .remarks()
            .iter()
            .map(|remark| {
                if remark.grade >= Grade::Document {
                    1.0
                } else {
                    0.0
                }
            })
            .collect();
        shares.resize(readings.len(), 0.0);
        for step in &rulebook.program.steps {
            let Step::Score { node, score } = step else {
                continue;
            };
            let (mut rated, mut proven) = (0.0, 0.0);
            for term in &score.terms {
                let Some(reading) = readings.get(term.node).filter(|one| one.is_rated()) else {
                    continue;
                };
                let weight = term.weight * reading.coverage;
                rated += weight;
                proven += weight * shares.get(term.node).copied().unwrap_or(0.0);
            }
            if let Some(slot) = shares.get_mut(*node) {
                *slot = if rated > 0.0 { proven / rated } else { 0.0 };
            }
        }
        Self(shares)
    }

    pub(super) fn of(&self, node: usize) -> f64 {
        self.0.get(node).copied().unwrap_or(0.0)
    }

    /// The share of answered questions that a document or better supports.
    pub(super) fn overall(&self, readings: &[Reading], questions: usize) -> f64 {
        let rated = readings
            .iter()
            .take(questions)
            .enumerate()
            .filter(|(_, one)| one.state == State::Rated);
        let (count, proven) = rated.fold((0.0, 0.0), |(count, proven), (node, _)| {
            (count + 1.0, proven + self.of(node))
        });
        if count > 0.0 { proven / count } else { 0.0 }
    }
}
