//! What a rating counts for: evidence, reversed scales.

use crate::answers::Given;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Choice, Question};
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::Grade;
use crate::rules::vocabulary::State;

/// Holds a rating down to what its evidence carries, and turns reversed scales.
pub(in crate::answers) fn weigh(
    question: &Question,
    given: Given,
    grade: Grade,
    basis: Basis,
) -> Given {
    if given.state != State::Rated || question.kind != QuestionType::Rating {
        return given;
    }
    let counted = if basis == Basis::Evidenced && question.caps_by_evidence() {
        if question.reverse {
            given.claimed.max(4.0 - grade.carries())
        } else {
            given.claimed.min(grade.carries())
        }
    } else {
        given.claimed
    };
    Given {
        claimed: turn(question, given.claimed),
        counted: turn(question, counted),
        target: turn(question, counted),
        ..given
    }
}

/// What a rating is worth in scores, from what was said, and the other way round.
pub(crate) fn turn(question: &Question, worth: f64) -> f64 {
    if !question.reverse {
        return worth;
    }
    let score = |choice: Option<&Choice>| choice.and_then(|one| one.score).unwrap_or(0.0);
    score(question.choices.first()) + score(question.choices.last()) - worth
}
