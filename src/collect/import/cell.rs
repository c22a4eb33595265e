//! The meaning of a cell, as the answer to its question.

use super::columns::Field;
use super::mapping::{Decimal, MappingFile};
use super::{Import, Names};
use crate::answers::edit::NewAnswer;
use crate::answers::file::ValueFile;
use crate::answers::one_line;
use crate::rules::pack::file::QuestionType;
use crate::rules::rulebook::{Choice, Question, Rulebook, Section};
use crate::text::diagnostic::{Diagnostic, Diagnostics, nearest, quoted};
use crate::text::table::unguarded;
use crate::text::yaml::Located;
use crate::{message, problem};
use std::collections::HashMap;

/// Value in forms for "nobody could say".
pub(crate) const UNKNOWN: &str = "unknown";
/// Value in forms for a question that does not apply.
pub(crate) const NOT_APPLICABLE: &str = "not_applicable";
/// Label of [`UNKNOWN`].
pub(crate) const UNKNOWN_LABEL: &str = "I cannot say";
/// Label of [`NOT_APPLICABLE`].
pub(crate) const NOT_APPLICABLE_LABEL: &str = "Does not apply";

/// A cell with something in it, and its place.
pub(super) type Cell<'a> = Located<&'a str>;

/// More choices than any question has.
const MOST_CHOICES: usize = 64;

/// The answer that mapping files and cells write as `text`.
pub(super) fn written(text: &str) -> NewAnswer {
    aside(text).unwrap_or_else(|| NewAnswer::plain(text.trim()))
}

/// An answer that any question may have: `unknown`, or `n/a: reason`.
fn aside(text: &str) -> Option<NewAnswer> {
    let text = text.trim();
    let is = |written: &str| text.eq_ignore_ascii_case(written);
    if is(UNKNOWN) || is(UNKNOWN_LABEL) {
        return Some(NewAnswer::plain(UNKNOWN));
    }
    if text == NOT_APPLICABLE || is(NOT_APPLICABLE_LABEL) {
        return Some(NewAnswer::NotApplicable(String::new()));
    }
    let (head, rest) = text.split_at_checked(3)?;
    let rest = rest.trim_start();
    let reason = rest.strip_prefix(':');
    let fits = head.eq_ignore_ascii_case("n/a") && (reason.is_some() || rest.is_empty());
    fits.then(|| NewAnswer::NotApplicable(reason.unwrap_or_default().trim().to_owned()))
}

/// True for words that a cell could only mean as another answer than these words; a table puts a sign
/// before them, and before those that have one already.
pub(crate) fn is_aside(text: &str) -> bool {
    aside(text.trim_start().trim_start_matches('\'')).is_some()
}

/// The value of an answer that is one value, and not `unknown`.
fn value(answer: &NewAnswer) -> Option<&str> {
    match answer {
        NewAnswer::Value(ValueFile::One(scalar)) if scalar.text != UNKNOWN => Some(&scalar.text),
        NewAnswer::Value(_) | NewAnswer::NotApplicable(_) => None,
    }
}

/// The words that answers to a question may be written in.
#[derive(Debug)]
pub(super) struct Words<'a> {
    question: &'a Question,
    decimal: Decimal,
    /// By text as written and as [folded](fold); `None` where it means several things.
    known: HashMap<String, Option<NewAnswer>>,
    /// Letters of the longest of them, with room for spaces that do not count.
    longest: usize,
}

impl<'a> Words<'a> {
    pub(super) fn new(question: &'a Question, decimal: Decimal) -> Self {
        let mut known = HashMap::new();
        for choice in &question.choices {
            let answer = Some(NewAnswer::plain(&choice.value));
            let texts = [
                &choice.value,
                &choice.label,
                &shown(choice),
                &choice_name(&choice.value),
            ];
            for text in texts {
                for key in [text.trim().to_owned(), fold(text)] {
                    let known = known.entry(key).or_insert_with(|| answer.clone());
                    if *known != answer {
                        *known = None;
                    }
                }
            }
        }
        known.remove("");
        let longest = known.keys().map(|text| room(text)).max();
        Self {
            question,
            decimal,
            known,
            longest: longest.unwrap_or_default(),
        }
    }

