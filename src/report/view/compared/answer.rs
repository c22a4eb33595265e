//! Answers that changed.

use crate::report::view::Text;
use crate::study::compare::{AnswerChange, AnswerMove, AnswerPoint};
use serde::Serialize;
use std::borrow::Cow;

/// An answer that changed.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerRow<'a> {
    /// `organisation.promise`.
    pub id: &'a str,
    /// Short name.
    pub label: Text<'a>,
    /// As it was, in words.
    pub from: Text<'a>,
    /// As it is.
    pub to: Text<'a>,
    /// "changed", "proven otherwise", "answered", "now open" ...
    pub word: &'static str,
}

/// The answers that changed, those that are answered now, and those that are open now.
pub(super) fn sorted(
    answers: &[AnswerChange],
) -> (Vec<AnswerRow<'_>>, Vec<AnswerRow<'_>>, Vec<AnswerRow<'_>>) {
    let (mut changed, mut answered, mut opened) = (Vec::new(), Vec::new(), Vec::new());
    for answer in answers {
        let list = match answer.kind {
            AnswerMove::Answered | AnswerMove::Applies => &mut answered,
            AnswerMove::Opened | AnswerMove::Dropped | AnswerMove::Standing => &mut opened,
            AnswerMove::Changed | AnswerMove::Proven | AnswerMove::Added | AnswerMove::Removed => {
                &mut changed
            }
        };
        list.push(row(answer));
    }
    (changed, answered, opened)
}

fn row(answer: &AnswerChange) -> AnswerRow<'_> {
    AnswerRow {
        id: &answer.id,
        label: Cow::Borrowed(&answer.label),
        from: says(answer.from.as_ref(), answer.kind),
        to: says(answer.to.as_ref(), answer.kind),
        word: match answer.kind {
            AnswerMove::Changed => "changed",
            AnswerMove::Proven => "proven otherwise",
            AnswerMove::Answered => "answered",
            AnswerMove::Opened => "now open",
            AnswerMove::Applies => "applies now",
            AnswerMove::Dropped => "applies no more",
            AnswerMove::Standing => "open for another reason",
            AnswerMove::Added => "asked now",
            AnswerMove::Removed => "asked no more",
        },
    }
}

/// The answer in words; where only its proof changed, with that.
fn says(point: Option<&AnswerPoint>, kind: AnswerMove) -> Text<'_> {
    match point {
        None => Cow::Borrowed("not asked"),
        Some(point) if kind == AnswerMove::Proven => {
            Cow::Owned(format!("{}; evidence: {}", point.says, point.grade.name()))
        }
        Some(point) => Cow::Borrowed(&point.says),
    }
}
