//! Lists of names as parts of a sentence, and the position of an answer on its scale in words.

use super::item::{Choice, Question};
use crate::message;
use crate::rules::pack::file::QuestionType;
use crate::text::number::TOLERANCE;
pub(crate) use crate::text::number::{apart, short as number};

/// Answer of somebody who took no choice.
pub(crate) const NONE_TAKEN: &str = "none of the choices";

/// `a`, `a and b`, `a, b and c`.
pub(crate) fn list(words: &[&str]) -> String {
    joined(words, "and")
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn either(words: &[&str]) -> String {
    joined(words, "or")
}

fn joined(words: &[&str], conjunction: &str) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => {
            format!("{} {conjunction} {last}", first.join(", "))
        }
        _ => words.concat(),
    }
}

/// A text that goes on a sentence: its first letter small, unless more of its first word is in
/// capitals.
pub(crate) fn uncapital(text: &str) -> String {
    let word = text.split(char::is_whitespace).next().unwrap_or_default();
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if !word.chars().skip(1).any(char::is_uppercase) => {
            format!("{}{}", first.to_lowercase(), chars.as_str())
        }
        _ => text.to_owned(),
    }
}

/// `a`, or where there are several, each in quotes: `“a” or “b”`.
pub(crate) fn either_quoted(words: &[&str]) -> String {
    either_in(words, ['“', '”'])
}

/// The same in quotes of one's own.
pub(crate) fn either_in(words: &[&str], [open, close]: [char; 2]) -> String {
    let quoted = words.iter().map(|word| format!("{open}{word}{close}"));
    let quoted: Vec<String> = quoted.collect();
    match words {
        [] | [_] => words.concat(),
        [_, _, ..] => either(&quoted.iter().map(String::as_str).collect::<Vec<_>>()),
    }
}

/// The names in a set, which is a bit mask over their order.
pub(crate) fn taken<'n>(names: &[&'n str], set: u64) -> Vec<&'n str> {
    let taken = names
        .iter()
        .enumerate()
        .filter(|(place, _)| set & (1 << place) != 0);
    taken.map(|(_, name)| *name).collect()
}

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
