//! What a rating counts for: evidence, reversed scales.

use crate::answers::Answer;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::Question;
use crate::rules::vocabulary::Basis;
use crate::rules::vocabulary::Grade;
use crate::rules::vocabulary::State;

/// Holds a rating down to what its evidence carries, and turns reversed scales.
pub(in crate::answers) fn weigh(
    question: &Question,
    given: Answer,
    grade: Grade,
    basis: Basis,
) -> Answer {
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
    Answer {
        claimed: question.turned(given.claimed),
        counted: question.turned(counted),
        target: question.turned(counted),
        ..given
    }
}
