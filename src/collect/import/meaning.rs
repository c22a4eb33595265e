//! What cells mean beyond the values and wordings of choices.

use super::Import;
use super::columns::Field;
use super::mapping::MappingFile;
use super::names::Names;
use super::wording::{LEFT, NO_ANSWER, TICKS, aside, fold, is_unanswered};
use super::words::{Meaning, Words};
use crate::answers::edit::NewAnswer;
use crate::problem;
use crate::rules::rulebook::Choice;
use crate::text::diagnostic::{Diagnostic, Diagnostics};
use crate::text::yaml::{Located, Scalar};

/// The meaning that a mapping gives a text.
///
/// # Errors
/// An empty meaning, and an answer for a text that says that nothing was answered, where that is no
/// choice.
fn meaning(
    text: &str,
    meant: &Located<Scalar>,
    is_choice: impl FnOnce() -> bool,
) -> Result<Meaning, Diagnostic> {
    let written = meant.value.text.trim();
    if written.is_empty() {
        return Err(problem!(InvalidValue, "an-empty-meaning", text).at(meant.place));
    }
    if written == NO_ANSWER {
        return Ok(Meaning::NoAnswer);
    }
    match aside(written) {
        Some(answer) => Ok(Meaning::Answer(answer)),
        None if is_unanswered(text) && !is_choice() => {
            let problem = problem!(InvalidValue, "nothing-was-answered", text, answer = written);
            Err(problem.at(meant.place))
        }
        None => Ok(Meaning::Answer(NewAnswer::plain(written))),
    }
}

impl Import<'_> {
    /// True for a cell that says that a choice is taken: by yes or no, or by repeating the choice.
    pub(super) fn is_taken(&self, text: &str, choice: Option<&Choice>) -> Option<bool> {
        let text = fold(text);
        let names = |choice: &Choice| [&choice.value, &choice.label].map(|one| fold(one));
        if choice.is_some_and(|choice| names(choice).contains(&text)) {
            return Some(true);
        }
        let meant = self.everywhere.get(&text).map(|meant| fold(meant));
        let meant = meant.unwrap_or(text);
        let taken = TICKS.contains(&meant.as_str());
        (taken || LEFT.contains(&meant.as_str())).then_some(taken)
    }
}

/// Takes in what answers mean beyond the values and wordings of choices.
pub(super) fn define_words(
    file: &MappingFile,
    names: &Names<'_>,
    all: &mut [Words<'_>],
    problems: &mut Diagnostics,
) {
    for (text, meant) in &file.everywhere {
        let is_choice = || all.iter().any(|words| words.has_choice(&text.value));
        match meaning(&text.value, meant, is_choice) {
            Err(problem) => problems.push(problem),
            Ok(meaning) => {
                for words in &mut *all {
                    // A value that belongs to one question says nothing of the others.
                    let _ = words.define(&text.value, &meaning);
                }
            }
        }
    }
    for (question, values) in &file.values {
        let found = names.find(&question.value);
        problems.extend(names.earlier(question.as_ref().map(String::as_str)));
        let words = match found {
            Some((node, Field::Value)) => all.get_mut(node),
            Some(_) | None => None,
        };
        let Some(words) = words else {
            problems.push(names.unknown(question.as_ref().map(String::as_str)));
            continue;
        };
        for (text, meant) in values {
            let is_choice = || words.has_choice(&text.value);
            let defined = meaning(&text.value, meant, is_choice);
            let defined = defined.and_then(|meaning| {
                words.define(&text.value, &meaning).map_err(|help| {
                    let (text, id) = (&meant.value.text, &question.value);
                    let problem = problem!(UnknownChoice, "is-no-answer-to", text, id);
                    problem.at(meant.place).help(help)
                })
            });
            problems.extend(defined.err());
        }
    }
}
