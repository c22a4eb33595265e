//! Position of an answer on its scale, in words.

use super::item::{Choice, Question};
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::text::number::{TOLERANCE, apart, short as number};

/// Position of an answer on a scale of scored steps.
#[derive(Debug, Clone, Copy)]
pub(crate) enum ScalePosition<'q> {
    /// On a step.
    On(&'q Choice),
    /// Between two steps, as the mean of several people's answers can be.
    Between(f64, &'q Choice, &'q Choice),
}

impl<'q> ScalePosition<'q> {
    /// The position of an answer of this worth; `None` where it is worth nothing, or where steps are
    /// not scored one by one.
    pub(crate) fn of(question: &'q Question, worth: f64) -> Option<Self> {
        let one = matches!(
            question.kind,
            QuestionType::Rating | QuestionType::SelectOne
        );
        let said = question.turned(worth);
        if !one || said.is_nan() || question.choices.iter().any(|step| step.score.is_none()) {
            return None;
        }
        let far = |step: &Choice| step.score.map_or(f64::NAN, |score| score - said);
        let steps = || question.choices.iter();
        if let Some(step) = steps().find(|step| far(step).abs() <= TOLERANCE) {
            return Some(Self::On(step));
        }
        let below = steps().filter(|step| far(step) < 0.0);
        let above = steps().filter(|step| far(step) > 0.0);
        let nearest = |a: &&Choice, b: &&Choice| far(a).abs().total_cmp(&far(b).abs());
        Some(Self::Between(
            said,
            below.min_by(nearest)?,
            above.min_by(nearest)?,
        ))
    }

    /// The position as a number, "1" or "0.9".
    pub(crate) fn figure(self) -> String {
        let score = |step: &Choice| step.score.unwrap_or_default();
        match self {
            Self::On(step) => number(score(step)),
            Self::Between(said, below, above) => apart(said, &[score(below), score(above)]),
        }
    }

    /// The position in words: "Some (1)", the number only where that is wanted, or "0.9, between
    /// ‘None’ (0) and ‘Some’ (1)". Texts put an answer in quotes, so the quotes inside are single.
    pub(crate) fn words(self, numbered: bool) -> String {
        let score = |step: &Choice| number(step.score.unwrap_or_default());
        match self {
            Self::On(step) if numbered => format!("{} ({})", step.label, score(step)),
            Self::On(step) => step.label.clone(),
            Self::Between(_, below, above) => message!(
                "between-and",
                figure = self.figure(),
                label = below.label,
                score = score(below),
                label2 = above.label,
                score2 = score(above)
            ),
        }
    }
}
