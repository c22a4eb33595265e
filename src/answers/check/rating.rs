//! What a rating counts for: evidence, reversed scales.

use crate::answers::Given;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::Question;
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
        claimed: question.turned(given.claimed),
        counted: question.turned(counted),
        target: question.turned(counted),
        ..given
    }
}