    /// Gives a text the meaning of an answer.
    ///
    /// # Errors
    /// A value that is no choice of the question, with what to write instead.
    pub(super) fn define(&mut self, text: &str, answer: &NewAnswer) -> Result<(), String> {
        let choices = &self.question.choices;
        let is_number = choices.is_empty() && self.question.kind != QuestionType::Text;
        if let Some(value) = value(answer)
            && !choices.iter().any(|choice| choice.value == value)
            && !is_number
        {
            return Err(self.listed(value));
        }
        for key in [text.trim().to_owned(), fold(text)] {
            self.longest = self.longest.max(room(&key));
            self.known.insert(key, Some(answer.clone()));
        }
        Ok(())
    }

    /// The answer in a cell to the question of an id.
    ///
    /// # Errors
    /// The problem of a cell that says nothing the question knows.
    pub(super) fn read(&self, cell: Cell<'_>, id: &str) -> Result<NewAnswer, Box<Diagnostic>> {
        // A number below zero comes back with the sign that kept it from being taken for a formula.
        let text = unguarded(cell.value);
        let found = match self.known(cell.value).or_else(|| self.known(text)) {
            Some(Some(answer)) => Ok(self.as_asked(answer)),
            Some(None) => {
                let problem = problem!(UnknownChoice, "means-more-than-one-answer", text, id);
                Err(problem.help(self.listed("")))
            }
            None => match text.strip_prefix('\'').filter(|rest| is_aside(rest)) {
                Some(words) if self.question.kind == QuestionType::Text => {
                    Ok(NewAnswer::text(words))
                }
                _ => aside(text).map_or_else(|| self.parse(text, id), Ok),
            },
        };
        found.map_err(|problem| Box::new(problem.at(cell.place)))
    }

    /// The answer in a text that is not known as such; the problem has no place.
    fn parse(&self, text: &str, id: &str) -> Result<NewAnswer, Diagnostic> {
        let strange = |text: &str| {
            problem!(UnknownChoice, "is-no-answer-to", text, id).help(self.listed(text))
        };
        match self.question.kind {
            QuestionType::Rating => self.step(text).ok_or_else(|| strange(text)),
            QuestionType::SelectOne | QuestionType::Boolean => Err(strange(text)),
            QuestionType::SelectMultiple => self.several(text).map_err(strange),
            QuestionType::Integer | QuestionType::Decimal | QuestionType::Percent => {
                let problem = || problem!(UnknownChoice, "is-no-number-for", text, id);
                self.number(text).ok_or_else(problem)
            }
            QuestionType::Text => Ok(NewAnswer::text(text)),
        }
    }

    fn known(&self, text: &str) -> Option<&Option<NewAnswer>> {
        self.known.get(text).or_else(|| self.known.get(&fold(text)))
    }

    /// A known answer as the type of the question writes it.
    fn as_asked(&self, answer: &NewAnswer) -> NewAnswer {
        match value(answer) {
            Some(value) if self.question.kind == QuestionType::SelectMultiple => {
                NewAnswer::several([value])
            }
            Some(_) | None => answer.clone(),
        }
    }

    /// A rating that some tool wrote as `3.0`.
    fn step(&self, text: &str) -> Option<NewAnswer> {
        let step = text
            .parse::<f64>()
            .ok()
            .filter(|step| step.fract() == 0.0)?;
        let known = self.known.get(&step.to_string())?.as_ref();
        known.map(|answer| self.as_asked(answer))
    }

