//! Size of a questionnaire: how many questions, and about how long they take.

use crate::message;
use crate::rules::pack::file::{PackFile, QuestionType};
use crate::rules::rulebook::Rulebook;
use crate::rules::vocabulary::{FormLength, Role};

/// Seconds that somebody who knows the firm takes for one question of a type: to read its anchors and
/// choose, to pick a choice, to look a number up, to write a sentence.
const fn seconds(kind: QuestionType) -> u32 {
    match kind {
        QuestionType::Rating => 40,
        QuestionType::SelectOne | QuestionType::SelectMultiple | QuestionType::Boolean => 25,
        QuestionType::Integer
        | QuestionType::Decimal
        | QuestionType::Percent
        | QuestionType::Text => 60,
    }
}

/// Estimates are rounded up to so many minutes.
const STEP: u32 = 5;
/// From so many minutes on, an estimate is given in hours.
const HOURS_FROM: u32 = 120;

/// Number of questions, and the time they take.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct QuestionnaireSize {
    /// Number of questions, relevant or not.
    pub questions: usize,
    /// Minutes they take, rounded up to 5; 0 where there are none.
    pub minutes: u32,
}

impl QuestionnaireSize {
    /// Size of questions of these types.
    #[must_use]
    pub fn of(kinds: impl IntoIterator<Item = QuestionType>) -> Self {
        let kinds = kinds.into_iter();
        let (questions, all) = kinds.fold((0, 0), |(count, sum), kind| {
            (count + 1, sum + seconds(kind))
        });
        Self {
            questions,
            minutes: all.div_ceil(STEP * 60) * STEP,
        }
    }

    /// Size of what a rulebook asks in a form, of a role or of an assessor.
    #[must_use]
    pub fn of_rulebook(rulebook: &Rulebook, role: Option<Role>, length: FormLength) -> Self {
        let sections = super::sections(rulebook, role, length);
        Self::of(
            sections.flat_map(|(_, questions)| questions.into_iter().map(|one| one.question.kind)),
        )
    }

    /// Size of what a pack asks by itself, in full, and in its short form where it has one. What it
    /// would leave to another pack counts.
    #[must_use]
    pub fn of_file(file: &PackFile) -> (Self, Option<Self>) {
        let full = Self::of(file.questions().map(|(kind, _)| kind));
        let core = file.questions().filter(|(_, core)| *core);
        let short = Self::of(core.map(|(kind, _)| kind));
        (full, (short.questions > 0).then_some(short))
    }

    /// The size in words: "35 questions, about 20 minutes".
    #[must_use]
    pub fn words(self) -> String {
        let Self { questions, minutes } = self;
        if questions == 0 {
            return message!("no-questions-of-its-own").to_owned();
        }
        let (hours, rest) = (minutes / 60, minutes % 60);
        let time = match (hours, rest) {
            _ if minutes < HOURS_FROM => message!("about-minutes", minutes),
            (_, 0) => message!("about-hours", hours),
            _ => message!("about-hours-and-minutes", hours, rest),
        };
        message!("questions-and-time", questions, time)
    }
}
