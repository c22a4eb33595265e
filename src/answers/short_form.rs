//! Answers in the short form: what is not core counts as not asked, and stays in its file.

use super::check::Checker;
use super::file::ResponseFile;
use super::{Answer, AnswerNotes, Answers};
use crate::rules::rulebook::{Question, Rulebook};
use crate::rules::vocabulary::{FormLength, State};

/// True where a questionnaire of a length asks a question.
pub(crate) fn is_in_form(question: &Question, length: FormLength) -> bool {
    length == FormLength::Full || question.core
}

impl Checker<'_> {
    /// Number of questions that the assessor answers and the form does not ask.
    pub(super) fn beyond_form(&self) -> usize {
        let entries = self.rulebook.questions().zip(&self.entries);
        let beyond = entries.filter(|(asked, entry)| {
            let given = entry.answer.state != State::Missing;
            given && !is_in_form(asked.question, self.length)
        });
        beyond.count()
    }
}

impl Answers {
    /// The same answers to a questionnaire of a length: what it does not ask counts as not asked, whatever
    /// was answered.
    pub(super) fn in_form(mut self, rulebook: &Rulebook, length: FormLength) -> Self {
        self.form = length;
        let entries = self.answers.iter_mut().zip(&mut self.notes);
        for (asked, (answer, notes)) in rulebook.questions().zip(entries) {
            if !is_in_form(asked.question, length) {
                *answer = Answer::of_state(State::NotCore);
                *notes = AnswerNotes::default();
            }
        }
        self
    }
}

impl ResponseFile {
    /// Leaves out the answers to questions that a questionnaire of a length does not ask, and returns
    /// their number.
    pub fn keep_form(&mut self, rulebook: &Rulebook, length: FormLength) -> usize {
        let mut count = 0;
        for (pack, answers) in &mut self.answers.0 {
            let before = answers.len();
            answers.0.retain(|(question, _)| {
                let node = rulebook.find(&format!("{}.{}", pack.value, question.value));
                let asked = node.and_then(|node| rulebook.asked(node));
                asked.is_none_or(|asked| is_in_form(asked.question, length))
            });
            count += before - answers.len();
        }
        self.answers.0.retain(|(_, answers)| !answers.is_empty());
        count
    }
}
