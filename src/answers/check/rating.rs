//! What a rating counts for: evidence, reversed scales, targets.

use crate::answers::file::AnswerDetail;
use crate::answers::{Basis, Given, Grade, Remark};
use crate::diagnostic::{Code, Diagnostic};
use crate::evaluate::State;
use crate::pack::file::QuestionType;
use crate::rulebook::{Choice, Item, Question};

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
    let counted = if basis == Basis::Evidenced && caps_apply(question) {
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

/// Evidence caps are made for the house scale of 0 to 4, and for answers about the firm itself.
fn caps_apply(question: &Question) -> bool {
    let values = question.choices.iter().map(|choice| choice.value.as_str());
    question.evidence_caps && values.eq(["0", "1", "2", "3", "4"])
}

/// What a rating is worth in scores, from what was said, and the other way round.
pub(crate) fn turn(question: &Question, worth: f64) -> f64 {
    if !question.reverse {
        return worth;
    }
    let score = |choice: Option<&Choice>| choice.and_then(|one| one.score).unwrap_or(0.0);
    score(question.choices.first()) + score(question.choices.last()) - worth
}

/// Takes up the target of a rating, which is never below what already counts.
pub(in crate::answers) fn aim(
    item: &Item,
    question: &Question,
    detail: &AnswerDetail,
    given: Given,
    remark: Remark,
) -> Result<(Given, Remark), Diagnostic> {
    let Some(target) = &detail.target else {
        return Ok((given, remark));
    };
    let worth = |choice: &&Choice| {
        choice
            .score
            .is_some_and(|one| one.total_cmp(&target.value).is_eq())
    };
    if question.kind != QuestionType::Rating
        || !question.choices.iter().any(|choice| worth(&choice))
    {
        let message = format!(
            "a target for `{}` is a step of its rating, not `{}`",
            item.local_id(),
            target.value
        );
        return Err(Diagnostic::error(Code::OutOfScale, message).at(target.place));
    }
    let given = Given {
        target: turn(question, target.value).max(given.counted),
        ..given
    };
    Ok((
        given,
        Remark {
            target: Some(target.value),
            ..remark
        },
    ))
}