    /// Several choices in one cell: by `;`, by `,`, or values by spaces, as forms write them; or the
    /// part that is none.
    fn several<'t>(&self, text: &'t str) -> Result<NewAnswer, &'t str> {
        for separators in [&[';'][..], &[','], &[' ', '\n']] {
            if let Some(values) = self.parts(text, separators) {
                return Ok(NewAnswer::several(values));
            }
        }
        let mut parts = text.split([';', ',']).map(str::trim);
        Err(parts
            .find(|part| self.known(part).is_none())
            .unwrap_or(text))
    }

    /// The choices between separators. A wording may hold the separator itself, so the longest that
    /// is one counts.
    fn parts(&self, text: &str, separators: &[char]) -> Option<Vec<&str>> {
        let mut values = Vec::new();
        let mut rest = text.trim();
        while !rest.is_empty() && values.len() <= MOST_CHOICES {
            let near = rest.char_indices().map(|(at, _)| at).nth(self.longest);
            let near = rest.get(..near.unwrap_or(rest.len())).unwrap_or_default();
            let whole = (near.len() == rest.len()).then_some(rest.len());
            let ends = near.rmatch_indices(separators).map(|(at, _)| at);
            let (found, end) = whole.into_iter().chain(ends).find_map(|end| {
                let part = rest.get(..end)?.trim();
                if part.is_empty() {
                    return Some((None, end));
                }
                let found = value(self.known(part)?.as_ref()?)?;
                Some((Some(found), end))
            })?;
            values.extend(found);
            rest = rest.get(end..)?.trim_start_matches(separators).trim();
        }
        Some(values)
    }

    fn number(&self, text: &str) -> Option<NewAnswer> {
        let percent = text
            .strip_suffix('%')
            .filter(|_| self.question.kind == QuestionType::Percent);
        let digits = percent.unwrap_or(text).trim_end();
        let digits = match self.decimal {
            Decimal::Point => digits.to_owned(),
            Decimal::Comma if digits.contains('.') => String::new(),
            Decimal::Comma => digits.replace(',', "."),
        };
        let is_number = digits.parse::<f64>().is_ok();
        is_number.then(|| NewAnswer::plain(&digits))
    }

    /// The nearest answer there is, or all of them.
    fn listed(&self, text: &str) -> String {
        let choices = || self.question.choices.iter();
        let texts = choices().flat_map(|choice| [choice.value.as_str(), choice.label.as_str()]);
        if let Some(near) = nearest(text, texts) {
            return message!("did-you-mean-if-so", near);
        }
        let values = quoted(choices().map(|choice| choice.value.as_str()));
        let more = if self.question.may_not_apply {
            ", `unknown` and `n/a: reason`"
        } else {
            " and `unknown`"
        };
        message!("the-answers-are-a-mapping-can-say-under", values, more)
    }
}

fn room(text: &str) -> usize {
    2 * text.chars().count() + 16
}

/// Cells of survey tools for a choice that is taken, and for one that is not.
const TAKEN: [&str; 7] = ["1", "true", "yes", "y", "x", "checked", "selected"];
const LEFT: [&str; 6] = ["0", "false", "no", "n", "unchecked", "not selected"];

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
        let taken = TAKEN.contains(&meant.as_str());
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
    for (text, meaning) in &file.everywhere {
        for words in &mut *all {
            // A value that belongs to one question says nothing of the others.
            let _ = words.define(&text.value, &written(&meaning.value.text));
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
        for (text, meaning) in values {
            let value = &meaning.value.text;
            if let Err(help) = words.define(&text.value, &written(value)) {
                let (text, id) = (value, &question.value);
                let problem = problem!(UnknownChoice, "is-no-answer-to", text, id);
                problems.push(problem.at(meaning.place).help(help));
            }
        }
    }
}

/// A choice as drop-down lists show it: its value, and what it means.
#[must_use]
pub fn shown(choice: &Choice) -> String {
    format!("{} – {}", choice.value, one_line(&choice.label))
}

/// The name of an item where names hold letters, digits, `-` and `_` alone, as in XLSForm.
pub(crate) fn form_name(id: &str) -> String {
    id.replace('.', "__")
}

/// The name of a choice where names hold no spaces, as in XLSForm.
pub(crate) fn choice_name(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join("_")
}

/// The name of a section where a form groups its questions.
pub(crate) fn group_name(rulebook: &Rulebook, section: &Section) -> String {
    let pack = rulebook.packs.get(section.pack).map_or("", |pack| &pack.id);
    format!("section__{pack}__{}", section.id)
}

/// Text as it is compared: case, line breaks and the number of spaces make no difference.
pub(super) fn fold(text: &str) -> String {
    one_line(text).to_lowercase()
}
